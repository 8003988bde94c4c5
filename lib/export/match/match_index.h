/* SPDX-License-Identifier: Apache-2.0 */
/* What the identifiers of a watch-list may be, and which of them a value of the case is. */
#ifndef UNSPOOF_EXPORT_MATCH_MATCH_INDEX_H
#define UNSPOOF_EXPORT_MATCH_MATCH_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/table/dictionary.h"
#include "base/text.h"

/* How values are compared. */
enum match_class {
	MATCH_TEXT,            /* byte for byte, without blanks around */
	MATCH_EMAIL,           /* with letters of ASCII folded */
	MATCH_IP,              /* base/net/ip_range.h, without port and zone */
	MATCH_ADDRESS,         /* base/money/address.h */
	MATCH_TXID,
	MATCH_NUMBER,          /* in E.164 */
	MATCH_CLASSES
};

/* "text", "e-mail", ...; static. */
const char *match_class_name(enum match_class class);

/* An entry that a value is of, and where the next one is. */
struct match_node {
	uint32_t entry;
	uint32_t next;         /* 0: there is none */
};

/* Zeroed is empty. */
struct match_index {
	struct dictionary values;      /* a byte of the class, and the value as it is compared */
	uint32_t *first;               /* by number of a value: its first node */
	size_t first_capacity;
	struct map64 numbers;          /* in E.164: the same */
	struct match_node *nodes;      /* from 1 */
	size_t count, capacity;
	bool ips;                      /* an identifier is an IP address */
};

void match_index_release(struct match_index *index);
/* Adds what an entry is as a text: all classes but the number. Entries are added in order. False: no memory. */
bool match_index_add(struct match_index *index, uint32_t entry, struct text text);
/* Adds a number that it may be. False: no memory. */
bool match_index_number(struct match_index *index, uint32_t entry, uint64_t number);

/* The first node of a value of the case; 0: nobody seeks it. */
uint32_t match_index_find(const struct match_index *index, enum match_class class, struct text value);
static inline uint32_t match_index_find_number(const struct match_index *index, uint64_t number)
{
	const uint64_t *node = index->numbers.count ? map64_find(&index->numbers, number) : NULL;

	return node ? (uint32_t)*node : 0;
}

#endif
