/* SPDX-License-Identifier: Apache-2.0 */
/* Rows as they are found: of one table and of several, in whole, on any number of threads. */
#include <stdlib.h>

#include "casefile/form/form.h"
#include "ingest/rows/source_rows.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"
#include "toy.h"

static const struct format *const table[] = { &format_delimited, &toy_split, &toy_next, NULL };

/* ---- what is given, as a text ---- */

struct taken {
	struct buf text, said;
	uint64_t least;             /* rows that are written down at most */
	uint64_t rows, tables;
	uint64_t sum;               /* of all bytes, so that long ones can be compared */
	bool sound;                 /* each table: read = written + rejected + skipped */
};

static void add_field(struct taken *taken, struct text field)
{
	if (form_is_null(field))
		buf_text(&taken->text, "NULL");
	buf_escape(&taken->text, field, 0);
	for (size_t i = 0; i < field.len; i++)
		taken->sum = taken->sum * 31 + (unsigned char)field.data[i];
}

static enum status row(void *context, const struct rows_table *told, const struct rows_row *given, struct error *error)
{
	struct taken *taken = context;

	(void)error;
	if (taken->text.len > 4000)
		buf_clear(&taken->text);
	buf_escape(&taken->text, told->name, 0);
	buf_format(&taken->text, " %llu %llu+%llu", (unsigned long long)given->line, (unsigned long long)given->offset,
		   (unsigned long long)given->length);
	taken->sum = taken->sum * 31 + given->line + given->offset * 7 + given->length * 11;
	for (size_t i = 0; i < given->count; i++) {
		buf_format(&taken->text, " %s=", i < told->column_count ? told->columns[i] : "+");
		add_field(taken, given->fields[i]);
	}
	buf_byte(&taken->text, '\n');
	taken->rows++;
	return taken->text.failed ? STATUS_FAILED : STATUS_OK;
}

static enum status end(void *context, const struct rows_table *told, struct error *error)
{
	struct taken *taken = context;

	(void)error;
	taken->tables++;
	taken->sound = taken->sound && told->read == told->written + told->rejected + told->skipped;
	return STATUS_OK;
}

static void notice(void *context, const char *line)
{
	struct taken *taken = context;

	buf_text(&taken->said, line);
	buf_byte(&taken->said, '\n');
}

static void release(struct taken *taken)
{
	buf_release(&taken->text);
	buf_release(&taken->said);
}

static enum status take(const char *path, const struct rows_options *wanted, unsigned threads, struct taken *taken,
			struct rows_counts *counts, struct error *error)
{
	const struct observer observer = { taken, notice, NULL, NULL };
	const struct rows_taker taker = { row, end, taken };
	struct ingest_options options = ingest_options_none();

	*taken = (struct taken){ .sound = true };
	*counts = (struct rows_counts){ .tables = 0 };
	options.formats = table;
	options.threads = threads;
	return ingest_rows(&options, wanted, path, &observer, &taker, counts, error);
}

static const struct rows_options all = { .table = NULL };

/* A text is a file, whose rows are these. */
static void is(struct tap *tap, const char *text, const struct rows_options *wanted, const char *rows, const char *name)
{
	struct taken taken = { .rows = 0 };
	struct rows_counts counts;
	struct error error = { 0 };
	const bool good = scratch_write("f.csv", text, strlen(text)) &&
			  take("f.csv", wanted, 1, &taken, &counts, &error) == STATUS_OK;

	OK(tap, good && tap_same(taken.text.data ? taken.text.data : "", rows) && taken.sound &&
			counts.read == counts.written + counts.rejected + counts.skipped,
	   "%s %s", name, error.text);
	release(&taken);
}

static void test_delimited(struct tap *tap)
{
	is(tap, "src,dst\n1,2\n3,4\n", &all, "f 2 8+4 src=1 dst=2\nf 3 12+4 src=3 dst=4\n", "a header and its rows");
	is(tap, "src,,src,_line, src_2 ,src\n1,2,3,4,5,6\n", &all,
	   "f 2 27+12 src=1 column2=2 src_2=3 _line_2=4 src_2_2=5 src_3=6\n", "each name stands once");
	is(tap, "07700900001,2026-03-01 09:00:00\n07700900002,2026-03-01 09:00:01\n", &all,
	   "f 1 0+32 column1=07700900001 column2=2026-03-01 09:00:00\n"
	   "f 2 32+32 column1=07700900002 column2=2026-03-01 09:00:01\n", "no header");
	is(tap, "a,b\n1\n1,2,3\n(2 rows)\n", &all, "f 2 4+2 a=1\nf 3 6+6 a=1 b=2 +=3\n",
	   "what a row has, and no foot");
	is(tap, "1,2\n\"1\n2\",\"\"\"\"\n", &all, "f 1 0+4 column1=1 column2=2\nf 2 4+11 column1=1\\x0a2 column2=\"\n", "a row of two lines");
	is(tap, "a,b\n", &all, "", "no row");
}

static const char split[] = "TOY1\nT calls account dialled\nu1|07700900001\n\\N|\nT b x\n1\n2\nT calls\nu2|07700900002\n";

static void test_tables(struct tap *tap)
{
	static const struct rows_options b = { .table = "B" }, none = { .table = "c" }, two = { .head = 2 };
	struct taken taken;
	struct rows_counts counts;
	struct error error = { 0 };
	bool good;

	is(tap, split, &all, "calls 3 29+15 account=u1 dialled=07700900001\ncalls 4 44+4 account=NULL dialled=\n"
			     "b 6 54+2 x=1\nb 7 56+2 x=2\ncalls 9 66+15 account=u2 dialled=07700900002\n",
	   "rows of two tables, in the order of the dump");
	is(tap, split, &b, "b 6 54+2 x=1\nb 7 56+2 x=2\n", "those of one");
	is(tap, split, &two, "calls 3 29+15 account=u1 dialled=07700900001\ncalls 4 44+4 account=NULL dialled=\n", "the first two");
	good = take("f.csv", &two, 1, &taken, &counts, &error) == STATUS_OK;
	OK(tap, good && counts.stopped && counts.written == 2 &&
			strstr(taken.said.data, "stopped behind 2 rows"), "which is said");
	release(&taken);
	good = take("f.csv", &none, 1, &taken, &counts, &error) == STATUS_USAGE;
	OK(tap, good && taken.rows == 0 &&
			strstr(error.text, "there is no table c; the tables are calls, b"), "a table that there is not: %s", error.text);
	release(&taken);
	is(tap, "TOYROWS\nc u1||\\N|07700900001|3\na a1|l1|\nc u2|||07700900002|\n", &all,
	   "calls 2 8+23 account=u1 started= presented=NULL dialled=07700900001 talk=3\naccounts 3 31+9 account=a1 login=l1 email=\n"
	   "calls 4 40+20 account=u2 started= presented= dialled=07700900002 talk=\n", "of a format that gives row by row");
}

/* Enough rows of a kind for several blocks. */
static void draw(struct buf *text, const char *head, unsigned rows, const char *between)
{
	buf_text(text, head);
	for (unsigned i = 0; i < rows; i++) {
		buf_format(text, "u%u|%u|\"%s\"|0770090%04u\n", i, i * 7, i % 3 ? "x" : "yy", i % 1000);
		if (i % 40000 == 17)
			buf_text(text, between);
	}
}

static void test_threads(struct tap *tap, const char *file, uint64_t rows)
{
	static const struct rows_options some = { .head = 50001 };
	struct taken first, taken;
	struct rows_counts counts;
	struct error error = { 0 };
	bool good;

	good = take(file, &all, 1, &first, &counts, &error) == STATUS_OK;
	OK(tap, good && counts.written == rows && first.rows == rows && first.sound,
	   "%s: %llu rows %s", file, (unsigned long long)first.rows, error.text);
	for (unsigned threads = 2; threads <= 4; threads++) {
		good = take(file, &all, threads, &taken, &counts, &error) == STATUS_OK;
		OK(tap, good && taken.rows == first.rows &&
				taken.sum == first.sum && taken.tables == first.tables && tap_same(taken.said.data, first.said.data),
		   "the same on %u threads", threads);
		release(&taken);
		good = take(file, &some, threads, &taken, &counts, &error) == STATUS_OK;
		OK(tap, good && taken.rows == 50001 && counts.stopped,
		   "and the first of them: %llu", (unsigned long long)taken.rows);
		release(&taken);
	}
	release(&first);
}

static void test_many(struct tap *tap)
{
	struct buf text = { 0 };

	draw(&text, "TOY1\nT a w x y z\n", 150000, "T b w x y z\nu|1|2|3\nT a\n");
	OK(tap, scratch_write("toy", text.data, text.len), "a dump of two tables");
	test_threads(tap, "toy", 150000 + 4);
	buf_clear(&text);
	draw(&text, "w|x|y|z\n", 150000, "one|\"open\nw|x|y|z\n\n");
	OK(tap, scratch_write("bars", text.data, text.len), "a table with what is no row in it");
	test_threads(tap, "bars", 150000);
	buf_release(&text);
}

/* Each allocation is refused in turn: all rows come, or that there is no memory is said. */
static void test_starved(struct tap *tap)
{
	struct taken whole, taken;
	struct rows_counts counts;
	struct error error = { 0 };
	unsigned refused = 0, odd = 0;
	bool more = take("f.csv", &all, 1, &whole, &counts, &error) == STATUS_OK;

	for (long n = 0; more; n++) {
		enum status status;

		starve_failed = false;
		starve_left = n;
		status = take("f.csv", &all, 1, &taken, &counts, &error);
		starve_left = -1;
		more = starve_failed;
		refused += more;
		if (!taken.text.failed && !taken.said.failed)
			odd += status == STATUS_OK ? taken.sum != whole.sum : strcmp(error.text, "out of memory") != 0;
		release(&taken);
	}
	OK(tap, refused > 20 && odd == 0, "%u times without memory, %u of them odd", refused, odd);
	release(&whole);
}

/* What the taker says. */
static enum status fail(void *context, const struct rows_table *told, const struct rows_row *given, struct error *error)
{
	(void)context;
	(void)told;
	(void)given;
	return error_set(error, STATUS_USAGE, "no more");
}

static void test_failures(struct tap *tap)
{
	static const struct observer quiet = { NULL, NULL, NULL, NULL };
	const struct rows_taker taker = { fail, NULL, NULL };
	struct ingest_options options = ingest_options_none();
	struct rows_counts counts = { 0 };
	struct error error = { 0 };

	options.formats = table;
	OK(tap, scratch_write("f.csv", split, sizeof split - 1) &&
			ingest_rows(&options, &all, "f.csv", &quiet, &taker, &counts, &error) == STATUS_USAGE && tap_same(error.text, "no more"),
	   "what the taker says ends it: %s", error.text);
	test_starved(tap);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_delimited(&tap);
	test_tables(&tap);
	test_many(&tap);
	test_failures(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
