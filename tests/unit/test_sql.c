/* SPDX-License-Identifier: Apache-2.0 */
/* SQL dumps, parsed in blocks of every size on one thread and several, and gone on with behind every batch: the rows of each are those
 * that are written here, with their places. */
#include <stdlib.h>
#include <string.h>

#include "casefile/row_writer.h"
#include "ingest/format/format.h"
#include "ingest/parse/parse.h"
#include "ingest/plan/plan.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"

#define STREAMS 16

/* All that comes of a parse. */
struct outcome {
	struct buf out;
	struct buf plain;           /* the same without places */
	struct text text;           /* what is parsed */
	unsigned wrong;             /* places where no row stands */
	struct buf tables;          /* those announced */
	struct buf said;            /* notes, at the end */
	struct plan plans[STREAMS];
	const struct stream *last;
	size_t count;
	const char *const *mappings;
	/* A place to go on from behind so many batches. */
	long stop;
	struct buf state;
	uint64_t offset, line;
};

static void put_value(struct buf *out, struct text text)
{
	buf_byte(out, '|');
	if (!text.data)
		buf_text(out, "NULL");
	else
		buf_escape(out, text, 80);
}

/* A row stands in brackets, or is a line. */
static void check_place(struct outcome *o, uint64_t line, uint64_t offset, uint64_t length)
{
	const char *from;
	uint64_t lines = 1;

	if (!o->text.data)
		return;
	from = o->text.data + offset;
	if (length == 0 || offset + length > o->text.len || (from[length - 1] != ')' && from[length - 1] != '\n')) {
		o->wrong++;
		return;
	}
	o->wrong += from[length - 1] == ')' ? from[0] != '(' : offset == 0 || from[-1] != '\n';
	for (size_t i = 0; i < offset; i++)
		lines += o->text.data[i] == '\n';
	o->wrong += lines != line;
}

static void put_table(struct outcome *o, const struct batch *batch)
{
	if (batch->stream == o->last)
		return;
	o->last = batch->stream;
	buf_format(&o->out, "%s:\n", buf_view(&batch->stream->name).data);
	buf_format(&o->plain, "%s:\n", buf_view(&batch->stream->name).data);
}

static void put_rejects(struct outcome *o, const struct batch *batch, uint32_t before, size_t *row)
{
	for (; *row < batch->count && batch->rows[*row].before <= before; ++*row) {
		const struct batch_row *r = &batch->rows[*row];

		put_table(o, batch);
		buf_format(&o->out, "  %llu %llu+%llu! %s", (unsigned long long)r->line, (unsigned long long)r->offset,
			   (unsigned long long)r->length, batch_text(batch, r->reason).data);
		put_value(&o->out, batch_text(batch, r->text));
		buf_byte(&o->out, '\n');
		buf_format(&o->plain, "! %s\n", batch_text(batch, r->reason).data);
	}
}

static void put_rows(struct outcome *o, const struct batch *batch)
{
	size_t row = 0;

	for (uint32_t i = 0; i < batch->taken; i++) {
		const struct row_value *value = batch->found.values + (size_t)i * batch->columns;

		put_rejects(o, batch, i, &row);
		put_table(o, batch);
		buf_format(&o->out, "  %lld %lld+%lld", (long long)value[ROW_LINE].value, (long long)value[ROW_OFFSET].value,
			   (long long)value[ROW_LENGTH].value);
		for (size_t role = 0; role < 3; role++) {
			const struct row_value *found = &value[ROW_FIRST_ROLE + role];

			const struct text text = found->type == ROW_VALUE_TEXT ? row_buffer_text_of(&batch->found, found)
									       : (struct text){ NULL, 0 };

			put_value(&o->out, text);
			put_value(&o->plain, text);
		}
		buf_byte(&o->out, '\n');
		buf_byte(&o->plain, '\n');
		check_place(o, (uint64_t)value[ROW_LINE].value, (uint64_t)value[ROW_OFFSET].value, (uint64_t)value[ROW_LENGTH].value);
	}
	put_rejects(o, batch, batch->taken, &row);
}

static enum status put_batch(void *context, struct batch *batch)
{
	struct outcome *o = context;

	if (!batch->stream)
		return STATUS_OK;
	put_rows(o, batch);
	if (o->out.failed)
		return STATUS_FAILED;
	if (o->stop < 0 || o->stop-- > 0)
		return STATUS_OK;
	buf_clear(&o->state);
	buf_add(&o->state, batch->state.data, batch->state.len);
	o->offset = batch->offset;
	o->line = batch->line;
	return STATUS_INTERRUPTED;
}

static enum status announce(void *context, struct stream *stream, struct error *error)
{
	struct outcome *o = context;
	struct ingest_options options = ingest_options_none();
	const struct sample *sample = &stream->sample;

	options.kind = "account";
	options.mappings = o->mappings;
	options.mapping_count = 3;
	if (o->count == STREAMS)
		return error_set(error, STATUS_FAILED, "too many");
	buf_format(&o->tables, "%s:", buf_view(&stream->name).data);
	for (size_t i = 0; stream->header == 1 && i < sample->rows[0].count; i++) {
		buf_byte(&o->tables, ' ');
		buf_add(&o->tables, sample->rows[0].fields[i].data, sample->rows[0].fields[i].len);
		buf_text(&o->tables, stream->utc.len > i && stream->utc.data[i] ? "*" : "");
	}
	if (stream->encoding)
		buf_format(&o->tables, " (%s)", stream->encoding);
	buf_byte(&o->tables, '\n');
	stream->plan = &o->plans[o->count];
	return plan_make(&o->plans[o->count++], &options, "text", stream, error);
}

static const char *const by_place[] = { "account=1", "login=2", "email=3" };

static void say_notes(const struct layout *layout, struct buf *out)
{
	struct format_note notes[FORMAT_NOTES];
	const size_t count = layout->format->notes(layout, notes);

	for (size_t i = 0; i < count; i++)
		buf_format(out, "%s: %s\n", notes[i].topic, notes[i].text);
}

static enum status parse_dump(struct dump *dump, const struct outcome *from, size_t block, unsigned threads, struct outcome *o,
			      struct error *error)
{
	const struct ingest_options options = ingest_options_none();
	struct format_input input = { .shown = "text", .options = &options, .dump = dump, .announce = announce, .context = o };
	struct forms forms = { 0 };
	struct layout *layout = NULL;
	struct prefix prefix = { 0 };
	bool same;
	enum status status = dump_peek(dump, &input.peek, error);

	if (status == STATUS_OK)
		status = format_sql.open(&layout, &input, error);
	if (status == STATUS_OK && from)
		status = dump_skip(dump, from->offset, &prefix, 0, &same, error);
	if (status == STATUS_OK && from)
		status = format_sql.restore(layout, buf_view(&from->state), from->offset, from->line, error);
	if (status == STATUS_OK) {
		const struct parse_settings settings = { layout, dump, from ? from->offset : 0, from ? from->line : 1, &forms,
							 block, threads, NULL, NULL, false, 0 };

		status = parse_run(&settings, put_batch, o, error);
	}
	if (layout) {
		say_notes(layout, &o->said);
		format_sql.describe(layout, o->last ? o->last : &(struct stream){ 0 }, &o->said);
	}
	o->last = NULL;
	format_sql.close(layout);
	forms_release(&forms);
	return status;
}

static enum status parse_file(const struct outcome *from, size_t block, unsigned threads, struct outcome *o)
{
	const struct observer observer = { NULL, NULL, NULL, NULL };
	struct error error = { 0 };
	struct dump *dump = NULL;
	enum status status = dump_open(&dump, "text", threads > 1, &observer, &error);

	o->mappings = by_place;
	if (status == STATUS_OK)
		status = dump_next(dump, &error);
	if (status == STATUS_OK)
		status = parse_dump(dump, from, block, threads, o, &error);
	if (status != STATUS_OK && status != STATUS_INTERRUPTED && starve_left < 0 && !starve_failed)
		printf("# %s\n", error.text);
	dump_close(dump);
	return status;
}

static void release(struct outcome *o)
{
	for (size_t i = 0; i < o->count; i++)
		plan_release(&o->plans[i]);
	buf_release(&o->out);
	buf_release(&o->plain);
	buf_release(&o->tables);
	buf_release(&o->said);
	buf_release(&o->state);
	memset(o, 0, sizeof *o);
	o->stop = -1;
}

static bool equal(const struct buf *a, const struct buf *b)
{
	return text_equal(buf_view(a), buf_view(b));
}

/* ---- blocks of all sizes ---- */

static bool same_in_blocks(size_t block, unsigned threads, const struct outcome *whole)
{
	struct outcome o = { .stop = -1 };
	const bool same = parse_file(NULL, block, threads, &o) == STATUS_OK && equal(&o.out, &whole->out) &&
			  equal(&o.tables, &whole->tables) && equal(&o.said, &whole->said);

	if (!same)
		printf("# block of %zu, %u threads:\n%s# %s\n# %s\n# not\n%s# %s\n", block, threads, buf_view(&o.out).data,
		       buf_view(&o.tables).data, buf_view(&o.said).data, buf_view(&whole->out).data, buf_view(&whole->said).data);
	release(&o);
	return same;
}

/* What has rows of one table on both sides has its name once more where it is gone on with. */
static bool joins(const struct outcome *first, const struct outcome *rest, const struct buf *whole)
{
	struct text left = buf_view(&rest->out), head = buf_view(&first->out);
	struct buf all = { 0 };
	bool same;

	buf_add(&all, head.data, head.len);
	buf_add(&all, left.data, left.len);
	same = text_equal(buf_view(&all), buf_view(whole));
	if (!same) {
		(void)text_take_line(&left);
		buf_clear(&all);
		buf_add(&all, head.data, head.len);
		buf_add(&all, left.data, left.len);
		same = text_equal(buf_view(&all), buf_view(whole));
	}
	buf_release(&all);
	return same;
}

/* Stopped behind each batch, and gone on with. */
static unsigned count_bad_stops(size_t block, const struct outcome *whole)
{
	enum status status = STATUS_INTERRUPTED;
	unsigned bad = 0;

	for (long stop = 0; status == STATUS_INTERRUPTED; stop++) {
		struct outcome first = { .stop = stop }, rest = { .stop = -1 };

		status = parse_file(NULL, block, 1, &first);
		if (status == STATUS_INTERRUPTED &&
		    (parse_file(&first, block + 5, 1, &rest) != STATUS_OK || !joins(&first, &rest, &whole->out))) {
			printf("# stopped behind batch %ld of %zu bytes, at %llu:\n%s# and\n%s\n", stop, block,
			       (unsigned long long)first.offset, buf_view(&first.out).data, buf_view(&rest.out).data);
			bad++;
		}
		release(&first);
		release(&rest);
	}
	return bad;
}

static const size_t blocks[] = { 1, 2, 3, 5, 7, 13, 31, 64, 100, 333 };

static void compare(struct tap *tap, const char *name, const char *data, size_t len, const char *tables, const char *rows,
		    const char *said)
{
	struct outcome whole = { .stop = -1, .text = { data, len } };
	unsigned bad = 0;

	OK(tap, scratch_write("text", data, len) && parse_file(NULL, len + 1, 1, &whole) == STATUS_OK, "%s: is read", name);
	if (tables)
		OK(tap, tap_same(buf_view(&whole.tables).data ? whole.tables.data : "", tables), "%s: its tables", name);
	if (rows)
		OK(tap, tap_same(whole.plain.data ? whole.plain.data : "", rows) && whole.wrong == 0, "%s: its rows, %u elsewhere:\n# %s",
		   name, whole.wrong, whole.plain.data ? whole.plain.data : "");
	if (said)
		OK(tap, strstr(whole.said.data, said) != NULL, "%s: says %s: %s", name, said, whole.said.data);
	/* What has no names of columns is told by its first rows. */
	for (size_t i = tables && !strncmp(tables, "acc:\n", 5) ? 8 : tables && !strcmp(tables, "cdr:\n") ? 9 : 0;
	     i < sizeof blocks / sizeof *blocks; i++)
		bad += !same_in_blocks(blocks[i], 1 + (unsigned)i % 3, &whole);
	OK(tap, bad == 0, "%s: the same in blocks of all sizes", name);
	bad = count_bad_stops(1, &whole) + count_bad_stops(50, &whole);
	OK(tap, bad == 0, "%s: and gone on with behind each", name);
	release(&whole);
}

static void is(struct tap *tap, const char *name, const char *text, const char *tables, const char *rows, const char *said)
{
	compare(tap, name, text, strlen(text), tables, rows, said);
}

#include "sql_cases.h"

/* ---- memory ---- */

/* A sanitizer makes each run many times as slow: some allocations have to do there. */
#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define STEP 23
#endif
#endif
#if !defined(STEP) && defined(__SANITIZE_ADDRESS__)
#define STEP 23
#endif
#ifndef STEP
#define STEP 2
#endif

static bool holds(const struct outcome *whole, size_t block, long left, bool *ended)
{
	struct outcome o = { .stop = -1 };
	enum status status;
	bool same;

	starve_failed = false;
	starve_left = left;
	status = parse_file(NULL, block, 1, &o);
	starve_left = -1;
	*ended = !starve_failed;
	same = status == STATUS_OK && (o.out.failed || equal(&o.out, &whole->out));
	if (!same && (status == STATUS_OK || *ended))
		printf("# status %d:\n%s", status, buf_view(&o.out).data);
	release(&o);
	return same || (status != STATUS_OK && !*ended);
}

/* Whichever allocation fails: an error, or the same rows. */
static void test_memory(struct tap *tap)
{
	static const char text[] = HEAD "USE x;\n" CREATE
		"INSERT INTO t (a,b,c) VALUES (1,'a\\'b',3),(2,3);\nINSERT INTO t (c,b) VALUES (1,2);\n"
		"INSERT INTO acc VALUES (1,x'41',3) ON DUPLICATE KEY UPDATE a=1;\nUPDATE acc SET a=1;\nCOPY u (a,b,c) FROM stdin;\n1\t\\n\t\\N\n";
	static const size_t sizes[] = { 3, 1000 };
	struct outcome whole = { .stop = -1 };
	unsigned wrong = !scratch_write("text", text, sizeof text - 1) || parse_file(NULL, 1000, 1, &whole) != STATUS_OK;

	for (size_t i = 0; i < 2; i++) {
		bool ended = false;
		long left = 0;

		for (; wrong == 0 && !ended; left += STEP)
			if (!holds(&whole, sizes[i], left, &ended)) {
				printf("# allocation %ld, blocks of %zu\n", left, sizes[i]);
				wrong++;
			}
		OK(tap, wrong == 0 && left > 20, "an allocation of the first %ld fails: an error, or the same rows", left);
	}
	release(&whole);
}

/* ---- long rows ---- */

static void fill(struct buf *text, size_t len, char byte)
{
	while (len-- > 0)
		buf_byte(text, byte);
}

/* A row that is too long is one reject, and those around it stand. */
static void test_long(struct tap *tap)
{
	static const size_t sizes[] = { 65536, PARSE_BLOCK, 4 << 20 };
	struct buf text = { 0 };
	unsigned bad = 0;

	buf_text(&text, HEAD CREATE "INSERT INTO acc VALUES (1,2,3),\n(4,'");
	fill(&text, 70000, 'x');
	buf_text(&text, "\\'),(',6),(7,'\n");
	fill(&text, 17 << 20, 'y');
	buf_text(&text, "',(8)\n),(9,10,11);\nINSERT INTO acc VALUES (");
	fill(&text, 17 << 20, ' ');
	buf_text(&text, "5;INSERT INTO acc VALUES (12,13,14);\nCOPY acc FROM stdin;\n");
	fill(&text, 17 << 20, 'z');
	buf_text(&text, "\n1\t2\t3\n\\.\nINSERT INTO acc VALUES (15,16,17);\n");
	OK(tap, !text.failed && scratch_write("text", text.data, text.len), "long rows");
	for (size_t i = 0; i < 3; i++) {
		struct outcome o = { .stop = -1 };
		static const char wanted[] = "acc:\n|1|2|3\n! is longer than 65536 bytes\n! is longer than 16 MiB\n|9|10|11\n! is longer than 16 MiB\n"
					     "|12|13|14\n! is longer than 16 MiB\n|1|2|3\n|15|16|17\n";

		if (parse_file(NULL, sizes[i], 1 + (unsigned)i, &o) != STATUS_OK || !tap_same(o.plain.data ? o.plain.data : "", wanted))
			bad++;
		release(&o);
	}
	OK(tap, bad == 0, "each is a reject, in blocks of all sizes");
	buf_release(&text);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_cases(&tap);
	test_memory(&tap);
	test_long(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
