/* SPDX-License-Identifier: Apache-2.0 */
/* A SHA-256 of bytes as they come, which remembers those of its beginnings. */
#include "base/digest/trail.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"

struct trail {
	struct digest *digest;
	uint64_t bytes;             /* added */
	pthread_mutex_t lock;       /* of what follows */
	struct prefix marks[TRAIL_MARKS];   /* a ring */
	uint64_t marked;            /* marks so far */
};

struct trail *trail_new(void)
{
	/* What is not marked yet is not read. */
	struct trail *trail = memory_array(NULL, 1, sizeof(*trail));

	if (!trail)
		return NULL;
	trail->bytes = trail->marked = 0;
	trail->digest = digest_new();
	if (trail->digest && pthread_mutex_init(&trail->lock, NULL) == 0)
		return trail;
	digest_free(trail->digest);
	free(trail);
	return NULL;
}

void trail_free(struct trail *trail)
{
	if (!trail)
		return;
	(void)pthread_mutex_destroy(&trail->lock);
	digest_free(trail->digest);
	free(trail);
}

void trail_hand_over(struct trail *trail)
{
	digest_hand_over(trail->digest);
}

static struct prefix *mark_at(struct trail *trail, uint64_t number)
{
	return &trail->marks[number % TRAIL_MARKS];
}

/* Where bytes come a few at a time the last mark moves along, so that the marks
 * reach far back. */
static void place(struct trail *trail, const struct prefix *now)
{
	uint64_t before = trail->marked > 1
				  ? mark_at(trail, trail->marked - 2)->bytes
				  : 0;

	if (trail->marked == 0 || now->bytes - before > TRAIL_STEP)
		trail->marked++;
	*mark_at(trail, trail->marked - 1) = *now;
}

bool trail_add(struct trail *trail, const void *data, size_t len)
{
	struct prefix now = { .bytes = trail->bytes + len };

	if (len == 0)
		return true;
	if (!digest_add(trail->digest, data, len) ||
	    !digest_so_far(trail->digest, now.sha256))
		return false;
	trail->bytes = now.bytes;
	(void)pthread_mutex_lock(&trail->lock);
	place(trail, &now);
	(void)pthread_mutex_unlock(&trail->lock);
	return true;
}

bool trail_end(struct trail *trail, char hex[static DIGEST_HEX])
{
	return digest_end(trail->digest, hex);
}

/* The number of the first mark that is long enough; they grow. */
static uint64_t find(struct trail *trail, uint64_t least)
{
	uint64_t to = trail->marked;
	uint64_t from = to > TRAIL_MARKS ? to - TRAIL_MARKS : 0;

	while (from < to) {
		uint64_t middle = from + (to - from) / 2;

		if (mark_at(trail, middle)->bytes < least)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

bool trail_mark(struct trail *trail, uint64_t least, struct prefix *prefix)
{
	uint64_t number;
	bool found;

	(void)pthread_mutex_lock(&trail->lock);
	number = find(trail, least);
	found = number < trail->marked;
	if (found)
		*prefix = *mark_at(trail, number);
	(void)pthread_mutex_unlock(&trail->lock);
	return found;
}
