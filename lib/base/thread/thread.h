/* SPDX-License-Identifier: Apache-2.0 */
/* Threads of the library's own, which no signal is handled on. */
#ifndef UNSPOOF_BASE_THREAD_THREAD_H
#define UNSPOOF_BASE_THREAD_THREAD_H

#include <pthread.h>
#include <stdbool.h>

/* Starts a thread with all signals blocked, so that those of the user come to
 * a thread of the caller's. False: it cannot be started. The caller joins it. */
bool thread_start(pthread_t *thread, void *(*work)(void *context), void *context);

#endif
