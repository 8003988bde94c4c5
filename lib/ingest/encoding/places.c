/* SPDX-License-Identifier: Apache-2.0 */
/* From places in text that was made UTF-8 to those of the bytes that it was. */
#include "ingest/encoding/places.h"

#include <string.h>

#define GIVE_UP ((size_t)1 << 20)

uint64_t places_of(struct places *places, uint64_t offset)
{
	size_t to;

	if (!places->encoding)
		return offset;
	if (offset < places->offset)
		return places->before;
	to = (size_t)(offset - places->offset);
	if (to > places->bytes.len)
		to = places->bytes.len;
	if (to > places->at) {
		places->at_place += encoding_bytes(places->encoding, places->bytes.data + places->at, to - places->at);
		places->at = to;
	}
	return places->place + places->at_place;
}

const struct record *places_record(struct places *places, const struct record *record, struct record *placed)
{
	struct places behind;

	if (!places->encoding)
		return record;
	*placed = *record;
	placed->offset = places_of(places, record->offset);
	behind = *places;
	placed->length = places_of(&behind, record->offset + record->length) - placed->offset;
	return placed;
}

/* What is gone over is given up once it is much. */
static void compact(struct place_queue *queue)
{
	if (queue->at < GIVE_UP)
		return;
	queue->bytes.len -= queue->at;
	memmove(queue->bytes.data, queue->bytes.data + queue->at, queue->bytes.len);
	queue->at = 0;
}

bool place_queue_add(struct place_queue *queue, const char *bytes, size_t len)
{
	if (!queue->encoding)
		return true;
	compact(queue);
	buf_add(&queue->bytes, bytes, len);
	return !queue->bytes.failed;
}

/* Of what is behind the place that it is gone over to. */
static uint64_t count(const struct place_queue *queue, uint64_t len)
{
	const size_t left = queue->bytes.len - queue->at;

	return encoding_bytes(queue->encoding, queue->bytes.data + queue->at, len < left ? (size_t)len : left);
}

void place_queue_record(struct place_queue *queue, struct record *record)
{
	uint64_t over;

	if (!queue->encoding || record->offset < queue->offset)
		return;
	over = record->offset - queue->offset;
	if (over > queue->bytes.len - queue->at)
		over = queue->bytes.len - queue->at;
	queue->place += count(queue, over);
	queue->offset += over;
	queue->at += (size_t)over;
	record->offset = queue->place;
	record->length = count(queue, record->length);
}

void place_queue_release(struct place_queue *queue)
{
	buf_release(&queue->bytes);
}
