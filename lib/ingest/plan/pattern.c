/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions over bytes of evidence, with bounded work. */
#include "ingest/plan/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/thread/owner.h"

/* No pattern of a profile needs more, and a field that one looks at has at most 64 KiB:
 * see limits.h. */
#define MATCH_LIMIT 200000
#define DEPTH_LIMIT 1000

/* The whole match and group 1 are all that is asked for. */
#define GROUPS 2

struct pattern {
	pcre2_code *code;
	char *expression;           /* as it was given */
	size_t len;
};

/* PCRE2 writes into both of these at each match, and notes nowhere whose the
 * match was. */
struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
	struct owner owner;
};

static pcre2_code *compile(struct text expression, char *why, size_t size)
{
	int code = 0;
	PCRE2_SIZE place = 0;
	PCRE2_UCHAR said[120] = "";
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)expression.data,
					     expression.len, PCRE2_NEVER_UTF, &code,
					     &place, NULL);

	if (compiled || code == PCRE2_ERROR_HEAP_FAILED)
		return compiled;
	(void)pcre2_get_error_message(code, said, sizeof(said));
	(void)snprintf(why, size, "%s, at byte %zu", (const char *)said, place);
	return NULL;
}

struct pattern *pattern_new(struct text expression, char *why, size_t size)
{
	struct pattern *pattern = calloc(1, sizeof(*pattern));

	(void)snprintf(why, size, "%s", "");
	if (!pattern)
		return NULL;
	pattern->code = compile(expression, why, size);
	if (!pattern->code) {
		free(pattern);
		return NULL;
	}
	pattern->expression = memory_text(expression.data, expression.len);
	pattern->len = expression.len;
	if (!pattern->expression) {
		pattern_free(pattern);
		return NULL;
	}
	/* Without a compiler for this machine the pattern is interpreted. */
	(void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(pattern->code);
	free(pattern->expression);
	free(pattern);
}

struct text pattern_text(const struct pattern *pattern)
{
	struct text text = { pattern->expression, pattern->len };

	return text;
}

struct matcher *matcher_new(void)
{
	struct matcher *matcher = calloc(1, sizeof(*matcher));

	if (!matcher)
		return NULL;
	matcher->context = pcre2_match_context_create(NULL);
	matcher->data = pcre2_match_data_create(GROUPS, NULL);
	if (!matcher->context || !matcher->data) {
		matcher_free(matcher);
		return NULL;
	}
	(void)pcre2_set_match_limit(matcher->context, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(matcher->context, DEPTH_LIMIT);
	return matcher;
}

void matcher_free(struct matcher *matcher)
{
	if (!matcher)
		return;
	pcre2_match_data_free(matcher->data);
	pcre2_match_context_free(matcher->context);
	free(matcher);
}

void matcher_hand_over(struct matcher *matcher)
{
	owner_hand_over(&matcher->owner);
}

bool match_group(struct text text, size_t from, size_t to, struct text *group)
{
	if (from > text.len || to > text.len)
		return false;
	/* \K can put the start of a match behind its end. */
	group->data = text.data + from;
	group->len = to > from ? to - from : 0;
	return true;
}

enum match pattern_match(const struct pattern *pattern, struct matcher *matcher,
			 struct text text, struct text *group)
{
	const struct text whole = { text.data ? text.data : "", text.len };
	const PCRE2_SIZE *ends;
	size_t at = 0;
	int found;

	owner_use(&matcher->owner);
	found = pcre2_match(pattern->code, (PCRE2_SPTR)whole.data, whole.len, 0, 0,
			    matcher->data, matcher->context);
	if (found == PCRE2_ERROR_NOMATCH)
		return MATCH_NO;
	if (found == PCRE2_ERROR_NOMEMORY)
		return MATCH_MEMORY;
	if (found < 0)
		return MATCH_FAILED;
	if (!group)
		return MATCH_YES;
	ends = pcre2_get_ovector_pointer(matcher->data);
	/* 0: the pattern has more groups than there is room for. */
	if (found != 1 && ends[2] != PCRE2_UNSET)
		at = 2;
	return match_group(whole, ends[at], ends[at + 1], group) ? MATCH_YES
								 : MATCH_FAILED;
}
