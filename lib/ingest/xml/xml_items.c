/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a piece of XML. */
#include "ingest/xml/xml_items.h"

#include <string.h>

#include "ingest/json/json_scan.h"

#define FILE_ENDS "is cut off: the file ends within it"
#define BETWEEN "text between rows"
#define STRAY "an end tag that nothing opened"
#define OTHER_NAME "an element of another name than the rows have"

/* ---- where rows stand ---- */

#define NAMES 64            /* elements inside the root that are compared */

/* The names of elements at a depth. */
struct names {
	char texts[NAMES][XML_NAME_MOST];
	size_t lens[NAMES];
	size_t count;
	size_t twice;           /* which of them came twice; NAMES: none has */
};

static void add_name(struct names *names, struct text name)
{
	for (size_t i = 0; i < names->count; i++)
		if (text_equal((struct text){ names->texts[i], names->lens[i] }, name)) {
			names->twice = names->twice < NAMES ? names->twice : i;
			return;
		}
	if (names->count == NAMES)
		return;
	memcpy(names->texts[names->count], name.data, name.len);
	names->lens[names->count++] = name.len;
}

/* Names of the elements inside so many others; a tag that is both a start and an end has one
 * too. */
static void look(struct text text, uint64_t depth, struct names *names)
{
	struct xml_scan scan = { .base = UINT64_MAX };
	const char *at = text.data, *const end = at + text.len;
	enum xml_event event = XML_OTHER;

	names->count = 0;
	names->twice = NAMES;
	while (event != XML_NOTHING) {
		const uint64_t before = scan.depth;

		at = xml_scan_next(&scan, at, end, &event);
		if ((event == XML_STARTED || (event == XML_ENDED && scan.depth == before)) && before == depth)
			add_name(names, xml_scan_name(&scan));
	}
}

static void set_place(struct xml_place *place, const struct names *names, size_t which, uint64_t depth)
{
	memcpy(place->name, names->texts[which], names->lens[which]);
	place->len = names->lens[which];
	place->depth = depth;
}

/* The root, where nothing else has to be looked at: the first element is `cdr`. */
static bool is_cdr(struct text text)
{
	struct xml_scan scan = { .base = UINT64_MAX };
	const char *at = text.data, *const end = at + text.len;
	enum xml_event event = XML_OTHER;

	while (event == XML_OTHER || event == XML_STRAY)
		at = xml_scan_next(&scan, at, end, &event);
	return event != XML_NOTHING && text_is(xml_scan_name(&scan), "cdr");
}

bool xml_place_of(struct text text, struct xml_place *place)
{
	struct names names;

	memset(place, 0, sizeof(*place));
	if (is_cdr(text)) {
		memcpy(place->name, "cdr", 3);
		place->len = 3;
		return true;
	}
	look(text, 0, &names);
	if (names.count == 0)
		return false;
	set_place(place, &names, 0, 0);
	for (uint64_t depth = 1; depth < 8; depth++) {
		if (text_is((struct text){ place->name, place->len }, "cdr"))
			return true;
		look(text, depth, &names);
		if (names.count == 0 || (names.count > 1 && names.twice == NAMES))
			return true;
		set_place(place, &names, names.twice < NAMES ? names.twice : 0, depth);
		if (names.twice < NAMES)
			return true;
	}
	return true;
}

/* ---- pieces ---- */

size_t xml_split(const struct xml_place *place, struct xml_scan *scan, struct text text, bool *rows, bool *within)
{
	const char *at = text.data, *const end = at + text.len;
	const char *cut = NULL;
	struct xml_scan then = *scan;
	enum xml_event event;

	*rows = *within = false;
	/* Between rows, or within one, what is around them ends. */
	while (scan->depth >= place->depth) {
		at = xml_scan_next(scan, at, end, &event);
		if (event == XML_NOTHING) {
			*rows = true;
			*within = cut == NULL;
			if (cut)
				*scan = then;
			return cut ? (size_t)(cut - text.data) : text.len;
		}
		if (scan->depth < place->depth)
			break;
		if (scan->depth == place->depth) {
			cut = at;
			then = *scan;
		}
	}
	if (cut) {
		*rows = true;
		*scan = then;
		return (size_t)(cut - text.data);
	}
	while (scan->depth < place->depth) {
		at = xml_scan_next(scan, at, end, &event);
		if (event == XML_NOTHING)
			return text.len;
	}
	return (size_t)(at - text.data);
}

/* ---- rows ---- */

struct xml_items xml_items_of(const struct xml_place *place, struct text piece)
{
	return (struct xml_items){ .place = place, .begin = piece.data, .at = piece.data, .end = piece.data + piece.len };
}

static void set_record(struct xml_items *items, const char *from, const char *to, struct record *record)
{
	memset(record, 0, sizeof(*record));
	record->line = items->lines;
	record->offset = items->offset + (uint64_t)(from - items->begin);
	record->length = (uint64_t)(to - from);
	record->lines = json_count_lines(from, to);
	record->text = (struct text){ from, (size_t)(to - from) };
	items->lines += record->lines;
	items->at = to;
}

static enum xml_item reject(struct xml_items *items, const char *from, const char *to, const char *reason,
			    struct record *record)
{
	set_record(items, from, to, record);
	record->reason = reason;
	return XML_ITEM_WRONG;
}

static const char *skip_blanks(struct xml_items *items)
{
	const char *from = json_skip_blanks(items->at, items->end);

	items->lines += json_count_lines(items->at, from);
	items->at = from;
	return from;
}

/* An element, from its < on; XML_ITEM_END: it is a comment or the like, gone over. */
static enum xml_item next_element(struct xml_items *items, const char **end, bool *named)
{
	const struct text name = { items->place->name, items->place->len };
	enum xml_event event;

	memset(&items->scan, 0, sizeof(items->scan));
	items->scan.depth = items->scan.base = items->place->depth;
	*end = xml_scan_next(&items->scan, items->at, items->end, &event);
	*named = text_equal(xml_scan_name(&items->scan), name);
	if (event == XML_OTHER)
		return XML_ITEM_END;
	if (event == XML_STRAY || (event == XML_ENDED && items->scan.depth < items->place->depth))
		return XML_ITEM_WRONG;
	while (event != XML_NOTHING && items->scan.depth > items->place->depth)
		*end = xml_scan_next(&items->scan, *end, items->end, &event);
	return event == XML_NOTHING ? XML_ITEM_CUT : XML_ITEM_ROW;
}

static enum xml_item give(struct xml_items *items, struct xml_row *row, const char *end, struct record *record)
{
	set_record(items, items->at, end, record);
	if (record->length > XML_RECORD_MOST) {
		record->reason = XML_TOO_LONG;
		return XML_ITEM_WRONG;
	}
	if (!xml_row_read(row, record->text))
		return XML_ITEM_MEMORY;
	record->reason = row->reason;
	record->fields = row->fields;
	record->count = row->count;
	record->nulls = true;
	record->odd = row->odd;
	return row->reason ? XML_ITEM_WRONG : XML_ITEM_ROW;
}

/* What stands before the next <: at the end that may be still to come. */
static enum xml_item text_between(struct xml_items *items, struct record *record)
{
	const char *open = memchr(items->at, '<', (size_t)(items->end - items->at));

	if (!open && !items->last)
		return XML_ITEM_CUT;
	return reject(items, items->at, open ? open : items->end, BETWEEN, record);
}

/* What stands in the element around the rows is its own. False: it goes on to the end. */
static bool skip_text(struct xml_items *items)
{
	const char *open = memchr(items->at, '<', (size_t)(items->end - items->at));
	const char *end = open ? open : items->end;

	items->lines += json_count_lines(items->at, end);
	items->at = end;
	return open != NULL;
}

enum xml_item xml_items_next(struct xml_items *items, struct xml_row *row, struct record *record)
{
	for (;;) {
		const char *from = skip_blanks(items), *end = from;
		bool named = false;
		enum xml_item item;

		if (from == items->end)
			return XML_ITEM_END;
		if (*from != '<' && items->place->depth == 0)
			return text_between(items, record);
		if (*from != '<' && !skip_text(items))
			return XML_ITEM_END;
		if (*from != '<')
			continue;
		item = next_element(items, &end, &named);
		if (item == XML_ITEM_WRONG)
			return reject(items, from, end, STRAY, record);
		if (item == XML_ITEM_CUT && items->last)
			return reject(items, from, items->end, FILE_ENDS, record);
		if (item == XML_ITEM_CUT)
			return item;
		if (item == XML_ITEM_ROW)
			return named ? give(items, row, end, record) : reject(items, from, end, OTHER_NAME, record);
		items->lines += json_count_lines(from, end);
		items->at = end;
	}
}

bool xml_items_leave(struct xml_items *items, struct xml_scan *scan)
{
	const char *at = items->at;
	enum xml_event event = XML_OTHER;

	while (event != XML_NOTHING && (at == items->at || scan->depth > items->place->depth))
		at = xml_scan_next(scan, at, items->end, &event);
	items->lines += json_count_lines(items->at, at);
	items->at = at;
	return event != XML_NOTHING;
}
