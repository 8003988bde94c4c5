/* SPDX-License-Identifier: Apache-2.0 */
/* Delimited text: one stream, in blocks that end where a line does, so that most
 * begin where a record does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/delimited/dialect.h"
#include "ingest/delimited/dialect_manner.h"
#include "ingest/delimited/foot.h"
#include "ingest/delimited/reader.h"
#include "ingest/delimited/records.h"
#include "ingest/format/dialect_given.h"
#include "ingest/format/dialect_notes.h"
#include "ingest/format/format.h"
#include "ingest/format/shape/header_again.h"
#include "ingest/format/shape/trailing.h"
#include "ingest/parse/row/row_sink.h"
#include "ingest/plan/plan.h"
#include "ingest/reread/recipe/recipe.h"

_Static_assert(BLOCK_BEHIND >= READER_BEHIND, "a block can be lent to a reader");
_Static_assert(RECORD_READ <= CUT_BLOCK, "fields are looked at as they stand");
_Static_assert(BLOCK_UNREAD >= READER_RECORD_MOST, "a record can be unread");

/* The only state but the empty one: the header is still to come. */
#define HEADER_DUE "header"

struct delimited {
	struct layout layout;       /* first, so that it is found by it */
	struct dialect dialect;
	struct stream stream;
	bool header_due;            /* where the first block begins */
	struct buf head;            /* what stands up to the first row behind the header */
	bool trailing;              /* rows end with a separator that the header has not */
	bool quotes;                /* some byte of the sample can be a quote */
};

struct delimited_parser {
	struct parser parser;       /* the same */
	struct reader reader;
	struct header_again header;
	bool feet;                          /* are no rows */
	struct error error;
};

static const struct delimited *of(const struct layout *layout)
{
	return (const struct delimited *)layout;
}

static unsigned bid(const struct peek *peek)
{
	(void)peek;
	return 1;
}

/* ---- the dialect ---- */

/* Notes how a member begins that is written as this one: see join(). */
struct start {
	size_t len;
	bool taken;
};

static void take_start(void *context, const struct record *record)
{
	struct start *start = context;

	if (!start->taken)
		start->len = (size_t)(record->offset + record->length);
	start->taken = true;
}

static void note_fault(void *context, const struct record *record)
{
	bool *good = context;

	*good = *good && !record->reason;
}

static bool has_quotes(struct text text)
{
	return text.len > 0 && (memchr(text.data, '"', text.len) ||
				memchr(text.data, '\'', text.len));
}

static enum status note_start(struct delimited *d, const struct peek *peek,
			      struct error *error)
{
	const struct text body = dialect_body(&d->dialect, peek->bytes, peek->whole);
	struct start start = { 0, false };
	enum status status = STATUS_OK;

	d->quotes = has_quotes(body);
	if (d->header_due)
		status = records_each(&d->dialect, body, take_start, &start, error);
	buf_add(&d->head, peek->bytes.data, d->layout.begin + start.len);
	return status == STATUS_OK && d->head.failed ? error_memory(error) : status;
}

/* A head that was given has to be there, in what is looked at. */
static enum status set_begin(struct delimited *d, const struct peek *peek,
			     struct error *error)
{
	const long head = d->dialect.head;
	unsigned *lines = &d->layout.begin_lines;

	d->layout.begin = dialect_preamble(&d->dialect, peek->bytes, lines);
	if (*lines >= (unsigned)head + d->dialect.declared &&
	    d->layout.begin <= DIALECT_HEAD_BYTES)
		return STATUS_OK;
	return error_set(error, STATUS_USAGE,
			 "%s: a head of %ld lines is more than %s; say how many lines "
			 "stand before the table with --skip-head N",
			 d->layout.input->shown, head,
			 peek->whole ? "there are" : "its first 64 KiB have");
}

static enum status open_layout(struct layout **out, const struct format_input *input,
			       struct error *error)
{
	struct delimited *d = calloc(1, sizeof(*d));
	const struct peek *peek = &input->peek;
	enum status status;

	*out = NULL;
	if (!d)
		return error_memory(error);
	*out = &d->layout;
	d->layout.format = &format_delimited;
	d->layout.input = input;
	status = dialect_given(&d->dialect, input->options,
			       input->dump ? dump_table_name(input->dump) : (struct text){ NULL, 0 },
			       error);
	if (status == STATUS_OK)
		status = dialect_sniff(&d->dialect, peek->bytes, peek->whole, error);
	if (status == STATUS_OK)
		status = records_sample(&d->dialect,
					dialect_body(&d->dialect, peek->bytes,
						     peek->whole),
					&d->stream.sample, error);
	if (status != STATUS_OK)
		return status;
	status = set_begin(d, peek, error);
	if (status != STATUS_OK)
		return status;
	d->trailing = trailing_is(&d->stream.sample);
	if (d->trailing && !trailing_widen(&d->stream.sample))
		return error_memory(error);
	d->stream.header = d->dialect.header;
	d->stream.other_head = d->dialect.other > 0 ? (uint64_t)d->dialect.other - 1 : 0;
	status = layout_announce(&d->layout, &d->stream, error);
	d->header_due = d->stream.header == 1;
	return status == STATUS_OK ? note_start(d, peek, error) : status;
}

/* ---- other members like it ---- */

/* Whether separator, blanks and quote stand somewhere: `, "`. */
static bool has_blank_quotes(const struct dialect *dialect, struct text text)
{
	for (size_t i = 2; i < text.len; i++)
		if (text.data[i] == (char)dialect->quote &&
		    (text.data[i - 1] == ' ' || text.data[i - 1] == '\t') &&
		    text.data[i - 2] == (char)dialect->separator)
			return true;
	return false;
}

/* Whether a member has no escapes, guards or bare quotes by itself, as the layout; where
 * that has some, whether it reads all of the member. */
static enum status same_manner(const struct delimited *d, struct text body, bool *same,
			       struct error *error)
{
	const struct ingest_options *options = d->layout.input->options;
	struct dialect found = d->dialect, given;
	bool good = true;
	enum status status;

	if (dialect_mannered(&d->dialect)) {
		status = records_each(&d->dialect, body, note_fault, &good, error);
		*same = good;
		return status;
	}
	*same = true;
	if (options->profile || !(has_quotes(body) || memchr(body.data, '\\', body.len)))
		return STATUS_OK;
	found.escape = options->escape;
	found.inner = options->inner;
	found.guard = options->guard;
	given = found;
	status = dialect_find_manner(&found, &given, body, error);
	*same = !dialect_mannered(&found);
	return status;
}

/* Whether one with these bytes could have another dialect, or other line ends than
 * people are told; one line without an end has none to tell. */
static bool in_doubt(const struct delimited *d, struct text body)
{
	static const char mark[] = "\xef\xbb\xbf";
	const char *ends = dialect_ends(body);

	if (d->layout.begin == 0 && body.len >= 4 &&
	    (!memcmp(body.data, mark, 3) || !memcmp(body.data, "sep=", 4)))
		return true;
	if (d->stream.header == 1 && trailing_line(body, (char)d->dialect.separator) != d->trailing)
		return true;
	if (strcmp(ends, d->dialect.ends) != 0 && strcmp(ends, "none") != 0)
		return true;
	return has_quotes(body) &&
	       (!d->quotes || d->dialect.quote == 0 ||
		(!d->dialect.blanks && has_blank_quotes(&d->dialect, body)));
}

static enum status join_rows(const struct delimited *d, struct text body, bool *joins,
			     struct error *error)
{
	struct sample sample = { 0 };
	enum status status = records_sample(&d->dialect, body, &sample, error);

	if (status == STATUS_OK)
		status = plan_reads(d->stream.plan, d->layout.input->options, &sample,
				    joins, error);
	sample_release(&sample);
	return status;
}

/* With a header that begins with the same bytes; without one whose rows are of the
 * plan. */
static enum status join(const struct layout *layout, const struct peek *peek, bool *joins,
			struct error *error)
{
	const struct delimited *d = of(layout);
	const struct text head = buf_view(&d->head);
	enum status status = STATUS_OK;
	unsigned lines;
	struct text body;

	*joins = peek->bytes.len >= head.len &&
		 (head.len == 0 || !memcmp(peek->bytes.data, head.data, head.len)) &&
		 dialect_preamble(&d->dialect, peek->bytes, &lines) == layout->begin;
	if (!*joins)
		return STATUS_OK;
	body = dialect_body(&d->dialect, peek->bytes, peek->whole);
	*joins = !in_doubt(d, body);
	if (*joins && body.len > 0)
		status = same_manner(d, body, joins, error);
	if (status == STATUS_OK && *joins && d->stream.header != 1)
		status = join_rows(d, body, joins, error);
	return status;
}

static void begin_anew(struct layout *layout)
{
	struct delimited *d = (struct delimited *)layout;

	d->header_due = d->stream.header == 1;
}

static void close_layout(struct layout *layout)
{
	struct delimited *d = (struct delimited *)layout;

	if (!d)
		return;
	stream_release(&d->stream);
	buf_release(&d->head);
	free(d);
}

static void describe(const struct layout *layout, const struct stream *stream,
		     struct buf *out)
{
	struct dialect dialect = of(layout)->dialect;

	dialect.header = stream->header;
	dialect_describe(&dialect, out);
}

static size_t notes(const struct layout *layout, struct format_note notes[FORMAT_NOTES])
{
	const struct delimited *d = of(layout);
	size_t count = dialect_notes(&d->dialect, layout->begin_lines, notes);

	if (!d->trailing || d->stream.header != 1)
		return count;
	notes[count] = (struct format_note){ .topic = "dialect", .count = 1, .line = 1 + layout->begin_lines,
					     .remedy = "look whether the names are those of their columns" };
	(void)snprintf(notes[count].text, sizeof(notes[count].text),
		       "rows end with a separator, which the header does not: the last field of each is of no column");
	return count + 1;
}

static void recipe(const struct layout *layout, const struct stream *stream,
		   struct buf *out)
{
	recipe_write(stream->plan, &of(layout)->dialect, layout->begin,
		     layout->begin_lines, out);
}

static enum status restore(struct layout *layout, struct text state,
			   uint64_t offset, uint64_t line, struct error *error)
{
	struct delimited *d = (struct delimited *)layout;

	(void)offset;
	(void)line;
	(void)error;
	d->header_due = text_is(state, HEADER_DUE);
	return d->header_due || state.len == 0 ? STATUS_OK : STATUS_INTEGRITY;
}

/* ---- blocks ---- */

static size_t find_last(struct text text, size_t len, char byte)
{
	while (len > 0 && text.data[len - 1] != byte)
		len--;
	return len;
}

/* A CR at the end may have an LF behind it. */
static enum status split(struct layout *layout, struct text window, bool last,
			 struct block *block, struct error *error)
{
	struct delimited *d = (struct delimited *)layout;

	(void)error;
	block->stream = &d->stream;
	if (block->first && d->header_due)
		buf_text(&block->state, HEADER_DUE);
	block->len = last ? window.len : find_last(window, window.len, '\n');
	if (block->len == 0 && window.len > 0)
		block->len = find_last(window, window.len - 1, '\r');
	if (block->len == 0) {
		block->len = window.len;
		block->within = window.len > 0 && !last &&
				window.data[window.len - 1] != '\r';
	}
	return STATUS_OK;
}

static struct parser *parser_new(const struct layout *layout)
{
	const struct delimited *d = of(layout);
	struct delimited_parser *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	if (reader_open_lent(&p->reader, &d->dialect, &p->error) != STATUS_OK) {
		reader_close(&p->reader);
		free(p);
		return NULL;
	}
	p->feet = d->dialect.feet;
	if (d->stream.header == 1)
		header_again_set(&p->header, &d->stream.sample.rows[0]);
	return &p->parser;
}

static void parser_free(struct parser *parser)
{
	struct delimited_parser *p = (struct delimited_parser *)parser;

	if (p)
		reader_close(&p->reader);
	free(p);
}

static void parser_hand_over(struct parser *parser)
{
	reader_hand_over(&((struct delimited_parser *)parser)->reader);
}

/* A line around the table, where it can be no row. */
static bool is_foot(const struct delimited_parser *p, const struct record *record)
{
	return p->feet && record->lines == 1 && foot_is(record->text);
}

/* A record that is refused shrinks to its first line: what follows an open quote may
 * be sound rows. */
static void give(struct delimited_parser *p, struct record *record,
		 struct row_sink *sink, bool *header_due)
{
	if (record->blank) {
		row_sink_skip(sink);
	} else if (record->reason && is_foot(p, record)) {
		row_sink_foot(sink, record);
	} else if (record->reason) {
		row_sink_reject(sink, record, record->reason);
	} else if (*header_due) {
		*header_due = false;
	} else if (header_again_same(&p->header, record)) {
		row_sink_skip(sink);
	} else if (header_again_as_long(&p->header, record) && header_again_other(&p->header, record)) {
		row_sink_reject(sink, record, HEADER_AGAIN);
	} else if (row_sink_put(sink, record)) {
		return;
	} else if (is_foot(p, record)) {
		row_sink_foot(sink, record);
	} else if (header_again_other(&p->header, record)) {
		row_sink_reject(sink, record, HEADER_AGAIN);
	} else {
		reader_retreat(&p->reader, record);
		row_sink_refuse(sink, record);
	}
}

static bool parse(struct parser *parser, const struct block *block,
		  struct row_sink *sink, struct buf *state)
{
	struct delimited_parser *p = (struct delimited_parser *)parser;
	struct reader *reader = &p->reader;
	struct record record;
	bool header_due = state->len > 0;
	enum status status = STATUS_OK;

	if (!block->goes_on || reader->long_length == 0)
		reader_place(reader, block->offset, 0);
	reader->line = 0;
	reader_lend(reader, block->bytes, block->len, block->last);
	while (status == STATUS_OK && !sink->failed) {
		status = reader_next(reader, &record);
		if (status == STATUS_OK)
			give(p, &record, sink, &header_due);
	}
	if (!header_due)
		buf_clear(state);
	parser->unread = reader_ahead(reader).len;
	parser->held = reader->long_length > 0;
	parser->offset = reader->offset;
	parser->lines = reader->line;
	return status == STATUS_END;
}

const struct format format_delimited = {
	.name = "delimited",
	.about = "delimited text (CSV and its kin)",
	.bid = bid,
	.open = open_layout,
	.close = close_layout,
	.describe = describe,
	.notes = notes,
	.recipe = recipe,
	.restore = restore,
	.join = join,
	.rewind = begin_anew,
	.split = split,
	.parse_tells = true,
	.parser_new = parser_new,
	.parser_free = parser_free,
	.parser_hand_over = parser_hand_over,
	.parse = parse,
};
