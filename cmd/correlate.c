/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof correlate: the conclusions. */
#include "correlate/correlate.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/money/currency.h"
#include "base/money/decimal.h"
#include "base/money/money.h"
#include "cmd/common/anew.h"
#include "cmd/common/kept.h"
#include "cmd/common/options.h"
#include "cmd/correlate_record.h"

#define SCORE_MOST 65536   /* bytes of a file of bands */
#define NEVER_MOST (16 << 20)      /* and of one of identifiers */
#define SECONDS_MOST 1000000000
#define HUB_MOST 1000000000
#define THREADS_MOST 64
#define MEMORY_LARGE (256 << 10)   /* bytes */

/* What the options say, as given, and later what is in force: NULL is neither. */
struct asked {
	const char *currency;
	const char *threshold;
	const char *long_seconds;
	const char *hub;
	const char *window;    /* minutes */
	const char *rate_gap;  /* days */
	const char *links;
	const char *duplicates;
	const char *score;     /* as kept_file() has it; NULL: the bands that are built in */
	const char *never;     /* the same; NULL: every identifier may tie */
	bool defaults;
	const char *memory;    /* NULL: the default */
	const char *temporary; /* NULL: the folder of the case */
};

#define PLACE(member) offsetof(struct asked, member)
#define UNLESS_TOLD(number) " (" OPTION_TEXT_OF(number) ")"
#define MIB(number) OPTION_TEXT_OF(number) "M"

const struct step_option options_of_correlate[] = {
	{ 0, "currency", "CODE", "conclude amounts in this currency (" CORRELATE_CURRENCY ")", OPTION_TEXT,
	  PLACE(currency), RUN_SAME, NULL, NULL },
	{ 0, "threshold", "AMOUNT", "a spend to be noticed (" CORRELATE_THRESHOLD ")", OPTION_TEXT, PLACE(threshold),
	  RUN_SAME, NULL, NULL },
	{ 0, "long", "SECONDS", "a long call has more talk" UNLESS_TOLD(CORRELATE_LONG), OPTION_TEXT,
	  PLACE(long_seconds), RUN_SAME, NULL, NULL },
	{ 0, "hub", "N", "what more accounts share ties none" UNLESS_TOLD(CORRELATE_HUB), OPTION_TEXT, PLACE(hub),
	  RUN_SAME, NULL, NULL },
	{ 0, "report-window", "MINUTES", "from a report to its call, at most" UNLESS_TOLD(CORRELATE_WINDOW),
	  OPTION_TEXT, PLACE(window), "from a report to its call" UNLESS_TOLD(CORRELATE_WINDOW), NULL, NULL },
	{ 0, "rate-gap", "DAYS", "from an amount to its rate, at most" UNLESS_TOLD(CORRELATE_RATE_GAP), OPTION_TEXT,
	  PLACE(rate_gap), RUN_SAME, NULL, NULL },
	{ 0, "link", "LIST", "what ties accounts (" CORRELATE_LINKS ")", OPTION_TEXT, PLACE(links), "what ties accounts",
	  NULL, NULL },
	{ 0, "never", "FILE", "identifiers that tie nothing, one a line", OPTION_TEXT, PLACE(never), RUN_SAME, NULL, NULL },
	{ 0, "duplicates", "once|keep", "rows that are there twice count once, or each (once)", OPTION_TEXT,
	  PLACE(duplicates), RUN_SAME, NULL, NULL },
	{ 0, "score", "FILE", "the bands of points (those built in)", OPTION_TEXT, PLACE(score), "the bands of points",
	  NULL, NULL },
	{ 0, "defaults", NULL, "forget what was given before, but for what is given now", OPTION_FLAG, PLACE(defaults), NULL,
	  NULL, NULL },
	{ 0, "memory", "SIZE", "what tables take, as " MIB(CORRELATE_MEMORY_MIB) "; the rest is on disk", OPTION_TEXT,
	  PLACE(memory), RUN_SAME, NULL, NULL },
	{ 0, "temporary", "DIR", "where the rest is for the time being (that of CASE)", OPTION_TEXT, PLACE(temporary),
	  "where the rest is (that of CASE)", NULL, NULL },
	{ 0 },
};
OPTION_TABLE_FITS(options_of_correlate, CORRELATE_ROWS_MOST);

/* Those that are in force until they are given again. */
static const struct kept_option kept[] = {
	{ "currency", PLACE(currency), CORRELATE_CURRENCY, NULL, 0 },
	{ "threshold", PLACE(threshold), CORRELATE_THRESHOLD, NULL, 0 },
	{ "long", PLACE(long_seconds), OPTION_TEXT_OF(CORRELATE_LONG), NULL, 0 },
	{ "hub", PLACE(hub), OPTION_TEXT_OF(CORRELATE_HUB), NULL, 0 },
	{ "report-window", PLACE(window), OPTION_TEXT_OF(CORRELATE_WINDOW), NULL, 0 },
	{ "rate-gap", PLACE(rate_gap), OPTION_TEXT_OF(CORRELATE_RATE_GAP), NULL, 0 },
	{ "link", PLACE(links), CORRELATE_LINKS, NULL, 0 },
	{ "duplicates", PLACE(duplicates), "once", NULL, 0 },
	{ "score", PLACE(score), "built in", "bands", SCORE_MOST },
	{ "never", PLACE(never), "", "identifiers", NEVER_MOST },
	{ NULL, 0, NULL, NULL, 0 },
};

/* What settings point to, as long as they are used. */
struct texts {
	struct kept_texts kept;
	struct buf score_name, never_name;
};

static bool is_told(const char *text)
{
	return text && *text;
}

static enum status take_files(struct invocation *inv, const struct asked *asked, struct correlate_settings *settings, struct texts *texts)
{
	if (is_told(asked->score)) {
		settings->score = kept_file(asked->score, &texts->score_name);
		settings->score_name = buf_view(&texts->score_name).data;
	}
	if (is_told(asked->never)) {
		settings->never = kept_file(asked->never, &texts->never_name);
		settings->never_name = buf_view(&texts->never_name).data;
	}
	return texts->score_name.failed || texts->never_name.failed
		       ? command_fail(inv, STATUS_FAILED, "out of memory")
		       : STATUS_OK;
}

static enum status take_money(struct invocation *inv, const struct asked *asked, struct correlate_settings *settings)
{
	struct currency currency;
	const char *reason;
	enum status status = currency_take(inv, asked->currency, &currency);
	char shown[80];

	if (status != STATUS_OK)
		return status;
	settings->currency = currency.name;
	reason = correlate_threshold(settings, text_of(asked->threshold));
	settings->currency = currency.code;
	if (!reason && strcmp(currency.name, currency.code) != 0)
		observer_notice(&inv->observer, "--currency %s: amounts are concluded in %s; the threshold is %s %s",
				currency.name, currency.code, asked->threshold, currency.name);
	if (!reason)
		return STATUS_OK;
	return command_usage(inv, "--threshold '%s': %s", text_escape(text_of(asked->threshold), shown, sizeof(shown)), reason);
}

/* Those that tie unless told, then the others. */
static void list_rules(struct buf *out)
{
	for (const char *c = CORRELATE_LINKS; *c; c++)
		buf_format(out, *c == ',' ? "%c " : "%c", *c);
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		if (!(LINKS_DECISIVE >> rule & 1))
			buf_format(out, ", %s", link_rule_name((enum link_rule)rule));
}

static enum status take_links(struct invocation *inv, const struct asked *asked, struct correlate_settings *settings)
{
	struct buf rules = { 0 };
	struct text word;
	char shown[80];

	if (link_rules_parse(asked->links, &settings->links, &word))
		return STATUS_OK;
	list_rules(&rules);
	(void)command_usage(inv, "--link: '%s' is no rule; the rules are %s", text_escape(word, shown, sizeof(shown)),
			    buf_view(&rules).data);
	buf_release(&rules);
	return STATUS_USAGE;
}

static enum status take_duplicates(struct invocation *inv, const struct asked *asked, struct correlate_settings *settings)
{
	settings->keep_duplicates = !strcmp(asked->duplicates, "keep");
	return settings->keep_duplicates || !strcmp(asked->duplicates, "once")
		       ? STATUS_OK
		       : command_usage(inv, "--duplicates takes once or keep");
}

static enum status take_memory(struct invocation *inv, const struct asked *asked, struct correlate_settings *settings)
{
	const uint64_t threads = command_threads(inv);

	settings->threads = threads < THREADS_MOST ? (unsigned)threads : THREADS_MOST;
	settings->temporary = asked->temporary;
	if (option_memory(inv, asked->memory, CORRELATE_MEMORY_LEAST_MIB, &settings->memory) != STATUS_OK)
		return STATUS_USAGE;
	return option_folder(inv, "temporary", asked->temporary);
}

static enum status take_number(const struct invocation *inv, const char *option, const char *given, uint64_t *value)
{
	char shown[80];

	if (text_to_u64(text_of(given), value))
		return STATUS_OK;
	return command_usage(inv, "--%s takes a whole number, not '%s'", option,
			     text_escape(text_of(given), shown, sizeof(shown)));
}

static enum status take_numbers(struct invocation *inv, const struct asked *asked, struct correlate_settings *settings)
{
	uint64_t seconds = 0, hub = 0, window = 0, gap = 0;
	enum status status = take_number(inv, "long", asked->long_seconds, &seconds);

	if (status == STATUS_OK)
		status = take_number(inv, "hub", asked->hub, &hub);
	if (status == STATUS_OK)
		status = take_number(inv, "report-window", asked->window, &window);
	if (status == STATUS_OK)
		status = take_number(inv, "rate-gap", asked->rate_gap, &gap);
	if (status != STATUS_OK)
		return status;
	if (seconds > SECONDS_MOST)
		return command_usage(inv, "--long takes up to %d seconds", SECONDS_MOST);
	if (hub < 1 || hub > HUB_MOST)
		return command_usage(inv, "--hub takes 1 to %d accounts", HUB_MOST);
	if (window > SECONDS_MOST / 60)
		return command_usage(inv, "--report-window takes up to %d minutes", SECONDS_MOST / 60);
	if (gap > CORRELATE_RATE_GAP_MOST)
		return command_usage(inv, "--rate-gap takes up to %d days", CORRELATE_RATE_GAP_MOST);
	settings->long_seconds = (int64_t)seconds;
	settings->hub = (unsigned)hub;
	settings->report_window = 60 * (int64_t)window;
	settings->rate_gap = (int64_t)gap;
	return STATUS_OK;
}

/* All but the currency and the threshold, which belong together. */
static enum status take_options(struct invocation *inv, const struct asked *asked, struct correlate_settings *settings)
{
	enum status status = take_links(inv, asked, settings);

	if (status == STATUS_OK)
		status = take_duplicates(inv, asked, settings);
	if (status == STATUS_OK)
		status = take_memory(inv, asked, settings);
	return status == STATUS_OK ? take_numbers(inv, asked, settings) : status;
}

/* ---- before the case is opened ---- */

/* A threshold may be in the currency that is in force: by itself it is a number. */
static enum status check_money(struct invocation *inv, struct asked *asked)
{
	struct currency currency;
	struct decimal value;
	char shown[80];
	const char *reason = NULL;
	enum status status = is_told(asked->currency) ? currency_take(inv, asked->currency, &currency) : STATUS_OK;

	if (status == STATUS_OK && is_told(asked->currency))
		asked->currency = currency.name;
	if (status != STATUS_OK || !is_told(asked->threshold))
		return status;
	reason = decimal_parse(asked->threshold, strlen(asked->threshold), &value);
	if (!reason && value.negative)
		reason = "is below zero";
	return reason ? command_usage(inv, "--threshold '%s': %s",
				      text_escape(text_of(asked->threshold), shown, sizeof(shown)), reason)
		      : STATUS_OK;
}

/* What is not given is the default for that. A currency gets the name that is its own. */
static enum status check(struct invocation *inv, struct asked *given)
{
	const enum status status = check_money(inv, given);
	struct asked asked = *given;
	struct correlate_settings settings;

	for (size_t i = 0; kept[i].key; i++) {
		const char **text = (const char **)((char *)&asked + kept[i].place);

		if (!is_told(*text))
			*text = kept[i].unless_told;
	}
	correlate_settings_init(&settings);
	return status == STATUS_OK ? take_options(inv, &asked, &settings) : status;
}

/* What the files of the options have. */
static enum status check_files(struct invocation *inv, const struct asked *asked)
{
	struct correlate_settings settings;
	struct texts names = { .score_name = { 0 } };
	struct error error = { .status = STATUS_OK };
	enum status status;

	correlate_settings_init(&settings);
	status = take_files(inv, asked, &settings, &names);
	if (status == STATUS_OK && correlate_check(&settings, &error) != STATUS_OK)
		status = command_error(inv, &error);
	buf_release(&names.score_name);
	buf_release(&names.never_name);
	return status;
}

/* The threshold, and what is asked of the export that follows, depend on the currency: one that
 * is not given is known where there is no case yet, in which another may be in force. */
static enum status rehearse(struct invocation *inv, const struct asked *given)
{
	struct correlate_settings settings;
	struct asked asked = *given;

	if (!is_told(asked.currency) && access(inv->operands[0], F_OK) == 0)
		return STATUS_OK;
	if (!is_told(asked.currency))
		asked.currency = CORRELATE_CURRENCY;
	if (!is_told(asked.threshold))
		asked.threshold = CORRELATE_THRESHOLD;
	correlate_settings_init(&settings);
	if (take_money(inv, &asked, &settings) != STATUS_OK)
		return STATUS_USAGE;
	(void)snprintf(inv->rehearsal->currency, sizeof(inv->rehearsal->currency), "%s", settings.currency);
	return STATUS_OK;
}

/* What is large is given back at once: each part of the work needs other sizes, and
 * would not find room in what the one before left. */
static void give_back_memory(void)
{
#ifdef __GLIBC__
	(void)mallopt(M_MMAP_THRESHOLD, MEMORY_LARGE);
	(void)mallopt(M_TRIM_THRESHOLD, MEMORY_LARGE);
#endif
}

/* The settings of what is in force. Errors are said. */
static enum status take(struct invocation *inv, const struct asked *asked, struct correlate_settings *settings, struct texts *texts)
{
	enum status status = take_money(inv, asked, settings);

	if (status == STATUS_OK)
		status = take_options(inv, asked, settings);
	return status == STATUS_OK ? take_files(inv, asked, settings, texts) : status;
}

/* What is in force, and the settings of that. Errors are said. */
static enum status settle(struct invocation *inv, struct casefile *casefile, struct asked *asked,
			  struct correlate_settings *settings, struct texts *texts)
{
	enum status status = casefile_needs(casefile, LAYER_UNDERSTOOD);

	if (status == STATUS_OK)
		status = kept_settle(inv, casefile, kept, asked, &texts->kept, asked->defaults);
	if (status != STATUS_OK)
		return command_error(inv, &casefile->error);
	return take(inv, asked, settings, texts);
}

static enum status conclude(struct invocation *inv, struct casefile *casefile, const struct correlate_settings *settings)
{
	struct correlate_counts counts;
	const enum status status = correlate_run(casefile, settings, &inv->observer, &counts);

	return status == STATUS_OK ? correlate_record(inv, casefile, settings, &counts) : command_error(inv, &casefile->error);
}

static void release(struct texts *texts)
{
	kept_release(&texts->kept);
	buf_release(&texts->score_name);
	buf_release(&texts->never_name);
}

enum status correlate_anew(struct invocation *inv, struct casefile *casefile, const char *temporary,
			   struct buf *given, struct buf *outputs)
{
	struct asked asked = { .temporary = temporary };
	struct texts texts = { .score_name = { 0 } };
	struct correlate_settings settings;
	struct correlate_counts counts;
	enum status status = kept_settle(inv, casefile, kept, &asked, &texts.kept, false);

	correlate_settings_init(&settings);
	if (status == STATUS_OK && take(inv, &asked, &settings, &texts) != STATUS_OK)
		status = error_set(&casefile->error, STATUS_INTEGRITY, "what is decided of it is no setting");
	if (status == STATUS_OK)
		status = correlate_run(casefile, &settings, &inv->observer, &counts);
	if (status == STATUS_OK) {
		correlate_settings_json(&settings, given);
		correlate_counts_json(&counts, outputs);
	}
	release(&texts);
	return given->failed || outputs->failed ? error_memory(&casefile->error) : status;
}

static enum status correlate(struct invocation *inv, struct asked *asked, struct texts *texts)
{
	struct correlate_settings settings;
	struct casefile casefile;
	enum status status = command_open(inv, &casefile, inv->operands[0], CASEFILE_WRITE);

	if (status != STATUS_OK)
		return status;
	give_back_memory();
	command_catch_interrupts();
	casefile_watch(&casefile, &inv->observer);
	correlate_settings_init(&settings);
	status = casefile_begin(&casefile);
	if (status != STATUS_OK)
		(void)command_error(inv, &casefile.error);
	if (status == STATUS_OK)
		status = settle(inv, &casefile, asked, &settings, texts);
	if (status == STATUS_OK)
		status = conclude(inv, &casefile, &settings);
	casefile_rollback(&casefile);
	casefile_close(&casefile);
	return status;
}

enum status command_correlate(struct invocation *inv)
{
	struct asked asked = { .currency = NULL };
	struct option_row rows[OPTION_ROWS] = { 0 };
	struct texts texts = { .score_name = { 0 } };
	enum status status;

	(void)step_option_rows(options_of_correlate, &asked, rows);
	if (!command_options(inv, "[OPTION]... CASE", rows, 1, 1, &status))
		return status;
	status = check(inv, &asked);
	if (status == STATUS_OK)
		status = kept_read(inv, kept, &asked, &texts.kept);
	if (status == STATUS_OK)
		status = check_files(inv, &asked);
	if (status == STATUS_OK)
		status = inv->rehearsal ? rehearse(inv, &asked) : correlate(inv, &asked, &texts);
	release(&texts);
	return status;
}
