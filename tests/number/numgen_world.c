/* SPDX-License-Identifier: Apache-2.0 */
/* numgen: the numbering plan, to draw numbers from. */
#include <stdio.h>
#include <stdlib.h>

#include "numgen.h"

void world_read(struct world *world, const char *path)
{
	plan_read(&world->plan, path);
	world->count = world->plan.count;
	world->rows = calloc(world->count, sizeof(*world->rows));
	if (!world->rows)
		plangen_fail("out of memory", path);
	for (size_t i = 0; i < world->count; i++) {
		struct world_row *row = &world->rows[i];

		row->row = &world->plan.rows[i];
		snprintf(row->code, sizeof(row->code), "%u", row->row->country_code % 1000);
		for (unsigned d = 0; d < DESC_COUNT; d++)
			if (row->row->desc[d].pattern)
				pattern_parse(&row->member[d], row->row->desc[d].pattern);
		pattern_parse(&row->idd, row->row->idd);
		pattern_parse(&row->national, row->row->national);
	}
}

void world_free(struct world *world)
{
	for (size_t i = 0; i < world->count; i++) {
		for (unsigned d = 0; d < DESC_COUNT; d++)
			pattern_free(&world->rows[i].member[d]);
		pattern_free(&world->rows[i].idd);
		pattern_free(&world->rows[i].national);
	}
	free(world->rows);
	plan_free(&world->plan);
}

const struct world_row *world_find(const struct world *world, const char *region)
{
	for (size_t i = 0; i < world->count; i++)
		if (!strcmp(world->rows[i].row->region, region))
			return &world->rows[i];
	return NULL;
}

void world_member(const struct world_row *row, struct chance *chance, unsigned kind, struct draft *out)
{
	draft_member(out, chance, &row->member[kind], row->member[kind].root);
}

unsigned world_kind(const struct world_row *row, struct chance *chance)
{
	unsigned kind;

	do
		kind = (unsigned)chance_below(chance, DESC_COUNT);
	while (!row->row->desc[kind].pattern);
	return kind;
}

void world_idd(const struct world_row *row, struct chance *chance, struct draft *out)
{
	draft_member(out, chance, &row->idd, row->idd.root);
}

void world_national(const struct world_row *row, struct chance *chance, struct draft *out)
{
	draft_member(out, chance, &row->national, row->national.root);
}
