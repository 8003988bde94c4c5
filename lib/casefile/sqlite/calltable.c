/* SPDX-License-Identifier: Apache-2.0 */
/* The virtual table `call`: the rows of the segments, for SQL. */
#include "casefile/sqlite/calltable.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/segment/segment_proof.h"
#include "casefile/sql.h"
#include "casefile/sqlite/callcursor.h"

/* The columns where = X is made use of; bit i of idxNum says that condition i
 * is, and the values come in this order. */
static const int helpful[] = {
	CALL_COLUMN_ID, CALL_COLUMN_SOURCE, CALL_COLUMN_ACCOUNT_KEY, CALL_COLUMN_PRESENTED_E164,
	CALL_COLUMN_DIALLED_E164, CALL_COLUMN_TWIN,
};

#define HELPFUL (sizeof(helpful) / sizeof(helpful[0]))

/* What all cursors of a connection share. */
struct call_module {
	struct casefile casefile;       /* the caller's connection, our error */
	struct forms forms;
	struct segment_proof proof;
};

struct call_table {
	sqlite3_vtab base;
	struct call_module *module;
};

struct table_cursor {
	sqlite3_vtab_cursor base;
	struct call_cursor calls;
	struct buf text;
	bool end;
};

/* What a move of the cursor came to, for SQLite. */
static int moved(struct table_cursor *cursor, enum status status)
{
	const struct casefile *casefile = cursor->calls.casefile;
	sqlite3_vtab *table = cursor->base.pVtab;
	int code = sqlite3_errcode(casefile->db) & 0xff;

	cursor->end = status != STATUS_OK;
	if (status == STATUS_OK || status == STATUS_END)
		return SQLITE_OK;
	if (status == STATUS_INTEGRITY)
		code = SQLITE_CORRUPT_VTAB;
	else if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
		code = SQLITE_ERROR;
	sqlite3_free(table->zErrMsg);
	table->zErrMsg = sqlite3_mprintf("%s", casefile->error.text);
	return table->zErrMsg ? code : SQLITE_NOMEM;
}

#define INTEGER_COLUMN(column, name, more) ", " name " INTEGER"

/* Millionths are an integer or, where that does not do, a text. */
static const char *type_of(int column)
{
	if (!call_column_is_cost(column))
		return " INTEGER";
	return column == CALL_COLUMN_COST_MICRO ? "" : " TEXT";
}

static int declare(sqlite3 *db)
{
	const struct kind_info *kind = kind_info(KIND_CALL);
	struct buf sql = { 0 };
	int code;

	buf_text(&sql, "CREATE TABLE call(id INTEGER" PLACE_EACH(INTEGER_COLUMN));
	for (size_t i = 0; i < kind->role_count; i++)
		buf_format(&sql, ", %s TEXT", kind->roles[i].name);
	for (int column = CALL_COLUMN_ACCOUNT_KEY; column < CALL_COLUMN_COUNT; column++)
		buf_format(&sql, ", %s%s", call_value_of(column)->name, type_of(column));
	buf_text(&sql, ")");
	code = sql.failed ? SQLITE_NOMEM : sqlite3_declare_vtab(db, sql.data);
	buf_release(&sql);
	return code;
}

static int connect(sqlite3 *db, void *data, int argc, const char *const *argv, sqlite3_vtab **out, char **message)
{
	struct call_table *table;
	int code = declare(db);

	(void)argc;
	(void)argv;
	(void)message;
	if (code != SQLITE_OK)
		return code;
	table = sqlite3_malloc(sizeof(*table));
	if (!table)
		return SQLITE_NOMEM;
	memset(table, 0, sizeof(*table));
	table->module = data;
	*out = &table->base;
	return SQLITE_OK;
}

static int disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

/* The first condition `column = X` that can be used, or -1. */
static int find_equality(const sqlite3_index_info *info, int column)
{
	for (int i = 0; i < info->nConstraint; i++) {
		const struct sqlite3_index_constraint *c = &info->aConstraint[i];

		if (c->usable && c->op == SQLITE_INDEX_CONSTRAINT_EQ &&
		    (c->iColumn == column || (column == CALL_COLUMN_ID && c->iColumn < 0)))
			return i;
	}
	return -1;
}

/* Costs in the size of a case, not of this one: they only order plans. */
static void set_costs(sqlite3_index_info *info)
{
	if (info->idxNum & 1) {
		info->estimatedCost = 100;
		info->estimatedRows = 1;
		info->idxFlags |= SQLITE_INDEX_SCAN_UNIQUE;
		return;
	}
	info->estimatedCost = info->idxNum & 2 ? 1e6 : 1e7;
	info->estimatedRows = info->idxNum & 2 ? 1000000 : 10000000;
	if (info->idxNum >> 2) {
		info->estimatedCost /= 4;
		info->estimatedRows /= 10000;
	}
}

/* SQLite checks the conditions again itself: ours only save rows. */
static int best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	int next = 1;

	(void)table;
	for (size_t i = 0; i < HELPFUL; i++) {
		const int place = find_equality(info, helpful[i]);

		if (place < 0)
			continue;
		info->aConstraintUsage[place].argvIndex = next++;
		info->idxNum |= 1 << i;
	}
	if (info->nOrderBy == 1 && !info->aOrderBy[0].desc && info->aOrderBy[0].iColumn <= CALL_COLUMN_ID)
		info->orderByConsumed = 1;
	set_costs(info);
	info->idxStr = sqlite3_mprintf("%llx", (unsigned long long)info->colUsed);
	info->needToFreeIdxStr = 1;
	return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
	const struct call_table *table = (struct call_table *)base;
	struct table_cursor *cursor = sqlite3_malloc(sizeof(*cursor));

	if (!cursor)
		return SQLITE_NOMEM;
	memset(cursor, 0, sizeof(*cursor));
	cursor->calls.casefile = &table->module->casefile;
	cursor->calls.forms = &table->module->forms;
	cursor->calls.proof = &table->module->proof;
	*out = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
	struct table_cursor *cursor = (struct table_cursor *)base;

	call_cursor_close(&cursor->calls);
	buf_release(&cursor->text);
	sqlite3_free(cursor);
	return SQLITE_OK;
}

/* The conditions of a scan; what is no integer is left to SQLite. */
struct conditions {
	bool by_id, by_source, never;
	int64_t id, source;
};

static void take_conditions(struct call_cursor *calls, int which, sqlite3_value **values, struct conditions *out)
{
	for (size_t i = 0; i < HELPFUL; i++) {
		sqlite3_value *value;

		if (!(which >> i & 1))
			continue;
		value = *values++;
		if (sqlite3_value_type(value) == SQLITE_NULL)
			out->never = true;
		if (sqlite3_value_type(value) != SQLITE_INTEGER)
			continue;
		if (helpful[i] == CALL_COLUMN_ID) {
			out->by_id = true;
			out->id = sqlite3_value_int64(value);
		} else if (helpful[i] == CALL_COLUMN_SOURCE) {
			out->by_source = true;
			out->source = sqlite3_value_int64(value);
		} else {
			calls->filters[calls->filter_count].column = call_value_of(helpful[i])->from;
			calls->filters[calls->filter_count++].value = sqlite3_value_int64(value);
		}
	}
}

static int filter(sqlite3_vtab_cursor *base, int which, const char *used, int argc, sqlite3_value **argv)
{
	struct table_cursor *cursor = (struct table_cursor *)base;
	struct conditions conditions = { 0 };
	uint64_t columns = strtoull(used, NULL, 16);
	enum status status;

	(void)argc;
	for (size_t i = 0; i < HELPFUL; i++)
		if (which >> i & 1)
			columns |= UINT64_C(1) << helpful[i];
	status = call_cursor_open(&cursor->calls, columns);
	if (status != STATUS_OK)
		return moved(cursor, status);
	take_conditions(&cursor->calls, which, argv, &conditions);
	if (conditions.never || (cursor->calls.filter_count > 0 && !cursor->calls.understood))
		return moved(cursor, STATUS_END);
	if (conditions.by_id)
		return moved(cursor, call_cursor_seek(&cursor->calls, conditions.id));
	return moved(cursor, call_cursor_start(&cursor->calls, conditions.by_source, conditions.source));
}

static int next(sqlite3_vtab_cursor *base)
{
	struct table_cursor *cursor = (struct table_cursor *)base;

	return moved(cursor, call_cursor_next(&cursor->calls));
}

static int at_end(sqlite3_vtab_cursor *base)
{
	return ((struct table_cursor *)base)->end;
}

static int rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	*out = call_cursor_id(&((struct table_cursor *)base)->calls);
	return SQLITE_OK;
}

/* The found text of a role. */
static int give_text(struct table_cursor *cursor, sqlite3_context *context, enum call_role role)
{
	struct text text;
	enum status status;
	bool absent;

	buf_clear(&cursor->text);
	status = call_cursor_text(&cursor->calls, role, &cursor->text, &absent);
	if (status != STATUS_OK)
		return moved(cursor, status);
	text = buf_view(&cursor->text);
	if (!absent)
		sqlite3_result_text64(context, text.data, text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	return SQLITE_OK;
}

static int give_cost(const struct table_cursor *cursor, sqlite3_context *context, int column)
{
	char text[COST_TEXT], *end;
	const size_t len = call_cursor_cost(&cursor->calls, column, text);
	long long micro;

	if (len == 0)
		return SQLITE_OK;
	errno = 0;
	micro = column == CALL_COLUMN_COST_MICRO ? strtoll(text, &end, 10) : 0;
	if (column == CALL_COLUMN_COST_MICRO && errno == 0 && *end == '\0')
		sqlite3_result_int64(context, micro);
	else
		sqlite3_result_text(context, text, (int)len, SQLITE_TRANSIENT);
	return SQLITE_OK;
}

/* NULL is what a result is unless it is set. */
static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
	struct table_cursor *cursor = (struct table_cursor *)base;
	const struct segment *segment = &cursor->calls.reader.segment;
	int64_t value;

	if (i >= CALL_COLUMN_ACCOUNT_KEY && call_column_is_cost(i))
		return give_cost(cursor, context, i);
	if (i >= CALL_COLUMN_ACCOUNT_KEY) {
		if (call_cursor_value(&cursor->calls, i, &value))
			sqlite3_result_int64(context, value);
		return SQLITE_OK;
	}
	if (i >= CALL_COLUMN_ROLE)
		return give_text(cursor, context, (enum call_role)(i - CALL_COLUMN_ROLE));
	if (i >= CALL_COLUMN_MEMBER)
		value = segment_found(segment, call_place_of(i), cursor->calls.row);
	else
		value = i == CALL_COLUMN_SOURCE ? segment->source : call_cursor_id(&cursor->calls);
	sqlite3_result_int64(context, value);
	return SQLITE_OK;
}

/* Without xCreate the table is there under its name, and only there. */
static const sqlite3_module call_table_module = {
	.iVersion = 0,
	.xConnect = connect,
	.xBestIndex = best_index,
	.xDisconnect = disconnect,
	.xOpen = open_cursor,
	.xClose = close_cursor,
	.xFilter = filter,
	.xNext = next,
	.xEof = at_end,
	.xColumn = column,
	.xRowid = rowid,
};

static void destroy(void *data)
{
	struct call_module *module = data;

	forms_release(&module->forms);
	segment_proof_release(&module->proof);
	free(module->casefile.path);
	free(module);
}

int calltable_install(sqlite3 *db)
{
	struct call_module *module = calloc(1, sizeof(*module));

	if (!module)
		return SQLITE_NOMEM;
	/* What the readers name in their messages. */
	module->casefile.path = memory_text("call", 4);
	module->casefile.db = db;
	if (!module->casefile.path) {
		destroy(module);
		return SQLITE_NOMEM;
	}
	return sqlite3_create_module_v2(db, "call", &call_table_module, module, destroy);
}

enum status calltable_register(struct casefile *casefile)
{
	return calltable_install(casefile->db) == SQLITE_OK ? STATUS_OK : casefile_failed(casefile);
}
