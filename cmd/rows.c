/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof rows: the rows of a dump as they are found. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"
#include "cmd/common/options.h"
#include "cmd/common/output.h"
#include "cmd/common/sources.h"
#include "ingest/rows/source_rows.h"

#define SYNOPSIS "[OPTION]... SOURCE"
#define DIGITS 24               /* hold any number that stands in a row */
#define NAMES_SHOWN 20          /* tables that are listed at most */

/* The columns that every row begins with; the last where the source has members. */
enum { AT_TABLE, AT_LINE, AT_OFFSET, AT_LENGTH, AT_MEMBER, AT_MOST };

struct rows_job {
	struct invocation *inv;
	struct source_options given;
	struct rows_options wanted;
	uint64_t max_rejects;
	const char *format, *null;
	bool exact;
	struct output output;
	/* Of the sheet that has begun, or is to begin if no row comes; names are its own. */
	struct sheet_column *columns;
	char **names;
	size_t before;              /* of those, what is not of the row */
	size_t count;               /* and those that are */
	bool begun;
	const struct rows_table *table; /* whose columns they are; NULL: to be compared */
	struct cell *cells;
	size_t cell_capacity;
	struct buf extra;
	char digits[AT_MOST][DIGITS];
};

/* ---- the sheet ---- */

static const struct sheet_column own[AT_MOST] = {
	{ ROWS_TABLE, CELL_TEXT, NULL },
	{ ROWS_LINE, CELL_INTEGER, NULL },
	{ ROWS_OFFSET, CELL_INTEGER, UNIT_BYTES },
	{ ROWS_LENGTH, CELL_INTEGER, UNIT_BYTES },
	{ ROWS_MEMBER, CELL_TEXT, NULL },
};

static unsigned flags(const struct rows_job *job)
{
	return job->output.writer.options.format->flags;
}

/* Whether a row has its further fields in a list; else they stand behind the others. */
static bool is_json(const struct rows_job *job)
{
	return !strncmp(job->output.writer.options.format->name, "json", 4);
}

static void drop_columns(struct rows_job *job)
{
	for (size_t i = 0; i < job->count; i++)
		free(job->names[i]);
	free(job->names);
	free(job->columns);
	job->columns = NULL;
	job->names = NULL;
	job->count = job->before = 0;
}

static bool copy_names(struct rows_job *job, const struct rows_table *table)
{
	for (size_t i = 0; i < table->column_count; i++) {
		char *name = memory_text(table->columns[i], strlen(table->columns[i]));

		if (!name)
			return false;
		job->names[job->count] = name;
		job->columns[job->before + job->count++] = (struct sheet_column){ name, CELL_TEXT, NULL };
	}
	job->columns[job->before + job->count] = (struct sheet_column){ ROWS_EXTRA, CELL_LIST, NULL };
	return true;
}

static enum status take_columns(struct rows_job *job, const struct rows_table *table, struct error *error)
{
	drop_columns(job);
	job->before = AT_MOST - (table->member.data ? 0 : 1);
	job->columns = memory_array(NULL, AT_MOST + table->column_count + 1, sizeof(*job->columns));
	job->names = memory_array(NULL, table->column_count, sizeof(*job->names));
	if (!job->columns || !job->names)
		return error_memory(error);
	memcpy(job->columns, own, job->before * sizeof(*own));
	return copy_names(job, table) ? STATUS_OK : error_memory(error);
}

static bool same_columns(const struct rows_job *job, const struct rows_table *table)
{
	if (!job->columns || job->count != table->column_count)
		return false;
	for (size_t i = 0; i < job->count; i++)
		if (strcmp(job->columns[job->before + i].name, table->columns[i]) != 0)
			return false;
	return true;
}

/* What the writer says is of no source: nothing else is to be tried. */
static enum status written(const struct rows_job *job, enum status status, struct error *error)
{
	if (status != STATUS_OK) {
		*error = job->output.writer.error;
		error->status = status;
		error->fault = true;
	}
	return status;
}

static enum status begin_sheet(struct rows_job *job, struct error *error)
{
	const struct sheet sheet = { .name = "rows", .columns = job->columns,
				     .count = job->before + job->count + is_json(job) };

	job->begun = true;
	return written(job, writer_begin(&job->output.writer, &sheet), error);
}

static enum status end_sheet(struct rows_job *job, struct error *error)
{
	if (!job->begun)
		return STATUS_OK;
	job->begun = false;
	return written(job, writer_end(&job->output.writer), error);
}

static enum status refuse_second(const struct rows_job *job, const struct rows_table *table,
				 struct error *error)
{
	return error_set(error, STATUS_USAGE, "%s: has other columns than the table before it, whose rows "
			 "were written; -f jsonl writes several tables, --table NAME one of them%s",
			 table->shown, job->before == AT_MOST ? " (or give the member by itself)" : "");
}

/* Another table begins; what it is called stands in each row. */
static enum status change_table(struct rows_job *job, const struct rows_table *table, struct error *error)
{
	enum status status = STATUS_OK;

	job->table = table;
	if (job->begun && same_columns(job, table))
		return STATUS_OK;
	if (job->begun && !(flags(job) & WRITER_MANY))
		return refuse_second(job, table, error);
	status = end_sheet(job, error);
	if (status == STATUS_OK)
		status = take_columns(job, table, error);
	return status == STATUS_OK ? begin_sheet(job, error) : status;
}

/* ---- rows ---- */

/* Three numbers a row: printf() would take as long as the row. */
static struct cell number_cell(struct rows_job *job, size_t at, uint64_t value)
{
	char *end = job->digits[at] + DIGITS, *begin = end;

	do
		*--begin = (char)('0' + value % 10);
	while ((value /= 10) > 0);
	return cell_of(CELL_INTEGER, (struct text){ begin, (size_t)(end - begin) });
}

static struct cell value_cell(const struct rows_job *job, struct text field)
{
	if (form_is_null(field))
		return cell_of(CELL_TEXT, text_of(is_json(job) ? NULL : job->null));
	return cell_of(CELL_TEXT, field);
}

/* The further fields as a list. */
static struct cell extra_cell(struct rows_job *job, const struct rows_row *row)
{
	buf_clear(&job->extra);
	for (size_t i = job->count; i < row->count; i++) {
		const struct text field = row->fields[i];

		buf_text(&job->extra, i > job->count ? ";" : "");
		for (size_t k = 0; k < field.len; k++) {
			if (field.data[k] == ';' || field.data[k] == '\\')
				buf_byte(&job->extra, '\\');
			buf_byte(&job->extra, field.data[k]);
		}
	}
	return cell_of(CELL_LIST, buf_view(&job->extra));
}

static void set_own(struct rows_job *job, const struct rows_table *table, const struct rows_row *row)
{
	job->cells[AT_TABLE] = cell_of(CELL_TEXT, table->name);
	job->cells[AT_LINE] = number_cell(job, AT_LINE, row->line);
	job->cells[AT_OFFSET] = number_cell(job, AT_OFFSET, row->offset);
	job->cells[AT_LENGTH] = number_cell(job, AT_LENGTH, row->length);
	job->cells[AT_MEMBER] = cell_of(CELL_TEXT, table->member);
}

/* Sets the cells of a row; how many it has. */
static size_t set_cells(struct rows_job *job, const struct rows_table *table, const struct rows_row *row)
{
	size_t count = row->count;

	set_own(job, table, row);
	for (size_t i = 0; i < count; i++)
		job->cells[job->before + i] = value_cell(job, row->fields[i]);
	if (count > job->count && is_json(job)) {
		job->cells[job->before + job->count] = extra_cell(job, row);
		count = job->count + 1;
	}
	/* The table for the eye has a cell a column. */
	if (flags(job) & WRITER_ON_TERMINAL) {
		for (; count < job->count; count++)
			job->cells[job->before + count] = cell_of(CELL_TEXT, text_of(NULL));
		count = job->count;
	}
	return job->before + count;
}

static enum status take_row(void *context, const struct rows_table *table, const struct rows_row *row,
			    struct error *error)
{
	struct rows_job *job = context;
	void *cells = job->cells;
	size_t count;
	enum status status = STATUS_OK;

	if (table != job->table)
		status = change_table(job, table, error);
	if (status != STATUS_OK)
		return status;
	if (!memory_room(&cells, &job->cell_capacity, AT_MOST + row->count + job->count + 1, sizeof(*job->cells)))
		return error_memory(error);
	job->cells = cells;
	count = set_cells(job, table, row);
	if (job->extra.failed)
		return error_memory(error);
	return written(job, writer_row_of(&job->output.writer, job->cells, count), error);
}

/* Of a table without rows the columns stand all the same, where no other has some. */
static enum status end_table(void *context, const struct rows_table *table, struct error *error)
{
	struct rows_job *job = context;

	job->table = NULL;
	if (table->wide > 0 && flags(job) & WRITER_ON_TERMINAL)
		observer_notice(&job->inv->observer, "%s: of rows with more fields the further ones are not shown; "
				"-f csv and -f jsonl have them", table->shown);
	return job->columns || table->column_count == 0 ? STATUS_OK : take_columns(job, table, error);
}

/* ---- several tables ---- */

struct found {
	struct rows_job *job;
	struct buf names;
	uint64_t count;
	bool differ;                /* in their columns */
};

static enum status find_table(void *context, const struct rows_table *table, struct error *error)
{
	struct found *found = context;

	if (table->read == 0 && !table->sole)
		return STATUS_OK;
	if (found->count++ < NAMES_SHOWN) {
		buf_text(&found->names, found->count > 1 ? ", " : "");
		buf_escape(&found->names, table->name, 60);
	}
	if (found->count == 1)
		return take_columns(found->job, table, error);
	found->differ = found->differ || !same_columns(found->job, table);
	return STATUS_OK;
}

/* A format that holds one table is asked for: whether the source has one, before a row is
 * written. What cannot be read twice is looked at as it is written. */
static enum status look_ahead(struct rows_job *job, const char *path, struct error *error)
{
	struct found found = { .job = job };
	const struct rows_taker taker = { .table = find_table, .context = &found };
	enum status status;

	if (flags(job) & WRITER_MANY || job->wanted.table || !strcmp(path, "-"))
		return STATUS_OK;
	status = ingest_rows_tables(&job->given.ingest, path, &job->inv->observer, &taker, error);
	if (status == STATUS_OK && found.differ)
		status = error_set(error, STATUS_USAGE, "there are %llu tables: %s%s; say which with --table NAME, "
				   "or -f jsonl for all of them", (unsigned long long)found.count,
				   buf_view(&found.names).data, found.count > NAMES_SHOWN ? " and others" : "");
	buf_release(&found.names);
	drop_columns(job);
	return status;
}

/* ---- the command ---- */

static enum status write_rows(struct rows_job *job, struct rows_counts *counts, struct error *error)
{
	const char *path = job->inv->operands[0];
	const struct rows_taker taker = { take_row, end_table, job };
	struct error late = { .status = STATUS_OK };
	enum status ended, status = look_ahead(job, path, error);

	if (status == STATUS_OK)
		status = ingest_rows(&job->given.ingest, &job->wanted, path, &job->inv->observer, &taker, counts,
				     error);
	if (status == STATUS_OK && !job->begun && job->columns)
		status = begin_sheet(job, error);
	ended = job->output.writer.sink.broken ? STATUS_OK : end_sheet(job, &late);
	if (status == STATUS_OK && ended != STATUS_OK)
		*error = late;
	return status == STATUS_OK ? ended : status;
}

/* What could not be read to its end leaves the rows before that. */
static enum status rows(struct rows_job *job)
{
	struct rows_counts counts = { 0 };
	struct error error = { .status = STATUS_OK };
	enum status status = output_open(&job->output, job->inv, job->format, NULL, false, NULL);

	if (status != STATUS_OK)
		return status;
	job->output.writer.options.exact = job->exact;
	status = write_rows(job, &counts, &error);
	status = output_close(&job->output, status, &error);
	if (status == STATUS_OK && counts.rejected > job->max_rejects)
		return command_fail(job->inv, STATUS_REJECTS, "%llu rows were rejected, more than %llu",
				    (unsigned long long)counts.rejected, (unsigned long long)job->max_rejects);
	return status;
}

/* Of the options of a source those that say how it is written. */
static size_t choose_options(struct source_options *given, struct option_row *rows)
{
	static const char *const how[] = {
		"profile", "separator", "quote", "inner-quotes", "escape", "guard", "skip-head", "keep-foot", "header",
		"no-header", "trim", "encoding", "password-file", "max-expand", "with-wal",
	};
	struct option_row all[OPTION_ROWS] = { 0 };
	const size_t count = step_option_rows(options_of_source, given, all);
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < sizeof(how) / sizeof(how[0]); k++)
			if (!strcmp(all[i].name, how[k]))
				rows[kept++] = all[i];
	return kept;
}

static void release(struct rows_job *job)
{
	source_options_release(&job->given);
	drop_columns(job);
	free(job->cells);
	buf_release(&job->extra);
}

enum status command_rows(struct invocation *inv)
{
	struct rows_job job = { .inv = inv, .given = { .ingest = ingest_options_none() }, .max_rejects = UINT64_MAX };
	const struct option_row own_rows[] = {
		OUTPUT_FORMAT(&job.format),
		{ 't', "table", "NAME", "the rows of this table alone", OPTION_TEXT, &job.wanted.table },
		{ 'n', "head", "N", "the first N rows, and no more is read", OPTION_COUNT, &job.wanted.head },
		{ 0, "null", "TEXT", "what stands for SQL's NULL; nothing unless told", OPTION_TEXT, &job.null },
		OUTPUT_EXACT(&job.exact),
		{ 0, "rejects", NULL, "say each rejected row, not only the first of a table", OPTION_FLAG,
		  &job.wanted.all_rejects },
		{ 0, "max-rejects", "N", "status 3 if more rows are rejected", OPTION_COUNT, &job.max_rejects },
	};
	struct option_row rows_of_all[OPTION_ROWS] = { 0 };
	const size_t chosen = choose_options(&job.given, rows_of_all);
	enum status status;

	memcpy(rows_of_all + chosen, own_rows, sizeof(own_rows));
	command_catch_interrupts();
	if (command_options(inv, SYNOPSIS, rows_of_all, 1, 1, &status)) {
		job.given.ingest.threads = command_threads(inv);
		if (source_options_take(inv, &job.given, 0, &status)) {
			source_options_set_room(&job.given, NULL);
			status = rows(&job);
		}
	}
	release(&job);
	return status;
}
