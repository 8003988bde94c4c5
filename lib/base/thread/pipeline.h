/* SPDX-License-Identifier: Apache-2.0 */
/* Work on several threads whose results are taken in order, so that they do not
 * depend on how many threads there are. */
#ifndef UNSPOOF_BASE_THREAD_PIPELINE_H
#define UNSPOOF_BASE_THREAD_PIPELINE_H

#include <stddef.h>

#include "base/status.h"

/* Threads that a pipeline has at most. */
#define PIPELINE_WORKERS 64

/* What is done with each item, in this order. A worker is 0 or more and below
 * the number of threads; no two steps of one worker run at a time, so that it
 * may have things of its own. */
struct pipeline {
	void *context;
	/* On the caller's thread, item after item. STATUS_END: the item is not
	 * filled, and there are no more; so with a failure. */
	enum status (*fill)(void *context, void *item);
	/* On any thread, several items at a time. */
	void (*work)(void *context, void *item, unsigned worker);
	/* On any thread, item after item in the order of their filling, one at
	 * a time; NULL: nothing. To be short. */
	void (*merge)(void *context, void *item, unsigned worker);
	/* As work, after merge; NULL: nothing. */
	void (*finish)(void *context, void *item, unsigned worker);
	/* On the caller's thread, item after item in the order of their filling. */
	enum status (*take)(void *context, void *item);
};

/*
 * Runs until fill says STATUS_END and all items are taken: STATUS_OK. What was
 * filled before fill failed is taken first. When take fails, nothing else is
 * taken. Items, count of them, are filled again and again; there should be some
 * more than threads. With one thread, or where none can be started, all is done
 * on the caller's. Whatever the steps share is theirs to guard; what a step wrote
 * into its item the steps after it see; what merge wrote into the context, later
 * merges see, which may run while another item is worked on, finished or taken.
 * One worker does all steps of an item.
 */
enum status pipeline_run(const struct pipeline *pipeline, void *const *items,
			 size_t count, unsigned threads);

/* The same, but the worker that merges and finishes an item may be another than
 * the one that worked on it: none waits until it is the turn of its item. */
enum status pipeline_run_loose(const struct pipeline *pipeline,
			       void *const *items, size_t count, unsigned threads);

#endif
