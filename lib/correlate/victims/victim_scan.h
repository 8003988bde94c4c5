/* SPDX-License-Identifier: Apache-2.0 */
/* A scan of the calls that adds up those to the victims of a block. */
#ifndef UNSPOOF_CORRELATE_VICTIMS_VICTIM_SCAN_H
#define UNSPOOF_CORRELATE_VICTIMS_VICTIM_SCAN_H

#include "base/observer.h"
#include "base/sort/spill.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "correlate/victims/victim_block.h"

struct victim_scan_given {
	struct casefile *casefile;
	const struct observer *observer;   /* may be NULL */
	struct spill *spill;               /* for errors */
	bool keep_duplicates;              /* rows that are there again count as well */
	unsigned passes;                   /* that there will be, for the progress */
	unsigned threads;
};

/* What the passes of all blocks are made with. Zeroed is closed. */
struct victim_scan {
	struct victim_scan_given given;
	struct victim_scan_worker *workers;    /* one a thread */
	unsigned passed;
};

/* False: no memory; victim_scan_close() is safe all the same. */
bool victim_scan_open(struct victim_scan *scan,
		      const struct victim_scan_given *given);
void victim_scan_close(struct victim_scan *scan);
/* One pass. Fails as call_scan_run() does. */
enum status victim_scan_run(struct victim_scan *scan, struct victim_block *block);

#endif
