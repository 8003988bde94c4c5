/* SPDX-License-Identifier: Apache-2.0 */
/* The small kinds understood, a row at a time, on any thread. */
#include <string.h>

#include "base/money/address.h"
#include "base/money/decimal.h"
#include "base/money/money.h"
#include "base/time/calendar.h"
#include "normalise/rows/row_block.h"

/* A row at work. */
struct row {
	const struct normaliser *n;
	struct row_block *block;
	size_t number;                /* in the block */
	const struct source_sense *source;
	struct row_read *read;
	struct row_value cells[ROW_CELLS];   /* in order of the columns */
};

static struct text field(const struct row *row, int role)
{
	return row_block_field(row->block, row->number, role);
}

/* Sets the row aside because of a role. */
static bool refuse(struct row *row, int role, const char *reason)
{
	row->read->role = role;
	row->read->reason = reason;
	return false;
}

/* ---- cells ---- */

static void set_integer(struct row *row, unsigned column, int64_t value)
{
	row->cells[column] = (struct row_value){ value, 0, ROW_VALUE_INTEGER };
}

/* Where a text is made, for which there is room. */
static char *room(const struct row *row)
{
	const struct buf *texts = &row->block->rows.texts;

	return texts->data + texts->len;
}

/* The text of a column is what was made there. */
static void set_made(struct row *row, unsigned column, size_t len)
{
	struct buf *texts = &row->block->rows.texts;

	row->cells[column] = (struct row_value){ (int64_t)texts->len, (uint32_t)len,
						ROW_VALUE_TEXT };
	texts->len += len;
	texts->data[texts->len] = '\0';
}

static void set_name(struct row *row, unsigned column, const char *name)
{
	const size_t len = strlen(name);

	memcpy(room(row), name, len);
	set_made(row, column, len);
}

/* ---- roles ---- */

static bool read_key(struct row *row, int role)
{
	const struct text account = text_trim(field(row, role));

	if (account.len == 0)
		return refuse(row, role, "names no account");
	row->read->account = account;
	return true;
}

static struct instant read_instant(struct row *row, int role)
{
	const struct instant instant = instant_read(row->source, field(row, role));

	row->read->unzoned += instant.unzoned;
	return instant;
}

/* A time that must be there. */
static bool set_instant(struct row *row, unsigned column, int role)
{
	const struct instant instant = read_instant(row, role);

	if (instant.reason)
		return refuse(row, role, instant.reason);
	if (instant.null)
		return refuse(row, role, "says that there is no time");
	set_integer(row, column,
		    (instant.ms - ((instant.ms % 1000) + 1000) % 1000) / 1000);
	return true;
}

/* A number and its reading, NULL where there is none; column and column + 1. */
static void set_number_of(struct row *row, unsigned column, int role,
			  struct number_manner manner)
{
	struct row_read *read = row->read;
	int64_t e164;
	const uint64_t packed = readings_look(&row->n->readings, field(row, role),
					      manner, &e164);

	if (e164)
		set_integer(row, column, e164);
	if (packed)
		read->numbers[read->number_count++] =
			(struct row_number){ column + 1, packed };
}

static void set_number(struct row *row, unsigned column, int role)
{
	set_number_of(row, column, role, row->source->manner);
}

/* What currency an amount is in. */
struct currency {
	char code[16];
	int exponent;
};

/* The role's text, else the source's; upper case; XBT is an older name for
 * Bitcoin. False: not known. */
static bool currency_of(const struct row *row, int role, struct currency *currency)
{
	struct text text = text_trim(field(row, role));

	if (text.len == 0)
		text = text_of(row->source->currency);
	if (text.len == 0 || text.len >= sizeof(currency->code))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		currency->code[i] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
	currency->code[text.len] = '\0';
	if (!strcmp(currency->code, "XBT"))
		memcpy(currency->code, "BTC", 4);
	currency->exponent =
		currency_exponent(currency->code, strlen(currency->code));
	return currency->exponent >= 0;
}

static void set_currency(struct row *row, unsigned column,
			 const struct currency *currency)
{
	set_name(row, column, currency->code);
}

/* Amount, currency and exponent; rounded: whether digits were lost. */
static bool set_amount(struct row *row, unsigned column, int role,
		       int currency_role, bool *rounded)
{
	const struct text text = field(row, role);
	struct currency currency;
	struct decimal decimal;
	const char *reason = decimal_parse(text.data, text.len, &decimal);
	int64_t minor = 0;

	*rounded = false;
	if (reason)
		return refuse(row, role, reason);
	if (!currency_of(row, currency_role, &currency))
		return refuse(row, currency_role, "is no currency known here");
	reason = decimal_to_minor(&decimal, (unsigned)currency.exponent, &minor,
				  rounded);
	if (reason)
		return refuse(row, role, reason);
	set_integer(row, column, minor);
	set_currency(row, column + 1, &currency);
	set_integer(row, column + 2, currency.exponent);
	return true;
}

/* Trimmed and ASCII lower case, NULL when empty. */
static void set_folded(struct row *row, unsigned column, int role)
{
	const struct text text = text_trim(field(row, role));
	char *folded = room(row);

	if (text.len == 0)
		return;
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i];

		folded[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	set_made(row, column, text.len);
}

static const char *address_kind_name(enum address_kind kind)
{
	switch (kind) {
	case ADDRESS_P2PKH:
		return "p2pkh";
	case ADDRESS_P2SH:
		return "p2sh";
	case ADDRESS_BECH32:
		return "bech32";
	case ADDRESS_BECH32M:
		return "bech32m";
	case ADDRESS_BAD_CHECKSUM:
		return "bad-checksum";
	case ADDRESS_UNCHECKED:
		return "unchecked";
	case ADDRESS_OTHER:
		break;
	}
	return "other";
}

/* An address and its kind, NULL when empty; column and column + 1. */
static void set_address(struct row *row, unsigned column, int role)
{
	const struct text text = field(row, role);
	enum address_kind kind;
	const size_t len = address_identity(text.data ? text.data : "", text.len,
					    room(row), text.len + 1, &kind);

	if (len == 0)
		return;
	set_made(row, column, len);
	set_name(row, column + 1, address_kind_name(kind));
}

static void set_txid(struct row *row, unsigned column, int role)
{
	const struct text text = field(row, role);
	const size_t len = txid_identity(text.data ? text.data : "", text.len,
					 room(row), text.len + 1);

	if (len)
		set_made(row, column, len);
}

/* ---- kinds ---- */

/* The region a row says its account is of. */
static void read_country(struct row *row, int account, int role)
{
	const struct text country = text_trim(field(row, role));

	if (country.len == 0 || text_trim(field(row, account)).len == 0)
		return;
	row->read->region = country_region(row->n->plan, country);
	row->read->no_country = row->read->region == 0;
}

static bool read_account(struct row *row)
{
	enum { ACCOUNT, LOGIN, EMAIL, PHONE, NAME, REGISTERED, IP, COUNTRY };
	struct number_manner manner = row->source->manner;
	struct instant at;

	read_country(row, ACCOUNT, COUNTRY);
	if (row->read->region) {
		manner.region = row->read->region;
		set_name(row, 6, numplan_region_name(row->n->plan, manner.region));
	}
	if (!read_key(row, ACCOUNT))
		return false;
	set_folded(row, 2, EMAIL);
	set_number_of(row, 3, PHONE, manner);
	at = read_instant(row, REGISTERED);
	if (!at.reason && !at.null)
		set_integer(row, 5, at.ms / 1000);
	return true;
}

/* A dump without a status column holds money that came in. */
static bool payment_confirmed(const struct row *row, int role)
{
	const struct text status = field(row, role);

	if (!status.data)
		return true;
	return words_payment(&row->source->words, status) == WORD_YES;
}

static bool read_payment(struct row *row)
{
	enum { ID, ACCOUNT, PAID, AMOUNT, CURRENCY, FROM, TO, TXID, STATUS };
	bool rounded;

	if (!read_key(row, ACCOUNT) || !set_instant(row, 2, PAID) ||
	    !set_amount(row, 3, AMOUNT, CURRENCY, &rounded))
		return false;
	set_integer(row, 6, rounded);
	set_integer(row, 7, payment_confirmed(row, STATUS));
	set_address(row, 8, FROM);
	set_address(row, 10, TO);
	set_txid(row, 12, TXID);
	return true;
}

static bool read_login(struct row *row)
{
	enum { ACCOUNT, AT };

	return read_key(row, ACCOUNT) && set_instant(row, 2, AT);
}

static bool read_report(struct row *row)
{
	enum { REFERENCE, VICTIM, AT, PRESENTED, LOSS, CURRENCY };
	bool rounded;

	set_number(row, 1, VICTIM);
	if (!set_instant(row, 3, AT))
		return false;
	set_number(row, 4, PRESENTED);
	return text_trim(field(row, LOSS)).len == 0 ||
	       set_amount(row, 6, LOSS, CURRENCY, &rounded);
}

static bool set_code(struct row *row, unsigned column, int role)
{
	struct currency currency;

	if (!currency_of(row, role, &currency))
		return refuse(row, role, "is no currency known here");
	set_currency(row, column, &currency);
	return true;
}

static bool read_rate(struct row *row)
{
	enum { DATE, BASE, QUOTE, RATE };
	const struct instant date = read_instant(row, DATE);
	const int64_t ms = date.day_only ? date.local_ms : date.ms;
	const struct text text = field(row, RATE);
	struct decimal rate;

	if (date.reason || date.null)
		return refuse(row, DATE, date.reason ? date.reason
						     : "says that there is no time");
	if (decimal_parse(text.data, text.len, &rate) || rate.negative ||
	    rate.mantissa == 0)
		return refuse(row, RATE, "is no rate above 0");
	set_integer(row, 1, calendar_unit(ms, DAY_MS));
	return set_code(row, 2, BASE) && set_code(row, 3, QUOTE);
}

static bool read_organisation(struct row *row)
{
	enum { NUMBER };

	set_number(row, 1, NUMBER);
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

void row_block_read(struct row_block *block, const struct normaliser *n)
{
	for (size_t i = 0; i < block->count; i++) {
		struct row row = { n, block, i, block->found[i].source,
				   &block->read[i], { { 0 } } };
		const size_t texts = block->rows.texts.len;

		memset(row.read, 0, sizeof(*row.read));
		set_integer(&row, 0, block->found[i].id);
		(void)readers[block->kind](&row);
		end_row(&row, texts);
	}
	block->failed = block->rows.failed;
}
