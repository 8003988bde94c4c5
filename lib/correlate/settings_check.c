/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the files of the settings can be read, before anything is concluded. */
#include <string.h>

#include "base/money/money.h"
#include "correlate/correlate.h"
#include "correlate/persons/never.h"
#include "correlate/score.h"

static enum status check_score(const struct correlate_settings *settings, struct error *error)
{
	const int exponent = currency_exponent(settings->currency, strlen(settings->currency));
	struct score score;

	return score_parse(&score, settings->score_name, settings->score, settings->currency,
			   exponent < 0 ? 0 : (unsigned)exponent, error);
}

static enum status check_never(const struct correlate_settings *settings, struct error *error)
{
	struct email_providers providers = { 0 };
	struct never never = { 0 };
	enum status status = email_providers_parse(&providers, "providers.tsv", providers_builtin, error);

	if (status == STATUS_OK)
		status = never_parse(&never, &providers, settings->never_name, settings->never, error);
	never_release(&never);
	return status;
}

enum status correlate_check(const struct correlate_settings *settings, struct error *error)
{
	enum status status = check_score(settings, error);

	if (status == STATUS_OK && settings->never)
		status = check_never(settings, error);
	return status;
}
