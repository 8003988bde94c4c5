/* SPDX-License-Identifier: Apache-2.0 */
/* What may stand in front of numbers. */
#include "normalise/quality/prefix_fit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Of numbers that fit, so many texts and so many ranges, of so many digits, must speak
 * for what stands before them. */
#define HIDDEN_LEAST 20
#define HIDDEN_RANGES 5
#define HIDDEN_DIGITS 5

/* The texts that no prefix was found for, in byte order. */
struct rest {
	const struct numplan *plan;
	int region;
	struct text *items;
	size_t count;
};

/* A prefix, and how many texts it makes valid. */
struct candidate {
	char prefix[PREFIX_FIT_LONGEST + 1];
	uint64_t fits;
};

static int in_byte_order(const void *a, const void *b)
{
	const struct text *x = a;
	const struct text *y = b;
	const size_t least = x->len < y->len ? x->len : y->len;
	const int order = memcmp(x->data, y->data, least);

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

/* What ends in * or # is taken off as it is. */
static bool are_digits(struct text text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
	return true;
}

static bool fits(const struct rest *rest, struct text text, const char *prefix)
{
	struct reading reading;

	return manner_fit_read(rest->plan, text,
			       (struct number_manner){ rest->region, prefix, NUMBER_BARE_ANY },
			       &reading) &&
	       reading.rule == NUMBER_RULE_TECH_PREFIX;
}

static bool begins(struct text text, const char *prefix, size_t len)
{
	return text.len > len && !memcmp(text.data, prefix, len);
}

/* The first characters that most texts have in common: those of the longest run of
 * texts in byte order. Empty: no text begins with so many digits. */
static void commonest(const struct rest *rest, size_t len, char prefix[static PREFIX_FIT_LONGEST + 1])
{
	size_t run = 0, most = 0;

	prefix[0] = '\0';
	for (size_t i = 0; i < rest->count; i++) {
		const struct text text = rest->items[i];

		if (text.len <= len || !are_digits(text, len)) {
			run = 0;
			continue;
		}
		run = run && begins(text, rest->items[i - 1].data, len) ? run + 1 : 1;
		if (run <= most)
			continue;
		most = run;
		memcpy(prefix, text.data, len);
		prefix[len] = '\0';
	}
}

static uint64_t count_fits(const struct rest *rest, const char *prefix)
{
	const size_t len = strlen(prefix);
	uint64_t count = 0;

	for (size_t i = 0; i < rest->count && len > 0; i++)
		count += begins(rest->items[i], prefix, len) &&
			 fits(rest, rest->items[i], prefix);
	return count;
}

/* The prefix with the most fits, of equals the shortest. */
static struct candidate find_one(const struct rest *rest)
{
	struct candidate best = { "", 0 }, tried = { "", 0 };

	for (size_t len = 1; len <= PREFIX_FIT_LONGEST; len++) {
		commonest(rest, len, tried.prefix);
		tried.fits = count_fits(rest, tried.prefix);
		if (tried.fits > best.fits)
			best = tried;
	}
	return best;
}

static void take_away(struct rest *rest, const char *prefix)
{
	const size_t len = strlen(prefix);
	size_t kept = 0;

	for (size_t i = 0; i < rest->count; i++)
		if (!begins(rest->items[i], prefix, len))
			rest->items[kept++] = rest->items[i];
	rest->count = kept;
}

static bool open_rest(struct rest *rest, const struct fit_texts *texts)
{
	rest->items = memory_array(NULL, texts->count, sizeof(struct text));
	rest->count = texts->count;
	if (!rest->items)
		return false;
	for (size_t i = 0; i < texts->count; i++)
		rest->items[i] = text_trim(number_draw_text(texts->draw, texts->places[i]));
	qsort(rest->items, rest->count, sizeof(*rest->items), in_byte_order);
	return true;
}

/* ---- before numbers that fit ---- */

/* What begins so says itself that it is a whole number. */
static bool is_marked(char first)
{
	return first == '0' || first == '+';
}

/* What stands behind a prefix. */
struct hidden {
	uint64_t marked, valid, ranges;
};

/* Whether a text is of the range of the one before it, prefix included. */
static bool same_range(struct text text, struct text last, size_t len)
{
	const size_t digits = len + HIDDEN_DIGITS;

	return last.data && begins(text, last.data, last.len < digits ? last.len : digits);
}

static struct hidden count_hidden(const struct rest *rest, const char *prefix)
{
	const struct number_manner manner = { rest->region, NULL, NUMBER_BARE_ANY };
	const size_t len = strlen(prefix);
	struct hidden hidden = { 0, 0, 0 };
	struct text last = { NULL, 0 };
	struct reading reading;

	for (size_t i = 0; i < rest->count; i++) {
		const struct text text = rest->items[i];

		if (!begins(text, prefix, len) || !is_marked(text.data[len]))
			continue;
		hidden.marked++;
		hidden.valid += manner_fit_read(rest->plan,
						(struct text){ text.data + len, text.len - len },
						manner, &reading);
		hidden.ranges += !same_range(text, last, len);
		last = text;
	}
	return hidden;
}

static bool speaks(const struct rest *rest, struct hidden hidden)
{
	return hidden.marked * 10 >= rest->count * 9 && hidden.valid * 2 >= hidden.marked &&
	       hidden.ranges >= HIDDEN_RANGES;
}

bool prefix_fit_hidden(const struct numplan *plan, int region,
		       const struct fit_texts *texts, struct prefix_fit *found)
{
	struct rest rest = { plan, region, NULL, 0 };
	char prefix[PREFIX_FIT_LONGEST + 1];

	memset(found, 0, sizeof(*found));
	if (texts->count < HIDDEN_LEAST)
		return true;
	if (!open_rest(&rest, texts))
		return false;
	for (size_t len = 1; len <= PREFIX_FIT_LONGEST && !found->fits; len++) {
		struct hidden hidden;

		commonest(&rest, len, prefix);
		if (*prefix == '\0' || is_marked(*prefix))
			break;
		hidden = count_hidden(&rest, prefix);
		if (!speaks(&rest, hidden))
			continue;
		memcpy(found->list, prefix, len + 1);
		found->fits = hidden.marked;
	}
	free(rest.items);
	return true;
}

/* ---- before numbers that do not ---- */

bool prefix_fit_find(const struct numplan *plan, int region,
		     const struct fit_texts *texts, struct prefix_fit *found)
{
	struct rest rest = { plan, region, NULL, 0 };
	size_t len = 0;

	memset(found, 0, sizeof(*found));
	if (!open_rest(&rest, texts))
		return false;
	for (int i = 0; i < PREFIX_FIT_LIST && rest.count > 0; i++) {
		const struct candidate best = find_one(&rest);

		if (best.fits == 0 || best.fits * 10 < texts->count)
			break;
		len += (size_t)snprintf(found->list + len, sizeof(found->list) - len,
					"%s%s", len ? "," : "", best.prefix);
		found->fits += best.fits;
		take_away(&rest, best.prefix);
	}
	free(rest.items);
	return true;
}
