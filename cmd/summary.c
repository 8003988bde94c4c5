/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof summary: the figures of a case, or of a window of time in it. */
#include "correlate/summary/summary.h"

#include <string.h>

#include "base/time/moment.h"
#include "cmd/common/command.h"
#include "cmd/common/output.h"
#include "number/plan/region.h"

/* How a format writes each value. */
static enum cell_type type_of(enum summary_key key)
{
	switch (key) {
	case SUMMARY_SPEND:
	case SUMMARY_LOSS:
		return CELL_AMOUNT;
	case SUMMARY_CURRENCY:
		return CELL_ID;
	case SUMMARY_BUSIEST_HOUR:
		return CELL_TIME;
	case SUMMARY_SECONDS_BETWEEN_CALLS:
		return CELL_REAL;
	default:
		return CELL_INTEGER;
	}
}

static enum status write_summary(const struct summary *summary,
				 struct writer *writer)
{
	static const struct sheet_column columns[] = {
		{ "key", CELL_ID, NULL },
		{ "value", CELL_ID, NULL },
	};
	const struct sheet sheet = { .name = "summary", .columns = columns, .count = 2 };
	enum status status = writer_begin(writer, &sheet);

	for (unsigned i = 0; i < SUMMARY_KEYS && status == STATUS_OK; i++) {
		enum summary_key key = (enum summary_key)i;
		const char *value = summary->values[key];
		const struct cell cells[2] = {
			cell_of(CELL_ID, text_of(summary_key_name(key))),
			cell_read(type_of(key), text_of(*value ? value : NULL)),
		};

		status = writer_row(writer, cells);
	}
	return status == STATUS_OK ? writer_end(writer) : status;
}

/* A time that can be read one way only; without a zone it is UTC. */
static enum status take_time(struct invocation *inv, const char *option,
			     const char *given, int64_t *seconds)
{
	struct moment moment;
	const char *reason;
	char shown[80];

	if (!given)
		return STATUS_OK;
	reason = moment_parse(given, strlen(given), MOMENT_ORDER_UNKNOWN,
			      &moment);
	if (!reason && (moment.null || moment.orders))
		reason = moment.null ? "means that there is no time"
				     : "may be day or month first";
	if (!reason && moment.word)
		reason = "has an abbreviation for its zone";
	if (!reason && moment.ms % 1000)
		reason = "has a fraction of a second";
	if (reason)
		return command_usage(inv, "--%s '%s': %s; give it as 2022-03-27 or "
					  "2022-03-27T00:59:58Z", option,
				     text_escape(text_of(given), shown,
						 sizeof(shown)), reason);
	*seconds = moment.ms / 1000;
	return STATUS_OK;
}

static enum status take_country(struct invocation *inv, const char **country)
{
	const struct text given = text_of(*country);
	char shown[40], problem[REGION_PROBLEM];

	if (!given.data)
		return STATUS_OK;
	*country = region_given(given);
	if (*country && region_renamed(given))
		observer_notice(&inv->observer, "--country UK is taken as %s", *country);
	if (*country)
		return STATUS_OK;
	return command_usage(inv, "--country '%s': %s",
			     text_escape(given, shown, sizeof(shown)),
			     region_problem(given, problem));
}

static enum status take_options(struct invocation *inv, const char *since,
				const char *until,
				struct summary_options *options)
{
	enum status status = take_time(inv, "since", since, &options->since);

	if (status == STATUS_OK)
		status = take_time(inv, "until", until, &options->until);
	if (status == STATUS_OK)
		status = take_country(inv, &options->country);
	if (status == STATUS_OK && options->since >= options->until)
		return command_usage(inv, "--since must be before --until");
	return status;
}

static enum status summarise(struct invocation *inv, const char *format,
			     const struct summary_options *options)
{
	struct casefile casefile;
	struct summary summary;
	struct output output;
	enum status status;

	command_catch_interrupts();
	status = command_open(inv, &casefile, inv->operands[0], CASEFILE_READ);
	if (status != STATUS_OK)
		return status;
	status = output_open(&output, inv, format, NULL, false,
			     &casefile);
	if (status == STATUS_OK) {
		status = summary_run(&casefile, options, &inv->observer,
				     &summary);
		if (status == STATUS_OK) {
			status = write_summary(&summary, &output.writer);
			casefile.error = output.writer.error;
		}
		status = output_close(&output, status, &casefile.error);
	}
	casefile_close(&casefile);
	return status;
}

enum status command_summary(struct invocation *inv)
{
	struct summary_options options = { INT64_MIN, INT64_MAX, NULL, 1 };
	const char *since = NULL;
	const char *until = NULL;
	const char *format = NULL;
	const struct option_row rows[] = {
		{ 0, "since", "TIME", "calls from then on, UTC", OPTION_TEXT,
		  &since },
		{ 0, "until", "TIME", "calls before then, UTC", OPTION_TEXT,
		  &until },
		{ 0, "country", "CC", "also count calls dialled to it, as GB",
		  OPTION_TEXT, &options.country },
		OUTPUT_FORMAT(&format),
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE", rows, 1, 1, &status))
		return status;
	status = take_options(inv, since, until, &options);
	options.threads = command_threads(inv);
	return status == STATUS_OK ? summarise(inv, format, &options) : status;
}
