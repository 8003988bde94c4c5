/* SPDX-License-Identifier: Apache-2.0 */
/* The list of weak identifiers read, and looked up. */
#include "correlate/persons/weak.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/scan.h"

/* ---- patterns ---- */

static bool fits_one(char pattern, char c)
{
	if (pattern == '?')
		return c != '@' && c != ' ';
	if (pattern == '#')
		return scan_is_digit(c);
	return scan_lower(pattern) == scan_lower(c);
}

/* Goes back to the last * alone: that is enough, and no pattern takes long. */
bool weak_pattern_fits(struct text pattern, struct text text)
{
	size_t p = 0, t = 0, star = SIZE_MAX, from = 0;

	while (t < text.len) {
		if (p < pattern.len && pattern.data[p] == '*') {
			star = p++;
			from = t;
		} else if (p < pattern.len && fits_one(pattern.data[p], text.data[t])) {
			p++;
			t++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			t = ++from;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.data[p] == '*')
		p++;
	return p == pattern.len;
}

/* Whether a text begins as a pattern, which is not empty: most do not. */
static inline bool begins(struct text pattern, struct text text)
{
	return pattern.data[0] == '*' || (text.len && fits_one(pattern.data[0], text.data[0]));
}

/* ---- reading ---- */

struct reading {
	struct weak_list *list;
	const char *name;
	struct error *error;
	unsigned line;
};

static enum status refuse(const struct reading *reading, const char *reason)
{
	char name[300];

	return error_set(reading->error, STATUS_FAILED, "%s:%u: %s",
			 text_escape(text_of(reading->name), name, sizeof(name)),
			 reading->line, reason);
}

/* Cuts what stands before the next separator off. */
static struct text cut(struct text *rest, char separator)
{
	const char *end = rest->len ? memchr(rest->data, separator, rest->len) : NULL;
	struct text part = *rest;

	if (end)
		part.len = (size_t)(end - rest->data);
	rest->data += part.len + (end != NULL);
	rest->len -= part.len + (end != NULL);
	return part;
}

static enum status keep(const struct reading *reading, const struct weak_row *row)
{
	struct weak_list *list = reading->list;
	void *rows = list->rows;

	if (row->rule == LINK_PHONE && list->phone_count++ == WEAK_PHONES_MOST)
		return refuse(reading, "too many patterns of telephones");
	if (!memory_room(&rows, &list->capacity, list->count + 1, sizeof(*list->rows)))
		return error_memory(reading->error);
	list->rows = rows;
	list->rows[list->count++] = *row;
	return STATUS_OK;
}

static enum status read_line(const struct reading *reading, struct text line)
{
	const struct text rule = cut(&line, '\t'), verdict = cut(&line, '\t');
	struct weak_row row = { .pattern = cut(&line, '\t'), .note = line };

	while (row.rule < LINK_RULES && !text_is(rule, link_rule_name(row.rule)))
		row.rule++;
	row.weak = text_is(verdict, "weak");
	if (row.rule == LINK_RULES)
		return refuse(reading, "no rule");
	if (!row.weak && !text_is(verdict, "note"))
		return refuse(reading, "neither weak nor note");
	if (row.pattern.len == 0 || row.note.len == 0)
		return refuse(reading, "a pattern or a note is missing");
	if (row.rule == LINK_IP && !ip_range_read(row.pattern, &row.range))
		return refuse(reading, "no range of IP addresses");
	return keep(reading, &row);
}

/* The octets that those of a range's addresses begin with that are of IPv4. */
static void list_octets(struct weak_list *list, const struct ip_range *range)
{
	struct ip_range wide = *range;

	if (wide.bits > IP_OCTET_BITS)
		wide.bits = IP_OCTET_BITS;
	for (unsigned octet = 0; octet < 256; octet++) {
		const struct ip_address address = ip_v4((uint8_t)octet);

		list->octets[octet] |= ip_range_has(&wide, &address);
	}
}

/* Where the rows of each rule are. */
static void list_spans(struct weak_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct weak_row *row = &list->rows[i];

		if (list->span[row->rule].end == 0)
			list->span[row->rule].first = i;
		list->span[row->rule].end = i + 1;
		if (row->rule == LINK_IP)
			list_octets(list, &row->range);
	}
}

/* Once the rows stay where they are. */
static void list_phones(struct weak_list *list)
{
	list->phone_count = 0;
	for (size_t i = 0; i < list->count; i++)
		if (list->rows[i].rule == LINK_PHONE)
			list->phones[list->phone_count++] = &list->rows[i];
}

enum status weak_list_parse(struct weak_list *list, const char *name, const char *text,
			    struct error *error)
{
	struct reading reading = { list, name, error, 0 };
	struct text rest = text_of(text);
	enum status status = STATUS_OK;

	while (rest.len && status == STATUS_OK) {
		const struct text line = cut(&rest, '\n');

		reading.line++;
		if (line.len && line.data[0] != '#')
			status = read_line(&reading, line);
	}
	if (status == STATUS_OK) {
		list_phones(list);
		list_spans(list);
	}
	return status;
}

void weak_list_release(struct weak_list *list)
{
	free(list->rows);
	memset(list, 0, sizeof(*list));
}

/* ---- asking ---- */

const struct weak_row *weak_list_find(const struct weak_list *list, enum link_rule rule,
				      struct text value)
{
	struct ip_address address;

	if (rule == LINK_IP && (!ip_address_read(value, &address) ||
				(ip_is_v4(&address) && !list->octets[address.bytes[IP_V4_AT]])))
		return NULL;
	for (size_t i = list->span[rule].first; i < list->span[rule].end; i++) {
		const struct weak_row *row = &list->rows[i];

		if (row->rule != rule)
			continue;
		if (rule == LINK_IP ? ip_range_has(&row->range, &address)
				    : begins(row->pattern, value) && weak_pattern_fits(row->pattern, value))
			return row;
	}
	return NULL;
}

uint8_t weak_list_phone(const struct weak_list *list, struct text flags)
{
	unsigned mark = 0;

	while (flags.len) {
		const struct text flag = cut(&flags, ',');

		for (size_t i = 0; i < list->phone_count; i++)
			if (text_equal(flag, list->phones[i]->pattern))
				mark |= 1u << i;
	}
	return (uint8_t)mark;
}

const struct weak_row *weak_list_marked(const struct weak_list *list, uint8_t mark)
{
	for (size_t i = 0; i < list->phone_count; i++)
		if (mark >> i & 1)
			return list->phones[i];
	return NULL;
}
