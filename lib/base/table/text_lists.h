/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of distinct texts that accounts and persons have: logins, e-mails. */
#ifndef UNSPOOF_BASE_TABLE_TEXT_LISTS_H
#define UNSPOOF_BASE_TABLE_TEXT_LISTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/table/dictionary.h"
#include "base/table/pair_set.h"
#include "base/text.h"

/* Zeroed is empty. */
struct text_lists {
	struct dictionary texts;
	struct pair_set pairs;       /* owner, number of the text; then its rank */
	uint32_t *order;          /* order[rank]: the number of a text */
};

void text_lists_release(struct text_lists *lists);
/* Gives a text to an owner; empty ones are not taken. False: out of memory. */
bool text_lists_add(struct text_lists *lists, uint32_t owner, struct text text);
/* After the last text_lists_add(): puts each list into byte order. */
bool text_lists_settle(struct text_lists *lists);
/* After that: the list of an owner goes to owners[owner], whose lists become one. */
bool text_lists_regroup(struct text_lists *lists, const uint32_t *owners);
/* Adds the list of an owner to out, joined by ; with ; and \ behind a \.
 * owner must not fall from call to call. */
void text_lists_write(const struct text_lists *lists, struct pair_set_cursor *cursor,
		      uint32_t owner, struct buf *out);

/* The places of the texts of a dictionary in byte order: (*ranks)[number] is
 * the rank and (*order)[rank] the number. The caller frees both. False: out
 * of memory, nothing to free. */
bool dictionary_rank(const struct dictionary *dictionary, uint32_t **ranks,
		     uint32_t **order);

#endif
