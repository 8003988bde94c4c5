/* SPDX-License-Identifier: Apache-2.0 */
/* The bytes and fields of a plain reader: for plainly*.c alone. */
#ifndef UNSPOOF_INGEST_PLAINLY_PLAINLY_ROOM_H
#define UNSPOOF_INGEST_PLAINLY_PLAINLY_ROOM_H

#include <stdio.h>

#include "ingest/delimited/reader_manner.h"
#include "ingest/plainly/plainly.h"

#define PLAINLY_NONE (-1)   /* no byte: the end */
#define PLAINLY_LATE (-2)   /* no byte that may be looked at */

enum wrong { FINE, WRONG };

/* Sets why a record is no row. */
#define SAY(p, format, number) \
	((void)snprintf((p)->reason, sizeof((p)->reason), format, number), WRONG)

/* The byte that stands there, or PLAINLY_NONE. */
int plainly_raw_at(struct plainly *p, size_t at);
/* The same within a record, behind the first line of which only so many may be looked
 * at. */
int plainly_byte_at(struct plainly *p, size_t at);
/* Behind the line end that stands there. */
size_t plainly_behind_end(struct plainly *p, size_t at);
/* Behind the line that begins there, if it ends within `most`. */
bool plainly_find_behind(struct plainly *p, size_t from, size_t most, size_t *to);

/* The fields of a record, whose first line is not too long; *at: where it begins, and
 * then where its last line ends. */
enum wrong plainly_fields(struct plainly *p, size_t *at);

static inline bool plainly_is_end(int byte)
{
	return byte == '\n' || byte == '\r' || byte == PLAINLY_NONE;
}

static inline bool plainly_trims(const struct plainly *p)
{
	return p->dialect.blanks || p->dialect.trim;
}

static inline bool plainly_is_blank(int byte)
{
	return byte == ' ' || byte == '\t';
}

static inline bool plainly_is_separator(const struct plainly *p, int byte)
{
	return byte == (unsigned char)p->dialect.separator && !plainly_is_end(byte);
}

#endif
