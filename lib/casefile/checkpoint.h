/* SPDX-License-Identifier: Apache-2.0 */
/* A member that is not wholly ingested yet: where to go on, and how it was begun. There
 * is one at most; its sources, one a table of it, are the last ones, and each has a row
 * of the checkpoint. */
#ifndef UNSPOOF_CASEFILE_CHECKPOINT_H
#define UNSPOOF_CASEFILE_CHECKPOINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/digest/trail.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* A row of table checkpoint, with what table source says of it. Zeroed is
 * empty. */
struct checkpoint {
	int64_t source;
	/* The place in the member behind all rows that are stored, and how many
	 * bytes of the file as seized were read by then. */
	uint64_t offset, line, done;
	struct prefix prefix;       /* of the member; reaches to offset or further */
	struct buf state;           /* of the format there, opaque */
	bool local_time;            /* as in the loading */
	bool legs;
	int64_t first_form;         /* forms from this id on were added by it */
	struct buf role_rejects;    /* counts, a blank between them */
	struct buf forms;           /* the state of the forms */
	struct buf settings;        /* `name=value`, one a line */
	struct buf tally;           /* what its rows showed so far, opaque */
	/* Of table source; not written. */
	struct buf path, member;
	uint64_t size;              /* 0: not known */
	uint64_t read, accepted, rejected, skipped;
};

void checkpoint_release(struct checkpoint *checkpoint);

/* Reads that of the first source of the member that is not whole; STATUS_END: all are.
 * STATUS_INTEGRITY: it is damaged, or not of the last sources, without their hash. */
enum status checkpoint_read(struct casefile *casefile,
			    struct checkpoint *checkpoint);
/* Reads that of a source; STATUS_END: it has none. */
enum status checkpoint_seek(struct casefile *casefile, int64_t source,
			    struct checkpoint *checkpoint);
/* The rows that were read of the sources from one on. */
enum status checkpoint_rows(struct casefile *casefile, int64_t first,
			    uint64_t *rows);
/* Writes it in place of the one of its source. Inside a transaction. */
enum status checkpoint_write(struct casefile *casefile,
			     const struct checkpoint *checkpoint);
/* The member is whole. Inside a transaction. */
enum status checkpoint_remove(struct casefile *casefile);

/* STATUS_OK: all sources are whole. STATUS_FAILED: one is not, and what to do. */
enum status checkpoint_none(struct casefile *casefile);
/* *there: whether a source is not whole yet. */
enum status checkpoint_there(struct casefile *casefile, bool *there);
/* Sets that error for a checkpoint; STATUS_FAILED. */
enum status checkpoint_refuse(struct casefile *casefile,
			      const struct checkpoint *checkpoint);

/* Takes all of the unfinished source out of the case: its rows, segments,
 * rejects, and the forms it added. Inside a transaction. *found: there was one. */
enum status checkpoint_discard(struct casefile *casefile, bool *found);

#endif
