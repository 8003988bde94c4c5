/* SPDX-License-Identifier: Apache-2.0 */
/* Sweeps that are whole only where UNSPOOF_SWEEP is "all", as tests/long.sh sets it: make check does a part of each. */
#ifndef UNSPOOF_TESTS_UNIT_SWEEP_H
#define UNSPOOF_TESTS_UNIT_SWEEP_H

#include <stdlib.h>
#include <string.h>

/* `all` where sweeps are whole, else `part`: a number of rounds, or a stride. */
static inline unsigned sweep(unsigned part, unsigned all)
{
	const char *wanted = getenv("UNSPOOF_SWEEP");

	return wanted && !strcmp(wanted, "all") ? all : part;
}

#endif
