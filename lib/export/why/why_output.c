/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of evidence, each side with its place. */
#include "export/why/why_output.h"

#include <stdio.h>
#include <string.h>

#include "casefile/service_name.h"
#include "export/statement.h"
#include "export/tables_sql.h"

enum { PART, STEP, ACCOUNT_A, SUSPECT_A, ACCOUNT_B, SUSPECT_B, RULE, VALUE, STRENGTH, SHARED_BY, PARTS, NOTE, SOURCE_A, ROW_A, SOURCE_B, ROW_B, COLUMNS };

static const struct sheet_column columns[COLUMNS] = {
	[PART] = { "part", CELL_ID, NULL },
	[STEP] = { "step", CELL_INTEGER, NULL },
	[ACCOUNT_A] = { "account_a", CELL_TEXT, NULL },
	[SUSPECT_A] = { "suspect_a", CELL_ID, NULL },
	[ACCOUNT_B] = { "account_b", CELL_TEXT, NULL },
	[SUSPECT_B] = { "suspect_b", CELL_ID, NULL },
	[RULE] = { "rule", CELL_ID, NULL },
	[VALUE] = { "value", CELL_TEXT, NULL },
	[STRENGTH] = { "strength", CELL_ID, NULL },
	[SHARED_BY] = { "shared_by", CELL_INTEGER, NULL },
	[PARTS] = { "parts", CELL_ID, NULL },
	[NOTE] = { "note", CELL_ID, NULL },
	[SOURCE_A] = { "source_a", CELL_TEXT, NULL },
	[ROW_A] = { "row_a", CELL_INTEGER, NULL },
	[SOURCE_B] = { "source_b", CELL_TEXT, NULL },
	[ROW_B] = { "row_b", CELL_INTEGER, NULL },
};

#define SIDE(side) \
	"SELECT " ROW_PATH_OF("s", "l.member_" side) ", l.row_" side ", nullif(l.note, '') FROM link l" \
	" LEFT JOIN source s ON s.id = l.source_" side " WHERE l.id = ?"

/* A row of cells, and the room of their texts. */
struct line {
	struct cell cells[COLUMNS];
	struct cell_room rooms[COLUMNS];
};

enum status why_output_open(struct why_output *output, struct casefile *casefile, const struct why_graph *graph,
			    struct writer *writer)
{
	const struct sheet sheet = { .name = "why", .columns = columns, .count = COLUMNS };

	*output = (struct why_output){ .casefile = casefile, .writer = writer, .graph = graph };
	output->account = casefile_prepare(casefile, "SELECT " SERVICE_ACCOUNT("k") ", 'S' || f.suspect FROM account_key k"
						     " LEFT JOIN account_figure f ON f.key = k.id WHERE k.id = ?");
	if (output->account)
		output->side[0] = casefile_prepare(casefile, SIDE("a"));
	if (output->side[0])
		output->side[1] = casefile_prepare(casefile, SIDE("b"));
	if (!output->side[1])
		return casefile->error.status;
	return writer_begin(writer, &sheet) == STATUS_OK ? STATUS_OK : statement_writer_failed(casefile, writer);
}

void why_output_close(struct why_output *output)
{
	(void)sqlite3_finalize(output->account);
	(void)sqlite3_finalize(output->side[0]);
	(void)sqlite3_finalize(output->side[1]);
	memset(output, 0, sizeof(*output));
}

/* Takes the first columns of the row of an id into cells, and resets the statement once they are copied. */
static enum status read_row(struct why_output *output, sqlite3_stmt *statement, int64_t id)
{
	enum status status;

	sqlite3_reset(statement);
	bind_integer(statement, 1, id);
	status = casefile_step(output->casefile, statement);
	if (status == STATUS_END)
		return error_set(&output->casefile->error, STATUS_INTEGRITY, "table link names a row or an account that the case has not");
	return status;
}

static void put(struct line *line, unsigned column, sqlite3_stmt *statement, int from)
{
	statement_cell(statement, from, columns[column].type, &line->rooms[column], &line->cells[column]);
}

/* The texts of a statement last until its next row: both accounts are copied. */
static enum status put_account(struct why_output *output, struct line *line, uint32_t account, unsigned column, struct buf *copy)
{
	enum status status = read_row(output, output->account, account);
	struct text name;

	if (status != STATUS_OK)
		return status;
	put(line, column, output->account, 0);
	put(line, column + 1, output->account, 1);
	name = line->cells[column].text;
	buf_add(copy, name.data ? name.data : "", name.len);
	line->cells[column].text = buf_view(copy);
	if (line->cells[column + 1].text.data) {
		(void)snprintf(line->rooms[column + 1].text, sizeof(line->rooms[column + 1].text), "%.*s",
			       (int)line->cells[column + 1].text.len, line->cells[column + 1].text.data);
		line->cells[column + 1].text = text_of(line->rooms[column + 1].text);
	}
	return copy->failed ? error_memory(&output->casefile->error) : columns_read(output->casefile, output->account);
}

/* Both sides may be the same statement, of which the first is copied. */
static enum status put_side(struct why_output *output, struct line *line, const struct why_tie *tie, unsigned column,
			    struct buf *copy)
{
	sqlite3_stmt *statement = output->side[tie->least ? 0 : 1];
	enum status status = read_row(output, statement, tie->id);
	struct text path;

	if (status != STATUS_OK)
		return status;
	put(line, column, statement, 0);
	put(line, column + 1, statement, 1);
	path = line->cells[column].text;
	buf_add(copy, path.data ? path.data : "", path.len);
	line->cells[column].text = buf_view(copy);
	if (column == SOURCE_B)
		put(line, NOTE, statement, 2);
	return copy->failed ? error_memory(&output->casefile->error) : columns_read(output->casefile, statement);
}

static void put_integer(struct line *line, unsigned column, uint64_t value)
{
	char *room = line->rooms[column].text;

	(void)snprintf(room, sizeof(line->rooms[column].text), "%llu", (unsigned long long)value);
	line->cells[column] = cell_read(CELL_INTEGER, text_of(room));
}

static void put_value(const struct why_output *output, struct line *cells, const struct why_line *line)
{
	const struct why_value *value = &output->graph->values[line->step->value];

	for (unsigned i = 0; i < COLUMNS; i++)
		cells->cells[i] = cell_of(columns[i].type, text_of(NULL));
	cells->cells[PART].text = text_of(line->part);
	put_integer(cells, STEP, line->number);
	cells->cells[RULE].text = value->rule;
	cells->cells[VALUE].text = value->value;
	cells->cells[STRENGTH].text = text_of(why_strength_name(value->strength));
	put_integer(cells, SHARED_BY, value->count);
	cells->cells[PARTS].text = text_of(line->parts);
}

enum status why_output_put(struct why_output *output, const struct why_line *line)
{
	struct buf copies[4] = { { 0 } };
	struct line cells;
	enum status status;

	put_value(output, &cells, line);
	status = put_account(output, &cells, line->step->from->account, ACCOUNT_A, &copies[0]);
	if (status == STATUS_OK)
		status = put_account(output, &cells, line->step->to->account, ACCOUNT_B, &copies[1]);
	if (status == STATUS_OK)
		status = put_side(output, &cells, line->step->from, SOURCE_A, &copies[2]);
	if (status == STATUS_OK)
		status = put_side(output, &cells, line->step->to, SOURCE_B, &copies[3]);
	if (status == STATUS_OK && writer_row(output->writer, cells.cells) != STATUS_OK)
		status = statement_writer_failed(output->casefile, output->writer);
	for (unsigned i = 0; i < 4; i++)
		buf_release(&copies[i]);
	return status;
}
