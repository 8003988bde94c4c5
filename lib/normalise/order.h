/* SPDX-License-Identifier: Apache-2.0 */
/* Which of day and month stands first in the dates of each source. */
#ifndef UNSPOOF_NORMALISE_ORDER_H
#define UNSPOOF_NORMALISE_ORDER_H

#include "casefile/form/form.h"
#include "normalise/notes.h"
#include "normalise/source_sense.h"

struct order_given {
	struct casefile *casefile;
	const struct forms *forms;
	const struct source_senses *sources;   /* whose order is settled */
	struct notes *notes;
	enum moment_order otherwise;           /* where no row proves it */
};

/* A source that contradicts itself, or that proves nothing where nothing else is
 * said, fails. */
enum status order_settle(const struct order_given *given);

#endif
