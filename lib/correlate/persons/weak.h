/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers that tie nothing by what they are, and such as are flagged, by a list. */
#ifndef UNSPOOF_CORRELATE_PERSONS_WEAK_H
#define UNSPOOF_CORRELATE_PERSONS_WEAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "correlate/correlate.h"
#include "base/net/ip_range.h"

/* Rows for telephones, each a bit of a mark. */
#define WEAK_PHONES_MOST 8

/* A row of the list; texts are borrowed from it. */
struct weak_row {
	enum link_rule rule;
	bool weak;                 /* ties nothing; else it is flagged only */
	struct text pattern;
	struct text note;          /* why, for table link */
	struct ip_range range;     /* of LINK_IP */
};

/* Zeroed is empty. */
struct weak_list {
	struct weak_row *rows;
	size_t count, capacity;
	const struct weak_row *phones[WEAK_PHONES_MOST];   /* by bit */
	size_t phone_count;
	struct {
		size_t first, end;                         /* in rows: no others are of the rule */
	} span[LINK_RULES];
	bool octets[256];                                  /* that addresses of a range of IPv4 begin with */
};

/* The list that is built in, data/weak.tsv, which explains its form. */
extern const char weak_builtin[];

/* Reads a list, which borrows its text. STATUS_FAILED: error says which line is wrong
 * and why, or that there is no memory. Release also then. */
enum status weak_list_parse(struct weak_list *list, const char *name, const char *text,
			    struct error *error);
void weak_list_release(struct weak_list *list);

/* The first row that a value of a rule but LINK_PHONE fits; NULL: none. */
const struct weak_row *weak_list_find(const struct weak_list *list, enum link_rule rule,
				      struct text value);
/* The rows that a telephone number with these flags, joined by commas, fits: a bit
 * each. */
uint8_t weak_list_phone(const struct weak_list *list, struct text flags);
/* The first of the rows of such a mark; NULL: it has none. */
const struct weak_row *weak_list_marked(const struct weak_list *list, uint8_t mark);

/* Whether a text is what a pattern says: see data/weak.tsv. */
bool weak_pattern_fits(struct text pattern, struct text text);

#endif
