/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof verify: structure, sums, hash chain; sources against their hashes, and
 * their rows against those of the case. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "casefile/verify/verify.h"
#include "cmd/common/command.h"
#include "cmd/common/terminal.h"
#include "ingest/reread/reread.h"

#define SYNOPSIS "[OPTION]... CASE [SOURCE]..."
#define ROWS_UNASKED 1000

/* One run of the command. */
struct verification {
	struct invocation *inv;
	const char *rows, *seed;        /* as given; NULL: not */
	struct reread_options options;
	struct casefile casefile;
	struct verify_counts counts;
	struct reread_counts reread;
};

static void to_standard_error(void *context, const char *line)
{
	(void)context;
	(void)fprintf(stderr, "%s\n", line);
}

/* Whether rows are read again at all. */
static bool reads_rows(const struct verification *v)
{
	return v->options.all || v->options.rows > 0;
}

/* Whether rows are chosen among others. */
static bool chooses_rows(const struct verification *v)
{
	return !v->options.all && v->options.rows > 0;
}

/* ---- the options ---- */

static enum status take_rows(struct verification *v)
{
	char shown[80];

	v->options.rows = ROWS_UNASKED;
	if (!v->rows)
		return STATUS_OK;
	v->options.all = !strcmp(v->rows, "all");
	if (v->options.all || text_to_u64(text_of(v->rows), &v->options.rows))
		return STATUS_OK;
	return command_usage(v->inv, "--rows takes a whole number, or all, not '%s'",
			     text_escape(text_of(v->rows), shown, sizeof(shown)));
}

/* What nobody who made a case can foresee. */
static enum status draw_seed(struct verification *v)
{
	uint64_t *seed = &v->options.seed;
	ssize_t got;

	do {
		got = getrandom(seed, sizeof(*seed), 0);
	} while (got < 0 && errno == EINTR);
	if (got == (ssize_t)sizeof(*seed))
		return STATUS_OK;
	return command_fail(v->inv, STATUS_FAILED,
			    "the system has no random numbers: give a --seed");
}

static enum status take_seed(struct verification *v)
{
	char shown[80];

	if (!v->seed)
		return chooses_rows(v) ? draw_seed(v) : STATUS_OK;
	if (text_to_u64(text_of(v->seed), &v->options.seed))
		return STATUS_OK;
	return command_usage(v->inv, "--seed takes a whole number, not '%s'",
			     text_escape(text_of(v->seed), shown, sizeof(shown)));
}

static enum status take_options(struct verification *v)
{
	enum status status = take_rows(v);

	if (status == STATUS_OK)
		status = take_seed(v);
	v->options.threaded = command_threads(v->inv) > 1;
	v->options.quiet = v->inv->quiet;
	return status;
}

/* ---- the check ---- */

static enum status verify_hashes(struct verification *v,
				 const struct observer *observer)
{
	struct invocation *inv = v->inv;
	enum status status = STATUS_OK;

	if (inv->operand_count == 1)
		return verify_sources(&v->casefile, inv->quiet, observer, &v->counts);
	for (int i = 1; i < inv->operand_count && status == STATUS_OK; i++)
		status = verify_source(&v->casefile, inv->operands[i], observer,
				       &v->counts);
	return status;
}

static enum status verify_rows(struct verification *v,
			       const struct observer *observer)
{
	struct invocation *inv = v->inv;
	struct reread reread;
	enum status status = STATUS_OK;

	reread_open(&reread, &v->casefile, &v->options, observer, &v->counts,
		    &v->reread);
	if (inv->operand_count == 1)
		status = reread_recorded(&reread);
	for (int i = 1; i < inv->operand_count && status == STATUS_OK; i++)
		status = reread_file(&reread, inv->operands[i]);
	reread_close(&reread);
	return status;
}

static enum status verify(struct verification *v)
{
	/* What does not hold is told, however quiet the run is. */
	struct observer observer = v->inv->observer;
	enum status status;

	if (!observer.notice)
		observer.notice = to_standard_error;
	status = verify_case(&v->casefile, (unsigned)command_threads(v->inv),
			     &observer, &v->counts);
	if (status != STATUS_OK)
		return status;
	return reads_rows(v) ? verify_rows(v, &observer)
			     : verify_hashes(v, &observer);
}

/* ---- what is said ---- */

/* So that the same rows can be chosen again; empty where none were chosen. */
static const char *seed_text(const struct verification *v, char *out, size_t size)
{
	out[0] = '\0';
	if (chooses_rows(v))
		(void)snprintf(out, size, " (--seed %llu)",
			       (unsigned long long)v->options.seed);
	return out;
}

static enum status tell_failures(const struct verification *v)
{
	char seed[40];

	return command_fail(v->inv, STATUS_INTEGRITY, "%llu %s not hold%s",
			    (unsigned long long)v->counts.failures,
			    v->counts.failures == 1 ? "thing does" : "things do",
			    seed_text(v, seed, sizeof(seed)));
}

static void tell_counts(const struct verification *v)
{
	char seed[40];

	(void)printf("ok: %llu calls in %llu segments, %lld runs, %llu sources "
		     "hashed, %llu not here",
		     (unsigned long long)v->counts.calls,
		     (unsigned long long)v->counts.segments,
		     (long long)v->counts.runs,
		     (unsigned long long)v->counts.sources,
		     (unsigned long long)v->counts.absent);
	if (reads_rows(v))
		(void)printf("; %llu rows of %llu sources read again%s, %llu "
			     "sources could not be",
			     (unsigned long long)v->reread.rows,
			     (unsigned long long)v->reread.sources,
			     seed_text(v, seed, sizeof(seed)),
			     (unsigned long long)v->reread.unreadable);
	(void)printf("\n");
}

/* Paths are as they were given, and often relative to another folder. */
static enum status tell_none_here(const struct verification *v)
{
	return command_fail(v->inv, STATUS_UNCHECKED,
			    "the case hangs together, but none of its sources is here, so "
			    "that none was checked: run it where they are, or give them as "
			    "SOURCE");
}

static enum status conclude(const struct verification *v)
{
	if (v->counts.failures)
		return tell_failures(v);
	if (!v->inv->quiet)
		tell_counts(v);
	if (v->counts.sources == 0 && v->counts.files > 0)
		return tell_none_here(v);
	/* Nobody asked for what is checked unasked. */
	return v->rows && v->reread.unreadable > 0 ? STATUS_UNCHECKED : STATUS_OK;
}

static enum status run(struct verification *v)
{
	struct invocation *inv = v->inv;
	struct casefile *casefile = &v->casefile;
	enum status status = casefile_open(casefile, inv->operands[0],
					   CASEFILE_READ);

	if (status == STATUS_OK) {
		casefile_watch(casefile, &inv->observer);
		if (custody_opened(inv, casefile) != STATUS_OK) {
			casefile_close(casefile);
			return STATUS_FAILED;
		}
		status = verify(v);
	}
	terminal_clear_progress();
	status = status == STATUS_OK ? conclude(v)
				     : command_error(inv, &casefile->error);
	casefile_close(casefile);
	return status;
}

enum status command_verify(struct invocation *inv)
{
	struct verification v = { .inv = inv };
	const struct option_row rows[] = {
		{ 0, "rows", "N", "read N rows of each source again, or all (1000)",
		  OPTION_TEXT, &v.rows },
		{ 0, "seed", "SEED", "choose the same rows as a run before",
		  OPTION_TEXT, &v.seed },
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, SYNOPSIS, rows, 1, -1, &status))
		return status;
	status = take_options(&v);
	if (status != STATUS_OK)
		return status;
	command_catch_interrupts();
	return run(&v);
}
