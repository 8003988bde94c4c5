/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of segments, read by one thread. */
#include "normalise/calls/number_column.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PLACES 16384

/* An answer, found again by form, digits and region: 32 bytes, so that none lies
 * across two cache lines. */
struct number_place {
	int64_t value;
	struct number_seen seen;
	uint32_t form;
	int32_t region;
};

/* A form. */
struct number_kind {
	uint64_t kind;          /* with region 0 */
	uint64_t whole;         /* all that can be digits of it are below; 0: no number */
};

/* The kinds of all forms, and one of those that are not there. */
static bool find_kinds(struct number_column *numbers)
{
	const struct form_meanings *meanings = numbers->meanings;

	numbers->kinds = calloc(meanings->count + 1, sizeof(*numbers->kinds));
	for (size_t i = 0; numbers->kinds && i < meanings->count; i++) {
		const struct form_meaning *meaning = &meanings->items[i];

		if (meaning->number)
			numbers->kinds[i] = (struct number_kind){
				number_blocks_kind(meaning, 0),
				(uint64_t)meaning->whole
			};
	}
	return numbers->kinds != NULL;
}

bool number_column_open(struct number_column *numbers,
			const struct form_meanings *meanings,
			const struct numplan *plan,
			const struct numplan_settled *settled,
			const struct flag_table *flags)
{
	memset(numbers, 0, sizeof(*numbers));
	numbers->meanings = meanings;
	numbers->readings.plan = plan;
	numbers->readings.flags = flags;
	numbers->places = aligned_alloc(64, PLACES * sizeof(*numbers->places));
	if (!numbers->places)
		return false;
	memset(numbers->places, 0, PLACES * sizeof(*numbers->places));
	return find_kinds(numbers) && number_blocks_open(&numbers->blocks, settled);
}

void number_column_release(struct number_column *numbers)
{
	readings_release(&numbers->readings);
	number_blocks_release(&numbers->blocks);
	free(numbers->ids);
	free(numbers->counts);
	free(numbers->places);
	free(numbers->kinds);
	memset(numbers, 0, sizeof(*numbers));
}

static struct number_place *place_of(const struct number_column *numbers, int64_t form,
				     int64_t value)
{
	/* The upper bits of the product mix all lower ones; that will do here. */
	uint64_t mix = ((uint64_t)value ^ (uint64_t)form << 44) *
		       UINT64_C(0x9e3779b97f4a7c15);

	return &numbers->places[mix >> 40 & (PLACES - 1)];
}

static bool read_text(struct number_column *numbers, const struct number_column_job *job,
		      uint32_t i, struct number_manner manner,
		      struct number_seen *seen)
{
	char room[FORM_LENGTH];

	return readings_read(&numbers->readings,
			     form_meanings_text(numbers->meanings, job->segment,
						job->role, i, room),
			     manner, seen);
}

/* A number remembered, or read anew from its text. */
static bool read_other(struct number_column *numbers, const struct number_column_job *job,
		       uint32_t i, struct number_manner manner,
		       struct number_seen *seen)
{
	const int64_t form = job->segment->found[FOUND_FORM(job->role)][i];
	const int64_t value = job->segment->found[FOUND_VALUE(job->role)][i];
	struct number_place *place = place_of(numbers, form, value);

	/* Places in the heap are those of one segment only. */
	if (!form_meaning_of(numbers->meanings, form))
		return read_text(numbers, job, i, manner, seen);
	if (place->form != (uint32_t)form || place->value != value ||
	    place->region != manner.region) {
		place->form = 0;
		if (!read_text(numbers, job, i, manner, &place->seen))
			return false;
		place->form = (uint32_t)form;
		place->value = value;
		place->region = manner.region;
	}
	*seen = place->seen;
	return true;
}

/* A number that is in no block that is known. */
static bool read_number(struct number_column *numbers, const struct number_column_job *job,
			uint32_t i, struct number_manner manner)
{
	const int64_t form = job->segment->found[FOUND_FORM(job->role)][i];
	const int64_t value = job->segment->found[FOUND_VALUE(job->role)][i];
	const struct form_meaning *meaning = form_meaning_of(numbers->meanings, form);
	enum number_answer answer = NUMBER_HAS_TEXT;
	struct number_seen seen = { 0, 0 };

	if (meaning && meaning->number && value >= 0 && value < meaning->whole)
		answer = number_blocks_read(&numbers->blocks, &numbers->readings,
					    meaning, value, manner, &seen);
	if (answer == NUMBER_HAS_TEXT &&
	    read_other(numbers, job, i, manner, &seen))
		answer = NUMBER_ANSWERED;
	job->e164[i] = seen.e164;
	job->readings[i] = seen.reading;
	return answer == NUMBER_ANSWERED;
}

static void use_manner(struct number_column *numbers, const struct number_manner *manner)
{
	if (manner->prefixes != numbers->prefixes || manner->bare != numbers->bare) {
		memset(numbers->places, 0, PLACES * sizeof(*numbers->places));
		number_blocks_clear(&numbers->blocks);
	}
	numbers->prefixes = manner->prefixes;
	numbers->bare = manner->bare;
}

static inline int region_of(const struct number_column_job *job, uint32_t i)
{
	return job->regions ? job->regions[job->accounts[i]]
			       : job->manner.region;
}

/* What of the rows from first on is numbers, and their kinds. */
static uint64_t find_numbers(const struct number_column *numbers,
			     const struct number_column_job *job, uint32_t first,
			     struct number_rows *rows)
{
	const int64_t *forms = job->segment->found[FOUND_FORM(job->role)] + first;
	const struct number_kind *kinds = numbers->kinds;
	const uint64_t known = numbers->meanings->count;
	const uint64_t region = job->regions ? 0 : (uint64_t)job->manner.region << 8;
	const unsigned count = rows->count;
	uint64_t found = 0;

	for (uint32_t i = 0; i < count; i++) {
		const uint64_t form = (uint64_t)forms[i] - FORM_FIRST;
		const struct number_kind *kind = &kinds[form < known ? form : known];

		rows->kinds[i] = kind->kind | region;
		found |= (uint64_t)((uint64_t)rows->values[i] < kind->whole) << i;
	}
	for (uint32_t i = 0; job->regions && i < count; i++)
		rows->kinds[i] |= (uint64_t)region_of(job, first + i) << 8;
	return found;
}

/* Those of which nothing is known are read in their order, in which readings
 * that are new get their ids. */
static bool read_rest(struct number_column *numbers, const struct number_column_job *job,
		      uint32_t first, uint64_t rest)
{
	struct number_manner manner = job->manner;

	for (; rest; rest &= rest - 1) {
		const uint32_t i = first + (uint32_t)__builtin_ctzll(rest);

		manner.region = region_of(job, i);
		if (!read_number(numbers, job, i, manner))
			return false;
	}
	return true;
}

bool number_column_read(struct number_column *numbers, const struct number_column_job *job)
{
	const int64_t *values = job->segment->found[FOUND_VALUE(job->role)];
	const uint32_t all = job->segment->rows;
	struct number_rows rows;

	use_manner(numbers, &job->manner);
	for (uint32_t first = 0; first < all; first += NUMBER_BLOCK_ROWS) {
		const uint32_t left = all - first;
		const uint32_t count =
			left < NUMBER_BLOCK_ROWS ? left : NUMBER_BLOCK_ROWS;
		uint64_t found, rest;

		rows.count = count;
		rows.values = values + first;
		rows.e164 = job->e164 + first;
		rows.readings = job->readings + first;
		found = find_numbers(numbers, job, first, &rows);
		rest = numbers->blocks.known(&numbers->blocks, &rows, found) |
		       (~found & UINT64_MAX >> (64 - count));
		if (!read_rest(numbers, job, first, rest))
			return false;
	}
	return true;
}

/* Rows beside one another count in different places, so that none waits for the one
 * before it. */
#define COUNTED 4

static bool make_room(struct number_column *numbers, size_t count)
{
	void *ids = numbers->ids, *counts = numbers->counts;

	if (!memory_room(&ids, &numbers->ids_capacity, count, sizeof(*numbers->ids)))
		return false;
	numbers->ids = ids;
	if (!memory_room(&counts, &numbers->counts_capacity, COUNTED * count, sizeof(*numbers->counts)))
		return false;
	numbers->counts = counts;
	return true;
}

bool number_column_name(struct number_column *numbers, struct readings *known)
{
	const size_t count = numbers->readings.ids.count;

	if (!make_room(numbers, count + 1))
		return false;
	numbers->ids[0] = 0;
	for (; numbers->named < count; numbers->named++) {
		const int64_t met = (int64_t)numbers->named + 1;

		numbers->ids[met] = readings_id(
			known, readings_packed(&numbers->readings, met));
		if (!numbers->ids[met])
			return false;
		if (numbers->ids[met] > numbers->most)
			numbers->most = numbers->ids[met];
	}
	return true;
}

void number_column_rename(struct number_column *numbers, int64_t *readings,
			  uint32_t rows, uint64_t *counts)
{
	const size_t count = numbers->readings.ids.count + 1;
	uint32_t *met = numbers->counts;

	memset(met, 0, count * COUNTED * sizeof(*met));
	for (uint32_t i = 0; i < rows; i++) {
		met[(size_t)readings[i] * COUNTED + i % COUNTED]++;
		readings[i] = numbers->ids[readings[i]];
	}
	for (size_t i = 0; i < count * COUNTED; i++)
		counts[numbers->ids[i / COUNTED]] += met[i];
}
