/* SPDX-License-Identifier: Apache-2.0 */
/* Presentations: cells of accounts, gathered by person. */
#include "correlate/presentations.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "correlate/rates.h"
#include "correlate/share.h"

/* Whether a cell is a presentation of somebody. */
static bool presents(const struct cell *cell)
{
	return cell->slot && cell->presented;
}

/* Pairs of rank and person, each a presentation. */
static bool gather(struct pairs *pairs, const struct calls *calls,
		   const struct people *people)
{
	for (size_t i = 0; i < calls->cell_count; i++) {
		const struct cell *cell = &calls->cells[i];

		if (presents(cell))
			pairs_add(pairs, calls->presented[cell->presented].rank,
				  people->persons_of[cell->slot]);
	}
	return pairs_settle(pairs);
}

/* Items in the order of the pairs; map: the place of a pair. */
static bool make_items(struct presentations *presentations,
		       const struct pairs *pairs, const struct calls *calls,
		       struct map64 *map)
{
	static const struct presentation none = { .called = SPAN_NONE };
	uint32_t *of_rank = memory_array(NULL, calls->presented_count,
					 sizeof(*of_rank));
	struct pairs_cursor cursor = { pairs, 0 };
	uint32_t rank, person;
	bool made = of_rank != NULL;

	for (uint32_t i = 1; made && i < calls->presented_count; i++)
		of_rank[calls->presented[i].rank] = i;
	presentations->items[presentations->count++] = none;
	while (made && pairs_next(&cursor, &rank, &person)) {
		struct presentation *item =
			&presentations->items[presentations->count];
		uint64_t *place =
			map64_add(map, (uint64_t)rank << 32 | person, NULL);

		made = place != NULL;
		if (!made)
			break;
		*place = presentations->count++;
		*item = none;
		item->presented = of_rank[rank];
		item->person = person;
	}
	free(of_rank);
	return made;
}

static void add_cell(struct presentation *item, const struct cell *cell)
{
	item->accounts++;
	item->calls += cell->calls;
	item->answered += cell->answered;
	item->long_calls += cell->long_calls;
	span_add(&item->called, cell->called.first, cell->called.last);
}

static void add_cells(struct presentations *presentations, struct calls *calls,
		      const struct people *people, const struct map64 *map)
{
	for (size_t i = 0; i < calls->cell_count; i++) {
		struct cell *cell = &calls->cells[i];
		const uint64_t *place;
		uint64_t rank;

		if (!presents(cell))
			continue;
		rank = calls->presented[cell->presented].rank;
		place = map64_find(map, rank << 32 |
						people->persons_of[cell->slot]);
		cell->group = place ? (uint32_t)*place : 0;
		add_cell(&presentations->items[cell->group], cell);
	}
}

enum status presentations_make(struct presentations *presentations,
			       struct calls *calls, const struct people *people)
{
	struct pairs pairs = { 0 };
	struct map64 map = { 0 };
	bool made;

	memset(presentations, 0, sizeof(*presentations));
	made = gather(&pairs, calls, people);
	if (made) {
		presentations->items = memory_array(
			NULL, pairs.count + 1, sizeof(*presentations->items));
		made = presentations->items &&
		       make_items(presentations, &pairs, calls, &map);
	}
	if (made)
		add_cells(presentations, calls, people, &map);
	pairs_release(&pairs);
	map64_release(&map);
	return made ? STATUS_OK : error_memory(&calls->casefile->error);
}

void presentations_release(struct presentations *presentations)
{
	free(presentations->items);
	memset(presentations, 0, sizeof(*presentations));
}

/* The cells that present something, those of one account together: pairs of
 * slot and cell. */
static bool by_account(const struct calls *calls, struct pairs *pairs)
{
	for (uint32_t i = 0; i < calls->cell_count; i++)
		if (presents(&calls->cells[i]))
			pairs_add(pairs, calls->cells[i].slot, i);
	return pairs_settle(pairs);
}

/* Weights by cost; by calls when nothing cost anything. A refund that is more
 * than what was paid counts as no cost. */
static void weigh(const struct calls *calls, struct portion *portions,
		  size_t count)
{
	u128 total = 0;

	for (size_t i = 0; i < count; i++) {
		i128 cost = calls->cells[portions[i].owner].cost;

		portions[i].weight = cost > 0 ? (u128)cost : 0;
		total |= portions[i].weight;
	}
	for (size_t i = 0; i < count && !total; i++)
		portions[i].weight = calls->cells[portions[i].owner].calls;
}

static enum status share(struct presentations *presentations,
			 const struct calls *calls, int64_t spend,
			 struct portion *portions, size_t count)
{
	enum status status = STATUS_OK;

	weigh(calls, portions, count);
	share_out(spend, portions, count);
	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		uint32_t group = calls->cells[portions[i].owner].group;

		status = money_add(calls->casefile,
				   &presentations->items[group].spend,
				   portions[i].part);
	}
	return status;
}

static enum status share_all(struct presentations *presentations,
			     const struct calls *calls, const struct pairs *cells,
			     uint32_t accounts, const struct party *parties)
{
	struct portion *portions =
		memory_array(NULL, cells->count, sizeof(*portions));
	struct pairs_cursor cursor = { cells, 0 };
	enum status status = STATUS_OK;

	if (!portions)
		return error_memory(&calls->casefile->error);
	for (uint32_t slot = 1; slot <= accounts && status == STATUS_OK; slot++) {
		size_t count = 0;
		uint32_t cell;

		while (pairs_next_of(&cursor, slot, &cell)) {
			uint32_t presented = calls->cells[cell].presented;

			portions[count].owner = cell;
			portions[count++].rank =
				calls->presented[presented].rank;
		}
		if (count)
			status = share(presentations, calls,
				       parties[slot].spend, portions, count);
	}
	free(portions);
	return status;
}

enum status presentations_spend(struct presentations *presentations,
				struct calls *calls, const struct people *people,
				const struct party *accounts)
{
	struct pairs cells = { 0 };
	enum status status;

	if (by_account(calls, &cells))
		status = share_all(presentations, calls, &cells,
				   people->accounts, accounts);
	else
		status = error_memory(&calls->casefile->error);
	pairs_release(&cells);
	return status;
}

static enum status write_one(const struct presentation *item,
			     const struct calls *calls, sqlite3_stmt *insert)
{
	const struct presented *presented = &calls->presented[item->presented];

	bind_maybe(insert, 1, (int64_t)presented->number, !presented->number);
	bind_maybe(insert, 2, presented->shown, presented->number != 0);
	bind_integer(insert, 3, item->person);
	bind_text(insert, 4,
		  directory_name(calls->directory, presented->organisation));
	bind_text(insert, 5, directory_name(calls->directory, presented->sector));
	bind_integer(insert, 6, item->accounts);
	bind_integer(insert, 7, (int64_t)item->calls);
	bind_integer(insert, 8, (int64_t)item->answered);
	bind_integer(insert, 9, (int64_t)item->long_calls);
	bind_integer(insert, 10, item->victims);
	bind_integer(insert, 11, item->spend);
	bind_integer(insert, 12, item->loss);
	bind_span(insert, 13, &item->called);
	bind_maybe(insert, 15, presented->reading, presented->reading == 0);
	return casefile_run(calls->casefile, insert);
}

enum status presentations_write(const struct presentations *presentations,
				const struct calls *calls)
{
	sqlite3_stmt *insert = casefile_prepare(
		calls->casefile,
		"INSERT INTO presentation(number, shown, suspect, organisation,"
		" sector, accounts, calls, answered, long_calls, victims, spend,"
		" loss, first_call, last_call, reading)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	enum status status = insert ? STATUS_OK : calls->casefile->error.status;

	for (size_t i = 1; i < presentations->count && status == STATUS_OK; i++)
		status = write_one(&presentations->items[i], calls, insert);
	sqlite3_finalize(insert);
	return status;
}
