/* SPDX-License-Identifier: Apache-2.0 */
/* What the processor can do at once, in levels, and holding a program to a lower
 * one. Whatever has a way of its own for a level has it in a file of its own. */
#ifndef UNSPOOF_BASE_CPU_H
#define UNSPOOF_BASE_CPU_H

#include <stdbool.h>

/* Whether there are levels above CPU_PLAIN: others are compiled for no machine but
 * this, by compilers that know these attributes. */
#if defined(__x86_64__) && defined(__GNUC__)
#define CPU_X86 1
#else
#define CPU_X86 0
#endif

/* Each has what those before it have. Results do not depend on it. */
enum cpu_level {
	CPU_PLAIN,      /* C: any machine */
	CPU_SSE2,       /* every x86-64 */
	CPU_AVX2,       /* most since 2013 */
	CPU_AVX512      /* Ice Lake, Zen 4 and later */
};

#define CPU_LEVELS 4

/* The features of a level, which its code is compiled for and its machines are
 * asked for: FEATURE("avx2") THEN FEATURE("bmi") ... */
#define CPU_FEATURES_AVX2(FEATURE, THEN) \
	FEATURE("avx2") THEN FEATURE("bmi") THEN FEATURE("popcnt")
#define CPU_FEATURES_AVX512(FEATURE, THEN) \
	CPU_FEATURES_AVX2(FEATURE, THEN) \
	THEN FEATURE("bmi2") THEN FEATURE("pclmul") THEN FEATURE("avx512f") \
	THEN FEATURE("avx512bw") THEN FEATURE("avx512dq") \
	THEN FEATURE("avx512vl") THEN FEATURE("avx512vbmi") \
	THEN FEATURE("avx512vbmi2")

#define CPU_FEATURE_NAME(name) name

/* Of a function that may use a level's instructions; it is called where
 * cpu_has() has said so. SSE2 needs none. */
#if CPU_X86
#define CPU_TARGET_AVX2 \
	__attribute__((target(CPU_FEATURES_AVX2(CPU_FEATURE_NAME, ","))))
#define CPU_TARGET_AVX512 \
	__attribute__((target(CPU_FEATURES_AVX512(CPU_FEATURE_NAME, ","))))
#endif

/* Whether the machine has a level, and the program is not held to a lower one. */
bool cpu_has(enum cpu_level level);

/* The highest that cpu_has(). */
enum cpu_level cpu_level(void);

/* Holds the program to a level. False, and nothing changes: the machine has it
 * not, or it is held to a lower one. It is for the start of a program, before
 * anything else of the library is called and before there are threads: from then
 * on the limit is only read, so that nobody sees it change. Without a call there
 * is no limit. */
bool cpu_limit(enum cpu_level level);

/* "plain", "sse2", "avx2", "avx512". Static. */
const char *cpu_name(enum cpu_level level);

/* The level of a name. False, with *level left alone: it is none. */
bool cpu_named(const char *name, enum cpu_level *level);

#endif
