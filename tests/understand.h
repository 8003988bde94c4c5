/* SPDX-License-Identifier: Apache-2.0 */
/* Columns as understood, put straight into a case. */
#ifndef UNSPOOF_TESTS_UNDERSTAND_H
#define UNSPOOF_TESTS_UNDERSTAND_H

#include <string.h>

#include "casefile/rawsegment.h"

/* Stores READ_COLUMNS runs of SEGMENT_ROWS values for a segment with its found columns. */
static inline enum status understand(struct casefile *casefile, const struct segment *segment, const int64_t *values)
{
	struct raw_segment raw = { .id = segment->id, .rows = segment->rows };
	struct segment_scratch scratch = { 0 };
	struct segment_store store;
	enum status status = segment_store_open(&store, casefile, true);

	if (status == STATUS_OK &&
	    (!segment_scratch_open(&scratch) || !segment_pack_read(&raw, segment, values, &scratch)))
		status = segment_pack_failed(&raw, &casefile->error);
	if (status == STATUS_OK)
		status = segment_store_put(&store, &raw);
	segment_store_close(&store);
	segment_scratch_close(&scratch);
	raw_segment_release(&raw);
	return status;
}

/* The same for a segment of the case. */
static inline enum status understand_segment(struct casefile *casefile, int64_t id, const int64_t *values)
{
	struct segment_reader reader;
	enum status status = segment_reader_open(&reader, casefile, SEGMENT_ALL, 0);

	if (status == STATUS_OK)
		status = segment_reader_seek(&reader, id);
	if (status == STATUS_OK)
		status = understand(casefile, &reader.segment, values);
	segment_reader_close(&reader);
	return status;
}

#endif
