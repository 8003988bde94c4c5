/* SPDX-License-Identifier: Apache-2.0 */
/* What the definitions of tables are made of, besides SQL. */
#ifndef UNSPOOF_EXPORT_TABLES_DEFINE_H
#define UNSPOOF_EXPORT_TABLES_DEFINE_H

#include "export/tables.h"

/* At the end of a column: its kind, and what it is in a few words. */
#define FOUND(words) COLUMN_FOUND, (words)
#define UNDERSTOOD(words) COLUMN_UNDERSTOOD, (words)
#define CONCLUDED(words) COLUMN_CONCLUDED, (words)
#define ASSERTED(words) COLUMN_ASSERTED, (words)

#define COUNT(columns) (sizeof(columns) / sizeof((columns)[0]))
/* No constant, and no table, where there are more columns than a table may have. */
#define COLUMNS(name) name##_columns, COUNT(name##_columns) / (COUNT(name##_columns) <= TABLE_COLUMNS_MOST)

#endif
