/* SPDX-License-Identifier: Apache-2.0 */
/* The source that is not whole: written, read, refused when it cannot be, and taken out. */
#include "casefile/checkpoint.h"
#include "casefile/source.h"
#include "casefile/sql.h"
#include "scratch.h"
#include "tap.h"

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void add_source(struct tap *tap, struct casefile *casefile, const char *path, bool whole)
{
	struct source_row row = { .path = path, .kind = "call", .size = 5000, .read = 10, .accepted = 7, .rejected = 2, .skipped = 1 };

	if (whole)
		memset(row.member_sha256, 'b', 64);
	OK(tap, source_next(casefile, &row) == STATUS_OK && source_insert(casefile, &row) == STATUS_OK, "source %s", path);
}

static enum status write_one(struct casefile *casefile, int64_t source)
{
	struct checkpoint checkpoint = { .source = source, .offset = 300, .line = 11, .done = 4096, .prefix = { 4096, HASH },
					 .local_time = true, .legs = true, .first_form = 3 };
	enum status status;

	buf_text(&checkpoint.role_rejects, "0 2");
	buf_text(&checkpoint.state, "in a\nplace");
	buf_text(&checkpoint.settings, "kind=call\n");
	status = checkpoint_write(casefile, &checkpoint);
	checkpoint_release(&checkpoint);
	return status;
}

static void test_round(struct tap *tap, struct casefile *casefile)
{
	struct checkpoint c = { 0 };

	OK(tap, checkpoint_read(casefile, &c) == STATUS_END && checkpoint_none(casefile) == STATUS_OK, "there is none");
	add_source(tap, casefile, "a.csv", true);
	add_source(tap, casefile, "b\033.csv", false);
	OK(tap, write_one(casefile, 2) == STATUS_OK && write_one(casefile, 2) == STATUS_OK, "written, and in its own place");
	OK(tap, checkpoint_read(casefile, &c) == STATUS_OK && c.source == 2 && c.offset == 300 && c.line == 11 && c.done == 4096 &&
			c.prefix.bytes == 4096 && tap_same(c.prefix.sha256, HASH) && text_is(buf_view(&c.state), "in a\nplace") && c.local_time && c.legs &&
			c.first_form == 3, "its place is read");
	OK(tap, text_is(buf_view(&c.role_rejects), "0 2") && text_is(buf_view(&c.forms), "") &&
			text_is(buf_view(&c.settings), "kind=call\n") && text_is(buf_view(&c.path), "b\033.csv") &&
			text_is(buf_view(&c.member), "") && c.size == 5000 && c.read == 10 && c.accepted == 7 && c.rejected == 2 &&
			c.skipped == 1, "and its source");
	OK(tap, checkpoint_none(casefile) == STATUS_FAILED &&
			strstr(casefile->error.text, "source 2 (b\\x1b.csv) is not wholly ingested: run the same ingest command again"),
	   "it is said what to do");
	checkpoint_release(&c);
	checkpoint_release(&c);
}

/* Whether a change makes a checkpoint that is refused; undone again. */
static bool refuses(struct casefile *casefile, const char *sql)
{
	struct checkpoint c = { 0 };
	bool found = true;
	bool good = casefile_exec(casefile, "SAVEPOINT damage") == STATUS_OK && casefile_exec(casefile, sql) == STATUS_OK &&
		    checkpoint_read(casefile, &c) == STATUS_INTEGRITY && checkpoint_none(casefile) == STATUS_INTEGRITY &&
		    checkpoint_discard(casefile, &found) == STATUS_INTEGRITY && !found;

	checkpoint_release(&c);
	return casefile_exec(casefile, "ROLLBACK TO damage; RELEASE damage") == STATUS_OK && good;
}

static void test_damage(struct tap *tap, struct casefile *casefile)
{
	static const char *const changes[] = {
		"UPDATE checkpoint SET offset = -1",
		"UPDATE checkpoint SET line = 0",
		"UPDATE checkpoint SET line = -5",
		"UPDATE checkpoint SET line = 302",
		"UPDATE checkpoint SET line = 9223372036854775807",
		"UPDATE checkpoint SET done = -1",
		"UPDATE checkpoint SET prefix = 299",
		"UPDATE checkpoint SET sha256 = 'abc'",
		"UPDATE checkpoint SET legs = 2",
		"UPDATE checkpoint SET first_form = 0",
		"UPDATE checkpoint SET source = 1",
		"UPDATE checkpoint SET source = 9",
		"UPDATE source SET member_sha256 = 'x' WHERE id = 2",
		"UPDATE source SET size = -1 WHERE id = 2",
		"DELETE FROM source WHERE id = 2",
		/* In brackets, for these are one. */
		("INSERT INTO checkpoint SELECT 3, offset, line, done, prefix, sha256, local_time, legs, first_form,"
		 " role_rejects, forms, state, settings, tally FROM checkpoint"),
	};

	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++)
		OK(tap, refuses(casefile, changes[i]), "refused: %s", changes[i]);
}

static void test_discard(struct tap *tap, struct casefile *casefile)
{
	int64_t rows = -1;
	bool found = false;

	OK(tap, casefile_exec(casefile,
			      "INSERT INTO form(id, mask) VALUES(2, x'61'), (3, x'62'), (4, x'63');"
			      "INSERT INTO segment(id, source, rows, sha256) VALUES(1, 1, 5, ''), (2, 2, 6, ''), (3, 2, 7, '');"
			      "INSERT INTO found SELECT 256 * s.id + c.column1, 0, 0, 0, 0, 0, x'' FROM segment s, (VALUES(0), (255)) c;"
			      "INSERT INTO reject(source, member, line, offset, length, role, reason, value, text)"
			      " SELECT column1, 0, 1, 1, 1, '', '', x'', x'' FROM (VALUES(1), (2), (2));"
			      "INSERT INTO login(source, member, line, offset, length) VALUES(1, 0, 1, 1, 1), (2, 0, 1, 1, 1);") == STATUS_OK,
	   "rows of two sources");
	OK(tap, checkpoint_discard(casefile, &found) == STATUS_OK && found, "one is taken out");
	OK(tap, casefile_integer(casefile,
				 "SELECT (SELECT sum(id) FROM form) * 100000 + (SELECT sum(id) FROM segment) * 10000 +"
				 " (SELECT count(*) FROM found) * 1000 + (SELECT sum(source) FROM reject) * 100 +"
				 " (SELECT sum(source) FROM login) * 10 + (SELECT sum(id) FROM source)", 0, &rows) == STATUS_OK &&
			rows == 212111, "the rows of the other stay");
	OK(tap, checkpoint_discard(casefile, &found) == STATUS_OK && !found && checkpoint_none(casefile) == STATUS_OK,
	   "then there is none");
}

int main(void)
{
	struct tap tap = { 0 };
	struct casefile casefile;
	char folder[32];

	scratch_enter(folder);
	OK(&tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK, "a new case");
	test_round(&tap, &casefile);
	test_damage(&tap, &casefile);
	test_discard(&tap, &casefile);
	casefile_close(&casefile);
	scratch_leave(folder);
	return tap_done(&tap);
}
