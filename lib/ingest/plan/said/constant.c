/* SPDX-License-Identifier: Apache-2.0 */
/* Values that are said to be the same in all rows of a source. */
#include "ingest/plan/said/constant.h"

#include "base/memory.h"
#include "ingest/plan/given_names.h"

#include <stdlib.h>

#define ONE_OF_ROW "it tells one row from another"
#define OF_PERSONS "it ties accounts, and would tie all of them"

/* Texts and numbers that no two rows, or no two accounts, can have in common by word of mouth. */
static const struct {
	enum kind kind;
	const char *role, *why;
} refused[] = {
	{ KIND_CALL, "call_id", ONE_OF_ROW },
	{ KIND_CALL, "ip", OF_PERSONS },
	{ KIND_ACCOUNT, "account", ONE_OF_ROW },
	{ KIND_ACCOUNT, "login", OF_PERSONS },
	{ KIND_ACCOUNT, "email", OF_PERSONS },
	{ KIND_ACCOUNT, "phone", OF_PERSONS },
	{ KIND_ACCOUNT, "name", OF_PERSONS },
	{ KIND_ACCOUNT, "ip", OF_PERSONS },
	{ KIND_PAYMENT, "payment_id", ONE_OF_ROW },
	{ KIND_PAYMENT, "from_address", OF_PERSONS },
	{ KIND_PAYMENT, "txid", ONE_OF_ROW },
	{ KIND_LOGIN, "ip", OF_PERSONS },
	{ KIND_LOGIN, "device", OF_PERSONS },
	{ KIND_REPORT, "reference", ONE_OF_ROW },
	{ KIND_ORGANISATION, "number", ONE_OF_ROW },
	{ KIND_ACCOUNT, "key", ONE_OF_ROW },
	{ KIND_LOOKUP, "key", ONE_OF_ROW },
};

const char *constant_problem(enum kind kind, int role)
{
	const struct role *info = &kind_info(kind)->roles[role];

	switch (info->type) {
	case ROLE_TIME:
		return "a time is that of its row";
	case ROLE_SECONDS:
		return "seconds are those of their row";
	case ROLE_AMOUNT:
		return "an amount is that of its row";
	case ROLE_TEXT:
	case ROLE_NUMBER:
		break;
	}
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (refused[i].kind == kind && text_is(text_of(refused[i].role), info->name))
			return refused[i].why;
	return NULL;
}

/* Codes that nothing later could make sense of. */
static enum status check_currency(const struct role *role, struct text value, struct error *error)
{
	const struct text name = text_of(role->name);
	char *given;
	enum status status;

	if (!text_is(name, "currency") && !text_is(name, "base") && !text_is(name, "quote"))
		return STATUS_OK;
	given = memory_text(value.data, value.len);
	status = given ? given_name_check(GIVEN_CURRENCY, given, role->name, error)
		       : error_memory(error);
	free(given);
	return status;
}

enum status constant_take(struct mapping *mapping, const struct absents *absents, int role,
			  struct text value, struct error *error)
{
	const struct role *info = &kind_info(mapping->kind)->roles[role];
	const char *problem = constant_problem(mapping->kind, role);
	char shown[80];

	text_escape(value, shown, sizeof(shown));
	if (problem)
		return error_set(error, STATUS_USAGE,
				 "role %s of kind %s cannot be '%s' in all rows: %s; say -m %s=COLUMN",
				 info->name, kind_info(mapping->kind)->name, shown, problem, info->name);
	if (text_trim(value).len == 0)
		return error_set(error, STATUS_USAGE,
				 "role %s: no value follows the second = sign; -m %s==VALUE says it "
				 "for all rows", info->name, info->name);
	if (absents_in(absents, info->name, value))
		return error_set(error, STATUS_USAGE,
				 "role %s cannot be '%s' in all rows: that stands for no value%s%s%s",
				 info->name, shown, info->filled ? "" : "; -m ",
				 info->filled ? "" : info->name, info->filled ? "" : "= says that there is none");
	if (!mapping_say(mapping, role, value))
		return error_set(error, STATUS_USAGE,
				 "role %s cannot be '%s' in all rows: give one value, of one line and "
				 "at most %d bytes", info->name, shown, MAPPING_CONSTANT_MOST);
	return check_currency(info, value, error);
}
