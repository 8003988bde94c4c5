/* SPDX-License-Identifier: Apache-2.0 */
/* Loading one member of a dump, in a transaction of its own. */
#ifndef UNSPOOF_INGEST_LOAD_H
#define UNSPOOF_INGEST_LOAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/rows.h"
#include "casefile/segment.h"
#include "ingest/dump.h"
#include "ingest/ingest.h"
#include "ingest/plan.h"
#include "ingest/reader.h"

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
	struct row_writer rows;
	struct source_row source;
	uint64_t role_rejects[ROLES_MOST + 1];  /* the last: of whole rows */
	bool local_time;            /* an accepted time tells no zone */
	bool legs;                  /* an accepted row has a leg's width */
};

/*
 * Loads the member the dump stands at. STATUS_OK, also when the case has it
 * already; STATUS_FAILED: nothing is stored, or (counts say so) no row was
 * accepted; the other statuses of plan_make() and ingest_source(), with nothing
 * stored. Adds to counts what was stored. The error is in casefile->error.
 */
enum status load_member(struct casefile *casefile,
			const struct ingest_options *options, struct dump *dump,
			const struct observer *observer,
			struct ingest_counts *counts);

/* The bytes of a dump as the input of a reader. */
struct input load_input(struct dump *dump);

#endif
