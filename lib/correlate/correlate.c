/* SPDX-License-Identifier: Apache-2.0 */
/* The conclusions, one room after another. */
#include "correlate/correlate.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/money.h"
#include "base/thread/pipeline.h"
#include "casefile/sql.h"
#include "correlate/correlation.h"
#include "correlate/reports/report_match.h"

#define SECONDS_MOST INT64_C(1000000000)
/* With less nothing could be held at all. */
#define MEMORY_LEAST 65536
/* What presentations may take of it, at most: they are held while the victims are
 * taken in turns. */
#define PRESENTED_MOST (16 << 20)

static enum status check_settings(struct correlation *c)
{
	const struct correlate_settings *s = c->settings;
	struct error *error = &c->casefile->error;
	int exponent = currency_exponent(s->currency, strlen(s->currency));
	char shown[60];

	if (exponent < 0)
		return error_set(error, STATUS_USAGE,
				 "currency '%s' is not known; give a code of ISO "
				 "4217 in capitals, as GBP, or a coin, as BTC",
				 text_escape(text_of(s->currency), shown,
					     sizeof(shown)));
	if (s->threshold < 0 || s->long_seconds < 0 ||
	    s->long_seconds > SECONDS_MOST || s->report_window < 0 ||
	    s->report_window > SECONDS_MOST || s->hub < 1 ||
	    s->links >> LINK_RULES || s->memory < MEMORY_LEAST)
		return error_set(error, STATUS_USAGE,
				 "a setting is out of its range");
	c->exponent = (unsigned)exponent;
	return STATUS_OK;
}

static enum status begin(struct correlation *c)
{
	enum status status = check_settings(c);
	char path[300];

	if (status != STATUS_OK)
		return status;
	if (!casefile_understood(c->casefile))
		return error_set(&c->casefile->error, STATUS_FAILED,
				 "%s: nothing is understood yet; run `unspoof "
				 "normalise` first",
				 text_escape(text_of(c->casefile->path), path,
					     sizeof(path)));
	status = score_parse(&c->score, c->settings->score_name,
			     c->settings->score, c->settings->currency,
			     c->exponent, &c->casefile->error);
	if (status == STATUS_OK)
		status = casefile_reset_concluded(c->casefile);
	/* Tables are read from first to last, and what is written is not looked
	 * at again: little is enough, and stays near the processor. */
	if (status == STATUS_OK)
		status = casefile_exec(c->casefile, "PRAGMA cache_size = -2048");
	return status;
}

static enum status take_census(struct correlation *c)
{
	const struct census_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.people = &c->people,
		.rates = &c->rates,
		.accounts = c->accounts,
		.threads = c->threads,
	};

	return census_take(&c->census, &given);
}

static enum status read_persons(struct correlation *c)
{
	enum status status = people_load(&c->people, c->casefile);

	if (status == STATUS_OK)
		status = rates_load(&c->rates, c->casefile,
				    c->settings->currency, c->exponent);
	if (status != STATUS_OK)
		return status;
	c->accounts = parties_new((size_t)c->people.accounts + 1);
	return c->accounts ? take_census(c) : error_memory(&c->casefile->error);
}

static enum status conclude_persons(struct correlation *c)
{
	enum status status = read_persons(c);

	if (status == STATUS_OK)
		status = links_write(&c->links, c->casefile, c->census.rules,
				     c->settings, c->observer, &c->people,
				     c->threads);
	if (status == STATUS_OK)
		status = payments_write(&c->census.payments, c->casefile,
					c->threads);
	if (status != STATUS_OK)
		return status;
	people_number(&c->people);
	c->persons = parties_new((size_t)c->people.persons + 1);
	return c->persons &&
			       links_count(&c->links, c->census.rules, &c->people)
		       ? STATUS_OK
		       : error_memory(&c->casefile->error);
}

/* The folder of the case, unless told otherwise. */
static bool find_directory(struct correlation *c)
{
	const char *given = c->settings->temporary;
	const char *path = given ? given : c->casefile->path;
	const char *slash = strrchr(path, '/');

	if (given)
		c->temporary = memory_text(given, strlen(given));
	else if (!slash)
		c->temporary = memory_text(".", 1);
	else
		c->temporary = memory_text(
			path, slash == path ? 1 : (size_t)(slash - path));
	return c->temporary != NULL;
}

static bool open_sorter(struct correlation *c)
{
	const uint64_t share = c->memory / 8;

	return find_directory(c) && spill_open(&c->spill, c->temporary) &&
	       sorter_open(&c->presented, &presentation_kind, &c->spill,
			   (size_t)(share < PRESENTED_MOST ? share
							   : PRESENTED_MOST));
}

static enum status add_up_calls(struct correlation *c)
{
	const struct calls_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.people = &c->people,
		.showings = &c->showings,
		.reports = &c->reports,
		.spill = &c->spill,
		.long_seconds = c->settings->long_seconds,
		.memory = c->memory,
		.threads = c->threads,
	};

	return open_sorter(c) ? calls_gather(&c->calls, &given)
			       : error_memory(&c->casefile->error);
}

static enum status conclude_calls(struct correlation *c)
{
	enum status status = directory_load(&c->directory, c->casefile,
					    c->observer);

	if (status == STATUS_OK)
		status = reports_load(&c->reports, c->casefile,
				      c->settings->report_window);
	if (status == STATUS_OK)
		status = showings_load(&c->showings, c->casefile);
	if (status == STATUS_OK)
		status = add_up_calls(c);
	if (status == STATUS_OK)
		status = reports_conclude(&c->reports, c->casefile, &c->rates,
					  &c->people, c->observer);
	if (status == STATUS_OK)
		status = accounts_fill(c);
	if (status == STATUS_OK)
		status = victims_conclude(c);
	return status == STATUS_OK ? figures_fill(c) : status;
}

static enum status count(struct correlation *c)
{
	struct correlate_counts *counts = c->counts;
	enum status status = STATUS_OK;

	counts->calls = c->calls.calls;
	counts->accounts = c->people.accounts;
	counts->suspects = c->people.persons;
	counts->links = c->links.rows;
	counts->reports = c->reports.count;
	for (uint32_t slot = 1; slot <= c->people.accounts; slot++)
		counts->payers += c->accounts[slot].payments != 0;
	for (uint32_t person = 0;
	     person <= c->people.persons && status == STATUS_OK; person++) {
		const struct party *party = &c->persons[person];

		status = money_add(c->casefile, &counts->spend, party->spend);
		if (status == STATUS_OK)
			status = money_add(c->casefile, &counts->loss,
					   party->loss);
		counts->over_threshold +=
			person && party->spend >= c->settings->threshold;
	}
	return status;
}

static enum status write_all(struct correlation *c)
{
	enum status status = presentations_write(c);

	if (status == STATUS_OK)
		status = count(c);
	if (status == STATUS_OK)
		status = suspects_write(c);
	if (status == STATUS_OK)
		status = settings_write(c);
	if (status == STATUS_OK)
		status = funnel_write(c);
	return status;
}

static void release(struct correlation *c)
{
	people_release(&c->people);
	census_release(&c->census);
	links_release(&c->links);
	directory_release(&c->directory);
	rates_release(&c->rates);
	reports_release(&c->reports);
	showings_release(&c->showings);
	calls_close(&c->calls);
	sorter_close(&c->presented);
	spill_close(&c->spill);
	free(c->temporary);
	free(c->accounts);
	free(c->persons);
}

enum status correlate_run(struct casefile *casefile,
			  const struct correlate_settings *settings,
			  const struct observer *observer,
			  struct correlate_counts *counts)
{
	struct correlation c = {
		.casefile = casefile,
		.settings = settings,
		.observer = observer,
		.counts = counts,
		.threads = settings->threads,
		.memory = settings->memory,
	};
	enum status status;

	if (c.threads < 1)
		c.threads = 1;
	if (c.threads > PIPELINE_WORKERS)
		c.threads = PIPELINE_WORKERS;
	memset(counts, 0, sizeof(*counts));
	status = begin(&c);
	if (status == STATUS_OK)
		status = conclude_persons(&c);
	if (status == STATUS_OK)
		status = conclude_calls(&c);
	if (status == STATUS_OK)
		status = write_all(&c);
	release(&c);
	return status;
}
