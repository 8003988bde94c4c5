/* SPDX-License-Identifier: Apache-2.0 */
/* What a member may be written in: a format is one file and one row of a table. */
#ifndef UNSPOOF_INGEST_FORMAT_FORMAT_H
#define UNSPOOF_INGEST_FORMAT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "ingest/format/record.h"
#include "ingest/format/stream.h"
#include "ingest/ingest.h"
#include "ingest/source/dump.h"

struct format;
struct row_sink;

/* Bytes behind those of a block that are the format's to write. */
#define BLOCK_BEHIND (1 + RECORD_READ)
/* What may be unread of a block that is smaller than a record. */
#define BLOCK_UNREAD (16 << 20)

/* Takes a stream that a format has met, and makes its plan. What is not STATUS_OK
 * ends the reading of the member. */
typedef enum status format_announce(void *context, struct stream *stream,
				    struct error *error);

/* Free text's records, where no profile that was given says them. */
struct format_records {
	const char *profile;        /* its name, and the lines of it */
	const struct pattern *record, *begins;      /* begins NULL: a record is a line */
	unsigned record_line, begins_line;
};

/* What a format is opened with; it outlives the layout. */
struct format_input {
	const char *shown;          /* the member, for errors */
	const struct ingest_options *options;
	struct peek peek;           /* not read yet; valid while it is opened */
	struct dump *dump;          /* the member, for `next` */
	const struct encoding *encoding;    /* that it was made UTF-8 of; or NULL */
	const struct format_records *records;       /* or NULL; only needed while it is opened */
	format_announce *announce;
	void *context;
};

/* How a member is written, and how far it is read: a format's own struct begins with
 * it. Only one thread uses it at a time. */
struct layout {
	const struct format *format;
	const struct format_input *input;
	uint32_t streams;           /* announced so far */
	/* What stands before the first row, set by open(): bytes, and lines that are
	 * to be counted as skipped. */
	size_t begin;
	unsigned begin_lines;
};

/* As the format describes a stream, with what its text was made UTF-8 of. */
void layout_describe(const struct layout *layout, const struct stream *stream, struct buf *out);
/* The recipe of a stream with that. */
void layout_recipe(const struct layout *layout, const struct stream *stream, struct buf *out);

/* Whether its columns are those that its first rows have: then a recipe is not that of another
 * member that is read alike. */
static inline bool layout_learns(const struct stream *stream)
{
	return stream->open && stream->declared;
}

/* Announces a stream, which gets its number here. */
enum status layout_announce(struct layout *layout, struct stream *stream,
			    struct error *error);

/* A part of a member that has rows of one stream at most. */
struct block {
	char *bytes;                /* and BLOCK_BEHIND bytes more */
	size_t len;                 /* may be 0; set by split() */
	uint64_t offset;            /* in the member, as UTF-8 */
	/* What that was, and where the bytes stand in it: see encoding/places.h. */
	const struct encoding *encoding;
	uint64_t place;
	uint64_t starts;            /* offset of the first of the bytes */
	uint64_t before;            /* the place of a record that begins before them */
	uint64_t done;              /* bytes of the dump read by then */
	uint64_t number;            /* of the member, for its rows' places */
	bool first, last;           /* of the member, as it is read now */
	bool goes_on;               /* the same parser parsed what is before it */
	bool within;                /* no record ends in it; may be set by split() */
	struct stream *stream;      /* NULL: it has no rows; set by split() */
	struct buf state;           /* where it begins; set by split() */
};

/* What one thread parses with: a format's own struct begins with it. Set by
 * parse(): */
struct parser {
	/* Bytes at the end of the block that are to be given again, before those
	 * that follow: at most a block of them, or BLOCK_UNREAD. */
	size_t unread;
	bool held;                  /* it keeps a part of a record itself */
	/* Where the next record begins: in the member, and lines of the block before
	 * it. */
	uint64_t offset, lines;
};

/* What was found out of how a member is written that nobody would expect: a remark on
 * its source. */
struct format_note {
	const char *topic, *remedy; /* static */
	uint64_t count, line;       /* rows that show it; of an example, or 0 */
	char text[200];
};

#define FORMAT_NOTES 10

/*
 * The functions of a format. A state is a text that says where, besides its offset
 * and line, reading stands between two records: a checkpoint keeps it. It is the same
 * behind each row of a block or, with next(), wherever it changes a block ends.
 */
struct format {
	const char *name, *about;
	/* How sure it is that a member is of this format, by its first bytes, without
	 * any reading: 0: it is not; 1: it can be anything. */
	unsigned (*bid)(const struct peek *peek);
	/* Opens a member. Streams may be announced here already. STATUS_SKIP: it is
	 * none that can be read. *layout is to be closed also after a failure; NULL
	 * is safe. */
	enum status (*open)(struct layout **layout, const struct format_input *input,
			    struct error *error);
	void (*close)(struct layout *layout);
	/* Says how a stream is written, in a line for people. */
	void (*describe)(const struct layout *layout, const struct stream *stream,
			 struct buf *out);
	/* What of it nobody would expect; how many. NULL: nothing ever is. */
	size_t (*notes)(const struct layout *layout,
			struct format_note notes[FORMAT_NOTES]);
	/* Writes down how a stream that has its plan is read, so that its rows can be read
	 * again and compared; NULL: as recipe_write_stream() does, and opening() behind it. */
	void (*recipe)(const struct layout *layout, const struct stream *stream,
		       struct buf *out);
	/* Adds what else has to be known to open the member so again, in lines of a recipe;
	 * NULL: nothing. */
	void (*opening)(const struct layout *layout, const struct stream *stream,
			struct buf *out);
	/* Begins behind what a checkpoint says, at an offset and a line, with the
	 * streams announced by then announced again. STATUS_INTEGRITY: such a state
	 * there is none. */
	enum status (*restore)(struct layout *layout, struct text state,
			       uint64_t offset, uint64_t line, struct error *error);

	/* *joins: whether a member that begins so is written as that of the layout beyond
	 * doubt, and has rows of its plan. NULL: a member never is. */
	enum status (*join)(const struct layout *layout, const struct peek *peek,
			    bool *joins, struct error *error);
	/* *alike: whether the member of another layout of the format, opened by itself, is written
	 * as that of the layout, and each column that its plan reads stands where it is read
	 * here too; without a plan, each column that it has. A member with the same columns joins
	 * from then on. For streams that are declared; NULL: no other is. */
	enum status (*alike)(struct layout *layout, const struct layout *other,
			     const struct plan *plan, bool *alike, struct error *error);
	/* Begins anew, with another member that is written as that of the layout; there
	 * where join is. */
	void (*rewind)(struct layout *layout);

	/* One thread: how much of a window is one block, whose stream and state are
	 * set with its length; none of it only where it is empty. A block of another
	 * stream, or of none, begins where a record ends. last: the member ends with the
	 * window. Announces the streams that it meets. */
	enum status (*split)(struct layout *layout, struct text window, bool last,
			     struct block *block, struct error *error);
	/* What a thread parses with, made of what split() does not change; NULL: no memory. It
	 * parses other members of the layout too. */
	struct parser *(*parser_new)(const struct layout *layout);
	void (*parser_free)(struct parser *parser);
	/* The thread is done with it for now, and another may use it: see
	 * base/thread/owner.h. NULL: nothing has to know. */
	void (*parser_hand_over)(struct parser *parser);
	/* Any thread: gives the records of a block to a sink, until it has failed;
	 * NULL: to nobody, for nothing is done with the rows of its stream. Brings
	 * state, that of the block, to what it is behind them. A block that does not
	 * begin where the one before ended is parsed again, with what that left unread
	 * before it. False: no memory. */
	bool (*parse)(struct parser *parser, const struct block *block,
		      struct row_sink *sink, struct buf *state);

	/* Whether split() only supposes the state where a block begins, and that behind
	 * the block before it holds. */
	bool parse_tells;

	/* Instead of these, where rows come one by one out of a library: the next
	 * record, its stream, and the state behind it, on one thread. What goes on
	 * behind a checkpoint begins at its offset, where the dump stands then; of a member
	 * that is settled (dump_settle()) offsets are the format's own.
	 * STATUS_END: there is none. */
	enum status (*next)(struct layout *layout, struct record *record,
			    struct stream **stream, struct buf *state,
			    struct error *error);
};

extern const struct format format_delimited;
extern const struct format format_sqlite;
extern const struct format format_sql;
extern const struct format format_json;
extern const struct format format_xml;
extern const struct format format_xml_tables;
extern const struct format format_xlsx;
extern const struct format format_pattern;

/* *said: whether a profile was given that says how records of free text are cut. */
enum status format_pattern_said(const struct format_input *input, bool *said, struct error *error);

/* All formats, NULL behind the last. */
extern const struct format *const formats[];

/* The format with the highest bid, of equals the first. STATUS_SKIP: there is
 * nothing to read, or what it is cannot be; the error says so. */
enum status format_choose(const struct format *const *table,
			  const struct format_input *input,
			  const struct format **format, struct error *error);

/* What it is that begins like this, where no format reads it: "an SQLite database"
 * and the like; NULL: it may be text. */
const char *format_foreign(struct text sample);

#endif
