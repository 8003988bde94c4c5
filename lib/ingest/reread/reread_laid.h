/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a file where they lie by what the case says: those that were chosen are read
 * again, and so is all that is no accepted row. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_LAID_H
#define UNSPOOF_INGEST_REREAD_REREAD_LAID_H

#include <stdbool.h>

#include "base/digest/digest.h"
#include "base/status.h"
#include "ingest/reread/reread.h"
#include "ingest/reread/reread_sources.h"

/*
 * Compares a source with the file that was hashed ahead, where that is of its content and
 * its rows were found in the check of the segments:
 *
 * - accepted rows, and what lies between them, tile the file: each row of the case is one line
 *   of it, where the case says, or is read again by itself;
 * - what lies between them is read again, and is no accepted row; there are as many
 *   rejected and skipped ones as the case says;
 * - chosen rows are read again, and have the values that the case has.
 *
 * *holds: all that does, and is counted as reread_member() does, and sha256 is set. Else
 * nothing was told nor counted: what it is that does not hold is found by reading the file from
 * its beginning. Any status but STATUS_OK: it cannot go on.
 */
enum status reread_laid(struct reread *reread, const char *path,
			struct candidate *candidate, char sha256[static DIGEST_HEX], bool *holds);

#endif
