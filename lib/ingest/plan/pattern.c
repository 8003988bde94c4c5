/* SPDX-License-Identifier: Apache-2.0 */
/* Regular expressions over bytes of evidence, with bounded work. */
#include "ingest/plan/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

/* No pattern of a profile needs more, and a field has at most 64 KiB. */
#define MATCH_LIMIT 200000
#define DEPTH_LIMIT 1000

struct pattern {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
	char *expression;
	size_t len;
};

static pcre2_code *compile(struct text expression, char *why, size_t size)
{
	int code = 0;
	PCRE2_SIZE place = 0;
	PCRE2_UCHAR said[120] = "";
	pcre2_code *compiled = pcre2_compile((PCRE2_SPTR)expression.data,
					     expression.len, PCRE2_NEVER_UTF, &code,
					     &place, NULL);

	if (compiled)
		return compiled;
	(void)pcre2_get_error_message(code, said, sizeof(said));
	(void)snprintf(why, size, "%s, at byte %zu", (const char *)said, place);
	return NULL;
}

struct pattern *pattern_new(struct text expression, char *why, size_t size)
{
	struct pattern *pattern = calloc(1, sizeof(*pattern));

	(void)snprintf(why, size, "out of memory");
	if (!pattern)
		return NULL;
	pattern->code = compile(expression, why, size);
	if (!pattern->code) {
		free(pattern);
		return NULL;
	}
	pattern->expression = memory_text(expression.data, expression.len);
	pattern->len = expression.len;
	pattern->context = pcre2_match_context_create(NULL);
	pattern->data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
	if (!pattern->context || !pattern->data || !pattern->expression) {
		pattern_free(pattern);
		return NULL;
	}
	(void)pcre2_set_match_limit(pattern->context, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(pattern->context, DEPTH_LIMIT);
	/* Without a compiler for this machine the pattern is interpreted. */
	(void)pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_match_data_free(pattern->data);
	pcre2_match_context_free(pattern->context);
	pcre2_code_free(pattern->code);
	free(pattern->expression);
	free(pattern);
}

struct text pattern_text(const struct pattern *pattern)
{
	struct text text = { pattern->expression, pattern->len };

	return text;
}

enum match pattern_match(struct pattern *pattern, struct text text,
			 struct text *group)
{
	const char *data = text.data ? text.data : "";
	const PCRE2_SIZE *ends;
	size_t at = 0;
	int found = pcre2_match(pattern->code, (PCRE2_SPTR)data, text.len, 0, 0,
				pattern->data, pattern->context);

	if (found == PCRE2_ERROR_NOMATCH)
		return MATCH_NO;
	if (found < 0)
		return MATCH_FAILED;
	if (!group)
		return MATCH_YES;
	ends = pcre2_get_ovector_pointer(pattern->data);
	if (found > 1 && ends[2] != PCRE2_UNSET)
		at = 2;
	/* \K can put the start of a match behind its end. */
	group->data = data + ends[at];
	group->len = ends[at + 1] > ends[at] ? ends[at + 1] - ends[at] : 0;
	return MATCH_YES;
}
