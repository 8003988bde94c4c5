/* SPDX-License-Identifier: Apache-2.0 */
/* Sources, their rejected rows, and the found rows of the small kinds. */
#include "casefile/rows.h"

#include <string.h>

#include "casefile/schema.h"

/* Behind it there are ids for more rows than any process can store. */
#define ROW_ID_MOST (INT64_MAX >> 1)

enum status source_next(struct casefile *casefile, struct source_row *row)
{
	int64_t format = 0;
	enum status status = casefile_integer(casefile, "PRAGMA user_version", 0,
					      &format);

	if (status == STATUS_OK && format < CASEFILE_FORMAT)
		return error_set(&casefile->error, STATUS_FAILED,
				 "the case was made by an older unspoof (case format "
				 "%lld): no source can be added to it; ingest into a "
				 "new case", (long long)format);
	if (status == STATUS_OK)
		status = casefile_integer(casefile,
					  "SELECT max(id) + 1 FROM source", 1,
					  &row->id);
	return status;
}

static void bind_word(sqlite3_stmt *statement, int place, const char *word)
{
	bind_cstring(statement, place, word ? word : "");
}

static void bind_source(sqlite3_stmt *s, const struct source_row *row)
{
	bind_integer(s, 1, row->id);
	bind_word(s, 2, row->path);
	bind_word(s, 3, row->member);
	bind_word(s, 4, row->compression);
	bind_integer(s, 5, (int64_t)row->size);
	bind_word(s, 6, row->sha256);
	bind_integer(s, 7, (int64_t)row->member_size);
	bind_word(s, 8, row->member_sha256);
	bind_word(s, 9, row->kind);
	bind_word(s, 10, row->service);
	bind_word(s, 11, row->profile);
	bind_word(s, 12, row->region);
	bind_word(s, 13, row->zone);
	bind_word(s, 14, row->currency);
	bind_word(s, 15, row->date_order);
	bind_word(s, 16, row->legs);
	bind_word(s, 17, row->dialect);
	bind_word(s, 18, row->mapping);
	bind_word(s, 19, row->words);
	bind_word(s, 20, row->tech_prefixes);
	bind_integer(s, 21, (int64_t)row->read);
	bind_integer(s, 22, (int64_t)row->accepted);
	bind_integer(s, 23, (int64_t)row->rejected);
	bind_integer(s, 24, (int64_t)row->skipped);
	bind_word(s, 25, row->recipe);
}

enum status source_insert(struct casefile *casefile, const struct source_row *row)
{
	sqlite3_stmt *statement;
	enum status status;

	if (row->read != row->accepted + row->rejected + row->skipped)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "read %llu rows, but accepted %llu, rejected %llu "
				 "and skipped %llu",
				 (unsigned long long)row->read,
				 (unsigned long long)row->accepted,
				 (unsigned long long)row->rejected,
				 (unsigned long long)row->skipped);
	statement = casefile_prepare(
		casefile,
		"INSERT OR REPLACE INTO source(id, path, member, compression, size, sha256,"
		" member_size, member_sha256, kind, service, profile, region, zone,"
		" currency, date_order, legs, dialect, mapping, words,"
		" tech_prefixes, rows_read, accepted, rejected, skipped, recipe)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
		" ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25)");
	if (!statement)
		return casefile->error.status;
	bind_source(statement, row);
	status = casefile_run(casefile, statement);
	sqlite3_finalize(statement);
	return status;
}

static void take_source(sqlite3_stmt *statement, struct source_row *row)
{
	const struct text hash = column_text(statement, 3);

	row->id = sqlite3_column_int64(statement, 0);
	row->path = (const char *)sqlite3_column_text(statement, 1);
	row->member = (const char *)sqlite3_column_text(statement, 2);
	if (hash.len == DIGEST_HEX - 1)
		memcpy(row->sha256, hash.data, hash.len);
}

enum status source_each(struct casefile *casefile, int64_t behind,
			void (*take)(void *context, const struct source_row *row),
			void *context)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id, path, member, sha256 FROM source"
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

enum status source_find(struct casefile *casefile, const char *member_sha256,
			const char *kind, int64_t *id)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id FROM source WHERE member_sha256 = ? AND"
			  " kind = ? AND accepted > 0 ORDER BY id LIMIT 1");
	enum status status;

	*id = 0;
	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, member_sha256);
	if (status == STATUS_OK)
		status = bind_sought(casefile, statement, 2, kind);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK)
		*id = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- rows of a kind ---- */

static enum status find_next(struct row_writer *writer, const char *table)
{
	struct casefile *casefile = writer->casefile;
	char sql[80];
	int64_t last = 0;
	enum status status;

	(void)sqlite3_snprintf(sizeof(sql), sql, "SELECT max(id) FROM %s", table);
	status = casefile_integer(casefile, sql, 0, &last);
	if (status == STATUS_OK && (last < 0 || last > ROW_ID_MOST))
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "table %s: its ids leave no room for more", table);
	writer->next = last + 1;
	return status;
}

/* By name, so that a table with another column is refused. */
static enum status open_put(struct row_writer *writer)
{
	const struct kind_info *info = kind_info(writer->kind);
	struct buf names = { 0 };
	enum status status;

	buf_text(&names, "(id, source, line, offset, length");
	for (size_t i = 0; i < info->role_count; i++)
		buf_format(&names, ", %s", info->roles[i].name);
	buf_text(&names, ")");
	status = names.failed ? error_memory(&writer->casefile->error)
			      : bulk_put_open(&writer->put, writer->casefile,
					      info->name, names.data,
					      (unsigned)writer->columns);
	buf_release(&names);
	return status;
}

static enum status open_rows(struct row_writer *writer)
{
	struct casefile *casefile = writer->casefile;
	const struct kind_info *info = kind_info(writer->kind);
	enum status status = table_digest_begin(casefile, info->name, &writer->table_digest);

	writer->columns = ROW_ROLES + info->role_count;
	if (status == STATUS_OK)
		status = find_next(writer, info->name);
	return status == STATUS_OK ? open_put(writer) : status;
}

void row_writer_number(struct row_writer *writer, struct row_buffer *rows,
		       int64_t source)
{
	for (size_t i = 0; i < rows->count; i += writer->columns) {
		rows->values[i + ROW_ID].value = writer->next++;
		rows->values[i + ROW_SOURCE].value = source;
	}
	table_digest_add(writer->table_digest, rows);
}

enum status row_writer_put(struct row_writer *writer, const struct row_buffer *rows)
{
	return bulk_put_rows(&writer->put, rows);
}

/* ---- all of it ---- */

enum status row_writer_open(struct row_writer *writer, struct casefile *casefile,
			    enum kind kind)
{
	memset(writer, 0, sizeof(*writer));
	writer->casefile = casefile;
	writer->kind = kind;
	writer->reject = casefile_prepare(
		casefile, "INSERT INTO reject(source, line, offset, length, role,"
			  " reason, value, text) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
	if (!writer->reject)
		return casefile->error.status;
	return kind == KIND_CALL ? STATUS_OK : open_rows(writer);
}

void row_writer_close(struct row_writer *writer)
{
	bulk_put_close(&writer->put);
	sqlite3_finalize(writer->reject);
	memset(writer, 0, sizeof(*writer));
}

static void bind_place(sqlite3_stmt *statement, const struct place *place)
{
	bind_integer(statement, 1, place->source);
	bind_integer(statement, 2, (int64_t)place->line);
	bind_integer(statement, 3, (int64_t)place->offset);
	bind_integer(statement, 4, (int64_t)place->length);
}

static struct text cut(struct text text, size_t most)
{
	if (text.len > most)
		text.len = most;
	return text;
}

enum status row_writer_reject(struct row_writer *writer,
			      const struct place *place, const char *role,
			      const char *reason, struct text value,
			      struct text text)
{
	bind_place(writer->reject, place);
	bind_cstring(writer->reject, 5, role);
	bind_cstring(writer->reject, 6, reason);
	bind_blob(writer->reject, 7, cut(value, REJECT_VALUE_MOST));
	bind_blob(writer->reject, 8, cut(text, REJECT_TEXT_MOST));
	return casefile_run(writer->casefile, writer->reject);
}
