/* SPDX-License-Identifier: Apache-2.0 */
/* What a case may contain: each object of it altered, and each kind of object added. */
#include "casefile/guard/schema_guard.h"

#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/schema.h"
#include "casefile/sql.h"
#include "scratch.h"
#include "tap.h"

#define WRITABLE "PRAGMA writable_schema = 1;"

static bool make_case(const char *path)
{
	struct casefile casefile;
	const bool good = casefile_open(&casefile, path, CASEFILE_CREATE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK &&
			  casefile_reset_understood(&casefile) == STATUS_OK && casefile_reset_concluded(&casefile) == STATUS_OK &&
			  casefile_commit(&casefile) == STATUS_OK;

	if (!good)
		printf("# %s\n", casefile.error.text);
	casefile_close(&casefile);
	return good;
}

/* All bytes of a file; the caller frees them. */
static char *read_file(const char *path, size_t *len)
{
	FILE *file = fopen(path, "rb");
	char *bytes = malloc(1 << 22);

	*len = file && bytes ? fread(bytes, 1, 1 << 22, file) : 0;
	if (file)
		(void)fclose(file);
	return bytes;
}

/* Opens a case for reading; error gets what was said. */
static enum status open_case(const char *path, struct error *error)
{
	struct casefile casefile;
	const enum status status = casefile_open(&casefile, path, CASEFILE_READ);

	*error = casefile.error;
	casefile_close(&casefile);
	return status;
}

/* Whether a case that SQL has altered is refused with a text. */
static bool refused(const char *sql, const char *says)
{
	struct error error;
	bool good;

	scratch_clean();
	good = make_case("case") && scratch_sql("case", sql) && open_case("case", &error) == STATUS_INTEGRITY && strstr(error.text, says);
	if (!good)
		printf("# %s: %s\n", sql, error.text);
	return good;
}

static void test_sound(struct tap *tap)
{
	struct error error;
	char out[64];

	OK(tap, make_case("case") && open_case("case", &error) == STATUS_OK, "a case with all layers is as it should be");
	OK(tap, atoi(scratch_ask("case", "SELECT count(*) FROM sqlite_schema WHERE type = 'table'", out, sizeof out)) > 40 &&
		atoi(scratch_ask("case", "SELECT count(*) FROM sqlite_schema WHERE sql IS NULL", out, sizeof out)) == 5,
	   "with many tables, and indexes of SQLite's own");
	OK(tap, scratch_sql("case", "VACUUM") && open_case("case", &error) == STATUS_OK, "and is when SQLite has written it anew");
}

/* What is done to each row of the schema, before its name. */
static const char *const harms[] = {
	"DELETE FROM sqlite_schema",
	"UPDATE sqlite_schema SET sql = CASE WHEN sql IS NULL THEN 'CREATE INDEX x ON run(id)' ELSE sql || ' ' END",
	"UPDATE sqlite_schema SET name = name || '_'",
	"UPDATE sqlite_schema SET tbl_name = tbl_name || '_'",
	"UPDATE sqlite_schema SET type = 'view'",
	"UPDATE sqlite_schema SET type = CAST(type AS BLOB)",
	"UPDATE sqlite_schema SET tbl_name = CAST(tbl_name AS BLOB)",
};

/* Whether a layer may be without what a row of the schema is of: then its loss is no harm. */
static bool may_miss(const char *harm, struct text name)
{
	return harm == harms[0] && text_is(name, "segment_filter");
}

/* Whether a copy of a case is refused after a harm to a row. */
static bool harm_found(const char *bytes, size_t len, const char *harm, struct text name)
{
	struct error error;
	struct buf sql = { 0 };
	bool found;

	buf_format(&sql, "%s%s WHERE name = '", WRITABLE, harm);
	buf_add(&sql, name.data, name.len);
	buf_text(&sql, "'");
	found = scratch_write("copy", bytes, len) && scratch_sql("copy", sql.data) && open_case("copy", &error) == (may_miss(harm, name) ? STATUS_OK : STATUS_INTEGRITY);
	if (!found)
		printf("# missed: %s\n", sql.data);
	buf_release(&sql);
	return found;
}

static unsigned harm_each(const char *bytes, size_t len, struct text names, unsigned *tried)
{
	unsigned missed = 0;

	while (names.len) {
		const struct text name = text_take_line(&names);

		for (size_t i = 0; i < sizeof harms / sizeof harms[0]; i++, ++*tried)
			missed += !harm_found(bytes, len, harms[i], name);
	}
	return missed;
}

static void test_each(struct tap *tap)
{
	size_t len;
	char *bytes, all[4096];
	unsigned tried = 0, missed;

	scratch_clean();
	(void)make_case("case");
	(void)scratch_ask("case", "SELECT group_concat(name, char(10)) FROM sqlite_schema", all, sizeof all);
	bytes = read_file("case", &len);
	missed = harm_each(bytes, len, text_of(all), &tried);
	OK(tap, tried > 250 && missed == 0, "%u alterations of the schema, of which %u are missed", tried, missed);
	free(bytes);
}

static void test_added(struct tap *tap)
{
	OK(tap, refused("CREATE TABLE note(x)", "case: table 'note' is no part of a case: another program altered this case"), "a table");
	OK(tap, refused("CREATE INDEX fast ON run(started)", "index 'fast' is no part"), "an index");
	OK(tap, refused("CREATE VIEW seen AS SELECT 1", "view 'seen' is no part"), "a view");
	OK(tap, refused("CREATE TRIGGER harm AFTER INSERT ON run BEGIN SELECT 1; END", "trigger 'harm' is no part"), "a trigger");
	OK(tap, refused("ANALYZE", "table 'sqlite_stat1' is no part"), "statistics");
	OK(tap, refused("CREATE TABLE a(x INTEGER PRIMARY KEY AUTOINCREMENT)", "(and 1 more)"), "a sequence");
	OK(tap, refused("CREATE TABLE \"a\x1b[31m\"(x)", "table 'a\\x1b[31m' is no part"), "names are escaped");
	OK(tap, refused("DROP TABLE victim; CREATE VIRTUAL TABLE victim USING fts3(number)", "virtual table 'victim' is not as unspoof makes it"),
	   "a virtual table in place of one");
	OK(tap, refused("ALTER TABLE victim ADD COLUMN note TEXT", "table 'victim' is not as"), "a column");
	OK(tap, refused("ALTER TABLE victim RENAME COLUMN calls TO reports_; ALTER TABLE victim RENAME COLUMN reports TO calls",
			"table 'victim' is not as"), "names of columns");
	OK(tap, refused("DROP TABLE suspect", "table 'suspect' is missing"), "one table of a layer dropped");
	OK(tap, refused("DROP INDEX reject_source", "index 'reject_source' is missing"), "an index dropped");
}

static void test_unreadable(struct tap *tap)
{
	OK(tap, refused(WRITABLE "UPDATE sqlite_schema SET sql = 'CREATE TABLE ' || char(27) WHERE name = 'victim'",
			"what the case says of its tables is damaged, or was altered"), "a text that is no SQL");
	OK(tap, refused(WRITABLE "UPDATE sqlite_schema SET rootpage = 0 WHERE name = 'victim'", "table 'victim' is not as"),
	   "a table without a page");
	OK(tap, refused(WRITABLE "UPDATE sqlite_schema SET rootpage = 1000000 WHERE name = 'victim'", "malformed database schema (victim)"),
	   "a page that is not there");
}

static void keep(void *context, const char *what)
{
	buf_format(context, "%s\n", what);
}

static void test_all_named(struct tap *tap)
{
	struct casefile casefile;
	struct buf said = { 0 };

	scratch_clean();
	(void)make_case("case");
	OK(tap, scratch_sql("case", "CREATE TABLE note(x); DROP TABLE funnel; CREATE VIEW seen AS SELECT 1") &&
		casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_INTEGRITY &&
		schema_guard_each(&casefile, keep, &said) == STATUS_OK &&
		tap_same(said.data, "table 'note' is no part of a case\nview 'seen' is no part of a case\ntable 'funnel' is missing\n"),
	   "each thing that differs is named");
	casefile_close(&casefile);
	buf_release(&said);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_sound(&tap);
	test_each(&tap);
	test_added(&tap);
	test_unreadable(&tap);
	test_all_named(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
