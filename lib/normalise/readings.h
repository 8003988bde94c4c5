/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers read: what each came to, and an id for how. */
#ifndef UNSPOOF_NORMALISE_READINGS_H
#define UNSPOOF_NORMALISE_READINGS_H

#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "casefile/casefile.h"
#include "normalise/flags.h"
#include "number/read/number_carrier.h"

/* What a number's text came to. */
struct number_seen {
	int64_t e164;          /* 0: none */
	int64_t reading;       /* reading.id; 0: the text is empty */
};

/* Readings as ids: of the case, or those that one thread has met. Zeroed is
 * empty, but for the plan and the flags, which are borrowed. */
struct readings {
	const struct numplan *plan;
	const struct flag_table *flags;
	struct map64 ids;          /* what a reading is, packed, to its id */
	struct buf packed;         /* the same in order of id, 8 bytes each */
};

void readings_release(struct readings *readings);
/* What a reading is, packed: never 0. */
uint64_t readings_pack(const struct readings *readings, const struct reading *reading);
/* The id, from 1, of a packed reading; 0: out of memory. */
int64_t readings_id(struct readings *readings, uint64_t packed);
/* The packed reading of an id. */
uint64_t readings_packed(const struct readings *readings, int64_t id);
/* What a packed reading says of a text. */
enum number_class readings_class(uint64_t packed);
enum number_rule readings_rule(uint64_t packed);
/* What sort of reading it is. */
struct reading_sort {
	enum number_class class;
	enum number_rule rule;
	bool unsure;               /* another reading is as valid */
};

/* The sort of the reading of an id. */
struct reading_sort readings_sort(const struct readings *readings, int64_t id);
/* What a number that was read came to. False: out of memory. */
bool readings_see(struct readings *readings, const struct reading *reading,
		  struct number_seen *seen);
/* The same, which only the country that its row names makes of a text; unsure: the region of the source makes another valid
 * number of it. */
uint64_t readings_by_country(const struct readings *readings, uint64_t packed, bool unsure);
/* Reads a text, and gives no id: what it came to, packed; 0: it is empty, without even a
 * name. Any
 * number of threads may, also while ids are given. */
uint64_t readings_look(const struct readings *readings, struct text text,
		       struct number_manner manner, int64_t *e164);
/* Reads a text. False: out of memory. */
bool readings_read(struct readings *readings, struct text text,
		   struct number_manner manner, struct number_seen *seen);
/* Writes tables flag and reading. */
enum status readings_store(const struct readings *readings,
			   struct casefile *casefile);

#endif
