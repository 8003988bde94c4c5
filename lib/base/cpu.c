/* SPDX-License-Identifier: Apache-2.0 */
/* The levels of the processor. */
#include "base/cpu.h"

#include <stddef.h>
#include <string.h>

static const char *const names[CPU_LEVELS] = { "plain", "sse2", "avx2", "avx512" };

/* Written by cpu_limit() alone, before there are threads. */
static enum cpu_level limit = CPU_LEVELS - 1;

#if CPU_X86

static bool machine_has(enum cpu_level level)
{
	switch (level) {
	case CPU_AVX512:
		return CPU_FEATURES_AVX512(__builtin_cpu_supports, &&);
	case CPU_AVX2:
		return CPU_FEATURES_AVX2(__builtin_cpu_supports, &&);
	case CPU_SSE2:
	case CPU_PLAIN:
		break;
	}
	return true;
}

#else

static bool machine_has(enum cpu_level level)
{
	return level == CPU_PLAIN;
}

#endif

bool cpu_has(enum cpu_level level)
{
	return level <= limit && machine_has(level);
}

enum cpu_level cpu_level(void)
{
	enum cpu_level level = limit;

	while (!machine_has(level))
		level--;
	return level;
}

bool cpu_limit(enum cpu_level level)
{
	if (!cpu_has(level))
		return false;
	limit = level;
	return true;
}

const char *cpu_name(enum cpu_level level)
{
	return names[level];
}

bool cpu_named(const char *name, enum cpu_level *level)
{
	for (size_t i = 0; i < CPU_LEVELS; i++)
		if (!strcmp(name, names[i])) {
			*level = (enum cpu_level)i;
			return true;
		}
	return false;
}
