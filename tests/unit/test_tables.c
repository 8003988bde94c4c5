/* SPDX-License-Identifier: Apache-2.0 */
/* Several tables of one member: sections of a profile, tables that are left out, joins between them, and what stands for other values. */
#include <stdatomic.h>

#include "casefile/record/join.h"
#include "casefile/record/table_name.h"
#include "ingest/ingest.h"
#include "ingest/plan/values/change.h"
#include "normalise/normalise.h"
#include "scratch.h"
#include "tap.h"
#include "toy.h"

/* ---- names ---- */

static bool is(const char *name, const char *given)
{
	return table_name_is(text_of(name), text_of(given));
}

static bool path_is(const char *path, const char *wanted)
{
	return text_is(table_name_of_path(path), wanted);
}

static void test_names(struct tap *tap)
{
	OK(tap, is("cdr", "cdr") && is("CDR", "cdr") && is("db.cdr", "Cdr") && is("a.b.cdr", "cdr"), "a name, or its last part");
	OK(tap, is("a.b.cdr", "b.cdr") && is("db.cdr", "db.cdr"), "with what stands before it");
	OK(tap, !is("xcdr", "cdr") && !is("cdr", "db.cdr") && !is("a.b.cdr", "a.cdr") && !is("cdr", "") && !is("", "cdr") && !is("cdr.x", "cdr"),
	   "others are not");
	OK(tap, path_is("a/cdr.csv.gz", "cdr") && path_is("cdr", "cdr") && path_is("a.b/cdr", "cdr") && path_is("/x/.csv", ".csv") &&
			path_is("-", "-") && path_is("a/", ""), "that of a file");
}

static void test_lines(struct tap *tap)
{
	struct buf lines = { 0 };
	struct join_line line;
	struct text rest;

	join_write_table(&lines, text_of("a\nb"));
	join_write(&lines, "account", "users x");
	rest = buf_view(&lines);
	OK(tap, join_next(&rest, &line) && !line.role.data && text_is(line.table, "a\\x0ab"), "its own name, on one line");
	OK(tap, join_next(&rest, &line) && text_is(line.role, "account") && text_is(line.table, "users x") && !join_next(&rest, &line),
	   "a join");
	buf_release(&lines);
	rest = text_of("join account\nnothing\n\njoin");
	OK(tap, !join_next(&rest, &line), "what is none is passed over");
	OK(tap, join_can(KIND_CALL, CALL_ACCOUNT) && !join_can(KIND_CALL, CALL_TRUNK) && !join_can(KIND_LOOKUP, 0), "roles that are understood");
}

/* ---- values ---- */

static bool url_is(const char *text, const char *wanted)
{
	struct buf out = { 0 };
	bool same;

	change_url(text_of(text), &out);
	same = text_is(buf_view(&out), wanted);
	buf_release(&out);
	return same;
}

static bool unit_is(enum profile_unit unit, const char *text, const char *wanted)
{
	struct buf out = { 0 };
	bool same;

	(void)change_unit(unit, text_of(text), &out);
	same = text_is(buf_view(&out), wanted);
	if (!same)
		printf("# %s: %s\n", text, out.data);
	buf_release(&out);
	return same;
}

static void test_changes(struct tap *tap)
{
	OK(tap, url_is("%2B44", "+44") && url_is("a%40b%2f", "a@b/") && url_is("", ""), "bytes of two digits");
	OK(tap, url_is("100%", "100%") && url_is("%4", "%4") && url_is("%zz%2", "%zz%2") && url_is("a+b", "a+b"), "what is none stays");
	OK(tap, unit_is(UNIT_MILLI, "394128", "394.128") && unit_is(UNIT_MILLI, "12000", "12") && unit_is(UNIT_MILLI, "5", "0.005") &&
			unit_is(UNIT_MILLI, "0", "0"), "milliseconds");
	OK(tap, unit_is(UNIT_MICRO, "1500000", "1.5") && unit_is(UNIT_NANO, "1", "0.000000001") && unit_is(UNIT_NANO, "70000000000", "70"),
	   "smaller parts");
	OK(tap, unit_is(UNIT_CENTI, "1250", "12.5") && unit_is(UNIT_CENTI, "7", "0.07") && unit_is(UNIT_CENTI, "-7.5", "-0.075"),
	   "cents");
	OK(tap, unit_is(UNIT_MILLI, "-100", "-0.1") && unit_is(UNIT_MILLI, " 1500.25 ", "1.50025"), "signs, points and blanks");
	OK(tap, unit_is(UNIT_MILLI, "0:01:10", "0:01:10") && unit_is(UNIT_MILLI, "1e3", "1e3") && unit_is(UNIT_MILLI, "", "") &&
			unit_is(UNIT_MILLI, "1.", "1.") && unit_is(UNIT_MILLI, ".5", ".5") && unit_is(UNIT_MILLI, "-", "-"),
	   "what is no number stays");
}

/* ---- several tables ---- */

static const struct format *const formats_of_test[] = { &format_delimited, &toy_split, NULL };

static const char profile[] =
	"name toys\nabout made-up tables\nzone UTC\n"
	"table cdr\nkind call\nrole account 1\nrole started 2\nrole presented 3\nrole dialled 4\nrole talk 5\nunit talk ms\njoin account users\n"
	"drop 4 /^0800/\n"
	"table users\nkind account\nrole account login\nrole key id\n";

/* Tables one behind another, with calls before the users whose keys they have. */
static void draw(struct buf *text)
{
	buf_text(text, "TOY1\nT log alpha beta\n1|2\nT db.cdr user at cli to ms\n");
	for (unsigned i = 0; i < 90000; i++)
		buf_format(text, "%u|2022-03-%02u 10:00:00|0207946%04u|%s%03u|%u\n", i % 3000, 1 + i % 28, i % 1000,
			   i % 10 == 3 ? "0800900" : "07700900", i % 1000, 1000 * (i % 100));
	buf_text(text, "T db.users id login\n");
	for (unsigned i = 0; i < 2999; i++)
		buf_format(text, "%u|user-%c%c%c\n", i, 'a' + i / 676 % 26, 'a' + i / 26 % 26, 'a' + i % 26);
	buf_text(text, "5|another\nT other x\n1\n");
}

struct watch {
	_Atomic long left;
	struct buf said;
};

static bool interrupted(void *context)
{
	struct watch *watch = context;

	return atomic_fetch_sub(&watch->left, 1) <= 0;
}

static void notice(void *context, const char *line)
{
	struct watch *watch = context;

	buf_text(&watch->said, line);
	buf_byte(&watch->said, '\n');
}

static enum status ingest(const char *path, const char *only, unsigned threads, struct watch *watch, char *why, size_t size)
{
	const struct observer observer = { watch, notice, NULL, interrupted };
	struct ingest_options options = ingest_options_none();
	struct ingest_counts counts = { 0 };
	struct casefile casefile;
	enum status status = casefile_open(&casefile, path, access(path, F_OK) == 0 ? CASEFILE_WRITE : CASEFILE_CREATE);

	options.formats = formats_of_test;
	options.threads = threads;
	options.region = "GB";
	options.profile = "./toys.profile";
	options.table = only;
	if (status == STATUS_OK)
		status = ingest_source(&casefile, &options, "dump", &observer, &counts);
	(void)snprintf(why, size, "%s", casefile.error.text);
	casefile_close(&casefile);
	return status;
}

static bool asks(const char *path, const char *sql, const char *wanted)
{
	char out[400];
	const char *got = scratch_ask(path, sql, out, sizeof(out));
	const bool same = got && !strcmp(got, wanted);

	if (!same)
		printf("# %s: %s, not %s\n", sql, got ? got : "nothing", wanted);
	return same;
}

static void clean(void)
{
	(void)remove("case");
	(void)remove("case-journal");
	(void)remove("case.log");
}

static bool understand(const char *path, unsigned threads, struct watch *watch)
{
	const struct observer observer = { watch, notice, NULL, NULL };
	struct normalise_settings settings = { .threads = threads, .memory = 64 << 20 };
	struct normalise_counts counts;
	struct casefile casefile;
	bool good = casefile_open(&casefile, path, CASEFILE_WRITE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK &&
		    normalise_run(&casefile, &settings, &observer, &counts) == STATUS_OK && casefile_commit(&casefile) == STATUS_OK;

	if (!good)
		printf("# %s\n", casefile.error.text);
	casefile_close(&casefile);
	return good;
}

#define SOURCES "SELECT group_concat(stream_name || ' ' || kind || ' ' || accepted || ' ' || rejected || ' ' || skipped, ', ') FROM source"
#define LOADED "db.cdr call 81000 0 9000, db.users account 3000 0 0"

/* Whether a case has all of it, with what was left out. */
static bool is_whole(const char *path)
{
	return asks(path, SOURCES, LOADED) && asks(path, "SELECT group_concat(topic || ' ' || count, ', ') FROM source_remark WHERE topic IN"
							 " ('filter', 'tables-left-out') ORDER BY topic", "filter 9000, tables-left-out 2") ;
}

static void test_loaded(struct tap *tap, unsigned threads)
{
	struct watch watch = { .left = 1000000 };
	char why[1024];

	clean();
	OK(tap, ingest("case", NULL, threads, &watch, why, sizeof(why)) == STATUS_OK && is_whole("case"),
	   "what the profile names is loaded in one pass, with %u threads %s", threads, why);
	OK(tap, strstr(watch.said.data, "dump: 2 tables are not loaded: log, other; the first because: dump, table log: profile toys has nothing for a table log"),
	   "and the rest is told");
	OK(tap, understand("case", threads, &watch) &&
			asks("case", "SELECT rows || ' ' || missing || ' ' || several FROM joined", "80940 30 30"), "keys are looked up");
	OK(tap, asks("case", "SELECT count(*) || ' ' || min(account) || ' ' || max(account) FROM account_key", "3002 2999 user-eli"),
	   "and accounts are those that are meant");
	buf_release(&watch.said);
}

static void test_interrupted(struct tap *tap)
{
	struct watch watch = { .left = 0 };
	enum status status = STATUS_INTERRUPTED;
	unsigned runs = 0;
	char why[1024];

	clean();
	for (; status == STATUS_INTERRUPTED && runs < 400; runs++) {
		watch.left = 4 + 3 * runs;
		status = ingest("case", NULL, 1, &watch, why, sizeof(why));
	}
	OK(tap, status == STATUS_OK && runs > 2 && is_whole("case"), "interrupted %u times it is the same: %s", runs, why);
	buf_release(&watch.said);
}

static void test_only(struct tap *tap)
{
	struct watch watch = { .left = 1000000 };
	char why[1024];

	clean();
	OK(tap, ingest("case", "USERS", 1, &watch, why, sizeof(why)) == STATUS_OK && asks("case", SOURCES, "db.users account 3000 0 0"),
	   "one table alone %s", why);
	clean();
	OK(tap, ingest("case", "nobody", 1, &watch, why, sizeof(why)) == STATUS_USAGE &&
			strstr(why, "dump: no table of it can be loaded; the first: dump, table log: is table log, and --table says nobody; it has: "
				    "log, db.cdr, db.users, other"), "one that there is not: %s", why);
	buf_release(&watch.said);
}

int main(void)
{
	struct tap tap = { 0 };
	struct buf dump = { 0 };
	char folder[32];

	scratch_enter(folder);
	draw(&dump);
	(void)scratch_write("dump", dump.data, dump.len);
	(void)scratch_write("toys.profile", profile, strlen(profile));
	buf_release(&dump);
	test_names(&tap);
	test_lines(&tap);
	test_changes(&tap);
	test_loaded(&tap, 1);
	test_loaded(&tap, 3);
	test_interrupted(&tap);
	test_only(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
