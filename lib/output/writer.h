/* SPDX-License-Identifier: Apache-2.0 */
/* Writing tables of rows in any of the formats a user can ask for. */
#ifndef UNSPOOF_OUTPUT_WRITER_H
#define UNSPOOF_OUTPUT_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "output/sheet.h"
#include "output/sink.h"

struct writer;

/* What a format is like; bits. */
enum writer_flag {
	WRITER_RAW = 1,         /* writes what acts on a terminal as it is */
	WRITER_BINARY = 2,      /* is no text: never for a terminal */
	WRITER_MANY = 4,        /* holds several tables, one after another */
	WRITER_ON_TERMINAL = 8, /* what a terminal gets unless told; one format has it */
	WRITER_ELSEWHERE = 16   /* what everything else gets; one format has it */
};

/*
 * One format: a row of the table of formats. A writer calls
 *   open (begin row* end)* close
 * and release whatever happened; all but row may be NULL. They add bytes to
 * writer->sink.out, whose memory failures are looked for by the writer, and tell
 * of another failure by
 *   writer->failure = error_set(&writer->error, STATUS_FAILED, ...)
 * after which only release is called.
 */
struct writer_format {
	const char *name;               /* as -f takes it */
	const char *about;              /* for the help text, in a few words */
	unsigned flags;                 /* of enum writer_flag */
	void (*open)(struct writer *writer);
	void (*begin)(struct writer *writer);
	void (*row)(struct writer *writer, const struct cell *cells);
	void (*end)(struct writer *writer);
	void (*close)(struct writer *writer);
	void (*release)(struct writer *writer);
};

/* The format of a name, NULL when there is none. Static. */
const struct writer_format *writer_format_find(const char *name);
/* Format i of the table, from 0; NULL after the last. Static. */
const struct writer_format *writer_format_at(size_t i);
/* The one that has a flag: WRITER_ON_TERMINAL or WRITER_ELSEWHERE. Static. */
const struct writer_format *writer_format_for(enum writer_flag flag);

/* What a format that makes a whole document must be told. */
struct writer_document {
	const char *title;
	int64_t made;           /* seconds since 1970, UTC: of the last run, never of the clock */
	const char *temporary;  /* a folder for what cannot be streamed; beside the output */
};

/* Where the bytes go and how. */
struct writer_options {
	const struct writer_format *format;
	/* As in struct sink. */
	bool (*write)(void *context, const void *data, size_t len);
	void *context;
	/* The bytes go to a terminal: names of columns and cells go through
	 * buf_escape() in the formats that would write them as they are (csv, tsv). */
	bool terminal;
	/* csv has cells as they are, though a spreadsheet may take some for formulas. */
	bool exact;
	/* Columns of the terminal, for format table: texts and lists are cut
	 * (with ...) so that a row fits. 0: nothing is cut. */
	size_t width;
	const struct writer_document *document; /* borrowed; NULL: not known */
};

/* How far a writer is. */
enum writer_phase {
	WRITER_CLOSED,
	WRITER_OPEN,            /* between tables */
	WRITER_BEGUN            /* in one */
};

/* Tables being written. Zeroed is closed. */
struct writer {
	struct writer_options options;
	struct sheet sheet;             /* the one that has begun last */
	size_t sheets;                  /* begun so far */
	uint64_t rows;                  /* of that sheet, written so far */
	size_t cells;                   /* of the row in hand; as many as columns, but for writer_row_of() */
	enum writer_phase phase;
	struct sink sink;
	size_t safe_count;              /* of the next two */
	struct buf *safe;               /* a cell each, when on a terminal */
	struct cell *safe_cells;
	struct buf *safe_names;
	struct sheet_column *safe_columns;
	void *state;                    /* the format's own */
	enum status failure;            /* what the format failed with */
	struct error error;             /* of the call that failed */
};

/* Opens an output; options are copied. Call writer_release after that whatever
 * happens. These five return STATUS_OK or STATUS_FAILED with writer->error set
 * (broken output, out of memory, what the format says, or a call out of turn);
 * but for a call out of turn, after a failure every call fails. STATUS_USAGE
 * here: the format is binary, and the output a terminal. */
enum status writer_open(struct writer *writer, const struct writer_options *options);

/* Begins a table. The sheet is copied, what it points to is borrowed until
 * writer_end. STATUS_USAGE: it is a second one, and the format holds one. */
enum status writer_begin(struct writer *writer, const struct sheet *sheet);

/* One cell a column, in order, each as its own type says, which may be another
 * than the column's; one without data is absent: empty, or null in JSON. The
 * texts may change after the call. */
enum status writer_row(struct writer *writer, const struct cell *cells);

/* The same of a row that has fewer or more cells than there are columns, in csv and tsv; in
 * json and jsonl fewer. */
enum status writer_row_of(struct writer *writer, const struct cell *cells, size_t count);

/* Ends the table and hands its last bytes to write. */
enum status writer_end(struct writer *writer);

/* Adds lines of words, safe for a terminal, behind what was written, where the format is
 * one for the eye; to others it is no row, and they do without. */
enum status writer_line(struct writer *writer, struct text line);

/* Ends the output and hands the last bytes to write. */
enum status writer_close(struct writer *writer);

/* Frees; releasing twice is safe. */
void writer_release(struct writer *writer);

#endif
