/* SPDX-License-Identifier: Apache-2.0 */
/* A look at some segments before all are read. */
#include "correlate/calls/partition_sample.h"

#include "base/memory.h"
#include "casefile/segment/raw_segment.h"
#include "casefile/sql.h"
#include "correlate/calls/call_check.h"

#define SEGMENTS 8

#define WANTED \
	(SEGMENT_COLUMN(READ_TALK) | SEGMENT_COLUMN(READ_DIALLED) | \
	 SEGMENT_COLUMN(READ_FLAGS))

struct partition_sample {
	struct casefile *casefile;
	struct segment_fetch fetch;
	struct raw_segment raw;
	struct segment_decoder decoder;
	int64_t long_ms;
	uint64_t *numbers;
	size_t count, capacity;
};

static bool take(struct partition_sample *sample, const struct segment *segment)
{
	const int64_t *flags = segment->understood[READ_FLAGS];
	const int64_t *talks = segment->understood[READ_TALK];
	const int64_t *dialled = segment->understood[READ_DIALLED];
	void *numbers = sample->numbers;

	if (!memory_room(&numbers, &sample->capacity,
			 sample->count + segment->rows, sizeof(*sample->numbers)))
		return false;
	sample->numbers = numbers;
	for (uint32_t i = 0; i < segment->rows; i++) {
		sample->numbers[sample->count] = (uint64_t)dialled[i];
		sample->count += flags_are_call(flags[i], flags_of_no_call(false)) && dialled[i] &&
				 (flags[i] & CALL_FLAG_ANSWERED) &&
				 talks[i] > sample->long_ms;
	}
	return true;
}

/* What is damaged is left out: it is told when all are read. */
static enum status take_segment(struct partition_sample *sample, int64_t id)
{
	struct segment segment;
	enum status status = segment_fetch_seek(&sample->fetch, id, &sample->raw);

	if (status == STATUS_OK) {
		status = segment_decode(&sample->decoder, &sample->raw, 0, WANTED,
					&segment);
		if (status == STATUS_FAILED)
			status = segment_decode_failed(sample->casefile, id, status);
	}
	if (status == STATUS_END || status == STATUS_INTEGRITY)
		return STATUS_OK;
	if (status == STATUS_OK && !take(sample, &segment))
		status = error_memory(&sample->casefile->error);
	return status;
}

static enum status take_all(struct partition_sample *sample)
{
	int64_t last = 0;
	enum status status = casefile_integer(
		sample->casefile, "SELECT max(id) FROM segment", 0, &last);

	if (status == STATUS_OK)
		status = segment_fetch_open(&sample->fetch, sample->casefile, 0,
					    WANTED);
	for (int64_t i = 1; i <= SEGMENTS && status == STATUS_OK; i++)
		if (i <= last)
			status = take_segment(
				sample,
				last < SEGMENTS ? i : last / SEGMENTS * i);
	return status;
}

enum status partition_sample_read(struct casefile *casefile, int64_t long_ms,
				  uint64_t **numbers, size_t *count)
{
	struct partition_sample sample = { .casefile = casefile, .long_ms = long_ms };
	const enum status status = take_all(&sample);

	segment_fetch_close(&sample.fetch);
	raw_segment_release(&sample.raw);
	segment_decoder_release(&sample.decoder);
	*numbers = sample.numbers;
	*count = sample.count;
	return status;
}
