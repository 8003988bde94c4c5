/* SPDX-License-Identifier: Apache-2.0 */
/* What a run knows of its surroundings: the clock, the terminal, signals. */
#include "cmd/terminal.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/moment.h"
#include "cmd/command.h"

static volatile sig_atomic_t interrupted;

/* Where the progress line of this run stands. */
static struct {
	bool drawn;
	struct timespec first;
	struct timespec last;
	char step[200];
} line;

static void on_interrupt(int number)
{
	interrupted = 1;
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

static double seconds_between(struct timespec from, struct timespec to)
{
	return (double)(to.tv_sec - from.tv_sec) +
	       (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

static void draw(const struct progress *progress, double spent)
{
	double rate = spent > 0 ? (double)progress->rows / spent : 0;

	(void)fprintf(stderr, "\r\033[K%.60s: %llu rows, %.0f a second",
		      progress->step, (unsigned long long)progress->rows, rate);
	if (progress->total && progress->done) {
		double part = (double)progress->done / (double)progress->total;

		(void)fprintf(stderr, ", %.0f %%, %.0f s left", 100 * part,
			      part > 0 ? spent / part - spent : 0);
	}
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
	}
	if (seconds_between(line.last, now) < 0.25)
		return;
	line.last = now;
	draw(state, seconds_between(line.first, now));
}

static bool was_interrupted(void *context)
{
	(void)context;
	return interrupted != 0;
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
	struct winsize size;

	if (!isatty(STDOUT_FILENO))
		return 0;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
		return 80;
	return size.ws_col;
}
