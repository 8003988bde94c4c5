/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions over bytes of evidence, with bounded work. */
#ifndef UNSPOOF_INGEST_PLAN_PATTERN_H
#define UNSPOOF_INGEST_PLAN_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* A compiled pattern; nothing of it changes, so that all threads may use it. */
struct pattern;
/* What one thread at a time matches with, whatever the pattern. */
struct matcher;

/* What a match came to. */
enum match {
	MATCH_NO,
	MATCH_YES,
	MATCH_FAILED,   /* the limits were reached, or what came of it is no part
			 * of the text */
	MATCH_MEMORY    /* there was no memory to find out */
};

/* Compiles a pattern of PCRE2 (pcre2pattern(3)); it works on bytes, not on
 * characters. NULL: it is wrong, and why (of size bytes) says how; or there is no
 * memory, and why is empty. */
struct pattern *pattern_new(struct text expression, char *why, size_t size);
void pattern_free(struct pattern *pattern);
/* What it was compiled from; borrowed. */
struct text pattern_text(const struct pattern *pattern);

/* NULL: no memory. */
struct matcher *matcher_new(void);
void matcher_free(struct matcher *matcher);     /* NULL is safe */
/* The thread is done with it, and another may use it: see base/thread/owner.h. */
void matcher_hand_over(struct matcher *matcher);

/* Whether the pattern occurs in text. When group is not NULL and the match has
 * a group 1 it becomes a view of that group, else of the whole match. */
enum match pattern_match(const struct pattern *pattern, struct matcher *matcher,
			 struct text text, struct text *group);

/* The bytes of a text between two places, none where the second is before the
 * first; false: one of them is behind the text. */
bool match_group(struct text text, size_t from, size_t to, struct text *group);

#endif
