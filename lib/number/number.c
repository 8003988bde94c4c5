/* SPDX-License-Identifier: Apache-2.0 */
/* Digits to a number of the plan: calling code, national prefix, region, type. */
#include "number/number.h"

#include <string.h>

#include "number/plan/number_prefix.h"
#include "number/plan/numplan_tables.h"

#define NSN_MIN 2
#define NSN_MAX 17

/* Room for digits rewritten by a rule: rule, group, rest. */
#define REWRITTEN_MAX 144

/* Digits, borrowed. */
struct span {
	const char *at;
	size_t len;
};

/* The work on one number. */
struct parse {
	const struct numplan *plan;
	const struct numplan_record *home; /* of the region it was dialled in; NULL for none */
	const struct numplan_code *code;   /* found, or NULL */
	enum number_origin origin;
	struct span rest;                  /* the digits behind the calling code */
	struct span text;                  /* all digits */
	struct number_depth *depth;        /* or NULL */
	char rewritten[2][REWRITTEN_MAX];  /* by the own code's rule, and by the last step */
};

static struct span span_after(struct span span, size_t count)
{
	return (struct span){ span.at + count, span.len - count };
}

/* Notes that the digits before end were looked at. Once all are, end may be that of rewritten ones. */
static void look(const struct parse *parse, const char *end)
{
	struct number_depth *depth = parse->depth;

	if (depth && depth->digits < parse->text.len && (size_t)(end - parse->text.at) > depth->digits)
		depth->digits = (size_t)(end - parse->text.at);
}

static void look_at_all(const struct parse *parse)
{
	look(parse, parse->text.at + parse->text.len);
}

/* Notes the digits that decide where a walk ends. */
static void look_along(const struct parse *parse, unsigned state, struct span digits)
{
	const uint8_t *after = parse->depth->settled->after;
	size_t i = 0;

	while (digits.len - i > SETTLED_DIGITS || !(after[state] >> (digits.len - i) & 1))
		state = numplan_rows[state][digits.at[i++] - '0'];
	look(parse, digits.at + i);
}

static const struct numplan_output *walk(const struct parse *parse, unsigned state, struct span digits)
{
	if (parse->depth)
		look_along(parse, state, digits);
	for (size_t i = 0; i < digits.len; i++)
		state = numplan_rows[state][digits.at[i] - '0'];
	return &numplan_outputs[numplan_state_output[state]];
}

/* Whether the digits match the record's general pattern, whatever its lengths. */
static bool is_general(const struct parse *parse, const struct numplan_record *record, struct span digits)
{
	if (digits.len == 0 || digits.len > NSN_MAX)
		return false;
	return walk(parse, numplan_codes[record->code].root, digits)->general >> record->order & 1;
}

static bool has_length(uint32_t mask, size_t len)
{
	return len < 32 && (mask >> len & 1);
}

static bool is_too_long(const struct numplan_record *record, size_t len)
{
	return !has_length(record->local, len) && len > record->max;
}

/* Whether a length is that of a whole number or above all of them. */
static bool is_long_enough(const struct numplan_record *record, size_t len)
{
	return !has_length(record->local, len) && (len > record->max || has_length(record->lengths, len));
}

static bool can_begin(const struct parse *parse, unsigned first, struct span digits)
{
	if (digits.len > 0)
		look(parse, digits.at + 1);
	return (first & PROGRAM_EMPTY) || (digits.len > 0 && (first >> (digits.at[0] - '0') & 1));
}

/* The digits with the matched part replaced by the record's rule and the group. */
static struct span rewrite(const struct numplan_record *record, struct span digits, const struct number_prefix *match, char *room)
{
	size_t group = match->close - match->open, rest = digits.len - match->end;

	memcpy(room, record->rule, record->rule_len);
	memcpy(room + record->rule_len, digits.at + match->open, group);
	memcpy(room + record->rule_len + group, digits.at + match->end, rest);
	return (struct span){ room, record->rule_len + group + rest };
}

/* The digits without the record's national prefix, as MaybeStripNationalPrefixAndCarrierCode does it: not if that turns
 * what matches the general pattern into what does not. */
static struct span strip_national(const struct parse *parse, const struct numplan_record *record, struct span digits,
	char *room)
{
	struct number_prefix match;
	struct span stripped;
	bool found;

	if (!record->national || digits.len == 0 || !can_begin(parse, record->national_first, digits))
		return digits;
	found = number_prefix_match(numplan_programs + record->national, digits.at, digits.len, &match);
	look(parse, digits.at + match.seen);
	if (!found)
		return digits;
	if (record->rewrites && match.close > match.open) {
		look_at_all(parse);
		stripped = rewrite(record, digits, &match, room);
	} else {
		stripped = span_after(digits, match.end);
	}
	if (is_general(parse, record, digits) && !is_general(parse, record, stripped))
		return digits;
	return stripped;
}

/* Takes the home region's international prefix off, unless a zero follows it. */
static bool strip_idd(const struct parse *parse, struct span *digits)
{
	const struct numplan_record *home = parse->home;
	struct number_prefix match;
	bool found;

	if (!home || digits->len == 0 || !can_begin(parse, home->idd_first, *digits))
		return false;
	found = number_prefix_match(numplan_programs + home->idd, digits->at, digits->len, &match);
	look(parse, digits->at + match.seen);
	if (!found)
		return false;
	if (match.end < digits->len) {
		look(parse, digits->at + match.end + 1);
		if (digits->at[match.end] == '0')
			return false;
	}
	*digits = span_after(*digits, match.end);
	return true;
}

static enum number_status take_international(struct parse *parse, struct span digits)
{
	const char *at = digits.at;
	unsigned index;

	if (digits.len <= 2)
		return NUMBER_TOO_SHORT_AFTER_IDD;
	look(parse, at + 3);
	index = parse->plan->code_of[(at[0] - '0') * 100 + (at[1] - '0') * 10 + (at[2] - '0')];
	if (index == 0)
		return NUMBER_INVALID_COUNTRY_CODE;
	parse->code = &numplan_codes[index - 1];
	parse->rest = span_after(digits, parse->code->len);
	return NUMBER_OK;
}

static bool begins_with(const struct parse *parse, const struct numplan_code *code, struct span digits)
{
	if (digits.len < code->len)
		return false;
	look(parse, digits.at + code->len);
	return !memcmp(digits.at, code->digits, code->len);
}

/* Digits that begin with the home region's own calling code have it when only the rest fits the plan. */
static void take_own_code(struct parse *parse, struct span digits)
{
	const struct numplan_record *home = parse->home;
	const struct numplan_code *code = &numplan_codes[home->code];
	struct span rest;

	if (!begins_with(parse, code, digits))
		return;
	rest = strip_national(parse, home, span_after(digits, code->len), parse->rewritten[0]);
	if (!is_too_long(home, digits.len) && (is_general(parse, home, digits) || !is_general(parse, home, rest)))
		return;
	parse->code = code;
	parse->rest = rest;
	parse->origin = NUMBER_ORIGIN_OWN_CODE;
}

/* MaybeExtractCountryCode: sets code, rest and origin; code stays NULL when there is none. */
static enum number_status take_code(struct parse *parse, struct span digits, bool plus)
{
	parse->code = NULL;
	parse->rest = digits;
	parse->origin = plus ? NUMBER_ORIGIN_PLUS : NUMBER_ORIGIN_NATIONAL;
	if (plus)
		return take_international(parse, digits);
	if (strip_idd(parse, &digits)) {
		parse->origin = NUMBER_ORIGIN_IDD;
		return take_international(parse, digits);
	}
	if (parse->home)
		take_own_code(parse, digits);
	return NUMBER_OK;
}

/* take_code, and once more as if there were no plus when what follows it is no calling code. */
static enum number_status find_code(struct parse *parse, struct span digits, bool plus)
{
	enum number_status status = take_code(parse, digits, plus);

	if (status == NUMBER_INVALID_COUNTRY_CODE && plus) {
		status = take_code(parse, digits, false);
		if (!parse->code || status != NUMBER_OK)
			return NUMBER_INVALID_COUNTRY_CODE;
	}
	return status;
}

static void finish(const struct parse *parse, const struct numplan_code *code, struct span nsn, struct number *out)
{
	const struct numplan_record *record = &numplan_records[code->first];
	const struct numplan_output *output = walk(parse, code->root, nsn);

	out->type = (enum number_type)output->type;
	out->country_code = code->country_code;
	out->region = (uint16_t)(output->region < 0 ? 0 : code->first + output->region + 1);
	out->possible = has_length(record->lengths | record->local, nsn.len);
	out->valid = output->type != NUMBER_TYPE_UNKNOWN;
	out->digits_len = (uint8_t)(code->len + nsn.len);
	memcpy(out->digits, code->digits, sizeof(code->digits));
	memcpy(out->digits + code->len, nsn.at, nsn.len);
}

/* ParseHelper, once the calling code is found. */
static enum number_status resolve_rest(struct parse *parse, struct number *out)
{
	const struct numplan_record *record = parse->home;
	struct span nsn = parse->rest, stripped;

	if (parse->code)
		record = &numplan_records[parse->code->first];
	if (nsn.len < NSN_MIN)
		return NUMBER_TOO_SHORT_NSN;
	stripped = strip_national(parse, record, nsn, parse->rewritten[1]);
	if (is_long_enough(record, stripped.len))
		nsn = stripped;
	if (nsn.len < NSN_MIN)
		return NUMBER_TOO_SHORT_NSN;
	if (nsn.len > NSN_MAX)
		return NUMBER_TOO_LONG_NSN;
	finish(parse, &numplan_codes[record->code], nsn, out);
	return NUMBER_OK;
}

/* ParseHelper, from the digits on. */
static enum number_status resolve(struct parse *parse, struct span digits, bool plus, struct number *out)
{
	enum number_status status = find_code(parse, digits, plus);

	return status == NUMBER_OK ? resolve_rest(parse, out) : status;
}

static const struct numplan_record *record_of(int region)
{
	const struct numplan_record *record;

	if (region <= 0 || (unsigned)region > numplan_record_count)
		return NULL;
	record = &numplan_records[region - 1];
	return record->region[2] ? NULL : record;
}

void number_resolve(const struct numplan *plan, const struct number_text *text, int region, struct number *out,
	enum number_origin *origin, struct number_depth *depth)
{
	struct parse parse;

	*out = (struct number){ .status = NUMBER_NOT_A_NUMBER };
	*origin = NUMBER_ORIGIN_NATIONAL;
	if (!text->viable)
		return;
	parse.plan = plan;
	parse.home = record_of(region);
	parse.text = (struct span){ text->digits, text->len };
	parse.depth = depth;
	if (!parse.home && !text->plus) {
		out->status = NUMBER_INVALID_COUNTRY_CODE;
		return;
	}
	out->status = resolve(&parse, parse.text, text->plus, out);
	*origin = parse.origin;
}

bool number_resolve_own(const struct numplan *plan, const struct number_text *text, int region, struct number *out,
	struct number_depth *depth)
{
	struct parse parse = { .plan = plan, .home = record_of(region), .text = { text->digits, text->len }, .depth = depth };

	*out = (struct number){ .status = NUMBER_NOT_A_NUMBER };
	if (!text->viable || text->plus || !parse.home)
		return false;
	parse.code = &numplan_codes[parse.home->code];
	if (!begins_with(&parse, parse.code, parse.text))
		return false;
	parse.rest = strip_national(&parse, parse.home, span_after(parse.text, parse.code->len), parse.rewritten[0]);
	out->status = resolve_rest(&parse, out);
	return out->status == NUMBER_OK;
}

void number_parse(const struct numplan *plan, const char *raw, size_t len, int region, struct number *out)
{
	struct number_text text;
	enum number_origin origin;

	number_text_read(raw, len, &text);
	number_resolve(plan, &text, region, out, &origin, NULL);
}

const char *number_status_name(enum number_status status)
{
	static const char *const names[] = { "OK", "NOT_A_NUMBER", "INVALID_COUNTRY_CODE", "TOO_SHORT_AFTER_IDD",
		"TOO_SHORT_NSN", "TOO_LONG_NSN" };

	return names[status];
}

const char *number_type_name(enum number_type type)
{
	static const char *const names[] = { "UNKNOWN", "PREMIUM_RATE", "TOLL_FREE", "SHARED_COST", "VOIP", "PERSONAL_NUMBER",
		"PAGER", "UAN", "VOICEMAIL", "FIXED_LINE", "MOBILE", "FIXED_LINE_OR_MOBILE" };

	return names[type];
}
