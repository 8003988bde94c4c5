/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a case: the same for all who did the same with the same files. */
#ifndef UNSPOOF_CASEFILE_CUSTODY_CASE_DIGEST_H
#define UNSPOOF_CASEFILE_CUSTODY_CASE_DIGEST_H

#include "base/digest/digest.h"
#include "base/status.h"
#include "casefile/casefile.h"

/*
 * The digest of a case, from those that its runs stored; hex is empty as long as there is
 * none: nothing is ingested, or sources are in no run yet.
 *
 * SHA-256, in lower-case hexadecimal digits, over each sealed table of each layer that is
 * there, in byte order of their names: its name and its digest, each as a value of type t
 * of seal.h, so `t6:sourcet64:` and the 64 digits. The digest of a table is that of its
 * seal, but over the columns `shared` of the schema where it has them. So it has neither
 * runs nor paths nor what a host, its clock, threads, pages, locale or user make
 * different. Column tables of the last run of each layer stores the digests of its
 * tables. A layer that was decided is there once a run sealed it.
 *
 * STATUS_INTEGRITY: a run has none of a table; `unspoof verify` holds them against the
 * rows.
 */
enum status case_digest_read(struct casefile *casefile, char hex[static DIGEST_HEX]);

#endif
