/* SPDX-License-Identifier: Apache-2.0 */
/* A row of XML: an element, whose values become fields by their path. libxml2 reads it by
 * itself, without a document type, so that no entity is ever expanded and nothing else is
 * opened. */
#ifndef UNSPOOF_INGEST_XML_XML_ROW_H
#define UNSPOOF_INGEST_XML_XML_ROW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/json/json_columns.h"

/* The longest row, in bytes. */
#define XML_RECORD_MOST (4 << 20)
/* Elements of one name inside another that have columns. */
#define XML_REPEATS 4

/* What one thread reads rows with; zeroed is closed. */
struct xml_row {
	const struct json_columns *columns;
	struct json_columns *learn;     /* the same, where columns are still to be made */
	/* Where set: what elements and attributes the row has, in order, and which of them have a text. Two rows of
	 * the same signature have the same columns. */
	struct buf *signature;
	bool keeps;                     /* the row read last is not read again when it comes next */
	const char *encoding;           /* of what is no UTF-8; NULL: none is known */
	bool named;                     /* elements are called what their attribute name says */
	/* Of the row read last; views of `strings`. */
	struct text *fields;
	size_t count;
	bool odd;
	const char *reason;             /* static; NULL: it is a row */
	bool late;                      /* it has a value that is in no column: */
	struct buf late_name;           /* the path of the first */
	/* Own. */
	void *context;                  /* xmlParserCtxt, and the bytes it has read */
	uint64_t context_bytes;
	size_t field_capacity, seen_capacity;
	uint32_t *seen;                 /* the row in which a node stood last */
	uint32_t serial;
	struct buf room, name, text;
	struct buf kept;                /* the row read last, where it is kept */
	char *strings;
	size_t string_len, string_capacity;
};

/* False: no memory; close it all the same. */
bool xml_row_open(struct xml_row *row, const struct json_columns *columns);
void xml_row_close(struct xml_row *row);

/* Reads an element. False: no memory. */
bool xml_row_read(struct xml_row *row, struct text element);

#endif
