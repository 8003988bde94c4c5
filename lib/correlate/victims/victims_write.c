/* SPDX-License-Identifier: Apache-2.0 */
/* Table victim, by number. */
#include "correlate/victims/victims_write.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"
#include "correlate/money/rates.h"
#include "correlate/victims/victims.h"

/* What a victim reported. */
struct harm {
	uint64_t number;
	i128 loss;
};

static int compare(const void *a, const void *b)
{
	const struct harm *x = a;
	const struct harm *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

static bool load_harms(struct victims_writer *w)
{
	const struct reports *reports = w->given.reports;

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

static enum status load_countries(struct victims_writer *w)
{
	struct casefile *casefile = w->given.casefile;
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
		status = columns_read(casefile, select);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(select);
	return status == STATUS_END ? STATUS_OK : status;
}

static struct text country_of(const struct victims_writer *w, uint32_t reading)
{
	const uint64_t *country = map64_find(&w->readings, reading);

	return country ? dictionary_text(&w->countries, (uint32_t)*country)
		       : text_of("");
}

/* The reports of a victim; victims come in order. */
static enum status add_harms(struct victims_writer *w, uint64_t number,
			     uint32_t *reports, i128 *loss)
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
		status = money_add(w->given.casefile, loss,
				   w->harms[w->harm_next].loss);
	}
	return status;
}

static const char *const columns[] = {
	"number", "country", "calls", "long_calls", "talk_ms", "suspects",
	"organisations", "reports", "loss", "first_call", "last_call",
	"unsure", "days",
};

static enum status write_one(struct victims_writer *w, const struct victim *victim,
			     struct row_buffer *rows)
{
	const struct victim_calls called = victim_block_calls(w->block, w->next);
	uint32_t reports;
	i128 loss;
	enum status status = add_harms(w, victim->number, &reports, &loss);

	row_buffer_integer(rows, (int64_t)victim->number);
	row_buffer_text(rows, country_of(w, victim->reading));
	row_buffer_integer(rows, called.calls);
	row_buffer_integer(rows, victim->long_calls);
	row_buffer_integer(rows, called.talk);
	row_buffer_integer(rows, victim->suspects);
	row_buffer_integer(rows, victim->organisations);
	row_buffer_integer(rows, reports);
	row_buffer_amount(rows, loss);
	period_write(&called.span, rows);
	row_buffer_integer(rows, victim->unsure);
	row_buffer_integer(rows, period_days(&called.span));
	return status;
}

static enum status more(void *context, struct row_buffer *rows)
{
	struct victims_writer *w = context;
	const struct victims_writer_given *given = &w->given;
	const struct victim *victim;
	enum status status;

	if (w->next == w->block->count)
		return STATUS_END;
	w->next++;
	victim = merge_next(&w->victims);
	if (!victim)
		return spill_failed(given->spill, &given->casefile->error);
	status = write_one(w, victim, rows);
	return status == STATUS_OK ? interrupt_ask(&w->interrupt) : status;
}

enum status victims_writer_open(struct victims_writer *w,
				const struct victims_writer_given *given)
{
	enum status status;

	memset(w, 0, sizeof(*w));
	w->given = *given;
	w->interrupt = (struct interrupt){ given->casefile, given->observer, 0 };
	w->fill = (struct bulk_insert){
		.table = BULK_TABLE("victim", columns), .more = more, .context = w,
	};
	status = load_countries(w);
	if (status == STATUS_OK && !load_harms(w))
		status = error_memory(&given->casefile->error);
	if (status == STATUS_OK && !sorter_read(given->victims, &w->victims))
		status = spill_failed(given->spill, &given->casefile->error);
	return status == STATUS_OK
		       ? bulk_insert_begin(&w->filling, given->casefile, &w->fill)
		       : status;
}

void victims_writer_close(struct victims_writer *w)
{
	bulk_insert_close(w->filling);
	merge_close(&w->victims);
	map64_release(&w->readings);
	dictionary_release(&w->countries);
	free(w->harms);
	memset(w, 0, sizeof(*w));
}

enum status victims_writer_put(struct victims_writer *w,
			       const struct victim_block *block)
{
	w->block = block;
	w->next = 0;
	return bulk_insert_go(w->filling, w->given.threads);
}

enum status victims_writer_end(struct victims_writer *w)
{
	return bulk_insert_end(w->filling);
}
