/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of figures, in SQL that shares nothing with what counted them. */
#include "export/trace/trace_sql.h"

#include <stddef.h>

#include "casefile/service_name.h"
#include "export/tables_sql.h"

#define LONG "c.answered AND c.talk_ms > 1000 * (SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'long')"
#define COUNTED " AND NOT c.flags & " FLAG_NO_CALL
#define PLACE(row) ROW_PATH("s", row) ", " row ".line, " row ".offset, " row ".length"
#define SOURCE(row) " LEFT JOIN source s ON s.id = " row ".source"

/* Calls of the scope, `which` being a condition of them. */
#define CALLS(adds, which) \
	"SELECT 'call ' || c.id, c.started, " adds ", 'account ' || " SERVICE_SHOWN("s") " || coalesce(c.account, ''), " PLACE("c") \
	" FROM call c" SOURCE("c") " WHERE " which COUNTED " ORDER BY c.id"
/* The first call of each thing that calls of the scope have. */
#define DISTINCT(thing, shown, found, from, which) \
	"SELECT " shown ", " found ", 1, 'first in call ' || c.id, " PLACE("c") \
	" FROM (SELECT min(c.id) AS least FROM call c" from " WHERE " which COUNTED " AND " thing " IS NOT NULL GROUP BY " thing ") m" \
	" JOIN call c ON c.id = m.least" from SOURCE("c") " ORDER BY c.id"
#define ORGANISED " JOIN organisation_read ou ON ou.number = c.presented_e164 JOIN organisation o ON o.id = ou.organisation"
/* One call that has the first or the last time. */
#define WHEN(order, which) \
	"SELECT 'call ' || c.id, c.started, c.started_utc, NULL, " PLACE("c") " FROM call c" SOURCE("c") \
	" WHERE " which COUNTED " ORDER BY c.started_utc " order ", c.id LIMIT 1"

/* ---- accounts and their persons ---- */

#define OF_KEYS "c.account_key IN (SELECT key FROM k)"
#define PAID(adds, which) \
	"SELECT 'payment ' || u.payment, t.amount || ' ' || t.currency, " adds ", CASE WHEN v.rate IS NULL THEN 'the currency of the case'" \
	" ELSE 'at the rate ' || qr.value || ' of ' || q.date || ' (' || " ROW_PATH("qs", "q") " || ':' || q.line || ')' END, " \
	PLACE("t") " FROM payment_value v JOIN payment_read u ON u.payment = v.payment JOIN payment t ON t.id = v.payment" \
	SOURCE("t") " LEFT JOIN rate q ON q.id = v.rate LEFT JOIN rate_read qr ON qr.rate = v.rate LEFT JOIN source qs ON qs.id = q.source" \
	" WHERE u.key IN (SELECT key FROM k) AND " which " ORDER BY u.payment"
#define RECEIVED "NOT " NEGATIVE("u.amount")
#define PAID_WHEN(order) \
	"SELECT 'payment ' || u.payment, t.paid, u.paid, NULL, " PLACE("t") " FROM payment_value v JOIN payment_read u ON" \
	" u.payment = v.payment JOIN payment t ON t.id = v.payment" SOURCE("t") " WHERE u.key IN (SELECT key FROM k) AND " RECEIVED \
	" ORDER BY u.paid " order ", u.payment LIMIT 1"
#define REPORTED(adds, which) \
	"SELECT 'report ' || r.reference, r.at, " adds ", 'matched to call ' || (m.segment * 65536 + m.row), " PLACE("r") \
	" FROM report_match m JOIN report r ON r.id = m.report" SOURCE("r") " WHERE m.verdict = 'matched' AND " which " ORDER BY r.id"
#define REPORT_KEYS "m.key IN (SELECT key FROM k)"
#define LOST REPORT_KEYS " AND m.loss IS NOT NULL"

#define PRESENTED "coalesce('+' || c.presented_e164, found_value(c.presented, 'presented', c.source))"

#define FIGURES \
	{ "spend", TRACE_MONEY, "spend", PAID("v.value", "1") }, \
	{ "gross", TRACE_MONEY, "gross", PAID("v.value", RECEIVED) }, \
	{ "payments", TRACE_COUNT, "payments", PAID("1", RECEIVED) }, \
	{ "first_payment", TRACE_TIME, "first_payment", PAID_WHEN("ASC") }, \
	{ "last_payment", TRACE_TIME, "last_payment", PAID_WHEN("DESC") }, \
	{ "calls", TRACE_COUNT, "calls", CALLS("1", OF_KEYS) }, \
	{ "answered", TRACE_COUNT, "answered", CALLS("1", OF_KEYS " AND c.answered") }, \
	{ "long_calls", TRACE_COUNT, "long_calls", CALLS("1", OF_KEYS " AND " LONG) }, \
	{ "victims", TRACE_COUNT, "victims", \
	  DISTINCT("c.dialled_e164", "e164(c.dialled_e164)", "c.dialled", "", OF_KEYS " AND " LONG) }, \
	{ "presentations", TRACE_COUNT, "presentations", DISTINCT(PRESENTED, PRESENTED, "c.presented", "", OF_KEYS) }, \
	{ "organisations", TRACE_COUNT, "organisations", \
	  DISTINCT("o.organisation", "o.organisation", "c.presented", ORGANISED, OF_KEYS) }, \
	{ "reports", TRACE_COUNT, "reports", REPORTED("1", REPORT_KEYS) }, \
	{ "loss", TRACE_MONEY, "loss", REPORTED("m.loss", LOST) }, \
	{ "first_call", TRACE_TIME, "first_call", WHEN("ASC", OF_KEYS) }, \
	{ "last_call", TRACE_TIME, "last_call", WHEN("DESC", OF_KEYS) }

static const struct trace_figure account_figures[] = { FIGURES, { .name = NULL } };

#define ACCOUNTS \
	"SELECT 'account ' || " SERVICE_ACCOUNT("n") ", t.account, 1, NULL, " PLACE("t") " FROM k JOIN account_key n ON n.id = k.key" \
	" LEFT JOIN account t ON t.id = (SELECT min(account) FROM account_read WHERE key = k.key)" SOURCE("t") \
	" ORDER BY n.service, n.account"

static const struct trace_figure suspect_figures[] = { { "accounts", TRACE_COUNT, "(SELECT count(*) FROM account_figure WHERE suspect = :id)", ACCOUNTS }, FIGURES, { .name = NULL } };

/* ---- victims ---- */

#define DIALLED "c.dialled_e164 = :id"
#define OF_VICTIM "m.report IN (SELECT report FROM report_read WHERE victim = :id)"
#define OF_PERSON " JOIN account_figure p ON p.key = c.account_key"

static const struct trace_figure victim_figures[] = {
	{ "calls", TRACE_COUNT, "calls", CALLS("1", DIALLED) },
	{ "long_calls", TRACE_COUNT, "long_calls", CALLS("1", DIALLED " AND " LONG) },
	{ "seconds", TRACE_SECONDS, "talk_ms", CALLS("c.talk_ms", DIALLED " AND c.answered") },
	{ "suspects", TRACE_COUNT, "suspects", DISTINCT("p.suspect", "'S' || p.suspect", "c.account", OF_PERSON, DIALLED " AND " LONG) },
	{ "organisations", TRACE_COUNT, "organisations",
	  DISTINCT("o.organisation", "o.organisation", "c.presented", ORGANISED, DIALLED " AND " LONG) },
	{ "reports", TRACE_COUNT, "reports", REPORTED("1", OF_VICTIM) },
	{ "loss", TRACE_MONEY, "loss", REPORTED("m.loss", OF_VICTIM " AND m.loss IS NOT NULL") },
	{ "first_call", TRACE_TIME, "first_call", WHEN("ASC", DIALLED) },
	{ "last_call", TRACE_TIME, "last_call", WHEN("DESC", DIALLED) },
	{ .name = NULL },
};

/* ---- presentations: a number of a suspect ---- */

#define SHOWN OF_KEYS " AND c.presented_e164 = :other"
#define OF_SHOWN REPORT_KEYS " AND (m.segment * 65536 + m.row) IN (SELECT id FROM call WHERE presented_e164 = :other)"

static const struct trace_figure presentation_figures[] = {
	{ "accounts", TRACE_COUNT, "accounts",
	  DISTINCT("c.account_key", SERVICE_ACCOUNT("n"), "c.account", " JOIN account_key n ON n.id = c.account_key", SHOWN) },
	{ "calls", TRACE_COUNT, "calls", CALLS("1", SHOWN) },
	{ "answered", TRACE_COUNT, "answered", CALLS("1", SHOWN " AND c.answered") },
	{ "long_calls", TRACE_COUNT, "long_calls", CALLS("1", SHOWN " AND " LONG) },
	{ "victims", TRACE_COUNT, "victims", DISTINCT("c.dialled_e164", "e164(c.dialled_e164)", "c.dialled", "", SHOWN " AND " LONG) },
	{ "loss", TRACE_MONEY, "loss", REPORTED("m.loss", OF_SHOWN " AND m.loss IS NOT NULL") },
	{ "first_call", TRACE_TIME, "first_call", WHEN("ASC", SHOWN) },
	{ "last_call", TRACE_TIME, "last_call", WHEN("DESC", SHOWN) },
	{ .name = NULL },
};

#define OF_SUSPECT "WITH k(key) AS (SELECT key FROM account_figure WHERE suspect = :id) "

const struct trace_thing trace_things[] = {
	{ "suspect", " FROM suspect f WHERE f.id = :id", OF_SUSPECT, suspect_figures },
	{ "account", " FROM account_figure f WHERE f.key = :id", "WITH k(key) AS (SELECT :id) ", account_figures },
	{ "victim", " FROM victim f WHERE f.number = :id", "", victim_figures },
	{ "presentation", " FROM presentation f WHERE f.suspect = :id AND f.number = :other", OF_SUSPECT, presentation_figures },
	{ .name = NULL },
};
