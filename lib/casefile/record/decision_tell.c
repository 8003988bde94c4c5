/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of decisions: what changes by them, and what is in force. */
#include "casefile/record/decision_tell.h"

#include <string.h>

#include "base/digest/digest.h"
#include "casefile/record/decision.h"
#include "casefile/sql.h"

#define VALUE_SHOWN 100
#define PATH_SHOWN 300
#define DIGEST_SHOWN 12    /* digits of a digest that tells two texts apart */

/* What a source says of a setting that nothing is decided of. */
#define FOUND(t) \
	"CASE " t ".key WHEN 'region' THEN s.region WHEN 'zone' THEN s.zone WHEN 'currency' THEN s.currency" \
	" WHEN 'bare' THEN s.bare WHEN 'tech-prefix' THEN s.tech_prefixes WHEN 'date-order' THEN s.date_order" \
	" WHEN 'decimal' THEN s.decimal END"
#define SAME(d, t) d ".command = ?1 AND " d ".source IS " t ".source AND " d ".key = " t ".key AND " d ".item = " t ".item"
/* In order: those of the case, then those of sources. */
#define NAMES(t) t ".source, s.path, s.member, " t ".key, " t ".item"
#define OF_SOURCE(t) " LEFT JOIN source s ON s.id = " t ".source"
#define ORDER(t) " ORDER BY " t ".source, " t ".key, " t ".item"

#define CHANGES \
	"WITH t AS (SELECT DISTINCT source, key, item FROM decision WHERE command = ?1 AND (run = ?2 OR undone_by = ?2))" \
	" SELECT " NAMES("t") \
	", coalesce((SELECT value FROM decision d WHERE " SAME("d", "t") " AND d.undone_by = ?2), " FOUND("t") ")" \
	", coalesce((SELECT value FROM decision d WHERE " SAME("d", "t") " AND d.undone_by IS NULL), " FOUND("t") ")" \
	" FROM t" OF_SOURCE("t") ORDER("t")
#define IN_FORCE \
	"SELECT " NAMES("t") ", t.value, t.run FROM decision t" OF_SOURCE("t") \
	" WHERE t.command = ?1 AND t.undone_by IS NULL AND t.run < ?2" ORDER("t")

struct telling {
	struct casefile *casefile;
	const char *command;
	const struct decision_default *defaults;
	const struct observer *observer;
	int64_t run;
	bool first;            /* it has no run yet */
	uint64_t told;
};

static const char *default_of(const struct telling *telling, struct text key)
{
	const struct decision_default *one = telling->defaults;

	while (one && one->key && !text_is(key, one->key))
		one++;
	return one && one->key ? one->value : "";
}

/* The first line, with the digest of all where there are more. */
static void add_value(struct buf *out, struct text value)
{
	const struct text all = value;
	const struct text line = text_take_line(&value);
	char hex[DIGEST_HEX];

	if (all.len == 0) {
		buf_text(out, "none");
		return;
	}
	buf_escape(out, line, VALUE_SHOWN);
	if (value.len == 0)
		return;
	if (digest_of(all.data, all.len, hex))
		buf_format(out, " (%.*s)", DIGEST_SHOWN, hex);
	else
		out->failed = true;
}

/* "calls.csv: region", "long" */
static void add_name(struct buf *out, sqlite3_stmt *row)
{
	const struct text path = column_text(row, 1), member = column_text(row, 2);
	const struct text key = column_text(row, 3), item = column_text(row, 4);

	if (path.data) {
		buf_escape(out, path, PATH_SHOWN);
		buf_text(out, member.len ? ":" : "");
		buf_escape(out, member, PATH_SHOWN);
		buf_text(out, ": ");
	}
	buf_escape(out, item.len ? text_of("status") : key, VALUE_SHOWN);
	if (item.len)
		buf_text(out, " ");
	buf_escape(out, item, VALUE_SHOWN);
	buf_text(out, item.len ? ":" : "");
}

static struct text value_at(const struct telling *telling, sqlite3_stmt *row, int place)
{
	const struct text value = column_text(row, place);

	return value.data ? value : text_of(default_of(telling, column_text(row, 3)));
}

/* Of the case there is nothing to compare with before the first run. */
static bool add_change(const struct telling *telling, sqlite3_stmt *row, struct buf *out)
{
	const struct text was = value_at(telling, row, 5), now = value_at(telling, row, 6);

	if (text_equal(was, now))
		return false;
	if (telling->first && !column_text(row, 1).data && !column_text(row, 4).len)
		return false;
	add_name(out, row);
	buf_text(out, " ");
	add_value(out, was);
	buf_text(out, " -> ");
	add_value(out, now);
	return true;
}

static bool add_in_force(const struct telling *telling, sqlite3_stmt *row, struct buf *out)
{
	(void)telling;
	add_name(out, row);
	buf_text(out, " ");
	add_value(out, column_text(row, 5));
	buf_format(out, ", in force since run %lld", (long long)sqlite3_column_int64(row, 6));
	return true;
}

typedef bool adding(const struct telling *telling, sqlite3_stmt *row, struct buf *out);

static enum status tell_row(struct telling *telling, sqlite3_stmt *row, adding *add)
{
	struct buf line = { 0 };
	const bool there = add(telling, row, &line);
	enum status status = columns_read(telling->casefile, row);

	if (status == STATUS_OK && line.failed)
		status = error_memory(&telling->casefile->error);
	if (status == STATUS_OK && there && telling->told++ < DECISIONS_TOLD)
		observer_notice(telling->observer, "setting: %s", line.data);
	buf_release(&line);
	return status;
}

static enum status tell_rows(struct telling *telling, const char *sql, adding *add, const char *rest)
{
	sqlite3_stmt *statement = casefile_prepare(telling->casefile, sql);
	enum status status = statement ? bind_sought(telling->casefile, statement, 1, telling->command)
				       : telling->casefile->error.status;

	telling->told = 0;
	if (statement)
		bind_integer(statement, 2, telling->run);
	while (status == STATUS_OK && (status = casefile_step(telling->casefile, statement)) == STATUS_OK)
		status = tell_row(telling, statement, add);
	sqlite3_finalize(statement);
	if (status == STATUS_END && telling->told > DECISIONS_TOLD)
		observer_notice(telling->observer, "%llu more settings %s; `unspoof export CASE decisions` lists them",
				(unsigned long long)(telling->told - DECISIONS_TOLD), rest);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status has_run(struct casefile *casefile, const char *command, bool *has)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT 1 FROM run WHERE command = ? LIMIT 1");
	enum status status = statement ? bind_sought(casefile, statement, 1, command) : casefile->error.status;

	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	*has = status == STATUS_OK;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status decision_tell(struct casefile *casefile, const char *command, const struct decision_default *defaults,
			  const struct observer *observer)
{
	struct telling telling = { casefile, command, defaults, observer, 0, false, 0 };
	bool has = false;
	enum status status = decision_next_run(casefile, &telling.run);

	if (status == STATUS_OK)
		status = has_run(casefile, command, &has);
	telling.first = !has;
	if (status == STATUS_OK)
		status = tell_rows(&telling, CHANGES, add_change, "differ");
	return status == STATUS_OK ? tell_rows(&telling, IN_FORCE, add_in_force, "are in force") : status;
}

enum status decision_list(struct casefile *casefile, const char *command, struct buf *out)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id FROM decision WHERE undone_by IS NULL AND command = ? AND"
			  " (source IS NOT NULL OR item <> '') ORDER BY id");
	enum status status = statement ? bind_sought(casefile, statement, 1, command) : casefile->error.status;

	while (status == STATUS_OK && (status = casefile_step(casefile, statement)) == STATUS_OK)
		buf_format(out, "%s%lld", out->len ? "," : "", (long long)sqlite3_column_int64(statement, 0));
	sqlite3_finalize(statement);
	if (status == STATUS_END && out->failed)
		return error_memory(&casefile->error);
	return status == STATUS_END ? STATUS_OK : status;
}
