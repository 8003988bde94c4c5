/* SPDX-License-Identifier: Apache-2.0 */
/* The segments that are asked for, read ahead on several threads and given in order. */
#ifndef UNSPOOF_CASEFILE_SQLITE_CALL_AHEAD_H
#define UNSPOOF_CASEFILE_SQLITE_CALL_AHEAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/segment/segment_proof.h"
#include "casefile/sqlite/call_choose.h"
#include "casefile/sqlite/call_match.h"

/* Threads beside the caller's at most, and segments on their way. */
#define CALL_THREADS 7
#define CALL_ITEMS (2 * (CALL_THREADS + 1) + 2)

/* Where a segment on its way is. */
enum call_stage { CALL_FREE, CALL_WAITS, CALL_AT_WORK, CALL_DONE };

/* How it is known that columns are those that were stored. */
enum call_proof {
	CALL_TRUSTED,          /* they were held against a digest before */
	CALL_CHECKED,          /* by their checks */
	CALL_PROVED            /* by the digests of all columns */
};

struct call_item {
	enum call_stage stage;         /* under the lock; the rest is whose turn it is */
	bool any;                      /* it is only asked whether a row matches */
	struct call_choice choice;
	enum call_proof proof;
	uint64_t found, understood;    /* columns that were fetched, as stored */
	struct raw_segment raw;
	struct call_rows rows;
	enum status status;
	bool unfetched;                /* the status is that of fetching, and the error: */
	struct error error;
	const char *differs;           /* the layer whose columns are not as stored; NULL: none */
};

/* Zeroed is closed. Everything is called on one thread, that of the case. */
struct call_ahead {
	struct casefile *casefile;     /* borrowed, as proof is; errors are set on it */
	struct segment_proof *proof;
	bool understood;
	struct call_ask ask;           /* not changed while threads are at work */
	struct call_chooser chooser;
	struct segment_fetch fetch;
	struct call_item *items[CALL_ITEMS];   /* item n is items[n % CALL_ITEMS] */
	uint64_t given, filled;        /* items so far; the one given last is released by the next */
	unsigned depth;                /* segments that may be on their way */
	bool held, ended;              /* an item is given; no segments are left */
	enum status failed;            /* what filling came to, once all before it are given */
	struct error error;
	/* Threads. */
	unsigned threads, wanted;      /* started; beside the caller's */
	pthread_t workers[CALL_THREADS];
	pthread_mutex_t lock;
	pthread_cond_t work, done;
	bool stopping;
};

/* Of a case with the layer as understood, or without; threads counts the caller's, 1 or
 * more. call_ahead_close() is needed also after a failure. */
enum status call_ahead_open(struct call_ahead *ahead, struct casefile *casefile, struct segment_proof *proof,
			    bool understood, unsigned threads);
/* Begins anew; what ask borrows lasts until the next start or the closing. */
void call_ahead_start(struct call_ahead *ahead, const struct call_ask *ask);
/* The next segment with rows that match, one row or more, until the next call. STATUS_END:
 * there is none. */
enum status call_ahead_next(struct call_ahead *ahead, const struct call_rows **rows);
/* No thread is at work any more, and nothing is borrowed, until the next start. */
void call_ahead_stop(struct call_ahead *ahead);
/* Closing twice is safe. */
void call_ahead_close(struct call_ahead *ahead);

#endif
