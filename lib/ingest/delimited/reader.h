/* SPDX-License-Identifier: Apache-2.0 */
/* Records of delimited text, each with its place, whatever the bytes are. */
#ifndef UNSPOOF_INGEST_DELIMITED_READER_H
#define UNSPOOF_INGEST_DELIMITED_READER_H

#include <csv.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "base/thread/owner.h"
#include "ingest/delimited/cut.h"
#include "ingest/delimited/dialect.h"
#include "ingest/format/record.h"

/* The longest record, in bytes with its line ends. */
#define READER_RECORD_MOST (16 << 20)
/* A quote that is open at the end of a line has to close, with what follows it, within
 * so many bytes behind that line, for it may be one that never closes. */
#define READER_OPEN_MOST 65536
/* So often may it do so in a record: the lines behind the first have no more bytes than
 * that, each counted as READER_OPEN_MOST if it is longer. */
#define READER_OPEN_TIMES 16
/* The most fields of a record, and the most lines. */
#define READER_FIELDS_MOST 65536
#define READER_LINES_MOST 65536
/* Bytes of a record that its text has at most. */
#define READER_TEXT_MOST 65536

/* Where the bytes come from: up to size of them into data, *got 0 at the end. */
struct input {
	enum status (*read)(void *context, char *data, size_t size, size_t *got,
			    struct error *error);
	void *context;
};

/* The first place of a byte in the window from `from` on; the window's end when
 * there is none. */
struct found_byte {
	size_t from, at;
};

/* Members are the reader's own. */
struct reader {
	struct input input;
	struct csv_parser parser;
	bool parsing;           /* parser is to be freed */
	struct dialect manner;  /* as it is read where libcsv cannot */
	bool mannered;
	struct cut cut;
	const struct cutter *cutter; /* NULL: all lines go through the parser */
	char *bytes;            /* the window on the input */
	size_t capacity;
	size_t start, end;      /* of what is unread in it */
	bool ended;             /* the input has no more */
	bool lent;              /* the window is somebody else's */
	size_t step;            /* bytes that are read at a time; 0: the window */
	struct found_byte lf, cr;
	uint64_t line, offset;  /* of start */
	size_t record_most, open_most;  /* see reader_limit() */
	char *values;           /* the fields of the row, one after another */
	size_t value_len, value_capacity;
	struct text *fields;
	size_t field_count, field_capacity;
	bool row_ended, no_memory;
	bool too_many;          /* fields */
	struct owner owner;     /* of the parser, which is libcsv's */
	unsigned long open_column; /* where a quote is open after the first line, from 1 */
	/* The quote that is open after the line read last: bytes of the record up to the
	 * end of its first line, and fields before it. */
	size_t open_from, open_fields;
	size_t open_bytes;      /* of the lines behind the first, as they count */
	/* The record read last: where it is, and its first line, which may be several
	 * whose ends are escaped. */
	size_t held_from, first_length;
	uint64_t first_lines;
	uint64_t held_line, held_offset;
	char *long_line;        /* the start of a line that is too long */
	uint64_t long_length;   /* of it, by now; 0: in none */
	char reason[120];
	struct error *error;
};

/* Opens a reader; input and error must outlive it. Call reader_close also
 * after a failure. */
enum status reader_open(struct reader *reader, struct input input,
			struct error *error);
void reader_close(struct reader *reader);

/* Bytes behind a text lent that are the reader's to write. */
#define READER_BEHIND (1 + CUT_BLOCK)

/* Opens a started reader of texts in memory, of which there is none yet. */
enum status reader_open_lent(struct reader *reader, const struct dialect *dialect,
			     struct error *error);
/* Where the text lent next begins, which is where a record does. */
void reader_place(struct reader *reader, uint64_t offset, uint64_t line);
/* The thread is done with it for now, and another may use it: see base/thread/owner.h. */
void reader_hand_over(struct reader *reader);
/* Reads on in a text, with READER_BEHIND bytes behind it; last: the input ends
 * with it. Else STATUS_END comes where the text does not hold a record with
 * what ends it. What is unread then, reader_ahead(), is to be lent again with
 * what follows it; but of a line that is too long, once it is seen to be,
 * nothing but a CR is, and the place stays where the line begins. */
void reader_lend(struct reader *reader, char *bytes, size_t len, bool last);

/* Fills the window, so that reader_ahead() has what the input begins with. */
enum status reader_first(struct reader *reader);

/* Sets the dialect and goes over `preamble` bytes of the window, which hold `lines`
 * lines. */
enum status reader_start(struct reader *reader, const struct dialect *dialect,
			 size_t preamble, unsigned lines);
/* After reader_start(): all lines go through libcsv, and none is cut faster. */
void reader_plainly(struct reader *reader);

/* Goes on at a place of the input where a line begins, with what the input gives next. From
 * here on so many bytes are read at a time, unless a record needs more. */
void reader_go(struct reader *reader, uint64_t offset, uint64_t line, size_t step);

/* The bytes that are behind its place in the window. */
struct text reader_ahead(const struct reader *reader);

/* Other limits than READER_RECORD_MOST and READER_OPEN_MOST, of a byte or more, for a
 * reader that has read nothing yet. */
void reader_limit(struct reader *reader, size_t record_most, size_t open_most);

/* The next record: STATUS_OK, STATUS_END, STATUS_FAILED (of the input, or no
 * memory). A record is no row when a quote is out of place, or is not closed by the
 * end of the input or within READER_OPEN_MOST bytes; or when it has more bytes, lines
 * or fields than there may be, or goes on for too long behind its first line. Only its first line is given up: reading goes on at the
 * next. Memory grows with a long record, and shrinks behind it. */
enum status reader_next(struct reader *reader, struct record *record);

/* The record read last was turned down by the caller: it shrinks to its first
 * line, and reading goes on at the next. Does nothing to a record of one line.
 * Its fields are gone. */
void reader_retreat(struct reader *reader, struct record *record);

#endif
