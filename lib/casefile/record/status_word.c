/* SPDX-License-Identifier: Apache-2.0 */
/* Words of statuses that a person gives. */
#include "casefile/record/status_word.h"

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
	{ "refunded", "refunded", true },    { STATUS_NEGATIVE, STATUS_NEGATIVE, true },
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

const char *status_word_keyword(struct text meaning)
{
	const size_t place = place_of(meaning);

	return place < MEANINGS ? meanings[place].keyword : NULL;
}

struct status_word status_word_part(struct text given)
{
	const char *equals = given.len ? memchr(given.data, '=', given.len) : NULL;
	const size_t len = equals ? (size_t)(equals - given.data) : given.len;
	const size_t place = place_of((struct text){ given.data, len });
	struct status_word out = { NULL, false, { NULL, 0 } };

	if (!equals)
		return out;
	out.word = text_trim((struct text){ equals + 1, given.len - len - 1 });
	if (place < MEANINGS) {
		out.keyword = meanings[place].keyword;
		out.payment = meanings[place].payment;
	}
	return out;
}

static bool is_negative(const struct status_word *word)
{
	return !strcmp(word->keyword, STATUS_NEGATIVE);
}

const char *status_word_problem(const struct status_word *word)
{
	if (!word->keyword)
		return "not of the form " STATUS_WORD_FORM;
	if (word->word.len == 0)
		return "no word follows";
	if (is_negative(word) && !text_is_fold(word->word, STATUS_NEGATIVE_REFUND))
		return "amounts below zero can be said to be a refund, " STATUS_NEGATIVE "=" STATUS_NEGATIVE_REFUND ", and nothing else";
	if (word->word.len > WORD_MOST || memchr(word->word.data, '\n', word->word.len))
		return "the word is longer than a line may be";
	return NULL;
}

bool status_word_contradicts(const struct status_word *one, const struct status_word *other)
{
	return one->keyword && other->keyword && one->payment == other->payment && !is_negative(one) &&
	       !is_negative(other) && strcmp(one->keyword, other->keyword) != 0 && text_equal_fold(one->word, other->word);
}
