/* SPDX-License-Identifier: Apache-2.0 */
/* Presentations, put into order and written. */
#include "correlate/presentations.h"

#include <stdlib.h>

#include "base/memory.h"
#include "correlate/correlation.h"

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
	span_add(&to->called, from->called.first, from->called.last);
	to->spend += from->spend;
	to->loss += from->loss;
}

const struct record_kind presentation_kind = { sizeof(struct presentation),
					       compare, combine };

struct presentation presentation_of(const struct showing *showing, uint64_t shows,
				    uint32_t person)
{
	const struct presentation presentation = {
		.order = showing->order,
		.rank = showing->rank,
		.person = person,
		.shows = shows,
		.called = SPAN_NONE,
	};

	return presentation;
}

/* Those of one thing, held until all are there. */
struct writing {
	struct correlation *c;
	sqlite3_stmt *insert;
	struct presentation *held;
	size_t count, capacity;
	uint32_t reading;          /* of all of them */
};

static enum status write_one(struct writing *w, const struct presentation *item)
{
	struct correlation *c = w->c;
	const uint64_t number = shows_number(item->shows);
	const struct listing *listing =
		number ? directory_find(&c->directory, number) : NULL;
	int64_t spend, loss;
	enum status status = money_narrow(c->casefile, item->spend, &spend);

	if (status == STATUS_OK)
		status = money_narrow(c->casefile, item->loss, &loss);
	if (status != STATUS_OK)
		return status;
	c->persons[item->person].presentations++;
	c->counts->presentations++;
	bind_maybe(w->insert, 1, (int64_t)number, !number);
	bind_maybe(w->insert, 2, (int64_t)shows_text(item->shows), number != 0);
	bind_integer(w->insert, 3, item->person);
	bind_text(w->insert, 4,
		  directory_name(&c->directory, listing ? listing->organisation : 0));
	bind_text(w->insert, 5,
		  directory_name(&c->directory, listing ? listing->sector : 0));
	bind_integer(w->insert, 6, item->accounts);
	bind_integer(w->insert, 7, (int64_t)item->calls);
	bind_integer(w->insert, 8, (int64_t)item->answered);
	bind_integer(w->insert, 9, (int64_t)item->long_calls);
	bind_integer(w->insert, 10, item->victims);
	bind_integer(w->insert, 11, spend);
	bind_integer(w->insert, 12, loss);
	bind_span(w->insert, 13, &item->called);
	bind_maybe(w->insert, 15, w->reading, w->reading == 0);
	return casefile_run(c->casefile, w->insert);
}

static enum status write_held(struct writing *w)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < w->count && status == STATUS_OK; i++)
		if (w->held[i].person)
			status = write_one(w, &w->held[i]);
	w->count = 0;
	w->reading = 0;
	return status;
}

static enum status take(struct writing *w, const struct presentation *item)
{
	void *held = w->held;
	enum status status = STATUS_OK;

	if (w->count && (w->held[0].order != item->order ||
			 w->held[0].rank != item->rank))
		status = write_held(w);
	if (status != STATUS_OK)
		return status;
	if (!memory_room(&held, &w->capacity, w->count + 1, sizeof(*w->held)))
		return error_memory(&w->c->casefile->error);
	w->held = held;
	w->held[w->count++] = *item;
	w->reading = reading_lower(w->reading, item->reading);
	return STATUS_OK;
}

static enum status write_all(struct writing *w)
{
	struct sorter *sorter = &w->c->presented;
	const struct presentation *item;
	enum status status = STATUS_OK;

	if (!sorter_begin(sorter))
		return spill_failed(&w->c->spill, &w->c->casefile->error);
	while (status == STATUS_OK && (item = sorter_next(sorter))) {
		status = take(w, item);
		if (status == STATUS_OK)
			status = correlation_pause(w->c);
	}
	if (status == STATUS_OK && sorter_broken(sorter))
		status = spill_failed(&w->c->spill, &w->c->casefile->error);
	return status == STATUS_OK ? write_held(w) : status;
}

enum status presentations_write(struct correlation *c)
{
	struct writing w = { .c = c };
	enum status status;

	w.insert = casefile_prepare(
		c->casefile,
		"INSERT INTO presentation(number, shown, suspect, organisation,"
		" sector, accounts, calls, answered, long_calls, victims, spend,"
		" loss, first_call, last_call, reading)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	status = w.insert ? write_all(&w) : c->casefile->error.status;
	sqlite3_finalize(w.insert);
	free(w.held);
	return status;
}
