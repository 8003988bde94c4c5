/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts that are a value, told from those that stand for none. */
#ifndef UNSPOOF_EXPORT_VALUED_H
#define UNSPOOF_EXPORT_VALUED_H

#include "base/status.h"
#include "casefile/casefile.h"

/*
 * Makes this known to the connection:
 *   found_value(text, role, source)  the text without the blanks around it; NULL: there is none, or it is a word that
 *                                    is no value in this role of the source
 */
enum status valued_register(struct casefile *casefile);

#endif
