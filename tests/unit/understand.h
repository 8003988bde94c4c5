/* SPDX-License-Identifier: Apache-2.0 */
/* Columns as understood, put straight into a case. */
#ifndef UNSPOOF_TESTS_UNIT_UNDERSTAND_H
#define UNSPOOF_TESTS_UNIT_UNDERSTAND_H

#include <string.h>

#include "casefile/filter/segment_filter.h"

/* Its filters, with no check of the columns as found. */
static inline enum status understand_filters(struct casefile *casefile, const struct raw_segment *raw, const int64_t *values)
{
	const int64_t *filtered[FILTERED_COLUMNS];
	struct segment_filter filter = { .id = raw->id };
	struct value_filter scratch;
	sqlite3_stmt *insert = segment_filter_insert(casefile);
	enum status status = insert ? STATUS_OK : casefile->error.status;

	for (unsigned i = 0; i < FILTERED_COLUMNS; i++)
		filtered[i] = values + (size_t)segment_filtered_column((enum segment_filtered)i) * SEGMENT_ROWS;
	if (status == STATUS_OK && !segment_filter_make(&filter, raw, 0, raw, filtered, &scratch))
		status = error_memory(&casefile->error);
	if (status == STATUS_OK)
		status = segment_filter_put(casefile, insert, &filter);
	sqlite3_finalize(insert);
	segment_filter_release(&filter);
	return status;
}

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
	if (status == STATUS_OK)
		status = understand_filters(casefile, &raw, values);
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
