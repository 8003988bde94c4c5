/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof normalise: the found layer understood. */
#include <stddef.h>
#include <stdlib.h>

#include "casefile/checkpoint.h"
#include "casefile/record/decision_tell.h"
#include "cmd/common/anew.h"
#include "cmd/common/options.h"
#include "normalise/decide/decide.h"
#include "normalise/flags.h"
#include "normalise/normalise.h"
#include "normalise/status/known.h"
#include "number/plan/numplan.h"

/* The values of the options. */
struct asked {
	struct option_list lists[DECIDE_SETTINGS];
	const char *memory;    /* NULL: the default */
	const char *temporary; /* NULL: the folder of the case */
	struct decide_given given;
};

#define MIB(number) OPTION_TEXT_OF(number) "M"
#define PLACE(member) offsetof(struct asked, member)
#define OF_SOURCE(letters, argument, help, setting) \
	{ 0, letters, argument, help, OPTION_LIST, PLACE(lists) + (setting) * sizeof(struct option_list), NULL, NULL, NULL }

const struct step_option options_of_normalise[] = {
	OF_SOURCE("region", "SOURCE=REGION", "the region of its national numbers from now on", DECIDE_REGION),
	OF_SOURCE("zone", "SOURCE=ZONE", "the zone of its times without one", DECIDE_ZONE),
	OF_SOURCE("currency", "SOURCE=CODE", "the currency of its amounts without one", DECIDE_CURRENCY),
	OF_SOURCE("bare", "SOURCE=READING", "what its digits alone are", DECIDE_BARE),
	OF_SOURCE("tech-prefix", "SOURCE=LIST", "what carriers put before its numbers", DECIDE_PREFIX),
	OF_SOURCE("status", "MEANING=WORD", "a status: paid=WORD, unpaid=, answered=, unanswered=", DECIDE_STATUS),
	{ 0, "date-order", "ORDER", "dmy or mdy, for sources that do not prove it; or SOURCE=ORDER", OPTION_LIST,
	  PLACE(lists) + DECIDE_ORDER * sizeof(struct option_list), "dmy or mdy, where a source does not tell", NULL, NULL },
	{ 0, "decimal", "MARK", "comma or point, for sources that do not prove it; or SOURCE=MARK", OPTION_LIST,
	  PLACE(lists) + DECIDE_DECIMAL * sizeof(struct option_list), "comma or point, where a source does not tell", NULL, NULL },
	{ 0, "region-of-account", NULL, "an account dials national numbers of its country", OPTION_FLAG,
	  PLACE(given.region_of_account), RUN_SAME, NULL, NULL },
	{ 0, "no-region-of-account", NULL, "it does not", OPTION_FLAG, PLACE(given.not_region_of_account), NULL, NULL, NULL },
	{ 0, "defaults", NULL, "forget what was decided by these options before", OPTION_FLAG, PLACE(given.defaults), NULL,
	  NULL, NULL },
	{ 0, "memory", "SIZE", "what tables take, as " MIB(NORMALISE_MEMORY_MIB) "; the rest is on disk", OPTION_TEXT,
	  PLACE(memory), RUN_SAME, NULL, NULL },
	{ 0, "temporary", "DIR", "where the rest is for the time being (that of CASE)", OPTION_TEXT, PLACE(temporary), RUN_SAME,
	  NULL, NULL },
	{ 0 },
};
OPTION_TABLE_FITS(options_of_normalise, NORMALISE_ROWS_MOST);

/* What it works by, and the decisions in force, as JSON. */
static enum status settings_json(struct casefile *casefile, const struct normalise_settings *settings, struct buf *out)
{
	const char *order = settings->date_order == MOMENT_ORDER_DMY   ? "\"date_order\":\"dmy\""
			    : settings->date_order == MOMENT_ORDER_MDY ? "\"date_order\":\"mdy\""
								       : "";
	struct buf decisions = { 0 };
	const enum status status = decision_list(casefile, DECIDE_COMMAND, &decisions);

	buf_format(out, "{%s", order);
	if (settings->decimal != DECIMAL_MARK_UNKNOWN)
		buf_format(out, "%s\"decimal\":\"%s\"", out->len > 1 ? "," : "",
			   settings->decimal == DECIMAL_MARK_COMMA ? "comma" : "point");
	if (settings->region_of_account)
		buf_format(out, "%s\"region_of_account\":true", out->len > 1 ? "," : "");
	if (decisions.len)
		buf_format(out, "%s\"decisions\":[%s]", out->len > 1 ? "," : "", decisions.data);
	buf_byte(out, '}');
	buf_release(&decisions);
	return status == STATUS_OK && out->failed ? error_memory(&casefile->error) : status;
}

static void counts_json(const struct normalise_counts *counts, struct buf *out)
{
	buf_format(out,
		   "{\"calls\":%llu,\"accounts\":%llu,\"rows\":%llu,"
		   "\"unread\":%llu,\"duplicates\":%llu}",
		   (unsigned long long)counts->calls,
		   (unsigned long long)counts->accounts,
		   (unsigned long long)counts->rows,
		   (unsigned long long)counts->unread,
		   (unsigned long long)counts->duplicates);
}

static enum status record(struct invocation *inv, struct casefile *casefile, const struct normalise_settings *settings,
			  const struct normalise_counts *counts)
{
	struct buf outputs = { 0 }, given = { 0 }, inputs = { 0 };
	/* The facts that numbers, flags and statuses are read by. */
	const struct taken_file files[] = {
		{ "numplan.tsv", NULL, numplan_sha256() },
		{ "flags.tsv", flags_builtin, NULL },
		{ "status.tsv", status_builtin, NULL },
		{ NULL, NULL, NULL },
	};
	enum status status = settings_json(casefile, settings, &given);

	custody_files(files, &inputs);
	counts_json(counts, &outputs);
	if (status == STATUS_OK && (outputs.failed || inputs.failed))
		status = error_memory(&casefile->error);
	if (status == STATUS_OK)
		status = command_record_quietly(inv, casefile, LAYER_UNDERSTOOD, given.data, inputs.data, outputs.data);
	buf_release(&inputs);
	buf_release(&outputs);
	buf_release(&given);
	return status;
}

enum status normalise_anew(struct invocation *inv, struct casefile *casefile, const char *temporary,
			   struct buf *settings, struct buf *outputs)
{
	struct normalise_settings given = {
		.date_order = MOMENT_ORDER_UNKNOWN,
		.threads = command_threads(inv),
		.memory = (uint64_t)NORMALISE_MEMORY_MIB << 20,
		.temporary = temporary,
	};
	struct normalise_counts counts = { 0 };
	enum status status = decide_settings(casefile, &given);

	if (status == STATUS_OK)
		status = normalise_run(casefile, &given, &inv->observer, &counts);
	if (status == STATUS_OK)
		status = settings_json(casefile, &given, settings);
	counts_json(&counts, outputs);
	return status == STATUS_OK && outputs->failed ? error_memory(&casefile->error) : status;
}

/* Inside one transaction: what is decided, and what is understood by it. */
static enum status decide(struct invocation *inv, struct casefile *casefile, const struct decide_given *given,
			  struct normalise_settings *settings)
{
	static const struct decision_default defaults[] = { { "date-order", "" }, { "decimal", "" }, { "region-of-account", "no" }, { NULL, NULL } };
	enum status status = checkpoint_none(casefile);

	if (status == STATUS_OK)
		status = casefile_begin(casefile);
	if (status == STATUS_OK)
		status = decide_take(given, casefile, &inv->observer);
	if (status == STATUS_OK)
		status = decide_settings(casefile, settings);
	return status == STATUS_OK ? decision_tell(casefile, DECIDE_COMMAND, defaults, &inv->observer) : status;
}

static enum status normalise(struct invocation *inv, struct casefile *casefile, const struct decide_given *given,
			     struct normalise_settings *settings)
{
	struct normalise_counts counts = { 0 };
	enum status status = decide(inv, casefile, given, settings);

	if (status == STATUS_OK)
		status = normalise_run(casefile, settings, &inv->observer, &counts);
	if (status == STATUS_OK)
		status = record(inv, casefile, settings, &counts);
	if (status == STATUS_OK)
		return status;
	casefile_rollback(casefile);
	return command_error(inv, &casefile->error);
}

/* What needs no case. */
static enum status check(const struct invocation *inv, struct asked *asked, struct normalise_settings *settings)
{
	struct error error = { .status = STATUS_OK };
	enum status status;

	for (int setting = 0; setting < DECIDE_SETTINGS; setting++)
		asked->given.lists[setting] =
			(struct decide_list){ asked->lists[setting].items, asked->lists[setting].count };
	status = decide_check(&asked->given, &error);
	if (status == STATUS_USAGE)
		return command_usage(inv, "%s", error.text);
	if (status != STATUS_OK)
		return command_error(inv, &error);
	settings->temporary = asked->temporary;
	settings->threads = command_threads(inv);
	return option_memory(inv, asked->memory, NORMALISE_MEMORY_LEAST_MIB, &settings->memory);
}

static enum status run(struct invocation *inv, struct asked *asked)
{
	struct normalise_settings settings = {
		.date_order = MOMENT_ORDER_UNKNOWN,
		.threads = 1,
		.memory = (uint64_t)NORMALISE_MEMORY_MIB << 20,
	};
	struct casefile casefile;
	enum status status = check(inv, asked, &settings);

	if (status == STATUS_OK)
		status = option_folder(inv, "temporary", asked->temporary);
	if (status != STATUS_OK || inv->rehearsal)
		return status;
	status = command_open(inv, &casefile, inv->operands[0], CASEFILE_WRITE);
	if (status != STATUS_OK)
		return status;
	command_catch_interrupts();
	casefile_watch(&casefile, &inv->observer);
	status = normalise(inv, &casefile, &asked->given, &settings);
	casefile_close(&casefile);
	return status;
}

enum status command_normalise(struct invocation *inv)
{
	struct asked asked = { .memory = NULL };
	struct option_row rows[OPTION_ROWS] = { 0 };
	enum status status;

	(void)step_option_rows(options_of_normalise, &asked, rows);
	if (command_options(inv, "[OPTION]... CASE", rows, 1, 1, &status))
		status = run(inv, &asked);
	for (int setting = 0; setting < DECIDE_SETTINGS; setting++)
		free(asked.lists[setting].items);
	return status;
}
