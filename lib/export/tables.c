/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a case that a user can ask for: the columns of each, with what they show, and where its rows are. */
#include "export/tables.h"

#include <string.h>

#include "casefile/record/decision.h"
#include "casefile/service_name.h"
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
#define LIMIT " LIMIT :top"

static const struct table_column suspects_columns[] = {
	{ "rank", CELL_INTEGER, NULL, "row_number() OVER (ORDER BY" RANKING("s") " s.id)" },
	{ "suspect", CELL_ID, NULL, "'S' || s.id" },
	{ "accounts", CELL_LIST, NULL, "s.accounts" },
	{ "logins", CELL_LIST, NULL, "s.logins" },
	{ "emails", CELL_LIST, NULL, "s.emails" },
	{ "spend", CELL_AMOUNT, "currency", "amount(s.spend, :exponent)" },
	{ "currency", CELL_TEXT, NULL, ":currency" },
	{ "payments", CELL_INTEGER, NULL, "s.payments" },
	{ "first_payment", CELL_TIME, NULL, TIME("s.first_payment", FIRST_PAYMENT_DAY("s")) },
	{ "last_payment", CELL_TIME, NULL, TIME("s.last_payment", LAST_PAYMENT_DAY("s")) },
	{ "calls", CELL_INTEGER, NULL, "s.calls" },
	{ "answered", CELL_INTEGER, NULL, "s.answered" },
	{ "long_calls", CELL_INTEGER, NULL, "s.long_calls" },
	{ "victims", CELL_INTEGER, NULL, "s.victims" },
	{ "presentations", CELL_INTEGER, NULL, "s.presentations" },
	{ "organisations", CELL_INTEGER, NULL, "s.organisations" },
	{ "reports", CELL_INTEGER, NULL, "s.reports" },
	{ "loss", CELL_AMOUNT, "currency", "amount(s.loss, :exponent)" },
	{ "first_call", CELL_TIME, NULL, TIME("s.first_call", FIRST_CALL_DAY("s")) },
	{ "last_call", CELL_TIME, NULL, TIME("s.last_call", LAST_CALL_DAY("s")) },
	{ "score", CELL_INTEGER, NULL, "s.score" },
	{ "why", CELL_TEXT, NULL, "s.why" },
	{ "doubts", CELL_LIST, NULL, "s.doubts" },
	{ "gross", CELL_AMOUNT, "currency", "amount(s.gross, :exponent)" },
	{ "refunds", CELL_AMOUNT, "currency", "amount(s.refunds, :exponent)" },
};

/* Only what is shown is put into order as a whole. */
static const char suspects_from[] =
	" FROM suspect s WHERE s.id IN (SELECT s.id FROM suspect s WHERE :min IS NULL OR amount_key(s.spend) >= amount_key(:min)"
	" ORDER BY" RANKING("s") " s.id" LIMIT ") ORDER BY 1";

static const struct table_column accounts_columns[] = {
	{ "account", CELL_TEXT, NULL, "k.account" },
	{ "service", CELL_TEXT, NULL, "nullif(k.service, '')" },
	{ "suspect", CELL_ID, NULL, "'S' || f.suspect" },
	{ "login", CELL_LIST, NULL, "f.logins" },
	{ "email", CELL_LIST, NULL, "f.emails" },
	{ "spend", CELL_AMOUNT, "currency", "amount(f.spend, :exponent)" },
	{ "currency", CELL_TEXT, NULL, ":currency" },
	{ "payments", CELL_INTEGER, NULL, "f.payments" },
	{ "calls", CELL_INTEGER, NULL, "f.calls" },
	{ "answered", CELL_INTEGER, NULL, "f.answered" },
	{ "long_calls", CELL_INTEGER, NULL, "f.long_calls" },
	{ "victims", CELL_INTEGER, NULL, "f.victims" },
	{ "presentations", CELL_INTEGER, NULL, "f.presentations" },
	{ "organisations", CELL_INTEGER, NULL, "f.organisations" },
	{ "reports", CELL_INTEGER, NULL, "f.reports" },
	{ "loss", CELL_AMOUNT, "currency", "amount(f.loss, :exponent)" },
	{ "first_call", CELL_TIME, NULL, TIME("f.first_call", FIRST_CALL_DAY("f")) },
	{ "last_call", CELL_TIME, NULL, TIME("f.last_call", LAST_CALL_DAY("f")) },
	{ "gross", CELL_AMOUNT, "currency", "amount(f.gross, :exponent)" },
	{ "refunds", CELL_AMOUNT, "currency", "amount(f.refunds, :exponent)" },
};

static const char accounts_from[] =
	" FROM account_key k JOIN account_figure f ON f.key = k.id WHERE :min IS NULL OR amount_key(f.spend) >= amount_key(:min)"
	" ORDER BY" RANKING("f") " k.service, k.account" LIMIT;

static const struct table_column presentations_columns[] = {
	{ "presented", CELL_NUMBER, NULL, "coalesce(p.number, s.text)" },
	{ "organisation", CELL_TEXT, NULL, "p.organisation" },
	{ "sector", CELL_TEXT, NULL, "p.sector" },
	{ "suspect", CELL_ID, NULL, "'S' || p.suspect" },
	{ "accounts", CELL_INTEGER, NULL, "p.accounts" },
	{ "calls", CELL_INTEGER, NULL, "p.calls" },
	{ "answered", CELL_INTEGER, NULL, "p.answered" },
	{ "long_calls", CELL_INTEGER, NULL, "p.long_calls" },
	{ "victims", CELL_INTEGER, NULL, "p.victims" },
	{ "spend", CELL_AMOUNT, "currency", "amount(p.spend, :exponent)" },
	{ "currency", CELL_TEXT, NULL, ":currency" },
	{ "loss", CELL_AMOUNT, "currency", "amount(p.loss, :exponent)" },
	{ "first_call", CELL_TIME, NULL, TIME("p.first_call", FIRST_CALL_DAY("p")) },
	{ "last_call", CELL_TIME, NULL, TIME("p.last_call", LAST_CALL_DAY("p")) },
	{ "flags", CELL_LIST, NULL, FLAG_LIST("r") },
};

static const char presentations_from[] =
	" FROM presentation p LEFT JOIN shown s ON s.id = p.shown LEFT JOIN reading r ON r.id = p.reading"
	" WHERE :min IS NULL OR amount_key(p.spend) >= amount_key(:min)"
	" ORDER BY" RANKING("p") " coalesce('+' || p.number, CAST(s.text AS TEXT)), p.suspect" LIMIT;

static const struct table_column victims_columns[] = {
	{ "number", CELL_NUMBER, NULL, "v.number" },
	{ "country", CELL_TEXT, NULL, "v.country" },
	{ "calls", CELL_INTEGER, NULL, "v.calls" },
	{ "long_calls", CELL_INTEGER, NULL, "v.long_calls" },
	{ "seconds", CELL_REAL, UNIT_SECONDS, SECONDS("v.talk_ms") },
	{ "suspects", CELL_INTEGER, NULL, "v.suspects" },
	{ "organisations", CELL_INTEGER, NULL, "v.organisations" },
	{ "reports", CELL_INTEGER, NULL, "v.reports" },
	{ "loss", CELL_AMOUNT, NULL, "amount(v.loss, :exponent)" },
	{ "first_call", CELL_TIME, NULL, TIME("v.first_call", FIRST_CALL_DAY("v")) },
	{ "last_call", CELL_TIME, NULL, TIME("v.last_call", LAST_CALL_DAY("v")) },
	{ "unsure", CELL_INTEGER, NULL, "v.unsure" },
	{ "own", CELL_LIST, NULL, OWN("v") },
};

/* Sorted as text, so that the order is that of the column as it is printed. */
static const char victims_from[] =
	" FROM victim v ORDER BY" BY_KEY("NULL", "NULL", "v.calls", "v.loss") BY("v.calls") BY("amount_key(v.loss)")
	" CAST(v.number AS TEXT)" LIMIT;

static const struct table_column calls_columns[] = {
	{ "call", CELL_INTEGER, NULL, "c.id" },
	{ "source", CELL_TEXT, NULL, ROW_PATH("s", "c") },
	{ "line", CELL_INTEGER, NULL, "c.line" },
	{ "offset", CELL_INTEGER, UNIT_BYTES, "c.offset" },
	{ "length", CELL_INTEGER, UNIT_BYTES, "c.length" },
	{ "service", CELL_TEXT, NULL, "nullif(s.service, '')" },
	{ "account", CELL_TEXT, NULL, "c.account" },
	{ "suspect", CELL_ID, NULL, "'S' || f.suspect" },
	{ "started", CELL_TIME, NULL, TIME("c.started_utc", STARTED_DAY("c")) },
	{ "answered", CELL_INTEGER, NULL, "c.answered" },
	{ "long", CELL_INTEGER, NULL,
	  "c.answered AND c.talk_ms > 1000 * (SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'long')" },
	{ "seconds", CELL_REAL, UNIT_SECONDS, "CASE WHEN c.flags & " CALL_FLAG_SQL(CALL_TALK_MASK) " THEN " SECONDS("c.talk_ms") " END" },
	{ "seconds_from", CELL_TEXT, NULL, FLAG_TALK("c.flags") },
	{ "presented", CELL_NUMBER, NULL, "c.presented_e164" },
	{ "presented_found", CELL_TEXT, NULL, "c.presented" },
	{ "presented_name", CELL_TEXT, NULL, "c.presented_name" },
	{ "presented_class", CELL_TEXT, NULL, "p.class" },
	{ "presented_rule", CELL_TEXT, NULL, "nullif(p.rule, '')" },
	{ "dialled", CELL_NUMBER, NULL, "c.dialled_e164" },
	{ "dialled_found", CELL_TEXT, NULL, "c.dialled" },
	{ "dialled_class", CELL_TEXT, NULL, "d.class" },
	{ "dialled_rule", CELL_TEXT, NULL, "nullif(d.rule, '')" },
	{ "country", CELL_TEXT, NULL, "nullif(d.country, 'ZZ')" },
	{ "status", CELL_TEXT, NULL, "c.status" },
	{ "cost", CELL_AMOUNT, "currency", "c.cost_value" },
	{ "currency", CELL_TEXT, NULL, "CASE WHEN c.cost_value IS NOT NULL THEN " COST_CURRENCY("c") " END" },
	{ "notes", CELL_LIST, NULL, FLAG_NOTES("c.flags") },
	{ "flags", CELL_LIST, NULL, FLAG_CALL("c.flags", "p") },
	{ "presented_other", CELL_LIST, NULL, OTHER("p", "c.presented", "c.source", "c.account_key", "c.presented_e164") },
	{ "dialled_other", CELL_LIST, NULL, OTHER("d", "c.dialled", "c.source", "c.account_key", "c.dialled_e164") },
	{ "twin", CELL_INTEGER, NULL, "c.twin" },
};

static const char calls_from[] =
	" FROM call c LEFT JOIN source s ON s.id = c.source LEFT JOIN account_figure f ON f.key = c.account_key"
	" LEFT JOIN reading p ON p.id = c.presented_reading LEFT JOIN reading d ON d.id = c.dialled_reading"
	" WHERE c.flags & " FLAG_NO_CALL " = 0 ORDER BY c.id" LIMIT;

static const struct table_column payments_columns[] = {
	{ "payment_id", CELL_TEXT, NULL, "p.payment_id" },
	{ "account", CELL_TEXT, NULL, "p.account" },
	{ "service", CELL_TEXT, NULL, "nullif(s.service, '')" },
	{ "suspect", CELL_ID, NULL, "'S' || f.suspect" },
	{ "paid", CELL_TIME, NULL, TIME("r.paid", "r.paid_day") },
	{ "amount", CELL_AMOUNT, "currency", "amount(r.amount, r.exponent)" },
	{ "currency", CELL_TEXT, NULL, "r.currency" },
	{ "value", CELL_AMOUNT, "value_currency", "amount(v.value, :exponent)" },
	{ "value_currency", CELL_TEXT, NULL, "CASE WHEN v.value IS NOT NULL THEN :currency END" },
	{ "rate", CELL_TEXT, NULL, "d.value" },
	{ "rate_date", CELL_TEXT, NULL, "date(d.day * 86400, 'unixepoch')" },
	{ "from_address", CELL_TEXT, NULL, "p.from_address" },
	{ "to_address", CELL_TEXT, NULL, "p.to_address" },
	{ "txid", CELL_TEXT, NULL, "p.txid" },
	{ "status", CELL_TEXT, NULL, "p.status" },
	{ "confirmed", CELL_INTEGER, NULL, "r.confirmed" },
	{ "source", CELL_TEXT, NULL, ROW_PATH("s", "p") },
	{ "line", CELL_INTEGER, NULL, "p.line" },
	{ "stood_for_by", CELL_TEXT, NULL, TWIN_STOOD_FOR("r") },
	{ "stands_for", CELL_TEXT, NULL, TWIN_STANDS("r") },
	{ "counts_as", CELL_TEXT, NULL,
	  "CASE WHEN v.value IS NOT NULL THEN CASE WHEN " NEGATIVE("r.amount") " THEN 'refund' ELSE 'payment' END END" },
	{ "rate_source", CELL_TEXT, NULL, ROW_PATH("ts", "t") },
	{ "rate_line", CELL_INTEGER, NULL, "t.line" },
	{ "rate_gap", CELL_INTEGER, UNIT_DAYS, "v.gap" },
	{ "notes", CELL_LIST, NULL, CLOCK_NOTE("r") },
};

static const char payments_from[] =
	" FROM payment p JOIN payment_read r ON r.payment = p.id LEFT JOIN source s ON s.id = p.source"
	" LEFT JOIN account_figure f ON f.key = r.key LEFT JOIN payment_value v ON v.payment = p.id"
	" LEFT JOIN rate t ON t.id = v.rate LEFT JOIN rate_read d ON d.rate = v.rate"
	" LEFT JOIN source ts ON ts.id = t.source" TWIN_JOIN("payment", "r")
	" ORDER BY p.source, p.member, p.line, p.id" LIMIT;

static const struct table_column reports_columns[] = {
	{ "reference", CELL_TEXT, NULL, "r.reference" },
	{ "victim", CELL_NUMBER, NULL, "coalesce(u.victim, r.victim)" },
	{ "at", CELL_TIME, NULL, TIME(SECOND_OF("u.at_ms"), "u.at_day") },
	{ "presented", CELL_NUMBER, NULL, "coalesce(u.presented, r.presented)" },
	{ "loss", CELL_AMOUNT, "currency", "amount(u.loss, u.exponent)" },
	{ "currency", CELL_TEXT, NULL, "u.currency" },
	{ "verdict", CELL_TEXT, NULL, "m.verdict" },
	{ "value", CELL_AMOUNT, "value_currency", "amount(m.loss, :exponent)" },
	{ "value_currency", CELL_TEXT, NULL, "CASE WHEN m.loss IS NOT NULL THEN :currency END" },
	{ "account", CELL_TEXT, NULL, "k.account" },
	{ "service", CELL_TEXT, NULL, "nullif(k.service, '')" },
	{ "suspect", CELL_ID, NULL, "'S' || f.suspect" },
	{ "call", CELL_INTEGER, NULL, "m.segment * 65536 + m.row" },
	{ "call_source", CELL_TEXT, NULL, ROW_PATH("cs", "c") },
	{ "call_line", CELL_INTEGER, NULL, "c.line" },
	{ "seconds", CELL_REAL, UNIT_SECONDS, SECONDS("m.apart_ms") },
	{ "source", CELL_TEXT, NULL, ROW_PATH("s", "r") },
	{ "line", CELL_INTEGER, NULL, "r.line" },
	{ "victim_other", CELL_LIST, NULL, OTHER("vr", "r.victim", "r.source", "NULL", "u.victim") },
	{ "presented_other", CELL_LIST, NULL, OTHER("pr", "r.presented", "r.source", "NULL", "u.presented") },
	{ "unsure", CELL_INTEGER, NULL,
	  "coalesce(vr.other = 1, 0) OR coalesce(pr.other = 1, 0) OR"
	  " (coalesce(m.verdict, '') = 'matched' AND coalesce(v.unsure, 0) > 0)" },
	{ "stood_for_by", CELL_TEXT, NULL, TWIN_STOOD_FOR("u") },
	{ "stands_for", CELL_TEXT, NULL, TWIN_STANDS("u") },
	{ "rate", CELL_TEXT, NULL, "t.rate" },
	{ "rate_date", CELL_TEXT, NULL, "date(d.day * 86400, 'unixepoch')" },
	{ "rate_source", CELL_TEXT, NULL, ROW_PATH("ts", "t") },
	{ "rate_line", CELL_INTEGER, NULL, "t.line" },
	{ "rate_gap", CELL_INTEGER, UNIT_DAYS, "m.gap" },
	{ "notes", CELL_LIST, NULL, CLOCK_NOTE("u") },
	{ "reason", CELL_TEXT, NULL, "nullif(m.reason, '')" },
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
	{ "account_a", CELL_TEXT, NULL, SERVICE_SHOWN("a") " || a.account" },
	{ "account_b", CELL_TEXT, NULL, SERVICE_SHOWN("b") " || b.account" },
	{ "rule", CELL_TEXT, NULL, "l.rule" },
	/* A telephone number is E.164 but for weak ones, the rest is as it is compared. */
	{ "value", CELL_NUMBER, NULL,
	  "CASE WHEN l.rule = 'phone' AND l.value GLOB '+[1-9]*' AND substr(l.value, 2) NOT GLOB '*[^0-9]*'"
	  " AND length(l.value) <= 16 THEN CAST(l.value AS INTEGER) ELSE l.value END" },
	{ "strength", CELL_TEXT, NULL, "l.strength" },
	{ "source_a", CELL_TEXT, NULL, ROW_PATH_OF("sa", "l.member_a") },
	{ "row_a", CELL_INTEGER, NULL, "l.row_a" },
	{ "source_b", CELL_TEXT, NULL, ROW_PATH_OF("sb", "l.member_b") },
	{ "row_b", CELL_INTEGER, NULL, "l.row_b" },
	{ "note", CELL_TEXT, NULL, "nullif(l.note, '')" },
};

static const char links_from[] =
	" FROM link l LEFT JOIN account_key a ON a.id = l.account_a"
	" LEFT JOIN account_key b ON b.id = l.account_b LEFT JOIN source sa ON sa.id = l.source_a"
	" LEFT JOIN source sb ON sb.id = l.source_b ORDER BY l.id" LIMIT;

static const struct table_column rejects_columns[] = {
	{ "source", CELL_TEXT, NULL, ROW_PATH("s", "r") },
	{ "line", CELL_INTEGER, NULL, "r.line" },
	{ "offset", CELL_INTEGER, UNIT_BYTES, "r.offset" },
	{ "length", CELL_INTEGER, UNIT_BYTES, "r.length" },
	{ "reason", CELL_TEXT, NULL, "r.reason" },
	{ "role", CELL_TEXT, NULL, "nullif(r.role, '')" },
	{ "value", CELL_TEXT, NULL, "r.value" },
};

#define REJECTS(more) \
	" FROM (SELECT 0 AS part, id, source, member, line, offset, length, reason, role, value FROM reject" more ") r" \
	" LEFT JOIN source s ON s.id = r.source ORDER BY r.source, r.member, r.line, r.offset, r.part, r.id" LIMIT

static const char rejects_from[] =
	REJECTS(" UNION ALL SELECT 1, id, source, member, line, offset, length, reason, role, value FROM unread");
static const char rejects_from_found[] = REJECTS("");

static const struct table_column quality_columns[] = {
	{ "stage", CELL_TEXT, NULL, "q.stage" },
	{ "source", CELL_TEXT, NULL, SOURCE_PATH("s") },
	{ "kind", CELL_TEXT, NULL, "s.kind" },
	{ "role", CELL_TEXT, NULL, "nullif(q.role, '')" },
	{ "topic", CELL_TEXT, NULL, "q.topic" },
	{ "value", CELL_TEXT, NULL, "nullif(q.value, x'')" },
	{ "count", CELL_INTEGER, NULL, "q.count" },
	{ "line", CELL_INTEGER, NULL, "nullif(q.line, 0)" },
	{ "text", CELL_TEXT, NULL, "q.text" },
	{ "remedy", CELL_TEXT, NULL, "nullif(q.remedy, '')" },
};

#define REMARKS(part, stage, table) \
	"SELECT " #part " AS part, '" stage "' AS stage, id, source, role, topic, value, count, line, text, remedy FROM " \
	table
#define QUALITY(remarks) \
	" FROM (" remarks ") q LEFT JOIN source s ON s.id = q.source ORDER BY q.part, q.id" LIMIT
#define REMARKS_FOUND REMARKS(0, "ingest", "source_remark")
#define REMARKS_UNDERSTOOD REMARKS_FOUND " UNION ALL " REMARKS(1, "normalise", "remark")
#define REMARKS_CONCLUDED REMARKS_UNDERSTOOD " UNION ALL " REMARKS(2, "correlate", "conclusion_remark")

static const char quality_from_found[] = QUALITY(REMARKS_FOUND);
static const char quality_from_understood[] = QUALITY(REMARKS_UNDERSTOOD);
static const char quality_from[] = QUALITY(REMARKS_CONCLUDED);

/* Lines as a list. */
#define LINES(column) \
	"replace(replace(replace(rtrim(" column ", char(10)), '\\', '\\\\'), ';', '\\;'), char(10), ';')"

static const struct table_column sources_columns[] = {
	{ "id", CELL_INTEGER, NULL, "s.id" },
	{ "source", CELL_TEXT, NULL, SOURCE_PATH("s") },
	{ "kind", CELL_TEXT, NULL, "s.kind" },
	{ "service", CELL_TEXT, NULL, "nullif(s.service, '')" },
	{ "profile", CELL_TEXT, NULL, "nullif(s.profile, '')" },
	{ "compression", CELL_TEXT, NULL, "s.compression" },
	{ "size", CELL_INTEGER, UNIT_BYTES, "nullif(s.size, 0)" },
	{ "sha256", CELL_TEXT, NULL, "nullif(s.sha256, '')" },
	{ "member_size", CELL_INTEGER, UNIT_BYTES, "nullif(s.member_size, 0)" },
	{ "member_sha256", CELL_TEXT, NULL, "nullif(s.member_sha256, '')" },
	{ "region", CELL_TEXT, NULL, "nullif(" DECIDED("s", "region", "region") ", '')" },
	{ "zone", CELL_TEXT, NULL, "nullif(" DECIDED("s", "zone", "zone") ", '')" },
	{ "currency", CELL_TEXT, NULL, "nullif(" DECIDED("s", "currency", "currency") ", '')" },
	{ "date_order", CELL_TEXT, NULL, "nullif(" DECIDED("s", "date-order", "date_order") ", '')" },
	{ "legs", CELL_TEXT, NULL, "nullif(s.legs, '')" },
	{ "dialect", CELL_TEXT, NULL, "nullif(s.dialect, '')" },
	{ "mapping", CELL_LIST, NULL, LINES("s.mapping") },
	{ "words", CELL_LIST, NULL, LINES(DECIDED_WORDS("s")) },
	{ "rows_read", CELL_INTEGER, NULL, "s.rows_read" },
	{ "accepted", CELL_INTEGER, NULL, "s.accepted" },
	{ "rejected", CELL_INTEGER, NULL, "s.rejected" },
	{ "skipped", CELL_INTEGER, NULL, "s.skipped" },
	{ "tech_prefixes", CELL_LIST, NULL, "replace(" DECIDED("s", "tech-prefix", "tech_prefixes") ", ',', ';')" },
	{ "bare", CELL_TEXT, NULL, "nullif(" DECIDED("s", "bare", "bare") ", '')" },
	{ "dropped_by", CELL_INTEGER, NULL, "s.dropped_by" },
	{ "decimal", CELL_TEXT, NULL, "nullif(" DECIDED("s", "decimal", "decimal") ", '')" },
};

static const char sources_from[] =
	" FROM source s ORDER BY s.id" LIMIT;

static const struct table_column runs_columns[] = {
	{ "run", CELL_INTEGER, NULL, "id" },
	{ "command", CELL_TEXT, NULL, "command" },
	{ "arguments", CELL_TEXT, NULL, "arguments" },
	{ "version", CELL_TEXT, NULL, "version" },
	{ "settings", CELL_TEXT, NULL, "settings" },
	{ "inputs", CELL_TEXT, NULL, "inputs" },
	{ "outputs", CELL_TEXT, NULL, "outputs" },
	{ "started", CELL_TIME, NULL, "started" },
	{ "ended", CELL_TIME, NULL, "ended" },
	{ "previous", CELL_TEXT, NULL, "nullif(previous, '')" },
	{ "hash", CELL_TEXT, NULL, "hash" },
	{ "seal", CELL_TEXT, NULL, "nullif(seal, '')" },
	{ "operator", CELL_TEXT, NULL, "operator" },
	{ "purpose", CELL_TEXT, NULL, "nullif(purpose, '')" },
	{ "recipient", CELL_TEXT, NULL, "nullif(recipient, '')" },
};

static const char runs_from[] =
	" FROM run ORDER BY id" LIMIT;

/* A value of several lines is a file: its name comes first. */
#define FIRST_LINE(column) "substr(" column ", 1, instr(" column " || char(10), char(10)) - 1)"

static const struct table_column decisions_columns[] = {
	{ "decision", CELL_INTEGER, NULL, "d.id" },
	{ "run", CELL_INTEGER, NULL, "d.run" },
	{ "command", CELL_TEXT, NULL, "d.command" },
	{ "source", CELL_TEXT, NULL, SOURCE_PATH("s") },
	{ "setting", CELL_TEXT, NULL, "d.key" },
	{ "item", CELL_TEXT, NULL, "nullif(d.item, '')" },
	{ "value", CELL_TEXT, NULL, "CASE d.value WHEN '' THEN 'none' ELSE " FIRST_LINE("d.value") " END" },
	{ "undone_by", CELL_INTEGER, NULL, "d.undone_by" },
};

static const char decisions_from[] =
	" FROM decision d LEFT JOIN source s ON s.id = d.source ORDER BY d.id" LIMIT;

#define COUNT(columns) (sizeof(columns) / sizeof((columns)[0]))
/* No constant, and no table, where there are more columns than a table may have. */
#define COLUMNS(name) name##_columns, COUNT(name##_columns) / (COUNT(name##_columns) <= TABLE_COLUMNS_MOST)
#define ALL_KEYS (KEY_SPEND | KEY_VICTIMS | KEY_CALLS | KEY_LOSS)

static const struct table_definition tables[] = {
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
	{ "rejects", "rows set aside, and why", LAYER_FOUND, 0, COLUMNS(rejects), rejects_from, rejects_from_found,
	  NULL },
	{ "quality", "what is said of the sources", LAYER_FOUND, 0, COLUMNS(quality), quality_from,
	  quality_from_found, quality_from_understood },
	{ "sources", "what was ingested, and its hashes", LAYER_FOUND, 0, COLUMNS(sources), sources_from, NULL, NULL },
	{ "decisions", "settings decided, and by which runs", LAYER_FOUND, 0, COLUMNS(decisions), decisions_from, NULL,
	  NULL },
	{ "runs", "what was done to the case", LAYER_FOUND, 0, COLUMNS(runs), runs_from, NULL, NULL },
};

#define TABLES (sizeof(tables) / sizeof(tables[0]))

const struct table_definition *table_find(const char *name)
{
	for (size_t i = 0; i < TABLES; i++)
		if (!strcmp(tables[i].name, name))
			return &tables[i];
	return NULL;
}

const struct table_definition *table_at(size_t i)
{
	return i < TABLES ? &tables[i] : NULL;
}

void table_columns(const struct table_definition *table, struct sheet_column columns[static TABLE_COLUMNS_MOST])
{
	for (size_t i = 0; i < table->count; i++)
		columns[i] = (struct sheet_column){ table->columns[i].name, table->columns[i].type,
						    table->columns[i].unit };
}

/* What the rows are taken from, in a case whose last layer is `last`. */
static const char *table_from(const struct table_definition *table, enum layer last)
{
	if (last == LAYER_FOUND && table->from_found)
		return table->from_found;
	return last == LAYER_UNDERSTOOD && table->from_understood ? table->from_understood : table->from;
}

void table_sql(const struct table_definition *table, enum layer last, struct buf *out)
{
	const char *between = "SELECT ";

	for (size_t i = 0; i < table->count; i++) {
		buf_text(out, between);
		buf_text(out, table->columns[i].sql);
		between = ", ";
	}
	buf_text(out, table_from(table, last));
}
