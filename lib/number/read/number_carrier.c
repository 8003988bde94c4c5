/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers behind the prefixes that a carrier or a switch puts in front. */
#include "number/read/number_carrier.h"

#include <string.h>

#include "number/read/number_unwrap.h"

const char *number_prefixes_problem(const char *list)
{
	if (strlen(list) > NUMBER_PREFIXES_MOST)
		return "has more than 200 bytes";
	for (;;) {
		const size_t len = strcspn(list, ",");

		if (len == 0)
			return "has an empty prefix";
		if (len > NUMBER_PREFIX_MOST)
			return "has a prefix of more than 20 bytes";
		if (strspn(list, "0123456789*#") < len)
			return "has a prefix with other characters than digits, * and #";
		if (list[len] == '\0')
			return NULL;
		list += len + 1;
	}
}

static bool begins(struct text text, const char *prefix, size_t len)
{
	return len > 0 && text.len > len && !memcmp(text.data, prefix, len);
}

/* The best reading behind a prefix; false: none was taken. */
static bool read_behind(const struct numplan *plan, struct text text, struct number_manner manner, struct reading *out)
{
	const char *list = manner.prefixes;
	bool found = false;

	for (; *list; list += strspn(list, ",")) {
		const size_t len = strcspn(list, ",");
		struct reading behind;

		if (begins(text, list, len)) {
			number_read_in(plan, text.data + len, text.len - len, manner, &behind);
			if (behind.rule != NUMBER_RULE_NONE && (!found || (behind.number.valid && !out->number.valid))) {
				*out = behind;
				found = true;
			}
		}
		list += len;
	}
	return found;
}

/* Whether digits of which the first are known may begin with a prefix. */
static bool may_begin(const char *list, struct text first)
{
	for (; *list; list += strspn(list, ",")) {
		const size_t len = strcspn(list, ",");

		if (len > 0 && !memcmp(list, first.data, len < first.len ? len : first.len))
			return true;
		list += len;
	}
	return false;
}

/* Whether what is behind a prefix may go before the reading. */
static bool may_give_way(const struct reading *reading, struct number_manner manner)
{
	if (!manner.prefixes || !*manner.prefixes || reading->class == NUMBER_CLASS_WITHHELD ||
	    reading->class == NUMBER_CLASS_SEVERAL)
		return false;
	if (reading->class != NUMBER_CLASS_NUMBER)
		return true;
	return reading->rule != NUMBER_RULE_PLUS && (reading->rule != NUMBER_RULE_BARE_INTERNATIONAL ||
						     manner.bare != NUMBER_BARE_INTERNATIONAL);
}

bool number_may_have_prefix(const struct reading *reading, struct number_manner manner, struct text first)
{
	return may_give_way(reading, manner) && (reading->class != NUMBER_CLASS_NUMBER || may_begin(manner.prefixes, first));
}

/* Digits alone have nothing around them that hides what they begin with. */
static bool begins_otherwise(struct text text, const char *list)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
	return !may_begin(list, text);
}

void number_read_prefixed(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	struct reading *out)
{
	struct unwrapped unwrapped;
	struct reading behind;

	number_read_in(plan, text, len, manner, out);
	if (len == 0 || len > NUMBER_TEXT_MAX || !may_give_way(out, manner) ||
	    begins_otherwise((struct text){ text, len }, manner.prefixes))
		return;
	number_unwrap(text, len, &unwrapped);
	if (!read_behind(plan, unwrapped.text, manner, &behind))
		return;
	if (out->class == NUMBER_CLASS_NUMBER && (!behind.number.valid || behind.e164 == out->e164))
		return;
	behind.rule = NUMBER_RULE_TECH_PREFIX;
	behind.flags |= unwrapped.flags | NUMBER_FLAG_TECH_PREFIX;
	if (out->class == NUMBER_CLASS_NUMBER) {
		behind.unsure = true;
		behind.other = out->e164;
		behind.other_rule = out->rule;
	}
	*out = behind;
}
