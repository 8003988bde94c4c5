/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of what is concluded, and of what that is drawn from. */
#ifndef UNSPOOF_EXPORT_TABLES_CONCLUDED_H
#define UNSPOOF_EXPORT_TABLES_CONCLUDED_H

#include "export/tables.h"

/* They end with one without a name. */
extern const struct table_definition tables_concluded[];

#endif
