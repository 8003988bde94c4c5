/* SPDX-License-Identifier: Apache-2.0 */
/* What was found of rows that are there twice, in words. */
#ifndef UNSPOOF_NORMALISE_DUPLICATES_TWIN_TELL_H
#define UNSPOOF_NORMALISE_DUPLICATES_TWIN_TELL_H

#include "base/status.h"
#include "casefile/casefile.h"
#include "normalise/duplicates/twin_judge.h"
#include "normalise/notes.h"
#include "normalise/source_sense.h"

struct twin_tell_given {
	struct casefile *casefile;
	const struct source_senses *sources;
	struct notes *notes;
	const struct twin_tallies *tallies;    /* by place of the source */
};

/* A remark a source and finding. */
enum status twin_tell(const struct twin_tell_given *given);

#endif
