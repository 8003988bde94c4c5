/* SPDX-License-Identifier: Apache-2.0 */
/* Loading one member of a dump: its transactions. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_H
#define UNSPOOF_INGEST_LOAD_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/checkpoint.h"
#include "casefile/reject.h"
#include "casefile/row_writer.h"
#include "casefile/source.h"
#include "casefile/segment/segment.h"
#include "ingest/format/format.h"
#include "ingest/ingest.h"
#include "ingest/plan/plan.h"
#include "ingest/source/dump.h"

/* Streams of a member that rows are taken of, at most. */
#define LOAD_STREAMS 1024
#define LOAD_SHOWN (DUMP_SHOWN + 120)

/* Where the rows that are stored end. */
struct load_place {
	uint64_t offset, line;      /* of the next row, in the member */
	uint64_t done;              /* bytes of the file as seized read by then */
	struct text state;          /* of the format */
};

/* A stream being loaded: a row of table source. */
struct load_stream {
	struct stream *stream;
	struct layout *layout;      /* its own; NULL: that of the load */
	size_t index;               /* among those that are loaded */
	char shown[LOAD_SHOWN];     /* the member, and the table if it has several */
	char sniffed[LOAD_SHOWN];   /* where it has members: that by which its plan was made */
	struct plan plan;
	uint64_t members;           /* that the source has; 0: its rows are the only one's */
	struct source_row source;
	uint64_t role_rejects[ROLES_MOST + 1];  /* the last: of whole rows */
	uint64_t feet;              /* lines around the table, and the first of them: */
	uint64_t foot_member, foot_line;
	uint64_t filtered[PROFILE_FILTERS];     /* rows that each filter left out */
	struct witness *witness;    /* what its rows show; NULL: none was stored */
	struct load_clock *clock;   /* what of it is settled; NULL: nothing */
	bool local_time;            /* an accepted time tells no zone */
	bool legs;                  /* an accepted row has a leg's width */
	int64_t known;              /* the source that has its content already, or 0 */
	bool known_other;           /* which is of another kind, or of the same path */
	bool numbers_ahead;         /* rows get their ids before they are stored */
};

/* A member being loaded. */
struct load {
	struct casefile *casefile;
	const struct ingest_options *options;
	const struct observer *observer;
	struct dump *dump;
	struct format_input input;
	struct layout *layout;
	/* Those with a plan, in the order in which they were met. While rows are read
	 * more may come, on another thread, which has the count until they are. */
	struct load_stream *streams[LOAD_STREAMS];
	size_t stream_count;
	size_t begun;               /* of those, by the rows that were stored */
	bool reading;               /* rows are being read */
	/* Streams, or members of an archive or folder, that no plan fits or that what was said
	 * leaves out, by their names, one a line, and why the first is. */
	uint64_t left_out;
	struct buf left;
	struct error why;
	int64_t first_id;           /* of the sources */
	struct forms forms;
	bool calls_possible;        /* some stream may be of calls */
	bool calls_open;
	struct segment_writer calls;
	struct row_writer rows[KIND_COUNT];     /* those in use; none of calls */
	struct reject_writer rejects;
	/* Of one among members that become sources together: see gather.h. */
	struct gather *gather;      /* NULL: it is not one */
	struct parse_shared *shared;
	uint64_t member;            /* its number in its source */
	bool few;                   /* it has few rows, behind which there is no place */
	struct load_place begin;    /* of the rows to be read, but for its state */
	/* What is in the case of it, or of the source that is not whole. */
	struct checkpoint checkpoint;
	bool resumed;               /* an earlier load is gone on with */
	bool kept;                  /* part of it was committed: */
	uint64_t kept_read, kept_done;  /* so many rows, of so many bytes */
	bool replacing;             /* known sources are taken out in the end */
	int64_t below;              /* of gathered members: those with a lower id may be; 0: none */
	bool recorded;              /* and the run that did so is */
	bool refused;               /* what is kept of it is not to stay */
	bool whole;                 /* there is a savepoint of that name */
	uint64_t whole_read;        /* rows up to the last whole item */
	uint64_t items;             /* whole ones of this load */
};

struct gather;
struct load_clock;
struct parse_shared;
struct witness;

static inline struct layout *load_layout(const struct load *load,
					 const struct load_stream *stream)
{
	return stream->layout ? stream->layout : load->layout;
}

/* The member, for messages; of gathered ones where they come from. */
const char *load_shown(const struct load *load);

/* Opens the transaction of a load, with what the streams so far need in it. */
enum status load_begin(struct load *load);
/* The same inside one. */
enum status load_begin_within(struct load *load);
/* Back to the last commit. */
void load_undo(struct load *load);
/* Goes over what stands before the first row of a stream, the first of the member. */
enum status load_start(struct load *load, struct load_stream *stream);
/* All that was begun is whole: stores and commits it. */
enum status load_finish(struct load *load);
/* Says so of a stream, and adds it to counts. STATUS_FAILED: no row of it was accepted,
 * though none has to be where empty is said. */
enum status load_tell_stream(struct load *load, const struct load_stream *stream,
			     bool empty, struct ingest_counts *counts);
/* Says what became of the source in whose place a stream is. The row of that one stays. */
enum status load_tell_replaced(struct load *load, const struct load_stream *stream, int64_t id);
enum status load_leave_known(const struct load *load, int64_t id,
			     struct ingest_counts *counts);
/* The same of one that gave no row and is read as it was: STATUS_FAILED, as before. */
enum status load_refuse_empty(const struct load *load, int64_t id);

/* Rows read so far, of all streams. */
uint64_t load_read(const struct load *load);

/*
 * Loads the member the dump stands at, or goes on with it. STATUS_OK, also when
 * the case has it already; STATUS_FAILED: nothing is stored, or (counts say so)
 * no row was accepted, or what was stored before is kept, as the error says; the
 * other statuses of plan_make() and ingest_source(). Adds to counts what was
 * stored whole. The error is in casefile->error.
 */
enum status load_member(struct casefile *casefile,
			const struct ingest_options *options, struct dump *dump,
			const struct observer *observer,
			struct ingest_counts *counts);

/* All rows before place are stored and counted: this is a whole item, which an
 * interrupt keeps. Now and then it is committed, and the next transaction begun. */
enum status load_checkpoint(struct load *load, const struct load_place *place);

#endif
