/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the reader of SQL dumps: blocks of so many bytes of the first byte, then the text. What is read in one block is what is read in
 * small ones, one after another, what a block leaves unread put before the next; places of rows are within the text, in their order. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "ingest/format/format.h"
#include "ingest/parse/row/row_sink.h"
#include "ingest/plan/plan.h"
#include "ingest/sql/row/sql_many.h"
#include "ingest/sql/row/sql_place.h"
#include "ingest/sql/sql_state.h"

/* What was read. */
struct tables_seen {
	struct buf rows;
	struct buf tables;
	struct plan plan;       /* that of all tables, with no role that is needed */
	uint64_t next;          /* where the last row ends */
};

static enum status announce(void *context, struct stream *stream, struct error *error)
{
	struct tables_seen *seen = context;

	(void)error;
	buf_add(&seen->tables, stream->name.data, stream->name.len);
	FUZZ_MUST(stream->utc.len == 0 || (stream->header == 1 && stream->utc.len == stream->sample.rows[0].count));
	FUZZ_MUST(stream->sample.row_count <= SAMPLE_ROWS && !stream->sample.failed);
	return STATUS_OK;
}

static void describe(struct tables_seen *seen, const struct batch *batch, uint64_t len)
{
	for (size_t i = 0; i < batch->count; i++) {
		const struct batch_row *row = &batch->rows[i];

		FUZZ_MUST(row->offset >= seen->next && row->length <= len && row->offset <= len - row->length);
		seen->next = row->offset + row->length;
		buf_format(&seen->rows, "%llu %llu %s\n", (unsigned long long)row->offset, (unsigned long long)row->length,
			   batch_text(batch, row->reason).data);
	}
}

/* One after another, as parse_run() joins them on one thread. */
struct joining {
	struct layout *layout;
	struct parser *parser;
	struct row_sink sink;
	struct batch batch;
	struct tables_seen *seen;
	char *unread;
	size_t unread_len;
	struct buf state;
	uint64_t offset;
	size_t whole;
};

static void parse_block(struct joining *j, const struct block *block)
{
	struct block both = *block;
	char *bytes = calloc(j->unread_len + block->len + BLOCK_BEHIND, 1);

	FUZZ_MUST(bytes);
	if (j->unread_len > 0)
		memcpy(bytes, j->unread, j->unread_len);
	if (block->len > 0)
		memcpy(bytes + j->unread_len, block->bytes, block->len);
	both.bytes = bytes;
	both.len = j->unread_len + block->len;
	both.offset = j->unread_len > 0 || j->parser->held ? j->offset : block->offset;
	both.goes_on = true;
	/* Whoever holds a row, or has some of one, knows the state before it. */
	if (j->unread_len > 0 || j->parser->held)
		both.state = j->state;
	batch_begin(&j->batch, block->stream);
	buf_clear(&j->batch.state);
	buf_add(&j->batch.state, both.state.data, both.state.len);
	row_sink_begin(&j->sink, &j->batch, NULL);
	FUZZ_MUST(j->layout->format->parse(j->parser, &both, &j->sink, &j->batch.state));
	FUZZ_MUST(!j->sink.failed && j->parser->unread <= both.len);
	FUZZ_MUST(j->parser->held || j->parser->offset + j->parser->unread == both.offset + both.len);
	describe(j->seen, &j->batch, j->whole);
	buf_clear(&j->state);
	buf_add(&j->state, j->batch.state.data, j->batch.state.len);
	j->offset = j->parser->offset;
	free(j->unread);
	j->unread_len = j->parser->unread;
	j->unread = calloc(j->unread_len + 1, 1);
	FUZZ_MUST(j->unread);
	memcpy(j->unread, bytes + both.len - j->unread_len, j->unread_len);
	free(bytes);
}

/* Windows of at most so many bytes. */
static void read_all(struct joining *j, const char *data, size_t len, size_t size)
{
	struct block block = { .first = true };
	struct error error = { 0 };
	size_t at = 0;
	bool last = false;

	while (!last) {
		const size_t left = len - at < size ? len - at : size;
		const struct text window = { data + at, left };

		buf_clear(&block.state);
		block.len = 0;
		block.within = false;
		block.stream = NULL;
		FUZZ_MUST(j->layout->format->split(j->layout, window, at + left == len, &block, &error) == STATUS_OK);
		FUZZ_MUST(block.len <= left && (block.len > 0 || left == 0));
		last = at + block.len == len && at + left == len;
		block.bytes = (char *)(uintptr_t)data + at;
		block.offset = at;
		block.last = last;
		at += block.len;
		if (block.stream)
			parse_block(j, &block);
		else
			FUZZ_MUST(j->unread_len == 0 && !j->parser->held);
	}
	FUZZ_MUST(j->unread_len == 0 && !j->parser->held);
	buf_release(&block.state);
}

/* Going on behind what was read is possible: its state is one. */
static void restore_again(const struct format_input *input, struct text state)
{
	struct error error = { 0 };
	struct layout *layout = NULL;

	FUZZ_MUST(format_sql.open(&layout, input, &error) == STATUS_OK);
	FUZZ_MUST(format_sql.restore(layout, state, 0, 1, &error) == STATUS_OK);
	format_sql.close(layout);
}

static void read_dump(const char *data, size_t len, size_t size, struct tables_seen *seen)
{
	const struct ingest_options options = ingest_options_none();
	struct tables_seen again = { 0 };
	struct format_input input = { .shown = "text", .options = &options, .peek = { { data, len }, true },
				      .announce = announce, .context = seen };
	struct joining j = { .seen = seen, .whole = len };
	struct error error = { 0 };
	struct buf said = { 0 };
	struct format_note notes[FORMAT_NOTES];

	FUZZ_MUST(format_sql.open(&j.layout, &input, &error) == STATUS_OK);
	j.parser = format_sql.parser_new(j.layout);
	FUZZ_MUST(j.parser && row_sink_open(&j.sink, &seen->plan, NULL));
	read_all(&j, data, len, size);
	FUZZ_MUST(format_sql.notes(j.layout, notes) <= FORMAT_NOTES);
	input.context = &again;
	if (j.state.len > 0)
		restore_again(&input, buf_view(&j.state));
	buf_release(&again.tables);
	buf_release(&said);
	row_sink_release(&j.sink);
	format_sql.parser_free(j.parser);
	format_sql.close(j.layout);
	batch_release(&j.batch);
	buf_release(&j.state);
	free(j.unread);
}

static void check_same(const struct buf *a, const struct buf *b)
{
	FUZZ_MUST(!a->failed && !b->failed && a->len == b->len && (a->len == 0 || !memcmp(a->data, b->data, a->len)));
}

/* No state that anybody made up may do harm. */
static void restore_any(const char *data, size_t len)
{
	const struct ingest_options options = ingest_options_none();
	struct tables_seen seen = { 0 };
	const struct format_input input = { .shown = "text", .options = &options, .announce = announce, .context = &seen };
	struct layout *layout = NULL;
	struct error error = { 0 };

	FUZZ_MUST(format_sql.open(&layout, &input, &error) == STATUS_OK);
	(void)format_sql.restore(layout, (struct text){ data, len }, 0, 1, &error);
	format_sql.close(layout);
	buf_release(&seen.tables);
}

/* A row cut in one go is the same as one that is gone over first. */
static void cut_twice(struct text text, const struct sql_manner *manner)
{
	struct sql_row quick = { 0 }, whole = { 0 };
	struct sql_skim skim = { 0 };
	enum sql_tuple_end how;
	unsigned depth = 0;
	const char *end, *at = sql_skim_tuple(&skim, manner, &depth, text.data, text.data + text.len, &how);

	FUZZ_MUST(sql_row_begin(&quick, text.len) && sql_row_begin(&whole, text.len));
	end = sql_row_quick(&quick, manner, text);
	if (how != SQL_TUPLE_MORE)
		sql_row_tuple(&whole, manner, (struct text){ text.data, (size_t)(at - text.data) });
	if (end) {
		FUZZ_MUST(how == SQL_TUPLE_WHOLE && end == at && quick.count == whole.count && quick.nulls == whole.nulls);
		FUZZ_MUST(!strcmp(quick.why, whole.why));
		for (size_t i = 0; i < quick.count; i++)
			FUZZ_MUST(text_equal(quick.values[i], whole.values[i]));
	}
	sql_row_release(&quick);
	sql_row_release(&whole);
}

/* Many rows at once end where they end one by one. */
static void many_rows(sql_marks_of *marks_of, struct text text, const struct sql_manner *manner)
{
	const char *at = text.data, *to = text.data + text.len;
	const char *end = sql_many_rows(marks_of, manner, at, to);

	while (at < end) {
		struct sql_skim skim = { 0 };
		enum sql_tuple_end how;
		unsigned depth = 0;

		FUZZ_MUST(sql_between(manner, (struct text){ 0 }, &at, to) == SQL_BETWEEN_ROW);
		at = sql_skim_tuple(&skim, manner, &depth, at, to, &how);
		FUZZ_MUST(how == SQL_TUPLE_WHOLE && at <= end);
	}
}

static void cut_rows(const char *data, size_t len, uint8_t bits)
{
	const struct sql_manner manner = { bits & 1, bits >> 1 & 1, bits >> 2 & 1, bits >> 3 & 1 };
	unsigned rows = 0;

	for (size_t i = 0; i < len && rows < 8; i++)
		if (data[i] == '(') {
			rows++;
			cut_twice((struct text){ data + i, len - i }, &manner);
			many_rows(sql_marks_plain, (struct text){ data + i, len - i }, &manner);
			many_rows(sql_marks_fastest(), (struct text){ data + i, len - i }, &manner);
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct tables_seen whole = { 0 }, parts = { 0 };
	const char *text = (const char *)data + 1;

	if (size < 1)
		return 0;
	/* All rows are of another width, so that each is a reject and is told with its place. */
	whole.plan.kind = parts.plan.kind = KIND_ACCOUNT;
	whole.plan.mapping.kind = parts.plan.mapping.kind = KIND_ACCOUNT;
	whole.plan.width.least = whole.plan.width.most = parts.plan.width.least = parts.plan.width.most = SQL_COLUMNS_MOST + 1;
	read_dump(text, size - 1, size, &whole);
	read_dump(text, size - 1, 1 + data[0] % 64U, &parts);
	check_same(&whole.rows, &parts.rows);
	check_same(&whole.tables, &parts.tables);
	restore_any(text, size - 1);
	cut_rows(text, size - 1, data[0]);
	buf_release(&whole.rows);
	buf_release(&whole.tables);
	buf_release(&parts.rows);
	buf_release(&parts.tables);
	return 0;
}
