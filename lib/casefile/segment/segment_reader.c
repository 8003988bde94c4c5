/* SPDX-License-Identifier: Apache-2.0 */
/* Reading segments back on one thread: fetched, then decoded. */
#include <stdlib.h>
#include <string.h>

#include "casefile/segment/raw_segment.h"
#include "casefile/segment/segment_proof.h"

struct segment_reader_room {
	struct segment_fetch fetch;
	struct segment_decoder decoder;
	struct raw_segment raw;
	uint64_t found_wanted, understood_wanted;   /* of what is fetched */
	struct segment_proof *proof;   /* NULL: none */
};

enum status segment_reader_open(struct segment_reader *reader,
				struct casefile *casefile, uint64_t found_wanted,
				uint64_t understood_wanted)
{
	memset(reader, 0, sizeof(*reader));
	reader->casefile = casefile;
	reader->room = calloc(1, sizeof(*reader->room));
	if (!reader->room)
		return error_memory(&casefile->error);
	reader->room->found_wanted = found_wanted;
	reader->room->understood_wanted = understood_wanted;
	return segment_fetch_open(&reader->room->fetch, casefile, found_wanted,
				  understood_wanted);
}

void segment_reader_prove(struct segment_reader *reader, struct segment_proof *proof)
{
	reader->room->proof = proof;
}

void segment_reader_close(struct segment_reader *reader)
{
	if (reader->room) {
		segment_fetch_close(&reader->room->fetch);
		segment_decoder_release(&reader->room->decoder);
		raw_segment_release(&reader->room->raw);
		free(reader->room);
	}
	memset(reader, 0, sizeof(*reader));
}

static enum status decode(struct segment_reader *reader, enum status fetched)
{
	struct segment_reader_room *room = reader->room;
	enum status status = fetched;

	memset(&reader->segment, 0, sizeof(reader->segment));
	reader->segment.id = room->raw.id;
	if (status != STATUS_OK)
		return status;
	status = segment_decode(&room->decoder, &room->raw,
				room->found_wanted, room->understood_wanted,
				&reader->segment);
	return status == STATUS_OK ? STATUS_OK
				   : segment_decode_failed(reader->casefile,
							   room->raw.id, status);
}

enum status segment_reader_next(struct segment_reader *reader)
{
	struct segment_reader_room *room = reader->room;

	return decode(reader, segment_fetch_next(&room->fetch, &room->raw));
}

/* Whether a segment is to be held against its digests before it is read. */
static bool unproved(const struct segment_reader_room *room, int64_t id)
{
	return room->proof && (room->found_wanted || room->understood_wanted) &&
	       !segment_proof_has(room->proof, id, room->understood_wanted != 0);
}

/* The digest is over all columns. */
static enum status fetch_to_prove(struct segment_reader *reader, int64_t id)
{
	struct segment_reader_room *room = reader->room;
	const bool understood = room->understood_wanted != 0;
	enum status status;

	room->fetch.found_wanted = SEGMENT_ALL;
	room->fetch.understood_wanted = understood ? SEGMENT_ALL : 0;
	status = segment_fetch_seek(&room->fetch, id, &room->raw);
	room->fetch.found_wanted = room->found_wanted;
	room->fetch.understood_wanted = room->understood_wanted;
	return status == STATUS_OK ? segment_proof_check(room->proof, reader->casefile,
							 &room->raw, understood)
				   : status;
}

enum status segment_reader_seek(struct segment_reader *reader, int64_t id)
{
	struct segment_reader_room *room = reader->room;

	return decode(reader, unproved(room, id)
				      ? fetch_to_prove(reader, id)
				      : segment_fetch_seek(&room->fetch, id, &room->raw));
}

static uint32_t get_u32(const char *data)
{
	const unsigned char *b = (const unsigned char *)data;

	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
	       (uint32_t)b[3] << 24;
}

bool segment_heap(const struct segment *segment, int64_t n, struct text *text)
{
	const struct text heap = segment->heap;
	size_t count, first, start, end;

	if (heap.len < 4)
		return false;
	count = get_u32(heap.data);
	if (count > (heap.len - 4) / 4 || n < 0 || (size_t)n >= count)
		return false;
	first = 4 + 4 * count;
	start = n ? get_u32(heap.data + 4 * (size_t)n) : 0;
	end = get_u32(heap.data + 4 + 4 * (size_t)n);
	if (start > end || end > heap.len - first)
		return false;
	text->data = heap.data + first + start;
	text->len = end - start;
	return true;
}

bool segment_text(const struct segment *segment, const struct forms *forms,
		  enum call_role role, uint32_t i, struct buf *out)
{
	int64_t form = segment_found(segment, FOUND_FORM(role), i);
	int64_t value = segment_found(segment, FOUND_VALUE(role), i);
	struct text text;

	if (form == FORM_ABSENT)
		return false;
	if (form != FORM_HEAP)
		return forms_text(forms, form, value, out);
	if (!segment_heap(segment, value, &text))
		return false;
	buf_add(out, text.data, text.len);
	return true;
}
