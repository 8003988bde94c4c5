/* SPDX-License-Identifier: Apache-2.0 */
/* That a thing which one thread at a time may use is used so: for builds with a
 * sanitizer. */
#include "base/thread/owner.h"

#ifdef UNSPOOF_OWNERS

#include <stdlib.h>

/* The numbers of threads, none of which is used again, as what pthread_self()
 * gives may be. */
static atomic_ulong threads;
static _Thread_local unsigned long self;

static unsigned long number_of_self(void)
{
	if (self == 0)
		self = atomic_fetch_add(&threads, 1) + 1;
	return self;
}

void owner_use(struct owner *owner)
{
	unsigned long whose = 0;

	if (!atomic_compare_exchange_strong(&owner->thread, &whose,
					    number_of_self()) &&
	    whose != number_of_self())
		abort();
}

void owner_hand_over(struct owner *owner)
{
	owner_use(owner);
	atomic_store(&owner->thread, 0);
}

#else

/* ISO C wants something in every file. */
extern struct owner owner_none;

#endif
