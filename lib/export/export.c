/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a table: its layer, its options, its statement. */
#include <stdio.h>
#include <string.h>

#include "base/money/decimal.h"
#include "base/money/money.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"
#include "casefile/sqlite/calltable.h"
#include "export/columns.h"
#include "export/functions.h"
#include "export/statement.h"
#include "export/tables.h"

static const struct {
	const char *name;
	enum table_key key;
} keys[] = {
	{ "spend", KEY_SPEND },
	{ "victims", KEY_VICTIMS },
	{ "calls", KEY_CALLS },
	{ "loss", KEY_LOSS },
};

#define KEYS (sizeof(keys) / sizeof(keys[0]))

static enum status read_currency(struct casefile *casefile, sqlite3_stmt *statement, struct export_money *money)
{
	enum status status = casefile_step(casefile, statement);
	struct text code;
	int exponent;

	if (status != STATUS_OK && status != STATUS_END)
		return status;
	code = status == STATUS_OK ? column_text(statement, 0) : text_of("");
	if (status == STATUS_OK && columns_read(casefile, statement) != STATUS_OK)
		return casefile->error.status;
	exponent = code.data && code.len < sizeof(money->currency) ? currency_exponent(code.data, code.len) : -1;
	if (exponent < 0)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "table setting names no currency that is known; run `unspoof correlate` again");
	memcpy(money->currency, code.data, code.len);
	money->currency[code.len] = '\0';
	money->exponent = (unsigned)exponent;
	return STATUS_OK;
}

enum status export_money(struct casefile *casefile, struct export_money *money)
{
	sqlite3_stmt *statement;
	bool concluded;
	enum status status = casefile_has_layer(casefile, LAYER_CONCLUDED, &concluded);

	memset(money, 0, sizeof(*money));
	if (status != STATUS_OK || !concluded)
		return status;
	statement = casefile_prepare(casefile, "SELECT value FROM setting WHERE key = 'currency'");
	if (!statement)
		return casefile->error.status;
	status = read_currency(casefile, statement, money);
	sqlite3_finalize(statement);
	return status;
}

/* The names of the keys that a table can be ranked by, "spend, calls". */
static void list_keys(unsigned which, char *out, size_t size)
{
	size_t used = 0;

	out[0] = '\0';
	for (size_t i = 0; i < KEYS; i++)
		if ((which & keys[i].key) && used < size)
			used += (size_t)snprintf(out + used, size - used, "%s%s", used ? ", " : "", keys[i].name);
}

/* What a table is to be ranked by, NULL when it is not. */
static enum status find_key(struct error *error, const struct table_definition *table,
			    const struct export_options *options, const char **key)
{
	char names[60];
	char given[60];

	*key = NULL;
	list_keys(table->keys, names, sizeof(names));
	if (options->rank_by && table->keys == 0)
		return error_set(error, STATUS_USAGE, "table %s has no ranking", table->name);
	for (size_t i = 0; i < KEYS && !*key; i++) {
		if (!(table->keys & keys[i].key))
			continue;
		if (options->rank_by ? !strcmp(options->rank_by, keys[i].name)
				     : options->top > 0 || !strcmp(table->name, "suspects"))
			*key = keys[i].name;
	}
	if (options->rank_by && !*key)
		return error_set(error, STATUS_USAGE, "table %s cannot be ranked by '%s', but by %s",
				 table->name, text_escape(text_of(options->rank_by), given, sizeof(given)), names);
	return STATUS_OK;
}

/* The least spend in minor units. */
static enum status find_minimum(struct error *error, const struct table_definition *table,
				const struct export_options *options, const struct export_money *money, i128 *out)
{
	struct decimal decimal;
	const char *reason;
	bool rounded = false;
	char given[60];

	if (!(table->keys & KEY_SPEND))
		return error_set(error, STATUS_USAGE,
				 "table %s has no spend; a least spend is for suspects, accounts, presentations",
				 table->name);
	reason = decimal_parse(options->min_spend, strlen(options->min_spend), &decimal);
	if (!reason)
		reason = decimal_to_minor(&decimal, money->exponent, out, &rounded);
	if (!reason && rounded)
		reason = "has more decimals than the currency";
	if (!reason)
		return STATUS_OK;
	return error_set(error, STATUS_USAGE, "a least spend of '%s' in %s: %s",
			 text_escape(text_of(options->min_spend), given, sizeof(given)), money->currency, reason);
}

/* Binds a parameter that the statement need not have. */
static int place_of(sqlite3_stmt *statement, const char *name)
{
	return sqlite3_bind_parameter_index(statement, name);
}

static sqlite3_stmt *prepare_sql(struct casefile *casefile, const struct table_definition *table,
				 const struct table_picked *picked, enum layer last)
{
	struct buf sql = { 0 };
	sqlite3_stmt *statement = NULL;

	table_sql(table, picked, last, &sql);
	if (sql.failed)
		(void)error_memory(&casefile->error);
	else
		statement = casefile_prepare(casefile, sql.data);
	buf_release(&sql);
	return statement;
}

static enum status find_last_layer(struct casefile *casefile, enum layer *last)
{
	bool understood, concluded;
	enum status status = casefile_has_layer(casefile, LAYER_UNDERSTOOD, &understood);

	if (status == STATUS_OK)
		status = casefile_has_layer(casefile, LAYER_CONCLUDED, &concluded);
	if (status == STATUS_OK)
		*last = concluded ? LAYER_CONCLUDED : understood ? LAYER_UNDERSTOOD : LAYER_FOUND;
	return status;
}

enum status export_maker(struct casefile *casefile, const char *name, enum layer *layer)
{
	const struct table_definition *table = table_find(name);

	*layer = !strcmp(name, "decisions") ? LAYER_DECIDED : table ? table->layer : LAYER_FOUND;
	/* Of what each layer has a part of. */
	return table && table->from_found ? find_last_layer(casefile, layer) : STATUS_OK;
}

static sqlite3_stmt *prepare(struct casefile *casefile, const struct table_definition *table,
			     const struct table_picked *picked, const struct export_options *options,
			     const struct export_money *money, const char *key, i128 minimum)
{
	const int64_t top = options->top > 0 && options->top < INT64_MAX ? (int64_t)options->top : -1;
	sqlite3_stmt *statement;
	enum layer last;

	if (find_last_layer(casefile, &last) != STATUS_OK)
		return NULL;
	statement = prepare_sql(casefile, table, picked, last);
	if (!statement)
		return NULL;
	if ((place_of(statement, ":currency") &&
	     bind_sought(casefile, statement, place_of(statement, ":currency"), money->currency) != STATUS_OK) ||
	    (place_of(statement, ":key") &&
	     bind_sought(casefile, statement, place_of(statement, ":key"), key) != STATUS_OK)) {
		sqlite3_finalize(statement);
		return NULL;
	}
	bind_integer(statement, place_of(statement, ":top"), top);
	if (place_of(statement, ":exponent"))
		bind_integer(statement, place_of(statement, ":exponent"), money->exponent);
	if (place_of(statement, ":min"))
		bind_amount_maybe(statement, place_of(statement, ":min"), minimum, options->min_spend == NULL);
	return statement;
}

/* columns are kept as long as the writer needs them. */
static enum status begin_sheet(struct casefile *casefile, const struct table_definition *table,
			       const struct table_picked *picked, const struct export_money *money,
			       struct sheet_column columns[static TABLE_COLUMNS_MOST],
			       struct writer *writer)
{
	const struct sheet sheet = {
		.name = table->name,
		.title = table->about,
		.currency = *money->currency ? money->currency : NULL,
		.columns = columns,
		.count = picked->count,
	};

	table_columns(table, picked, columns);
	return writer_begin(writer, &sheet) == STATUS_OK ? STATUS_OK : statement_writer_failed(casefile, writer);
}

/* The rows, all from one state of the case. */
static enum status write_table(struct casefile *casefile, const struct table_definition *table,
			       const struct export_options *options, struct writer *writer)
{
	struct sheet_column columns[TABLE_COLUMNS_MOST];
	struct table_picked picked;
	struct export_money money;
	const char *key;
	i128 minimum = 0;
	char step[40];
	sqlite3_stmt *statement;
	enum status status = export_money(casefile, &money);

	if (status == STATUS_OK)
		status = columns_pick(table, options->columns, &picked, &casefile->error);
	if (status == STATUS_OK)
		status = find_key(&casefile->error, table, options, &key);
	if (status == STATUS_OK && options->min_spend)
		status = find_minimum(&casefile->error, table, options, &money, &minimum);
	if (status != STATUS_OK)
		return status;
	statement = prepare(casefile, table, &picked, options, &money, key, minimum);
	if (!statement)
		return casefile->error.status;
	status = begin_sheet(casefile, table, &picked, &money, columns, writer);
	if (status != STATUS_OK) {
		sqlite3_finalize(statement);
		return status;
	}
	(void)snprintf(step, sizeof(step), "export %s", table->name);
	status = statement_write(casefile, statement, writer, picked.columns, options->observer, step);
	if (status == STATUS_OK && writer_end(writer) != STATUS_OK)
		return statement_writer_failed(casefile, writer);
	return status;
}

enum status export_check(const struct export_options *options, const struct export_money *money, struct error *error)
{
	const struct table_definition *table = table_find(options->table);
	struct table_picked picked;
	const char *key;
	i128 minimum;
	enum status status;

	if (!table)
		return table_unknown(options->table, error);
	status = columns_pick(table, options->columns, &picked, error);
	if (status == STATUS_OK)
		status = find_key(error, table, options, &key);
	return status == STATUS_OK && options->min_spend ? find_minimum(error, table, options, money, &minimum) : status;
}

enum status export_table(struct casefile *casefile, const struct export_options *options, struct writer *writer)
{
	const struct table_definition *table = table_find(options->table);
	const bool alone = sqlite3_get_autocommit(casefile->db) != 0;
	enum status status;

	if (!table)
		return table_unknown(options->table, &casefile->error);
	status = casefile_needs(casefile, table->layer);
	if (status == STATUS_OK)
		status = calltable_register(casefile);
	if (status == STATUS_OK)
		status = functions_register(casefile);
	if (status == STATUS_OK && alone)
		status = casefile_exec(casefile, "BEGIN");
	if (status != STATUS_OK)
		return status;
	status = write_table(casefile, table, options, writer);
	if (alone)
		casefile_rollback(casefile);
	return status;
}
