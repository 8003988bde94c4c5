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

struct writing {
	struct correlation *c;
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

static enum status write_one(struct writing *w, const struct victim *victim,
			     struct newrows *rows)
{
	uint32_t reports;
	int64_t loss;
	enum status status = add_harms(w, victim->number, &reports, &loss);

	newrows_integer(rows, (int64_t)victim->number);
	newrows_text(rows, country_of(w, victim->reading));
	newrows_integer(rows, victim->calls);
	newrows_integer(rows, victim->long_calls);
	newrows_integer(rows, victim->talk / 1000);
	newrows_integer(rows, victim->suspects);
	newrows_integer(rows, victim->organisations);
	newrows_integer(rows, reports);
	newrows_integer(rows, loss);
	span_write(&victim->called, rows);
	return status;
}

static void tell(struct writing *w)
{
	if (++w->progress.done % 65536)
		return;
	w->progress.rows = w->progress.done;
	observer_progress(w->c->observer, &w->progress);
}

static enum status more(void *context, struct newrows *rows)
{
	struct writing *w = context;
	struct correlation *c = w->c;
	const struct victim *victim = sorter_next(&c->victims);
	enum status status;

	if (!victim)
		return sorter_broken(&c->victims)
			       ? spill_failed(&c->spill, &c->casefile->error)
			       : STATUS_END;
	status = write_one(w, victim, rows);
	if (status == STATUS_OK)
		status = correlation_pause(c);
	tell(w);
	return status;
}

static enum status write_all(struct writing *w)
{
	const struct tablefill fill = {
		.table = "victim", .columns = 11, .more = more, .context = w,
	};
	struct correlation *c = w->c;

	if (!load_harms(w))
		return error_memory(&c->casefile->error);
	if (!sorter_begin(&c->victims))
		return spill_failed(&c->spill, &c->casefile->error);
	return tablefill_run(c->casefile, &fill, c->threads);
}

enum status victims_write(struct correlation *c)
{
	struct writing w = {
		.c = c,
		.progress = { .step = "write victims",
			      .total = c->counts->victims },
	};
	enum status status = load_countries(&w);

	if (status == STATUS_OK)
		status = write_all(&w);
	map64_release(&w.readings);
	dictionary_release(&w.countries);
	free(w.harms);
	return status;
}
