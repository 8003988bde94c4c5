/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of sources by the kind of their rows. */
#include "ingest/plan/said/by_kind.h"

#include <string.h>

#include "base/nearest.h"
#include "base/text.h"

/* KIND=VALUE taken apart; false: it is not, or there is no such kind. */
static bool part(const char *item, struct text *name, enum kind *kind, const char **value)
{
	const char *mark = strchr(item, '=');

	*name = (struct text){ item, mark ? (size_t)(mark - item) : strlen(item) };
	*value = mark ? mark + 1 : "";
	for (int i = 0; mark && i < KIND_COUNT; i++) {
		*kind = (enum kind)i;
		if (text_is(*name, kind_info(*kind)->name))
			return true;
	}
	return false;
}

static enum status no_kind(const char *option, const char *item, struct text name,
			   struct error *error)
{
	struct nearest nearest;
	struct buf kinds = { 0 };
	char shown[80], short_name[80], said[NEAREST_SAID];

	nearest_begin(&nearest, name);
	for (int i = 0; i < KIND_COUNT; i++) {
		const char *kind = kind_info((enum kind)i)->name;

		nearest_offer(&nearest, kind);
		buf_format(&kinds, "%s%s", i ? ", " : "", kind);
	}
	(void)nearest_say(&nearest, said);
	(void)error_set(error, STATUS_USAGE, "%s '%s': there is no kind '%s'; %s%sthe kinds are %s",
			option, text_escape(text_of(item), shown, sizeof(shown)),
			text_escape(name, short_name, sizeof(short_name)), said, *said ? " " : "",
			buf_view(&kinds).data);
	buf_release(&kinds);
	return error->status;
}

enum status by_kind_check(const struct kind_values *values, enum given_name what,
			  const char *option, struct error *error)
{
	bool said[KIND_COUNT] = { false };

	for (size_t i = 0; i < values->count; i++) {
		const char *value;
		struct text name;
		enum kind kind = KIND_CALL;
		enum status status;

		if (!part(values->items[i], &name, &kind, &value))
			return no_kind(option, values->items[i], name, error);
		if (said[kind])
			return error_set(error, STATUS_USAGE, "%s is said twice for kind %s", option,
					 kind_info(kind)->name);
		said[kind] = true;
		status = given_name_check(what, value, option, error);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}

const char *by_kind_find(const struct kind_values *values, enum kind kind, const char *all)
{
	for (size_t i = 0; i < values->count; i++) {
		const char *value;
		struct text name;
		enum kind own = KIND_CALL;

		if (part(values->items[i], &name, &own, &value) && own == kind)
			return value;
	}
	return all;
}
