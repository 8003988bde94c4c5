/* SPDX-License-Identifier: Apache-2.0 */
/* Rows by segment: to seek each by itself would read a segment a row. */
#include "export/match/match_places.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/segment/segment.h"
#include "casefile/segment/segment_proof.h"
#include "casefile/sql.h"
#include "export/match/match_roles.h"

#define WANTED \
	(SEGMENT_COLUMN(FOUND_LINE) | SEGMENT_COLUMN(FOUND_OFFSET) | SEGMENT_COLUMN(FOUND_LENGTH) | SEGMENT_COLUMN(FOUND_MEMBER) | \
	 SEGMENT_COLUMN(FOUND_HEAP) | SEGMENT_ROLE(CALL_ACCOUNT) | SEGMENT_ROLE(CALL_PRESENTED) | SEGMENT_ROLE(CALL_DIALLED) | \
	 SEGMENT_ROLE(CALL_IP))

/* A call that is told, and where. */
struct told {
	int64_t id;
	enum call_role role;
	size_t place;
};

struct reading {
	struct match_places *places;
	struct casefile *casefile;
	const struct observer *observer;
	struct told *told;
	size_t count;
	struct forms forms;
	struct segment_reader reader;
	struct segment_proof proof;
};

void match_places_release(struct match_places *places)
{
	free(places->items);
	buf_release(&places->texts);
	memset(places, 0, sizeof(*places));
}

/* The role of a call that a hit is of; false: it is of no calls. */
static bool call_role_of(uint32_t role, enum call_role *of)
{
	static const struct {
		const char *column;
		enum call_role role;
	} roles[] = {
		{ "account", CALL_ACCOUNT }, { "presented", CALL_PRESENTED }, { "dialled", CALL_DIALLED }, { "ip", CALL_IP },
	};

	if (strcmp(match_role(role)->table, "call") != 0)
		return false;
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (!strcmp(match_role(role)->column, roles[i].column))
			*of = roles[i].role;
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct told *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

/* What is to be read, in order of id. False: no memory. */
static bool list(struct reading *reading, const struct match_hits *hits)
{
	enum call_role role = CALL_ACCOUNT;

	for (size_t i = 0; i < hits->count; i++)
		if (call_role_of(hits->items[i].role, &role))
			reading->count += hits->items[i].told;
	reading->told = memory_array(NULL, reading->count, sizeof(*reading->told));
	reading->places->items = calloc(reading->count + 1, sizeof(*reading->places->items));
	if (!reading->told || !reading->places->items)
		return false;
	for (size_t i = 0; i < hits->count; i++) {
		const struct match_hit *hit = &hits->items[i];

		for (unsigned k = 0; call_role_of(hit->role, &role) && k < hit->told; k++) {
			reading->told[reading->places->count] = (struct told){ match_hit_id(hit, k), role, reading->places->count };
			reading->places->count++;
		}
	}
	if (reading->count > 0)
		qsort(reading->told, reading->count, sizeof(*reading->told), compare);
	return true;
}

static enum status damaged(struct reading *reading, int64_t id)
{
	return error_set(&reading->casefile->error, STATUS_INTEGRITY, "segment %lld of the case does not hang together",
			 (long long)(id / SEGMENT_ROWS));
}

static enum status take(struct reading *reading, const struct told *told)
{
	const struct segment *segment = &reading->reader.segment;
	const uint32_t i = (uint32_t)(told->id % SEGMENT_ROWS);
	struct match_place *place = &reading->places->items[told->place];
	struct buf *texts = &reading->places->texts;

	if (i >= segment->rows)
		return damaged(reading, told->id);
	place->place = (struct place){
		segment->source, (uint64_t)segment_found(segment, FOUND_MEMBER, i), (uint64_t)segment_found(segment, FOUND_LINE, i),
		(uint64_t)segment_found(segment, FOUND_OFFSET, i), (uint64_t)segment_found(segment, FOUND_LENGTH, i),
	};
	place->begin = texts->len;
	place->there = segment_text(segment, &reading->forms, told->role, i, texts);
	place->len = texts->len - place->begin;
	return texts->failed ? error_memory(&reading->casefile->error) : STATUS_OK;
}

static enum status read_all(struct reading *reading)
{
	int64_t segment = -1;
	enum status status = STATUS_OK;

	for (size_t k = 0; k < reading->count && status == STATUS_OK; k++) {
		const int64_t id = reading->told[k].id;

		if (id / SEGMENT_ROWS != segment) {
			segment = id / SEGMENT_ROWS;
			if (observer_interrupted(reading->observer))
				return error_set(&reading->casefile->error, STATUS_INTERRUPTED, "interrupted");
			status = segment_reader_seek(&reading->reader, segment);
		}
		if (status == STATUS_END)
			status = damaged(reading, id);
		if (status == STATUS_OK)
			status = take(reading, &reading->told[k]);
	}
	return status;
}

enum status match_places_read(struct match_places *places, struct casefile *casefile, const struct observer *observer,
			      const struct match_hits *hits)
{
	struct reading reading = { .places = places, .casefile = casefile, .observer = observer };
	enum status status = forms_load(&reading.forms, casefile);

	if (status == STATUS_OK && !list(&reading, hits))
		status = error_memory(&casefile->error);
	if (status == STATUS_OK)
		status = segment_reader_open(&reading.reader, casefile, WANTED, 0);
	if (status == STATUS_OK) {
		segment_reader_prove(&reading.reader, &reading.proof);
		status = read_all(&reading);
	}
	segment_reader_close(&reading.reader);
	segment_proof_release(&reading.proof);
	forms_release(&reading.forms);
	free(reading.told);
	return status;
}
