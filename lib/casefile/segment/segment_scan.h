/* SPDX-License-Identifier: Apache-2.0 */
/* A scan of all segments of calls, on several threads. */
#ifndef UNSPOOF_CASEFILE_SEGMENT_SEGMENT_SCAN_H
#define UNSPOOF_CASEFILE_SEGMENT_SEGMENT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/segment/raw_segment.h"

/* Items that a scan has beside one a thread. */
#define SEGMENT_SCAN_MORE 2

/* A segment on its way: what an item of a scan begins with. */
struct segment_scan_item {
	struct raw_segment raw;
	uint64_t first_row;        /* counted from that of the case */
	enum status fetched;       /* STATUS_OK, or, where damaged ones are wanted,
				    * STATUS_INTEGRITY: raw is nothing */
	struct error error;        /* then */
};

struct segment_scan_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	const char *step;                  /* for the progress line */
	uint64_t found, understood;        /* wanted: bit c: column c */
	unsigned passed, passes;           /* of the same step, before this one and
					    * in all, for the progress; 0, 0: one */
	unsigned threads;                  /* 1 to PIPELINE_WORKERS */
	bool damaged;                      /* a segment that does not hang together
					    * is an item too, as long as others can
					    * be found behind it */
	size_t item_size;                  /* bytes; begins with struct
					    * segment_scan_item, the rest as zeros */
	void *context;
	/* On the caller's thread, once a segment is fetched; may be NULL. */
	enum status (*fetched)(void *context, struct segment_scan_item *item);
	/* On any thread, of which worker is the number from 0. */
	void (*work)(void *context, struct segment_scan_item *item,
		     unsigned worker);
	/* On the caller's thread, in order of the segments. */
	enum status (*take)(void *context, struct segment_scan_item *item);
};

/* Zeroed is closed. */
struct segment_scan {
	const struct segment_scan_given *given;
	struct segment_fetch fetch;
	struct progress progress;
	uint64_t filled;           /* rows fetched */
	bool ended;                /* nothing can be found behind the last one */
	char *items;
	void **pointers;           /* to the items, for the pipeline */
	size_t item_count;
};

/* given is borrowed until the scan is closed. STATUS_INTEGRITY: the tables of the
 * segments are not what they should be; STATUS_FAILED: no memory, or what the case
 * file fails with. segment_scan_close() is needed also then. */
enum status segment_scan_open(struct segment_scan *scan,
			      const struct segment_scan_given *given);
/* All segments, once. What `fetched` and `take` return but STATUS_OK ends it, and
 * so does a segment that cannot be fetched; STATUS_INTERRUPTED. */
enum status segment_scan_run(struct segment_scan *scan);
/* Closing twice is safe. */
void segment_scan_close(struct segment_scan *scan);

#endif
