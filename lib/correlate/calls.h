/* SPDX-License-Identifier: Apache-2.0 */
/* The calls, added up: what each account presented, and who was victim. */
#ifndef UNSPOOF_CORRELATE_CALLS_H
#define UNSPOOF_CORRELATE_CALLS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/dictionary.h"
#include "base/observer.h"
#include "base/status.h"
#include "base/wide.h"
#include "casefile/casefile.h"
#include "correlate/directory.h"
#include "correlate/pairs.h"
#include "correlate/party.h"
#include "correlate/people.h"
#include "correlate/places.h"
#include "correlate/reports.h"

/* A presented number, or text where there is no number. */
struct presented {
	uint64_t number;           /* E.164; 0: none, and then: */
	int64_t shown;             /* shown.id; 0: presented unknown */
	uint32_t organisation;     /* names of the directory; 0: nobody's */
	uint32_t sector;
	uint32_t rank;             /* from 0, in byte order of what is shown */
	int64_t reading;           /* reading.id: how it was read first */
};

/* The calls of one account that present one thing. */
struct cell {
	uint64_t shows;            /* E.164 doubled, or shown.id doubled and 1 */
	uint32_t slot;             /* of the account; 0: calls of no account */
	uint32_t presented;        /* place in calls->presented; 0: unknown */
	uint32_t calls;
	uint32_t answered;
	uint32_t long_calls;
	uint32_t group;            /* of struct presentations; 0: none */
	struct span called;
	i128 cost;                 /* in 1/1,000,000 of a major unit */
};

/* A dialled number with a long call. */
struct victim {
	uint64_t number;           /* E.164 */
	int64_t reading;           /* reading.id of its first long call */
	uint32_t calls;            /* to it, long or not */
	uint32_t long_calls;
	uint32_t suspects;
	uint32_t organisations;
	uint32_t reports;
	int64_t loss;
	int64_t talk;              /* milliseconds, of answered calls */
	struct span called;
};

/* Place 0 of presented is "unknown"; place 0 of cells and of victims is empty
 * and not used. */
struct calls {
	struct casefile *casefile;
	const struct observer *observer;
	const struct people *people;
	const struct directory *directory;
	struct reports *reports;
	int64_t long_ms;
	struct presented *presented;
	size_t presented_count, presented_capacity;
	struct map64 presented_places;
	struct cell *cells;
	size_t cell_count, cell_capacity;
	struct places cell_places;     /* by slot and shows */
	struct victim *victims;
	size_t victim_count, victim_capacity;
	struct places victim_places;   /* by number */
	struct pairs long_pairs;       /* cell and victim, of the long calls */
	uint64_t calls;
};

/* Two passes over the calls: the first fills cells and long_pairs, finds the
 * victims and offers long calls to the reports, the second adds up all calls
 * to the victims. long_seconds: a call with more talk is long. long_pairs is
 * settled after it. Call calls_release also after a failure. */
enum status calls_gather(struct calls *calls, struct casefile *casefile,
			 const struct observer *observer,
			 const struct people *people,
			 const struct directory *directory,
			 struct reports *reports, int64_t long_seconds);
void calls_release(struct calls *calls);
/* The place of a victim; 0: the number is none. Until victims are put into
 * another order. */
uint32_t calls_victim(const struct calls *calls, uint64_t number);
/* Sets the ranks of calls->presented: byte order of `+442079460000` and of the
 * texts as found. */
enum status presented_rank(struct calls *calls);

#endif
