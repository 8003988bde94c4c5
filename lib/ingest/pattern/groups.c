/* SPDX-License-Identifier: Apache-2.0 */
/* A pattern whose named groups are the columns of a row. */
#include "ingest/pattern/groups.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/form/form.h"

/* As plan/pattern.c has them: a record has a line, or a few. */
#define MATCH_LIMIT 200000
#define DEPTH_LIMIT 1000

struct groups {
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *context;
	size_t count;
	struct text names[GROUPS_MOST];     /* inside the code */
	uint32_t numbers[GROUPS_MOST];
};

void groups_free(struct groups *groups)
{
	if (!groups)
		return;
	pcre2_match_data_free(groups->data);
	pcre2_match_context_free(groups->context);
	pcre2_code_free(groups->code);
	free(groups);
}

/* Puts a name where its group stands among the others. False: there is one too many. */
static bool add_name(struct groups *groups, uint32_t number, struct text name)
{
	size_t at = groups->count;

	if (at == GROUPS_MOST)
		return false;
	for (; at > 0 && groups->numbers[at - 1] > number; at--) {
		groups->numbers[at] = groups->numbers[at - 1];
		groups->names[at] = groups->names[at - 1];
	}
	groups->numbers[at] = number;
	groups->names[at] = name;
	groups->count++;
	return true;
}

static bool has_twice(const struct groups *groups)
{
	for (size_t i = 0; i < groups->count; i++)
		for (size_t k = 0; k < i; k++)
			if (text_equal(groups->names[i], groups->names[k]))
				return true;
	return false;
}

/* Reads the table of names: two bytes of a number, and a name that ends in NUL. NULL: it is as it
 * has to be. */
static const char *take_names(struct groups *groups)
{
	uint32_t count = 0, size = 0;
	PCRE2_SPTR table = NULL;

	if (pcre2_pattern_info(groups->code, PCRE2_INFO_NAMECOUNT, &count) != 0 ||
	    pcre2_pattern_info(groups->code, PCRE2_INFO_NAMEENTRYSIZE, &size) != 0 ||
	    pcre2_pattern_info(groups->code, PCRE2_INFO_NAMETABLE, &table) != 0 || count == 0)
		return "it has no named group, as (?<dialled>[0-9]+), to be a column";
	for (uint32_t i = 0; i < count; i++) {
		const PCRE2_UCHAR *entry = table + (size_t)i * size;

		if (!add_name(groups, (uint32_t)entry[0] << 8 | entry[1], text_of((const char *)entry + 2)))
			return "it has more than 256 named groups";
	}
	return has_twice(groups) ? "two of its groups have one name" : NULL;
}

static bool compile(struct groups *groups, struct text expression, char *why, size_t size)
{
	int code = 0;
	PCRE2_SIZE place = 0;
	PCRE2_UCHAR said[120] = "";
	const char *problem;

	groups->code = pcre2_compile((PCRE2_SPTR)expression.data, expression.len, PCRE2_NEVER_UTF, &code, &place, NULL);
	if (!groups->code && code != PCRE2_ERROR_HEAP_FAILED) {
		(void)pcre2_get_error_message(code, said, sizeof(said));
		(void)snprintf(why, size, "%s, at byte %zu", (const char *)said, place);
	}
	if (!groups->code)
		return false;
	problem = take_names(groups);
	if (problem)
		(void)snprintf(why, size, "%s", problem);
	return !problem;
}

struct groups *groups_new(struct text expression, char *why, size_t size)
{
	struct groups *groups = calloc(1, sizeof(*groups));
	bool good = groups != NULL;

	why[0] = '\0';
	if (good && compile(groups, expression, why, size)) {
		(void)pcre2_jit_compile(groups->code, PCRE2_JIT_COMPLETE);
		groups->context = pcre2_match_context_create(NULL);
		groups->data = pcre2_match_data_create_from_pattern(groups->code, NULL);
		good = groups->context && groups->data;
	} else {
		good = false;
	}
	if (!good) {
		groups_free(groups);
		return NULL;
	}
	(void)pcre2_set_match_limit(groups->context, MATCH_LIMIT);
	(void)pcre2_set_depth_limit(groups->context, DEPTH_LIMIT);
	return groups;
}

size_t groups_count(const struct groups *groups)
{
	return groups->count;
}

const struct text *groups_names(const struct groups *groups)
{
	return groups->names;
}

enum match groups_match(struct groups *groups, struct text text, struct text *fields)
{
	const int found = pcre2_match(groups->code, (PCRE2_SPTR)text.data, text.len, 0, 0, groups->data,
				      groups->context);
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(groups->data);

	if (found == PCRE2_ERROR_NOMATCH)
		return MATCH_NO;
	if (found == PCRE2_ERROR_NOMEMORY)
		return MATCH_MEMORY;
	if (found <= 0)
		return MATCH_FAILED;
	for (size_t i = 0; i < groups->count; i++) {
		const size_t at = 2 * (size_t)groups->numbers[i];

		fields[i] = form_null();
		/* Those behind the last that took part are not set. */
		if (groups->numbers[i] < (uint32_t)found && ends[at] != PCRE2_UNSET &&
		    !match_group(text, ends[at], ends[at + 1], &fields[i]))
			return MATCH_FAILED;
	}
	return MATCH_YES;
}
