/* SPDX-License-Identifier: Apache-2.0 */
/* From shared identifiers to persons. */
#include "synth.h"

#include <stdlib.h>

static int compare_identities(const void *a, const void *b)
{
	const struct identity *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->account > y->account) - (x->account < y->account);
}

static uint32_t root_of(uint32_t *parents, uint32_t account)
{
	while (parents[account] != account) {
		parents[account] = parents[parents[account]];
		account = parents[account];
	}
	return account;
}

/* One identifier and its rows, in the order of accounts. */
static void tie_sharers(uint32_t *parents, const struct identity *same, size_t n)
{
	size_t accounts = 1;
	for (size_t i = 1; i < n; i++)
		accounts += same[i].account != same[i - 1].account;
	if (accounts > HUB_LIMIT)
		return;
	for (size_t i = 1; i < n; i++)
		parents[root_of(parents, same[i].account)] = root_of(parents, same[0].account);
}

struct named {
	const struct account *account;
	uint32_t index;
};

static int compare_named(const void *a, const void *b)
{
	const struct account *x = ((const struct named *)a)->account, *y = ((const struct named *)b)->account;
	return compare_bytes(x->text, x->len, y->text, y->len);
}

static void order_accounts(struct world *world)
{
	struct named *named = make(world->n_accounts, sizeof *named);
	for (uint32_t i = 0; i < world->n_accounts; i++)
		if (world->accounts[i].seen)
			named[world->n_seen++] = (struct named){&world->accounts[i], i};
	qsort(named, world->n_seen, sizeof *named, compare_named);
	world->by_text = make(world->n_seen, sizeof *world->by_text);
	for (size_t i = 0; i < world->n_seen; i++)
		world->by_text[i] = named[i].index;
	free(named);
}

void persons_make(struct world *world)
{
	uint32_t *parents = make(world->n_accounts, sizeof *parents), *person_of = make(world->n_accounts, sizeof *person_of);
	const struct identity *all = world->identities;
	for (uint32_t i = 0; i < world->n_accounts; i++)
		parents[i] = i;
	qsort(world->identities, world->n_identities, sizeof *world->identities, compare_identities);
	for (size_t i = 0, next; i < world->n_identities; i = next) {
		for (next = i + 1; next < world->n_identities && all[next].key == all[i].key; next++)
			continue;
		tie_sharers(parents, &all[i], next - i);
	}
	order_accounts(world);
	for (size_t i = 0; i < world->n_seen; i++) {
		struct account *account = &world->accounts[world->by_text[i]];
		uint32_t root = root_of(parents, world->by_text[i]);
		if (person_of[root] == 0)
			person_of[root] = (uint32_t)++world->n_persons;
		account->person = person_of[root] - 1;
	}
	free(parents);
	free(person_of);
}
