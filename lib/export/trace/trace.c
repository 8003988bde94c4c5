/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a figure, added up and held against what the case says. */
#include "export/trace/trace.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/money/decimal.h"
#include "base/nearest.h"
#include "base/time/moment.h"
#include "base/wide.h"
#include "casefile/sql.h"
#include "casefile/sqlite/calltable.h"
#include "casefile/table/amount.h"
#include "export/functions.h"
#include "export/show/find_thing.h"
#include "export/statement.h"
#include "export/tables.h"
#include "export/trace/trace_sql.h"

#define NTH 0
#define ADDS 3
#define COLUMNS (TRACE_COLUMNS + 1)
#define MILLI_DIGITS 3

static const struct sheet_column columns[COLUMNS] = {
	{ "nth", CELL_INTEGER, NULL },
	{ "what", CELL_TEXT, NULL },
	{ "value", CELL_TEXT, NULL },
	{ "adds", CELL_TEXT, NULL },
	{ "rule", CELL_TEXT, NULL },
	{ "source", CELL_TEXT, NULL },
	{ "line", CELL_INTEGER, NULL },
	{ "offset", CELL_INTEGER, UNIT_BYTES },
	{ "length", CELL_INTEGER, UNIT_BYTES },
};

struct trace {
	struct casefile *casefile;
	const struct trace_asked *asked;
	const struct observer *observer;
	struct writer *writer;
	const struct trace_thing *thing;
	const struct trace_figure *figure;
	struct export_money money;
	int64_t id, other;
	uint64_t rows;
	i128 sum;                  /* of what they add */
};

/* ---- what is asked ---- */

static enum status find_figure(struct trace *trace)
{
	struct error *error = &trace->casefile->error;
	struct nearest nearest;
	char given[100], said[NEAREST_SAID];

	nearest_begin(&nearest, text_of(trace->asked->thing));
	for (trace->thing = trace_things; trace->thing->name && strcmp(trace->thing->name, trace->asked->thing) != 0; trace->thing++)
		nearest_offer(&nearest, trace->thing->name);
	if (!trace->thing->name)
		return error_set(error, STATUS_USAGE, "'%s' has no figures that can be traced; %s",
				 text_escape(text_of(trace->asked->thing), given, sizeof(given)),
				 *nearest_say(&nearest, said) ? said : "suspect, account, victim and presentation have");
	nearest_begin(&nearest, text_of(trace->asked->figure));
	for (trace->figure = trace->thing->figures; trace->figure->name && strcmp(trace->figure->name, trace->asked->figure) != 0;
	     trace->figure++)
		nearest_offer(&nearest, trace->figure->name);
	if (trace->figure->name)
		return STATUS_OK;
	nearest_say(&nearest, said);
	return error_set(error, STATUS_USAGE, "'%s' is no figure of a %s that can be traced%s%s; --figures lists them",
			 text_escape(text_of(trace->asked->figure), given, sizeof(given)), trace->thing->name, *said ? "; " : "", said);
}

/* SUSPECT/NUMBER */
static enum status find_presentation(struct trace *trace)
{
	const char *slash = strchr(trace->asked->id, '/');
	char suspect[24];
	enum status status;

	if (!slash || (size_t)(slash - trace->asked->id) >= sizeof(suspect))
		return find_bad_id(trace->casefile, "presentation", trace->asked->id, "give SUSPECT/NUMBER, as S1/+442079460101");
	memcpy(suspect, trace->asked->id, (size_t)(slash - trace->asked->id));
	suspect[slash - trace->asked->id] = '\0';
	status = find_suspect(trace->casefile, suspect, &trace->id);
	return status == STATUS_OK ? find_number(trace->casefile, slash + 1, trace->asked->region, &trace->other) : status;
}

static enum status find_id(struct trace *trace)
{
	if (!strcmp(trace->thing->name, "suspect"))
		return find_suspect(trace->casefile, trace->asked->id, &trace->id);
	if (!strcmp(trace->thing->name, "account"))
		return find_account(trace->casefile, trace->asked->id, &trace->id);
	if (!strcmp(trace->thing->name, "presentation"))
		return find_presentation(trace);
	return find_number(trace->casefile, trace->asked->id, trace->asked->region, &trace->id);
}

static sqlite3_stmt *prepare(struct trace *trace, const char *first, const char *second, const char *third)
{
	sqlite3_stmt *statement = NULL;
	struct buf sql = { 0 };
	int place;

	buf_format(&sql, "%s%s%s", first, second, third);
	if (sql.failed)
		(void)error_memory(&trace->casefile->error);
	else
		statement = casefile_prepare(trace->casefile, sql.data);
	buf_release(&sql);
	if (!statement)
		return NULL;
	place = sqlite3_bind_parameter_index(statement, ":id");
	if (place)
		bind_integer(statement, place, trace->id);
	place = sqlite3_bind_parameter_index(statement, ":other");
	if (place)
		bind_integer(statement, place, trace->other);
	return statement;
}

/* ---- rows ---- */

/* The zeros that a decimal ends with, and the point if there is nothing else behind it. */
static const char *zeros_of(const char *decimal)
{
	const char *at = decimal + strlen(decimal);

	while (at[-1] == '0')
		at--;
	return at[-1] == '.' ? at - 1 : at;
}

static void format_adds(const struct trace *trace, i128 amount, char *out, size_t size)
{
	switch (trace->figure->how) {
	case TRACE_MONEY:
		(void)decimal_format(amount, trace->money.exponent, out, size);
		break;
	case TRACE_SECONDS:
		/* As the tables have them: 12, 12.5 */
		(void)decimal_format(amount, MILLI_DIGITS, out, size);
		out[zeros_of(out) - out] = '\0';
		break;
	case TRACE_TIME:
		if (moment_format_utc((int64_t)amount, out) == 0)
			*out = '\0';
		break;
	case TRACE_COUNT:
		(void)decimal_format(amount, 0, out, size);
		break;
	}
}

static enum status put_row(struct trace *trace, sqlite3_stmt *statement)
{
	struct cell cells[COLUMNS];
	struct cell_room rooms[COLUMNS];
	char adds[DECIMAL_TEXT];
	const i128 amount = column_amount(statement, TRACE_ADDS);

	for (int i = 0; i < TRACE_COLUMNS; i++)
		if (i + 1 != ADDS)
			statement_cell(statement, i, columns[i + 1].type, &rooms[i + 1], &cells[i + 1]);
	if (columns_read(trace->casefile, statement) != STATUS_OK)
		return trace->casefile->error.status;
	(void)snprintf(rooms[NTH].text, sizeof(rooms[NTH].text), "%" PRIu64, ++trace->rows);
	cells[NTH] = cell_read(CELL_INTEGER, text_of(rooms[NTH].text));
	format_adds(trace, amount, adds, sizeof(adds));
	cells[ADDS] = cell_of(CELL_TEXT, text_of(adds));
	if (!wide_add(&trace->sum, amount))
		return error_set(&trace->casefile->error, STATUS_INTEGRITY, "the rows come to more than an amount can be");
	return writer_row(trace->writer, cells) == STATUS_OK ? STATUS_OK : statement_writer_failed(trace->casefile, trace->writer);
}

static enum status put_rows(struct trace *trace)
{
	const struct sheet sheet = { .name = "trace", .columns = columns, .count = COLUMNS };
	sqlite3_stmt *statement = prepare(trace, trace->thing->scope, trace->figure->rows, "");
	enum status status;

	if (!statement)
		return trace->casefile->error.status;
	if (writer_begin(trace->writer, &sheet) != STATUS_OK)
		status = statement_writer_failed(trace->casefile, trace->writer);
	else
		while ((status = casefile_step(trace->casefile, statement)) == STATUS_OK && (status = put_row(trace, statement)) == STATUS_OK)
			continue;
	sqlite3_finalize(statement);
	if (status == STATUS_END && writer_end(trace->writer) != STATUS_OK)
		return statement_writer_failed(trace->casefile, trace->writer);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- what they come to ---- */

/* What the case says; *there: that it says something. */
static enum status read_stated(struct trace *trace, i128 *stated, bool *there)
{
	sqlite3_stmt *statement = prepare(trace, "SELECT ", trace->figure->stated, trace->thing->from);
	enum status status;

	if (!statement)
		return trace->casefile->error.status;
	status = casefile_step(trace->casefile, statement);
	if (status == STATUS_OK) {
		*stated = column_amount(statement, 0);
		*there = sqlite3_column_type(statement, 0) != SQLITE_NULL;
		status = columns_read(trace->casefile, statement);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? find_absent(trace->casefile, trace->thing->name, trace->asked->id) : status;
}

static enum status compare(struct trace *trace, i128 stated, bool there)
{
	const char *unit = trace->figure->how == TRACE_MONEY ? trace->money.currency : "";
	char sum[DECIMAL_TEXT], said[DECIMAL_TEXT], id[100];
	const bool equal = there ? stated == trace->sum : trace->rows == 0;

	(void)text_escape(text_of(trace->asked->id), id, sizeof(id));
	format_adds(trace, trace->sum, sum, sizeof(sum));
	format_adds(trace, stated, said, sizeof(said));
	if (!equal)
		return error_set(&trace->casefile->error, STATUS_INTEGRITY,
				 "%s of %s %s: %" PRIu64 " row%s %s to %s, and the case says %s; `unspoof verify --deep` makes it anew",
				 trace->figure->name, trace->thing->name, id, trace->rows, plural(trace->rows), trace->rows == 1 ? "comes" : "come", sum, there ? said : "nothing");
	if (!there)
		observer_notice(trace->observer, "%s of %s %s: none, as the case says", trace->figure->name, trace->thing->name, id);
	else
		observer_notice(trace->observer, "%s of %s %s: %" PRIu64 " row%s, %s%s%s, as the case says", trace->figure->name,
				trace->thing->name, id, trace->rows, plural(trace->rows), sum, *unit ? " " : "", unit);
	return STATUS_OK;
}

static enum status run(struct trace *trace)
{
	i128 stated = 0;
	bool there = false;
	enum status status = find_figure(trace);

	if (status == STATUS_OK)
		status = casefile_needs(trace->casefile, LAYER_CONCLUDED);
	/* The figure and its rows are of one state of the case. */
	if (status == STATUS_OK)
		status = casefile_exec(trace->casefile, "BEGIN");
	if (status == STATUS_OK)
		status = calltable_register(trace->casefile);
	if (status == STATUS_OK)
		status = functions_register(trace->casefile);
	if (status == STATUS_OK)
		status = export_money(trace->casefile, &trace->money);
	if (status == STATUS_OK)
		status = find_id(trace);
	if (status == STATUS_OK)
		status = read_stated(trace, &stated, &there);
	if (status == STATUS_OK)
		status = put_rows(trace);
	return status == STATUS_OK ? compare(trace, stated, there) : status;
}

enum status trace_write(struct casefile *casefile, const struct trace_asked *asked, const struct observer *observer,
			struct writer *writer)
{
	struct trace trace = { .casefile = casefile, .asked = asked, .observer = observer, .writer = writer };
	const struct observer *before = casefile_watch(casefile, observer);
	const enum status status = statement_ended(casefile, observer, run(&trace));

	casefile_rollback(casefile);
	(void)casefile_watch(casefile, before);
	return status;
}

void trace_list(struct buf *out)
{
	for (const struct trace_thing *thing = trace_things; thing->name; thing++) {
		buf_format(out, "%s:", thing->name);
		for (const struct trace_figure *figure = thing->figures; figure->name; figure++)
			buf_format(out, "%s %s", figure == thing->figures ? "" : ",", figure->name);
		buf_text(out, "\n");
	}
}
