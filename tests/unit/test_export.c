/* SPDX-License-Identifier: Apache-2.0 */
/* The tables, `call`, query and show, on a case that is filled by hand. */
#include <stdlib.h>
#include <string.h>

#include "casefile/sql.h"
#include "casefile/sqlite/calltable.h"
#include "export/functions.h"
#include "export/query.h"
#include "export/show.h"
#include "export/tables.h"
#include "export_case.h"
#include "scratch.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct tap tap;

static bool keep(void *context, const void *data, size_t len)
{
	struct buf *out = context;

	buf_add(out, data, len);
	return !out->failed;
}

/* --- tables -------------------------------------------------------------- */

/* What a call gave: its status, and the text of the table or of the error. */
struct answer {
	enum status status;
	struct buf out;
	char error[1024];
};

static struct writer open_writer(struct answer *answer, const char *format)
{
	const struct writer_options options = { .format = writer_format_find(format), .write = keep,
						.context = &answer->out };
	struct writer writer;

	writer_open(&writer, &options);
	return writer;
}

enum asking { ASK_TABLE, ASK_QUERY, ASK_SHOW };

static struct answer ask(const char *path, enum asking asking, const struct export_options *options, const char *a,
			 const char *b, const char *format)
{
	struct answer answer = { STATUS_OK, { 0 }, "" };
	struct writer writer = open_writer(&answer, format);
	struct casefile casefile;

	answer.status = casefile_open(&casefile, path, CASEFILE_READ);
	if (answer.status == STATUS_OK && asking == ASK_TABLE)
		answer.status = export_table(&casefile, options, &writer);
	else if (answer.status == STATUS_OK && asking == ASK_QUERY)
		answer.status = query_run(&casefile, a, NULL, &writer);
	else if (answer.status == STATUS_OK)
		answer.status = show_thing(&casefile, a, b, NULL, NULL, &writer);
	(void)snprintf(answer.error, sizeof(answer.error), "%s", casefile.error.text);
	writer_release(&writer);
	casefile_close(&casefile);
	return answer;
}

static void print_lines(const char *text)
{
	for (const char *end; *text; text = end + (*end != '\0')) {
		end = strchr(text, '\n');
		if (!end)
			end = text + strlen(text);
		printf("#   %.*s\n", (int)(end - text), text);
	}
}

static void is_text(const char *name, struct answer answer, const char *expected)
{
	const char *got = answer.out.data ? answer.out.data : "";
	const bool good = answer.status == STATUS_OK && tap_same(got, expected);

	if (!good) {
		printf("# status %d: %s\n# expected:\n", (int)answer.status, answer.error);
		print_lines(expected);
		printf("# got:\n");
		print_lines(got);
	}
	OK(&tap, good, "%s", name);
	buf_release(&answer.out);
}

static void is_error(const char *name, struct answer answer, enum status status, const char *part)
{
	const bool good = answer.status == status && strstr(answer.error, part) != NULL;

	if (!good)
		printf("# status %d: %s\n", (int)answer.status, answer.error);
	OK(&tap, good, "%s", name);
	OK(&tap, answer.out.len == 0, "and nothing is written");
	buf_release(&answer.out);
}

static struct answer table(const char *path, const char *name)
{
	return ask(path, ASK_TABLE, &(struct export_options){ .table = name }, NULL, NULL, "csv");
}

#define HEAD_SUSPECTS \
	"rank,suspect,accounts,logins,emails,spend,currency,payments,first_payment,last_payment,calls,answered," \
	"long_calls,victims,presentations,organisations,reports,loss,first_call,last_call,score,why,doubts,gross,refunds\n"
#define S1(rank) \
	rank ",S1,'=bob;al\\;ice,al,a@example.com,62.67,GBP,1,2022-03-27T00:00:00Z,2022-03-27T00:00:00Z,3,2,1,1,2,1,1," \
	     "100.00,2022-03-27T01:03:20Z,2022-03-27T01:20:00Z,35,harm 35: victims 1 35,,62.67,0.00\n"
#define S2(rank) \
	rank ",S2,zoe,,,0.00,GBP,0,,,1,0,0,0,0,0,0,0.00,2022-03-27T01:36:40Z,2022-03-27T01:36:40Z,0,,,0.00,0.00\n"
#define S3(rank) rank ",S3,yan,,,62.67,GBP,1,,,9,0,0,1,0,0,0,0.00,,,0,,,62.67,0.00\n"
#define S4(rank) rank ",S4,xi,,,99.00,GBP,1,,,0,0,0,0,0,0,0,0.00,,,0,,address from1,99.00,0.00\n"

static void test_suspects(const char *path)
{
	struct export_options options = { .table = "suspects" };

	is_text("suspects: by spend, then victims, calls, loss", table(path, "suspects"),
		HEAD_SUSPECTS S4("1") S3("2") S1("3") S2("4"));
	options.top = 2;
	is_text("suspects: the first two", ask(path, ASK_TABLE, &options, NULL, NULL, "csv"),
		HEAD_SUSPECTS S4("1") S3("2"));
	options.top = 0;
	options.rank_by = "victims";
	is_text("suspects: by victims", ask(path, ASK_TABLE, &options, NULL, NULL, "csv"),
		HEAD_SUSPECTS S3("1") S1("2") S4("3") S2("4"));
	options.rank_by = "loss";
	options.min_spend = "62.67";
	is_text("suspects: by loss, of those that spent 62.67", ask(path, ASK_TABLE, &options, NULL, NULL, "csv"),
		HEAD_SUSPECTS S1("1") S4("2") S3("3"));
	options.min_spend = "62.68";
	options.rank_by = "calls";
	is_text("suspects: a penny more", ask(path, ASK_TABLE, &options, NULL, NULL, "csv"), HEAD_SUSPECTS S4("1"));
}

#define HEAD_ACCOUNTS \
	"account,service,suspect,login,email,spend,currency,payments,calls,answered,long_calls,victims,presentations," \
	"organisations,reports,loss,first_call,last_call,gross,refunds\n"
#define BOB "'=bob,spoof,S1,,,0.00,GBP,0,1,0,0,0,0,0,0,0.00,2022-03-27T01:36:40Z,2022-03-27T01:36:40Z,0.00,0.00\n"
#define ALICE \
	"alice,spoof,S1,al,a@example.com,62.67,GBP,1,2,2,1,1,2,1,1,100.00,2022-03-27T01:03:20Z," \
	"2022-03-27T01:20:00Z,62.67,0.00\n"
#define OTHER "alice,other,S2,,,1.00,GBP,0,0,0,0,0,0,0,0,0.00,,,1.00,0.00\n"

static void test_accounts(const char *path)
{
	struct export_options options = { .table = "accounts", .top = 2 };

	is_text("accounts: by service and account", table(path, "accounts"), HEAD_ACCOUNTS OTHER BOB ALICE);
	is_text("accounts: the top two are by spend", ask(path, ASK_TABLE, &options, NULL, NULL, "csv"),
		HEAD_ACCOUNTS ALICE OTHER);
	options.rank_by = "calls";
	is_text("accounts: by calls", ask(path, ASK_TABLE, &options, NULL, NULL, "csv"), HEAD_ACCOUNTS ALICE BOB);
	options.min_spend = "1";
	options.top = 0;
	is_text("accounts: with spend", ask(path, ASK_TABLE, &options, NULL, NULL, "csv"), HEAD_ACCOUNTS ALICE OTHER);
}

static void test_presentations(const char *path)
{
	struct export_options options = { .table = "presentations", .top = 1, .rank_by = "loss" };

	is_text("presentations: by the text shown", table(path, "presentations"),
		"presented,organisation,sector,suspect,accounts,calls,answered,long_calls,victims,spend,currency,loss,"
		"first_call,last_call,flags\n"
		"+12025550123,,,S1,1,1,0,0,0,0.00,GBP,0.00,,,not-in-plan\n"
		"+443002003300,\"Tax, Office\",tax,S1,1,2,2,1,1,62.00,GBP,100.00,2022-03-27T01:03:20Z,"
		"2022-03-27T01:20:00Z,ofcom-fiction;toll-free\n"
		"+443002003300,\"Tax, Office\",tax,S2,1,1,0,0,0,0.00,GBP,0.00,,,ofcom-fiction;toll-free\n"
		"'=HMRC,,,S1,1,1,0,0,0,0.67,GBP,0.00,,,withheld\n"
		"\xff" "A,,,S1,1,1,0,0,0,0.00,GBP,0.00,,,\n");
	is_text("presentations: the most loss, as JSON", ask(path, ASK_TABLE, &options, NULL, NULL, "jsonl"),
		"{\"presented\":\"+443002003300\",\"organisation\":\"Tax, Office\",\"sector\":\"tax\",\"suspect\":\"S1\","
		"\"accounts\":1,\"calls\":2,\"answered\":2,\"long_calls\":1,\"victims\":1,\"spend\":\"62.00\","
		"\"currency\":\"GBP\",\"loss\":\"100.00\",\"first_call\":\"2022-03-27T01:03:20Z\","
		"\"last_call\":\"2022-03-27T01:20:00Z\",\"flags\":[\"ofcom-fiction\",\"toll-free\"]}\n");
}

static void test_victims(const char *path)
{
	struct export_options options = { .table = "victims", .rank_by = "calls" };

	is_text("victims: in the order of the column", table(path, "victims"),
		"number,country,calls,long_calls,seconds,suspects,organisations,reports,loss,first_call,last_call,unsure,own\n"
		"+442079460101,GB,2,1,90.4,1,1,1,100.00,2022-03-27T01:03:20Z,2022-03-27T01:20:00Z,0,\n"
		"+61255501234,AU,7,1,90,1,1,0,0.00,2022-03-27T01:03:20Z,2022-03-27T01:20:00Z,0,\n");
	is_text("victims: by calls", ask(path, ASK_TABLE, &options, NULL, NULL, "csv"),
		"number,country,calls,long_calls,seconds,suspects,organisations,reports,loss,first_call,last_call,unsure,own\n"
		"+61255501234,AU,7,1,90,1,1,0,0.00,2022-03-27T01:03:20Z,2022-03-27T01:20:00Z,0,\n"
		"+442079460101,GB,2,1,90.4,1,1,1,100.00,2022-03-27T01:03:20Z,2022-03-27T01:20:00Z,0,\n");
}

static void test_calls(const char *path)
{
	is_text("calls: found and understood; the unread row is none", table(path, "calls"),
		"call,source,line,offset,length,service,account,suspect,started,answered,long,seconds,seconds_from,"
		"presented,presented_found,presented_name,presented_class,presented_rule,dialled,dialled_found,"
		"dialled_class,dialled_rule,country,status,cost,currency,notes,flags,presented_other,dialled_other,twin\n"
		"65536,calls.csv,2,60,60,spoof,alice,S1,2022-03-27T01:03:20Z,1,1,90,talk,+443002003300,"
		"\"\"\"HMRC\"\" <03002003300>\",,number,national,+442079460101,020 7946 0101,number,national,GB,ANSWERED,"
		"0.015,GBP,,ofcom-fiction;toll-free;neighbour,,,\n"
		"65537,calls.csv,3,120,60,spoof,alice,S1,2022-03-27T01:20:00Z,1,1,61.5,talk,,'=HMRC,,withheld,,"
		"+442079460101,02079460101,number,national,GB,BUSY,,,contradicted;clock,withheld,,,\n"
		"65538,calls.csv,4,180,60,spoof,'=bob,S1,2022-03-27T01:36:40Z,0,0,0,talk,,,,,,+61255501234,"
		"'+61 2 5550 1234,number,plus,GB,BUSY,-1,GBP,,,,,\n");
}

static void test_small_tables(const char *path)
{
	is_text("payments", table(path, "payments"),
		"payment_id,account,service,suspect,paid,amount,currency,value,value_currency,rate,rate_date,"
		"from_address,to_address,txid,status,confirmed,source,line,stood_for_by,stands_for,"
		"counts_as,rate_source,rate_line,rate_gap,notes\n"
		"p1,alice,spoof,S1,2022-03-27T00:00:00Z,0.00189901,BTC,62.67,GBP,33000.5,2022-03-27,from1,to1,tx1,paid,1,"
		"d.tar:pay.csv,2,,,payment,rates.csv,2,0,\n"
		",bob,spoof,S1,2022-03-28T00:00:00Z,7.00000000,BTC,,,,,,to1,,expired,0,d.tar:pay.csv,3,,,,,,,\n");
	is_text("reports", table(path, "reports"),
		"reference,victim,at,presented,loss,currency,verdict,value,value_currency,account,service,suspect,call,"
		"call_source,call_line,seconds,source,line,victim_other,presented_other,unsure,stood_for_by,stands_for,"
		"rate,rate_date,rate_source,rate_line,rate_gap,notes,reason\n"
		"R1,+442079460101,2022-03-27T01:05:00Z,+443002003300,100.00,GBP,matched,100.00,GBP,alice,spoof,S1,65536,"
		"calls.csv,2,-4.75,'=evil.csv,2,,,0,,,,,,,,clock,\n"
		"R2,nobody,2022-03-27T01:05:00Z,,,,unmatched,,,,,,,,,,'=evil.csv,3,,,0,,,,,,,,,no call\n");
	is_text("links", table(path, "links"),
		"account_a,account_b,rule,value,strength,source_a,row_a,source_b,row_b,note\n"
		"spoof/=bob,spoof/alice,email,'=e@example.com,decisive,calls.csv,2,d.tar:pay.csv,3,\n"
		"spoof/alice,other/alice,phone,+447700900001,weak,calls.csv,2,,3,why\n");
}

#define HEAD_REJECTS "source,line,offset,length,reason,role,value\n"
#define REJECTS_FOUND \
	"calls.csv,2,50,20,has 3 fields where the header has 8,,\n" \
	"calls.csv,9,300,20,is no number,talk,\"mi\nnus\"\n"

static void test_found_tables(const char *path, enum layer layer)
{
	is_text("rejects", table(path, "rejects"),
		layer == LAYER_FOUND ? HEAD_REJECTS REJECTS_FOUND
				     : HEAD_REJECTS REJECTS_FOUND
				       "'=evil.csv,4,90,40,\"is no \"\"number\"\"\",victim,'=1+1\n");
	is_text("sources", ask(path, ASK_TABLE, &(struct export_options){ .table = "sources", .top = 1 }, NULL, NULL, "jsonl"),
		"{\"id\":1,\"source\":\"calls.csv\",\"kind\":\"call\",\"service\":\"spoof\",\"profile\":\"canonical\","
		"\"compression\":\"none\",\"size\":400,\"sha256\":\"aa\",\"member_size\":400,\"member_sha256\":\"aa\","
		"\"region\":\"GB\",\"zone\":\"UTC\",\"currency\":\"GBP\",\"date_order\":null,\"legs\":null,"
		"\"dialect\":\"separator ,\",\"mapping\":[\"started=1\",\"account=a;b\\\\\"],\"words\":[],\"rows_read\":5,"
		"\"accepted\":4,\"rejected\":1,\"skipped\":0,\"tech_prefixes\":[\"9#\",\"77\"],\"bare\":null,\"dropped_by\":null,\"decimal\":null,\"exhibit\":null,\"format\":\"delimited\",\"joins\":[],\"measured\":[],\"zones\":[]}\n");
	is_text("runs", table(path, "runs"),
		"run,command,arguments,version,settings,inputs,outputs,started,ended,previous,hash,seal,tables,operator,purpose,recipient\n"
		"1,ingest,\"[\"\"-k\"\",\"\"call\"\"]\",unspoof 0,{},[],{},2024-01-01T00:00:00Z,2024-01-01T00:00:01Z,,ab12,,,pc 1,,\n");
	is_text("decisions", table(path, "decisions"),
		"decision,run,command,source,setting,item,value,undone_by\n"
		"1,1,normalise,calls.csv,region,,GB,\n2,1,correlate,,never,,a;b,1\n");
}

static void test_options(const char *path)
{
	static const struct {
		struct export_options options;
		const char *part;
	} wrong[] = {
		{ { .table = "suspect\x1b" }, "'suspect\\x1b' is no table; the tables are suspects accounts" },
		{ { .table = "suspects", .rank_by = "score" }, "'score', but by spend, victims, calls, loss" },
		{ { .table = "victims", .rank_by = "spend" }, "'spend', but by calls, loss" },
		{ { .table = "links", .rank_by = "spend" }, "table links has no ranking" },
		{ { .table = "victims", .min_spend = "1" }, "table victims has no spend" },
		{ { .table = "runs", .min_spend = "1" }, "table runs has no spend" },
		{ { .table = "accounts", .min_spend = "ten" }, "'ten' in GBP: is not a number" },
		{ { .table = "accounts", .min_spend = "0.001" }, "has more decimals than the currency" },
		{ { .table = "accounts", .min_spend = "99999999999999999999999999999999999999" }, "is too large" },
	};

	for (size_t i = 0; i < COUNT(wrong); i++)
		is_error(wrong[i].part, ask(path, ASK_TABLE, &wrong[i].options, NULL, NULL, "csv"), STATUS_USAGE,
			 wrong[i].part);
}

static void test_layers(const char *found_case, const char *understood_case)
{
	for (size_t i = 0; table_at(i); i++) {
		const struct table_definition *definition = table_at(i);

		if (definition->layer != LAYER_CONCLUDED)
			continue;
		is_error(definition->name, table(found_case, definition->name), STATUS_FAILED,
			 "run `unspoof normalise` and `unspoof correlate` first");
		is_error(definition->name, table(understood_case, definition->name), STATUS_FAILED,
			 "run `unspoof correlate` first");
	}
	test_found_tables(found_case, LAYER_FOUND);
	test_found_tables(understood_case, LAYER_UNDERSTOOD);
}

/* --- call ---------------------------------------------------------------- */

static struct answer query(const char *path, const char *sql)
{
	return ask(path, ASK_QUERY, NULL, sql, NULL, "csv");
}

static void test_call_table(const char *path)
{
	is_text("call: every row, in order", query(path, "SELECT id, source, line, offset, length FROM call"),
		"id,source,line,offset,length\n65536,1,2,60,60\n65537,1,3,120,60\n65538,1,4,180,60\n65539,1,5,240,60\n");
	is_text("call: as found", query(path, "SELECT account, presented, talk, call_id, trunk FROM call WHERE id = 65538"),
		"account,presented,talk,call_id,trunk\n'=bob,,0,,\n");
	is_text("call: absent is NULL, empty is empty",
		query(path, "SELECT presented IS NULL AS p, account IS NULL AS a, typeof(call_id) AS c FROM call"
			    " WHERE id >= 65538"),
		"p,a,c\n1,0,null\n0,0,null\n");
	is_text("call: as understood",
		query(path, "SELECT account_key, started_utc, talk_ms, presented_e164, presented_reading, dialled_e164,"
			    " dialled_reading, cost_micro, answered, flags FROM call"),
		"account_key,started_utc,talk_ms,presented_e164,presented_reading,dialled_e164,dialled_reading,cost_micro,"
		"answered,flags\n"
		"1,1648343000,90000,443002003300,1,442079460101,1,15000,1,1027\n"
		"1,1648344000,61500,,2,442079460101,1,,1,83\n"
		"2,1648345000,0,,,61255501234,3,-1000000,0,2\n"
		",,,443002003300,1,442079460101,1,,,256\n");
	is_text("call: the cost as it is", query(path, "SELECT cost_value, cost_currency FROM call"),
		"cost_value,cost_currency\n0.015,GBP\n,\n-1,GBP\n,\n");
	is_text("call: by numbers and accounts",
		query(path, "SELECT (SELECT count(*) FROM call WHERE dialled_e164 = 442079460101) AS d,"
			    " (SELECT count(*) FROM call WHERE presented_e164 = 443002003300 AND account_key = 1) AS p,"
			    " (SELECT count(*) FROM call WHERE source = 1) AS s, (SELECT count(*) FROM call WHERE source = 2) AS n"),
		"d,p,s,n\n3,1,4,0\n");
	is_text("call: conditions that are no integers",
		query(path, "SELECT (SELECT count(*) FROM call WHERE id = '65536') AS t, (SELECT count(*) FROM call WHERE"
			    " id = 65536.0) AS r, (SELECT count(*) FROM call WHERE id = NULL) AS n,"
			    " (SELECT count(*) FROM call WHERE source = 'x') AS x, (SELECT count(*) FROM call WHERE id = -1)"
			    " AS m, (SELECT count(*) FROM call WHERE id IN (65537, 65539, 65540, 7)) AS i,"
			    " (SELECT count(*) FROM call WHERE id = 9223372036854775807) AS l"),
		"t,r,n,x,m,i,l\n1,1,0,0,0,2,0\n");
	is_text("call: sorted the other way, joined to itself",
		query(path, "SELECT a.id, b.line FROM call a JOIN call b ON b.id = a.id + 1 ORDER BY a.id DESC"),
		"id,line\n65538,5\n65537,4\n65536,3\n");
}

static void test_call_found_only(const char *path)
{
	is_text("call: before normalise", query(path, "SELECT account, flags, started_utc FROM call WHERE id = 65536"),
		"account,flags,started_utc\nalice,,\n");
	is_text("call: and no row has an account key", query(path, "SELECT count(*) AS n FROM call WHERE account_key = 1"),
		"n\n0\n");
}

/* Two segments of the same source, and one of another. */
static void test_call_segments(const char *path)
{
	struct casefile casefile;

	if (casefile_open(&casefile, path, CASEFILE_WRITE) != STATUS_OK || casefile_begin(&casefile) != STATUS_OK)
		fatal(path, &casefile);
	fill_calls(&casefile, 1, 3 + SEGMENT_ROWS);
	fill_calls(&casefile, 4, 2);
	commit(&casefile);
	is_text("call: several segments",
		query(path, "SELECT source, count(*) AS n, min(id) AS a, max(id) AS b, sum(line) AS l, max(length(presented)) AS p"
			    " FROM call GROUP BY source"),
		"source,n,a,b,l,p\n1,65543,65536,196610,2147778583,20\n4,2,262144,262145,5,20\n");
	is_text("call: the last row of a full segment", query(path, "SELECT line FROM call WHERE id = 196607"),
		"line\n65537\n");
	is_text("call: beyond the rows of a segment", query(path, "SELECT count(*) AS n FROM call WHERE id = 196611"),
		"n\n0\n");
}

static void damage(const char *path, const char *sql)
{
	struct casefile casefile;

	if (casefile_open(&casefile, path, CASEFILE_WRITE) != STATUS_OK || casefile_exec(&casefile, sql) != STATUS_OK)
		fatal(sql, &casefile);
	casefile_close(&casefile);
}

static void test_call_damaged(const char *path)
{
	damage(path, "UPDATE found SET base = base + 1 WHERE id = 256 + 18");
	is_error("call: a column that was changed", query(path, "SELECT dialled FROM call"), STATUS_INTEGRITY,
		 "call: segment 1: its columns as found are not those that were stored");
	is_error("call: no other can be read", query(path, "SELECT talk FROM call WHERE id = 65536"), STATUS_INTEGRITY,
		 "its columns as found");
	is_text("call: the ids can, for they are in no column", query(path, "SELECT id FROM call LIMIT 1"), "id\n65536\n");
	damage(path, "UPDATE found SET base = base - 1 WHERE id = 256 + 18;"
		     "UPDATE understood SET data = x'00' WHERE id = 256 + 1");
	is_text("call: what was found can be read again", query(path, "SELECT talk FROM call WHERE id = 65536"), "talk\n90\n");
	is_text("call: what was understood without it can be read", query(path, "SELECT sum(answered) AS n FROM call WHERE id < 131072"), "n\n2\n");
	is_error("call: a column as understood that was changed", query(path, "SELECT started_utc FROM call"), STATUS_INTEGRITY,
		 "call: segment 1: its columns as understood are not those that were stored");
	damage(path, "UPDATE segment SET id = 9007199254740992");
	is_error("call: an id beyond all", query(path, "SELECT id FROM call"), STATUS_INTEGRITY, "is damaged");
	damage(path, "CREATE TABLE \"Call\"(id)");
	is_error("call: a table of that name stands before it", query(path, "SELECT id FROM call"), STATUS_INTEGRITY,
		 "table 'Call' is no part of a case");
}

/* --- query --------------------------------------------------------------- */

static void test_query(const char *path)
{
	is_text("query: types", ask(path, ASK_QUERY, NULL, "SELECT 1 AS i, 1.5 AS r, 'a' AS t, x'00ff5c' AS b, NULL AS n,"
							   " 9e999 AS inf, 1e20 AS e;  -- done", NULL, "jsonl"),
		"{\"i\":1,\"r\":1.5,\"t\":\"a\",\"b\":\"\\\\x00\\\\xff\\\\\\\\\",\"n\":null,\"inf\":\"Inf\",\"e\":1.0e+20}\n");
	is_text("query: our functions", query(path, "SELECT utc(0) AS u, e164(442079460101) AS e, amount(-5, 2) AS a,"
						    " utc(NULL) AS n"),
		"u,e,a,n\n1970-01-01T00:00:00Z,+442079460101,-0.05,\n");
	is_text("query: the first row aligns the table",
		ask(path, ASK_QUERY, NULL, "SELECT 5 AS five, 'x' AS x UNION ALL SELECT 12345, 'y'", NULL, "table"),
		" five  x\n    5  x\n12345  y\n");
	is_text("query: no rows", query(path, "SELECT 1 AS x WHERE 0"), "x\n");
	is_text("query: PRAGMAs that tell", query(path, "SELECT name FROM pragma_table_info('victim') WHERE cid < 2"),
		"name\nnumber\ncountry\n");
	is_text("query: WITH RECURSIVE", query(path, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 3)"
						     " SELECT sum(i) AS s FROM n"),
		"s\n6\n");
}

static void test_query_refused(const char *path)
{
	static const char *const writes[] = {
		"DELETE FROM suspect",
		"INSERT INTO setting VALUES('a', 'b')",
		"CREATE TABLE t(x)",
		"CREATE TEMP TABLE t(x)",
		"DROP TABLE suspect",
		"ATTACH 'other.db' AS other",
		"DETACH main",
		"BEGIN",
		"SAVEPOINT s",
		"VACUUM INTO 'copy.db'",
		"PRAGMA query_only = 0",
		"PRAGMA writable_schema = 1",
		"PRAGMA user_version = 9",
		"PRAGMA trusted_schema",
		"PRAGMA wal_checkpoint",
		"EXPLAIN DELETE FROM suspect",
		"REINDEX",
		"ANALYZE",
	};

	for (size_t i = 0; i < COUNT(writes); i++)
		is_error(writes[i], query(path, writes[i]), STATUS_USAGE, "a query reads the case, and does nothing else");
	is_error("load_extension()", query(path, "SELECT load_extension('evil')"), STATUS_USAGE,
		 "not authorized to use function: load_extension");
	is_error("the schema itself", query(path, "UPDATE sqlite_master SET sql = ''"), STATUS_USAGE,
		 "sqlite_master may not be modified");
	is_error("two statements", query(path, "SELECT 1; SELECT 2"), STATUS_USAGE, "a query is one statement");
	is_error("a write behind", query(path, "SELECT 1; DROP TABLE suspect"), STATUS_USAGE, "a query is one statement");
	is_error("rubbish behind", query(path, "SELECT 1; ???"), STATUS_USAGE, "a query is one statement");
	is_error("nothing", query(path, " -- just a comment"), STATUS_USAGE, "there is no statement");
	is_error("a typing mistake", query(path, "SELEC 1"), STATUS_USAGE, "SQL: near \"SELEC\": syntax error");
	is_error("a parameter", query(path, "SELECT ?"), STATUS_USAGE, "no parameters");
	is_error("a failure on the way", query(path, "SELECT abs(-9223372036854775808)"), STATUS_FAILED,
		 "integer overflow");
	is_error("beyond utc()", query(path, "SELECT utc(9223372036854775807)"), STATUS_FAILED, "utc(): not in the years");
	is_error("beyond amount()", query(path, "SELECT amount(1, 37)"), STATUS_FAILED, "an exponent is 0 to 36");
}

static bool always(void *context)
{
	(void)context;
	return true;
}

static void test_interrupt(const char *path)
{
	const struct observer observer = { .interrupted = always };
	struct answer answer = { STATUS_OK, { 0 }, "" };
	struct writer writer = open_writer(&answer, "csv");
	struct casefile casefile;

	if (casefile_open(&casefile, path, CASEFILE_READ) != STATUS_OK)
		fatal(path, &casefile);
	answer.status = query_run(&casefile, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
					     " SELECT count(*) FROM n", &observer, &writer);
	(void)snprintf(answer.error, sizeof(answer.error), "%s", casefile.error.text);
	writer_release(&writer);
	casefile_close(&casefile);
	is_error("an endless query is interrupted", answer, STATUS_INTERRUPTED, "interrupted");
}

/* --- show ---------------------------------------------------------------- */

static struct answer show(const char *path, const char *what, const char *id)
{
	return ask(path, ASK_SHOW, NULL, what, id, "csv");
}

#define HEAD_SHOW "layer,fact,value,rule,source,line,offset,length\n"
#define CALL_FOUND \
	"found,started,2022-03-27 01:20:00,,calls.csv,3,120,60\n" \
	"found,account,alice,,calls.csv,3,120,60\n" \
	"found,presented,'=HMRC,,calls.csv,3,120,60\n" \
	"found,dialled,02079460101,,calls.csv,3,120,60\n" \
	"found,talk,61.5,,calls.csv,3,120,60\n" \
	"found,status,BUSY,,calls.csv,3,120,60\n" \
	"found,cost,,,calls.csv,3,120,60\n" \
	"found,cut out,tail -c +121 'calls.csv' | head -c 60,prints what stands there,calls.csv,3,120,60\n"

static void test_show_call(const char *path, const char *found_case)
{
	is_text("show call: every text and value with its rule and place", show(path, "call", "65537"),
		HEAD_SHOW CALL_FOUND
		"understood,account,spoof/alice,,calls.csv,3,120,60\n"
		"understood,started,2022-03-27T01:20:00Z,a local time that is twice or never; times without a zone are in "
		"UTC,calls.csv,3,120,60\n"
		"understood,answered,yes,status and seconds contradict each other; seconds win,calls.csv,3,120,60\n"
		"understood,seconds of talk,61.5,talk,calls.csv,3,120,60\n"
		"understood,presented,,withheld,calls.csv,3,120,60\n"
		"understood,dialled,+442079460101,\"number, national, GB, FIXED_LINE\",calls.csv,3,120,60\n"
		"understood,notes,contradicted;clock,,calls.csv,3,120,60\n"
		"understood,flag,withheld,note: no number was given,calls.csv,3,120,60\n"
		"concluded,long,yes,\"answered, and more than 60 seconds of talk\",calls.csv,3,120,60\n"
		"concluded,suspect,S1,,calls.csv,3,120,60\n");
	is_text("show call: the owner of the number, and its report", show(path, "call", "65536"),
		HEAD_SHOW
		"found,started,2022-03-27 01:03:20,,calls.csv,2,60,60\nfound,account,alice,,calls.csv,2,60,60\n"
		"found,presented,\"\"\"HMRC\"\" <03002003300>\",,calls.csv,2,60,60\n"
		"found,dialled,020 7946 0101,,calls.csv,2,60,60\nfound,talk,90,,calls.csv,2,60,60\n"
		"found,status,ANSWERED,,calls.csv,2,60,60\nfound,cost,0.015,,calls.csv,2,60,60\n"
		"found,cut out,tail -c +61 'calls.csv' | head -c 60,prints what stands there,calls.csv,2,60,60\n"
		"understood,account,spoof/alice,,calls.csv,2,60,60\n"
		"understood,started,2022-03-27T01:03:20Z,times without a zone are in UTC,calls.csv,2,60,60\n"
		"understood,answered,yes,seconds of talk over 0,calls.csv,2,60,60\nunderstood,seconds of talk,90,talk,calls.csv,2,60,60\n"
		"understood,presented,+443002003300,\"number, national, GB, FIXED_LINE\",calls.csv,2,60,60\n"
		"understood,dialled,+442079460101,\"number, national, GB, FIXED_LINE\",calls.csv,2,60,60\n"
		"understood,cost,0.015,GBP,calls.csv,2,60,60\n"
		"understood,flag,neighbour,note: both of one place,calls.csv,2,60,60\n"
		"understood,flag,ofcom-fiction,impossible: a British number kept for fiction,calls.csv,2,60,60\n"
		"understood,flag,toll-free,note: free,calls.csv,2,60,60\n"
		"concluded,long,yes,\"answered, and more than 60 seconds of talk\",calls.csv,2,60,60\n"
		"concluded,suspect,S1,,calls.csv,2,60,60\n"
		"concluded,organisation,\"Tax, Office\",owner of the presented number; no party to the call,rates.csv,9,90,20\n"
		"concluded,report,R1,\"matched, 4.75 seconds before the call began\",'=evil.csv,2,10,40\n");
	is_text("show call: before normalise", show(found_case, "call", "65537"), HEAD_SHOW CALL_FOUND);
}

static void test_show_account(const char *path)
{
	is_text("show account: figures and rows", show(path, "account", "spoof/alice"),
		HEAD_SHOW
		"concluded,account,spoof/alice,,,,,\n"
		"concluded,suspect,S1,,,,,\n"
		"concluded,spend,62.67 GBP,\"confirmed payments, each at the rate of its day\",,,,\n"
		"concluded,payments,1,,,,,\n"
		"concluded,first payment,2022-03-27T00:00:00Z,,,,,\n"
		"concluded,last payment,2022-03-27T00:00:00Z,,,,,\n"
		"concluded,calls,2,,,,,\nconcluded,answered,2,,,,,\nconcluded,long calls,1,,,,,\n"
		"concluded,victims,1,,,,,\nconcluded,presentations,2,,,,,\nconcluded,organisations,1,,,,,\n"
		"concluded,reports,1,,,,,\n"
		"concluded,loss,100.00 GBP,associated with these calls by the reports,,,,\n"
		"concluded,first call,2022-03-27T01:03:20Z,,,,,\nconcluded,last call,2022-03-27T01:20:00Z,,,,,\n"
		"concluded,link,spoof/=bob and spoof/alice,\"email =e@example.com (decisive), row of spoof/=bob\",calls.csv,2,,\n"
		"concluded,link,spoof/=bob and spoof/alice,\"email =e@example.com (decisive), row of spoof/alice\",d.tar:pay.csv,3,,\n"
		"concluded,link,spoof/alice and other/alice,\"phone +447700900001 (weak: why), row of spoof/alice\",calls.csv,2,,\n"
		"concluded,link,spoof/alice and other/alice,\"phone +447700900001 (weak: why), row of other/alice\",,3,,\n"
		"found,account login,al,,calls.csv,2,10,20\nfound,account email,A@example.com,,calls.csv,2,10,20\n"
		"found,account phone,07700 900001,,calls.csv,2,10,20\nfound,account name,'-Al,,calls.csv,2,10,20\n"
		"found,account registered,2021-01-01,,calls.csv,2,10,20\nfound,account ip,192.0.2.1,,calls.csv,2,10,20\n"
		"found,account country,UK,,calls.csv,2,10,20\n"
		"found,account cut out,tail -c +11 'calls.csv' | head -c 20,prints what stands there,calls.csv,2,10,20\n"
		"understood,account phone,+447700900001,\"number, plus\",calls.csv,2,10,20\n"
		"found,payment paid,2022-03-27 01:30,,d.tar:pay.csv,2,10,30\n"
		"found,payment amount,0.00189901,,d.tar:pay.csv,2,10,30\nfound,payment currency,BTC,,d.tar:pay.csv,2,10,30\n"
		"found,payment from_address,from1,,d.tar:pay.csv,2,10,30\nfound,payment to_address,to1,,d.tar:pay.csv,2,10,30\n"
		"found,payment txid,tx1,,d.tar:pay.csv,2,10,30\nfound,payment status,paid,,d.tar:pay.csv,2,10,30\n"
		"found,payment cut out,tail -c +11 'd.tar' | head -c 30,prints what stands there,d.tar:pay.csv,2,10,30\n"
		"understood,payment,\"0.00189901 BTC at 2022-03-27T00:00:00Z, confirmed\",,d.tar:pay.csv,2,10,30\n"
		"concluded,payment,62.67 GBP,at the rate 33000.5 of 2022-03-27 (rates.csv:2),d.tar:pay.csv,2,10,30\n"
		"found,login at,2022-03-01 10:00:00,,calls.csv,5,60,20\nfound,login ip,192.0.2.9,,calls.csv,5,60,20\n"
		"found,login device,phone-1,,calls.csv,5,60,20\n"
		"found,login cut out,tail -c +61 'calls.csv' | head -c 20,prints what stands there,calls.csv,5,60,20\n");
}

static void test_show_suspect(const char *path)
{
	is_text("show suspect: figures, score lines, accounts, links", show(path, "suspect", "S2"),
		HEAD_SHOW
		"concluded,suspect,S2,,,,,\nconcluded,accounts,zoe,,,,,\n"
		"concluded,spend,0.00 GBP,\"confirmed payments, each at the rate of its day\",,,,\n"
		"concluded,payments,0,,,,,\nconcluded,calls,1,,,,,\nconcluded,answered,0,,,,,\nconcluded,long calls,0,,,,,\n"
		"concluded,victims,0,,,,,\nconcluded,presentations,0,,,,,\nconcluded,organisations,0,,,,,\n"
		"concluded,reports,0,,,,,\nconcluded,loss,0.00 GBP,associated with these calls by the reports,,,,\n"
		"concluded,first call,2022-03-27T01:36:40Z,,,,,\nconcluded,last call,2022-03-27T01:36:40Z,,,,,\n"
		"concluded,score,0,,,,,\n"
		"concluded,score line,0,harm: no victims: 0,,,,\nconcluded,score line,0,harm: no spend: 0,,,,\n"
		"concluded,score line,0,\"evidence: paying addresses 1, below 3: 0\",,,,\n"
		"concluded,score line,0,harm: no organisations: 0,,,,\n"
		"concluded,account,other/alice,\"0 calls, 0 long, 0 victims, spend 1.00 GBP\",,,,\n"
		"concluded,link,spoof/alice and other/alice,\"phone +447700900001 (weak: why), row of spoof/alice\",calls.csv,2,,\n"
		"concluded,link,spoof/alice and other/alice,\"phone +447700900001 (weak: why), row of other/alice\",,3,,\n");
	is_text("show suspect: bands, the highest that is reached", show(path, "suspect", "S3"),
		HEAD_SHOW
		"concluded,suspect,S3,,,,,\nconcluded,accounts,yan,,,,,\n"
		"concluded,spend,62.67 GBP,\"confirmed payments, each at the rate of its day\",,,,\n"
		"concluded,payments,1,,,,,\nconcluded,calls,9,,,,,\nconcluded,answered,0,,,,,\nconcluded,long calls,0,,,,,\n"
		"concluded,victims,1,,,,,\nconcluded,presentations,0,,,,,\nconcluded,organisations,0,,,,,\n"
		"concluded,reports,0,,,,,\nconcluded,loss,0.00 GBP,associated with these calls by the reports,,,,\n"
		"concluded,score,0,,,,,\n"
		"concluded,score line,35,\"harm: victims 1, at least 1: 35\",,,,\n"
		"concluded,score line,7,\"harm: spend 62.67 GBP, at least 50.00 GBP: 7\",,,,\n"
		"concluded,score line,5,\"evidence: paying addresses 3, at least 3: 5\",,,,\n"
		"concluded,score line,0,harm: no organisations: 0,,,,\n");
}

static void test_show_number(const char *path)
{
	struct answer e164 = show(path, "number", "+442079460101");

	is_text("show number: a victim", show(path, "number", "+44 (20) 7946-0101"),
		HEAD_SHOW
		"understood,dialled,\"2 calls, 2 answered\",\"number, national, GB, FIXED_LINE\",,,,\n"
		"concluded,victim,+442079460101,dialled in a long call,,,,\nconcluded,country,GB,,,,,\n"
		"concluded,calls,2,,,,,\nconcluded,long calls,1,,,,,\nconcluded,seconds,90.4,,,,,\n"
		"concluded,suspects,1,,,,,\nconcluded,organisations,1,,,,,\nconcluded,reports,1,,,,,\n"
		"concluded,loss,100.00 GBP,associated with these calls by the reports,,,,\n"
		"concluded,first call,2022-03-27T01:03:20Z,,,,,\nconcluded,last call,2022-03-27T01:20:00Z,,,,,\n"
		"concluded,report,R1,matched,'=evil.csv,2,10,40\n"
		"found,call 65536,\"2022-03-27 01:03:20, account spoof/alice, presented \"\"HMRC\"\" <03002003300>\",dialled 020 7946 "
		"0101,calls.csv,2,60,60\n"
		"found,call 65537,\"2022-03-27 01:20:00, account spoof/alice, presented =HMRC\",dialled 02079460101,calls.csv,3,120,"
		"60\n");
	is_text("show number: as it is written in the region of the sources", show(path, "number", "020 7946 0101"),
		e164.out.data ? e164.out.data : "");
	buf_release(&e164.out);
	is_text("show number: an organisation's", show(path, "number", "443002003300"),
		HEAD_SHOW
		"understood,presented,\"1 calls, 1 answered\",\"number, national, GB, FIXED_LINE, flags ofcom-fiction "
		"toll-free\",,,,\n"
		"concluded,organisation,\"Tax, Office\",tax,rates.csv,9,90,20\n"
		"concluded,presented by S1,\"2 calls, 2 answered, 1 long\",\"1 victims, 1 accounts, spend 62.00 GBP, loss 100.00 "
		"GBP\",,,,\n"
		"concluded,presented by S2,\"1 calls, 0 answered, 0 long\",\"0 victims, 1 accounts, spend 0.00 GBP, loss 0.00 "
		"GBP\",,,,\n"
		"concluded,report,R1,matched,'=evil.csv,2,10,40\n"
		"found,call 65536,\"2022-03-27 01:03:20, account spoof/alice, dialled 020 7946 0101\",\"presented \"\"HMRC\"\" "
		"<03002003300>\",calls.csv,2,60,60\n");
}

static void test_show_errors(const char *path, const char *found_case)
{
	is_error("show: what cannot be shown", show(path, "payment", "1"), STATUS_USAGE, "'payment' cannot be shown");
	is_error("show call: no number", show(path, "call", "x"), STATUS_USAGE, "'x' is no call");
	is_error("show call: not there", show(path, "call", "65540"), STATUS_FAILED, "there is no call '65540'");
	is_error("show suspect: no number", show(path, "suspect", "Sx"), STATUS_USAGE, "'Sx' is no suspect");
	is_error("show suspect: not there", show(path, "suspect", "S99"), STATUS_FAILED, "there is no suspect 'S99'");
	is_error("show account: of two services", show(path, "account", "alice"), STATUS_USAGE, "give SERVICE/ACCOUNT");
	is_error("show account: not there", show(path, "account", "eve\x1b"), STATUS_FAILED, "'eve\\x1b'");
	is_error("show number: not there", show(path, "number", "020 7946 0109"), STATUS_FAILED, "there is no number '020 7946 0109'");
	is_error("show number: too long", show(path, "number", "+1234567890123456"), STATUS_USAGE, "give it in E.164");
	is_error("show number: no digits", show(path, "number", "+"), STATUS_USAGE, "give it in E.164");
	is_error("show number: letters", show(path, "number", "44x"), STATUS_USAGE, "give it in E.164");
	is_error("show suspect: nothing concluded", show(found_case, "suspect", "S1"), STATUS_FAILED, "unspoof correlate");
	is_error("show account: nothing understood", show(found_case, "account", "alice"), STATUS_FAILED,
		 "run `unspoof normalise` first");
}

static void test_tables(const char *path)
{
	test_suspects(path);
	test_accounts(path);
	test_presentations(path);
	test_victims(path);
	test_calls(path);
	test_small_tables(path);
	test_found_tables(path, LAYER_CONCLUDED);
	test_options(path);
}

int main(void)
{
	const char *const all = "concluded.case", *const half = "understood.case", *const first = "found.case";
	char folder[32];

	scratch_enter(folder);
	make_case(all, LAYER_CONCLUDED);
	make_case(half, LAYER_UNDERSTOOD);
	make_case(first, LAYER_FOUND);
	test_tables(all);
	test_layers(first, half);
	test_call_table(all);
	test_call_found_only(first);
	test_query(all);
	test_query_refused(all);
	test_interrupt(all);
	test_show_call(all, first);
	test_show_account(all);
	test_show_suspect(all);
	test_show_number(all);
	test_show_errors(all, first);
	test_call_segments(first);
	test_call_damaged(half);
	scratch_leave(folder);
	return tap_done(&tap);
}
