/* SPDX-License-Identifier: Apache-2.0 */
/* plangen: parses the subset of patterns that numbering plans are written in. */
#include <stdlib.h>
#include <string.h>

#include "plangen/plangen.h"

#define ALL_DIGITS 0x3ffu
#define REPEAT_MAX 32u

struct parser {
	struct pattern *pattern;
	const char *text; /* whole, for messages */
	const char *at;
};

static int parse_choice(struct parser *parser);

static int new_node(struct parser *parser, enum node_kind kind)
{
	struct pattern *pattern = parser->pattern;

	pattern->nodes = plangen_room(pattern->nodes, &pattern->capacity, pattern->count + 1, sizeof(*pattern->nodes));
	pattern->nodes[pattern->count] = (struct node){ .kind = kind, .child = -1, .next = -1 };
	return (int)pattern->count++;
}

static _Noreturn void fail(const struct parser *parser)
{
	plangen_fail("a pattern outside the subset", parser->text);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static unsigned parse_class(struct parser *parser)
{
	unsigned mask = 0;

	while (*parser->at != ']') {
		char from = *parser->at++, to = from;

		if (from == '\\' && *parser->at == 'd') {
			parser->at++;
			mask |= ALL_DIGITS;
			continue;
		}
		if (!is_digit(from))
			fail(parser);
		if (*parser->at == '-') {
			to = parser->at[1];
			if (!is_digit(to) || from > to)
				fail(parser);
			parser->at += 2;
		}
		for (char c = from; c <= to; c++)
			mask |= 1u << (c - '0');
	}
	parser->at++;
	if (!mask)
		fail(parser);
	return mask;
}

static int parse_group(struct parser *parser)
{
	int node = new_node(parser, NODE_GROUP), inner;

	if (!strncmp(parser->at, "?:", 2))
		parser->at += 2;
	else
		parser->pattern->nodes[node].group = ++parser->pattern->groups;
	inner = parse_choice(parser);
	parser->pattern->nodes[node].child = inner;
	if (*parser->at++ != ')')
		fail(parser);
	return node;
}

static int parse_atom(struct parser *parser)
{
	char c = *parser->at++;
	unsigned mask;
	int node;

	if (c == '(')
		return parse_group(parser);
	if (c == '$')
		return new_node(parser, NODE_END);
	if (is_digit(c))
		mask = 1u << (c - '0');
	else if (c == '[')
		mask = parse_class(parser);
	else if (c == '\\' && *parser->at == 'd') {
		parser->at++;
		mask = ALL_DIGITS;
	} else
		fail(parser);
	node = new_node(parser, NODE_CLASS);
	parser->pattern->nodes[node].mask = mask;
	return node;
}

static unsigned parse_count(struct parser *parser)
{
	unsigned value = 0;

	if (!is_digit(*parser->at))
		fail(parser);
	while (is_digit(*parser->at)) {
		value = value * 10 + (unsigned)(*parser->at++ - '0');
		if (value > REPEAT_MAX)
			fail(parser);
	}
	return value;
}

static int parse_repeat(struct parser *parser)
{
	int atom = parse_atom(parser), node;
	unsigned min = 0, max = 1;

	if (*parser->at == '?') {
		parser->at++;
	} else if (*parser->at == '{') {
		parser->at++;
		min = max = parse_count(parser);
		if (*parser->at == ',') {
			parser->at++;
			max = parse_count(parser);
		}
		if (*parser->at++ != '}' || min > max || max == 0)
			fail(parser);
	} else {
		return atom;
	}
	node = new_node(parser, NODE_REPEAT);
	parser->pattern->nodes[node].min = min;
	parser->pattern->nodes[node].max = max;
	parser->pattern->nodes[node].child = atom;
	return node;
}

static int parse_sequence(struct parser *parser)
{
	int node = new_node(parser, NODE_SEQUENCE), last = -1;

	while (*parser->at && *parser->at != '|' && *parser->at != ')') {
		int item = parse_repeat(parser);

		if (last < 0)
			parser->pattern->nodes[node].child = item;
		else
			parser->pattern->nodes[last].next = item;
		last = item;
	}
	return node;
}

static int parse_choice(struct parser *parser)
{
	int node = new_node(parser, NODE_CHOICE);
	int last = parse_sequence(parser);

	parser->pattern->nodes[node].child = last;
	while (*parser->at == '|') {
		int item;

		parser->at++;
		item = parse_sequence(parser);
		parser->pattern->nodes[last].next = item;
		last = item;
	}
	return node;
}

void pattern_parse(struct pattern *pattern, const char *text)
{
	struct parser parser = { pattern, text, text };

	*pattern = (struct pattern){ .nodes = NULL };
	pattern->root = parse_choice(&parser);
	if (*parser.at)
		fail(&parser);
}

void pattern_free(struct pattern *pattern)
{
	free(pattern->nodes);
	*pattern = (struct pattern){ .nodes = NULL };
}
