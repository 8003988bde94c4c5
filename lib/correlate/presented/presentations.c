/* SPDX-License-Identifier: Apache-2.0 */
/* Presentations, put into order and written. */
#include "correlate/presented/presentations.h"

#include <stdlib.h>

#include "base/memory.h"
#include "casefile/table/amount.h"
#include "casefile/table/bulk_insert.h"
#include "correlate/calls/usage.h"
#include "correlate/interrupt.h"
#include "correlate/money/rates.h"

static int compare(const void *a, const void *b)
{
	const struct presentation *x = a;
	const struct presentation *y = b;

	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->person < y->person ? -1 : x->person > y->person;
}

static void combine(void *sum, const void *part)
{
	struct presentation *to = sum;
	const struct presentation *from = part;

	to->accounts += from->accounts;
	to->victims += from->victims;
	to->reading = reading_lower(to->reading, from->reading);
	to->calls += from->calls;
	to->answered += from->answered;
	to->long_calls += from->long_calls;
	period_add(&to->called, from->called.first, from->called.last);
	to->spend += from->spend;
	to->loss += from->loss;
}

const struct record_kind presentation_kind = { sizeof(struct presentation),
					       compare, combine, true };

struct presentation presentation_of(const struct presented_position *position, uint64_t presented_key,
				    uint32_t person)
{
	const struct presentation presentation = {
		.order = position->order,
		.rank = position->rank,
		.person = person,
		.presented_key = presented_key,
		.called = PERIOD_NONE,
	};

	return presentation;
}

/* Those of one thing, held until all are there. */
struct writing {
	const struct presentations_given *given;
	struct interrupt interrupt;
	uint64_t *written;
	struct presentation *held;
	size_t count, capacity;
	uint32_t reading;          /* of all of them */
};

static struct text listed(const struct writing *w, uint32_t name)
{
	return directory_name(w->given->directory, name);
}

static const char *const columns[] = {
	"id", "number", "shown", "suspect", "organisation", "sector", "accounts",
	"calls", "answered", "long_calls", "victims", "spend", "loss", "first_call",
	"last_call", "reading", "days",
};

static enum status write_one(struct writing *w, const struct presentation *item,
			     struct row_buffer *rows)
{
	const struct presentations_given *given = w->given;
	const uint64_t number = presented_key_number(item->presented_key);
	const struct listing *listing =
		number ? directory_find(given->directory, number) : NULL;

	given->person_counts[item->person].presentations++;
	row_buffer_integer(rows, (int64_t)++*w->written);
	row_buffer_maybe(rows, (int64_t)number, !number);
	row_buffer_maybe(rows, (int64_t)presented_key_text(item->presented_key), number != 0);
	row_buffer_integer(rows, item->person);
	row_buffer_text(rows, listed(w, listing ? listing->organisation : 0));
	row_buffer_text(rows, listed(w, listing ? listing->sector : 0));
	row_buffer_integer(rows, item->accounts);
	row_buffer_integer(rows, (int64_t)item->calls);
	row_buffer_integer(rows, (int64_t)item->answered);
	row_buffer_integer(rows, (int64_t)item->long_calls);
	row_buffer_integer(rows, item->victims);
	row_buffer_amount(rows, item->spend);
	row_buffer_amount(rows, item->loss);
	period_write(&item->called, rows);
	row_buffer_maybe(rows, w->reading, w->reading == 0);
	row_buffer_integer(rows, period_days(&item->called));
	return STATUS_OK;
}

static enum status write_held(struct writing *w, struct row_buffer *rows)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < w->count && status == STATUS_OK; i++)
		if (w->held[i].person)
			status = write_one(w, &w->held[i], rows);
	w->count = 0;
	w->reading = 0;
	return status;
}

static enum status take(struct writing *w, const struct presentation *item,
			struct row_buffer *rows)
{
	void *held = w->held;
	enum status status = STATUS_OK;

	if (w->count && (w->held[0].order != item->order ||
			 w->held[0].rank != item->rank))
		status = write_held(w, rows);
	if (status != STATUS_OK)
		return status;
	if (!memory_room(&held, &w->capacity, w->count + 1, sizeof(*w->held)))
		return error_memory(&w->given->casefile->error);
	w->held = held;
	w->held[w->count++] = *item;
	w->reading = reading_lower(w->reading, item->reading);
	return STATUS_OK;
}

/* The last time writes what is held then. */
static enum status more(void *context, struct row_buffer *rows)
{
	struct writing *w = context;
	const struct presentations_given *given = w->given;
	const struct presentation *item = sorter_next(given->presentations);
	enum status status;

	if (item) {
		status = take(w, item, rows);
		return status == STATUS_OK ? interrupt_ask(&w->interrupt) : status;
	}
	if (sorter_broken(given->presentations))
		return spill_failed(given->spill, &given->casefile->error);
	if (!w->count)
		return STATUS_END;
	return write_held(w, rows);
}

enum status presentations_write(const struct presentations_given *given,
				uint64_t *count)
{
	struct writing w = {
		.given = given,
		.interrupt = { given->casefile, given->observer, 0 },
		.written = count,
	};
	const struct bulk_insert fill = {
		.table = BULK_TABLE("presentation", columns), .more = more,
		.context = &w,
	};
	enum status status;

	*count = 0;
	status = sorter_begin(given->presentations)
			 ? bulk_insert_run(given->casefile, &fill, given->threads)
			 : spill_failed(given->spill, &given->casefile->error);
	free(w.held);
	return status;
}
