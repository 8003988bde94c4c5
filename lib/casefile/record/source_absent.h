/* SPDX-License-Identifier: Apache-2.0 */
/* The words that are no value in each source, as they are recorded with it. */
#ifndef UNSPOOF_CASEFILE_RECORD_SOURCE_ABSENT_H
#define UNSPOOF_CASEFILE_RECORD_SOURCE_ABSENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/absent.h"
#include "base/status.h"
#include "casefile/casefile.h"

struct source_absent_list;
struct source_absent_item;

/* Zeroed is empty. Once loaded it never changes. */
struct source_absent {
	struct source_absent_item *items;   /* in order of the ids of the sources */
	size_t count, capacity;
	struct source_absent_list *lists;   /* each once */
};

/* Reads them for all sources; release them also after a failure. */
enum status source_absent_load(struct source_absent *absent, struct casefile *casefile);
void source_absent_release(struct source_absent *absent);
/* Those of a source; sources with the same words have the same list. Never NULL: an empty
 * list where there is no such source. */
const struct absents *source_absent_of(const struct source_absent *absent, int64_t source);

#endif
