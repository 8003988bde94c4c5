/* SPDX-License-Identifier: Apache-2.0 */
/* The virtual table `call`: the rows of the segments, for SQL. */
#include "casefile/calltable.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/segment.h"

/* Above it the ids of calls would overflow. */
#define SEGMENT_ID_MOST (INT64_MAX / SEGMENT_ROWS - 1)

enum call_column {
	COLUMN_ID,
	COLUMN_SOURCE,
	COLUMN_LINE,
	COLUMN_OFFSET,
	COLUMN_LENGTH,
	COLUMN_ROLE,    /* the first of CALL_ROLES */
	COLUMN_ACCOUNT_KEY = COLUMN_ROLE + CALL_ROLES,
	COLUMN_STARTED_UTC,
	COLUMN_TALK_MS,
	COLUMN_PRESENTED_E164,
	COLUMN_PRESENTED_READING,
	COLUMN_DIALLED_E164,
	COLUMN_DIALLED_READING,
	COLUMN_COST_MICRO,
	COLUMN_ANSWERED,
	COLUMN_FLAGS,
	COLUMN_COUNT
};

/* A column as understood: where its value lies, and when it is NULL. */
static const struct understood {
	const char *name;
	enum understood_column from;
	bool absent_if_zero;
	bool absent_if_unread;
} understood[] = {
	{ "account_key", READ_ACCOUNT, true, false },
	{ "started_utc", READ_STARTED, false, true },
	{ "talk_ms", READ_TALK, false, true },
	{ "presented_e164", READ_PRESENTED, true, false },
	{ "presented_reading", READ_PRESENTED_READING, true, false },
	{ "dialled_e164", READ_DIALLED, true, false },
	{ "dialled_reading", READ_DIALLED_READING, true, false },
	{ "cost_micro", READ_COST, false, true },
	{ "answered", READ_FLAGS, false, true },
	{ "flags", READ_FLAGS, false, false },
};

/* The columns where = X is made use of; bit i of idxNum says that condition i
 * is, and the values come in this order. */
static const int helpful[] = {
	COLUMN_ID, COLUMN_SOURCE, COLUMN_ACCOUNT_KEY, COLUMN_PRESENTED_E164, COLUMN_DIALLED_E164,
};

#define HELPFUL (sizeof(helpful) / sizeof(helpful[0]))

/* What all cursors of a connection share. */
struct call_module {
	struct casefile casefile;       /* the caller's connection, our error */
	struct forms forms;
};

struct call_table {
	sqlite3_vtab base;
	struct call_module *module;
};

struct call_cursor {
	sqlite3_vtab_cursor base;
	struct segment_reader reader;
	sqlite3_stmt *segments;         /* the ids still to be read */
	struct buf text;
	uint64_t used;                  /* the columns the reader was opened for */
	bool open;
	bool understood;                /* the case has that layer */
	bool end;
	bool single;                    /* one row by its id */
	uint32_t row;
	size_t filter_count;
	struct {
		enum understood_column column;
		int64_t value;
	} filters[HELPFUL];
};

static struct call_module *module_of(const struct call_cursor *cursor)
{
	return ((struct call_table *)cursor->base.pVtab)->module;
}

/* Hands the library's error on to SQLite. */
static int fail(struct call_cursor *cursor)
{
	struct call_module *module = module_of(cursor);
	sqlite3_vtab *table = cursor->base.pVtab;
	int code = sqlite3_errcode(module->casefile.db) & 0xff;

	if (module->casefile.error.status == STATUS_INTEGRITY)
		code = SQLITE_CORRUPT_VTAB;
	else if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
		code = SQLITE_ERROR;
	/* A segment that failed half-way is not to be taken for a whole one. */
	cursor->reader.segment.rows = 0;
	sqlite3_free(table->zErrMsg);
	table->zErrMsg = sqlite3_mprintf("%s", module->casefile.error.text);
	return table->zErrMsg ? code : SQLITE_NOMEM;
}

static int declare(sqlite3 *db)
{
	const struct kind_info *kind = kind_info(KIND_CALL);
	struct buf sql = { 0 };
	int code;

	buf_text(&sql, "CREATE TABLE call(id INTEGER, source INTEGER, line INTEGER, offset INTEGER, length INTEGER");
	for (size_t i = 0; i < kind->role_count; i++)
		buf_format(&sql, ", %s TEXT", kind->roles[i].name);
	for (size_t i = 0; i < sizeof(understood) / sizeof(understood[0]); i++)
		buf_format(&sql, ", %s INTEGER", understood[i].name);
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
		    (c->iColumn == column || (column == COLUMN_ID && c->iColumn < 0)))
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
	if (info->nOrderBy == 1 && !info->aOrderBy[0].desc && info->aOrderBy[0].iColumn <= COLUMN_ID)
		info->orderByConsumed = 1;
	set_costs(info);
	info->idxStr = sqlite3_mprintf("%llx", (unsigned long long)info->colUsed);
	info->needToFreeIdxStr = 1;
	return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct call_cursor *cursor = sqlite3_malloc(sizeof(*cursor));

	(void)table;
	if (!cursor)
		return SQLITE_NOMEM;
	memset(cursor, 0, sizeof(*cursor));
	*out = &cursor->base;
	return SQLITE_OK;
}

static void close_reader(struct call_cursor *cursor)
{
	sqlite3_finalize(cursor->segments);
	cursor->segments = NULL;
	if (cursor->open)
		segment_reader_close(&cursor->reader);
	cursor->open = false;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
	struct call_cursor *cursor = (struct call_cursor *)base;

	close_reader(cursor);
	buf_release(&cursor->text);
	sqlite3_free(cursor);
	return SQLITE_OK;
}

static bool uses(const struct call_cursor *cursor, int column)
{
	return cursor->used >> column & 1;
}

static uint64_t found_wanted(const struct call_cursor *cursor)
{
	uint64_t wanted = 0;

	for (unsigned i = 0; i < 3; i++)
		if (uses(cursor, COLUMN_LINE + (int)i))
			wanted |= SEGMENT_COLUMN(FOUND_LINE + i);
	for (unsigned role = 0; role < CALL_ROLES; role++)
		if (uses(cursor, COLUMN_ROLE + (int)role))
			wanted |= SEGMENT_ROLE(role) | SEGMENT_COLUMN(FOUND_HEAP);
	return wanted;
}

static uint64_t understood_wanted(const struct call_cursor *cursor)
{
	uint64_t wanted = 0;

	for (int column = COLUMN_ACCOUNT_KEY; column < COLUMN_COUNT; column++) {
		const struct understood *from = &understood[column - COLUMN_ACCOUNT_KEY];

		if (!uses(cursor, column))
			continue;
		wanted |= SEGMENT_COLUMN(from->from);
		if (from->absent_if_unread)
			wanted |= SEGMENT_COLUMN(READ_FLAGS);
	}
	return wanted;
}

/* Masks are only ever added, so the highest id tells whether some are new. */
static enum status refresh_forms(struct call_module *module)
{
	int64_t highest;
	enum status status = casefile_integer(&module->casefile, "SELECT max(id) FROM form", FORM_FIRST - 1,
					      &highest);

	if (status != STATUS_OK || highest - FORM_FIRST + 1 == (int64_t)module->forms.stored)
		return status;
	return forms_load(&module->forms, &module->casefile);
}

/* Opens the reader for the columns in used; one that is open for them stays. */
static enum status open_reader(struct call_cursor *cursor, uint64_t used)
{
	struct call_module *module = module_of(cursor);
	const bool has = casefile_understood(&module->casefile);
	uint64_t wanted;
	enum status status = STATUS_OK;

	if (cursor->open && (cursor->used != used || cursor->understood != has))
		close_reader(cursor);
	cursor->used = used;
	cursor->understood = has;
	wanted = found_wanted(cursor);
	if (wanted & SEGMENT_COLUMN(FOUND_HEAP))
		status = refresh_forms(module);
	if (cursor->open || status != STATUS_OK)
		return status;
	cursor->open = true;
	return segment_reader_open(&cursor->reader, &module->casefile, wanted, has ? understood_wanted(cursor) : 0);
}

static bool matches(const struct call_cursor *cursor)
{
	const struct segment *segment = &cursor->reader.segment;

	for (size_t i = 0; i < cursor->filter_count; i++)
		if (segment_understood(segment, cursor->filters[i].column, cursor->row) != cursor->filters[i].value)
			return false;
	return true;
}

/* Goes to the first row of the next segment; STATUS_END after the last. */
static enum status next_segment(struct call_cursor *cursor)
{
	struct call_module *module = module_of(cursor);
	int64_t id;
	enum status status = casefile_step(&module->casefile, cursor->segments);

	if (status != STATUS_OK)
		return status;
	cursor->row = 0;
	id = sqlite3_column_int64(cursor->segments, 0);
	status = id < 1 || id > SEGMENT_ID_MOST ? STATUS_END : segment_reader_seek(&cursor->reader, id);
	if (status == STATUS_END)
		return error_set(&module->casefile.error, STATUS_INTEGRITY, "call: segment %lld is damaged",
				 (long long)id);
	return status;
}

/* Settles on the row the cursor stands at, or the next that matches. */
static int settle(struct call_cursor *cursor)
{
	enum status status = STATUS_OK;

	for (;;) {
		while (cursor->row < cursor->reader.segment.rows) {
			if (matches(cursor))
				return SQLITE_OK;
			cursor->row++;
		}
		status = next_segment(cursor);
		if (status != STATUS_OK)
			break;
	}
	cursor->end = true;
	return status == STATUS_END ? SQLITE_OK : fail(cursor);
}

static int next(sqlite3_vtab_cursor *base)
{
	struct call_cursor *cursor = (struct call_cursor *)base;

	if (cursor->single) {
		cursor->end = true;
		return SQLITE_OK;
	}
	cursor->row++;
	return settle(cursor);
}

static int start_single(struct call_cursor *cursor, int64_t id)
{
	const struct segment *segment = &cursor->reader.segment;
	enum status status = STATUS_OK;

	cursor->single = true;
	cursor->row = (uint32_t)(id & (SEGMENT_ROWS - 1));
	if (id < SEGMENT_ROWS)
		status = STATUS_END;
	else if (segment->rows == 0 || segment->id != id / SEGMENT_ROWS)
		status = segment_reader_seek(&cursor->reader, id / SEGMENT_ROWS);
	cursor->end = status != STATUS_OK || cursor->row >= segment->rows;
	return status == STATUS_OK || status == STATUS_END ? SQLITE_OK : fail(cursor);
}

static int start_scan(struct call_cursor *cursor, bool by_source, int64_t source)
{
	struct call_module *module = module_of(cursor);

	cursor->reader.segment.rows = 0;
	cursor->row = 0;
	if (cursor->segments)
		sqlite3_reset(cursor->segments);
	else
		cursor->segments = casefile_prepare(&module->casefile, "SELECT id FROM segment WHERE ?1 IS NULL OR"
								       " source = ?1 ORDER BY id");
	if (!cursor->segments)
		return fail(cursor);
	bind_maybe(cursor->segments, 1, source, !by_source);
	return settle(cursor);
}

/* The conditions of a scan; what is no integer is left to SQLite. */
struct conditions {
	bool by_id, by_source, never;
	int64_t id, source;
};

static void take_conditions(struct call_cursor *cursor, int which, sqlite3_value **values, struct conditions *out)
{
	cursor->filter_count = 0;
	for (size_t i = 0; i < HELPFUL; i++) {
		sqlite3_value *value;

		if (!(which >> i & 1))
			continue;
		value = *values++;
		if (sqlite3_value_type(value) == SQLITE_NULL)
			out->never = true;
		if (sqlite3_value_type(value) != SQLITE_INTEGER)
			continue;
		if (helpful[i] == COLUMN_ID) {
			out->by_id = true;
			out->id = sqlite3_value_int64(value);
		} else if (helpful[i] == COLUMN_SOURCE) {
			out->by_source = true;
			out->source = sqlite3_value_int64(value);
		} else {
			cursor->filters[cursor->filter_count].column =
				understood[helpful[i] - COLUMN_ACCOUNT_KEY].from;
			cursor->filters[cursor->filter_count++].value = sqlite3_value_int64(value);
		}
	}
}

static int filter(sqlite3_vtab_cursor *base, int which, const char *used, int argc, sqlite3_value **argv)
{
	struct call_cursor *cursor = (struct call_cursor *)base;
	struct conditions conditions = { 0 };
	uint64_t columns = strtoull(used, NULL, 16);

	(void)argc;
	cursor->end = cursor->single = false;
	take_conditions(cursor, which, argv, &conditions);
	for (size_t i = 0; i < HELPFUL; i++)
		if (which >> i & 1)
			columns |= UINT64_C(1) << helpful[i];
	if (open_reader(cursor, columns) != STATUS_OK)
		return fail(cursor);
	if (conditions.never || (cursor->filter_count > 0 && !cursor->understood)) {
		cursor->end = true;
		return SQLITE_OK;
	}
	if (conditions.by_id)
		return start_single(cursor, conditions.id);
	return start_scan(cursor, conditions.by_source, conditions.source);
}

static int at_end(sqlite3_vtab_cursor *base)
{
	return ((struct call_cursor *)base)->end;
}

static int rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	const struct call_cursor *cursor = (struct call_cursor *)base;

	*out = cursor->reader.segment.id * SEGMENT_ROWS + cursor->row;
	return SQLITE_OK;
}

/* The found text of a role. */
static int give_text(struct call_cursor *cursor, sqlite3_context *context, unsigned role)
{
	struct call_module *module = module_of(cursor);
	const struct segment *segment = &cursor->reader.segment;
	struct text text;

	if (segment_found(segment, 2 * role, cursor->row) == FORM_ABSENT)
		return SQLITE_OK;
	buf_clear(&cursor->text);
	if (!segment_text(segment, &module->forms, (enum call_role)role, cursor->row, &cursor->text)) {
		(void)error_set(&module->casefile.error, STATUS_INTEGRITY, "call: segment %lld is damaged",
				(long long)segment->id);
		return fail(cursor);
	}
	if (cursor->text.failed)
		return SQLITE_NOMEM;
	text = buf_view(&cursor->text);
	sqlite3_result_text64(context, text.data, text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	return SQLITE_OK;
}

static int64_t floor_seconds(int64_t ms)
{
	return ms / 1000 - (ms % 1000 < 0);
}

/* A column as understood; NULL is what a result is unless it is set. */
static void give_understood(const struct call_cursor *cursor, sqlite3_context *context, int column)
{
	const struct segment *segment = &cursor->reader.segment;
	const struct understood *from = &understood[column - COLUMN_ACCOUNT_KEY];
	int64_t value;

	if (!cursor->understood)
		return;
	value = segment_understood(segment, from->from, cursor->row);
	if (from->absent_if_zero && value == 0)
		return;
	if (from->absent_if_unread && (segment_understood(segment, READ_FLAGS, cursor->row) & CALL_FLAG_UNREAD))
		return;
	if (column == COLUMN_STARTED_UTC)
		value = floor_seconds(value);
	else if (column == COLUMN_ANSWERED)
		value &= CALL_FLAG_ANSWERED;
	sqlite3_result_int64(context, value);
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *context, int i)
{
	struct call_cursor *cursor = (struct call_cursor *)base;
	const struct segment *segment = &cursor->reader.segment;

	if (i >= COLUMN_ACCOUNT_KEY)
		give_understood(cursor, context, i);
	else if (i >= COLUMN_ROLE)
		return give_text(cursor, context, (unsigned)(i - COLUMN_ROLE));
	else if (i >= COLUMN_LINE)
		sqlite3_result_int64(context, segment_found(segment, (unsigned)(FOUND_LINE + i - COLUMN_LINE),
							    cursor->row));
	else if (i == COLUMN_SOURCE)
		sqlite3_result_int64(context, segment->source);
	else
		sqlite3_result_int64(context, segment->id * SEGMENT_ROWS + cursor->row);
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
	int64_t shadowed;
	enum status status = casefile_integer(
		casefile, "SELECT 1 FROM sqlite_schema WHERE name = 'call' COLLATE NOCASE", 0, &shadowed);

	if (status != STATUS_OK)
		return status;
	if (shadowed)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "the case file holds a table named call, which is no part of a case");
	return calltable_install(casefile->db) == SQLITE_OK ? STATUS_OK : casefile_failed(casefile);
}
