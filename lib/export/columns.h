/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of tables: what each is, and those that are asked for. */
#ifndef UNSPOOF_EXPORT_COLUMNS_H
#define UNSPOOF_EXPORT_COLUMNS_H

#include "export/tables.h"

/* "found", "understood", "concluded", "asserted"; static. */
const char *column_kind_name(enum column_kind kind);

/* Reads names of columns, joined by commas (NULL: all columns of the table), into the
 * order that they are asked for. STATUS_USAGE says which is none, with the nearest that
 * is, or is there twice. */
enum status columns_pick(const struct table_definition *table, const char *names, struct table_picked *picked,
			 struct error *error);

/* Writes what the columns of a table are, NULL: of all tables, a row each, through a writer
 * that has not begun: table, column, kind and about. STATUS_USAGE: there is no such
 * table; STATUS_FAILED: of the writer. */
enum status columns_write(const char *name, struct writer *writer, struct error *error);

#endif
