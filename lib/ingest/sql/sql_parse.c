/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a block. */
#include <stdlib.h>
#include <string.h>

#include "casefile/reject.h"
#include "ingest/parse/row/row_sink.h"
#include "ingest/sql/row/sql_place.h"
#include "ingest/sql/sql_dump.h"
#include "ingest/sql/sql_state.h"

#define TOO_LONG "is longer than 16 MiB"
#define CUT_OFF "the dump ends within the row"

struct sql_parser {
	struct parser parser;       /* first, so that it is found by it */
	struct sql_row row;
	struct sql_placed placed;
	/* Of a row that is too long, and held: where reading stands in it. */
	struct sql_skim skim;
	unsigned depth;
	uint64_t start, at;         /* where it begins, and what was read of it ends */
	uint64_t lines;             /* line ends in it so far */
	struct buf text;            /* its first bytes */
};

/* A block being parsed. */
struct parsing {
	struct sql_parser *p;
	struct sql_reading reading;
	struct row_sink *sink;
	const char *from, *to;      /* its bytes */
	uint64_t offset;            /* of the first */
	bool last;
	const char *at;             /* how far it is read */
	const char *counted;        /* and its lines counted: */
	uint64_t lines;
	struct buf *state;
};

struct parser *sql_parser_new(const struct layout *layout)
{
	struct sql_parser *p = calloc(1, sizeof(*p));

	(void)layout;
	return p ? &p->parser : NULL;
}

void sql_parser_free(struct parser *parser)
{
	struct sql_parser *p = (struct sql_parser *)parser;

	if (!p)
		return;
	sql_row_release(&p->row);
	sql_placed_release(&p->placed);
	buf_release(&p->text);
	free(p);
}

/* ---- lines ---- */

static uint64_t count_lines(const char *from, const char *to)
{
	uint64_t lines = 0;

	while (from < to && (from = memchr(from, '\n', (size_t)(to - from))) != NULL) {
		lines++;
		from++;
	}
	return lines;
}

static void count_to(struct parsing *g, const char *to)
{
	g->lines += count_lines(g->counted, to);
	g->counted = to;
}

/* ---- rows ---- */

/* A record of what stands there, whose lines are counted with it. */
static struct record record_of(struct parsing *g, const char *from, const char *to)
{
	struct record record = { 0 };

	count_to(g, from);
	record.line = g->lines;
	count_to(g, to);
	record.lines = g->lines - record.line;
	record.offset = g->offset + (uint64_t)(from - g->from);
	record.length = (uint64_t)(to - from);
	record.text = (struct text){ from, (size_t)(to - from) };
	return record;
}

static void reject(struct parsing *g, const char *from, const char *to, const char *why)
{
	const struct record record = record_of(g, from, to);

	if (g->sink)
		row_sink_reject(g->sink, &record, why);
	g->at = to;
}

/* Gives the row that was cut. */
static void give(struct parsing *g, const char *from, const char *to)
{
	struct sql_row *row = &g->p->row;
	struct sql_placed *placed = &g->p->placed;
	struct record record;

	if (row->failed || !sql_place(placed, row, g->reading.places, g->reading.width)) {
		g->sink->failed = true;
		return;
	}
	if (row->why[0] || g->reading.refused) {
		reject(g, from, to, row->why[0] ? row->why : sql_refused(g->reading.refused));
		return;
	}
	record = record_of(g, from, to);
	record.fields = placed->fields;
	record.count = placed->count;
	record.nulls = placed->nulls;
	record.odd = row->odd || memchr(from, '\0', (size_t)(to - from));
	if (!row_sink_put(g->sink, &record))
		row_sink_refuse(g->sink, &record);
	g->at = to;
}

/* No row of the statement follows. */
static void end_all(const struct parsing *g)
{
	if (g->state->len > 0)
		g->state->data[0] = SQL_STATE_OVER;
}

/* ---- rows that are not whole ---- */

static void hold(struct parsing *g, const char *from)
{
	struct sql_parser *p = g->p;
	const size_t len = (size_t)(g->to - from);

	p->parser.held = true;
	p->start = g->offset + (uint64_t)(from - g->from);
	p->at = g->offset + (uint64_t)(g->to - g->from);
	p->lines = count_lines(from, g->to);
	buf_clear(&p->text);
	buf_add(&p->text, from, len < REJECT_TEXT_MOST ? len : REJECT_TEXT_MOST);
}

/* The row that begins there does not end in the block; false: nothing more can be read. */
static bool leave(struct parsing *g, const char *from)
{
	const size_t len = (size_t)(g->to - from);

	g->at = from;
	if (g->last)
		reject(g, from, g->to, len > SQL_ROW_MOST ? TOO_LONG : CUT_OFF);
	else if (len > SQL_ROW_MOST)
		hold(g, from);
	else
		g->p->parser.unread = len;
	return false;
}

static const char *held_end(struct parsing *g)
{
	struct sql_parser *p = g->p;
	enum sql_tuple_end how;
	const char *end;

	if (g->reading.copy) {
		end = g->to > g->from ? memchr(g->from, '\n', (size_t)(g->to - g->from)) : NULL;
		return end ? end + 1 : NULL;
	}
	end = sql_skim_tuple(&p->skim, &g->reading.manner, &p->depth, g->from, g->to, &how);
	if (how == SQL_TUPLE_BROKEN)
		end_all(g);
	return how == SQL_TUPLE_MORE ? NULL : end;
}

/* Goes on with the row that is held; false: it does not end here. */
static bool end_held(struct parsing *g)
{
	struct sql_parser *p = g->p;
	const char *end = held_end(g);
	struct record record = { 0 };

	p->lines += count_lines(g->from, end ? end : g->to);
	p->at += (uint64_t)((end ? end : g->to) - g->from);
	if (!end && !g->last)
		return false;
	g->at = g->counted = end ? end : g->to;
	record.offset = p->start;
	record.length = p->at - p->start;
	record.lines = g->lines = p->lines;
	record.text = buf_view(&p->text);
	if (g->sink)
		row_sink_reject(g->sink, &record, TOO_LONG);
	p->parser.held = false;
	return true;
}

/* ---- in brackets ---- */

/* The next row; false: there is none. */
static bool next_tuple(struct parsing *g)
{
	struct sql_parser *p = g->p;
	const struct sql_manner *manner = &g->reading.manner;
	const char *from = g->at, *end = NULL;
	enum sql_tuple_end how;

	if (sql_between(manner, g->reading.prefix, &from, g->to) != SQL_BETWEEN_ROW)
		return false;
	if (g->sink)
		end = sql_row_quick(&p->row, manner, (struct text){ from, (size_t)(g->to - from) });
	if (!end) {
		memset(&p->skim, 0, sizeof(p->skim));
		p->depth = 0;
		end = sql_skim_tuple(&p->skim, manner, &p->depth, from, g->to, &how);
		if (how == SQL_TUPLE_MORE)
			return leave(g, from);
		if (how == SQL_TUPLE_BROKEN)
			end_all(g);
		if (g->sink)
			sql_row_tuple(&p->row, manner, (struct text){ from, (size_t)(end - from) });
	}
	if (!g->sink)
		g->at = end;
	else if ((size_t)(end - from) > SQL_ROW_MOST)
		reject(g, from, end, TOO_LONG);
	else
		give(g, from, end);
	return true;
}

/* ---- lines of COPY ---- */

static bool next_line(struct parsing *g)
{
	const char *from = g->at;
	const char *end = from < g->to ? memchr(from, '\n', (size_t)(g->to - from)) : NULL;
	size_t len;

	if (from == g->to)
		return false;
	if (g->to - from >= 2 && from[0] == '\\' && from[1] == '.' && (end || g->last)) {
		g->at = end ? end + 1 : g->to;
		end_all(g);
		return false;
	}
	if (!end)
		return leave(g, from);
	len = (size_t)(end - from);
	len -= len > 0 && from[len - 1] == '\r';
	if (!g->sink) {
		g->at = end + 1;
	} else if (len > SQL_ROW_MOST) {
		reject(g, from, end + 1, TOO_LONG);
	} else {
		sql_row_copy(&g->p->row, (struct text){ from, len });
		give(g, from, end + 1);
	}
	return true;
}

/* ---- all of them ---- */

static void leave_all(struct parser *parser, const struct block *block)
{
	parser->unread = block->len;
	parser->held = false;
	parser->offset = block->offset;
	parser->lines = 0;
}

static void end_parse(struct parsing *g)
{
	struct parser *parser = &g->p->parser;
	const char *end = parser->held || parser->unread > 0 ? g->at : g->to;

	count_to(g, end);
	parser->lines = g->lines;
	parser->offset = parser->held ? g->p->start : g->offset + (uint64_t)(end - g->from);
}

static bool begin_parse(struct parsing *g, const struct block *block, struct buf *state)
{
	struct sql_parser *p = g->p;

	g->offset = p->parser.held ? p->at : block->offset;
	g->from = g->at = g->counted = block->bytes;
	g->to = block->bytes + block->len;
	g->last = block->last;
	g->lines = 0;
	g->state = state;
	p->parser.unread = 0;
	return sql_row_begin(&p->row, block->len);
}

bool sql_parse(struct parser *parser, const struct block *block, struct row_sink *sink,
	       struct buf *state)
{
	struct parsing g = { .p = (struct sql_parser *)parser, .sink = sink };

	if (!block->goes_on)
		parser->held = false;
	if (!sql_state_read(buf_view(&block->state), &g.reading) || g.reading.inside) {
		leave_all(parser, block);
		return true;
	}
	if (!begin_parse(&g, block, state))
		return false;
	if (parser->held && !end_held(&g)) {
		parser->offset = g.p->start;
		parser->lines = 0;
		return !g.p->text.failed;
	}
	while (!(sink && sink->failed) && (g.reading.copy ? next_line(&g) : next_tuple(&g)))
		;
	end_parse(&g);
	return !g.p->text.failed;
}
