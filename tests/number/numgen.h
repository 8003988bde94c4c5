/* SPDX-License-Identifier: Apache-2.0 */
/* numgen, the generator of number texts: what its rooms share. */
#ifndef UNSPOOF_TESTS_NUMBER_NUMGEN_H
#define UNSPOOF_TESTS_NUMBER_NUMGEN_H

#include "chance.h"
#include "draft.h"
#include "plangen/plangen.h"

/* A region's patterns, parsed; member[d] is there where row->desc[d].pattern is. */
struct world_row {
	const struct plan_row *row;
	char code[4];
	struct pattern member[DESC_COUNT];
	struct pattern idd, national; /* where row->idd and row->national are not empty */
};

/* The numbering plan, ready to be drawn from. */
struct world {
	struct plan plan;
	struct world_row *rows;
	size_t count;
};

/* Reads the plan; world_free frees. Stops with a message on any fault. */
void world_read(struct world *world, const char *path);
void world_free(struct world *world);

/* The row of a region, NULL when there is none. */
const struct world_row *world_find(const struct world *world, const char *region);

/* A number of one kind that the row has, at random among all members of its pattern. */
void world_member(const struct world_row *row, struct chance *chance, unsigned kind, struct draft *out);

/* Kinds that the row has are drawn alike. */
unsigned world_kind(const struct world_row *row, struct chance *chance);

/* An international prefix of the row, or a national one; nothing where it has none. */
void world_idd(const struct world_row *row, struct chance *chance, struct draft *out);
void world_national(const struct world_row *row, struct chance *chance, struct draft *out);

/* A line of a call log as a bulk of calls has them: mostly plain digits, mostly valid. Region, TAB, text. */
void numgen_call(const struct world *world, struct chance *chance, struct draft *out);

/* A line that tries the reader: numbers valid, nearly valid, dressed in every way, and junk. Region, TAB, text. */
void numgen_trial(const struct world *world, struct chance *chance, struct draft *out);

/* The national number, dialled or written in one of many ways; home is the row whose region the text is read in. */
void numgen_form(const struct world_row *row, const struct world_row *home, struct chance *chance, const struct draft *nsn,
	struct draft *out);

/* Changes a text: separators, scripts, letters, what stands around it, an odd byte. */
void numgen_dress(struct chance *chance, struct draft *text);

/* What is no number, or hardly one. */
void numgen_junk(struct chance *chance, struct draft *out);

#endif
