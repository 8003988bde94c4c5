/* SPDX-License-Identifier: Apache-2.0 */
/* The options of a plan by themselves. */
#include <string.h>

#include "ingest/plan/given_names.h"
#include "ingest/plan/given_words.h"
#include "ingest/plan/plan.h"
#include "ingest/plan/said/by_kind.h"
#include "number/read/number_read.h"

static enum status no_kind(const char *kind, struct error *error)
{
	struct buf kinds = { 0 };
	char shown[80];

	for (int i = 0; i < KIND_COUNT; i++)
		buf_format(&kinds, "%s%s", i ? ", " : "",
			   kind_info((enum kind)i)->name);
	(void)error_set(error, STATUS_USAGE,
			"there is no kind '%s'; the kinds are %s",
			text_escape(text_of(kind), shown, sizeof(shown)),
			buf_view(&kinds).data);
	buf_release(&kinds);
	return error->status;
}

static enum status bad_value(const char *option, const char *value,
			     const char *wanted, struct error *error)
{
	char shown[80];

	return error_set(error, STATUS_USAGE, "%s '%s': %s", option,
			 text_escape(text_of(value), shown, sizeof(shown)), wanted);
}

static enum status check_name(enum given_name what, const char *given,
			      const char *option, struct error *error)
{
	return given ? given_name_check(what, given, option, error) : STATUS_OK;
}

static enum status check_texts(const struct ingest_options *options,
			       struct error *error)
{
	const char *order = options->date_order, *decimal = options->decimal;
	enum number_bare bare;
	enum status status = check_name(GIVEN_REGION, options->region, "region", error);

	if (status == STATUS_OK)
		status = check_name(GIVEN_ZONE, options->zone, "zone", error);
	if (status == STATUS_OK)
		status = check_name(GIVEN_CURRENCY, options->currency, "currency", error);
	if (status == STATUS_OK)
		status = by_kind_check(&options->regions, GIVEN_REGION, "region", error);
	if (status == STATUS_OK)
		status = by_kind_check(&options->zones, GIVEN_ZONE, "zone", error);
	if (status == STATUS_OK)
		status = by_kind_check(&options->currencies, GIVEN_CURRENCY, "currency", error);
	if (status == STATUS_OK && order && strcmp(order, "dmy") != 0 &&
	    strcmp(order, "mdy") != 0)
		return bad_value("date order", order, "neither dmy nor mdy", error);
	if (status == STATUS_OK && decimal && strcmp(decimal, "comma") != 0 && strcmp(decimal, "point") != 0)
		return bad_value("decimal", decimal, "neither comma nor point", error);
	if (status == STATUS_OK && options->bare &&
	    !number_bare_find(options->bare, strlen(options->bare), &bare))
		return bad_value("bare", options->bare,
				 "not own-code, national, international or any", error);
	return status == STATUS_OK ? words_check(options, error) : status;
}

/* The whole profile, and whether some table of it is of the kind that is given; -1: none is. */
static enum status check_profile(const char *name, int only, struct error *error)
{
	struct buf said = { 0 };
	char shown[100];
	unsigned kinds;
	enum status status = profile_load_check(name, &kinds, error);

	if (status != STATUS_OK || only < 0 || (kinds >> only & 1))
		return status;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (kinds >> kind & 1)
			buf_format(&said, "%s%s", said.len ? " and " : "", kind_info((enum kind)kind)->name);
	(void)error_set(error, STATUS_USAGE, "profile %s is of kind %s, not %s",
			text_escape(text_of(name), shown, sizeof(shown)), buf_view(&said).data,
			kind_info((enum kind)only)->name);
	buf_release(&said);
	return error->status;
}

enum status plan_check(const struct ingest_options *options, struct error *error)
{
	enum kind kind;
	enum status status;

	if (options->kind && !kind_find(options->kind, &kind))
		return no_kind(options->kind, error);
	for (size_t i = 0; i < options->mapping_count; i++)
		if (!strchr(options->mappings[i], '='))
			return bad_value("mapping", options->mappings[i],
					 "not of the form ROLE=COLUMN", error);
	status = given_roles_check(options, error);
	if (status == STATUS_OK)
		status = check_texts(options, error);
	if (status != STATUS_OK || !options->profile)
		return status;
	return check_profile(options->profile, options->kind ? (int)kind : -1, error);
}
