/* SPDX-License-Identifier: Apache-2.0 */
/* Forms of fields that stand side by side in a record, looked at as one text: of times, seconds, costs and statuses a log
 * has few, and few of them together. */
#ifndef UNSPOOF_CASEFILE_FORM_FORMSPAN_H
#define UNSPOOF_CASEFILE_FORM_FORMSPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cpu.h"
#include "base/text.h"
#include "casefile/form/formcache.h"

/* Fields of a record, and those of them that are looked at together. */
#define FORMSPAN_TEXTS 16
#define FORMSPAN_FIELDS 4

struct formspans;

/* For the fields in these columns, count of them, FORMSPAN_TEXTS at most. few: which of them may
 * have few forms; only those in columns one behind another are looked at together. For a level
 * that cpu_has(). NULL: no memory. */
struct formspans *formspans_new(const size_t *columns, const bool *few, size_t count, enum cpu_level level);
void formspans_free(struct formspans *spans);   /* NULL is safe */

/* Whether some are looked at together; else formcache_find is as good. */
bool formspans_any(const struct formspans *spans);

/* The same as formcache_find does for these fields, of which each forms[i] is what the cache has. It learns
 * from it. texts[which[i]] are in an array that has them one behind another where the columns are. */
size_t formspans_find(struct formspans *spans, const struct formcache *cache, const struct text *texts,
		      const size_t *which, int64_t *forms, int64_t *values);

#endif
