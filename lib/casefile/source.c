/* SPDX-License-Identifier: Apache-2.0 */
/* Sources, and the members that share one. */
#include "casefile/source.h"

#include <string.h>

#include "casefile/sql.h"

/* ---- sources ---- */

enum status source_next(struct casefile *casefile, struct source_row *row)
{
	return casefile_integer(casefile, "SELECT max(id) + 1 FROM source", 1,
				&row->id);
}

/* STATUS_INTEGRITY: the counts do not add up. */
static enum status check_counts(struct casefile *casefile, uint64_t read,
				uint64_t accepted, uint64_t rejected, uint64_t skipped)
{
	if (read == accepted + rejected + skipped)
		return STATUS_OK;
	return error_set(&casefile->error, STATUS_INTEGRITY,
			 "read %llu rows, but accepted %llu, rejected %llu "
			 "and skipped %llu",
			 (unsigned long long)read, (unsigned long long)accepted,
			 (unsigned long long)rejected, (unsigned long long)skipped);
}

/* The columns of a source behind its id: X(name, how it is bound, the value). */
#define SOURCE_COLUMNS(X) \
	X(path, word, row->path) \
	X(member, word, row->member) \
	X(stream, integer, (int64_t)row->stream) \
	X(stream_name, word, row->stream_name) \
	X(exhibit, word, row->exhibit) \
	X(compression, word, row->compression) \
	X(size, integer, (int64_t)row->size) \
	X(sha256, word, row->sha256) \
	X(member_size, integer, (int64_t)row->member_size) \
	X(member_sha256, word, row->member_sha256) \
	X(encoding, word, row->encoding) \
	X(kind, word, row->kind) \
	X(service, word, row->service) \
	X(profile, word, row->profile) \
	X(region, word, row->region) \
	X(zone, word, row->zone) \
	X(currency, word, row->currency) \
	X(date_order, word, row->date_order) \
	X(legs, word, row->legs) \
	X(dialect, word, row->dialect) \
	X(mapping, word, row->mapping) \
	X(words, word, row->words) \
	X(tech_prefixes, word, row->tech_prefixes) \
	X(bare, word, row->bare) \
	X(rows_read, integer, (int64_t)row->read) \
	X(accepted, integer, (int64_t)row->accepted) \
	X(rejected, integer, (int64_t)row->rejected) \
	X(skipped, integer, (int64_t)row->skipped) \
	X(recipe, word, row->recipe) \
	X(absent, word, row->absent) \
	X(settings, word, row->settings) \
	X(decimal, word, row->decimal) \
	X(format, word, row->format) \
	X(joins, word, row->joins) \
	X(measured, word, row->measured) \
	X(doubled, word, row->doubled) \
	X(zones, word, row->zones)

static void bind_word(sqlite3_stmt *statement, int place, const char *word)
{
	bind_cstring(statement, place, word ? word : "");
}

/* As SQL: the names, and as many places for values, each after a comma. */
#define NAME(name, how, value) ", " #name
#define VALUE(name, how, value) ", ?"
#define BIND(name, how, value) bind_##how(statement, ++place, value);

static void bind_source(sqlite3_stmt *statement, const struct source_row *row)
{
	int place = 1;

	bind_integer(statement, place, row->id);
	SOURCE_COLUMNS(BIND)
}

enum status source_insert(struct casefile *casefile, const struct source_row *row)
{
	sqlite3_stmt *statement;
	enum status status = check_counts(casefile, row->read, row->accepted,
					  row->rejected, row->skipped);

	if (status != STATUS_OK)
		return status;
	statement = casefile_prepare(
		casefile, "INSERT OR REPLACE INTO source(id" SOURCE_COLUMNS(NAME)
			  ") VALUES(?" SOURCE_COLUMNS(VALUE) ")");
	if (!statement)
		return casefile->error.status;
	bind_source(statement, row);
	status = casefile_run(casefile, statement);
	sqlite3_finalize(statement);
	return status;
}

static void take_hash(sqlite3_stmt *statement, int place, char hex[static DIGEST_HEX])
{
	const struct text hash = column_text(statement, place);

	if (hash.len == DIGEST_HEX - 1)
		memcpy(hex, hash.data, hash.len);
}

static void take_source(sqlite3_stmt *statement, struct source_row *row)
{
	row->id = sqlite3_column_int64(statement, 0);
	row->path = (const char *)sqlite3_column_text(statement, 1);
	row->member = (const char *)sqlite3_column_text(statement, 2);
	row->stream_name = (const char *)sqlite3_column_text(statement, 3);
	take_hash(statement, 4, row->sha256);
}

enum status source_each(struct casefile *casefile, int64_t behind,
			void (*take)(void *context, const struct source_row *row),
			void *context)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id, path, member, stream_name, sha256 FROM source"
			  " WHERE id > ? AND member_sha256 <> '' ORDER BY id");
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, behind);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		struct source_row row = { 0 };

		take_source(statement, &row);
		status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
		take(context, &row);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- members ---- */

#define MEMBER_COLUMNS(X) \
	X(number, integer, (int64_t)row->number) \
	X(path, word, row->path) \
	X(compression, word, row->compression ? row->compression : "none") \
	X(size, integer, (int64_t)row->size) \
	X(sha256, word, row->sha256) \
	X(content, word, row->content) \
	X(rows_read, integer, (int64_t)row->read) \
	X(accepted, integer, (int64_t)row->accepted) \
	X(rejected, integer, (int64_t)row->rejected) \
	X(skipped, integer, (int64_t)row->skipped)

enum status member_writer_open(struct member_writer *writer, struct casefile *casefile)
{
	writer->casefile = casefile;
	writer->insert = casefile_prepare(
		casefile, "INSERT OR REPLACE INTO member(source" MEMBER_COLUMNS(NAME)
			  ") VALUES(?" MEMBER_COLUMNS(VALUE) ")");
	return writer->insert ? STATUS_OK : casefile->error.status;
}

void member_writer_close(struct member_writer *writer)
{
	sqlite3_finalize(writer->insert);
	memset(writer, 0, sizeof(*writer));
}

enum status member_writer_put(struct member_writer *writer,
			      const struct member_row *row)
{
	sqlite3_stmt *statement = writer->insert;
	int place = 1;
	enum status status = check_counts(writer->casefile, row->read, row->accepted,
					  row->rejected, row->skipped);

	if (status != STATUS_OK)
		return status;
	bind_integer(statement, place, row->source);
	MEMBER_COLUMNS(BIND)
	return casefile_run(writer->casefile, statement);
}

static void take_member(sqlite3_stmt *statement, struct member_row *row)
{
	row->source = sqlite3_column_int64(statement, 0);
	row->number = (uint64_t)sqlite3_column_int64(statement, 1);
	row->path = (const char *)sqlite3_column_text(statement, 2);
	row->compression = (const char *)sqlite3_column_text(statement, 3);
	row->size = (uint64_t)sqlite3_column_int64(statement, 4);
	take_hash(statement, 5, row->sha256);
	take_hash(statement, 6, row->content);
	row->read = (uint64_t)sqlite3_column_int64(statement, 7);
	row->accepted = (uint64_t)sqlite3_column_int64(statement, 8);
	row->rejected = (uint64_t)sqlite3_column_int64(statement, 9);
	row->skipped = (uint64_t)sqlite3_column_int64(statement, 10);
}

enum status member_each(struct casefile *casefile, int64_t source,
			void (*take)(void *context, const struct member_row *row),
			void *context)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT source" MEMBER_COLUMNS(NAME) " FROM member"
			  " WHERE source = ? ORDER BY number");
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, source);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		struct member_row row = { 0 };

		take_member(statement, &row);
		status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
		take(context, &row);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- places ---- */

static void add_place(sqlite3_stmt *statement, size_t most, struct buf *out)
{
	const struct text path = column_text(statement, 0);
	const struct text member = column_text(statement, 1);
	const bool folder = sqlite3_column_int(statement, 2) != 0;

	buf_escape(out, path, most);
	if (member.len == 0)
		return;
	if (!folder)
		buf_byte(out, ':');
	else if (path.len > 0 && path.data[path.len - 1] != '/')
		buf_byte(out, '/');
	buf_escape(out, member, most);
}

bool source_place(struct casefile *casefile, int64_t source, int64_t member, size_t most,
		  struct buf *out)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT s.path, coalesce(m.path, s.member),"
			  " m.path IS NOT NULL AND s.compression = 'none'"
			  " FROM source s LEFT JOIN member m ON m.source = s.id"
			  " AND m.number = ?2 WHERE s.id = ?1");
	enum status status;

	if (statement) {
		bind_integer(statement, 1, source);
		bind_integer(statement, 2, member);
	}
	status = statement ? casefile_step(casefile, statement) : casefile->error.status;
	if (status == STATUS_OK)
		add_place(statement, most, out);
	if (status == STATUS_OK)
		status = columns_read(casefile, statement);
	sqlite3_finalize(statement);
	if (status != STATUS_OK && status != STATUS_END)
		casefile_lose(casefile);
	return status == STATUS_OK;
}
