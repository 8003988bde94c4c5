/* SPDX-License-Identifier: Apache-2.0 */
/* XML of a settled member, element by element of one depth, with the tags around them. */
#ifndef UNSPOOF_INGEST_XML_XML_CUT_H
#define UNSPOOF_INGEST_XML_XML_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/source/dump.h"
#include "ingest/xml/xml_scan.h"

/* Members are the module's own, but for what is set up: the dump, the depth and the place. */
struct xml_cut {
	struct dump *dump;
	uint64_t depth;         /* elements inside so many others are wanted */
	uint64_t offset, line;  /* of the next byte that is not given; lines from 1 */
	struct xml_scan scan;
	char *bytes;            /* those from there on that were read */
	size_t from, to, capacity;
	bool ended;             /* the dump has no more */
};

enum xml_piece {
	XML_PIECE_ELEMENT,      /* one of the depth, with all that is in it */
	XML_PIECE_AROUND,       /* the start tag of one that is around those, with its depth */
	XML_PIECE_LONG,         /* an element of more than XML_RECORD_MOST bytes, gone over */
	XML_PIECE_STRAY,        /* an end tag that nothing opened */
	XML_PIECE_CUT           /* the member ends within an element, or a tag */
};

/* Views are valid until the next; RECORD_READ bytes behind a text can be read. */
struct xml_part {
	enum xml_piece piece;
	struct text text, tag, name;    /* all of it, its first tag, and the name of that */
	uint64_t depth, offset, length, line, lines;
	char room[XML_NAME_MOST];       /* of the name */
};

void xml_cut_begin(struct xml_cut *cut, struct dump *dump, uint64_t depth);
/* Goes on at a place behind an element, where the scan stood so, by xml_state.h. False: it is no such state. */
bool xml_cut_go_on(struct xml_cut *cut, uint64_t offset, uint64_t line, struct text state);
void xml_cut_release(struct xml_cut *cut);

/* STATUS_END: there is none; cut->scan.depth is 0 then where all elements ended. STATUS_FAILED:
 * it cannot be read. */
enum status xml_cut_next(struct xml_cut *cut, struct xml_part *part, struct error *error);

#endif
