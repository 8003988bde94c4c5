/* SPDX-License-Identifier: Apache-2.0 */
/* Words of statuses that are given. */
#include "ingest/plan/given_words.h"

#include <string.h>

#define WORD_MOST 200      /* bytes of a word */

static const struct {
	const char *meaning;
	const char *keyword;
	bool payment;
} meanings[] = {
	{ "answered", "answered", false },   { "unanswered", "unanswered", false },
	{ "confirmed", "confirmed", true },  { "unconfirmed", "unconfirmed", true },
	{ "paid", "confirmed", true },       { "unpaid", "unconfirmed", true },
};

#define MEANINGS (sizeof(meanings) / sizeof(meanings[0]))

/* The place of a meaning, or MEANINGS. */
static size_t place_of(struct text meaning)
{
	size_t i = 0;

	while (i < MEANINGS && !text_is(meaning, meanings[i].meaning))
		i++;
	return i;
}

const char *words_keyword(struct text meaning)
{
	const size_t place = place_of(meaning);

	return place < MEANINGS ? meanings[place].keyword : NULL;
}

/* Parts MEANING=WORD, or a line of a profile; the place of the meaning. */
static size_t part(struct text given, struct text *word)
{
	const char *equals = given.len ? memchr(given.data, '=', given.len) : NULL;
	const size_t len = equals ? (size_t)(equals - given.data) : given.len;

	*word = (struct text){ NULL, 0 };
	if (!equals)
		return MEANINGS;
	*word = text_trim((struct text){ equals + 1, given.len - len - 1 });
	return place_of((struct text){ given.data, len });
}

static enum status refuse(struct text given, const char *why, struct error *error)
{
	char shown[80];

	return error_set(error, STATUS_USAGE, "word '%s': %s", text_escape(given, shown, sizeof(shown)), why);
}

/* Whether an earlier word of the same kind says otherwise. */
static bool contradicted(const struct ingest_options *options, size_t i, size_t place, struct text word)
{
	struct text other;

	for (size_t k = 0; k < i; k++) {
		const size_t at = part(text_of(options->words[k]), &other);

		if (at < MEANINGS && meanings[at].payment == meanings[place].payment &&
		    meanings[at].keyword != meanings[place].keyword && text_equal_fold(other, word))
			return true;
	}
	return false;
}

enum status words_check(const struct ingest_options *options, struct error *error)
{
	for (size_t i = 0; i < options->word_count; i++) {
		const struct text given = text_of(options->words[i]);
		struct text word;
		const size_t place = part(given, &word);

		if (place == MEANINGS)
			return refuse(given, "not of the form answered=WORD, unanswered=WORD, paid=WORD or unpaid=WORD",
				      error);
		if (word.len == 0)
			return refuse(given, "no word follows", error);
		if (word.len > WORD_MOST || memchr(word.data, '\n', word.len))
			return refuse(given, "the word is longer than a line may be", error);
		if (contradicted(options, i, place, word))
			return refuse(given, "means something else by an option before", error);
	}
	return STATUS_OK;
}

/* Whether a line of a profile says otherwise of a word of its kind. */
static bool differs(struct text line, size_t place, struct text word)
{
	struct text other;
	const size_t at = part(line, &other);

	return at < MEANINGS && meanings[at].payment == meanings[place].payment &&
	       strcmp(meanings[at].keyword, meanings[place].keyword) != 0 && text_equal_fold(other, word);
}

bool words_contradicted(struct text lines, struct text given)
{
	struct text word;
	const size_t place = part(given, &word);
	bool differ = false;

	while (place < MEANINGS && lines.len > 0 && !differ)
		differ = differs(text_take_line(&lines), place, word);
	return differ;
}

bool words_overrules(struct text profile, struct text given, enum kind kind, struct words_overruled *out)
{
	const size_t place = part(given, &out->word);

	if (place == MEANINGS || (kind == KIND_PAYMENT) != meanings[place].payment ||
	    (kind != KIND_CALL && kind != KIND_PAYMENT))
		return false;
	out->given = meanings[place].keyword;
	while (profile.len > 0) {
		const struct text line = text_take_line(&profile);
		struct text other;

		if (!differs(line, place, out->word))
			continue;
		out->profile = meanings[part(line, &other)].keyword;
		return true;
	}
	return false;
}

static void add(struct text given, enum kind kind, struct buf *out)
{
	struct text word;
	const size_t place = part(given, &word);

	if (place == MEANINGS || (kind == KIND_PAYMENT) != meanings[place].payment)
		return;
	buf_format(out, "%s=", meanings[place].keyword);
	buf_add(out, word.data, word.len);
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
