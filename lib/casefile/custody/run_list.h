/* SPDX-License-Identifier: Apache-2.0 */
/* The runs of a case, all of them, to be told. */
#ifndef UNSPOOF_CASEFILE_CUSTODY_RUN_LIST_H
#define UNSPOOF_CASEFILE_CUSTODY_RUN_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* What is told of a run, in the order of its columns there. */
enum run_text {
	RUN_ENDED, RUN_COMMAND, RUN_ARGUMENTS, RUN_VERSION, RUN_OPERATOR, RUN_PURPOSE, RUN_RECIPIENT, RUN_INPUTS,
	RUN_OUTPUTS, RUN_PREVIOUS, RUN_HASH, RUN_TOLD
};

struct run_entry {
	int64_t id;
	size_t places[RUN_TOLD];       /* in the texts of the list */
	size_t lengths[RUN_TOLD];
};

/* Zeroed is empty. */
struct run_list {
	struct run_entry *items;       /* in the order of their ids */
	size_t count;
	struct buf texts;
};

/* Reads them; run_check() says whether they hold. The error is that of the case. Release it whatever happens. */
enum status run_list_read(struct run_list *list, struct casefile *casefile);
void run_list_release(struct run_list *list);
/* A text of a run, as long as the list stands. */
struct text run_list_text(const struct run_list *list, size_t item, enum run_text which);
/* Whether a run has this hash. */
bool run_list_has(const struct run_list *list, struct text hash);

#endif
