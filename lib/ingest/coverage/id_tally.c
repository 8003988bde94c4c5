/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of rows. */
#include "ingest/coverage/id_tally.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/coverage/numbers.h"

void id_tally_release(struct id_tally *ids)
{
	free(ids->runs);
	memset(ids, 0, sizeof(*ids));
}

/* ---- in order ---- */

static void note_gap(struct id_stream *stream, int64_t below, int64_t above)
{
	stream->gaps++;
	stream->missing += (uint64_t)(above - below - 1);
	if (above - below > stream->largest.last - stream->largest.first)
		stream->largest = (struct id_run){ below, above };
}

static void add_in_order(struct id_stream *stream, int64_t id, bool first)
{
	const int64_t last = stream->last;

	stream->last = id;
	if (first)
		stream->rising = stream->falling = true;
	else if (id > last)
		stream->falling = false;
	else if (id < last)
		stream->rising = false;
	if (first || (!stream->rising && !stream->falling))
		return;
	if (id > last + 1)
		note_gap(stream, last, id);
	else if (id < last - 1)
		note_gap(stream, id, last);
}

/* ---- in no order ---- */

/* The first run that does not end before a number. */
static size_t find_run(const struct id_tally *ids, int64_t id)
{
	size_t low = 0, high = ids->run_count;

	/* Nearly all come behind the last one. */
	if (high > 0 && ids->runs[high - 1].last < id)
		return high;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (ids->runs[middle].last < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Makes two runs one where the number between them is there now. */
static void join_runs(struct id_tally *ids, size_t at)
{
	if (at + 1 >= ids->run_count || ids->runs[at].last + 1 != ids->runs[at + 1].first)
		return;
	ids->runs[at].last = ids->runs[at + 1].last;
	memmove(ids->runs + at + 1, ids->runs + at + 2, (ids->run_count - at - 2) * sizeof(*ids->runs));
	ids->run_count--;
}

static bool insert_run(struct id_tally *ids, size_t at, int64_t id)
{
	void *runs = ids->runs;

	if (ids->run_count == ID_RUNS) {
		ids->over = true;
		ids->run_count = 0;
		return true;
	}
	if (!memory_room(&runs, &ids->run_capacity, ids->run_count + 1, sizeof(*ids->runs)))
		return false;
	ids->runs = runs;
	memmove(ids->runs + at + 1, ids->runs + at, (ids->run_count - at) * sizeof(*ids->runs));
	ids->runs[at] = (struct id_run){ id, id };
	ids->run_count++;
	return true;
}

static bool add_to_runs(struct id_tally *ids, int64_t id)
{
	const size_t at = find_run(ids, id);

	if (at < ids->run_count && ids->runs[at].first <= id) {
		ids->twice++;
		return true;
	}
	if (at > 0 && ids->runs[at - 1].last + 1 == id) {
		ids->runs[at - 1].last = id;
		join_runs(ids, at - 1);
		return true;
	}
	if (at < ids->run_count && ids->runs[at].first - 1 == id) {
		ids->runs[at].first = id;
		return true;
	}
	return insert_run(ids, at, id);
}

bool id_tally_add(struct id_tally *ids, int64_t id)
{
	if (id < 0) {
		ids->others++;
		return true;
	}
	add_in_order(&ids->stream, id, ids->count == 0);
	ids->least = ids->count == 0 || id < ids->least ? id : ids->least;
	ids->most = ids->count == 0 || id > ids->most ? id : ids->most;
	ids->count++;
	return ids->over || add_to_runs(ids, id);
}

static void gaps_of_runs(const struct id_tally *ids, struct id_gaps *gaps)
{
	struct id_stream stream = { 0 };

	for (size_t i = 1; i < ids->run_count; i++)
		note_gap(&stream, ids->runs[i - 1].last, ids->runs[i].first);
	gaps->gaps = stream.gaps;
	gaps->missing = stream.missing;
	gaps->largest = stream.largest;
}

struct id_gaps id_tally_gaps(const struct id_tally *ids)
{
	const struct id_stream *stream = &ids->stream;
	struct id_gaps gaps = { .gaps = stream->gaps, .missing = stream->missing, .largest = stream->largest };

	gaps.told = stream->rising || stream->falling || !ids->over;
	if (!stream->rising && !stream->falling && gaps.told)
		gaps_of_runs(ids, &gaps);
	gaps.sparse = gaps.told && gaps.missing / ID_SPARSE > ids->count;
	return gaps;
}

/* ---- in a checkpoint ---- */

void id_tally_write(const struct id_tally *ids, struct buf *out)
{
	const struct id_stream *s = &ids->stream;

	if (ids->count + ids->others == 0)
		return;
	buf_format(out, "i %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 " %" PRId64 " %d %" PRIu64
		   " %" PRIu64 " %" PRId64 " %" PRId64 "\n", ids->count, ids->others, ids->twice, ids->least, ids->most,
		   s->last, s->rising | s->falling << 1 | ids->over << 2, s->gaps, s->missing, s->largest.first,
		   s->largest.last);
	for (size_t i = 0; i < ids->run_count; i++)
		buf_format(out, "n %" PRId64 " %" PRId64 "\n", ids->runs[i].first, ids->runs[i].last);
}

static bool read_counts(struct id_tally *ids, struct text line)
{
	uint64_t n[11];

	if (!numbers_read(line, n, 11) || n[6] > 7)
		return false;
	ids->count = n[0];
	ids->others = n[1];
	ids->twice = n[2];
	ids->least = (int64_t)n[3];
	ids->most = (int64_t)n[4];
	ids->over = n[6] >> 2 & 1;
	ids->stream = (struct id_stream){ n[6] & 1, n[6] >> 1 & 1, (int64_t)n[5], n[7], n[8],
					  { (int64_t)n[9], (int64_t)n[10] } };
	return true;
}

static bool read_run(struct id_tally *ids, struct text line, bool *memory)
{
	const int64_t behind = ids->run_count ? ids->runs[ids->run_count - 1].last : -2;
	uint64_t n[2];

	if (!numbers_read(line, n, 2) || ids->run_count == ID_RUNS || n[0] > n[1] || (int64_t)n[0] <= behind + 1)
		return false;
	if (!insert_run(ids, ids->run_count, (int64_t)n[0])) {
		*memory = true;
		return false;
	}
	ids->runs[ids->run_count - 1].last = (int64_t)n[1];
	return true;
}

bool id_tally_read(struct id_tally *ids, struct text line, bool *memory)
{
	const struct text rest = { line.data + 1, line.len - 1 };

	return line.data[0] == 'i' ? read_counts(ids, rest) : read_run(ids, rest, memory);
}
