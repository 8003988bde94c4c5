/* SPDX-License-Identifier: Apache-2.0 */
/* Kinds and roles, sources, their streams, members and sums, found rows of every kind, rejected rows. */
#include <stdlib.h>

#include "base/memory.h"
#include "casefile/record/source_find.h"
#include "casefile/reject.h"
#include "casefile/row_writer.h"
#include "casefile/source.h"
#include "casefile/sql.h"
#include "scratch.h"
#include "tap.h"

static void test_kinds(struct tap *tap)
{
	enum kind kind = KIND_RATE;
	bool good = true;

	for (int k = 0; k < KIND_COUNT; k++) {
		const struct kind_info *info = kind_info((enum kind)k);

		good = good && kind_find(info->name, &kind) && kind == (enum kind)k && info->role_count <= ROLES_MOST;
		for (size_t r = 0; r < info->role_count; r++)
			good = good && kind_role(kind, text_of(info->roles[r].name)) == (int)r &&
			       (info->roles[r].needed || !info->roles[r].filled);
	}
	OK(tap, good, "kinds and roles are found by their names");
	OK(tap, !kind_find("calls", &kind) && !kind_find("", &kind) && kind == KIND_LOOKUP, "others are not");
	OK(tap, kind_role(KIND_CALL, text_of("started")) == CALL_STARTED && kind_role(KIND_CALL, text_of("trunk")) == CALL_TRUNK &&
		kind_info(KIND_CALL)->role_count == CALL_ROLES, "the roles of a call have their numbers");
	OK(tap, kind_role(KIND_CALL, text_of("email")) == -1 && kind_role(KIND_LOGIN, text_of(NULL)) == -1, "others are no roles");
}

static enum status find(struct casefile *casefile, const char *sha256, uint64_t stream, const char *kind,
			struct source_match *match)
{
	const struct source_sought sought = { .sha256 = sha256, .stream = stream, .kind = kind };

	return source_find(casefile, &sought, match);
}

static void test_sources(struct tap *tap, struct casefile *casefile)
{
	struct source_row row = { .path = "calls.csv", .kind = "call", .read = 10, .accepted = 7, .rejected = 2, .skipped = 1 };
	struct source_match match = { .id = -1 };
	int64_t id = -1;

	memset(row.sha256, 'a', 64);
	memset(row.member_sha256, 'b', 64);
	OK(tap, source_next(casefile, &row) == STATUS_OK && row.id == 1, "the first source is number 1");
	OK(tap, source_insert(casefile, &row) == STATUS_OK, "it is written");
	OK(tap, source_insert(casefile, &row) == STATUS_OK && source_next(casefile, &row) == STATUS_OK && row.id == 2,
	   "and again, in its own place");
	row.id = 1;
	OK(tap, source_next(casefile, &row) == STATUS_OK && row.id == 2, "the next is number 2");
	row.skipped = 2;
	OK(tap, source_insert(casefile, &row) == STATUS_INTEGRITY && strstr(casefile->error.text, "read 10 rows, but accepted 7"),
	   "one that does not add up is not");
	row.read = row.rejected = 4;
	row.accepted = row.skipped = 0;
	row.kind = "account";
	OK(tap, source_insert(casefile, &row) == STATUS_OK, "one that gave nothing");
	OK(tap, find(casefile, row.member_sha256, 0, "call", &match) == STATUS_OK && match.id == 1, "a known content");
	OK(tap, find(casefile, row.member_sha256, 0, "account", &match) == STATUS_OK && match.id == 2 && !match.gave,
	   "nothing accepted: known as that");
	OK(tap, find(casefile, row.sha256, 0, "call", &match) == STATUS_OK && match.id == 0, "of another content: not known");
	OK(tap, casefile_integer(casefile, "SELECT count(*) FROM source WHERE service = '' AND words = '' AND size = 0", 0, &id) ==
			STATUS_OK && id == 2, "what is not given is empty");
}

/* Two tables of one file are two sources. */
static void test_streams(struct tap *tap, struct casefile *casefile)
{
	struct source_row row = { .path = "panel.db", .kind = "call", .stream = 2, .stream_name = "cdr", .encoding = "cp1252",
				  .exhibit = "JB/1", .read = 1, .accepted = 1 };
	struct source_match match = { .id = -1 };
	int64_t id = -1;
	char out[64];

	memset(row.member_sha256, 'c', 64);
	OK(tap, source_next(casefile, &row) == STATUS_OK && source_insert(casefile, &row) == STATUS_OK, "a table of a file");
	OK(tap, find(casefile, row.member_sha256, 2, "call", &match) == STATUS_OK && match.id == row.id, "is found by its number");
	OK(tap, find(casefile, row.member_sha256, 1, "call", &match) == STATUS_OK && match.id == 0 &&
		find(casefile, row.member_sha256, 0, "call", &match) == STATUS_OK && match.id == 0, "another is not");
	OK(tap, casefile_exec(casefile, "SAVEPOINT a") == STATUS_OK &&
		casefile_integer(casefile, "SELECT count(*) FROM source WHERE stream = 2 AND stream_name = 'cdr' AND"
					   " encoding = 'cp1252' AND exhibit = 'JB/1'", 0, &id) == STATUS_OK && id == 1, "all of it is kept");
	(void)snprintf(out, sizeof out, "DELETE FROM source WHERE id = %d", (int)row.id);
	(void)casefile_exec(casefile, out);
	(void)casefile_exec(casefile, "RELEASE a");
}

/* What member_each() gave. */
struct members {
	uint64_t count, rows, size;
	bool good;
};

static void take_member(void *context, const struct member_row *row)
{
	struct members *members = context;
	char path[32];

	(void)snprintf(path, sizeof path, "2022/%u.log", (unsigned)row->number);
	members->good = members->good && row->source == 1 && row->number == members->count++ && tap_same(row->path, path) &&
			tap_same(row->compression, row->number == 1 ? "gzip" : "none") && strlen(row->sha256) == 64 &&
			row->read == row->accepted + row->rejected + row->skipped;
	members->rows += row->accepted;
	members->size += row->size;
}

static void test_members(struct tap *tap, struct casefile *casefile)
{
	struct members members = { .good = true };
	struct member_writer writer = { 0 };
	bool good = member_writer_open(&writer, casefile) == STATUS_OK;
	char path[32];
	struct source_match match = { .id = -1 };
	struct member_row row = { .source = 1, .path = path, .read = 3, .accepted = 2, .skipped = 1 };

	memset(row.sha256, 'd', 64);
	for (unsigned i = 3; i-- > 0 && good;) {
		(void)snprintf(path, sizeof path, "2022/%u.log", i);
		row.number = i;
		row.size = i * 10 + 10;
		row.compression = i == 1 ? "gzip" : NULL;
		good = member_writer_put(&writer, &row) == STATUS_OK;
	}
	row.size = 11;
	OK(tap, good && member_writer_put(&writer, &row) == STATUS_OK, "members of a source, one of them twice");
	row.skipped = 2;
	OK(tap, member_writer_put(&writer, &row) == STATUS_INTEGRITY, "one that does not add up is refused");
	row.skipped = 1;
	row.number = UINT64_MAX;
	OK(tap, member_writer_put(&writer, &row) == STATUS_FAILED, "and one with a number below 0");
	OK(tap, member_each(casefile, 1, take_member, &members) == STATUS_OK && members.good && members.count == 3 && members.rows == 6 &&
		members.size == 11 + 20 + 30, "they come in order of their numbers");
	OK(tap, find(casefile, row.sha256, 0, "call", &match) == STATUS_OK && match.id == 1, "the content of one is known");
	OK(tap, find(casefile, row.sha256, 0, "account", &match) == STATUS_OK && match.id == 0, "but not as another kind");
	OK(tap, member_each(casefile, 2, take_member, &members) == STATUS_OK && members.count == 3, "another source has none");
	member_writer_close(&writer);
	member_writer_close(&writer);
	(void)casefile_exec(casefile, "DELETE FROM member");
}

/* A row of a kind as it comes from a dump. */
static void add_row(struct row_buffer *rows, const struct kind_info *info, const struct text *fields)
{
	row_begin(rows, &(struct place){ 0, 7, 2, 30, 40 });
	for (size_t r = 0; r < info->role_count; r++)
		row_buffer_text(rows, fields[r]);
}

/* Every kind takes rows of texts, empty ones and absent ones, and gives them numbers. */
static void test_writer(struct tap *tap, struct casefile *casefile)
{
	for (int k = KIND_ACCOUNT; k < KIND_COUNT; k++) {
		const struct kind_info *info = kind_info((enum kind)k);
		const struct text bytes = { "a\0\xff \xc3\xa4", 6 };
		struct text fields[ROLES_MOST] = { { NULL, 0 } };
		struct row_buffer rows = { 0 };
		struct row_writer writer;
		sqlite3_stmt *statement;
		char sql[100];
		bool good = row_writer_open(&writer, casefile, (enum kind)k) == STATUS_OK;

		for (size_t r = 0; r < info->role_count; r++)
			fields[r] = r % 3 == 0 ? bytes : r % 3 == 1 ? text_of("") : (struct text){ NULL, 0 };
		for (int batch = 0; batch < 2 && good; batch++) {
			row_buffer_clear(&rows);
			for (int i = 0; i <= batch; i++)
				add_row(&rows, info, fields);
			row_writer_number(&writer, &rows, 1);
			good = !rows.failed && row_writer_put(&writer, &rows) == STATUS_OK;
		}
		row_buffer_release(&rows);
		row_writer_close(&writer);
		row_writer_close(&writer);
		(void)snprintf(sql, sizeof sql, "SELECT * FROM %s", info->name);
		statement = casefile_prepare(casefile, sql);
		good = good && statement && casefile_step(casefile, statement) == STATUS_OK &&
		       sqlite3_column_count(statement) == 6 + (int)info->role_count && sqlite3_column_int(statement, 0) == 1 &&
		       sqlite3_column_int(statement, 1) == 1 && sqlite3_column_int(statement, 2) == 7 &&
		       sqlite3_column_int(statement, 3) == 2 && sqlite3_column_int(statement, 4) == 30 &&
		       sqlite3_column_int(statement, 5) == 40;
		for (size_t r = 0; r < info->role_count && good; r++) {
			const struct text text = column_text(statement, 6 + (int)r);

			good = text_equal(text, fields[r]) && !text.data == !fields[r].data &&
			       tap_same(sqlite3_column_name(statement, 6 + (int)r), info->roles[r].name);
		}
		OK(tap, good && casefile_step(casefile, statement) == STATUS_OK && sqlite3_column_int(statement, 0) == 2 &&
			casefile_step(casefile, statement) == STATUS_OK && sqlite3_column_int(statement, 0) == 3 &&
			casefile_step(casefile, statement) == STATUS_END,
		   "table %s", info->name);
		sqlite3_finalize(statement);
	}
}

/* Tables that a hand has been at. */
static void test_damaged(struct tap *tap, struct casefile *casefile)
{
	struct row_writer writer;

	(void)casefile_exec(casefile, "SAVEPOINT before; UPDATE rate SET id = 9223372036854775807 WHERE id = 3");
	OK(tap, row_writer_open(&writer, casefile, KIND_RATE) == STATUS_INTEGRITY && strstr(casefile->error.text, "table rate"),
	   "no ids behind the last");
	row_writer_close(&writer);
	(void)casefile_exec(casefile, "UPDATE rate SET id = -7");
	(void)casefile_exec(casefile, "DELETE FROM rate WHERE id > 0; INSERT INTO rate VALUES(-7, 1, 0, 2, 3, 4, '', '', '', '')");
	OK(tap, row_writer_open(&writer, casefile, KIND_RATE) == STATUS_INTEGRITY, "ids below 1");
	row_writer_close(&writer);
	(void)casefile_exec(casefile, "ROLLBACK TO before; ALTER TABLE rate RENAME COLUMN quote TO other");
	OK(tap, row_writer_open(&writer, casefile, KIND_RATE) == STATUS_FAILED, "another column");
	row_writer_close(&writer);
	(void)casefile_exec(casefile, "ROLLBACK TO before; RELEASE before");
}

static void test_rejects(struct tap *tap, struct casefile *casefile)
{
	const struct place place = { 1, 4, 3, 70, 80 };
	char *huge = memory_array(NULL, REJECT_TEXT_MOST + 1, 1);
	struct reject_writer writer;
	sqlite3_stmt *statement;

	if (!huge)
		return;
	memset(huge, '\xff', REJECT_TEXT_MOST + 1);
	OK(tap, reject_writer_open(&writer, casefile) == STATUS_OK, "a writer");
	OK(tap, reject_writer_put(&writer, &place, "started", "is no time", text_of("x"), text_of("x,y\n")) == STATUS_OK, "a reject");
	OK(tap, reject_writer_put(&writer, &place, "", "has too few fields", (struct text){ NULL, 0 },
				  (struct text){ huge, REJECT_TEXT_MOST + 1 }) == STATUS_OK, "a long row");
	OK(tap, reject_writer_put(&writer, &place, "cost", "is no number", (struct text){ huge, REJECT_VALUE_MOST + 1 },
				  (struct text){ NULL, 0 }) == STATUS_OK, "a long value");
	OK(tap, reject_writer_put(&writer, &place, NULL, "why", text_of(""), text_of("")) == STATUS_FAILED, "a role must be given");
	reject_writer_close(&writer);
	reject_writer_close(&writer);
	statement = casefile_prepare(casefile, "SELECT role || ':' || reason || ':' || length(value) || ':' || length(text) FROM reject"
					       " WHERE source = 1 AND member = 4 AND line = 3 AND offset = 70 AND length = 80 ORDER BY id");
	OK(tap, statement && casefile_step(casefile, statement) == STATUS_OK &&
		text_is(column_text(statement, 0), "started:is no time:1:4"), "it is kept");
	OK(tap, casefile_step(casefile, statement) == STATUS_OK &&
		text_is(column_text(statement, 0), ":has too few fields:0:65536"), "a long row is cut");
	OK(tap, casefile_step(casefile, statement) == STATUS_OK &&
		text_is(column_text(statement, 0), "cost:is no number:4096:0"), "a long value is cut");
	OK(tap, casefile_step(casefile, statement) == STATUS_END, "that is all");
	sqlite3_finalize(statement);
	free(huge);
}

static void test_missing(struct tap *tap, struct casefile *casefile)
{
	struct source_row row = { .path = "" };
	struct member_writer members = { 0 };
	struct reject_writer rejects;
	struct row_writer writer;
	struct source_match match = { .id = -1 };

	(void)casefile_exec(casefile, "DROP TABLE account; DROP TABLE source");
	OK(tap, row_writer_open(&writer, casefile, KIND_ACCOUNT) == STATUS_FAILED, "no table, no writer");
	row_writer_close(&writer);
	OK(tap, source_next(casefile, &row) == STATUS_FAILED && source_insert(casefile, &row) == STATUS_FAILED &&
		find(casefile, "", 0, "call", &match) == STATUS_FAILED && match.id == 0, "no sources");
	(void)casefile_exec(casefile, "DROP TABLE reject; DROP TABLE member");
	OK(tap, reject_writer_open(&rejects, casefile) == STATUS_FAILED, "no rejects, no writer");
	reject_writer_close(&rejects);
	OK(tap, member_writer_open(&members, casefile) == STATUS_FAILED &&
		member_each(casefile, 1, take_member, NULL) == STATUS_FAILED, "no members");
	member_writer_close(&members);
}

int main(void)
{
	struct tap tap = { 0 };
	struct casefile casefile;
	char folder[32];

	scratch_enter(folder);
	test_kinds(&tap);
	OK(&tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK, "a case");
	test_sources(&tap, &casefile);
	test_streams(&tap, &casefile);
	test_members(&tap, &casefile);
	test_writer(&tap, &casefile);
	test_damaged(&tap, &casefile);
	test_rejects(&tap, &casefile);
	test_missing(&tap, &casefile);
	casefile_close(&casefile);
	scratch_leave(folder);
	return tap_done(&tap);
}
