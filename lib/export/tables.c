/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a case that a user can ask for: one statement each. */
#include "export/tables.h"

#include <string.h>

#include "export/tables_sql.h"

/* What the sums of a ranking are sorted by. Without a key all of it is NULL and
 * sorts nothing; with one, equal rows go on to the next figures. */
#define BY(column) " CASE WHEN :key IS NOT NULL THEN " column " END DESC,"
#define BY_KEY(spend, victims, calls, loss) \
	" CASE :key WHEN 'spend' THEN " spend " WHEN 'victims' THEN " victims \
	" WHEN 'calls' THEN " calls " WHEN 'loss' THEN " loss " END DESC,"
#define RANKING(t) \
	BY_KEY(t ".spend", t ".victims", t ".calls", t ".loss") \
	BY(t ".spend") BY(t ".victims") BY(t ".calls") BY(t ".loss")
#define LIMIT " LIMIT :top"

static const struct writer_column suspects_columns[] = {
	{ "rank", CELL_INTEGER },
	{ "suspect", CELL_ID },
	{ "accounts", CELL_LIST },
	{ "logins", CELL_LIST },
	{ "emails", CELL_LIST },
	{ "spend", CELL_AMOUNT },
	{ "currency", CELL_TEXT },
	{ "payments", CELL_INTEGER },
	{ "first_payment", CELL_TIME },
	{ "last_payment", CELL_TIME },
	{ "calls", CELL_INTEGER },
	{ "answered", CELL_INTEGER },
	{ "long_calls", CELL_INTEGER },
	{ "victims", CELL_INTEGER },
	{ "presentations", CELL_INTEGER },
	{ "organisations", CELL_INTEGER },
	{ "reports", CELL_INTEGER },
	{ "loss", CELL_AMOUNT },
	{ "first_call", CELL_TIME },
	{ "last_call", CELL_TIME },
	{ "score", CELL_INTEGER },
	{ "why", CELL_TEXT },
};

/* Only what is shown is put into order as a whole. */
static const char suspects_sql[] =
	"SELECT row_number() OVER (ORDER BY" RANKING("s") " s.id), 'S' || s.id, s.accounts, s.logins, s.emails,"
	" amount(s.spend, :exponent), :currency, s.payments, s.first_payment, s.last_payment, s.calls,"
	" s.answered, s.long_calls, s.victims, s.presentations, s.organisations, s.reports,"
	" amount(s.loss, :exponent), s.first_call, s.last_call, s.score, s.why"
	" FROM suspect s WHERE s.id IN (SELECT s.id FROM suspect s WHERE :min IS NULL OR s.spend >= :min"
	" ORDER BY" RANKING("s") " s.id" LIMIT ") ORDER BY 1";

static const struct writer_column accounts_columns[] = {
	{ "account", CELL_TEXT },
	{ "service", CELL_TEXT },
	{ "suspect", CELL_ID },
	{ "login", CELL_LIST },
	{ "email", CELL_LIST },
	{ "spend", CELL_AMOUNT },
	{ "currency", CELL_TEXT },
	{ "payments", CELL_INTEGER },
	{ "calls", CELL_INTEGER },
	{ "answered", CELL_INTEGER },
	{ "long_calls", CELL_INTEGER },
	{ "victims", CELL_INTEGER },
	{ "presentations", CELL_INTEGER },
	{ "organisations", CELL_INTEGER },
	{ "reports", CELL_INTEGER },
	{ "loss", CELL_AMOUNT },
	{ "first_call", CELL_TIME },
	{ "last_call", CELL_TIME },
};

static const char accounts_sql[] =
	"SELECT k.account, nullif(k.service, ''), 'S' || f.suspect, f.logins, f.emails,"
	" amount(f.spend, :exponent), :currency, f.payments, f.calls, f.answered, f.long_calls, f.victims,"
	" f.presentations, f.organisations, f.reports, amount(f.loss, :exponent), f.first_call, f.last_call"
	" FROM account_key k JOIN account_figure f ON f.key = k.id WHERE :min IS NULL OR f.spend >= :min"
	" ORDER BY" RANKING("f") " k.service, k.account" LIMIT;

static const struct writer_column presentations_columns[] = {
	{ "presented", CELL_NUMBER },
	{ "organisation", CELL_TEXT },
	{ "sector", CELL_TEXT },
	{ "suspect", CELL_ID },
	{ "accounts", CELL_INTEGER },
	{ "calls", CELL_INTEGER },
	{ "answered", CELL_INTEGER },
	{ "long_calls", CELL_INTEGER },
	{ "victims", CELL_INTEGER },
	{ "spend", CELL_AMOUNT },
	{ "currency", CELL_TEXT },
	{ "loss", CELL_AMOUNT },
	{ "first_call", CELL_TIME },
	{ "last_call", CELL_TIME },
	{ "flags", CELL_LIST },
};

static const char presentations_sql[] =
	"SELECT coalesce(p.number, s.text), p.organisation, p.sector, 'S' || p.suspect, p.accounts, p.calls,"
	" p.answered, p.long_calls, p.victims, amount(p.spend, :exponent), :currency,"
	" amount(p.loss, :exponent), p.first_call, p.last_call, " FLAG_LIST("r")
	" FROM presentation p LEFT JOIN shown s ON s.id = p.shown LEFT JOIN reading r ON r.id = p.reading"
	" WHERE :min IS NULL OR p.spend >= :min"
	" ORDER BY" RANKING("p") " coalesce('+' || p.number, CAST(s.text AS TEXT)), p.suspect" LIMIT;

static const struct writer_column victims_columns[] = {
	{ "number", CELL_NUMBER },
	{ "country", CELL_TEXT },
	{ "calls", CELL_INTEGER },
	{ "long_calls", CELL_INTEGER },
	{ "seconds", CELL_INTEGER },
	{ "suspects", CELL_INTEGER },
	{ "organisations", CELL_INTEGER },
	{ "reports", CELL_INTEGER },
	{ "loss", CELL_AMOUNT },
	{ "first_call", CELL_TIME },
	{ "last_call", CELL_TIME },
};

/* Sorted as text, so that the order is that of the column as it is printed. */
static const char victims_sql[] =
	"SELECT v.number, v.country, v.calls, v.long_calls, v.seconds, v.suspects, v.organisations, v.reports,"
	" amount(v.loss, :exponent), v.first_call, v.last_call FROM victim v"
	" ORDER BY" BY_KEY("NULL", "NULL", "v.calls", "v.loss") BY("v.calls") BY("v.loss")
	" CAST(v.number AS TEXT)" LIMIT;

static const struct writer_column calls_columns[] = {
	{ "call", CELL_INTEGER },
	{ "source", CELL_TEXT },
	{ "line", CELL_INTEGER },
	{ "offset", CELL_INTEGER },
	{ "length", CELL_INTEGER },
	{ "service", CELL_TEXT },
	{ "account", CELL_TEXT },
	{ "suspect", CELL_ID },
	{ "started", CELL_TIME },
	{ "answered", CELL_INTEGER },
	{ "long", CELL_INTEGER },
	{ "seconds", CELL_REAL },
	{ "seconds_from", CELL_TEXT },
	{ "presented", CELL_NUMBER },
	{ "presented_found", CELL_TEXT },
	{ "presented_name", CELL_TEXT },
	{ "presented_class", CELL_TEXT },
	{ "presented_rule", CELL_TEXT },
	{ "dialled", CELL_NUMBER },
	{ "dialled_found", CELL_TEXT },
	{ "dialled_class", CELL_TEXT },
	{ "dialled_rule", CELL_TEXT },
	{ "country", CELL_TEXT },
	{ "status", CELL_TEXT },
	{ "cost", CELL_AMOUNT },
	{ "currency", CELL_TEXT },
	{ "notes", CELL_LIST },
	{ "flags", CELL_LIST },
};

static const char calls_sql[] =
	"SELECT c.id, " SOURCE_PATH("s") ", c.line, c.offset, c.length, nullif(s.service, ''), c.account,"
	" 'S' || f.suspect, c.started_utc, c.answered,"
	" c.answered AND c.talk_ms > 1000 * (SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'long'),"
	" CASE WHEN c.flags & " CALL_FLAG_SQL(CALL_TALK_MASK) " THEN " SECONDS("c.talk_ms") " END, " FLAG_TALK("c.flags") ","
	" c.presented_e164, c.presented, c.presented_name, p.class, nullif(p.rule, ''),"
	" c.dialled_e164, c.dialled, d.class, nullif(d.rule, ''), nullif(d.country, 'ZZ'), c.status,"
	" CASE WHEN c.cost <> '' THEN amount(c.cost_micro, 6) END,"
	" CASE WHEN c.cost <> '' THEN coalesce(nullif(c.currency, ''), nullif(s.currency, '')) END,"
	" " FLAG_NOTES("c.flags") ", " FLAG_CALL("c.flags", "p")
	" FROM call c LEFT JOIN source s ON s.id = c.source LEFT JOIN account_figure f ON f.key = c.account_key"
	" LEFT JOIN reading p ON p.id = c.presented_reading LEFT JOIN reading d ON d.id = c.dialled_reading"
	" WHERE c.flags & " FLAG_NO_CALL " = 0 ORDER BY c.id" LIMIT;

static const struct writer_column payments_columns[] = {
	{ "payment_id", CELL_TEXT },
	{ "account", CELL_TEXT },
	{ "service", CELL_TEXT },
	{ "suspect", CELL_ID },
	{ "paid", CELL_TIME },
	{ "amount", CELL_AMOUNT },
	{ "currency", CELL_TEXT },
	{ "value", CELL_AMOUNT },
	{ "value_currency", CELL_TEXT },
	{ "rate", CELL_TEXT },
	{ "rate_date", CELL_TEXT },
	{ "from_address", CELL_TEXT },
	{ "to_address", CELL_TEXT },
	{ "txid", CELL_TEXT },
	{ "status", CELL_TEXT },
	{ "confirmed", CELL_INTEGER },
	{ "source", CELL_TEXT },
	{ "line", CELL_INTEGER },
};

static const char payments_sql[] =
	"SELECT p.payment_id, p.account, nullif(s.service, ''), 'S' || f.suspect, r.paid,"
	" amount(r.amount, r.exponent), r.currency, amount(v.value, :exponent),"
	" CASE WHEN v.value IS NOT NULL THEN :currency END, t.rate, date(d.day * 86400, 'unixepoch'),"
	" p.from_address, p.to_address, p.txid, p.status, r.confirmed, " SOURCE_PATH("s") ", p.line"
	" FROM payment p JOIN payment_read r ON r.payment = p.id LEFT JOIN source s ON s.id = p.source"
	" LEFT JOIN account_figure f ON f.key = r.key LEFT JOIN payment_value v ON v.payment = p.id"
	" LEFT JOIN rate t ON t.id = v.rate LEFT JOIN rate_read d ON d.rate = v.rate"
	" ORDER BY p.source, p.line, p.id" LIMIT;

static const struct writer_column reports_columns[] = {
	{ "reference", CELL_TEXT },
	{ "victim", CELL_NUMBER },
	{ "at", CELL_TIME },
	{ "presented", CELL_NUMBER },
	{ "loss", CELL_AMOUNT },
	{ "currency", CELL_TEXT },
	{ "verdict", CELL_TEXT },
	{ "value", CELL_AMOUNT },
	{ "value_currency", CELL_TEXT },
	{ "account", CELL_TEXT },
	{ "service", CELL_TEXT },
	{ "suspect", CELL_ID },
	{ "call", CELL_INTEGER },
	{ "call_source", CELL_TEXT },
	{ "call_line", CELL_INTEGER },
	{ "seconds", CELL_INTEGER },
	{ "source", CELL_TEXT },
	{ "line", CELL_INTEGER },
};

static const char reports_sql[] =
	"SELECT r.reference, coalesce(u.victim, r.victim), u.at, coalesce(u.presented, r.presented),"
	" amount(u.loss, u.exponent), u.currency, m.verdict, amount(m.loss, :exponent),"
	" CASE WHEN m.loss IS NOT NULL THEN :currency END, k.account, nullif(k.service, ''), 'S' || f.suspect,"
	" m.segment * 65536 + m.row, " SOURCE_PATH("cs") ", c.line, m.seconds, " SOURCE_PATH("s") ", r.line"
	" FROM report r JOIN report_read u ON u.report = r.id LEFT JOIN source s ON s.id = r.source"
	" LEFT JOIN report_match m ON m.report = r.id LEFT JOIN account_key k ON k.id = m.key"
	" LEFT JOIN account_figure f ON f.key = m.key LEFT JOIN call c ON c.id = m.segment * 65536 + m.row"
	" LEFT JOIN source cs ON cs.id = c.source ORDER BY r.source, r.line, r.id" LIMIT;

static const struct writer_column links_columns[] = {
	{ "account_a", CELL_TEXT },
	{ "account_b", CELL_TEXT },
	{ "rule", CELL_TEXT },
	{ "value", CELL_NUMBER },       /* a telephone number is E.164, the rest is as found */
	{ "strength", CELL_TEXT },
	{ "source_a", CELL_TEXT },
	{ "row_a", CELL_INTEGER },
	{ "source_b", CELL_TEXT },
	{ "row_b", CELL_INTEGER },
};

static const char links_sql[] =
	"SELECT a.account, b.account, l.rule, CASE l.rule WHEN 'phone' THEN CAST(l.value AS INTEGER) ELSE l.value END,"
	" l.strength, " SOURCE_PATH("sa") ", l.row_a, "
	SOURCE_PATH("sb") ", l.row_b FROM link l LEFT JOIN account_key a ON a.id = l.account_a"
	" LEFT JOIN account_key b ON b.id = l.account_b LEFT JOIN source sa ON sa.id = l.source_a"
	" LEFT JOIN source sb ON sb.id = l.source_b ORDER BY l.id" LIMIT;

static const struct writer_column rejects_columns[] = {
	{ "source", CELL_TEXT },
	{ "line", CELL_INTEGER },
	{ "offset", CELL_INTEGER },
	{ "length", CELL_INTEGER },
	{ "reason", CELL_TEXT },
	{ "role", CELL_TEXT },
	{ "value", CELL_TEXT },
};

#define REJECTS(more) \
	"SELECT " SOURCE_PATH("s") ", r.line, r.offset, r.length, r.reason, nullif(r.role, ''), r.value FROM" \
	" (SELECT 0 AS part, id, source, line, offset, length, reason, role, value FROM reject" more ") r" \
	" LEFT JOIN source s ON s.id = r.source ORDER BY r.source, r.line, r.offset, r.part, r.id" LIMIT

static const char rejects_sql[] =
	REJECTS(" UNION ALL SELECT 1, id, source, line, offset, length, reason, role, value FROM unread");
static const char rejects_sql_found[] = REJECTS("");

static const struct writer_column sources_columns[] = {
	{ "id", CELL_INTEGER },
	{ "source", CELL_TEXT },
	{ "kind", CELL_TEXT },
	{ "service", CELL_TEXT },
	{ "profile", CELL_TEXT },
	{ "compression", CELL_TEXT },
	{ "size", CELL_INTEGER },
	{ "sha256", CELL_TEXT },
	{ "member_size", CELL_INTEGER },
	{ "member_sha256", CELL_TEXT },
	{ "region", CELL_TEXT },
	{ "zone", CELL_TEXT },
	{ "currency", CELL_TEXT },
	{ "date_order", CELL_TEXT },
	{ "legs", CELL_TEXT },
	{ "dialect", CELL_TEXT },
	{ "mapping", CELL_LIST },
	{ "words", CELL_LIST },
	{ "rows_read", CELL_INTEGER },
	{ "accepted", CELL_INTEGER },
	{ "rejected", CELL_INTEGER },
	{ "skipped", CELL_INTEGER },
	{ "tech_prefixes", CELL_LIST },
};

/* Lines as a list. */
#define LINES(column) \
	"replace(replace(replace(rtrim(" column ", char(10)), '\\', '\\\\'), ';', '\\;'), char(10), ';')"

static const char sources_sql[] =
	"SELECT s.id, " SOURCE_PATH("s") ", s.kind, nullif(s.service, ''), nullif(s.profile, ''), s.compression,"
	" nullif(s.size, 0), nullif(s.sha256, ''), nullif(s.member_size, 0), nullif(s.member_sha256, ''), nullif(s.region, ''), nullif(s.zone, ''),"
	" nullif(s.currency, ''), nullif(s.date_order, ''), nullif(s.legs, ''), nullif(s.dialect, ''),"
	" " LINES("s.mapping") ", " LINES("s.words") ", s.rows_read, s.accepted, s.rejected, s.skipped,"
	" replace(s.tech_prefixes, ',', ';')"
	" FROM source s ORDER BY s.id" LIMIT;

static const struct writer_column runs_columns[] = {
	{ "run", CELL_INTEGER },
	{ "command", CELL_TEXT },
	{ "arguments", CELL_TEXT },
	{ "version", CELL_TEXT },
	{ "settings", CELL_TEXT },
	{ "inputs", CELL_TEXT },
	{ "outputs", CELL_TEXT },
	{ "started", CELL_TIME },
	{ "ended", CELL_TIME },
	{ "previous", CELL_TEXT },
	{ "hash", CELL_TEXT },
	{ "seal", CELL_TEXT },
};

static const char runs_sql[] =
	"SELECT id, command, arguments, version, settings, inputs, outputs, started, ended,"
	" nullif(previous, ''), hash, nullif(seal, '') FROM run ORDER BY id" LIMIT;

#define COLUMNS(name) name##_columns, sizeof(name##_columns) / sizeof(name##_columns[0])
#define ALL_KEYS (KEY_SPEND | KEY_VICTIMS | KEY_CALLS | KEY_LOSS)

static const struct table_definition tables[] = {
	{ "suspects", "persons, ranked", LAYER_CONCLUDED, ALL_KEYS, COLUMNS(suspects), suspects_sql, NULL },
	{ "accounts", "accounts of the service", LAYER_CONCLUDED, ALL_KEYS, COLUMNS(accounts), accounts_sql, NULL },
	{ "presentations", "presented numbers, by suspect", LAYER_CONCLUDED, ALL_KEYS, COLUMNS(presentations),
	  presentations_sql, NULL },
	{ "victims", "dialled numbers with a long call", LAYER_CONCLUDED, KEY_CALLS | KEY_LOSS, COLUMNS(victims),
	  victims_sql, NULL },
	{ "calls", "calls, as found and as understood", LAYER_CONCLUDED, 0, COLUMNS(calls), calls_sql, NULL },
	{ "payments", "payments, with their rates", LAYER_CONCLUDED, 0, COLUMNS(payments), payments_sql, NULL },
	{ "reports", "victims' reports and their calls", LAYER_CONCLUDED, 0, COLUMNS(reports), reports_sql, NULL },
	{ "links", "what ties accounts, and the rows", LAYER_CONCLUDED, 0, COLUMNS(links), links_sql, NULL },
	{ "rejects", "rows set aside, and why", LAYER_FOUND, 0, COLUMNS(rejects), rejects_sql, rejects_sql_found },
	{ "sources", "what was ingested, and its hashes", LAYER_FOUND, 0, COLUMNS(sources), sources_sql, NULL },
	{ "runs", "what was done to the case", LAYER_FOUND, 0, COLUMNS(runs), runs_sql, NULL },
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
