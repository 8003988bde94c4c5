/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of tables: what each is, and those that are asked for. */
#include "export/columns.h"

#include <string.h>

#include "base/nearest.h"

const char *column_kind_name(enum column_kind kind)
{
	static const char *const names[] = {
		[COLUMN_UNTOLD] = "",	      [COLUMN_FOUND] = "found",	      [COLUMN_UNDERSTOOD] = "understood",
		[COLUMN_CONCLUDED] = "concluded", [COLUMN_ASSERTED] = "asserted",
	};

	return names[kind];
}

/* ---- those that are asked for ---- */

static enum status unknown(const struct table_definition *table, struct text name, struct error *error)
{
	char shown[80], said[NEAREST_SAID];
	struct nearest nearest;

	nearest_begin(&nearest, name);
	for (size_t i = 0; i < table->count; i++)
		nearest_offer(&nearest, table->columns[i].name);
	nearest_say(&nearest, said);
	return error_set(error, STATUS_USAGE, "table %s has no column '%s'; %s%s`unspoof export --columns help %s` lists them",
			 table->name, text_escape(name, shown, sizeof(shown)), said, *said ? " " : "", table->name);
}

static bool is_picked(const struct table_picked *picked, size_t column)
{
	for (size_t i = 0; i < picked->count; i++)
		if (picked->columns[i] == column)
			return true;
	return false;
}

static enum status pick(const struct table_definition *table, struct text name, struct table_picked *picked,
			struct error *error)
{
	size_t column = 0;

	while (column < table->count && !text_is(name, table->columns[column].name))
		column++;
	if (column == table->count)
		return unknown(table, name, error);
	if (is_picked(picked, column))
		return error_set(error, STATUS_USAGE, "column %s is asked for twice", table->columns[column].name);
	picked->columns[picked->count++] = column;
	return STATUS_OK;
}

enum status columns_pick(const struct table_definition *table, const char *names, struct table_picked *picked,
			 struct error *error)
{
	enum status status = STATUS_OK;

	picked->count = 0;
	for (size_t i = 0; !names && i < table->count; i++)
		picked->columns[picked->count++] = i;
	while (names && status == STATUS_OK) {
		const size_t len = strcspn(names, ",");

		status = pick(table, text_trim((struct text){ names, len }), picked, error);
		names = names[len] ? names + len + 1 : NULL;
	}
	return status;
}

/* ---- what each is ---- */

static enum status write_column(const struct table_definition *table, const struct table_column *column,
				struct writer *writer)
{
	const struct cell cells[] = {
		cell_of(CELL_ID, text_of(table->name)),
		cell_of(CELL_ID, text_of(column->name)),
		cell_of(CELL_ID, text_of(column_kind_name(column->kind))),
		cell_of(CELL_ID, text_of(column->words)),
	};

	return writer_row(writer, cells);
}

static enum status write_columns(const struct table_definition *only, struct writer *writer)
{
	enum status status = STATUS_OK;
	const struct table_definition *table;

	for (size_t t = 0; (table = table_at(t)) && status == STATUS_OK; t++)
		for (size_t i = 0; (!only || only == table) && i < table->count && status == STATUS_OK; i++)
			status = write_column(table, &table->columns[i], writer);
	return status;
}

enum status columns_write(const char *name, struct writer *writer, struct error *error)
{
	static const struct sheet_column columns[] = {
		{ "table", CELL_ID, NULL }, { "column", CELL_ID, NULL }, { "kind", CELL_ID, NULL },
		{ "about", CELL_ID, NULL },
	};
	const struct sheet sheet = { .name = "columns", .columns = columns,
				     .count = sizeof(columns) / sizeof(columns[0]) };
	const struct table_definition *only = name ? table_find(name) : NULL;
	enum status status;

	if (name && !only)
		return table_unknown(name, error);
	status = writer_begin(writer, &sheet);
	if (status == STATUS_OK)
		status = write_columns(only, writer);
	if (status == STATUS_OK)
		status = writer_end(writer);
	return status == STATUS_OK ? status : error_set(error, status, "%s", writer->error.text);
}
