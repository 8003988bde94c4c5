/* SPDX-License-Identifier: Apache-2.0 */
/* A member that is text in another encoding than UTF-8, as UTF-8. */
#ifndef UNSPOOF_INGEST_SOURCE_DECODED_H
#define UNSPOOF_INGEST_SOURCE_DECODED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/encoding/places.h"

struct dump;

/* Zeroed is of no member. What is made of bytes that were read ahead stays ahead with them until it
 * is read to its end. */
struct decoded {
	bool looked;                /* it is known which encoding it is */
	const struct encoding *encoding;    /* NULL: it is read as it is */
	struct decoder *decoder;
	char *bytes;                /* DUMP_AHEAD of them */
	size_t from, to;            /* not read yet */
	size_t taken;               /* bytes of the member that these were made of */
	uint64_t odd;               /* what was no character, so far */
	bool follows;               /* places are asked for: see dump_follow() */
	struct place_queue queue;
};

/* Finds out whether there is anything to decode. Statuses of dump_read(). */
enum status decoded_look(struct dump *dump, struct error *error);
/* Has some text unread, DUMP_PEEK bytes if there are so many, unless the member ends. */
enum status decoded_fill(struct dump *dump, struct error *error);
/* As dump_read(). */
enum status decoded_read(struct dump *dump, char *data, size_t size, size_t *got, struct error *error);
/* Forgets what was looked at, for the bytes are gone over otherwise. */
void decoded_forget(struct decoded *decoded);
/* Of another member. */
void decoded_clear(struct decoded *decoded);
void decoded_release(struct decoded *decoded);

#endif
