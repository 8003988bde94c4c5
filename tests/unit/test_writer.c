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

/* Whether csv is to have cells as they are. */
static bool exact;

struct table_case {
	const char *format;
	size_t width;
	bool terminal;
	const struct sheet_column *columns;
	size_t count;
	const struct text *cells;       /* rows times count */
	size_t rows;
};

#define CELLS_MOST 8

/* A row of texts, each of the type of its column, with the value that it says. */
static enum status write_texts(struct writer *writer, const struct text *texts)
{
	struct cell cells[CELLS_MOST];

	for (size_t i = 0; i < writer->sheet.count; i++)
		cells[i] = cell_read(writer->sheet.columns[i].type, texts[i]);
	return writer_row(writer, cells);
}

static enum status begin(struct writer *writer, const struct sheet_column *columns, size_t count)
{
	const struct sheet sheet = { .name = "t", .columns = columns, .count = count };

	return writer_begin(writer, &sheet);
}

static struct writer_options options_of(const struct writer_format *format, struct buf *out)
{
	return (struct writer_options){ .format = format, .write = keep, .context = out };
}

static void render(const struct table_case *c, struct buf *out)
{
	struct writer_options options = options_of(writer_format_find(c->format), out);
	struct writer writer;
	enum status status;

	options.terminal = c->terminal;
	options.exact = exact;
	options.width = c->width;
	status = writer_open(&writer, &options);
	if (status == STATUS_OK)
		status = begin(&writer, c->columns, c->count);
	for (size_t i = 0; i < c->rows && status == STATUS_OK; i++)
		status = write_texts(&writer, c->cells + i * c->count);
	if (status == STATUS_OK)
		status = writer_end(&writer);
	if (status == STATUS_OK)
		status = writer_close(&writer);
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

static const struct sheet_column typed[] = {
	{ "words", CELL_TEXT, NULL }, { "list", CELL_LIST, NULL },     { "n", CELL_INTEGER, NULL },   { "real", CELL_REAL, NULL },
	{ "sum", CELL_AMOUNT, NULL }, { "at", CELL_TIME, NULL },       { "no", CELL_NUMBER, NULL },   { "id", CELL_ID, NULL },
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
	const struct sheet_column columns[] = { { "a\"", CELL_INTEGER, NULL } };
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
	const struct sheet_column column = { "v", CELL_REAL, NULL };

	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct text cell = text_of(samples[i].text);
		const struct table_case c = { "jsonl", 0, false, &column, 1, &cell, 1 };
		char expected[40];

		(void)snprintf(expected, sizeof(expected), samples[i].number ? "{\"v\":%s}\n" : "{\"v\":\"%s\"}\n",
			       samples[i].text);
		check(samples[i].text, &c, text_of(expected));
	}
}

static const struct sheet_column words = { "words", CELL_TEXT, NULL };

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
		{ BYTES("-12.50"), BYTES("-12.50"), BYTES("-12.50"), BYTES("\"-12.50\"") },
		{ BYTES("'s"), BYTES("''s"), BYTES("'s"), BYTES("\"'s\"") },
		{ BYTES(";=1"), BYTES("';=1"), BYTES(";=1"), BYTES("\";=1\"") },
		{ BYTES("\n=1"), BYTES("\"'\n=1\""), BYTES("\\n=1"), BYTES("\"\\u000a=1\"") },
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
	const struct sheet_column own[] = { { "no", CELL_NUMBER, NULL }, { "sum", CELL_AMOUNT, NULL }, { "list", CELL_LIST, NULL } };
	const struct text cells[] = { BYTES("+1"), BYTES("-1.00"), BYTES("=a;b") };
	const struct table_case c = { "csv", 0, false, own, 3, cells, 1 };
	const struct text empty = NONE;
	const struct table_case one = { "csv", 0, false, &words, 1, &empty, 1 };

	check("csv: our own types are not defused, lists are", &c, text_of("no,sum,list\n+1,-1.00,'=a;b\n"));
	check("csv: an empty line would be no row", &one, text_of("words\n\"\"\n"));
}

/* Whether csv has an apostrophe before a cell, whatever its type, and with `exact` has none. */
static void is_defused(const char *cell, bool defused)
{
	static const enum cell_type types[] = { CELL_TEXT, CELL_LIST, CELL_INTEGER, CELL_AMOUNT, CELL_NUMBER, CELL_ID };
	const struct text text = text_of(cell);

	for (size_t i = 0; i < COUNT(types); i++) {
		const struct sheet_column column = { "c", types[i], NULL };
		const struct table_case c = { "csv", 0, false, &column, 1, &text, 1 };
		struct buf expected = { 0 };

		buf_format(&expected, "c\n%s%s\n", defused ? "'" : "", cell);
		check(cell, &c, buf_view(&expected));
		buf_clear(&expected);
		exact = true;
		buf_format(&expected, "c\n%s\n", cell);
		check("exact", &c, buf_view(&expected));
		buf_release(&expected);
		exact = false;
	}
}

static void test_formulas(void)
{
	static const char *const armed[] = {
		"=1", "+", "+1+1", "+0207", "+44 20", "+1234567890123456", "-", "--1", "-1-1", "-.5", "-1.", "-1.2.3", "-1e", "-1e5x",
		"-0x10", "@A1", ";", "'", "''", "'=1", "+1;2", "\xef\xbc\x9dz", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0",
	};
	static const char *const harmless[] = {
		"+1", "+442079460101", "+123456789012345", "-1", "-12.50", "-007.5", "-1e5", "-1.5E-07", "1-1", "a=1", "x'", "\xef\xbc\x91",
		"\xef\xbc", "0", "2022-03-27T00:59:58Z",
	};
	const struct text cell = BYTES("x");
	const struct sheet_column named = { "-sum(x)", CELL_TEXT, NULL };
	const struct table_case c = { "csv", 0, false, &named, 1, &cell, 1 };

	for (size_t i = 0; i < COUNT(armed); i++)
		is_defused(armed[i], true);
	for (size_t i = 0; i < COUNT(harmless); i++)
		is_defused(harmless[i], false);
	check("csv: a column's name is defused too", &c, text_of("'-sum(x)\nx\n"));
}

static void test_terminal(void)
{
	const struct text cell = BYTES("\x1b[31m\\");
	const struct sheet_column named = { "\x1b[32m\xf3\xa0\x80\x81", CELL_TEXT, NULL };
	struct table_case c = { "csv", 80, true, &words, 1, &cell, 1 };

	check("csv on a terminal is escaped", &c, text_of("words\n\\x1b[31m\\\\\n"));
	c.format = "json";
	check("json is safe as it is", &c, text_of("[\n{\"words\":\"\\u001b[31m\\\\\"}\n]\n"));
	c.format = "table";
	check("table is escaped once", &c, text_of("words\n\\x1b[31m\\\\\n"));
	c.columns = &named;
	check("so is a column's name", &c, text_of("\\x1b[32m\\xf3\\xa0\\x80\\x81\n\\x1b[31m\\\\\n"));
	c.format = "csv";
	check("in csv too", &c, text_of("\\x1b[32m\\xf3\\xa0\\x80\\x81\n\\x1b[31m\\\\\n"));
	c.format = "json";
	check("and in json", &c, text_of("[\n{\"\\u001b[32m\\udb40\\udc01\":\"\\u001b[31m\\\\\"}\n]\n"));
	c.format = "csv";
	c.terminal = false;
	check("a file has the name as it is", &c, text_of("\x1b[32m\xf3\xa0\x80\x81\n\x1b[31m\\\n"));
}

static const struct sheet_column narrow[] = {
	{ "name", CELL_TEXT, NULL }, { "calls", CELL_INTEGER, NULL }, { "spend", CELL_AMOUNT, NULL }, { "why", CELL_TEXT, NULL },
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
	struct writer_options options = options_of(writer_format_find("table"), &out);
	const struct sheet_column columns[] = { { "n", CELL_INTEGER, NULL }, { "w", CELL_TEXT, NULL } };
	const struct text small[] = { BYTES("1"), BYTES("a") };
	const struct text large[] = { BYTES("1234567"), BYTES("abcdefghijklmnopqrstuvwxyz") };
	struct writer writer;
	bool good = true;

	options.width = 20;
	good = writer_open(&writer, &options) == STATUS_OK && begin(&writer, columns, 2) == STATUS_OK;
	for (int i = 0; i < 1500 && good; i++)
		good = write_texts(&writer, i < 1400 ? small : large) == STATUS_OK;
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
	struct writer_options options = options_of(writer_format_find("csv"), &out);
	const struct sheet_column column = { "presented", CELL_NUMBER, NULL };
	const struct text number = BYTES("+442079460101"), evil = BYTES("+1+cmd");
	const struct cell cell = cell_of(CELL_TEXT, evil);
	struct writer writer;

	(void)writer_open(&writer, &options);
	(void)begin(&writer, &column, 1);
	(void)write_texts(&writer, &number);
	(void)writer_row(&writer, &cell);
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
			struct writer_options options = { .format = writer_format_at(f), .write = fill_up,
							  .context = &left };
			struct writer writer;
			enum status status = writer_open(&writer, &options);

			if (status == STATUS_OK)
				status = begin(&writer, &words, 1);
			for (int i = 0; i < 40000 && status == STATUS_OK; i++)
				status = write_texts(&writer, &cell);
			if (status == STATUS_OK)
				status = writer_end(&writer);
			OK(&tap, status == STATUS_FAILED && writer.sink.broken, "%s: full after %zu bytes",
			   writer_format_at(f)->name, room);
			OK(&tap, write_texts(&writer, &cell) == STATUS_FAILED && writer_end(&writer) == STATUS_FAILED &&
					 writer_close(&writer) == STATUS_FAILED, "and stays so");
			writer_release(&writer);
		}
	}
}

static void test_formats(void)
{
	size_t on_terminal = 0, elsewhere = 0;

	OK(&tap, writer_format_find("xml") == NULL, "there is no xml");
	for (size_t i = 0; writer_format_at(i); i++) {
		const struct writer_format *format = writer_format_at(i);

		OK(&tap, writer_format_find(format->name) == format && format->about && format->row, "%s is found",
		   format->name);
		on_terminal += (format->flags & WRITER_ON_TERMINAL) != 0;
		elsewhere += (format->flags & WRITER_ELSEWHERE) != 0;
	}
	OK(&tap, on_terminal == 1 && !strcmp(writer_format_for(WRITER_ON_TERMINAL)->name, "table"),
	   "one is for a terminal");
	OK(&tap, elsewhere == 1 && !strcmp(writer_format_for(WRITER_ELSEWHERE)->name, "csv"), "and one for the rest");
}

/* Calls out of turn fail and change nothing. */
static void test_misuse(void)
{
	struct buf out = { 0 };
	const struct writer_options options = options_of(writer_format_find("csv"), &out);
	const struct text cell = BYTES("x");
	const struct cell loose = cell_of(CELL_TEXT, cell);
	struct writer writer = { 0 };

	OK(&tap, begin(&writer, &words, 1) == STATUS_FAILED, "a table before the output is open");
	OK(&tap, writer_open(&writer, &options) == STATUS_OK, "an output");
	OK(&tap, writer_row(&writer, &loose) == STATUS_FAILED, "a row before the table");
	OK(&tap, writer_end(&writer) == STATUS_FAILED, "an end before it");
	OK(&tap, begin(&writer, &words, 0) == STATUS_FAILED, "a table without columns");
	OK(&tap, begin(&writer, &words, 1) == STATUS_OK, "a table with one");
	OK(&tap, begin(&writer, &words, 1) == STATUS_FAILED, "one within it");
	OK(&tap, writer_close(&writer) == STATUS_FAILED, "a close within it");
	OK(&tap, write_texts(&writer, &cell) == STATUS_OK, "and goes on");
	OK(&tap, writer_end(&writer) == STATUS_OK, "to its end");
	OK(&tap, begin(&writer, &words, 1) == STATUS_USAGE, "a second table");
	OK(&tap, tap_same(writer.error.text, "format csv holds one table"), "is too many: %s", writer.error.text);
	OK(&tap, writer_close(&writer) == STATUS_OK && writer_close(&writer) == STATUS_FAILED, "closes once");
	OK(&tap, tap_same(out.data, "words\nx\n"), "and all of it is there");
	writer_release(&writer);
	buf_release(&out);
}

/* --- a format of the tests alone: binary, several tables, values ---------- */

struct toy {
	unsigned fail_at;       /* the row that it cannot take; 0: none */
	unsigned rows;
};

static void put_bytes(struct writer *writer, char tag, struct text text)
{
	buf_byte(&writer->sink.out, tag);
	buf_byte(&writer->sink.out, (char)text.len);
	buf_add(&writer->sink.out, text.data, text.len);
}

static void toy_open(struct writer *writer)
{
	static struct toy toy;

	toy = (struct toy){ 0, 0 };
	writer->state = &toy;
	buf_add(&writer->sink.out, "TOY", 4);
	if (!writer->options.document)
		return;
	put_bytes(writer, 'D', text_of(writer->options.document->title));
	buf_format(&writer->sink.out, "%lld;", (long long)writer->options.document->made);
	if (writer->options.document->temporary)
		toy.fail_at = 2;
}

static void toy_begin(struct writer *writer)
{
	put_bytes(writer, 'S', text_of(writer->sheet.name));
	put_bytes(writer, 'T', text_of(writer->sheet.title));
	put_bytes(writer, 'N', text_of(writer->sheet.note));
	for (size_t i = 0; i < writer->sheet.count; i++)
		put_bytes(writer, 'C', text_of(writer->sheet.columns[i].unit));
}

/* Values where there are some, each eight bytes; else texts. */
static void toy_row(struct writer *writer, const struct cell *cells)
{
	struct toy *toy = writer->state;

	if (++toy->rows == toy->fail_at) {
		writer->failure = error_set(&writer->error, STATUS_FAILED, "format toy takes %u rows", toy->rows - 1);
		return;
	}
	for (size_t i = 0; i < writer->sheet.count; i++) {
		if (!cells[i].valued) {
			put_bytes(writer, cells[i].text.data ? 't' : '-', cells[i].text);
			continue;
		}
		buf_byte(&writer->sink.out, (char)('0' + cells[i].exponent));
		for (unsigned byte = 0; byte < 8; byte++)
			buf_byte(&writer->sink.out, (char)((uint64_t)cells[i].value >> (8 * byte)));
	}
}

static void toy_end(struct writer *writer)
{
	buf_byte(&writer->sink.out, 'E');
}

static void toy_close(struct writer *writer)
{
	buf_format(&writer->sink.out, "Z%zu", writer->sheets);
}

static void toy_release(struct writer *writer)
{
	writer->state = NULL;
}

static const struct writer_format toy_format = {
	.name = "toy",
	.about = "for the tests",
	.flags = WRITER_BINARY | WRITER_MANY,
	.open = toy_open,
	.begin = toy_begin,
	.row = toy_row,
	.end = toy_end,
	.close = toy_close,
	.release = toy_release,
};

static void test_many(void)
{
	static const struct sheet_column money[] = { { "sum", CELL_AMOUNT, "currency" }, { "currency", CELL_ID, NULL } };
	static const struct sheet_column times[] = { { "at", CELL_TIME, NULL } };
	const struct sheet first = { .name = "a", .title = "A", .note = "1 of 2", .columns = money, .count = 2 };
	const struct sheet second = { .name = "b", .columns = times, .count = 1 };
	const struct text paid[] = { BYTES("-16.41"), BYTES("GBP") };
	const struct text at[] = { BYTES("1970-01-01T00:00:02Z") };
	const struct text none[] = { NONE };
	static const char expected[] = "TOY\0D\1t7;S\1aT\1AN\0061 of 2C\10currencyC\0"
				       "2\227\371\377\377\377\377\377\377t\3GBPE"
				       "S\1bT\0N\0C\0" "0\2\0\0\0\0\0\0\0-\0EZ2";
	const struct writer_document document = { .title = "t", .made = 7 };
	struct buf out = { 0 };
	struct writer_options options = options_of(&toy_format, &out);
	struct writer writer;

	options.document = &document;
	OK(&tap, writer_open(&writer, &options) == STATUS_OK, "toy: opened");
	OK(&tap, writer_begin(&writer, &first) == STATUS_OK && write_texts(&writer, paid) == STATUS_OK &&
			 writer.rows == 1 && writer_end(&writer) == STATUS_OK, "toy: a table");
	OK(&tap, writer_begin(&writer, &second) == STATUS_OK && write_texts(&writer, at) == STATUS_OK &&
			 write_texts(&writer, none) == STATUS_OK && writer.rows == 2 &&
			 writer_end(&writer) == STATUS_OK, "toy: another, whose rows are counted anew");
	OK(&tap, writer_close(&writer) == STATUS_OK, "toy: closed");
	OK(&tap, text_equal(buf_view(&out), (struct text){ expected, sizeof(expected) - 1 }),
	   "toy: titles, units and values came through");
	writer_release(&writer);
	buf_release(&out);
}

static void test_binary(void)
{
	struct buf out = { 0 };
	struct writer_options options = options_of(&toy_format, &out);
	struct writer writer;

	options.terminal = true;
	OK(&tap, writer_open(&writer, &options) == STATUS_USAGE, "toy: not on a terminal");
	OK(&tap, strstr(writer.error.text, "format toy is binary") != NULL, "and says so: %s", writer.error.text);
	OK(&tap, begin(&writer, &words, 1) == STATUS_USAGE && out.len == 0, "and stays so; nothing was written");
	writer_release(&writer);
	buf_release(&out);
}

/* What a format cannot take is no silence. */
static void test_format_fails(void)
{
	const struct writer_document document = { .title = "t", .temporary = "." };
	const struct text cell = BYTES("x");
	struct buf out = { 0 };
	struct writer_options options = options_of(&toy_format, &out);
	struct writer writer;

	options.document = &document;
	OK(&tap, writer_open(&writer, &options) == STATUS_OK && begin(&writer, &words, 1) == STATUS_OK &&
			 write_texts(&writer, &cell) == STATUS_OK, "toy: a row");
	OK(&tap, write_texts(&writer, &cell) == STATUS_FAILED, "toy: one more than it takes");
	OK(&tap, tap_same(writer.error.text, "format toy takes 1 rows"), "is told: %s", writer.error.text);
	OK(&tap, write_texts(&writer, &cell) == STATUS_FAILED && writer_end(&writer) == STATUS_FAILED &&
			 writer_close(&writer) == STATUS_FAILED, "and every call fails");
	writer_release(&writer);
	OK(&tap, writer.state == NULL && !out.len, "nothing was handed on");
	buf_release(&out);
}

int main(void)
{
	test_types();
	test_json_frame();
	test_json_numbers();
	test_hostile();
	test_csv_details();
	test_formulas();
	test_terminal();
	test_table();
	test_table_narrow();
	test_table_stream();
	test_typed_row();
	test_broken_sink();
	test_formats();
	test_misuse();
	test_many();
	test_binary();
	test_format_fails();
	return tap_done(&tap);
}
