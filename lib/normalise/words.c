/* SPDX-License-Identifier: Apache-2.0 */
/* What the statuses of a source say. */
#include "normalise/words.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/record/status_word.h"

void words_release(struct words *words)
{
	free(words->lines);
	words->lines = NULL;
}

static bool same_fold(struct text a, struct text b)
{
	for (size_t i = 0; a.len == b.len && i < a.len; i++) {
		const char c = a.data[i] >= 'A' && a.data[i] <= 'Z' ? (char)(a.data[i] + 32) : a.data[i];
		const char d = b.data[i] >= 'A' && b.data[i] <= 'Z' ? (char)(b.data[i] + 32) : b.data[i];

		if (c != d)
			return false;
	}
	return a.len == b.len;
}

/* Whether a line is `key=status`. */
static bool says(struct text line, const char *key, struct text status)
{
	const size_t len = strlen(key);

	if (line.len <= len || strncmp(line.data, key, len) != 0 || line.data[len] != '=')
		return false;
	return same_fold(text_trim((struct text){ line.data + len + 1, line.len - len - 1 }), status);
}

/* What keywords of a kind mean; NULL ends. */
struct meaning {
	const char *keyword;
	enum word word;
};

static const struct meaning of_calls[] = { { "answered", WORD_YES }, { "unanswered", WORD_NO }, { NULL, WORD_NONE } };
static const struct meaning of_payments[] = {
	{ "confirmed", WORD_YES }, { "unconfirmed", WORD_NO }, { "refunded", WORD_BACK }, { NULL, WORD_NONE }
};

static enum word own_word(const struct words *words, const struct meaning *meanings, struct text status)
{
	const char *lines = words->lines;

	while (lines && *lines) {
		const struct text line = { lines, strcspn(lines, "\n") };

		for (const struct meaning *meaning = meanings; meaning->keyword; meaning++)
			if (says(line, meaning->keyword, status))
				return meaning->word;
		lines += line.len + (lines[line.len] == '\n');
	}
	return WORD_UNKNOWN;
}

static enum word look_up(const struct words *words, enum word_kind kind, struct text status)
{
	enum word word;

	status = text_trim(status);
	if (status.len == 0)
		return WORD_NONE;
	word = own_word(words, kind == WORD_OF_CALL ? of_calls : of_payments, status);
	return word == WORD_UNKNOWN && words->known ? known_words_find(words->known, kind, status) : word;
}

enum word words_call(const struct words *words, struct text status)
{
	return look_up(words, WORD_OF_CALL, status);
}

enum word words_payment(const struct words *words, struct text status)
{
	return look_up(words, WORD_OF_PAYMENT, status);
}

bool words_negative_is_refund(const struct words *words)
{
	const char *lines = words->lines;

	while (lines && *lines) {
		const struct text line = { lines, strcspn(lines, "\n") };

		if (says(line, STATUS_NEGATIVE, text_of(STATUS_NEGATIVE_REFUND)))
			return true;
		lines += line.len + (lines[line.len] == '\n');
	}
	return false;
}
