/* SPDX-License-Identifier: Apache-2.0 */
/* How many accounts are left, step by step. */
#include "correlate/funnel.h"

#include <inttypes.h>
#include <string.h>

#include "base/money/decimal.h"
#include "casefile/sql.h"

struct funnel_step {
	const char *text;
	uint64_t kept;
};

/* The accounts of a person, each step of those that the step before kept. */
static void count_person(const struct funnel_given *given, uint32_t person, bool over,
			 struct funnel_step steps[4])
{
	const struct persons *persons = given->figures->persons;

	for (uint32_t i = persons->starts[person]; i < persons->starts[person + 1]; i++) {
		const struct figures *account = &given->figures->accounts[persons->members[i]];

		steps[0].kept++;
		steps[1].kept += account->calls != 0;
		steps[2].kept += account->calls && account->payments;
		steps[3].kept += account->calls && account->payments && over;
	}
}

static enum status count_funnel(const struct funnel_given *given, struct funnel_step steps[4])
{
	enum status status = STATUS_OK;
	struct figures sum;

	for (uint32_t person = 1; person <= given->figures->persons->count && status == STATUS_OK; person++) {
		status = person_figures_of(given->casefile, given->figures, person, &sum);
		count_person(given, person, figures_spend(&sum) >= given->settings->threshold, steps);
	}
	return status;
}

static enum status write_funnel(const struct funnel_given *given,
				sqlite3_stmt *insert,
				const struct funnel_step steps[4])
{
	enum status status = STATUS_OK;

	for (int i = 0; i < 4 && status == STATUS_OK; i++) {
		uint64_t before = steps[i ? i - 1 : 0].kept;
		uint64_t dropped = before - steps[i].kept;

		bind_integer(insert, 1, i + 1);
		bind_cstring(insert, 2, steps[i].text);
		bind_integer(insert, 3, (int64_t)steps[i].kept);
		bind_integer(insert, 4, (int64_t)dropped);
		status = casefile_run(given->casefile, insert);
		observer_notice(given->observer,
				"funnel: %s: kept %" PRIu64 ", dropped %" PRIu64,
				steps[i].text, steps[i].kept, dropped);
	}
	return status;
}

enum status funnel_write(const struct funnel_given *given)
{
	struct funnel_step steps[4] = {
		{ "all accounts", 0 },
		{ "accounts with a call", 0 },
		{ "of these, accounts with a confirmed payment", 0 },
		{ NULL, 0 },
	};
	struct buf text = { 0 };
	char threshold[DECIMAL_TEXT];
	sqlite3_stmt *insert = casefile_prepare(
		given->casefile, "INSERT INTO funnel(step, text, kept, dropped)"
			     " VALUES(?, ?, ?, ?)");
	enum status status = insert ? STATUS_OK : given->casefile->error.status;

	(void)decimal_format(given->settings->threshold, given->exponent, threshold,
			     sizeof(threshold));
	buf_format(&text, "of these, accounts of persons who spent %s %s or more",
		   threshold, given->settings->currency);
	steps[3].text = text.data;
	if (text.failed)
		status = error_memory(&given->casefile->error);
	if (status == STATUS_OK)
		status = count_funnel(given, steps);
	if (status == STATUS_OK)
		status = write_funnel(given, insert, steps);
	sqlite3_finalize(insert);
	buf_release(&text);
	return status;
}
