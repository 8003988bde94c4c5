/* SPDX-License-Identifier: Apache-2.0 */
/* Confirmed payments, each at the rate of its UTC day. */
#include "correlate/payments.h"

#include <stdlib.h>

#include "base/memory.h"
#include "casefile/tablefill.h"

struct valued {
	int64_t payment;
	int64_t value;
	int64_t rate;              /* 0: none was needed */
};

struct paying {
	struct casefile *casefile;
	const struct rates *rates;
	const struct people *people;
	struct party *accounts;
	sqlite3_stmt *select;
	struct valued *items;
	size_t count, capacity, written;
};

static enum status damaged(struct paying *paying)
{
	return error_set(&paying->casefile->error, STATUS_INTEGRITY,
			 "payment %lld of the case is damaged",
			 (long long)sqlite3_column_int64(paying->select, 0));
}

static enum status keep(struct paying *paying, int64_t value, int64_t rate)
{
	const int64_t payment = sqlite3_column_int64(paying->select, 0);
	void *items = paying->items;

	if (!memory_room(&items, &paying->capacity, paying->count + 1,
			 sizeof(*paying->items)))
		return error_memory(&paying->casefile->error);
	paying->items = items;
	paying->items[paying->count++] = (struct valued){ payment, value, rate };
	return STATUS_OK;
}

static enum status take(struct paying *paying)
{
	sqlite3_stmt *select = paying->select;
	struct amount amount = {
		.at = sqlite3_column_int64(select, 2),
		.minor = sqlite3_column_int64(select, 3),
		.currency = column_text(select, 4),
		.source = sqlite3_column_int64(select, 6),
		.line = sqlite3_column_int64(select, 7),
		.role = "paid",
		.time = column_text(select, 8),
	};
	int64_t exponent = sqlite3_column_int64(select, 5);
	int64_t value, rate;
	struct party *party;
	uint32_t slot;
	enum status status;

	if (exponent < 0 || exponent > DECIMAL_MAX_SCALE ||
	    !people_slot(paying->people, sqlite3_column_int64(select, 1), &slot))
		return damaged(paying);
	amount.exponent = (unsigned)exponent;
	status = rates_convert(paying->rates, &amount, &value, &rate);
	if (status != STATUS_OK)
		return status;
	party = &paying->accounts[slot];
	party->payments++;
	span_add(&party->paid, amount.at, amount.at);
	status = money_add(paying->casefile, &party->spend, value);
	return status == STATUS_OK ? keep(paying, value, rate) : status;
}

static enum status take_all(struct paying *paying)
{
	enum status status;

	while ((status = casefile_step(paying->casefile, paying->select)) ==
	       STATUS_OK) {
		status = take(paying);
		if (status != STATUS_OK)
			return status;
	}
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status more(void *context, struct newrows *rows)
{
	struct paying *paying = context;
	const struct valued *item;

	if (paying->written == paying->count)
		return STATUS_END;
	item = &paying->items[paying->written++];
	newrows_integer(rows, item->payment);
	newrows_integer(rows, item->value);
	newrows_maybe(rows, item->rate, item->rate == 0);
	return STATUS_OK;
}

enum status payments_gather(struct casefile *casefile,
			    const struct rates *rates,
			    const struct people *people, struct party *accounts,
			    unsigned threads)
{
	struct paying paying = {
		.casefile = casefile,
		.rates = rates,
		.people = people,
		.accounts = accounts,
	};
	const struct tablefill fill = { "payment_value", 3, more, &paying };
	enum status status;

	paying.select = casefile_prepare(
		casefile,
		"SELECT f.id, r.key, r.paid, r.amount, r.currency, r.exponent,"
		" f.source, f.line, f.paid"
		" FROM payment_read r JOIN payment f ON f.id = r.payment"
		" WHERE r.confirmed <> 0 ORDER BY r.payment");
	status = paying.select ? take_all(&paying) : casefile->error.status;
	sqlite3_finalize(paying.select);
	if (status == STATUS_OK)
		status = tablefill_run(casefile, &fill, threads);
	free(paying.items);
	return status;
}
