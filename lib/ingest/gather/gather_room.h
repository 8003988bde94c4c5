/* SPDX-License-Identifier: Apache-2.0 */
/* What the gathering of members is made of, for gather*.c. */
#ifndef UNSPOOF_INGEST_GATHER_GATHER_ROOM_H
#define UNSPOOF_INGEST_GATHER_GATHER_ROOM_H

#include "casefile/mend/replaced.h"
#include "casefile/record/source_find.h"
#include "ingest/gather/gather.h"
#include "ingest/load/load.h"
#include "ingest/parse/shared.h"

/* Plans that a member is tried by before its own is made: those that were used last. */
#define GATHER_TRIED 8
/* Members that are told one by one to be known. */
#define GATHER_TOLD 10

/* The first member of a plan, for a source that comes to have no other. */
struct gather_first {
	char *path, *member;        /* as a source has them */
	char compression[60];
	uint64_t size, member_size;
	char sha256[DIGEST_HEX], member_sha256[DIGEST_HEX];
};

struct gather_plan {
	struct layout *layout;
	struct format_input input;
	struct load_stream *stream; /* of the layout; NULL: the layout has tables */
	bool apart;                 /* its member cannot share a source */
	bool begun;                 /* it has a source */
	uint64_t number;            /* in the order in which they were made */
	struct buf key;             /* what makes it this plan, beginning with its settings: */
	size_t settings_len;
	uint64_t members;           /* of the source, so far */
	struct gather_first first;
};

/* The case before a member that may have to be taken out again. */
struct gather_mark {
	bool set;                   /* else it was loaded in part by another run */
	size_t streams;             /* that were begun */
	int64_t segment, reject, form, rows[KIND_COUNT];    /* the last ids */
	struct buf forms;           /* as checkpoint.forms */
	struct load_stream stream;  /* its counts, where it was begun */
	struct buf tally;           /* as checkpoint.tally */
};

struct gather {
	struct load load;
	struct ingest_counts *counts;
	/* Where the members come from. */
	char *root;                 /* NULL: there were none yet */
	char shown[DUMP_SHOWN];
	bool archive;               /* else it is a folder, and: */
	char compression[60];
	uint64_t size;
	char sha256[DIGEST_HEX];
	/* Those that were used last come first. */
	struct gather_plan **plans;
	size_t plan_count, plan_capacity;
	uint64_t plans_made;
	bool begun;                 /* the transaction is open, and: */
	struct parse_shared shared;
	struct member_writer writer;
	/* The member. */
	struct gather_plan *plan;
	const char *path;
	struct source_row before;   /* the counts of its source without it */
	bool ended;                 /* it was read to its end, with its hashes */
	struct gather_mark mark;
	uint64_t known;             /* members left out */
	struct replaced replaced;   /* what goes, with load.replacing */
	bool other;                 /* load.checkpoint is of what is to be whole first */
	/* An earlier load is gone on with, and its members come again: of so many
	 * sources. */
	bool catching_up;
	uint64_t sources;
};

/* ---- gather_plan.c ---- */

/* The plan of the member, whose first bytes are given: of those there are, or a new one,
 * which is kept. *plan NULL: it cannot share a source. */
enum status gather_plan_find(struct gather *gather, const struct peek *peek,
			     struct gather_plan **plan);
void gather_plans_release(struct gather *gather);

/* ---- gather_alike.c ---- */

/* Whether a member whose plan was made by itself is of another plan, as it would be read. */
enum status gather_is_same(const struct gather_plan *other, const struct gather_plan *made,
			   bool *same, struct error *error);
/* Whether another plan has all columns of a member that has no plan by itself, and nothing
 * speaks for another. */
enum status gather_has_all(const struct gather_plan *other, const struct gather_plan *made,
			   bool *has, struct error *error);

/* ---- gather_end.c ---- */

/* Notes the member, which was read to its end, as the first of its plan. */
enum status gather_note_first(struct gather *gather);

/* ---- gather_keep.c ---- */

/* The member is one of archives or compressed, and so long that what it comes to is known
 * behind it only, or it may change meanwhile: notes what the case is before it, at
 * a place that is committed. */
enum status gather_mark(struct gather *gather);
/* Takes what was stored since then out again. */
enum status gather_retreat(struct gather *gather);
/* Ends all segments, and notes a place to go on from, between two members. */
enum status gather_place(struct gather *gather);

/* ---- gather_resume.c ---- */

/* Finds out whether the case has a part of these members. */
enum status gather_find_kept(struct gather *gather);
/* Goes over a member that was loaded before, or goes on with it. */
enum status gather_catch_up(struct gather *gather, const struct peek *peek);
/* Whether all were met that were there; they are gone on behind then. */
enum status gather_caught_up(struct gather *gather);
/* STATUS_FAILED: they are not what they were. */
enum status gather_changed(struct gather *gather, const char *shown);

/* ---- gather_replace.c ---- */

/* It has too many kinds of file to be replaced as a whole. */
enum status gather_refuse_many(struct gather *gather);
/* Says which source is in the place of which. */
enum status gather_tell_replaced(struct gather *gather);

/* ---- gather.c ---- */

/* Opens the root, where it is not open yet, and finds what the case has of it in part. */
enum status gather_open_root(struct gather *gather, const char *root,
			     const struct dump *dump);

/* Opens the transaction, and what is needed in it. */
enum status gather_begin(struct gather *gather);
/* Gives a plan its source. */
enum status gather_begin_plan(struct gather *gather, struct gather_plan *plan);
/* The source that has the content already, as the same kind, and read the same where it gave
 * no row; id 0: none, as far as that can be told yet. */
enum status gather_known(struct gather *gather, const struct gather_plan *plan,
			 struct source_match *match);
/* STATUS_FAILED: it was read otherwise, or its source gave no row then too. */
enum status gather_leave_known(struct gather *gather, const struct gather_plan *plan,
			       const struct source_match *match);
/* Reads the member to its end, without its rows. */
enum status gather_read_through(struct gather *gather);
/* Loads the rows from load.begin on, and ends the member. */
enum status gather_rows(struct gather *gather);
/* What becomes of the member when its rows could not be loaded: the status. */
enum status gather_fail(struct gather *gather, enum status status);
/* Closes all that was open for one root. */
void gather_close(struct gather *gather);

#endif
