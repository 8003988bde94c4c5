/* SPDX-License-Identifier: Apache-2.0 */
/* What is decided, before the case is opened. */
#include <string.h>

#include "casefile/record/status_word.h"
#include "normalise/decide/decide_value.h"

static enum status refuse(enum decide_setting setting, const char *given, const char *why, struct error *error)
{
	char shown[80];

	return error_set(error, STATUS_USAGE, "--%s '%s': %s", decide_option(setting),
			 text_escape(text_of(given), shown, sizeof(shown)), why);
}

static enum status check_value(enum decide_setting setting, const char *given, struct error *error)
{
	struct decide_part part;
	enum status status = STATUS_OK;

	if (!decide_part(setting, given, &part))
		return refuse(setting, given, "give SOURCE=VALUE: the id or path of a source, or all", error);
	if (*part.value)
		(void)decide_value(setting, part.value, &status, error);
	return status;
}

/* The parts of a word; false: there is none. */
static bool part_word(const char *given, struct decide_status *part, struct status_word *word)
{
	if (!decide_status_part(given, part))
		return false;
	*word = status_word_part(text_of(part->given));
	return true;
}

/* Whether an earlier one of the same sources says otherwise. */
static bool contradicted(const struct decide_list *list, size_t i)
{
	struct decide_status part, other;
	struct status_word word, before;

	if (!part_word(list->items[i], &part, &word))
		return false;
	for (size_t k = 0; k < i; k++)
		if (part_word(list->items[k], &other, &before) && text_equal(part.source, other.source) &&
		    status_word_contradicts(&word, &before))
			return true;
	return false;
}

static enum status check_status(const struct decide_list *list, size_t i, struct error *error)
{
	const char *given = list->items[i];
	struct decide_status part;
	struct status_word word;
	const char *problem;

	if (!part_word(given, &part, &word))
		return refuse(DECIDE_STATUS, given, "not of the form " STATUS_WORD_FORM ", with SOURCE= before it or not",
			      error);
	if (part.undo)
		word.keyword = "";
	problem = status_word_problem(&word);
	if (problem)
		return refuse(DECIDE_STATUS, given, problem, error);
	return contradicted(list, i) ? refuse(DECIDE_STATUS, given, "means something else by an option before", error)
				     : STATUS_OK;
}

enum status decide_check(const struct decide_given *given, struct error *error)
{
	enum status status = STATUS_OK;

	if (given->region_of_account && given->not_region_of_account)
		return error_set(error, STATUS_USAGE, "--region-of-account and --no-region-of-account cannot both be");
	for (int setting = 0; setting < DECIDE_SETTINGS; setting++) {
		const struct decide_list *list = &given->lists[setting];

		for (size_t i = 0; i < list->count && status == STATUS_OK; i++)
			status = setting == DECIDE_STATUS
					 ? check_status(list, i, error)
					 : check_value((enum decide_setting)setting, list->items[i], error);
	}
	return status;
}
