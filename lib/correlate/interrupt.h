/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the user wants to stop, asked now and then. */
#ifndef UNSPOOF_CORRELATE_INTERRUPT_H
#define UNSPOOF_CORRELATE_INTERRUPT_H

#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"

/* Begins as { casefile, observer, 0 }. Of one thread. */
struct interrupt {
	struct casefile *casefile;         /* for the error */
	const struct observer *observer;   /* may be NULL */
	uint32_t count;                    /* of calls */
};

/* To be called for each of many things. STATUS_INTERRUPTED, with the error of the
 * case set: to stop. */
static inline enum status interrupt_ask(struct interrupt *interrupt)
{
	if (++interrupt->count % 4096 || !observer_interrupted(interrupt->observer))
		return STATUS_OK;
	return error_set(&interrupt->casefile->error, STATUS_INTERRUPTED,
			 "interrupted; the case is as it was before");
}

#endif
