/* SPDX-License-Identifier: Apache-2.0 */
/* Records of dialects that libcsv does not know, read once more: by rules of a record
 * as a whole, without anything that ingest reads them with. */
#ifndef UNSPOOF_INGEST_PLAINLY_PLAINLY_H
#define UNSPOOF_INGEST_PLAINLY_PLAINLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "ingest/delimited/dialect.h"
#include "ingest/delimited/reader.h"
#include "ingest/format/record.h"

struct plainly_place {
	size_t at, len;
};

/* Members are the module's own. Zeroed is closed. */
struct plainly {
	struct dialect dialect;
	struct input input;
	struct error *error;
	size_t record_most, open_most;
	char *bytes;            /* the input from some record on */
	size_t start, end, capacity;
	bool ended;             /* there is no more of it */
	enum status status;     /* of the input, or no memory */
	uint64_t line, offset;  /* of start */
	/* Of the record read last, or being read. */
	size_t begin, first;
	uint64_t first_lines, lines;
	bool first_open;        /* its first line is not at its end */
	struct plainly_place *places;   /* of fields in the values */
	struct text *fields;
	size_t count, place_capacity, field_capacity;
	struct buf values;
	struct buf kept;        /* the start of a line that is too long */
	char reason[120];
};

/* Close it also after a failure; input and error must outlive it. */
enum status plainly_open(struct plainly *plainly, const struct dialect *dialect,
			 struct input input, struct error *error);
void plainly_close(struct plainly *plainly);
/* Other limits, for one that has read nothing yet: see reader_limit(). */
void plainly_limit(struct plainly *plainly, size_t record_most, size_t open_most);
/* Goes over so many bytes and lines. STATUS_END: there are fewer bytes. */
enum status plainly_skip(struct plainly *plainly, size_t bytes, unsigned lines);
/* As reader_next() and reader_retreat(). */
enum status plainly_next(struct plainly *plainly, struct record *record);
void plainly_retreat(struct plainly *plainly, struct record *record);

#endif
