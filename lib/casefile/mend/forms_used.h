/* SPDX-License-Identifier: Apache-2.0 */
/* Forms that no call has any more. */
#ifndef UNSPOOF_CASEFILE_MEND_FORMS_USED_H
#define UNSPOOF_CASEFILE_MEND_FORMS_USED_H

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"

/* Reads all segments, on so many threads, and empties each form that none of them
 * names: its mask becomes `\dropped ID`, which is the mask of no text, so that ids stay
 * in sequence and nothing of a source that was taken out does. Inside a transaction. */
enum status forms_empty_unused(struct casefile *casefile, unsigned threads,
			       const struct observer *observer);

#endif
