/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of a source judged. */
#include "normalise/quality/number_verdict.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "normalise/quality/prefix_fit.h"

/* Another manner is named only where so many texts of a role say so. */
#define GUESS_LEAST 10
/* A stricter plan is told from one that numbers fit as well only where so many texts,
 * of so many ranges of so many digits, do: those of one range can fit any plan. */
#define STRICT_LEAST 100
#define RANGES_LEAST 20
#define RANGE_DIGITS 5
/* And where each number speaks for it by so much more, in 1/16 bit. */
#define STRICT_BITS 16
#define REMEDY_MOST 160

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
						   verdict->given->source->manner,
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

/* "as of GB", or that there is no region. */
static const char *manner_of(const struct verdict *verdict, char room[static 20])
{
	const int region = verdict->given->source->manner.region;

	if (region == 0)
		return "without a region (-r)";
	(void)snprintf(room, 20, "as of %s",
		       numplan_region_name(verdict->given->plan, region));
	return room;
}

static enum status say_bad(const struct verdict *verdict, size_t role,
			   struct remark *remark, const char *more)
{
	const struct number_verdict_given *given = verdict->given;
	char room[20];

	remark->role = given->roles[role].role;
	remark->count = verdict->invalid[role].count;
	return notes_remark(given->notes, given->source, remark,
			    "%" PRIu64 " of %zu different %s fit no plan %s%s",
			    remark->count, verdict->numbers[role],
			    given->roles[role].plural, manner_of(verdict, room), more);
}

/* What mends a source that was ingested otherwise: of ingest, and of normalise, which reads nothing again. */
static void ask(const char *option, const char *mending, const struct verdict *verdict, const char *value,
		char remedy[static REMEDY_MOST])
{
	(void)snprintf(remedy, REMEDY_MOST, "is %s %s meant? `unspoof normalise %s %lld=%s CASE` mends it", option, value,
		       mending, (long long)verdict->given->source->id, value);
}

static void ask_region(const struct verdict *verdict, const char *name, char remedy[static REMEDY_MOST])
{
	ask("-r", "--region", verdict, name, remedy);
}

/* Says that a role is bad, and what would be better where that is far more. */
static enum status say_role(const struct verdict *verdict, size_t role,
			    const struct manner_fit *best)
{
	const struct number_manner now = verdict->given->source->manner;
	const uint64_t valid = verdict->source.roles[role].count -
			       verdict->invalid[role].count;
	/* Those that tell their country are valid in any case. */
	const uint64_t others = verdict->numbers[role] - verdict->source.roles[role].count;
	const uint64_t would = best->valid[role] + others;
	const char *name = numplan_region_name(verdict->given->plan, best->manner.region);
	struct remark remark = { .topic = "region",
				 .remedy = "see --region and --tech-prefix of "
					   "unspoof-normalise(1)" };
	char more[80], remedy[REMEDY_MOST];

	if (verdict->invalid[role].count < GUESS_LEAST ||
	    best->valid[role] * 5 < valid * 5 + verdict->numbers[role])
		return say_bad(verdict, role, &remark, "");
	remark.remedy = remedy;
	if (best->manner.region != now.region) {
		remark.value = text_of(name);
		(void)snprintf(more, sizeof(more), "; as of %s %" PRIu64 " would", name,
			       would);
		ask_region(verdict, name, remedy);
	} else {
		remark.topic = "prefix";
		remark.value = text_of(best->manner.prefixes);
		(void)snprintf(more, sizeof(more), "; without %s before them %" PRIu64
						   " would", best->manner.prefixes,
			       would);
		ask("--tech-prefix", "--tech-prefix", verdict, best->manner.prefixes, remedy);
	}
	return say_bad(verdict, role, &remark, more);
}

/* The better of another region and prefixes that stand before what is invalid. */
static bool find_best(const struct verdict *verdict, struct prefix_fit *prefix,
		      struct manner_fit *best)
{
	const struct number_verdict_given *given = verdict->given;
	struct number_manner manner = given->source->manner;

	*best = manner_fit_best(&verdict->source, manner, false);
	for (size_t role = 0; role < given->role_count; role++) {
		struct manner_fit fit;

		if (!is_bad(verdict, role) || manner.region == 0 || manner.prefixes)
			continue;
		if (!prefix_fit_find(given->plan, manner.region, &verdict->invalid[role],
				     prefix))
			return false;
		manner.prefixes = *prefix->list ? prefix->list : NULL;
		fit = manner_fit_of(&verdict->source, manner);
		if (manner.prefixes && fit.bits > best->bits)
			*best = fit;
	}
	return true;
}

static enum status judge_bad(const struct verdict *verdict)
{
	const struct number_verdict_given *given = verdict->given;
	struct prefix_fit prefix = { { 0 }, 0 };
	struct manner_fit best;
	enum status status = STATUS_OK;

	if (!find_best(verdict, &prefix, &best))
		return error_memory(&given->notes->casefile->error);
	for (size_t role = 0; role < given->role_count && status == STATUS_OK; role++)
		if (is_bad(verdict, role))
			status = say_role(verdict, role, &best);
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

	(void)snprintf(remedy, sizeof(remedy), "did a switch put it there? a profile takes it off: "
		       "fallback %s /^%s/ COLUMN /^%s(.*)$/", given->roles[role].role,
		       prefix->list, prefix->list);
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

		if (manner.region == 0 || manner.prefixes || is_bad(verdict, role))
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

/* Whether the texts are of many ranges. */
static bool are_spread(const struct fit_texts *texts)
{
	char seen[RANGES_LEAST][RANGE_DIGITS + 1];
	size_t count = 0;

	for (size_t i = 0; i < texts->count && count < RANGES_LEAST; i++) {
		const struct text text = number_draw_text(texts->draw, texts->places[i]);
		char range[RANGE_DIGITS + 1];
		size_t at = 0;

		(void)snprintf(range, sizeof(range), "%.*s", (int)text.len, text.data);
		while (at < count && strcmp(seen[at], range) != 0)
			at++;
		if (at == count)
			memcpy(seen[count++], range, sizeof(range));
	}
	return count == RANGES_LEAST;
}

static bool some_spread(const struct verdict *verdict)
{
	for (size_t role = 0; role < verdict->source.role_count; role++)
		if (are_spread(&verdict->source.roles[role]))
			return true;
	return false;
}

static enum status judge_good(const struct verdict *verdict)
{
	const struct number_verdict_given *given = verdict->given;
	const struct number_manner manner = given->source->manner;
	struct remark remark = { .topic = "region", .count = verdict->national };
	struct manner_fit best, now;
	char remedy[REMEDY_MOST];
	const char *name;

	if (verdict->national < STRICT_LEAST || !some_spread(verdict))
		return STATUS_OK;
	best = manner_fit_best(&verdict->source, manner, true);
	now = manner_fit_of(&verdict->source, manner);
	if (best.manner.region == 0 ||
	    best.bits < now.bits + STRICT_BITS * (int64_t)given->role_count)
		return STATUS_OK;
	name = numplan_region_name(given->plan, best.manner.region);
	ask_region(verdict, name, remedy);
	remark.value = text_of(name);
	remark.remedy = remedy;
	return notes_remark(given->notes, given->source, &remark,
			    "its national numbers fit the plan of %s, which takes fewer, "
			    "better than that of %s", name,
			    numplan_region_name(given->plan, manner.region));
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
