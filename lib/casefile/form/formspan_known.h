/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of spans share, and nobody else needs. */
#ifndef UNSPOOF_CASEFILE_FORM_FORMSPAN_KNOWN_H
#define UNSPOOF_CASEFILE_FORM_FORMSPAN_KNOWN_H

#include "casefile/form/formcache_known.h"
#include "casefile/form/formspan.h"

#define SPAN_BYTES 32
/* Spans that are known at most, and the slots for them, as in formcache_known.h. */
#define SPANS 512
#define SPAN_SLOT_BITS 10
#define SPAN_SLOTS (1 << SPAN_SLOT_BITS)
#define SPAN_PROBES 8

_Static_assert(sizeof(struct text) == 16 || !CPU_X86, "a field is a pointer and a length");

/* Where a field is: a struct text, its data from the start of the span on. */
struct span_field {
	uint64_t start, len;
};

/* Fields and the bytes between them, which together are shorter than SPAN_BYTES. */
struct known_span {
	uint8_t looks[SPAN_BYTES];
	/* Of each field the last digits, as in struct known. */
	uint8_t places[FORMSPAN_FIELDS][SPAN_BYTES];
	struct span_field fields[FORMSPAN_FIELDS];      /* of those that there are not no text's */
	uint16_t forms[FORMSPAN_FIELDS];
	uint8_t spare[24];
};

_Static_assert(sizeof(struct known_span) == 256, "spans lie in whole cache lines");

/* Fields that are looked at together, two or four, or one. */
struct span_part {
	size_t first, count;
	uint64_t misses;        /* rows where they were not found together */
};

struct formspans {
	struct span_part parts[FORMSPAN_TEXTS];
	size_t part_count;
	size_t texts;           /* of all parts */
	uint64_t rows;
	struct known_span *known;       /* none is the first */
	size_t count;                   /* of the others */
	uint16_t slots[SPAN_SLOTS];     /* numbers in known; 0: free */
};

static inline size_t span_slot(size_t slot)
{
	return slot >> (SLOT_BITS - SPAN_SLOT_BITS);
}

/* The fields of a part, from the first on, were not found together; forms are theirs, 0 where it is not
 * known. */
void formspans_miss(struct formspans *spans, struct span_part *part, const struct text *fields, const int64_t *forms);

/* As formspans_find(), where CPU_X86. */
size_t formspans_find_avx2(struct formspans *spans, const struct formcache *cache, const struct text *texts,
			   const size_t *which, int64_t *forms, int64_t *values);

#endif
