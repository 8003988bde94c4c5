/* SPDX-License-Identifier: Apache-2.0 */
/* The accounts: who pays, calls or only looks in, and what ties some of them to one person. */
#include "synth.h"

#include <stdlib.h>
#include <string.h>

enum {
	HUB = 0x7fffffff,      /* the address of an exchange, the device of a shared machine */
	CROWD = 0x7ffffffe,    /* an identifier of exactly HUB_LIMIT accounts, or one more */
	NO_PHONE = 0x7ffffffd, /* a phone cell that says it has none */
	ACCOUNT_STEP = 1299721, /* between the numbers of accounts */
	ENOUGH_FOR_HUBS = 80,
	ENOUGH_FOR_CROWDS = 400
};

/* Texts that a careless reader would take for numbers, for equal, or for several. */
static char *put_account(char *p, uint32_t i)
{
	uint64_t number = 7 + (uint64_t)i * ACCOUNT_STEP;
	if (i % 50 == 1)
		return put_uint(put_word(p, "00"), number - ACCOUNT_STEP);
	if (i % 50 == 2)
		return put_uint(put_word(p, "ghost_"), number);
	if (i % 50 == 3 || i % 50 == 4)
		return put_uint(put_word(p, i % 50 == 3 ? "Bob" : "bob"), i / 50);
	if (i % 50 == 10)
		return put_word(put_uint(put_word(p, "user"), number), "@example.net");
	switch (i % 200) {
	case 5:
		return put_uint(put_word(p, "semi;colon"), number);
	case 6:
		return put_uint(put_word(p, "back\\slash"), number);
	case 7:
		return put_uint(put_word(p, "comma, "), number);
	case 8:
		return put_uint(put_word(p, "quo\"te"), number);
	case 9:
		return put_uint(put_word(p, "zo\xc3\xab"), number);
	default:
		return put_uint(p, number);
	}
}

char *put_email(char *p, uint32_t id)
{
	static const char *const first[] = {"ada", "bruno", "celia", "dov", "edie", "femi", "gwen", "hari", "ines", "jonas", "kofi"};
	static const char *const second[] = {"marsh", "quill", "rook", "stone", "thorn", "vane", "wick"};
	static const char *const host[] = {"example.com", "example.net", "example.org"};
	p = put_word(p, first[id % 11]);
	*p++ = '.';
	p = put_uint(put_word(p, second[id % 7]), id);
	*p++ = '@';
	return put_word(p, host[id % 3]);
}

char *put_login(char *p, uint32_t account)
{
	return put_uint(put_word(p, account % 97 == 5 ? "shade;" : "shade"), account / 2);
}

/* Roles by a shuffled order, so that texts tell nothing. */
static void account_roles(struct world *world, const uint32_t *order)
{
	uint64_t payers = world->plan.payers, free_callers = payers / 3 + 6;
	for (uint64_t q = 0; q < world->n_accounts; q++) {
		struct account *account = &world->accounts[order[q]];
		account->payer = q < payers;
		account->caller = account->payer ? q % 20 < 17 : q < payers + free_callers;
		account->trier = !account->payer && account->caller && q % 3 == 0;
		account->free = account->caller && q % 10 == 4;
		account->logs_in = !account->payer && !account->caller ? q % 4 != 0 : q % 3 != 0;
		account->listed = q % 31 != 30;
		if (account->caller)
			world->callers[world->n_callers++] = order[q];
	}
}

static void account_identity(struct account *account, uint32_t i, struct rng *rng)
{
	account->len = (uint8_t)(put_account(account->text, i) - account->text);
	account->email = rng_below(rng, 12) == 0 ? 0 : 1 + i;
	account->second_email = rng_below(rng, 200) == 0 ? 0x40000000 + i : 0;
	account->phone = rng_below(rng, 5) == 0 ? 0 : 1 + i;
	if (rng_below(rng, 40) == 0)
		account->phone = NO_PHONE;
	account->device = 1 + i;
	account->address = 1 + i;
}

/* Makes b share something with a. What cannot be shared falls back to the device, which always can. */
static void tie(struct account *a, struct account *b, uint32_t id, struct rng *rng)
{
	bool pay = (a->payer || a->trier) && (b->payer || b->trier), listed = a->listed && b->listed;
	uint32_t turn = rng_below(rng, 5);
	if (turn == 0 && listed && a->email != 0) {
		b->email = a->email;
	} else if (turn == 1 && listed && a->phone != 0 && a->phone != NO_PHONE) {
		b->phone = a->phone;
	} else if (turn == 2 && pay) {
		b->address = a->address;
	} else if (turn == 3 && pay) {
		a->txid = a->txid != 0 ? a->txid : id;
		b->txid = a->txid;
	} else {
		a->logs_in = b->logs_in = true;
		b->second_device = a->device;
	}
}

/* People with two to six accounts; returns how many of `mix` they took. */
static size_t tie_groups(struct world *world, const uint32_t *mix, struct rng *rng)
{
	size_t at = 0, groups = world->n_accounts / 9;
	for (size_t g = 0; g < groups; g++) {
		size_t size = 2 + rng_below(rng, 1 + rng_below(rng, 5));
		for (size_t i = 1; i < size; i++) {
			tie(&world->accounts[mix[at + i - 1]], &world->accounts[mix[at + i]], (uint32_t)(at + i), rng);
			world->accounts[mix[at + i]].partner = mix[at + i - 1] + 1;
		}
		at += size;
	}
	return at;
}

/* Exactly as many as may share, and one more. */
static void tie_crowds(struct world *world, const uint32_t *mix)
{
	for (size_t i = 0; i < HUB_LIMIT; i++) {
		world->accounts[mix[i]].logs_in = true;
		world->accounts[mix[i]].second_device = CROWD;
	}
	for (size_t i = HUB_LIMIT; i < 2 * HUB_LIMIT + 1; i++) {
		world->accounts[mix[i]].listed = true;
		world->accounts[mix[i]].phone = CROWD;
	}
}

static void tie_hubs(struct world *world, const uint32_t *mix)
{
	size_t wanted = HUB_LIMIT + 2 + world->n_accounts / 40, payers = 0, devices = 0;
	for (size_t i = world->n_accounts; i > 0 && (payers < wanted || devices < wanted); i--) {
		struct account *account = &world->accounts[mix[i - 1]];
		if (account->payer && payers < wanted) {
			account->hub_address = true;
			payers++;
		} else if (devices < wanted) {
			account->logs_in = account->hub_device = true;
			devices++;
		}
	}
}

static void shuffle(uint32_t *order, size_t n, struct rng *rng)
{
	for (size_t i = 0; i < n; i++)
		order[i] = (uint32_t)i;
	for (size_t i = n; i > 1; i--) {
		size_t j = rng_below(rng, i);
		uint32_t swapped = order[i - 1];
		order[i - 1] = order[j];
		order[j] = swapped;
	}
}

void people_make(struct world *world)
{
	struct rng rng = rng_make(world->options.seed, 1);
	size_t n = world->n_accounts = world->plan.accounts;
	uint32_t *order = make(n, sizeof *order);
	world->accounts = make(n, sizeof *world->accounts);
	world->callers = make(n, sizeof *world->callers);
	shuffle(order, n, &rng);
	account_roles(world, order);
	for (size_t i = 0; i < n; i++)
		account_identity(&world->accounts[i], (uint32_t)i, &rng);
	shuffle(order, n, &rng);
	size_t used = tie_groups(world, order, &rng);
	if (n >= ENOUGH_FOR_CROWDS)
		tie_crowds(world, order + used);
	if (n >= ENOUGH_FOR_HUBS)
		tie_hubs(world, order);
	free(order);
}

static void write_email(struct out *out, uint32_t id, struct rng *rng)
{
	char text[NAME_MAX_BYTES + 2], *p = text;
	uint32_t turn = rng_below(rng, 16);
	if (turn == 3 && id != 0)
		*p++ = ' ';
	char *from = p;
	if (id != 0)
		p = put_email(p, id);
	for (char *c = from; c < p; c++)
		if (*c >= 'a' && *c <= 'z' && (turn == 0 || (turn == 1 && c == from)))
			*c = (char)(*c - 'a' + 'A');
	if ((turn == 2 || turn == 3) && id != 0)
		*p++ = ' ';
	out_field(out, text, (size_t)(p - text));
}

static void write_phone(const struct world *world, struct out *out, uint32_t id, struct rng *rng)
{
	char text[FORM_MAX], *p = text;
	if (id == NO_PHONE) {
		p = put_word(p, "unknown");
	} else if (id != 0) {
		struct number number = number_make(GB, ID_PHONE + (id == CROWD ? 0 : id), world->key);
		p = put_form(p, &number, pick_form(rng));
	}
	out_field(out, text, (size_t)(p - text));
}

static void write_ip(struct out *out, struct rng *rng)
{
	static const char *const nets[] = {"192.0.2.", "198.51.100.", "203.0.113."};
	char text[20];
	char *p = put_word(text, nets[rng_below(rng, 3)]);
	p = put_uint(p, 1 + rng_below(rng, 254));
	out_field(out, text, (size_t)(p - text));
}

static void write_person(struct out *out, struct rng *rng)
{
	static const char *const first[] = {"Ada", "Bruno", "Celia", "Dov", "Edie", "Zo\xc3\xab", "Mr \"J\"", ""};
	static const char *const second[] = {"Marsh", "Quill", "Rook, Junior", "Stone", "Thorn"};
	char text[NAME_MAX_BYTES];
	const char *name = first[rng_below(rng, 8)];
	char *p = put_word(text, name);
	if (*name != '\0')
		p = put_word(put_word(p, " "), second[rng_below(rng, 5)]);
	out_field(out, text, (size_t)(p - text));
}

/* One row of an account; without a name it is broken. */
static void write_account(struct world *world, struct out *out, uint32_t index, uint32_t email, bool named, struct rng *rng)
{
	const struct account *account = &world->accounts[index];
	char text[NAME_MAX_BYTES];
	uint32_t before = 3600 + rng_below(rng, 14 * DAY), first = account->first_seen != 0 ? account->first_seen : world->plan.since;
	out_field(out, account->text, named ? account->len : 0);
	out_field(out, text, (size_t)(put_login(text, index) - text));
	write_email(out, email, rng);
	write_phone(world, out, account->phone, rng);
	write_person(out, rng);
	out_field(out, text, (size_t)(put_time(text, first - before, ' ') - text));
	write_ip(out, rng);
	dump_row(world, out, ACCOUNTS, named ? FAULT_NONE : FAULT_NO_ACCOUNT);
}

static void book_account(struct world *world, uint32_t index, uint32_t email)
{
	uint32_t phone = world->accounts[index].phone;
	account_seen(world, index, 0);
	identity_add(world, BY_EMAIL, email, index);
	identity_add(world, BY_PHONE, phone == NO_PHONE ? 0 : phone, index);
	world->profiles = room(world->profiles, world->n_profiles, &world->cap_profiles, sizeof *world->profiles);
	world->profiles[world->n_profiles++] = (struct profile){index, email};
}

void accounts_write(struct world *world)
{
	struct rng rng = rng_make(world->options.seed, 3);
	struct out out;
	dump_open(world, &out, ACCOUNTS);
	for (uint32_t i = 0; i < world->n_accounts; i++) {
		const struct account *account = &world->accounts[i];
		if (i % 997 == 40)
			write_account(world, &out, i, account->email, false, &rng);
		if (!account->listed)
			continue;
		write_account(world, &out, i, account->email, true, &rng);
		book_account(world, i, account->email);
		if (account->second_email == 0)
			continue;
		write_account(world, &out, i, account->second_email, true, &rng);
		book_account(world, i, account->second_email);
	}
	out_close(&out);
}

static void write_device(const struct world *world, struct out *out, uint32_t device)
{
	struct rng rng = rng_make(world->options.seed ^ device, 77);
	char text[NAME_MAX_BYTES], *p = text;
	if (device != 0) {
		p = put_digits(put_word(p, "dev-"), rng_next(&rng) % UINT64_C(100000000000), 11);
		p = put_uint(put_word(p, "-"), device);
	}
	out_field(out, text, (size_t)(p - text));
}

static void write_login(struct world *world, struct out *out, uint32_t index, uint32_t device, enum fault fault,
                        struct rng *rng)
{
	char when[32];
	uint32_t at = world->plan.start + rng_below(rng, world->plan.end - world->plan.start);
	out_field(out, world->accounts[index].text, world->accounts[index].len);
	if (fault == FAULT_TIME)
		out_word(out, "32/13/2022 25:61:00");
	else
		out_field(out, when, (size_t)(put_time(when, at, ' ') - when));
	write_ip(out, rng);
	write_device(world, out, device);
	dump_row(world, out, LOGINS, fault);
	if (fault != FAULT_NONE)
		return;
	account_seen(world, index, at);
	identity_add(world, BY_DEVICE, device, index);
}

void logins_write(struct world *world)
{
	struct rng rng = rng_make(world->options.seed, 4);
	struct out out;
	dump_open(world, &out, LOGINS);
	for (uint32_t i = 0; i < world->n_accounts; i++) {
		const struct account *account = &world->accounts[i];
		if (i % 499 == 30)
			write_login(world, &out, i, account->device, FAULT_TIME, &rng);
		if (!account->logs_in)
			continue;
		write_login(world, &out, i, account->device, FAULT_NONE, &rng);
		if (account->second_device != 0)
			write_login(world, &out, i, account->second_device, FAULT_NONE, &rng);
		if (account->hub_device)
			write_login(world, &out, i, HUB, FAULT_NONE, &rng);
		for (uint32_t more = rng_below(&rng, 6); more > 0; more--)
			write_login(world, &out, i, more == 5 ? 0 : account->device, FAULT_NONE, &rng);
	}
	out_close(&out);
}
