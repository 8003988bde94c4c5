/* SPDX-License-Identifier: Apache-2.0 */
/* rates.csv and payments.csv: bitcoin, its price of each day, and what each account spent. */
#include "synth.h"

#include <stdlib.h>
#include <string.h>

enum {
	HUB_ADDRESS = 0x7fffffff,
	OWN_ADDRESS = 0x20000000, /* ids of addresses and transactions of one payment start here */
	SPECIAL_DAYS = 97,        /* in so many days there is one at 50,000.00 and one at 40,000.00 */
	DAY_OF_50000 = 13,
	DAY_OF_40000 = 57
};

/* Sole payments that fall on the threshold, just over and just under it, and on the half penny. */
struct edge {
	uint32_t day, satoshi;
};

static const struct edge edges[] = {
	{DAY_OF_40000, 250000}, {DAY_OF_40000, 249999}, {DAY_OF_40000, 249987}, {DAY_OF_40000, 249988},
	{DAY_OF_50000, 199990}, {DAY_OF_50000, 200010}, {DAY_OF_50000, 199989}, {DAY_OF_50000, 199970},
};

static uint64_t special_rate(uint32_t day)
{
	if (day % SPECIAL_DAYS == DAY_OF_50000)
		return UINT64_C(50000000000);
	return day % SPECIAL_DAYS == DAY_OF_40000 ? UINT64_C(40000000000) : 0;
}

void rates_write(struct world *world)
{
	static const uint64_t cut[7] = {1000000, 100000, 10000, 1000, 100, 10, 1};
	struct rng rng = rng_make(world->options.seed, 6);
	uint32_t days = (world->plan.end - world->plan.start) / DAY;
	uint64_t rate = UINT64_C(15000000000);
	struct out out;
	world->rates = make(days, sizeof *world->rates);
	dump_open(world, &out, RATES);
	for (uint32_t day = 0; day < days; day++) {
		char text[32];
		unsigned places = 2 + rng_below(&rng, 5);
		rate = rate / 10000 * (9400 + rng_below(&rng, 1204)) + rng_below(&rng, 10000);
		rate = rate < UINT64_C(9000000000) ? UINT64_C(9000000000) : rate > UINT64_C(52000000000) ? UINT64_C(52000000000) : rate;
		world->rates[day] = special_rate(day) != 0 ? special_rate(day) : rate / cut[places] * cut[places];
		put_time(text, world->plan.start + day * DAY, ' ');
		out_field(&out, text, 10);
		out_word(&out, "BTC");
		out_word(&out, "GBP");
		out_field(&out, text, (size_t)(put_decimal(text, world->rates[day] / cut[places], places, places) - text));
		dump_row(world, &out, RATES, FAULT_NONE);
	}
	out_close(&out);
}

static struct payment *payment_add(struct world *world, uint32_t account, struct rng *rng)
{
	const struct plan *plan = &world->plan;
	world->payments = room(world->payments, world->n_payments, &world->cap_payments, sizeof *world->payments);
	struct payment *payment = &world->payments[world->n_payments];
	uint32_t order = (uint32_t)world->n_payments++, one = rng_below(rng, 1500), two = rng_below(rng, 1500);
	*payment = (struct payment){.account = account, .order = order, .address = OWN_ADDRESS + order, .txid = OWN_ADDRESS + order};
	payment->at = plan->start + rng_below(rng, plan->end - plan->start);
	payment->satoshi = 20000 + one * two + rng_below(rng, 1000);
	if (rng_below(rng, 4) == 0)
		payment->satoshi = payment->satoshi / 1000 * 1000;
	return payment;
}

/* A payment on one of the days of a special price. */
static void payment_on(const struct world *world, struct payment *payment, uint32_t day, uint32_t satoshi, struct rng *rng)
{
	uint32_t turns = (world->plan.end - world->plan.start) / DAY / SPECIAL_DAYS;
	payment->at = world->plan.start + (day + SPECIAL_DAYS * rng_below(rng, turns)) * DAY + rng_below(rng, DAY);
	payment->satoshi = satoshi;
}

static void payment_status(struct payment *payment, enum payment_status status, struct rng *rng)
{
	payment->status = status;
	if (status == EXPIRED && rng_below(rng, 10) < 7)
		payment->address = 0;
	if (status == EXPIRED || (status == PENDING && rng_below(rng, 2) == 0))
		payment->txid = 0;
}

/* What the first payment of an account shows is what ties it to others. */
static void payment_first(const struct world *world, struct payment *payment)
{
	const struct account *account = &world->accounts[payment->account];
	payment->address = account->address;
	if (account->txid != 0)
		payment->txid = account->txid;
}

/* In turn: one on the edge, some on the half penny, any. */
static void account_pays(struct world *world, uint32_t index, uint32_t turn, struct rng *rng)
{
	const struct account *account = &world->accounts[index];
	bool edge = account->payer && turn % 20 == 3 && !account->hub_address;
	uint32_t count = edge ? 1 : 1 + rng_below(rng, 1 + rng_below(rng, 8)) + account->hub_address;
	for (uint32_t i = 0; i < count; i++) {
		struct payment *payment = payment_add(world, index, rng);
		uint32_t luck = rng_below(rng, 20);
		if (edge) {
			const struct edge *on = &edges[turn / 20 % (sizeof edges / sizeof edges[0])];
			payment_on(world, payment, on->day, on->satoshi, rng);
		} else if (i == 0 && turn % 10 == 6) {
			payment_on(world, payment, DAY_OF_50000, 20010 + 20 * rng_below(rng, 9000), rng);
		}
		if (!account->payer)
			payment_status(payment, luck % 3 == 0 ? PENDING : EXPIRED, rng);
		else if (i > 0 && luck < 4)
			payment_status(payment, luck == 0 ? PENDING : EXPIRED, rng);
		else if (i > 0 && luck < 12)
			payment->address = account->address;
		if (i == 0)
			payment_first(world, payment);
		if (i == 1 && account->hub_address)
			payment->address = HUB_ADDRESS;
	}
}

static int compare_payments(const void *a, const void *b)
{
	const struct payment *x = a, *y = b;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* The checksum of BIP 173. */
static uint32_t bech32_step(uint32_t sum, uint32_t value)
{
	static const uint32_t generator[5] = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
	uint32_t top = sum >> 25;
	sum = (sum & 0x1ffffff) << 5 ^ value;
	for (int i = 0; i < 5; i++)
		if (top >> i & 1)
			sum ^= generator[i];
	return sum;
}

/* A native segwit address of 20 random bytes, by BIP 173; for id 0 nothing. */
static char *put_address(char *p, uint64_t seed, uint32_t id, bool upper)
{
	const char *letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
	struct rng rng = rng_make(seed ^ id, 88);
	uint32_t values[39] = {0}, sum = 1;
	const uint32_t prefix[5] = {3, 3, 0, 'b' & 31, 'c' & 31};
	if (id == 0)
		return p;
	for (int i = 1; i < 33; i++)
		values[i] = rng_below(&rng, 32);
	for (int i = 0; i < 5; i++)
		sum = bech32_step(sum, prefix[i]);
	for (int i = 0; i < 39; i++)
		sum = bech32_step(sum, values[i]);
	sum ^= 1;
	for (int i = 0; i < 6; i++)
		values[33 + i] = sum >> (5 * (5 - i)) & 31;
	char *from = p;
	p = put_word(p, "bc1");
	for (int i = 0; i < 39; i++)
		*p++ = letters[values[i]];
	for (; upper && from < p; from++)
		if (*from >= 'a' && *from <= 'z')
			*from = (char)(*from - 'a' + 'A');
	return p;
}

static char *put_txid(char *p, uint64_t seed, uint32_t id, bool upper)
{
	const char *digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
	struct rng rng = rng_make(seed ^ id, 99);
	for (int i = 0; id != 0 && i < 64; i++)
		*p++ = digits[rng_below(&rng, 16)];
	return p;
}

/* The instant as a local time of some zone, as UTC, or without a zone. */
static char *put_paid(char *p, uint32_t at, struct rng *rng)
{
	static const int minutes[4] = {60, -300, 330, -480};
	uint32_t turn = rng_below(rng, 40);
	if (turn < 4) {
		int offset = minutes[turn], size = offset < 0 ? -offset : offset;
		p = put_time(p, (uint32_t)((int64_t)at + offset * 60), 'T');
		*p++ = offset < 0 ? '-' : '+';
		p = put_digits(p, (uint64_t)size / 60, 2);
		*p++ = ':';
		return put_digits(p, (uint64_t)size % 60, 2);
	}
	p = put_time(p, at, turn < 8 ? 'T' : ' ');
	return turn < 8 ? put_word(p, "Z") : p;
}

static void write_field(struct out *out, const char *text, const char *end)
{
	out_field(out, text, (size_t)(end - text));
}

static void write_payment(struct world *world, struct out *out, const struct payment *payment, uint64_t number,
                          enum fault fault, struct rng *rng)
{
	static const char *const statuses[] = {"confirmed", "expired", "pending"};
	const struct account *account = &world->accounts[payment->account];
	uint64_t seed = world->options.seed;
	char text[96];
	write_field(out, text, put_uint(put_word(text, "P"), number));
	out_field(out, account->text, fault == FAULT_NO_ACCOUNT ? 0 : account->len);
	write_field(out, text, fault == FAULT_TIME ? put_word(text, "32/13/2022") : put_paid(text, payment->at, rng));
	write_field(out, text,
	            fault == FAULT_AMOUNT ? put_word(text, "0.1.2")
	                                  : put_decimal(text, payment->satoshi, 8, rng_below(rng, 2) == 0 ? 8 : 0));
	out_word(out, "BTC");
	write_field(out, text, put_address(text, seed, payment->address, rng_below(rng, 16) == 0));
	write_field(out, text, put_address(text, seed ^ 0x5bd1e995, OWN_ADDRESS + payment->order, false));
	if (fault == FAULT_FEW) {
		dump_row(world, out, PAYMENTS, fault);
		return;
	}
	write_field(out, text, put_txid(text, seed, payment->txid, rng_below(rng, 16) == 0));
	out_word(out, statuses[payment->status]);
	dump_row(world, out, PAYMENTS, fault);
}

static void book_payment(struct world *world, const struct payment *payment)
{
	account_seen(world, payment->account, payment->at);
	identity_add(world, BY_ADDRESS, payment->address, payment->account);
	identity_add(world, BY_TXID, payment->txid, payment->account);
}

void payments_write(struct world *world)
{
	static const enum fault faults[] = {FAULT_AMOUNT, FAULT_TIME, FAULT_NO_ACCOUNT, FAULT_FEW};
	struct rng rng = rng_make(world->options.seed, 7);
	uint32_t turn = 0;
	struct out out;
	for (uint32_t i = 0; i < world->n_accounts; i++)
		if (world->accounts[i].payer || world->accounts[i].trier)
			account_pays(world, i, turn++, &rng);
	qsort(world->payments, world->n_payments, sizeof *world->payments, compare_payments);
	dump_open(world, &out, PAYMENTS);
	for (size_t i = 0; i < world->n_payments; i++) {
		const struct payment *payment = &world->payments[i];
		if (i % 1000 / 4 == 5)
			write_payment(world, &out, payment, i + 1000000, faults[i % 4], &rng);
		write_payment(world, &out, payment, i + 1, FAULT_NONE, &rng);
		book_payment(world, payment);
	}
	out_close(&out);
}
