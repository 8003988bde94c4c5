/* SPDX-License-Identifier: Apache-2.0 */
/* Where elements of XML begin and end. */
#include "ingest/xml/xml_scan.h"

#include <string.h>

struct text xml_scan_name(const struct xml_scan *scan)
{
	return (struct text){ scan->name, scan->len };
}

static void begin(struct xml_scan *scan, enum xml_state state)
{
	scan->state = state;
	scan->quote = '\0';
	scan->marks = 0;
}

/* The byte behind <. */
static void open_markup(struct xml_scan *scan, char c)
{
	begin(scan, c == '/' ? XML_END : c == '?' ? XML_ASKED : c == '!' ? XML_BANG : XML_START);
	scan->len = 0;
	scan->named = false;
	if (scan->state == XML_START) {
		scan->name[0] = c;
		scan->len = 1;
	}
}

/* A byte behind <!, until it is known what that is. */
static void in_bang(struct xml_scan *scan, char c)
{
	static const char cdata[] = "[CDATA[";

	scan->name[scan->len++] = c;
	if (scan->len == 2 && !memcmp(scan->name, "--", 2))
		begin(scan, XML_COMMENT);
	else if (scan->len == 7 && !memcmp(scan->name, cdata, 7))
		begin(scan, XML_CDATA);
	else if (!(scan->len == 1 && c == '-') && memcmp(scan->name, cdata, scan->len) != 0) {
		begin(scan, XML_DOCTYPE);
		scan->doctypes = true;
	}
}

/* Up to marks that are alike, and another: --> and the like. */
static bool ends_by(struct xml_scan *scan, char mark, unsigned count, char c)
{
	if (c == '>' && scan->marks >= count)
		return true;
	scan->marks = c == mark ? scan->marks + (scan->marks < count) : 0;
	return false;
}

static bool is_name_end(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/' || c == '>';
}

/* A byte of a tag; true: its last. */
static bool in_tag(struct xml_scan *scan, char c)
{
	if (!scan->named && !is_name_end(c)) {
		if (scan->len < XML_NAME_MOST)
			scan->name[scan->len++] = c;
		return false;
	}
	scan->named = true;
	if (scan->quote) {
		scan->quote = c == scan->quote ? '\0' : scan->quote;
		scan->marks = 0;
		return false;
	}
	if (c == '>')
		return true;
	if (c == '"' || c == '\'')
		scan->quote = c;
	scan->marks = c == '/';
	return false;
}

/* A document type goes over its subset, brackets and quotes in it. */
static bool in_doctype(struct xml_scan *scan, char c)
{
	if (scan->quote) {
		scan->quote = c == scan->quote ? '\0' : scan->quote;
		return false;
	}
	if (c == '"' || c == '\'')
		scan->quote = c;
	if (c == '[') {
		scan->marks = 1;
		scan->subset = true;
	}
	if (c == ']')
		scan->marks = 0;
	return c == '>' && scan->marks == 0;
}

/* Whether the last tag counts: in a row only those of its name do. */
static bool counts(const struct xml_scan *scan)
{
	return scan->depth <= scan->base ||
	       text_equal(xml_scan_name(scan), (struct text){ scan->row, scan->row_len });
}

static enum xml_event end_element(struct xml_scan *scan)
{
	if (scan->depth == 0 ||
	    (scan->depth == scan->base &&
	     !text_equal(xml_scan_name(scan), (struct text){ scan->around, scan->around_len })))
		return XML_STRAY;
	if (!counts(scan))
		return XML_OTHER;
	scan->depth--;
	return XML_ENDED;
}

/* A tag that is both a start and an end has a slash before its last byte. */
static enum xml_event start_element(struct xml_scan *scan)
{
	if (!counts(scan) || (scan->marks && scan->depth > scan->base))
		return XML_OTHER;
	if (scan->marks)
		return XML_ENDED;
	if (scan->depth == scan->base) {
		memcpy(scan->row, scan->name, scan->len);
		scan->row_len = scan->len;
	}
	if (++scan->depth == scan->base) {
		memcpy(scan->around, scan->name, scan->len);
		scan->around_len = scan->len;
	}
	return XML_STARTED;
}

/* Takes a byte of markup. */
static enum xml_event take(struct xml_scan *scan, char c)
{
	const enum xml_state state = scan->state;
	bool ends = false;

	switch (state) {
	case XML_OPEN:
		open_markup(scan, c);
		break;
	case XML_BANG:
		in_bang(scan, c);
		break;
	case XML_COMMENT:
		ends = ends_by(scan, '-', 2, c);
		break;
	case XML_CDATA:
		ends = ends_by(scan, ']', 2, c);
		break;
	case XML_ASKED:
		ends = ends_by(scan, '?', 1, c);
		break;
	case XML_DOCTYPE:
		ends = in_doctype(scan, c);
		break;
	default:
		ends = in_tag(scan, c);
		break;
	}
	if (!ends)
		return XML_NOTHING;
	scan->state = XML_TEXT;
	if (state == XML_END)
		return end_element(scan);
	return state == XML_START ? start_element(scan) : XML_OTHER;
}

const char *xml_scan_next(struct xml_scan *scan, const char *at, const char *end, enum xml_event *event)
{
	*event = XML_NOTHING;
	while (at < end && *event == XML_NOTHING) {
		if (scan->state == XML_TEXT) {
			const char *open = memchr(at, '<', (size_t)(end - at));

			if (!open)
				return end;
			scan->state = XML_OPEN;
			at = open + 1;
			continue;
		}
		*event = take(scan, *at++);
	}
	return at;
}
