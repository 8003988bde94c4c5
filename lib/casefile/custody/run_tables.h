/* SPDX-License-Identifier: Apache-2.0 */
/* Column tables of a run: digests of what is the same for all who do the same. */
#ifndef UNSPOOF_CASEFILE_CUSTODY_RUN_TABLES_H
#define UNSPOOF_CASEFILE_CUSTODY_RUN_TABLES_H

#include <stdbool.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* Adds a member, `"name":"hex"`, and a comma before it where there is one already. */
void run_tables_add(struct buf *out, const char *name, const char hex[static DIGEST_HEX]);
/* The digest of a table in a JSON object of such members and nothing else, which one that
 * was changed need not be; false: it has none. */
bool run_tables_find(struct text tables, const char *name, char hex[static DIGEST_HEX]);
/* Adds column tables of the last run that left a seal of a layer; STATUS_END: none did. */
enum status run_tables_last(struct casefile *casefile, enum layer layer, struct buf *out);

#endif
