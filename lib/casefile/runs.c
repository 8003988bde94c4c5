/* SPDX-License-Identifier: Apache-2.0 */
/* The runs of a case. The hash of a run is the SHA-256 of its texts from
 * command to previous, each after its length in decimal and a colon. */
#include "casefile/runs.h"

#include <stdio.h>
#include <string.h>

#include "base/digest/digest.h"
#include "casefile/sql.h"

#define RUN_TEXTS 14
/* Their columns, in the order of the hash. */
#define RUN_COLUMNS \
	"command, arguments, version, settings, inputs, outputs, started, ended," \
	" operator, purpose, recipient, seal, tables, previous"

static bool hash_run(const struct text texts[RUN_TEXTS],
		     char hex[static DIGEST_HEX])
{
	struct digest *digest = digest_new();
	bool good = digest != NULL;

	for (size_t i = 0; i < RUN_TEXTS && good; i++) {
		char length[32];
		int n = snprintf(length, sizeof(length), "%zu:", texts[i].len);

		good = digest_add(digest, length, (size_t)n) &&
		       digest_add(digest, texts[i].data, texts[i].len);
	}
	good = good && digest_end(digest, hex);
	digest_free(digest);
	return good;
}

/* Of the run that the statement finds; empty: it finds none. */
static enum status one_hash(struct casefile *casefile, const char *sql, char hex[static DIGEST_HEX])
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status;

	hex[0] = '\0';
	if (!statement)
		return casefile->error.status;
	status = casefile_step(casefile, statement);
	if (status == STATUS_OK) {
		struct text hash = column_text(statement, 0);

		(void)snprintf(hex, DIGEST_HEX, "%.*s", (int)hash.len,
			       hash.data ? hash.data : "");
		status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status last_hash(struct casefile *casefile, char hex[static DIGEST_HEX])
{
	return one_hash(casefile, "SELECT hash FROM run ORDER BY id DESC LIMIT 1", hex);
}

enum status run_ends(struct casefile *casefile, char first[static DIGEST_HEX], char newest[static DIGEST_HEX])
{
	const enum status status = one_hash(casefile, "SELECT hash FROM run ORDER BY id LIMIT 1", first);

	newest[0] = '\0';
	return status == STATUS_OK ? last_hash(casefile, newest) : status;
}

/* A text that is not told is an empty one. */
static struct text told(const char *text)
{
	return text_of(text ? text : "");
}

enum status run_add(struct casefile *casefile, const struct run_row *row)
{
	char previous[DIGEST_HEX];
	char hash[DIGEST_HEX];
	sqlite3_stmt *statement;
	enum status status = last_hash(casefile, previous);
	const struct text texts[RUN_TEXTS] = {
		text_of(row->command),  text_of(row->arguments),
		text_of(row->version),  text_of(row->settings),
		text_of(row->inputs),   text_of(row->outputs),
		text_of(row->started),  text_of(row->ended),
		told(row->operator),    told(row->purpose),
		told(row->recipient),   told(row->seal),
		text_of(row->tables),
		text_of(previous),
	};

	if (status != STATUS_OK)
		return status;
	if (!hash_run(texts, hash))
		return error_memory(&casefile->error);
	statement = casefile_prepare(
		casefile, "INSERT INTO run(" RUN_COLUMNS ", hash)"
			  " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	if (!statement)
		return casefile->error.status;
	for (int i = 0; i < RUN_TEXTS; i++)
		bind_text(statement, i + 1, texts[i]);
	bind_cstring(statement, RUN_TEXTS + 1, hash);
	status = casefile_run(casefile, statement);
	sqlite3_finalize(statement);
	return status;
}

/* A seal may have that of the decisions behind it. */
enum status run_of_layer(struct casefile *casefile, const char *columns, enum layer layer,
			 sqlite3_stmt **statement)
{
	struct buf sql = { 0 };
	enum status status = STATUS_OK;

	*statement = NULL;
	buf_format(&sql, "SELECT %s FROM run WHERE seal LIKE ?1 || ' %%' OR"
			 " seal LIKE '%% ' || ?1 || ' %%' ORDER BY id DESC LIMIT 1", columns);
	if (sql.failed)
		status = error_memory(&casefile->error);
	else if (!(*statement = casefile_prepare(casefile, sql.data)))
		status = casefile->error.status;
	buf_release(&sql);
	if (status == STATUS_OK)
		status = bind_sought(casefile, *statement, 1, layer_name(layer));
	return status == STATUS_OK ? casefile_step(casefile, *statement) : status;
}

/* Checks the row a statement stands on; previous becomes its hash. */
static enum status check_row(struct casefile *casefile, sqlite3_stmt *statement,
			     char previous[static DIGEST_HEX])
{
	struct text texts[RUN_TEXTS];
	char hash[DIGEST_HEX];
	char path[300];
	struct text stored;
	enum status status;

	for (int i = 0; i < RUN_TEXTS; i++)
		texts[i] = column_text(statement, i + 1);
	stored = column_text(statement, RUN_TEXTS + 1);
	status = columns_read(casefile, statement);
	if (status != STATUS_OK)
		return status;
	if (!hash_run(texts, hash))
		return error_memory(&casefile->error);
	if (!text_is(stored, hash) || !text_is(texts[RUN_TEXTS - 1], previous))
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "%s: run %lld was changed, or one before it is "
				 "missing",
				 text_escape(text_of(casefile->path), path,
					     sizeof(path)),
				 (long long)sqlite3_column_int64(statement, 0));
	memcpy(previous, hash, DIGEST_HEX);
	return STATUS_OK;
}

enum status run_check(struct casefile *casefile, int64_t *runs)
{
	char previous[DIGEST_HEX] = "";
	enum status status;
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id, " RUN_COLUMNS ", hash FROM run ORDER BY id");

	*runs = 0;
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = check_row(casefile, statement, previous);
		if (status != STATUS_OK)
			break;
		++*runs;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}
