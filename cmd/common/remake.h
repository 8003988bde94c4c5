/* SPDX-License-Identifier: Apache-2.0 */
/* Layers of a case held against the same made anew from what was found and decided. */
#ifndef UNSPOOF_CMD_COMMON_REMAKE_H
#define UNSPOOF_CMD_COMMON_REMAKE_H

#include "casefile/verify/verify.h"
#include "cmd/common/command.h"

struct deep_counts {
	uint64_t tables, rows;     /* compared */
	unsigned unchecked;        /* layers that could not be, which was said */
};

/* temporary: the folder for the layers that are made, NULL: that of the system. Nothing is left
 * in it, whatever ends the program. What differs is noticed and counted as a failure. Any status
 * but STATUS_OK: the check could not be finished; the error is that of the case. */
enum status deep_verify(struct invocation *inv, struct casefile *casefile, const char *temporary,
			const struct observer *observer, struct verify_counts *counts, struct deep_counts *deep);

#endif
