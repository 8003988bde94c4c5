/* SPDX-License-Identifier: Apache-2.0 */
/* measure [-k SECONDS] FILE NAME COMMAND [ARGUMENT]...: runs a command and adds a line to FILE: NAME, seconds by the
 * wall, seconds of all cores, KiB of memory at the peak, parted by TABs. With -k the command gets SIGKILL after SECONDS.
 * The status is the command's, or 128 and the number of the signal that ended it. SIGTERM is passed on. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FAILED = 125, NOT_RUN = 127, BY_SIGNAL = 128 };

struct job {
	const char *file, *name;
	char **command;
	double limit; /* seconds; below 0 there is none */
};

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(FAILED);
}

static double seconds_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		fail("clock");
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct job read_arguments(int argc, char **argv)
{
	struct job job = { .limit = -1 };
	char *end = NULL;
	int at = 1;

	if (argc > 2 && strcmp(argv[1], "-k") == 0) {
		job.limit = strtod(argv[2], &end);
		at = 3;
		if (end == argv[2] || *end || !(job.limit >= 0 && job.limit < 1e6))
			argc = 0;
	}
	if (argc < at + 3) {
		fprintf(stderr, "usage: measure [-k SECONDS] FILE NAME COMMAND [ARGUMENT]...\n");
		exit(FAILED);
	}
	job.file = argv[at];
	job.name = argv[at + 1];
	job.command = argv + at + 2;
	return job;
}

/* The signals that are waited for, and so must not come in any other way. */
static void watch(sigset_t *watched, sigset_t *before)
{
	if (sigemptyset(watched) != 0 || sigaddset(watched, SIGCHLD) != 0 || sigaddset(watched, SIGTERM) != 0 ||
	    sigprocmask(SIG_BLOCK, watched, before) != 0)
		fail("signals");
}

static pid_t start(const struct job *job, const sigset_t *before)
{
	const pid_t child = fork();

	if (child < 0)
		fail("fork");
	if (child > 0)
		return child;
	(void)sigprocmask(SIG_SETMASK, before, NULL);
	(void)execvp(job->command[0], job->command);
	fprintf(stderr, "measure: %s: %s\n", job->command[0], strerror(errno));
	_exit(NOT_RUN);
}

/* One of the signals, or 0 when the time is up. */
static int next_signal(const sigset_t *watched, double until)
{
	const double left = until < 0 ? 1e6 : until - seconds_now();
	const time_t whole = left > 0 ? (time_t)left : 0;
	const struct timespec rest = { whole, left > 0 ? (long)((left - (double)whole) * 1e9) : 0 };
	const int signal = sigtimedwait(watched, NULL, &rest);

	if (signal < 0 && errno != EAGAIN && errno != EINTR)
		fail("wait");
	return signal < 0 ? 0 : signal;
}

/* The status that the child ended with. */
static int wait_for(pid_t child, const sigset_t *watched, double until)
{
	int status = 0;

	for (;;) {
		const int signal = next_signal(watched, until);
		const pid_t ended = waitpid(child, &status, WNOHANG);

		if (ended == child)
			return WIFSIGNALED(status) ? BY_SIGNAL + WTERMSIG(status) : WEXITSTATUS(status);
		if (ended < 0)
			fail("wait");
		if (signal == SIGTERM)
			(void)kill(child, SIGTERM);
		else if (!signal && until >= 0 && seconds_now() >= until)
			(void)kill(child, SIGKILL);
	}
}

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void write_down(const struct job *job, double wall)
{
	struct rusage used;
	FILE *file = fopen(job->file, "a");
	int failed;

	if (!file || getrusage(RUSAGE_CHILDREN, &used) != 0)
		fail(job->file);
	failed = fprintf(file, "%s\t%.3f\t%.3f\t%ld\n", job->name, wall, seconds_of(used.ru_utime) + seconds_of(used.ru_stime),
			 used.ru_maxrss) < 0;
	if (fclose(file) != 0 || failed)
		fail(job->file);
}

int main(int argc, char **argv)
{
	const struct job job = read_arguments(argc, argv);
	sigset_t watched, before;
	double begun;
	int status;

	watch(&watched, &before);
	begun = seconds_now();
	status = wait_for(start(&job, &before), &watched, job.limit < 0 ? -1 : begun + job.limit);
	write_down(&job, seconds_now() - begun);
	return status;
}
