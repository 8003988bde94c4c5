/* SPDX-License-Identifier: Apache-2.0 */
/* Where a row of a dump stands. */
#ifndef UNSPOOF_CASEFILE_PLACE_H
#define UNSPOOF_CASEFILE_PLACE_H

#include <stdint.h>

/* The columns of a place, in the order of every table that has them: X(constant,
 * name, what more the found tables say of the column). */
#define PLACE_EACH(X) \
	X(SOURCE, "source", " REFERENCES source(id)") \
	X(MEMBER, "member", "") \
	X(LINE, "line", "") \
	X(OFFSET, "offset", "") \
	X(LENGTH, "length", "")

/* Their names, as a list behind another name: `, source, member, ...`. */
#define PLACE_NAME(column, name, more) ", " name
#define PLACE_NAMES PLACE_EACH(PLACE_NAME)

/* Line from 1, bytes from 0 in the uncompressed member, length with the line
 * end. */
struct place {
	int64_t source;
	uint64_t member;       /* its number among those of the source; 0: the only one */
	uint64_t line;
	uint64_t offset;
	uint64_t length;
};

#endif
