/* SPDX-License-Identifier: Apache-2.0 */
/* A member parsed in blocks of every size, on any number of threads, against the same in one block: the same rows, rejects and
 * segments, cut in every place. */
#include <stdlib.h>

#include "ingest/format/format.h"
#include "ingest/parse/parse.h"
#include "ingest/plan/plan.h"
#include "scratch.h"
#include "starve.h"
#include "sweep.h"
#include "tap.h"

/* All that comes of a parse, but for where its batches end. */
struct outcome {
	struct buf out;
	struct buf found;       /* rows that are no calls */
	uint64_t taken;         /* in the batches before */
	uint64_t local, legs;   /* the first of them */
	uint64_t segments;
	uint64_t stop_at;       /* segments after which it is interrupted; 0: never */
};

static void put_text(struct outcome *o, struct text text)
{
	buf_format(&o->out, " %zu:", text.len);
	buf_add(&o->out, text.data ? text.data : "", text.len);
}

static void put_row(struct outcome *o, const struct batch *batch, const struct batch_row *row)
{
	if (row->kind == BATCH_SKIPPED) {
		for (uint32_t i = 0; i < row->skipped; i++)
			buf_format(&o->out, "skipped behind %llu\n", (unsigned long long)(o->taken + row->before));
		return;
	}
	buf_format(&o->out, "%d behind %llu: %llu %llu %llu", row->kind, (unsigned long long)(o->taken + row->before),
		   (unsigned long long)row->line, (unsigned long long)row->offset, (unsigned long long)row->length);
	buf_format(&o->out, " %d", row->role);
	put_text(o, batch_text(batch, row->reason));
	put_text(o, batch_text(batch, row->value));
	put_text(o, batch_text(batch, row->text));
	buf_byte(&o->out, '\n');
}

/* Rows taken that are no calls, each with what was known of it before it had its number. */
static void put_found(struct outcome *o, const struct batch *batch)
{
	const struct row_value *value = batch->found.values;

	for (size_t i = 0; i < batch->found.count; i++, value++) {
		if (i % batch->columns == 0)
			buf_byte(&o->found, '\n');
		if (value->type == ROW_VALUE_TEXT) {
			const struct text text = row_buffer_text_of(&batch->found, value);

			buf_format(&o->found, " %zu:", text.len);
			buf_add(&o->found, text.data, text.len);
		} else {
			buf_format(&o->found, " %u %lld", value->type, (long long)value->value);
		}
	}
}

/* Sees each batch once, before it is taken. */
static void number_batch(void *context, struct batch *batch)
{
	struct outcome *o = context;

	put_found(o, batch);
	if (batch->last)
		buf_format(&o->found, "\nend");
}

/* Where a row is the first of its sort, counted from 1. */
static void note_first(const struct outcome *o, uint32_t from, uint64_t *first)
{
	if (from != BATCH_NONE && *first == 0)
		*first = o->taken + from + 1;
}

static void put_segment(struct outcome *o, const struct pool_segment *segment)
{
	o->segments++;
	buf_format(&o->out, "segment of %u behind %llu: %llu %llu %s", segment->raw.rows,
		   (unsigned long long)(o->taken + segment->before), (unsigned long long)segment->line,
		   (unsigned long long)segment->offset, segment->raw.found.sha256);
	for (unsigned role = 0; role < FORM_ROLES; role++)
		buf_format(&o->out, " %u", segment->added[role]);
	put_text(o, buf_view(&segment->masks));
	buf_byte(&o->out, '\n');
}

/* Rows and segments each in their order; a batch may end between them. */
static enum status put_batch(void *context, struct batch *batch)
{
	struct outcome *o = context;
	size_t row = 0;

	note_first(o, batch->local_from, &o->local);
	note_first(o, batch->legs_from, &o->legs);
	for (size_t i = 0; i < batch->segment_count; i++) {
		/* The last segment ends with the rows, also with those that are not taken. */
		while (row < batch->count && (batch->rows[row].before < batch->segments[i]->before ||
					      (batch->last && batch->segments[i]->before == batch->taken)))
			put_row(o, batch, &batch->rows[row++]);
		put_segment(o, batch->segments[i]);
	}
	while (row < batch->count)
		put_row(o, batch, &batch->rows[row++]);
	o->taken += batch->taken;
	if (batch->last)
		buf_format(&o->out, "end behind %llu: %llu %llu %d, %llu %llu\n", (unsigned long long)o->taken,
			   (unsigned long long)batch->line, (unsigned long long)batch->offset, batch->state.len > 0,
			   (unsigned long long)o->local, (unsigned long long)o->legs);
	if (o->stop_at && o->segments >= o->stop_at)
		return STATUS_INTERRUPTED;
	return o->out.failed ? STATUS_FAILED : STATUS_OK;
}

static const char *const call_mapping[] = { "account=1", "started=2", "dialled=3", "presented=4" };
static const char *const payment_mapping[] = { "account=1", "paid=2", "amount=3", "currency=4" };

/* A profile of calls with all that depends on a row: its width, patterns, several columns for a role, legs. */
#define PROFILE "./all.profile"
#define PROFILE_TEXT \
	"name all\nabout calls\nkind call\nheader no\nseparator comma\nwidths 4-5\nrole account 1\nrole started 2\n" \
	"role dialled 3\nrole presented 5 width 5\nrole presented 3 when 4 /^5$/\nrole presented 4 when 4 /^([0-9;+]+)$/\n" \
	"role presented 1 when 4 /^([A-Z]+[a-z]*)+$/\nrole presented 2\nrole call_id 4 when 1 /[02468]$/\n" \
	"role call_id 1 width 4 when 2 /Z$/\nlegs call_id width 5\nfallback dialled /^0([0-9]*)00$/ 1 /([0-9]+)$/\n" \
	"fallback dialled /[13579]$/ 3 /[1-7]([02468]+)/\n"

struct planning {
	struct format_input input;
	struct plan plan;
};

static enum status announce(void *context, struct stream *stream, struct error *error)
{
	struct planning *planning = context;

	stream->plan = &planning->plan;
	return plan_make(&planning->plan, planning->input.options, "text", stream, error);
}

/* Parses file `text`, whose dump stands at its first member. */
static enum status parse_dump(struct dump *dump, const struct ingest_options *options, size_t block, unsigned threads, struct outcome *o,
			      struct error *error)
{
	struct planning planning = { { .shown = "text", .options = options, .dump = dump, .announce = announce, .context = &planning },
				     { .has_profile = false } };
	struct forms forms = { 0 };
	struct layout *layout = NULL;
	enum status status = dump_peek(dump, &planning.input.peek, error);

	if (status == STATUS_OK)
		status = format_delimited.open(&layout, &planning.input, error);
	if (status == STATUS_OK) {
		const struct parse_settings settings = { layout, dump, 0, 1, &forms, block, threads, number_batch, NULL, false, 0 };

		status = parse_run(&settings, put_batch, o, error);
	}
	if (layout)
		layout->format->close(layout);
	plan_release(&planning.plan);
	forms_release(&forms);
	return status;
}

static enum status parse_file(const char *kind, bool header, size_t block, unsigned threads, struct outcome *o)
{
	struct ingest_options options = ingest_options_none();
	const struct observer observer = { NULL, NULL, NULL, NULL };
	struct error error = { 0 };
	struct dump *dump = NULL;
	enum status status = dump_open(&dump, "text", threads > 1, &observer, &error);

	if (strcmp(kind, PROFILE) != 0) {
		options.kind = kind;
		options.mappings = !strcmp(kind, "call") ? call_mapping : payment_mapping;
		options.mapping_count = 4;
	} else {
		options.profile = kind;
	}
	options.separator = ',';
	options.quote = '"';
	options.header = header;
	if (status == STATUS_OK)
		status = dump_next(dump, &error);
	if (status == STATUS_OK)
		status = parse_dump(dump, &options, block, threads, o, &error);
	if (status != STATUS_OK && o->stop_at == 0)
		printf("# %s\n", error.text);
	dump_close(dump);
	return status;
}

/* The largest block there may be. */
#define BLOCK_MOST (4 << 20)

static const unsigned thread_counts[] = { 1, 2, 3, 8 };

/* Whether all blocks and threads give what one block, or few, do; a part of the sweep has one number of threads for each block,
 * another for the next. */
static void compare(struct tap *tap, const char *kind, bool header, const char *data, size_t len, const size_t *blocks, size_t count,
		    const char *name)
{
	struct outcome whole = { 0 };
	unsigned wrong = 0;
	bool good = scratch_write("text", data, len) && parse_file(kind, header, len < BLOCK_MOST ? len + 1 : BLOCK_MOST, 1, &whole) == STATUS_OK;

	for (size_t i = 0; i < count && good; i++)
		for (size_t n = 0; n < sizeof thread_counts / sizeof *thread_counts; n++) {
			const unsigned threads = thread_counts[n];
			struct outcome o = { 0 };

			if ((i + n) % sweep(sizeof thread_counts / sizeof *thread_counts, 1))
				continue;
			if (parse_file(kind, header, blocks[i], threads, &o) != STATUS_OK ||
			    !text_equal(buf_view(&o.out), buf_view(&whole.out)) ||
			    !text_equal(buf_view(&o.found), buf_view(&whole.found))) {
				printf("# %s: block of %zu, %u threads\n", name, blocks[i], threads);
				wrong++;
			}
			buf_release(&o.out);
			buf_release(&o.found);
		}
	OK(tap, good && wrong == 0, "%s: %llu rows, %llu segments", name, (unsigned long long)whole.taken,
	   (unsigned long long)whole.segments);
	buf_release(&whole.out);
	buf_release(&whole.found);
}

/* ---- small texts ---- */

#define HEADER "account,started,dialled,presented\n"

static const size_t small_blocks[] = { 1, 3, 13, 61, 1000 };
#define SMALL_BLOCKS (sizeof small_blocks / sizeof *small_blocks)

static const struct {
	const char *name, *text;
} texts[] = {
	{ "lines", HEADER "a1,2022-03-27 00:59:58,07700900123,020 7946 0000\nb,2022-03-27 00:59:59Z,07700900124,\"HMRC\"\n" },
	{ "no line end", HEADER "a1,2022-03-27 00:59:58,07700900123,1" },
	{ "CR LF", "account,started,dialled,presented\r\na1,2022-03-27 00:59:58,07700900123,1\r\n\r\nb,2022-03-27 00:59:58,1,2\r\n" },
	{ "CR", "account,started,dialled,presented\ra1,2022-03-27 00:59:58,07700900123,1\r\rb,2022-03-27 00:59:58,1,2\r" },
	{ "CR, LF, CR LF", HEADER "a,2022-03-27 00:59:58,07700900123,1\r\n\n\r\r\nb,2022-03-27 00:59:58,1,2\r\n\nc,x,1,2\rd,1,1,\r" },
	{ "line ends in quotes", HEADER "a,2022-03-27 00:59:58,07700900123,\"1\n2\r\n\r3\"\nb,2022-03-27 00:59:58,1,\"\n\"\nc,1,2,\"\n" },
	{ "quotes never closed", HEADER "a,2022-03-27 00:59:58,07700900123,\"1\nb,2022-03-27 00:59:58,1,2\nc,2022-03-27 00:59:58,\"\"\"1\",2\n" },
	{ "the header late", "\n\na,\"b\"c\n\n" HEADER "a,2022-03-27 00:59:58,07700900123,1\n" HEADER "b,2022-03-27 00:59:58,1,2\n" },
	{ "nothing but blank lines", HEADER "\n\n\n\n\n\n\n\n\n\n\n\n" },
};

/* Rows of a hostile alphabet, and whole ones among them. */
static size_t draw(uint64_t *state, char *out, size_t size)
{
	static const char *const parts[] = { "\"", "\"", "\n", "\n", "\r\n", "\r", ",", ",", "a", "\"\"", "2022-03-27 00:59:58", "7",
					     "a,2022-03-27 00:59:58,07700900123,1\n", "b,2022-03-27 00:59:58Z,123,\"x\ny\"\n",
					     "c,2022-03-27 00:59:58,1,\"z\"\"\"\r\n", ",,,\n" };
	size_t len = sizeof HEADER - 1;

	memcpy(out, HEADER, len);
	while (len + 60 < size) {
		const char *part = parts[scratch_random(state) % (sizeof parts / sizeof *parts)];

		if (scratch_random(state) % 200 == 0)
			out[len++] = '\0';
		memcpy(out + len, part, strlen(part));
		len += strlen(part);
	}
	return len;
}

static void test_small(struct tap *tap)
{
	uint64_t state = 1;
	char data[2000];

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		compare(tap, "call", true, texts[i].text, strlen(texts[i].text), small_blocks, SMALL_BLOCKS, texts[i].name);
	for (unsigned n = 0; n < 20; n++) {
		const size_t len = draw(&state, data, 200 + 90 * n);

		compare(tap, n % 4 ? "call" : "payment", n % 3, data, len, small_blocks, SMALL_BLOCKS, "drawn");
		compare(tap, PROFILE, false, data, len, small_blocks, SMALL_BLOCKS, "drawn, by a profile");
	}
}

/* ---- memory ---- */

/* Whether a parse with that many allocations before one is refused says so or finds what whole does; *ended: none was. */
static bool holds(const struct outcome *whole, long left, bool *ended)
{
	struct outcome o = { .stop_at = UINT64_MAX };
	enum status status;
	bool same;

	starve_failed = false;
	starve_left = left;
	status = parse_file("call", true, 61, 1, &o);
	starve_left = -1;
	*ended = !starve_failed;
	same = status == STATUS_OK && text_equal(buf_view(&o.out), buf_view(&whole->out)) &&
	       (o.found.failed || text_equal(buf_view(&o.found), buf_view(&whole->found)));
	buf_release(&o.out);
	buf_release(&o.found);
	return same || (status != STATUS_OK && !*ended);
}

/* A sanitizer makes each run many times as slow: some allocations have to do there. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define STEP 7
#endif
#endif
#if !defined(STEP) && defined(__SANITIZE_ADDRESS__)
#define STEP 7
#endif
#ifndef STEP
#define STEP 1
#endif

/* A block whose state could not be kept has its header as a row or its first row as a header. */
static void test_memory(struct tap *tap)
{
	struct outcome whole = { 0 };
	unsigned wrong = 0;
	bool ended = false;
	long left = 0;

	if (!scratch_write("text", texts[0].text, strlen(texts[0].text)) ||
	    parse_file("call", true, 61, 1, &whole) != STATUS_OK)
		wrong++;
	for (; wrong == 0 && !ended; left += STEP)
		if (!holds(&whole, left, &ended)) {
			printf("# allocation %ld\n", left);
			wrong++;
		}
	OK(tap, wrong == 0 && left > 20, "an allocation of the first %ld fails: an error, or the same rows", left);
	buf_release(&whole.out);
	buf_release(&whole.found);
}

/* ---- long lines ---- */

static void fill_line(struct buf *text, size_t len, char byte, const char *end)
{
	while (len-- > 0)
		buf_byte(text, byte);
	buf_text(text, end);
}

static void test_long(struct tap *tap)
{
	static const size_t blocks[] = { 4096, 65535, 65536, 65537, 100000, 262144 };
	static const char *const ends[] = { "\n", "\r\n", "\r", "" };
	struct buf text = { 0 };

	for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
		buf_clear(&text);
		buf_text(&text, HEADER "a,2022-03-27 00:59:58,07700900123,1\n");
		fill_line(&text, 65530, 'x', ends[e]);
		fill_line(&text, 400000, 'y', ends[e]);
		buf_text(&text, "b,2022-03-27 00:59:58,07700900123,\"");
		fill_line(&text, 70000, 'z', ends[e]);
		buf_text(&text, "c,2022-03-27 00:59:58,1,\"\n\n\n");
		fill_line(&text, 3000, '\n', "");
		fill_line(&text, 65000, 'z', "\"\n");
		buf_text(&text, "d,2022-03-27 00:59:58,07700900123,1\n");
		fill_line(&text, 140000, 'w', ends[e]);
		compare(tap, "call", true, text.data, text.len, blocks, sizeof blocks / sizeof *blocks, "long lines");
	}
	buf_release(&text);
}

#define WIDE_HEADER "account,started,dialled,presented,data\n"
#define WIDE "a,2022-03-27 00:59:58,07700900123,1,"

/* Rows with a long column that no role reads: whole, in quotes, with NUL bytes, over many lines, and some that are none. */
static void test_wide(struct tap *tap)
{
	static const size_t blocks[] = { 997, 4096, 65536, 100000, PARSE_BLOCK };
	static const char *const ends[] = { "\n", "\r\n", "\r" };
	struct buf text = { 0 };

	for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
		const char *end = ends[e];

		buf_clear(&text);
		buf_text(&text, WIDE_HEADER WIDE "x");
		buf_text(&text, end);
		for (unsigned i = 0; i < 6; i++) {
			buf_format(&text, "%s%s", WIDE, i % 2 ? "\"" : "");
			fill_line(&text, 30000 + i * 97001, i == 4 ? '\0' : 'x', "");
			buf_format(&text, "%s%s", i % 2 ? "\"\"\"" : "", end);
			buf_format(&text, "b,2022-03-27 00:59:58Z,077%u,\"%s\",y%s", i, end, end);
		}
		/* Lines in quotes, a quote that never closes, and values that are none. */
		buf_text(&text, WIDE "\"");
		for (unsigned i = 0; i < 30; i++)
			fill_line(&text, 2000, 'z', end);
		buf_format(&text, "\"%sc,2022-03-27 00:59:58,1,\"2%s", end, end);
		for (unsigned i = 0; i < 3000; i++)
			buf_format(&text, "d,2022-03-27 00:59:58,0770090%u,3,4%s", i, end);
		buf_text(&text, "e,2022-03-27 00:59:58,1,");
		fill_line(&text, 70000, '5', ",6");
		buf_format(&text, "%sf,2022-03-27 00:59:58,", end);
		buf_byte(&text, '\0');
		buf_format(&text, ",2,%s", end);
		fill_line(&text, 1000000, '7', "");
		compare(tap, "call", true, text.data, text.len, blocks, sizeof blocks / sizeof *blocks, "a wide column");
	}
	buf_release(&text);
}

/* A line that is as long as there may be, one that is longer, and one over many lines, in blocks as they are. */
static void test_longest(struct tap *tap)
{
	static const size_t blocks[] = { PARSE_BLOCK, 100000 };
	struct buf text = { 0 };

	buf_text(&text, WIDE_HEADER WIDE);
	fill_line(&text, (16 << 20) - sizeof WIDE, 'x', "\n" WIDE);
	fill_line(&text, (16 << 20) - sizeof WIDE + 1, 'y', "\n" WIDE "z\n" WIDE "\"");
	for (unsigned i = 0; i < 200; i++)
		fill_line(&text, 60000, 'z', i % 2 ? "\n\n" : "\",\"\n");
	fill_line(&text, 40000000, 'z', "\"\n" WIDE "z\n");
	compare(tap, "call", true, text.data, text.len, blocks, sizeof blocks / sizeof *blocks, "the longest records");
	buf_release(&text);
}

/* ---- many calls ---- */

static void draw_calls(struct buf *text, uint64_t *state, unsigned rows)
{
	buf_text(text, HEADER);
	for (unsigned i = 0; i < rows; i++) {
		const uint64_t mix = scratch_random(state);

		buf_format(text, "u%u,2022-03-%02u %02u:00:%02u%s,", (unsigned)(mix % 1000), 1 + i / 10000, i / 1000 % 24, i % 60,
			   i < rows / 2 ? "Z" : "");
		buf_format(text, "0%llu,", (unsigned long long)(mix % 7919 * 104729));
		switch (mix >> 32 & 63) {
		case 0:
			buf_format(text, "\"%u\n%u\"\n", i, (unsigned)(mix >> 40));
			break;
		case 1:
			buf_format(text, "\"%c%c%c%u\"\"\"\r\n", 'A' + i % 26, 'A' + i / 26 % 26, 'a' + i / 676 % 26, i);
			break;
		case 2:
			buf_format(text, "07700900123;07700900456;%u\n", i);
			break;
		case 3:
			buf_text(text, "\"open\n");
			break;
		case 4:
			buf_text(text, "5,more\n\n");
			break;
		default:
			buf_format(text, "+4420794600%02u\n", i % 100);
			break;
		}
	}
}

static void test_many(struct tap *tap)
{
	static const size_t blocks[] = { 5000, 65536, PARSE_BLOCK, 1 << 20 };
	struct outcome o = { .stop_at = 2 };
	struct buf text = { 0 };
	uint64_t state = 2;

	draw_calls(&text, &state, 150000);
	compare(tap, "call", true, text.data, text.len, blocks, sizeof blocks / sizeof *blocks, "many calls");
	compare(tap, PROFILE, false, text.data, text.len, blocks, sizeof blocks / sizeof *blocks, "many calls by a profile");
	OK(tap, parse_file("call", true, 5000, 2, &o) == STATUS_INTERRUPTED && o.segments == 2, "stopped before its end");
	buf_release(&o.out);
	buf_release(&o.found);
	buf_release(&text);
}

/* Texts without a form fill the heap of a segment long before it has its rows. */
static void test_heap(struct tap *tap)
{
	static const size_t blocks[] = { PARSE_BLOCK };
	struct buf text = { 0 };

	buf_text(&text, HEADER);
	for (unsigned i = 0; i < 2300; i++) {
		buf_format(&text, "u,2022-03-27 00:59:58,%u ", i);
		fill_line(&text, 60000, (char)('A' + i % 26), ",1\n");
	}
	compare(tap, "call", true, text.data, text.len, blocks, 1, "full heaps");
	buf_release(&text);
}

int main(void)
{
	struct tap tap = { 0, 0 };
	char folder[32];

	scratch_enter(folder);
	if (!scratch_write(PROFILE, PROFILE_TEXT, sizeof PROFILE_TEXT - 1))
		OK(&tap, false, "there is no profile");
	test_small(&tap);
	test_memory(&tap);
	test_long(&tap);
	test_wide(&tap);
	test_longest(&tap);
	test_many(&tap);
	test_heap(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
