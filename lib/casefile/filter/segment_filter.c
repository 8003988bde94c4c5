/* SPDX-License-Identifier: Apache-2.0 */
/* What lets a question skip a segment, and read a column of it alone. */
#include "casefile/filter/segment_filter.h"

#include <string.h>

#include "base/digest/checksum.h"
#include "base/word.h"
#include "casefile/segment/delta.h"

static const struct filtered {
	enum understood_column column;
	bool exact;                    /* its values are ids, which lie near one another */
} filtered[FILTERED_COLUMNS] = {
	[FILTERED_ACCOUNT] = { READ_ACCOUNT, true },
	[FILTERED_PRESENTED] = { READ_PRESENTED, false },
	[FILTERED_DIALLED] = { READ_DIALLED, false },
};

enum understood_column segment_filtered_column(enum segment_filtered which)
{
	return filtered[which].column;
}

void segment_filter_release(struct segment_filter *filter)
{
	for (unsigned i = 0; i < FILTERED_COLUMNS; i++)
		buf_release(&filter->filters[i]);
	memset(filter, 0, sizeof(*filter));
}

/* ---- checks ---- */

#define HEAD 7

static uint64_t check_of(const struct raw_segment *raw, const struct raw_column *column)
{
	const uint64_t words[HEAD] = {
		column->number, (uint64_t)column->column.base, (uint64_t)column->column.slope,
		(uint64_t)column->column.unit, column->column.width, column->column.list, raw->rows,
	};
	uint8_t head[8 * HEAD];
	uint64_t check;

	for (unsigned i = 0; i < HEAD; i++)
		word_store(head + 8 * (size_t)i, words[i]);
	check = checksum(0, head, sizeof(head));
	check = checksum(check, column->len ? raw->bytes.data + column->at : "", column->len);
	return check > SEGMENT_CHECK_ABSENT ? check : check + 2;
}

/* Of one layer; of columns that are not in `known` nothing. */
static void put_checks(const struct raw_segment *raw, const struct raw_layer *layer, uint64_t known,
		       uint8_t *checks)
{
	for (size_t c = 0; c < 64; c++)
		word_store(checks + 8 * c, known >> c & 1 ? SEGMENT_CHECK_ABSENT : SEGMENT_CHECK_UNKNOWN);
	for (size_t i = 0; i < layer->count; i++)
		if (known >> layer->columns[i].number & 1)
			word_store(checks + 8 * (size_t)layer->columns[i].number,
				   check_of(raw, &layer->columns[i]));
}

static void end_checks(uint8_t checks[static SEGMENT_CHECKS_SIZE])
{
	word_store(checks + SEGMENT_CHECKS_SIZE - 8, checksum(0, checks, SEGMENT_CHECKS_SIZE - 8));
}

bool segment_checks_take(struct text bytes, uint64_t checks[static SEGMENT_CHECKS])
{
	memset(checks, 0, SEGMENT_CHECKS * sizeof(*checks));
	if (bytes.len != SEGMENT_CHECKS_SIZE ||
	    word_load(bytes.data + SEGMENT_CHECKS_SIZE - 8) != checksum(0, bytes.data, SEGMENT_CHECKS_SIZE - 8))
		return false;
	for (size_t i = 0; i < SEGMENT_CHECKS; i++)
		checks[i] = word_load(bytes.data + 8 * i);
	return true;
}

uint64_t segment_checks_known(const uint64_t *checks)
{
	uint64_t known = 0;

	for (unsigned c = 0; c < 64; c++)
		known |= (uint64_t)(checks[c] != SEGMENT_CHECK_UNKNOWN) << c;
	return known;
}

uint64_t segment_checks_needs(const uint64_t checks[static SEGMENT_CHECKS], uint64_t understood)
{
	uint64_t needs = 0;

	for (unsigned c = 0; c < READ_COLUMNS; c++)
		if ((understood >> c & 1) &&
		    checks[SEGMENT_CHECK_READ + READ_FACTOR(c)] != SEGMENT_CHECK_ABSENT)
			needs |= delta_needs(c);
	return needs;
}

static bool layer_holds(const uint64_t *checks, const struct raw_segment *raw,
			const struct raw_layer *layer, uint64_t wanted)
{
	for (size_t i = 0; i < layer->count; i++) {
		const unsigned number = layer->columns[i].number;

		if ((wanted >> number & 1) && checks[number] != check_of(raw, &layer->columns[i]))
			return false;
	}
	for (unsigned c = 0; c < 64; c++)
		if ((wanted & ~layer->stored) >> c & 1 && checks[c] != SEGMENT_CHECK_ABSENT)
			return false;
	return true;
}

bool segment_checks_hold(const uint64_t checks[static SEGMENT_CHECKS], const struct raw_segment *raw,
			 uint64_t found, uint64_t understood)
{
	return layer_holds(checks, raw, &raw->found, found) &&
	       layer_holds(checks + SEGMENT_CHECK_READ, raw, &raw->understood, understood);
}

/* ---- making ---- */

bool segment_filter_make(struct segment_filter *filter, const struct raw_segment *found,
			 uint64_t fetched, const struct raw_segment *read,
			 const int64_t *const values[FILTERED_COLUMNS], struct value_filter *scratch)
{
	bool good = true;

	filter->id = read->id;
	put_checks(found, &found->found, fetched, filter->checks);
	put_checks(read, &read->understood, SEGMENT_ALL, filter->checks + 8 * (size_t)SEGMENT_CHECK_READ);
	end_checks(filter->checks);
	for (unsigned i = 0; i < FILTERED_COLUMNS && good; i++) {
		struct buf *to = &filter->filters[i];

		value_filter_make(scratch, values[i], read->rows, filtered[i].exact);
		buf_clear(to);
		buf_add(to, scratch->bytes, scratch->len);
		good = !to->failed;
	}
	return good;
}

/* ---- in the case ---- */

sqlite3_stmt *segment_filter_insert(struct casefile *casefile)
{
	return casefile_prepare(casefile, "INSERT INTO segment_filter(id, checks, account, presented, dialled)"
					  " VALUES(?, ?, ?, ?, ?)");
}

enum status segment_filter_put(struct casefile *casefile, sqlite3_stmt *insert,
			       const struct segment_filter *filter)
{
	bind_integer(insert, 1, filter->id);
	bind_blob(insert, 2, (struct text){ (const char *)filter->checks, sizeof(filter->checks) });
	for (unsigned i = 0; i < FILTERED_COLUMNS; i++)
		bind_blob(insert, 3 + (int)i, buf_view(&filter->filters[i]));
	return casefile_run(casefile, insert);
}

/* In place: the filters lie behind them in their row. */
static enum status rewrite(sqlite3_blob *blob, struct casefile *casefile, const struct raw_segment *read)
{
	uint8_t checks[SEGMENT_CHECKS_SIZE];

	owner_use(&casefile->owner);
	if (sqlite3_blob_bytes(blob) != SEGMENT_CHECKS_SIZE ||
	    sqlite3_blob_read(blob, checks, SEGMENT_CHECKS_SIZE, 0) != SQLITE_OK)
		return casefile_failed(casefile);
	put_checks(read, &read->understood, SEGMENT_ALL, checks + 8 * (size_t)SEGMENT_CHECK_READ);
	end_checks(checks);
	return sqlite3_blob_write(blob, checks, SEGMENT_CHECKS_SIZE, 0) == SQLITE_OK ? STATUS_OK
										     : casefile_failed(casefile);
}

enum status segment_filter_renew(struct casefile *casefile, const struct raw_segment *read)
{
	sqlite3_blob *blob = NULL;
	enum status status;

	owner_use(&casefile->owner);
	if (sqlite3_blob_open(casefile->db, "main", "segment_filter", "checks", read->id, 1, &blob) != SQLITE_OK)
		status = casefile_failed(casefile);
	else
		status = rewrite(blob, casefile, read);
	(void)sqlite3_blob_close(blob);
	return status;
}

enum status segment_filter_there(struct casefile *casefile, bool *there)
{
	int64_t found = 0;
	const enum status status = casefile_integer(
		casefile, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'segment_filter'", 0, &found);

	*there = found != 0;
	return status;
}
