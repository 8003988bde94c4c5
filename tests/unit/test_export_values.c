/* SPDX-License-Identifier: Apache-2.0 */
/* What a format that uses values is told of every table: units, currencies, values beside texts. */
#include <stdio.h>
#include <string.h>

#include "export/tables.h"
#include "output/writer.h"
#include "export_case.h"
#include "scratch.h"
#include "tap.h"

static struct tap tap;

/* What came of a table, and what was wrong with it. */
struct witness {
	size_t cells, values;
	bool wrong_unit, wrong_value;
	char name[20], title[60], currency[8];
};

static bool has_column(const struct sheet *sheet, const char *name)
{
	for (size_t i = 0; i < sheet->count; i++)
		if (!strcmp(sheet->columns[i].name, name))
			return true;
	return false;
}

static bool is_unit_right(const struct sheet *sheet, const struct sheet_column *column)
{
	if (column->type == CELL_AMOUNT)
		return column->unit ? has_column(sheet, column->unit) : sheet->currency != NULL;
	return !column->unit || !strcmp(column->unit, UNIT_SECONDS) || !strcmp(column->unit, UNIT_BYTES) ||
	       !strcmp(column->unit, UNIT_DAYS);
}

static void witness_begin(struct writer *writer)
{
	struct witness *witness = writer->options.context;
	const struct sheet *sheet = &writer->sheet;

	for (size_t i = 0; i < sheet->count; i++)
		witness->wrong_unit = witness->wrong_unit || !is_unit_right(sheet, &sheet->columns[i]);
	(void)snprintf(witness->name, sizeof(witness->name), "%s", sheet->name);
	(void)snprintf(witness->title, sizeof(witness->title), "%s", sheet->title);
	(void)snprintf(witness->currency, sizeof(witness->currency), "%s", sheet->currency ? sheet->currency : "");
}

/* A value is what the text says; words of the evidence have none. */
static void witness_row(struct writer *writer, const struct cell *cells)
{
	struct witness *witness = writer->options.context;

	for (size_t i = 0; i < writer->sheet.count; i++) {
		const struct cell read = cell_read(cells[i].type, cells[i].text);

		witness->cells += cells[i].text.data != NULL;
		witness->values += cells[i].valued;
		if (cells[i].valued != read.valued || cells[i].value != read.value || cells[i].exponent != read.exponent)
			witness->wrong_value = true;
	}
}

static const struct writer_format witness_format = { .name = "witness", .begin = witness_begin, .row = witness_row };

static bool no_bytes(void *context, const void *data, size_t len)
{
	(void)context;
	(void)data;
	return len == 0;
}

static void test_values(const char *path)
{
	struct casefile casefile;

	OK(&tap, casefile_open(&casefile, path, CASEFILE_READ) == STATUS_OK, "the case opens");
	for (size_t i = 0; table_at(i); i++) {
		const struct export_options options = { .table = table_at(i)->name };
		struct witness witness = { 0 };
		const struct writer_options to = { .format = &witness_format, .write = no_bytes, .context = &witness };
		struct writer writer;
		const bool good = writer_open(&writer, &to) == STATUS_OK &&
				  export_table(&casefile, &options, &writer) == STATUS_OK &&
				  writer_close(&writer) == STATUS_OK;

		OK(&tap, good && witness.values > 0, "%s: %zu cells, %zu with a value", options.table, witness.cells,
		   witness.values);
		OK(&tap, !witness.wrong_unit && !strcmp(witness.currency, "GBP"), "%s: each amount has a currency",
		   options.table);
		OK(&tap, !witness.wrong_value, "%s: values are what the texts say", options.table);
		OK(&tap, !strcmp(witness.name, options.table) && !strcmp(witness.title, table_at(i)->about),
		   "%s: its name and title", options.table);
		writer_release(&writer);
	}
	casefile_close(&casefile);
}

int main(void)
{
	const char *const all = "concluded.case";
	char folder[32];

	scratch_enter(folder);
	make_case(all, LAYER_CONCLUDED);
	test_values(all);
	scratch_leave(folder);
	return tap_done(&tap);
}
