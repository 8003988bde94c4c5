/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of the table of hits, each with its place. */
#include "export/match/match_output.h"

#include <stdio.h>
#include <string.h>

#include "casefile/service_name.h"
#include "export/statement.h"
#include "export/tables_sql.h"
#include "base/time/moment.h"

enum { LIST_LINE, IDENTIFIER, READ_AS, ROLE, ROWS, NTH, ACCOUNT, SUSPECT, FIRST, LAST, VALUE, SOURCE, LINE, OFFSET, LENGTH, CALL, COLUMNS };

static const struct sheet_column columns[COLUMNS] = {
	[LIST_LINE] = { "list_line", CELL_INTEGER, NULL },
	[IDENTIFIER] = { "identifier", CELL_TEXT, NULL },
	[READ_AS] = { "read_as", CELL_ID, NULL },
	[ROLE] = { "role", CELL_ID, NULL },
	[ROWS] = { "rows", CELL_INTEGER, NULL },
	[NTH] = { "nth", CELL_INTEGER, NULL },
	[ACCOUNT] = { "account", CELL_TEXT, NULL },
	[SUSPECT] = { "suspect", CELL_ID, NULL },
	[FIRST] = { "first", CELL_TIME, NULL },
	[LAST] = { "last", CELL_TIME, NULL },
	[VALUE] = { "value", CELL_TEXT, NULL },
	[SOURCE] = { "source", CELL_TEXT, NULL },
	[LINE] = { "line", CELL_INTEGER, NULL },
	[OFFSET] = { "offset", CELL_INTEGER, UNIT_BYTES },
	[LENGTH] = { "length", CELL_INTEGER, UNIT_BYTES },
	[CALL] = { "call", CELL_INTEGER, NULL },
};

/* Of the row that a statement stands on: which of its columns are cells. */
struct taken {
	int from, cell;
};

static const struct taken of_row[] = { { 0, SOURCE }, { 1, LINE }, { 2, OFFSET }, { 3, LENGTH }, { 4, VALUE } };
static const struct taken of_account[] = { { 0, ACCOUNT }, { 1, SUSPECT } };

/* A row of cells, and the room of their texts. */
struct line {
	struct cell cells[COLUMNS];
	struct cell_room rooms[COLUMNS];
};

static sqlite3_stmt *prepare_row(struct match_output *output, const struct match_role *role)
{
	sqlite3_stmt *statement = NULL;
	struct buf sql = { 0 };

	buf_format(&sql, "SELECT %s, t.line, t.offset, t.length, t.%s FROM %s t LEFT JOIN source s ON s.id = t.source WHERE t.id = ?",
		   ROW_PATH("s", "t"), role->column, role->table);
	if (sql.failed)
		(void)error_memory(&output->casefile->error);
	else
		statement = casefile_prepare(output->casefile, sql.data);
	buf_release(&sql);
	return statement;
}

enum status match_output_open(struct match_output *output, struct casefile *casefile, struct writer *writer)
{
	const struct sheet sheet = { .name = "matches", .columns = columns, .count = COLUMNS };
	bool concluded;
	enum status status = casefile_has_layer(casefile, LAYER_CONCLUDED, &concluded);

	output->casefile = casefile;
	output->writer = writer;
	if (status != STATUS_OK)
		return status;
	output->account = casefile_prepare(
		casefile, concluded ? "SELECT " SERVICE_ACCOUNT("k") ", 'S' || f.suspect FROM account_key k"
				      " LEFT JOIN account_figure f ON f.key = k.id WHERE k.id = ?"
				    : "SELECT " SERVICE_ACCOUNT("k") ", NULL FROM account_key k WHERE k.id = ?");
	if (output->account)
		output->path = casefile_prepare(casefile, "SELECT " ROW_PATH_OF("s", "?2") " FROM source s WHERE s.id = ?1");
	if (!output->path)
		return casefile->error.status;
	return writer_begin(writer, &sheet) == STATUS_OK ? STATUS_OK : statement_writer_failed(casefile, writer);
}

void match_output_close(struct match_output *output)
{
	for (size_t i = 0; i < MATCH_ROLES_MOST; i++)
		(void)sqlite3_finalize(output->rows[i]);
	(void)sqlite3_finalize(output->account);
	(void)sqlite3_finalize(output->path);
	buf_release(&output->named);
	memset(output, 0, sizeof(*output));
}

static enum status write(struct match_output *output, const struct line *line)
{
	return writer_row(output->writer, line->cells) == STATUS_OK ? STATUS_OK
								     : statement_writer_failed(output->casefile, output->writer);
}

static void put_integer(struct line *line, unsigned column, uint64_t value)
{
	char *room = line->rooms[column].text;

	(void)snprintf(room, sizeof(line->rooms[column].text), "%llu", (unsigned long long)value);
	line->cells[column] = cell_read(CELL_INTEGER, text_of(room));
}

static void put_time(struct line *line, unsigned column, const struct match_time *time)
{
	char *room = line->rooms[column].text;

	if (!time->known || moment_format_utc(time->at, room) == 0)
		return;
	if (time->day)
		room[10] = '\0';
	line->cells[column] = time->day ? cell_of(CELL_TEXT, text_of(room)) : cell_read(CELL_TIME, text_of(room));
}

/* Every cell is there, and most of them say nothing yet. */
static void begin(struct line *line, const struct match_entry *entry, const char *read_as, uint64_t rows)
{
	for (unsigned i = 0; i < COLUMNS; i++)
		line->cells[i] = cell_of(columns[i].type, text_of(NULL));
	put_integer(line, LIST_LINE, entry->line);
	line->cells[IDENTIFIER].text = entry->text;
	line->cells[READ_AS].text = text_of(read_as);
	put_integer(line, ROWS, rows);
}

enum status match_output_miss(struct match_output *output, const struct match_entry *entry, const char *read_as)
{
	struct line line;

	begin(&line, entry, read_as, 0);
	return write(output, &line);
}

/* Fills cells from the row of an id, which is there. */
static enum status put_row(struct match_output *output, sqlite3_stmt *statement, int64_t id, const struct taken *taken,
			   size_t count, struct line *line)
{
	enum status status;

	sqlite3_reset(statement);
	bind_integer(statement, 1, id);
	status = casefile_step(output->casefile, statement);
	if (status == STATUS_END)
		return error_set(&output->casefile->error, STATUS_INTEGRITY, "the case names a row or an account that it has not");
	if (status != STATUS_OK)
		return status;
	for (size_t i = 0; i < count; i++) {
		const unsigned cell = (unsigned)taken[i].cell;

		statement_cell(statement, taken[i].from, columns[cell].type, &line->rooms[cell], &line->cells[cell]);
	}
	return columns_read(output->casefile, statement);
}

/* The path of a source and a member, which most often are those of the row before. */
static enum status put_path(struct match_output *output, const struct place *place, struct line *line)
{
	enum status status = STATUS_OK;
	struct text path;

	if (!output->named.data || output->source != place->source || output->member != place->member) {
		output->source = place->source;
		output->member = place->member;
		buf_clear(&output->named);
		sqlite3_reset(output->path);
		bind_integer(output->path, 1, place->source);
		bind_integer(output->path, 2, (int64_t)place->member);
		status = casefile_step(output->casefile, output->path);
		if (status != STATUS_OK && status != STATUS_END)
			return status;
		path = status == STATUS_OK ? column_text(output->path, 0) : text_of("");
		buf_add(&output->named, path.data ? path.data : "", path.len);
		status = output->named.failed ? error_memory(&output->casefile->error) : columns_read(output->casefile, output->path);
	}
	line->cells[SOURCE].text = buf_view(&output->named);
	return status;
}

static enum status put_call(struct match_output *output, int64_t id, const struct match_places *places, size_t at,
			    struct line *line)
{
	const struct match_place *row = &places->items[at];

	put_integer(line, CALL, (uint64_t)id);
	put_integer(line, LINE, row->place.line);
	put_integer(line, OFFSET, row->place.offset);
	put_integer(line, LENGTH, row->place.length);
	line->cells[VALUE].text = row->there ? (struct text){ places->texts.data + row->begin, row->len } : text_of(NULL);
	return put_path(output, &row->place, line);
}

static enum status put_found(struct match_output *output, const struct match_hit *hit, int64_t id, struct line *line)
{
	sqlite3_stmt **statement = &output->rows[hit->role];

	if (!*statement)
		*statement = prepare_row(output, match_role(hit->role));
	if (!*statement)
		return output->casefile->error.status;
	return put_row(output, *statement, id, of_row, sizeof(of_row) / sizeof(of_row[0]), line);
}

enum status match_output_hit(struct match_output *output, const struct match_entry *entry, const char *read_as,
			     const struct match_hit *hit, const struct match_places *places, size_t *at)
{
	const bool call = !strcmp(match_role(hit->role)->table, "call");
	struct line line;
	enum status status = STATUS_OK;

	begin(&line, entry, read_as, hit->rows);
	line.cells[ROLE].text = text_of(match_role(hit->role)->name);
	put_time(&line, FIRST, &hit->first);
	put_time(&line, LAST, &hit->last);
	if (hit->key != 0)
		status = put_row(output, output->account, hit->key, of_account, sizeof(of_account) / sizeof(of_account[0]), &line);
	for (unsigned i = 0; i < hit->told && status == STATUS_OK; i++) {
		put_integer(&line, NTH, i + 1);
		status = call ? put_call(output, match_hit_id(hit, i), places, (*at)++, &line) : put_found(output, hit, match_hit_id(hit, i), &line);
		if (status == STATUS_OK)
			status = write(output, &line);
	}
	return status;
}
