/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions over bytes of evidence, with bounded work. */
#ifndef UNSPOOF_INGEST_PLAN_PATTERN_H
#define UNSPOOF_INGEST_PLAN_PATTERN_H

#include <stddef.h>

#include "base/text.h"

struct pattern;

/* What a match came to. */
enum match {
	MATCH_NO,
	MATCH_YES,
	MATCH_FAILED    /* the limits were reached or memory ran out */
};

/* Compiles a pattern of PCRE2 (pcre2pattern(3)); it works on bytes, not on
 * characters. NULL: it is wrong, and why (of size bytes) says how. */
struct pattern *pattern_new(struct text expression, char *why, size_t size);
void pattern_free(struct pattern *pattern);
/* What it was compiled from; borrowed. */
struct text pattern_text(const struct pattern *pattern);

/* Whether the pattern occurs in text. When group is not NULL and the match has
 * a group 1 it becomes a view of that group, else of the whole match. */
enum match pattern_match(struct pattern *pattern, struct text text,
			 struct text *group);

#endif
