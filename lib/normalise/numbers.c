/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of segments, read by one thread. */
#include "normalise/numbers.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PLACES 16384

/* An answer, found again by form, digits and region: 32 bytes, so that none lies
 * across two lines of the processor's cache. */
struct number_place {
	int64_t value;
	struct number_seen seen;
	uint32_t form;
	int32_t region;
};

bool numbers_open(struct numbers *numbers, const struct meanings *meanings,
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
	return number_blocks_open(&numbers->blocks, settled);
}

void numbers_release(struct numbers *numbers)
{
	readings_release(&numbers->readings);
	number_blocks_release(&numbers->blocks);
	free(numbers->ids);
	free(numbers->places);
	memset(numbers, 0, sizeof(*numbers));
}

static struct number_place *place_of(const struct numbers *numbers, int64_t form,
				     int64_t value)
{
	/* The upper bits of the product mix all lower ones; that will do here. */
	uint64_t mix = ((uint64_t)value ^ (uint64_t)form << 44) *
		       UINT64_C(0x9e3779b97f4a7c15);

	return &numbers->places[mix >> 40 & (PLACES - 1)];
}

static bool read_text(struct numbers *numbers, const struct number_column *column,
		      uint32_t i, struct number_manner manner,
		      struct number_seen *seen)
{
	char room[FORM_LENGTH];

	return readings_read(&numbers->readings,
			     meanings_text(numbers->meanings, column->segment,
					   column->role, i, room),
			     manner, seen);
}

/* A number remembered, or read anew from its text. */
static bool read_other(struct numbers *numbers, const struct number_column *column,
		       uint32_t i, struct number_manner manner,
		       struct number_seen *seen)
{
	const int64_t form = column->segment->found[FOUND_FORM(column->role)][i];
	const int64_t value = column->segment->found[FOUND_VALUE(column->role)][i];
	struct number_place *place = place_of(numbers, form, value);

	/* Places in the heap are those of one segment only. */
	if (!meaning_of(numbers->meanings, form))
		return read_text(numbers, column, i, manner, seen);
	if (place->form != (uint32_t)form || place->value != value ||
	    place->region != manner.region) {
		place->form = 0;
		if (!read_text(numbers, column, i, manner, &place->seen))
			return false;
		place->form = (uint32_t)form;
		place->value = value;
		place->region = manner.region;
	}
	*seen = place->seen;
	return true;
}

/* A number that is in no block that is known. */
static bool read_number(struct numbers *numbers, const struct number_column *column,
			uint32_t i, struct number_manner manner)
{
	const int64_t form = column->segment->found[FOUND_FORM(column->role)][i];
	const int64_t value = column->segment->found[FOUND_VALUE(column->role)][i];
	const struct meaning *meaning = meaning_of(numbers->meanings, form);
	enum number_answer answer = NUMBER_HAS_TEXT;
	struct number_seen seen = { 0, 0 };

	if (meaning && meaning->number && value >= 0 && value < meaning->whole)
		answer = number_blocks_read(&numbers->blocks, &numbers->readings,
					    meaning, value, manner, &seen);
	if (answer == NUMBER_HAS_TEXT &&
	    read_other(numbers, column, i, manner, &seen))
		answer = NUMBER_ANSWERED;
	column->e164[i] = seen.e164;
	column->readings[i] = seen.reading;
	return answer == NUMBER_ANSWERED;
}

static void use_prefixes(struct numbers *numbers, const char *prefixes)
{
	if (prefixes != numbers->prefixes) {
		memset(numbers->places, 0, PLACES * sizeof(*numbers->places));
		number_blocks_clear(&numbers->blocks);
	}
	numbers->prefixes = prefixes;
}

bool numbers_read(struct numbers *numbers, const struct number_column *column)
{
	const int64_t *forms = column->segment->found[FOUND_FORM(column->role)];
	const int64_t *values = column->segment->found[FOUND_VALUE(column->role)];
	struct number_manner manner = column->manner;

	use_prefixes(numbers, manner.prefixes);
	for (uint32_t i = 0; i < column->segment->rows; i++) {
		const struct meaning *meaning =
			meaning_of(numbers->meanings, forms[i]);

		if (column->regions)
			manner.region = column->regions[column->accounts[i]];
		if (meaning && meaning->number && values[i] >= 0 &&
		    values[i] < meaning->whole &&
		    number_blocks_known(&numbers->blocks, meaning, values[i],
					manner.region, &column->e164[i],
					&column->readings[i]))
			continue;
		if (!read_number(numbers, column, i, manner))
			return false;
	}
	return true;
}

bool numbers_name(struct numbers *numbers, struct readings *known)
{
	const size_t count = numbers->readings.ids.count;
	void *ids = numbers->ids;

	if (!memory_room(&ids, &numbers->ids_capacity, count + 1,
			 sizeof(*numbers->ids)))
		return false;
	numbers->ids = ids;
	numbers->ids[0] = 0;
	for (; numbers->named < count; numbers->named++) {
		const int64_t met = (int64_t)numbers->named + 1;

		numbers->ids[met] = readings_id(
			known, readings_packed(&numbers->readings, met));
		if (!numbers->ids[met])
			return false;
	}
	return true;
}

void numbers_rename(const struct numbers *numbers, int64_t *readings, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		readings[i] = numbers->ids[readings[i]];
}
