/* SPDX-License-Identifier: Apache-2.0 */
/* Records and their places, whatever the bytes are; and finding out dialects. */
#include <stdlib.h>

#include "ingest/delimited/dialect.h"
#include "ingest/delimited/reader.h"
#include "ingest/format/format.h"
#include "scratch.h"
#include "tap.h"

/* A text given in pieces. */
struct pieces {
	struct text left;
	size_t size;
};

static enum status read_piece(void *context, char *data, size_t size, size_t *got, struct error *error)
{
	struct pieces *pieces = context;

	(void)error;
	*got = pieces->left.len < size ? pieces->left.len : size;
	if (*got > pieces->size)
		*got = pieces->size;
	if (*got)
		memcpy(data, pieces->left.data, *got);
	pieces->left.data += *got;
	pieces->left.len -= *got;
	return STATUS_OK;
}

/* With a NUL byte as ^. */
static void put_field(struct text field, struct buf *out)
{
	for (size_t i = 0; i < field.len; i++)
		buf_byte(out, field.data[i] ? field.data[i] : '^');
}

/* `line@offset+length[a|b]`, `...[a|b]odd`, `...!reason`, `...blank`, one a line. */
static void describe(const struct record *record, struct buf *out)
{
	buf_format(out, "%llu@%llu+%llu", (unsigned long long)record->line, (unsigned long long)record->offset,
		   (unsigned long long)record->length);
	if (record->blank)
		buf_text(out, "blank");
	if (record->reason)
		buf_format(out, "!%s", record->reason);
	else if (!record->blank)
		buf_byte(out, '[');
	for (size_t i = 0; i < record->count && !record->reason; i++) {
		buf_text(out, i ? "|" : "");
		put_field(record->fields[i], out);
	}
	buf_text(out, record->reason || record->blank ? "\n" : record->odd ? "]odd\n" : "]\n");
}

static struct dialect plain(void)
{
	struct dialect dialect = { .separator = ',', .quote = '"', .header = 0 };

	return dialect;
}

/* All records of a text, given in pieces of `size` bytes. Records must stand end to end, and their texts be those
 * bytes; *sound says so. */
static void read_within(const struct dialect *dialect, struct text text, size_t size, size_t record_most, size_t open_most,
			struct buf *out, bool *sound)
{
	struct pieces pieces = { text, size };
	struct input input = { read_piece, &pieces };
	struct error error = { 0 };
	struct reader reader;
	struct record record;
	uint64_t offset = 0, line = 1;
	enum status status = reader_open(&reader, input, &error);

	reader_limit(&reader, record_most, open_most);
	*sound = status == STATUS_OK && reader_start(&reader, dialect, 0, 0) == STATUS_OK;
	while (*sound && (status = reader_next(&reader, &record)) == STATUS_OK) {
		struct text same = { text.data + record.offset, record.text.len };

		*sound = record.offset == offset && record.line == line && record.length > 0 &&
			 (record.text.len == record.length || record.text.len == READER_TEXT_MOST ||
			  record.text.len == record_most) &&
			 text_equal(record.text, same);
		offset += record.length;
		line += record.lines;
		describe(&record, out);
	}
	*sound = *sound && status == STATUS_END && offset == text.len;
	reader_close(&reader);
}

static void read_all(const struct dialect *dialect, struct text text, size_t size, struct buf *out, bool *sound)
{
	read_within(dialect, text, size, READER_RECORD_MOST, READER_OPEN_MOST, out, sound);
}

static void check(struct tap *tap, const char *name, const struct dialect *dialect, const char *text, size_t len,
		  const char *wanted)
{
	static const size_t sizes[] = { 1, 2, 7, 4096 };

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct text view = { text, len };
		struct buf got = { 0 };
		bool sound = false;

		read_all(dialect, view, sizes[i], &got, &sound);
		OK(tap, sound && tap_same(got.data ? got.data : "", wanted), "%s, in pieces of %zu", name, sizes[i]);
		if (!sound || !tap_same(got.data ? got.data : "", wanted))
			printf("# got:\n%s# wanted:\n%s", got.data ? got.data : "", wanted);
		buf_release(&got);
	}
}

#define CHECK(name, text, wanted) check(tap, (name), &dialect, (text), sizeof(text) - 1, (wanted))

static void test_rows(struct tap *tap)
{
	struct dialect dialect = plain();

	CHECK("an empty text", "", "");
	CHECK("lines", "a,b\nc,d\n", "1@0+4[a|b]\n2@4+4[c|d]\n");
	CHECK("no last line end", "a,b\nc,d", "1@0+4[a|b]\n2@4+3[c|d]\n");
	CHECK("CR LF", "a,b\r\nc,d\r\n", "1@0+5[a|b]\n2@5+5[c|d]\n");
	CHECK("CR alone", "a,b\rc,d\r", "1@0+4[a|b]\n2@4+4[c|d]\n");
	CHECK("blank lines", "a\n\n\r\nb\n", "1@0+2[a]\n2@2+1blank\n3@3+2blank\n4@5+2[b]\n");
	CHECK("empty fields", ",\n\"\"\n,,", "1@0+2[|]\n2@2+3[]\n3@5+2[||]\n");
	CHECK("quotes", "\"a,b\",\"c\"\"d\"\n", "1@0+13[a,b|c\"d]\n");
	CHECK("line ends in quotes", "\"a\r\nb\nc\rd\",e\nf,g\n", "1@0+13[a\r\nb\nc\rd|e]\n5@13+4[f|g]\n");
	CHECK("a quote that closes at the end", "a,\"b\"", "1@0+5[a|b]\n");
	CHECK("blanks are kept", " a , b\t\n", "1@0+8[ a | b\t]\n");
	CHECK("bytes above ASCII", "\xe9,\xff\xfe\n", "1@0+5[\xe9|\xff\xfe]\n");
}

static void test_quotes(struct tap *tap)
{
	struct dialect dialect = plain();

	CHECK("a stray quote", "a,b\"c\nd,e\n", "1@0+6!a quote in column 2 is out of place\n2@6+4[d|e]\n");
	CHECK("text behind a quote", "\"a\"b,c\nd\n", "1@0+7!a quote in column 1 is out of place\n2@7+2[d]\n");
	CHECK("a blank before a quote", "a, \"b\"\n", "1@0+7!a quote in column 2 is out of place\n");
	CHECK("an open quote at the end", "a,\"b\n", "1@0+5!the quote opened in column 2 is never closed\n");
	CHECK("an open quote before a quoted row", "a,\"b\nc,\"d\"\ne,f\n",
	      "1@0+5!the quote opened in column 2 is not closed\n2@5+6[c|d]\n3@11+4[e|f]\n");
	CHECK("an open quote before plain rows", "a,\"b\nc,d\ne,f\n",
	      "1@0+5!the quote opened in column 2 is never closed\n2@5+4[c|d]\n3@9+4[e|f]\n");
	CHECK("an open quote in CR LF", "a,\"b\r\nc,d\r\n",
	      "1@0+6!the quote opened in column 2 is never closed\n2@6+5[c|d]\n");
}

static void test_nuls(struct tap *tap)
{
	struct dialect dialect = plain();

	CHECK("a NUL byte", "a\0b,c\nd,e\n", "1@0+6[a^b|c]odd\n2@6+4[d|e]\n");
	CHECK("NUL bytes at every place", "\0,\0\0\n\0\n\"\0\",\0\0", "1@0+5[^|^^]odd\n2@5+2[^]odd\n3@7+6[^|^^]odd\n");
	CHECK("a NUL byte in quotes", "a,\"b\nc\0\"\nd\n", "1@0+9[a|b\nc^]odd\n3@9+2[d]\n");
	CHECK("a NUL byte in quotes with a double one", "\"b\"\"\0\"\"\",\0\n", "1@0+11[b\"^\"|^]odd\n");
	CHECK("a NUL byte behind a quote", "\"a\"\0,b\nc\n", "1@0+7!a quote in column 1 is out of place\n2@7+2[c]\n");
	CHECK("a NUL byte behind an open quote", "a,\"b\nc,\0d\ne\n",
	      "1@0+5!the quote opened in column 2 is never closed\n2@5+5[c|^d]odd\n3@10+2[e]\n");
	CHECK("a NUL byte behind a line is not of it", "a,b\n\0", "1@0+4[a|b]\n2@4+1[^]odd\n");
	dialect.quote = 0;
	CHECK("NUL bytes without a quote", "\"\0a\0\0,\"b\"\r\n\0\n\0", "1@0+11[\"^a^^|\"b\"]odd\n2@11+2[^]odd\n3@13+1[^]odd\n");
	dialect.trim = true;
	CHECK("NUL bytes are no blanks", " \0 a\0 , \0\n", "1@0+10[^ a^|^]odd\n");
}

static void test_dialects(struct tap *tap)
{
	struct dialect dialect = plain();

	dialect.blanks = true;
	CHECK("blanks around quotes", "\"a\", \"b\" ,\"c\"\n", "1@0+14[a|b|c]\n");
	dialect = plain();
	dialect.trim = true;
	CHECK("trimmed", " a ,\tb\n  \n", "1@0+7[a|b]\n2@7+3blank\n");
	dialect = plain();
	dialect.separator = '\t';
	dialect.trim = true;
	CHECK("tabs, trimmed", " a \t\tb\n", "1@0+7[a||b]\n");
	dialect = plain();
	dialect.quote = 0;
	CHECK("no quote", "\"a,b\"\n\0,\n", "1@0+6[\"a|b\"]\n2@6+3[^|]odd\n");
	dialect.quote = '\'';
	dialect.separator = ';';
	CHECK("other marks", "'a;b';\"c\n", "1@0+9[a;b|\"c]\n");
}

static void test_retreat(struct tap *tap)
{
	struct pieces pieces = { text_of("a,\"b\nc\",d\ne,f\n"), 3 };
	struct input input = { read_piece, &pieces };
	struct dialect dialect = plain();
	struct error error = { 0 };
	struct reader reader;
	struct record record;

	OK(tap, reader_open(&reader, input, &error) == STATUS_OK && reader_start(&reader, &dialect, 0, 0) == STATUS_OK,
	   "a reader opens");
	OK(tap, reader_next(&reader, &record) == STATUS_OK && record.lines == 2 && record.length == 10, "a row of two lines");
	reader_retreat(&reader, &record);
	OK(tap, record.lines == 1 && record.length == 5 && text_is(record.text, "a,\"b\n"), "turned down, it is one line");
	OK(tap, reader_next(&reader, &record) == STATUS_OK && record.line == 2 && record.offset == 5 && record.reason,
	   "its second line stands alone");
	OK(tap, reader_next(&reader, &record) == STATUS_OK && record.line == 3 && record.count == 2, "and the next is a row");
	reader_retreat(&reader, &record);
	OK(tap, reader_next(&reader, &record) == STATUS_END, "a row of one line does not come back");
	reader_close(&reader);
}

static void put_many(struct buf *out, size_t times, const char *part)
{
	while (times-- > 0)
		buf_text(out, part);
}

/* A long line, a long record, and a row behind each. */
static void test_lengths(struct tap *tap)
{
	struct dialect dialect = plain();
	struct buf text = { 0 }, got = { 0 };
	bool sound = false;

	put_many(&text, READER_RECORD_MOST - 1, "x");
	buf_text(&text, "\ny\n");
	read_all(&dialect, buf_view(&text), SIZE_MAX, &got, &sound);
	OK(tap, sound && strstr(got.data, "1@0+16777216[xxx") && strstr(got.data, "]odd\n2@16777216+2[y]\n"), "the longest line is read");
	buf_clear(&text);
	buf_clear(&got);
	put_many(&text, READER_RECORD_MOST, "x");
	buf_text(&text, "\ny\n");
	read_all(&dialect, buf_view(&text), SIZE_MAX, &got, &sound);
	OK(tap, sound && tap_same(got.data, "1@0+16777217!is longer than 16777216 bytes\n2@16777217+2[y]\n"),
	   "with one byte more it is none");
	buf_clear(&text);
	buf_clear(&got);
	put_many(&text, 1000000, "x");
	buf_text(&text, "\r\ny\r\n");
	read_all(&dialect, buf_view(&text), 1000, &got, &sound);
	OK(tap, sound && strstr(got.data, "1@0+1000002[xxx") && strstr(got.data, "]odd\n2@1000002+3[y]\n"), "a line of a million bytes");
	buf_clear(&got);
	read_within(&dialect, buf_view(&text), 1000, 65536, 65536, &got, &sound);
	OK(tap, sound && tap_same(got.data, "1@0+1000002!is longer than 65536 bytes\n2@1000002+3[y]\n"),
	   "a longer one than there may be is none, and the next is read");
	buf_clear(&text);
	buf_clear(&got);
	buf_text(&text, "\"a\n");
	for (int i = 0; i < 40000; i++)
		buf_text(&text, "b,c\n");
	read_all(&dialect, buf_view(&text), SIZE_MAX, &got, &sound);
	OK(tap, sound && strstr(got.data, "1@0+3!the quote opened in column 1 is not closed within 65536 bytes\n2@3+4[b|c]\n") &&
			strstr(got.data, "\n40001@159999+4[b|c]\n"),
	   "a quote open for longer swallows nothing");
	buf_release(&text);
	buf_release(&got);
}

static const char *expect(const struct buf *text, struct buf *got, size_t record_most, size_t open_most)
{
	struct dialect dialect = plain();
	bool sound = false;

	buf_clear(got);
	read_within(&dialect, buf_view(text), SIZE_MAX, record_most, open_most, got, &sound);
	return sound ? got->data : "what is not sound";
}

/* Quotes that are open over line ends: each has so many bytes behind its line, however long that is. */
static void test_open(struct tap *tap)
{
	static const struct {
		const char *name, *text, *wanted;
	} cases[] = {
		{ "closed in time", "a,\"\n12345678\",b\nc\n", "1@0+16[a|\n12345678|b]\n3@16+2[c]\n" },
		{ "closed too late", "a,\"\n123456789\",b\nc\n",
		  "1@0+4!the quote opened in column 2 is not closed within 10 bytes\n"
		  "2@4+13!a quote in column 1 is out of place\n3@17+2[c]\n" },
		{ "closed in time in a line that is longer", "a,\"\n1\",b23456789012345\nc\n", "1@0+23[a|\n1|b23456789012345]\n3@23+2[c]\n" },
		{ "opened in a long line", "a2345678901234567890,\"\n12345678\",b\nc\n",
		  "1@0+35[a2345678901234567890|\n12345678|b]\n3@35+2[c]\n" },
		{ "one behind another", "\"\n123456\",\"\n123456\",\"\n123456\"\nc\n", "1@0+30[\n123456|\n123456|\n123456]\n5@30+2[c]\n" },
		{ "the last of them too late", "\"\n123456\",\"\n\n\n\n\n\n\n\n\n\n\n\n\"\nc\n",
		  "1@0+2!the quote opened in column 1 is not closed within 10 bytes\n"
		  "2@2+10!a quote in column 1 is out of place\n3@12+1blank\n4@13+1blank\n5@14+1blank\n6@15+1blank\n7@16+1blank\n"
		  "8@17+1blank\n9@18+1blank\n10@19+1blank\n11@20+1blank\n12@21+1blank\n13@22+1blank\n"
		  "14@23+2!the quote opened in column 1 is never closed\n15@25+2[c]\n" },
		{ "never closed", "a,\"\nb,c\nd,e\nf,g\nh,i\n",
		  "1@0+4!the quote opened in column 2 is not closed within 10 bytes\n2@4+4[b|c]\n3@8+4[d|e]\n4@12+4[f|g]\n5@16+4[h|i]\n" },
		{ "never closed before a long line", "a,\"\nb,c2345678901234567890\nd,e\n",
		  "1@0+4!the quote opened in column 2 is not closed within 10 bytes\n2@4+23[b|c2345678901234567890]\n3@27+4[d|e]\n" },
		{ "too long with all its lines", "\"\n123456\",\"\n123456\",\"\n123456\",\"\n123456\",\"\n123456\"\nc\n",
		  "1@0+2!is longer than 40 bytes\n2@2+10!a quote in column 1 is out of place\n3@12+10!a quote in column 1 is out of place\n"
		  "4@22+10!a quote in column 1 is out of place\n5@32+10!a quote in column 1 is out of place\n"
		  "6@42+8!a quote in column 1 is out of place\n7@50+2[c]\n" },
	};
	struct buf got = { 0 };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct buf text = { 0 };

		buf_text(&text, cases[i].text);
		OK(tap, tap_same(expect(&text, &got, 40, 10), cases[i].wanted), "a quote: %s", cases[i].name);
		buf_release(&text);
	}
	buf_release(&got);
}

/* Quotes over line ends, one behind another, each closed in time: so many lines of ten bytes, and a row. */
static void test_chain(struct tap *tap)
{
	struct buf text = { 0 }, got = { 0 };

	buf_text(&text, "\"\n");
	put_many(&text, 16, "123456\",\"\n");
	buf_text(&text, "\"\nc\n");
	OK(tap, strstr(expect(&text, &got, 1000, 10), "|\n]\n19@164+2[c]\n"), "as many quotes over line ends as there may be");
	buf_clear(&text);
	buf_text(&text, "\"\n");
	put_many(&text, 17, "123456\",\"\n");
	buf_text(&text, "\"\nc\n");
	OK(tap, strstr(expect(&text, &got, 1000, 10), "1@0+2!goes on for more than 160 bytes behind its first line\n"
						       "2@2+10!a quote in column 1 is out of place\n") &&
			strstr(got.data, "\n20@174+2[c]\n"),
	   "with one more none is a row");
	buf_release(&text);
	buf_release(&got);
}

/* As many fields and lines as there may be, and one more. */
static void test_many(struct tap *tap)
{
	struct buf text = { 0 }, got = { 0 };

	put_many(&text, READER_FIELDS_MOST - 1, ",");
	buf_text(&text, "\ny\n");
	OK(tap, strstr(expect(&text, &got, READER_RECORD_MOST, READER_OPEN_MOST), "1@0+65536[|||"), "as many fields as there may be");
	buf_clear(&text);
	put_many(&text, READER_FIELDS_MOST + 100, ",");
	buf_text(&text, "\ny\n");
	OK(tap, tap_same(expect(&text, &got, READER_RECORD_MOST, READER_OPEN_MOST),
			 "1@0+65637!has more than 65536 fields\n2@65637+2[y]\n"), "more are none");
	buf_clear(&text);
	buf_text(&text, "\"");
	put_many(&text, READER_LINES_MOST - 1, "\n");
	buf_text(&text, "\",z\ny\n");
	OK(tap, strstr(expect(&text, &got, READER_RECORD_MOST, READER_OPEN_MOST), "|z]odd\n65537@"), "as many lines as there may be");
	buf_clear(&text);
	buf_text(&text, "\"");
	put_many(&text, READER_LINES_MOST, "\n");
	buf_text(&text, "\",z\ny\n");
	OK(tap, strstr(expect(&text, &got, READER_RECORD_MOST, 1 << 20), "1@0+2!has more than 65536 lines\n2@2+1blank\n"), "more are none");
	buf_release(&text);
	buf_release(&got);
}

/* What a long record takes is given back behind it. */
static void test_memory(struct tap *tap)
{
	struct buf text = { 0 };
	struct pieces pieces = { { NULL, 0 }, 100000 };
	struct input input = { read_piece, &pieces };
	struct dialect dialect = plain();
	struct error error = { 0 };
	struct reader reader;
	struct record record;

	buf_text(&text, "\"");
	put_many(&text, 1000000, "abcde\"\"");
	buf_text(&text, "\"\n");
	put_many(&text, 3000000, "a,b\n");
	pieces.left = buf_view(&text);
	OK(tap, reader_open(&reader, input, &error) == STATUS_OK && reader_start(&reader, &dialect, 0, 0) == STATUS_OK, "a reader opens");
	reader_plainly(&reader);
	OK(tap, reader_next(&reader, &record) == STATUS_OK && record.fields[0].len == 6000000 && reader.capacity > 7000000 &&
			reader.value_capacity >= 6000000 && csv_get_buffer_size(&reader.parser) >= 6000000,
	   "a long record is in memory");
	while (reader_next(&reader, &record) == STATUS_OK)
		;
	OK(tap, record.line == 3000002 && reader.capacity < 1000000 && reader.value_capacity < 1000000 &&
			csv_get_buffer_size(&reader.parser) < 1000000,
	   "and behind it no more");
	reader_close(&reader);
	buf_release(&text);
}

/* Rows of seven bytes, shifted so that every part of one falls on the end of what is held at once. */
static void test_windows(struct tap *tap)
{
	struct dialect dialect = plain();

	for (int shift = 0; shift < 7; shift++) {
		struct buf text = { 0 }, got = { 0 };
		size_t lines = 0;
		bool sound = false;

		for (int i = 0; i < shift; i++)
			buf_byte(&text, 'x');
		for (int i = 0; i < 100000; i++)
			buf_text(&text, i % 2 ? "a,\"b\"\r\n" : "c,\"\r\n\"\r\n");
		read_all(&dialect, buf_view(&text), 100000, &got, &sound);
		for (size_t i = 0; i < got.len; i++)
			lines += got.data[i] == ']' && got.data[i + 1] == '\n';
		OK(tap, sound && lines == 100000, "rows at the end of a window, shifted by %d", shift);
		buf_release(&text);
		buf_release(&got);
	}
}

/* Texts of the bytes that matter: every piece size gives the same, and every byte is in one record. */
static void test_random(struct tap *tap)
{
	static const char bytes[] = "ab,;\"\"\n\n\r\0 ";
	uint64_t state = 20220327;
	unsigned wrong = 0;

	for (int n = 0; n < 4000; n++) {
		struct dialect dialect = plain();
		char data[60];
		struct text text = { data, scratch_random(&state) % sizeof(data) };
		struct buf one = { 0 }, all = { 0 };
		bool sound_one = false, sound_all = false;

		for (size_t i = 0; i < text.len; i++)
			data[i] = bytes[scratch_random(&state) % (sizeof(bytes) - 1)];
		dialect.blanks = n % 3 == 1;
		dialect.quote = n % 5 == 4 ? 0 : '"';
		read_within(&dialect, text, 1, n % 2 ? 20 : READER_RECORD_MOST, n % 2 ? 7 : READER_OPEN_MOST, &one, &sound_one);
		read_within(&dialect, text, SIZE_MAX, n % 2 ? 20 : READER_RECORD_MOST, n % 2 ? 7 : READER_OPEN_MOST, &all, &sound_all);
		wrong += !sound_one || !sound_all || !text_equal(buf_view(&one), buf_view(&all));
		buf_release(&one);
		buf_release(&all);
	}
	OK(tap, wrong == 0, "4,000 random texts");
}

/* Lines with one quote each, and quoted lines between: the work stays in proportion. */
static void test_hostile(struct tap *tap)
{
	struct dialect dialect = plain();
	struct buf text = { 0 }, got = { 0 };
	bool sound = false;

	for (int i = 0; i < 100000; i++)
		buf_text(&text, i % 2 ? "\"a\"\n" : "b,\"c\n");
	read_all(&dialect, buf_view(&text), SIZE_MAX, &got, &sound);
	OK(tap, sound && text.len == 450000, "100,000 lines, half of them with an open quote");
	buf_release(&text);
	buf_release(&got);
}

static void sniff(struct tap *tap, const char *name, const char *text, size_t len, const char *wanted)
{
	struct dialect dialect = { .separator = -1, .quote = -1, .header = 0 };
	struct text view = { text, len };
	struct error error = { 0 };
	struct buf got = { 0 };
	enum status status = dialect_sniff(&dialect, view, true, &error);

	dialect_describe(&dialect, &got);
	OK(tap, status == STATUS_OK && tap_same(got.data, wanted), "%s: %s", name, got.data);
	buf_release(&got);
}

#define SNIFF(name, text, wanted) sniff(tap, (name), (text), sizeof(text) - 1, (wanted))

static void test_sniff(struct tap *tap)
{
	SNIFF("commas", "a,b,c\n1,2,3\n", "separator comma, quote \", no header, line ends LF");
	SNIFF("semicolons with decimal commas", "a;b;c\r\n1,5;2;3\r\n", "separator semicolon, quote \", no header, line ends CRLF");
	SNIFF("bars", "a|b,x|c\r1|2|3\r", "separator bar, quote \", no header, line ends CR");
	SNIFF("tabs", "a\tb\n1\t2\r\n", "separator tab, quote \", no header, line ends mixed");
	SNIFF("other quotes", "'a','b'\n'1','2'\n", "separator comma, quote ', no header, line ends LF");
	SNIFF("blanks before quotes", "\"a\", \"b,c\"\n\"1\", \"2\"\n",
	      "separator comma, quote \", no header, line ends LF, blanks around quotes");
	SNIFF("no quotes at all", "a,\"b\" <1>\na,\"b\" <1>\na,\"b\" <1>\na,\"b\" <1>\na,\"b\" <1>\n",
	      "separator comma, quote none, no header, line ends LF");
	SNIFF("one stray quote proves nothing", "a,b\n1,\"2\n3,4\n", "separator comma, quote \", no header, line ends LF");
	SNIFF("a byte order mark", "\xef\xbb\xbf" "a,b\n1,2\n",
	      "separator comma, quote \", no header, line ends LF, byte order mark");
	SNIFF("a declaration", "sep=;\na,b;c\n1,2;3\n", "separator semicolon, quote \", no header, line ends LF");
	SNIFF("one column", "a\nb\n", "separator comma, quote \", no header, line ends LF");
	SNIFF("nothing", "", "separator comma, quote \", no header, line ends none");
}

static void test_foreign(struct tap *tap)
{
	struct text database = { "SQLite format 3\0....", 20 }, nul = { "a,b\0\0\0\n", 7 };
	struct text column = { "a,b,c\nd,e,\0\0\0\n", 15 }, picture = { "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16 };

	OK(tap, format_foreign(database) != NULL, "a database is no text");
	OK(tap, format_foreign(nul) != NULL, "nor are NUL bytes");
	OK(tap, format_foreign(picture) != NULL, "nor is a picture");
	OK(tap, format_foreign(column) == NULL, "but those of a column behind a header are");
	OK(tap, format_foreign(text_of("{\"calls\":[]}")) != NULL, "nor is JSON");
	OK(tap, format_foreign(text_of("started,account\n")) == NULL, "a header is");
	OK(tap, dialect_byte(text_of("tab")) == '\t' && dialect_byte(text_of(";")) == ';' &&
			dialect_byte(text_of("none")) == 0 && dialect_byte(text_of("two")) == DIALECT_UNKNOWN,
	   "names of bytes");
}

/* What is named, and a part of its name. */
static void test_named(struct tap *tap)
{
	static const struct {
		const char *text, *name;
	} cases[] = {
		{ "-- Host:                         127.0.0.1\n-- Server version:               10.3\n", "SQL dump, as HeidiSQL" },
		{ "-- HeidiSQL Version: 12\n", "HeidiSQL" },
		{ "-- Adminer 4.8.1 MySQL 5.7 dump\n\nSET NAMES utf8;\n", "Adminer" },
		{ "/*\n Navicat Premium Data Transfer\n*/\n", "Navicat" },
		{ "/*\nNavicat MySQL Data Transfer", "Navicat" },
		{ "/*\nSQLyog Ultimate v12\n*/", "SQLyog" },
		{ "-- MySQL dump 10.13\n", "a MySQL dump" },
		{ "-- MariaDB dump 10.19\n", "a MariaDB dump" },
		{ "/*M!999999\\- enable the sandbox mode */ \n", "a MariaDB dump" },
		{ "/*!40101 SET NAMES utf8 */;\n", "a MySQL dump" },
		{ "-- phpMyAdmin SQL Dump\n", "phpMyAdmin" },
		{ "--\n-- PostgreSQL database dump\n--\n", "PostgreSQL dump" },
		{ "\nINSERT INTO cdr VALUES (1,'a','b',2);\n", "an SQL dump" },
		{ "\xef\xbb\xbfINSERT INTO `cdr` (`a`, `b`) VALUES (1, 2);\n", "an SQL dump" },
		{ "\xef\xbb\xbf\r\n-- of calls\r\nINSERT INTO cdr (a) VALUES (1);\r\n", "an SQL dump" },
		{ "insert into calls.cdr values (1,2,3);\n", "an SQL dump" },
		{ "INSERT INTO ", "an SQL dump" },
		{ "INSERT IGNORE INTO cdr VALUES\n(1)", "an SQL dump" },
		{ "REPLACE INTO cdr VALUES (1)", "an SQL dump" },
		{ "CREATE TABLE cdr (\n\tid INT,\n", "an SQL dump" },
		{ "create table if not exists \"cdr\"\n(\n", "an SQL dump" },
		{ "CREATE DATABASE IF NOT EXISTS `pbx` /*!40100 DEFAULT CHARACTER SET utf8 */;\nUSE `pbx`;\n", "an SQL dump" },
		{ "DROP TABLE IF EXISTS `cdr`;\n", "an SQL dump" },
		{ "drop table cdr;\r\n", "an SQL dump" },
		{ "DROP TABLE [dbo].[cdr]\nGO\n", "an SQL dump" },
		{ "LOCK TABLES `cdr` WRITE;\n", "an SQL dump" },
		{ "BEGIN TRANSACTION;\n", "an SQL dump" },
		{ "BEGIN;\nINSERT INTO cdr VALUES (1);\n", "an SQL dump" },
		{ "COPY public.cdr (id, \"when\", dst) FROM stdin;\n1\t2\t3\n", "an SQL dump" },
		{ "COPY cdr FROM stdin;\n", "an SQL dump" },
		{ "USE [pbx]\nGO\n", "an SQL dump" },
		{ "USE [pbx]\n", "an SQL dump" },
		{ "USE pbx;\nCREATE TABLE cdr (id INT);\n", "an SQL dump" },
		{ "REM INSERTING into CDR\nSET DEFINE OFF;\nInsert into CDR (A) values (1);\n", "an SQL dump" },
		{ "SET FOREIGN_KEY_CHECKS=0;\n", "an SQL dump" },
		{ "SET NAMES utf8mb4;\n", "an SQL dump" },
		{ "-- .dump cdr\nPRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n", "an SQLite dump" },
		{ "PRAGMA foreign_keys=OFF;", "an SQLite dump" },
		{ "<?xml version=\"1.0\"?>", "an XML document" },
		{ "\xef\xbb\xbf<?xml version=\"1.0\"?>", "an XML document" },
		{ "<cdr core-uuid=\"1\" switchname=\"a\">\n", "an XML document" },
		{ "<cdr core-uuid=", "an XML document" },
		{ "<cdr/>\n", "an XML document" },
		{ "<cdrs>\n  <cdr>\n", "an XML document" },
		{ "<a>1</a>\n", "an XML document" },
		{ "<!-- calls -->\n<cdr a='1'/>", "an XML document" },
		{ "<html>\n<body>", "an HTML page" },
		{ "<HTML xmlns:o=\"urn\">", "an HTML page" },
		{ "\r\n<!DOCTYPE html>\n", "an HTML page" },
		{ "<table border=1><tr><td>1</td></tr></table>", "an HTML page" },
		{ "{\"calls\":[]}", "JSON" },
		{ "{ \"a\": 1 }\n", "JSON" },
		{ "\xef\xbb\xbf[{\"a\":1}]", "JSON" },
		{ "  \n [ {\"a\":1} ]", "JSON" },
		{ "[]\n", "JSON" },
		{ "{}", "JSON" },
		{ "[", "JSON" },
		{ "[\n  {", "JSON" },
		{ "[[1,2],[3,4]]", "JSON" },
		{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a spreadsheet" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *what = format_foreign(text_of(cases[i].text));

		OK(tap, what && strstr(what, cases[i].name), "no text, %zu: %s", i + 1, cases[i].name);
		if (!what)
			printf("# %s\n", cases[i].text);
	}
}

/* Headers and rows that begin with words of SQL or marks of others. */
static void test_unnamed(struct tap *tap)
{
	static const char *const texts[] = {
		"insert into,account,dialled\n1,2,3\n",
		"Insert into cart,account\n1,2\n",
		"insert\tinto\tvalue\tset\n1\t2\t3\t4\n",
		"create table,b\n",
		"create user agent,b\n1,2\n",
		"drop table calls;dropped\n1;2\n",
		"drop table\ncalls\naccounts\n",
		"lock tables,read\n",
		"begin transaction,amount\n1,2\n",
		"begin transaction;amount\n1;2\n",
		"begin;end\n1;2\n",
		"begin;\n1;\n",
		"BEGIN\n1\n",
		"copy,from,stdin\n",
		"copy\tfrom\tto\n1\t2\t3\n",
		"copy of from,to\n",
		"use case,note\n1,2\n",
		"use case\none\ntwo\n",
		"use;\n1;\n",
		"[use],[case]\n",
		"set,name\n",
		"set to,name\n",
		"update,set,at\n1,2,3\n",
		"delete from,where\n",
		"rem,inserting,into\n",
		"pragma,foreign_keys\n",
		"-- started,account\n2026-03-01 09:00:00,a1\n",
		"# Host: pbx1\nstarted,account\n",
		"#,insert into,b\n1,2,3\n",
		"/* calls */\nstarted,account\n",
		"adminer,account\n",
		"<anonymous>,02079460001\n<unknown>,02079460002\n",
		"<02079460001>,a\n",
		"<cdr>,a\n1,2\n",
		"<b,a\n",
		"[id],[name]\n1,2\n",
		"[],a\n",
		"{id},a\n1,2\n",
		"{},a\n",
		"[[x]],a\n",
		"\xef\xbb\xbfstarted,account\n",
		"",
		"\n\n",
		"--",
		"#",
		"/*",
		"<",
		";",
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const char *what = format_foreign(text_of(texts[i]));

		OK(tap, !what, "may be text, %zu", i + 1);
		if (what)
			printf("# %s: %s\n", what, texts[i]);
	}
}

/* Whatever part of a dump there is, nothing behind it is looked at. */
static void test_cut(struct tap *tap)
{
	static const char text[] = "/* a */ -- b\nUSE `a`.[b] ;\n/*!1 x */;\nCREATE TABLE IF NOT EXISTS a (\n<a b = 'c'></a>{ [ [ \"";
	unsigned looked = 0;

	for (size_t from = 0; from < sizeof(text); from++)
		for (size_t len = 0; len <= sizeof(text) - 1 - from; len++) {
			char *copy = malloc(len ? len : 1);

			if (copy) {
				memcpy(copy, text + from, len);
				(void)format_foreign((struct text){ copy, len });
				looked++;
			}
			free(copy);
		}
	OK(tap, looked > 4000, "parts of a dump");
}

int main(void)
{
	struct tap tap = { 0 };

	test_rows(&tap);
	test_quotes(&tap);
	test_nuls(&tap);
	test_dialects(&tap);
	test_retreat(&tap);
	test_lengths(&tap);
	test_open(&tap);
	test_chain(&tap);
	test_many(&tap);
	test_memory(&tap);
	test_windows(&tap);
	test_random(&tap);
	test_hostile(&tap);
	test_sniff(&tap);
	test_foreign(&tap);
	test_named(&tap);
	test_unnamed(&tap);
	test_cut(&tap);
	return tap_done(&tap);
}
