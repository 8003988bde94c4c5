/* SPDX-License-Identifier: Apache-2.0 */
/* The statements of `show`: what says something about one thing. */
#include "export/show_sql.h"

#include <stddef.h>

#include "casefile/record/decision.h"
#include "casefile/service_name.h"
#include "export/tables_sql.h"

#define MONEY(minor) "amount(" minor ", :exponent) || ' ' || :currency"
/* How a number was read: "number, national, GB, MOBILE". */
#define READING(r) \
	r ".class || CASE " r ".rule WHEN '' THEN '' ELSE ', ' || " r ".rule END ||" \
	" CASE " r ".region WHEN 'ZZ' THEN '' WHEN '' THEN '' ELSE ', ' || " r ".region END ||" \
	" CASE " r ".type WHEN 'UNKNOWN' THEN '' WHEN '' THEN '' ELSE ', ' || " r ".type END"

/* One fact of several, all from one row of `from`. */
#define NO_PLACE "NULL, NULL, NULL, NULL"
#define FACT(layer, fact, value, rule, place, from) \
	"SELECT '" layer "', '" fact "', " value ", " rule ", " place " FROM " from
#define AND " UNION ALL "

/* What the recipe of a source says of a role that no row has. */
#define ASSERTED(recipe, role) "asserted(" recipe ",'" role "')"

/* --- call ---------------------------------------------------------------- */

#define ONE_CALL \
	"WITH c AS (SELECT t.*, " ROW_PATH("s", "t") " AS path, " DECIDED("s", "zone", "zone") " AS zone, s.measured AS measured, s.zones AS zones," \
	" s.recipe AS recipe FROM call t" \
	" LEFT JOIN source s ON s.id = t.source WHERE t.id = :id) "
#define CALL_PLACE "c.path, c.line, c.offset, c.length"
#define CALL_FOUND(role) \
	FACT("found", role, "c." role, ASSERTED("c.recipe", role), CALL_PLACE, "c WHERE c." role " IS NOT NULL")
#define CALL_READ(fact, value, rule, from) FACT("understood", fact, value, rule, CALL_PLACE, from)

static const char call_found[] =
	ONE_CALL
	CALL_FOUND("call_id") AND CALL_FOUND("started") AND CALL_FOUND("answered_at") AND CALL_FOUND("ended")
	AND CALL_FOUND("account") AND CALL_FOUND("presented") AND CALL_FOUND("presented_name")
	AND CALL_FOUND("dialled") AND CALL_FOUND("duration") AND CALL_FOUND("talk") AND CALL_FOUND("billed")
	AND CALL_FOUND("status") AND CALL_FOUND("cost") AND CALL_FOUND("currency") AND CALL_FOUND("ip")
	AND CALL_FOUND("trunk")
	AND FACT("found", "cut out", CUT("o", "m", "c"), "'prints what stands there'", CALL_PLACE,
		 "c" CUT_JOIN("o", "m", "c") " WHERE o.path <> '-'");

#define OTHER_OF(role) OTHER("r", "c." role, "c.source", "c.account_key", "c." role "_e164")
#define OTHER_RULE "CASE r.other WHEN 2 THEN 'several numbers, none of which is taken' ELSE 'the other reading, as valid' END"
#define OTHER_CALL(role) "c JOIN reading r ON r.id = c." role "_reading WHERE r.other"

static const char call_understood[] =
	ONE_CALL
	CALL_READ("account", SERVICE_ACCOUNT("k"), "NULL", "c JOIN account_key k ON k.id = c.account_key")
	AND CALL_READ("started", TIME_TEXT("c.started_utc", STARTED_DAY("c")),
		      FLAG_WORD("c.flags", CALL_FLAG_CLOCK, "a local time that is twice or never; ") " ||"
		      " " FLAG_WORD("c.flags", CALL_FLAG_TOLD, "the clocks have a time of the call twice or never, the order"
				    " of its times or its seconds tell which; ") " ||"
		      " CASE WHEN " STARTED_DAY("c") " THEN 'a day: the text has no time of day'"
		      " WHEN instr(char(10) || c.zones, char(10) || 'started=') > 0"
		      " THEN 'times of started have a zone of their own, see table sources'"
		      " WHEN c.zone = '' AND c.measured <> ''"
		      " THEN 'times without a zone are read by the clocks that were measured, see table sources'"
		      " ELSE 'times without a zone are in ' || CASE c.zone WHEN '' THEN 'UTC' ELSE c.zone END END",
		      "c WHERE c.started_utc IS NOT NULL")
	AND CALL_READ("answered", "CASE c.answered WHEN 0 THEN 'no' ELSE 'yes' END",
		      "CASE WHEN c.flags & " CALL_FLAG_SQL(CALL_FLAG_CONTRADICTED) " THEN 'status and seconds contradict each other; seconds win'"
		      " WHEN " FLAG_TALK("c.flags") " IN ('talk', 'times', 'billed') THEN 'seconds of talk over 0'"
		      " WHEN c.status <> '' THEN 'status' ELSE 'duration over 0' END",
		      "c WHERE c.answered IS NOT NULL")
	AND CALL_READ("seconds of talk", SECONDS("c.talk_ms"),
		      "CASE " FLAG_TALK("c.flags") " WHEN 'talk' THEN 'talk' WHEN 'times' THEN 'ended less answered_at'"
		      " WHEN 'billed' THEN 'billed, may be rounded up' ELSE 'duration, includes the set-up' END ||"
		      " " FLAG_WORD("c.flags", CALL_FLAG_NEGATIVE, "; below 0, taken as 0") " ||"
		      " " FLAG_WORD("c.flags", CALL_FLAG_TIMES, "; it is not what lies between answered_at and ended"),
		      "c WHERE c.talk_ms IS NOT NULL AND c.flags & " CALL_FLAG_SQL(CALL_TALK_MASK))
	AND CALL_READ("presented", "e164(c.presented_e164)", READING("r"),
		      "c JOIN reading r ON r.id = c.presented_reading")
	AND CALL_READ("dialled", "e164(c.dialled_e164)", READING("r"),
		      "c JOIN reading r ON r.id = c.dialled_reading")
	AND CALL_READ("cost", "c.cost_value", "coalesce(" COST_CURRENCY("c") ", 'no currency')",
		      "c WHERE c.cost_value IS NOT NULL")
	AND CALL_READ("cost", "'not understood'", "'more than 18 decimals, too many digits, or a unit that its currency does not bear out'",
		      "c WHERE c.flags & " CALL_FLAG_SQL(CALL_FLAG_COST));

static const char call_flags[] =
	ONE_CALL
	CALL_READ("notes", FLAG_NOTES("c.flags"), "NULL", "c WHERE c.flags & " FLAG_ANY_NOTE)
	AND CALL_READ("flag", "f.name", "f.class || ': ' || f.words",
		      "c LEFT JOIN reading r ON r.id = c.presented_reading JOIN flag f ON"
		      " instr(',' || coalesce(r.flags, '') ||"
		      " " FLAG_WORD("c.flags", CALL_FLAG_NEIGHBOUR, ",neighbour") " ||"
		      " " FLAG_WORD("c.flags", CALL_FLAG_SAME, ",presented-equals-dialled") " || ',', ',' || f.name || ',')");

static const char call_others[] =
	ONE_CALL
	CALL_READ("presented, or else", OTHER_OF("presented"), OTHER_RULE, OTHER_CALL("presented"))
	AND CALL_READ("dialled, or else", OTHER_OF("dialled"), OTHER_RULE, OTHER_CALL("dialled"));
/* CROSS: the call itself comes first, for most stand for none, and the others need not be read. */
static const char call_twins[] =
	ONE_CALL
	CALL_READ("stood for by", "'call ' || w.id", "'the same call, at ' || " ROW_PATH("ws", "w") " || ':' || w.line",
		      "c CROSS JOIN call w ON w.id = c.twin JOIN source ws ON ws.id = w.source"
		      " WHERE c.flags & " CALL_FLAG_SQL(CALL_FLAG_DUPLICATE))
	AND CALL_READ("stands for", "'call ' || w.id", "'the same call, at ' || " ROW_PATH("ws", "w") " || ':' || w.line",
		      "c CROSS JOIN call w ON w.twin = c.id JOIN source ws ON ws.id = w.source"
		      " WHERE c.flags & " CALL_FLAG_SQL(CALL_FLAG_STANDS) " AND w.flags & "
		      CALL_FLAG_SQL(CALL_FLAG_DUPLICATE));

static const char call_concluded[] =
	ONE_CALL
	FACT("concluded", "long", "CASE WHEN c.answered AND c.talk_ms > 1000 * g.value THEN 'yes' ELSE 'no' END",
	     "'answered, and more than ' || g.value || ' seconds of talk'", CALL_PLACE,
	     "c JOIN setting g ON g.key = 'long' WHERE c.talk_ms IS NOT NULL AND NOT c.flags & " FLAG_NO_CALL)
	AND FACT("concluded", "suspect", "'S' || f.suspect", "NULL", CALL_PLACE,
		 "c JOIN account_figure f ON f.key = c.account_key")
	AND FACT("concluded", "organisation", "o.organisation", "'owner of the presented number; no party to the call'",
		 ROW_PATH("s", "o") ", o.line, o.offset, o.length",
		 "c JOIN organisation_read u ON u.number = c.presented_e164 JOIN organisation o ON o.id = u.organisation"
		 " LEFT JOIN source s ON s.id = o.source")
	AND FACT("concluded", "report", "r.reference",
		 "m.verdict || ', ' || coalesce(" SECONDS("abs(m.apart_ms)") " || ' seconds ' ||"
		 " CASE WHEN m.apart_ms < 0 THEN 'before' ELSE 'after' END || ' the call began', m.reason)",
		 ROW_PATH("s", "r") ", r.line, r.offset, r.length",
		 "c JOIN report_match m ON m.segment = c.id / 65536 AND m.row = c.id % 65536"
		 " JOIN report r ON r.id = m.report LEFT JOIN source s ON s.id = r.source");

/* Rows of another table that say what a key of the call is. */
#define JOIN_TRIM(text) "trim(" text ", char(9, 10, 11, 12, 13, 32))"
#define JOIN_KEY \
	"CASE j.role WHEN 'account' THEN c.account WHEN 'presented' THEN c.presented WHEN 'presented_name' THEN" \
	" c.presented_name WHEN 'dialled' THEN c.dialled WHEN 'status' THEN c.status WHEN 'currency' THEN c.currency END"
#define JOINED(table, value) \
	"SELECT 'understood' AS layer, 'joined ' || j.role AS fact, t." value " AS value," \
	" CASE WHEN (SELECT count(DISTINCT " JOIN_TRIM("w." value) ") FROM " table " w WHERE w.source = t.source AND" \
	" " JOIN_TRIM("w.key") " = " JOIN_TRIM("t.key") ") > 1 THEN 'one of several for key ' || t.key || ', which stays'" \
	" ELSE 'what key ' || t.key || ' is' END AS rule, " ROW_PATH("s", "t") " AS path, t.line AS line, t.offset AS offset," \
	" t.length AS length, j.id AS by_join, t.id AS by_id FROM c JOIN joined j ON j.source = c.source" \
	" JOIN " table " t ON t.source = j.by_source AND " JOIN_TRIM("t.key") " = " JOIN_TRIM(JOIN_KEY) \
	" LEFT JOIN source s ON s.id = t.source WHERE t." value " <> ''"

static const char call_joined[] =
	ONE_CALL "SELECT layer, fact, value, rule, path, line, offset, length FROM ("
	JOINED("account", "account") AND JOINED("lookup", "value") ") ORDER BY by_join, by_id";

const struct show_statement show_call[] = {
	{ LAYER_FOUND, call_found },
	{ LAYER_UNDERSTOOD, call_joined },
	{ LAYER_UNDERSTOOD, call_understood },
	{ LAYER_UNDERSTOOD, call_flags },
	{ LAYER_UNDERSTOOD, call_others },
	{ LAYER_UNDERSTOOD, call_twins },
	{ LAYER_CONCLUDED, call_concluded },
	{ LAYER_FOUND, NULL },
};

/* --- the figures of accounts and suspects -------------------------------- */

#define FIGURE(fact, value, rule, from) FACT("concluded", fact, value, rule, NO_PLACE, from)
#define COUNT(fact, column, from) FIGURE(fact, "f." column, "NULL", from)
#define WHEN(fact, column, is, from) \
	FIGURE(fact, TIME_TEXT("f." column, is("f")), "NULL", from " AND f." column " IS NOT NULL")
#define WHEN_CALLED(from) \
	WHEN("first call", "first_call", FIRST_CALL_DAY, from) AND WHEN("last call", "last_call", LAST_CALL_DAY, from)

/* What --rate-gap says of the rates of all amounts. */
#define EACH_RATE \
	"'each at the rate of its day' || coalesce((SELECT ', or of the nearest within ' || value || ' days' FROM setting" \
	" WHERE key = 'rate_gap' AND value <> '0'), '')"

#define FIGURES(from) \
	FIGURE("spend", MONEY("f.spend"), "CASE f.refunds WHEN 0 THEN 'confirmed payments, ' ELSE 'gross less refunds, ' END" \
	       " || " EACH_RATE, from) \
	AND FIGURE("gross", MONEY("f.gross"), "'confirmed payments'", from " AND f.refunds <> 0") \
	AND FIGURE("refunds", MONEY("f.refunds"), "'confirmed payments that went back'", from " AND f.refunds <> 0") \
	AND COUNT("payments", "payments", from) \
	AND WHEN("first payment", "first_payment", FIRST_PAYMENT_DAY, from) \
	AND WHEN("last payment", "last_payment", LAST_PAYMENT_DAY, from) \
	AND COUNT("calls", "calls", from) AND COUNT("answered", "answered", from) \
	AND COUNT("long calls", "long_calls", from) AND COUNT("victims", "victims", from) \
	AND COUNT("presentations", "presentations", from) AND COUNT("organisations", "organisations", from) \
	AND COUNT("reports", "reports", from) \
	AND FIGURE("loss", MONEY("f.loss"), "'associated with these calls by the reports'", from) \
	AND WHEN_CALLED(from)

/* --- account ------------------------------------------------------------- */

#define OF_ACCOUNT "account_figure f WHERE f.key = :id"

static const char account_figures[] =
	FIGURE("account", SERVICE_ACCOUNT("k"), "NULL", "account_key k WHERE k.id = :id")
	AND FIGURE("suspect", "'S' || f.suspect", "NULL", OF_ACCOUNT) AND FIGURES(OF_ACCOUNT);

#define ROW_PLACE ROW_PATH("s", "t") ", t.line, t.offset, t.length"
#define FOUND_ROLE(kind, role) \
	"SELECT 'found', '" kind " " role "', t." role ", " ASSERTED("s.recipe", role) ", " ROW_PLACE ", t.source AS by_source, t.id AS by_id" \
	" FROM t LEFT JOIN source s ON s.id = t.source WHERE t." role " <> ''"
#define ROWS_CUT(kind, read) \
	"SELECT 'found', '" kind " cut out', " CUT("s", "m", "t") ", 'prints what stands there', " ROW_PLACE \
	" FROM " read " r JOIN " kind " t ON t.id = r." kind CUT_JOIN("s", "m", "t") \
	" WHERE r.key = :id AND s.path <> '-' ORDER BY t.source, t.id"
#define ROWS_OF(kind, read) \
	"WITH t AS (SELECT a.* FROM " kind " a JOIN " read " r ON r." kind " = a.id WHERE r.key = :id)" \
	" SELECT * FROM ("
/* The last two columns only sort. */
#define ROWS_END ") ORDER BY by_source, by_id"

static const char account_rows[] =
	ROWS_OF("account", "account_read")
	FOUND_ROLE("account", "login") AND FOUND_ROLE("account", "email") AND FOUND_ROLE("account", "phone")
	AND FOUND_ROLE("account", "name") AND FOUND_ROLE("account", "registered") AND FOUND_ROLE("account", "ip")
	AND FOUND_ROLE("account", "country")
	ROWS_END;
static const char account_cuts[] = ROWS_CUT("account", "account_read");

static const char account_phones[] =
	"SELECT 'understood', 'account phone', e164(u.phone), " READING("r") ", " ROW_PLACE
	" FROM account_read u JOIN account t ON t.id = u.account LEFT JOIN reading r ON r.id = u.phone_reading"
	" LEFT JOIN source s ON s.id = t.source WHERE u.key = :id AND u.phone IS NOT NULL ORDER BY t.source, t.id";

static const char account_other_phones[] =
	"SELECT 'understood', 'account phone, or else', " OTHER("r", "t.phone", "t.source", "u.key", "u.phone") ", "
	OTHER_RULE ", " ROW_PLACE
	" FROM account_read u JOIN account t ON t.id = u.account JOIN reading r ON r.id = u.phone_reading"
	" LEFT JOIN source s ON s.id = t.source WHERE u.key = :id AND r.other ORDER BY t.source, t.id";

static const char account_payments[] =
	ROWS_OF("payment", "payment_read")
	FOUND_ROLE("payment", "paid") AND FOUND_ROLE("payment", "amount") AND FOUND_ROLE("payment", "currency")
	AND FOUND_ROLE("payment", "from_address") AND FOUND_ROLE("payment", "to_address")
	AND FOUND_ROLE("payment", "txid") AND FOUND_ROLE("payment", "status") ROWS_END;
static const char account_payment_cuts[] = ROWS_CUT("payment", "payment_read");

static const char account_values[] =
	"SELECT 'understood', 'payment', amount(u.amount, u.exponent) || ' ' || u.currency ||"
	" CASE WHEN u.paid_day THEN ' on ' || day(u.paid) ELSE ' at ' || utc(u.paid) END ||"
	" CASE WHEN u.clock THEN ' (a local time that is twice or never)' ELSE '' END ||"
	" CASE WHEN u.confirmed AND " NEGATIVE("u.amount") " THEN ', confirmed, a refund'"
	" WHEN u.confirmed THEN ', confirmed' ELSE ', not confirmed' END,"
	" CASE WHEN u.duplicate THEN 'stood for by ' || " TWIN_PLACE
	" WHEN u.twin IS NOT NULL THEN 'stands for ' || " TWIN_PLACE " END, " ROW_PLACE
	" FROM payment_read u JOIN payment t ON t.id = u.payment LEFT JOIN source s ON s.id = t.source"
	TWIN_JOIN("payment", "u")
	" WHERE u.key = :id ORDER BY t.source, t.id";

static const char account_worth[] =
	"SELECT 'concluded', CASE WHEN " NEGATIVE("u.amount") " THEN 'refund' ELSE 'payment' END, " MONEY("v.value") ", CASE WHEN v.rate IS NULL THEN 'the currency of the case'"
	" ELSE 'at the rate ' || qr.value || ' of ' || q.date || ' (' || " ROW_PATH("qs", "q") " || ':' || q.line || ')' ||"
	" CASE WHEN v.gap < 0 THEN ', ' || -v.gap || ' days before it' WHEN v.gap > 0 THEN ', ' || v.gap || ' days after it'"
	" ELSE '' END END,"
	" " ROW_PLACE " FROM payment_read u JOIN payment t ON t.id = u.payment"
	" JOIN payment_value v ON v.payment = u.payment LEFT JOIN rate q ON q.id = v.rate LEFT JOIN rate_read qr ON qr.rate = v.rate"
	" LEFT JOIN source qs ON qs.id = q.source LEFT JOIN source s ON s.id = t.source"
	" WHERE u.key = :id AND v.value IS NOT NULL ORDER BY t.source, t.id";

static const char account_logins[] =
	ROWS_OF("login", "login_read")
	FOUND_ROLE("login", "at") AND FOUND_ROLE("login", "ip") AND FOUND_ROLE("login", "device") ROWS_END;
static const char account_login_cuts[] = ROWS_CUT("login", "login_read");

/* A link has two rows that say so, one of either account. */
#define LINK_SIDE(side) \
	"SELECT 'concluded', 'link', " SERVICE_SHOWN("a") " || a.account || ' and ' || " SERVICE_SHOWN("b") " || b.account," \
	" l.rule || ' ' || l.value || ' (' || l.strength || CASE l.note WHEN '' THEN '' ELSE ': ' || l.note END || '), row of ' ||" \
	" " SERVICE_SHOWN(side) " || " side ".account, " \
	ROW_PATH_OF("s", "l.member_" side) ", l.row_" side ", NULL, NULL, l.id AS by_id FROM link l" \
	" JOIN account_key a ON a.id = l.account_a JOIN account_key b ON b.id = l.account_b" \
	" LEFT JOIN source s ON s.id = l.source_" side " WHERE "

#define ACCOUNT_LINKED "(l.account_a = :id OR l.account_b = :id)"

static const char account_links[] =
	"SELECT * FROM (" LINK_SIDE("a") ACCOUNT_LINKED AND LINK_SIDE("b") ACCOUNT_LINKED ") ORDER BY by_id";

const struct show_statement show_account[] = {
	{ LAYER_CONCLUDED, account_figures },
	{ LAYER_CONCLUDED, account_links },
	{ LAYER_UNDERSTOOD, account_rows },
	{ LAYER_UNDERSTOOD, account_cuts },
	{ LAYER_UNDERSTOOD, account_phones },
	{ LAYER_UNDERSTOOD, account_other_phones },
	{ LAYER_UNDERSTOOD, account_payments },
	{ LAYER_UNDERSTOOD, account_payment_cuts },
	{ LAYER_UNDERSTOOD, account_values },
	{ LAYER_CONCLUDED, account_worth },
	{ LAYER_UNDERSTOOD, account_logins },
	{ LAYER_UNDERSTOOD, account_login_cuts },
	{ LAYER_FOUND, NULL },
};

/* --- suspect ------------------------------------------------------------- */

#define OF_SUSPECT "suspect f WHERE f.id = :id"

static const char suspect_figures[] =
	FIGURE("suspect", "'S' || f.id", "NULL", OF_SUSPECT)
	AND FIGURE("accounts", "f.accounts", "NULL", OF_SUSPECT)
	AND FIGURE("logins", "f.logins", "NULL", OF_SUSPECT " AND f.logins <> ''")
	AND FIGURE("emails", "f.emails", "NULL", OF_SUSPECT " AND f.emails <> ''")
	AND FIGURE("doubts", "f.doubts", "'alone tie accounts of it'", OF_SUSPECT " AND f.doubts <> ''")
	AND FIGURES(OF_SUSPECT)
	AND FIGURE("score", "f.score", "f.why", OF_SUSPECT);

/* A line for each figure that has bands, with the highest band that it reaches
 * or else the lowest. */
#define SCORED(value) "CASE WHEN figure IN ('spend', 'loss') THEN " MONEY(value) " ELSE " value " END"

static const char suspect_score[] =
	"WITH scored AS (SELECT b.line, b.axis, b.figure, b.shown, CASE b.figure WHEN 'spend' THEN f.spend"
	" WHEN 'loss' THEN f.loss WHEN 'victims' THEN f.victims WHEN 'long_calls' THEN f.long_calls"
	" WHEN 'organisations' THEN f.organisations WHEN 'reports' THEN f.reports WHEN 'payments' THEN f.payments"
	" WHEN 'emails' THEN e.emails WHEN 'phones' THEN e.phones WHEN 'addresses' THEN e.addresses"
	" WHEN 'ips' THEN e.ips WHEN 'devices' THEN e.devices WHEN 'accounts' THEN e.accounts END AS value"
	" FROM suspect f JOIN evidence e ON e.suspect = f.id"
	" JOIN (SELECT DISTINCT line, axis, figure, shown FROM score_band) b WHERE f.id = :id),"
	" banded AS (SELECT s.*, coalesce((SELECT least FROM score_band b WHERE b.line = s.line AND amount_key(least) <= amount_key(value)"
	" ORDER BY amount_key(least) DESC LIMIT 1),"
	" (SELECT least FROM score_band b WHERE b.line = s.line ORDER BY amount_key(least) LIMIT 1)) AS band FROM scored s),"
	" judged AS (SELECT s.*, CASE WHEN amount_key(value) < amount_key(band) THEN 0 ELSE (SELECT points FROM score_band b"
	" WHERE b.line = s.line AND b.least = s.band) END AS points FROM banded s)"
	" SELECT 'concluded', 'score line', points, axis || ': ' || CASE value WHEN 0 THEN 'no ' || shown"
	" ELSE shown || ' ' || " SCORED("value") " || CASE WHEN amount_key(value) < amount_key(band) THEN ', below ' ELSE ', at least ' END || "
	SCORED("band") " END || ': ' || points, " NO_PLACE " FROM judged ORDER BY line";

static const char suspect_accounts[] =
	"SELECT 'concluded', 'account', " SERVICE_ACCOUNT("k") ", f.calls || ' calls, ' || f.long_calls || ' long, ' ||"
	" f.victims || ' victims, spend ' || " MONEY("f.spend") ", " NO_PLACE
	" FROM account_figure f JOIN account_key k ON k.id = f.key WHERE f.suspect = :id"
	" ORDER BY k.service, k.account";

#define SUSPECT_LINKED \
	"(l.account_a IN (SELECT key FROM account_figure WHERE suspect = :id) OR" \
	" l.account_b IN (SELECT key FROM account_figure WHERE suspect = :id))"

static const char suspect_links[] =
	"SELECT * FROM (" LINK_SIDE("a") SUSPECT_LINKED AND LINK_SIDE("b") SUSPECT_LINKED ") ORDER BY by_id";

const struct show_statement show_suspect[] = {
	{ LAYER_CONCLUDED, suspect_figures },
	{ LAYER_CONCLUDED, suspect_score },
	{ LAYER_CONCLUDED, suspect_accounts },
	{ LAYER_CONCLUDED, suspect_links },
	{ LAYER_FOUND, NULL },
};

/* --- number -------------------------------------------------------------- */

/* One row for each way the number was read. */
#define SEEN(role, flags) \
	"SELECT 'understood', '" role "', count(*) || ' calls, ' || sum(c.answered) || ' answered', " READING("r") flags ", " \
	NO_PLACE " FROM call c LEFT JOIN reading r ON r.id = c." role "_reading WHERE c." role "_e164 = :id" \
	" AND c.flags & " FLAG_NO_ROW " = 0 GROUP BY r.id ORDER BY r.id"

static const char number_dialled[] = SEEN("dialled", "");
static const char number_presented[] =
	SEEN("presented", " || CASE r.flags WHEN '' THEN '' ELSE ', flags ' || replace(r.flags, ',', ' ') END");

#define OF_VICTIM "victim f WHERE f.number = :id"

static const char number_victim[] =
	FIGURE("victim", "e164(f.number)", "'dialled in a long call'", OF_VICTIM)
	AND FIGURE("own number", "'of an account'", "'it is the telephone of one'", OF_VICTIM " AND f.number " OWN_ACCOUNT)
	AND FIGURE("own number", "'of an organisation'", "'the directory has it'", OF_VICTIM " AND f.number " OWN_ORGANISATION)
	AND FIGURE("country", "f.country", "NULL", OF_VICTIM)
	AND COUNT("calls", "calls", OF_VICTIM) AND COUNT("long calls", "long_calls", OF_VICTIM)
	AND FIGURE("seconds", SECONDS("f.talk_ms"), "NULL", OF_VICTIM) AND COUNT("suspects", "suspects", OF_VICTIM)
	AND COUNT("organisations", "organisations", OF_VICTIM) AND COUNT("reports", "reports", OF_VICTIM)
	AND FIGURE("loss", MONEY("f.loss"), "'associated with these calls by the reports'", OF_VICTIM)
	AND WHEN_CALLED(OF_VICTIM);

static const char number_organisation[] =
	"SELECT 'concluded', 'organisation', t.organisation, nullif(t.sector, ''), " ROW_PLACE
	" FROM organisation_read u JOIN organisation t ON t.id = u.organisation LEFT JOIN source s ON s.id = t.source"
	" WHERE u.number = :id ORDER BY t.source, t.id";

static const char number_presentations[] =
	"SELECT 'concluded', 'presented by S' || p.suspect, p.calls || ' calls, ' || p.answered || ' answered, ' ||"
	" p.long_calls || ' long', p.victims || ' victims, ' || p.accounts || ' accounts, spend ' || " MONEY("p.spend")
	" || ', loss ' || " MONEY("p.loss") ", " NO_PLACE " FROM presentation p WHERE p.number = :id ORDER BY p.suspect";

static const char number_reports[] =
	"SELECT 'concluded', 'report', t.reference, m.verdict || CASE m.reason WHEN '' THEN '' ELSE ', ' || m.reason END, "
	ROW_PLACE
	" FROM report_read u JOIN report t ON t.id = u.report LEFT JOIN report_match m ON m.report = u.report"
	" LEFT JOIN source s ON s.id = t.source WHERE u.victim = :id OR u.presented = :id ORDER BY t.source, t.id";

/* The first 20 calls in one role; the other role stands beside it. */
#define FIRST_CALLS(role, beside) \
	"SELECT 'found', 'call ' || t.id, coalesce(t.started, '') || ', account ' || " SERVICE_SHOWN("s") " ||" \
	" coalesce(t.account, '') || ', " \
	beside " ' || coalesce(t." beside ", ''), '" role " ' || t." role ", " ROW_PLACE \
	" FROM call t LEFT JOIN source s ON s.id = t.source WHERE t." role "_e164 = :id" \
	" AND t.flags & " FLAG_NO_ROW " = 0 ORDER BY t.id LIMIT 20"

static const char number_first_dialled[] = FIRST_CALLS("dialled", "presented");
static const char number_first_presented[] = FIRST_CALLS("presented", "dialled");

/* That there are more. */
#define SHOWN_CALLS(role) \
	"SELECT 'understood', 'calls shown', '20 of ' || n || ' shown', '" role "; ' || (n - 20) ||" \
	" ' more are in `unspoof export CASE calls`', " NO_PLACE " FROM (SELECT count(*) AS n FROM call c" \
	" WHERE c." role "_e164 = :id AND c.flags & " FLAG_NO_ROW " = 0) WHERE n > 20"

static const char number_shown_dialled[] = SHOWN_CALLS("dialled");
static const char number_shown_presented[] = SHOWN_CALLS("presented");

static const char number_accounts[] =
	"SELECT 'understood', 'telephone of account', " SERVICE_ACCOUNT("k") ", " READING("r") ", " ROW_PLACE
	" FROM account_read u JOIN account t ON t.id = u.account JOIN account_key k ON k.id = u.key"
	" LEFT JOIN reading r ON r.id = u.phone_reading LEFT JOIN source s ON s.id = t.source"
	" WHERE u.phone = :id ORDER BY t.source, t.id";

/* Found texts of which it is the other reading, or one of several numbers. Of calls only those are read whose reading
 * has another. */
#define IS_AMONG(others) "instr(';' || " others " || ';', ';+' || :id || ';')"
#define ALSO(role) \
	"SELECT 'understood', '" role ", or else', t." role ", CASE r.other WHEN 2 THEN 'one of several numbers: ' ||" \
	" o.others ELSE 'read as ' || e164(t." role "_e164) || ', ' || r.rule END || ', call ' || t.id, " ROW_PLACE \
	" FROM (SELECT c.id AS id, " OTHER("q", "c." role, "c.source", "c.account_key", "c." role "_e164") " AS others" \
	" FROM call c JOIN reading q ON q.id = c." role "_reading WHERE c." role "_reading IN (SELECT id FROM reading" \
	" WHERE other) AND c.flags & " FLAG_NO_ROW " = 0) o JOIN call t ON t.id = o.id" \
	" JOIN reading r ON r.id = t." role "_reading LEFT JOIN source s ON s.id = t.source" \
	" WHERE " IS_AMONG("o.others") " ORDER BY t.id"
#define ALSO_ROW(fact, table, read, role, column, key) \
	"SELECT 'understood', '" fact ", or else', t." role ", CASE r.other WHEN 2 THEN 'one of several numbers' ELSE" \
	" 'read as ' || e164(u." column ") || ', ' || r.rule END, " ROW_PLACE \
	" FROM " read " u JOIN " table " t ON t.id = u." table " JOIN reading r ON r.id = u." column "_reading" \
	" LEFT JOIN source s ON s.id = t.source WHERE r.other AND " \
	IS_AMONG(OTHER("r", "t." role, "t.source", key, "u." column)) " ORDER BY t.source, t.id"

static const char number_also_dialled[] = ALSO("dialled");
static const char number_also_presented[] = ALSO("presented");
static const char number_also_phone[] = ALSO_ROW("telephone of account", "account", "account_read", "phone", "phone", "u.key");
static const char number_also_victim[] = ALSO_ROW("victim of report", "report", "report_read", "victim", "victim", "NULL");
static const char number_also_shown[] =
	ALSO_ROW("presented of report", "report", "report_read", "presented", "presented", "NULL");

const struct show_statement show_number[] = {
	{ LAYER_UNDERSTOOD, number_dialled },
	{ LAYER_UNDERSTOOD, number_presented },
	{ LAYER_UNDERSTOOD, number_accounts },
	{ LAYER_CONCLUDED, number_victim },
	{ LAYER_CONCLUDED, number_organisation },
	{ LAYER_CONCLUDED, number_presentations },
	{ LAYER_CONCLUDED, number_reports },
	{ LAYER_UNDERSTOOD, number_first_dialled },
	{ LAYER_UNDERSTOOD, number_shown_dialled },
	{ LAYER_UNDERSTOOD, number_first_presented },
	{ LAYER_UNDERSTOOD, number_shown_presented },
	{ LAYER_UNDERSTOOD, number_also_dialled },
	{ LAYER_UNDERSTOOD, number_also_presented },
	{ LAYER_UNDERSTOOD, number_also_phone },
	{ LAYER_UNDERSTOOD, number_also_victim },
	{ LAYER_UNDERSTOOD, number_also_shown },
	{ LAYER_FOUND, NULL },
};
