/* SPDX-License-Identifier: Apache-2.0 */
/* One thing of a case, with the rows that say so. */
#include "export/show.h"

#include <string.h>

#include "casefile/sql.h"
#include "casefile/sqlite/calltable.h"
#include "export/functions.h"
#include "export/show/find_thing.h"
#include "export/show_sql.h"
#include "export/statement.h"

#define FACT_COLUMNS 8
#define FACT_VALUE 2

static const struct sheet_column columns[FACT_COLUMNS] = {
	{ "layer", CELL_ID, NULL },
	{ "fact", CELL_ID, NULL },
	{ "value", CELL_TEXT, NULL },
	{ "rule", CELL_TEXT, NULL },
	{ "source", CELL_TEXT, NULL },
	{ "line", CELL_INTEGER, NULL },
	{ "offset", CELL_INTEGER, UNIT_BYTES },
	{ "length", CELL_INTEGER, UNIT_BYTES },
};

struct show {
	struct casefile *casefile;
	const struct observer *observer;
	struct writer *writer;
	struct export_money money;
	const char *region;        /* of national numbers; NULL: not said */
	bool begun;                /* a fact was written */
	int64_t id;
};

/* A number alone, with or without a sign, is no formula to a spreadsheet. */
static bool is_plain_number(struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i];

		if (!(c >= '0' && c <= '9') && c != '.' && !(i == 0 && (c == '+' || c == '-')))
			return false;
	}
	return text.len > 0;
}

static enum status begin(struct show *show)
{
	const struct sheet sheet = { .name = "facts", .columns = columns, .count = FACT_COLUMNS };

	show->begun = true;
	return writer_begin(show->writer, &sheet) == STATUS_OK ? STATUS_OK
								: statement_writer_failed(show->casefile, show->writer);
}

static enum status write_fact(struct show *show, sqlite3_stmt *statement)
{
	struct cell cells[FACT_COLUMNS];
	struct cell_room rooms[FACT_COLUMNS];
	enum status status = show->begun ? STATUS_OK : begin(show);

	if (status != STATUS_OK)
		return status;
	for (int i = 0; i < FACT_COLUMNS; i++)
		statement_cell(statement, i, columns[i].type, &rooms[i], &cells[i]);
	if (columns_read(show->casefile, statement) != STATUS_OK)
		return show->casefile->error.status;
	if (is_plain_number(cells[FACT_VALUE].text))
		cells[FACT_VALUE].type = CELL_NUMBER;
	if (writer_row(show->writer, cells) != STATUS_OK)
		return statement_writer_failed(show->casefile, show->writer);
	return STATUS_OK;
}

static enum status bind_named(sqlite3_stmt *statement, const struct show *show)
{
	int place = sqlite3_bind_parameter_index(statement, ":id");

	bind_integer(statement, place, show->id);
	place = sqlite3_bind_parameter_index(statement, ":exponent");
	if (place)
		bind_integer(statement, place, show->money.exponent);
	place = sqlite3_bind_parameter_index(statement, ":currency");
	return place ? bind_sought(show->casefile, statement, place, show->money.currency) : STATUS_OK;
}

static enum status write_facts(struct show *show, const char *sql)
{
	sqlite3_stmt *statement = casefile_prepare(show->casefile, sql);
	enum status status;

	if (!statement)
		return show->casefile->error.status;
	status = bind_named(statement, show);
	while (status == STATUS_OK) {
		status = casefile_step(show->casefile, statement);
		if (status == STATUS_OK)
			status = write_fact(show, statement);
	}
	sqlite3_finalize(statement);
	return statement_ended(show->casefile, show->observer, status);
}

static enum status write_all(struct show *show, const struct show_statement *statements)
{
	enum status status = STATUS_OK;

	for (; statements->sql && status == STATUS_OK; statements++) {
		bool there;

		status = casefile_has_layer(show->casefile, statements->layer, &there);
		if (status == STATUS_OK && there)
			status = write_facts(show, statements->sql);
	}
	return status;
}

/* Whether a statement with the id as its one parameter gives a row. */
static enum status must_exist(struct show *show, const char *sql, const char *what, const char *id)
{
	sqlite3_stmt *statement = casefile_prepare(show->casefile, sql);
	enum status status;

	if (!statement)
		return show->casefile->error.status;
	bind_integer(statement, 1, show->id);
	status = casefile_step(show->casefile, statement);
	sqlite3_finalize(statement);
	return status == STATUS_END ? find_absent(show->casefile, what, id) : status;
}

static enum status find_call(struct show *show, const char *id)
{
	uint64_t value;

	if (!text_to_u64(text_of(id), &value) || value > INT64_MAX)
		return find_bad_id(show->casefile, "call", id, "give the id in column call of table calls");
	show->id = (int64_t)value;
	return must_exist(show, "SELECT 1 FROM call WHERE id = ?", "call", id);
}

static enum status show_suspect_of(struct show *show, const char *id)
{
	return find_suspect(show->casefile, id, &show->id);
}

static enum status show_account_of(struct show *show, const char *id)
{
	return find_account(show->casefile, id, &show->id);
}

/* That it is in the case shows when its facts are sought. */
static enum status show_number_of(struct show *show, const char *id)
{
	return find_number(show->casefile, id, show->region, &show->id);
}

/* The things that can be shown. */
static const struct thing {
	const char *name;
	enum layer layer;
	enum status (*find)(struct show *show, const char *id);
	const struct show_statement *statements;
} things[] = {
	{ "call", LAYER_FOUND, find_call, show_call },
	{ "account", LAYER_UNDERSTOOD, show_account_of, show_account },
	{ "suspect", LAYER_CONCLUDED, show_suspect_of, show_suspect },
	{ "number", LAYER_UNDERSTOOD, show_number_of, show_number },
};

static const struct thing *find_thing(const char *name)
{
	for (size_t i = 0; i < sizeof(things) / sizeof(things[0]); i++)
		if (!strcmp(things[i].name, name))
			return &things[i];
	return NULL;
}

static enum status show_found(struct show *show, const struct thing *thing, const char *id)
{
	const struct observer *before = casefile_watch(show->casefile, show->observer);
	enum status status;

	status = thing->find(show, id);
	if (status == STATUS_OK)
		status = export_money(show->casefile, &show->money);
	if (status == STATUS_OK)
		status = write_all(show, thing->statements);
	if (status == STATUS_OK && !show->begun)
		status = find_absent(show->casefile, thing->name, id);
	if (status == STATUS_OK && writer_end(show->writer) != STATUS_OK)
		status = statement_writer_failed(show->casefile, show->writer);
	(void)casefile_watch(show->casefile, before);
	return statement_ended(show->casefile, show->observer, status);
}

enum status show_thing(struct casefile *casefile, const char *what, const char *id, const char *region,
		       const struct observer *observer, struct writer *writer)
{
	struct show show = { .casefile = casefile, .observer = observer, .writer = writer, .region = region };
	const struct thing *thing = find_thing(what);
	char given[100];
	enum status status;

	if (!thing)
		return error_set(&casefile->error, STATUS_USAGE,
				 "'%s' cannot be shown; a call, an account, a suspect and a number can",
				 text_escape(text_of(what), given, sizeof(given)));
	status = casefile_needs(casefile, thing->layer);
	if (status == STATUS_OK)
		status = calltable_register(casefile);
	if (status == STATUS_OK)
		status = functions_register(casefile);
	return status == STATUS_OK ? show_found(&show, thing, id) : status;
}
