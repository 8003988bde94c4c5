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
static bool read_behind(const struct numplan *plan, const char *list, struct text text, int region, struct reading *out)
{
	bool found = false;

	for (; *list; list += strspn(list, ",")) {
		const size_t len = strcspn(list, ",");
		struct reading behind;

		if (begins(text, list, len)) {
			number_read(plan, text.data + len, text.len - len, region, &behind);
			if (behind.rule != NUMBER_RULE_NONE && (!found || (behind.number.valid && !out->number.valid))) {
				*out = behind;
				found = true;
			}
		}
		list += len;
	}
	return found;
}

void number_read_prefixed(const struct numplan *plan, const char *list, const char *text, size_t len, int region,
	struct reading *out)
{
	struct unwrapped unwrapped;

	number_read(plan, text, len, region, out);
	if (!list || !*list || len == 0 || len > NUMBER_TEXT_MAX || out->class == NUMBER_CLASS_NUMBER ||
	    out->class == NUMBER_CLASS_WITHHELD)
		return;
	number_unwrap(text, len, &unwrapped);
	if (!read_behind(plan, list, unwrapped.text, region, out))
		return;
	out->rule = NUMBER_RULE_TECH_PREFIX;
	out->flags |= unwrapped.flags | NUMBER_FLAG_TECH_PREFIX;
}
