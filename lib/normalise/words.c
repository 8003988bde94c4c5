/* SPDX-License-Identifier: Apache-2.0 */
/* What the statuses of a source say. */
#include "normalise/words.h"

#include <stdlib.h>
#include <string.h>

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

static enum word own_word(const struct words *words, const char *yes, const char *no, struct text status)
{
	const char *lines = words->lines;

	while (lines && *lines) {
		const struct text line = { lines, strcspn(lines, "\n") };

		if (says(line, yes, status))
			return WORD_YES;
		if (says(line, no, status))
			return WORD_NO;
		lines += line.len + (lines[line.len] == '\n');
	}
	return WORD_UNKNOWN;
}

static enum word look_up(const struct words *words, enum word_kind kind, const char *yes, const char *no,
			 struct text status)
{
	enum word word;

	status = text_trim(status);
	if (status.len == 0)
		return WORD_NONE;
	word = own_word(words, yes, no, status);
	return word == WORD_UNKNOWN && words->known ? known_words_find(words->known, kind, status) : word;
}

enum word words_call(const struct words *words, struct text status)
{
	return look_up(words, WORD_OF_CALL, "answered", "unanswered", status);
}

enum word words_payment(const struct words *words, struct text status)
{
	return look_up(words, WORD_OF_PAYMENT, "confirmed", "unconfirmed", status);
}
