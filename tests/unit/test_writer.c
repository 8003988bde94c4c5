/* SPDX-License-Identifier: Apache-2.0 */
/* Every format, with texts as hostile as evidence can be. */
#include <stdlib.h>
#include <string.h>

#include "output/writer.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NONE { NULL, 0 }

static struct tap tap;

static bool keep(void *context, const void *data, size_t len)
{
	struct buf *out = context;

	buf_add(out, data, len);
	return !out->failed;
}

/* Takes *context bytes and then no more. */
static bool fill_up(void *context, const void *data, size_t len)
{
	size_t *room = context;

	(void)data;
	if (len > *room)
		return false;
	*room -= len;
	return true;
}

/* A text with its NULs. */
#define BYTES(literal) { literal, sizeof(literal) - 1 }

struct table_case {
	const char *format;
	size_t width;
	bool terminal;
	const struct writer_column *columns;
	size_t count;
	const struct text *cells;       /* rows times count */
	size_t rows;
};

static void render(const struct table_case *c, struct buf *out)
{
	struct writer_options options = { writer_format_find(c->format), keep, out, c->terminal, c->width };
	struct writer writer;
	enum status status;

	writer_init(&writer, &options);
	status = writer_begin(&writer, c->columns, c->count);
	for (size_t i = 0; i < c->rows && status == STATUS_OK; i++)
		status = writer_row(&writer, c->cells + i * c->count);
	if (status == STATUS_OK)
		status = writer_end(&writer);
	OK(&tap, status == STATUS_OK, "%s: written", c->format);
	writer_release(&writer);
	writer_release(&writer);
}

static void check(const char *name, const struct table_case *c, struct text expected)
{
	struct buf out = { 0 };

	render(c, &out);
	if (!text_equal(buf_view(&out), expected))
		printf("# expected: %s\n# got: %s\n", expected.data, out.data);
	OK(&tap, text_equal(buf_view(&out), expected), "%s", name);
	buf_release(&out);
}

static const struct writer_column typed[] = {
	{ "words", CELL_TEXT }, { "list", CELL_LIST },     { "n", CELL_INTEGER },   { "real", CELL_REAL },
	{ "sum", CELL_AMOUNT }, { "at", CELL_TIME },       { "no", CELL_NUMBER },   { "id", CELL_ID },
};

static void test_types(void)
{
	const struct text cells[] = {
		BYTES("plain"), BYTES("a;b\\;c\\\\d;"), BYTES("-7"),    BYTES("1.5"),
		BYTES("-0.05"), BYTES("2022-03-27T00:59:58Z"), BYTES("+442079460101"), BYTES("S1"),
		NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE,
		BYTES(""), BYTES(""), BYTES("007"), BYTES("Inf"), BYTES(""), BYTES(""), BYTES(""), BYTES(""),
	};
	struct table_case c = { "csv", 0, false, typed, COUNT(typed), cells, 3 };

	check("csv: types", &c,
	      text_of("words,list,n,real,sum,at,no,id\n"
		      "plain,a;b\\;c\\\\d;,-7,1.5,-0.05,2022-03-27T00:59:58Z,+442079460101,S1\n"
		      ",,,,,,,\n,,007,Inf,,,,\n"));
	c.format = "tsv";
	check("tsv: types", &c,
	      text_of("words\tlist\tn\treal\tsum\tat\tno\tid\n"
		      "plain\ta;b\\\\;c\\\\\\\\d;\t-7\t1.5\t-0.05\t2022-03-27T00:59:58Z\t+442079460101\tS1\n"
		      "\t\t\t\t\t\t\t\n\t\t007\tInf\t\t\t\t\n"));
	c.format = "jsonl";
	check("jsonl: types, null, what is no number, lists", &c,
	      text_of("{\"words\":\"plain\",\"list\":[\"a\",\"b;c\\\\d\",\"\"],\"n\":-7,\"real\":1.5,\"sum\":\"-0.05\","
		      "\"at\":\"2022-03-27T00:59:58Z\",\"no\":\"+442079460101\",\"id\":\"S1\"}\n"
		      "{\"words\":null,\"list\":null,\"n\":null,\"real\":null,\"sum\":null,\"at\":null,\"no\":null,"
		      "\"id\":null}\n"
		      "{\"words\":\"\",\"list\":[],\"n\":\"007\",\"real\":\"Inf\",\"sum\":\"\",\"at\":\"\",\"no\":\"\","
		      "\"id\":\"\"}\n"));
}

static void test_json_frame(void)
{
	const struct writer_column columns[] = { { "a\"", CELL_INTEGER } };
	const struct text cells[] = { BYTES("1"), BYTES("2") };
	struct table_case c = { "json", 0, false, columns, 1, cells, 2 };

	check("json: an array, one object a line", &c, text_of("[\n{\"a\\\"\":1},\n{\"a\\\"\":2}\n]\n"));
	c.rows = 0;
	check("json: an empty array", &c, text_of("[\n]\n"));
	c.format = "jsonl";
	check("jsonl: nothing", &c, text_of(""));
	c.format = "csv";
	check("csv: a header alone, quoted", &c, text_of("\"a\"\"\"\n"));
}

static void test_json_numbers(void)
{
	static const struct {
		const char *text;
		bool number;
	} samples[] = {
		{ "0", true },      { "-0", true },   { "10", true },    { "1.50", true }, { "1e9", true },
		{ "1.0e+20", true }, { "1E-5", true }, { "01", false },   { "+1", false },  { "1.", false },
		{ ".5", false },    { "-", false },   { "1e", false },   { "1e+", false }, { "1 ", false },
		{ "0x1", false },   { "--1", false }, { "NaN", false },  { "-01", false },
	};
	const struct writer_column column = { "v", CELL_REAL };

	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct text cell = text_of(samples[i].text);
		const struct table_case c = { "jsonl", 0, false, &column, 1, &cell, 1 };
		char expected[40];

		(void)snprintf(expected, sizeof(expected), samples[i].number ? "{\"v\":%s}\n" : "{\"v\":\"%s\"}\n",
			       samples[i].text);
		check(samples[i].text, &c, text_of(expected));
	}
}

static const struct writer_column words = { "words", CELL_TEXT };

/* One hostile text in each format. */
static void test_hostile(void)
{
	static const struct {
		struct text text, csv, tsv, json;
	} samples[] = {
		{ BYTES("=cmd|' /C calc'!A0"), BYTES("'=cmd|' /C calc'!A0"), BYTES("=cmd|' /C calc'!A0"),
		  BYTES("\"=cmd|' /C calc'!A0\"") },
		{ BYTES("+442079460101"), BYTES("+442079460101"), BYTES("+442079460101"), BYTES("\"+442079460101\"") },
		{ BYTES("-1+1"), BYTES("'-1+1"), BYTES("-1+1"), BYTES("\"-1+1\"") },
		{ BYTES("@SUM(A1),2"), BYTES("\"'@SUM(A1),2\""), BYTES("@SUM(A1),2"), BYTES("\"@SUM(A1),2\"") },
		{ BYTES("\t=1"), BYTES("\"'\t=1\""), BYTES("\\t=1"), BYTES("\"\\u0009=1\"") },
		{ BYTES("\r=1"), BYTES("\"'\r=1\""), BYTES("\\r=1"), BYTES("\"\\u000d=1\"") },
		{ BYTES("a\"b"), BYTES("\"a\"\"b\""), BYTES("a\"b"), BYTES("\"a\\\"b\"") },
		{ BYTES("\"\""), BYTES("\"\"\"\"\"\""), BYTES("\"\""), BYTES("\"\\\"\\\"\"") },
		{ BYTES("two\nlines"), BYTES("\"two\nlines\""), BYTES("two\\nlines"), BYTES("\"two\\u000alines\"") },
		{ BYTES(" lead"), BYTES("\" lead\""), BYTES(" lead"), BYTES("\" lead\"") },
		{ BYTES("trail\t"), BYTES("\"trail\t\""), BYTES("trail\\t"), BYTES("\"trail\\u0009\"") },
		{ BYTES("a\0b"), BYTES("a\0b"), BYTES("a\0b"), BYTES("\"a\\u0000b\"") },
		{ BYTES("back\\slash"), BYTES("back\\slash"), BYTES("back\\\\slash"), BYTES("\"back\\\\slash\"") },
		{ BYTES("\x1b]0;x\a"), BYTES("\x1b]0;x\a"), BYTES("\x1b]0;x\a"), BYTES("\"\\u001b]0;x\\u0007\"") },
		{ BYTES("\xff\xc3"), BYTES("\xff\xc3"), BYTES("\xff\xc3"), BYTES("\"\\\\xff\\\\xc3\"") },
		{ BYTES("\xed\xa0\x80"), BYTES("\xed\xa0\x80"), BYTES("\xed\xa0\x80"), BYTES("\"\\\\xed\\\\xa0\\\\x80\"") },
		{ BYTES("\xe2\x80\xae" "evil"), BYTES("\xe2\x80\xae" "evil"), BYTES("\xe2\x80\xae" "evil"),
		  BYTES("\"\\u202eevil\"") },
		{ BYTES("caf\xc3\xa9 \xf0\x9f\x98\x80"), BYTES("caf\xc3\xa9 \xf0\x9f\x98\x80"),
		  BYTES("caf\xc3\xa9 \xf0\x9f\x98\x80"), BYTES("\"caf\xc3\xa9 \xf0\x9f\x98\x80\"") },
	};

	for (size_t i = 0; i < COUNT(samples); i++) {
		struct table_case c = { "csv", 0, false, &words, 1, &samples[i].text, 1 };
		struct buf expected = { 0 };

		buf_text(&expected, "words\n");
		buf_add(&expected, samples[i].csv.data, samples[i].csv.len);
		buf_byte(&expected, '\n');
		check("csv: hostile text", &c, buf_view(&expected));
		buf_clear(&expected);
		c.format = "tsv";
		buf_text(&expected, "words\n");
		buf_add(&expected, samples[i].tsv.data, samples[i].tsv.len);
		buf_byte(&expected, '\n');
		check("tsv: hostile text", &c, buf_view(&expected));
		buf_clear(&expected);
		c.format = "jsonl";
		buf_text(&expected, "{\"words\":");
		buf_add(&expected, samples[i].json.data, samples[i].json.len);
		buf_text(&expected, "}\n");
		check("jsonl: hostile text", &c, buf_view(&expected));
		buf_release(&expected);
	}
}

static void test_csv_details(void)
{
	const struct writer_column own[] = { { "no", CELL_NUMBER }, { "sum", CELL_AMOUNT }, { "list", CELL_LIST } };
	const struct text cells[] = { BYTES("+1"), BYTES("-1.00"), BYTES("=a;b") };
	const struct table_case c = { "csv", 0, false, own, 3, cells, 1 };
	const struct text empty = NONE;
	const struct table_case one = { "csv", 0, false, &words, 1, &empty, 1 };

	check("csv: our own types are not defused, lists are", &c, text_of("no,sum,list\n+1,-1.00,'=a;b\n"));
	check("csv: an empty line would be no row", &one, text_of("words\n\"\"\n"));
}

static void test_terminal(void)
{
	const struct text cell = BYTES("\x1b[31m\\");
	struct table_case c = { "csv", 80, true, &words, 1, &cell, 1 };

	check("csv on a terminal is escaped", &c, text_of("words\n\\x1b[31m\\\\\n"));
	c.format = "json";
	check("json is safe as it is", &c, text_of("[\n{\"words\":\"\\u001b[31m\\\\\"}\n]\n"));
	c.format = "table";
	check("table is escaped once", &c, text_of("words\n\\x1b[31m\\\\\n"));
}

static const struct writer_column narrow[] = {
	{ "name", CELL_TEXT }, { "calls", CELL_INTEGER }, { "spend", CELL_AMOUNT }, { "why", CELL_TEXT },
};

static void test_table(void)
{
	const struct text cells[] = {
		BYTES("caf\xc3\xa9"), BYTES("7"), BYTES("1641.84"), BYTES("harm 35: spend 1641.84 GBP"),
		BYTES("a\nb"), BYTES("123456"), NONE, NONE,
		NONE, BYTES("0"), BYTES("-0.05"), BYTES("x"),
	};
	struct table_case c = { "table", 0, false, narrow, 4, cells, 3 };

	check("table: aligned, no blanks at the end", &c,
	      text_of("name     calls    spend  why\n"
		      "caf\xc3\xa9         7  1641.84  harm 35: spend 1641.84 GBP\n"
		      "a\\x0ab  123456\n"
		      "             0    -0.05  x\n"));
	c.width = 40;
	check("table: texts are cut to the width", &c,
	      text_of("name     calls    spend  why\n"
		      "caf\xc3\xa9         7  1641.84  harm 35: spe...\n"
		      "a\\x0ab  123456\n"
		      "             0    -0.05  x\n"));
	c.rows = 0;
	check("table: a header alone", &c, text_of("name  calls  spend  why\n"));
}

static void test_table_narrow(void)
{
	const struct text cells[] = { BYTES("abcdefghijklmnopqrstuvwxyz"), BYTES("12345678901"), BYTES("1.00"),
				      BYTES("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
					    "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9") };
	const struct table_case c = { "table", 10, false, narrow, 4, cells, 1 };

	check("table: not below 12, never through a number or a code point", &c,
	      text_of("name                calls  spend  why\n"
		      "abcdefghi...  12345678901   1.00  \xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9"
		      "\xc3\xa9...\n"));
}

/* Beyond the rows that settle the widths the table streams. */
static void test_table_stream(void)
{
	struct buf out = { 0 };
	struct writer_options options = { writer_format_find("table"), keep, &out, false, 20 };
	const struct writer_column columns[] = { { "n", CELL_INTEGER }, { "w", CELL_TEXT } };
	const struct text small[] = { BYTES("1"), BYTES("a") };
	const struct text large[] = { BYTES("1234567"), BYTES("abcdefghijklmnopqrstuvwxyz") };
	struct writer writer;
	bool good = true;

	writer_init(&writer, &options);
	good = writer_begin(&writer, columns, 2) == STATUS_OK;
	for (int i = 0; i < 1500 && good; i++)
		good = writer_row(&writer, i < 1400 ? small : large) == STATUS_OK;
	OK(&tap, good && writer_end(&writer) == STATUS_OK, "table: 1,500 rows");
	OK(&tap, writer.rows == 1500, "the rows are counted");
	OK(&tap, out.len == 5 + 1400 * 5 + 100 * (7 + 2 + 26 + 1), "later rows are not cut below 12: %zu bytes", out.len);
	OK(&tap, out.data && !strncmp(out.data, "n  w\n1  a\n", 10), "they begin as the first do");
	writer_release(&writer);
	buf_release(&out);
}

static void test_typed_row(void)
{
	struct buf out = { 0 };
	struct writer_options options = { writer_format_find("csv"), keep, &out, false, 0 };
	const struct writer_column column = { "presented", CELL_NUMBER };
	const struct text number = BYTES("+442079460101"), evil = BYTES("+1+cmd");
	const enum cell_type text_type = CELL_TEXT;
	struct writer writer;

	writer_init(&writer, &options);
	(void)writer_begin(&writer, &column, 1);
	(void)writer_row(&writer, &number);
	(void)writer_row_typed(&writer, &evil, &text_type);
	OK(&tap, writer_end(&writer) == STATUS_OK, "a cell of another type");
	OK(&tap, tap_same(out.data, "presented\n+442079460101\n'+1+cmd\n"), "is written as its own");
	writer_release(&writer);
	buf_release(&out);
}

/* Whatever the sink takes before it fails, the failure comes out. */
static void test_broken_sink(void)
{
	const struct text cell = BYTES("0123456789");

	for (size_t f = 0; writer_format_at(f); f++) {
		for (size_t room = 0; room < 200000; room += 66000) {
			size_t left = room;
			struct writer_options options = { writer_format_at(f), fill_up, &left, false, 0 };
			struct writer writer;
			enum status status;

			writer_init(&writer, &options);
			status = writer_begin(&writer, &words, 1);
			for (int i = 0; i < 40000 && status == STATUS_OK; i++)
				status = writer_row(&writer, &cell);
			if (status == STATUS_OK)
				status = writer_end(&writer);
			OK(&tap, status == STATUS_FAILED && writer.broken, "%s: full after %zu bytes",
			   writer_format_at(f)->name, room);
			OK(&tap, writer_row(&writer, &cell) == STATUS_FAILED && writer_end(&writer) == STATUS_FAILED,
			   "and stays so");
			writer_release(&writer);
		}
	}
}

static void test_misuse(void)
{
	struct buf out = { 0 };
	struct writer_options options = { writer_format_find("table"), keep, &out, false, 0 };
	const struct text cell = BYTES("x");
	struct writer writer;

	OK(&tap, writer_format_find("xml") == NULL, "there is no xml");
	writer_init(&writer, &options);
	OK(&tap, writer_row(&writer, &cell) == STATUS_FAILED, "a row before the table");
	OK(&tap, writer_begin(&writer, &words, 0) == STATUS_FAILED, "a table without columns");
	OK(&tap, writer_begin(&writer, &words, 1) == STATUS_OK, "a table with one");
	OK(&tap, writer_begin(&writer, &words, 1) == STATUS_FAILED, "begins once");
	OK(&tap, writer_row(&writer, &cell) == STATUS_OK, "and goes on");
	writer_release(&writer);
	buf_release(&out);
}

int main(void)
{
	test_types();
	test_json_frame();
	test_json_numbers();
	test_hostile();
	test_csv_details();
	test_terminal();
	test_table();
	test_table_narrow();
	test_table_stream();
	test_typed_row();
	test_broken_sink();
	test_misuse();
	return tap_done(&tap);
}
