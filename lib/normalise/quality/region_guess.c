/* SPDX-License-Identifier: Apache-2.0 */
/* Which region the numbers of a role were meant in, where they tell. */
#include "normalise/quality/region_guess.h"

#include <stdio.h>
#include <string.h>

/* What tells a region from all others, in 1/16 bit: it is one of 240, and wrong once in
 * four times that at most. Numbers of one range say together what one of them says. */
#define ODDS (10 * 16)
/* But of no two regions one is ruled out by less than half a bit a text: plans are more or
 * less full, and numbers are no random ones. */
#define MARGIN_LEAST 8

/* How much less in 1/16 bit a text another region may have and be as likely. */
static int64_t margin(size_t ranges)
{
	const int64_t odds = ODDS / (int64_t)(ranges ? ranges : 1);

	return odds > MARGIN_LEAST ? odds : MARGIN_LEAST;
}

static size_t all_ranges(const struct fit_source *source)
{
	size_t ranges = 0;

	for (size_t role = 0; role < source->role_count; role++)
		ranges += manner_fit_ranges(&source->roles[role], FIT_RANGES);
	return ranges;
}

/* By what speaks for it, then by name. */
static bool is_before(const struct numplan *plan, const struct manner_fit *a, int64_t a_bits,
		      const struct manner_fit *b, int64_t b_bits)
{
	if (a_bits != b_bits)
		return a_bits > b_bits;
	return strcmp(numplan_region_name(plan, a->manner.region),
		      numplan_region_name(plan, b->manner.region)) < 0;
}

/* What speaks for a fit: of one role, or of all. */
static int64_t bits_of(const struct manner_fit *fit, const size_t *role)
{
	return role ? fit->role_bits[*role] : fit->bits;
}

/* Sorts by insertion: there are few, and none is equal to another. */
static void sort(const struct numplan *plan, struct region_fits *fits, const size_t *role)
{
	for (size_t i = 1; i < fits->count; i++) {
		const struct manner_fit fit = fits->items[i];
		size_t at = i;

		for (; at > 0 && is_before(plan, &fit, bits_of(&fit, role), &fits->items[at - 1],
					   bits_of(&fits->items[at - 1], role)); at--)
			fits->items[at] = fits->items[at - 1];
		fits->items[at] = fit;
	}
}

/* How many of the first, which are sorted, are as likely as the best. */
static size_t count_rivals(const struct region_fits *fits, const size_t *role, size_t ranges)
{
	size_t count = 0;

	while (count < fits->count &&
	       bits_of(&fits->items[count], role) >= bits_of(&fits->items[0], role) - margin(ranges))
		count++;
	return count;
}

static bool has(const struct region_fits *fits, int region)
{
	for (size_t i = 0; i < fits->count; i++)
		if (fits->items[i].manner.region == region)
			return true;
	return false;
}

void region_guess_find(const struct fit_source *source, size_t role, struct region_fits *fits,
		       struct region_guess *guess)
{
	struct region_fits of_role = *fits;

	sort(source->plan, &of_role, &role);
	of_role.count = count_rivals(&of_role, &role,
				     manner_fit_ranges(&source->roles[role], FIT_RANGES));
	sort(source->plan, fits, NULL);
	/* A source has one region: where its roles tell others, all together tell. */
	if (fits->count > 0 && has(&of_role, fits->items[0].manner.region))
		*fits = of_role;
	region_guess_all(source, fits, guess);
}

void region_guess_all(const struct fit_source *source, struct region_fits *fits,
		      struct region_guess *guess)
{
	sort(source->plan, fits, NULL);
	fits->count = count_rivals(fits, NULL, all_ranges(source));
	memset(guess, 0, sizeof(*guess));
	guess->more = fits->count > REGION_GUESS_SHOWN;
	guess->count = guess->more ? REGION_GUESS_SHOWN : fits->count;
	for (size_t i = 0; i < guess->count; i++) {
		guess->fits[i] = fits->items[i];
		manner_fit_count(source, &guess->fits[i]);
	}
}

void region_guess_names(const struct numplan *plan, const struct region_guess *guess,
			char *names, char *value)
{
	size_t at = 0, len = 0;

	names[0] = value[0] = '\0';
	for (size_t i = 0; i < guess->count; i++) {
		const char *name = numplan_region_name(plan, guess->fits[i].manner.region);
		const bool last = i + 1 == guess->count && !guess->more;

		at += (size_t)snprintf(names + at, REGION_GUESS_NAMES - at, "%s%s",
				       i == 0 ? "" : last ? " or " : ", ", name);
		len += (size_t)snprintf(value + len, REGION_GUESS_NAMES - len, "%s%s",
					i == 0 ? "" : ",", name);
	}
	if (guess->more)
		(void)snprintf(names + at, REGION_GUESS_NAMES - at, " or another");
}
