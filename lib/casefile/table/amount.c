/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts of 128 bits, bound, read, added up and put into order. */
#include "casefile/table/amount.h"

#include <string.h>

#include "base/money/decimal.h"

#define FLAGS (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)
#define KEY_BYTES 16

void bind_amount(sqlite3_stmt *statement, int place, i128 amount)
{
	char text[DECIMAL_TEXT];

	if (amount_is_narrow(amount))
		bind_integer(statement, place, (int64_t)amount);
	else
		bind_text(statement, place, (struct text){ text, decimal_format(amount, 0, text, sizeof(text)) });
}

void bind_amount_maybe(sqlite3_stmt *statement, int place, i128 amount, bool absent)
{
	if (absent)
		(void)sqlite3_bind_null(statement, place);
	else
		bind_amount(statement, place, amount);
}

bool value_amount(sqlite3_value *value, i128 *amount)
{
	const char *text;

	*amount = 0;
	switch (sqlite3_value_type(value)) {
	case SQLITE_INTEGER:
		*amount = sqlite3_value_int64(value);
		return true;
	case SQLITE_TEXT:
		text = sqlite3_value_blob(value);
		if (text && decimal_read_minor(text, (size_t)sqlite3_value_bytes(value), amount) &&
		    !amount_is_narrow(*amount))
			return true;
		*amount = 0;
		return false;
	default:
		return false;
	}
}

i128 column_amount(sqlite3_stmt *statement, int place)
{
	i128 amount;

	(void)value_amount(sqlite3_column_value(statement, place), &amount);
	return amount;
}

void result_amount(sqlite3_context *context, i128 amount)
{
	char text[DECIMAL_TEXT];

	if (amount_is_narrow(amount)) {
		sqlite3_result_int64(context, (sqlite3_int64)amount);
		return;
	}
	(void)decimal_format(amount, 0, text, sizeof(text));
	sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* ---- rows in memory ---- */

void row_buffer_amount(struct row_buffer *rows, i128 amount)
{
	char text[DECIMAL_TEXT];

	if (amount_is_narrow(amount))
		row_buffer_integer(rows, (int64_t)amount);
	else
		row_buffer_text(rows, (struct text){ text, decimal_format(amount, 0, text, sizeof(text)) });
}

void row_buffer_amount_maybe(struct row_buffer *rows, i128 amount, bool absent)
{
	if (absent)
		row_buffer_maybe(rows, 0, true);
	else
		row_buffer_amount(rows, amount);
}

i128 row_value_amount(const struct row_buffer *rows, const struct row_value *value)
{
	const struct text text = row_value_text(rows, value);
	i128 amount;

	if (!text.data)
		return row_value_integer(value);
	return decimal_read_minor(text.data, text.len, &amount) ? amount : 0;
}

/* ---- functions of SQL ---- */

/* False: NULL, or an error was set. */
static bool take(sqlite3_context *context, sqlite3_value *value, i128 *amount)
{
	if (sqlite3_value_type(value) == SQLITE_NULL)
		return false;
	if (value_amount(value, amount))
		return true;
	sqlite3_result_error(context, "a value of the case is no amount", -1);
	return false;
}

struct adding {
	i128 sum;
	bool beyond;
};

/* SQLite promises eight bytes of alignment, an i128 wants sixteen. */
static void add(sqlite3_context *context, int count, sqlite3_value **values)
{
	unsigned char *room = sqlite3_aggregate_context(context, sizeof(struct adding));
	struct adding adding;
	i128 amount;

	(void)count;
	if (!room) {
		sqlite3_result_error_nomem(context);
		return;
	}
	if (!take(context, values[0], &amount))
		return;
	memcpy(&adding, room, sizeof(adding));
	adding.beyond |= !wide_add(&adding.sum, amount);
	memcpy(room, &adding, sizeof(adding));
}

static void give_sum(sqlite3_context *context)
{
	const unsigned char *room = sqlite3_aggregate_context(context, 0);
	struct adding adding = { 0, false };

	if (room)
		memcpy(&adding, room, sizeof(adding));
	if (adding.beyond)
		sqlite3_result_error(context, "amounts that add up to more than 128 bits hold", -1);
	else
		result_amount(context, adding.sum);
}

/* Big end first, the sign turned round. */
static void give_key(sqlite3_context *context, int count, sqlite3_value **values)
{
	unsigned char key[KEY_BYTES];
	i128 amount;
	u128 place;

	(void)count;
	if (!take(context, values[0], &amount))
		return;
	place = (u128)amount ^ (u128)1 << 127;
	for (unsigned i = KEY_BYTES; i-- > 0; place >>= 8)
		key[i] = (unsigned char)place;
	sqlite3_result_blob(context, key, sizeof(key), SQLITE_TRANSIENT);
}

enum status amount_register(struct casefile *casefile)
{
	sqlite3 *db = casefile->db;

	if (sqlite3_create_function(db, "amount_sum", 1, FLAGS, NULL, NULL, add, give_sum) != SQLITE_OK ||
	    sqlite3_create_function(db, "amount_key", 1, FLAGS, NULL, give_key, NULL, NULL) != SQLITE_OK)
		return casefile_failed(casefile);
	return STATUS_OK;
}
