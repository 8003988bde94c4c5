/* SPDX-License-Identifier: Apache-2.0 */
/* The byte order of what calls presented, as integers. */
#include "correlate/presented/presented_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

/* ITU-T E.164: 15 digits at most. */
#define DIGITS_MOST 15
#define DIGITS_ALL UINT64_C(999999999999999)

/*
 * Texts `+` and digits are in byte order as the digits are with zeros added up
 * to 15, and the shorter first: an integer of both, doubled so that there is
 * one between any two for what is no number.
 */
static uint64_t place(uint64_t padded, unsigned digits)
{
	return (padded << 4 | digits) << 1;
}

static uint64_t number_order(uint64_t number)
{
	unsigned digits = DIGITS_MOST;

	while (digits && number <= DIGITS_ALL / 10) {
		number *= 10;
		digits--;
	}
	return place(number, digits);
}

/* The last number that begins with these digits, where there may be more. */
static uint64_t fill(uint64_t number, unsigned digits)
{
	for (; digits < DIGITS_MOST; digits++)
		number = 10 * number + 9;
	return place(number, DIGITS_MOST);
}

uint64_t showing_order(struct text text)
{
	uint64_t number = 0;
	unsigned digits = 0;
	char next;

	if (text.len == 0 || text.data[0] != '+')
		return text.len && (unsigned char)text.data[0] > '+'
			       ? place(DIGITS_ALL, DIGITS_MOST) | 1
			       : 1;
	while (digits < DIGITS_MOST && digits + 1 < text.len) {
		next = text.data[1 + digits];
		if (next < '0' || next > '9')
			break;
		number = 10 * number + (uint64_t)(next - '0');
		digits++;
	}
	next = digits + 1 < text.len ? text.data[1 + digits] : '\0';
	if (digits < DIGITS_MOST && (unsigned char)next > '9')
		return fill(number, digits) | 1;
	for (unsigned i = digits; i < DIGITS_MOST; i++)
		number *= 10;
	return place(number, digits) | 1;
}

static enum status take(struct showings *showings, struct casefile *casefile,
			sqlite3_stmt *statement)
{
	const uint64_t id = (uint64_t)sqlite3_column_int64(statement, 0);
	void *orders = showings->orders;
	uint64_t *at;

	if (showings->count >= UINT32_MAX - 1)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "the shown texts of the case are damaged");
	if (!memory_room(&orders, &showings->capacity, showings->count + 1,
			 sizeof(*showings->orders)))
		return error_memory(&casefile->error);
	showings->orders = orders;
	at = map64_add(&showings->places, id, NULL);
	if (!at)
		return error_memory(&casefile->error);
	*at = showings->count;
	showings->orders[showings->count++] =
		showing_order(column_text(statement, 1));
	return STATUS_OK;
}

enum status showings_load(struct showings *showings, struct casefile *casefile)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id, text FROM shown ORDER BY text, id");
	enum status status;

	memset(showings, 0, sizeof(*showings));
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = take(showings, casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

void showings_release(struct showings *showings)
{
	map64_release(&showings->places);
	free(showings->orders);
	memset(showings, 0, sizeof(*showings));
}

bool showing_of(const struct showings *showings, uint64_t shows,
		struct showing *showing)
{
	const uint64_t *at;

	*showing = (struct showing){ 0, 0 };
	if (shows_number(shows))
		showing->order = number_order(shows_number(shows));
	if (!shows_text(shows))
		return true;
	at = map64_find(&showings->places, shows_text(shows));
	if (!at)
		return false;
	showing->order = showings->orders[*at];
	showing->rank = (uint32_t)*at + 1;
	return true;
}
