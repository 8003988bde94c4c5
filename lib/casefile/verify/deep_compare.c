/* SPDX-License-Identifier: Apache-2.0 */
/* Tables of two cases, row by row. */
#include <string.h>

#include "casefile/schema.h"
#include "casefile/sql.h"
#include "casefile/verify/deep.h"
#include "casefile/verify/verify_segments.h"

#define SHOWN 120          /* bytes of a value */
#define ALIKE 60           /* bytes that two values begin with, all of which are shown */

/* A table of both, of which the rows are read side by side. */
struct side_by_side {
	struct deep_pair *pair;
	const char *table;
	sqlite3_stmt *was, *is;        /* of the case, and made anew */
	enum status had, has;          /* STATUS_OK: a row; STATUS_END: none is left */
	uint64_t differing;
};

/* ---- values ---- */

/* As SQLite orders them: NULL, numbers, texts, blobs. The layers have no floating point. */
static int rank(int type)
{
	return type == SQLITE_NULL ? 0 : type == SQLITE_INTEGER ? 1 : type == SQLITE_FLOAT ? 2 : type == SQLITE_TEXT ? 3 : 4;
}

static int compare_bytes(struct text a, struct text b)
{
	const size_t least = a.len < b.len ? a.len : b.len;
	const int order = least ? memcmp(a.data, b.data, least) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Below 0, 0, above 0. */
static int compare(const struct side_by_side *both, int column)
{
	const int a = rank(sqlite3_column_type(both->was, column));
	const int b = rank(sqlite3_column_type(both->is, column));
	int64_t was, is;

	if (a != b)
		return a - b;
	if (a == 0)
		return 0;
	if (a != 1)
		return compare_bytes(column_text(both->was, column), column_text(both->is, column));
	was = sqlite3_column_int64(both->was, column);
	is = sqlite3_column_int64(both->is, column);
	return (was > is) - (was < is);
}

/* From so many bytes on, if it is a text. */
static void add_value(struct buf *out, sqlite3_stmt *statement, int column, size_t from)
{
	struct text text;

	switch (sqlite3_column_type(statement, column)) {
	case SQLITE_NULL:
		buf_text(out, "NULL");
		return;
	case SQLITE_INTEGER:
		buf_format(out, "%lld", (long long)sqlite3_column_int64(statement, column));
		return;
	default:
		break;
	}
	text = column_text(statement, column);
	from = from < text.len ? from : 0;
	buf_text(out, from ? "'..." : "'");
	if (text.len > from)
		buf_escape(out, (struct text){ text.data + from, text.len - from }, SHOWN);
	buf_byte(out, '\'');
}

/* Where to show two texts from, that begin alike. */
static size_t alike(const struct side_by_side *both, int column)
{
	const int types[] = { sqlite3_column_type(both->was, column), sqlite3_column_type(both->is, column) };
	struct text a, b;
	size_t same = 0;

	if (rank(types[0]) < 3 || rank(types[1]) < 3)
		return 0;
	a = column_text(both->was, column);
	b = column_text(both->is, column);
	while (same < a.len && same < b.len && a.data[same] == b.data[same])
		same++;
	return same > ALIKE ? same - ALIKE / 2 : 0;
}

/* ---- rows ---- */

static void add_key(struct buf *out, const struct side_by_side *both, sqlite3_stmt *statement)
{
	buf_format(out, "table %s, %s ", both->table, sqlite3_column_name(statement, 0));
	add_value(out, statement, 0, 0);
}

static enum status tell(const struct side_by_side *both, struct buf *what)
{
	struct deep_pair *pair = both->pair;
	enum status status = what->failed ? error_memory(&pair->casefile->error) : STATUS_OK;

	if (status == STATUS_OK) {
		pair->counts->failures++;
		observer_notice(pair->observer, "%s", what->data);
	}
	buf_release(what);
	return status;
}

/* Of a row that both have: the first column that differs; -1: none. */
static int first_other(const struct side_by_side *both)
{
	const int columns = sqlite3_column_count(both->is);
	int column = 0;

	while (column < columns && compare(both, column) == 0)
		column++;
	return column < columns ? column : -1;
}

/* A row that differs, or that one has alone: said of the first. */
static enum status row_differs(struct side_by_side *both, int order, int column)
{
	struct buf what = { 0 };
	size_t from;

	if (both->differing++ > 0)
		return STATUS_OK;
	add_key(&what, both, order > 0 ? both->is : both->was);
	if (order < 0) {
		buf_text(&what, ": the case has this row, which is not there when the layer is made anew");
	} else if (order > 0) {
		buf_text(&what, ": the case has no such row, which is there when the layer is made anew");
	} else {
		from = alike(both, column);
		buf_format(&what, ", column %s: the case has ", sqlite3_column_name(both->is, column));
		add_value(&what, both->was, column, from);
		buf_text(&what, ", made anew it is ");
		add_value(&what, both->is, column, from);
	}
	return tell(both, &what);
}

/* Which of both stands before the other; of none that is left behind it. */
static int order_of(const struct side_by_side *both)
{
	if (both->had == STATUS_OK && both->has == STATUS_OK)
		return compare(both, 0);
	return both->had == STATUS_OK ? -1 : 1;
}

/* Steps the one that stands first, or both. */
static enum status step(struct side_by_side *both, int order)
{
	struct deep_pair *pair = both->pair;

	if (order <= 0)
		both->had = casefile_step(pair->casefile, both->was);
	if (order >= 0)
		both->has = casefile_step(pair->anew, both->is);
	if (both->has != STATUS_OK && both->has != STATUS_END) {
		pair->casefile->error = pair->anew->error;
		return both->has;
	}
	return both->had == STATUS_END ? STATUS_OK : both->had;
}

static enum status compare_row(struct side_by_side *both, int order)
{
	struct deep_pair *pair = both->pair;
	const int column = order == 0 ? first_other(both) : 0;
	enum status status = STATUS_OK;

	pair->rows++;
	if (order != 0 || column >= 0)
		status = row_differs(both, order, column);
	if (status == STATUS_OK && both->had == STATUS_OK)
		status = columns_read(pair->casefile, both->was);
	if (status == STATUS_OK && both->has == STATUS_OK && columns_read(pair->anew, both->is) != STATUS_OK)
		status = error_memory(&pair->casefile->error);
	return status;
}

static enum status compare_rows(struct side_by_side *both)
{
	enum status status = step(both, 0);

	while (status == STATUS_OK && (both->had == STATUS_OK || both->has == STATUS_OK)) {
		const int order = order_of(both);

		status = compare_row(both, order);
		if (status == STATUS_OK)
			status = step(both, order);
	}
	return status;
}

/* ---- tables ---- */

/* All columns of a table of this program, the key first: names between brackets are never
 * taken for texts. */
static enum status add_select(struct casefile *casefile, const char *table, struct buf *sql)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT name FROM pragma_table_info(?)"
							     " ORDER BY pk = 0, cid");
	enum status status = statement ? bind_sought(casefile, statement, 1, table) : casefile->error.status;
	const char *between = "SELECT ";

	while (status == STATUS_OK && (status = casefile_step(casefile, statement)) == STATUS_OK) {
		const struct text name = column_text(statement, 0);

		buf_format(sql, "%s[%.*s]", between, (int)name.len, name.data ? name.data : "");
		between = ", ";
		status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	buf_format(sql, " FROM %s ORDER BY 1", table);
	if (sql->failed)
		return error_memory(&casefile->error);
	return status == STATUS_END ? STATUS_OK : status;
}

/* A table that the case has not as it should be: that is a failure of the check. */
static enum status unreadable(struct side_by_side *both)
{
	struct error *error = &both->pair->casefile->error;
	char what[400];

	if (sqlite3_errcode(both->pair->casefile->db) != SQLITE_ERROR)
		return error->status;
	(void)sqlite3_snprintf(sizeof(what), what, "table %s is not that of such a layer: %s", both->table, error->text);
	verify_fail(both->pair->observer, both->pair->counts, text_of(what));
	return STATUS_OK;
}

static enum status open_both(struct side_by_side *both)
{
	struct deep_pair *pair = both->pair;
	struct buf sql = { 0 };
	enum status status = add_select(pair->anew, both->table, &sql);

	if (status == STATUS_OK && !(both->is = casefile_prepare(pair->anew, sql.data)))
		status = pair->anew->error.status;
	if (status != STATUS_OK)
		pair->casefile->error = pair->anew->error;
	else if (!(both->was = casefile_prepare(pair->casefile, sql.data)))
		status = unreadable(both);
	buf_release(&sql);
	return status;
}

static void tell_others(const struct side_by_side *both)
{
	if (both->differing > 1)
		observer_notice(both->pair->observer, "table %s: %llu more rows differ", both->table,
				(unsigned long long)both->differing - 1);
}

static enum status compare_table(struct deep_pair *pair, const char *table)
{
	struct side_by_side both = { .pair = pair, .table = table };
	enum status status = open_both(&both);

	if (status == STATUS_OK && both.was)
		status = compare_rows(&both);
	if (status == STATUS_OK)
		tell_others(&both);
	pair->tables++;
	sqlite3_finalize(both.was);
	sqlite3_finalize(both.is);
	return status;
}

/* ---- calls ---- */

/* The first call that differs, of the segments whose digests do. */
static enum status compare_calls(struct deep_pair *pair)
{
	static const char digests[] = "SELECT id, sha256 FROM segment_read ORDER BY id";
	struct side_by_side both = { .pair = pair, .table = "segment_read" };
	bool told = false;
	enum status status;

	both.was = casefile_prepare(pair->casefile, digests);
	both.is = casefile_prepare(pair->anew, digests);
	status = both.was && both.is ? step(&both, 0) : error_memory(&pair->casefile->error);
	while (status == STATUS_OK && !told && both.had == STATUS_OK && both.has == STATUS_OK) {
		const int order = order_of(&both);

		if (order == 0 && compare(&both, 1) != 0)
			status = deep_compare_segment(pair, sqlite3_column_int64(both.is, 0), &told);
		if (status == STATUS_OK)
			status = step(&both, order);
	}
	sqlite3_finalize(both.was);
	sqlite3_finalize(both.is);
	return status;
}

/* Columns of segments are held by their digests, and filters are held against the columns:
 * verify_segments() has checked both. */
static bool is_checked(const struct schema_table *table)
{
	return !strcmp(table->name, "understood") || table->optional;
}

enum status deep_compare(struct deep_pair *pair)
{
	const uint64_t before = pair->counts->failures;
	enum status status = STATUS_OK;

	for (const struct schema_table *table = schema_tables; table->name && status == STATUS_OK; table++)
		if (table->layer == pair->layer && !is_checked(table))
			status = compare_table(pair, table->name);
	if (status == STATUS_OK && pair->layer == LAYER_UNDERSTOOD && pair->counts->failures > before)
		status = compare_calls(pair);
	return status;
}
