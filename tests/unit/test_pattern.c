/* SPDX-License-Identifier: Apache-2.0 */
/* One pattern on several threads, each with a matcher of its own; and what a match gives. */
#include <pthread.h>
#include <stdio.h>

#include "ingest/plan/pattern.h"
#include "scratch.h"
#include "tap.h"

#define THREADS 4
#define ROUNDS 100000

/* What a thread is told to find, and how often that was not what it found. */
struct finding {
	const struct pattern *pattern;
	unsigned number;
	unsigned wrong;
};

/* The digits stand at another place in each text, and each thread begins with another. */
static void *find(void *context)
{
	struct finding *finding = context;
	struct matcher *matcher = matcher_new();

	for (unsigned i = 0; i < ROUNDS && matcher; i++) {
		char text[64], digits[16];
		struct text group = { NULL, 0 };

		(void)snprintf(digits, sizeof digits, "0770090%u%04u", finding->number, i % 10000);
		(void)snprintf(text, sizeof text, "SIP/%.*s/%s,30", (int)((i + finding->number) % 23), "xxxxxxxxxxxxxxxxxxxxxxx", digits);
		if (pattern_match(finding->pattern, matcher, text_of(text), &group) != MATCH_YES || !text_is(group, digits))
			finding->wrong++;
	}
	if (!matcher)
		finding->wrong = ROUNDS;
	matcher_free(matcher);
	return NULL;
}

static void test_threads(struct tap *tap)
{
	char why[160];
	struct pattern *pattern = pattern_new(text_of("/([0-9]+)(,|$)"), why, sizeof why);
	struct finding findings[THREADS];
	pthread_t threads[THREADS];
	unsigned started = 0, wrong = 0;

	for (; pattern && started < THREADS; started++) {
		findings[started] = (struct finding){ pattern, started, 0 };
		if (pthread_create(&threads[started], NULL, find, &findings[started]) != 0)
			break;
	}
	for (unsigned i = 0; i < started; i++) {
		(void)pthread_join(threads[i], NULL);
		wrong += findings[i].wrong;
	}
	OK(tap, started == THREADS && wrong == 0, "%u threads: %u of %u groups are wrong", started, wrong, THREADS * ROUNDS);
	pattern_free(pattern);
}

/* Whether a pattern has this group in a text; NULL: it does not match. */
static bool finds(const char *expression, const char *text, const char *group)
{
	char why[160];
	struct pattern *pattern = pattern_new(text_of(expression), why, sizeof why);
	struct matcher *matcher = matcher_new();
	struct text found = { NULL, 0 };
	enum match match = pattern && matcher ? pattern_match(pattern, matcher, text_of(text), &found) : MATCH_FAILED;

	matcher_free(matcher);
	pattern_free(pattern);
	return group ? match == MATCH_YES && text_is(found, group) : match == MATCH_NO;
}

static void test_groups(struct tap *tap)
{
	OK(tap, finds("b+", "abbc", "bb") && finds("b+", "ac", NULL), "without a group: the whole match");
	OK(tap, finds("a(b+)", "abbc", "bb"), "group 1");
	OK(tap, finds("a(b)(c)(d)(e)\\4?", "abcdef", "b"), "group 1 of more than there is room for");
	OK(tap, finds("a(b)?(c)(d)", "acd", "acd"), "group 1 took no part, others did: the whole match");
	OK(tap, finds("(?:(x)|b)(c)?", "abc", "bc"), "the same where the last one did");
	OK(tap, finds("ab\\Kc?", "abc", "c"), "\\K");
	OK(tap, finds("^$", "", ""), "nothing in nothing");
}

static void test_outside(struct tap *tap)
{
	const struct text text = { "abc", 3 };
	struct text group = { NULL, 0 };

	OK(tap, match_group(text, 1, 3, &group) && text_is(group, "bc"), "a part");
	OK(tap, match_group(text, 3, 3, &group) && group.len == 0 && match_group(text, 2, 1, &group) && group.len == 0, "an empty part");
	group = (struct text){ "x", 1 };
	OK(tap, !match_group(text, 1, 4, &group) && !match_group(text, 4, 4, &group) && !match_group(text, 4, 1, &group) &&
			!match_group(text, SIZE_MAX, SIZE_MAX, &group) && text_is(group, "x"), "behind the text is no part of it");
}

int main(void)
{
	struct tap tap = { 0 };

	test_threads(&tap);
	test_groups(&tap);
	test_outside(&tap);
	return tap_done(&tap);
}
