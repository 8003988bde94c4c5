/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof correlate: the conclusions. */
#include "correlate/correlate.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/digest/digest.h"
#include "base/json.h"
#include "base/money/currency.h"
#include "base/money/decimal.h"
#include "base/money/money.h"
#include "cmd/common/options.h"

#define SCORE_MOST 65536   /* bytes of a file of bands */
#define NEVER_MOST (16 << 20)      /* and of one of identifiers */
#define SECONDS_MOST 1000000000
#define HUB_MOST 1000000000
#define THREADS_MOST 64
#define MEMORY_LARGE (256 << 10)   /* bytes */

/* What the options say, as given. */
struct asked {
	const char *currency;
	const char *threshold;
	const char *links;     /* NULL: the default */
	const char *duplicates;
	const char *score;     /* NULL: the bands that are built in */
	const char *never;     /* NULL: every identifier may tie */
	uint64_t long_seconds;
	uint64_t hub;
	uint64_t window;       /* minutes */
	const char *memory;    /* NULL: the default */
	const char *temporary; /* NULL: the folder of the case */
};

static const struct asked asked_unless_told = {
	.currency = CORRELATE_CURRENCY,
	.threshold = CORRELATE_THRESHOLD,
	.long_seconds = CORRELATE_LONG,
	.hub = CORRELATE_HUB,
	.window = CORRELATE_WINDOW,
};

#define PLACE(member) offsetof(struct asked, member)
#define UNLESS_TOLD(number) " (" OPTION_TEXT_OF(number) ")"
#define MIB(number) OPTION_TEXT_OF(number) "M"

const struct step_option options_of_correlate[] = {
	{ 0, "currency", "CODE", "conclude amounts in this currency (" CORRELATE_CURRENCY ")", OPTION_TEXT,
	  PLACE(currency), RUN_SAME, NULL, NULL },
	{ 0, "threshold", "AMOUNT", "a spend to be noticed (" CORRELATE_THRESHOLD ")", OPTION_TEXT, PLACE(threshold),
	  RUN_SAME, NULL, NULL },
	{ 0, "long", "SECONDS", "a long call has more talk" UNLESS_TOLD(CORRELATE_LONG), OPTION_COUNT,
	  PLACE(long_seconds), RUN_SAME, NULL, NULL },
	{ 0, "hub", "N", "what more accounts share ties none" UNLESS_TOLD(CORRELATE_HUB), OPTION_COUNT, PLACE(hub),
	  RUN_SAME, NULL, NULL },
	{ 0, "report-window", "MINUTES", "from a report to its call, at most" UNLESS_TOLD(CORRELATE_WINDOW),
	  OPTION_COUNT, PLACE(window), "from a report to its call" UNLESS_TOLD(CORRELATE_WINDOW), NULL, NULL },
	{ 0, "link", "LIST", "what ties accounts (" CORRELATE_LINKS ")", OPTION_TEXT, PLACE(links), "what ties accounts",
	  NULL, NULL },
	{ 0, "never", "FILE", "identifiers that tie nothing, one a line", OPTION_TEXT, PLACE(never), RUN_SAME, NULL, NULL },
	{ 0, "duplicates", "once|keep", "rows that are there twice count once, or each (once)", OPTION_TEXT,
	  PLACE(duplicates), RUN_SAME, NULL, NULL },
	{ 0, "score", "FILE", "the bands of points (those built in)", OPTION_TEXT, PLACE(score), "the bands of points",
	  NULL, NULL },
	{ 0, "memory", "SIZE", "what tables take, as " MIB(CORRELATE_MEMORY_MIB) "; the rest is on disk", OPTION_TEXT,
	  PLACE(memory), RUN_SAME, NULL, NULL },
	{ 0, "temporary", "DIR", "where the rest is for the time being (that of CASE)", OPTION_TEXT, PLACE(temporary),
	  "where the rest is (that of CASE)", NULL, NULL },
	{ 0 },
};
OPTION_TABLE_FITS(options_of_correlate, CORRELATE_ROWS_MOST);

/* what: it should be, for the message; most: bytes of it. */
static enum status read_file(struct invocation *inv, const char *path, const char *what,
			     size_t most, struct buf *text)
{
	char shown[300];
	char block[4096];
	FILE *file = fopen(path, "rb");
	int error = file ? 0 : errno;   /* of reading, EIO where it does not say */
	size_t len;

	text_escape(text_of(path), shown, sizeof(shown));
	while (file && text->len <= most &&
	       (len = fread(block, 1, sizeof(block), file)) > 0)
		buf_add(text, block, len);
	if (file && ferror(file))
		error = errno ? errno : EIO;
	if (file)
		(void)fclose(file);
	if (error)
		return command_fail(inv, STATUS_FAILED, "%s: %s", shown,
				    strerror(error));
	buf_add(text, "", 0);
	if (text->failed)
		return command_fail(inv, STATUS_FAILED, "out of memory");
	if (text->len > most || memchr(text->data, '\0', text->len))
		return command_fail(inv, STATUS_FAILED,
				    "%s: no file of %s: it has over %zu bytes, "
				    "or a NUL", shown, what, most);
	return STATUS_OK;
}

/* What the files of the options have, as long as the settings are used. */
struct texts {
	struct buf score;
	struct buf never;
};

static enum status check_files(const struct invocation *inv, const struct correlate_settings *settings)
{
	struct error error = { .status = STATUS_OK };

	return correlate_check(settings, &error) == STATUS_OK ? STATUS_OK : command_error(inv, &error);
}

static enum status take_files(struct invocation *inv, const struct asked *asked,
			      struct correlate_settings *settings, struct texts *texts)
{
	enum status status = STATUS_OK;

	if (asked->score) {
		status = read_file(inv, asked->score, "bands", SCORE_MOST, &texts->score);
		settings->score = texts->score.data;
		settings->score_name = asked->score;
	}
	if (asked->never && status == STATUS_OK) {
		status = read_file(inv, asked->never, "identifiers", NEVER_MOST, &texts->never);
		settings->never = texts->never.data;
		settings->never_name = asked->never;
	}
	return status == STATUS_OK ? check_files(inv, settings) : status;
}

static enum status take_money(struct invocation *inv, const struct asked *asked,
			      struct correlate_settings *settings)
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
		observer_notice(&inv->observer,
				"--currency %s: amounts are concluded in %s; the "
				"threshold is %s %s", currency.name, currency.code,
				asked->threshold, currency.name);
	if (!reason)
		return STATUS_OK;
	return command_usage(inv, "--threshold '%s': %s",
			     text_escape(text_of(asked->threshold), shown,
					 sizeof(shown)), reason);
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

static enum status take_links(struct invocation *inv, const struct asked *asked,
			      struct correlate_settings *settings)
{
	struct buf rules = { 0 };
	struct text word;
	char shown[80];

	if (!asked->links ||
	    link_rules_parse(asked->links, &settings->links, &word))
		return STATUS_OK;
	list_rules(&rules);
	(void)command_usage(inv, "--link: '%s' is no rule; the rules are %s",
			    text_escape(word, shown, sizeof(shown)),
			    buf_view(&rules).data);
	buf_release(&rules);
	return STATUS_USAGE;
}

static enum status take_duplicates(struct invocation *inv, const struct asked *asked,
				   struct correlate_settings *settings)
{
	if (!asked->duplicates || !strcmp(asked->duplicates, "once"))
		return STATUS_OK;
	settings->keep_duplicates = !strcmp(asked->duplicates, "keep");
	return settings->keep_duplicates
		       ? STATUS_OK
		       : command_usage(inv, "--duplicates takes once or keep");
}

static enum status take_memory(struct invocation *inv, const struct asked *asked,
			       struct correlate_settings *settings)
{
	const uint64_t threads = command_threads(inv);

	settings->threads = threads < THREADS_MOST ? (unsigned)threads
						   : THREADS_MOST;
	settings->temporary = asked->temporary;
	if (option_memory(inv, asked->memory, CORRELATE_MEMORY_LEAST_MIB, &settings->memory) != STATUS_OK)
		return STATUS_USAGE;
	return option_folder(inv, "temporary", asked->temporary);
}

static enum status take_options(struct invocation *inv,
				const struct asked *asked,
				struct correlate_settings *settings,
				struct texts *texts)
{
	enum status status = take_money(inv, asked, settings);

	if (status == STATUS_OK)
		status = take_links(inv, asked, settings);
	if (status == STATUS_OK)
		status = take_duplicates(inv, asked, settings);
	if (status == STATUS_OK)
		status = take_memory(inv, asked, settings);
	if (status != STATUS_OK)
		return status;
	if (asked->long_seconds > SECONDS_MOST)
		return command_usage(inv, "--long takes up to %d seconds",
				     SECONDS_MOST);
	if (asked->hub < 1 || asked->hub > HUB_MOST)
		return command_usage(inv, "--hub takes 1 to %d accounts", HUB_MOST);
	if (asked->window > SECONDS_MOST / 60)
		return command_usage(inv, "--report-window takes up to %d minutes",
				     SECONDS_MOST / 60);
	settings->long_seconds = (int64_t)asked->long_seconds;
	settings->hub = (unsigned)asked->hub;
	settings->report_window = 60 * (int64_t)asked->window;
	return take_files(inv, asked, settings, texts);
}

/* What is asked of the export that follows depends on it. */
static enum status rehearse(struct rehearsal *rehearsal, const struct correlate_settings *settings)
{
	(void)snprintf(rehearsal->currency, sizeof(rehearsal->currency), "%s", settings->currency);
	return STATUS_OK;
}

/* The name of a file, and the SHA-256 of its text. */
static void add_file(const char *key, const char *name, const char *text, struct buf *out)
{
	char hex[DIGEST_HEX];

	buf_format(out, ",\"%s\":", key);
	json_string(out, text_of(name));
	if (digest_of(text, strlen(text), hex))
		buf_format(out, ",\"%s_sha256\":\"%s\"", key, hex);
	else
		out->failed = true;
}

static void add_settings(const struct correlate_settings *settings,
			 struct buf *out)
{
	const char *between = "";
	char threshold[DECIMAL_TEXT];

	(void)decimal_format(settings->threshold,
			     (unsigned)currency_exponent(
				     settings->currency,
				     strlen(settings->currency)),
			     threshold, sizeof(threshold));
	buf_format(out,
		   "{\"currency\":\"%s\",\"threshold\":\"%s\",\"long\":%" PRId64
		   ",\"hub\":%u,\"report_window\":%" PRId64 ",\"link\":\"",
		   settings->currency, threshold, settings->long_seconds,
		   settings->hub, settings->report_window);
	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		if (!(settings->links >> rule & 1))
			continue;
		buf_format(out, "%s%s", between,
			   link_rule_name((enum link_rule)rule));
		between = ",";
	}
	buf_format(out, "\",\"duplicates\":\"%s\"",
		   settings->keep_duplicates ? "keep" : "once");
	add_file("score", settings->score_name, settings->score, out);
	if (settings->never)
		add_file("never", settings->never_name, settings->never, out);
	buf_byte(out, '}');
}

static void add_counts(const struct correlate_counts *counts, struct buf *out)
{
	buf_format(out,
		   "{\"calls\":%" PRIu64 ",\"accounts\":%" PRIu64
		   ",\"suspects\":%" PRIu64 ",\"payers\":%" PRIu64
		   ",\"presentations\":%" PRIu64 ",\"victims\":%" PRIu64
		   ",\"links\":%" PRIu64 ",\"reports\":%" PRIu64
		   ",\"reports_matched\":%" PRIu64
		   ",\"over_threshold\":%" PRIu64 ",\"duplicates\":%" PRIu64 "}",
		   counts->calls, counts->accounts, counts->suspects,
		   counts->payers, counts->presentations, counts->victims,
		   counts->links, counts->reports, counts->matched,
		   counts->over_threshold, counts->duplicates);
}

static enum status record(struct invocation *inv, struct casefile *casefile,
			  const struct correlate_settings *settings,
			  const struct correlate_counts *counts)
{
	struct buf given = { 0 };
	struct buf came = { 0 };
	enum status status;

	add_settings(settings, &given);
	add_counts(counts, &came);
	status = given.failed || came.failed
			 ? command_fail(inv, STATUS_FAILED, "out of memory")
			 : command_record(inv, casefile, LAYER_CONCLUDED,
					  given.data, "[]", came.data);
	buf_release(&given);
	buf_release(&came);
	return status;
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

static enum status correlate(struct invocation *inv,
			     const struct correlate_settings *settings)
{
	struct correlate_counts counts;
	struct casefile casefile;
	enum status status = command_open(inv, &casefile, inv->operands[0],
					  CASEFILE_WRITE);

	if (status != STATUS_OK)
		return status;
	give_back_memory();
	command_catch_interrupts();
	casefile_watch(&casefile, &inv->observer);
	status = casefile_begin(&casefile);
	if (status == STATUS_OK)
		status = correlate_run(&casefile, settings, &inv->observer,
				       &counts);
	if (status == STATUS_OK) {
		status = record(inv, &casefile, settings, &counts);
	} else {
		casefile_rollback(&casefile);
		(void)command_error(inv, &casefile.error);
	}
	casefile_close(&casefile);
	return status;
}

enum status command_correlate(struct invocation *inv)
{
	struct asked asked = asked_unless_told;
	struct option_row rows[OPTION_ROWS] = { 0 };
	struct correlate_settings settings;
	struct texts texts = { 0 };
	enum status status;

	(void)step_option_rows(options_of_correlate, &asked, rows);
	if (!command_options(inv, "[OPTION]... CASE", rows, 1, 1, &status))
		return status;
	correlate_settings_init(&settings);
	status = take_options(inv, &asked, &settings, &texts);
	if (status == STATUS_OK)
		status = inv->rehearsal ? rehearse(inv->rehearsal, &settings) : correlate(inv, &settings);
	buf_release(&texts.score);
	buf_release(&texts.never);
	return status;
}
