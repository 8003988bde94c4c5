/* SPDX-License-Identifier: Apache-2.0 */
/* Fields of a row made into columns of the table it is stored in. */
#include "normalise/rows/row_cells.h"

#include <string.h>

#include "base/money/address.h"
#include "base/money/currency.h"
#include "base/money/decimal.h"
#include "base/time/calendar.h"
#include "casefile/table/amount.h"

void row_find_absent(struct row *row)
{
	const struct kind_info *info = kind_info(row->block->kind);

	for (size_t role = 0; role < info->role_count; role++)
		row->read->absent[role] = (uint16_t)absents_in(
			row->source->absents, info->roles[role].name,
			row_block_field(row->block, row->number, (int)role));
}

struct text row_text(const struct row *row, int role)
{
	return row->read->absent[role] ? text_of("")
				       : row_block_field(row->block, row->number, role);
}

bool row_refuse(struct row *row, int role, const char *reason)
{
	row->read->role = role;
	row->read->reason = reason;
	return false;
}

void row_set_integer(struct row *row, unsigned column, int64_t value)
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

void row_set_name(struct row *row, unsigned column, const char *name)
{
	const size_t len = strlen(name);

	memcpy(room(row), name, len);
	set_made(row, column, len);
}

bool row_read_key(struct row *row, int role)
{
	const struct text account = text_trim(row_text(row, role));

	if (account.len == 0)
		return row_refuse(row, role, "names no account");
	row->read->account = account;
	return true;
}

struct instant row_read_instant(struct row *row, int role)
{
	const struct instant instant = instant_read(row->source, role, row_text(row, role));

	row->read->unzoned += instant.unzoned;
	return instant;
}

bool row_set_instant(struct row *row, unsigned column, int role, int64_t unit, unsigned marks, struct instant *out)
{
	const struct instant instant = row_read_instant(row, role);

	if (instant.reason)
		return row_refuse(row, role, instant.reason);
	if (instant.null)
		return row_refuse(row, role, "says that there is no time");
	row_set_integer(row, column, calendar_unit(instant.ms, unit));
	row->read->clock = instant.clock;
	row->read->day_only = instant.day_only;
	row_set_integer(row, marks, instant.clock);
	row_set_integer(row, marks + 1, instant.day_only);
	if (out)
		*out = instant;
	return true;
}

void row_set_reading(struct row *row, unsigned column, uint64_t packed, int64_t e164)
{
	struct row_read *read = row->read;

	if (e164)
		row_set_integer(row, column, e164);
	if (packed)
		read->numbers[read->number_count++] =
			(struct row_number){ column + 1, packed };
}

void row_set_number(struct row *row, unsigned column, int role)
{
	int64_t e164;
	const uint64_t packed = readings_look(row->readings, row_text(row, role),
					      row->source->manner, &e164);

	row_set_reading(row, column, packed, e164);
}

/* The role's text, else the source's. False: not known. */
static bool currency_of(const struct row *row, int role, struct currency *currency)
{
	struct text text = text_trim(row_text(row, role));

	return currency_find(text.len ? text : text_of(row->source->currency), currency);
}

/* Why currency_of() knows none. */
static const char *no_currency(const struct row *row, int role)
{
	if (text_trim(row_text(row, role)).len > 0)
		return "is no currency known here";
	return row->read->absent[role] ? "is no value, and the source has no currency (-c)"
				       : "is empty, and the source has no currency (-c)";
}

bool row_set_currency(struct row *row, unsigned column, int role)
{
	struct currency currency;

	if (!currency_of(row, role, &currency))
		return row_refuse(row, role, no_currency(row, role));
	row_set_name(row, column, currency.code);
	return true;
}

const char *row_read_amount(struct row *row, int role, struct amount_text *out)
{
	const struct text text = row_text(row, role);
	const char *reason = amount_text_parse(text.data ? text : text_of(""), row->source->mark, out);

	if (!reason && out->reads == DECIMAL_READS_BOTH && row->source->mark == DECIMAL_MARK_UNKNOWN)
		return "may be thousands or decimals";
	return reason;
}

/* That of what stands with an amount. */
static const char *unit_currency(const struct row *row, int role, struct text unit, struct currency *out)
{
	const struct text own = text_trim(row_text(row, role));

	return amount_unit_currency(unit, own.len ? own : text_of(row->source->currency), own.len > 0, out);
}

/* As the case has it: see casefile/table/amount.h. */
static void set_amount(struct row *row, unsigned column, i128 minor)
{
	if (amount_is_narrow(minor))
		row_set_integer(row, column, (int64_t)minor);
	else
		set_made(row, column, decimal_format(minor, 0, room(row), DECIMAL_TEXT));
}

bool row_set_amount(struct row *row, unsigned column, int role,
		    int currency_role, bool *rounded)
{
	struct currency currency;
	struct amount_text amount;
	const char *reason = row_read_amount(row, role, &amount);
	i128 minor = 0;

	*rounded = false;
	if (reason)
		return row_refuse(row, role, reason);
	if (amount.unit.len > 0) {
		reason = unit_currency(row, currency_role, amount.unit, &currency);
		if (reason)
			return row_refuse(row, role, reason);
	} else if (!currency_of(row, currency_role, &currency)) {
		return row_refuse(row, currency_role, no_currency(row, currency_role));
	}
	row->read->assumed += amount.unit.len == 0 && text_trim(row_text(row, currency_role)).len == 0;
	reason = currency_minor(&currency, &amount.value, &minor, rounded);
	if (reason)
		return row_refuse(row, role, reason);
	set_amount(row, column, minor);
	row_set_name(row, column + 1, currency.code);
	row_set_integer(row, column + 2, currency.exponent);
	return true;
}

void row_set_decimal(struct row *row, unsigned column, const struct decimal *value)
{
	u128 mantissa = value->mantissa;
	unsigned scale = value->scale;
	bool rounded;

	/* A mantissa of 39 digits may be beyond what is written. */
	for (; mantissa > (u128)WIDE_MOST && scale > 0; scale--)
		(void)decimal_shift(mantissa, -1, &mantissa, &rounded);
	if (mantissa > (u128)WIDE_MOST)
		mantissa = (u128)WIDE_MOST;
	set_made(row, column, decimal_format((i128)mantissa, scale, room(row), DECIMAL_TEXT));
}

bool row_check_unit(struct row *row, int role, int currency_role, struct text unit)
{
	struct currency currency, of_role;
	const char *reason = unit.len ? unit_currency(row, currency_role, unit, &currency) : NULL;

	if (unit.len && !reason && (!currency_of(row, currency_role, &of_role) || currency.shift != of_role.shift))
		reason = "names another currency than the row does";
	return reason ? row_refuse(row, role, reason) : true;
}

void row_set_folded(struct row *row, unsigned column, int role)
{
	const struct text text = text_trim(row_text(row, role));
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
	case ADDRESS_ETHEREUM:
		return "ethereum";
	case ADDRESS_BAD_CHECKSUM:
		return "bad-checksum";
	case ADDRESS_UNCHECKED:
		return "unchecked";
	case ADDRESS_OTHER:
		break;
	}
	return "other";
}

void row_set_address(struct row *row, unsigned column, int role)
{
	const struct text text = row_text(row, role);
	enum address_kind kind;
	const size_t len = address_identity(text.data ? text.data : "", text.len,
					    room(row), text.len + 1, &kind);

	if (len == 0)
		return;
	set_made(row, column, len);
	row_set_name(row, column + 1, address_kind_name(kind));
}

void row_set_txid(struct row *row, unsigned column, int role)
{
	const struct text text = row_text(row, role);
	int64_t output;
	const size_t len = txid_identity(text.data ? text.data : "", text.len,
					 room(row), text.len + 1, &output);

	if (len == 0)
		return;
	set_made(row, column, len);
	if (output != TXID_NO_OUTPUT)
		row_set_integer(row, column + 1, output);
}
