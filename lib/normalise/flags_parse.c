/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of presented numbers: reading the table of rules. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "normalise/flags.h"
#include "normalise/flags_table.h"

/* Digits of a number in a rule: E.164 has 15 at most. */
#define RULE_DIGITS 15

enum { FIELD_FLAG, FIELD_CLASS, FIELD_RULE, FIELD_SOURCE, FIELD_WORDS, FIELDS };

/* Where the reading stands. */
struct parsing {
	struct flag_table *table;
	struct error *error;
	unsigned line;
	uint32_t flag; /* the bit of the line's flag */
};

static enum status refuse(const struct parsing *parsing, struct text word, const char *reason)
{
	char shown[100];

	return error_set(parsing->error, STATUS_FAILED, "flags:%u: '%s': %s", parsing->line,
			 text_escape(word, shown, sizeof(shown)), reason);
}

/* The text up to a byte, taken off with it; without data when nothing is left. */
static struct text take_until(struct text *text, char end)
{
	struct text word = *text;
	const char *at;

	if (text->len == 0)
		return (struct text){ NULL, 0 };
	at = memchr(text->data, end, text->len);
	if (at)
		word.len = (size_t)(at - text->data);
	text->data += word.len + (at != NULL);
	text->len -= word.len + (at != NULL);
	return word;
}

/* The place of a word among names, or count. */
static unsigned place_of(struct text word, unsigned count, const char *(*name)(unsigned i))
{
	unsigned i = 0;

	while (i < count && !text_is(word, name(i)))
		i++;
	return i;
}

static const char *class_name(unsigned i)
{
	return number_class_name((enum number_class)i);
}

static const char *type_name(unsigned i)
{
	return number_type_name((enum number_type)i);
}

static const char *sign_name(unsigned i)
{
	static const char *const names[FLAG_SIGNS] = {
		[SIGN_EXTENSION] = "extension",       [SIGN_NO_REGION] = "no-region",       [SIGN_NOT_IN_PLAN] = "not-in-plan",
		[SIGN_NOT_POSSIBLE] = "not-possible", [SIGN_UNKNOWN_CODE] = "unknown-code",
		[SIGN_UNSURE] = "unsure",
	};

	return names[i];
}

static const char *flag_class_at(unsigned i)
{
	return flag_class_name((enum flag_class)i);
}

static enum status add_named(const struct parsing *parsing, struct text word, uint32_t *flags, unsigned count,
			     const char *(*name)(unsigned i))
{
	const unsigned place = place_of(word, count, name);

	if (place == count)
		return refuse(parsing, word, "no such name");
	flags[place] |= parsing->flag;
	return STATUS_OK;
}

static enum status on_class(const struct parsing *parsing, struct text rest)
{
	return add_named(parsing, rest, parsing->table->by_class, FLAG_CLASSES, class_name);
}

static enum status on_type(const struct parsing *parsing, struct text rest)
{
	return add_named(parsing, rest, parsing->table->by_type, FLAG_TYPES, type_name);
}

static enum status on_reading(const struct parsing *parsing, struct text rest)
{
	return add_named(parsing, rest, parsing->table->by_sign, FLAG_SIGNS, sign_name);
}

static enum status on_digits(const struct parsing *parsing, struct text rest)
{
	if (text_is(rest, "repeated"))
		parsing->table->repeated |= parsing->flag;
	else if (text_is(rest, "sequence"))
		parsing->table->sequence |= parsing->flag;
	else
		return refuse(parsing, rest, "neither repeated nor sequence");
	return STATUS_OK;
}

/* A number, or FROM-TO with as many digits on both sides. */
static enum status take_range(const struct parsing *parsing, struct text word, struct flag_range *range)
{
	struct text rest = word;
	const struct text first = take_until(&rest, '-');
	const struct text last = rest.data && rest.len ? rest : first;

	if (first.len > RULE_DIGITS || last.len != first.len || !text_to_u64(first, &range->first) ||
	    !text_to_u64(last, &range->last) || range->first > range->last)
		return refuse(parsing, word, "neither a number nor FROM-TO with as many digits");
	range->flags = parsing->flag;
	return STATUS_OK;
}

static enum status add_range(const struct parsing *parsing, struct flag_ranges *ranges, const struct flag_range *range)
{
	void *items = ranges->items;

	if (ranges->count == FLAG_RANGES_MOST)
		return refuse(parsing, text_of(""), "more ranges than a table may have");
	if (!memory_room(&items, &ranges->capacity, ranges->count + 1, sizeof(*range)))
		return error_memory(parsing->error);
	ranges->items = items;
	ranges->items[ranges->count++] = *range;
	return STATUS_OK;
}

static enum status add_ranges(const struct parsing *parsing, struct text rest, struct flag_ranges *ranges)
{
	enum status status = STATUS_OK;
	struct text word;

	while (status == STATUS_OK && (word = take_until(&rest, ',')).data) {
		struct flag_range range;

		status = take_range(parsing, word, &range);
		if (status == STATUS_OK)
			status = add_range(parsing, ranges, &range);
	}
	return status;
}

static enum status on_range(const struct parsing *parsing, struct text rest)
{
	return add_ranges(parsing, rest, &parsing->table->ranges);
}

static enum status on_short(const struct parsing *parsing, struct text rest)
{
	return add_ranges(parsing, rest, &parsing->table->shorts);
}

static enum status on_code(const struct parsing *parsing, struct text rest)
{
	struct text word;

	while ((word = take_until(&rest, ',')).data) {
		uint64_t code;

		if (!text_to_u64(word, &code) || code >= FLAG_CODES)
			return refuse(parsing, word, "no calling code");
		parsing->table->by_code[code] |= parsing->flag;
	}
	return STATUS_OK;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digits that stand at one place of a pattern: 5, x, [2-9]. 0: none. */
static uint16_t take_digits(struct text *pattern)
{
	const char *at = pattern->data;
	size_t used = 1;
	unsigned low = 0, high = 9;

	if (pattern->len == 0)
		return 0;
	if (pattern->len >= 5 && at[0] == '[' && is_digit(at[1]) && at[2] == '-' && is_digit(at[3]) && at[4] == ']') {
		low = (unsigned)(at[1] - '0');
		high = (unsigned)(at[3] - '0');
		used = 5;
	} else if (is_digit(at[0])) {
		low = high = (unsigned)(at[0] - '0');
	} else if (at[0] != 'x') {
		return 0;
	}
	pattern->data += used;
	pattern->len -= used;
	return low <= high ? (uint16_t)((1u << (high + 1)) - (1u << low)) : 0;
}

/* The exception of a rule, `but TYPE`; nothing is none. */
static enum status take_but(const struct parsing *parsing, struct text rest, uint16_t *but)
{
	unsigned type;

	*but = 0;
	if (rest.len == 0)
		return STATUS_OK;
	if (!text_is(take_until(&rest, ' '), "but"))
		return refuse(parsing, rest, "no `but TYPE`");
	type = place_of(rest, FLAG_TYPES, type_name);
	if (type == FLAG_TYPES)
		return refuse(parsing, rest, "no such type");
	*but = (uint16_t)(1u << type);
	return STATUS_OK;
}

static enum status on_nanp(const struct parsing *parsing, struct text rest)
{
	struct flag_table *table = parsing->table;
	struct flag_nanp *rule = &table->nanp[table->nanp_count];
	const struct text word = take_until(&rest, ' ');
	struct text pattern = word;

	if (table->nanp_count == FLAG_NANP_MOST)
		return refuse(parsing, word, "more rules `nanp` than a table may have");
	for (size_t i = 0; i < NANP_DIGITS; i++) {
		rule->digits[i] = take_digits(&pattern);
		if (!rule->digits[i])
			return refuse(parsing, word, "not a pattern of ten digits");
	}
	if (pattern.len > 0)
		return refuse(parsing, word, "not a pattern of ten digits");
	rule->flags = parsing->flag;
	table->nanp_count++;
	return take_but(parsing, rest, &rule->but);
}

/* FROM-TO DIGITS, ranges in order. */
static enum status add_near(const struct parsing *parsing, struct text rest)
{
	struct flag_table *table = parsing->table;
	struct flag_near *near = &table->near[table->near_count];
	const struct text word = take_until(&rest, ' ');
	struct flag_range range;
	uint64_t shared;
	enum status status;

	if (table->near_count == FLAG_NEAR_MOST)
		return refuse(parsing, word, "more rules `call near` than a table may have");
	status = take_range(parsing, word, &range);
	if (status != STATUS_OK)
		return status;
	if (table->near_count > 0 && range.first <= near[-1].last)
		return refuse(parsing, word, "not behind the range before");
	if (!text_to_u64(rest, &shared) || shared == 0 || shared >= word.len / 2)
		return refuse(parsing, rest, "not a count of digits below that of the range");
	*near = (struct flag_near){ range.first, range.last, 1 };
	for (uint64_t i = shared; i < word.len / 2; i++)
		near->unit *= 10;
	if (near->unit > table->near_most)
		table->near_most = near->unit;
	table->near_count++;
	return STATUS_OK;
}

static enum status on_call(const struct parsing *parsing, struct text rest)
{
	const struct text word = take_until(&rest, ' ');

	if (text_is(word, "near"))
		return add_near(parsing, rest);
	if (!text_is(word, "equal") || rest.len > 0)
		return refuse(parsing, word, "neither equal nor near");
	parsing->table->equal = true;
	return STATUS_OK;
}

static const struct {
	const char *name;
	enum status (*take)(const struct parsing *parsing, struct text rest);
} rules[] = {
	{ "call", on_call }, { "class", on_class }, { "code", on_code },       { "digits", on_digits }, { "nanp", on_nanp },
	{ "range", on_range }, { "reading", on_reading }, { "short", on_short }, { "type", on_type },
};

static enum status take_rule(const struct parsing *parsing, struct text rule)
{
	struct text rest = rule;
	const struct text word = take_until(&rest, ' ');

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (text_is(word, rules[i].name))
			return rest.len > 0 ? rules[i].take(parsing, rest) : refuse(parsing, rule, "says nothing");
	return refuse(parsing, word, "no kind of rule");
}

/* The flag of a line: that of the line before, or a new one behind it. */
static enum status take_flag(struct parsing *parsing, char *const *fields, bool of_call)
{
	struct flag_table *table = parsing->table;
	const struct text name = text_of(fields[FIELD_FLAG]), class = text_of(fields[FIELD_CLASS]);
	const unsigned place = place_of(class, FLAG_IMPOSSIBLE + 1, flag_class_at);
	const struct flag *last = table->count ? &table->flags[table->count - 1] : NULL;
	const int order = last ? strcmp(fields[FIELD_FLAG], last->name) : 1;

	if (place > FLAG_IMPOSSIBLE)
		return refuse(parsing, class, "neither impossible, suspicious nor note");
	if (name.len == 0 || order < 0)
		return refuse(parsing, name, "flags stand in byte order of their names");
	if (order == 0 && (last->class != (enum flag_class)place || last->of_call != of_call))
		return refuse(parsing, name, "has another class, or kind of rule, in the line before");
	if (order > 0) {
		if (table->count == FLAGS_MOST)
			return refuse(parsing, name, "more flags than a table may have");
		table->flags[table->count++] = (struct flag){ fields[FIELD_FLAG], fields[FIELD_SOURCE], fields[FIELD_WORDS],
							      (enum flag_class)place, of_call };
	}
	parsing->flag = UINT32_C(1) << (table->count - 1);
	return STATUS_OK;
}

/* Splits a line in place. */
static enum status take_line(struct parsing *parsing, char *line)
{
	char *fields[FIELDS];
	size_t count = 0;
	struct text rule;
	enum status status;

	if (*line == '\0' || *line == '#')
		return STATUS_OK;
	for (char *at = line; at; count++) {
		if (count == FIELDS)
			return refuse(parsing, text_of(line), "a line has five fields");
		fields[count] = at;
		at = strchr(at, '\t');
		if (at)
			*at++ = '\0';
	}
	if (count < FIELDS)
		return refuse(parsing, text_of(line), "a line has five fields");
	rule = text_of(fields[FIELD_RULE]);
	status = take_flag(parsing, fields, rule.len >= 5 && !memcmp(rule.data, "call ", 5));
	return status == STATUS_OK ? take_rule(parsing, rule) : status;
}

static int compare_bounds(const void *a, const void *b)
{
	const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static uint32_t flags_at(const struct flag_ranges *ranges, uint64_t number)
{
	uint32_t flags = 0;

	for (size_t i = 0; i < ranges->count; i++)
		if (ranges->items[i].first <= number && number <= ranges->items[i].last)
			flags |= ranges->items[i].flags;
	return flags;
}

/* Cuts ranges at each other's ends, so that none overlaps another. */
static bool settle(struct flag_ranges *ranges)
{
	const size_t most = 2 * ranges->count;
	uint64_t *bounds = memory_array(NULL, most, sizeof(*bounds));
	struct flag_range *items = memory_array(NULL, most, sizeof(*items));
	const bool room = bounds && items;
	size_t count = 0;

	for (size_t i = 0; room && i < ranges->count; i++) {
		bounds[2 * i] = ranges->items[i].first;
		bounds[2 * i + 1] = ranges->items[i].last + 1;
	}
	if (room && most > 0)
		qsort(bounds, most, sizeof(*bounds), compare_bounds);
	for (size_t i = 0; room && i + 1 < most; i++) {
		const uint32_t flags = bounds[i] < bounds[i + 1] ? flags_at(ranges, bounds[i]) : 0;

		if (flags)
			items[count++] = (struct flag_range){ bounds[i], bounds[i + 1] - 1, flags };
	}
	free(ranges->items);
	*ranges = (struct flag_ranges){ items, count, most };
	free(bounds);
	return room;
}

static enum status take_lines(struct parsing *parsing)
{
	struct flag_table *table = parsing->table;
	enum status status = STATUS_OK;
	char *next;

	for (char *line = table->text; line && status == STATUS_OK; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		parsing->line++;
		status = take_line(parsing, line);
	}
	if (status == STATUS_OK && (!settle(&table->ranges) || !settle(&table->shorts)))
		status = error_memory(parsing->error);
	return status;
}

struct flag_table *flag_table_new(const char *text, struct error *error)
{
	struct flag_table *table = calloc(1, sizeof(*table));
	struct parsing parsing = { table, error, 0, 0 };

	if (table)
		table->text = memory_text(text, strlen(text));
	if (!table || !table->text) {
		free(table);
		(void)error_memory(error);
		return NULL;
	}
	if (take_lines(&parsing) == STATUS_OK)
		return table;
	flag_table_free(table);
	return NULL;
}

void flag_table_free(struct flag_table *table)
{
	if (!table)
		return;
	free(table->ranges.items);
	free(table->shorts.items);
	free(table->text);
	free(table);
}
