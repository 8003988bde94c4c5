/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes of a dump read ahead on a thread of its own, so that reading, hashing
 * and decompressing do not hold up who parses them. */
#ifndef UNSPOOF_INGEST_AHEAD_H
#define UNSPOOF_INGEST_AHEAD_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/trail.h"
#include "ingest/dump.h"

/* The bytes of a block: no more than a trail may take at a time. */
#define AHEAD_BLOCK TRAIL_STEP
/* Blocks that wait, or are being filled or read. */
#define AHEAD_BLOCKS 4

/* Members are the module's own. Zeroed is stopped. */
struct ahead {
	struct dump *dump;
	char *bytes;                /* of all blocks */
	struct error error;         /* of the thread's last block */
	uint64_t done;              /* see ahead_done() */
	bool started;
	pthread_t thread;
	pthread_mutex_t lock;       /* of what follows */
	pthread_cond_t changed;
	struct ahead_block {
		size_t len, used;
		uint64_t done;
		enum status status; /* STATUS_OK with no bytes: the end */
	} blocks[AHEAD_BLOCKS];
	uint64_t filled, emptied;
	bool stopping;
};

/* Starts to read what is left of a member, which nothing else uses until
 * ahead_stop(), dump_mark() and what is constant apart. The ahead must not move.
 * False: no thread or no memory for it, and nothing was read. */
bool ahead_start(struct ahead *ahead, struct dump *dump);
/* The next bytes, as dump_read() gives them; after ahead_cancel() it fails. */
enum status ahead_read(void *ahead, char *data, size_t size, size_t *got,
		       struct error *error);
/* dump_done() as it was when the bytes read last were. */
uint64_t ahead_done(const struct ahead *ahead);
/* Lets ahead_read() on another thread wait no more. */
void ahead_cancel(struct ahead *ahead);
/* Ends the thread; one that was not started is left alone. */
void ahead_stop(struct ahead *ahead);

#endif
