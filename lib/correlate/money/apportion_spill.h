/* SPDX-License-Identifier: Apache-2.0 */
/* The spend of an account that presented more things than are held at a time. */
#ifndef UNSPOOF_CORRELATE_MONEY_APPORTION_SPILL_H
#define UNSPOOF_CORRELATE_MONEY_APPORTION_SPILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sort/sorter.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "correlate/interrupt.h"
#include "correlate/presented/presentations.h"

struct apportion_spill_given {
	struct casefile *casefile;         /* for errors */
	const struct observer *observer;   /* may be NULL */
	struct spill *spill;
	struct sorter *presentations;      /* of struct presentation: they are put */
	size_t memory;                     /* bytes for each of two sorters */
};

/* What the account presented, in order, on its way to the file. Zeroed is
 * closed. */
struct apportion_spill {
	struct apportion_spill_given given;
	struct interrupt interrupt;
	struct sorter spool;       /* one run of struct presentation */
	struct sorter_writer writer;
	uint64_t count;
};

/* False, as below: see spill_failed(). Call apportion_spill_close() also then. */
bool apportion_spill_open(struct apportion_spill *shares,
			  const struct apportion_spill_given *given);
/* The next thing; its spend is what its calls cost, 0 or more unless it is shared out by calls. */
bool apportion_spill_put(struct apportion_spill *shares,
			 const struct presentation *item);
/* Shares out spend, as apportion() does, by cost, or by calls when it is told or nothing
 * cost anything, and puts all to the presentations. */
enum status apportion_spill_run(struct apportion_spill *shares, i128 spend, bool by_calls);
void apportion_spill_close(struct apportion_spill *shares);

#endif
