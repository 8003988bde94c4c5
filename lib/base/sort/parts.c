/* SPDX-License-Identifier: Apache-2.0 */
/* Sorting by parts. */
#include "base/sort/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/record_order.h"

#define PART_BITS 8
#define BLOCK_MOST 8192
#define BLOCK_LEAST 256
#define SLAB ((size_t)4 << 20)

bool parts_open(struct parts *parts, const struct record_kind *kind, struct spill *spill, uint64_t memory, unsigned threads,
		unsigned bits)
{
	uint64_t bytes = memory / 4 / PARTS / threads;

	memset(parts, 0, sizeof(*parts));
	if (pthread_mutex_init(&parts->lock, NULL) != 0)
		return false;
	bytes = bytes < BLOCK_LEAST ? BLOCK_LEAST : bytes > BLOCK_MOST ? BLOCK_MOST : bytes;
	parts->kind = kind;
	parts->spill = spill;
	parts->memory = memory;
	parts->shift = bits > PART_BITS ? bits - PART_BITS : 0;
	parts->most = bytes > kind->size ? (uint32_t)(bytes / kind->size) : 1;
	parts->slab_used = SLAB;
	return true;
}

void parts_close(struct parts *parts)
{
	if (!parts->kind)
		return;
	sorter_close(&parts->large);
	for (size_t i = 0; i < parts->slab_count; i++)
		free(parts->slabs[i]);
	free(parts->slabs);
	free(parts->blocks);
	free(parts->records);
	(void)pthread_mutex_destroy(&parts->lock);
	memset(parts, 0, sizeof(*parts));
}

/* ---- putting ---- */

static bool has_room(const struct parts *parts)
{
	return (parts->slab_count + 1) * SLAB <= parts->memory / 2;
}

/* Room for a block; each thread needs one a part, however little memory there is. NULL: there is none. */
static char *cut_block(struct parts *parts)
{
	const size_t size = parts->most * parts->kind->size;
	char *block = NULL;

	(void)pthread_mutex_lock(&parts->lock);
	if (size > SLAB - parts->slab_used) {
		void *slabs = parts->slabs;

		if (memory_room(&slabs, &parts->slab_capacity, parts->slab_count + 1, sizeof(*parts->slabs))) {
			parts->slabs = slabs;
			parts->slabs[parts->slab_count] = memory_large(SLAB, 1);
			parts->slab_used = parts->slabs[parts->slab_count] ? 0 : SLAB;
			parts->slab_count += parts->slab_used == 0;
		}
	}
	if (size <= SLAB - parts->slab_used) {
		block = parts->slabs[parts->slab_count - 1] + parts->slab_used;
		parts->slab_used += size;
	}
	(void)pthread_mutex_unlock(&parts->lock);
	return block;
}

static bool add_block(struct parts *parts, unsigned part, struct parts_block block)
{
	void *blocks;
	bool added;

	(void)pthread_mutex_lock(&parts->lock);
	blocks = parts->blocks;
	added = parts->count < UINT32_MAX &&
		memory_room(&blocks, &parts->capacity, parts->count + 1, sizeof(*parts->blocks));
	parts->blocks = blocks;
	if (added) {
		block.next = parts->first[part];
		parts->blocks[parts->count++] = block;
		parts->first[part] = (uint32_t)parts->count;
	}
	(void)pthread_mutex_unlock(&parts->lock);
	return added;
}

/* Keeps a full block where there is room; else in the file, and it is empty again. */
static bool hand_in(struct parts *parts, unsigned part, struct parts_open *open)
{
	const size_t len = open->count * parts->kind->size;
	struct parts_block block = { open->records, 0, open->count, 0 };
	bool keeps;

	(void)pthread_mutex_lock(&parts->lock);
	keeps = has_room(parts);
	(void)pthread_mutex_unlock(&parts->lock);
	open->count = 0;
	if (keeps) {
		open->records = NULL;
		return add_block(parts, part, block);
	}
	block.records = NULL;
	return spill_reserve(parts->spill, len, &block.at) && spill_write(parts->spill, block.at, open->records, len) &&
	       add_block(parts, part, block);
}

bool parts_put(struct parts *parts, unsigned thread, const void *record)
{
	const size_t size = parts->kind->size;
	const unsigned part = (unsigned)(record_lead(record) >> parts->shift) % PARTS;
	struct parts_open *open = &parts->open[thread][part];

	if (open->count == parts->most && !hand_in(parts, part, open))
		return false;
	if (!open->records)
		open->records = cut_block(parts);
	if (!open->records)
		return false;
	record_copy(open->records + open->count++ * size, record, size);
	return true;
}

/* ---- sorting ---- */

/* Combines equals, which are next to one another; gives how many are left. */
static size_t combine(const struct record_kind *kind, char *records, size_t count)
{
	size_t kept = count != 0;

	if (!kind->combine)
		return count;
	for (size_t i = 1; i < count; i++) {
		char *record = records + i * kind->size;
		char *last = records + (kept - 1) * kind->size;

		if (kind->compare(last, record) == 0)
			kind->combine(last, record);
		else if (kept++ < i)
			record_copy(records + (kept - 1) * kind->size, record, kind->size);
	}
	return kept;
}

/* ---- reading ---- */

bool parts_begin(struct parts *parts)
{
	bool good = true;

	for (unsigned thread = 0; thread < PARTS_THREADS; thread++)
		for (unsigned part = 0; part < PARTS && good; part++)
			if (parts->open[thread][part].count)
				good = hand_in(parts, part, &parts->open[thread][part]);
	return good;
}

static bool read_block(struct parts *parts, const struct parts_block *block, char *to)
{
	const size_t len = block->count * parts->kind->size;

	if (!block->records)
		return spill_read(parts->spill, block->at, to, len);
	memcpy(to, block->records, len);
	return true;
}

static size_t count_part(const struct parts *parts, unsigned part)
{
	size_t count = 0;

	for (uint32_t i = parts->first[part]; i; i = parts->blocks[i - 1].next)
		count += parts->blocks[i - 1].count;
	return count;
}

static bool read_part(struct parts *parts, unsigned part, size_t count)
{
	const size_t size = parts->kind->size;
	char *records = memory_array(NULL, count, size);
	size_t read = 0;
	bool good = records != NULL;

	for (uint32_t i = parts->first[part]; i && good; i = parts->blocks[i - 1].next) {
		good = read_block(parts, &parts->blocks[i - 1], records + read * size);
		read += parts->blocks[i - 1].count;
	}
	parts->records = good ? records_ordered(parts->kind, records, count) : NULL;
	free(records);
	parts->records_count = parts->records ? combine(parts->kind, parts->records, count) : 0;
	return parts->records != NULL;
}

static bool sort_block(struct parts *parts, const struct parts_block *block, char *room)
{
	bool good = read_block(parts, block, room);

	for (uint32_t i = 0; i < block->count && good; i++)
		good = sorter_put(&parts->large, room + i * parts->kind->size);
	return good;
}

/* A part of which most comes together, as of one id that all rows have. */
static bool read_large(struct parts *parts, unsigned part)
{
	char *room = memory_array(NULL, parts->most, parts->kind->size);
	bool good = room && sorter_open(&parts->large, parts->kind, parts->spill, parts->memory / 4);

	for (uint32_t i = parts->first[part]; i && good; i = parts->blocks[i - 1].next)
		good = sort_block(parts, &parts->blocks[i - 1], room);
	free(room);
	parts->reading_large = true;
	return good && sorter_begin(&parts->large);
}

static bool next_part(struct parts *parts)
{
	const unsigned part = parts->part++;
	const size_t count = count_part(parts, part);
	const uint64_t need = (uint64_t)count * (2 * parts->kind->size + 2 * sizeof(uint64_t));

	parts->at = 0;
	parts->records_count = 0;
	if (count == 0)
		return true;
	return need > parts->memory / 4 && need > SLAB ? read_large(parts, part) : read_part(parts, part, count);
}

/* NULL: the part has no more. */
static const void *next_here(struct parts *parts)
{
	const void *record;

	if (!parts->reading_large)
		return parts->at < parts->records_count ? parts->records + parts->at++ * parts->kind->size : NULL;
	record = sorter_next(&parts->large);
	parts->broken |= sorter_broken(&parts->large);
	return record;
}

const void *parts_next(struct parts *parts)
{
	const void *record;

	while (!(record = next_here(parts)) && !parts->broken && parts->part < PARTS) {
		free(parts->records);
		parts->records = NULL;
		sorter_close(&parts->large);
		parts->reading_large = false;
		parts->broken = !next_part(parts);
	}
	return parts->broken ? NULL : record;
}

bool parts_broken(const struct parts *parts)
{
	return parts->broken;
}
