/* SPDX-License-Identifier: Apache-2.0 */
/* A source that is not wholly ingested yet. */
#include "casefile/checkpoint.h"

#include <string.h>

#include "casefile/kinds.h"
#include "casefile/sql.h"

#define SHOWN 300

void checkpoint_release(struct checkpoint *checkpoint)
{
	buf_release(&checkpoint->role_rejects);
	buf_release(&checkpoint->forms);
	buf_release(&checkpoint->state);
	buf_release(&checkpoint->settings);
	buf_release(&checkpoint->tally);
	buf_release(&checkpoint->path);
	buf_release(&checkpoint->member);
	memset(checkpoint, 0, sizeof(*checkpoint));
}

/* ---- reading ---- */

/* What a column holds, where only 0 and more can be. */
static bool take_count(sqlite3_stmt *row, int place, uint64_t *value)
{
	int64_t found = sqlite3_column_int64(row, place);

	*value = (uint64_t)found;
	return found >= 0;
}

static bool take_flag(sqlite3_stmt *row, int place, bool *value)
{
	int64_t found = sqlite3_column_int64(row, place);

	*value = found == 1;
	return found == 0 || found == 1;
}

static void take_text(sqlite3_stmt *row, int place, struct buf *out)
{
	struct text text = column_text(row, place);

	buf_add(out, text.data, text.len);
}

static bool take_hash(sqlite3_stmt *row, int place, char hex[static DIGEST_HEX])
{
	struct text text = column_text(row, place);

	if (text.len != DIGEST_HEX - 1)
		return false;
	memcpy(hex, text.data, text.len);
	hex[text.len] = '\0';
	return true;
}

#define READ_SQL \
	"SELECT c.source, c.offset, c.line, c.done, c.prefix, c.sha256," \
	" c.state, c.local_time, c.legs, c.first_form, c.role_rejects," \
	" c.forms, c.settings, s.path, s.member, s.size, s.rows_read," \
	" s.accepted, s.rejected, s.skipped," \
	" s.member_sha256 = '' AND NOT EXISTS(SELECT 1 FROM source l" \
	" WHERE l.id > c.source AND l.id NOT IN (SELECT source FROM checkpoint))" \
	" AND (SELECT count(*) FROM checkpoint) = (SELECT count(*) FROM checkpoint o" \
	" JOIN source m ON m.id = o.source AND m.path = s.path" \
	" AND m.member = s.member WHERE o.offset = c.offset AND o.line = c.line" \
	" AND o.prefix = c.prefix AND o.sha256 = c.sha256" \
	" AND o.first_form = c.first_form), c.tally" \
	" FROM checkpoint c LEFT JOIN source s ON s.id = c.source" \
	" WHERE c.source >= ? ORDER BY c.source"

/* Whether the numbers can be those of a checkpoint. */
static bool take_numbers(struct checkpoint *c, sqlite3_stmt *row)
{
	bool good;

	c->source = sqlite3_column_int64(row, 0);
	c->first_form = sqlite3_column_int64(row, 9);
	good = take_count(row, 1, &c->offset) && take_count(row, 2, &c->line) &&
	       take_count(row, 3, &c->done) &&
	       take_count(row, 4, &c->prefix.bytes) &&
	       take_hash(row, 5, c->prefix.sha256) &&
	       take_flag(row, 7, &c->local_time) && take_flag(row, 8, &c->legs) &&
	       take_count(row, 15, &c->size) && take_count(row, 16, &c->read) &&
	       take_count(row, 17, &c->accepted) &&
	       take_count(row, 18, &c->rejected) &&
	       take_count(row, 19, &c->skipped);
	/* A line has a byte at least. */
	good = good && c->line > 0 && c->line - 1 <= c->offset;
	return good && c->source > 0 && c->first_form > 0 &&
	       c->prefix.bytes >= c->offset && sqlite3_column_int(row, 20) == 1;
}

static enum status take_row(struct casefile *casefile, sqlite3_stmt *row,
			    struct checkpoint *c)
{
	const bool good = take_numbers(c, row);
	enum status status = columns_read(casefile, row);

	if (status != STATUS_OK)
		return status;
	if (!good)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "table checkpoint: what it says of source %lld "
				 "cannot be", (long long)c->source);
	take_text(row, 10, &c->role_rejects);
	take_text(row, 11, &c->forms);
	take_text(row, 12, &c->settings);
	take_text(row, 13, &c->path);
	take_text(row, 14, &c->member);
	take_text(row, 6, &c->state);
	take_text(row, 21, &c->tally);
	if (c->role_rejects.failed || c->forms.failed || c->settings.failed ||
	    c->state.failed || c->tally.failed ||
	    c->path.failed || c->member.failed)
		return error_memory(&casefile->error);
	return columns_read(casefile, row);
}

/* The first one of the source or of those behind it. */
static enum status read_from(struct casefile *casefile, int64_t source,
			     struct checkpoint *checkpoint)
{
	sqlite3_stmt *row = casefile_prepare(casefile, READ_SQL);
	enum status status;

	checkpoint_release(checkpoint);
	if (!row)
		return casefile->error.status;
	bind_integer(row, 1, source);
	status = casefile_step(casefile, row);
	if (status == STATUS_OK)
		status = take_row(casefile, row, checkpoint);
	sqlite3_finalize(row);
	return status;
}

enum status checkpoint_read(struct casefile *casefile,
			    struct checkpoint *checkpoint)
{
	return read_from(casefile, INT64_MIN, checkpoint);
}

enum status checkpoint_seek(struct casefile *casefile, int64_t source,
			    struct checkpoint *checkpoint)
{
	const enum status status = read_from(casefile, source, checkpoint);

	return status == STATUS_OK && checkpoint->source != source ? STATUS_END
								   : status;
}

enum status checkpoint_rows(struct casefile *casefile, int64_t first, uint64_t *rows)
{
	int64_t read = 0;
	sqlite3_stmt *row = casefile_prepare(
		casefile, "SELECT sum(rows_read) FROM source WHERE id >= ?");
	enum status status;

	if (!row)
		return casefile->error.status;
	bind_integer(row, 1, first);
	status = casefile_step(casefile, row);
	if (status == STATUS_OK)
		read = sqlite3_column_int64(row, 0);
	*rows = read < 0 ? 0 : (uint64_t)read;
	sqlite3_finalize(row);
	return status;
}

/* ---- writing ---- */

static void bind_all(sqlite3_stmt *s, const struct checkpoint *c)
{
	bind_integer(s, 1, c->source);
	bind_integer(s, 2, (int64_t)c->offset);
	bind_integer(s, 3, (int64_t)c->line);
	bind_integer(s, 4, (int64_t)c->done);
	bind_integer(s, 5, (int64_t)c->prefix.bytes);
	bind_cstring(s, 6, c->prefix.sha256);
	bind_blob(s, 7, buf_view(&c->state));
	bind_integer(s, 8, c->local_time);
	bind_integer(s, 9, c->legs);
	bind_integer(s, 10, c->first_form);
	bind_text(s, 11, buf_view(&c->role_rejects));
	bind_blob(s, 12, buf_view(&c->forms));
	bind_text(s, 13, buf_view(&c->settings));
	bind_blob(s, 14, buf_view(&c->tally));
}

enum status checkpoint_write(struct casefile *casefile,
			     const struct checkpoint *checkpoint)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile,
		"INSERT OR REPLACE INTO checkpoint(source, offset, line, done,"
		" prefix, sha256, state, local_time, legs, first_form,"
		" role_rejects, forms, settings, tally)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_all(statement, checkpoint);
	status = casefile_run(casefile, statement);
	sqlite3_finalize(statement);
	return status;
}

enum status checkpoint_remove(struct casefile *casefile)
{
	return casefile_exec(casefile, "DELETE FROM checkpoint");
}

/* ---- what is said of it ---- */

enum status checkpoint_refuse(struct casefile *casefile,
			      const struct checkpoint *checkpoint)
{
	struct text member = buf_view(&checkpoint->member);
	char path[SHOWN], within[SHOWN];

	return error_set(&casefile->error, STATUS_FAILED,
			 "source %lld (%s%s%s) is not wholly ingested: run the same "
			 "ingest command again, or `unspoof ingest "
			 "--discard-unfinished CASE`",
			 (long long)checkpoint->source,
			 text_escape(buf_view(&checkpoint->path), path,
				     sizeof(path)),
			 member.len ? ":" : "",
			 text_escape(member, within, sizeof(within)));
}

enum status checkpoint_there(struct casefile *casefile, bool *there)
{
	int64_t count = 0;
	const enum status status = casefile_integer(
		casefile, "SELECT count(*) FROM checkpoint", 0, &count);

	*there = count > 0;
	return status;
}

enum status checkpoint_none(struct casefile *casefile)
{
	struct checkpoint checkpoint = { 0 };
	enum status status = checkpoint_read(casefile, &checkpoint);

	if (status == STATUS_OK)
		status = checkpoint_refuse(casefile, &checkpoint);
	checkpoint_release(&checkpoint);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- taking it out ---- */

/* Runs a statement with one number. */
static enum status with_number(struct casefile *casefile, const char *sql,
			       int64_t number)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, number);
	status = casefile_run(casefile, statement);
	sqlite3_finalize(statement);
	return status;
}

static enum status discard_rows(struct casefile *casefile, int64_t source)
{
	enum status status = STATUS_OK;
	char sql[80];

	for (int kind = 0; kind < KIND_COUNT && status == STATUS_OK; kind++) {
		if (kind == KIND_CALL)
			continue;
		(void)sqlite3_snprintf(sizeof(sql), sql,
				       "DELETE FROM %s WHERE source >= ?",
				       kind_info((enum kind)kind)->name);
		status = with_number(casefile, sql, source);
	}
	return status;
}

/* Its segments are the last, for its sources are. */
#define DISCARD_COLUMNS \
	"DELETE FROM found WHERE id >= 256 * (SELECT min(id) FROM segment" \
	" WHERE source >= ?)"

static enum status discard_sources(struct casefile *casefile, int64_t source)
{
	static const char *const statements[] = {
		DISCARD_COLUMNS,
		"DELETE FROM segment WHERE source >= ?",
		"DELETE FROM reject WHERE source >= ?",
		"DELETE FROM member WHERE source >= ?",
		"DELETE FROM source_remark WHERE source >= ?",
		"DELETE FROM checkpoint WHERE source >= ?",
		"DELETE FROM source WHERE id >= ?",
	};
	enum status status = discard_rows(casefile, source);

	for (size_t i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
		if (status == STATUS_OK)
			status = with_number(casefile, statements[i], source);
	return status;
}

enum status checkpoint_discard(struct casefile *casefile, bool *found)
{
	struct checkpoint checkpoint = { 0 };
	enum status status = checkpoint_read(casefile, &checkpoint);

	*found = status == STATUS_OK;
	if (status == STATUS_OK)
		status = discard_sources(casefile, checkpoint.source);
	if (status == STATUS_OK)
		status = with_number(casefile, "DELETE FROM form WHERE id >= ?",
				     checkpoint.first_form);
	checkpoint_release(&checkpoint);
	return status == STATUS_END ? STATUS_OK : status;
}
