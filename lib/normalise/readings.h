/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers of a case read once: ids for how, and for texts that are none. */
#ifndef UNSPOOF_NORMALISE_READINGS_H
#define UNSPOOF_NORMALISE_READINGS_H

#include <stdint.h>

#include "base/dictionary.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "casefile/form.h"
#include "normalise/flags.h"
#include "normalise/number_carrier.h"

/* What a number's text came to. */
struct number_seen {
	int64_t e164;          /* 0: none */
	int64_t reading;       /* reading.id; 0: the text is empty */
};

/* How the numbers of a row are written. */
struct number_manner {
	int region;                /* of national numbers; 0: none */
	const char *prefixes;      /* that may stand in front; NULL: none; borrowed */
};

/* The answers given last, found again by form, digits and region: 32 bytes, so
 * that none lies across two lines of the processor's cache. */
struct reading_cache {
	int64_t value;
	struct number_seen seen;
	uint32_t form;
	int region;
};

struct readings {
	struct numplan *plan;
	struct flag_table *flags;
	struct map64 ids;          /* what a reading is, packed, to its id */
	struct buf packed;         /* the same in order of id, 8 bytes each */
	struct dictionary shown;   /* presented texts that are no number */
	struct reading_cache *cache;
	const char *prefixes;      /* of all that is remembered */
};

enum status readings_open(struct readings *readings, struct error *error);
void readings_release(struct readings *readings);
/* False: out of memory. */
bool readings_read(struct readings *readings, struct text text,
		   struct number_manner manner, struct number_seen *seen);
/* A remembered answer for a form of the case and digits, or a free place for
 * it: on return *known says which; the caller fills seen of a free place.
 * Manners are told apart by the address of their prefixes; with others than
 * before, all answers are forgotten. */
struct reading_cache *readings_cached(struct readings *readings, int64_t form,
				      int64_t value, struct number_manner manner,
				      bool *known);
/* Asks the processor for the place of a form and digits to come. */
void readings_fetch(const struct readings *readings, int64_t form, int64_t value);
/* Writes tables flag, reading and shown. */
enum status readings_store(const struct readings *readings,
			   struct casefile *casefile);

#endif
