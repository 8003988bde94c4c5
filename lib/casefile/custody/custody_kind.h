/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of what is done to data, which a log must tell apart: Directive (EU) 2016/680, Article 25(1); Data
 * Protection Act 2018 (United Kingdom), section 62(1). */
#ifndef UNSPOOF_CASEFILE_CUSTODY_CUSTODY_KIND_H
#define UNSPOOF_CASEFILE_CUSTODY_CUSTODY_KIND_H

#include <stdbool.h>

#include "base/text.h"

enum custody_kind {
	CUSTODY_COLLECTION,
	CUSTODY_ALTERATION,
	CUSTODY_CONSULTATION,
	CUSTODY_DISCLOSURE,
	CUSTODY_COMBINATION,
	CUSTODY_ERASURE,
	CUSTODY_KINDS
};

/* "collection" and so on; static. */
const char *custody_kind_name(enum custody_kind kind);
/* False: it is no kind. */
bool custody_kind_find(struct text name, enum custody_kind *kind);
/* That of a run, by its command and its outputs, which are JSON as command_record() has them: what takes sources in is
 * a collection; what takes them out an erasure; what reads one again in its place an alteration, and so is all that
 * changes what is understood or decided; what ties rows of sources together is a combination. */
enum custody_kind custody_kind_of_run(struct text command, struct text outputs);

#endif
