/* SPDX-License-Identifier: Apache-2.0 */
/* What was paid in a window of time: by whom, and in which currencies. */
#include "correlate/summary/summary_money.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table/dictionary.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"

/* Only payments that count have a value. */
#define PAID \
	"SELECT r.currency, r.exponent, r.amount, v.value, r.key, f.suspect FROM payment_value v" \
	" JOIN payment_read r ON r.payment = v.payment JOIN account_figure f ON f.key = r.key" \
	" WHERE v.value IS NOT NULL AND r.paid >= ?1 AND r.paid < ?2"

enum { CURRENCY, EXPONENT, AMOUNT, VALUE, KEY, SUSPECT };

/* Sums of one currency. */
struct coin {
	unsigned exponent;
	i128 spend;            /* minor units of it */
	bool beyond;           /* more than those hold */
	i128 value;            /* of that of the case */
};

struct adding {
	const struct summary_money_given *given;
	struct summary_money *money;
	struct dictionary currencies;
	struct coin *coins;    /* by number */
	size_t capacity;
	bool *paid;            /* by account key */
	i128 *spends;          /* by suspect */
	int64_t keys, suspects;        /* the last of each */
};

static enum status damaged(const struct adding *adding)
{
	return error_set(&adding->given->casefile->error, STATUS_INTEGRITY, "the payments of the case are damaged");
}

/* ---- a payment ---- */

static enum status find_coin(struct adding *adding, struct text currency, int64_t exponent, struct coin **coin)
{
	const size_t before = adding->currencies.count;
	void *coins = adding->coins;
	uint32_t number;

	if (exponent < 0 || exponent > DECIMAL_MAX_SCALE || currency.len >= sizeof(((struct summary_coin *)0)->currency))
		return damaged(adding);
	if (!memory_room(&coins, &adding->capacity, before + 1, sizeof(*adding->coins)))
		return error_memory(&adding->given->casefile->error);
	adding->coins = coins;
	number = dictionary_add(&adding->currencies, currency);
	if (number == DICTIONARY_NONE)
		return error_memory(&adding->given->casefile->error);
	*coin = &adding->coins[number];
	if (number == before)
		**coin = (struct coin){ .exponent = (unsigned)exponent };
	return (*coin)->exponent == (unsigned)exponent ? STATUS_OK : damaged(adding);
}

static enum status take(struct adding *adding, sqlite3_stmt *s)
{
	const i128 amount = column_amount(s, AMOUNT), value = column_amount(s, VALUE);
	const int64_t key = sqlite3_column_int64(s, KEY), suspect = sqlite3_column_int64(s, SUSPECT);
	struct coin *coin = NULL;
	enum status status = find_coin(adding, column_text(s, CURRENCY), sqlite3_column_int64(s, EXPONENT), &coin);

	if (status == STATUS_OK)
		status = columns_read(adding->given->casefile, s);
	if (status != STATUS_OK)
		return status;
	if (key < 1 || key > adding->keys || suspect < 1 || suspect > adding->suspects)
		return damaged(adding);
	coin->beyond |= !wide_add(&coin->spend, amount);
	coin->value += value;
	adding->spends[suspect] += value;
	if (amount < 0) {
		adding->money->refunds -= value;
		return STATUS_OK;
	}
	adding->money->gross += value;
	adding->money->payers += !adding->paid[key];
	adding->paid[key] = true;
	return STATUS_OK;
}

static enum status take_all(struct adding *adding)
{
	struct casefile *casefile = adding->given->casefile;
	sqlite3_stmt *statement = casefile_prepare(casefile, PAID);
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, adding->given->since);
	bind_integer(statement, 2, adding->given->until);
	while ((status = casefile_step(casefile, statement)) == STATUS_OK)
		if ((status = take(adding, statement)) != STATUS_OK)
			break;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* ---- all of them ---- */

/* Ids of suspects have no gaps. */
static enum status make_room(struct adding *adding)
{
	struct casefile *casefile = adding->given->casefile;
	int64_t count = 0;
	enum status status = casefile_integer(casefile, "SELECT max(id) FROM account_key", 0, &adding->keys);

	if (status == STATUS_OK)
		status = casefile_integer(casefile, "SELECT max(id) FROM suspect", 0, &adding->suspects);
	if (status == STATUS_OK)
		status = casefile_integer(casefile, "SELECT count(*) FROM suspect", 0, &count);
	if (status != STATUS_OK)
		return status;
	if (adding->keys < 0 || adding->keys > UINT32_MAX || adding->suspects != count)
		return damaged(adding);
	adding->paid = calloc((size_t)adding->keys + 1, sizeof(*adding->paid));
	adding->spends = calloc((size_t)count + 1, sizeof(*adding->spends));
	return adding->paid && adding->spends ? STATUS_OK : error_memory(&casefile->error);
}

static void put_coin(const struct adding *adding, uint32_t number, struct summary_coin *out)
{
	const struct text currency = dictionary_text(&adding->currencies, number);
	const struct coin *coin = &adding->coins[number];

	memcpy(out->currency, currency.data, currency.len);
	out->currency[currency.len] = '\0';
	if (!coin->beyond)
		(void)decimal_format(coin->spend, coin->exponent, out->spend, sizeof(out->spend));
	(void)decimal_format(coin->value, adding->given->exponent, out->value, sizeof(out->value));
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct summary_coin *)a)->currency, ((const struct summary_coin *)b)->currency);
}

static enum status put_coins(const struct adding *adding, struct summary_coins *coins)
{
	if (!adding->currencies.count)
		return STATUS_OK;
	coins->items = calloc(adding->currencies.count, sizeof(*coins->items));
	if (!coins->items)
		return error_memory(&adding->given->casefile->error);
	coins->count = adding->currencies.count;
	for (uint32_t i = 0; i < coins->count; i++)
		put_coin(adding, i, &coins->items[i]);
	qsort(coins->items, coins->count, sizeof(*coins->items), compare);
	return STATUS_OK;
}

enum status summary_money_run(const struct summary_money_given *given, struct summary_money *money,
			      struct summary_coins *coins)
{
	struct adding adding = { .given = given, .money = money };
	enum status status;

	memset(money, 0, sizeof(*money));
	status = make_room(&adding);
	if (status == STATUS_OK)
		status = take_all(&adding);
	for (int64_t i = 1; i <= adding.suspects && status == STATUS_OK; i++)
		money->over_threshold += adding.spends[i] >= given->threshold;
	if (status == STATUS_OK)
		status = put_coins(&adding, coins);
	dictionary_release(&adding.currencies);
	free(adding.coins);
	free(adding.paid);
	free(adding.spends);
	return status;
}
