/* SPDX-License-Identifier: Apache-2.0 */
/* Sources that are dropped: ids, forms, bytes; how a user names them; what no output may be written over. */
#include <sys/stat.h>

#include "casefile/mend/drop.h"
#include "casefile/mend/dropped.h"
#include "casefile/mend/guard.h"
#include "casefile/mend/overwrite.h"
#include "casefile/runs.h"
#include "casefile/segment/segment.h"
#include "casefile/sql.h"
#include "scratch.h"
#include "tap.h"

static bool add_source(struct casefile *casefile, int64_t id, const char *path, const char *member, const char *kind, uint64_t accepted)
{
	struct source_row row = { .id = id, .path = path, .member = member, .kind = kind, .read = accepted, .accepted = accepted };

	memset(row.sha256, 'a', 64);
	memset(row.member_sha256, 'a', 64);
	return source_insert(casefile, &row) == STATUS_OK;
}

/* One call, with an account of its own form. */
static bool add_call(struct casefile *casefile, int64_t source, const char *account)
{
	struct forms forms = { 0 };
	struct segment_writer writer;
	struct text fields[CALL_ROLES] = { { 0 } };
	const struct segment_place place = { 0, 2, 10, 5 };
	bool good;

	fields[CALL_ACCOUNT] = text_of(account);
	fields[CALL_DIALLED] = text_of("+447700900123");
	good = forms_load(&forms, casefile) == STATUS_OK && segment_writer_open(&writer, casefile, &forms, source) == STATUS_OK &&
	       segment_writer_add(&writer, fields, &place) == STATUS_OK && segment_writer_flush(&writer) == STATUS_OK &&
	       forms_store(&forms, casefile) == STATUS_OK;
	segment_writer_close(&writer);
	forms_release(&forms);
	return good;
}

static bool make_case(struct casefile *casefile)
{
	return casefile_open(casefile, "case", CASEFILE_CREATE) == STATUS_OK && add_source(casefile, 1, "a.csv", "", "call", 1) &&
	       add_call(casefile, 1, "zebra") && add_source(casefile, 2, "b.csv", "", "call", 1) && add_call(casefile, 2, "quagga") &&
	       add_source(casefile, 3, "c.tar", "one", "account", 1) && add_source(casefile, 4, "c.tar", "two", "account", 1) &&
	       casefile_exec(casefile, "INSERT INTO account(id, source, member, line, offset, length, account) VALUES(1, 3, 0, 1, 0, 1, 'x'),"
				       "(2, 4, 0, 1, 0, 1, 'okapi')") == STATUS_OK && casefile_commit(casefile) == STATUS_OK;
}

static bool drops(struct casefile *casefile, const int64_t *ids, size_t count)
{
	const struct run_row run = { "drop", "[]", "", "{}", "[]", "{}", "", "", "", "{}", NULL, NULL, NULL };

	return casefile_begin(casefile) == STATUS_OK && drop_sources(casefile, ids, count, 2, NULL) == STATUS_OK &&
	       run_add(casefile, &run) == STATUS_OK && casefile_commit(casefile) == STATUS_OK;
}

static bool has_bytes(const char *path, const char *word)
{
	static char bytes[1 << 20];
	FILE *file = fopen(path, "rb");
	const size_t len = file ? fread(bytes, 1, sizeof bytes, file) : 0;
	const size_t size = strlen(word);
	bool found = false;

	for (size_t i = 0; i + size <= len && !found; i++)
		found = memcmp(bytes + i, word, size) == 0;
	if (file)
		(void)fclose(file);
	return found;
}

static bool asked(const char *sql, const char *expected)
{
	char out[200];

	return tap_same(scratch_ask("case", sql, out, sizeof out), expected);
}

static void test_drop(struct tap *tap)
{
	static const int64_t ids[] = { 2, 4 };
	struct casefile casefile;
	int64_t next = 0;
	bool due = false;

	OK(tap, make_case(&casefile) && has_bytes("case", "quagga") && has_bytes("case", "okapi"), "a case of four sources");
	OK(tap, dropped_next(&casefile, "segment", &next) == STATUS_OK && next == 3, "ids go on behind those there are");
	OK(tap, drops(&casefile, ids, 2), "two are dropped");
	OK(tap, dropped_next(&casefile, "segment", &next) == STATUS_OK && next == 3 &&
		dropped_next(&casefile, "account", &next) == STATUS_OK && next == 3 &&
		dropped_next(&casefile, "login", &next) == STATUS_OK && next == 1, "and their ids are not given again");
	OK(tap, overwrite_due(&casefile, &due) == STATUS_OK && due && overwrite_finish(&casefile) == STATUS_OK &&
		overwrite_due(&casefile, &due) == STATUS_OK && !due && overwrite_finish(&casefile) == STATUS_OK, "the file is written anew, once");
	casefile_close(&casefile);
	OK(tap, !has_bytes("case", "quagga") && !has_bytes("case", "okapi") && has_bytes("case", "zebra"), "their bytes are gone");
	OK(tap, asked("SELECT group_concat(id || coalesce(':' || dropped_by, '')) FROM source", "1,2:1,3,4:1"), "their rows stay");
	OK(tap, asked("SELECT group_concat(source || name || first || last || rows) FROM dropped", "2segment221,4account221"), "with their ids");
	OK(tap, asked("SELECT group_concat(CAST(mask AS TEXT)) FROM form", "zebra,+############,\\dropped 4"), "a form of theirs is emptied");
	OK(tap, asked("SELECT (SELECT group_concat(id) FROM segment) || (SELECT count(*) FROM found WHERE id >= 512) || "
		      "(SELECT group_concat(account) FROM account)", "10x"), "and the others are there");
}

static bool finds(struct casefile *casefile, const char *given, int64_t id, int64_t run)
{
	struct drop_find found;
	const bool good = drop_find(&found, casefile, given, NULL) == STATUS_OK && found.row.id == id && found.dropped_by == run;

	drop_find_release(&found);
	drop_find_release(&found);
	return good;
}

static bool refuses(struct casefile *casefile, const char *given, const char *says)
{
	struct drop_find found;
	const bool good = drop_find(&found, casefile, given, NULL) == STATUS_FAILED && strstr(casefile->error.text, says);

	drop_find_release(&found);
	return good;
}

static void test_find(struct tap *tap)
{
	static const int64_t ids[] = { 1 };
	struct casefile casefile;

	scratch_clean();
	OK(tap, make_case(&casefile) && finds(&casefile, "2", 2, 0) && finds(&casefile, "b.csv", 2, 0), "by id and by path");
	OK(tap, finds(&casefile, "c.tar:two", 4, 0), "by path and member");
	OK(tap, refuses(&casefile, "c.tar", "several sources"), "a path of two");
	OK(tap, refuses(&casefile, "9", "no source") && refuses(&casefile, "d.csv", "no source") && refuses(&casefile, "", "no source") &&
		refuses(&casefile, "99999999999999999999", "no source"), "none");
	OK(tap, drops(&casefile, ids, 1) && finds(&casefile, "1", 1, 1) && finds(&casefile, "a.csv", 1, 1), "one that was dropped");
	OK(tap, casefile_begin(&casefile) == STATUS_OK && add_source(&casefile, 5, "a.csv", "", "call", 0) &&
		finds(&casefile, "a.csv", 5, 0) && casefile_commit(&casefile) == STATUS_OK, "one that is there goes before it");
	casefile_close(&casefile);
}

static bool guards(struct casefile *casefile, const char *path, const char *says)
{
	const enum status status = guard_output(casefile, path);

	return says ? status == STATUS_FAILED && strstr(casefile->error.text, says) : status == STATUS_OK;
}

static void test_guard(struct tap *tap)
{
	struct casefile casefile;

	scratch_clean();
	OK(tap, make_case(&casefile) && scratch_write("a.csv", "x", 1) && link("a.csv", "hard") == 0 && symlink("a.csv", "soft") == 0,
	   "a source with other names");
	OK(tap, guards(&casefile, "a.csv", "a source") && guards(&casefile, "hard", "a source") && guards(&casefile, "soft", "a source") &&
		guards(&casefile, "./a.csv", "a source"), "is guarded by each");
	OK(tap, guards(&casefile, "case", "the case itself") && guards(&casefile, "case-journal", "journal") &&
		guards(&casefile, "./case-wal", "journal") && guards(&casefile, "case-shm", "journal") &&
		guards(&casefile, "case.log", "log") && guards(&casefile, "case.partial", "new case"), "so is what belongs to the case");
	OK(tap, scratch_write("other", "xy", 2) && guards(&casefile, "other", NULL) && guards(&casefile, "new", NULL) &&
		guards(&casefile, "absent/case-journal", NULL), "others are not");
	OK(tap, casefile_begin(&casefile) == STATUS_OK &&
		casefile_exec(&casefile, "UPDATE source SET size = 2, sha256 ="
					 " '8c5c8b5b2d2b5d3c0f3ffa8cbb9a6b0f3a2f9df5d0a7a6cfc0c45b1f4b7d0a01' WHERE id = 2") == STATUS_OK &&
		casefile_commit(&casefile) == STATUS_OK && guards(&casefile, "other", NULL), "nor one that is as long as a source");
	casefile_close(&casefile);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_drop(&tap);
	test_find(&tap);
	test_guard(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
