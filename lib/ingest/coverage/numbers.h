/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of numbers, as a tally in a checkpoint has them. */
#ifndef UNSPOOF_INGEST_COVERAGE_NUMBERS_H
#define UNSPOOF_INGEST_COVERAGE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Reads that many numbers up to INT64_MAX, a blank before each, and nothing behind. False: there are others. */
bool numbers_read(struct text line, uint64_t *numbers, size_t count);

#endif
