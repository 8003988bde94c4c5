/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a found table and of what is understood of it: all of them, in order of their ids, with the values they have. */
#include "casefile/sql.h"
#include "casefile/table/bulk_read.h"
#include "scratch.h"
#include "tap.h"

#define COLUMNS "r.login, r.key, f.source, f.ip, f.device"
#define COUNT 5

static void insert(struct tap *tap, struct casefile *casefile, const char *ids)
{
	struct buf sql = { 0 };

	buf_format(&sql, "DELETE FROM login; DELETE FROM login_read;"
			 "INSERT INTO login(id, source, member, line, offset, length, ip, device) SELECT value, 1, 0, 2, 3, 4,"
			 " CASE value %% 3 WHEN 0 THEN NULL WHEN 1 THEN '' ELSE 'ip' || value END, printf('%%.*c', value & 4095, 'x')"
			 " FROM (%s) WHERE value <> 7; INSERT INTO login_read SELECT value, value %% 5, 9, 0, 0 FROM (%s)", ids, ids);
	OK(tap, casefile_exec(casefile, sql.data) == STATUS_OK, "rows: %s", casefile->error.text);
	buf_release(&sql);
}

/* Whether a row of the batch is the one that a statement stands on. */
static bool same_row(const struct row_buffer *rows, const struct row_value *row, sqlite3_stmt *statement)
{
	for (int i = 0; i < COUNT; i++) {
		const struct text text = column_text(statement, i), read = row_value_text(rows, &row[i]);
		const int type = sqlite3_column_type(statement, i);

		if (type == SQLITE_NULL ? row[i].type != ROW_VALUE_NULL
		    : type == SQLITE_INTEGER
			    ? row[i].type != ROW_VALUE_INTEGER || row_value_integer(&row[i]) != sqlite3_column_int64(statement, i)
			    : !read.data || !text_equal(text, read))
			return false;
	}
	return true;
}

/* What is read, against a plain statement. */
static void expect_rows(struct tap *tap, struct casefile *casefile, const char *what)
{
	struct row_buffer rows = { 0 };
	struct bulk_read read;
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT " COLUMNS " FROM login_read r JOIN login f ON f.id = r.login ORDER BY r.login");
	bool good = statement && bulk_read_open(&read, casefile, "login", COLUMNS) == STATUS_OK;
	enum status status = STATUS_OK;
	size_t count = 0;

	while (good && (status = bulk_read_next(&read, &rows)) == STATUS_OK)
		for (size_t i = 0; i < rows.count; i += COUNT, count++)
			good = good && casefile_step(casefile, statement) == STATUS_OK &&
			       same_row(&rows, &rows.values[i], statement);
	OK(tap, good && status == STATUS_END && casefile_step(casefile, statement) == STATUS_END, "%s: %zu rows", what, count);
	OK(tap, bulk_read_next(&read, &rows) == STATUS_END, "and no more");
	bulk_read_close(&read);
	sqlite3_finalize(statement);
	row_buffer_release(&rows);
}

static void test_failures(struct tap *tap, struct casefile *casefile)
{
	struct row_buffer rows = { 0 };
	struct bulk_read read;

	OK(tap, bulk_read_open(&read, casefile, "nobody", COLUMNS) == STATUS_FAILED, "no such table: %s", casefile->error.text);
	bulk_read_close(&read);
	OK(tap, bulk_read_open(&read, casefile, "login", "abs(r.login)") == STATUS_OK &&
			 bulk_read_next(&read, &rows) == STATUS_FAILED, "a statement that fails: %s", casefile->error.text);
	bulk_read_close(&read);
	bulk_read_close(&read);
	OK(tap, casefile_exec(casefile, "SELECT to_batch(1)") == STATUS_FAILED, "the function is there no more: %s",
	   casefile->error.text);
	row_buffer_release(&rows);
}

int main(void)
{
	struct tap tap = { 0 };
	struct casefile casefile;
	char folder[32];

	scratch_enter(folder);
	OK(&tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK &&
			 casefile_reset_understood(&casefile) == STATUS_OK, "a case");
	expect_rows(&tap, &casefile, "an empty table");
	insert(&tap, &casefile, "WITH t(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM t WHERE value < 5000) SELECT value FROM t");
	expect_rows(&tap, &casefile, "one that is not found among many");
	insert(&tap, &casefile, "SELECT 512 AS value UNION ALL SELECT 513 UNION ALL SELECT 9000000000");
	expect_rows(&tap, &casefile, "far between");
	insert(&tap, &casefile, "SELECT 9223372036854775807 AS value UNION ALL SELECT -9223372036854775808 UNION ALL SELECT -1"
				" UNION ALL SELECT 9223372036854775296 UNION ALL SELECT 9223372036854775295");
	expect_rows(&tap, &casefile, "the least and the most ids");
	test_failures(&tap, &casefile);
	casefile_close(&casefile);
	scratch_leave(folder);
	return tap_done(&tap);
}
