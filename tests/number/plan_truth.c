/* SPDX-License-Identifier: Apache-2.0 */
/* The numbering plan by PCRE2, rule by rule. */
#include "plan_truth.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number/number.h"

/* At the front; with end, up to the end too (PCRE2_ENDANCHORED would rule partial matches out). */
static pcre2_code *compile(const char *pattern, const char *end)
{
	char text[4096];
	PCRE2_SIZE place;
	pcre2_code *code;
	int error;

	if (!pattern || !pattern[0])
		return NULL;
	if (snprintf(text, sizeof(text), "(?:%s)%s", pattern, end) >= (int)sizeof(text))
		plangen_fail("too long for this test", pattern);
	code = pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, PCRE2_ANCHORED | PCRE2_DOLLAR_ENDONLY, &error, &place, NULL);
	if (!code)
		plangen_fail("PCRE2 cannot compile", pattern);
	(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE | PCRE2_JIT_PARTIAL_HARD);
	return code;
}

void truth_read(struct truth *truth, const char *path)
{
	plan_read(&truth->plan, path);
	truth->rows = calloc(truth->plan.count, sizeof(*truth->rows));
	truth->match = pcre2_match_data_create(16, NULL);
	if (!truth->rows || !truth->match)
		plangen_fail("out of memory", path);
	for (size_t i = 0; i < truth->plan.count; i++) {
		const struct plan_row *row = &truth->plan.rows[i];

		truth->rows[i].row = row;
		for (unsigned d = 0; d < DESC_COUNT; d++)
			truth->rows[i].whole[d] = compile(row->desc[d].pattern, "\\z");
		truth->rows[i].leading = compile(row->leading, "");
		truth->rows[i].idd = compile(row->idd, "");
		truth->rows[i].national = compile(row->national, "");
	}
}

void truth_free(struct truth *truth)
{
	for (size_t i = 0; i < truth->plan.count; i++) {
		for (unsigned d = 0; d < DESC_COUNT; d++)
			pcre2_code_free(truth->rows[i].whole[d]);
		pcre2_code_free(truth->rows[i].leading);
		pcre2_code_free(truth->rows[i].idd);
		pcre2_code_free(truth->rows[i].national);
	}
	pcre2_match_data_free(truth->match);
	free(truth->rows);
	plan_free(&truth->plan);
}

bool truth_match(const struct truth *truth, const pcre2_code *pattern, const char *digits, size_t len)
{
	int found;

	if (!pattern)
		return false;
	found = pcre2_match(pattern, (PCRE2_SPTR)digits, len, 0, 0, truth->match, NULL);
	if (found < 0 && found != PCRE2_ERROR_NOMATCH)
		plangen_fail("PCRE2 failed on", digits);
	return found >= 0;
}

static bool is_kind(const struct truth *truth, const struct truth_row *row, unsigned kind, const char *digits, size_t len)
{
	const uint32_t lengths = row->row->desc[kind].lengths;

	if (lengths && !(len < 32 && (lengths >> len & 1)))
		return false;
	return truth_match(truth, row->whole[kind], digits, len);
}

static unsigned type_of(const struct truth *truth, const struct truth_row *row, const char *digits, size_t len)
{
	if (!is_kind(truth, row, DESC_GENERAL, digits, len))
		return NUMBER_TYPE_UNKNOWN;
	for (unsigned kind = DESC_PREMIUM_RATE; kind <= DESC_VOICEMAIL; kind++)
		if (is_kind(truth, row, kind, digits, len))
			return kind;
	if (is_kind(truth, row, DESC_FIXED_LINE, digits, len)) {
		if (row->row->same_mobile_fixed || is_kind(truth, row, DESC_MOBILE, digits, len))
			return NUMBER_TYPE_FIXED_LINE_OR_MOBILE;
		return NUMBER_TYPE_FIXED_LINE;
	}
	if (!row->row->same_mobile_fixed && is_kind(truth, row, DESC_MOBILE, digits, len))
		return NUMBER_TYPE_MOBILE;
	return NUMBER_TYPE_UNKNOWN;
}

static bool owns(const struct truth *truth, const struct truth_row *row, const char *digits, size_t len)
{
	if (row->leading)
		return truth_match(truth, row->leading, digits, len);
	return type_of(truth, row, digits, len) != NUMBER_TYPE_UNKNOWN;
}

struct truth_answer truth_of(const struct truth *truth, const struct truth_row *rows, size_t count, const char *digits,
	size_t len)
{
	struct truth_answer answer = { count == 1 ? 0 : -1, NUMBER_TYPE_UNKNOWN, 0 };

	for (size_t i = 0; i < count; i++) {
		answer.general |= (uint32_t)truth_match(truth, rows[i].whole[DESC_GENERAL], digits, len) << i;
		if (answer.region < 0 && owns(truth, &rows[i], digits, len))
			answer.region = (int)i;
	}
	if (answer.region >= 0)
		answer.type = type_of(truth, &rows[answer.region], digits, len);
	return answer;
}
