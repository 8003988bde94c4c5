/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a table of rows in any of the formats a user can ask for. */
#ifndef UNSPOOF_OUTPUT_WRITER_H
#define UNSPOOF_OUTPUT_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"

/*
 * What a cell holds. Every cell is handed over as text; the type says how a
 * format writes it. CELL_TEXT and CELL_LIST are words of the evidence and are
 * never trusted; the texts of the other types are made by this program.
 */
enum cell_type {
	CELL_TEXT,      /* words of the evidence, any bytes */
	CELL_LIST,      /* several of them, joined by ; with ; and \ behind a \ */
	CELL_INTEGER,   /* a decimal integer; a number in JSON */
	CELL_REAL,      /* a decimal with a point or exponent; a number in JSON */
	CELL_AMOUNT,    /* a decimal of money; a string in JSON, so that no reader rounds it */
	CELL_TIME,      /* 2022-03-27T00:59:58Z */
	CELL_NUMBER,    /* E.164 with + */
	CELL_ID         /* S1, a hash, a word of this program */
};

/* A column: its name is the header and the key in JSON. */
struct writer_column {
	const char *name;
	enum cell_type type;
};

struct writer;

/* One format: a row of the table of formats. */
struct writer_format {
	const char *name;               /* as -f takes it */
	const char *about;              /* for the help text, in a few words */
	bool raw;                       /* writes what acts on a terminal as it is */
	void (*begin)(struct writer *writer);
	void (*row)(struct writer *writer, const struct text *cells, const enum cell_type *types);
	void (*end)(struct writer *writer);
	void (*release)(struct writer *writer);     /* NULL: nothing to free */
};

/* The format of a name, NULL when there is none. Static. */
const struct writer_format *writer_format_find(const char *name);
/* Format i of the table, from 0; NULL after the last. Static. */
const struct writer_format *writer_format_at(size_t i);

/* Where the bytes go and how. */
struct writer_options {
	const struct writer_format *format;
	/* Takes all of the bytes; false when it could not. It is called with
	 * some 64 KiB at a time and is not called again after a false. */
	bool (*write)(void *context, const void *data, size_t len);
	void *context;
	/* The bytes go to a terminal: cells go through buf_escape() in the
	 * formats that would write them as they are (csv, tsv). */
	bool terminal;
	/* Columns of the terminal, for format table: texts and lists are cut
	 * (with ...) so that a row fits. 0: nothing is cut. */
	size_t width;
};

/* A table being written. Zeroed by writer_init. */
struct writer {
	struct writer_options options;
	const struct writer_column *columns;    /* borrowed until writer_end */
	size_t count;
	uint64_t rows;                  /* written so far */
	enum cell_type *types;          /* of the columns */
	struct buf out;                 /* not handed to write yet */
	struct buf *safe;               /* a cell each, when on a terminal */
	struct text *safe_cells;
	void *state;                    /* the format's own */
	bool begun;
	bool broken;                    /* write said false */
	struct error error;             /* of the call that failed */
};

/* options are copied. Call writer_release after that whatever happens. */
void writer_init(struct writer *writer, const struct writer_options *options);

/* Begins the table: count columns (1 or more), borrowed until writer_end.
 * These four return STATUS_OK or STATUS_FAILED with writer->error set (broken
 * output, out of memory); after a failure every call fails. */
enum status writer_begin(struct writer *writer, const struct writer_column *columns, size_t count);

/* One cell a column, in order; one without data is absent: empty, or null in
 * JSON. The texts may change after the call. */
enum status writer_row(struct writer *writer, const struct text *cells);

/* The same where a cell may be of another type than its column: a type each. */
enum status writer_row_typed(struct writer *writer, const struct text *cells, const enum cell_type *types);

/* Ends the table and hands the last bytes to write. */
enum status writer_end(struct writer *writer);

/* Frees; releasing twice is safe. */
void writer_release(struct writer *writer);

#endif
