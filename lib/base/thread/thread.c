/* SPDX-License-Identifier: Apache-2.0 */
/* Threads of the library's own. */
#include "base/thread/thread.h"

#include <signal.h>

bool thread_start(pthread_t *thread, void *(*work)(void *context), void *context)
{
	sigset_t all, before;
	bool started;

	if (sigfillset(&all) != 0 || pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
		return false;
	started = pthread_create(thread, NULL, work, context) == 0;
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}
