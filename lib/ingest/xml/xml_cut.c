/* SPDX-License-Identifier: Apache-2.0 */
/* XML in elements of one depth. */
#include "ingest/xml/xml_cut.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/format/record.h"
#include "ingest/json/json_scan.h"
#include "ingest/xml/xml_row.h"
#include "ingest/xml/xml_state.h"

#define STEP 65536

void xml_cut_begin(struct xml_cut *cut, struct dump *dump, uint64_t depth)
{
	xml_cut_release(cut);
	*cut = (struct xml_cut){ .dump = dump, .depth = depth, .line = 1, .scan.base = depth };
}

bool xml_cut_go_on(struct xml_cut *cut, uint64_t offset, uint64_t line, struct text state)
{
	cut->offset = offset;
	cut->line = line;
	return xml_state_read(&cut->scan, state);
}

void xml_cut_release(struct xml_cut *cut)
{
	free(cut->bytes);
	memset(cut, 0, sizeof(*cut));
}

/* Reads on behind what is there, which moves. */
static enum status fill(struct xml_cut *cut, struct error *error)
{
	void *bytes = cut->bytes;
	size_t got = 0;

	if (cut->from > 0)
		memmove(cut->bytes, cut->bytes + cut->from, cut->to - cut->from);
	cut->to -= cut->from;
	cut->from = 0;
	if (!memory_room(&bytes, &cut->capacity, cut->to + STEP + RECORD_READ, 1))
		return error_memory(error);
	cut->bytes = bytes;
	if (!dump_read_at(cut->dump, cut->bytes + cut->to, STEP, cut->offset + cut->to, &got))
		return dump_spoil(cut->dump, strerror(errno), error);
	cut->to += got;
	cut->ended = got == 0;
	memset(cut->bytes + cut->to, 0, RECORD_READ);
	return dump_interrupted(cut->dump) ? error_set(error, STATUS_INTERRUPTED, "interrupted") : STATUS_OK;
}

/* Gives up so many bytes. */
static uint64_t leave(struct xml_cut *cut, size_t len)
{
	const char *at = len > 0 ? cut->bytes + cut->from : NULL;
	const uint64_t lines = at ? json_count_lines(at, at + len) : 0;

	cut->from += len;
	cut->offset += len;
	cut->line += lines;
	return lines;
}

/* Goes to the next <. STATUS_END: there is none. */
static enum status find_open(struct xml_cut *cut, struct error *error)
{
	for (;;) {
		const size_t have = cut->to - cut->from;
		const char *at = have > 0 ? cut->bytes + cut->from : NULL;
		const char *open = at ? memchr(at, '<', have) : NULL;
		enum status status;

		(void)leave(cut, open ? (size_t)(open - at) : have);
		if (open)
			return STATUS_OK;
		if (cut->ended)
			return STATUS_END;
		status = fill(cut, error);
		if (status != STATUS_OK)
			return status;
	}
}

/* Where a scan of what begins at `from` stands: so many bytes of it are behind it. */
struct going {
	size_t seen;
	uint64_t dropped, lines;    /* of one that is too long */
	uint64_t offset, line;      /* where it begins */
	size_t tag;                 /* the length of its first tag */
};

/* Of what is too long nothing is kept. */
static void drop(struct xml_cut *cut, struct going *going)
{
	going->dropped += going->seen;
	going->lines += leave(cut, going->seen);
	going->seen = 0;
}

/* The next event; XML_NOTHING: the member ends before it. */
static enum status step(struct xml_cut *cut, struct going *going, enum xml_event *event, struct error *error)
{
	for (;;) {
		const char *end = cut->bytes + cut->to;
		const char *at = xml_scan_next(&cut->scan, cut->bytes + cut->from + going->seen, end, event);
		enum status status;

		going->seen = (size_t)(at - (cut->bytes + cut->from));
		if (*event != XML_NOTHING || cut->ended)
			return STATUS_OK;
		if (going->dropped + going->seen > XML_RECORD_MOST)
			drop(cut, going);
		status = fill(cut, error);
		if (status != STATUS_OK)
			return status;
	}
}

/* What was gone over becomes a part. */
static void give(struct xml_cut *cut, const struct going *going, enum xml_piece piece, struct xml_part *part)
{
	const char *at = cut->bytes + cut->from;
	const bool is_long = going->dropped > 0 || going->seen > XML_RECORD_MOST;

	part->piece = is_long && piece == XML_PIECE_ELEMENT ? XML_PIECE_LONG : piece;
	part->text = (struct text){ at, is_long ? 0 : going->seen };
	part->tag = (struct text){ at, is_long ? 0 : going->tag };
	part->offset = going->offset;
	part->line = going->line;
	part->length = going->dropped + going->seen;
	part->lines = going->lines + leave(cut, going->seen);
}

/* Up to the end of the element whose start tag was the last event. */
static enum status end_element(struct xml_cut *cut, struct going *going, enum xml_piece *piece, struct error *error)
{
	enum xml_event event = XML_STARTED;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && event != XML_NOTHING && cut->scan.depth > cut->depth)
		status = step(cut, going, &event, error);
	*piece = event == XML_NOTHING ? XML_PIECE_CUT : XML_PIECE_ELEMENT;
	return status;
}

/* What begins at a <. *wanted: it is a part. */
static enum status take(struct xml_cut *cut, struct xml_part *part, bool *wanted, struct error *error)
{
	struct going going = { .offset = cut->offset, .line = cut->line };
	const uint64_t depth = cut->scan.depth;
	enum xml_piece piece = XML_PIECE_CUT;
	enum xml_event event;
	enum status status = step(cut, &going, &event, error);
	bool inside;

	going.tag = going.seen;
	part->depth = depth;
	memcpy(part->room, cut->scan.name, cut->scan.len);
	part->name = (struct text){ part->room, cut->scan.len };
	inside = event == XML_STARTED || (event == XML_ENDED && cut->scan.depth == depth);
	*wanted = inside || event == XML_STRAY || event == XML_NOTHING;
	if (event == XML_STRAY)
		piece = XML_PIECE_STRAY;
	else if (inside && depth < cut->depth)
		piece = XML_PIECE_AROUND;
	else if (inside && status == STATUS_OK)
		status = end_element(cut, &going, &piece, error);
	if (status == STATUS_OK)
		give(cut, &going, piece, part);
	return status;
}

enum status xml_cut_next(struct xml_cut *cut, struct xml_part *part, struct error *error)
{
	bool wanted = false;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && !wanted) {
		status = find_open(cut, error);
		if (status == STATUS_OK)
			status = take(cut, part, &wanted, error);
	}
	return status;
}
