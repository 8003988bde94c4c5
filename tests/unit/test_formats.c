/* SPDX-License-Identifier: Apache-2.0 */
/* Two formats that only this test has: nothing but their row in a table is needed for their tables to be ingested, on any number of
 * threads, cut short and gone on with. */
#include <limits.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "casefile/sql.h"
#include "ingest/ingest.h"
#include "scratch.h"
#include "sweep.h"
#include "tap.h"
#include "toy.h"

static const struct format *const table[] = { &format_delimited, &toy_split, &toy_next, &format_json, &format_xml, NULL };

/* ---- what is ingested ---- */

static void add_call(struct buf *text, uint64_t *state, unsigned i)
{
	const uint64_t mix = scratch_random(state);

	buf_format(text, "u%u|2022-03-%02u %02u:%02u:%02uZ|", (unsigned)(mix % 1000), 1 + i / 10000 % 28, i / 1000 % 24, i / 60 % 60, i % 60);
	if (mix >> 32 & 3)
		buf_format(text, "0207946%04u", (unsigned)(mix >> 40 & 4095));
	else
		buf_text(text, mix >> 34 & 1 ? "\\N" : "");
	buf_format(text, "|07700900%03u|%s\n", i % 1000, i % 977 == 3 ? "talk" : "17");
}

static void draw_split(struct buf *text)
{
	uint64_t state = 1;

	buf_text(text, "TOY1\nT calls account started presented dialled talk\n");
	for (unsigned i = 0; i < 150000; i++)
		add_call(text, &state, i);
	buf_text(text, "T nothing alpha beta\n1|2\n3|4\nT accounts account login email\n");
	for (unsigned i = 0; i < 70000; i++)
		buf_format(text, "%s%u|%s|u%u@example.com\n", i % 1000 == 7 ? "\\N|x" : "u", i, i % 2 ? "\\N" : "", i);
	buf_text(text, "\nT calls\n");
	for (unsigned i = 0; i < 3000; i++)
		add_call(text, &state, i);
	buf_text(text, "T logins account at ip\nT accounts\nlast|\\N|\n");
}

static void draw_next(struct buf *text)
{
	uint64_t state = 2;

	buf_text(text, "TOYROWS\n");
	for (unsigned i = 0; i < 160000; i++) {
		if (i % 20000 == 10)
			buf_format(text, "= acc%u\n", i);
		if (i % 40000 == 700)
			for (unsigned k = 0; k < 3000; k++)
				buf_format(text, "a a%u|l%u|\\N\n", i + k, k);
		buf_text(text, "c ");
		if (i % 5 == 0 && i > 10)
			buf_format(text, "|2022-03-01 10:00:00Z|\\N|07700900%03u|1\n", i % 1000);
		else
			add_call(text, &state, i);
	}
	buf_text(text, "c u|2022-03-01 10:00:00Z||07700900000|1");
}

/* A call as an object, now and then over two lines; one in a thousand has a key that comes late. */
static void add_object(struct buf *text, uint64_t *state, unsigned i, bool lines)
{
	const uint64_t mix = scratch_random(state);

	buf_format(text, "{\"account\":\"u%u\",\"started\":\"2022-03-%02u %02u:%02u:%02uZ\",%s", (unsigned)(mix % 1000), 1 + i / 10000 % 28,
		   i / 1000 % 24, i / 60 % 60, i % 60, !lines && i % 7 == 0 ? "\n\t" : "");
	if (mix >> 32 & 3)
		buf_format(text, "\"presented\":\"+44207946%04u\",", (unsigned)(mix >> 40 & 4095));
	buf_format(text, "\"dialled\":\"07700\\u0039%05u\",\"talk\":%s%s}", i % 1000, i % 977 == 3 ? "\"x\"" : "17",
		   i % 1000 == 999 ? ",\"late\":1" : "");
}

/* A segment and some more, so that there are places to go on behind; each row that is broken, and each with a late key. */
#define DRAWN_ROWS 80000
#define DRAWN_BROKEN ((DRAWN_ROWS - 4) / 977 + 1)
#define DRAWN_LATE (DRAWN_ROWS / 1000)

enum drawn { DRAWN_LINES, DRAWN_ARRAY, DRAWN_TABLES, DRAWN_XML };

/* The same as elements, with comments between them. */
static void draw_xml(struct buf *text)
{
	uint64_t state = 3;

	buf_text(text, "<?xml version=\"1.0\"?>\n<calls>\n");
	for (unsigned i = 0; i < DRAWN_ROWS; i++) {
		const uint64_t mix = scratch_random(&state);

		buf_format(text, "%s<call><account>u%u</account><started>2022-03-%02u %02u:%02u:%02uZ</started>%s", i % 50 ? "" : "<!-- <call>\n-->",
			   (unsigned)(mix % 1000), 1 + i / 10000 % 28, i / 1000 % 24, i / 60 % 60, i % 60, i % 7 ? "" : "\n\t");
		if (mix >> 32 & 3)
			buf_format(text, "<presented>+44207946%04u</presented>", (unsigned)(mix >> 40 & 4095));
		buf_format(text, "<dialled>07700&#57;%05u</dialled><talk>%s</talk>%s</call>%s", i % 1000, i % 977 == 3 ? "x" : "17",
			   i % 1000 == 999 ? "<late>1</late>" : "", i % 3 ? "\n" : "");
	}
	buf_text(text, "</calls>\n");
}

static void draw_json(struct buf *text, enum drawn drawn)
{
	uint64_t state = 3;

	buf_text(text, drawn == DRAWN_LINES ? "" : drawn == DRAWN_ARRAY ? "[" : "{\"n\": 1, \"calls\":[");
	for (unsigned i = 0; i < DRAWN_ROWS; i++) {
		if (i > 0 && drawn != DRAWN_LINES)
			buf_text(text, i % 100 ? "," : ",\n");
		add_object(text, &state, i, drawn == DRAWN_LINES);
		buf_text(text, drawn == DRAWN_LINES ? "\n" : "");
	}
	buf_text(text, drawn == DRAWN_LINES ? "" : "]");
	if (drawn != DRAWN_TABLES)
		return;
	buf_text(text, ",\"data\":{\"accounts\":[");
	for (unsigned i = 0; i < 70000; i++)
		buf_format(text, "%s{\"account\":\"u%u\",\"login\":%s,\"email\":\"\"}", i ? ",\n" : "", i, i % 2 ? "null" : "\"l\"");
	buf_text(text, "],\"logins\":[{\"account\":\"u\",\"at\":\"2022-03-01 10:00:00Z\",\"ip\":\"192.0.2.1\"}]}}\n");
}

/* ---- ingesting ---- */

struct watch {
	_Atomic long left;          /* questions until it is interrupted */
	const char *kind;           /* that is said of all tables; NULL: none is */
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

static enum status ingest(const char *path, const char *file, unsigned threads, struct watch *watch, struct ingest_counts *counts)
{
	const struct observer observer = { watch, notice, NULL, interrupted };
	struct ingest_options options = ingest_options_none();
	struct casefile casefile;
	enum status status = casefile_open(&casefile, path, access(path, F_OK) == 0 ? CASEFILE_WRITE : CASEFILE_CREATE);

	options.formats = table;
	options.threads = threads;
	options.region = "GB";
	options.kind = watch->kind;
	memset(counts, 0, sizeof *counts);
	if (status == STATUS_OK)
		status = ingest_source(&casefile, &options, file, &observer, counts);
	if (status != STATUS_OK && status != STATUS_INTERRUPTED)
		printf("# %s\n", casefile.error.text);
	casefile_close(&casefile);
	return status;
}

/* All that a case has, but for runs, as a text. */
static void dump_table(sqlite3 *db, const char *name, struct buf *out)
{
	char sql[200];
	sqlite3_stmt *rows = NULL;

	(void)snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", name);
	buf_format(out, "%s\n", name);
	if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK)
		buf_text(out, "cannot be read");
	while (rows && sqlite3_step(rows) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(rows); i++) {
			buf_format(out, "%d", sqlite3_column_type(rows, i));
			buf_add(out, sqlite3_column_blob(rows, i), (size_t)sqlite3_column_bytes(rows, i));
		}
		buf_byte(out, '\n');
	}
	sqlite3_finalize(rows);
}

static bool contents(const char *path, struct buf *out)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *names = NULL;
	bool good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
		    sqlite3_prepare_v2(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'run' ORDER BY name", -1,
				       &names, NULL) == SQLITE_OK;

	while (good && sqlite3_step(names) == SQLITE_ROW)
		dump_table(db, (const char *)sqlite3_column_text(names, 0), out);
	sqlite3_finalize(names);
	sqlite3_close(db);
	return good && !out->failed;
}

static bool same_contents(const char *path, struct text wanted)
{
	struct buf got = { 0 };
	const bool same = contents(path, &got) && text_equal(buf_view(&got), wanted);

	buf_release(&got);
	return same;
}

static int64_t number(const char *path, const char *sql)
{
	struct casefile casefile;
	int64_t value = -1;

	if (casefile_open(&casefile, path, CASEFILE_READ) == STATUS_OK)
		(void)casefile_integer(&casefile, sql, -1, &value);
	casefile_close(&casefile);
	return value;
}

#define IS(sql, wanted, name) OK(tap, number("whole.case", sql) == (wanted), "%s: %lld", name, (long long)number("whole.case", sql))

/* Left alone: what all others are compared with. */
static void test_whole(struct tap *tap, const char *file, struct buf *whole)
{
	struct watch watch = { .left = LONG_MAX };
	struct ingest_counts counts;

	OK(tap, ingest("whole.case", file, 1, &watch, &counts) == STATUS_OK, "%s is ingested", file);
	OK(tap, counts.read > 0 && counts.read == counts.accepted + counts.rejected + counts.skipped, "%llu rows are all accounted for",
	   (unsigned long long)counts.read);
	OK(tap, contents("whole.case", whole) && whole->len > 500000, "its contents");
	for (unsigned threads = 2; threads <= 4; threads += sweep(2, 1)) {
		watch.left = LONG_MAX;
		OK(tap, ingest("k.case", file, threads, &watch, &counts) == STATUS_OK && same_contents("k.case", buf_view(whole)),
		   "the same on %u threads", threads);
		watch.left = LONG_MAX;
		OK(tap, ingest("k.case", file, threads, &watch, &counts) == STATUS_OK && counts.known == 1 && counts.sources == 0 &&
				same_contents("k.case", buf_view(whole)) && strstr(watch.said.data, "already in the case as source 1"),
		   "it is not taken twice");
		(void)remove("k.case");
	}
	buf_release(&watch.said);
}

/* When it is interrupted next: later by three questions in a whole sweep, else by a quarter. What came to its end with no part
 * that it could go on with begins anew then, behind the last that was interrupted, in smaller steps. */
struct moments {
	long now, step, last;
	unsigned tries;
};

static bool next_moment(struct moments *moments, bool stopped, bool resumed)
{
	if (!stopped && (resumed || sweep(0, 1)))
		return false;
	if (stopped) {
		moments->last = moments->now;
	} else {
		(void)remove("k.case");
		moments->step = (moments->now - moments->last) / 2;
		moments->last -= moments->step ? 0 : 4;
		moments->now = moments->last;
	}
	moments->now += moments->step ? moments->step : 1 + moments->now / 4;
	return ++moments->tries < 1700;
}

/* Interrupted again and again. */
static void test_interrupted(struct tap *tap, const char *file, unsigned threads, const struct buf *whole)
{
	struct watch watch = { .left = 0 };
	struct moments moments = { .now = 10, .step = sweep(0, 3) };
	struct ingest_counts counts;
	unsigned stops = 0, resumed = 0;
	enum status status;

	do {
		watch.left = moments.now;
		buf_clear(&watch.said);
		status = ingest("k.case", file, threads, &watch, &counts);
		stops += status == STATUS_INTERRUPTED;
		resumed += watch.said.len > 0 && strstr(watch.said.data, "goes on after") != NULL;
	} while (next_moment(&moments, status == STATUS_INTERRUPTED, resumed > 0));
	OK(tap, status == STATUS_OK && stops > 2 && resumed > 0, "%s, %u threads: interrupted %u times, %u times gone on with", file, threads,
	   stops, resumed);
	OK(tap, same_contents("k.case", buf_view(whole)), "and in the end the same");
	(void)remove("k.case");
	buf_release(&watch.said);
}

static void test_split(struct tap *tap)
{
	struct buf whole = { 0 };

	test_whole(tap, "split", &whole);
	IS("SELECT count(*) FROM source", 3, "a source a table that is known");
	IS("SELECT sum(stream_name = 'calls' AND stream = 1 AND kind = 'call' AND rows_read = 153000) +"
	   " sum(stream_name = 'accounts' AND stream = 3 AND kind = 'account') + sum(stream_name = 'logins' AND rows_read = 0) FROM source",
	   3, "with its name and kind");
	IS("SELECT accepted FROM source WHERE stream = 1", 153000 - 158, "calls but for those whose talk is none");
	IS("SELECT sum(rows) FROM segment WHERE source = 1", 153000 - 158, "in segments");
	IS("SELECT count(*) FROM account", 70001 - 70, "accounts but for those without one");
	IS("SELECT count(*) FROM account WHERE login IS NULL AND email <> '' OR account = 'last' AND email = ''", 35001 - 70, "NULL is no empty text");
	IS("SELECT count(*) FROM account WHERE login = ''", 35000, "nor the other way round");
	for (unsigned threads = 1; threads <= 3; threads += sweep(2, 1))
		test_interrupted(tap, "split", threads, &whole);
	buf_release(&whole);
	(void)remove("whole.case");
}

static void test_next(struct tap *tap)
{
	struct buf whole = { 0 };

	test_whole(tap, "rows", &whole);
	IS("SELECT count(*) FROM source", 2, "two sources");
	IS("SELECT count(*) FROM account WHERE email IS NULL", 12000, "accounts");
	IS("SELECT rows_read FROM source WHERE kind = 'call'", 160001, "calls");
	for (unsigned threads = 1; threads <= 3; threads += sweep(2, 1))
		test_interrupted(tap, "rows", threads, &whole);
	buf_release(&whole);
	(void)remove("whole.case");
}

static void test_json(struct tap *tap)
{
	static const char *const names[] = { "lines.json", "array.json", "tables.json", "calls.xml" };

	for (unsigned drawn = 0; drawn < 4; drawn++) {
		struct buf text = { 0 }, whole = { 0 };

		if (drawn == DRAWN_XML)
			draw_xml(&text);
		else
			draw_json(&text, (enum drawn)drawn);
		OK(tap, scratch_write(names[drawn], text.data, text.len), "%s", names[drawn]);
		buf_release(&text);
		test_whole(tap, names[drawn], &whole);
		IS("SELECT count(*) FROM source", drawn == DRAWN_TABLES ? 3 : 1, "its tables");
		IS("SELECT accepted FROM source WHERE kind = 'call'", DRAWN_ROWS - DRAWN_BROKEN, "its calls");
		IS("SELECT count FROM source_remark WHERE topic = 'late column' AND text LIKE '%''late''%'", DRAWN_LATE, "a late key is counted");
		if (drawn == DRAWN_TABLES)
			IS("SELECT count(*) FROM account WHERE login IS NULL AND email = ''", 35000, "its accounts");
		for (unsigned threads = sweep(2, 1); threads <= 2; threads++)
			test_interrupted(tap, names[drawn], threads, &whole);
		buf_release(&whole);
		(void)remove("whole.case");
	}
}

/* Once it is said what kind they are, one of two tables is new. */
static void test_partly_known(struct tap *tap)
{
	static const char text[] = "TOY1\nT a account login\nu|l\nT b account started dialled\nu|2022-03-01 10:00:00Z|07700900000\n";
	struct watch watch = { .left = LONG_MAX };
	struct ingest_counts counts;
	struct buf before = { 0 };

	OK(tap, scratch_write("parts", text, sizeof text - 1), "a file");
	OK(tap, ingest("k.case", "parts", 1, &watch, &counts) == STATUS_OK &&
			counts.sources == 1 && contents("k.case", &before), "two tables, one of which no kind fits");
	watch.kind = "account";
	OK(tap, ingest("k.case", "parts", 1, &watch, &counts) == STATUS_FAILED && counts.sources == 0, "one of them is there already");
	OK(tap, same_contents("k.case", buf_view(&before)), "nothing is added");
	(void)remove("k.case");
	buf_release(&before);
	buf_release(&watch.said);
}

static void report(void *context, const struct sniff_report *sniffed)
{
	struct buf *out = context;

	buf_format(out, "%s%s: %s; %s; %s\n", sniffed->brief ? "brief " : "", sniffed->source, sniffed->dialect, sniffed->columns ? sniffed->columns : "-",
		   sniffed->problem ? "no" : sniffed->bids[0].kind);
}

static void test_sniff(struct tap *tap)
{
	const struct observer observer = { NULL, NULL, NULL, NULL };
	struct ingest_options options = ingest_options_none();
	struct error error = { 0 };
	struct buf said = { 0 };

	options.formats = table;
	OK(tap, scratch_write("small", "TOY1\nT a account login email\nT b x\n", 35) &&
			ingest_sniff(&options, NULL, "small", &observer, report, &said, &error) == STATUS_OK &&
			tap_same(said.data, "brief small, table a: toy table a; account, login, email; account\nbrief small, table b: toy table b; x; no\n"
					    "small, table a: toy table a; account, login, email; account\n"),
	   "both tables are listed, and what is known is told in full");
	buf_release(&said);
}

int main(void)
{
	struct tap tap = { 0 };
	struct buf text = { 0 };
	char folder[32];

	scratch_enter(folder);
	draw_split(&text);
	OK(&tap, scratch_write("split", text.data, text.len), "tables one after another");
	buf_clear(&text);
	draw_next(&text);
	OK(&tap, scratch_write("rows", text.data, text.len), "rows mixed");
	buf_release(&text);
	test_split(&tap);
	test_next(&tap);
	test_json(&tap);
	test_partly_known(&tap);
	test_sniff(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
