/* SPDX-License-Identifier: Apache-2.0 */
/* A layer held against the same one made anew: the way of a copy, what runs say that they
 * did, and the comparison. Who drives the stages makes the layer. */
#ifndef UNSPOOF_CASEFILE_VERIFY_DEEP_H
#define UNSPOOF_CASEFILE_VERIFY_DEEP_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/verify/verify.h"

/* Copies what layers are made of, which is what was found and what was decided, into a case
 * that has nothing in it and is in a transaction. It gets the tables of this program, whatever
 * else the first has. The error is that of `from`; STATUS_INTEGRITY: a row of it can be in no
 * case. */
enum status deep_copy(struct casefile *from, struct casefile *to);

/* The last run that made a layer. */
struct deep_run {
	int64_t id;
	struct buf program;    /* name and version, without those of libraries */
	struct buf settings, outputs;      /* as the run has them */
};

/* STATUS_END: no run made it. Whatever it is, deep_run_release() is to follow. */
enum status deep_run_read(struct casefile *casefile, enum layer layer, struct deep_run *run);
void deep_run_release(struct deep_run *run);

/* A layer that two cases have, made of the same. */
struct deep_pair {
	struct casefile *casefile, *anew;
	enum layer layer;
	const struct observer *observer;
	struct verify_counts *counts;
	uint64_t tables;       /* compared so far */
	uint64_t rows;
};

/* Compares each table of the layer, row by row in the order of its key. The first row that
 * differs of each is noticed, with its key, the column and both values, and is a failure; those
 * after it are counted. Of calls those segments are compared whose digests differ. The error is
 * that of the case. */
enum status deep_compare(struct deep_pair *pair);
/* The calls of a segment as both have them understood, for deep_compare(). */
enum status deep_compare_segment(struct deep_pair *pair, int64_t segment, bool *told);

#endif
