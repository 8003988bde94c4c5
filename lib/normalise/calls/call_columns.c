/* SPDX-License-Identifier: Apache-2.0 */
/* Calls understood, a column at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/segment/delta_kernel.h"
#include "normalise/calls/call_times.h"
#include "normalise/calls/call_worker.h"
#include "normalise/cost/costs.h"
#include "normalise/instant.h"

#define FOUND_TOGETHER 64     /* rows whose accounts are prefetched together */

/* The forms of a role, or its digits. */
static const int64_t *forms_of(const struct call_worker *worker, enum call_role role)
{
	return worker->segment.found[FOUND_FORM(role)];
}

static const int64_t *values_of(const struct call_worker *worker, enum call_role role)
{
	return worker->segment.found[FOUND_VALUE(role)];
}

/* The countries of the accounts met in this segment. */
static bool find_regions(struct call_worker *worker)
{
	const struct local_ids *accounts = &worker->accounts;
	const struct source_sense *source = worker->source;
	void *regions = worker->regions;
	char room[FORM_LENGTH];

	if (!memory_room(&regions, &worker->regions_capacity, accounts->count,
			 sizeof(*worker->regions)))
		return false;
	worker->regions = regions;
	worker->regions[0] = (int16_t)source->manner.region;
	for (size_t i = accounts->named; i < accounts->count; i++) {
		const struct text text =
			local_ids_text(accounts, worker->sense->meanings, i, room);
		const struct text name =
			keys_name(&worker->name, source->service, text);

		if (worker->name.failed)
			return false;
		worker->regions[i] = (int16_t)countries_of(
			worker->sense->countries, name, source->manner.region);
	}
	return true;
}

/* The accounts of some rows. */
static bool read_some_accounts(struct call_worker *worker, const int64_t *forms, const int64_t *values,
			       uint32_t count, int64_t *out)
{
	struct local_ids *accounts = &worker->accounts;
	size_t homes[FOUND_TOGETHER];

	for (uint32_t i = 0; i < count; i++) {
		homes[i] = local_ids_home(accounts, forms[i], values[i]);
		local_ids_prefetch(accounts, homes[i]);
	}
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t number = local_ids_at(accounts, &worker->segment, forms[i], values[i], homes[i]);

		if (number == LOCAL_IDS_NONE)
			return false;
		out[i] = number;
	}
	return true;
}

static bool read_accounts(struct call_worker *worker)
{
	const int64_t *forms = forms_of(worker, CALL_ACCOUNT);
	const int64_t *values = values_of(worker, CALL_ACCOUNT);
	const uint32_t rows = worker->segment.rows;
	int64_t *out = call_column(worker, READ_ACCOUNT);

	for (uint32_t i = 0; i < rows; i += FOUND_TOGETHER)
		if (!read_some_accounts(worker, forms + i, values + i,
					rows - i < FOUND_TOGETHER ? rows - i : FOUND_TOGETHER, out + i))
			return false;
	return !countries_known(worker->sense->countries) || find_regions(worker);
}

/* Notes a row that has no readable start. */
static bool note_unread(struct call_worker *worker, uint32_t row, const char *reason)
{
	struct call_item *item = worker->item;
	void *unread = item->unread;

	if (!memory_room(&unread, &item->unread_capacity, item->unread_count + 1,
			 sizeof(*item->unread)))
		return false;
	item->unread = unread;
	item->unread[item->unread_count++] = (struct unread_start){ row, reason };
	call_column(worker, READ_FLAGS)[row] |= CALL_FLAG_UNREAD;
	return true;
}

/* Notes a row whose start has no time of day. */
static void note_day(struct call_worker *worker, uint32_t row)
{
	struct call_item *item = worker->item;

	if (item->days++ == 0)
		item->first_day = row;
	call_column(worker, READ_FLAGS)[row] |= CALL_FLAG_DAY;
}

/* A start that is no plain time of the clock of UTC. */
static bool read_start(struct call_worker *worker, const struct form_meaning *meaning,
		       uint32_t i)
{
	char room[FORM_LENGTH];
	struct instant instant;
	int64_t ms;

	if (meaning && form_meaning_time(meaning, &worker->day,
					 values_of(worker, CALL_STARTED)[i], &ms))
		instant = instant_clock(worker->source, CALL_STARTED, meaning->utc, ms);
	else
		instant = instant_read(worker->source, CALL_STARTED,
				       form_meanings_text(worker->sense->meanings,
							  &worker->segment,
							  CALL_STARTED, i, room));
	if (instant.clock && doubled_known(&worker->source->doubled))
		instant_settle(worker->source, (uint64_t)segment_found(&worker->segment, FOUND_MEMBER, i),
			       (uint64_t)segment_found(&worker->segment, FOUND_LINE, i), &instant);
	call_column(worker, READ_STARTED)[i] = instant.ms;
	worker->item->unzoned += instant.unzoned;
	if (instant.clock)
		call_column(worker, READ_FLAGS)[i] |= CALL_FLAG_CLOCK;
	if (instant.day_only)
		note_day(worker, i);
	if (!instant.reason && !instant.null)
		return true;
	return note_unread(worker, i, instant.reason ? instant.reason
						     : "says that there is no time");
}

/* Rows whose starts are read together. */
#define STARTS 1024

/* Whether all starts of some rows are of one form, a time of the clock of UTC. */
static bool starts_are_clocks(const struct call_worker *worker,
			      const struct form_meaning *meaning, const int64_t *forms,
			      uint32_t count)
{
	int64_t other = 0;

	if (!meaning || !meaning->time || (!meaning->utc && !source_is_utc(worker->source, CALL_STARTED)))
		return false;
	for (uint32_t i = 1; i < count; i++)
		other |= forms[i] ^ forms[0];
	return other == 0;
}

/* Reads clocks as form_meaning_time() does; false: not all have its fast reading. A
 * date has 14 digits, and fewer would be taken for a count of seconds. */
static bool read_clocks(const int64_t *values, uint32_t count, int64_t *out)
{
	bool good = true;

	delta_kernel_fastest()->clocks(values, count, out);
	for (uint32_t i = 0; i < count; i++)
		good &= (values[i] >= CLOCK_DIGITS / 10) & clock_is_sure(out[i]);
	return good;
}

/* Starts of any form, one after another. */
static bool read_each_start(struct call_worker *worker, uint32_t first, uint32_t count,
			    uint64_t *unzoned)
{
	const int64_t *forms = forms_of(worker, CALL_STARTED);
	const int64_t *values = values_of(worker, CALL_STARTED);
	int64_t *out = call_column(worker, READ_STARTED);

	for (uint32_t i = first; i < first + count; i++) {
		const struct form_meaning *meaning =
			form_meaning_of(worker->sense->meanings, forms[i]);

		if (meaning && (meaning->utc || source_is_utc(worker->source, CALL_STARTED)) &&
		    form_meaning_time(meaning, &worker->day, values[i], &out[i]))
			*unzoned += !meaning->utc;
		else if (!read_start(worker, meaning, i))
			return false;
	}
	return true;
}

static bool read_starts(struct call_worker *worker)
{
	const int64_t *forms = forms_of(worker, CALL_STARTED);
	const int64_t *values = values_of(worker, CALL_STARTED);
	const uint32_t rows = worker->segment.rows;
	int64_t *out = call_column(worker, READ_STARTED);
	uint64_t unzoned = 0;

	for (uint32_t i = 0; i < rows; i += STARTS) {
		const uint32_t count = rows - i < STARTS ? rows - i : STARTS;
		const struct form_meaning *meaning =
			form_meaning_of(worker->sense->meanings, forms[i]);

		if (starts_are_clocks(worker, meaning, forms + i, count) &&
		    read_clocks(values + i, count, out + i))
			unzoned += meaning->utc ? 0 : count;
		else if (!read_each_start(worker, i, count, &unzoned))
			return false;
	}
	worker->item->unzoned += source_has_zone(worker->source, CALL_STARTED) ? 0 : unzoned;
	return true;
}

static bool read_numbers(struct call_worker *worker, enum call_role role,
			 unsigned number, unsigned reading)
{
	const struct number_column_job job = {
		.segment = &worker->segment,
		.role = role,
		.manner = worker->source->manner,
		.regions = countries_known(worker->sense->countries) ? worker->regions
								  : NULL,
		.accounts = call_column(worker, READ_ACCOUNT),
		.e164 = call_column(worker, number),
		.readings = call_column(worker, reading),
	};

	return number_column_read(&worker->numbers, &job);
}

/* Those of some rows that have no number but a reading, each with a bit. */
static uint64_t find_shown(const int64_t *number, const int64_t *reading, uint32_t count)
{
	uint64_t found = 0;

	for (uint32_t i = 0; i < count; i++)
		found |= (uint64_t)((number[i] == 0) & (reading[i] != 0)) << i;
	return found;
}

/* Presented texts that are no number: withheld, names, short codes. */
static bool read_shown(struct call_worker *worker)
{
	const int64_t *forms = forms_of(worker, CALL_PRESENTED);
	const int64_t *values = values_of(worker, CALL_PRESENTED);
	const uint32_t rows = worker->segment.rows;
	int64_t *out = call_column(worker, READ_SHOWN);

	memset(out, 0, rows * sizeof(*out));
	for (uint32_t first = 0; first < rows; first += 64) {
		uint64_t found = find_shown(
			call_column(worker, READ_PRESENTED) + first,
			call_column(worker, READ_PRESENTED_READING) + first,
			rows - first < 64 ? rows - first : 64);

		for (; found; found &= found - 1) {
			const uint32_t i = first + (uint32_t)__builtin_ctzll(found);
			const uint32_t shown = local_ids_number(
				&worker->shown, &worker->segment, forms[i], values[i]);

			if (shown == LOCAL_IDS_NONE)
				return false;
			out[i] = shown;
		}
	}
	return true;
}

static struct talk_reader talk_reader_of(struct call_worker *worker)
{
	return (struct talk_reader){ worker->sense->meanings, &worker->segment,
				     worker->source, &worker->day, worker->words,
				     &worker->codes, worker->talks };
}

static void read_talk(struct call_worker *worker)
{
	const struct talk_reader reader = talk_reader_of(worker);
	const struct talk_met met = talk_read_all(&reader, call_column(worker, READ_TALK),
						  call_column(worker, READ_FLAGS));

	worker->item->unzoned += met.unzoned;
	worker->item->talk_days = met.days;
	worker->item->first_talk_day = met.first_day;
	call_times_judge(&reader, &(struct call_times){ call_column(worker, READ_STARTED),
							call_column(worker, READ_TALK),
							call_column(worker, READ_FLAGS) });
}

/* Once it is known which rows are calls. */
static bool count_statuses(struct call_worker *worker)
{
	const struct talk_reader reader = talk_reader_of(worker);

	return status_counter_count(&worker->statuses, &reader,
				    call_column(worker, READ_FLAGS),
				    call_column(worker, READ_TALK),
				    &worker->item->statuses);
}

static void find_legs(struct call_worker *worker)
{
	const struct call_item *item = worker->item;
	int64_t *flags = call_column(worker, READ_FLAGS);

	for (uint32_t i = 0; i < worker->segment.rows; i++)
		if (!legs_stands(item->legs, worker->sense->meanings, &worker->segment,
				 i, item->ordinal + i))
			flags[i] |= CALL_FLAG_LEG;
}

static void read_costs(struct call_worker *worker)
{
	costs_read(&(struct costs_job){ worker->sense->meanings, worker->costs, &worker->segment, worker->source,
					call_column(worker, READ_COST), call_column(worker, READ_COST_UNIT),
					call_column(worker, READ_FLAGS), &worker->item->costs });
}

static void count(struct call_worker *worker)
{
	const int64_t *flags = call_column(worker, READ_FLAGS);
	const int64_t *accounts = call_column(worker, READ_ACCOUNT);
	const int region = worker->source->manner.region;
	const bool countries = countries_known(worker->sense->countries);

	for (uint32_t i = 0; i < worker->segment.rows; i++) {
		if (flags[i] & CALL_FLAG_UNREAD)
			continue;
		worker->item->calls++;
		if (countries && worker->regions[accounts[i]] != region)
			worker->item->by_account++;
	}
}

bool call_columns(struct call_worker *worker)
{
	memset(call_column(worker, READ_FLAGS), 0, SEGMENT_ROWS * sizeof(int64_t));
	if (!read_accounts(worker) || !read_starts(worker) ||
	    !read_numbers(worker, CALL_PRESENTED, READ_PRESENTED,
			  READ_PRESENTED_READING) ||
	    !read_numbers(worker, CALL_DIALLED, READ_DIALLED,
			  READ_DIALLED_READING) ||
	    !read_shown(worker))
		return false;
	flag_table_calls(worker->sense->flags, call_column(worker, READ_PRESENTED),
			 call_column(worker, READ_DIALLED), worker->segment.rows,
			 call_column(worker, READ_FLAGS));
	read_talk(worker);
	if (worker->item->legs)
		find_legs(worker);
	read_costs(worker);
	count(worker);
	return count_statuses(worker);
}
