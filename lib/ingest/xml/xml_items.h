/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a piece of XML, one after another, with what stands where one should be. */
#ifndef UNSPOOF_INGEST_XML_XML_ITEMS_H
#define UNSPOOF_INGEST_XML_XML_ITEMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/format/record.h"
#include "ingest/xml/xml_row.h"
#include "ingest/xml/xml_scan.h"

#define XML_TOO_LONG "an element of more than 4 MiB"

/* Where rows stand: elements of a name, inside so many others. */
struct xml_place {
	char name[XML_NAME_MOST];
	size_t len;
	uint64_t depth;
};

/* By how a member begins: the root where it is `cdr` or nothing in it comes twice, else what
 * comes twice in it, or in the one element that it has. False: there is no element. */
bool xml_place_of(struct text text, struct xml_place *place);

enum xml_item { XML_ITEM_ROW, XML_ITEM_WRONG, XML_ITEM_CUT, XML_ITEM_END, XML_ITEM_MEMORY };

struct xml_items {
	const struct xml_place *place;
	const char *begin, *at, *end;
	uint64_t offset;        /* of begin, in the member */
	uint64_t lines;         /* before `at` */
	bool last;              /* the member ends with the piece */
	struct xml_scan scan;   /* of the element that is cut */
};

/* A piece that begins between rows. */
struct xml_items xml_items_of(const struct xml_place *place, struct text piece);

/* A record that is cut begins where `at` stands. */
enum xml_item xml_items_next(struct xml_items *items, struct xml_row *row, struct record *record);

/* Goes over the rest of an element that began before. False: it does not end in the piece. */
bool xml_items_leave(struct xml_items *items, struct xml_scan *scan);

/* Up to behind the last of a piece that begins between rows: of rows, or of what is around them.
 * *rows: which. The scan goes on behind it. */
size_t xml_split(const struct xml_place *place, struct xml_scan *scan, struct text text, bool *rows, bool *within);

#endif
