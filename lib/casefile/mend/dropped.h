/* SPDX-License-Identifier: Apache-2.0 */
/* Ids of rows that were taken out: they are not given again. */
#ifndef UNSPOOF_CASEFILE_MEND_DROPPED_H
#define UNSPOOF_CASEFILE_MEND_DROPPED_H

#include <stdint.h>

#include "base/status.h"
#include "casefile/casefile.h"

/* *next: one more than any id that a row of the table has or had; INT64_MAX where
 * there is none. */
enum status dropped_next(struct casefile *casefile, const char *table, int64_t *next);
/* Writes down the ids that the rows of a source have in the table, if it has any there;
 * before they are deleted. */
enum status dropped_keep(struct casefile *casefile, const char *table, int64_t source);

#endif
