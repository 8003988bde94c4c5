/* SPDX-License-Identifier: Apache-2.0 */
/* A temporary file for what does not fit the memory: without a name once it is
 * open, so that nothing is left behind whatever happens. */
#ifndef UNSPOOF_BASE_SORT_SPILL_H
#define UNSPOOF_BASE_SORT_SPILL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Any thread may write and read. */
struct spill {
	const char *directory;     /* borrowed */
	pthread_mutex_t lock;      /* of what follows */
	int file;                  /* -1: nothing was written yet */
	uint64_t end;
	int error;                 /* of errno, the first; 0: none */
};

/* Opens nothing yet. False: no memory; spill_close() is safe all the same. */
bool spill_open(struct spill *spill, const char *directory);
/* Closing twice, or what is zeroed, is safe. */
void spill_close(struct spill *spill);
/* Sets len bytes at the end aside, which take no room on the disk before they
 * are written. The file is made at the first call, for its owner alone. False:
 * see spill_failed(). */
bool spill_reserve(struct spill *spill, uint64_t len, uint64_t *at);
/* Writes and reads what was set aside. False: as above. */
bool spill_write(struct spill *spill, uint64_t at, const void *data, size_t len);
bool spill_read(struct spill *spill, uint64_t at, void *data, size_t len);
/* Sets the error of what went wrong: that of the file, or out of memory. */
enum status spill_failed(struct spill *spill, struct error *error);

#endif
