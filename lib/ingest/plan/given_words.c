/* SPDX-License-Identifier: Apache-2.0 */
/* Words of statuses that are given. */
#include "ingest/plan/given_words.h"

#include <string.h>

#include "casefile/record/status_word.h"

static enum status refuse(struct text given, const char *why, struct error *error)
{
	char shown[80];

	return error_set(error, STATUS_USAGE, "word '%s': %s", text_escape(given, shown, sizeof(shown)), why);
}

/* Whether an earlier word of the same kind says otherwise. */
static bool contradicted(const struct ingest_options *options, size_t i, const struct status_word *word)
{
	for (size_t k = 0; k < i; k++) {
		const struct status_word other = status_word_part(text_of(options->words[k]));

		if (status_word_contradicts(&other, word))
			return true;
	}
	return false;
}

enum status words_check(const struct ingest_options *options, struct error *error)
{
	for (size_t i = 0; i < options->word_count; i++) {
		const struct text given = text_of(options->words[i]);
		const struct status_word word = status_word_part(given);
		const char *problem = status_word_problem(&word);

		if (problem)
			return refuse(given, problem, error);
		if (contradicted(options, i, &word))
			return refuse(given, "means something else by an option before", error);
	}
	return STATUS_OK;
}

bool words_contradicted(struct text lines, struct text given)
{
	const struct status_word word = status_word_part(given);
	bool differ = false;

	while (word.keyword && lines.len > 0 && !differ) {
		const struct status_word other = status_word_part(text_take_line(&lines));

		differ = status_word_contradicts(&other, &word);
	}
	return differ;
}

bool words_overrules(struct text profile, struct text given, enum kind kind, struct words_overruled *out)
{
	const struct status_word word = status_word_part(given);

	if (!word.keyword || (kind == KIND_PAYMENT) != word.payment || (kind != KIND_CALL && kind != KIND_PAYMENT))
		return false;
	out->word = word.word;
	out->given = word.keyword;
	while (profile.len > 0) {
		const struct status_word other = status_word_part(text_take_line(&profile));

		if (!status_word_contradicts(&other, &word))
			continue;
		out->profile = other.keyword;
		return true;
	}
	return false;
}

static void add(struct text given, enum kind kind, struct buf *out)
{
	const struct status_word word = status_word_part(given);

	if (!word.keyword || (kind == KIND_PAYMENT) != word.payment)
		return;
	buf_format(out, "%s=", word.keyword);
	buf_add(out, word.word.data, word.word.len);
	buf_byte(out, '\n');
}

void words_select(const struct ingest_options *options, struct text profile, enum kind kind, struct buf *out)
{
	if (kind != KIND_CALL && kind != KIND_PAYMENT)
		return;
	for (size_t i = 0; i < options->word_count; i++)
		add(text_of(options->words[i]), kind, out);
	while (profile.len > 0) {
		const char *end = memchr(profile.data, '\n', profile.len);
		const size_t len = end ? (size_t)(end - profile.data) : profile.len;

		add((struct text){ profile.data, len }, kind, out);
		profile.data += len + (end != NULL);
		profile.len -= len + (end != NULL);
	}
}
