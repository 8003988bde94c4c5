/* SPDX-License-Identifier: Apache-2.0 */
/* Forms of fields that stand side by side: which are looked at together, and learning what they are. */
#include "casefile/form/formspan_known.h"

#include <stdlib.h>
#include <string.h>

#include "base/scan.h"
#include "base/word.h"

/* Where a quarter of so many rows is not found together, each is looked at by itself from there on. */
#define MISSES_LEAST 4096
#define MISSES_PART 4

/* ---- which ---- */

static void add_part(struct formspans *spans, size_t first, size_t count)
{
	spans->parts[spans->part_count++] = (struct span_part){ first, count, 0 };
}

/* The fields from one on that are looked at together. */
static size_t count_from(const size_t *columns, const bool *few, size_t count, size_t first)
{
	size_t n = 1;

	while (few[first] && n < FORMSPAN_FIELDS && first + n < count && few[first + n] &&
	       columns[first + n] == columns[first] + n)
		n++;
	return n == 3 ? 2 : n;
}

struct formspans *formspans_new(const size_t *columns, const bool *few, size_t count, enum cpu_level level)
{
	struct formspans *spans = calloc(1, sizeof(*spans));

	if (!spans)
		return NULL;
	/* Only what is used of it is touched. */
	spans->known = aligned_alloc(FORMCACHE_READ, (SPANS + 1) * sizeof(*spans->known));
	if (!spans->known) {
		free(spans);
		return NULL;
	}
	spans->texts = count;
	/* With AVX-512 each by itself takes no longer. */
	for (size_t i = 0, n; level == CPU_AVX2 && i < count; i += n) {
		n = count_from(columns, few, count, i);
		add_part(spans, i, n);
	}
	return spans;
}

void formspans_free(struct formspans *spans)
{
	if (spans)
		free(spans->known);
	free(spans);
}

bool formspans_any(const struct formspans *spans)
{
	for (size_t i = 0; i < spans->part_count; i++)
		if (spans->parts[i].count > 1)
			return true;
	return false;
}

/* ---- learning ---- */

/* Says where a field is and its digits are. False: a span with it is none that can be known. */
static bool place_field(struct known_span *known, size_t n, const char *base, struct text field)
{
	const size_t start = (size_t)(field.data - base);
	unsigned digits = 0;

	memset(known->places[n], NOWHERE, sizeof(known->places[n]));
	known->fields[n] = (struct span_field){ start, field.len };
	for (size_t at = start + field.len; at-- > start;) {
		if (!scan_is_digit(base[at]))
			continue;
		if (digits == LAST_DIGITS)
			return false;
		known->places[n][at / LAST_DIGITS * LAST_DIGITS + LAST_DIGITS - 1 - digits++] =
			(uint8_t)(at % LAST_DIGITS);
	}
	return true;
}

/* Whether a field stands one byte behind another, one that is no digit, for the looks have to tell where
 * fields end. */
static bool follows(struct text field, struct text before)
{
	return (uintptr_t)field.data == (uintptr_t)before.data + before.len + 1 && !scan_is_digit(field.data[-1]);
}

/* The bytes of fields side by side; 0: they are not, or too many. */
static size_t measure(const struct text *fields, size_t count)
{
	size_t len = count - 1;

	for (size_t i = 0; i < count; i++) {
		if (!fields[i].data || fields[i].len >= SPAN_BYTES || (i > 0 && !follows(fields[i], fields[i - 1])))
			return 0;
		len += fields[i].len;
	}
	return len < SPAN_BYTES ? len : 0;
}

static void put(struct formspans *spans, const struct known_span *known, size_t slot)
{
	unsigned probe = 0;

	while (spans->slots[slot] && ++probe < SPAN_PROBES)
		slot = (slot + 1) % SPAN_SLOTS;
	if (spans->slots[slot])
		return;
	spans->known[spans->count + 1] = *known;
	spans->slots[slot] = (uint16_t)++spans->count;
}

static void learn(struct formspans *spans, const struct text *fields, size_t count, const int64_t *forms)
{
	const struct text all = { fields[0].data, measure(fields, count) };
	uint64_t looks[FORMCACHE_WORDS];
	struct known_span known;
	size_t slot;

	if (all.len == 0 || spans->count == SPANS)
		return;
	memset(&known, UINT8_MAX, sizeof(known));
	for (size_t i = 0; i < count; i++) {
		if (!place_field(&known, i, all.data, fields[i]))
			return;
		known.forms[i] = (uint16_t)forms[i];
	}
	slot = formcache_look(all, looks);
	for (size_t i = 0; i < SPAN_BYTES / 8; i++)
		word_store(known.looks + 8 * i, looks[i]);
	put(spans, &known, span_slot(slot));
}

void formspans_miss(struct formspans *spans, struct span_part *part, const struct text *fields, const int64_t *forms)
{
	const size_t first = part->first, count = part->count;

	/* Forms that were never met are to be first, and no fault of the span. */
	for (size_t i = 0; i < count; i++)
		if (forms[i] < 1 || forms[i] > UINT16_MAX)
			return;
	learn(spans, fields, count, forms);
	if (++part->misses < MISSES_LEAST || part->misses < spans->rows / MISSES_PART ||
	    spans->part_count + count - 1 > FORMSPAN_TEXTS)
		return;
	part->count = 1;
	for (size_t i = 1; i < count; i++)
		add_part(spans, first + i, 1);
}

size_t formspans_find(struct formspans *spans, const struct formcache *cache, const struct text *texts,
		      const size_t *which, int64_t *forms, int64_t *values)
{
#if CPU_X86
	return formspans_find_avx2(spans, cache, texts, which, forms, values);
#else
	(void)spans, (void)cache, (void)texts, (void)which, (void)forms, (void)values;
	return 0;
#endif
}
