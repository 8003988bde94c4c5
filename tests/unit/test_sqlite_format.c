/* SPDX-License-Identifier: Apache-2.0 */
/* SQLite databases as a format: values as texts, rows of every kind of table, ingests that are cut short and gone on with,
 * and memory that runs out. */
#include <limits.h>
#include <math.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "ingest/ingest.h"
#include "ingest/sqlite/value.h"
#include "read_sqlite.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

/* ---- values ---- */

static bool is_real(double value, const char *wanted)
{
	char out[VALUE_NUMBER + 1];
	const size_t len = value_real(value, out);

	out[len] = '\0';
	if (strcmp(out, wanted) != 0)
		printf("# %.17g is %s, not %s\n", value, out, wanted);
	return !strcmp(out, wanted);
}

static void test_reals(struct tap *tap)
{
	uint64_t state = 3;
	bool good = true;
	char out[VALUE_NUMBER + 1];

	OK(tap, is_real(0, "0") && is_real(12, "12") && is_real(-1.5, "-1.5") && is_real(0.15, "0.15") && is_real(100, "100"),
	   "decimals of few digits");
	OK(tap, is_real(447700900123.0, "447700900123") && is_real(1e-8, "0.00000001") && is_real(9007199254740993.0, "9007199254740992"),
	   "numbers that are none of quantities");
	OK(tap, is_real(0.1 + 0.2, "0.30000000000000004") && is_real(1.0 / 3, "0.3333333333333333"), "as many digits as it needs");
	OK(tap, is_real(1e20, "100000000000000000000") && is_real(1e21, "1e21") && is_real(-1.5e-30, "-1.5e-30"), "an exponent where it is large or small");
	OK(tap, is_real(HUGE_VAL, "Inf") && is_real(-HUGE_VAL, "-Inf"), "and what has no end");
	for (unsigned i = 0; i < 200000 && good; i++) {
		const uint64_t mix = scratch_random(&state);
		double value = (double)(mix % 1000000000) / (i % 2 ? 1000 : 1e8);
		size_t len;

		if (i % 4 == 0)
			memcpy(&value, &mix, sizeof value);
		if (!isfinite(value))
			continue;
		len = value_real(value, out);
		out[len] = '\0';
		good = len <= VALUE_NUMBER && strtod(out, NULL) == value;
	}
	OK(tap, good, "what is read again is the same: %s", out);
}

static void test_others(struct tap *tap)
{
	char out[VALUE_NUMBER];

	OK(tap, value_integer(INT64_MIN, out) == 20 && !memcmp(out, "-9223372036854775808", 20) && value_integer(0, out) == 1 && out[0] == '0',
	   "integers");
	OK(tap, value_is_text("a\tb\xe2\x82\xac", 6) && !value_is_text("", 0) && !value_is_text("a\0b", 3) && !value_is_text("\xff", 1) &&
			!value_is_text("\x1b", 1), "bytes that are a text, and that are none");
	value_hex("\x00\xff", 2, out);
	OK(tap, !memcmp(out, "X'00FF'", 7), "others are no number");
}

/* ---- rows ---- */

static const char all[] =
	"PRAGMA page_size = 512;"
	"CREATE TABLE cdr(id INTEGER PRIMARY KEY, account, started, presented, dialled, talk);"
	"WITH RECURSIVE c(x) AS (SELECT 0 UNION ALL SELECT x + 1 FROM c WHERE x < 149999)"
	" INSERT INTO cdr SELECT x * 3 - 100000, 'u' || (x % 97), '2022-03-' || substr('0' || (1 + x % 28), -2) || ' 10:00:00Z',"
	" CASE x % 5 WHEN 0 THEN NULL ELSE '0207946' || substr('000' || x % 1000, -4) END, '07700900' || substr('00' || x % 1000, -3), x % 600 FROM c;"
	"CREATE TABLE login(account PRIMARY KEY, at, ip) WITHOUT ROWID;"
	"WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 70000)"
	" INSERT INTO login SELECT 'u' || x, '2022-03-01 10:00:00Z', '192.0.2.' || (x % 256) FROM c;"
	"CREATE TABLE account(account, rowid, email);"
	"INSERT INTO account SELECT account, 'r', account || '@example.com' FROM login;";

/* Overwrites a leaf of the table of calls far from its start. */
static bool damage(const char *path)
{
	FILE *file = fopen(path, "r+b");
	unsigned char page[512];
	bool done = false;

	for (long at = 512 * 3001L; file && !done && fseek(file, at, SEEK_SET) == 0 && fread(page, 1, 512, file) == 512; at += 512) {
		if (page[0] != 13)
			continue;
		memset(page, 0xa5, sizeof page);
		done = fseek(file, at, SEEK_SET) == 0 && fwrite(page, 1, 512, file) == 512;
	}
	return file && fclose(file) == 0 && done;
}

static void test_rows(struct tap *tap)
{
	struct read_sqlite read = { 0 };

	OK(tap, scratch_sql("all.db", all), "a database of three tables");
	OK(tap, read_sqlite(&read, "all.db") == STATUS_END && !read.broken && read.streams == 3 && read.rows == 290000 && read.rejects == 0,
	   "%llu rows of %u tables", (unsigned long long)read.rows, read.streams);
	OK(tap, damage("all.db"), "a page is damaged");
	read = (struct read_sqlite){ 0 };
	OK(tap, read_sqlite(&read, "all.db") == STATUS_END && !read.broken && read.rejects == 1 && read.rows > 289900 && read.rows < 290000,
	   "all others are read: %llu rows", (unsigned long long)read.rows);
}

/* ---- cut short ---- */

struct watch {
	_Atomic long left;          /* questions until it is interrupted */
};

static bool interrupted(void *context)
{
	struct watch *watch = context;

	return atomic_fetch_sub(&watch->left, 1) <= 0;
}

static enum status ingest(const char *path, unsigned threads, struct watch *watch)
{
	const struct observer observer = { watch, NULL, NULL, interrupted };
	struct ingest_options options = ingest_options_none();
	struct ingest_counts counts = { 0 };
	struct casefile casefile;
	enum status status = casefile_open(&casefile, path, access(path, F_OK) == 0 ? CASEFILE_WRITE : CASEFILE_CREATE);

	options.threads = threads;
	options.room = ".";
	options.region = "GB";
	if (status == STATUS_OK)
		status = ingest_source(&casefile, &options, "all.db", &observer, &counts);
	if (status != STATUS_OK && status != STATUS_INTERRUPTED)
		printf("# %s\n", casefile.error.text);
	casefile_close(&casefile);
	return status;
}

/* All that a case has, but for runs, as a number. */
static uint64_t contents(const char *path)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *names = NULL, *rows;
	uint64_t sum = 14695981039346656037ULL;

	(void)sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL);
	(void)sqlite3_prepare_v2(db, "SELECT 'SELECT * FROM \"' || name || '\"' FROM sqlite_master WHERE type = 'table' AND name <> 'run'"
				     " ORDER BY name", -1, &names, NULL);
	while (names && sqlite3_step(names) == SQLITE_ROW) {
		rows = NULL;
		(void)sqlite3_prepare_v2(db, (const char *)sqlite3_column_text(names, 0), -1, &rows, NULL);
		while (rows && sqlite3_step(rows) == SQLITE_ROW)
			for (int i = 0; i < sqlite3_column_count(rows); i++) {
				const unsigned char *bytes = sqlite3_column_blob(rows, i);

				sum = (sum ^ (unsigned)sqlite3_column_type(rows, i)) * 1099511628211ULL;
				for (int k = 0; k < sqlite3_column_bytes(rows, i); k++)
					sum = (sum ^ bytes[k]) * 1099511628211ULL;
			}
		sqlite3_finalize(rows);
	}
	sqlite3_finalize(names);
	sqlite3_close(db);
	return sum;
}

static void test_interrupted(struct tap *tap)
{
	struct watch watch = { LONG_MAX };
	uint64_t whole = 0;
	char said[100];

	OK(tap, ingest("whole.case", 1, &watch) == STATUS_OK, "it is ingested");
	OK(tap, !strcmp(scratch_ask("whole.case", "SELECT group_concat(stream_name || ' ' || kind || ' ' || rejected, ', ') FROM"
						  " (SELECT * FROM source ORDER BY id)", said, sizeof said),
			"cdr call 1, login login 0, account account 0"), "as three sources: %s", said);
	whole = contents("whole.case");
	for (unsigned threads = 1; threads <= 3; threads += 2) {
		enum status status = STATUS_INTERRUPTED;
		unsigned stops = 0;

		for (long n = 60; n < 100000 && status == STATUS_INTERRUPTED; n += 37) {
			watch.left = n;
			status = ingest("k.case", threads, &watch);
			stops += status == STATUS_INTERRUPTED;
		}
		OK(tap, status == STATUS_OK && stops > 2 && contents("k.case") == whole, "%u threads: interrupted %u times, and in the end the same",
		   threads, stops);
		(void)remove("k.case");
	}
}

/* ---- no memory ---- */

static bool try_read(void *context)
{
	struct read_sqlite read = { 0 };
	const enum status status = read_sqlite(&read, "small.db");

	(void)context;
	return status == STATUS_END && read.rows == 3 && !read.broken;
}

static void test_starved(struct tap *tap)
{
	int refused;

	OK(tap, scratch_sql("small.db", "CREATE TABLE a(x, y); INSERT INTO a VALUES(1, NULL), (2.5, 'x'), (x'00', x'41')"), "a small one");
	refused = starve(try_read, NULL);
	OK(tap, refused > 10, "each of %d allocations may fail", refused);
	OK(tap, scratch_files() == 3, "and nothing is left behind");
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_reals(&tap);
	test_others(&tap);
	test_rows(&tap);
	test_interrupted(&tap);
	test_starved(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
