/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of distinct texts that accounts and persons have: logins, e-mails. */
#ifndef UNSPOOF_BASE_TABLE_TEXT_LISTS_H
#define UNSPOOF_BASE_TABLE_TEXT_LISTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Zeroed is empty. Repeats are dropped whenever the room is full, so memory follows what is
 * distinct: 20 bytes and the text. */
struct text_lists {
	struct text_listed *items;   /* by owner, then text, once they are settled */
	size_t count, capacity;
	struct buf bytes;            /* the texts, each after its length */
};

void text_lists_release(struct text_lists *lists);
/* Gives a text, below 2^32 bytes, to an owner; empty ones are not taken. False: out of memory. */
bool text_lists_add(struct text_lists *lists, uint32_t owner, struct text text);
/* After the last text_lists_add(): puts each list into byte order. The same. */
bool text_lists_settle(struct text_lists *lists);
/* After that: the list of an owner goes to owners[owner], whose lists become one. */
void text_lists_regroup(struct text_lists *lists, const uint32_t *owners);
/* Reads them all, list by list, *next from 0 on; the text is borrowed. False: there are no more. */
bool text_lists_next(const struct text_lists *lists, size_t *next, uint32_t *owner, struct text *text);
/* Adds the list of an owner to out, joined as text_list_add() does. *next is 0 at first, and
 * owner must not fall from call to call. */
void text_lists_write(const struct text_lists *lists, size_t *next, uint32_t owner, struct buf *out);

/* Adds a text to a list that begins at a place of out: behind a ; where it has some already, with
 * ; and \ behind a \. */
void text_list_add(struct buf *out, size_t begin, struct text text);

#endif
