/* SPDX-License-Identifier: Apache-2.0 */
/* A region as a user gives it. */
#include "cmd/common/region_option.h"

#include "number/plan/region.h"

enum status region_option(struct invocation *inv, const char **region)
{
	const struct text given = text_of(*region);
	char shown[40], problem[REGION_PROBLEM];

	if (!given.data)
		return STATUS_OK;
	*region = region_given(given);
	if (*region && region_renamed(given))
		observer_notice(&inv->observer, "--region UK is taken as %s", *region);
	if (*region)
		return STATUS_OK;
	return command_usage(inv, "--region '%s': %s", text_escape(given, shown, sizeof(shown)), region_problem(given, problem));
}
