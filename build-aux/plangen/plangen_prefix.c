/* SPDX-License-Identifier: Apache-2.0 */
/* plangen: lowers the patterns of prefixes to programs that prefer what Perl's matching prefers. */
#include <string.h>

#include "number/plan/numplan_tables.h"
#include "plangen/plangen.h"

#define EMPTY (1u << 10) /* in a set of first digits: the match can be empty */

/* The work on one pattern. */
struct lowering {
	struct ints *code;
	const struct pattern *pattern;
	size_t start;
	unsigned group; /* the one to be captured */
	unsigned forks;
};

static void emit(struct lowering *lowering, unsigned op, size_t argument)
{
	if (argument > PROGRAM_ARGUMENT)
		plangen_fail("a program is too long", "prefix");
	ints_push(lowering->code, (int)(op | argument));
}

static size_t here(const struct lowering *lowering)
{
	return lowering->code->len - lowering->start;
}

/* Where the argument of the word at place is to be filled in with the place of the next word. */
static void patch(struct lowering *lowering, size_t place)
{
	if (here(lowering) > PROGRAM_ARGUMENT)
		plangen_fail("a program is too long", "prefix");
	lowering->code->at[lowering->start + place] |= (int)here(lowering);
}

static size_t emit_fork(struct lowering *lowering)
{
	lowering->forks++;
	emit(lowering, PROGRAM_FORK, 0);
	return here(lowering) - 1;
}

static void lower(struct lowering *lowering, int index);

static void lower_choice(struct lowering *lowering, int child)
{
	struct ints jumps = { NULL, 0, 0 };

	while (lowering->pattern->nodes[child].next >= 0) {
		size_t fork = emit_fork(lowering);

		lower(lowering, child);
		ints_push(&jumps, (int)here(lowering));
		emit(lowering, PROGRAM_JUMP, 0);
		patch(lowering, fork);
		child = lowering->pattern->nodes[child].next;
	}
	lower(lowering, child);
	for (size_t i = 0; i < jumps.len; i++)
		patch(lowering, (size_t)jumps.at[i]);
	ints_free(&jumps);
}

static void lower_repeat(struct lowering *lowering, const struct node *node)
{
	struct ints forks = { NULL, 0, 0 };

	for (unsigned i = 0; i < node->max; i++) {
		if (i >= node->min)
			ints_push(&forks, (int)emit_fork(lowering));
		lower(lowering, node->child);
	}
	for (size_t i = 0; i < forks.len; i++)
		patch(lowering, (size_t)forks.at[i]);
	ints_free(&forks);
}

static void lower_group(struct lowering *lowering, const struct node *node)
{
	bool captured = node->group && node->group == lowering->group;

	if (captured)
		emit(lowering, PROGRAM_OPEN, 0);
	lower(lowering, node->child);
	if (captured)
		emit(lowering, PROGRAM_CLOSE, 0);
}

static void lower(struct lowering *lowering, int index)
{
	const struct node *node = &lowering->pattern->nodes[index];

	switch (node->kind) {
	case NODE_CLASS:
		emit(lowering, PROGRAM_DIGIT, node->mask);
		break;
	case NODE_SEQUENCE:
		for (int child = node->child; child >= 0; child = lowering->pattern->nodes[child].next)
			lower(lowering, child);
		break;
	case NODE_CHOICE:
		lower_choice(lowering, node->child);
		break;
	case NODE_REPEAT:
		lower_repeat(lowering, node);
		break;
	case NODE_GROUP:
		lower_group(lowering, node);
		break;
	case NODE_END:
		emit(lowering, PROGRAM_END, 0);
		break;
	}
}

static unsigned first_of(const struct pattern *pattern, int index)
{
	const struct node *node = &pattern->nodes[index];
	unsigned first = node->kind == NODE_CHOICE ? 0 : EMPTY;

	if (node->kind == NODE_CLASS)
		return node->mask;
	for (int child = node->child; child >= 0; child = pattern->nodes[child].next) {
		if (node->kind == NODE_CHOICE)
			first |= first_of(pattern, child);
		else if (first & EMPTY)
			first = (first & ~EMPTY) | first_of(pattern, child);
	}
	if (node->kind == NODE_REPEAT && node->min == 0)
		first |= EMPTY;
	return first;
}

struct program programs_add(struct programs *programs, const char *text)
{
	struct pattern pattern;
	struct lowering lowering = { .code = &programs->code, .pattern = &pattern, .start = programs->code.len };
	struct program program = { (int)programs->code.len, 0, 0 };

	if (!text[0])
		return (struct program){ 0, 0, 0 };
	pattern_parse(&pattern, text);
	program.groups = pattern.groups;
	program.first = first_of(&pattern, pattern.root);
	lowering.group = pattern.groups > 1 ? 2 : 1;
	lower(&lowering, pattern.root);
	emit(&lowering, PROGRAM_MATCH, 0);
	if (lowering.forks > PROGRAM_FORKS)
		plangen_fail("a prefix pattern with too many alternatives", text);
	pattern_free(&pattern);
	return program;
}
