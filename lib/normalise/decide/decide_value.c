/* SPDX-License-Identifier: Apache-2.0 */
/* Values of decisions: as they are given, checked, and as they are kept. */
#include "normalise/decide/decide_value.h"

#include <string.h>

#include "base/money/currency.h"
#include "base/time/zone_name.h"
#include "casefile/record/status_word.h"
#include "number/plan/region.h"
#include "number/read/number_carrier.h"

#define PROBLEM 512

_Static_assert(PROBLEM >= ZONE_PROBLEM && PROBLEM >= REGION_PROBLEM && PROBLEM >= CURRENCY_PROBLEM,
	       "all that is said of a value has room");

/* Each puts what is wrong into `problem` and returns NULL, or the value that is kept. */

static const char *take_region(const char *given, enum status *status, char problem[PROBLEM])
{
	const char *region = region_given(text_of(given));

	if (region)
		return region;
	(void)region_problem(text_of(given), problem);
	*status = STATUS_USAGE;
	return NULL;
}

static const char *take_zone(const char *given, enum status *status, char problem[PROBLEM])
{
	*status = zone_check(given, problem);
	return *status == STATUS_OK ? given : NULL;
}

static const char *take_currency(const char *given, enum status *status, char problem[PROBLEM])
{
	struct currency currency;

	if (currency_find(text_of(given), &currency))
		return currency.name;
	(void)currency_problem(text_of(given), problem);
	*status = STATUS_USAGE;
	return NULL;
}

static const char *refuse(const char *why, enum status *status, char problem[PROBLEM])
{
	struct text text = text_of(why);

	memcpy(problem, text.data, text.len + 1);
	*status = STATUS_USAGE;
	return NULL;
}

static const char *take_bare(const char *given, enum status *status, char problem[PROBLEM])
{
	enum number_bare bare;

	return number_bare_find(given, strlen(given), &bare)
		       ? given
		       : refuse("not own-code, national, international or any", status, problem);
}

static const char *take_prefix(const char *given, enum status *status, char problem[PROBLEM])
{
	const char *wrong = number_prefixes_problem(given);

	return wrong ? refuse(wrong, status, problem) : given;
}

static const char *take_order(const char *given, enum status *status, char problem[PROBLEM])
{
	return !strcmp(given, "dmy") || !strcmp(given, "mdy") ? given
							      : refuse("neither dmy nor mdy", status, problem);
}

static const char *take_decimal(const char *given, enum status *status, char problem[PROBLEM])
{
	return !strcmp(given, "comma") || !strcmp(given, "point") ? given
								  : refuse("neither comma nor point", status, problem);
}

static const struct {
	const char *option;
	const char *(*take)(const char *given, enum status *status, char problem[PROBLEM]);
	bool none;             /* there may be none */
} settings[DECIDE_SETTINGS] = {
	[DECIDE_REGION] = { "region", take_region, true },
	[DECIDE_ZONE] = { "zone", take_zone, false },
	[DECIDE_CURRENCY] = { "currency", take_currency, true },
	[DECIDE_BARE] = { "bare", take_bare, false },
	[DECIDE_PREFIX] = { "tech-prefix", take_prefix, true },
	[DECIDE_ORDER] = { "date-order", take_order, true },
	[DECIDE_DECIMAL] = { "decimal", take_decimal, true },
	[DECIDE_STATUS] = { "status", NULL, false },
};

const char *decide_option(enum decide_setting setting)
{
	return settings[setting].option;
}

bool decide_part(enum decide_setting setting, const char *given, struct decide_part *out)
{
	const char *equals = strrchr(given, '=');

	out->source = (struct text){ NULL, 0 };
	out->value = equals ? equals + 1 : given;
	if (equals)
		out->source = (struct text){ given, (size_t)(equals - given) };
	return equals ? equals != given : setting == DECIDE_ORDER || setting == DECIDE_DECIMAL;
}

const char *decide_value(enum decide_setting setting, const char *given, enum status *status, struct error *error)
{
	char problem[PROBLEM], shown[80];
	const char *value;

	*status = STATUS_OK;
	if (settings[setting].none && !strcmp(given, "none"))
		return "";
	value = settings[setting].take(given, status, problem);
	if (*status == STATUS_MEMORY)
		*status = error_memory(error);
	else if (*status != STATUS_OK)
		(void)error_set(error, *status, "--%s '%s': %s", settings[setting].option,
				text_escape(text_of(given), shown, sizeof(shown)), problem);
	return value;
}

/* Whether a text begins with a meaning, or with none at all, and =. */
static bool begins(const char *text)
{
	const size_t len = strcspn(text, "=");

	return text[len] == '=' && (len == 0 || status_word_keyword((struct text){ text, len }));
}

bool decide_status_part(const char *given, struct decide_status *out)
{
	const char *equals = given;

	*out = (struct decide_status){ .given = given };
	if (!begins(given)) {
		while ((equals = strchr(equals, '=')) && !begins(equals + 1))
			equals++;
		if (!equals)
			return false;
		out->source = (struct text){ given, (size_t)(equals - given) };
		out->given = equals + 1;
	}
	out->undo = out->given[0] == '=';
	return true;
}
