/* SPDX-License-Identifier: Apache-2.0 */
/* What callers present: the numbers of organisations, other numbers, texts, nothing. */
#include "synth.h"

#include <stdlib.h>
#include <string.h>

struct organisation {
	const char *name, *sector;
	unsigned numbers;
};

/* Invented, as are their numbers. */
static const struct organisation organisations[] = {
	{"Northmere Bank", "bank", 7},
	{"Marlow, Finch and Partners Bank", "bank", 6},
	{"Halden Pryce", "bank", 5},
	{"Ashcombe Building Society", "bank", 4},
	{"The \"Penny\" Bank", "bank", 2},
	{"Kestrel Direct", "bank", 5},
	{"Orchard Savings", "bank", 3},
	{"Wexcombe Trust Bank", "bank", 4},
	{"Duties and Revenue Office", "tax office", 6},
	{"Northern Revenue Service", "tax office", 3},
	{"Brightwell Insurance", "insurer", 4},
	{"Kestrel Mutual", "insurer", 3},
	{"Thornby Life", "insurer", 2},
	{"Tamsin Broadband", "internet provider", 5},
	{"Fennel Fibre", "internet provider", 3},
	{"Loch Line", "internet provider", 2},
	{"Orrin Telephone Company", "telephone company", 5},
	{"Peverell Telecom", "telephone company", 4},
	{"Zephyr Mobile", "telephone company", 3},
	{"Quill Parcels", "", 2},
};

enum { ORGANISATIONS_MADE = sizeof organisations / sizeof organisations[0], ORGANISATION_NUMBERS = 8 };

static const char *const texts[] = {
	"anonymous", "Anonymous", "restricted", "Restricted", "unknown", "private", "Unavailable", "withheld",
	"sip:anonymous@anonymous.invalid", "\"Duties Office\" <anonymous>", "Northmere", "NORTHMERE", "PARCELPOST",
	"Ashby Bank", "Fenwick, Sons", "Pay;Desk", "Your Bank", "Card Security",
};

enum { TEXTS = sizeof texts / sizeof texts[0] };

const char *organisation_name(int organisation)
{
	return organisations[organisation].name;
}

const char *organisation_sector(int organisation)
{
	return organisations[organisation].sector;
}

static void shown_number(struct presented *shown, struct number number, int organisation)
{
	*shown = (struct presented){.known = true, .is_number = true, .organisation = organisation, .number = number};
	shown->show_len = (uint8_t)(put_e164(shown->show, &number) - shown->show);
}

static void shown_text(struct presented *shown, const char *text)
{
	*shown = (struct presented){.known = true, .organisation = -1, .show_len = (uint8_t)strlen(text)};
	memcpy(shown->show, text, shown->show_len);
}

/* Numbers of nobody's: made mobiles, American ones, Australian fiction, and some of those that are dialled. */
static struct number other_number(const struct world *world, uint32_t k)
{
	uint64_t key = world->key;
	switch (k % 4) {
	case 0:
		return number_make(GB, ID_SHOWN + k, key);
	case 1:
		return number_make(US, k, key);
	case 2:
		return number_make(AU, k, key);
	default:
		return number_make(GB, k, key);
	}
}

static void shown_list(struct world *world)
{
	size_t n = 1;
	world->presented[0].organisation = -1;
	for (unsigned i = 0; i < ORGANISATIONS_MADE; i++)
		for (unsigned j = 0; j < organisations[i].numbers; j++)
			shown_number(&world->presented[n++], number_organisation(i * 5 + j, i * ORGANISATION_NUMBERS + j), (int)i);
	world->n_organisation_numbers = n - 1;
	for (unsigned i = 0; i < TEXTS; i++)
		shown_text(&world->presented[n++], texts[i]);
	world->n_texts = TEXTS;
	for (uint32_t i = 0; i < world->plan.others; i++)
		shown_number(&world->presented[n++], other_number(world, i), -1);
	world->n_presented = n;
}

/* The kind of thing first, then which. */
static uint32_t pick_shown(const struct world *world, struct rng *rng)
{
	uint32_t turn = rng_below(rng, 100), owned = (uint32_t)world->n_organisation_numbers, said = (uint32_t)world->n_texts;
	if (turn < 58)
		return 1 + rng_below(rng, owned);
	if (turn < 78)
		return 1 + owned + said + rng_below(rng, world->plan.others);
	if (turn < 90)
		return 1 + owned + rng_below(rng, said);
	return 0;
}

static bool slot_taken(const struct world *world, const struct account *account, uint32_t presented)
{
	for (uint32_t i = 0; i < account->slots; i++)
		if (world->slots[account->first_slot + i].presented == presented)
			return true;
	return false;
}

static void slot_add(struct world *world, uint32_t index, uint32_t presented)
{
	struct account *account = &world->accounts[index];
	if (slot_taken(world, account, presented))
		return;
	world->slots = room(world->slots, world->n_slots, &world->cap_slots, sizeof *world->slots);
	world->slots[world->n_slots++] = (struct slot){.account = index, .presented = presented};
	account->slots++;
}

/* Accounts of one person often present one thing, so the partner's favourite comes first. */
static void account_slots(struct world *world, uint32_t index, struct rng *rng)
{
	struct account *account = &world->accounts[index];
	const struct account *partner = account->partner != 0 ? &world->accounts[account->partner - 1] : NULL;
	uint32_t wanted = 1 + rng_below(rng, 1 + rng_below(rng, MAX_SLOTS));
	account->first_slot = (uint32_t)world->n_slots;
	if (partner != NULL && partner->slots > 0)
		slot_add(world, index, world->slots[partner->first_slot].presented);
	for (uint32_t i = account->slots; i < wanted; i++)
		slot_add(world, index, pick_shown(world, rng));
}

struct place {
	const struct presented *shown;
	uint32_t index;
};

static int compare_places(const void *a, const void *b)
{
	const struct presented *x = ((const struct place *)a)->shown, *y = ((const struct place *)b)->shown;
	return compare_bytes(x->show, x->show_len, y->show, y->show_len);
}

void shown_rank(struct world *world)
{
	struct place *places = make(world->n_presented, sizeof *places);
	for (size_t i = 0; i < world->n_presented; i++)
		places[i] = (struct place){&world->presented[i], (uint32_t)i};
	qsort(places, world->n_presented, sizeof *places, compare_places);
	for (size_t i = 0; i < world->n_presented; i++)
		world->presented[places[i].index].rank = (uint32_t)i;
	free(places);
}

void shown_make(struct world *world)
{
	struct rng rng = rng_make(world->options.seed, 2);
	world->presented = make(1 + ORGANISATIONS_MADE * ORGANISATION_NUMBERS + TEXTS + world->plan.others, sizeof *world->presented);
	shown_list(world);
	shown_rank(world);
	for (size_t i = 0; i < world->n_callers; i++)
		account_slots(world, world->callers[i], &rng);
}

void organisations_write(struct world *world)
{
	struct out out;
	dump_open(world, &out, ORGANISATIONS);
	for (size_t i = 1; i <= world->n_organisation_numbers; i++) {
		const struct presented *shown = &world->presented[i];
		out_field(&out, shown->show, shown->show_len);
		out_word(&out, organisation_name(shown->organisation));
		out_word(&out, organisation_sector(shown->organisation));
		dump_row(world, &out, ORGANISATIONS, FAULT_NONE);
	}
	out_close(&out);
}
