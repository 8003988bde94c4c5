/* SPDX-License-Identifier: Apache-2.0 */
/* What no output may take the place of: the sources of a case, and the case. */
#ifndef UNSPOOF_CASEFILE_MEND_GUARD_H
#define UNSPOOF_CASEFILE_MEND_GUARD_H

#include "base/status.h"
#include "casefile/casefile.h"

/*
 * STATUS_OK: a file may be written at the path. STATUS_FAILED, and the error says what it
 * is: the case, its journal, its log or another file that is made beside it, by name whether
 * it is there or not; or, through links of any kind, a source of the case, also one that was
 * dropped: a file at a path that the case names, from here or from the folder of the
 * case, or one of the same size and SHA-256.
 */
enum status guard_output(struct casefile *casefile, const char *path);

#endif
