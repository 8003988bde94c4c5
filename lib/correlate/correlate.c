/* SPDX-License-Identifier: Apache-2.0 */
/* The conclusions, one room after another. */
#include "correlate/correlate.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/money.h"
#include "base/thread/pipeline.h"
#include "casefile/record/remark.h"
#include "casefile/sql.h"
#include "correlate/calls/cost_scan.h"
#include "correlate/correlation.h"
#include "correlate/figures/account_figures.h"
#include "correlate/figures/person_figures.h"
#include "correlate/figures/suspects.h"
#include "correlate/funnel.h"
#include "correlate/money/rate_gaps.h"
#include "correlate/presented/presentations.h"
#include "correlate/reports/report_match.h"
#include "correlate/settings.h"
#include "correlate/victims/victims.h"

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
				 text_escape(text_of(s->currency), shown, sizeof(shown)));
	if (s->threshold < 0 || s->long_seconds < 0 ||
	    s->long_seconds > SECONDS_MOST || s->report_window < 0 ||
	    s->report_window > SECONDS_MOST || s->rate_gap < 0 ||
	    s->rate_gap > CORRELATE_RATE_GAP_MOST || s->hub < 1 ||
	    s->links >> LINK_RULES || s->memory < MEMORY_LEAST)
		return error_set(error, STATUS_USAGE, "a setting is out of its range");
	c->exponent = (unsigned)exponent;
	return STATUS_OK;
}

/* What is built in, and what the analyst gave. */
static enum status parse_lists(struct correlation *c)
{
	struct error *error = &c->casefile->error;
	enum status status = weak_list_parse(&c->weak, "weak.tsv", weak_builtin, error);

	if (status == STATUS_OK)
		status = email_providers_parse(&c->providers, "providers.tsv",
					       providers_builtin, error);
	if (status == STATUS_OK && c->settings->never)
		status = never_parse(&c->never, &c->providers, c->settings->never_name,
				     c->settings->never, error);
	return status;
}

static enum status begin(struct correlation *c)
{
	enum status status = check_settings(c);

	if (status == STATUS_OK)
		status = casefile_needs(c->casefile, LAYER_UNDERSTOOD);
	if (status != STATUS_OK)
		return status;
	status = score_parse(&c->score, c->settings->score_name,
			     c->settings->score, c->settings->currency,
			     c->exponent, &c->casefile->error);
	if (status == STATUS_OK)
		status = parse_lists(c);
	if (status == STATUS_OK)
		status = casefile_reset_concluded(c->casefile);
	if (status == STATUS_OK)
		status = remark_writer_open(&c->remarks, c->casefile, LAYER_CONCLUDED,
					    c->observer);
	/* Tables are read from first to last, and what is written is not looked
	 * at again: little is enough, and stays near the processor. */
	if (status == STATUS_OK)
		status = casefile_exec(c->casefile, "PRAGMA cache_size = -2048");
	return status;
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

static bool open_spill(struct correlation *c)
{
	return find_directory(c) && spill_open(&c->spill, c->temporary);
}

static enum status read_identities(struct correlation *c)
{
	const struct identity_read_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.persons = &c->persons,
		.rates = &c->rates,
		.weak = &c->weak,
		.providers = &c->providers,
		.never = &c->never,
		.remarks = &c->remarks,
		.spill = &c->spill,
		.memory = c->memory,
		.absent = &c->absent,
		.accounts = c->account_figures,
		.keep_duplicates = c->settings->keep_duplicates,
		.threads = c->threads,
	};

	return identity_read_run(&c->identities, &given);
}

static enum status read_persons(struct correlation *c)
{
	enum status status = source_absent_load(&c->absent, c->casefile);

	if (status == STATUS_OK)
		status = persons_load(&c->persons, c->casefile);
	if (status == STATUS_OK)
		status = rates_load(&c->rates, c->casefile,
				    c->settings->currency, c->exponent);
	if (status != STATUS_OK)
		return status;
	c->rates.gap = c->settings->rate_gap;
	c->account_figures = figures_new((size_t)c->persons.accounts + 1);
	return c->account_figures ? read_identities(c) : error_memory(&c->casefile->error);
}

static struct links_given links_given_of(struct correlation *c)
{
	return (struct links_given){
		.casefile = c->casefile,
		.observer = c->observer,
		.settings = c->settings,
		.rules = c->identities.rules,
		.outputs = &c->identities.outputs,
		.weak = &c->weak,
		.never = &c->never,
		.persons = &c->persons,
		.threads = c->threads,
	};
}

static enum status write_links(struct correlation *c)
{
	const struct links_given given = links_given_of(c);
	const enum status status = links_write(&c->links, &given);

	return status == STATUS_OK ? links_say_never(&given, &c->remarks) : status;
}

static enum status number_persons(struct correlation *c)
{
	const struct links_given given = links_given_of(c);
	bool good;

	persons_number(&c->persons);
	c->person_counts = calloc((size_t)c->persons.count + 1, sizeof(*c->person_counts));
	good = c->person_counts && persons_group(&c->persons) && links_count(&c->links, &given, c->identities.alone);
	identity_read_release_rules(&c->identities);
	return good ? links_say_doubts(&c->links, &c->persons, &c->remarks) : error_memory(&c->casefile->error);
}

static enum status conclude_persons(struct correlation *c)
{
	enum status status = open_spill(c) ? read_persons(c) : error_memory(&c->casefile->error);

	if (status == STATUS_OK)
		status = write_links(c);
	if (status == STATUS_OK)
		status = payments_write(&c->identities.payments, c->casefile, c->threads);
	if (status == STATUS_OK)
		status = aside_say(&c->identities.payments.aside, c->casefile, "amount", "payments are", &c->remarks);
	return status == STATUS_OK ? number_persons(c) : status;
}

static bool open_sorter(struct correlation *c)
{
	const uint64_t share = c->memory / 8;

	return sorter_open(&c->presentations, &presentation_kind, &c->spill,
			   (size_t)(share < PRESENTED_MOST ? share : PRESENTED_MOST));
}

static enum status add_up_calls(struct correlation *c)
{
	const struct usage_scan_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.persons = &c->persons,
		.texts = &c->texts,
		.reports = &c->reports,
		.spill = &c->spill,
		.long_seconds = c->settings->long_seconds,
		.keep_duplicates = c->settings->keep_duplicates,
		.memory = c->memory,
		.threads = c->threads,
	};

	const struct cost_scan_given costs = { &c->usage_scan, &c->rates, c->account_figures };
	const enum status status = open_sorter(c) ? usage_scan_run(&c->usage_scan, &given)
						  : error_memory(&c->casefile->error);

	return status == STATUS_OK ? cost_scan_run(&costs) : status;
}

static enum status match_reports(struct correlation *c)
{
	const struct report_match_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.rates = &c->rates,
		.persons = &c->persons,
		.reports = &c->reports,
		.remarks = &c->remarks,
	};

	return report_match_run(&given);
}

static enum status fill_accounts(struct correlation *c)
{
	const struct account_figures_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.directory = &c->directory,
		.spill = &c->spill,
		.usages = &c->usage_scan.usages,
		.account_figures = c->account_figures,
		.person_counts = c->person_counts,
		.presentations = &c->presentations,
		.persons = &c->persons,
		.currency = c->settings->currency,
		.remarks = &c->remarks,
		.memory = c->memory,
	};
	const enum status status = account_figures_fill(&given);

	usage_scan_release_usages(&c->usage_scan);
	return status;
}

static enum status conclude_victims(struct correlation *c)
{
	const struct victims_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.persons = &c->persons,
		.directory = &c->directory,
		.texts = &c->texts,
		.reports = &c->reports,
		.spill = &c->spill,
		.unsure = &c->unsure,
		.long_calls = &c->usage_scan.long_calls,
		.account_figures = c->account_figures,
		.person_counts = c->person_counts,
		.presentations = &c->presentations,
		.memory = c->memory,
		.remarks = &c->remarks,
		.keep_duplicates = c->settings->keep_duplicates,
		.threads = c->threads,
	};

	return victims_conclude(&given, &c->counts->victims);
}

static enum status add_reports(struct correlation *c)
{
	const struct report_figures_given given = {
		.casefile = c->casefile,
		.persons = &c->persons,
		.reports = &c->reports,
		.texts = &c->texts,
		.spill = &c->spill,
		.account_figures = c->account_figures,
		.presentations = &c->presentations,
	};

	return report_figures_add(&given, &c->counts->matched);
}

static enum status conclude_calls(struct correlation *c)
{
	enum status status = directory_load(&c->directory, c->casefile, c->observer);

	if (status == STATUS_OK)
		status = reports_load(&c->reports, c->casefile,
				      c->settings->report_window,
				      c->settings->keep_duplicates);
	if (status == STATUS_OK)
		status = presented_texts_load(&c->texts, c->casefile);
	if (status == STATUS_OK)
		status = unsure_load(&c->unsure, c->casefile);
	if (status == STATUS_OK)
		status = add_up_calls(c);
	if (status == STATUS_OK)
		status = match_reports(c);
	if (status == STATUS_OK)
		status = fill_accounts(c);
	if (status == STATUS_OK)
		status = conclude_victims(c);
	return status == STATUS_OK ? add_reports(c) : status;
}

static struct person_figures person_figures(const struct correlation *c)
{
	return (struct person_figures){ &c->persons, c->account_figures, c->person_counts };
}

static enum status count(struct correlation *c)
{
	const struct person_figures all = person_figures(c);
	struct correlate_counts *counts = c->counts;
	enum status status = STATUS_OK;

	counts->calls = c->usage_scan.calls;
	counts->accounts = c->persons.accounts;
	counts->suspects = c->persons.count;
	counts->links = c->links.rows;
	counts->reports = c->reports.count;
	for (uint32_t slot = 1; slot <= c->persons.accounts; slot++)
		counts->payers += c->account_figures[slot].payments != 0;
	for (uint32_t person = 0; person <= c->persons.count && status == STATUS_OK; person++) {
		struct figures sum;

		status = person_figures_of(c->casefile, &all, person, &sum);
		if (status == STATUS_OK)
			status = money_add(c->casefile, &counts->spend, figures_spend(&sum));
		if (status == STATUS_OK)
			status = money_add(c->casefile, &counts->loss, sum.loss);
		counts->over_threshold += person && figures_spend(&sum) >= c->settings->threshold;
	}
	return status;
}

static enum status write_presentations(struct correlation *c)
{
	const struct presentations_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.directory = &c->directory,
		.spill = &c->spill,
		.presentations = &c->presentations,
		.person_counts = c->person_counts,
		.threads = c->threads,
	};

	return presentations_write(&given, &c->counts->presentations);
}

static enum status write_suspects(struct correlation *c)
{
	const struct person_figures figures = person_figures(c);
	const struct suspects_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.links = &c->links,
		.score = &c->score,
		.figures = &figures,
		.logins = &c->identities.logins,
		.emails = &c->identities.emails,
		.doubts = &c->links.doubts,
		.threads = c->threads,
	};

	return suspects_write(&given);
}

static enum status write_funnel(struct correlation *c)
{
	const struct person_figures figures = person_figures(c);
	const struct funnel_given given = {
		.casefile = c->casefile,
		.observer = c->observer,
		.settings = c->settings,
		.exponent = c->exponent,
		.figures = &figures,
	};

	return funnel_write(&given);
}

/* What became of rows that are there twice. */
static enum status tell_duplicates(struct correlation *c)
{
	const bool keep = c->settings->keep_duplicates;
	struct remark_writer remarks;
	int64_t count = 0;
	enum status status = casefile_integer(
		c->casefile, "SELECT coalesce(sum(count), 0) FROM remark"
			     " WHERE topic = 'duplicate' AND role = ''", 0, &count);

	c->counts->duplicates = (uint64_t)count;
	if (status != STATUS_OK || count == 0)
		return status;
	status = remark_writer_open(&remarks, c->casefile, LAYER_CONCLUDED, c->observer);
	if (status == STATUS_OK)
		status = remark_writer_sayf(
			&remarks,
			&(struct remark){ .topic = "duplicate", .count = (uint64_t)count,
					  .remedy = keep ? "`--duplicates once` leaves them out"
							 : "`--duplicates keep` counts them" },
			"%llu rows that are there twice %s",
			(unsigned long long)count,
			keep ? "count each time" : "are left out, and count once");
	remark_writer_close(&remarks);
	return status;
}

static enum status write_all(struct correlation *c)
{
	enum status status = write_presentations(c);

	if (status == STATUS_OK)
		status = count(c);
	if (status == STATUS_OK)
		status = write_suspects(c);
	if (status == STATUS_OK)
		status = settings_write(c->casefile, c->settings, c->exponent);
	if (status == STATUS_OK)
		status = write_funnel(c);
	if (status == STATUS_OK)
		status = rate_gaps_say(c->casefile, c->settings->currency, &c->remarks);
	return status == STATUS_OK ? tell_duplicates(c) : status;
}

static void release(struct correlation *c)
{
	remark_writer_close(&c->remarks);
	weak_list_release(&c->weak);
	never_release(&c->never);
	persons_release(&c->persons);
	source_absent_release(&c->absent);
	identity_read_release(&c->identities);
	links_release(&c->links);
	directory_release(&c->directory);
	rates_release(&c->rates);
	reports_release(&c->reports);
	presented_texts_release(&c->texts);
	unsure_release(&c->unsure);
	usage_scan_close(&c->usage_scan);
	sorter_close(&c->presentations);
	spill_close(&c->spill);
	free(c->temporary);
	free(c->account_figures);
	free(c->person_counts);
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
		.threads = settings->threads < 1 ? 1 : settings->threads > PIPELINE_WORKERS ? PIPELINE_WORKERS : settings->threads,
		.memory = settings->memory,
	};
	enum status status;

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
