/* SPDX-License-Identifier: Apache-2.0 */
/* reports.csv: what victims said, a few minutes off, and which long call each report belongs to. */
#include "synth.h"

#include <stdlib.h>
#include <string.h>

/* What a report is meant to be. What it comes to is decided by report_match alone. */
enum intent {
	NEAR, NEAR_SILENT, LATE, NOBODY_CALLED, BETWEEN, WRONG_NUMBER, AT_LIMIT, PAST_LIMIT, TEXT_SHOWN, NEVER_LONG, INTENTS
};

void longs_group(struct world *world)
{
	size_t n = world->n_longs;
	struct long_call *grouped = make(n, sizeof *grouped);
	size_t *from = make(world->n_dialled + 2, sizeof *from);
	for (size_t i = 0; i < n; i++)
		from[world->longs[i].dialled + 2]++;
	for (size_t d = 2; d < world->n_dialled + 2; d++)
		from[d] += from[d - 1];
	for (size_t i = 0; i < n; i++)
		grouped[from[world->longs[i].dialled + 1]++] = world->longs[i];
	free(world->longs);
	world->longs = grouped;
	world->longs_from = from;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
	return a > b ? a - b : b - a;
}

static bool contradicts(const struct world *world, const struct report *report, const struct long_call *call)
{
	uint32_t shown = world->slots[call->slot].presented;
	return world->presented[report->presented].is_number && world->presented[shown].is_number && shown != report->presented;
}

/* The nearest long call to the victim that does not contradict the report; none when two are equally near. */
static void report_match(const struct world *world, struct report *report)
{
	uint32_t best = REPORT_WINDOW + 1;
	size_t equals = 0;
	if (report->victim == VICTIM_NOBODY)
		return;
	for (size_t i = world->longs_from[report->number]; i < world->longs_from[report->number + 1]; i++) {
		const struct long_call *call = &world->longs[i];
		uint32_t off = distance(call->at, report->at);
		if (off > best || off > REPORT_WINDOW || contradicts(world, report, call))
			continue;
		equals = off < best ? 1 : equals + 1;
		best = off;
		report->call = i;
	}
	report->matched = equals == 1;
}

/* Two neighbouring long calls to one number, so that some second is equally near to both; the first of them. */
static size_t find_pair(const struct world *world, size_t uk_longs, struct rng *rng)
{
	size_t start = rng_below(rng, uk_longs);
	for (size_t i = 0; i + 1 < uk_longs; i++) {
		size_t at = (start + i) % (uk_longs - 1);
		const struct long_call *a = &world->longs[at], *b = a + 1;
		if (a->dialled == b->dialled && distance(a->at, b->at) <= REPORT_WINDOW && (a->at + b->at) % 2 == 0)
			return at;
	}
	return start;
}

static uint32_t other_shown(const struct world *world, uint32_t presented)
{
	if (presented == 0 || presented > world->n_organisation_numbers)
		return 1;
	return presented == 1 ? 2 : presented - 1;
}

/* A number that was called, but never for long; its calls are of no use to a report. */
static uint32_t find_never_long(const struct world *world, struct rng *rng)
{
	uint32_t size = world->pools[GB].size, start = rng_below(rng, size);
	for (uint32_t i = 0; i < size; i++) {
		const struct dialled *dialled = &world->dialled[(start + i) % size];
		if (dialled->calls > 0 && dialled->longs == 0)
			return (start + i) % size;
	}
	return start;
}

static void report_intend(const struct world *world, struct report *report, enum intent intent, const struct long_call *call,
                          struct rng *rng)
{
	switch (intent) {
	case NEAR_SILENT:
		report->presented = 0;
		break;
	case LATE:
		report->at = call->at + 2 * REPORT_WINDOW + rng_below(rng, DAY);
		break;
	case NOBODY_CALLED:
		report->victim = VICTIM_NOBODY;
		report->number = ID_NOBODY + rng_below(rng, 1000000);
		break;
	case BETWEEN:
		report->presented = rng_below(rng, 2) == 0 ? 0 : report->presented;
		report->at = call[0].dialled == call[1].dialled ? (call[0].at + call[1].at) / 2 : call->at;
		break;
	case WRONG_NUMBER:
		report->presented = other_shown(world, report->presented);
		break;
	case AT_LIMIT:
	case PAST_LIMIT:
		report->at = call->at + REPORT_WINDOW + (intent == PAST_LIMIT);
		break;
	case TEXT_SHOWN:
		report->presented = (uint32_t)world->n_organisation_numbers + 1 + rng_below(rng, world->n_texts);
		break;
	case NEVER_LONG:
		report->number = find_never_long(world, rng);
		break;
	default:
		break;
	}
}

static void report_make(const struct world *world, struct report *report, enum intent intent, size_t uk_longs, struct rng *rng)
{
	size_t at = intent == BETWEEN && uk_longs > 1 ? find_pair(world, uk_longs, rng) : rng_below(rng, uk_longs);
	const struct long_call *call = &world->longs[at];
	*report = (struct report){.victim = VICTIM_DIALLED, .number = call->dialled, .presented = world->slots[call->slot].presented};
	report->at = call->at + rng_below(rng, 900);
	report->at -= rng_below(rng, 4) == 0 ? rng_below(rng, 600) : 0;
	if (intent == BETWEEN && at + 1 >= uk_longs)
		intent = NEAR;
	report_intend(world, report, intent, call, rng);
	report_match(world, report);
}

/* Losses of matched reports go in pairs about the mean, so that the average is exact. */
static void losses_make(struct world *world, struct rng *rng)
{
	uint64_t last = 0;
	struct report *odd = NULL;
	for (size_t i = 0; i < world->n_reports; i++) {
		struct report *report = &world->reports[i];
		uint32_t steps = 1 + rng_below(rng, 1 + rng_below(rng, 9000));
		report->loss = steps * UINT64_C(100) + (rng_below(rng, 3) == 0 ? rng_below(rng, 100) : 0);
		if (!report->matched) {
			report->loss = rng_below(rng, 5) == 0 ? 0 : report->loss;
		} else if (odd == NULL) {
			odd = report;
			last = report->loss;
		} else {
			report->loss = 2 * MEAN_LOSS - last;
			odd = NULL;
		}
	}
	if (odd != NULL)
		odd->loss = MEAN_LOSS;
}

static void write_number(const struct world *world, struct out *out, const struct report *report, struct rng *rng)
{
	char text[FORM_MAX];
	struct number number = report->victim == VICTIM_NOBODY ? number_make(GB, report->number, world->key)
														   : dialled_number(world, report->number);
	out_field(out, text, (size_t)(put_form(text, &number, pick_form(rng)) - text));
}

static void write_shown(const struct world *world, struct out *out, const struct report *report, struct rng *rng)
{
	const struct presented *shown = &world->presented[report->presented];
	char text[FORM_MAX];
	if (shown->is_number)
		out_field(out, text, (size_t)(put_form(text, &shown->number, pick_form(rng)) - text));
	else
		out_field(out, shown->show, shown->show_len);
}

static void write_report(struct world *world, struct out *out, const struct report *report, size_t number, enum fault fault,
                         struct rng *rng)
{
	char text[32], *p = text;
	if (fault != FAULT_NO_REFERENCE)
		p = put_digits(put_word(p, "R"), number, 6);
	out_field(out, text, (size_t)(p - text));
	write_number(world, out, report, rng);
	p = fault == FAULT_TIME ? put_word(text, "32/13/2022 25:61:00") : put_time(text, report->at, ' ');
	out_field(out, text, (size_t)(p - text));
	write_shown(world, out, report, rng);
	p = text;
	if (fault == FAULT_LOSS)
		p = put_word(p, "1.2.3");
	else if (report->loss != 0)
		p = put_decimal(p, report->loss, 2, report->loss % 3 == 0 ? 2 : 0);
	out_field(out, text, (size_t)(p - text));
	out_word(out, "GBP");
	dump_row(world, out, REPORTS, fault);
}

void reports_write(struct world *world)
{
	static const enum fault faults[] = {FAULT_TIME, FAULT_NO_REFERENCE, FAULT_LOSS};
	struct rng rng = rng_make(world->options.seed, 8);
	size_t uk_longs = world->longs_from[world->pools[GB].size], n = world->plan.reports;
	struct out out;
	world->n_reports = n;
	world->reports = make(n, sizeof *world->reports);
	for (size_t i = 0; i < n; i++) {
		uint32_t luck = rng_below(&rng, 100);
		enum intent intent = i < INTENTS ? (enum intent)i : luck < 30 ? (enum intent)(luck % INTENTS) : NEAR;
		report_make(world, &world->reports[i], intent, uk_longs, &rng);
	}
	losses_make(world, &rng);
	dump_open(world, &out, REPORTS);
	for (size_t i = 0; i < n; i++) {
		write_report(world, &out, &world->reports[i], i + 1, FAULT_NONE, &rng);
		if (i % 200 >= 7 && i % 200 < 10)
			write_report(world, &out, &world->reports[i], 900000 + i, faults[i % 200 - 7], &rng);
	}
	out_close(&out);
}
