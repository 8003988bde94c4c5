/* SPDX-License-Identifier: Apache-2.0 */
/* Calls as understood, checked a segment at a time. */
#include "correlate/batch.h"

#include <string.h>

#include "casefile/rawsegment.h"

/* The years 0000 to 9999 and some days more, in milliseconds. */
#define START_MOST INT64_C(300000000000000)

enum status batch_open(struct batch *batch, struct casefile *casefile,
		       uint64_t wanted, const char *step,
		       const struct observer *observer)
{
	int64_t rows = 0;
	enum status status;

	memset(batch, 0, sizeof(*batch));
	batch->casefile = casefile;
	batch->observer = observer;
	batch->progress.step = step;
	status = segment_reader_open(&batch->reader, casefile, 0, wanted);
	if (status == STATUS_OK)
		status = casefile_integer(casefile,
					  "SELECT sum(rows) FROM segment", 0,
					  &rows);
	if (status != STATUS_OK)
		return status;
	batch->progress.total = (uint64_t)rows;
	return STATUS_OK;
}

void batch_close(struct batch *batch)
{
	segment_reader_close(&batch->reader);
	memset(batch, 0, sizeof(*batch));
}

/* The greatest and least value that a column may hold. */
static int64_t greatest(unsigned column)
{
	switch (column) {
	case READ_ACCOUNT:
	case READ_PRESENTED_READING:
	case READ_DIALLED_READING:
		return UINT32_MAX - 1;
	case READ_PRESENTED:
	case READ_DIALLED:
		return NUMBER_MOST;
	case READ_STARTED:
		return START_MOST;
	default:
		return INT64_MAX / 2;
	}
}

static int64_t least(unsigned column)
{
	if (column == READ_STARTED)
		return -START_MOST;
	return column == READ_COST ? INT64_MIN / 2 : 0;
}

static bool sound(const int64_t *values, uint32_t rows, unsigned column)
{
	const int64_t most = greatest(column);
	const int64_t low = least(column);
	unsigned bad = 0;

	for (uint32_t i = 0; i < rows; i++)
		bad |= (unsigned)(values[i] < low) | (unsigned)(values[i] > most);
	return !bad;
}

bool batch_sound(const struct segment *segment)
{
	bool good = true;

	for (unsigned c = 0; c < READ_COLUMNS && good; c++)
		if (segment->understood[c])
			good = sound(segment->understood[c], segment->rows, c);
	return good;
}

enum status batch_next(struct batch *batch)
{
	enum status status;

	batch->progress.done += batch->rows;
	batch->progress.rows = batch->progress.done;
	observer_progress(batch->observer, &batch->progress);
	if (observer_interrupted(batch->observer))
		return error_set(&batch->casefile->error, STATUS_INTERRUPTED,
				 "interrupted; the case is as it was before");
	batch->rows = 0;
	status = segment_reader_next(&batch->reader);
	if (status != STATUS_OK)
		return status;
	batch->segment = batch->reader.segment.id;
	batch->rows = batch->reader.segment.rows;
	memcpy(batch->columns, batch->reader.segment.understood,
	       sizeof(batch->columns));
	return batch_sound(&batch->reader.segment)
		       ? STATUS_OK
		       : segment_decode_failed(batch->casefile, batch->segment,
					       STATUS_INTEGRITY);
}
