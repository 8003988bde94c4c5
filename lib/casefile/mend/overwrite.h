/* SPDX-License-Identifier: Apache-2.0 */
/* Overwriting what a case file no longer needs. */
#ifndef UNSPOOF_CASEFILE_MEND_OVERWRITE_H
#define UNSPOOF_CASEFILE_MEND_OVERWRITE_H

#include <stdbool.h>

#include "base/status.h"
#include "casefile/casefile.h"

/* From here on SQLite overwrites with zeros what is deleted; inside the transaction that
 * deletes it, which overwrite_free() ends. */
enum status overwrite_begin(struct casefile *casefile);
/* Overwrites all pages of the file that are free, also those that were freed before, and
 * notes that overwrite_finish() is due. */
enum status overwrite_free(struct casefile *casefile);

/* Notes that overwrite_finish() is due, for a run that is still to be added. Inside a
 * transaction. */
enum status overwrite_ask(struct casefile *casefile);

/* *due: a transaction that dropped something was committed, and pages that are in use may
 * still have copies of it, which SQLite leaves behind as it moves rows. */
enum status overwrite_due(struct casefile *casefile, bool *due);
/* If so, writes the file anew in place, which takes the room of a second one for that
 * time. Outside a transaction; a failure leaves the case as it was, and it is still
 * due. */
enum status overwrite_finish(struct casefile *casefile);

#endif
