/* SPDX-License-Identifier: Apache-2.0 */
/* Memory that is refused: for programs linked with refuse_memory of tests/local.mk. */
#ifndef UNSPOOF_TESTS_UNIT_STARVE_H
#define UNSPOOF_TESTS_UNIT_STARVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/* Allocations of this program and the library that still succeed, then one that fails; negative: all succeed. */
static long starve_left = -1;
static bool starve_failed;

static inline bool starve_now(void)
{
	if (starve_left < 0 || starve_left-- > 0)
		return false;
	starve_failed = true;
	return true;
}

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
int __real_posix_memalign(void **out, size_t align, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
int __wrap_posix_memalign(void **out, size_t align, size_t size);

void *__wrap_malloc(size_t size)
{
	return starve_now() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return starve_now() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	return starve_now() ? NULL : __real_realloc(old, size);
}

int __wrap_posix_memalign(void **out, size_t align, size_t size)
{
	return starve_now() ? 12 /* ENOMEM */ : __real_posix_memalign(out, align, size);
}

/*
 * Calls try() again and again, with the first allocation refused, the second, ... until none was. Gives how many were,
 * or -1 when try() said true though one was, or false though none was. try() frees what it has made.
 */
static inline int starve(bool (*try)(void *context), void *context)
{
	int refused = 0;

	for (;; refused++) {
		bool good;

		starve_failed = false;
		starve_left = refused;
		good = try(context);
		starve_left = -1;
		if (good == starve_failed)
			return -1;
		if (good)
			return refused;
	}
}

#endif
