/* SPDX-License-Identifier: Apache-2.0 */
/* All rows of each role are read once, and their values looked for in the index. */
#include "export/match/match_tables.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/service_name.h"
#include "casefile/sql.h"
#include "export/match/match_roles.h"
#include "export/statement.h"

enum { ID, KEY, VALUE, SECOND, TIME_AT, TIME_DAY };

static bool add_nodes(const struct match_index *index, struct match_hits *hits, uint32_t node, const struct match_row *row)
{
	for (; node; node = index->nodes[node].next)
		if (!match_hits_add(hits, index->nodes[node].entry, row))
			return false;
	return true;
}

/* Of numbers as SQL has them: an integer, or +442079460101;+44... of other readings. */
static bool add_numbers(const struct match_index *index, struct match_hits *hits, sqlite3_stmt *statement,
			const struct match_row *row)
{
	const char *text;
	bool good = true;

	if (sqlite3_column_type(statement, VALUE) == SQLITE_INTEGER)
		return add_nodes(index, hits, match_index_find_number(index, (uint64_t)sqlite3_column_int64(statement, VALUE)), row);
	text = (const char *)sqlite3_column_text(statement, VALUE);
	while (text && *text == '+' && good) {
		char *end;
		const uint64_t number = strtoull(text + 1, &end, 10);

		good = add_nodes(index, hits, match_index_find_number(index, number), row);
		text = end + (*end == ';');
	}
	return good;
}

/* A login may be an e-mail address, whose letters are folded. */
static bool add_texts(const struct match_index *index, struct match_hits *hits, enum match_class class, struct text value,
		      const struct match_row *row)
{
	const uint32_t node = match_index_find(index, class, value);

	if (node || class != MATCH_TEXT)
		return add_nodes(index, hits, node, row);
	return add_nodes(index, hits, match_index_find(index, MATCH_EMAIL, value), row);
}

static bool add_row(const struct match_index *index, struct match_hits *hits, size_t number, sqlite3_stmt *statement)
{
	const enum match_class class = match_role(number)->class;
	const struct match_row row = {
		.role = (uint32_t)number,
		.key = sqlite3_column_int64(statement, KEY),
		.id = sqlite3_column_int64(statement, ID),
		.time = { sqlite3_column_int64(statement, TIME_AT), sqlite3_column_type(statement, TIME_AT) != SQLITE_NULL,
			  sqlite3_column_int(statement, TIME_DAY) != 0 },
	};

	if (class == MATCH_NUMBER)
		return add_numbers(index, hits, statement, &row);
	return add_texts(index, hits, class, column_text(statement, VALUE), &row) &&
	       add_nodes(index, hits, match_index_find(index, class, column_text(statement, SECOND)), &row);
}

static enum status run_role(struct casefile *casefile, const struct match_index *index, struct match_hits *hits, size_t number)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, match_role(number)->sql);
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		if (!add_row(index, hits, number, statement))
			status = error_memory(&casefile->error);
		else
			status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status;
}

enum status match_tables_run(struct casefile *casefile, const struct observer *observer, const struct match_index *index,
			     struct match_hits *hits)
{
	enum status status = STATUS_END;

	for (size_t i = MATCH_ROLE_TABLES; i < match_role_count() && status == STATUS_END; i++)
		if (match_role(i)->class != MATCH_NUMBER || index->numbers.count > 0)
			status = run_role(casefile, index, hits, i);
	return statement_ended(casefile, observer, status == STATUS_END ? STATUS_OK : status);
}

/* ---- accounts ---- */

void match_accounts_release(struct match_accounts *accounts)
{
	free(accounts->named);
	free(accounts->served);
	memset(accounts, 0, sizeof(*accounts));
}

static enum status take_account(struct match_accounts *accounts, struct casefile *casefile, const struct match_index *index,
				sqlite3_stmt *statement)
{
	const int64_t key = sqlite3_column_int64(statement, 0);

	if (key < 1 || key > accounts->most || key >= MATCH_KEYS)
		return error_set(&casefile->error, STATUS_INTEGRITY, "table account_key of the case is damaged");
	accounts->named[key] = match_index_find(index, MATCH_TEXT, column_text(statement, 1));
	accounts->served[key] = match_index_find(index, MATCH_TEXT, column_text(statement, 2));
	accounts->any |= accounts->named[key] || accounts->served[key];
	return columns_read(casefile, statement);
}

enum status match_accounts_load(struct match_accounts *accounts, struct casefile *casefile, const struct match_index *index)
{
	sqlite3_stmt *statement;
	enum status status = casefile_integer(casefile, "SELECT max(id) FROM account_key", 0, &accounts->most);

	if (status != STATUS_OK)
		return status;
	if (accounts->most < 0 || accounts->most >= MATCH_KEYS)
		return error_set(&casefile->error, STATUS_INTEGRITY, "table account_key of the case is damaged");
	accounts->named = calloc((size_t)accounts->most + 1, sizeof(*accounts->named));
	accounts->served = calloc((size_t)accounts->most + 1, sizeof(*accounts->served));
	if (!accounts->named || !accounts->served)
		return error_memory(&casefile->error);
	statement = casefile_prepare(casefile, "SELECT k.id, k.account, CASE k.service WHEN '' THEN NULL ELSE "
					       SERVICE_ACCOUNT("k") " END FROM account_key k");
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK &&
	       (status = take_account(accounts, casefile, index, statement)) == STATUS_OK)
		continue;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}
