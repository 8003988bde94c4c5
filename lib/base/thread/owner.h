/* SPDX-License-Identifier: Apache-2.0 */
/* That a thing which one thread at a time may use is used so. */
#ifndef UNSPOOF_BASE_THREAD_OWNER_H
#define UNSPOOF_BASE_THREAD_OWNER_H

/* ThreadSanitizer does not see into libraries that are not built with it, so that
 * two threads which use one handle of such a library go unseen. A build with a
 * sanitizer (configure defines UNSPOOF_OWNERS) notes whose a handle is; others
 * note nothing. */

#ifdef UNSPOOF_OWNERS

#include <stdatomic.h>

/* Zeroed is nobody's yet. */
struct owner {
	atomic_ulong thread;    /* its number from 1; 0: nobody's */
};

/* Before each use: the thing is the thread's from its first use on. Ends the
 * program by abort() where it is another thread's. */
void owner_use(struct owner *owner);
/* The thread is done with it: it becomes that of the next to use it, whom the
 * caller makes wait until now. */
void owner_hand_over(struct owner *owner);

#else

struct owner {
	char none;
};

static inline void owner_use(struct owner *owner)
{
	(void)owner;
}

static inline void owner_hand_over(struct owner *owner)
{
	(void)owner;
}

#endif
#endif
