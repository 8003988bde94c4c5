/* SPDX-License-Identifier: Apache-2.0 */
/* Confirmed payments, each at the rate of its UTC day. */
#include "correlate/payments.h"

struct paying {
	struct casefile *casefile;
	const struct rates *rates;
	const struct people *people;
	struct party *accounts;
	sqlite3_stmt *select;
	sqlite3_stmt *insert;
};

static enum status damaged(struct paying *paying)
{
	return error_set(&paying->casefile->error, STATUS_INTEGRITY,
			 "payment %lld of the case is damaged",
			 (long long)sqlite3_column_int64(paying->select, 0));
}

static enum status write_value(struct paying *paying, int64_t payment,
			       int64_t value, int64_t rate)
{
	bind_integer(paying->insert, 1, payment);
	bind_integer(paying->insert, 2, value);
	bind_maybe(paying->insert, 3, rate, rate == 0);
	return casefile_run(paying->casefile, paying->insert);
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
	if (status != STATUS_OK)
		return status;
	return write_value(paying, sqlite3_column_int64(select, 0), value, rate);
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

enum status payments_gather(struct casefile *casefile,
			    const struct rates *rates,
			    const struct people *people, struct party *accounts)
{
	struct paying paying = { casefile, rates, people, accounts, NULL, NULL };
	enum status status;

	paying.select = casefile_prepare(
		casefile,
		"SELECT f.id, r.key, r.paid, r.amount, r.currency, r.exponent,"
		" f.source, f.line, f.paid"
		" FROM payment_read r JOIN payment f ON f.id = r.payment"
		" WHERE r.confirmed <> 0 ORDER BY r.payment");
	paying.insert = paying.select
				? casefile_prepare(casefile,
						   "INSERT INTO payment_value(payment,"
						   " value, rate) VALUES(?, ?, ?)")
				: NULL;
	status = paying.insert ? take_all(&paying) : casefile->error.status;
	sqlite3_finalize(paying.select);
	sqlite3_finalize(paying.insert);
	return status;
}
