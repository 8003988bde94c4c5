/* SPDX-License-Identifier: Apache-2.0 */
/* A table that is filled on one or more threads has the rows that were made, and the digest that a reader finds. */
#include "base/digest/digest.h"
#include "casefile/seal.h"
#include "casefile/sql.h"
#include "casefile/table/bulk_insert.h"
#include "scratch.h"
#include "tap.h"

static const char *const columns[] = { "report", "verdict", "loss", "segment", "row", "key", "apart_ms", "reason", "rate", "gap" };

/* Makes rows of table report_match, some at a time. */
struct making {
	struct casefile *casefile;
	uint64_t state;
	int64_t next, last, fails;   /* the row that fails; 0: none */
	enum status failure;
	bool twice;                  /* a key comes again */
	int64_t odd;                 /* the row with a value more or less; 0: none */
	bool more;                   /* more */
};

static enum status more(void *context, struct row_buffer *rows)
{
	struct making *m = context;
	char text[3000];
	const uint64_t draw = scratch_random(&m->state);

	if (m->fails && m->next == m->fails)
		return error_set(&m->casefile->error, m->failure, "row %d", (int)m->fails);
	if (m->next == m->last)
		return STATUS_END;
	m->next++;
	if (draw % 50 == 0 && !m->twice)
		return STATUS_OK;
	memset(text, 'a' + (int)(draw % 26), sizeof text);
	text[0] = '\0';
	row_buffer_integer(rows, m->twice ? m->next / 2 : m->next);
	row_buffer_text(rows, (struct text){ text, draw >> 8 & 1 ? draw % sizeof text : draw % 9 });
	row_buffer_maybe(rows, (int64_t)draw, draw & 1);
	row_buffer_integer(rows, -(int64_t)(draw % 1000));
	row_buffer_maybe(rows, INT64_MIN, draw & 2);
	row_buffer_text(rows, (struct text){ NULL, 0 });
	row_buffer_integer(rows, (int64_t)(draw % 7));
	row_buffer_text(rows, text_of(draw & 4 ? "" : "why"));
	row_buffer_maybe(rows, 3, draw & 8);
	if (m->next != m->odd || m->more)
		row_buffer_maybe(rows, -2, draw & 8);
	if (m->next == m->odd && m->more)
		row_buffer_integer(rows, 0);
	return STATUS_OK;
}

static struct making making_of(struct casefile *casefile, int64_t last)
{
	return (struct making){ .casefile = casefile, .state = 5, .last = last };
}

static enum status fill(struct casefile *casefile, struct making *m, unsigned threads)
{
	const struct bulk_insert job = { BULK_TABLE("report_match", columns), more, m };
	enum status status = casefile_reset_concluded(casefile);

	return status == STATUS_OK ? bulk_insert_run(casefile, &job, threads) : status;
}

static int64_t number(struct casefile *casefile, const char *sql)
{
	int64_t value = -1;

	return casefile_integer(casefile, sql, -1, &value) == STATUS_OK ? value : -1;
}

static void test_rows(struct tap *tap, struct casefile *casefile, unsigned threads, int64_t last)
{
	struct making m = making_of(casefile, last);
	struct seal kept = { .layer = LAYER_CONCLUDED }, read = kept;
	const bool filled = fill(casefile, &m, threads) == STATUS_OK && m.next == last;
	const bool known = casefile_digest(casefile, "report_match") != NULL;

	OK(tap, filled && known, "%d rows, %u threads: filled", (int)last, threads);
	OK(tap, seal_digest(casefile, &kept) == STATUS_OK, "sealed by what was made");
	casefile->digest_count = 0;
	OK(tap, seal_digest(casefile, &read) == STATUS_OK && !strcmp(kept.hex, read.hex), "and the same by what is there");
	OK(tap, number(casefile, "SELECT count(*) FROM report_match") <= last &&
			 number(casefile, "SELECT count(*) FROM report_match WHERE segment > 0 OR key IS NOT NULL") == 0 &&
			 number(casefile, "SELECT count(*) FROM report_match WHERE verdict IS NULL") == 0,
	   "columns are in their places");
}

static void test_failures(struct tap *tap, struct casefile *casefile, unsigned threads)
{
	static const int64_t rows[] = { 1, 2, 900, 20000, 39999 };
	struct making m = making_of(casefile, 40000);

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		m = making_of(casefile, 40000);
		m.fails = rows[i];
		m.failure = i % 2 ? STATUS_INTERRUPTED : STATUS_FAILED;
		OK(tap, fill(casefile, &m, threads) == m.failure && strstr(casefile->error.text, "row ") &&
				 !casefile_digest(casefile, "report_match"),
		   "%u threads: row %d cannot be made", threads, (int)rows[i]);
	}
	m = making_of(casefile, 40000);
	m.twice = true;
	OK(tap, fill(casefile, &m, threads) == STATUS_FAILED && strstr(casefile->error.text, "UNIQUE"),
	   "%u threads: a row cannot be stored: %s", threads, casefile->error.text);
}

static void test_columns(struct tap *tap, struct casefile *casefile, unsigned threads)
{
	static const char *const swapped[] = { "report", "verdict", "segment", "loss", "row", "key", "apart_ms", "reason", "rate", "gap" };
	static const char *const beyond[] = { "report", "verdict", "loss", "segment", "row", "key", "apart_ms", "reason", "rate", "gap", "gap" };
	const struct bulk_table tables[] = { BULK_TABLE("report_match", swapped), BULK_TABLE("report_match", beyond),
					     { "report_match", columns, 9 } };
	static const int64_t rows[] = { 1, 700, 5000 };

	for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
		struct making m = making_of(casefile, 10);
		const struct bulk_insert job = { tables[i], more, &m };

		OK(tap, casefile_reset_concluded(casefile) == STATUS_OK && bulk_insert_run(casefile, &job, threads) == STATUS_INTEGRITY &&
				 strstr(casefile->error.text, "other columns") && m.next == 0,
		   "%u threads: columns that are not those of the table, %zu", threads, i);
	}
	for (size_t i = 0; i < 2 * sizeof rows / sizeof rows[0]; i++) {
		struct making m = making_of(casefile, 5000);
		char text[60];

		m.odd = rows[i / 2];
		m.more = i % 2;
		/* A step of 50 makes no row: not these. */
		(void)snprintf(text, sizeof text, "%d values for 10 columns", m.more ? 11 : 9);
		OK(tap, fill(casefile, &m, threads) == STATUS_FAILED && strstr(casefile->error.text, text) &&
				 !casefile_digest(casefile, "report_match"),
		   "%u threads: row %d with a value %s: %s", threads, (int)m.odd, m.more ? "more" : "less", casefile->error.text);
	}
}

/* The same rows put some at a time. */
static void test_put(struct tap *tap, struct casefile *casefile)
{
	struct making m = making_of(casefile, 3000);
	struct bulk_put put = { 0 };
	struct row_buffer rows = { 0 };
	bool good = fill(casefile, &m, 1) == STATUS_OK;
	char filled[DIGEST_HEX] = "";
	struct seal read = { .layer = LAYER_CONCLUDED };

	good = good && seal_digest(casefile, &read) == STATUS_OK;
	memcpy(filled, read.hex, sizeof filled);
	m = making_of(casefile, 3000);
	good = good && casefile_reset_concluded(casefile) == STATUS_OK &&
	       bulk_put_open(&put, casefile, "report_match", "", 10) == STATUS_OK && bulk_put_rows(&put, &rows) == STATUS_OK;
	for (bool more_rows = true; good && more_rows; row_buffer_clear(&rows)) {
		for (int k = 0; k < 700 && more_rows; k++)
			more_rows = more(&m, &rows) == STATUS_OK;
		good = bulk_put_rows(&put, &rows) == STATUS_OK;
	}
	OK(tap, good && seal_digest(casefile, &read) == STATUS_OK && !strcmp(read.hex, filled), "rows put some at a time are the same");
	row_buffer_integer(&rows, 3000);
	for (int k = 0; k < 9; k++)
		row_buffer_maybe(&rows, 0, true);
	OK(tap, bulk_put_rows(&put, &rows) == STATUS_FAILED, "a row that is there cannot be put: %s", casefile->error.text);
	good = true;
	for (int64_t key = -5; key < 2; key += 6) {
		row_buffer_clear(&rows);
		row_buffer_integer(&rows, key);
		row_buffer_text(&rows, text_of(""));
		for (int k = 0; k < 5; k++)
			row_buffer_maybe(&rows, 0, true);
		row_buffer_text(&rows, text_of(""));
		for (int k = 0; k < 2; k++)
			row_buffer_maybe(&rows, 0, true);
		if (key < 0)
			good = casefile_exec(casefile, "DELETE FROM report_match") == STATUS_OK;
		good = good && bulk_put_rows(&put, &rows) == STATUS_OK && number(casefile, "SELECT max(report) FROM report_match") == key;
	}
	OK(tap, good, "a row has its own key, whatever lies before it");
	row_buffer_release(&rows);
	bulk_put_close(&put);
	bulk_put_close(&put);
	OK(tap, bulk_put_open(&put, casefile, "no_table", "", 7) == STATUS_FAILED, "no table, no rows");
	bulk_put_close(&put);
	m = making_of(casefile, 100);
	OK(tap, fill(casefile, &m, 1) == STATUS_OK, "and tables are filled after that");
}

/* Rows put into two tables by turns. */
static void test_two(struct tap *tap, struct casefile *casefile)
{
	struct bulk_put puts[2] = { { .rows = NULL }, { .rows = NULL } };
	struct row_buffer rows = { 0 };
	bool good = casefile_reset_concluded(casefile) == STATUS_OK &&
		    bulk_put_open(&puts[0], casefile, "setting", "", 2) == STATUS_OK &&
		    bulk_put_open(&puts[1], casefile, "payment_value", "", 4) == STATUS_OK;
	char key[20];

	for (int i = 0; i < 1000 && good; i++) {
		(void)snprintf(key, sizeof key, "key %d", i);
		row_buffer_clear(&rows);
		if (i % 2 == 0)
			row_buffer_text(&rows, text_of(key));
		row_buffer_integer(&rows, i);
		for (int k = 0; k < 3 && i % 2; k++)
			row_buffer_maybe(&rows, i, k == 0);
		good = bulk_put_rows(&puts[i % 2], &rows) == STATUS_OK;
	}
	OK(tap, good && number(casefile, "SELECT count(*) FROM setting WHERE key = 'key ' || value AND value % 2 = 0") == 500 &&
			number(casefile, "SELECT count(*) FROM payment_value WHERE value IS NULL AND rate = payment AND rate % 2") == 500,
	   "two tables take rows at once");
	row_buffer_release(&rows);
	bulk_put_close(&puts[1]);
	bulk_put_close(&puts[0]);
}

/* A file from other hands may have a table of that name. */
static void test_hostile(struct tap *tap, struct casefile *casefile)
{
	struct making m = making_of(casefile, 10);
	const bool made = casefile_exec(casefile, "CREATE TABLE incoming(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9)") == STATUS_OK;

	OK(tap, made && fill(casefile, &m, 2) != STATUS_OK, "a table called incoming is not read: %s", casefile->error.text);
}

int main(void)
{
	static const int64_t sizes[] = { 0, 1, 30, 5000, 60000 };
	struct tap tap = { 0 };
	struct casefile casefile;
	char folder[32];

	scratch_enter(folder);
	OK(&tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK, "a case");
	for (unsigned threads = 1; threads <= 2; threads++) {
		for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
			test_rows(&tap, &casefile, threads, sizes[i]);
		test_failures(&tap, &casefile, threads);
		test_columns(&tap, &casefile, threads);
	}
	test_put(&tap, &casefile);
	test_two(&tap, &casefile);
	test_hostile(&tap, &casefile);
	casefile_close(&casefile);
	scratch_leave(folder);
	return tap_done(&tap);
}
