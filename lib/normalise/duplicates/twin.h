/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of calls that may be one call, written down twice: what is compared of them, and
 * what comes of it. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/sort/parts.h"

enum twin_kind {
	TWIN_LEG,      /* stands for its legs: one call with the same service, id, account */
	TWIN_ID,       /* has an id */
	TWIN_BARE,     /* has none */
	TWIN_MIXED     /* has one or not, and is compared without it: by its key alone */
};

/* A row. Hashes are of this run: nothing that is stored comes from their order. */
struct twin {
	uint64_t key;          /* of what has to be equal, and the kind, as in
				* struct twin_seen; compared first */
	uint64_t second;       /* the id: its digits, or another hash of its bytes; bare:
				* of all other roles */
	int64_t call;          /* its id: segment * SEGMENT_ROWS + row */
	int64_t started;       /* milliseconds since 1970-01-01 UTC */
	uint64_t presented;    /* E.164; TWIN_TEXT and shown.id; 0: none */
	uint64_t dialled;      /* E.164; TWIN_TEXT and a hash of the text; 0: none */
	int64_t talk;          /* milliseconds */
	int64_t cost;          /* see twin_meaning_cost() */
	uint32_t account;      /* account_key.id */
	uint32_t source;       /* place among the sources */
	uint32_t service;      /* place of the first source of that service */
	uint32_t shape;        /* of the id, see twin_key.h */
	uint32_t status, currency;     /* what they mean, see twin_meaning.h */
	uint8_t kind;          /* enum twin_kind */
	bool legs;             /* the rows of its source are legs */
	bool coarse;           /* bare: its start has no seconds */
};

/* Threads at most. */
#define TWIN_WORKERS PARTS_THREADS

#define TWIN_TEXT (UINT64_C(1) << 63)

/* A row whose key may be there twice. */
struct twin_seen {
	uint64_t key;          /* the last two bits are its enum twin_kind; TWIN_NONE */
	int64_t call;
};

/* The same, to be put in order of calls. */
struct twin_row {
	int64_t call;
	uint64_t key;
};

/* A row in brief: rows whose hashes of all that is compared are equal are one call, or
 * equal without an id, and no more need be known of them. */
struct twin_brief {
	uint64_t key;
	int64_t call;
	uint64_t all;          /* with this bit set, its start has no seconds: */
};

#define TWIN_NO_SECONDS UINT64_C(1)

#define TWIN_KIND_BITS 3
/* Of a mixed row without an id, so that it comes behind those with one; of others 0. */
#define TWIN_NONE UINT64_C(4)

/* No call has a greater id. */
#define TWIN_CALL_MOST (UINT64_MAX >> 1)

/* What comes of a row. */
struct twin_outcome {
	int64_t call;
	uint64_t twin : 63;    /* the call that stands for it; of one that stands, the
				* first that it stands for */
	uint64_t duplicate : 1;        /* else it stands for others */
};

/* In the order in which they are judged: what may be one call is together, and the
 * one that stands comes first. */
extern const struct record_kind twin_record;
/* By key, and then by call; rows by call. */
extern const struct record_kind twin_seen_record, twin_row_record, twin_brief_record;
/* In order of calls. */
extern const struct record_kind twin_outcome_record;

/* Whether two rows that are next to one another have the same id, or, bare, the same
 * account, start and numbers; and whether they are one call then. */
bool twin_same_group(const struct twin *a, const struct twin *b);
bool twin_same_call(const struct twin *a, const struct twin *b);

#endif
