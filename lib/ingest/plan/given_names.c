/* SPDX-License-Identifier: Apache-2.0 */
/* Whether there is what options and profiles name. */
#include "ingest/plan/given_names.h"

#include "base/money/currency.h"
#include "base/time/zone_name.h"
#include "number/plan/region.h"

_Static_assert(GIVEN_PROBLEM >= ZONE_PROBLEM && GIVEN_PROBLEM >= REGION_PROBLEM && GIVEN_PROBLEM >= CURRENCY_PROBLEM,
	       "all that is said of a name has room");

enum status given_name_check(enum given_name what, const char *given, char out[GIVEN_PROBLEM])
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
