/* SPDX-License-Identifier: Apache-2.0 */
/* The chain of runs, its hashes worked out by hand, and every way to break it. */
#include <stdlib.h>

#include "base/digest/digest.h"
#include "base/text.h"
#include "casefile/runs.h"
#include "casefile/sql.h"
#include "scratch.h"
#include "tap.h"

static const struct run_row rows[] = {
	{ "ingest", "[\"case\",\"calls.csv\"]", "unspoof 1", "{}", "[\"calls.csv\"]", "{\"accepted\":10}", "2022-03-27T00:59:58Z",
	  "2022-03-27T01:00:00Z", "found 1 2 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
	  "{\"account\":\"0123\"}", "PC 1", "Op. Caf\xc3\xa9", "the court" },
	{ "normalise", "[]", "unspoof 1", "{}", "[]", "{}", "2022-03-27T01:00:00Z", "2022-03-27T01:00:01Z", "understood 0 0 ?", "{}", "PC 1", NULL, NULL },
	{ "correlate", "[\"caf\xc3\xa9\"]", "", "", "", "", "", "", "", "", "", "", "" },
};

#define RUNS ((int64_t)(sizeof rows / sizeof *rows))

static bool add_all(const char *path)
{
	struct casefile casefile;
	bool good = casefile_open(&casefile, path, CASEFILE_CREATE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK;

	for (int64_t i = 0; i < RUNS && good; i++)
		good = run_add(&casefile, &rows[i]) == STATUS_OK;
	good = good && casefile_commit(&casefile) == STATUS_OK;
	casefile_close(&casefile);
	return good;
}

static enum status check(const char *path, int64_t *runs, char *error, size_t size)
{
	struct casefile casefile;
	enum status status = casefile_open(&casefile, path, CASEFILE_READ);

	*runs = -1;
	if (status == STATUS_OK)
		status = run_check(&casefile, runs);
	(void)snprintf(error, size, "%s", casefile.error.text);
	casefile_close(&casefile);
	return status;
}

static void add_part(struct buf *out, const char *text)
{
	const char *told = text ? text : "";

	buf_format(out, "%zu:%s", strlen(told), told);
}

/* The hashes as unspoof-case(5) says that they are made. */
static void test_hashes(struct tap *tap)
{
	char previous[DIGEST_HEX] = "";

	for (int64_t i = 0; i < RUNS; i++) {
		struct buf texts = { 0 };
		char want[DIGEST_HEX];
		char got[200];
		char sql[100];

		add_part(&texts, rows[i].command);
		add_part(&texts, rows[i].arguments);
		add_part(&texts, rows[i].version);
		add_part(&texts, rows[i].settings);
		add_part(&texts, rows[i].inputs);
		add_part(&texts, rows[i].outputs);
		add_part(&texts, rows[i].started);
		add_part(&texts, rows[i].ended);
		add_part(&texts, rows[i].operator);
		add_part(&texts, rows[i].purpose);
		add_part(&texts, rows[i].recipient);
		add_part(&texts, rows[i].seal);
		add_part(&texts, rows[i].tables);
		add_part(&texts, previous);
		(void)digest_of(texts.data, texts.len, want);
		(void)snprintf(sql, sizeof sql, "SELECT previous || hash FROM run WHERE id = %d", (int)i + 1);
		scratch_ask("case", sql, got, sizeof got);
		OK(tap, strlen(got) == strlen(previous) + 64 && !strncmp(got, previous, strlen(previous)) &&
			tap_same(got + strlen(previous), want), "the hash of run %d", (int)i + 1);
		memcpy(previous, want, sizeof want);
		buf_release(&texts);
	}
}

static void test_broken(struct tap *tap)
{
	static const struct {
		const char *sql;
		int64_t runs;     /* that hold, before the first that does not */
		const char *says;
	} harms[] = {
		{ "UPDATE run SET command = 'ingesu' WHERE id = 1", 0, "run 1 was changed" },
		{ "UPDATE run SET arguments = '[]' WHERE id = 3", 2, "run 3 was changed" },
		{ "UPDATE run SET version = 'unspoof 2' WHERE id = 2", 1, "run 2 was changed" },
		{ "UPDATE run SET settings = '{ }' WHERE id = 2", 1, "run 2 was changed" },
		{ "UPDATE run SET inputs = '[ ]' WHERE id = 2", 1, "run 2 was changed" },
		{ "UPDATE run SET outputs = '{ }' WHERE id = 2", 1, "run 2 was changed" },
		{ "UPDATE run SET started = ended WHERE id = 1", 0, "run 1 was changed" },
		{ "UPDATE run SET ended = started WHERE id = 1", 0, "run 1 was changed" },
		{ "UPDATE run SET tables = '{}' WHERE id = 1", 0, "run 1 was changed" },
		/* What only moves from one column to the next. */
		{ "UPDATE run SET command = 'normalise[]', arguments = '' WHERE id = 2", 1, "run 2 was changed" },
		{ "UPDATE run SET previous = '' WHERE id = 2", 1, "run 2 was changed" },
		{ "UPDATE run SET hash = upper(hash) WHERE id = 2", 1, "run 2 was changed" },
		{ "UPDATE run SET hash = '' WHERE id = 3", 2, "run 3 was changed" },
		{ "UPDATE run SET hash = hash || '0' WHERE id = 1", 0, "run 1 was changed" },
		{ "DELETE FROM run WHERE id = 1", 0, "run 2 was changed, or one before it is missing" },
		{ "DELETE FROM run WHERE id = 2", 1, "run 3 was changed, or one before it is missing" },
		{ "UPDATE run SET id = 4 WHERE id = 2", 1, "run 3 was changed" },
		{ "INSERT INTO run SELECT 4, command, arguments, version, settings, inputs, outputs, started, ended, operator, purpose, recipient, seal, tables, previous, hash"
		  " FROM run WHERE id = 3", 3, "run 4 was changed" },
	};
	char error[1024];
	int64_t runs;

	for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
		scratch_clean();
		OK(tap, add_all("case") && scratch_sql("case", harms[i].sql) &&
			check("case", &runs, error, sizeof error) == STATUS_INTEGRITY && runs == harms[i].runs &&
			strstr(error, harms[i].says), "%s", harms[i].sql);
	}
	scratch_clean();
	OK(tap, add_all("a\tb") && scratch_sql("a\tb", harms[0].sql) && check("a\tb", &runs, error, sizeof error) == STATUS_INTEGRITY &&
		strstr(error, "a\\x09b: run 1"), "the path in the message is escaped");
}

static void test_refused(struct tap *tap)
{
	struct run_row row = rows[0];
	struct casefile casefile;
	int64_t runs = -1;

	scratch_clean();
	row.outputs = NULL;
	OK(tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK && run_add(&casefile, &row) == STATUS_FAILED,
	   "a run without its outputs is not added");
	OK(tap, run_check(&casefile, &runs) == STATUS_OK && runs == 0, "a case without runs holds");
	OK(tap, casefile_exec(&casefile, "DROP TABLE run") == STATUS_OK && run_add(&casefile, &rows[0]) == STATUS_FAILED &&
		run_check(&casefile, &runs) == STATUS_FAILED, "one without the table fails");
	casefile_close(&casefile);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];
	char error[1024];
	int64_t runs;

	scratch_enter(folder);
	OK(&tap, add_all("case"), "three runs");
	OK(&tap, check("case", &runs, error, sizeof error) == STATUS_OK && runs == RUNS, "the chain holds");
	test_hashes(&tap);
	OK(&tap, add_all("case") && check("case", &runs, error, sizeof error) == STATUS_OK && runs == 2 * RUNS, "it goes on");
	test_broken(&tap);
	test_refused(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
