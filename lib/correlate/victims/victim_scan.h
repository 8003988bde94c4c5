/* SPDX-License-Identifier: Apache-2.0 */
/* A pass over the calls that adds up those to the victims of a block. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIM_SCAN_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIM_SCAN_H

#include "correlate/calls/usage_scan.h"
#include "correlate/victims/victim_block.h"

/* What the passes of all blocks are made with. Zeroed is closed. */
struct victim_scan {
	const struct usage_scan *usage; /* borrowed */
	struct victim_scan_worker *workers; /* one a thread */
	unsigned passes;               /* that there will be, for the progress */
	unsigned passed;
};

/* False: no memory; victim_scan_close() is safe all the same. */
bool victim_scan_open(struct victim_scan *scan, const struct usage_scan *usage, unsigned passes);
void victim_scan_close(struct victim_scan *scan);
/* One pass. Fails as call_scan_run() does. */
enum status victim_scan_run(struct victim_scan *scan, struct victim_block *block);

#endif
