/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting in runs, which are merged. */
#include "base/sort/sorter.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool sorter_open(struct sorter *sorter, const struct record_kind *kind,
		 struct spill *spill, size_t memory)
{
	memset(sorter, 0, sizeof(*sorter));
	if (pthread_mutex_init(&sorter->lock, NULL) != 0)
		return false;
	sorter->kind = kind;
	sorter->spill = spill;
	sorter->memory = memory;
	return true;
}

void sorter_close(struct sorter *sorter)
{
	if (!sorter->kind)
		return;
	merge_close(&sorter->merge);
	for (size_t i = 0; i < sorter->count; i++)
		free(sorter->runs[i].records);
	free(sorter->runs);
	free(sorter->room);
	(void)pthread_mutex_destroy(&sorter->lock);
	memset(sorter, 0, sizeof(*sorter));
}

static bool add_run(struct sorter *sorter, const struct sorted *run)
{
	void *runs;
	bool added;

	(void)pthread_mutex_lock(&sorter->lock);
	runs = sorter->runs;
	added = memory_room(&runs, &sorter->capacity, sorter->count + 1,
			    sizeof(*sorter->runs));
	sorter->runs = runs;
	if (added)
		sorter->runs[sorter->count++] = *run;
	(void)pthread_mutex_unlock(&sorter->lock);
	return added;
}

bool sorter_keep(struct sorter *sorter, void *records, size_t count)
{
	const struct sorted run = { records, 0, count };

	if (count && add_run(sorter, &run))
		return true;
	free(records);
	return count == 0;
}

bool sorter_spill(struct sorter *sorter, const void *records, size_t count)
{
	const size_t len = count * sorter->kind->size;
	struct sorted run = { NULL, 0, count };

	return count == 0 || (spill_reserve(sorter->spill, len, &run.at) &&
			      spill_write(sorter->spill, run.at, records, len) &&
			      add_run(sorter, &run));
}

/* Records that the room has, half of the memory: the other half is that of
 * sorting. */
static size_t room_most(const struct sorter *sorter)
{
	const size_t most = sorter->memory / 2 / sorter->kind->size;

	return most < 2 ? 2 : most;
}

/* Makes place in a full room: by combining, or else in the file. */
static bool make_place(struct sorter *sorter)
{
	sorter->held = records_settle(sorter->kind, sorter->room, sorter->held);
	if (sorter->held <= room_most(sorter) / 2)
		return true;
	if (!sorter_spill(sorter, sorter->room, sorter->held))
		return false;
	sorter->held = 0;
	return true;
}

bool sorter_put(struct sorter *sorter, const void *record)
{
	const size_t size = sorter->kind->size;
	const size_t most = room_most(sorter);

	if (!sorter->room)
		sorter->room = memory_array(NULL, most, size);
	if (!sorter->room || (sorter->held == most && !make_place(sorter)))
		return false;
	memcpy(sorter->room + sorter->held++ * size, record, size);
	return true;
}

/* Makes one run of the first ones that lie in the file. */
static bool reduce(struct sorter *sorter, size_t count)
{
	struct sorter_writer writer;
	struct merge merge;
	uint64_t limit = 0;
	const void *record;
	bool good;

	for (size_t i = 0; i < count; i++)
		limit += sorter->runs[i].count;
	sorter_writer_open(&writer, sorter, limit, 0);
	good = merge_open(&merge, sorter->kind, sorter->spill, sorter->runs, count,
			  sorter->memory);
	while (good && (record = merge_next(&merge)))
		good = sorter_writer_put(&writer, record);
	good = good && !merge.failed && sorter_writer_end(&writer);
	merge_close(&merge);
	sorter_writer_close(&writer);
	if (!good)
		return false;
	sorter->count -= count;
	memmove(sorter->runs, sorter->runs + count,
		sorter->count * sizeof(*sorter->runs));
	return true;
}

/* Those in the file first. */
static size_t files_first(struct sorter *sorter)
{
	size_t files = 0;

	for (size_t i = 0; i < sorter->count; i++) {
		const struct sorted run = sorter->runs[i];

		if (run.records)
			continue;
		sorter->runs[i] = sorter->runs[files];
		sorter->runs[files++] = run;
	}
	return files;
}

bool sorter_begin(struct sorter *sorter)
{
	const size_t most = merge_most(sorter->memory);
	size_t files;

	if (sorter->room) {
		char *room = sorter->room;
		size_t held = records_settle(sorter->kind, room, sorter->held);

		sorter->room = NULL;
		sorter->held = 0;
		if (!sorter_keep(sorter, room, held))
			return false;
	}
	while ((files = files_first(sorter)) > most)
		if (!reduce(sorter, files - most + 1 < most ? files - most + 1
							    : most))
			return false;
	return merge_open(&sorter->merge, sorter->kind, sorter->spill,
			  sorter->runs, sorter->count, sorter->memory);
}

const void *sorter_next(struct sorter *sorter)
{
	return merge_next(&sorter->merge);
}

bool sorter_broken(const struct sorter *sorter)
{
	return sorter->merge.failed;
}

bool sorter_read(const struct sorter *sorter, struct merge *merge)
{
	return merge_open(merge, sorter->kind, sorter->spill, sorter->runs,
			  sorter->count, sorter->memory);
}

/* ---- one run, record after record ---- */

#define WRITER_LEAST 65536   /* bytes */

void sorter_writer_open(struct sorter_writer *writer, struct sorter *sorter,
			uint64_t limit, size_t memory)
{
	memset(writer, 0, sizeof(*writer));
	writer->sorter = sorter;
	writer->limit = limit;
	writer->keeps = memory != 0;
	writer->most = (memory < WRITER_LEAST ? WRITER_LEAST : memory) /
		       sorter->kind->size;
	if (writer->most > limit)
		writer->most = limit ? (size_t)limit : 1;
}

static bool flush(struct sorter_writer *writer)
{
	const size_t size = writer->sorter->kind->size;
	struct spill *spill = writer->sorter->spill;

	if (!writer->written &&
	    !spill_reserve(spill, writer->limit * size, &writer->at))
		return false;
	if (!spill_write(spill, writer->at + writer->written * size, writer->room,
			 writer->held * size))
		return false;
	writer->written += writer->held;
	writer->held = 0;
	return true;
}

bool sorter_writer_prepare(struct sorter_writer *writer)
{
	if (!writer->room)
		writer->room = memory_array(NULL, writer->most,
					    writer->sorter->kind->size);
	return writer->room != NULL;
}

bool sorter_writer_put(struct sorter_writer *writer, const void *record)
{
	const size_t size = writer->sorter->kind->size;

	if (writer->held == writer->most && !flush(writer))
		return false;
	if (!sorter_writer_prepare(writer))
		return false;
	memcpy(writer->room + writer->held++ * size, record, size);
	return true;
}

bool sorter_writer_end(struct sorter_writer *writer)
{
	struct sorted run = { NULL, 0, 0 };
	void *room;

	if (writer->written || (!writer->keeps && writer->held)) {
		if (writer->held && !flush(writer))
			return false;
		run.at = writer->at;
		run.count = writer->written;
		return add_run(writer->sorter, &run);
	}
	/* What was not needed is given back. */
	room = writer->held ? memory_array(writer->room, writer->held,
					   writer->sorter->kind->size)
			    : NULL;
	if (!room)
		room = writer->room;
	writer->room = NULL;
	return sorter_keep(writer->sorter, room, writer->held);
}

void sorter_writer_close(struct sorter_writer *writer)
{
	free(writer->room);
	memset(writer, 0, sizeof(*writer));
}
