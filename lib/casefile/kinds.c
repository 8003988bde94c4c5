/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of row a case holds and the roles their columns play. */
#include "casefile/kinds.h"

#include <string.h>

/* A call row without account or numbers is still a call: the switch may set
 * the presented number after it wrote the row, and test calls have none. */
static const struct role call_roles[] = {
	[CALL_ID] = { "call_id", ROLE_TEXT, false, false },
	[CALL_STARTED] = { "started", ROLE_TIME, true, true },
	[CALL_ANSWERED_AT] = { "answered_at", ROLE_TIME, false, false },
	[CALL_ENDED] = { "ended", ROLE_TIME, false, false },
	[CALL_ACCOUNT] = { "account", ROLE_TEXT, true, false },
	[CALL_PRESENTED] = { "presented", ROLE_NUMBER, true, false },
	[CALL_PRESENTED_NAME] = { "presented_name", ROLE_TEXT, false, false },
	[CALL_DIALLED] = { "dialled", ROLE_NUMBER, true, false },
	[CALL_DURATION] = { "duration", ROLE_SECONDS, false, false },
	[CALL_TALK] = { "talk", ROLE_SECONDS, false, false },
	[CALL_BILLED] = { "billed", ROLE_SECONDS, false, false },
	[CALL_STATUS] = { "status", ROLE_TEXT, false, false },
	[CALL_COST] = { "cost", ROLE_AMOUNT, false, false },
	[CALL_CURRENCY] = { "currency", ROLE_TEXT, false, false },
	[CALL_IP] = { "ip", ROLE_TEXT, false, false },
	[CALL_TRUNK] = { "trunk", ROLE_TEXT, false, false },
};

static const struct role account_roles[] = {
	{ "account", ROLE_TEXT, true, true },
	{ "login", ROLE_TEXT, false, false },
	{ "email", ROLE_TEXT, false, false },
	{ "phone", ROLE_NUMBER, false, false },
	{ "name", ROLE_TEXT, false, false },
	{ "registered", ROLE_TIME, false, false },
	{ "ip", ROLE_TEXT, false, false },
	{ "country", ROLE_TEXT, false, false },
	/* By which other tables name it, where that is not the account. */
	{ "key", ROLE_TEXT, false, false },
};

static const struct role payment_roles[] = {
	{ "payment_id", ROLE_TEXT, false, false },
	{ "account", ROLE_TEXT, true, true },
	{ "paid", ROLE_TIME, true, true },
	{ "amount", ROLE_AMOUNT, true, true },
	{ "currency", ROLE_TEXT, false, false },
	{ "from_address", ROLE_TEXT, false, false },
	{ "to_address", ROLE_TEXT, false, false },
	{ "txid", ROLE_TEXT, false, false },
	{ "status", ROLE_TEXT, false, false },
};

static const struct role login_roles[] = {
	{ "account", ROLE_TEXT, true, true },
	{ "at", ROLE_TIME, true, true },
	{ "ip", ROLE_TEXT, false, false },
	{ "device", ROLE_TEXT, false, false },
};

static const struct role report_roles[] = {
	{ "reference", ROLE_TEXT, true, true },
	{ "victim", ROLE_NUMBER, true, true },
	{ "at", ROLE_TIME, true, true },
	{ "presented", ROLE_NUMBER, false, false },
	{ "loss", ROLE_AMOUNT, false, false },
	{ "currency", ROLE_TEXT, false, false },
};

static const struct role rate_roles[] = {
	{ "date", ROLE_TIME, true, true },
	{ "base", ROLE_TEXT, true, true },
	{ "quote", ROLE_TEXT, true, true },
	{ "rate", ROLE_AMOUNT, true, true },
};

static const struct role organisation_roles[] = {
	{ "number", ROLE_NUMBER, true, true },
	{ "organisation", ROLE_TEXT, true, true },
	{ "sector", ROLE_TEXT, false, false },
};

static const struct role lookup_roles[] = {
	{ "key", ROLE_TEXT, true, true },
	{ "value", ROLE_TEXT, true, true },
};

#define KIND(name, roles) { name, roles, sizeof(roles) / sizeof((roles)[0]) }

static const struct kind_info kinds[KIND_COUNT] = {
	[KIND_CALL] = KIND("call", call_roles),
	[KIND_ACCOUNT] = KIND("account", account_roles),
	[KIND_PAYMENT] = KIND("payment", payment_roles),
	[KIND_LOGIN] = KIND("login", login_roles),
	[KIND_REPORT] = KIND("report", report_roles),
	[KIND_RATE] = KIND("rate", rate_roles),
	[KIND_ORGANISATION] = KIND("organisation", organisation_roles),
	[KIND_LOOKUP] = KIND("lookup", lookup_roles),
};

const struct kind_info *kind_info(enum kind kind)
{
	return &kinds[kind];
}

bool kind_find(const char *name, enum kind *kind)
{
	for (int i = 0; i < KIND_COUNT; i++) {
		if (!strcmp(kinds[i].name, name)) {
			*kind = (enum kind)i;
			return true;
		}
	}
	return false;
}

int kind_role(enum kind kind, struct text name)
{
	for (size_t i = 0; i < kinds[kind].role_count; i++)
		if (text_is(name, kinds[kind].roles[i].name))
			return (int)i;
	return -1;
}
