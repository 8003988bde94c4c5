/* SPDX-License-Identifier: Apache-2.0 */
/* A sound case passes; each thing that another hand may change in one is noticed; so is a source that changed. */
#include <sys/stat.h>

#include "base/text.h"
#include "casefile/runs.h"
#include "casefile/seal.h"
#include "casefile/segment/segment.h"
#include "casefile/source.h"
#include "casefile/sql.h"
#include "casefile/schema.h"
#include "casefile/verify/verify.h"
#include "scratch.h"
#include "tap.h"
#include "understand.h"

#define CALLS "started,dialled\n2022-03-27,07700900123\n"
#define ACCOUNTS "account\nalice\n"

static void keep(void *context, const char *line)
{
	buf_text(context, line);
	buf_byte(context, '\n');
}

static bool add_source(struct casefile *casefile, const char *path, const char *content, const char *kind, uint64_t accepted)
{
	struct source_row row = { .path = path, .kind = kind, .size = strlen(content), .member_size = strlen(content),
				  .read = accepted + 1, .accepted = accepted, .rejected = 1 };

	return scratch_write(path, content, strlen(content)) && digest_of(content, strlen(content), row.sha256) &&
	       digest_of(content, strlen(content), row.member_sha256) && source_next(casefile, &row) == STATUS_OK &&
	       source_insert(casefile, &row) == STATUS_OK;
}

static bool add_calls(struct casefile *casefile)
{
	struct text fields[CALL_ROLES] = { { NULL, 0 } };
	struct segment_writer writer;
	struct forms forms = { 0 };
	bool good = forms_load(&forms, casefile) == STATUS_OK && segment_writer_open(&writer, casefile, &forms, 1) == STATUS_OK;

	for (uint64_t i = 0; i < 90 && good; i++) {
		char number[40];
		const int len = snprintf(number, sizeof number, i % 9 ? "07700900%03u" : "07700900%03u;02079460123", (unsigned)i);

		fields[CALL_DIALLED] = (struct text){ number, (size_t)len };
		good = segment_writer_add(&writer, fields, &(struct segment_place){ 0, i + 2, i * 30, 30 }) == STATUS_OK &&
		       (i % 30 != 29 || segment_writer_flush(&writer) == STATUS_OK);
	}
	good = good && forms_store(&forms, casefile) == STATUS_OK;
	segment_writer_close(&writer);
	forms_release(&forms);
	return good;
}

/* Figures that add up: two accounts of one person. */
static const char concluded[] =
	"INSERT INTO account_figure VALUES(1, 1, '', '', 9007199254740993, 1, 1, 2, 60, 2, 1, 1, 1, 0, 1, 500, 1, 2,"
	" 9007199254740993, 0, 0),"
	" (2, 1, '', '', 250, 0, 1, 2, 30, 0, 0, 0, 1, 0, 0, 0, 1, 2, 250, 0, 0);"
	"INSERT INTO suspect VALUES(1, 'alice', '', '', 9007199254741243, 1, 1, 2, 90, 2, 1, 1, 2, 0, 1, 500, 1, 2, 3, 'why', '',"
	" 9007199254741243, 0, 0);"
	"INSERT INTO presentation VALUES(1, 1, NULL, 1, NULL, NULL, 1, 1, 1, 1, 1, 9007199254740000, 0, 1, 2, 1, 0),"
	" (2, 2, NULL, 1, NULL, NULL, 1, 1, 1, 1, 1, 1243, 0, 1, 2, NULL, 0);"
	"INSERT INTO payment VALUES(1, 3, 0, 1, 0, 1, '', 'alice', '', '', '', '', '', '', '');"
	"INSERT INTO payment_read(payment, key, paid, amount, currency, exponent, rounded, confirmed,"
	" from_address, from_kind, to_address, to_kind, txid) VALUES(1, 1, 1, 1, 'GBP', 2, 0, 1, NULL, NULL, NULL, NULL, NULL);"
	"INSERT INTO payment_value VALUES(1, 9007199254741243, NULL, NULL);";

static bool add_run(struct casefile *casefile, enum layer layer)
{
	struct seal seal = { .layer = layer };
	char text[SEAL_TEXT];
	struct buf members = { 0 };
	struct run_row run = { "made", "[]", "", "{}", "[]", "{}", "", "", text, NULL, NULL, NULL, NULL };
	char tables[4000];
	bool good = seal_bounds(casefile, &seal) == STATUS_OK && seal_keep(casefile, &seal, &members) == STATUS_OK;

	(void)snprintf(tables, sizeof tables, "{%s}", buf_view(&members).data);
	buf_release(&members);
	run.tables = tables;
	seal_text(&seal, text);
	return good && run_add(casefile, &run) == STATUS_OK;
}

/* All calls are of one account. */
static bool understand_calls(struct casefile *casefile)
{
	static int64_t values[READ_COLUMNS * SEGMENT_ROWS];
	bool good = true;

	for (size_t i = 0; i < 30; i++) {
		values[(size_t)READ_ACCOUNT * SEGMENT_ROWS + i] = 1;
		values[(size_t)READ_STARTED * SEGMENT_ROWS + i] = (int64_t)i * 1500 - 1700;
	}
	values[(size_t)READ_FLAGS * SEGMENT_ROWS] = values[(size_t)READ_FLAGS * SEGMENT_ROWS + 29] = CALL_FLAG_UNREAD;
	for (int64_t id = 1; id <= 3 && good; id++)
		good = understand_segment(casefile, id, values) == STATUS_OK;
	return good;
}

static bool make_case(const char *path)
{
	struct casefile casefile;
	const bool good =
		casefile_open(&casefile, path, CASEFILE_CREATE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK &&
		add_source(&casefile, "calls.csv", CALLS, "call", 90) && add_source(&casefile, "accounts.csv", ACCOUNTS, "account", 2) &&
		add_source(&casefile, "payments.csv", "x", "payment", 1) &&
		casefile_exec(&casefile, "INSERT INTO reject SELECT NULL, id, 0, 1, 0, 1, '', 'why', x'', x'' FROM source;"
					 "INSERT INTO account(source, member, line, offset, length, account) VALUES(2, 0, 2, 8, 6, 'alice'),"
					 " (2, 0, 3, 14, 4, 'bob')") == STATUS_OK &&
		add_calls(&casefile) && casefile_reset_understood(&casefile) == STATUS_OK &&
		casefile_exec(&casefile, "INSERT INTO account_read(account, key) VALUES(1, 1);"
					 "INSERT INTO unread VALUES(1, 'account', 2, 0, 3, 14, 4, 'account', 'why', x'')") == STATUS_OK &&
		understand_calls(&casefile) &&
		casefile_reset_concluded(&casefile) == STATUS_OK && casefile_exec(&casefile, concluded) == STATUS_OK &&
		add_run(&casefile, LAYER_FOUND) && add_run(&casefile, LAYER_UNDERSTOOD) && add_run(&casefile, LAYER_CONCLUDED) &&
		casefile_commit(&casefile) == STATUS_OK;

	if (!good)
		printf("# %s\n", casefile.error.text);
	casefile_close(&casefile);
	return good;
}

/* Runs a check; said gets the notices, a line each. */
static enum status verify(const char *path, enum status (*check)(struct casefile *, const struct observer *, struct verify_counts *),
			  struct verify_counts *counts, struct buf *said)
{
	const struct observer observer = { said, keep, NULL, NULL };
	struct casefile casefile;
	enum status status = casefile_open(&casefile, path, CASEFILE_READ);

	memset(counts, 0, sizeof *counts);
	buf_clear(said);
	if (status == STATUS_OK)
		status = check(&casefile, &observer, counts);
	if (status != STATUS_OK)
		buf_text(said, casefile.error.text);
	casefile_close(&casefile);
	return status;
}

static enum status verify_all(struct casefile *casefile, const struct observer *observer, struct verify_counts *counts)
{
	return verify_case(casefile, 2, NULL, observer, counts);
}

static enum status all_sources(struct casefile *casefile, const struct observer *observer, struct verify_counts *counts)
{
	return verify_sources(casefile, NULL, NULL, false, observer, counts);
}

static bool drop(const char *path, enum layer layer)
{
	struct buf sql = { 0 };
	bool good;

	schema_drop(layer, &sql);
	good = !sql.failed && scratch_sql(path, sql.data);
	buf_release(&sql);
	return good;
}

static void test_sound(struct tap *tap, struct buf *said)
{
	struct verify_counts counts;

	OK(tap, make_case("case") && verify("case", verify_all, &counts, said) == STATUS_OK && counts.failures == 0 && said->len == 0,
	   "a sound case passes%s%s", said->len ? ": " : "", said->len ? said->data : "");
	OK(tap, counts.segments == 3 && counts.calls == 90 && counts.runs == 3, "all of it was read");
}

/* Whether a case that SQL and the loss of layers have changed fails so often, and says so. */
static bool fails(const char *sql, unsigned lost, uint64_t failures, const char *says)
{
	struct verify_counts counts;
	struct buf said = { 0 };
	bool good;

	scratch_clean();
	good = make_case("case") && (!(lost & 1) || drop("case", LAYER_UNDERSTOOD)) && (!(lost & 2) || drop("case", LAYER_CONCLUDED)) &&
	       scratch_sql("case", sql) && verify("case", verify_all, &counts, &said) == STATUS_OK && counts.failures == failures &&
	       (said.len == 0 || strstr(said.data, says));
	if (!good)
		printf("# %u: %s\n", (unsigned)counts.failures, said.len ? said.data : "");
	buf_release(&said);
	return good;
}

/* A run that says what another said, behind all others; the chain is not its business. */
#define RUN_AGAIN(id) \
	"INSERT INTO run SELECT NULL, command, arguments, version, settings, inputs, outputs, started, ended," \
	" operator, purpose, recipient, seal, tables, previous, hash FROM run WHERE id = " #id ";"

static void test_layers(struct tap *tap)
{
	OK(tap, fails("", 2, 1, "the layer as concluded is missing: run 3 made it, and no later run took it away"), "what was concluded is lost");
	OK(tap, fails("", 1, 1, "the layer as understood is missing: run 2 made it"), "what was understood is lost");
	OK(tap, fails("", 3, 2, "the layer as concluded is missing"), "both");
	OK(tap, fails(RUN_AGAIN(2), 0, 2, "the layer as concluded, of run 3, is older than run 4, which made anew"), "concluded of an older layer");
	OK(tap, fails(RUN_AGAIN(2) "DELETE FROM table_digest WHERE layer = 'concluded'", 2, 1, "run 4 was changed"), "one that a later run took away is not missed");
	OK(tap, fails(RUN_AGAIN(1), 0, 1, "run 4 was changed"), "a run that found the same again takes nothing away");
	OK(tap, fails(RUN_AGAIN(1) "UPDATE run SET seal = replace(seal, substr(seal, -4), 'ffff') WHERE id = 4", 0, 4,
		      "the layer as understood, of run 2, is older than run 4"), "understood of older rows");
	OK(tap, fails("DELETE FROM run WHERE id = 3", 0, 1, "the layer as concluded is there, but no run made it"), "a layer that no run made");
	OK(tap, fails("DELETE FROM run WHERE id = 3; DELETE FROM table_digest WHERE layer = 'concluded'", 2, 0, ""), "nor is it there");
	OK(tap, fails("INSERT INTO table_digest VALUES('found', 'victim', '')", 0, 1,
		      "table table_digest: no seal is made of its row 'found', 'victim'"), "a digest of no seal");
	OK(tap, fails("INSERT INTO table_digest VALUES('decided', 'decision', '')", 0, 1, "its row 'decided', 'decision'"),
	   "one of decisions that nobody took");
	OK(tap, fails("INSERT INTO overwriting VALUES(2)", 0, 1, "table overwriting names run 2, which dropped nothing"),
	   "rows that were not dropped");
}

/* Bytes at a place of the file, from its end if that is below 0. */
static bool patch(const char *path, long at, const char *bytes, size_t len)
{
	FILE *file = fopen(path, "r+b");
	const bool good = file && fseek(file, at < 0 ? 0 : at, at < 0 ? SEEK_END : SEEK_SET) == 0 && fwrite(bytes, 1, len, file) == len;

	return file && fclose(file) == 0 && good;
}

static void test_header(struct tap *tap, struct buf *said)
{
	static const struct {
		long at;
		const char *bytes;
		size_t len;
		const char *says;
	} patches[] = {
		{ -1, "hidden", 6, "bytes behind the last page of the case, which no command of ours put there: 6" },
		{ 47, "\x01", 1, "byte 44, has 1 for the format of the schema" },
		{ 51, "\x01", 1, "byte 48, has 1 for the size of the cache" },
		{ 72, "\x01", 1, "byte 72, has 16777216 for bytes kept for later" },
		{ 91, "\x01", 1, "byte 88, has 1 for bytes kept for later" },
		{ 92, "\x01", 1, "byte 92: another program wrote it last" },
	};
	struct verify_counts counts;

	for (size_t i = 0; i < sizeof patches / sizeof patches[0]; i++) {
		scratch_clean();
		OK(tap, make_case("case") && patch("case", patches[i].at, patches[i].bytes, patches[i].len) &&
			verify("case", verify_all, &counts, said) == STATUS_OK && counts.failures == 1 && strstr(said->data, patches[i].says),
		   "%s", patches[i].says);
	}
	scratch_clean();
	OK(tap, make_case("case") && patch("case", 18, "\x02\x02", 2) && verify("case", verify_all, &counts, said) == STATUS_INTEGRITY &&
		strstr(said->data, "another program gave this case a write-ahead log"), "a write-ahead log");
}

/* What is kept of a layer goes with it. */
static void test_dropped(struct tap *tap, struct buf *said)
{
	static const char count[] = "SELECT count(*) FROM table_digest WHERE layer = 'found'";
	struct verify_counts counts;
	struct casefile casefile;
	int64_t found = 0, others = -1;

	scratch_clean();
	OK(tap, make_case("case") && casefile_open(&casefile, "case", CASEFILE_WRITE) == STATUS_OK &&
		casefile_begin(&casefile) == STATUS_OK && casefile_drop_layers(&casefile) == STATUS_OK &&
		casefile_integer(&casefile, count, 0, &found) == STATUS_OK &&
		casefile_integer(&casefile, "SELECT count(*) FROM table_digest WHERE layer <> 'found'", 0, &others) == STATUS_OK &&
		casefile_commit(&casefile) == STATUS_OK && found == 15 && others == 0, "layers are dropped with the digests of their tables");
	casefile_close(&casefile);
	OK(tap, verify("case", verify_all, &counts, said) == STATUS_OK && counts.failures == 2 &&
		strstr(said->data, "is missing: run 2 made it"), "and the rest passes, but for that no run says so");
}

static void test_changed(struct tap *tap, struct buf *said)
{
	static const struct {
		const char *sql;
		uint64_t failures;
		const char *says;
	} harms[] = {
		{ "UPDATE source SET accepted = 89 WHERE id = 1", 2, "source 1: read 91 rows, but accepted" },
		{ "UPDATE source SET rows_read = 90, accepted = 89 WHERE id = 1", 1, "its segments have 90" },
		{ "UPDATE source SET rows_read = 90, rejected = 0 WHERE id = 1", 1, "source 1: rejected 0 rows, but table reject has 1" },
		{ "DELETE FROM reject WHERE source = 2", 1, "source 2: rejected 1 rows, but table reject has 0" },
		{ "UPDATE reject SET source = 9 WHERE source = 2", 2, "table reject, row 2 names a source that is not there" },
		{ "DELETE FROM segment WHERE id = 2", 7, "column 530 belongs to no segment" },
		{ "UPDATE segment SET source = 9 WHERE id = 2", 2, "table segment, row 2 names a source that is not there" },
		{ "UPDATE segment SET source = 2 WHERE id = 2", 2, "source 2: accepted 2 rows of kind account, but its segments have 30" },
		{ "UPDATE segment SET id = -id; UPDATE found SET id = -id - 100; UPDATE understood SET id = -id", 3,
		  "segment -3 has an id below 1" },
		{ "UPDATE understood SET id = 256 * 7 WHERE id = 256", 2, "column 1792 as understood belongs to no segment" },
		{ "UPDATE found SET width = 58 WHERE id IN (274, 530)", 2, "segment 2 is damaged" },
		{ "UPDATE found SET base = 60002 WHERE id = 274", 1, "segment 1: a text cannot be given back" },
		{ "UPDATE found SET data = x'' WHERE id = 259", 1, "segment 1: a text cannot be given back" },
		{ "UPDATE understood SET unit = 0", 1, "segment 1 is damaged" },
		{ "DELETE FROM form", 3, "segment 3: a text cannot be given back" },
		{ "INSERT INTO form VALUES(4, x'78')", 1, "table form: ids are not in sequence" },
		{ "DELETE FROM account WHERE id = 2", 2, "source 2: accepted 2 rows of kind account, but table account has 1" },
		{ "INSERT INTO account(source, member, line, offset, length) VALUES(9, 0, 1, 0, 1)", 2, "table account, row 3 names a source" },
		{ "INSERT INTO login(source, member, line, offset, length) VALUES(2, 0, 1, 0, 1)", 2, "table login has 1" },
		{ "DELETE FROM unread", 1, "table account: 2 rows found, but 1 understood and 0 set aside" },
		{ "UPDATE suspect SET spend = spend + 1", 3, "payments confirmed are worth 9007199254741243, but suspects spent 9007199254741244" },
		{ "UPDATE suspect SET spend = spend + 1", 3, "suspect S1: spent 9007199254741244, but paid 9007199254741243 and got back 0" },
		{ "UPDATE account_figure SET gross = gross + 1, refunds = 1 WHERE key = 2", 2, "sum of refunds: accounts 1, suspects 0" },
		{ "UPDATE account_figure SET gross = gross - 1, refunds = -1 WHERE key = 2", 3, "account 2: spent 250, but paid 249 and got back -1" },
		{ "UPDATE suspect SET gross = gross + 1, refunds = 1", 3, "payments confirmed that went back add up to 0, but suspects have refunds of 1" },
		{ "UPDATE suspect SET payments = 2", 2, "there are 1 payments confirmed that are no refund, but suspects have 2" },
		{ "UPDATE account_figure SET calls = 61 WHERE key = 1", 1, "sum of calls: accounts 91, suspects 90" },
		{ "UPDATE account_figure SET loss = 501 WHERE key = 1", 1, "sum of loss: accounts 501, suspects 500" },
		{ "UPDATE presentation SET spend = 1244 WHERE id = 2", 1,
		  "suspect S1: accounts that presented something spent 9007199254741243, but presentations share 9007199254741244" },
		{ "UPDATE presentation SET spend = 1242 WHERE id = 2", 1, "but presentations share 9007199254741242" },
		{ "UPDATE found SET base = base + 1 WHERE id = 258", 1, "segment 1: its columns as found are not those that were stored" },
		{ "UPDATE understood SET base = base + 1 WHERE id = 256", 1, "segment 1: its columns as understood are not those that were stored" },
		{ "UPDATE found SET base = base + 1 WHERE id = 258; UPDATE segment SET sha256 = (SELECT sha256 FROM segment WHERE id = 2) WHERE id = 1",
		  2, "the layer as found is not what its run left" },
		{ "UPDATE segment_read SET sha256 = '' WHERE id = 1", 2,
		  "the layer as understood is not what its run left: table segment_read\n" },
		{ "UPDATE suspect SET why = 'because'", 1, "the layer as concluded is not what its run left: table suspect\n" },
		{ "UPDATE account SET ip = '' WHERE id = 1; UPDATE form SET mask = x'61' WHERE id = 2", 1,
		  "the layer as found is not what its run left: table account, form\n" },
		{ "UPDATE table_digest SET sha256 = 'x' WHERE name = 'login'", 1,
		  "the layer as found is not what its run left: table table_digest\n" },
		{ "DELETE FROM table_digest; UPDATE account SET ip = '' WHERE id = 1", 3,
		  "the layer as found is not what its run left: table table_digest\n" },
		{ "UPDATE segment_read SET first_start = 0 WHERE id = 2", 2, "segment 2: its first and last start are not those of its calls" },
		{ "UPDATE segment_read SET last_start = last_start + 1 WHERE id = 3", 2, "segment 3: its first and last start" },
		{ "UPDATE segment_read SET last_start = NULL WHERE id = 1", 2, "segment 1: its first and last start" },
		{ "INSERT INTO decision VALUES(1, 1, 'correlate', NULL, 'link', '', 'a+b', 'why', NULL)", 1,
		  "the layer as decided is not what its run left\n" },
		{ "INSERT INTO decision VALUES(1, 9, 'correlate', NULL, 'link', '', 'a+b', 'why', NULL)", 2,
		  "table decision, row 1 names a run that is not there" },
		{ "INSERT INTO decision VALUES(1, 1, 'normalise', 1, 'region', '', 'GB', '', NULL), (2, 2, 'normalise', 1, 'region', '', 'DE', '', NULL)", 2,
		  "decision 2 is on a setting that another is in force on, decision 1\n" },
		{ "INSERT INTO decision VALUES(1, 2, 'normalise', 1, 'region', '', 'GB', '', 2)", 2,
		  "decision 1 was undone by run 2, which is not behind run 2, that took it\n" },
		{ "INSERT INTO member VALUES(9, 1, 'a', 'none', 1, 'x', 'x', 0, 0, 0, 0)", 1, "table member names a source that is not there" },
		{ "INSERT INTO member VALUES(2, 1, 'a', 'none', 1, 'x', 'x', 2, 2, 0, 0)", 2,
		  "source 2: its members have 2 rows accepted and 0 rejected, but the source 2 and 1" },
		{ "INSERT INTO member VALUES(2, 2, 'a', 'none', 1, 'x', 'x', 3, 2, 1, 0)", 2, "source 2: the numbers of its members have gaps" },
		{ "UPDATE account SET member = 1 WHERE id = 2", 2, "table account, row 2 names a member that is not there" },
		{ "UPDATE reject SET member = 3 WHERE id = 1", 2, "table reject, row 1 names a member that is not there" },
		{ "INSERT INTO found VALUES(256 + 36, 1, 0, 1, 0, 0, x'')", 2, "segment 1: it names a member that is not there" },
		{ "INSERT INTO found VALUES(256 + 36, -1, 0, 1, 0, 0, x'')", 2, "segment 1: it names a member that is not there" },
		{ "UPDATE run SET seal = 'found x' WHERE id = 1", 2, "a run has no seal" },
		{ "UPDATE run SET settings = '' WHERE id = 2", 1, "run 2 was changed" },
		{ "UPDATE run SET tables = replace(tables, '\"source\"', '\"sourcf\"')", 2,
		  "the layer as found is not what its run left: table source in the run\n" },
		{ "UPDATE run SET tables = replace(tables, '\"suspect\":\"', '\"suspect\":\"0')", 2,
		  "the layer as concluded is not what its run left: table suspect in the run\n" },
		{ "INSERT INTO identity VALUES(1, 'OP/1')", 1, "the layer as found is not what its run left: table identity\n" },
		{ "DELETE FROM run WHERE id = 1", 1, "run 2 was changed, or one before it is missing" },
		{ "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'payment'", 1, "" },
	};
	struct verify_counts counts;

	for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
		enum status status;
		bool good;

		scratch_clean();
		good = make_case("case") && scratch_sql("case", harms[i].sql);
		status = verify("case", verify_all, &counts, said);
		if (!*harms[i].says)
			good = good && (counts.failures || status == STATUS_INTEGRITY);
		else
			good = good && status == STATUS_OK && counts.failures >= harms[i].failures && strstr(said->data, harms[i].says);
		OK(tap, good, "%s", harms[i].sql);
		if (!good)
			printf("# %d, %u: %s\n", (int)status, (unsigned)counts.failures, said->data);
	}
}

static void test_escaped(struct tap *tap, struct buf *said)
{
	struct verify_counts counts;

	scratch_clean();
	OK(tap, make_case("case") && scratch_sql("case", "UPDATE source SET kind = char(27) || '[31m' WHERE id = 2") &&
		verify("case", verify_all, &counts, said) == STATUS_OK && strstr(said->data, "of kind \\x1b[31m,"), "texts are escaped");
	OK(tap, make_case("a\\b") && scratch_sql("a\\b", "UPDATE found SET width = 58 WHERE id = 274") &&
		verify("a\\b", verify_all, &counts, said) == STATUS_OK && strstr(said->data, "a\\\\b: segment 1"), "once");
}

static void test_unreadable(struct tap *tap, struct buf *said)
{
	struct verify_counts counts;

	scratch_clean();
	OK(tap, make_case("case") && scratch_sql("case", "DROP TABLE reject") &&
		verify("case", verify_all, &counts, said) == STATUS_INTEGRITY && strstr(said->data, "table 'reject' is missing"),
	   "a case without one of its tables is not opened");
}

static void test_sources(struct tap *tap, struct buf *said)
{
	struct verify_counts counts;

	scratch_clean();
	OK(tap, make_case("case") && verify("case", all_sources, &counts, said) == STATUS_OK && counts.failures == 0 &&
		counts.sources == 3 && counts.absent == 0, "the sources are what they were");
	(void)scratch_write("accounts.csv", ACCOUNTS "x", sizeof ACCOUNTS);
	OK(tap, verify("case", all_sources, &counts, said) == STATUS_OK && counts.failures == 1 && counts.sources == 3 &&
		strstr(said->data, "accounts.csv: has changed since it was ingested"), "one has changed");
	(void)remove("accounts.csv");
	OK(tap, verify("case", all_sources, &counts, said) == STATUS_OK && counts.failures == 0 && counts.sources == 2 &&
		counts.absent == 1 && strstr(said->data, "accounts.csv: not here"), "one is not there");
	OK(tap, mkfifo("accounts.csv", 0600) == 0 && verify("case", all_sources, &counts, said) == STATUS_OK &&
		counts.failures == 0 && counts.absent == 1, "a pipe in its place is not waited for");
	(void)remove("accounts.csv");
	OK(tap, mkdir("accounts.csv", 0700) == 0 && verify("case", all_sources, &counts, said) == STATUS_OK && counts.absent == 1,
	   "nor is a directory read");
	OK(tap, scratch_sql("case", "UPDATE source SET path = '-' WHERE id = 2") && scratch_write("-", "x", 1) &&
		verify("case", all_sources, &counts, said) == STATUS_OK && counts.absent == 1, "standard input is not here");
}

static void test_source(struct tap *tap, struct buf *said)
{
	const struct observer observer = { said, keep, NULL, NULL };
	struct verify_counts counts = { 0 };
	struct casefile casefile;

	scratch_clean();
	OK(tap, make_case("case") && scratch_write("copy.csv", CALLS, strlen(CALLS)) && scratch_write("else.csv", "else", 4) &&
		casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_OK, "a case and three files");
	OK(tap, verify_source(&casefile, "calls.csv", NULL, &observer, &counts) == STATUS_OK && counts.failures == 0 && counts.sources == 1,
	   "a source under its name");
	OK(tap, verify_source(&casefile, "copy.csv", NULL, &observer, &counts) == STATUS_OK && counts.failures == 0 && counts.sources == 2,
	   "a source under another name");
	buf_clear(said);
	OK(tap, verify_source(&casefile, "else.csv", NULL, &observer, &counts) == STATUS_OK && counts.failures == 1 &&
		strstr(said->data, "else.csv: is none of the sources of this case"), "another file");
	(void)scratch_write("calls.csv", ACCOUNTS, strlen(ACCOUNTS));
	buf_clear(said);
	OK(tap, verify_source(&casefile, "calls.csv", NULL, &observer, &counts) == STATUS_OK && counts.failures == 2 &&
		strstr(said->data, "calls.csv: has changed"), "the content of one source under the name of another");
	buf_clear(said);
	OK(tap, verify_source(&casefile, "absent\x1b.csv", NULL, &observer, &counts) == STATUS_OK && counts.failures == 3 &&
		strstr(said->data, "absent\\x1b.csv: "), "a file that is not there is a failure");
	OK(tap, verify_source(&casefile, ".", NULL, &observer, &counts) == STATUS_OK && counts.failures == 4, "and so is a directory");
	casefile_close(&casefile);
}

static size_t read_file(const char *path, char **data)
{
	FILE *file = fopen(path, "rb");
	struct stat info;
	size_t got = 0;

	*data = NULL;
	if (file && stat(path, &info) == 0 && (*data = malloc((size_t)info.st_size + 1)))
		got = fread(*data, 1, (size_t)info.st_size, file);
	if (file)
		(void)fclose(file);
	return got;
}

/* Bytes changed anywhere: whatever is said of such a file, saying it must be safe, and it is never said twice otherwise. */
static void test_bytes(struct tap *tap, struct buf *said)
{
	uint64_t state = 9;
	unsigned noticed = 0;
	unsigned wrong = 0;
	char *data;
	size_t len;

	scratch_clean();
	wrong += !make_case("case");
	len = read_file("case", &data);
	for (unsigned turn = 0; turn < 150 && len; turn++) {
		struct verify_counts counts;
		struct verify_counts again;
		char kept[8];
		size_t places[8];
		enum status status;

		for (size_t i = 0; i < 8; i++) {
			do
				places[i] = scratch_random(&state) % len;
			while (!data[places[i]]);
			kept[i] = data[places[i]];
			data[places[i]] = (char)(scratch_random(&state) & 0xff);
		}
		wrong += !scratch_write("harmed", data, len);
		status = verify("harmed", verify_all, &counts, said);
		noticed += status != STATUS_OK || counts.failures;
		wrong += verify("harmed", verify_all, &again, said) != status || again.failures != counts.failures;
		for (size_t i = 8; i-- > 0;)
			data[places[i]] = kept[i];
	}
	free(data);
	OK(tap, wrong == 0 && noticed > 100, "150 cases with bytes changed, %u of them noticed", noticed);
}

int main(void)
{
	struct tap tap = { 0 };
	struct buf said = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_sound(&tap, &said);
	test_layers(&tap);
	test_header(&tap, &said);
	test_dropped(&tap, &said);
	test_changed(&tap, &said);
	test_escaped(&tap, &said);
	test_unreadable(&tap, &said);
	test_sources(&tap, &said);
	test_source(&tap, &said);
	test_bytes(&tap, &said);
	buf_release(&said);
	scratch_leave(folder);
	return tap_done(&tap);
}
