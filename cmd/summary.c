/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof summary: the figures of a case, or of a window of time in it. */
#include "correlate/summary/summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time/moment.h"
#include "cmd/common/command.h"
#include "cmd/common/output.h"
#include "cmd/common/terminal.h"
#include "cmd/custody/citation.h"
#include "number/plan/region.h"

#define WINDOWS_MOST 64
#define NAME_MOST 60       /* bytes of the name of a window */

/* A window; name NULL: it is the only one. */
struct window {
	char *name;
	struct summary_options options;
	struct summary summary;
};

struct summing {
	struct invocation *inv;
	const char *format;
	struct window *windows;    /* the first has the figures of the whole case too */
	size_t count;
};

/* ---- what is printed ---- */

/* How a format writes each value. */
static enum cell_type type_of(enum summary_key key)
{
	switch (key) {
	case SUMMARY_SPEND:
	case SUMMARY_LOSS:
	case SUMMARY_GROSS:
	case SUMMARY_REFUNDS:
	case SUMMARY_WINDOW_GROSS:
	case SUMMARY_WINDOW_REFUNDS:
	case SUMMARY_WINDOW_SPEND:
	case SUMMARY_WINDOW_LOSS:
		return CELL_AMOUNT;
	case SUMMARY_CURRENCY:
		return CELL_ID;
	case SUMMARY_BUSIEST_HOUR:
	case SUMMARY_WINDOW_SINCE:
	case SUMMARY_WINDOW_UNTIL:
		return CELL_TIME;
	case SUMMARY_SECONDS_BETWEEN_CALLS:
		return CELL_REAL;
	default:
		return CELL_INTEGER;
	}
}

/* What is printed of a window: bits. */
enum part { PART_CASE = 1, PART_WINDOW = 2 };

static enum status put(struct writer *writer, const struct window *window, bool of_case, const char *key,
		       enum cell_type type, const char *value)
{
	const struct cell cells[3] = {
		cell_of(CELL_ID, text_of(key)),
		cell_read(type, text_of(*value ? value : NULL)),
		cell_of(CELL_ID, text_of(of_case ? NULL : window->name)),
	};

	return writer_row(writer, cells);
}

/* Of each currency, what was paid in it, and what that is as a part of the spend. */
static enum status put_coins(struct writer *writer, const struct window *window, bool of_case)
{
	const struct summary_coins *coins = of_case ? &window->summary.of_case : &window->summary.of_window;
	enum status status = STATUS_OK;
	char key[60];

	for (size_t i = 0; i < coins->count && status == STATUS_OK; i++) {
		const struct summary_coin *coin = &coins->items[i];
		const char *of = of_case ? "" : "window_";

		(void)snprintf(key, sizeof(key), "%sspend_%s", of, coin->currency);
		status = put(writer, window, of_case, key, CELL_AMOUNT, coin->spend);
		(void)snprintf(key, sizeof(key), "%sspend_%s_value", of, coin->currency);
		if (status == STATUS_OK)
			status = put(writer, window, of_case, key, CELL_AMOUNT, coin->value);
	}
	return status;
}

static enum status put_part(struct writer *writer, const struct window *window, unsigned part)
{
	enum status status = STATUS_OK;

	for (unsigned i = 0; i < SUMMARY_KEYS && status == STATUS_OK; i++) {
		const enum summary_key key = (enum summary_key)i;
		const bool of_case = !summary_key_of_window(key);

		if (!(part & (of_case ? PART_CASE : PART_WINDOW)))
			continue;
		status = put(writer, window, of_case, summary_key_name(key), type_of(key), window->summary.values[key]);
		if (status == STATUS_OK && (key == SUMMARY_REFUNDS || key == SUMMARY_WINDOW_REFUNDS))
			status = put_coins(writer, window, of_case);
	}
	return status;
}

/* All of them as one table. */
static enum status put_table(const struct summing *s, struct writer *writer, const struct window *only, unsigned part)
{
	static const struct sheet_column columns[] = {
		{ "key", CELL_ID, NULL },
		{ "value", CELL_ID, NULL },
		{ "window", CELL_ID, NULL },
	};
	const bool named = !only && s->windows[0].name;
	const struct sheet sheet = { .name = "summary", .columns = columns, .count = named ? 3 : 2 };
	enum status status = writer_begin(writer, &sheet);

	if (status == STATUS_OK && (only || !named))
		status = put_part(writer, only ? only : s->windows, part);
	if (status == STATUS_OK && named)
		status = put_part(writer, s->windows, PART_CASE);
	for (size_t i = 0; i < s->count && status == STATUS_OK && named; i++)
		status = put_part(writer, &s->windows[i], PART_WINDOW);
	return status == STATUS_OK ? writer_end(writer) : status;
}

static enum status write_table(const struct summing *s, struct casefile *casefile, const struct window *only,
			       unsigned part)
{
	struct output output;
	enum status status = output_open(&output, s->inv, s->format, NULL, false, casefile);

	if (status != STATUS_OK)
		return status;
	status = put_table(s, &output.writer, only, part);
	casefile->error = output.writer.error;
	return output_close(&output, status, &casefile->error);
}

/* ---- for the eye ---- */

static void add_bound(struct buf *out, const char *word, const char *bound)
{
	if (*bound)
		buf_format(out, " %s %s", word, bound);
}

/* What the figures below it are of. */
static enum status write_heading(const struct summing *s, const struct window *window, bool of_case)
{
	const char *since = window->summary.values[SUMMARY_WINDOW_SINCE];
	const char *until = window->summary.values[SUMMARY_WINDOW_UNTIL];
	struct buf line = { 0 };
	enum status status = STATUS_OK;

	if (of_case) {
		buf_text(&line, "Of the whole case, whatever the window:\n");
	} else {
		buf_text(&line, window->name ? "\nOf window " : *since || *until ? "\nOf the window" : "\nOf all times");
		if (window->name)
			buf_escape(&line, text_of(window->name), 0);
		add_bound(&line, "from", since);
		add_bound(&line, "until before", until);
		buf_text(&line, ":\n");
	}
	if (line.failed)
		status = command_fail(s->inv, STATUS_FAILED, "out of memory");
	else if (!standard_output(s->inv, line.data, line.len))
		status = STATUS_FAILED;        /* main() says why when it closes it */
	buf_release(&line);
	return status;
}

static enum status write_part(const struct summing *s, struct casefile *casefile, const struct window *window,
			      unsigned part)
{
	const enum status status = write_heading(s, window, part == PART_CASE);

	return status == STATUS_OK ? write_table(s, casefile, window, part) : status;
}

/* Apart, under a heading each. */
static enum status write_parts(const struct summing *s, struct casefile *casefile)
{
	enum status status = write_part(s, casefile, s->windows, PART_CASE);

	for (size_t i = 0; i < s->count && status == STATUS_OK; i++)
		status = write_part(s, casefile, &s->windows[i], PART_WINDOW);
	if (status == STATUS_OK && !standard_output(NULL, "\n", 1))
		status = STATUS_FAILED;        /* the same */
	return status == STATUS_OK ? identity_print(s->inv, casefile) : status;
}

/* For machines: what case it is of goes beside it. */
static enum status write_whole(const struct summing *s, struct casefile *casefile)
{
	struct citation citation = { .table = NULL };
	enum status status = identity_read(casefile, &citation.identity);

	if (status != STATUS_OK)
		return command_error(s->inv, &casefile->error);
	status = write_table(s, casefile, NULL, PART_CASE | PART_WINDOW);
	if (status == STATUS_OK)
		identity_cite(s->inv, &citation);
	return status;
}

/* Whether the format is one for the eye, which has no machine to read it. */
static bool is_for_the_eye(const struct summing *s)
{
	const struct writer_format *format = s->format ? writer_format_find(s->format)
						       : writer_format_for(terminal_width() ? WRITER_ON_TERMINAL
											    : WRITER_ELSEWHERE);

	return format && format->flags & WRITER_ON_TERMINAL;
}

/* ---- what is asked ---- */

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

static enum status take_bounds(struct invocation *inv, const char *since, const char *until,
			       struct summary_options *options)
{
	enum status status = take_time(inv, "since", since, &options->since);

	if (status == STATUS_OK)
		status = take_time(inv, "until", until, &options->until);
	if (status == STATUS_OK && options->since >= options->until)
		return command_usage(inv, "--since must be before --until");
	return status;
}

static enum status refuse_window(const struct invocation *inv, const char *given, const char *why)
{
	char shown[120];

	return command_usage(inv, "--window '%s': %s", text_escape(text_of(given), shown, sizeof(shown)), why);
}

/* The two times behind the name, of which either may be empty. */
static enum status take_times(const struct summing *s, const char *given, char *times, struct summary_options *options)
{
	char *dots = strstr(times, "..");
	enum status status;

	if (!dots)
		return refuse_window(s->inv, given, "give it as NAME=SINCE..UNTIL, as 2021=2021-01-01..2022-01-01");
	*dots = '\0';
	status = take_time(s->inv, "window", *times ? times : NULL, &options->since);
	if (status == STATUS_OK)
		status = take_time(s->inv, "window", dots[2] ? dots + 2 : NULL, &options->until);
	if (status == STATUS_OK && options->since >= options->until)
		return refuse_window(s->inv, given, "it must begin before it ends");
	return status;
}

static enum status take_window(struct summing *s, const char *given)
{
	struct window *window = &s->windows[s->count];
	char *equals;

	window->options = (struct summary_options){ INT64_MIN, INT64_MAX, NULL, 1 };
	window->name = memory_text(given, strlen(given));
	if (!window->name)
		return command_fail(s->inv, STATUS_FAILED, "out of memory");
	s->count++;
	equals = strchr(window->name, '=');
	if (!equals || equals == window->name || equals - window->name > NAME_MOST)
		return refuse_window(s->inv, given, "give it a name of up to 60 bytes, as 2021=2021-01-01..2022-01-01");
	*equals = '\0';
	for (size_t i = 0; i + 1 < s->count; i++)
		if (!strcmp(s->windows[i].name, window->name))
			return refuse_window(s->inv, given, "another window has that name");
	return take_times(s, given, equals + 1, &window->options);
}

/* Those with a name, else one without. */
static enum status take_windows(struct summing *s, const struct option_list *list, const char *since,
				const char *until)
{
	enum status status = STATUS_OK;

	if (list->count > WINDOWS_MOST)
		return command_usage(s->inv, "--window: %d are the most", WINDOWS_MOST);
	if (list->count && (since || until))
		return command_usage(s->inv, "--window and --since or --until do not go together; name the window, "
					     "as NAME=SINCE..UNTIL");
	s->windows = calloc(list->count + 1, sizeof(*s->windows));
	if (!s->windows)
		return command_fail(s->inv, STATUS_FAILED, "out of memory");
	for (size_t i = 0; i < list->count && status == STATUS_OK; i++)
		status = take_window(s, list->items[i]);
	if (list->count || status != STATUS_OK)
		return status;
	s->count = 1;
	s->windows[0].options = (struct summary_options){ INT64_MIN, INT64_MAX, NULL, 1 };
	return take_bounds(s->inv, since, until, &s->windows[0].options);
}

static void release(struct summing *s)
{
	for (size_t i = 0; i < s->count; i++) {
		free(s->windows[i].name);
		summary_release(&s->windows[i].summary);
	}
	free(s->windows);
}

/* ---- all of it ---- */

static enum status sum_up(struct summing *s, struct casefile *casefile)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < s->count && status == STATUS_OK; i++)
		status = (i ? summary_run_window : summary_run)(casefile, &s->windows[i].options, &s->inv->observer,
								&s->windows[i].summary);
	return status;
}

static enum status summarise(struct summing *s)
{
	struct invocation *inv = s->inv;
	struct casefile casefile;
	enum status status = output_check(inv, s->format);

	if (status != STATUS_OK)
		return status;
	command_catch_interrupts();
	status = command_open(inv, &casefile, inv->operands[0], CASEFILE_READ);
	if (status != STATUS_OK)
		return status;
	status = sum_up(s, &casefile);
	terminal_clear_progress();
	if (status != STATUS_OK)
		status = command_error(inv, &casefile.error);
	else if (is_for_the_eye(s))
		status = write_parts(s, &casefile);
	else
		status = write_whole(s, &casefile);
	casefile_close(&casefile);
	return status;
}

enum status command_summary(struct invocation *inv)
{
	struct summing s = { .inv = inv };
	struct option_list windows = { NULL, 0 };
	const char *since = NULL, *until = NULL, *country = NULL;
	const struct option_row rows[] = {
		{ 0, "since", "TIME", "calls, payments and reports from then on, UTC", OPTION_TEXT, &since },
		{ 0, "until", "TIME", "calls, payments and reports before then, UTC", OPTION_TEXT, &until },
		{ 0, "window", "SPAN", "NAME=SINCE..UNTIL, a window; more may be given", OPTION_LIST, &windows },
		{ 0, "country", "CC", "also count calls dialled to it, as GB", OPTION_TEXT, &country },
		OUTPUT_FORMAT(&s.format),
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... CASE", rows, 1, 1, &status)) {
		free(windows.items);
		return status;
	}
	status = take_windows(&s, &windows, since, until);
	if (status == STATUS_OK)
		status = take_country(inv, &country);
	for (size_t i = 0; i < s.count; i++) {
		s.windows[i].options.country = country;
		s.windows[i].options.threads = command_threads(inv);
	}
	if (status == STATUS_OK)
		status = summarise(&s);
	release(&s);
	free(windows.items);
	return status;
}
