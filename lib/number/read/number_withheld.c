/* SPDX-License-Identifier: Apache-2.0 */
/* Withheld numbers. */
#include "number/read/number_withheld.h"

#include <string.h>

/* One of these says it. */
static const char *const says[] = { "anonymous", "blocked", "hidden", "private", "restricted", "suppressed", "unavailable",
	"undisclosed", "unknown", "withheld" };

/* These may stand beside it. */
static const char *const beside[] = { "address", "by", "call", "caller", "callerid", "cid", "cli", "clid", "id", "identity",
	"invalid", "is", "name", "network", "number", "party", "the", "user" };

/* These say it together. */
static const char *const phrases[] = { "no caller id", "no callerid", "no cli", "no id", "no number", "not available" };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_mark(char c)
{
	return c == ' ' || c == '_' || c == '-' || c == '.' || c == '(' || c == ')' || c == '[' || c == ']' || c == '<' ||
		c == '>' || c == '"' || c == '\'';
}

static bool listed(const char *const *words, size_t count, struct text word)
{
	for (size_t i = 0; i < count; i++)
		if (text_is_fold(word, words[i]))
			return true;
	return false;
}

bool number_withheld_words(struct text text)
{
	bool said = false;

	if (listed(phrases, COUNT(phrases), text))
		return true;
	for (size_t at = 0, end; at < text.len; at = end) {
		struct text word;

		for (end = at; end < text.len && is_letter(text.data[end]);)
			end++;
		word = (struct text){ text.data + at, end - at };
		if (end == at) {
			if (!is_mark(text.data[end++]))
				return false;
		} else if (listed(says, COUNT(says), word)) {
			said = true;
		} else if (!listed(beside, COUNT(beside), word)) {
			return false;
		}
	}
	return said;
}

/* anonymous, restricted, blocked, unknown, unavailable */
static const char *const spellings[] = { "266696687", "7378742833", "2562533", "8566696", "86282452253" };

bool number_withheld_digits(const char *digits, size_t len)
{
	for (size_t i = 0; i < COUNT(spellings); i++)
		if (strlen(spellings[i]) == len && !memcmp(spellings[i], digits, len))
			return true;
	return false;
}

size_t number_withheld_depth(const char *digits, size_t len)
{
	size_t depth = 0;

	for (size_t i = 0; i < COUNT(spellings); i++) {
		size_t alike = 0;

		if (strlen(spellings[i]) != len)
			continue;
		while (alike < len && digits[alike] == spellings[i][alike])
			alike++;
		if (alike < len)
			alike++;
		depth = alike > depth ? alike : depth;
	}
	return depth;
}
