/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of a source can be read again by, read back. */
#include "ingest/reread/recipe/recipe.h"

#include <string.h>

#include "ingest/delimited/reader.h"
#include "ingest/encoding/encoding.h"
#include "ingest/plan/said/constant.h"
#include "ingest/reread/recipe/recipe_format.h"

#define PREAMBLE_MOST (DIALECT_HEAD_BYTES + 16)
#define COLUMN_MOST READER_FIELDS_MOST
#define LINE_SHOWN 120
#define RECIPE_MOST (2 * PROFILE_FILE_MOST)  /* bytes */

/* The lines that there is one of, each. */
enum { ONE_PROFILE, ONE_SEPARATOR, ONE_QUOTE, ONE_HEADER, ONE_BLANKS, ONE_TRIM,
       ONE_PREAMBLE, ONE_WIDTH, ONE_LEGS, ONE_MANNER, ONE_HEAD, ONE_FEET, ONE_ENCODING,
       ONE_FORMAT, ONE_COLUMNS, ONE_BESIDE, ONE_RECORD, ONE_BEGINS, ONE_COUNT };
#define LINE(one) (1u << (one))
/* What delimited text needs, what only that has, what other formats need, and only they have. */
#define NEEDED (LINE(ONE_LEGS) - 1)
#define DELIMITED (LINE(ONE_SEPARATOR) | LINE(ONE_QUOTE) | LINE(ONE_BLANKS) | LINE(ONE_TRIM) | LINE(ONE_PREAMBLE) | \
		   LINE(ONE_MANNER) | LINE(ONE_FEET))
#define FORMAT_NEEDED (LINE(ONE_PROFILE) | LINE(ONE_HEADER) | LINE(ONE_WIDTH) | LINE(ONE_FORMAT))
#define FORMATTED (LINE(ONE_COLUMNS) | LINE(ONE_BESIDE) | LINE(ONE_RECORD) | LINE(ONE_BEGINS))

/* What is being read. */
struct parsing {
	struct recipe *recipe;
	struct text rest;           /* of the line */
	unsigned seen;              /* bit n: line n of those above */
	struct pick *pick;          /* that a second column or a condition may follow */
	int pick_role;
	const struct pattern **like; /* where the pattern goes that is due */
	bool no_memory;             /* for a pattern */
	const struct pattern **take; /* and the one behind it */
};

/* Up to the next blank, which is taken as well. */
static struct text take_word(struct parsing *p)
{
	struct text word = p->rest;
	const char *end = word.len ? memchr(word.data, ' ', word.len) : NULL;

	if (end)
		word.len = (size_t)(end - word.data);
	p->rest.data += word.len + (end != NULL);
	p->rest.len -= word.len + (end != NULL);
	return word;
}

static bool take_number(struct parsing *p, uint64_t most, size_t *number)
{
	uint64_t value;

	if (!text_to_u64(take_word(p), &value) || value > most)
		return false;
	*number = (size_t)value;
	return true;
}

static bool take_int(struct parsing *p, uint64_t most, int *number)
{
	size_t value = 0;
	const bool good = take_number(p, most, &value);

	*number = (int)value;
	return good;
}

static bool take_flag(struct parsing *p, bool *flag)
{
	size_t value = 0;
	const bool good = take_number(p, 1, &value);

	*flag = value == 1;
	return good;
}

static bool take_span(struct parsing *p, struct widths *span)
{
	return take_number(p, COLUMN_MOST, &span->least) &&
	       take_number(p, COLUMN_MOST, &span->most) &&
	       span->least <= span->most;
}

static bool take_column(struct parsing *p, size_t *column)
{
	return take_number(p, COLUMN_MOST, column) && (*column)-- > 0;
}

static bool take_role(struct parsing *p, int *role)
{
	*role = kind_role(p->recipe->mapping.kind, take_word(p));
	return *role >= 0;
}

static bool parse_profile(struct parsing *p)
{
	const struct text hash = take_word(p);

	return hash.len == DIGEST_HEX - 1;
}

static bool parse_separator(struct parsing *p)
{
	return take_int(p, 255, &p->recipe->dialect.separator);
}

static bool parse_quote(struct parsing *p)
{
	return take_int(p, 255, &p->recipe->dialect.quote);
}

static bool parse_header(struct parsing *p)
{
	return take_int(p, 1, &p->recipe->dialect.header);
}

static bool parse_blanks(struct parsing *p)
{
	return take_flag(p, &p->recipe->dialect.blanks);
}

static bool parse_trim(struct parsing *p)
{
	return take_flag(p, &p->recipe->dialect.trim);
}

static bool parse_preamble(struct parsing *p)
{
	size_t lines = 0;
	const bool good = take_number(p, PREAMBLE_MOST, &p->recipe->preamble) &&
			  take_number(p, DIALECT_HEAD_MOST + 1, &lines);

	p->recipe->preamble_lines = (unsigned)lines;
	return good;
}

static bool parse_manner(struct parsing *p)
{
	struct dialect *dialect = &p->recipe->dialect;

	return take_int(p, 255, &dialect->escape) &&
	       take_int(p, INNER_PART, &dialect->inner) &&
	       take_int(p, 1, &dialect->guard) &&
	       (dialect->escape == 0 || dialect->escape == ESCAPE_BACKSLASH ||
		dialect->escape == ESCAPE_QUOTE) &&
	       (dialect->inner != INNER_PART || dialect->escape != ESCAPE_BACKSLASH);
}

static bool parse_head(struct parsing *p)
{
	size_t lines = 0;
	const bool good = take_number(p, DIALECT_HEAD_MOST, &lines);

	p->recipe->dialect.head = (long)lines;
	return good;
}

static bool parse_feet(struct parsing *p)
{
	return take_flag(p, &p->recipe->dialect.feet);
}

static bool parse_encoding(struct parsing *p)
{
	bool known;

	p->recipe->encoding = encoding_find(take_word(p), &known);
	return p->recipe->encoding != NULL;
}

/* The rest of the line, which says something of a format. */
static bool parse_rest(struct parsing *p, bool (*take)(struct recipe *recipe, struct text rest))
{
	const struct text rest = p->rest;
	const bool good = take(p->recipe, rest);

	p->rest.len = 0;
	p->no_memory = p->recipe->widened.failed;
	return good;
}

static bool parse_record_line(struct parsing *p, unsigned *line, const struct pattern **pattern)
{
	size_t number = 0;
	const bool good = take_number(p, PROFILE_FILE_MOST, &number);

	*line = (unsigned)number;
	p->like = pattern;
	return good;
}

static bool parse_record(struct parsing *p)
{
	return parse_record_line(p, &p->recipe->record_line, &p->recipe->record);
}

static bool parse_begins(struct parsing *p)
{
	return parse_record_line(p, &p->recipe->begins_line, &p->recipe->begins);
}

static bool parse_width(struct parsing *p)
{
	return take_span(p, &p->recipe->width);
}

static bool parse_legs(struct parsing *p)
{
	return take_role(p, &p->recipe->legs) &&
	       take_span(p, &p->recipe->legs_width);
}

static bool parse_without(struct parsing *p)
{
	int role;

	if (!take_role(p, &role))
		return false;
	p->recipe->mapping.without[role] = true;
	return true;
}

static bool add_pick(struct parsing *p, int role, const struct pick *pick)
{
	struct mapping *mapping = &p->recipe->mapping;

	if (mapping->pick_counts[role] == MAPPING_PICKS)
		return false;
	p->pick_role = role;
	p->pick = &mapping->picks[role][mapping->pick_counts[role]++];
	*p->pick = *pick;
	return true;
}

static bool parse_role(struct parsing *p)
{
	struct pick pick = { 0 };
	int role;

	return take_role(p, &role) && take_column(p, &pick.column) && take_span(p, &pick.width) &&
	       add_pick(p, role, &pick);
}

/* The rest of the line is the value. */
static bool parse_constant(struct parsing *p)
{
	struct mapping *mapping = &p->recipe->mapping;
	struct pick pick = { .constant = true };
	struct text value;
	int role;

	if (!take_role(p, &role) || constant_problem(mapping->kind, role) ||
	    !take_span(p, &pick.width))
		return false;
	value = p->rest;
	p->rest.len = 0;
	return mapping_say(mapping, role, value) && add_pick(p, role, &pick);
}

/* The second column of a time; a condition may follow. */
static bool parse_joined(struct parsing *p)
{
	struct pick *pick = p->pick;

	if (!pick || pick->constant || pick->joined ||
	    kind_info(p->recipe->mapping.kind)->roles[p->pick_role].type != ROLE_TIME)
		return false;
	pick->joined = true;
	return take_column(p, &pick->second);
}

static bool parse_when(struct parsing *p)
{
	struct pick *pick = p->pick;

	p->pick = NULL;
	if (!pick || !take_column(p, &pick->when_column))
		return false;
	p->like = &pick->when;
	return true;
}

static bool parse_fallback(struct parsing *p)
{
	struct mapping *mapping = &p->recipe->mapping;
	struct fallback *fallback = &mapping->fallbacks[mapping->fallback_count];

	if (mapping->fallback_count == PROFILE_FALLBACKS)
		return false;
	mapping->fallback_count++;
	p->like = &fallback->when;
	p->take = &fallback->take;
	return take_role(p, &fallback->role) && take_column(p, &fallback->column);
}

static bool add_filter(struct parsing *p, bool keep)
{
	struct mapping *mapping = &p->recipe->mapping;
	struct filter *filter = &mapping->filters[mapping->filter_count];

	if (mapping->filter_count == PROFILE_FILTERS)
		return false;
	mapping->filter_count++;
	filter->keep = keep;
	p->like = &filter->pattern;
	return take_column(p, &filter->column);
}

static bool parse_keep(struct parsing *p)
{
	return add_filter(p, true);
}

static bool parse_drop(struct parsing *p)
{
	return add_filter(p, false);
}

static bool parse_url(struct parsing *p)
{
	int role;

	if (!take_role(p, &role))
		return false;
	p->recipe->mapping.url[role] = true;
	return true;
}

static bool parse_parts(struct parsing *p)
{
	int role, unit;

	if (!take_role(p, &role) || !take_int(p, PROFILE_UNITS - 1, &unit))
		return false;
	p->recipe->mapping.units[role] = (enum profile_unit)unit;
	return true;
}

/* The rest of the line is a pattern. */
static bool compile(struct parsing *p, const struct pattern **place)
{
	struct recipe *recipe = p->recipe;
	struct pattern *pattern;
	char why[200];

	if (recipe->pattern_count == RECIPE_PATTERNS)
		return false;
	*place = pattern = pattern_new(p->rest, why, sizeof(why));
	if (pattern)
		recipe->patterns[recipe->pattern_count++] = pattern;
	else
		p->no_memory = why[0] == '\0';
	p->rest.len = 0;
	return pattern != NULL;
}

static bool parse_pattern(struct parsing *p, struct text word)
{
	const struct pattern **place = p->like ? p->like : p->take;

	if (!text_is(word, p->like ? "like" : "take"))
		return false;
	if (p->like)
		p->like = NULL;
	else
		p->take = NULL;
	return compile(p, place);
}

static const struct {
	const char *word;
	bool (*parse)(struct parsing *p);
	bool (*take)(struct recipe *recipe, struct text rest);      /* instead */
} lines[] = {
	[ONE_PROFILE] = { "profile", parse_profile, NULL },
	[ONE_SEPARATOR] = { "separator", parse_separator, NULL },
	[ONE_QUOTE] = { "quote", parse_quote, NULL },
	[ONE_HEADER] = { "header", parse_header, NULL },
	[ONE_BLANKS] = { "blanks", parse_blanks, NULL },
	[ONE_TRIM] = { "trim", parse_trim, NULL },
	[ONE_PREAMBLE] = { "preamble", parse_preamble, NULL },
	[ONE_WIDTH] = { "width", parse_width, NULL },
	[ONE_LEGS] = { "legs", parse_legs, NULL },
	[ONE_MANNER] = { "manner", parse_manner, NULL },
	[ONE_HEAD] = { "head", parse_head, NULL },
	[ONE_FEET] = { "feet", parse_feet, NULL },
	[ONE_ENCODING] = { "encoding", parse_encoding, NULL },
	[ONE_FORMAT] = { "format", NULL, recipe_take_format },
	[ONE_COLUMNS] = { "columns", NULL, recipe_take_columns },
	[ONE_BESIDE] = { "beside", NULL, recipe_take_beside },
	[ONE_RECORD] = { "record", parse_record, NULL },
	[ONE_BEGINS] = { "begins", parse_begins, NULL },
	[ONE_COUNT] = { "without", parse_without, NULL },
	{ "widen", NULL, recipe_take_widened },
	{ "role", parse_role, NULL },
	{ "constant", parse_constant, NULL },
	{ "joined", parse_joined, NULL },
	{ "when", parse_when, NULL },
	{ "fallback", parse_fallback, NULL },
	{ "keep", parse_keep, NULL },
	{ "drop", parse_drop, NULL },
	{ "url", parse_url, NULL },
	{ "parts", parse_parts, NULL },
};

static bool parse_line(struct parsing *p)
{
	const struct text word = take_word(p);

	if (p->like || p->take)
		return parse_pattern(p, word);
	if (!text_is(word, "when") && !text_is(word, "joined"))
		p->pick = NULL;
	for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		if (!text_is(word, lines[i].word))
			continue;
		if (i < ONE_COUNT && (p->seen >> i & 1))
			return false;
		p->seen |= i < ONE_COUNT ? 1u << i : 0;
		return (lines[i].take ? parse_rest(p, lines[i].take) : lines[i].parse(p)) && p->rest.len == 0;
	}
	return false;
}

static bool has_lines(const struct parsing *p)
{
	if (p->recipe->format)
		return (p->seen & FORMAT_NEEDED) == FORMAT_NEEDED && !(p->seen & DELIMITED) &&
		       recipe_format_sound(p->recipe);
	return (p->seen & NEEDED) == NEEDED && !(p->seen & FORMATTED) && p->recipe->widened.len == 0;
}

/* Of every role that is not both mapped and left out. */
static bool is_sound(const struct parsing *p)
{
	const struct mapping *mapping = &p->recipe->mapping;

	for (size_t role = 0; role < ROLES_MOST; role++)
		if (mapping->without[role] && mapping->pick_counts[role] > 0)
			return false;
	return has_lines(p) && !p->like && !p->take;
}

static enum status wrong(struct text line, struct error *error)
{
	char shown[LINE_SHOWN];

	return error_set(error, STATUS_INTEGRITY,
			 line.data ? "its recipe has the line '%s', which is none"
				   : "its recipe is not whole%s",
			 line.data ? text_escape(line, shown, sizeof(shown)) : "");
}

enum status recipe_parse(struct recipe *recipe, enum kind kind, struct text text,
			 struct error *error)
{
	struct parsing p = { .recipe = recipe };

	memset(recipe, 0, sizeof(*recipe));
	recipe->mapping.kind = kind;
	recipe->legs = -1;
	while (text.len > 0 && text.len <= RECIPE_MOST) {
		const char *end = memchr(text.data, '\n', text.len);
		struct text line = text;

		line.len = end ? (size_t)(end - text.data) : text.len;
		text.data += line.len + (end != NULL);
		text.len -= line.len + (end != NULL);
		p.rest = line;
		if (!parse_line(&p))
			return p.no_memory ? error_memory(error) : wrong(line, error);
	}
	if (text.len > 0 || !is_sound(&p))
		return wrong((struct text){ NULL, 0 }, error);
	mapping_settle(&recipe->mapping);
	return STATUS_OK;
}

void recipe_release(struct recipe *recipe)
{
	for (size_t i = 0; i < recipe->pattern_count; i++)
		pattern_free(recipe->patterns[i]);
	buf_release(&recipe->widened);
	absents_release(&recipe->absents);
	memset(recipe, 0, sizeof(*recipe));
}
