/* SPDX-License-Identifier: Apache-2.0 */
/* What statuses and currencies of calls mean. */
#include "normalise/duplicates/twin_meaning.h"

#include <string.h>

#include "base/scan.h"

/* Longer texts are told apart by their beginnings and lengths. */
#define TEXT_MOST 256

static uint32_t fold_hash(const struct secret *secret, struct text text)
{
	char lower[TEXT_MOST] = "";
	const size_t len = text.len < TEXT_MOST ? text.len : TEXT_MOST;

	for (size_t i = 0; i < len; i++)
		lower[i] = scan_lower(text.data[i]);
	return (uint32_t)hash_pair(secret, hash_bytes(secret, lower, len), text.len);
}

void twin_meaning_of(struct twin_meaning *meaning, const struct source_sense *source)
{
	if (meaning->source == source)
		return;
	memset(meaning->statuses, 0, sizeof(meaning->statuses));
	meaning->source = source;
}

static struct text text_at(const struct twin_meaning *meaning, const struct segment *segment,
			   enum call_role role, uint32_t i, char room[static FORM_LENGTH])
{
	const struct text text = form_meanings_text(meaning->forms, segment, role, i, room);

	return text.data ? text_trim(text) : text;
}

static uint32_t look_up(const struct twin_meaning *meaning, const struct segment *segment,
			uint32_t i)
{
	char room[FORM_LENGTH];
	const struct text status = text_at(meaning, segment, CALL_STATUS, i, room);
	const enum word word =
		status.len ? words_call(&meaning->source->words, status) : WORD_NONE;

	return word == WORD_UNKNOWN ? fold_hash(meaning->secret, status) | 1u << 31
				    : (uint32_t)word;
}

uint32_t twin_meaning_status(struct twin_meaning *meaning, const struct segment *segment,
			     uint32_t i)
{
	const int64_t form = segment_found(segment, FOUND_FORM(CALL_STATUS), i);
	const int64_t value = segment_found(segment, FOUND_VALUE(CALL_STATUS), i);
	struct twin_meaning_item *item =
		&meaning->statuses[((uint64_t)form * 31 + (uint64_t)value) % TWIN_STATUSES];

	if (form < FORM_FIRST)
		return look_up(meaning, segment, i);
	if (item->form != form || item->value != value)
		*item = (struct twin_meaning_item){ form, value, look_up(meaning, segment, i) };
	return item->meaning;
}

/* Without the zeros at the end that are decimals, so that 1.50 and 1.5 are the same. */
static int64_t shorten(int64_t digits, unsigned *decimals)
{
	for (; *decimals > 0 && digits % 10 == 0; (*decimals)--)
		digits /= 10;
	return digits;
}

/* Of a cost or a currency that is not understood. */
static uint32_t odd_hash(const struct twin_meaning *meaning, const struct segment *segment,
			 uint32_t currency, uint32_t i)
{
	char room[FORM_LENGTH];

	return fold_hash(meaning->secret,
			 text_at(meaning, segment, currency == COST_BEYOND ? CALL_COST : CALL_CURRENCY, i,
				 room));
}

int64_t twin_meaning_cost(const struct twin_meaning *meaning, const struct segment *segment,
			  uint32_t i, uint32_t *currency)
{
	const int64_t unit = segment->understood[READ_COST_UNIT][i];
	unsigned decimals = cost_decimals(unit);
	const int64_t digits = shorten(segment->understood[READ_COST][i], &decimals);
	const uint32_t named = cost_currency(unit);

	*currency = 0;
	if (digits == 0 && named != COST_BEYOND)
		return 0;
	*currency = (uint32_t)hash_pair(
		meaning->secret,
		named & COST_ODD ? named | (uint64_t)odd_hash(meaning, segment, named, i) << 32 : named,
		decimals);
	return cost_negative(unit) ? -digits : digits;
}
