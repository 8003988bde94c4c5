/* SPDX-License-Identifier: Apache-2.0 */
/* A row of a dump as a format gives it, with its place. */
#ifndef UNSPOOF_INGEST_FORMAT_RECORD_H
#define UNSPOOF_INGEST_FORMAT_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* The bytes from the start of a field that can be read, however short it is. */
#define RECORD_READ 64
/* The longest value that a role may have, in bytes. */
#define RECORD_VALUE_MOST 65536

/* A row, or what stands where a row should be. Views are valid until the next. */
struct record {
	uint64_t line;          /* from 1; in a block: from 0, lines before it there */
	uint64_t offset;        /* bytes from 0 */
	uint64_t length;        /* bytes with the line end */
	uint64_t lines;         /* physical lines it spans; 0: another may stand on its line */
	struct text text;       /* its bytes, at least the first */
	const struct text *fields;
	size_t count;
	bool nulls;             /* some fields are form_null(), SQL's NULL */
	/* Some fields may hold a NUL byte or more than RECORD_VALUE_MOST bytes, which no
	 * value may: see plan/limits.h. */
	bool odd;
	bool blank;             /* an empty line: no fields */
	const char *reason;     /* NULL: a row. Else why it is none, and fields
				 * are those before the fault */
};

#endif
