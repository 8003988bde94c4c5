/* SPDX-License-Identifier: Apache-2.0 */
/* Whose a number is, by the analyst's directory. */
#ifndef UNSPOOF_CORRELATE_DIRECTORY_H
#define UNSPOOF_CORRELATE_DIRECTORY_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* One number's row. */
struct listing {
	uint32_t organisation;  /* number of a name, from 1 */
	uint32_t sector;        /* number of a name, from 1; 0: none */
	int64_t source;
	int64_t line, member;
};

/* Names are as found but for blanks around them. */
struct directory {
	struct dictionary names;      /* number - 1 */
	struct map64 numbers;         /* E.164: place in listings */
	struct listing *listings;
	size_t count;
	size_t capacity;
};

/* Of two rows for a number that differ the first by source and line holds,
 * and the other is noticed. */
enum status directory_load(struct directory *directory,
			   struct casefile *casefile,
			   const struct observer *observer);
void directory_release(struct directory *directory);
/* NULL: the number is nobody's. */
const struct listing *directory_find(const struct directory *directory,
				     uint64_t number);
/* The text of a name; no value for 0. */
struct text directory_name(const struct directory *directory, uint32_t name);

#endif
