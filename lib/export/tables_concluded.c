/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of what is concluded, and of what that is drawn from. */
#include "export/tables_concluded.h"

#include "casefile/service_name.h"
#include "export/tables_define.h"
#include "export/tables_sql.h"

/* What the sums of a ranking are sorted by. Without a key all of it is NULL and
 * sorts nothing; with one, equal rows go on to the next figures. */
#define BY(column) " CASE WHEN :key IS NOT NULL THEN " column " END DESC,"
#define BY_KEY(spend, victims, calls, loss) \
	" CASE :key WHEN 'spend' THEN amount_key(" spend ") WHEN 'victims' THEN " victims \
	" WHEN 'calls' THEN " calls " WHEN 'loss' THEN amount_key(" loss ") END DESC,"
#define RANKING(t) \
	BY_KEY(t ".spend", t ".victims", t ".calls", t ".loss") \
	BY("amount_key(" t ".spend)") BY(t ".victims") BY(t ".calls") BY("amount_key(" t ".loss)")

static const struct table_column suspects_columns[] = {
	{ "rank", CELL_INTEGER, NULL, "row_number() OVER (ORDER BY" RANKING("s") " s.id)",
	  CONCLUDED("by what the table is ranked by") },
	{ "suspect", CELL_ID, NULL, "'S' || s.id", CONCLUDED("a person: accounts that are one") },
	{ "accounts", CELL_LIST, NULL, "s.accounts", CONCLUDED("that are this person") },
	{ "logins", CELL_LIST, NULL, "s.logins", CONCLUDED("of these accounts") },
	{ "emails", CELL_LIST, NULL, "s.emails", CONCLUDED("of these accounts") },
	{ "spend", CELL_AMOUNT, "currency", "amount(s.spend, :exponent)",
	  CONCLUDED("what was paid, less what went back") },
	{ "currency", CELL_TEXT, NULL, ":currency", ASSERTED("of the amounts: that of the case") },
	{ "payments", CELL_INTEGER, NULL, "s.payments", CONCLUDED("how many were confirmed") },
	{ "first_payment", CELL_TIME, NULL, TIME("s.first_payment", FIRST_PAYMENT_DAY("s")),
	  CONCLUDED("when the first was paid") },
	{ "last_payment", CELL_TIME, NULL, TIME("s.last_payment", LAST_PAYMENT_DAY("s")),
	  CONCLUDED("when the last was paid") },
	{ "calls", CELL_INTEGER, NULL, "s.calls", CONCLUDED("how many") },
	{ "answered", CELL_INTEGER, NULL, "s.answered", CONCLUDED("calls that were answered") },
	{ "long_calls", CELL_INTEGER, NULL, "s.long_calls", CONCLUDED("answered, and longer than --long") },
	{ "victims", CELL_INTEGER, NULL, "s.victims", CONCLUDED("numbers that long calls dialled") },
	{ "presentations", CELL_INTEGER, NULL, "s.presentations", CONCLUDED("numbers that were presented") },
	{ "organisations", CELL_INTEGER, NULL, "s.organisations", CONCLUDED("whose numbers were presented") },
	{ "reports", CELL_INTEGER, NULL, "s.reports", CONCLUDED("that are matched to the calls") },
	{ "loss", CELL_AMOUNT, "currency", "amount(s.loss, :exponent)", CONCLUDED("what these reports say was lost") },
	{ "first_call", CELL_TIME, NULL, TIME("s.first_call", FIRST_CALL_DAY("s")),
	  CONCLUDED("when the first call started") },
	{ "last_call", CELL_TIME, NULL, TIME("s.last_call", LAST_CALL_DAY("s")),
	  CONCLUDED("when the last call started") },
	{ "score", CELL_INTEGER, NULL, "s.score", CONCLUDED("points for harm; no probability") },
	{ "why", CELL_TEXT, NULL, "s.why", CONCLUDED("what the points are for") },
	{ "doubts", CELL_LIST, NULL, "s.doubts", CONCLUDED("what alone ties some of the accounts") },
	{ "gross", CELL_AMOUNT, "currency", "amount(s.gross, :exponent)", CONCLUDED("what was paid") },
	{ "refunds", CELL_AMOUNT, "currency", "amount(s.refunds, :exponent)", CONCLUDED("what went back") },
};

/* Only what is shown is put into order as a whole, by the first column. */
static const char suspects_from[] =
	" FROM suspect s WHERE s.id IN (SELECT s.id FROM suspect s WHERE :min IS NULL OR amount_key(s.spend) >= amount_key(:min)"
	" ORDER BY" RANKING("s") " s.id" LIMIT ") ORDER BY 1";

static const struct table_column accounts_columns[] = {
	{ "account", CELL_TEXT, NULL, "k.account", FOUND("its name, without blanks around") },
	{ "service", CELL_TEXT, NULL, "nullif(k.service, '')", ASSERTED("that the source is of") },
	{ "suspect", CELL_ID, NULL, "'S' || f.suspect", CONCLUDED("the person it is of") },
	{ "login", CELL_LIST, NULL, "f.logins", FOUND("logins of it") },
	{ "email", CELL_LIST, NULL, "f.emails", UNDERSTOOD("of it, in lower case") },
	{ "spend", CELL_AMOUNT, "currency", "amount(f.spend, :exponent)",
	  CONCLUDED("what was paid, less what went back") },
	{ "currency", CELL_TEXT, NULL, ":currency", ASSERTED("of the amounts: that of the case") },
	{ "payments", CELL_INTEGER, NULL, "f.payments", CONCLUDED("how many were confirmed") },
	{ "calls", CELL_INTEGER, NULL, "f.calls", CONCLUDED("how many") },
	{ "answered", CELL_INTEGER, NULL, "f.answered", CONCLUDED("calls that were answered") },
	{ "long_calls", CELL_INTEGER, NULL, "f.long_calls", CONCLUDED("answered, and longer than --long") },
	{ "victims", CELL_INTEGER, NULL, "f.victims", CONCLUDED("numbers that long calls dialled") },
	{ "presentations", CELL_INTEGER, NULL, "f.presentations", CONCLUDED("numbers that were presented") },
	{ "organisations", CELL_INTEGER, NULL, "f.organisations", CONCLUDED("whose numbers were presented") },
	{ "reports", CELL_INTEGER, NULL, "f.reports", CONCLUDED("that are matched to the calls") },
	{ "loss", CELL_AMOUNT, "currency", "amount(f.loss, :exponent)", CONCLUDED("what these reports say was lost") },
	{ "first_call", CELL_TIME, NULL, TIME("f.first_call", FIRST_CALL_DAY("f")),
	  CONCLUDED("when the first call started") },
	{ "last_call", CELL_TIME, NULL, TIME("f.last_call", LAST_CALL_DAY("f")),
	  CONCLUDED("when the last call started") },
	{ "gross", CELL_AMOUNT, "currency", "amount(f.gross, :exponent)", CONCLUDED("what was paid") },
	{ "refunds", CELL_AMOUNT, "currency", "amount(f.refunds, :exponent)", CONCLUDED("what went back") },
};

static const char accounts_from[] =
	" FROM account_key k JOIN account_figure f ON f.key = k.id WHERE :min IS NULL OR amount_key(f.spend) >= amount_key(:min)"
	" ORDER BY" RANKING("f") " k.service, k.account" LIMIT;

static const struct table_column presentations_columns[] = {
	{ "presented", CELL_NUMBER, NULL, "coalesce(p.number, s.text)", UNDERSTOOD("E.164, or the text as found") },
	{ "organisation", CELL_TEXT, NULL, "p.organisation", ASSERTED("whose number it is, by the directory") },
	{ "sector", CELL_TEXT, NULL, "p.sector", ASSERTED("of that, by the directory") },
	{ "suspect", CELL_ID, NULL, "'S' || p.suspect", CONCLUDED("the person it is of") },
	{ "accounts", CELL_INTEGER, NULL, "p.accounts", CONCLUDED("of the suspect's, that presented it") },
	{ "calls", CELL_INTEGER, NULL, "p.calls", CONCLUDED("how many") },
	{ "answered", CELL_INTEGER, NULL, "p.answered", CONCLUDED("calls that were answered") },
	{ "long_calls", CELL_INTEGER, NULL, "p.long_calls", CONCLUDED("answered, and longer than --long") },
	{ "victims", CELL_INTEGER, NULL, "p.victims", CONCLUDED("numbers that long calls dialled") },
	{ "spend", CELL_AMOUNT, "currency", "amount(p.spend, :exponent)",
	  CONCLUDED("share of what these accounts spent") },
	{ "currency", CELL_TEXT, NULL, ":currency", ASSERTED("of the amounts: that of the case") },
	{ "loss", CELL_AMOUNT, "currency", "amount(p.loss, :exponent)", CONCLUDED("what these reports say was lost") },
	{ "first_call", CELL_TIME, NULL, TIME("p.first_call", FIRST_CALL_DAY("p")),
	  CONCLUDED("when the first call started") },
	{ "last_call", CELL_TIME, NULL, TIME("p.last_call", LAST_CALL_DAY("p")),
	  CONCLUDED("when the last call started") },
	{ "flags", CELL_LIST, NULL, FLAG_LIST("r"), UNDERSTOOD("what is said of the number") },
};

static const char presentations_from[] =
	" FROM presentation p LEFT JOIN shown s ON s.id = p.shown LEFT JOIN reading r ON r.id = p.reading"
	" WHERE :min IS NULL OR amount_key(p.spend) >= amount_key(:min)"
	" ORDER BY" RANKING("p") " coalesce('+' || p.number, CAST(s.text AS TEXT)), p.suspect" LIMIT;

static const struct table_column victims_columns[] = {
	{ "number", CELL_NUMBER, NULL, "v.number", UNDERSTOOD("dialled, E.164") },
	{ "country", CELL_TEXT, NULL, "v.country", UNDERSTOOD("of the number, by the numbering plan") },
	{ "calls", CELL_INTEGER, NULL, "v.calls", CONCLUDED("that dialled it") },
	{ "long_calls", CELL_INTEGER, NULL, "v.long_calls", CONCLUDED("of these") },
	{ "seconds", CELL_REAL, UNIT_SECONDS, SECONDS("v.talk_ms"), CONCLUDED("of talk in answered calls") },
	{ "suspects", CELL_INTEGER, NULL, "v.suspects", CONCLUDED("whose long calls reached it") },
	{ "organisations", CELL_INTEGER, NULL, "v.organisations", CONCLUDED("whose numbers were presented") },
	{ "reports", CELL_INTEGER, NULL, "v.reports", CONCLUDED("that are matched to the calls") },
	{ "loss", CELL_AMOUNT, NULL, "amount(v.loss, :exponent)", CONCLUDED("what these reports say was lost") },
	{ "first_call", CELL_TIME, NULL, TIME("v.first_call", FIRST_CALL_DAY("v")),
	  CONCLUDED("when the first call started") },
	{ "last_call", CELL_TIME, NULL, TIME("v.last_call", LAST_CALL_DAY("v")),
	  CONCLUDED("when the last call started") },
	{ "unsure", CELL_INTEGER, NULL, "v.unsure", CONCLUDED("long calls whose number is unsure") },
	{ "own", CELL_LIST, NULL, OWN("v"), CONCLUDED("a number of the case, and what of") },
};

/* Sorted as text, so that the order is that of the column as it is printed. */
static const char victims_from[] =
	" FROM victim v ORDER BY" BY_KEY("NULL", "NULL", "v.calls", "v.loss") BY("v.calls") BY("amount_key(v.loss)")
	" CAST(v.number AS TEXT)" LIMIT;

static const struct table_column calls_columns[] = {
	{ "call", CELL_INTEGER, NULL, "c.id", FOUND("its id in the case") },
	{ "source", CELL_TEXT, NULL, ROW_PATH("s", "c"), FOUND("path, and file or member") },
	{ "line", CELL_INTEGER, NULL, "c.line", FOUND("on which the row begins") },
	{ "offset", CELL_INTEGER, UNIT_BYTES, "c.offset", FOUND("of its first byte") },
	{ "length", CELL_INTEGER, UNIT_BYTES, "c.length", FOUND("in bytes, with the line end") },
	{ "service", CELL_TEXT, NULL, "nullif(s.service, '')", ASSERTED("that the source is of") },
	{ "account", CELL_TEXT, NULL, JOINED_ACCOUNT("s", "c", "c.account_key"), FOUND("that placed it, or the one that is meant by a key") },
	{ "suspect", CELL_ID, NULL, "'S' || f.suspect", CONCLUDED("whose account that is") },
	{ "started", CELL_TIME, NULL, TIME("c.started_utc", STARTED_DAY("c")), UNDERSTOOD("UTC") },
	{ "answered", CELL_INTEGER, NULL, "c.answered", UNDERSTOOD("by the seconds, else the status") },
	{ "long", CELL_INTEGER, NULL,
	  "c.answered AND c.talk_ms > 1000 * (SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'long')",
	  CONCLUDED("answered, and longer than --long") },
	{ "seconds", CELL_REAL, UNIT_SECONDS, "CASE WHEN c.flags & " CALL_FLAG_SQL(CALL_TALK_MASK) " THEN " SECONDS("c.talk_ms") " END",
	  UNDERSTOOD("of talk") },
	{ "seconds_from", CELL_TEXT, NULL, FLAG_TALK("c.flags"), UNDERSTOOD("what these are read from") },
	{ "presented", CELL_NUMBER, NULL, "c.presented_e164", UNDERSTOOD("E.164") },
	{ "presented_found", CELL_TEXT, NULL, "c.presented", FOUND("the text that was presented") },
	{ "presented_name", CELL_TEXT, NULL, "c.presented_name", FOUND("the name that was presented") },
	{ "presented_class", CELL_TEXT, NULL, "p.class", UNDERSTOOD("what kind of text it is") },
	{ "presented_rule", CELL_TEXT, NULL, "nullif(p.rule, '')", UNDERSTOOD("what made a number of it") },
	{ "dialled", CELL_NUMBER, NULL, "c.dialled_e164", UNDERSTOOD("E.164") },
	{ "dialled_found", CELL_TEXT, NULL, "c.dialled", FOUND("the text that was dialled") },
	{ "dialled_class", CELL_TEXT, NULL, "d.class", UNDERSTOOD("what kind of text it is") },
	{ "dialled_rule", CELL_TEXT, NULL, "nullif(d.rule, '')", UNDERSTOOD("what made a number of it") },
	{ "country", CELL_TEXT, NULL, "nullif(d.country, 'ZZ')", UNDERSTOOD("of the dialled number") },
	{ "status", CELL_TEXT, NULL, "c.status", FOUND("the word for how it ended") },
	{ "cost", CELL_AMOUNT, "currency", "c.cost_value", UNDERSTOOD("of the call") },
	{ "currency", CELL_TEXT, NULL, "CASE WHEN c.cost_value IS NOT NULL THEN " COST_CURRENCY("c") " END",
	  UNDERSTOOD("of the cost") },
	{ "notes", CELL_LIST, NULL, FLAG_NOTES("c.flags"), UNDERSTOOD("what is contradictory or assumed") },
	{ "flags", CELL_LIST, NULL, FLAG_CALL("c.flags", "p"), UNDERSTOOD("what is said of what was presented") },
	{ "presented_other", CELL_LIST, NULL, OTHER("p", "c.presented", "c.source", "c.account_key", "c.presented_e164"),
	  UNDERSTOOD("readings that were not taken") },
	{ "dialled_other", CELL_LIST, NULL, OTHER("d", "c.dialled", "c.source", "c.account_key", "c.dialled_e164"),
	  UNDERSTOOD("readings that were not taken") },
	{ "twin", CELL_INTEGER, NULL, "c.twin", UNDERSTOOD("the call that is this one again") },
};

static const char calls_from[] =
	" FROM call c LEFT JOIN source s ON s.id = c.source LEFT JOIN account_figure f ON f.key = c.account_key"
	" LEFT JOIN reading p ON p.id = c.presented_reading LEFT JOIN reading d ON d.id = c.dialled_reading"
	" WHERE c.flags & " FLAG_NO_CALL " = 0 ORDER BY c.id" LIMIT;

static const struct table_column payments_columns[] = {
	{ "payment_id", CELL_TEXT, NULL, "p.payment_id", FOUND("its id in the source") },
	{ "account", CELL_TEXT, NULL, JOINED_ACCOUNT("s", "p", "r.key"), FOUND("that paid, or the one that is meant by a key") },
	{ "service", CELL_TEXT, NULL, "nullif(s.service, '')", ASSERTED("that the source is of") },
	{ "suspect", CELL_ID, NULL, "'S' || f.suspect", CONCLUDED("whose account that is") },
	{ "paid", CELL_TIME, NULL, TIME("r.paid", "r.paid_day"), UNDERSTOOD("UTC") },
	{ "amount", CELL_AMOUNT, "currency", "amount(r.amount, r.exponent)", UNDERSTOOD("as paid") },
	{ "currency", CELL_TEXT, NULL, "r.currency", UNDERSTOOD("of the amount") },
	{ "value", CELL_AMOUNT, "value_currency", "amount(v.value, :exponent)",
	  CONCLUDED("in the currency of the case") },
	{ "value_currency", CELL_TEXT, NULL, "CASE WHEN v.value IS NOT NULL THEN :currency END",
	  ASSERTED("that of the case") },
	{ "rate", CELL_TEXT, NULL, "d.value", FOUND("that the value is made by") },
	{ "rate_date", CELL_TEXT, NULL, "date(d.day * 86400, 'unixepoch')", UNDERSTOOD("of which day the rate is") },
	{ "from_address", CELL_TEXT, NULL, "p.from_address", FOUND("that paid") },
	{ "to_address", CELL_TEXT, NULL, "p.to_address", FOUND("that was paid") },
	{ "txid", CELL_TEXT, NULL, "p.txid", FOUND("of the transaction") },
	{ "status", CELL_TEXT, NULL, "p.status", FOUND("the word for what became of it") },
	{ "confirmed", CELL_INTEGER, NULL, "r.confirmed", UNDERSTOOD("whether the status says paid") },
	{ "source", CELL_TEXT, NULL, ROW_PATH("s", "p"), FOUND("path, and file or member") },
	{ "line", CELL_INTEGER, NULL, "p.line", FOUND("on which the row begins") },
	{ "stood_for_by", CELL_TEXT, NULL, TWIN_STOOD_FOR("r"), UNDERSTOOD("the row that this one is again") },
	{ "stands_for", CELL_TEXT, NULL, TWIN_STANDS("r"), UNDERSTOOD("the first row that is this one again") },
	{ "counts_as", CELL_TEXT, NULL,
	  "CASE WHEN v.value IS NOT NULL THEN CASE WHEN " NEGATIVE("r.amount") " THEN 'refund' ELSE 'payment' END END",
	  CONCLUDED("payment or refund") },
	{ "rate_source", CELL_TEXT, NULL, ROW_PATH("ts", "t"), FOUND("where the rate stands") },
	{ "rate_line", CELL_INTEGER, NULL, "t.line", FOUND("where the rate stands") },
	{ "rate_gap", CELL_INTEGER, UNIT_DAYS, "v.gap", CONCLUDED("days from the payment to its rate") },
	{ "notes", CELL_LIST, NULL, CLOCK_NOTE("r"), UNDERSTOOD("what is assumed of the time") },
};

static const char payments_from[] =
	" FROM payment p JOIN payment_read r ON r.payment = p.id LEFT JOIN source s ON s.id = p.source"
	" LEFT JOIN account_figure f ON f.key = r.key LEFT JOIN payment_value v ON v.payment = p.id"
	" LEFT JOIN rate t ON t.id = v.rate LEFT JOIN rate_read d ON d.rate = v.rate"
	" LEFT JOIN source ts ON ts.id = t.source" TWIN_JOIN("payment", "r")
	" ORDER BY p.source, p.member, p.line, p.id" LIMIT;

static const struct table_column reports_columns[] = {
	{ "reference", CELL_TEXT, NULL, "r.reference", FOUND("of the report") },
	{ "victim", CELL_NUMBER, NULL, "coalesce(u.victim, r.victim)", UNDERSTOOD("E.164, or the text as found") },
	{ "at", CELL_TIME, NULL, TIME(SECOND_OF("u.at_ms"), "u.at_day"), UNDERSTOOD("UTC") },
	{ "presented", CELL_NUMBER, NULL, "coalesce(u.presented, r.presented)",
	  UNDERSTOOD("E.164, or the text as found") },
	{ "loss", CELL_AMOUNT, "currency", "amount(u.loss, u.exponent)", UNDERSTOOD("as reported") },
	{ "currency", CELL_TEXT, NULL, "u.currency", UNDERSTOOD("of the loss") },
	{ "verdict", CELL_TEXT, NULL, "m.verdict", CONCLUDED("whether it is matched to a call") },
	{ "value", CELL_AMOUNT, "value_currency", "amount(m.loss, :exponent)",
	  CONCLUDED("of the loss, in the case's currency") },
	{ "value_currency", CELL_TEXT, NULL, "CASE WHEN m.loss IS NOT NULL THEN :currency END",
	  ASSERTED("that of the case") },
	{ "account", CELL_TEXT, NULL, "k.account", CONCLUDED("that placed the call") },
	{ "service", CELL_TEXT, NULL, "nullif(k.service, '')", ASSERTED("that the account is of") },
	{ "suspect", CELL_ID, NULL, "'S' || f.suspect", CONCLUDED("who placed the call") },
	{ "call", CELL_INTEGER, NULL, "m.segment * 65536 + m.row", CONCLUDED("the call") },
	{ "call_source", CELL_TEXT, NULL, ROW_PATH("cs", "c"), CONCLUDED("where the call stands") },
	{ "call_line", CELL_INTEGER, NULL, "c.line", CONCLUDED("where the call stands") },
	{ "seconds", CELL_REAL, UNIT_SECONDS, SECONDS("m.apart_ms"), CONCLUDED("from the call to the report") },
	{ "source", CELL_TEXT, NULL, ROW_PATH("s", "r"), FOUND("path, and file or member") },
	{ "line", CELL_INTEGER, NULL, "r.line", FOUND("on which the row begins") },
	{ "victim_other", CELL_LIST, NULL, OTHER("vr", "r.victim", "r.source", "NULL", "u.victim"),
	  UNDERSTOOD("readings that were not taken") },
	{ "presented_other", CELL_LIST, NULL, OTHER("pr", "r.presented", "r.source", "NULL", "u.presented"),
	  UNDERSTOOD("readings that were not taken") },
	{ "unsure", CELL_INTEGER, NULL,
	  "coalesce(vr.other = 1, 0) OR coalesce(pr.other = 1, 0) OR"
	  " (coalesce(m.verdict, '') = 'matched' AND coalesce(v.unsure, 0) > 0)",
	  CONCLUDED("whether a number has another reading") },
	{ "stood_for_by", CELL_TEXT, NULL, TWIN_STOOD_FOR("u"), UNDERSTOOD("the row that this one is again") },
	{ "stands_for", CELL_TEXT, NULL, TWIN_STANDS("u"), UNDERSTOOD("the first row that is this one again") },
	{ "rate", CELL_TEXT, NULL, "t.rate", FOUND("that the value is made by") },
	{ "rate_date", CELL_TEXT, NULL, "date(d.day * 86400, 'unixepoch')", UNDERSTOOD("of which day the rate is") },
	{ "rate_source", CELL_TEXT, NULL, ROW_PATH("ts", "t"), FOUND("where the rate stands") },
	{ "rate_line", CELL_INTEGER, NULL, "t.line", FOUND("where the rate stands") },
	{ "rate_gap", CELL_INTEGER, UNIT_DAYS, "m.gap", CONCLUDED("days from the report to the rate") },
	{ "notes", CELL_LIST, NULL, CLOCK_NOTE("u"), UNDERSTOOD("what is assumed of the time") },
	{ "reason", CELL_TEXT, NULL, "nullif(m.reason, '')", CONCLUDED("of the verdict") },
};

static const char reports_from[] =
	" FROM report r JOIN report_read u ON u.report = r.id LEFT JOIN source s ON s.id = r.source"
	" LEFT JOIN report_match m ON m.report = r.id LEFT JOIN account_key k ON k.id = m.key"
	" LEFT JOIN account_figure f ON f.key = m.key LEFT JOIN call c ON c.id = m.segment * 65536 + m.row"
	" LEFT JOIN source cs ON cs.id = c.source LEFT JOIN reading vr ON vr.id = u.victim_reading"
	" LEFT JOIN reading pr ON pr.id = u.presented_reading LEFT JOIN victim v ON v.number = u.victim"
	" LEFT JOIN rate t ON t.id = m.rate LEFT JOIN rate_read d ON d.rate = m.rate"
	" LEFT JOIN source ts ON ts.id = t.source" TWIN_JOIN("report", "u")
	" ORDER BY r.source, r.member, r.line, r.id" LIMIT;

static const struct table_column links_columns[] = {
	{ "account_a", CELL_TEXT, NULL, SERVICE_SHOWN("a") " || a.account", FOUND("one account") },
	{ "account_b", CELL_TEXT, NULL, SERVICE_SHOWN("b") " || b.account", FOUND("another") },
	{ "rule", CELL_TEXT, NULL, "l.rule", CONCLUDED("what kind of thing they share") },
	/* A telephone number is E.164 but for weak ones, the rest is as it is compared. */
	{ "value", CELL_NUMBER, NULL,
	  "CASE WHEN l.rule = 'phone' AND l.value GLOB '+[1-9]*' AND substr(l.value, 2) NOT GLOB '*[^0-9]*'"
	  " AND length(l.value) <= 16 THEN CAST(l.value AS INTEGER) ELSE l.value END",
	  UNDERSTOOD("what they share, as it is compared") },
	{ "strength", CELL_TEXT, NULL, "l.strength", CONCLUDED("whether it makes them one person") },
	{ "source_a", CELL_TEXT, NULL, ROW_PATH_OF("sa", "l.member_a"), FOUND("where it stands for the one") },
	{ "row_a", CELL_INTEGER, NULL, "l.row_a", FOUND("where it stands for the one") },
	{ "source_b", CELL_TEXT, NULL, ROW_PATH_OF("sb", "l.member_b"), FOUND("where it stands for the other") },
	{ "row_b", CELL_INTEGER, NULL, "l.row_b", FOUND("where it stands for the other") },
	{ "note", CELL_TEXT, NULL, "nullif(l.note, '')", CONCLUDED("why it is weak, or to be known") },
};

static const char links_from[] =
	" FROM link l LEFT JOIN account_key a ON a.id = l.account_a"
	" LEFT JOIN account_key b ON b.id = l.account_b LEFT JOIN source sa ON sa.id = l.source_a"
	" LEFT JOIN source sb ON sb.id = l.source_b ORDER BY l.id" LIMIT;

#define ALL_KEYS (KEY_SPEND | KEY_VICTIMS | KEY_CALLS | KEY_LOSS)

const struct table_definition tables_concluded[] = {
	{ "suspects", "persons, ranked", LAYER_CONCLUDED, ALL_KEYS, COLUMNS(suspects), suspects_from, NULL, NULL },
	{ "accounts", "accounts of the service", LAYER_CONCLUDED, ALL_KEYS, COLUMNS(accounts), accounts_from, NULL, NULL },
	{ "presentations", "presented numbers, by suspect", LAYER_CONCLUDED, ALL_KEYS, COLUMNS(presentations),
	  presentations_from, NULL, NULL },
	{ "victims", "dialled numbers with a long call", LAYER_CONCLUDED, KEY_CALLS | KEY_LOSS, COLUMNS(victims),
	  victims_from, NULL, NULL },
	{ "calls", "calls, as found and as understood", LAYER_CONCLUDED, 0, COLUMNS(calls), calls_from, NULL, NULL },
	{ "payments", "payments, with their rates", LAYER_CONCLUDED, 0, COLUMNS(payments), payments_from, NULL, NULL },
	{ "reports", "victims' reports and their calls", LAYER_CONCLUDED, 0, COLUMNS(reports), reports_from, NULL, NULL },
	{ "links", "what ties accounts, and the rows", LAYER_CONCLUDED, 0, COLUMNS(links), links_from, NULL, NULL },
	{ .name = NULL },
};
