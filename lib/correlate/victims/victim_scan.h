/* SPDX-License-Identifier: Apache-2.0 */
/* A pass over the calls that adds up those to the victims of a stretch. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIM_SCAN_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIM_SCAN_H

#include "correlate/calls/usage_scan.h"
#include "correlate/victims/victim_block.h"

/* What the passes of all stretches are made with. Zeroed is closed. */
struct sweep {
	const struct calls *calls;     /* borrowed */
	struct sweeper *sweepers;      /* one a thread */
	unsigned passes;               /* that there will be, for the progress */
	unsigned passed;
};

/* False: no memory; sweep_close() is safe all the same. */
bool sweep_open(struct sweep *sweep, const struct calls *calls, unsigned passes);
void sweep_close(struct sweep *sweep);
/* One pass. Fails as pass_run() does. */
enum status sweep_run(struct sweep *sweep, struct stretch *stretch);

#endif
