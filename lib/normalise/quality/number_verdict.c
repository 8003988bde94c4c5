/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of a source judged. */
#include "normalise/quality/number_verdict.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "normalise/quality/prefix_fit.h"
#include "normalise/quality/region_guess.h"

/* A prefix is named only where so many texts of a role do not fit. */
#define PREFIX_LEAST 10
/* A stricter plan is told from one that numbers fit as well only where so many texts,
 * of so many ranges, do: those of one range can fit any plan. */
#define STRICT_LEAST 100
#define RANGES_LEAST 20
/* And where each number speaks for it by so much more, in 1/16 bit. */
#define STRICT_BITS 16
#define REMEDY_MOST 200

struct verdict {
	const struct number_verdict_given *given;
	struct fit_source source;            /* numbers that tell no country, or fit none */
	size_t numbers[FIT_ROLES];           /* all of them, valid or not */
	struct fit_texts invalid[FIT_ROLES];
	size_t national;                     /* that tell no country */
};

/* ---- sorting ---- */

/* The flags of numbers that are in no plan, and are meant to be in none. */
static uint32_t fiction(const struct flag_table *flags)
{
	static const char word[] = "-fiction";
	const struct flag *flag;
	uint32_t set = 0;

	for (size_t i = 0; (flag = flag_table_at(flags, i)) != NULL; i++) {
		const size_t len = strlen(flag->name);

		if (len >= sizeof(word) - 1 &&
		    !strcmp(flag->name + len - (sizeof(word) - 1), word))
			set |= UINT32_C(1) << i;
	}
	return set;
}

/* Such a number is the same in every region. */
static bool tells_country(enum number_rule rule)
{
	return rule == NUMBER_RULE_PLUS || rule == NUMBER_RULE_BARE_INTERNATIONAL ||
	       rule == NUMBER_RULE_CONTEXT;
}

/* Digits that are no number of any plan. */
static bool fits_none(enum number_class class)
{
	return class == NUMBER_CLASS_INVALID || class == NUMBER_CLASS_TOO_LONG;
}

static void sort_role(struct verdict *verdict, size_t role)
{
	const struct number_draw *draw = verdict->given->roles[role].draw;
	struct fit_texts *numbers = &verdict->source.roles[role];
	struct fit_texts *invalid = &verdict->invalid[role];
	const struct flag_table *flags = verdict->given->flags;
	const uint32_t left_out = fiction(flags);
	struct reading reading;

	for (size_t i = 0; i < draw->count; i++) {
		const bool valid = manner_fit_read(verdict->given->plan,
						   number_draw_text(draw, i),
						   manner_fit_own(draw, i, verdict->given->source->manner),
						   &reading);

		if (!valid && (!fits_none(reading.class) ||
			       flag_table_number(flags, &reading) & left_out))
			continue;
		verdict->numbers[role]++;
		if (valid && tells_country(reading.rule))
			continue;
		numbers->places[numbers->count++] = (uint32_t)i;
		if (!valid)
			invalid->places[invalid->count++] = (uint32_t)i;
		verdict->national += valid && reading.rule == NUMBER_RULE_NATIONAL;
	}
}

/* False: out of memory; places are freed with the verdict. */
static bool sort_texts(struct verdict *verdict)
{
	const struct number_verdict_given *given = verdict->given;

	for (size_t role = 0; role < given->role_count; role++) {
		const struct number_draw *draw = given->roles[role].draw;
		uint32_t *places =
			memory_array(NULL, 2 * draw->count, sizeof(*places));

		verdict->source.roles[role] = (struct fit_texts){ draw, places, 0 };
		verdict->source.role_count++;
		if (!places)
			return false;
		verdict->invalid[role] = (struct fit_texts){ draw, places + draw->count, 0 };
		sort_role(verdict, role);
	}
	return true;
}

static void release(struct verdict *verdict)
{
	for (size_t role = 0; role < verdict->source.role_count; role++)
		free(verdict->source.roles[role].places);
}

/* ---- what is said ---- */

static bool is_bad(const struct verdict *verdict, size_t role)
{
	return verdict->invalid[role].count * 5 > verdict->numbers[role];
}

static bool has_region(const struct verdict *verdict)
{
	return verdict->given->source->manner.region != 0 || verdict->given->own_regions;
}

/* "as of GB", or that there is no region. */
static const char *manner_of(const struct verdict *verdict, char room[static 60])
{
	const int region = verdict->given->source->manner.region;
	const bool accounts = verdict->given->own_regions;

	if (region == 0)
		return accounts ? "as of the country of the account" : "without a region (-r)";
	(void)snprintf(room, 60, accounts ? "as of the country of the account, else %s" : "as of %s",
		       numplan_region_name(verdict->given->plan, region));
	return room;
}

static enum status say_bad(const struct verdict *verdict, size_t role,
			   struct remark *remark, const char *more)
{
	const struct number_verdict_given *given = verdict->given;
	char room[60];

	remark->role = given->roles[role].role;
	remark->count = verdict->invalid[role].count;
	return notes_remark(given->notes, given->source, remark,
			    "%" PRIu64 " of %zu different %s fit no plan %s%s",
			    remark->count, verdict->numbers[role],
			    given->roles[role].plural, manner_of(verdict, room), more);
}

/* Whether a fit makes far more of a role valid than are. */
static bool is_far_more(const struct verdict *verdict, size_t role, const struct manner_fit *fit)
{
	const uint64_t valid = verdict->source.roles[role].count - verdict->invalid[role].count;

	return fit->valid[role] * 5 >= valid * 5 + verdict->numbers[role];
}

/* How many of a role would be valid: those that tell their country are in any case. */
static uint64_t would(const struct verdict *verdict, size_t role, const struct manner_fit *fit)
{
	return fit->valid[role] + verdict->numbers[role] - verdict->source.roles[role].count;
}

/* What mends a source that was ingested otherwise: of ingest, and of normalise, which reads nothing again. */
static void ask(const char *option, const char *mending, const struct verdict *verdict, const char *value,
		char remedy[static REMEDY_MOST])
{
	(void)snprintf(remedy, REMEDY_MOST, "is %s %s meant? `unspoof normalise %s %lld=%s CASE` mends it", option, value,
		       mending, (long long)verdict->given->source->id, value);
}

static enum status say_prefix(const struct verdict *verdict, size_t role,
			      const struct manner_fit *best)
{
	char more[80], remedy[REMEDY_MOST];
	struct remark remark = { .topic = "prefix", .remedy = remedy,
				 .value = text_of(best->manner.prefixes) };

	(void)snprintf(more, sizeof(more), "; without %s before them %" PRIu64 " would",
		       best->manner.prefixes, would(verdict, role, best));
	ask("--tech-prefix", "--tech-prefix", verdict, best->manner.prefixes, remedy);
	return say_bad(verdict, role, &remark, more);
}

/* What would be right where the regions are those of accounts. */
static void ask_without_accounts(const struct verdict *verdict, const struct region_guess *guess,
				 const char *names, const char *value, char remedy[static REMEDY_MOST])
{
	const char *mending = "`unspoof normalise --no-region-of-account";

	if (guess->count == 1 && guess->fits[0].manner.region == verdict->given->source->manner.region)
		(void)snprintf(remedy, REMEDY_MOST, "is --region-of-account meant? %s CASE` mends it", mending);
	else
		(void)snprintf(remedy, REMEDY_MOST, "is -r %s without --region-of-account meant? %s --region %lld=%s CASE` mends it",
			       names, mending, (long long)verdict->given->source->id,
			       guess->count == 1 ? value : "REGION");
}

static void ask_region(const struct verdict *verdict, const struct region_guess *guess,
		       const char *names, const char *value, char remedy[static REMEDY_MOST])
{
	if (verdict->given->source->by_account != 0)
		ask_without_accounts(verdict, guess, names, value, remedy);
	else if (guess->count == 1 && !guess->more)
		ask("-r", "--region", verdict, names, remedy);
	else
		(void)snprintf(remedy, REMEDY_MOST, "is -r %s meant? `unspoof normalise --region %lld=REGION CASE` mends it",
			       names, (long long)verdict->given->source->id);
}

static enum status say_region(const struct verdict *verdict, size_t role,
			      const struct region_guess *guess)
{
	char more[120] = "", names[REGION_GUESS_NAMES], value[REGION_GUESS_NAMES], remedy[REMEDY_MOST];
	struct remark remark = { .topic = "region", .remedy = remedy };
	size_t len = 0;

	region_guess_names(verdict->given->plan, guess, names, value);
	remark.value = text_of(value);
	ask_region(verdict, guess, names, value, remedy);
	for (size_t i = 0; i < guess->count; i++)
		len += (size_t)snprintf(more + len, sizeof(more) - len, "%s as of %s %" PRIu64,
					i ? "," : ";",
					numplan_region_name(verdict->given->plan,
							    guess->fits[i].manner.region),
					would(verdict, role, &guess->fits[i]));
	(void)snprintf(more + len, sizeof(more) - len, " would");
	return say_bad(verdict, role, &remark, more);
}

/* What a role may be meant as. */
struct better {
	struct region_guess region;
	struct prefix_fit found;
	struct manner_fit prefix;            /* prefixes NULL: there is none */
};

/* Regions that make far more of it valid; of those that do not, none. */
static void find_region(const struct verdict *verdict, size_t role,
			const struct region_fits *fits, struct region_guess *guess)
{
	struct region_fits sorted = *fits;
	size_t kept = 0;

	region_guess_find(&verdict->source, role, &sorted, guess);
	for (size_t i = 0; i < guess->count; i++)
		if (is_far_more(verdict, role, &guess->fits[i]))
			guess->fits[kept++] = guess->fits[i];
	guess->count = kept;
}

/* A prefix that stands before what is invalid of a role. False: out of memory. */
static bool find_prefix(const struct verdict *verdict, size_t role, struct better *better)
{
	struct number_manner manner = verdict->given->source->manner;

	better->prefix.manner.prefixes = NULL;
	if (!has_region(verdict) || manner.prefixes ||
	    verdict->invalid[role].count < PREFIX_LEAST)
		return true;
	if (!prefix_fit_find(verdict->given->plan, manner.region, &verdict->invalid[role],
			     &better->found))
		return false;
	if (!*better->found.list)
		return true;
	manner.prefixes = better->found.list;
	better->prefix = manner_fit_of(&verdict->source, manner);
	if (!is_far_more(verdict, role, &better->prefix))
		better->prefix.manner.prefixes = NULL;
	return true;
}

/* Says that a role is bad, and what would be better where that is far more. */
static enum status judge_role(const struct verdict *verdict, size_t role,
			      const struct region_fits *fits)
{
	const struct number_verdict_given *given = verdict->given;
	struct remark remark = { .topic = "region",
				 .remedy = "see --region and --tech-prefix of "
					   "unspoof-normalise(1)" };
	struct better better;

	find_region(verdict, role, fits, &better.region);
	if (!find_prefix(verdict, role, &better))
		return error_memory(&given->notes->casefile->error);
	if (better.prefix.manner.prefixes &&
	    (better.region.count == 0 ||
	     better.prefix.role_bits[role] > better.region.fits[0].role_bits[role]))
		return say_prefix(verdict, role, &better.prefix);
	if (better.region.count && verdict->invalid[role].count >= REGION_GUESS_TEXTS)
		return say_region(verdict, role, &better.region);
	return say_bad(verdict, role, &remark, "");
}

static enum status judge_bad(const struct verdict *verdict)
{
	const struct number_verdict_given *given = verdict->given;
	struct region_fits fits;
	enum status status = STATUS_OK;

	manner_fit_regions(&verdict->source, given->source->manner, false, &fits);
	for (size_t role = 0; role < given->role_count && status == STATUS_OK; role++)
		if (is_bad(verdict, role))
			status = judge_role(verdict, role, &fits);
	return status;
}

/* ---- a prefix before numbers that fit ---- */

static enum status say_hidden(const struct verdict *verdict, size_t role,
			      const struct prefix_fit *prefix)
{
	const struct number_verdict_given *given = verdict->given;
	char remedy[160];
	const struct remark remark = { .role = given->roles[role].role, .topic = "prefix",
				       .value = text_of(prefix->list), .count = prefix->fits,
				       .remedy = remedy };

	(void)snprintf(remedy, sizeof(remedy), "did a switch put it there? --tech-prefix %s takes "
		       "it off", prefix->list);
	return notes_remark(given->notes, given->source, &remark,
			    "%" PRIu64 " of %zu different %s begin with %s, behind which "
			    "whole numbers stand", prefix->fits, verdict->source.roles[role].count,
			    given->roles[role].plural, prefix->list);
}

static enum status judge_hidden(const struct verdict *verdict)
{
	const struct number_verdict_given *given = verdict->given;
	const struct number_manner manner = given->source->manner;
	enum status status = STATUS_OK;

	for (size_t role = 0; role < given->role_count && status == STATUS_OK; role++) {
		struct prefix_fit prefix;

		if (!has_region(verdict) || manner.prefixes || is_bad(verdict, role))
			continue;
		if (!prefix_fit_hidden(given->plan, manner.region, &verdict->source.roles[role],
				       &prefix))
			return error_memory(&given->notes->casefile->error);
		if (prefix.fits)
			status = say_hidden(verdict, role, &prefix);
	}
	return status;
}

/* ---- a stricter plan ---- */

static bool some_spread(const struct verdict *verdict)
{
	for (size_t role = 0; role < verdict->source.role_count; role++)
		if (manner_fit_ranges(&verdict->source.roles[role], RANGES_LEAST) == RANGES_LEAST)
			return true;
	return false;
}

/* Those that national numbers fit so much better than the region that is theirs. */
static void keep_stricter(const struct verdict *verdict, const struct manner_fit *now,
			  struct region_fits *fits)
{
	size_t kept = 0;

	for (size_t i = 0; i < fits->count; i++)
		if (fits->items[i].bits >= now->bits + STRICT_BITS * (int64_t)verdict->given->role_count)
			fits->items[kept++] = fits->items[i];
	fits->count = kept;
}

/* Rivals are looked for once there is one that nearly all numbers fit, for that takes long. */
static void find_stricter(const struct verdict *verdict, struct region_guess *guess)
{
	const struct number_manner manner = verdict->given->source->manner;
	const struct manner_fit now = manner_fit_of(&verdict->source, manner);
	struct region_fits fits;

	manner_fit_regions(&verdict->source, manner, true, &fits);
	keep_stricter(verdict, &now, &fits);
	if (fits.count > 0)
		manner_fit_regions(&verdict->source, manner, false, &fits);
	keep_stricter(verdict, &now, &fits);
	region_guess_all(&verdict->source, &fits, guess);
}

static enum status judge_good(const struct verdict *verdict)
{
	const struct number_verdict_given *given = verdict->given;
	struct remark remark = { .topic = "region", .count = verdict->national };
	char names[REGION_GUESS_NAMES], value[REGION_GUESS_NAMES], remedy[REMEDY_MOST];
	struct region_guess guess;

	if (verdict->national < STRICT_LEAST || !some_spread(verdict))
		return STATUS_OK;
	find_stricter(verdict, &guess);
	if (guess.count == 0)
		return STATUS_OK;
	region_guess_names(given->plan, &guess, names, value);
	ask_region(verdict, &guess, names, value, remedy);
	remark.value = text_of(value);
	remark.remedy = remedy;
	return notes_remark(given->notes, given->source, &remark,
			    "its national numbers fit the plan of %s, which takes fewer, "
			    "better than that of %s", names,
			    given->own_regions ? "the country of the account"
					       : numplan_region_name(given->plan, given->source->manner.region));
}

enum status number_verdict_say(const struct number_verdict_given *given)
{
	struct verdict verdict = { .given = given, .source.plan = given->plan };
	bool bad = false;
	enum status status;

	if (!sort_texts(&verdict)) {
		release(&verdict);
		return error_memory(&given->notes->casefile->error);
	}
	for (size_t role = 0; role < given->role_count; role++)
		bad = bad || is_bad(&verdict, role);
	status = bad ? judge_bad(&verdict) : judge_good(&verdict);
	if (status == STATUS_OK)
		status = judge_hidden(&verdict);
	release(&verdict);
	return status;
}
