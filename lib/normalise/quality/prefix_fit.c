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
	struct rest_text {
		struct text text;
		int region;            /* that it is read in */
	} *items;
	size_t count;
};

/* A prefix, how many texts it makes valid, and how many of these begin behind it as a whole
 * number does, which speaks as much again. */
struct candidate {
	char prefix[PREFIX_FIT_LONGEST + 1];
	uint64_t fits, marked;
};

static int in_byte_order(const void *a, const void *b)
{
	const struct rest_text *x = a;
	const struct rest_text *y = b;
	const int order = text_compare(x->text, y->text);

	return order ? order : (x->region > y->region) - (x->region < y->region);
}

/* What ends in * or # is taken off as it is. */
static bool are_digits(struct text text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
	return true;
}

static bool fits(const struct rest *rest, const struct rest_text *item, const char *prefix)
{
	struct reading reading;

	return manner_fit_read(rest->plan, item->text,
			       (struct number_manner){ item->region, prefix, NUMBER_BARE_ANY },
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
		const struct text text = rest->items[i].text;

		if (text.len <= len || !are_digits(text, len)) {
			run = 0;
			continue;
		}
		run = run && begins(text, rest->items[i - 1].text.data, len) ? run + 1 : 1;
		if (run <= most)
			continue;
		most = run;
		memcpy(prefix, text.data, len);
		prefix[len] = '\0';
	}
}

/* What begins so says itself that it is a whole number. */
static bool is_marked(char first)
{
	return first == '0' || first == '+';
}

static void count_fits(const struct rest *rest, struct candidate *candidate)
{
	const size_t len = strlen(candidate->prefix);

	candidate->fits = candidate->marked = 0;
	for (size_t i = 0; i < rest->count && len > 0; i++) {
		const struct rest_text *item = &rest->items[i];

		if (!begins(item->text, candidate->prefix, len) || !fits(rest, item, candidate->prefix))
			continue;
		candidate->fits++;
		candidate->marked += is_marked(item->text.data[len]);
	}
}

/* The prefix with the most fits, of equals the shortest. */
static struct candidate find_one(const struct rest *rest)
{
	struct candidate best = { "", 0, 0 }, tried = { "", 0, 0 };

	for (size_t len = 1; len <= PREFIX_FIT_LONGEST; len++) {
		commonest(rest, len, tried.prefix);
		count_fits(rest, &tried);
		if (tried.fits + tried.marked > best.fits + best.marked)
			best = tried;
	}
	return best;
}

static void take_away(struct rest *rest, const char *prefix)
{
	const size_t len = strlen(prefix);
	size_t kept = 0;

	for (size_t i = 0; i < rest->count; i++)
		if (!begins(rest->items[i].text, prefix, len))
			rest->items[kept++] = rest->items[i];
	rest->count = kept;
}

static bool open_rest(struct rest *rest, const struct fit_texts *texts, int region)
{
	rest->items = memory_array(NULL, texts->count, sizeof(*rest->items));
	rest->count = texts->count;
	if (!rest->items)
		return false;
	for (size_t i = 0; i < texts->count; i++)
		rest->items[i] = (struct rest_text){
			text_trim(number_draw_text(texts->draw, texts->places[i])),
			manner_fit_own(texts->draw, texts->places[i],
				       (struct number_manner){ region, NULL, NUMBER_BARE_ANY }).region,
		};
	qsort(rest->items, rest->count, sizeof(*rest->items), in_byte_order);
	return true;
}

/* ---- before numbers that fit ---- */

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
	const size_t len = strlen(prefix);
	struct hidden hidden = { 0, 0, 0 };
	struct text last = { NULL, 0 };
	struct reading reading;

	for (size_t i = 0; i < rest->count; i++) {
		const struct number_manner manner = { rest->items[i].region, NULL, NUMBER_BARE_ANY };
		const struct text text = rest->items[i].text;

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
	struct rest rest = { plan, NULL, 0 };
	char prefix[PREFIX_FIT_LONGEST + 1];

	memset(found, 0, sizeof(*found));
	if (texts->count < HIDDEN_LEAST)
		return true;
	if (!open_rest(&rest, texts, region))
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
	struct rest rest = { plan, NULL, 0 };
	size_t len = 0;

	memset(found, 0, sizeof(*found));
	if (!open_rest(&rest, texts, region))
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
