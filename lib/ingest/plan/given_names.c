/* SPDX-License-Identifier: Apache-2.0 */
/* Whether there is what options and profiles name. */
#include "ingest/plan/given_names.h"

#include <string.h>

#include "base/money/currency.h"
#include "base/nearest.h"
#include "base/time/zone_name.h"
#include "casefile/kinds.h"
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

/* ---- roles ---- */

static struct text role_of(const char *mapping)
{
	return (struct text){ mapping, strcspn(mapping, "=") };
}

bool given_role_kinds(struct text role, struct buf *out)
{
	bool any = false;

	for (int kind = 0; kind < KIND_COUNT; kind++) {
		if (kind_role((enum kind)kind, role) < 0)
			continue;
		buf_format(out, "%s%s", any ? " or " : "", kind_info((enum kind)kind)->name);
		any = true;
	}
	return any;
}

static enum status unknown_role(const char *mapping, struct error *error)
{
	const struct text role = role_of(mapping);
	struct nearest nearest;
	char shown[80], name[80], said[NEAREST_SAID];

	nearest_begin(&nearest, role);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		for (size_t r = 0; r < kind_info((enum kind)kind)->role_count; r++)
			nearest_offer(&nearest, kind_info((enum kind)kind)->roles[r].name);
	(void)nearest_say(&nearest, said);
	return error_set(error, STATUS_USAGE, "mapping '%s': no kind of row has a role '%s'; %s",
			 text_escape(text_of(mapping), shown, sizeof(shown)),
			 text_escape(role, name, sizeof(name)),
			 *said ? said : "unspoof-ingest(1) lists them");
}

static bool one_kind_has_all(const struct ingest_options *options)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		size_t i = 0;

		while (i < options->mapping_count &&
		       kind_role((enum kind)kind, role_of(options->mappings[i])) >= 0)
			i++;
		if (i == options->mapping_count)
			return true;
	}
	return false;
}

static enum status several_kinds(const struct ingest_options *options, struct error *error)
{
	struct buf roles = { 0 };

	for (size_t i = 0; i < options->mapping_count; i++) {
		const struct text role = role_of(options->mappings[i]);

		buf_text(&roles, i ? "; " : "");
		buf_add(&roles, role.data, role.len);
		buf_text(&roles, i ? " of " : " is one of ");
		(void)given_role_kinds(role, &roles);
	}
	if (roles.failed)
		(void)error_memory(error);
	else
		(void)error_set(error, STATUS_USAGE,
				"no kind of row has all roles that are mapped: %s; say what the "
				"rows are with -k KIND, and map its roles alone",
				buf_view(&roles).data);
	buf_release(&roles);
	return error->status;
}

enum status given_roles_check(const struct ingest_options *options, struct error *error)
{
	/* What a kind has is told with its roles, when the columns are known. */
	if (options->kind || options->profile)
		return STATUS_OK;
	for (size_t i = 0; i < options->mapping_count; i++) {
		struct buf kinds = { 0 };
		const bool any = given_role_kinds(role_of(options->mappings[i]), &kinds);

		buf_release(&kinds);
		if (!any)
			return unknown_role(options->mappings[i], error);
	}
	return one_kind_has_all(options) ? STATUS_OK : several_kinds(options, error);
}
