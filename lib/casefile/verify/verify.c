/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a case: its structure, its sums, its chain of runs. */
#include "casefile/verify/verify.h"

#include <string.h>

#include "casefile/checkpoint.h"
#include "casefile/kinds.h"
#include "casefile/runs.h"
#include "casefile/seal.h"
#include "casefile/sql.h"
#include "casefile/verify/verify_segments.h"

/* A query whose every row is something that does not hold. */
struct check {
	enum layer layer;     /* that it needs */
	/* One column, a text that says what; with an @ in it, the same for each
	 * kind but calls, for the name of which that stands. */
	const char *sql;
};

/* The sums of figures that accounts and suspects have both, each table read once. */
#define EACH_SUM(of) \
	of("spend") ", " of("gross") ", " of("refunds") ", " of("calls") ", " of("answered") ", " \
	of("long_calls") ", " of("payments") ", " of("reports") ", " of("loss")
#define SUM_OF(column) "amount_sum(" column ") AS " column
#define SUMS_DIFFER(column) \
	"SELECT 'sum of " column ": accounts ' || a." column " || ', suspects ' || s." column \
	" FROM a, s WHERE a." column " <> s." column

/* Whether an amount is below zero, however it is stored. */
#define BELOW(amount) "substr(" amount ", 1, 1) = '-'"

/* Spend is what was paid less what went back. */
#define SPEND_OF(table, key, name) \
	{ LAYER_CONCLUDED, \
	  "SELECT " name " || ': spent ' || t.spend || ', but paid ' || t.gross || ' and got back ' || t.refunds" \
	  " FROM " table " t WHERE (SELECT amount_sum(x) FROM (SELECT t.spend AS x UNION ALL SELECT t.refunds)) <> t.gross" \
	  " OR " BELOW("t.refunds") " ORDER BY t." key }

/* Of what adds nothing to a sum not all has to be sorted; an amount that is none does not pass. */
#define NOTHING "(typeof(spend) = 'integer' AND spend = 0)"

/* 1, or 0 for a source that was dropped: its counts are those that it had. */
#define WHOLE "(s.dropped_by IS NULL)"

static const struct check checks[] = {
	{ LAYER_FOUND, "SELECT 'source ' || id || ': read ' || rows_read || ' rows, but"
		" accepted, rejected and skipped make ' ||"
		" (accepted + rejected + skipped) FROM source"
		" WHERE rows_read <> accepted + rejected + skipped" },
	{ LAYER_FOUND, "SELECT 'source ' || s.id || ': rejected ' || s.rejected || ' rows,"
		" but table reject has ' || count(r.id) FROM source s"
		" LEFT JOIN reject r ON r.source = s.id GROUP BY s.id"
		" HAVING s.rejected * " WHOLE " <> count(r.id)" },
	{ LAYER_FOUND, "SELECT 'source ' || s.id || ': accepted ' || s.accepted ||"
		" ' rows of kind ' || s.kind || ', but its segments have ' ||"
		" coalesce(sum(g.rows), 0)"
		" FROM source s LEFT JOIN segment g ON g.source = s.id"
		" GROUP BY s.id HAVING (s.kind = 'call') * s.accepted * " WHOLE " <>"
		" coalesce(sum(g.rows), 0)" },
	/* Rows of a table with a key of its own have no number. */
	{ LAYER_FOUND, "SELECT 'table ' || \"table\" || coalesce(', row ' || rowid, '')"
		" || ' names a ' || parent || ' that is not there'"
		" FROM pragma_foreign_key_check" },
	{ LAYER_FOUND, "SELECT 'source ' || m.source || ': its members have ' ||"
		" sum(m.accepted) || ' rows accepted and ' || sum(m.rejected) ||"
		" ' rejected, but the source ' || s.accepted || ' and ' || s.rejected"
		" FROM member m JOIN source s ON s.id = m.source GROUP BY m.source"
		" HAVING sum(m.accepted) <> s.accepted"
		" OR sum(m.rejected) <> s.rejected" },
	{ LAYER_FOUND, "SELECT 'source ' || source || ': the numbers of its members have"
		" gaps' FROM member GROUP BY source HAVING max(number) <> count(*) - 1" },
	{ LAYER_FOUND, "SELECT 'table reject, row ' || id || ' names a member that is not"
		" there' FROM reject k WHERE member <> 0 AND NOT EXISTS (SELECT 1"
		" FROM member m WHERE m.source = k.source AND m.number = k.member)" },
	/* What was dropped left a gap, of which its run and table dropped know. */
	{ LAYER_FOUND, "SELECT 'source ' || s.id || ' is said to be dropped by run ' ||"
		" s.dropped_by || ', which does not say so' FROM source s LEFT JOIN run r"
		" ON r.id = s.dropped_by WHERE s.dropped_by IS NOT NULL AND NOT"
		" coalesce(instr(replace(replace(r.outputs, '[', ','), ']', ','),"
		" ',' || s.id || ','), 0)" },
	{ LAYER_FOUND, "SELECT 'source ' || s.id || ': table dropped has ' || d.rows ||"
		" ' rows of table ' || d.name || ', but it is not said to be dropped'"
		" FROM dropped d JOIN source s ON s.id = d.source"
		" WHERE s.dropped_by IS NULL" },
	{ LAYER_FOUND, "SELECT 'source ' || s.id || ': accepted ' || s.accepted ||"
		" ' rows of kind ' || s.kind || ', but table dropped has ' ||"
		" coalesce(d.rows, 0) FROM source s LEFT JOIN dropped d ON d.source = s.id"
		" AND d.name = s.kind WHERE s.dropped_by IS NOT NULL AND s.kind <> 'call'"
		" AND s.accepted <> coalesce(d.rows, 0)" },
	{ LAYER_FOUND, "SELECT 'source ' || s.id || ': rejected ' || s.rejected ||"
		" ' rows, but table dropped has ' || coalesce(d.rows, 0)"
		" FROM source s LEFT JOIN dropped d ON d.source = s.id"
		" AND d.name = 'reject' WHERE s.dropped_by IS NOT NULL"
		" AND s.rejected <> coalesce(d.rows, 0)" },
	{ LAYER_FOUND, "SELECT 'segments up to ' || last || ' were given out, but ' || n ||"
		" ' are there or dropped' FROM (SELECT max(last) AS last, sum(rows) AS n"
		" FROM (SELECT max(id) AS last, count(*) AS rows FROM segment UNION ALL"
		" SELECT max(last), sum(rows) FROM dropped WHERE name = 'segment'))"
		" WHERE last <> n" },
	/* Readers begin at 1, so that they would not see it. */
	{ LAYER_FOUND, "SELECT 'segment ' || id || ' has an id below 1' FROM segment"
		" WHERE id < 1" },
	{ LAYER_FOUND, "SELECT 'column ' || id || ' belongs to no segment' FROM found"
		" WHERE id / 256 NOT IN (SELECT id FROM segment)" },
	{ LAYER_UNDERSTOOD,
	  "SELECT 'column ' || id || ' as understood belongs to no segment'"
	  " FROM understood WHERE id / 256 NOT IN (SELECT id FROM segment)" },
	/* A source has its hash once it is whole, and no checkpoint then. */
	{ LAYER_FOUND, "SELECT 'source ' || id || ' has no hash of what was read, but is"
		" not said to be unfinished, or the other way round' FROM source"
		" WHERE (member_sha256 = '') <>"
		" (id IN (SELECT source FROM checkpoint))" },
	{ LAYER_FOUND, "SELECT 'source ' || source || ' is unfinished, but not the last'"
		" FROM checkpoint WHERE source < (SELECT max(id) FROM source WHERE"
		" id NOT IN (SELECT source FROM checkpoint))" },
	{ LAYER_FOUND, "SELECT 'source ' || s.id || ': accepted ' || s.accepted ||"
		" ' rows of kind ' || s.kind || ', but table @ has ' || count(k.id)"
		" FROM source s LEFT JOIN @ k ON k.source = s.id GROUP BY s.id"
		" HAVING (s.kind = '@') * s.accepted * " WHOLE " <> count(k.id)" },
	{ LAYER_FOUND, "SELECT 'table @, row ' || id || ' names a member that is not there'"
		" FROM @ k WHERE member <> 0 AND NOT EXISTS (SELECT 1 FROM member m"
		" WHERE m.source = k.source AND m.number = k.member)" },
	{ LAYER_UNDERSTOOD, "SELECT 'table @: ' || f || ' rows found, but ' || r ||"
			" ' understood and ' || u || ' set aside' FROM (SELECT"
			" (SELECT count(*) FROM @) f,"
			" (SELECT count(*) FROM @_read) r,"
			" (SELECT count(*) FROM unread WHERE kind = '@') u)"
			" WHERE f <> r + u" },
	{ LAYER_FOUND, "SELECT 'table overwriting names run ' || run || ', which dropped nothing' FROM"
		" overwriting WHERE run NOT IN (SELECT dropped_by FROM source WHERE dropped_by"
		" IS NOT NULL) AND run NOT IN (SELECT id FROM run WHERE command = 'compact')" },
	/* The hash of a run is over its texts. */
	{ LAYER_FOUND, "SELECT 'the ids of the runs have gaps: there are ' || n || ', from ' || a ||"
		" ' to ' || b FROM (SELECT count(*) AS n, min(id) AS a, max(id) AS b FROM run)"
		" WHERE a <> 1 OR b <> n" },
	{ LAYER_DECIDED, "SELECT 'decision ' || max(id) || ' is on a setting that another is in"
		" force on, decision ' || min(id) FROM decision WHERE undone_by IS NULL"
		" GROUP BY command, source, key, item HAVING count(*) > 1" },
	{ LAYER_DECIDED, "SELECT 'decision ' || id || ' was undone by run ' || undone_by ||"
		" ', which is not behind run ' || run || ', that took it' FROM decision"
		" WHERE undone_by <= run" },
	{ LAYER_CONCLUDED, "SELECT 'payments confirmed are worth ' || p ||"
		     " ', but suspects spent ' || s FROM (SELECT"
		     " (SELECT amount_sum(value) FROM payment_value v"
		     " JOIN payment_read r ON r.payment = v.payment"
		     " WHERE r.confirmed) p,"
		     " (SELECT amount_sum(spend) FROM suspect) s)"
		     " WHERE p <> s" },
	SPEND_OF("account_figure", "key", "'account ' || t.key"),
	SPEND_OF("suspect", "id", "'suspect S' || t.id"),
	/* A refund is below zero, and no payment in a count. */
	{ LAYER_CONCLUDED, "SELECT 'payments confirmed that went back add up to ' || b || ', but suspects"
		     " have refunds of ' || s FROM (SELECT"
		     " (SELECT amount_sum(value) FROM payment_value WHERE " BELOW("value") ") b,"
		     " (SELECT amount_sum(refunds) FROM suspect) s)"
		     " WHERE (SELECT amount_sum(x) FROM (SELECT b AS x UNION ALL SELECT s)) <> 0" },
	{ LAYER_CONCLUDED, "SELECT 'there are ' || p || ' payments confirmed that are no refund,"
		     " but suspects have ' || s FROM (SELECT"
		     " (SELECT count(*) FROM payment_value v JOIN payment_read r"
		     " ON r.payment = v.payment WHERE NOT " BELOW("r.amount") ") p,"
		     " (SELECT coalesce(sum(payments), 0) FROM suspect) s) WHERE p <> s" },
	{ LAYER_CONCLUDED, "WITH a AS (SELECT " EACH_SUM(SUM_OF) " FROM account_figure),"
		     " s AS (SELECT " EACH_SUM(SUM_OF) " FROM suspect) "
		     SUMS_DIFFER("spend") " UNION ALL " SUMS_DIFFER("gross") " UNION ALL "
		     SUMS_DIFFER("refunds") " UNION ALL " SUMS_DIFFER("calls") " UNION ALL "
		     SUMS_DIFFER("answered") " UNION ALL " SUMS_DIFFER("long_calls") " UNION ALL "
		     SUMS_DIFFER("payments") " UNION ALL " SUMS_DIFFER("reports") " UNION ALL "
		     SUMS_DIFFER("loss") },
	/* What an account spent that presented nothing is shared by no presentation, nor is what
	 * it got back above what it paid. */
	{ LAYER_CONCLUDED, "SELECT 'suspect S' || s.id || ': accounts that presented"
		     " something spent ' || coalesce(a.spend, 0) || ', but"
		     " presentations share ' || coalesce(p.spend, 0)"
		     " FROM suspect s LEFT JOIN"
		     " (SELECT suspect, amount_sum(CASE WHEN " BELOW("spend") " THEN 0 ELSE spend END) spend"
		     " FROM account_figure"
		     " WHERE presentations > 0 AND NOT " NOTHING " GROUP BY suspect) a"
		     " ON a.suspect = s.id LEFT JOIN"
		     " (SELECT suspect, amount_sum(spend) spend FROM presentation"
		     " WHERE NOT " NOTHING " GROUP BY suspect) p ON p.suspect = s.id"
		     " WHERE coalesce(a.spend, 0) <> coalesce(p.spend, 0)" },
};

void verify_fail(const struct observer *observer, struct verify_counts *counts,
		 struct text what)
{
	char shown[600];

	counts->failures++;
	observer_notice(observer, "%s", text_escape(what, shown, sizeof(shown)));
}

void verify_fail_error(const struct observer *observer,
		       struct verify_counts *counts, const struct error *error)
{
	counts->failures++;
	observer_notice(observer, "%s", error->text);
}

static enum status run_check_query(struct casefile *casefile, const char *sql,
				   const struct observer *observer,
				   struct verify_counts *counts)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, sql);
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		struct text what = column_text(statement, 0);

		status = columns_read(casefile, statement);
		if (status == STATUS_OK)
			status = casefile_intact(casefile);
		if (status != STATUS_OK)
			break;
		verify_fail(observer, counts, what);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* A check of a kind: its name in place of each @. */
static enum status run_check_kind(struct casefile *casefile, const char *sql,
				  const char *kind,
				  const struct observer *observer,
				  struct verify_counts *counts)
{
	struct buf filled = { 0 };
	enum status status;

	for (; *sql; sql++) {
		if (*sql == '@')
			buf_text(&filled, kind);
		else
			buf_byte(&filled, *sql);
	}
	status = filled.failed ? error_memory(&casefile->error)
			       : run_check_query(casefile, filled.data, observer,
						 counts);
	buf_release(&filled);
	return status;
}

static enum status run_one(struct casefile *casefile, const struct check *check,
			   const struct observer *observer,
			   struct verify_counts *counts)
{
	bool there = true;
	enum status status = STATUS_OK;

	/* What is concluded is held against what is understood. */
	if (check->layer == LAYER_CONCLUDED)
		status = casefile_has_layer(casefile, LAYER_UNDERSTOOD, &there);
	if (status == STATUS_OK && there)
		status = casefile_has_layer(casefile, check->layer, &there);
	if (status != STATUS_OK || !there)
		return status;
	if (!strchr(check->sql, '@'))
		return run_check_query(casefile, check->sql, observer, counts);
	for (int kind = KIND_CALL + 1; kind < KIND_COUNT && status == STATUS_OK; kind++) {
		/* Of lookups nothing is understood by itself. */
		if (kind == KIND_LOOKUP && check->layer != LAYER_FOUND)
			continue;
		status = run_check_kind(casefile, check->sql,
					kind_info((enum kind)kind)->name, observer,
					counts);
	}
	return status;
}

static enum status check_runs(struct casefile *casefile,
			      const struct observer *observer,
			      struct verify_counts *counts)
{
	enum status status = run_check(casefile, &counts->runs);

	if (status != STATUS_INTEGRITY)
		return status;
	verify_fail_error(observer, counts, &casefile->error);
	return STATUS_OK;
}

/* That a source is not whole is no failure: what is there of it agrees. */
static enum status tell_unfinished(struct casefile *casefile,
				   const struct observer *observer,
				   struct verify_counts *counts)
{
	struct checkpoint checkpoint = { 0 };
	enum status status = checkpoint_read(casefile, &checkpoint);

	if (status == STATUS_OK) {
		(void)checkpoint_refuse(casefile, &checkpoint);
		observer_notice(observer, "%s", casefile->error.text);
	}
	if (status == STATUS_INTEGRITY)
		verify_fail_error(observer, counts, &casefile->error);
	checkpoint_release(&checkpoint);
	return status == STATUS_END || status == STATUS_INTEGRITY ? STATUS_OK
								  : status;
}

/* Sources that came after the last seal: an ingest that was cut short. */
static enum status tell_unsealed(struct casefile *casefile,
				 const struct seal *seal,
				 const struct observer *observer)
{
	struct seal now = { .layer = LAYER_FOUND };
	enum status status = seal_bounds(casefile, &now);

	if (status == STATUS_OK && now.sources > seal->sources)
		observer_notice(observer, "sources from %lld on are in no run: their "
					  "ingest was cut short; run the same "
					  "command again",
				(long long)seal->sources + 1);
	return status;
}

static void tell_unlike(enum layer layer, const struct buf *tables,
			const struct observer *observer,
			struct verify_counts *counts)
{
	char what[400];

	(void)sqlite3_snprintf(sizeof(what), what,
			       "the layer as %s is not what its run left%s%s",
			       layer_name(layer), tables->len ? ": table " : "",
			       tables->len ? tables->data : "");
	verify_fail(observer, counts, text_of(what));
}

static enum status check_seal(struct casefile *casefile, enum layer layer,
			      const struct observer *observer,
			      struct verify_counts *counts)
{
	struct seal seal = { .layer = layer };
	struct buf tables = { 0 };
	bool same = false;
	enum status status = seal_last(casefile, layer, &seal);

	if (status == STATUS_END && layer == LAYER_FOUND)
		return tell_unsealed(casefile, &seal, observer);
	if (status == STATUS_OK)
		status = seal_check(casefile, &seal, &same, &tables);
	/* Of others that no run made verify_layers() tells. */
	if ((status == STATUS_OK || (status == STATUS_END && layer == LAYER_DECIDED)) && !same)
		tell_unlike(layer, &tables, observer, counts);
	if (status == STATUS_END)
		status = STATUS_OK;
	buf_release(&tables);
	return status == STATUS_OK && layer == LAYER_FOUND
		       ? tell_unsealed(casefile, &seal, observer)
		       : status;
}

/* Until something is decided there is no seal of it. */
static enum status check_decisions(struct casefile *casefile,
				   const struct observer *observer,
				   struct verify_counts *counts)
{
	struct seal seal;
	int64_t decisions = 0;
	enum status status = casefile_integer(
		casefile, "SELECT count(*) FROM decision", 0, &decisions);

	if (status == STATUS_OK && decisions == 0)
		status = seal_last(casefile, LAYER_DECIDED, &seal);
	if (status == STATUS_END)
		return STATUS_OK;
	return status == STATUS_OK
		       ? check_seal(casefile, LAYER_DECIDED, observer, counts)
		       : status;
}

static enum status check_seals(struct casefile *casefile,
			       const struct observer *observer,
			       struct verify_counts *counts)
{
	enum status status = STATUS_OK;
	bool there[LAYERS] = { false };

	for (int i = 0; i <= LAYER_CONCLUDED && status == STATUS_OK; i++)
		status = casefile_has_layer(casefile, (enum layer)i, &there[i]);
	for (int i = 0; i <= LAYER_CONCLUDED && status == STATUS_OK; i++)
		if (there[i])
			status = check_seal(casefile, (enum layer)i, observer,
					    counts);
	if (status == STATUS_OK)
		status = check_decisions(casefile, observer, counts);
	if (status != STATUS_INTEGRITY)
		return status;
	verify_fail(observer, counts, text_of(casefile->error.text));
	return STATUS_OK;
}

/* ---- what is told later ---- */

/* An observer whose notices wait, each with the NUL behind it. */
struct later {
	const struct observer *observer;
	struct buf lines;
};

static void keep_notice(void *context, const char *line)
{
	struct later *later = context;

	buf_add(&later->lines, line, strlen(line) + 1);
}

static void pass_progress(void *context, const struct progress *progress)
{
	observer_progress(((const struct later *)context)->observer, progress);
}

static bool pass_interrupted(void *context)
{
	return observer_interrupted(((const struct later *)context)->observer);
}

static enum status tell_kept(struct casefile *casefile, const struct later *later)
{
	if (later->lines.failed)
		return error_memory(&casefile->error);
	for (size_t at = 0; at < later->lines.len; at += strlen(later->lines.data + at) + 1)
		observer_notice(later->observer, "%s", later->lines.data + at);
	return STATUS_OK;
}

/* ---- all of it ---- */

/* What is read row by row, on one thread. */
static enum status check_rows(struct casefile *casefile, const struct observer *observer,
			      struct verify_counts *counts)
{
	enum status status = tell_unfinished(casefile, observer, counts);

	if (status == STATUS_OK)
		status = check_runs(casefile, observer, counts);
	if (status == STATUS_OK)
		status = check_seals(casefile, observer, counts);
	return status;
}

/* Segments come last, on all threads, for a file is hashed on one of them until then; what
 * does not hold is told in the order of the case. */
static enum status check_layers(struct casefile *casefile, unsigned threads, struct laid_rows *laid,
				const struct observer *observer, struct verify_counts *counts)
{
	struct later later = { .observer = observer };
	const struct observer keeping = { &later, keep_notice, pass_progress, pass_interrupted };
	const enum status rows = check_rows(casefile, &keeping, counts);
	const struct error error = casefile->error;
	enum status status = verify_segments(casefile, threads, laid, observer, counts);

	if (status == STATUS_OK)
		status = tell_kept(casefile, &later);
	if (status == STATUS_OK && rows != STATUS_OK) {
		casefile->error = error;
		status = rows;
	}
	buf_release(&later.lines);
	return status;
}

enum status verify_case(struct casefile *casefile, unsigned threads, struct laid_rows *laid,
			const struct observer *observer,
			struct verify_counts *counts)
{
	enum status status = verify_header(casefile, observer, counts);

	if (status == STATUS_OK)
		status = verify_structure(casefile, observer, counts);
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (status == STATUS_OK)
			status = run_one(casefile, &checks[i], observer, counts);
	if (status == STATUS_OK)
		status = check_layers(casefile, threads, laid, observer, counts);
	if (status == STATUS_OK)
		status = verify_layers(casefile, observer, counts);
	return status;
}
