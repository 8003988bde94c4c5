/* SPDX-License-Identifier: Apache-2.0 */
/* What one thread at a time may use, used on another: a build with a sanitizer ends by abort(). */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/digest/digest.h"
#include "base/digest/hasher.h"
#include "base/thread/owner.h"
#include "casefile/sql.h"
#include "ingest/delimited/reader.h"
#include "ingest/plan/pattern.h"
#include "ingest/source/dump.h"
#include "scratch.h"
#include "tap.h"

#ifdef UNSPOOF_OWNERS

/* Something that one thread at a time may use: what uses it, and what hands it over. */
struct thing {
	const char *name;
	void (*use)(void);
	void (*hand_over)(void);    /* NULL: it stays its thread's */
};

static struct pattern *pattern;
static struct matcher *matcher;
static struct digest *digest;
static struct reader reader;
static struct casefile casefile;
static struct dump *dump;
static struct error error;

static void use_matcher(void) { (void)pattern_match(pattern, matcher, text_of("a"), NULL); }
static void leave_matcher(void) { matcher_hand_over(matcher); }
static void use_digest(void) { (void)digest_add(digest, "a", 1); }
static void leave_digest(void) { digest_hand_over(digest); }
static void use_casefile(void) { (void)casefile_exec(&casefile, "SELECT 1"); }

static void use_reader(void)
{
	static char bytes[8 + READER_BEHIND] = "a,\"b\"\n";
	struct record record;

	reader_lend(&reader, bytes, 6, true);
	(void)reader_next(&reader, &record);
}

static void leave_reader(void) { reader_hand_over(&reader); }

static void use_dump(void)
{
	char byte;
	size_t got;

	(void)dump_read(dump, &byte, 1, &got, &error);
}

static void leave_dump(void) { dump_hand_over(dump); }

static void *use_apart(void *context)
{
	((const struct thing *)context)->use();
	return NULL;
}

/* How a process ends that uses a thing here and then on another thread. */
static int ending(const struct thing *thing, bool handed_over)
{
	pthread_t thread;
	int status = -1;
	pid_t child;

	(void)fflush(stdout);
	child = fork();
	if (child == 0) {
		(void)signal(SIGABRT, SIG_DFL);
		thing->use();
		thing->use();
		if (handed_over)
			thing->hand_over();
		if (pthread_create(&thread, NULL, use_apart, (void *)(uintptr_t)thing) == 0)
			(void)pthread_join(thread, NULL);
		_exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child ? status : -1;
}

static bool open_things(void)
{
	static const struct dialect dialect = { .separator = ',', .quote = '"' };
	static const struct observer observer = { 0 };
	char why[160];
	FILE *file = fopen("f", "w");

	if (!file || fputs("a,b\n", file) < 0 || fclose(file) != 0)
		return false;
	pattern = pattern_new(text_of("a"), why, sizeof why);
	matcher = matcher_new();
	digest = digest_new();
	return pattern && matcher && digest && reader_open_lent(&reader, &dialect, &error) == STATUS_OK &&
	       casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK && dump_open(&dump, "f", false, &observer, &error) == STATUS_OK &&
	       dump_next(dump, &error) == STATUS_OK;
}

static void close_things(void)
{
	dump_close(dump);
	casefile_close(&casefile);
	reader_close(&reader);
	digest_free(digest);
	matcher_free(matcher);
	pattern_free(pattern);
}

static void test_things(struct tap *tap)
{
	static const struct thing things[] = {
		{ "what patterns are matched with", use_matcher, leave_matcher },
		{ "a digest", use_digest, leave_digest },
		{ "the parser of a reader", use_reader, leave_reader },
		{ "a case", use_casefile, NULL },
		{ "a dump", use_dump, leave_dump },
	};

	for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
		const struct thing *thing = &things[i];
		const int status = ending(thing, false);

		OK(tap, WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT, "%s, used on another thread", thing->name);
		if (thing->hand_over)
			OK(tap, ending(thing, true) == 0, "%s, handed over to it", thing->name);
	}
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	if (open_things())
		test_things(&tap);
	else
		OK(&tap, false, "all is there: %s%s", error.text, casefile.error.text);
	close_things();
	scratch_leave(folder);
	return tap_done(&tap);
}

#else

int main(void)
{
	printf("1..0 # SKIP owners are noted in builds with a sanitizer\n");
	return 0;
}

#endif
