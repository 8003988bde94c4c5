/* SPDX-License-Identifier: Apache-2.0 */
/* The texts of a workbook that its cells have by number (ECMA-376 part 1, 18.4). */
#ifndef UNSPOOF_INGEST_XLSX_SHARED_STRINGS_H
#define UNSPOOF_INGEST_XLSX_SHARED_STRINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "ingest/xlsx/part.h"

/* Bytes of all of them, at most. */
#define SHARED_STRINGS_MOST (UINT64_C(1) << 30)

/* Zeroed is empty. */
struct shared_strings {
	struct buf bytes;
	uint32_t *ends;             /* of each, in the bytes */
	size_t count, capacity;
	bool failed;                /* no memory */
	bool too_large;
	bool text, phonetic;        /* it stands in such an element */
};

extern const struct part_handler shared_strings_handler;

/* By number; false: there is none. Valid until it is released. */
bool shared_strings_at(const struct shared_strings *strings, uint64_t number, struct text *text);
void shared_strings_release(struct shared_strings *strings);

/* Adds a text with what `_xHHHH_` in it stands for, as line ends (22.9.2.19). */
void shared_strings_plain(struct text text, struct buf *out);

#endif
