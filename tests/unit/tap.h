/* SPDX-License-Identifier: Apache-2.0 */
/* Test programs that speak TAP: one line a check, the plan at the end. */
#ifndef UNSPOOF_TESTS_UNIT_TAP_H
#define UNSPOOF_TESTS_UNIT_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The checks so far; starts as zeros. */
struct tap {
	unsigned count;
	unsigned failed;
};

/* Prints one check, called by a printf format; where it failed goes before it as a comment. */
__attribute__((format(printf, 5, 6))) static inline void tap_check(struct tap *tap, bool good, const char *file, int line,
								    const char *name, ...)
{
	va_list args;

	tap->count++;
	if (!good) {
		tap->failed++;
		printf("# failed at %s:%d\n", file, line);
	}
	printf("%sok %u - ", good ? "" : "not ", tap->count);
	va_start(args, name);
	vprintf(name, args);
	va_end(args);
	putchar('\n');
}

/* Prints a check that could not be made here, and why. */
static inline void tap_skip(struct tap *tap, const char *name, const char *why)
{
	printf("ok %u - %s # SKIP %s\n", ++tap->count, name, why);
}

/* Prints the plan; what main() returns. */
static inline int tap_done(const struct tap *tap)
{
	printf("1..%u\n", tap->count);
	return fflush(stdout) != 0 || tap->failed > 0;
}

/* Whether two texts are equal; NULL equals NULL only. */
static inline bool tap_same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* OK(&tap, condition, "name %d", ...) */
#define OK(tap, good, ...) tap_check((tap), (good), __FILE__, __LINE__, __VA_ARGS__)

#endif
