/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the rows of sources with members again. */
#ifndef UNSPOOF_INGEST_REREAD_REREAD_SHARED_H
#define UNSPOOF_INGEST_REREAD_REREAD_SHARED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/reread/reread.h"

/* Reads the members of the sources that have some and came from a folder or archive of a
 * path again, from where that is now. Those of a folder are hashed, each a file more
 * in verified; of an archive that has another hash nothing is read. *any: there are such
 * sources. STATUS_OK also when something does not hold. */
enum status reread_shared(struct reread *reread, const char *path, const char *where,
			  bool *any);

#endif
