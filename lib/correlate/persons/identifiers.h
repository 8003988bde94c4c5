/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts go by, of one rule, and which of it several have. */
#ifndef UNSPOOF_CORRELATE_PERSONS_IDENTIFIERS_H
#define UNSPOOF_CORRELATE_PERSONS_IDENTIFIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/dictionary.h"
#include "base/text.h"

/* Where a found row stands, in order of source and line. */
#define ROW_PLACE_LINE_BITS 40

/* False: a source or line that no case has. */
static inline bool row_place_of(int64_t source, int64_t line, uint64_t *place)
{
	*place = (uint64_t)source << ROW_PLACE_LINE_BITS | (uint64_t)line;
	return source >= 0 && source >> (63 - ROW_PLACE_LINE_BITS) == 0 &&
	       line >= 0 && line >> ROW_PLACE_LINE_BITS == 0;
}

static inline int64_t row_place_source(uint64_t place)
{
	return (int64_t)(place >> ROW_PLACE_LINE_BITS);
}

static inline int64_t row_place_line(uint64_t place)
{
	return (int64_t)(place & ((UINT64_C(1) << ROW_PLACE_LINE_BITS) - 1));
}

/* Numbers of members are below it. */
#define OCCURRENCE_MEMBERS ((UINT64_C(1) << 47) - 1)

/* An account with a value, and the first row that says so. */
struct occurrence {
	uint64_t place;            /* of the row, in its member */
	uint64_t member : 47;      /* of the source */
	uint64_t country : 16;     /* of the account, of telephones: two letters; 0: none */
	uint64_t there : 1;        /* only that makes the value of what was found */
	uint32_t value;            /* number of the text */
	uint32_t slot;
};

/* The letters of a country as struct occurrence has them; 0: there are not two. */
static inline uint16_t occurrence_country(struct text name)
{
	return name.len == 2 ? (uint16_t)((unsigned char)name.data[0] << 8 | (unsigned char)name.data[1]) : 0;
}

/* Whether a row stands before another: by source, member, line. */
static inline bool occurrence_before(uint64_t place, uint64_t member, uint64_t other_place,
				     uint64_t other_member)
{
	const int64_t source = row_place_source(place), other = row_place_source(other_place);

	if (source != other)
		return source < other;
	return member != other_member ? member < other_member : place < other_place;
}

/* How much a link by a value says. */
enum link_strength {
	STRENGTH_DECISIVE,
	STRENGTH_WEAK,             /* listed, ties nothing */
	STRENGTH_HUB               /* the same, having more accounts than a limit */
};

/* A value of several accounts. */
struct shared {
	struct text value;         /* borrowed from the identifiers */
	size_t first;              /* of its occurrences, which come by slot */
	size_t count;
	/* Set by links_judge(): */
	enum link_strength strength;
	bool sound;                /* would tie, were it asked for */
	struct text note;          /* or none; borrowed */
};

/* Of one rule. Zeroed is empty. */
struct identifiers {
	struct dictionary values;
	struct occurrence *items;  /* by value, then slot; each once */
	size_t count, capacity;
	struct shared *shared;     /* in byte order of the values */
	size_t shared_count;
	uint16_t *marks;            /* of values, up to marked: what their rows say */
	size_t marked;
};

/* Adds an occurrence, whose number of the value is not set yet. Blanks around
 * the value are dropped; nothing is not added, nor is what slot 0 has. False: out
 * of memory. */
bool identifiers_add(struct identifiers *rule, struct text value,
		     struct occurrence item);
/* The same, and adds bits to the mark of the value. */
bool identifiers_add_marked(struct identifiers *rule, struct text value,
			    struct occurrence item, uint16_t mark);
/* The mark of the value of an occurrence. */
static inline uint16_t identifiers_mark(const struct identifiers *rule, uint32_t value)
{
	return value < rule->marked ? rule->marks[value] : 0;
}
/* Once arranged: the first occurrence of a value, and how many there are; 0: none. */
size_t identifiers_of(const struct identifiers *rule, uint32_t value, size_t *first);
/* After the last one: puts all into order, each account's first row of a value
 * alone, and finds what is shared. False: out of memory. */
bool identifiers_arrange(struct identifiers *rule);
void identifiers_release(struct identifiers *identifiers);

#endif
