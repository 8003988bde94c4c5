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
#include "ingest/delimited/reader.h"
#include "ingest/ingest.h"
#include "ingest/plan/plan.h"
#include "ingest/source/dump.h"

/* Where the rows that are stored end. */
struct load_place {
	uint64_t offset, line;      /* of the next row, in the member */
	uint64_t done;              /* bytes of the file as seized read by then */
	bool header_due;            /* the header is still to come */
};

/* A member being loaded. */
struct load {
	struct casefile *casefile;
	const struct ingest_options *options;
	const struct observer *observer;
	struct dump *dump;
	struct reader reader;
	struct plan plan;
	struct forms forms;
	struct segment_writer calls;
	struct row_writer rows;     /* of other kinds than calls */
	struct reject_writer rejects;
	struct source_row source;
	uint64_t role_rejects[ROLES_MOST + 1];  /* the last: of whole rows */
	bool local_time;            /* an accepted time tells no zone */
	bool legs;                  /* an accepted row has a leg's width */
	bool header_due;            /* the header is to come; as the rows begin */
	/* What is in the case of it, or of the source that is not whole. */
	struct checkpoint checkpoint;
	bool resumed;               /* an earlier load is gone on with */
	bool kept;                  /* part of it was committed: */
	uint64_t kept_read, kept_done;  /* so many rows, of so many bytes */
	bool whole;                 /* there is a savepoint of that name */
	uint64_t whole_read;        /* rows up to the last whole item */
	uint64_t items;             /* whole ones of this load */
};

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

/* The bytes of a dump as the input of a reader. */
struct input load_input(struct dump *dump);

#endif
