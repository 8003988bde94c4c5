/* SPDX-License-Identifier: Apache-2.0 */
/* Words that say that a row of a log of calls is none. */
#include "casefile/record/no_call.h"

#include <string.h>

#define TEXT_MOST 24

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_word(struct text word)
{
	static const char *const words[] = { "sms", "mms", "ussd", "gprs", "data" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (text_is_fold(word, words[i]))
			return true;
	return false;
}

bool no_call_says(struct text text)
{
	size_t from = 0;

	if (text.len == 0 || text.len > TEXT_MOST)
		return false;
	for (size_t i = 0; i <= text.len; i++) {
		if (i < text.len && is_letter(text.data[i]))
			continue;
		if (is_word((struct text){ text.data + from, i - from }))
			return true;
		from = i + 1;
	}
	return false;
}
