/* SPDX-License-Identifier: Apache-2.0 */
/* Which country an account is of, where its rows say so: the region of the national numbers in its calls. */
#ifndef UNSPOOF_NORMALISE_COUNTRIES_H
#define UNSPOOF_NORMALISE_COUNTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/dictionary.h"
#include "base/text.h"
#include "number/plan/numplan.h"

/* Regions by account. Zeroed is empty. */
struct countries {
	int16_t *regions; /* by account_key.id; 0: not said, below: said in two ways */
	size_t count, capacity;
	struct dictionary names; /* of accounts with a region, once settled */
	int16_t *named;          /* their regions, by number in names */
};

/* The region of a country's name: its ISO 3166 letters in either case, UK, GBR, USA, and the English names of these two
 * countries. 0: not known. Blanks around it do not count. */
int country_region(const struct numplan *plan, struct text name);

/* Notes the region, above 0, that a row says of an account. False: out of memory. *second says whether another row said
 * otherwise, and then no region is taken. */
bool countries_add(struct countries *countries, int64_t key, int region, bool *second);

/* Once all is noted: finds the regions by name as well. names has account_key.id less 1 by name. From then on any number
 * of threads may look regions up. False: out of memory. */
bool countries_settle(struct countries *countries, const struct dictionary *names);

/* Whether any account has a region. */
bool countries_known(const struct countries *countries);

/* The region of an account by its name, as in the dictionary that countries_settle() had; otherwise when none is known. */
int countries_of(const struct countries *countries, struct text name, int otherwise);

/* The region of an account by its key, as it was noted; 0: none, or two. */
int countries_of_key(const struct countries *countries, int64_t key);

/* Frees; releasing twice is safe. */
void countries_release(struct countries *countries);

#endif
