/* SPDX-License-Identifier: Apache-2.0 */
/* Opening, locking, committing and undoing cases; files that are none, and files that another hand has changed. */
#include <signal.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "casefile/kinds.h"
#include "casefile/schema.h"
#include "casefile/source.h"
#include "casefile/sql.h"
#include "scratch.h"
#include "tap.h"

/* A committed case with one organisation. */
static bool make_case(const char *path)
{
	struct casefile casefile;
	const bool good = casefile_open(&casefile, path, CASEFILE_CREATE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK &&
			  casefile_exec(&casefile, "INSERT INTO organisation VALUES(1, 1, 0, 1, 0, 1, '1', 'first', '')") == STATUS_OK &&
			  casefile_commit(&casefile) == STATUS_OK;

	casefile_close(&casefile);
	return good;
}

/* Whether opening fails with a status and a text that says so. */
static bool refused(const char *path, enum casefile_mode mode, enum status status, const char *says)
{
	struct casefile casefile;
	const enum status got = casefile_open(&casefile, path, mode);
	const bool good = got == status && casefile.error.status == status && strstr(casefile.error.text, says);

	if (!good)
		printf("# %d: %s\n", (int)got, casefile.error.text);
	casefile_close(&casefile);
	return good;
}

static bool opens(const char *path, enum casefile_mode mode)
{
	struct casefile casefile;
	int64_t count = -1;
	const bool good = casefile_open(&casefile, path, mode) == STATUS_OK &&
			  casefile_integer(&casefile, "SELECT count(*) FROM organisation", 0, &count) == STATUS_OK && count == 1;

	if (!good)
		printf("# %s\n", casefile.error.text);
	casefile_close(&casefile);
	return good;
}

/* Whether it opens, and has nothing in it. */
static bool is_bare(const char *path, enum casefile_mode mode)
{
	struct casefile casefile;
	int64_t count = -1;
	const bool good = casefile_open(&casefile, path, mode) == STATUS_OK &&
			  casefile_integer(&casefile, "SELECT (SELECT count(*) FROM source) + (SELECT count(*) FROM organisation)", 9,
					   &count) == STATUS_OK && count == 0;

	casefile_close(&casefile);
	return good;
}

static void test_create(struct tap *tap)
{
	struct casefile casefile;
	char out[64];

	OK(tap, refused("case", CASEFILE_READ, STATUS_FAILED, "no such case file"), "no case to read");
	OK(tap, refused("case", CASEFILE_WRITE, STATUS_FAILED, "no such case file"), "nor to write");
	OK(tap, scratch_files() == 0, "and none was made");
	OK(tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK && casefile.created, "one is created");
	casefile_close(&casefile);
	casefile_close(&casefile);
	OK(tap, scratch_files() == 0, "and removed when nothing was committed to it");
	OK(tap, make_case("case") && scratch_files() == 1, "one that stays");
	OK(tap, tap_same(scratch_ask("case", "SELECT application_id FROM pragma_application_id", out, sizeof out), "1970172784"),
	   "it says what it is");
	OK(tap, tap_same(scratch_ask("case", "SELECT user_version FROM pragma_user_version", out, sizeof out), "8"), "and its format");
	OK(tap, tap_same(scratch_ask("case", "SELECT page_size FROM pragma_page_size", out, sizeof out), "16384"), "in large pages");
	OK(tap, opens("case", CASEFILE_READ) && opens("case", CASEFILE_WRITE) && opens("case", CASEFILE_CREATE), "it opens every way");
	OK(tap, refused("case", CASEFILE_CREATE, STATUS_OK, ""), "creating one that is there keeps it");
	OK(tap, opens("case", CASEFILE_READ), "with all that was in it");
}

static void test_none(struct tap *tap)
{
	char text[3000];

	memset(text, 'x', sizeof text);
	scratch_clean();
	(void)scratch_write("short", "a,b\n", 4);
	(void)scratch_write("long", text, sizeof text);
	(void)scratch_write("cut", "SQLite format 3", 16);
	OK(tap, refused("short", CASEFILE_READ, STATUS_FAILED, "not a case file") &&
		refused("short", CASEFILE_WRITE, STATUS_FAILED, "not a case file") &&
		refused("short", CASEFILE_CREATE, STATUS_FAILED, "not a case file"), "a short text is none");
	OK(tap, refused("long", CASEFILE_READ, STATUS_FAILED, "not a case file") &&
		refused("long", CASEFILE_CREATE, STATUS_FAILED, "not a case file"), "nor is a long one");
	OK(tap, refused("cut", CASEFILE_READ, STATUS_FAILED, "not a case file"), "nor a database that was cut off");
	OK(tap, scratch_sql("other", "CREATE TABLE note(text)") &&
		refused("other", CASEFILE_READ, STATUS_FAILED, "an SQLite database, but not a case file") &&
		refused("other", CASEFILE_CREATE, STATUS_FAILED, "an SQLite database, but not a case file"),
	   "nor the database of another program");
	OK(tap, mkdir("folder", 0700) == 0 && refused("folder", CASEFILE_READ, STATUS_FAILED, "a directory") &&
		refused("folder", CASEFILE_CREATE, STATUS_FAILED, "a directory"), "nor a directory");
	OK(tap, mkfifo("pipe", 0600) == 0 && refused("pipe", CASEFILE_READ, STATUS_FAILED, "no regular file") &&
		refused("pipe", CASEFILE_CREATE, STATUS_FAILED, "no regular file") && access("pipe", F_OK) == 0,
	   "nor a pipe, which stays");
	OK(tap, refused("short/case", CASEFILE_CREATE, STATUS_FAILED, "short/case"), "a path through a file");
	OK(tap, refused("absent/case", CASEFILE_CREATE, STATUS_FAILED, "absent/case"), "a path through nothing");
	OK(tap, refused("", CASEFILE_CREATE, STATUS_FAILED, ""), "an empty path");
	OK(tap, refused("a\x1b[31m", CASEFILE_READ, STATUS_FAILED, "a\\x1b[31m: no such"), "a path is escaped");
	OK(tap, scratch_files() == 6, "nothing was made or lost");
}

static void test_empty(struct tap *tap)
{
	scratch_clean();
	(void)scratch_write("case", "", 0);
	OK(tap, refused("case", CASEFILE_READ, STATUS_FAILED, "an empty file") &&
		refused("case", CASEFILE_WRITE, STATUS_FAILED, "an empty file"), "an empty file is no case");
	OK(tap, refused("case", CASEFILE_CREATE, STATUS_FAILED, "an empty file") && scratch_files() == 1, "and none is made of it");
}

/* Names that SQLite takes for something else than a path. */
static void test_names(struct tap *tap)
{
	static const char *const names[] = { ":memory:", "file:case?mode=memory", "file::memory:", "file:x", "-", "a b%20c?d#e" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		scratch_clean();
		OK(tap, make_case(names[i]) && access(names[i], F_OK) == 0 && scratch_files() == 1 && opens(names[i], CASEFILE_READ),
		   "a case called %s", names[i]);
	}
}

static void test_formats(struct tap *tap)
{
	scratch_clean();
	OK(tap, make_case("case") && scratch_sql("case", "PRAGMA user_version = 9") &&
		refused("case", CASEFILE_READ, STATUS_FAILED, "made by a newer unspoof: case format 9") &&
		refused("case", CASEFILE_CREATE, STATUS_FAILED, "newer"), "a newer format");
	OK(tap, scratch_sql("case", "PRAGMA user_version = 1") &&
		refused("case", CASEFILE_READ, STATUS_FAILED, "case: made by an older unspoof (case format 1; this program writes 8): make it anew:"
							      " unspoof ingest NEW SOURCE..., unspoof normalise NEW, unspoof correlate NEW") &&
		refused("case", CASEFILE_WRITE, STATUS_FAILED, "older") && refused("case", CASEFILE_CREATE, STATUS_FAILED, "older"),
	   "an older format");
	OK(tap, scratch_sql("case", "PRAGMA user_version = 0") && refused("case", CASEFILE_READ, STATUS_INTEGRITY, "no case format 0"),
	   "format 0");
	OK(tap, scratch_sql("case", "PRAGMA user_version = -1") && refused("case", CASEFILE_WRITE, STATUS_INTEGRITY, "no case format -1"),
	   "a format below it");
	OK(tap, scratch_sql("case", "PRAGMA user_version = 4; PRAGMA application_id = 1") &&
		refused("case", CASEFILE_READ, STATUS_FAILED, "not a case file"), "another application");
}

static void test_read_only(struct tap *tap)
{
	struct casefile casefile;

	scratch_clean();
	OK(tap, make_case("case") && chmod("case", 0400) == 0 && opens("case", CASEFILE_READ), "a read-only file is read");
	if (geteuid() == 0)
		tap_skip(tap, "and not written", "root may write it");
	else
		OK(tap, refused("case", CASEFILE_WRITE, STATUS_FAILED, "case"), "and not written");
	OK(tap, casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_OK, "open for reading");
	OK(tap, casefile_exec(&casefile, "DELETE FROM organisation") == STATUS_FAILED, "no row can be deleted");
	OK(tap, casefile_exec(&casefile, "PRAGMA query_only = 0; DELETE FROM organisation") == STATUS_FAILED, "even when asked twice");
	casefile_close(&casefile);
	OK(tap, scratch_files() == 1 && opens("case", CASEFILE_READ), "nothing changed");
}

static void test_lock(struct tap *tap)
{
	struct casefile writer;
	struct casefile creator;

	scratch_clean();
	OK(tap, make_case("case") && casefile_open(&writer, "case", CASEFILE_WRITE) == STATUS_OK, "one writes");
	OK(tap, refused("case", CASEFILE_WRITE, STATUS_FAILED, "another command is writing this case") &&
		refused("case", CASEFILE_READ, STATUS_FAILED, "another command is writing this case") &&
		refused("case", CASEFILE_CREATE, STATUS_FAILED, "another command is writing this case"), "no other may");
	casefile_close(&writer);
	OK(tap, opens("case", CASEFILE_WRITE), "until it has closed it");
	OK(tap, casefile_open(&creator, "new", CASEFILE_CREATE) == STATUS_OK, "one creates");
	OK(tap, refused("new", CASEFILE_CREATE, STATUS_FAILED, "another command is writing this case"), "no other may");
	OK(tap, access("new", F_OK) == 0 && casefile_commit(&creator) == STATUS_OK && access("new", F_OK) == 0,
	   "and it does not take the file away from the first");
	casefile_close(&creator);
	OK(tap, refused("new", CASEFILE_READ, STATUS_OK, "") && scratch_files() == 2, "whose case is there");
}

static void test_rollback(struct tap *tap)
{
	struct casefile casefile;
	int64_t count = -1;

	scratch_clean();
	OK(tap, make_case("case") && casefile_open(&casefile, "case", CASEFILE_WRITE) == STATUS_OK, "a case");
	casefile_rollback(&casefile);
	OK(tap, casefile_begin(&casefile) == STATUS_OK &&
		casefile_exec(&casefile, "DELETE FROM organisation") == STATUS_OK, "all is deleted");
	OK(tap, casefile_begin(&casefile) == STATUS_FAILED, "no transaction begins in another");
	casefile_rollback(&casefile);
	OK(tap, casefile_integer(&casefile, "SELECT count(*) FROM organisation", 0, &count) == STATUS_OK && count == 1,
	   "and is there again");
	OK(tap, casefile_commit(&casefile) == STATUS_FAILED, "there is nothing to commit");
	OK(tap, casefile_begin(&casefile) == STATUS_OK && casefile_exec(&casefile, "DELETE FROM organisation") == STATUS_OK, "again");
	casefile_close(&casefile);
	OK(tap, opens("case", CASEFILE_READ) && scratch_files() == 1, "closing undoes it too");
}

/* The first source fails, the second is taken: nothing of the first may stay. */
static void test_rollback_created(struct tap *tap)
{
	struct casefile casefile;
	int64_t count = -1;
	char out[64];

	scratch_clean();
	OK(tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK &&
		casefile_exec(&casefile, "INSERT INTO organisation VALUES(1, 1, 0, 1, 0, 1, '1', 'gone', '')") == STATUS_OK, "created");
	casefile_rollback(&casefile);
	OK(tap, casefile.created && casefile_integer(&casefile, "SELECT count(*) FROM organisation", 9, &count) == STATUS_OK && count == 0,
	   "a rollback empties the tables");
	casefile_rollback(&casefile);
	OK(tap, casefile_begin(&casefile) == STATUS_OK &&
		casefile_exec(&casefile, "INSERT INTO organisation VALUES(1, 1, 0, 1, 0, 1, '1', 'kept', '')") == STATUS_OK &&
		casefile_commit(&casefile) == STATUS_OK && !casefile.created, "what comes after it is committed");
	casefile_close(&casefile);
	OK(tap, tap_same(scratch_ask("case", "SELECT group_concat(organisation) FROM organisation", out, sizeof out), "kept") &&
		tap_same(scratch_ask("case", "SELECT page_size FROM pragma_page_size", out, sizeof out), "16384"), "and no more");
	OK(tap, casefile_open(&casefile, "other", CASEFILE_CREATE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK, "another");
	casefile_rollback(&casefile);
	casefile_close(&casefile);
	OK(tap, scratch_files() == 1, "that was rolled back and closed is removed");
}

/* SQLite ends a transaction itself where memory or room is wanting; whoever did not hear of it must not write on. */
static void test_lost(struct tap *tap)
{
	static const char insert[] = "INSERT INTO organisation VALUES(2, 1, 0, 1, 0, 1, '2', 'second', '')";
	struct casefile casefile;
	sqlite3_stmt *early;
	int64_t count = -1;

	scratch_clean();
	OK(tap, make_case("case") && casefile_open(&casefile, "case", CASEFILE_WRITE) == STATUS_OK &&
		casefile_begin(&casefile) == STATUS_OK && casefile_begin(&casefile) == STATUS_FAILED, "a transaction");
	early = casefile_prepare(&casefile, insert);
	OK(tap, early && sqlite3_exec(casefile.db, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK, "that is ended by another than its owner");
	OK(tap, casefile_exec(&casefile, insert) == STATUS_FAILED && casefile.error.fault && casefile_run(&casefile, early) == STATUS_FAILED &&
		!casefile_prepare(&casefile, insert) && casefile_commit(&casefile) == STATUS_FAILED, "nothing is written behind it");
	casefile_rollback(&casefile);
	OK(tap, casefile_integer(&casefile, "SELECT count(*) FROM organisation", 0, &count) == STATUS_OK && count == 1, "until it is rolled back");
	(void)error_set(&casefile.error, STATUS_FAILED, "the first");
	casefile_lose(&casefile);
	(void)error_set(&casefile.error, STATUS_USAGE, "the second");
	casefile_lose(&casefile);
	OK(tap, casefile_run(&casefile, early) == STATUS_FAILED && tap_same(casefile.error.text, "the first") &&
		casefile_begin(&casefile) == STATUS_FAILED, "a failure that had no way out is that of all that follows");
	casefile_rollback(&casefile);
	OK(tap, casefile_begin(&casefile) == STATUS_OK && casefile_run(&casefile, early) == STATUS_OK && casefile_commit(&casefile) == STATUS_OK,
	   "until the next rollback");
	sqlite3_finalize(early);
	casefile_close(&casefile);
}

/* A command that is killed in the middle of a large transaction. */
static bool killed(const char *path, enum casefile_mode mode)
{
	const pid_t child = fork();
	int ended = 0;

	if (child == 0) {
		struct casefile casefile;
		const bool good = casefile_open(&casefile, path, mode) == STATUS_OK &&
				  casefile_exec(&casefile, "PRAGMA cache_size = 4; PRAGMA cache_spill = 1") == STATUS_OK &&
				  casefile_begin(&casefile) == STATUS_OK &&
				  casefile_exec(&casefile, "DELETE FROM organisation;"
							   "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000)"
							   "INSERT INTO reject SELECT i, 1, 0, i, i, 1, '', '', zeroblob(99), zeroblob(999) FROM n") ==
					  STATUS_OK;

		if (good)
			(void)raise(SIGKILL);
		_exit(1);
	}
	return child > 0 && waitpid(child, &ended, 0) == child && WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL;
}

static void test_killed(struct tap *tap)
{
	struct stat info;

	scratch_clean();
	OK(tap, make_case("case") && killed("case", CASEFILE_WRITE) && access("case-journal", F_OK) == 0, "killed, with its journal left");
	OK(tap, opens("case", CASEFILE_READ) && scratch_files() == 1, "reading puts the case back as it was");
	OK(tap, killed("case", CASEFILE_WRITE) && opens("case", CASEFILE_WRITE) && scratch_files() == 1, "and so does writing");
	OK(tap, killed("new", CASEFILE_CREATE) && stat("new", &info) == 0 && info.st_size > 0, "killed before the first commit");
	OK(tap, is_bare("new", CASEFILE_READ), "there is a case to read, without sources");
	OK(tap, killed("made", CASEFILE_CREATE) && is_bare("made", CASEFILE_WRITE), "and to write");
	OK(tap, killed("again", CASEFILE_CREATE) && make_case("again") && opens("again", CASEFILE_READ), "the same command makes it");
}

static bool same_file(const char *path, const char *data, size_t len)
{
	char found[200];
	FILE *file = fopen(path, "rb");
	const size_t got = file ? fread(found, 1, sizeof found, file) : 0;

	if (file)
		(void)fclose(file);
	return file && got == len && memcmp(found, data, len) == 0;
}

/* What stands in the way of a new case. */
static void test_partial(struct tap *tap)
{
	char start[100];
	FILE *file;

	scratch_clean();
	OK(tap, make_case("model") && (file = fopen("model", "rb")) && fread(start, 1, sizeof start, file) == sizeof start &&
		fclose(file) == 0, "a case, and how it begins");
	/* The header of a case without sources: the counters of changes are not those of one with some. */
	OK(tap, scratch_write("case.partial", "", 0) && make_case("case") && scratch_files() == 2, "an empty .partial is taken up");
	scratch_clean();
	OK(tap, scratch_write("case.partial", start, 20) && make_case("case") && scratch_files() == 1 && opens("case", CASEFILE_READ),
	   "and so is the beginning of a case");
	scratch_clean();
	OK(tap, scratch_write("case.partial", "evidence", 8) && refused("case", CASEFILE_CREATE, STATUS_FAILED, "case.partial: is there") &&
		same_file("case.partial", "evidence", 8) && scratch_files() == 1, "what is no case is not touched");
	scratch_clean();
	OK(tap, make_case("case.partial") && refused("case", CASEFILE_CREATE, STATUS_FAILED, "case.partial: is there") &&
		opens("case.partial", CASEFILE_READ), "nor is a case of that name");
	scratch_clean();
	OK(tap, symlink("elsewhere", "case.partial") == 0 && refused("case", CASEFILE_CREATE, STATUS_FAILED, "case.partial: is there") &&
		scratch_files() == 1, "nor a link");
	scratch_clean();
	OK(tap, scratch_write("case-journal", "evidence", 8) && refused("case", CASEFILE_CREATE, STATUS_FAILED, "case-journal: is there") &&
		same_file("case-journal", "evidence", 8) && scratch_files() == 1, "a journal that is not ours is not touched");
	scratch_clean();
	OK(tap, make_case("case") && killed("case", CASEFILE_WRITE) && unlink("case") == 0 && make_case("case") && scratch_files() == 1 &&
		opens("case", CASEFILE_READ), "that of a case that was removed is");
	scratch_clean();
	OK(tap, make_case("case") && link("case", "case.partial") == 0 && opens("case", CASEFILE_WRITE) && scratch_files() == 1,
	   "a second name of the case itself goes");
}

/* SQLite would put back what the journal says. */
static void test_foreign_journal(struct tap *tap)
{
	struct stat before, after;

	scratch_clean();
	OK(tap, make_case("case") && killed("case", CASEFILE_WRITE) && scratch_sql("other", "CREATE TABLE note(text)") &&
		rename("case-journal", "other-journal") == 0 && stat("other", &before) == 0, "another database, with a journal");
	OK(tap, refused("other", CASEFILE_CREATE, STATUS_FAILED, "an SQLite database, but not a case file") &&
		refused("other", CASEFILE_READ, STATUS_FAILED, "not a case file") && stat("other", &after) == 0 &&
		before.st_size == after.st_size && access("other-journal", F_OK) == 0, "is not opened");
}

static bool has(struct casefile *casefile, enum layer layer)
{
	bool there = false;

	return casefile_has_layer(casefile, layer, &there) == STATUS_OK && there;
}

static void test_layers(struct tap *tap)
{
	struct casefile casefile;

	scratch_clean();
	OK(tap, make_case("case") && casefile_open(&casefile, "case", CASEFILE_WRITE) == STATUS_OK &&
		casefile_begin(&casefile) == STATUS_OK, "a case");
	OK(tap, !has(&casefile, LAYER_UNDERSTOOD) && !has(&casefile, LAYER_CONCLUDED), "has the found layer alone");
	OK(tap, casefile_reset_understood(&casefile) == STATUS_OK && has(&casefile, LAYER_UNDERSTOOD) && !has(&casefile, LAYER_CONCLUDED),
	   "then the understood one");
	OK(tap, casefile_reset_concluded(&casefile) == STATUS_OK && has(&casefile, LAYER_CONCLUDED), "then the concluded one");
	OK(tap, casefile_exec(&casefile, "INSERT INTO funnel VALUES(1, '', 0, 0); INSERT INTO shown VALUES(1, x'')") == STATUS_OK &&
		casefile_reset_concluded(&casefile) == STATUS_OK &&
		casefile_exec(&casefile, "INSERT INTO funnel VALUES(1, '', 0, 0)") == STATUS_OK &&
		casefile_exec(&casefile, "INSERT INTO shown VALUES(1, x'')") == STATUS_FAILED, "concluding anew keeps what is understood");
	OK(tap, casefile_reset_understood(&casefile) == STATUS_OK && !has(&casefile, LAYER_CONCLUDED) &&
		casefile_exec(&casefile, "INSERT INTO shown VALUES(1, x'')") == STATUS_OK, "understanding anew drops what was concluded");
	OK(tap, casefile_drop_layers(&casefile) == STATUS_OK && !has(&casefile, LAYER_UNDERSTOOD) &&
		casefile_drop_layers(&casefile) == STATUS_OK, "both are dropped, twice");
	OK(tap, casefile_commit(&casefile) == STATUS_OK, "committed");
	casefile_close(&casefile);
	OK(tap, opens("case", CASEFILE_READ), "what was found stays");
}

/* Nothing that another hand put into the file may run. */
static void test_hostile(struct tap *tap)
{
	struct casefile casefile;
	int64_t count = -1;

	scratch_clean();
	OK(tap, make_case("case") && scratch_sql("case", "CREATE TRIGGER harm AFTER INSERT ON account BEGIN DELETE FROM organisation; END;") &&
		refused("case", CASEFILE_READ, STATUS_INTEGRITY, "case: trigger 'harm' is no part of a case: another program altered") &&
		refused("case", CASEFILE_WRITE, STATUS_INTEGRITY, "trigger 'harm'"),
	   "a case with a trigger is refused");
	/* And where it comes behind the check. */
	OK(tap, scratch_sql("case", "DROP TRIGGER harm") && casefile_open(&casefile, "case", CASEFILE_WRITE) == STATUS_OK &&
		casefile_exec(&casefile, "CREATE TRIGGER harm AFTER INSERT ON account BEGIN DELETE FROM organisation; END;"
					 "CREATE VIEW understood AS SELECT 1; CREATE TABLE note(at DEFAULT (randomblob(9)))") == STATUS_OK &&
		casefile_begin(&casefile) == STATUS_OK &&
		casefile_exec(&casefile, "INSERT INTO account(source, member, line, offset, length) VALUES(1, 0, 1, 0, 1)") == STATUS_OK &&
		casefile_integer(&casefile, "SELECT count(*) FROM organisation", 0, &count) == STATUS_OK && count == 1,
	   "the trigger does not run");
	OK(tap, !has(&casefile, LAYER_UNDERSTOOD) && casefile_integer(&casefile, "SELECT * FROM understood", 0, &count) == STATUS_FAILED,
	   "the view is no layer and cannot be read");
	OK(tap, casefile_exec(&casefile, "PRAGMA writable_schema = 1; DELETE FROM sqlite_schema") == STATUS_FAILED,
	   "the schema cannot be written by hand");
	casefile_close(&casefile);
}

static void test_damaged(struct tap *tap)
{
	struct casefile casefile;
	int64_t count;
	FILE *file;

	scratch_clean();
	OK(tap, make_case("case") && (file = fopen("case", "r+b")) && fseek(file, 16384 + 100, SEEK_SET) == 0 &&
		fwrite("\xff\xff\xff\xff\xff\xff\xff\xff", 1, 8, file) == 8 && fseek(file, 16384, SEEK_SET) == 0 &&
		fwrite("\xff\xff\xff\xff\xff\xff\xff\xff", 1, 8, file) == 8 && fclose(file) == 0, "a page is overwritten");
	OK(tap, casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_OK &&
		casefile_integer(&casefile, "SELECT count(*) FROM run", 0, &count) == STATUS_INTEGRITY &&
		strstr(casefile.error.text, "damaged"), "which is an integrity failure");
	casefile_close(&casefile);
}

static void test_statements(struct tap *tap)
{
	const struct text nul = { "a\0b", 3 };
	struct casefile casefile;
	sqlite3_stmt *statement;
	int64_t value = 5;
	char bytes[2000];

	scratch_clean();
	memset(bytes, 'x', sizeof bytes);
	OK(tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK &&
		casefile_exec(&casefile, "CREATE TABLE t(a TEXT, b BLOB NOT NULL, c INTEGER) STRICT") == STATUS_OK, "a table");
	OK(tap, casefile_prepare(&casefile, "SELECT nothing") == NULL && casefile.error.status == STATUS_FAILED, "a wrong statement");
	OK(tap, casefile_integer(&casefile, "SELECT c FROM t", 7, &value) == STATUS_OK && value == 7, "no row: the fallback");
	OK(tap, casefile_integer(&casefile, "SELECT max(c) FROM t", 8, &value) == STATUS_OK && value == 8, "NULL: the fallback");
	OK(tap, casefile_integer(&casefile, "SELECT nothing", 8, &value) == STATUS_FAILED, "a wrong one");
	statement = casefile_prepare(&casefile, "INSERT INTO t VALUES(?, ?, ?)");
	bind_text(statement, 1, nul);
	bind_blob(statement, 2, (struct text){ NULL, 0 });
	bind_maybe(statement, 3, 1, true);
	OK(tap, casefile_run(&casefile, statement) == STATUS_OK, "a NUL, an empty BLOB and no value");
	bind_cstring(statement, 1, NULL);
	bind_maybe(statement, 3, INT64_MIN, false);
	OK(tap, casefile_run(&casefile, statement) == STATUS_OK, "run again");
	(void)sqlite3_limit(casefile.db, SQLITE_LIMIT_LENGTH, 1000);
	bind_text(statement, 1, (struct text){ bytes, sizeof bytes });
	OK(tap, casefile_run(&casefile, statement) == STATUS_FAILED, "a text that is too long does not become NULL");
	bind_cstring(statement, 1, "");
	bind_blob(statement, 2, (struct text){ bytes, sizeof bytes });
	OK(tap, casefile_run(&casefile, statement) == STATUS_FAILED, "nor does a BLOB");
	sqlite3_finalize(statement);
	statement = casefile_prepare(&casefile, "SELECT a, b, c FROM t ORDER BY rowid");
	OK(tap, casefile_step(&casefile, statement) == STATUS_OK && text_equal(column_text(statement, 0), nul) &&
		column_text(statement, 1).data && column_text(statement, 1).len == 0 && !column_text(statement, 2).data, "they come back");
	OK(tap, casefile_step(&casefile, statement) == STATUS_OK && !column_text(statement, 0).data &&
		text_is(column_text(statement, 2), "-9223372036854775808"), "an integer as text");
	OK(tap, casefile_step(&casefile, statement) == STATUS_END, "the end");
	sqlite3_finalize(statement);
	casefile_close(&casefile);
}

static bool always(void *context)
{
	(void)context;
	return true;
}

/* A statement that runs long is stopped while somebody watches, and no longer. */
static void test_watch(struct tap *tap)
{
	static const char long_one[] = "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
				       " SELECT count(*) FROM n";
	const struct observer stop = { NULL, NULL, NULL, always };
	struct casefile casefile;
	int64_t count = 0;

	scratch_clean();
	OK(tap, make_case("case") && casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_OK && !casefile_begun(&casefile), "a case");
	OK(tap, !casefile_watch(&casefile, &stop) && casefile_integer(&casefile, long_one, 0, &count) == STATUS_INTERRUPTED, "is watched");
	OK(tap, casefile_watch(&casefile, NULL) == &stop && casefile_integer(&casefile, long_one, 0, &count) == STATUS_OK && count == 300000 &&
		!casefile_watch(&casefile, NULL), "and no longer");
	casefile_close(&casefile);
}

/* No more memory for SQLite than it has; 0: as much as it wants. */
static void starve(bool hungry)
{
	(void)sqlite3_hard_heap_limit64(hungry ? 1 : 0);
}

static void test_memory(struct tap *tap)
{
	struct casefile casefile;
	sqlite3_stmt *statement = NULL;
	bool there = true;
	struct text text;

	scratch_clean();
	OK(tap, make_case("case") && casefile_open(&casefile, "case", CASEFILE_WRITE) == STATUS_OK &&
		casefile_begin(&casefile) == STATUS_OK && casefile_reset_understood(&casefile) == STATUS_OK, "a case that is understood");
	starve(true);
	OK(tap, casefile_has_layer(&casefile, LAYER_UNDERSTOOD, &there) == STATUS_FAILED && !there && casefile.error.fault &&
		tap_same(casefile.error.text, "out of memory"), "without memory it is not told whether it is");
	OK(tap, casefile_has_layer(&casefile, LAYER_FOUND, &there) == STATUS_OK && there, "what is found is always there");
	starve(false);
	OK(tap, has(&casefile, LAYER_UNDERSTOOD), "with memory it is");
	statement = casefile_prepare(&casefile, "SELECT 1.5, NULL, 'text'");
	OK(tap, statement && casefile_step(&casefile, statement) == STATUS_OK, "a row");
	starve(true);
	text = column_text(statement, 2);
	OK(tap, text_is(text, "text") && columns_read(&casefile, statement) == STATUS_OK, "a text is there");
	(void)column_text(statement, 0);
	OK(tap, columns_read(&casefile, statement) == STATUS_FAILED && casefile.error.fault, "what would be made of no memory is not empty");
	starve(false);
	sqlite3_finalize(statement);
	(void)error_set(&casefile.error, STATUS_FAILED, "another");
	OK(tap, !casefile.error.fault, "another error is no fault");
	casefile_close(&casefile);
}

/* ---- a disk that cannot be read ---- */

static bool bad_disk;

static sqlite3_vfs *real_vfs, bad_vfs;

/* The methods of the real file are called with it: only what stands behind them changes. */
static sqlite3_io_methods bad_methods;
static const sqlite3_io_methods *good_methods;

static int read_badly(sqlite3_file *base, void *data, int size, sqlite3_int64 at)
{
	/* As on Linux for EIO. */
	return bad_disk ? SQLITE_IOERR_CORRUPTFS : good_methods->xRead(base, data, size, at);
}

static int open_badly(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
	const int code = real_vfs->xOpen(real_vfs, name, file, flags, out);

	(void)vfs;
	if (code == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB)) {
		good_methods = file->pMethods;
		bad_methods = *good_methods;
		bad_methods.iVersion = 1;
		bad_methods.xRead = read_badly;
		file->pMethods = &bad_methods;
	}
	return code;
}

static void test_disk(struct tap *tap)
{
	struct casefile casefile;
	bool there = true;

	scratch_clean();
	OK(tap, make_case("case"), "a case");
	real_vfs = sqlite3_vfs_find(NULL);
	bad_vfs = *real_vfs;
	bad_vfs.pNext = NULL;
	bad_vfs.zName = "bad";
	bad_vfs.xOpen = open_badly;
	OK(tap, sqlite3_vfs_register(&bad_vfs, 1) == SQLITE_OK && casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_OK &&
		casefile_intact(&casefile) == STATUS_OK, "on a disk that is going bad");
	bad_disk = true;
	OK(tap, casefile_exec(&casefile, "PRAGMA cache_size = 0; PRAGMA shrink_memory; SELECT * FROM organisation") == STATUS_FAILED &&
		casefile.error.fault, "what cannot be read is not damaged");
	OK(tap, casefile_has_layer(&casefile, LAYER_UNDERSTOOD, &there) == STATUS_FAILED && !there, "nor is it not there");
	OK(tap, casefile_intact(&casefile) == STATUS_FAILED && strstr(casefile.error.text, "case: could not be read or written"),
	   "and that is remembered");
	bad_disk = false;
	casefile_close(&casefile);
	OK(tap, sqlite3_vfs_unregister(&bad_vfs) == SQLITE_OK && opens("case", CASEFILE_READ), "on another it is as it was");
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_create(&tap);
	test_none(&tap);
	test_empty(&tap);
	test_names(&tap);
	test_formats(&tap);
	test_read_only(&tap);
	test_lock(&tap);
	test_rollback(&tap);
	test_rollback_created(&tap);
	test_lost(&tap);
	test_killed(&tap);
	test_partial(&tap);
	test_foreign_journal(&tap);
	test_layers(&tap);
	test_memory(&tap);
	test_disk(&tap);
	test_hostile(&tap);
	test_damaged(&tap);
	test_statements(&tap);
	test_watch(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
