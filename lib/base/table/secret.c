/* SPDX-License-Identifier: Apache-2.0 */
/* Random numbers that no evidence was made for, drawn once. */
#include "base/table/secret.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/random.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct secret secret;
static bool drawn;

static void draw(void)
{
	char *bytes = (char *)&secret;
	size_t len = 0;

	while (len < sizeof(secret)) {
		const ssize_t got = getrandom(bytes + len, sizeof(secret) - len, 0);

		if (got < 0 && errno != EINTR)
			return;
		len += got > 0 ? (size_t)got : 0;
	}
	secret.times |= 1;
	secret.second |= 1;
	drawn = true;
}

const struct secret *secret_get(void)
{
	if (pthread_once(&once, draw) != 0 || !drawn)
		return NULL;
	return &secret;
}
