/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof normalise: the found layer understood. */
#include <stddef.h>
#include <string.h>

#include "casefile/checkpoint.h"
#include "cmd/common/options.h"
#include "normalise/normalise.h"

static void settings_json(const struct normalise_settings *settings, struct buf *out)
{
	const char *order = settings->date_order == MOMENT_ORDER_DMY   ? "\"date_order\":\"dmy\""
			    : settings->date_order == MOMENT_ORDER_MDY ? "\"date_order\":\"mdy\""
								       : "";

	buf_format(out, "{%s%s%s}", order, *order && settings->region_of_account ? "," : "",
		   settings->region_of_account ? "\"region_of_account\":true" : "");
}

static enum status normalise(struct invocation *inv, struct casefile *casefile,
			     const struct normalise_settings *settings)
{
	struct normalise_counts counts = { 0 };
	struct buf outputs = { 0 };
	struct buf given = { 0 };
	enum status status = checkpoint_none(casefile);

	if (status == STATUS_OK)
		status = casefile_begin(casefile);
	if (status == STATUS_OK)
		status = normalise_run(casefile, settings, &inv->observer, &counts);
	if (status != STATUS_OK) {
		casefile_rollback(casefile);
		return command_error(inv, &casefile->error);
	}
	buf_format(&outputs,
		   "{\"calls\":%llu,\"accounts\":%llu,\"rows\":%llu,"
		   "\"unread\":%llu,\"duplicates\":%llu}",
		   (unsigned long long)counts.calls,
		   (unsigned long long)counts.accounts,
		   (unsigned long long)counts.rows,
		   (unsigned long long)counts.unread,
		   (unsigned long long)counts.duplicates);
	settings_json(settings, &given);
	status = outputs.failed || given.failed
			 ? command_fail(inv, STATUS_FAILED, "out of memory")
			 : command_record(inv, casefile, LAYER_UNDERSTOOD,
					  given.data,
					  "[]", outputs.data);
	buf_release(&outputs);
	buf_release(&given);
	return status;
}

#define MIB(number) OPTION_TEXT_OF(number) "M"

/* The values of the options. */
struct asked {
	const char *order;
	const char *memory;    /* NULL: the default */
	const char *temporary; /* NULL: the folder of the case */
	bool region_of_account;
};

const struct step_option options_of_normalise[] = {
	{ 0, "date-order", "ORDER", "dmy or mdy, for sources that do not prove it", OPTION_TEXT,
	  offsetof(struct asked, order), "dmy or mdy, where a source does not tell", NULL, NULL },
	{ 0, "region-of-account", NULL, "an account dials national numbers of its country", OPTION_FLAG,
	  offsetof(struct asked, region_of_account), RUN_SAME, NULL, NULL },
	{ 0, "memory", "SIZE", "what tables take, as " MIB(NORMALISE_MEMORY_MIB) "; the rest is on disk", OPTION_TEXT,
	  offsetof(struct asked, memory), RUN_SAME, NULL, NULL },
	{ 0, "temporary", "DIR", "where the rest is for the time being (that of CASE)", OPTION_TEXT,
	  offsetof(struct asked, temporary), RUN_SAME, NULL, NULL },
	{ 0 },
};
OPTION_TABLE_FITS(options_of_normalise, NORMALISE_ROWS_MOST);

static enum status take_order(struct invocation *inv, const char *order,
			      struct normalise_settings *settings)
{
	if (order && !strcmp(order, "dmy"))
		settings->date_order = MOMENT_ORDER_DMY;
	else if (order && !strcmp(order, "mdy"))
		settings->date_order = MOMENT_ORDER_MDY;
	else if (order)
		return command_usage(inv, "--date-order takes dmy or mdy");
	return STATUS_OK;
}

enum status command_normalise(struct invocation *inv)
{
	struct normalise_settings settings = {
		.date_order = MOMENT_ORDER_UNKNOWN,
		.threads = 1,
		.memory = (uint64_t)NORMALISE_MEMORY_MIB << 20,
	};
	struct asked asked = { .order = NULL };
	struct option_row rows[OPTION_ROWS] = { 0 };
	struct casefile casefile;
	enum status status;

	(void)step_option_rows(options_of_normalise, &asked, rows);
	if (!command_options(inv, "[OPTION]... CASE", rows, 1, 1, &status))
		return status;
	status = take_order(inv, asked.order, &settings);
	if (status == STATUS_OK)
		status = option_memory(inv, asked.memory, NORMALISE_MEMORY_LEAST_MIB,
				       &settings.memory);
	if (status == STATUS_OK)
		status = option_folder(inv, "temporary", asked.temporary);
	if (status != STATUS_OK)
		return status;
	settings.temporary = asked.temporary;
	if (inv->rehearsal)
		return STATUS_OK;
	status = command_open(inv, &casefile, inv->operands[0], CASEFILE_WRITE);
	if (status != STATUS_OK)
		return status;
	settings.region_of_account = asked.region_of_account;
	settings.threads = command_threads(inv);
	command_catch_interrupts();
	casefile_watch(&casefile, &inv->observer);
	status = normalise(inv, &casefile, &settings);
	casefile_close(&casefile);
	return status;
}
