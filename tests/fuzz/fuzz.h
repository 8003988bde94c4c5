/* SPDX-License-Identifier: Apache-2.0 */
/* What a fuzz target is: the entry point of libFuzzer. */
#ifndef UNSPOOF_TESTS_FUZZ_FUZZ_H
#define UNSPOOF_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Tries one input, any bytes. Returns 0; what must never be ends the program by abort(). */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* FUZZ_MUST(condition): what holds of every input. */
#define FUZZ_MUST(condition)                                                        \
	do {                                                                        \
		if (!(condition)) {                                                 \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort();                                                    \
		}                                                                   \
	} while (0)

#endif
