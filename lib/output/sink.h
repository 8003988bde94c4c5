/* SPDX-License-Identifier: Apache-2.0 */
/* Where the bytes of an output gather until they are worth a call. */
#ifndef UNSPOOF_OUTPUT_SINK_H
#define UNSPOOF_OUTPUT_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"

/* What is gathered before it is handed on, in bytes. */
#define SINK_FULL 65536

/* Zeroed but for write and context is empty. */
struct sink {
	/* Takes all of the bytes; false when it could not. It is called with
	 * some 64 KiB at a time and is not called again after a false. */
	bool (*write)(void *context, const void *data, size_t len);
	void *context;
	struct buf out;         /* not handed to write yet; formats add to it */
	bool broken;            /* write said false */
};

/* Hands over what has gathered when it is `at_least` bytes, 0: whatever it is.
 * STATUS_FAILED, with the text in *error: out.failed, or the sink is broken;
 * both stay so. */
enum status sink_settle(struct sink *sink, size_t at_least, struct error *error);

/* Frees; releasing twice is safe. */
void sink_release(struct sink *sink);

#endif
