/* SPDX-License-Identifier: Apache-2.0 */
/* Lines cut in place against libcsv: the same records, byte for byte, whatever the bytes are. */
#include <stdlib.h>

#include "ingest/delimited/cut.h"
#include "ingest/delimited/reader.h"
#include "scratch.h"
#include "sweep.h"
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

/* A reader with its record; cutter NULL: libcsv alone. */
struct side {
	struct pieces pieces;
	struct input input;
	struct error error;
	struct reader reader;
	struct record record;
};

static bool open_side(struct side *side, struct text text, size_t size, const struct dialect *dialect, const struct cutter *cutter,
		      size_t most)
{
	memset(side, 0, sizeof(*side));
	side->pieces = (struct pieces){ text, size };
	side->input = (struct input){ read_piece, &side->pieces };
	if (reader_open(&side->reader, side->input, &side->error) != STATUS_OK)
		return false;
	reader_limit(&side->reader, most, READER_OPEN_MOST);
	if (reader_start(&side->reader, dialect, 0, 0) != STATUS_OK)
		return false;
	if (side->reader.cutter)
		side->reader.cutter = cutter;
	return true;
}

static bool same_record(const struct record *a, const struct record *b)
{
	bool same = a->line == b->line && a->offset == b->offset && a->length == b->length && a->lines == b->lines &&
		    text_equal(a->text, b->text) && a->blank == b->blank && a->odd == b->odd && tap_same(a->reason, b->reason) &&
		    a->count == b->count;

	for (size_t i = 0; same && i < a->count; i++)
		same = a->fields[i].data && text_equal(a->fields[i], b->fields[i]);
	return same;
}

static bool in_window(const struct reader *reader, const struct record *record)
{
	return record->count > 0 && record->fields[0].data >= reader->bytes &&
	       record->fields[0].data < reader->bytes + reader->capacity;
}

/* Reads a text both ways, turning some records down as a caller would; *quick counts those cut in place. */
static bool agree_within(const struct dialect *dialect, struct text text, size_t size, const struct cutter *cutter, size_t most,
			 uint64_t *quick)
{
	struct side cut, parsed;
	bool same = open_side(&cut, text, size, dialect, cutter, most);
	enum status one = STATUS_OK, other = STATUS_OK;

	same = open_side(&parsed, text, SIZE_MAX, dialect, NULL, most) && same;
	for (uint64_t n = 1; same && one == STATUS_OK; n++) {
		one = reader_next(&cut.reader, &cut.record);
		other = reader_next(&parsed.reader, &parsed.record);
		same = one == other && (one != STATUS_OK || same_record(&cut.record, &parsed.record));
		if (!same || one != STATUS_OK)
			break;
		*quick += in_window(&cut.reader, &cut.record);
		if (n % 7)
			continue;
		reader_retreat(&cut.reader, &cut.record);
		reader_retreat(&parsed.reader, &parsed.record);
		same = cut.record.length == parsed.record.length && text_equal(cut.record.text, parsed.record.text);
	}
	if (!same)
		printf("# they part at line %llu, byte %llu\n", (unsigned long long)parsed.record.line,
		       (unsigned long long)parsed.record.offset);
	reader_close(&cut.reader);
	reader_close(&parsed.reader);
	return same && one == STATUS_END;
}

static bool agree(const struct dialect *dialect, struct text text, size_t size, const struct cutter *cutter, uint64_t *quick)
{
	return agree_within(dialect, text, size, cutter, READER_RECORD_MOST, quick);
}

static const struct dialect dialects[] = {
	{ .separator = ',', .quote = '"' },
	{ .separator = ';', .quote = '\'' },
	{ .separator = ',', .quote = 0 },
	{ .separator = '\t', .quote = '"', .trim = true },
	{ .separator = ',', .quote = '"', .blanks = true },
	{ .separator = '"', .quote = '"' },
	{ .separator = '\n', .quote = '"' },
	{ .separator = ' ', .quote = '\r' },
	{ .separator = 0xe9, .quote = 0xff },
};

#define DIALECTS (sizeof(dialects) / sizeof(dialects[0]))

/* A field as a log may have it, or as none should: mostly sound. */
static void add_field(struct buf *out, const struct dialect *dialect, const char *end, unsigned dirt, uint64_t *state)
{
	static const char bytes[] = "0123456789abcXYZ <>+#\\:-.\xc3\xa9";
	const uint64_t kind = scratch_random(state) % 100;
	const bool quoted = kind < 25 && dialect->quote;
	size_t len = scratch_random(state) % (kind == 99 ? 150 : 20);

	if (quoted)
		buf_byte(out, (char)dialect->quote);
	for (; len > 0; len--) {
		const uint64_t pick = scratch_random(state) % 1000;

		if (quoted && pick < 40)
			buf_format(out, "%c%c", dialect->quote, dialect->quote);
		else if (quoted && pick < 80)
			buf_byte(out, (char)dialect->separator);
		else if (quoted && pick < 85)
			buf_text(out, end);
		else if (pick < 85 + dirt)
			buf_byte(out, "\"\"'\n\r\0,;\t "[scratch_random(state) % 10]);
		else
			buf_byte(out, bytes[scratch_random(state) % (sizeof(bytes) - 1)]);
	}
	if (quoted)
		buf_byte(out, (char)dialect->quote);
}

static void make(struct buf *out, const struct dialect *dialect, size_t least, unsigned dirt, uint64_t *state)
{
	static const char *const ends[] = { "\n", "\r\n", "\r", "\n" };
	const char *end = ends[scratch_random(state) % 4];
	const bool mixed = scratch_random(state) % 3 == 0;

	buf_clear(out);
	while (out->len < least) {
		size_t fields = scratch_random(state) % 12;

		for (size_t i = 0; i < fields; i++) {
			if (i)
				buf_byte(out, (char)dialect->separator);
			add_field(out, dialect, end, dirt, state);
		}
		if (mixed)
			end = ends[scratch_random(state) % 4];
		buf_text(out, end);
	}
	if (scratch_random(state) % 2)
		add_field(out, dialect, end, dirt, state);
}

/* Many short texts, and a few of several windows. */
static void test_random(struct tap *tap, enum cpu_level level, unsigned rounds, size_t least, unsigned dirt, const char *name)
{
	const struct cutter *line = cut_choose(level);
	struct buf text = { 0 };
	uint64_t state = 20220327 + dirt, quick = 0;
	unsigned wrong = 0;

	for (unsigned n = 0; n < rounds; n++) {
		const struct dialect *dialect = &dialects[n % DIALECTS];
		static const size_t sizes[] = { SIZE_MAX, 100000, 4093 };

		make(&text, dialect, scratch_random(&state) % least, dirt, &state);
		wrong += !agree(dialect, buf_view(&text), sizes[n % 3], line, &quick);
	}
	OK(tap, wrong == 0 && !text.failed && quick > 0, "%s by %s: %llu records cut in place", name, cpu_name(level),
	   (unsigned long long)quick);
	buf_release(&text);
}

/* Every text of up to six of the bytes that matter, with something that follows; in a part of the sweep each level has its share. */
static void test_all_short(struct tap *tap, enum cpu_level level)
{
	static const char bytes[] = { 'a', ',', '"', '\n', '\r', '\0' };
	const struct cutter *line = cut_choose(level);
	const unsigned stride = sweep(CPU_LEVELS, 1);
	uint64_t quick = 0;
	unsigned wrong = 0;

	for (unsigned n = (unsigned)level % stride; n < 6 * 6 * 6 * 6 * 6 * 6; n += stride) {
		char data[] = "p,\n??????\nq,r\n";
		struct text text = { data, sizeof(data) - 1 };
		unsigned rest = n;

		for (size_t i = 3; i < 9; i++, rest /= 6)
			data[i] = bytes[rest % 6];
		wrong += !agree(&dialects[0], text, SIZE_MAX, line, &quick);
	}
	OK(tap, wrong == 0 && quick > 0, "every text of six bytes that matter, one in %u, by %s", stride, cpu_name(level));
}

/* Lines as long as records may be, and a little longer or shorter, quotes in them or not. */
static void test_long(struct tap *tap, enum cpu_level level)
{
	const struct cutter *line = cut_choose(level);
	struct buf text = { 0 };
	uint64_t quick = 0;
	unsigned wrong = 0;

	for (unsigned n = 0; n < 24; n++) {
		const size_t len = 100000 - 4 + n % 6;

		buf_clear(&text);
		buf_text(&text, "a,b,c\n");
		if (n / 6 % 2)
			buf_text(&text, "\"x\"\"y\",");
		while (text.len < len + 6)
			buf_byte(&text, text.len % 900 ? 'x' : ',');
		buf_text(&text, n < 12 ? "\ny,z\n" : "\r\ny,z\r\n");
		wrong += !agree_within(&dialects[0], buf_view(&text), SIZE_MAX, line, 100000, &quick);
		wrong += !agree(&dialects[0], buf_view(&text), SIZE_MAX, line, &quick);
	}
	OK(tap, wrong == 0, "lines of about the greatest length, by %s", cpu_name(level));
	buf_release(&text);
}

/* What the function itself says, the end of the line at every place of a block. */
static void test_places(struct tap *tap, enum cpu_level level)
{
	const struct cutter *cutter = cut_choose(level);
	cut_line *line = cutter->line;
	struct text fields[200 + 2 * CUT_SPARE];
	struct cut cut = { .separator = ',', .quote = '"', .fields = fields, .capacity = 200 };
	unsigned wrong = 0;

	for (size_t len = 0; len < 150; len++) {
		char data[400] = { 0 };

		for (size_t i = 0; i < 200 + 2 * CUT_SPARE; i++)
			fields[i] = (struct text){ data, CUT_NONE };

		memset(data, ',', len);
		data[len] = len % 2 ? '\n' : '\r';
		wrong += line(&cut, data) != len || cut.count != len + 1 || cut.quotes;
		for (size_t i = cut.count + CUT_SPARE; i < 200 + 2 * CUT_SPARE; i++)
			wrong += fields[i].len != CUT_NONE;
		cut.capacity = len + 1;
		wrong += line(&cut, data) != len;
		cut.capacity = len;
		wrong += line(&cut, data) != CUT_NONE;
		cut.capacity = 200;
		data[len] = '\0';
		wrong += line(&cut, data) != CUT_NONE;
		data[len] = '"';
		data[len + 1] = '\n';
		wrong += line(&cut, data) != CUT_NONE;
	}
	OK(tap, wrong == 0, "a line end at every place, by %s", cpu_name(level));
}

/* A field in quotes, with one quote in it or a double one, as a cutter says it; len CUT_NONE: it is refused. */
static struct text unquoted(const struct cutter *cutter, const char *data, struct text fields[16 + CUT_SPARE], char *room)
{
	struct cut cut = { .separator = ',', .quote = '"', .fields = fields, .capacity = 16 };
	const size_t stop = cutter->line(&cut, data);

	if (stop == CUT_NONE || !cutter->unquote(&cut, room) || cut.count != 3)
		return (struct text){ NULL, CUT_NONE };
	return cut.fields[1];
}

/* Quotes at every place of fields around the length of a block. */
static void test_quotes(struct tap *tap, enum cpu_level level)
{
	const struct cutter *cutter = cut_choose(level), *plain = cut_choose(CPU_PLAIN);
	unsigned wrong = 0, sound = 0;

	for (size_t n = 0; n < 140 * 140 * 2; n++) {
		const size_t len = n % 140, at = n / 140 % 140, marks = 1 + n / 140 / 140;
		char data[400] = { 0 }, rooms[2][400 + CUT_BLOCK];
		struct text fields[2][16 + CUT_SPARE], got, wanted;

		if (at + marks > len)
			continue;
		memset(data, 'x', len + 5);
		memcpy(data, "a,\"", 3);
		memset(data + 3 + at, '"', marks);
		memcpy(data + 3 + len, "\",b\n", 4);
		got = unquoted(cutter, data, fields[0], rooms[0]);
		wanted = unquoted(plain, data, fields[1], rooms[1]);
		wrong += wanted.len == CUT_NONE ? got.len != CUT_NONE : got.len == CUT_NONE || !text_equal(got, wanted);
		sound += wanted.len != CUT_NONE;
	}
	OK(tap, wrong == 0 && sound > 9000, "quotes at every place, by %s: %u wrong", cpu_name(level), wrong);
}

int main(void)
{
	struct tap tap = { 0 };

	for (enum cpu_level level = 0; level < CPU_LEVELS; level++) {
		if (!cpu_has(level)) {
			tap_skip(&tap, cpu_name(level), "not on this machine");
			continue;
		}
		test_places(&tap, level);
		test_quotes(&tap, level);
		test_all_short(&tap, level);
		test_long(&tap, level);
		test_random(&tap, level, 1800, 400, 0, "short clean texts");
		test_random(&tap, level, 1800, 400, 60, "short dirty texts");
		test_random(&tap, level, 18, 1200000, 1, "long texts, hardly dirty");
		test_random(&tap, level, 9, 1200000, 40, "long dirty texts");
	}
	OK(&tap, cut_fastest() == cut_choose(cpu_level()), "the fastest is that of the highest level");
	return tap_done(&tap);
}
