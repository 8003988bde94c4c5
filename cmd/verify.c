/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof verify: structure, sums, hash chain; sources against their hashes, and
 * their rows against those of the case. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "casefile/verify/verify.h"
#include "casefile/verify/verify_places.h"
#include "cmd/common/command.h"
#include "cmd/common/dumps.h"
#include "cmd/common/options.h"
#include "cmd/common/remake.h"
#include "cmd/common/terminal.h"
#include "cmd/custody/citation.h"
#include "ingest/reread/reread.h"
#include "ingest/reread/reread_ahead.h"

#define SYNOPSIS "[OPTION]... CASE [SOURCE|FOLDER]..."
#define ROWS_UNASKED 1000

/* One run of the command. */
struct verification {
	struct invocation *inv;
	const char *rows, *seed, *head; /* as given; NULL: not */
	struct verify_head kept;        /* the run of that head */
	bool deep;
	const char *temporary;
	struct dump_options dumps;
	struct reread_options options;
	struct casefile casefile;
	struct verify_counts counts;
	struct reread_counts reread;
	struct deep_counts made;        /* of --deep */
	bool all;                       /* sources that the case names are looked for ... */
	struct verify_places places;    /* ... here too, if folders are given */
	struct reread_ahead ahead;
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

static enum status take_head(struct verification *v)
{
	char shown[80];

	if (!v->head || verify_head_given(text_of(v->head)))
		return STATUS_OK;
	return command_usage(v->inv, "--head takes the hash of a run, 12 to 64 hexadecimal digits, not '%s'",
			     text_escape(text_of(v->head), shown, sizeof(shown)));
}

static enum status take_options(struct verification *v)
{
	enum status status = take_rows(v);

	if (status == STATUS_OK)
		status = take_head(v);
	if (status == STATUS_OK)
		status = take_seed(v);
	if (status == STATUS_OK && v->temporary && !v->deep)
		status = command_usage(v->inv, "--temporary is for what --deep makes: give that too");
	if (status == STATUS_OK)
		status = option_folder(v->inv, "temporary", v->temporary);
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

	if (v->all)
		return verify_sources(&v->casefile, v->options.places, v->ahead.hash, inv->quiet, observer,
				      &v->counts);
	for (int i = 1; i < inv->operand_count && status == STATUS_OK; i++)
		status = verify_source(&v->casefile, inv->operands[i], v->ahead.hash, observer,
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
	if (v->all)
		status = reread_recorded(&reread);
	for (int i = 1; i < inv->operand_count && status == STATUS_OK && !v->all; i++)
		status = reread_file(&reread, inv->operands[i]);
	reread_close(&reread);
	return status;
}

/* With a folder in which sources are looked for, all operands are where they may be. */
static enum status look_through(struct verification *v, const struct observer *observer)
{
	struct invocation *inv = v->inv;
	bool searched = false;
	enum status status = STATUS_OK;

	v->all = inv->operand_count == 1;
	for (int i = 1; i < inv->operand_count && status == STATUS_OK && !searched; i++)
		status = verify_is_searched(&v->casefile, inv->operands[i], &searched);
	if (status != STATUS_OK || !searched)
		return status;
	v->all = true;
	v->options.places = &v->places;
	status = verify_places_open(&v->places, &v->casefile, observer);
	for (int i = 1; i < inv->operand_count && status == STATUS_OK; i++)
		status = verify_places_add(&v->places, inv->operands[i]);
	return status;
}

/* What was named by itself is to be a source, if it was not found to be one. */
static enum status verify_unused(struct verification *v, const struct observer *observer)
{
	enum status status = STATUS_OK;

	for (int i = 1; i < v->inv->operand_count && status == STATUS_OK && v->options.places; i++) {
		const char *path = v->inv->operands[i];
		bool folder;

		status = verify_find_folder(&v->casefile, path, &folder);
		if (status == STATUS_OK && !folder && !verify_places_used(&v->places, path))
			status = verify_source(&v->casefile, path, NULL, observer, &v->counts);
	}
	return status;
}

static enum status verify_all_sources(struct verification *v, const struct observer *observer)
{
	enum status status = look_through(v, observer);

	if (status == STATUS_OK)
		status = reads_rows(v) ? verify_rows(v, observer) : verify_hashes(v, observer);
	if (status == STATUS_OK)
		status = verify_unused(v, observer);
	verify_places_close(&v->places);
	return status;
}

static enum status verify_all(struct verification *v, const struct observer *observer)
{
	enum status status = verify_case(&v->casefile, (unsigned)command_threads(v->inv), &v->ahead.laid,
					 observer, &v->counts);

	if (status == STATUS_OK && v->head)
		status = verify_head(&v->casefile, text_of(v->head), observer, &v->counts, &v->kept);
	if (status == STATUS_OK && v->deep)
		status = deep_verify(v->inv, &v->casefile, v->temporary, observer, &v->counts, &v->made);
	return status == STATUS_OK ? verify_all_sources(v, observer) : status;
}

/* Sources are hashed while the case is checked. */
static enum status verify(struct verification *v, const struct observer *observer)
{
	struct invocation *inv = v->inv;
	enum status status = reread_ahead_open(&v->ahead, &v->casefile, &v->options, inv->operands + 1,
					       (size_t)inv->operand_count - 1, observer);

	v->options.ahead = &v->ahead;
	if (status == STATUS_OK)
		status = verify_all(v, observer);
	reread_ahead_close(&v->ahead);
	return status;
}

/* A case that is refused for what it is made of is told as one that does not hold. */
static enum status verify_opened(struct verification *v, enum status status)
{
	struct casefile *casefile = &v->casefile;
	/* What does not hold is told, however quiet the run is. */
	struct observer observer = v->inv->observer;

	if (!observer.notice)
		observer.notice = to_standard_error;
	if (status == STATUS_INTEGRITY && casefile->db) {
		v->options.rows = 0;
		return verify_schema(casefile, &observer, &v->counts);
	}
	if (status != STATUS_OK)
		return status;
	casefile_watch(casefile, &v->inv->observer);
	return verify(v, &observer);
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
	if (v->head)
		(void)printf("; run %lld has the hash given, %llu run%s it",
			     (long long)v->kept.run, (unsigned long long)v->kept.follow,
			     v->kept.follow == 1 ? " follows" : "s follow");
	if (v->deep)
		(void)printf("; %llu rows of %llu tables made anew are the same", (unsigned long long)v->made.rows,
			     (unsigned long long)v->made.tables);
	(void)printf("\n");
}

/* Paths are as they were given, and often relative to another folder. */
static enum status tell_not_here(const struct verification *v)
{
	const unsigned long long files = v->counts.files;

	if (v->counts.sources == 0)
		return command_fail(v->inv, STATUS_UNCHECKED,
				    "the case hangs together, but none of its sources is here, so that none was"
				    " checked: run it where they are, or give a FOLDER that has them");
	return command_fail(v->inv, STATUS_UNCHECKED,
			    "all that was checked holds, but %llu %s not here, so that not all was checked: run it"
			    " where %s, or give a FOLDER that has %s",
			    files, files == 1 ? "source is" : "sources are", files == 1 ? "it is" : "they are",
			    files == 1 ? "it" : "them");
}

/* What was held against the rows, and what others can ask for. */
static enum status tell_identity(struct verification *v)
{
	struct identity identity;
	enum status status = identity_print(v->inv, &v->casefile);

	if (status != STATUS_OK)
		return status;
	status = identity_read(&v->casefile, &identity);
	if (status != STATUS_OK)
		return command_error(v->inv, &v->casefile.error);
	if (identity.first.id)
		(void)printf("known by %s\nhead %s, run %lld\n", identity.first.hash, identity.head.hash,
			     (long long)identity.head.id);
	return STATUS_OK;
}

static enum status conclude(struct verification *v)
{
	enum status status = STATUS_OK;

	if (v->counts.failures)
		return tell_failures(v);
	if (!v->inv->quiet) {
		tell_counts(v);
		status = tell_identity(v);
	}
	if (status != STATUS_OK)
		return status;
	if (v->counts.files > 0)
		return tell_not_here(v);
	if (v->made.unchecked)
		return STATUS_UNCHECKED;
	/* Nobody asked for what is checked unasked. */
	return v->rows && v->reread.unreadable > 0 ? STATUS_UNCHECKED : STATUS_OK;
}

static enum status run(struct verification *v)
{
	struct invocation *inv = v->inv;
	struct casefile *casefile = &v->casefile;
	enum status status = casefile_open(casefile, inv->operands[0], CASEFILE_READ);

	if (status == STATUS_OK && custody_opened(inv, casefile) != STATUS_OK) {
		casefile_close(casefile);
		return STATUS_FAILED;
	}
	status = verify_opened(v, status);
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
		{ 0, "head", "HASH", "the chain of runs has one of this hash",
		  OPTION_TEXT, &v.head },
		{ 0, "rows", "N", "read N rows of each source again, or all (1000)",
		  OPTION_TEXT, &v.rows },
		{ 0, "deep", NULL, "make the layers anew, and compare every row", OPTION_FLAG, &v.deep },
		{ 0, "temporary", "DIR", "where --deep makes them ($TMPDIR, /var/tmp)", OPTION_TEXT, &v.temporary },
		{ 0, "seed", "SEED", "choose the same rows as a run before",
		  OPTION_TEXT, &v.seed },
		{ 0, "password-file", "FILE", HELP_PASSWORD_FILE, OPTION_TEXT, &v.dumps.password_file },
		{ 0, "max-expand", "SIZE[:RATIO]", HELP_MAX_EXPAND, OPTION_TEXT, &v.dumps.max_expand },
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, SYNOPSIS, rows, 1, -1, &status))
		return status;
	status = take_options(&v);
	if (status == STATUS_OK && dump_options_take(inv, &v.dumps, &v.options.dumps, &status)) {
		command_catch_interrupts();
		status = run(&v);
	}
	dump_options_release(&v.dumps);
	return status;
}
