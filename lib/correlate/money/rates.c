/* SPDX-License-Identifier: Apache-2.0 */
/* Rates of exchange: each for a day; that of another only where it is asked for. */
#include "correlate/money/rates.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/currency.h"
#include "base/money/money.h"
#include "base/time/calendar.h"
#include "base/time/moment.h"
#include "casefile/sql.h"
#include "correlate/correlate.h"
#include "correlate/notices.h"

static void add_day(int64_t day, struct buf *out)
{
	char text[21];

	if (day < -INT64_MAX / DAY_SECONDS || day > INT64_MAX / DAY_SECONDS)
		buf_text(out, "?");
	else
		buf_add(out, text,
			moment_format_utc(day * DAY_SECONDS, text) ? 10 : 0);
}

static enum status unreadable(const struct rates *rates, const struct rate *rate,
			      struct text value, const char *reason)
{
	struct buf line = { 0 };

	notice_add_value(rates->casefile, rate->source, rate->member, rate->line, "rate", value,
			 &line);
	(void)error_set(&rates->casefile->error, STATUS_FAILED, "%s%s",
			line.data ? line.data : "", reason);
	buf_release(&line);
	return STATUS_FAILED;
}

static enum status contradicted(const struct rates *rates,
				const struct rate *first,
				const struct rate *second, struct text base)
{
	struct buf line = { 0 };

	notice_add_place(rates->casefile, second->source, second->member, second->line, &line);
	buf_text(&line, ": a second rate ");
	buf_escape(&line, base, 20);
	buf_format(&line, " to %s for ", rates->currency);
	add_day(first->day, &line);
	buf_text(&line, ", and not that of ");
	notice_add_place(rates->casefile, first->source, first->member, first->line, &line);
	buf_text(&line, "; leave one of the two out");
	(void)error_set(&rates->casefile->error, STATUS_FAILED, "%s",
			line.data ? line.data : "");
	buf_release(&line);
	return STATUS_FAILED;
}

static bool same(const struct decimal *a, const struct decimal *b)
{
	return a->mantissa == b->mantissa && a->scale == b->scale &&
	       a->negative == b->negative && a->beyond == b->beyond;
}

static enum status room_for_base(struct rates *rates)
{
	size_t *starts = memory_array(rates->starts, rates->bases.count + 1,
				      sizeof(*starts));

	if (!starts)
		return error_memory(&rates->casefile->error);
	rates->starts = starts;
	starts[rates->bases.count - 1] = rates->count;
	return STATUS_OK;
}

/* Rows come by base and day: a second rate of a day follows the first. */
static enum status keep(struct rates *rates, struct text base,
			const struct rate *rate)
{
	size_t bases = rates->bases.count;
	uint32_t number = dictionary_add(&rates->bases, base);
	void *items = rates->items;
	enum status status = STATUS_OK;

	if (number == DICTIONARY_NONE)
		return error_memory(&rates->casefile->error);
	if (rates->bases.count > bases)
		status = room_for_base(rates);
	else if (rates->items[rates->count - 1].day == rate->day) {
		const struct rate *first = &rates->items[rates->count - 1];

		return same(&first->value, &rate->value)
			       ? STATUS_OK
			       : contradicted(rates, first, rate, base);
	}
	if (status != STATUS_OK)
		return status;
	if (!memory_room(&items, &rates->capacity, rates->count + 1,
			 sizeof(*rates->items)))
		return error_memory(&rates->casefile->error);
	rates->items = items;
	rates->items[rates->count++] = *rate;
	return STATUS_OK;
}

static unsigned shift_of(struct text name)
{
	struct currency currency;

	return currency_find(name, &currency) ? currency.shift : 0;
}

/* A rate that is of units, as 0.0003 for SAT to GBP, made one of their currencies.
 * False: it has too many digits. */
static bool take_units(struct decimal *value, struct text base, struct text quote)
{
	const unsigned up = shift_of(base);
	unsigned scale = value->scale + shift_of(quote);
	bool rounded;

	if (scale < up) {
		if (!decimal_shift(value->mantissa, (int)(up - scale), &value->mantissa, &rounded))
			return false;
		scale = up;
	}
	value->scale = scale - up;
	return true;
}

static enum status take(struct rates *rates, sqlite3_stmt *statement)
{
	struct rate rate = {
		.id = sqlite3_column_int64(statement, 1),
		.day = sqlite3_column_int64(statement, 2),
		.source = sqlite3_column_int64(statement, 3),
		.line = sqlite3_column_int64(statement, 4),
		.member = sqlite3_column_int64(statement, 8),
	};
	struct text value = column_text(statement, 5);
	const char *reason = decimal_parse(value.data ? value.data : "",
					   value.len, &rate.value);

	if (columns_read(rates->casefile, statement) != STATUS_OK)
		return rates->casefile->error.status;
	if (!reason && (rate.value.negative || rate.value.mantissa == 0))
		reason = "is not above zero";
	if (!reason && !take_units(&rate.value, column_text(statement, 6), column_text(statement, 7)))
		reason = "has too many digits";
	if (reason)
		return unreadable(rates, &rate, value, reason);
	return keep(rates, column_text(statement, 0), &rate);
}

static enum status take_all(struct rates *rates)
{
	sqlite3_stmt *statement = casefile_prepare(
		rates->casefile,
		"SELECT r.base, f.id, r.day, f.source, f.line, r.value, f.base, f.quote, f.member"
		" FROM rate_read r JOIN rate f ON f.id = r.rate"
		" WHERE r.quote = ? ORDER BY r.base, r.day, f.source,"
		" f.member, f.line");
	enum status status;

	if (!statement)
		return rates->casefile->error.status;
	status = bind_sought(rates->casefile, statement, 1, rates->currency);
	while (status == STATUS_OK &&
	       (status = casefile_step(rates->casefile, statement)) == STATUS_OK) {
		status = take(rates, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status rates_load(struct rates *rates, struct casefile *casefile,
		       const char *currency, unsigned exponent)
{
	enum status status;

	memset(rates, 0, sizeof(*rates));
	rates->casefile = casefile;
	rates->currency = currency;
	rates->exponent = exponent;
	status = take_all(rates);
	if (status == STATUS_OK && rates->starts)
		rates->starts[rates->bases.count] = rates->count;
	return status;
}

void rates_release(struct rates *rates)
{
	dictionary_release(&rates->bases);
	free(rates->starts);
	free(rates->items);
	memset(rates, 0, sizeof(*rates));
}

static int64_t day_of(int64_t seconds)
{
	return calendar_unit(seconds, DAY_SECONDS);
}

/* The rate of the day or else the nearest, the earlier of two; NULL: there is
 * none of this base. */
static const struct rate *nearest(const struct rates *rates, struct text base,
				  int64_t day)
{
	uint32_t number = dictionary_find(&rates->bases, base);
	size_t low, high, end;

	if (number == DICTIONARY_NONE)
		return NULL;
	low = rates->starts[number];
	high = end = rates->starts[number + 1];
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rates->items[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == end)
		return &rates->items[low - 1];
	if (low == rates->starts[number] ||
	    rates->items[low].day - day < day - rates->items[low - 1].day)
		return &rates->items[low];
	return &rates->items[low - 1];
}

/* Days between an amount and a rate. */
static uint64_t distance(const struct rate *rate, const struct amount *amount)
{
	const uint64_t day = (uint64_t)day_of(amount->at), of = (uint64_t)rate->day;

	return rate->day < (int64_t)day ? day - of : of - day;
}

static enum status no_rate(const struct rates *rates,
			   const struct amount *amount, const struct rate *near)
{
	struct buf line = { 0 };

	notice_add_value(rates->casefile, amount->source, amount->member, amount->line, amount->role,
			 amount->time, &line);
	buf_text(&line, "no rate ");
	buf_escape(&line, amount->currency, 20);
	buf_format(&line, " to %s for ", rates->currency);
	add_day(day_of(amount->at), &line);
	if (near) {
		buf_text(&line, "; the nearest is ");
		add_day(near->day, &line);
		buf_text(&line, " (");
		notice_add_place(rates->casefile, near->source, near->member, near->line, &line);
		buf_text(&line, ")");
		if (distance(near, amount) <= CORRELATE_RATE_GAP_MOST)
			buf_format(&line, ", which --rate-gap %u takes", (unsigned)distance(near, amount));
	} else {
		buf_text(&line, ", nor for any other day; ingest rates, or give "
				"--currency");
	}
	(void)error_set(&rates->casefile->error, STATUS_FAILED, "%s",
			line.data ? line.data : "");
	buf_release(&line);
	return STATUS_FAILED;
}

/* NULL: there is no rate for the day nor near enough, and *near is the nearest. */
static const struct decimal *factor_of(const struct rates *rates,
				       const struct amount *amount,
				       struct cited_rate *cited, const struct rate **near)
{
	static const struct decimal one = { .mantissa = 1 };

	*cited = (struct cited_rate){ 0, 0 };
	if (text_is(amount->currency, rates->currency))
		return &one;
	*near = nearest(rates, amount->currency, day_of(amount->at));
	if (!*near || distance(*near, amount) > (uint64_t)rates->gap)
		return NULL;
	*cited = (struct cited_rate){ (*near)->id, (*near)->day - day_of(amount->at) };
	return &(*near)->value;
}

bool rates_value(const struct rates *rates, const struct amount *amount,
		 i128 *value, struct cited_rate *cited)
{
	const struct rate *near;
	const struct decimal *factor = factor_of(rates, amount, cited, &near);

	return factor && !money_convert(amount->minor, amount->exponent, factor,
					rates->exponent, value);
}

const struct decimal *rates_of(const struct rates *rates, struct text currency, int64_t seconds)
{
	const struct amount amount = { .currency = currency, .at = seconds };
	const struct rate *near;
	struct cited_rate cited;

	return factor_of(rates, &amount, &cited, &near);
}

bool rates_beyond(const struct rates *rates, const struct amount *amount)
{
	const struct rate *near;
	struct cited_rate cited;
	i128 value;
	const struct decimal *factor = factor_of(rates, amount, &cited, &near);

	return factor && money_convert(amount->minor, amount->exponent, factor, rates->exponent, &value);
}

enum status rates_convert(const struct rates *rates, const struct amount *amount,
			  i128 *value, struct cited_rate *cited)
{
	const struct rate *near;
	const struct decimal *factor = factor_of(rates, amount, cited, &near);
	struct buf line = { 0 };
	const char *reason;

	if (!factor)
		return no_rate(rates, amount, near);
	reason = money_convert(amount->minor, amount->exponent, factor,
			       rates->exponent, value);
	if (!reason)
		return STATUS_OK;
	notice_add_place(rates->casefile, amount->source, amount->member, amount->line, &line);
	(void)error_set(&rates->casefile->error, STATUS_FAILED,
			"%s: the amount %s", line.data ? line.data : "", reason);
	buf_release(&line);
	return STATUS_FAILED;
}

enum status money_beyond(struct casefile *casefile)
{
	return error_set(&casefile->error, STATUS_FAILED,
			 "amounts that add up to more than 128 bits hold");
}

enum status money_add(struct casefile *casefile, i128 *sum, i128 value)
{
	return wide_add(sum, value) ? STATUS_OK : money_beyond(casefile);
}
