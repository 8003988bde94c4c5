/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a workbook, XML, as what its elements are, piece by piece. */
#ifndef UNSPOOF_INGEST_XLSX_PART_H
#define UNSPOOF_INGEST_XLSX_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct part;

/* The attributes of an element, valid while it begins. */
struct attributes {
	const void *values;     /* libxml2's */
	size_t count;
};

/* What an element's beginning, end and text is for. Names are without prefixes. */
struct part_handler {
	void (*start)(void *context, struct part *part, const char *name, const struct attributes *attributes);
	void (*end)(void *context, struct part *part, const char *name);
	void (*text)(void *context, struct text text);
};

/* Entities are not expanded, nothing is fetched, and a document type ends it. NULL: no memory. */
struct part *part_new(const struct part_handler *handler, void *context);
void part_free(struct part *part);
/* Reads further bytes; last: there are no more. False: it is no XML, has a document type, or there
 * was no memory, as part_failed() says, or it was stopped. */
bool part_give(struct part *part, const char *data, size_t len, bool last);
/* In a handler: nothing more of it is wanted. */
void part_stop(struct part *part);
bool part_stopped(const struct part *part);
/* Why it failed, static; NULL: no memory. */
const char *part_failed(const struct part *part);
/* In a handler: the offset behind what was read, of an element that begins that of its `>`. */
uint64_t part_offset(const struct part *part);

/* The value of an attribute by its name without a prefix; without data where there is none. */
struct text attribute(const struct attributes *attributes, const char *name);
/* Whether one is `1` or `true`. */
bool attribute_is_true(const struct attributes *attributes, const char *name);

#endif
