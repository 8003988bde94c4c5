/* SPDX-License-Identifier: Apache-2.0 */
/* What a run knows of its surroundings: the clock, the terminal, signals. */
#include "cmd/common/terminal.h"

#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/time/moment.h"
#include "cmd/common/command.h"

/* Threads look at it too. */
static atomic_int interrupted, pipe_broken;

/* A line of progress at most, in bytes. */
#define LINE_MOST 200
/* Columns of a terminal that does not say how many it has. */
#define COLUMNS_ASSUMED 80

/* Where the progress line of this run stands. */
static struct {
	bool drawn;
	struct timespec first;
	struct timespec last;
	uint64_t first_done, first_rows;    /* a step may begin in the middle */
	char step[200];
} line;

static void on_interrupt(int number)
{
	atomic_store(&interrupted, 1);
	(void)signal(number, SIG_DFL);
}

void command_catch_interrupts(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_handler = on_interrupt;
	(void)sigemptyset(&action.sa_mask);
	(void)sigaction(SIGINT, &action, NULL);
	(void)sigaction(SIGTERM, &action, NULL);
}

static void on_broken_pipe(int number)
{
	(void)number;
	atomic_store(&pipe_broken, 1);
}

void terminal_catch_broken_pipe(void)
{
	struct sigaction action, before;

	memset(&action, 0, sizeof(action));
	action.sa_handler = on_broken_pipe;
	(void)sigemptyset(&action.sa_mask);
	if (sigaction(SIGPIPE, NULL, &before) == 0 && before.sa_handler == SIG_DFL)
		(void)sigaction(SIGPIPE, &action, NULL);
}

void terminal_end_broken_pipe(void)
{
	if (!atomic_load(&pipe_broken))
		return;
	(void)signal(SIGPIPE, SIG_DFL);
	(void)raise(SIGPIPE);
}

void terminal_now(char out[static 21])
{
	struct timespec now = { 0, 0 };

	(void)clock_gettime(CLOCK_REALTIME, &now);
	(void)moment_format_utc((int64_t)now.tv_sec, out);
}

void terminal_clear_progress(void)
{
	if (line.drawn)
		(void)fputs("\r\033[K", stderr);
	line.drawn = false;
}

static void notice(void *context, const char *text)
{
	(void)context;
	terminal_clear_progress();
	(void)fprintf(stderr, "%s\n", text);
}

static unsigned columns_of(int terminal)
{
	struct winsize size;

	if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return COLUMNS_ASSUMED;
	return size.ws_col;
}

static double seconds_between(struct timespec from, struct timespec to)
{
	return (double)(to.tv_sec - from.tv_sec) +
	       (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* Adds to a line of LINE_MOST bytes; what does not fit is left out. */
static void add(char *text, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void add(char *text, const char *format, ...)
{
	size_t len = strlen(text);
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text + len, LINE_MOST - len, format, arguments);
	va_end(arguments);
}

/* What is done, how fast it goes, and how long it takes yet. */
static void describe(const struct progress *progress, double spent, char *text)
{
	const double mega = 1e6;
	const double rows = (double)(progress->rows - line.first_rows);
	const double done = (double)(progress->done - line.first_done);
	const double left = (double)progress->total - (double)progress->done;

	if (progress->rows)
		add(text, ", %llu rows, %.2f M/s",
		    (unsigned long long)progress->rows, rows / mega / spent);
	if (progress->bytes)
		add(text, ", %.0f", (double)progress->done / mega);
	if (progress->bytes && progress->total)
		add(text, " of %.0f", (double)progress->total / mega);
	if (progress->bytes)
		add(text, " MB, %.0f MB/s", done / mega / spent);
	if (progress->total && done > 0 && left >= 0)
		add(text, ", %.0f %%, %.0f s left",
		    100 - 100 * left / (double)progress->total,
		    spent * left / done);
}

/* A line that is wider than the terminal could not be wiped. */
static void draw(const struct progress *progress, double spent)
{
	const size_t width = columns_of(STDERR_FILENO);
	char text[LINE_MOST] = "";
	size_t room;

	describe(progress, spent, text);
	if (strlen(text) >= width)
		text[width ? width - 1 : 0] = '\0';
	room = width - strlen(text) > 1 ? width - strlen(text) - 1 : 0;
	(void)fprintf(stderr, "\r\033[K%.*s%s", (int)room, progress->step, text);
	(void)fflush(stderr);
	line.drawn = true;
}

static void progress(void *context, const struct progress *state)
{
	struct timespec now = { 0, 0 };

	(void)context;
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	if (strncmp(line.step, state->step, sizeof(line.step) - 1)) {
		(void)snprintf(line.step, sizeof(line.step), "%s", state->step);
		line.first = line.last = now;
		line.first_done = state->done;
		line.first_rows = state->rows;
	}
	if (seconds_between(line.last, now) < 0.25)
		return;
	line.last = now;
	draw(state, seconds_between(line.first, now));
}

static bool was_interrupted(void *context)
{
	(void)context;
	return atomic_load(&interrupted) != 0;
}

struct observer terminal_observer(bool quiet)
{
	struct observer observer = { .interrupted = was_interrupted };

	if (!quiet) {
		observer.notice = notice;
		if (isatty(STDERR_FILENO))
			observer.progress = progress;
	}
	return observer;
}

unsigned terminal_width(void)
{
	return isatty(STDOUT_FILENO) ? columns_of(STDOUT_FILENO) : 0;
}
