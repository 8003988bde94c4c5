/* SPDX-License-Identifier: Apache-2.0 */
/* What becomes of each record of a member that is read again: of delimited text through
 * libcsv, or a plain reader where that cannot, of others as their format finds them; one
 * after another, without anything that ingest keeps to be fast. */
#ifndef UNSPOOF_INGEST_REREAD_JUDGE_H
#define UNSPOOF_INGEST_REREAD_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/kinds.h"
#include "ingest/delimited/reader.h"
#include "ingest/plan/check.h"
#include "ingest/plan/sample.h"
#include "ingest/plainly/plainly.h"
#include "ingest/reread/recipe/recipe.h"

enum fate {
	FATE_ACCEPTED,
	FATE_REJECTED,
	FATE_SKIPPED,       /* a blank line, or the header again */
	FATE_HEADER         /* the header: no row */
};

/* A record and its fate; views are valid until the next. */
struct judged {
	struct record record;
	enum fate fate;
	struct text values[ROLES_MOST];     /* accepted: without data where none */
	bool leg;                           /* accepted: has a leg's width */
	int role;                           /* rejected: -1 as a whole */
	const char *reason;
	struct text value;                  /* of that role */
};

/* Members are the module's own, but for header. */
struct judge {
	const struct recipe *recipe;
	struct reader reader;
	struct plainly plainly;     /* where libcsv cannot read it */
	bool mannered;
	bool given;                 /* records are given, and none is read here */
	struct checker checker;
	struct matcher *matcher;
	struct mapping_room room;   /* of values that are made */
	bool header_due;
	struct sample_row header;   /* its fields, once it was met and there is one */
	struct text *header_fields;
	struct buf header_bytes;
	char reason[CHECK_REASON];
	bool no_memory;             /* to find out about a row */
	struct error *error;
};

/* Goes over the preamble; recipe, input and error must outlive it. STATUS_FAILED:
 * the input failed, or no memory. STATUS_INTEGRITY: the recipe does not fit, for
 * its preamble is longer than the input. Close it also then. */
enum status judge_open(struct judge *judge, const struct recipe *recipe,
		       struct input input, struct error *error);
void judge_close(struct judge *judge);

/* The same for records that are given. STATUS_MEMORY. */
enum status judge_open_given(struct judge *judge, const struct recipe *recipe, struct error *error);
/* What becomes of the record of one, which is no header: judged->record is set, with the
 * record's own reason where it is no row. STATUS_MEMORY. */
enum status judge_given(struct judge *judge, struct judged *judged);

/* Goes on at a place where a record begins, with what the input gives next; not of one that
 * libcsv cannot read. */
void judge_go(struct judge *judge, uint64_t offset, uint64_t line);

/* STATUS_OK, STATUS_END, or STATUS_FAILED as reader_next(). */
enum status judge_next(struct judge *judge, struct judged *judged);

#endif
