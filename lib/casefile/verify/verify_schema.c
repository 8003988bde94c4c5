/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a case: what it is made of, where it was refused for that. */
#include "casefile/guard/schema_guard.h"
#include "casefile/verify/verify_segments.h"

struct schema_check {
	const struct observer *observer;
	struct verify_counts *counts;
};

static void tell(void *context, const char *what)
{
	struct schema_check *check = context;

	verify_fail(check->observer, check->counts, text_of(what));
}

enum status verify_schema(struct casefile *casefile, const struct observer *observer,
			  struct verify_counts *counts)
{
	const struct error refused = casefile->error;
	struct schema_check check = { observer, counts };
	const enum status status = schema_guard_each(casefile, tell, &check);

	if (status == STATUS_OK && counts->failures == 0)
		casefile->error = refused;
	if (status != STATUS_OK || counts->failures == 0)
		return casefile->error.status;
	observer_notice(observer, "another program altered what the case is made of, so that "
				  "nothing else in it was checked: go back to a copy of it from "
				  "before, or make it anew from its sources");
	return STATUS_OK;
}
