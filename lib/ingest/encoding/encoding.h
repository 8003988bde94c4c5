/* SPDX-License-Identifier: Apache-2.0 */
/* Texts in other encodings than UTF-8, made into it so that the bytes they were can be told again. */
#ifndef UNSPOOF_INGEST_ENCODING_ENCODING_H
#define UNSPOOF_INGEST_ENCODING_ENCODING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Room that one character needs at most. */
#define ENCODING_ROOM 4

/*
 * How bytes become UTF-8. What is no character there becomes what is no UTF-8, and is shown
 * escaped: half a pair of UTF-16 its three bytes, a byte of GBK U+DC00 and more, an odd byte at the
 * end of UTF-16 0xff. Every byte of UTF-8 that begins a character stands for a number of bytes that
 * it alone tells, so that places can be told by counting.
 */
struct encoding;

/* By name, as people and dumps write it, ASCII case folded; "UTF-8" is NULL with *known. */
const struct encoding *encoding_find(struct text name, bool *known);
/* The names that there are, for a message. Static. */
const char *encoding_names(void);
const char *encoding_name(const struct encoding *encoding);
/* What text that begins so says of itself by a byte order mark; NULL: nothing, or UTF-8. */
const struct encoding *encoding_marked(struct text start);
/* Whether it looks like UTF-16 without a mark: NULs in every second byte. Its name; or NULL. */
const char *encoding_unmarked(struct text start);

struct decoder;

/* NULL: no memory, or the system has no tables for it. */
struct decoder *decoder_new(const struct encoding *encoding);
void decoder_free(struct decoder *decoder);
/* Makes as much of raw into UTF-8 as there is room for, at least one character if there is
 * ENCODING_ROOM; *taken: bytes of raw. What may go on behind raw is left, unless it is the last.
 * *odd grows by what is no character. Returns the bytes written. */
size_t decoder_decode(struct decoder *decoder, struct text raw, bool last, char *out, size_t room,
		      size_t *taken, uint64_t *odd);

/* How many bytes the UTF-8 was; a part of a character counts where it begins. */
uint64_t encoding_bytes(const struct encoding *encoding, const char *utf8, size_t len);

#endif
