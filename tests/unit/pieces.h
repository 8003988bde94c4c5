/* SPDX-License-Identifier: Apache-2.0 */
/* What a format makes of a text that is read in blocks of some size, as a text: `LINE+OFFSET+LENGTH value|value` a row, `! ... reason` one
 * that is rejected, `-` one that is skipped, `? ... name` one with a value in no column, in their order. Tables are announced with
 * `= NAME: COLUMN ...`. Rows are accounts. */
#ifndef UNSPOOF_TESTS_UNIT_PIECES_H
#define UNSPOOF_TESTS_UNIT_PIECES_H

#include "casefile/table/row_buffer.h"
#include "casefile/row_writer.h"
#include "ingest/format/format.h"
#include "ingest/parse/parse.h"
#include "ingest/plan/plan.h"
#include "scratch.h"
#include "sweep.h"

#define PIECES_TABLES 16

struct pieces {
	struct buf *out;
	const struct ingest_options *options;
	struct plan plans[PIECES_TABLES];
	size_t plan_count;
};

static inline void pieces_text(struct buf *out, struct text text)
{
	if (!text.data)
		buf_text(out, "NULL");
	else
		buf_escape(out, text, 0);
}

static inline void pieces_taken(struct buf *out, const struct batch *batch, size_t row)
{
	const struct row_value *values = batch->found.values + row * batch->columns;

	buf_format(out, "%lld+%lld+%lld", (long long)values[ROW_LINE].value, (long long)values[ROW_OFFSET].value,
		   (long long)values[ROW_LENGTH].value);
	for (size_t i = 0; i < 3; i++) {
		const struct row_value *value = &values[ROW_FIRST_ROLE + i];
		const struct text none = { NULL, 0 };

		buf_byte(out, i ? '|' : ' ');
		pieces_text(out, value->type == ROW_VALUE_TEXT ? row_buffer_text_of(&batch->found, value) : none);
	}
	buf_byte(out, '\n');
}

static inline void pieces_other(struct buf *out, const struct batch *batch, const struct batch_row *row)
{
	static const char marks[] = "!-?";

	for (uint32_t i = 0; row->kind == BATCH_SKIPPED && i < row->skipped; i++)
		buf_text(out, "-\n");
	if (row->kind == BATCH_SKIPPED)
		return;
	buf_format(out, "%c %llu+%llu+%llu ", marks[row->kind], (unsigned long long)row->line, (unsigned long long)row->offset,
		   (unsigned long long)row->length);
	if (row->kind == BATCH_LATE)
		pieces_text(out, batch_text(batch, row->value));
	else
		buf_text(out, batch_text(batch, row->reason).data);
	buf_byte(out, '\n');
}

static inline enum status pieces_take(void *context, struct batch *batch)
{
	struct pieces *pieces = context;
	size_t at = 0;

	for (uint32_t row = 0; batch->stream && batch->stream->plan && row <= batch->taken; row++) {
		for (; at < batch->count && batch->rows[at].before == row; at++)
			pieces_other(pieces->out, batch, &batch->rows[at]);
		if (row < batch->taken)
			pieces_taken(pieces->out, batch, row);
	}
	if (batch->last)
		buf_format(pieces->out, "end %llu+%llu\n", (unsigned long long)batch->line, (unsigned long long)batch->offset);
	return STATUS_OK;
}

static inline enum status pieces_announce(void *context, struct stream *stream, struct error *error)
{
	struct pieces *pieces = context;
	struct plan *plan = &pieces->plans[pieces->plan_count++];
	enum status status;

	if (pieces->plan_count > PIECES_TABLES)
		return STATUS_FAILED;
	status = plan_make(plan, pieces->options, "text", stream, error);
	if (status == STATUS_OK)
		stream->plan = plan;
	buf_format(pieces->out, "= ");
	pieces_text(pieces->out, buf_view(&stream->name));
	for (size_t i = 0; plan->header && i < plan->header->count; i++) {
		buf_text(pieces->out, i ? " " : ": ");
		pieces_text(pieces->out, plan->header->fields[i]);
	}
	buf_byte(pieces->out, '\n');
	return stream->plan || (status == STATUS_NOTHING && stream->name.len > 0) ? STATUS_OK : status;
}

static inline enum status pieces_parse(struct pieces *pieces, const struct format *format, struct dump *dump, size_t block,
				       unsigned threads, struct error *error)
{
	struct format_input input = { .shown = "text", .options = pieces->options, .dump = dump, .announce = pieces_announce, .context = pieces };
	struct forms forms = { 0 };
	struct layout *layout = NULL;
	struct format_note notes[FORMAT_NOTES];
	char before[8];
	size_t got = 0;
	enum status status = dump_peek(dump, &input.peek, error);

	if (status == STATUS_OK)
		status = format->open(&layout, &input, error);
	if (status == STATUS_OK && layout->begin > 0)
		status = dump_read(dump, before, layout->begin, &got, error);
	if (status == STATUS_OK) {
		const struct parse_settings settings = { layout, dump, layout->begin, 1 + layout->begin_lines, &forms, block, threads, NULL, NULL, false, 0 };

		status = parse_run(&settings, pieces_take, pieces, error);
	}
	for (size_t i = 0, count = status == STATUS_OK && format->notes ? format->notes(layout, notes) : 0; i < count; i++)
		buf_format(pieces->out, "note: %s\n", notes[i].text);
	if (layout)
		layout->format->close(layout);
	return status;
}

/* The status, and what came of it; an error ends the text. */
static inline enum status pieces_read(const struct format *format, const struct ingest_options *options, struct text text, size_t block,
				      unsigned threads, struct buf *out)
{
	const struct observer observer = { NULL, NULL, NULL, NULL };
	struct pieces pieces = { .out = out, .options = options };
	struct error error = { 0 };
	struct dump *dump = NULL;
	enum status status = scratch_write("text", text.data, text.len) ? dump_open(&dump, "text", threads > 1, &observer, &error) : STATUS_FAILED;

	if (status == STATUS_OK)
		status = dump_next(dump, &error);
	if (status == STATUS_OK)
		status = pieces_parse(&pieces, format, dump, block, threads, &error);
	if (status != STATUS_OK)
		buf_format(out, "error: %s\n", error.text);
	dump_close(dump);
	for (size_t i = 0; i < pieces.plan_count && i < PIECES_TABLES; i++)
		plan_release(&pieces.plans[i]);
	return status;
}

/* How many of the sizes of blocks, up to `most`, and numbers of threads give something else than one block does. A part of the sweep
 * has some of the sizes. */
static inline unsigned pieces_differ(const struct format *format, const struct ingest_options *options, struct text text, size_t most)
{
	struct buf whole = { 0 }, other = { 0 };
	unsigned wrong = 0;

	(void)pieces_read(format, options, text, text.len + 1, 1, &whole);
	for (size_t block = 1; block <= most && block <= text.len; block += 1 + block / sweep(3, 8))
		for (unsigned threads = 1; threads <= 2; threads++) {
			buf_clear(&other);
			(void)pieces_read(format, options, text, block, threads, &other);
			if (!text_equal(buf_view(&whole), buf_view(&other)) && wrong++ == 0)
				printf("# block of %zu, %u threads:\n%s\n# not\n%s\n", block, threads, other.data, whole.data);
		}
	buf_release(&whole);
	buf_release(&other);
	return wrong;
}

#ifdef PIECES_STARVED
#include "starve.h"

/* How many of the first allocations, each refused in its turn, give neither an error nor what none refused gives; *tried: of so many. */
static inline unsigned pieces_starve(const struct format *format, const struct ingest_options *options, struct text text, long *tried)
{
	struct buf whole = { 0 };
	unsigned wrong = 0;
	bool ended = false;

	(void)pieces_read(format, options, text, 61, 1, &whole);
	for (*tried = 0; !ended && *tried < 20000; ++*tried) {
		struct buf out = { 0 };
		enum status status;

		starve_failed = false;
		starve_left = *tried;
		status = pieces_read(format, options, text, 61, 1, &out);
		starve_left = -1;
		ended = !starve_failed;
		if (status == STATUS_OK && !out.failed && !text_equal(buf_view(&out), buf_view(&whole)) && wrong++ == 0)
			printf("# allocation %ld:\n%s\n# not\n%s\n", *tried, out.data, whole.data);
		buf_release(&out);
	}
	buf_release(&whole);
	return wrong;
}
#endif

#endif
