/* SPDX-License-Identifier: Apache-2.0 */
/* Whether there is what options and profiles name. */
#include "ingest/plan/given_names.h"

#include "base/money/currency.h"
#include "base/time/zone_name.h"
#include "number/plan/region.h"

#define GIVEN_PROBLEM 512

_Static_assert(GIVEN_PROBLEM >= ZONE_PROBLEM && GIVEN_PROBLEM >= REGION_PROBLEM && GIVEN_PROBLEM >= CURRENCY_PROBLEM,
	       "all that is said of a name has room");

static enum status find(enum given_name what, const char *given, char out[GIVEN_PROBLEM])
{
	const struct text text = text_of(given);
	struct currency currency;

	switch (what) {
	case GIVEN_ZONE:
		return zone_check(given, out);
	case GIVEN_REGION:
		if (region_given(text))
			return STATUS_OK;
		(void)region_problem(text, out);
		return STATUS_USAGE;
	case GIVEN_CURRENCY:
		break;
	}
	if (currency_find(text, &currency))
		return STATUS_OK;
	(void)currency_problem(text, out);
	return STATUS_USAGE;
}

enum status given_name_check(enum given_name what, const char *given, const char *place, struct error *error)
{
	char problem[GIVEN_PROBLEM], shown[80];
	const enum status status = find(what, given, problem);

	if (status == STATUS_OK)
		return status;
	if (status == STATUS_MEMORY)
		return error_memory(error);
	(void)error_set(error, status, "%s '%s': %s", place, text_escape(text_of(given), shown, sizeof(shown)), problem);
	error->fault = status != STATUS_USAGE;
	return status;
}
