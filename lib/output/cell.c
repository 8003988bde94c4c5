/* SPDX-License-Identifier: Apache-2.0 */
/* What the text of a cell says. */
#include "output/cell.h"

#include "base/money/decimal.h"
#include "base/scan.h"
#include "base/time/moment.h"

#define TIME_LENGTH 20          /* of 2022-03-27T00:59:58Z */
#define E164_MOST 15            /* digits, ITU-T E.164 section 6.1 */

/* Digits become the value below zero, whose range is the larger one. */
static bool add_digit(struct cell *cell, char digit)
{
	const int64_t unit = digit - '0';

	if (cell->value < INT64_MIN / 10 || (cell->value == INT64_MIN / 10 && unit > -(INT64_MIN % 10)))
		return false;
	cell->value = 10 * cell->value - unit;
	return true;
}

static bool add_digits(struct cell *cell, struct scan *scan, size_t *count)
{
	for (*count = 0; scan_is_digit(scan_peek(scan, 0)); scan->at++, ++*count)
		if (!add_digit(cell, *scan->at))
			return false;
	return *count > 0;
}

static bool set_sign(struct cell *cell, bool negative)
{
	if (negative)
		return true;
	if (cell->value == INT64_MIN)
		return false;
	cell->value = -cell->value;
	return true;
}

/* What decimal_format() writes. */
static bool read_decimal(struct cell *cell)
{
	struct scan scan = { cell->text.data, cell->text.data + cell->text.len };
	const bool negative = scan_take(&scan, '-');
	size_t count;

	if (!add_digits(cell, &scan, &count))
		return false;
	if (cell->type != CELL_INTEGER && scan_take(&scan, '.')) {
		if (!add_digits(cell, &scan, &count) || count > DECIMAL_MAX_SCALE)
			return false;
		cell->exponent = (uint8_t)count;
	}
	return scan.at == scan.end && set_sign(cell, negative);
}

static bool read_number(struct cell *cell)
{
	struct scan scan = { cell->text.data, cell->text.data + cell->text.len };
	size_t count;

	return scan_take(&scan, '+') && scan_peek(&scan, 0) != '0' && add_digits(cell, &scan, &count) &&
	       count <= E164_MOST && scan.at == scan.end && set_sign(cell, false);
}

/* What moment_format_utc() writes, and nothing else. */
static bool read_time(struct cell *cell)
{
	char again[TIME_LENGTH + 1];
	struct moment moment;

	if (cell->text.len != TIME_LENGTH ||
	    moment_parse(cell->text.data, cell->text.len, MOMENT_ORDER_UNKNOWN, &moment) != NULL)
		return false;
	cell->value = moment.ms / 1000;
	return moment_format_utc(cell->value, again) == TIME_LENGTH && text_is(cell->text, again);
}

static bool read_value(struct cell *cell)
{
	switch (cell->type) {
	case CELL_INTEGER:
	case CELL_REAL:
	case CELL_AMOUNT:
		return read_decimal(cell);
	case CELL_TIME:
		return read_time(cell);
	case CELL_NUMBER:
		return read_number(cell);
	case CELL_TEXT:
	case CELL_LIST:
	case CELL_ID:
		break;
	}
	return false;
}

struct cell cell_read(enum cell_type type, struct text text)
{
	struct cell cell = cell_of(type, text);

	cell.valued = text.data && read_value(&cell);
	if (!cell.valued) {
		cell.value = 0;
		cell.exponent = 0;
	}
	return cell;
}

/* Splits at each ; that has no backslash before it; behind a last ; comes an
 * empty item, so that the end is one further than the length. */
bool cell_item(struct text list, size_t *at, struct buf *item)
{
	size_t i = *at;

	buf_clear(item);
	if (list.len == 0 || i > list.len)
		return false;
	for (; i < list.len && list.data[i] != ';'; i++) {
		if (list.data[i] == '\\' && i + 1 < list.len)
			i++;
		buf_byte(item, list.data[i]);
	}
	*at = i + 1;
	return true;
}
