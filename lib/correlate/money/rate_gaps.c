/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of amounts that are converted at the rate of another day than theirs. */
#include "correlate/money/rate_gaps.h"

#include <stdio.h>

#include "casefile/source.h"
#include "casefile/sql.h"
#include "correlate/notices.h"

#define PATH_SHOWN 300
#define CURRENCY_SHOWN 20

/* Whose amounts they are: the first of a source is the farthest from its rate. */
static const struct kind {
	const char *role, *what, *table;
	const char *sql;
} kinds[] = {
#define GAPS(converted, found, read, column) \
	"SELECT f.source, f.member, f.line, v.gap, r.currency," \
	" date((d.day - v.gap) * 86400, 'unixepoch'), date(d.day * 86400, 'unixepoch'), q.source, q.member, q.line" \
	" FROM " converted " v JOIN " found " f ON f.id = v." column " JOIN " read " r ON r." column " = f.id" \
	" JOIN rate q ON q.id = v.rate JOIN rate_read d ON d.rate = v.rate WHERE v.gap <> 0" \
	" ORDER BY f.source, abs(v.gap) DESC, f.id"
	{ "paid", "payment", "payments", GAPS("payment_value", "payment", "payment_read", "payment") },
	{ "at", "loss", "reports", GAPS("report_match", "report", "report_read", "report") },
};

enum { SOURCE, MEMBER, LINE, GAP, CURRENCY, DAY, RATE_DAY, RATE_SOURCE, RATE_MEMBER, RATE_LINE };

/* The source at hand. */
struct saying {
	struct casefile *casefile;
	struct remark_writer *remarks;
	const char *currency;      /* of the case */
	const struct kind *kind;
	int64_t source;            /* 0: none yet */
	uint64_t count, line;
	int64_t most;              /* days */
	struct buf example;
};

static enum status say(struct saying *saying)
{
	const struct kind *kind = saying->kind;
	const bool one = saying->count == 1;
	struct buf shown = { 0 }, text = { 0 };
	char remedy[160];
	enum status status;

	if (!saying->count)
		return STATUS_OK;
	if (!source_place(saying->casefile, saying->source, 0, PATH_SHOWN, &shown))
		buf_format(&shown, "source %lld", (long long)saying->source);
	buf_format(&text, "%llu %s%s converted at the rate of another day, %lld day%s away at most: ",
		   (unsigned long long)saying->count, kind->what,
		   one ? " is" : *kind->what == 'l' ? "es are" : "s are", (long long)saying->most,
		   saying->most == 1 ? "" : "s");
	buf_add(&text, saying->example.data, saying->example.len);
	(void)snprintf(remedy, sizeof(remedy),
		       "ingest rates of these days, which column rate_gap of `unspoof export CASE %s` tells", kind->table);
	status = text.failed || shown.failed || saying->example.failed
			 ? error_memory(&saying->casefile->error)
			 : remark_writer_say(saying->remarks,
					     &(struct remark){ .source = saying->source, .shown = shown.data,
							       .role = kind->role, .topic = "rate", .count = saying->count,
							       .line = saying->line, .text = text.data, .remedy = remedy });
	buf_release(&shown);
	buf_release(&text);
	return status;
}

/* "payments.csv:5, BTC of 2022-01-05 at the rate to GBP of 2022-01-04 (rates.csv:3)" */
static void add_example(struct saying *saying, sqlite3_stmt *s)
{
	struct buf *out = &saying->example;

	buf_clear(out);
	notice_add_place(saying->casefile, sqlite3_column_int64(s, SOURCE), sqlite3_column_int64(s, MEMBER),
			 sqlite3_column_int64(s, LINE), out);
	buf_text(out, ", ");
	buf_escape(out, column_text(s, CURRENCY), CURRENCY_SHOWN);
	buf_text(out, " of ");
	buf_escape(out, column_text(s, DAY), CURRENCY_SHOWN);
	buf_format(out, " at the rate to %s of ", saying->currency);
	buf_escape(out, column_text(s, RATE_DAY), CURRENCY_SHOWN);
	buf_text(out, " (");
	notice_add_place(saying->casefile, sqlite3_column_int64(s, RATE_SOURCE), sqlite3_column_int64(s, RATE_MEMBER),
			 sqlite3_column_int64(s, RATE_LINE), out);
	buf_text(out, ")");
}

static enum status take(struct saying *saying, sqlite3_stmt *s)
{
	const int64_t source = sqlite3_column_int64(s, SOURCE), gap = sqlite3_column_int64(s, GAP);
	enum status status = STATUS_OK;

	if (source != saying->source || !saying->count) {
		status = say(saying);
		saying->source = source;
		saying->count = 0;
		saying->line = (uint64_t)sqlite3_column_int64(s, LINE);
		saying->most = gap < 0 ? -gap : gap;
		add_example(saying, s);
	}
	saying->count++;
	return status == STATUS_OK ? columns_read(saying->casefile, s) : status;
}

static enum status say_kind(struct saying *saying)
{
	sqlite3_stmt *statement = casefile_prepare(saying->casefile, saying->kind->sql);
	enum status status;

	if (!statement)
		return saying->casefile->error.status;
	while ((status = casefile_step(saying->casefile, statement)) == STATUS_OK)
		if ((status = take(saying, statement)) != STATUS_OK)
			break;
	sqlite3_finalize(statement);
	return status == STATUS_END ? say(saying) : status;
}

enum status rate_gaps_say(struct casefile *casefile, const char *currency, struct remark_writer *remarks)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]) && status == STATUS_OK; i++) {
		struct saying saying = { .casefile = casefile, .remarks = remarks, .currency = currency, .kind = &kinds[i] };

		status = say_kind(&saying);
		buf_release(&saying.example);
	}
	return status;
}
