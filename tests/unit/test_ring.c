/* SPDX-License-Identifier: Apache-2.0 */
/* A ring between two threads: all in order, never more than there is room for, and both come to an end. */
#include "base/thread/ring.h"

#include <stdlib.h>

#include "base/thread/thread.h"
#include "scratch.h"
#include "tap.h"

#define SLOTS 5
#define ITEMS 20000

struct bench {
	struct ring ring;
	uint64_t items[SLOTS], weights[SLOTS];
	uint64_t given;
};

/* Gives items by number until it is stopped or there are ITEMS. */
static void *give(void *context)
{
	struct bench *bench = context;
	uint64_t state = 4;
	size_t slot;

	while (bench->given < ITEMS && ring_room(&bench->ring, &slot)) {
		bench->weights[slot] = scratch_random(&state) % 100;
		bench->items[slot] = bench->given++;
		ring_give(&bench->ring, bench->weights[slot]);
	}
	ring_end(&bench->ring);
	return NULL;
}

/* Takes so many; how many came in order. */
static uint64_t take(struct bench *bench, uint64_t count)
{
	uint64_t taken = 0;
	size_t slot;

	while (taken < count && ring_take(&bench->ring, &slot) && bench->items[slot] == taken) {
		const size_t weight = bench->weights[slot];

		bench->items[slot] = UINT64_MAX;
		taken++;
		ring_release(&bench->ring, weight);
	}
	return taken;
}

static void test_threads(struct tap *tap, size_t most, const char *name)
{
	struct bench bench = { .given = 0 };
	pthread_t thread;
	size_t slot;
	bool good = ring_open(&bench.ring, SLOTS, most) && thread_start(&thread, give, &bench);

	if (good) {
		good = take(&bench, UINT64_MAX) == ITEMS && !ring_take(&bench.ring, &slot);
		(void)pthread_join(thread, NULL);
	}
	OK(tap, good && bench.given == ITEMS && bench.ring.weight == 0, "all, in order, %s", name);
	ring_close(&bench.ring);
}

static void test_stop(struct tap *tap)
{
	struct bench bench = { .given = 0 };
	pthread_t thread;
	bool good = ring_open(&bench.ring, SLOTS, SIZE_MAX) && thread_start(&thread, give, &bench);

	if (good) {
		good = take(&bench, 100) == 100;
		ring_stop(&bench.ring);
		(void)pthread_join(thread, NULL);
	}
	OK(tap, good && bench.given >= 100 && bench.given <= 100 + SLOTS, "stopped after 100");
	ring_close(&bench.ring);
}

/* One thread alone: where there is room it does not wait. */
static void test_alone(struct tap *tap)
{
	struct ring ring;
	size_t slot = 9, wrong = 0;

	OK(tap, ring_open(&ring, 2, 10), "a ring of two");
	for (size_t i = 0; i < 7; i++) {
		wrong += !ring_room(&ring, &slot) || slot != i % 2;
		ring_give(&ring, 20);
		wrong += !ring_take(&ring, &slot) || slot != i % 2;
		wrong += !ring_take(&ring, &slot) || slot != i % 2;
		ring_release(&ring, 20);
	}
	ring_settle(&ring);
	OK(tap, wrong == 0, "slots in turn, the one that is taken until it is released");
	ring_give(&ring, 1);
	ring_end(&ring);
	OK(tap, ring_take(&ring, &slot) && slot == 1, "what was given before the end is there");
	ring_release(&ring, 1);
	OK(tap, !ring_take(&ring, &slot), "and then nothing");
	ring_stop(&ring);
	OK(tap, !ring_room(&ring, &slot), "no room once it is stopped");
	ring_close(&ring);
	ring_close(&ring);
	OK(tap, !ring.open, "closed twice");
}

int main(void)
{
	struct tap tap = { 0 };

	test_alone(&tap);
	test_threads(&tap, SIZE_MAX, "whatever they weigh");
	test_threads(&tap, 150, "few at a time where they weigh much");
	test_threads(&tap, 0, "one at a time");
	test_stop(&tap);
	return tap_done(&tap);
}
