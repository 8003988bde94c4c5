/* SPDX-License-Identifier: Apache-2.0 */
/* The virtual table `call`: the rows of the segments, for SQL. */
#include "casefile/sqlite/calltable.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/segment/segment_proof.h"
#include "casefile/sql.h"
#include "casefile/sqlite/call_plan.h"
#include "casefile/sqlite/callcursor.h"

/* What all cursors of a connection share. */
struct call_module {
	struct casefile casefile;       /* the caller's connection, our error */
	struct casefile *asker;         /* whose connection it is; NULL: not of a case of ours */
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
	struct call_plan plan;
	struct buf text;
	bool end;
};

/* What a move of the cursor came to, for SQLite. */
static int moved(struct table_cursor *cursor, enum status status)
{
	const struct casefile *casefile = cursor->calls.casefile;
	sqlite3_vtab *table = cursor->base.pVtab;
	int code;

	cursor->end = status != STATUS_OK;
	if (status == STATUS_OK || status == STATUS_END)
		return SQLITE_OK;
	code = sqlite3_errcode(casefile->db) & 0xff;
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

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	return call_plan_choose(info);
}

/* In a program that is not ours no threads are started. */
static unsigned threads_of(const struct call_module *module)
{
	return module->asker && module->asker->threads > 0 ? module->asker->threads : 1;
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
	cursor->calls.threads = threads_of(table->module);
	*out = &cursor->base;
	return SQLITE_OK;
}

/* How many segments were read, to who asks for it. */
static void tell_read(const struct call_module *module)
{
	if (module->asker)
		module->asker->call_segments = module->proof.read;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
	struct table_cursor *cursor = (struct table_cursor *)base;

	call_cursor_close(&cursor->calls);
	call_plan_release(&cursor->plan);
	tell_read(((struct call_table *)base->pVtab)->module);
	buf_release(&cursor->text);
	sqlite3_free(cursor);
	return SQLITE_OK;
}

/* Found texts are asked by what the masks of the case make of them. */
static enum status settle(struct call_cursor *calls, struct call_plan *plan)
{
	const enum status status = plan->ask.text_count ? call_cursor_forms(calls) : STATUS_OK;

	return status == STATUS_OK ? call_plan_settle(plan, calls->casefile, calls->forms, calls->understood) : status;
}

static int filter(sqlite3_vtab_cursor *base, int which, const char *used, int argc, sqlite3_value **argv)
{
	struct table_cursor *cursor = (struct table_cursor *)base;
	struct call_plan *plan = &cursor->plan;
	enum status status;

	(void)which;
	(void)argc;
	call_cursor_stop(&cursor->calls);
	if (!call_plan_take(plan, used, argv))
		return moved(cursor, error_memory(&cursor->calls.casefile->error));
	status = call_cursor_open(&cursor->calls, plan->used);
	if (status != STATUS_OK)
		return moved(cursor, status);
	if (plan->never || (plan->needs_understood && !cursor->calls.understood))
		return moved(cursor, STATUS_END);
	status = settle(&cursor->calls, plan);
	if (status != STATUS_OK)
		return moved(cursor, status);
	return moved(cursor, plan->by_id ? call_cursor_seek(&cursor->calls, plan->id)
					 : call_cursor_start(&cursor->calls, &plan->ask, plan->grouped));
}

static int next(sqlite3_vtab_cursor *base)
{
	struct table_cursor *cursor = (struct table_cursor *)base;

	if (call_cursor_step(&cursor->calls))
		return SQLITE_OK;
	return moved(cursor, call_cursor_next(&cursor->calls));
}

static int at_end(sqlite3_vtab_cursor *base)
{
	return ((struct table_cursor *)base)->end;
}

/* SQLite does not say that a statement names rowid, which rows that are put in order have not. */
static int rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	const struct call_cursor *calls = &((struct table_cursor *)base)->calls;

	if (call_cursor_is_ordered(calls)) {
		sqlite3_free(base->pVtab->zErrMsg);
		base->pVtab->zErrMsg = sqlite3_mprintf("call: rows that are put in order have no rowid; name id");
		return SQLITE_ERROR;
	}
	*out = call_cursor_id(calls);
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
	const struct segment *segment = cursor->calls.segment;
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

static int install(sqlite3 *db, struct casefile *asker)
{
	struct call_module *module = calloc(1, sizeof(*module));

	if (!module)
		return SQLITE_NOMEM;
	/* What the readers name in their messages. */
	module->casefile.path = memory_text("call", 4);
	module->casefile.db = db;
	module->asker = asker;
	if (!module->casefile.path) {
		destroy(module);
		return SQLITE_NOMEM;
	}
	return sqlite3_create_module_v2(db, "call", &call_table_module, module, destroy);
}

int calltable_install(sqlite3 *db)
{
	return install(db, NULL);
}

enum status calltable_register(struct casefile *casefile)
{
	return install(casefile->db, casefile) == SQLITE_OK ? STATUS_OK : casefile_failed(casefile);
}

enum status calltable_segments(struct casefile *casefile, uint64_t *all)
{
	int64_t count = 0;
	const enum status status = casefile_integer(casefile, "SELECT count(*) FROM segment", 0, &count);

	*all = (uint64_t)count;
	return status;
}
