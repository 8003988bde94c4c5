/* SPDX-License-Identifier: Apache-2.0 */
/* Where elements of XML begin and end, by their tags alone: what is between them may be wrong. */
#ifndef UNSPOOF_INGEST_XML_XML_SCAN_H
#define UNSPOOF_INGEST_XML_XML_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define XML_NAME_MOST 200       /* bytes of a name that are kept */

enum xml_state { XML_TEXT, XML_OPEN, XML_START, XML_END, XML_BANG, XML_COMMENT, XML_CDATA, XML_ASKED, XML_DOCTYPE };

enum xml_event {
	XML_NOTHING,            /* the text ends first */
	XML_STARTED,            /* an element, by its start tag */
	XML_ENDED,              /* one, by its end tag, or by a tag that is both */
	XML_OTHER,              /* a comment, an instruction, characters, a document type */
	XML_STRAY               /* an end tag that nothing opened */
};

/* Zeroed but for its base is outside of all elements. It goes on where a text ended. */
struct xml_scan {
	enum xml_state state;
	uint64_t depth;         /* elements that are open */
	/* Inside so many others an element is a row, in which only its own name is counted, so
	 * that other tags may be wrong. */
	uint64_t base;
	char row[XML_NAME_MOST];    /* that name */
	size_t row_len;
	char around[XML_NAME_MOST]; /* that of what the rows are in, which its end has too */
	size_t around_len;
	char quote;             /* within a tag; 0: none */
	unsigned marks;         /* of the end of what is open, and: */
	size_t len;             /* of what was read of a name, or behind <! */
	char name[XML_NAME_MOST];   /* of the last tag */
	bool named;             /* all of it was read */
	bool subset;            /* a document type has one inside */
	bool doctypes;          /* there was one */
};

/* Goes on up to behind the next tag or the like. */
const char *xml_scan_next(struct xml_scan *scan, const char *at, const char *end, enum xml_event *event);
/* The name of the last tag. */
struct text xml_scan_name(const struct xml_scan *scan);

#endif
