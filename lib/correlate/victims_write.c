/* SPDX-License-Identifier: Apache-2.0 */
/* Table victim, by number. */
#include <stdlib.h>

#include "base/memory.h"
#include "correlate/correlation.h"
#include "correlate/victims.h"

/* What a victim reported. */
struct harm {
	uint64_t number;
	int64_t loss;
};

/* Rows that go into the table by one statement, which is much less work. */
#define ROWS_AT_ONCE 16
#define COLUMNS 11

struct row {
	struct victim victim;
	int64_t loss;
	uint32_t reports;
};

struct writing {
	struct correlation *c;
	sqlite3_stmt *one, *many;      /* insert a row, and ROWS_AT_ONCE */
	struct row rows[ROWS_AT_ONCE];
	unsigned held;
	struct map64 readings;         /* reading.id: number in countries */
	struct dictionary countries;
	struct harm *harms;            /* of matched reports, by number */
	size_t harm_count, harm_next;
	struct progress progress;
};

static int compare(const void *a, const void *b)
{
	const struct harm *x = a;
	const struct harm *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static bool load_harms(struct writing *w)
{
	const struct reports *reports = &w->c->reports;

	w->harms = memory_array(NULL, reports->count, sizeof(*w->harms));
	for (size_t i = 0; w->harms && i < reports->count; i++) {
		if (!reports->items[i].matched)
			continue;
		w->harms[w->harm_count].number = reports->items[i].victim;
		w->harms[w->harm_count++].loss = reports->items[i].loss;
	}
	if (w->harm_count)
		qsort(w->harms, w->harm_count, sizeof(*w->harms), compare);
	return w->harms != NULL;
}

static enum status load_countries(struct writing *w)
{
	struct casefile *casefile = w->c->casefile;
	sqlite3_stmt *select =
		casefile_prepare(casefile, "SELECT id, country FROM reading");
	enum status status;

	if (!select)
		return casefile->error.status;
	while ((status = casefile_step(casefile, select)) == STATUS_OK) {
		const uint64_t id = (uint64_t)sqlite3_column_int64(select, 0);
		const uint32_t country =
			dictionary_add(&w->countries, column_text(select, 1));
		uint64_t *place = map64_add(&w->readings, id, NULL);

		if (country == DICTIONARY_NONE || !place) {
			status = error_memory(&casefile->error);
			break;
		}
		*place = country;
	}
	sqlite3_finalize(select);
	return status == STATUS_END ? STATUS_OK : status;
}

static struct text country_of(const struct writing *w, uint32_t reading)
{
	const uint64_t *country = map64_find(&w->readings, reading);

	return country ? dictionary_text(&w->countries, (uint32_t)*country)
		       : text_of("");
}

/* The reports of a victim; victims come in order. */
static enum status add_harms(struct writing *w, uint64_t number,
			     uint32_t *reports, int64_t *loss)
{
	enum status status = STATUS_OK;

	*reports = 0;
	*loss = 0;
	while (w->harm_next < w->harm_count &&
	       w->harms[w->harm_next].number < number)
		w->harm_next++;
	for (; w->harm_next < w->harm_count && status == STATUS_OK &&
	       w->harms[w->harm_next].number == number;
	     w->harm_next++) {
		++*reports;
		status = money_add(w->c->casefile, loss,
				   w->harms[w->harm_next].loss);
	}
	return status;
}

static void bind_row(const struct writing *w, sqlite3_stmt *insert, int place,
		     const struct row *row)
{
	const struct victim *victim = &row->victim;

	bind_integer(insert, place + 1, (int64_t)victim->number);
	bind_lasting(insert, place + 2, country_of(w, victim->reading));
	bind_integer(insert, place + 3, victim->calls);
	bind_integer(insert, place + 4, victim->long_calls);
	bind_integer(insert, place + 5, victim->talk / 1000);
	bind_integer(insert, place + 6, victim->suspects);
	bind_integer(insert, place + 7, victim->organisations);
	bind_integer(insert, place + 8, row->reports);
	bind_integer(insert, place + 9, row->loss);
	bind_span(insert, place + 10, &victim->called);
}

/* Writes the rows held. */
static enum status write_rows(struct writing *w)
{
	enum status status = STATUS_OK;

	if (w->held == ROWS_AT_ONCE) {
		for (int i = 0; i < ROWS_AT_ONCE; i++)
			bind_row(w, w->many, i * COLUMNS, &w->rows[i]);
		status = casefile_run(w->c->casefile, w->many);
	} else {
		for (unsigned i = 0; i < w->held && status == STATUS_OK; i++) {
			bind_row(w, w->one, 0, &w->rows[i]);
			status = casefile_run(w->c->casefile, w->one);
		}
	}
	w->held = 0;
	return status;
}

static enum status write_one(struct writing *w, const struct victim *victim)
{
	struct row *row = &w->rows[w->held++];
	enum status status;

	row->victim = *victim;
	status = add_harms(w, victim->number, &row->reports, &row->loss);
	if (status == STATUS_OK && w->held == ROWS_AT_ONCE)
		status = write_rows(w);
	return status;
}

static void tell(struct writing *w)
{
	if (++w->progress.done % 65536)
		return;
	w->progress.rows = w->progress.done;
	observer_progress(w->c->observer, &w->progress);
}

static enum status write_all(struct writing *w)
{
	struct sorter *victims = &w->c->victims;
	const struct victim *victim;
	enum status status = STATUS_OK;

	if (!sorter_begin(victims))
		return spill_failed(&w->c->spill, &w->c->casefile->error);
	while (status == STATUS_OK && (victim = sorter_next(victims))) {
		status = write_one(w, victim);
		if (status == STATUS_OK)
			status = correlation_pause(w->c);
		tell(w);
	}
	if (status == STATUS_OK && sorter_broken(victims))
		status = spill_failed(&w->c->spill, &w->c->casefile->error);
	return status == STATUS_OK ? write_rows(w) : status;
}

static sqlite3_stmt *prepare(struct casefile *casefile, size_t rows)
{
	return casefile_prepare_rows(
		casefile,
		"INSERT INTO victim(number, country, calls, long_calls, seconds,"
		" suspects, organisations, reports, loss, first_call, last_call)"
		" VALUES",
		"(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows);
}

enum status victims_write(struct correlation *c)
{
	struct writing w = {
		.c = c,
		.progress = { .step = "write victims",
			      .total = c->counts->victims },
	};
	enum status status = load_countries(&w);

	if (status == STATUS_OK && !load_harms(&w))
		status = error_memory(&c->casefile->error);
	if (status == STATUS_OK) {
		w.one = prepare(c->casefile, 1);
		w.many = w.one ? prepare(c->casefile, ROWS_AT_ONCE) : NULL;
		status = w.many ? write_all(&w) : c->casefile->error.status;
	}
	sqlite3_finalize(w.one);
	sqlite3_finalize(w.many);
	map64_release(&w.readings);
	dictionary_release(&w.countries);
	free(w.harms);
	return status;
}
