/* SPDX-License-Identifier: Apache-2.0 */
/* The levels of the processor: their names and order, and that a program held to one stays there. */
#include "base/cpu.h"

#include "casefile/column/packing.h"
#include "casefile/form/formcache.h"
#include "casefile/segment/delta_kernel.h"
#include "ingest/delimited/cut.h"
#include "normalise/calls/number_blocks.h"
#include "tap.h"

static void test_names(struct tap *tap)
{
	static const char *const wrong_names[] = { "", "PLAIN", "avx", "avx2 ", "avx5122" };
	enum cpu_level level = CPU_AVX2;
	unsigned wrong = 0;

	for (enum cpu_level each = 0; each < CPU_LEVELS; each++)
		wrong += !cpu_named(cpu_name(each), &level) || level != each;
	OK(tap, wrong == 0, "a level has the name that names it");
	level = CPU_AVX2;
	for (size_t i = 0; i < sizeof wrong_names / sizeof *wrong_names; i++)
		wrong += cpu_named(wrong_names[i], &level) || level != CPU_AVX2;
	OK(tap, wrong == 0, "what is no name leaves the level alone");
}

/* Whether all that is chosen is that of a level. */
static bool chosen(enum cpu_level level)
{
	struct number_blocks blocks;
	const bool good = number_blocks_open(&blocks, NULL) && blocks.known == number_blocks_choose(level) &&
			  packing_fastest() == packing_choose(level) && formcache_fastest() == formcache_choose(level) &&
			  delta_kernel_fastest() == delta_kernel_choose(level) && cut_fastest() == cut_choose(level);

	number_blocks_release(&blocks);
	return good;
}

static void test_levels(struct tap *tap)
{
	const enum cpu_level highest = cpu_level();
	unsigned wrong = 0;

	for (enum cpu_level level = 0; level < CPU_LEVELS; level++)
		wrong += cpu_has(level) != (level <= highest);
	OK(tap, wrong == 0 && (CPU_X86 ? highest >= CPU_SSE2 : highest == CPU_PLAIN), "a machine has all up to its highest, %s",
	   cpu_name(highest));
	OK(tap, chosen(highest), "and the highest is taken");
	for (enum cpu_level level = highest + 1; level < CPU_LEVELS; level++)
		OK(tap, !cpu_limit(level) && cpu_level() == highest, "%s it has not", cpu_name(level));
}

/* From the highest down: a limit is never lifted. */
static void test_limits(struct tap *tap)
{
	const enum cpu_level highest = cpu_level();

	for (unsigned below = 0; below <= highest; below++) {
		const enum cpu_level level = highest - below;

		OK(tap, cpu_limit(level) && cpu_level() == level && chosen(level), "held to %s", cpu_name(level));
		OK(tap, level == highest || (!cpu_has(level + 1) && !cpu_limit(level + 1) && cpu_level() == level),
		   "and no more to a higher one");
	}
}

int main(void)
{
	struct tap tap = { 0 };

	test_names(&tap);
	test_levels(&tap);
	test_limits(&tap);
	return tap_done(&tap);
}
