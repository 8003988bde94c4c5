/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of a segment, as two cases have them understood. */
#include "casefile/segment/segment.h"
#include "casefile/verify/deep.h"

static const char *const names[READ_COLUMNS] = {
	[READ_ACCOUNT] = "account",
	[READ_STARTED] = "started",
	[READ_TALK] = "talk",
	[READ_PRESENTED] = "presented",
	[READ_PRESENTED_READING] = "presented_reading",
	[READ_SHOWN] = "shown",
	[READ_DIALLED] = "dialled",
	[READ_DIALLED_READING] = "dialled_reading",
	[READ_COST] = "cost",
	[READ_FLAGS] = "flags",
	[READ_TWIN] = "twin",
	[READ_COST_UNIT] = "cost_unit",
};

/* In the order of the rows, then of the columns. */
static bool first_other(const struct segment *was, const struct segment *is, uint32_t *row, unsigned *column)
{
	for (*row = 0; *row < was->rows; ++*row)
		for (*column = 0; *column < READ_COLUMNS; ++*column)
			if (segment_understood(was, *column, *row) != segment_understood(is, *column, *row))
				return true;
	return false;
}

static void compare(struct deep_pair *pair, const struct segment *was, const struct segment *is, bool *told)
{
	uint32_t row;
	unsigned column;

	if (was->rows != is->rows || !first_other(was, is, &row, &column))
		return;
	*told = true;
	pair->counts->failures++;
	observer_notice(pair->observer,
			"table understood, segment %lld, row %lu (call %lld), column %s: the case has %lld, made anew it is"
			" %lld",
			(long long)is->id, (unsigned long)row, (long long)is->id * SEGMENT_ROWS + row, names[column],
			(long long)segment_understood(was, column, row), (long long)segment_understood(is, column, row));
}

static enum status seek(struct casefile *casefile, struct segment_reader *reader, int64_t segment)
{
	const enum status status =
		segment_reader_open(reader, casefile, SEGMENT_ALL, SEGMENT_ALL >> (64 - READ_COLUMNS));

	return status == STATUS_OK ? segment_reader_seek(reader, segment) : status;
}

enum status deep_compare_segment(struct deep_pair *pair, int64_t segment, bool *told)
{
	struct segment_reader was = { .casefile = NULL }, is = { .casefile = NULL };
	enum status status = seek(pair->casefile, &was, segment);
	enum status made = STATUS_OK;

	if (status == STATUS_OK)
		made = seek(pair->anew, &is, segment);
	if (status == STATUS_OK && made == STATUS_OK)
		compare(pair, &was.segment, &is.segment, told);
	if (made != STATUS_OK && made != STATUS_END)
		pair->casefile->error = pair->anew->error;
	segment_reader_close(&was);
	segment_reader_close(&is);
	/* What is damaged, or not there, was said before. */
	if (status == STATUS_OK)
		status = made;
	return status == STATUS_END || status == STATUS_INTEGRITY ? STATUS_OK : status;
}
