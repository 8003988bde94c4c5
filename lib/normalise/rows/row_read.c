/* SPDX-License-Identifier: Apache-2.0 */
/* The small kinds understood, a row at a time, on any thread. */
#include <string.h>

#include "base/money/decimal.h"
#include "base/time/calendar.h"
#include "casefile/table/amount.h"
#include "normalise/countries.h"
#include "normalise/rows/row_cells.h"

/* The region a row says its account is of. */
static void read_country(struct row *row, int account, int role)
{
	const struct text country = text_trim(row_text(row, role));

	if (country.len == 0 || text_trim(row_text(row, account)).len == 0)
		return;
	row->read->region = country_region(row->readings->plan, country);
	row->read->no_country = row->read->region == 0;
}

/* The telephone of a row that names a country is read as there, unless that is no number and
 * it is one of the source's region. */
static void set_phone(struct row *row, unsigned column, int role)
{
	const struct text text = row_text(row, role);
	const struct number_manner own = row->source->manner;
	struct number_manner there = own;
	int64_t first, second;
	uint64_t packed, other;

	there.region = row->read->region;
	packed = readings_look(row->readings, text, there, &first);
	other = readings_look(row->readings, text, own, &second);
	if (readings_class(other) == NUMBER_CLASS_NUMBER && first != second) {
		row->read->two_phones = readings_class(packed) == NUMBER_CLASS_NUMBER;
		if (!row->read->two_phones) {
			row_set_reading(row, column, other, second);
			return;
		}
	}
	row->read->by_country = first != 0 && first != second;
	if (row->read->by_country)
		packed = readings_by_country(row->readings, packed, row->read->two_phones);
	row_set_reading(row, column, packed, first);
}

static bool read_account(struct row *row)
{
	enum { ACCOUNT, LOGIN, EMAIL, PHONE, NAME, REGISTERED, IP, COUNTRY };
	struct instant at;

	read_country(row, ACCOUNT, COUNTRY);
	if (row->read->region) {
		row_set_name(row, 6, numplan_region_name(row->readings->plan, row->read->region));
	}
	if (!row_read_key(row, ACCOUNT))
		return false;
	row_set_folded(row, 2, EMAIL);
	if (row->read->region)
		set_phone(row, 3, PHONE);
	else
		row_set_number(row, 3, PHONE);
	at = row_read_instant(row, REGISTERED);
	if (!at.reason && !at.null)
		row_set_integer(row, 5, calendar_unit(at.ms, SECOND_MS));
	row_set_integer(row, 7, at.day_only);
	return true;
}

/* Money that went back: the status says so, or else the source does of all amounts below zero,
 * and the status does not say otherwise. */
static bool is_refund(const struct row *row, bool came)
{
	return row->read->word == WORD_BACK || (came && words_negative_is_refund(&row->source->words));
}

/* Whether a payment counts: money that came in, or a refund. A dump without a status column
 * holds the former. */
static bool payment_confirmed(const struct row *row, int role, bool negative)
{
	struct row_read *read = row->read;
	bool came;

	read->status = row_text(row, role);
	if (read->status.data)
		read->word = words_payment(&row->source->words, read->status);
	came = !read->status.data || read->word == WORD_YES;
	if (!negative) {
		read->sign = read->word == WORD_BACK ? SIGN_RETURNED : SIGN_AGREES;
		return came;
	}
	came = is_refund(row, came);
	read->sign = came ? SIGN_AGREES : SIGN_AGAINST;
	return came;
}

static bool read_payment(struct row *row)
{
	enum { ID, ACCOUNT, PAID, AMOUNT, CURRENCY, FROM, TO, TXID, STATUS };
	bool rounded;

	if (!row_read_key(row, ACCOUNT) || !row_set_instant(row, 2, PAID, SECOND_MS, 16, NULL) ||
	    !row_set_amount(row, 3, AMOUNT, CURRENCY, &rounded))
		return false;
	row_set_integer(row, 6, rounded);
	row_set_integer(row, 7, payment_confirmed(row, STATUS, row_value_amount(&row->block->rows, &row->cells[3]) < 0));
	row_set_address(row, 8, FROM);
	row_set_address(row, 10, TO);
	row_set_txid(row, 12, TXID);
	row_set_integer(row, 14, 0);   /* whether it is there twice is found later */
	return true;
}

static bool read_login(struct row *row)
{
	enum { ACCOUNT, AT };

	return row_read_key(row, ACCOUNT) && row_set_instant(row, 2, AT, SECOND_MS, 3, NULL);
}

/* What the day of a report is where it was written; a day is read by the zone for it. */
static void set_day(struct row *row, unsigned column, const struct instant *at)
{
	const struct day_bounds day = instant_day(row->source, at);

	row_set_integer(row, column, instant_date(row->source, at));
	if (!at->day_only)
		return;
	row_set_integer(row, column + 1, calendar_unit(day.from, SECOND_MS));
	row_set_integer(row, column + 2, calendar_unit(day.until, SECOND_MS));
	row->read->unzoned += !at->zoned;
}

static bool read_report(struct row *row)
{
	enum { REFERENCE, VICTIM, AT, PRESENTED, LOSS, CURRENCY };
	struct instant at;
	bool rounded;

	row_set_number(row, 1, VICTIM);
	if (!row_set_instant(row, 3, AT, 1, 11, &at))
		return false;
	set_day(row, 13, &at);
	row_set_number(row, 4, PRESENTED);
	row_set_integer(row, 9, 0);
	return text_trim(row_text(row, LOSS)).len == 0 ||
	       row_set_amount(row, 6, LOSS, CURRENCY, &rounded);
}

static bool read_rate(struct row *row)
{
	enum { DATE, BASE, QUOTE, RATE };
	const struct instant date = row_read_instant(row, DATE);
	const bool day = date.day_only || row->source->midnights;
	const int64_t ms = day ? date.local_ms : date.ms;
	struct amount_text rate;
	const char *reason;

	if (date.reason || date.null)
		return row_refuse(row, DATE, date.reason ? date.reason
						     : "says that there is no time");
	reason = row_read_amount(row, RATE, &rate);
	if (!reason && (rate.value.negative || rate.value.mantissa == 0))
		reason = "is no rate above 0";
	if (reason)
		return row_refuse(row, RATE, reason);
	row_set_integer(row, 1, calendar_unit(ms, DAY_MS));
	row_set_decimal(row, 4, &rate.value);
	/* By a clock of UTC there is nothing to say. */
	row->read->day_only = day && date.ms != date.local_ms;
	if (day)
		row->read->unzoned = 0;
	return row_set_currency(row, 2, BASE) && row_set_currency(row, 3, QUOTE) &&
	       row_check_unit(row, RATE, QUOTE, rate.unit);
}

static bool read_organisation(struct row *row)
{
	enum { NUMBER };

	row_set_number(row, 1, NUMBER);
	return true;
}

static bool (*const readers[KIND_COUNT])(struct row *) = {
	[KIND_ACCOUNT] = read_account,
	[KIND_PAYMENT] = read_payment,
	[KIND_LOGIN] = read_login,
	[KIND_REPORT] = read_report,
	[KIND_RATE] = read_rate,
	[KIND_ORGANISATION] = read_organisation,
};

/* Keeps the columns of a row, or, when it is set aside, none. */
static void end_row(const struct row *row, size_t texts)
{
	struct row_buffer *rows = &row->block->rows;

	row->read->first = rows->count;
	if (row->read->reason)
		rows->texts.len = texts;
	else
		for (unsigned i = 0; i < row_rules[row->block->kind].columns; i++)
			row_buffer_put(rows, row->cells[i]);
}

void row_block_read(struct row_block *block, const struct readings *readings)
{
	for (size_t i = 0; i < block->count; i++) {
		struct row row = { readings, block, i, block->found[i].source,
				   &block->read[i], { { 0 } } };
		const size_t texts = block->rows.texts.len;

		memset(row.read, 0, sizeof(*row.read));
		row_set_integer(&row, 0, block->found[i].id);
		row_find_absent(&row);
		(void)readers[block->kind](&row);
		end_row(&row, texts);
	}
	block->failed = block->rows.failed;
}
