/* SPDX-License-Identifier: Apache-2.0 */
/* A text in the making, in the tests' generators. What does not fit is left out. */
#ifndef UNSPOOF_TESTS_UNIT_DRAFT_H
#define UNSPOOF_TESTS_UNIT_DRAFT_H

#include <stdint.h>
#include <string.h>

#include "chance.h"
#include "plangen/plangen.h"

struct draft {
	size_t len;
	char at[4000];
};

static inline void draft_byte(struct draft *draft, unsigned byte)
{
	if (draft->len < sizeof(draft->at))
		draft->at[draft->len++] = (char)byte;
}

static inline void draft_add(struct draft *draft, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		draft_byte(draft, (unsigned char)text[i]);
}

static inline void draft_word(struct draft *draft, const char *word)
{
	draft_add(draft, word, strlen(word));
}

/* As many digits at random. */
static inline void draft_digits(struct draft *draft, struct chance *chance, size_t count)
{
	while (count-- > 0)
		draft_byte(draft, '0' + (unsigned)chance_below(chance, 10));
}

/* One of the digits in a mask; the mask is not 0. */
static inline void draft_class(struct draft *draft, struct chance *chance, unsigned mask)
{
	unsigned digit = (unsigned)chance_below(chance, 10);

	while (!(mask >> digit & 1))
		digit = (digit + 1) % 10;
	draft_byte(draft, '0' + digit);
}

/* A member of the pattern, from the node at index on; every alternative is as likely as the others. */
static inline void draft_member(struct draft *draft, struct chance *chance, const struct pattern *pattern, int index)
{
	const struct node *node = &pattern->nodes[index];
	size_t count = 0;
	int child = node->child;

	switch (node->kind) {
	case NODE_CLASS:
		draft_class(draft, chance, node->mask);
		break;
	case NODE_CHOICE:
		for (int i = child; i >= 0; i = pattern->nodes[i].next)
			count++;
		for (count = chance_below(chance, count); count > 0; count--)
			child = pattern->nodes[child].next;
		draft_member(draft, chance, pattern, child);
		break;
	case NODE_REPEAT:
		for (count = node->min + chance_below(chance, node->max - node->min + 1); count > 0; count--)
			draft_member(draft, chance, pattern, child);
		break;
	case NODE_SEQUENCE:
	case NODE_GROUP:
		for (; child >= 0; child = pattern->nodes[child].next)
			draft_member(draft, chance, pattern, child);
		break;
	case NODE_END:
		break;
	}
}

#endif
