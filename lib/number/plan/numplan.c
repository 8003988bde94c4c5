/* SPDX-License-Identifier: Apache-2.0 */
/* The numbering plan: regions and calling codes by name. */
#include "number/plan/numplan.h"

#include <stdlib.h>

#include "number/plan/numplan_tables.h"

static int letter(char c)
{
	return c >= 'A' && c <= 'Z' ? c - 'A' : -1;
}

/* Place of a region's name in region_of, or -1. */
static int letters(const char *name, size_t len)
{
	if (len != 2 || letter(name[0]) < 0 || letter(name[1]) < 0)
		return -1;
	return letter(name[0]) * 26 + letter(name[1]);
}

static void note_code(struct numplan *plan, unsigned index)
{
	const struct numplan_code *code = &numplan_codes[index];
	unsigned span = code->len == 1 ? 100 : code->len == 2 ? 10 : 1;

	for (unsigned i = 0; i < span; i++)
		plan->code_of[code->country_code * span + i] = (uint8_t)(index + 1);
}

struct numplan *numplan_new(void)
{
	struct numplan *plan = calloc(1, sizeof(*plan));

	if (!plan)
		return NULL;
	for (unsigned i = 0; i < numplan_code_count; i++)
		note_code(plan, i);
	for (unsigned i = 0; i < numplan_record_count; i++) {
		int place = letters(numplan_records[i].region, numplan_records[i].region[2] ? 3 : 2);

		if (place >= 0)
			plan->region_of[place] = (uint8_t)(i + 1);
	}
	return plan;
}

void numplan_free(struct numplan *plan)
{
	free(plan);
}

const char *numplan_version(void)
{
	return numplan_tables_version;
}

const char *numplan_sha256(void)
{
	return numplan_tables_sha256;
}

int numplan_region(const struct numplan *plan, const char *name, size_t len)
{
	int place = letters(name, len);

	return place < 0 ? 0 : plan->region_of[place];
}

const char *numplan_region_name(const struct numplan *plan, int region)
{
	(void)plan;
	if (region <= 0 || (unsigned)region > numplan_record_count)
		return "ZZ";
	return numplan_records[region - 1].region;
}

int numplan_main_region(const struct numplan *plan, unsigned country_code)
{
	unsigned index;

	if (country_code == 0 || country_code > 999)
		return 0;
	index = plan->code_of[country_code < 10 ? country_code * 100 : country_code < 100 ? country_code * 10 : country_code];
	if (index == 0 || numplan_codes[index - 1].country_code != country_code)
		return 0;
	return numplan_codes[index - 1].first + 1;
}

unsigned numplan_calling_code(const struct numplan *plan, int region)
{
	(void)plan;
	if (region <= 0 || (unsigned)region > numplan_record_count)
		return 0;
	return numplan_codes[numplan_records[region - 1].code].country_code;
}

bool numplan_has_trunk(const struct numplan *plan, int region)
{
	(void)plan;
	return region > 0 && (unsigned)region <= numplan_record_count && numplan_records[region - 1].trunk;
}
