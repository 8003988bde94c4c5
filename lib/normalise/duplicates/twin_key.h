/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of rows: equal where two rows may be one call, and spread evenly. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_KEY_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_KEY_H

#include "casefile/segment/segment.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/duplicates/twin.h"
#include "normalise/duplicates/twin_span.h"
#include "normalise/source_sense.h"

/* The columns that keys of rows with ids, and of others, are made of. */
#define TWIN_ID_FOUND (SEGMENT_ROLE(CALL_ID) | SEGMENT_COLUMN(FOUND_HEAP))
#define TWIN_ID_READ SEGMENT_COLUMN(READ_FLAGS)
#define TWIN_LEG_READ (TWIN_ID_READ | SEGMENT_COLUMN(READ_ACCOUNT))
#define TWIN_BARE_FOUND (TWIN_ID_FOUND | SEGMENT_ROLE(CALL_DIALLED))
#define TWIN_BARE_READ \
	(TWIN_LEG_READ | SEGMENT_COLUMN(READ_STARTED) | SEGMENT_COLUMN(READ_PRESENTED) | \
	 SEGMENT_COLUMN(READ_SHOWN) | SEGMENT_COLUMN(READ_DIALLED))

/* So many integers are hashed at once. */
#define TWIN_PARTS 12

/* What keys are made with; never changes, so any number of threads may use one. */
struct twin_keys {
	const struct form_meanings *meanings;   /* borrowed */
	const struct secret *secret;
	struct secret other;           /* for a second hash of bytes */
	uint64_t times[TWIN_PARTS];    /* odd, secret */
	uint32_t *shapes;              /* by form less FORM_FIRST: of its text without
					* the blanks around it; 0: there is none */
	bool bytes;                    /* ids are compared by their bytes, for some have
					* no form; else by shape and digits */
};

/* False: no memory, or no random numbers. Release it also then. */
bool twin_keys_open(struct twin_keys *keys, const struct form_meanings *meanings,
		    bool bytes);
void twin_keys_release(struct twin_keys *keys);

/* Sets out to the key of each row of a segment, 0 for one that is not compared so. */
void twin_keys_fill(const struct twin_keys *keys, const struct segment *segment,
		    const struct twin_span *span, enum twin_kind kind, uint64_t *out);

/* At most TWIN_PARTS integers as one, to be hashed: those that differ in one give others; if
 * in more, the same as seldom as by chance, for the factors are secret. */
static inline uint64_t twin_keys_sum(const struct twin_keys *keys, const uint64_t *parts,
				     size_t count)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += parts[i] * keys->times[i];
	return sum;
}

/* What keys and rows are made of: a text without the blanks around it, in room or borrowed;
 * the shape of a form, 0: it has none; numbers as in struct twin. */
struct text twin_keys_text(const struct twin_keys *keys, const struct segment *segment,
			   enum call_role role, uint32_t i, char room[static FORM_LENGTH]);
uint32_t twin_keys_shape(const struct twin_keys *keys, int64_t form);
uint64_t twin_keys_presented(const struct segment *segment, uint32_t i);
uint64_t twin_keys_dialled(const struct twin_keys *keys, const struct segment *segment,
			   uint32_t i);

#endif
