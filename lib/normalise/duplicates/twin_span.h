/* SPDX-License-Identifier: Apache-2.0 */
/* What a segment of calls says of the ids and times of its rows as a whole: which
 * segments can have a row twice between them. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_SPAN_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "casefile/segment/segment.h"
#include "normalise/calls/form_meaning.h"

/* Ids of more forms than that are not told apart by their digits. */
#define TWIN_FORMS 4
/* Seconds by which times may miss one another where rows have ids: a zone that was not
 * right moves them by less. */
#define TWIN_APART 86400

/* Ids of one form: the least and the greatest integer of their digits. */
struct twin_range {
	int64_t form, low, high;
};

struct twin_span {
	int64_t segment;
	uint32_t source;       /* place among the sources */
	uint32_t service;      /* place of the first source of that service */
	bool legs;             /* rows of one id are legs there */
	uint32_t rows, ids;    /* those that have one */
	bool distinct;         /* no id is there twice */
	bool heap;             /* some ids have no form */
	bool wide;             /* the ranges do not say all */
	unsigned range_count;
	struct twin_range ranges[TWIN_FORMS];
	struct segment_bounds bounds;
	/* What is to be compared; by twin_spans_choose(). */
	bool by_id, bare, mixed;
};

static inline bool twin_span_is_chosen(const struct twin_span *span)
{
	return span->by_id || span->bare || span->mixed;
}

struct twin_spans {
	struct twin_span *items;       /* in order of segments */
	size_t count, capacity;
};

/* Sets rows, ids and what is said of them; needs the columns of CALL_ID. */
void twin_span_read(struct twin_span *span, const struct form_meanings *meanings,
		    const struct segment *segment);
/* False: no memory. */
bool twin_spans_add(struct twin_spans *spans, const struct twin_span *span);
void twin_spans_release(struct twin_spans *spans);
/* Sets by_id, bare and mixed: rows with ids are compared where an id may be there twice in the
 * segment, or in two whose times meet; bare ones with those of other sources whose times
 * meet; mixed, bare ones with those that have ids of such sources; always within a service. False: no memory. */
bool twin_spans_choose(struct twin_spans *spans);

#endif
