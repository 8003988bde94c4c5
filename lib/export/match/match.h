/* SPDX-License-Identifier: Apache-2.0 */
/* A watch-list held against everything that a case has. */
#ifndef UNSPOOF_EXPORT_MATCH_MATCH_H
#define UNSPOOF_EXPORT_MATCH_MATCH_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "output/writer.h"

/* Bytes that a list may have. */
#define MATCH_FILE_MOST (64u << 20)

struct match_options {
	const char *name;          /* of the list, for messages */
	struct text list;          /* see match_list.h */
	const char *region;        /* of national numbers; NULL: those of the sources */
	unsigned rows;             /* of a hit that are told, 1 to MATCH_ROWS_MOST */
	uint64_t threads;          /* that may work at once; 0 is 1 */
};

/* Columns: see unspoof-match(1). Needs what normalise makes. STATUS_FAILED: the list, by its line; STATUS_INTEGRITY;
 * STATUS_INTERRUPTED. */
enum status match_write(struct casefile *casefile, const struct match_options *options, const struct observer *observer,
			struct writer *writer);

#endif
