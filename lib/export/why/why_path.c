/* SPDX-License-Identifier: Apache-2.0 */
/* A search in breadth: accounts, then the values that they have, then the accounts that have those. */
#include "export/why/why_path.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool why_search_open(struct why_search *search, const struct why_graph *graph)
{
	search->graph = graph;
	search->queue = memory_array(NULL, (size_t)graph->accounts + 1, sizeof(*search->queue));
	search->by_account = memory_array(NULL, (size_t)graph->accounts + 1, sizeof(*search->by_account));
	search->by_value = memory_array(NULL, graph->value_count, sizeof(*search->by_value));
	return search->queue && search->by_account && search->by_value;
}

void why_search_close(struct why_search *search)
{
	free(search->queue);
	free(search->by_account);
	free(search->by_value);
	memset(search, 0, sizeof(*search));
}

/* Whether an account is an end that is still to be come to. */
static bool is_end(const struct why_search *search, const uint8_t *ends, uint32_t account)
{
	return (ends[account] & WHY_TO) && search->by_account[account];
}

/* Comes by a value to all accounts that have it; the end among them that stands first, or 0. */
static uint32_t spread(struct why_search *search, const uint8_t *ends, uint32_t value, size_t *filled)
{
	const struct why_value *of = &search->graph->values[value];
	const struct why_tie *ties = search->graph->ties + of->first;

	for (uint32_t i = 0; i < of->count; i++) {
		const uint32_t account = ties[i].account;

		if ((ends[account] & WHY_FROM) || search->by_account[account])
			continue;
		search->by_account[account] = value + 1;
		search->queue[(*filled)++] = account;
		if (is_end(search, ends, account))
			return account;
	}
	return 0;
}

/* The tie of an account to a value. */
static uint32_t tie_of(const struct why_graph *graph, uint32_t account, uint32_t value)
{
	uint32_t tie = graph->values[value].first;

	while (graph->ties[tie].account != account)
		tie++;
	return tie;
}

uint32_t why_search_run(struct why_search *search, const uint8_t *ends, enum why_strength most, uint32_t without)
{
	const struct why_graph *graph = search->graph;
	size_t filled = 0;

	memset(search->by_account, 0, ((size_t)graph->accounts + 1) * sizeof(*search->by_account));
	memset(search->by_value, 0, graph->value_count * sizeof(*search->by_value));
	for (uint32_t account = 1; account <= graph->accounts; account++)
		if (ends[account] & WHY_FROM)
			search->queue[filled++] = account;
	for (size_t at = 0; at < filled; at++) {
		const uint32_t account = search->queue[at];

		for (uint32_t i = graph->first[account]; i < graph->first[account + 1]; i++) {
			const uint32_t value = graph->of_account[i];
			uint32_t end;

			if (search->by_value[value] || value == without || graph->values[value].strength > most)
				continue;
			search->by_value[value] = account;
			end = spread(search, ends, value, &filled);
			if (end)
				return end;
		}
	}
	return 0;
}

bool why_search_path(const struct why_search *search, uint32_t end, struct why_path *path)
{
	const struct why_graph *graph = search->graph;
	size_t count = 0;

	for (uint32_t at = end; search->by_account[at]; at = search->by_value[search->by_account[at] - 1])
		count++;
	path->steps = memory_array(NULL, count, sizeof(*path->steps));
	path->count = count;
	if (!path->steps)
		return false;
	for (uint32_t at = end; search->by_account[at];) {
		const uint32_t value = search->by_account[at] - 1, from = search->by_value[value];

		path->steps[--count] = (struct why_step){ &graph->ties[tie_of(graph, from, value)], &graph->ties[tie_of(graph, at, value)], value };
		at = from;
	}
	return true;
}
