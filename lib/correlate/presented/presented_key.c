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

uint64_t presented_text_order(struct text text)
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

static enum status take(struct presented_texts *texts, struct casefile *casefile,
			sqlite3_stmt *statement)
{
	const uint64_t id = (uint64_t)sqlite3_column_int64(statement, 0);
	void *orders = texts->orders;
	uint64_t *at;

	if (texts->count >= UINT32_MAX - 1)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "the shown texts of the case are damaged");
	if (!memory_room(&orders, &texts->capacity, texts->count + 1,
			 sizeof(*texts->orders)))
		return error_memory(&casefile->error);
	texts->orders = orders;
	at = map64_add(&texts->places, id, NULL);
	if (!at)
		return error_memory(&casefile->error);
	*at = texts->count;
	texts->orders[texts->count++] =
		presented_text_order(column_text(statement, 1));
	return columns_read(casefile, statement);
}

enum status presented_texts_load(struct presented_texts *texts, struct casefile *casefile)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id, text FROM shown ORDER BY text, id");
	enum status status;

	memset(texts, 0, sizeof(*texts));
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = take(texts, casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

void presented_texts_release(struct presented_texts *texts)
{
	map64_release(&texts->places);
	free(texts->orders);
	memset(texts, 0, sizeof(*texts));
}

bool presented_texts_position(const struct presented_texts *texts, uint64_t presented_key,
			      struct presented_position *position)
{
	const uint64_t *at;

	*position = (struct presented_position){ 0, 0 };
	if (presented_key_number(presented_key))
		position->order = number_order(presented_key_number(presented_key));
	if (!presented_key_text(presented_key))
		return true;
	at = map64_find(&texts->places, presented_key_text(presented_key));
	if (!at)
		return false;
	position->order = texts->orders[*at];
	position->rank = (uint32_t)*at + 1;
	return true;
}
