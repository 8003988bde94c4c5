/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the reader of delimited text: a dialect of the first byte, whose highest bit has records limited to few bytes,
 * where the text is cut in two of the second, escape, inner quotes and guards of the third, then the text. Records cut where they stand are those of libcsv, or of a plain reader where that cannot read them, in one piece or in two, and their places tile the text. */
#include <string.h>

#include "base/memory.h"
#include "fuzz/fuzz.h"
#include "ingest/delimited/dialect.h"
#include "ingest/delimited/reader.h"
#include "ingest/delimited/records.h"
#include "ingest/format/format.h"
#include "ingest/plainly/plainly.h"

/* What there is to read. */
struct whole {
	const char *data;
	size_t len;
};

static enum status give(void *context, char *data, size_t size, size_t *got, struct error *error)
{
	struct whole *whole = context;

	(void)error;
	*got = size < whole->len ? size : whole->len;
	memcpy(data, whole->data, *got);
	whole->data += *got;
	whole->len -= *got;
	return STATUS_OK;
}

/* How a text is read. */
struct way {
	struct dialect dialect;
	size_t record_most, open_most;
};

static struct way way_of(uint8_t byte, uint8_t manner)
{
	static const int escapes[] = { 0, ESCAPE_BACKSLASH, ESCAPE_QUOTE, ESCAPE_BACKSLASH };
	static const char separators[] = ",;\t| :\n\r";
	struct dialect dialect = { .separator = separators[byte & 7], .quote = byte & 8 ? '\'' : byte & 16 ? 0 : '"',
					 .blanks = byte >> 5 & 1, .trim = byte >> 6 & 1, .header = 0,
					 .escape = escapes[manner & 3], .inner = (manner >> 2 & 3) % 3, .guard = manner >> 4 & 1 };
	const bool few = byte >> 7;

	if (dialect.inner == INNER_PART)
		dialect.escape = dialect.escape == ESCAPE_BACKSLASH ? 0 : dialect.escape;
	return (struct way){ dialect, few ? 60 : READER_RECORD_MOST, few ? 20 : READER_OPEN_MOST };
}

/* A record as bytes, so that two readings can be compared. */
static void describe(const struct record *record, struct buf *out)
{
	buf_format(out, "%llu %llu %llu %llu %d %d %zu %s\n", (unsigned long long)record->line, (unsigned long long)record->offset,
		   (unsigned long long)record->length, (unsigned long long)record->lines, record->blank, record->odd, record->count,
		   record->reason ? record->reason : "");
	for (size_t i = 0; !record->reason && i < record->count; i++) {
		buf_format(out, "%zu:", record->fields[i].len);
		buf_add(out, record->fields[i].data ? record->fields[i].data : "", record->fields[i].len);
	}
}

/* Takes all records of what the reader has; places follow one another. */
static void take(struct reader *reader, uint64_t *next, struct buf *out)
{
	struct record record;
	enum status status;

	while ((status = reader_next(reader, &record)) == STATUS_OK) {
		FUZZ_MUST(record.offset == *next && record.length > 0 && record.text.len <= READER_TEXT_MOST);
		*next = record.offset + record.length;
		describe(&record, out);
	}
	FUZZ_MUST(status == STATUS_END);
}

static void read_whole(const struct way *way, const char *data, size_t len, bool fast, struct buf *out)
{
	struct whole whole = { data, len };
	const struct input input = { give, &whole };
	struct reader reader;
	struct error error;
	uint64_t next = 0;

	FUZZ_MUST(reader_open(&reader, input, &error) == STATUS_OK && reader_start(&reader, &way->dialect, 0, 0) == STATUS_OK);
	reader_limit(&reader, way->record_most, way->open_most);
	if (!fast)
		reader_plainly(&reader);
	take(&reader, &next, out);
	FUZZ_MUST(next == len);
	reader_close(&reader);
}

/* By the reader that is a yardstick for what libcsv does not know. */
static void read_plainly(const struct way *way, const char *data, size_t len, struct buf *out)
{
	struct whole whole = { data, len };
	const struct input input = { give, &whole };
	struct plainly plainly;
	struct record record;
	struct error error;
	uint64_t next = 0;
	enum status status;

	FUZZ_MUST(plainly_open(&plainly, &way->dialect, input, &error) == STATUS_OK);
	plainly_limit(&plainly, way->record_most, way->open_most);
	while ((status = plainly_next(&plainly, &record)) == STATUS_OK) {
		FUZZ_MUST(record.offset == next && record.length > 0);
		next = record.offset + record.length;
		describe(&record, out);
	}
	FUZZ_MUST(status == STATUS_END && next == len);
	plainly_close(&plainly);
}

/* The same text lent in two pieces: what the first leaves unread comes again before the second. */
static void read_pieces(const struct way *way, const char *data, size_t len, size_t first, struct buf *out)
{
	char *bytes = calloc(len + READER_BEHIND, 1);
	struct reader reader;
	struct error error;
	struct text rest;
	uint64_t next = 0;

	FUZZ_MUST(bytes && reader_open_lent(&reader, &way->dialect, &error) == STATUS_OK);
	reader_limit(&reader, way->record_most, way->open_most);
	memcpy(bytes, data, first);
	reader_place(&reader, 0, 1);
	reader_lend(&reader, bytes, first, false);
	take(&reader, &next, out);
	rest = reader_ahead(&reader);
	/* Of a line that is too long only a CR is lent again. */
	if (reader.long_length == 0)
		FUZZ_MUST(next + rest.len == first);
	memmove(bytes, rest.data, rest.len);
	memcpy(bytes + rest.len, data + first, len - first);
	reader_lend(&reader, bytes, rest.len + len - first, true);
	take(&reader, &next, out);
	FUZZ_MUST(next == len);
	reader_close(&reader);
	free(bytes);
}

static void check_same(const struct buf *a, const struct buf *b)
{
	FUZZ_MUST(!a->failed && !b->failed && a->len == b->len && (a->len == 0 || !memcmp(a->data, b->data, a->len)));
}

/* What is found out of a sample is a dialect that it can be read by. */
static void check_sniffed(const char *data, size_t len, bool whole)
{
	struct dialect dialect = { .separator = DIALECT_UNKNOWN, .quote = DIALECT_UNKNOWN, .header = DIALECT_UNKNOWN,
				   .escape = DIALECT_UNKNOWN, .inner = DIALECT_UNKNOWN, .guard = DIALECT_UNKNOWN, .head = DIALECT_UNKNOWN };
	const struct text text = { data, len };
	struct sample sample = { 0 };
	struct buf said = { 0 };
	struct error error;
	unsigned lines;

	if (format_foreign(text) || dialect_sniff(&dialect, text, whole, &error) != STATUS_OK)
		return;
	FUZZ_MUST(dialect.separator >= 0 && dialect.quote >= 0 && dialect_preamble(&dialect, text, &lines) <= len);
	FUZZ_MUST(dialect.escape >= 0 && dialect.inner >= 0 && dialect.guard >= 0 && dialect.head >= 0);
	(void)records_sample(&dialect, dialect_body(&dialect, text, whole), &sample, &error);
	FUZZ_MUST(sample.row_count <= SAMPLE_ROWS);
	dialect_describe(&dialect, &said);
	FUZZ_MUST(!said.failed && said.len > 0);
	buf_release(&said);
	sample_release(&sample);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf by_cutter = { 0 }, by_libcsv = { 0 }, in_pieces = { 0 };
	struct way way;
	const char *text;
	size_t len;

	if (size < 3)
		return 0;
	text = (const char *)data + 3;
	len = size - 3;
	way = way_of(data[0], data[2]);
	read_whole(&way, text, len, true, &by_cutter);
	if (dialect_mannered(&way.dialect))
		read_plainly(&way, text, len, &by_libcsv);
	else
		read_whole(&way, text, len, false, &by_libcsv);
	read_pieces(&way, text, len, len * data[1] / 256, &in_pieces);
	check_same(&by_cutter, &by_libcsv);
	check_same(&by_cutter, &in_pieces);
	check_sniffed(text, len, data[1] & 1);
	buf_release(&by_cutter);
	buf_release(&by_libcsv);
	buf_release(&in_pieces);
	return 0;
}
