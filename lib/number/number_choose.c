/* SPDX-License-Identifier: Apache-2.0 */
/* Digits that can be read in several ways. */
#include "number/number_choose.h"

#include <string.h>

#include "number/read/number_unwrap.h"

#define SHORT_DIGITS 6
#define E164_DIGITS 15
/* Fewer digits behind a 9 or 00 are those of an extension or a service. */
#define BEHIND_LEAST 7

/* The digits of one text, and how they are read. */
struct choice {
	const struct numplan *plan;
	const struct number_text *text;
	struct number_manner manner;
	struct number_depth *depth; /* or NULL */
};

/* Prefixes that a caller dials, by the calling code of the region: 141 and 1470 hide and show the number (Ofcom, National
 * Telephone Numbering Plan), 9090 makes the called party pay (Anatel). */
static const struct {
	unsigned code;
	const char *digits;
} services[] = { { 44, "1470" }, { 44, "141" }, { 55, "9090" } };

static uint64_t to_integer(const char *digits, size_t len)
{
	uint64_t value = 0;

	for (size_t i = 0; i < len; i++)
		value = value * 10 + (unsigned)(digits[i] - '0');
	return value;
}

static uint64_t e164_of(const struct number *number)
{
	return number->digits_len > E164_DIGITS ? 0 : to_integer(number->digits, number->digits_len);
}

static void look(const struct choice *choice, size_t digits)
{
	if (choice->depth && choice->depth->digits < digits)
		choice->depth->digits = digits;
}

static void take(struct reading *out, const struct number_way *way)
{
	out->number = way->number;
	out->rule = way->rule;
	out->class = way->number.valid ? NUMBER_CLASS_NUMBER : NUMBER_CLASS_INVALID;
	out->e164 = e164_of(&way->number);
	if (!out->e164)
		out->class = NUMBER_CLASS_TOO_LONG;
}

/* Notes a reading that is as good as the one taken, unless it makes the same number. */
static void note_other(struct reading *out, const struct number_way *way)
{
	const uint64_t other = e164_of(&way->number);

	if (!way->number.valid || !other || other == out->e164)
		return;
	out->unsure = true;
	out->other = other;
	out->other_rule = way->rule;
}

/* The digits behind the first few, as a text of their own; whatever is read of it is looked at from the first on. */
static struct number_text behind(const struct choice *choice, size_t count)
{
	struct number_text rest = *choice->text;

	rest.len -= count;
	memmove(rest.digits, rest.digits + count, rest.len);
	return rest;
}

/* What is read of digits behind others was looked at behind these. */
struct shifted {
	struct number_depth depth;
	struct choice choice;
};

static void shift(struct shifted *shifted, const struct choice *choice, const struct number_text *rest)
{
	shifted->choice = *choice;
	shifted->choice.text = rest;
	if (!choice->depth)
		return;
	shifted->depth = (struct number_depth){ choice->depth->settled, 0 };
	shifted->choice.depth = &shifted->depth;
}

static void unshift(const struct shifted *shifted, const struct choice *choice, size_t count)
{
	if (choice->depth)
		look(choice, count + shifted->depth.digits);
}

/* The digits as if a plus stood before them. */
static bool read_bare(const struct choice *choice, struct number_way *way)
{
	const struct number_text *text = choice->text;
	struct number_text bare;
	enum number_origin origin;

	if (text->plus || text->keypad || !text->alone || text->len <= SHORT_DIGITS)
		return false;
	look(choice, 1);
	if (text->digits[0] == '0')
		return false;
	bare = *text;
	bare.plus = true;
	number_resolve(choice->plan, &bare, 0, &way->number, &origin, choice->depth);
	way->rule = NUMBER_RULE_BARE_INTERNATIONAL;
	return way->number.possible || way->number.valid;
}

/* Whether the own code's reading goes before the national one; only where both are nothing in the plan does it need the
 * length of a number. */
static bool own_first(const struct choice *choice, const struct number *national, const struct number *own)
{
	if (choice->manner.bare == NUMBER_BARE_NATIONAL)
		return own->valid && !national->valid;
	return own->valid || (own->possible && !national->valid);
}

/* The reading of the region: as libphonenumber has it, but its own calling code before its national numbers. second: the
 * other of these two, if both are valid; else its rule is none. */
static void read_home(const struct choice *choice, struct number_way *first, struct number_way *second)
{
	static const enum number_rule rules[] = {
		[NUMBER_ORIGIN_NATIONAL] = NUMBER_RULE_NATIONAL,
		[NUMBER_ORIGIN_PLUS] = NUMBER_RULE_PLUS,
		[NUMBER_ORIGIN_IDD] = NUMBER_RULE_IDD,
		[NUMBER_ORIGIN_OWN_CODE] = NUMBER_RULE_OWN_CODE,
	};
	struct number_way own = { .rule = NUMBER_RULE_OWN_CODE };
	enum number_origin origin;

	second->rule = NUMBER_RULE_NONE;
	number_resolve(choice->plan, choice->text, choice->manner.region, &first->number, &origin, choice->depth);
	first->rule = rules[origin];
	if (origin != NUMBER_ORIGIN_NATIONAL || choice->text->len <= SHORT_DIGITS ||
	    !number_resolve_own(choice->plan, choice->text, choice->manner.region, &own.number, choice->depth))
		return;
	if (first->number.valid && own.number.valid)
		*second = own;
	if (!own_first(choice, &first->number, &own.number))
		return;
	if (second->rule)
		*second = *first;
	*first = own;
}

/* The region's reading of what is behind the first digits. */
static bool read_behind(const struct choice *choice, size_t count, enum number_rule rule, struct number_way *way)
{
	const struct number_text rest = behind(choice, count);
	struct number_way second;
	struct shifted shifted;

	shift(&shifted, choice, &rest);
	read_home(&shifted.choice, way, &second);
	unshift(&shifted, choice, count);
	way->rule = rule;
	return way->number.valid;
}

/* What is behind them, read as if a plus stood there. */
static bool read_bare_behind(const struct choice *choice, size_t count, enum number_rule rule, struct number_way *way)
{
	struct number_text rest = behind(choice, count);
	struct shifted shifted;

	rest.alone = true;
	shift(&shifted, choice, &rest);
	if (!read_bare(&shifted.choice, way))
		way->number.valid = false;
	unshift(&shifted, choice, count);
	way->rule = rule;
	return way->number.valid;
}

/* Whether the digits begin so and enough are behind them. */
static bool begins(const struct choice *choice, const char *digits)
{
	const struct number_text *text = choice->text;
	const size_t len = strlen(digits);
	size_t alike = 0;

	if (text->plus || text->len < len + BEHIND_LEAST)
		return false;
	while (alike < len && text->digits[alike] == digits[alike])
		alike++;
	look(choice, alike < len ? alike + 1 : len);
	return alike == len;
}

/* 9 for an outside line. */
static bool read_nine(const struct choice *choice, struct number_way *way)
{
	return choice->manner.region && begins(choice, "9") && read_behind(choice, 1, NUMBER_RULE_TECH_PREFIX, way);
}

/* 00, which most countries dial before a calling code, where the region dials something else or digits of a carrier too. */
static bool read_zeros(const struct choice *choice, struct number_way *way)
{
	return choice->manner.region && begins(choice, "00") && read_bare_behind(choice, 2, NUMBER_RULE_IDD, way);
}

static bool read_service(const struct choice *choice, struct number_way *way)
{
	const unsigned code = numplan_calling_code(choice->plan, choice->manner.region);

	for (size_t i = 0; i < sizeof(services) / sizeof(services[0]); i++)
		if (services[i].code == code && begins(choice, services[i].digits) &&
		    read_behind(choice, strlen(services[i].digits), NUMBER_RULE_TECH_PREFIX, way))
			return true;
	return false;
}

/* A trunk prefix before the region's own calling code: 0 44 7400 123456. */
static bool read_zero_code(const struct choice *choice, struct number_way *way)
{
	struct number_text rest;
	struct shifted shifted;
	bool found;

	if (!choice->manner.region || !begins(choice, "0"))
		return false;
	rest = behind(choice, 1);
	shift(&shifted, choice, &rest);
	found = number_resolve_own(choice->plan, &rest, choice->manner.region, &way->number, shifted.choice.depth);
	unshift(&shifted, choice, 1);
	way->rule = NUMBER_RULE_TECH_PREFIX;
	return found && way->number.valid;
}

static size_t code_digits(unsigned code)
{
	return code < 10 ? 1 : code < 100 ? 2 : 3;
}

/* A national number without the trunk prefix of its region. */
static bool lacks_trunk(const struct choice *choice, const struct number_way *way)
{
	return numplan_has_trunk(choice->plan, choice->manner.region) &&
	       way->number.digits_len == code_digits(way->number.country_code) + choice->text->len;
}

/* Whether digits of a carrier, or another prefix than 00, went before the calling code. */
static bool is_zeros_alone(const struct choice *choice, const struct number_way *way)
{
	return (size_t)way->number.digits_len + 2 == choice->text->len;
}

/* A valid reading of the region is taken: what else may be meant. */
static void doubt_home(const struct choice *choice, const struct number_way *first, const struct number_way *second,
	struct reading *out)
{
	struct number_way way;

	if (second->rule && choice->manner.bare == NUMBER_BARE_ANY)
		note_other(out, second);
	else if (first->rule == NUMBER_RULE_NATIONAL && choice->manner.bare == NUMBER_BARE_ANY &&
		 lacks_trunk(choice, first) && read_bare(choice, &way))
		note_other(out, &way);
	else if (first->rule == NUMBER_RULE_IDD && !is_zeros_alone(choice, first) && read_zeros(choice, &way))
		note_other(out, &way);
}

/* Nothing valid is taken, or what the world has and the region has not. */
static void doubt_others(const struct choice *choice, struct reading *out)
{
	struct number_way way;

	if (choice->manner.bare != NUMBER_BARE_INTERNATIONAL && read_nine(choice, &way))
		note_other(out, &way);
	else if (out->class != NUMBER_CLASS_NUMBER && read_zeros(choice, &way))
		note_other(out, &way);
}

static void take_behind(struct reading *out, const struct number_way *way)
{
	take(out, way);
	if (way->rule == NUMBER_RULE_TECH_PREFIX)
		out->flags |= NUMBER_FLAG_TECH_PREFIX;
}

/* No reading of the region is valid: those of the world, then what is possible. */
static void choose_other(const struct choice *choice, const struct number_way *first, struct reading *out)
{
	const struct number_text *text = choice->text;
	struct number_way bare, way;
	const bool has_bare = read_bare(choice, &bare);

	if (has_bare && bare.number.valid)
		take(out, &bare);
	else if ((first->rule == NUMBER_RULE_IDD && read_zeros(choice, &way)) || read_service(choice, &way))
		take_behind(out, &way);
	else if (has_bare && !first->number.possible)
		take(out, &bare);
	else if (first->number.possible)
		take(out, first);
	else if (read_zero_code(choice, &way))
		take_behind(out, &way);
	else {
		out->number = first->number;
		out->class = text->len > E164_DIGITS ? NUMBER_CLASS_TOO_LONG : NUMBER_CLASS_INVALID;
		out->unknown_code = first->number.status == NUMBER_INVALID_COUNTRY_CODE &&
				    (text->plus || choice->manner.region != 0);
	}
	if (out->class != NUMBER_CLASS_NUMBER || out->rule == NUMBER_RULE_BARE_INTERNATIONAL)
		doubt_others(choice, out);
}

void number_choose(const struct numplan *plan, const struct number_text *text, struct number_manner manner,
	struct reading *out, struct number_depth *depth)
{
	const struct choice choice = { plan, text, manner, depth };
	struct number_way first, second;

	if (manner.bare == NUMBER_BARE_INTERNATIONAL && read_bare(&choice, &first) && first.number.valid) {
		take(out, &first);
		return;
	}
	read_home(&choice, &first, &second);
	if (first.number.valid) {
		take(out, &first);
		if (!text->plus)
			doubt_home(&choice, &first, &second, out);
	} else if (!text->plus && text->len <= SHORT_DIGITS) {
		out->number = first.number;
		out->class = NUMBER_CLASS_SHORT_CODE;
	} else {
		choose_other(&choice, &first, out);
	}
}

static void add(struct number_way *ways, size_t *count, const struct number_way *way)
{
	if (way->number.valid)
		ways[(*count)++] = *way;
}

size_t number_ways(const struct numplan *plan, const struct number_text *text, int region,
	struct number_way ways[static NUMBER_WAYS_MOST])
{
	const struct choice choice = { plan, text, { region, NULL, NUMBER_BARE_ANY }, NULL };
	struct number_way way, second = { .rule = NUMBER_RULE_NONE };
	size_t count = 0;

	if (!text->viable)
		return 0;
	read_home(&choice, &way, &second);
	add(ways, &count, &way);
	if (text->plus)
		return count;
	if (second.rule)
		add(ways, &count, &second);
	if (read_bare(&choice, &way))
		add(ways, &count, &way);
	if (read_nine(&choice, &way))
		add(ways, &count, &way);
	if (read_zeros(&choice, &way))
		add(ways, &count, &way);
	return count;
}

size_t number_ways_of(const struct numplan *plan, const char *text, size_t len, int region,
	struct number_way ways[static NUMBER_WAYS_MOST])
{
	struct number_text digits;
	struct unwrapped unwrapped;

	if (len > NUMBER_TEXT_MAX)
		return 0;
	if (!number_text_plain(text, len, &digits)) {
		number_unwrap(text, len, &unwrapped);
		if (unwrapped.text.len == 0)
			return 0;
		number_text_read(unwrapped.text.data, unwrapped.text.len, &digits);
	}
	return number_ways(plan, &digits, region, ways);
}
