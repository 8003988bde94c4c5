/* SPDX-License-Identifier: Apache-2.0 */
/* Whether rows with columns of their own can be read by those that others have. */
#ifndef UNSPOOF_INGEST_JSON_JSON_ALIKE_H
#define UNSPOOF_INGEST_JSON_JSON_ALIKE_H

#include <stdbool.h>

#include "base/table/dictionary.h"
#include "ingest/json/json_columns.h"
#include "ingest/plan/plan.h"

/* Sets of columns that are kept at most; rows with another are looked at each time. */
#define JSON_SETS_MOST 65536

/* *alike: whether what the rows of others have in the columns that their plan reads is found in
 * columns that this plan reads, in the same order of keys; theirs NULL: whether all that they
 * have is found. False: no memory. */
bool json_columns_alike(const struct json_columns *columns, const struct plan *plan,
			const struct json_columns *others, const struct plan *theirs, bool *alike);

/* Sets of columns that are known to be alike: of what rows have themselves, in its order.
 * Zeroed is empty. */
struct json_sets {
	struct dictionary hashes;
};

/* False: no memory. */
bool json_sets_add(struct json_sets *sets, const struct json_columns *columns);
bool json_sets_has(const struct json_sets *sets, const struct json_columns *columns, bool *has);
void json_sets_release(struct json_sets *sets);

#endif
