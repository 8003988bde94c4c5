/* SPDX-License-Identifier: Apache-2.0 */
/* What neither a file nor a statement may do to a case's connection, however it is opened. */
#include "casefile/sql.h"
#include "casefile/sqlite/disarm.h"
#include "scratch.h"
#include "tap.h"

/* The code that a statement ends with. */
static int code_of(struct casefile *casefile, const char *sql)
{
	return sqlite3_exec(casefile->db, sql, NULL, NULL, NULL) & 0xff;
}

static int config_of(struct casefile *casefile, int option)
{
	int value = -1;

	(void)sqlite3_db_config(casefile->db, option, -1, &value);
	return value;
}

static void check_limits(struct tap *tap, struct casefile *casefile, const char *name)
{
	static const struct {
		int option, least, most;
		const char *name;
	} bounds[] = {
		{ SQLITE_LIMIT_LENGTH, 128 << 20, 512 << 20, "length" },
		{ SQLITE_LIMIT_SQL_LENGTH, 128 << 10, 1 << 20, "SQL length" },
		{ SQLITE_LIMIT_COLUMN, 100, 500, "columns" },
		{ SQLITE_LIMIT_EXPR_DEPTH, 100, 1000, "depth of an expression" },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 50, 100, "compound selects" },
		{ SQLITE_LIMIT_VDBE_OP, 100000, 1000000, "instructions" },
		{ SQLITE_LIMIT_FUNCTION_ARG, 30, 100, "arguments" },
		{ SQLITE_LIMIT_ATTACHED, 1, 1, "attached files" },
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100, 1000, "patterns" },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 100, 500, "parameters" },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 0, 0, "triggers" },
		{ SQLITE_LIMIT_WORKER_THREADS, 0, 0, "threads" },
	};

	for (size_t i = 0; i < sizeof(bounds) / sizeof(bounds[0]); i++) {
		const int now = sqlite3_limit(casefile->db, bounds[i].option, -1);

		OK(tap, now >= bounds[i].least && now <= bounds[i].most, "%s: %s: %d", name, bounds[i].name, now);
	}
}

static void check_rules(struct tap *tap, struct casefile *casefile, const char *name)
{
	OK(tap, config_of(casefile, SQLITE_DBCONFIG_DEFENSIVE) == 1, "%s: defensive", name);
	OK(tap, config_of(casefile, SQLITE_DBCONFIG_TRUSTED_SCHEMA) == 0, "%s: the schema is not trusted", name);
	OK(tap, config_of(casefile, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION) == 0, "%s: no extension", name);
	OK(tap, config_of(casefile, SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER) == 0, "%s: no tokenizer", name);
	OK(tap, code_of(casefile, "SELECT fts3_tokenizer('simple', x'0000000000000000')") == SQLITE_ERROR, "%s: nor may one be set", name);
	OK(tap, code_of(casefile, "SELECT load_extension('x')") == SQLITE_ERROR, "%s: nothing is loaded", name);
	OK(tap, code_of(casefile, "SELECT \"nothing\" FROM source") == SQLITE_ERROR, "%s: a name is no text", name);
	OK(tap, code_of(casefile, "SELECT zeroblob(300000000)") == SQLITE_TOOBIG, "%s: a long value", name);
	OK(tap, code_of(casefile, "SELECT zeroblob(100000000)") == SQLITE_OK, "%s: one that is not too long", name);
	OK(tap, code_of(casefile, "SELECT 'x' LIKE hex(zeroblob(600))") == SQLITE_ERROR, "%s: a long pattern", name);
	OK(tap, code_of(casefile, "ATTACH ':memory:' AS a; ATTACH ':memory:' AS b") == SQLITE_ERROR, "%s: files", name);
}

static void check(struct tap *tap, struct casefile *casefile, const char *name)
{
	check_limits(tap, casefile, name);
	check_rules(tap, casefile, name);
	casefile_close(casefile);
}

/* What is too long is said to be that, and is no damage. */
static void test_message(struct tap *tap, struct casefile *casefile)
{
	int64_t length;
	const enum status status = casefile_integer(casefile, "SELECT length(hex(zeroblob(200000000)))", 0, &length);

	OK(tap, status == STATUS_FAILED && strstr(casefile->error.text, "a value of more than 256 MiB"),
	   "what is too long is said: %s", casefile->error.text);
}

int main(void)
{
	struct tap tap = { 0 };
	struct casefile casefile;
	char folder[32];

	scratch_enter(folder);
	if (casefile_open(&casefile, "case", CASEFILE_CREATE) != STATUS_OK || casefile_commit(&casefile) != STATUS_OK) {
		printf("Bail out! no case\n");
		return 1;
	}
	test_message(&tap, &casefile);
	check(&tap, &casefile, "made");
	OK(&tap, casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_OK, "opened to be read");
	check(&tap, &casefile, "read");
	OK(&tap, casefile_open(&casefile, "case", CASEFILE_WRITE) == STATUS_OK, "opened to be written");
	check(&tap, &casefile, "written");
	OK(&tap, casefile_scratch(&casefile) == STATUS_OK, "one in memory");
	check(&tap, &casefile, "scratch");
	scratch_leave(folder);
	return tap_done(&tap);
}
