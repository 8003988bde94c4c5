/* SPDX-License-Identifier: Apache-2.0 */
/* The roles that are searched. */
#include "export/match/match_roles.h"

#include "casefile/service_name.h"
#include "export/tables_sql.h"

#define OF_ACCOUNT " FROM account_read r JOIN account t ON t.id = r.account"
#define OF_PAYMENT " FROM payment_read r JOIN payment t ON t.id = r.payment"
#define OF_LOGIN " FROM login_read r JOIN login t ON t.id = r.login"
#define OF_REPORT " FROM report_read r JOIN report t ON t.id = r.report"
#define ACCOUNT_TIME ", r.registered, r.registered_day"
#define PAYMENT_TIME ", r.paid, r.paid_day"
#define LOGIN_TIME ", r.at, r.at_day"
#define REPORT_TIME ", " SECOND_OF("r.at_ms") ", r.at_day"
#define NO_TIME ", NULL, 0"

/* The account of a row, alone and behind its service. */
#define NAMED(time, from) \
	"SELECT t.id, r.key, k.account, CASE k.service WHEN '' THEN NULL ELSE " SERVICE_ACCOUNT("k") " END" time from \
	" JOIN account_key k ON k.id = r.key"
/* A found text. */
#define FOUND(role, time, from) \
	"SELECT t.id, r.key, found_value(t." role ", '" role "', t.source), NULL" time from " WHERE t." role " <> ''"
/* What is as it was understood. */
#define READ(value, time, from) "SELECT t.id, r.key, " value ", NULL" time from " WHERE " value " IS NOT NULL"
/* The other reading of a number, or the numbers of a text that has several. */
#define ELSE(role, column, key, time, from) \
	"SELECT t.id, " key ", " OTHER("q", "t." role, "t.source", key, "r." column) ", NULL" time from \
	" JOIN reading q ON q.id = r." column "_reading WHERE q.other"
#define ELSE_CALL(role) \
	"SELECT t.id, t.account_key, " OTHER("q", "t." role, "t.source", "t.account_key", "t." role "_e164") ", NULL," \
	" t.started_utc, " STARTED_DAY("t") " <> 0 FROM call t JOIN reading q ON q.id = t." role "_reading" \
	" WHERE t." role "_reading IN (SELECT id FROM reading WHERE other)"

static const struct match_role roles[] = {
	[MATCH_ROLE_CALL_ACCOUNT] = { "call account", "call", "account", MATCH_TEXT, NULL },
	[MATCH_ROLE_CALL_PRESENTED] = { "call presented", "call", "presented", MATCH_NUMBER, NULL },
	[MATCH_ROLE_CALL_DIALLED] = { "call dialled", "call", "dialled", MATCH_NUMBER, NULL },
	[MATCH_ROLE_CALL_IP] = { "call ip", "call", "ip", MATCH_IP, NULL },
	{ "call presented, or else", "call", "presented", MATCH_NUMBER, ELSE_CALL("presented") },
	{ "call dialled, or else", "call", "dialled", MATCH_NUMBER, ELSE_CALL("dialled") },
	{ "account", "account", "account", MATCH_TEXT, NAMED(ACCOUNT_TIME, OF_ACCOUNT) },
	{ "account login", "account", "login", MATCH_TEXT, FOUND("login", ACCOUNT_TIME, OF_ACCOUNT) },
	{ "account email", "account", "email", MATCH_EMAIL, READ("r.email", ACCOUNT_TIME, OF_ACCOUNT) },
	{ "account phone", "account", "phone", MATCH_NUMBER, READ("r.phone", ACCOUNT_TIME, OF_ACCOUNT) },
	{ "account phone, or else", "account", "phone", MATCH_NUMBER,
	  ELSE("phone", "phone", "r.key", ACCOUNT_TIME, OF_ACCOUNT) },
	{ "account ip", "account", "ip", MATCH_IP, FOUND("ip", ACCOUNT_TIME, OF_ACCOUNT) },
	{ "payment account", "payment", "account", MATCH_TEXT, NAMED(PAYMENT_TIME, OF_PAYMENT) },
	{ "payment payment_id", "payment", "payment_id", MATCH_TEXT, FOUND("payment_id", PAYMENT_TIME, OF_PAYMENT) },
	{ "payment from_address", "payment", "from_address", MATCH_ADDRESS, READ("r.from_address", PAYMENT_TIME, OF_PAYMENT) },
	{ "payment to_address", "payment", "to_address", MATCH_ADDRESS, READ("r.to_address", PAYMENT_TIME, OF_PAYMENT) },
	{ "payment txid", "payment", "txid", MATCH_TXID, READ("r.txid", PAYMENT_TIME, OF_PAYMENT) },
	{ "login account", "login", "account", MATCH_TEXT, NAMED(LOGIN_TIME, OF_LOGIN) },
	{ "login ip", "login", "ip", MATCH_IP, FOUND("ip", LOGIN_TIME, OF_LOGIN) },
	{ "login device", "login", "device", MATCH_TEXT, FOUND("device", LOGIN_TIME, OF_LOGIN) },
	{ "report reference", "report", "reference", MATCH_TEXT,
	  "SELECT t.id, NULL, t.reference, NULL" REPORT_TIME OF_REPORT },
	{ "report victim", "report", "victim", MATCH_NUMBER,
	  "SELECT t.id, NULL, r.victim, NULL" REPORT_TIME OF_REPORT " WHERE r.victim IS NOT NULL" },
	{ "report victim, or else", "report", "victim", MATCH_NUMBER, ELSE("victim", "victim", "NULL", REPORT_TIME, OF_REPORT) },
	{ "report presented", "report", "presented", MATCH_NUMBER,
	  "SELECT t.id, NULL, r.presented, NULL" REPORT_TIME OF_REPORT " WHERE r.presented IS NOT NULL" },
	{ "report presented, or else", "report", "presented", MATCH_NUMBER,
	  ELSE("presented", "presented", "NULL", REPORT_TIME, OF_REPORT) },
	{ "organisation number", "organisation", "number", MATCH_NUMBER,
	  "SELECT t.id, NULL, r.number, NULL" NO_TIME " FROM organisation_read r JOIN organisation t ON t.id = r.organisation"
	  " WHERE r.number IS NOT NULL" },
};

size_t match_role_count(void)
{
	return sizeof(roles) / sizeof(roles[0]);
}

const struct match_role *match_role(size_t number)
{
	return &roles[number];
}
