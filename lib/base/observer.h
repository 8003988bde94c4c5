/* SPDX-License-Identifier: Apache-2.0 */
/* How the library speaks to whoever runs it: it never prints. */
#ifndef UNSPOOF_BASE_OBSERVER_H
#define UNSPOOF_BASE_OBSERVER_H

#include <stdbool.h>
#include <stdint.h>

/* Where a long step stands. total is 0 when it is not known. */
struct progress {
	const char *step;    /* "ingest calls.csv"; valid during the call */
	uint64_t done;       /* in bytes or rows, as total */
	uint64_t total;
	uint64_t rows;
	bool bytes;          /* done and total are bytes; else rows */
};

/* Any member may be NULL. Text passed is safe for a terminal. */
struct observer {
	void *context;
	/* A line for the user: an assumption, a rejected row, a count. */
	void (*notice)(void *context, const char *line);
	/* Called every few thousand rows. */
	void (*progress)(void *context, const struct progress *progress);
	/* True when the user asked to stop. */
	bool (*interrupted)(void *context);
};

/* Formats a notice and passes it on; cut at 2,000 bytes. */
void observer_notice(const struct observer *observer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void observer_progress(const struct observer *observer,
		       const struct progress *progress);

bool observer_interrupted(const struct observer *observer);

#endif
