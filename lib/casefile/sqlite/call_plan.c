/* SPDX-License-Identifier: Apache-2.0 */
/* The conditions of a statement that spare rows of `call`. */
#include "casefile/sqlite/call_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sqlite/callcursor.h"
#include "casefile/sqlite/text/call_account.h"

/* How a column is compared, as the text of a plan has it. */
enum compared {
	IS = '=', IN = 'i', BELOW = '<', UP_TO = 'l', ABOVE = '>', FROM = 'g',
	GROUPED = 'k'          /* not: rows come in its order */
};

#define EQUAL 1u               /* = X */
#define AMONG 2u               /* IN (...) */
#define RANGE 4u               /* <, <=, >, >= */

/* The columns of which conditions are made use of, those that leave the fewest rows first.
 * A reading is left to SQLite where it is one: it would be asked for again and again. */
static const struct usable {
	int column;
	unsigned how;
} usable[] = {
	{ CALL_COLUMN_ID, EQUAL | RANGE },
	{ CALL_COLUMN_SOURCE, EQUAL | AMONG },
	{ CALL_COLUMN_TWIN, EQUAL },
	{ CALL_COLUMN_DIALLED_E164, EQUAL | AMONG },
	{ CALL_COLUMN_PRESENTED_E164, EQUAL | AMONG },
	{ CALL_COLUMN_ACCOUNT_KEY, EQUAL | AMONG },
	{ CALL_COLUMN_DIALLED_READING, AMONG },
	{ CALL_COLUMN_PRESENTED_READING, AMONG },
	{ CALL_COLUMN_STARTED_UTC, EQUAL | RANGE },
};

#define USABLE (sizeof(usable) / sizeof(usable[0]))

static bool is_text(int column)
{
	return column >= CALL_COLUMN_ROLE && column < CALL_COLUMN_ROLE + CALL_ROLES;
}

/* ---- choosing ---- */

/* Whether SQLite gives the values of an IN all at once. A host that loads us may be older
 * than what we were compiled for. */
static bool is_list(sqlite3_index_info *info, int i)
{
#if SQLITE_VERSION_NUMBER >= 3038000
	return sqlite3_libversion_number() >= 3038000 && sqlite3_vtab_in(info, i, -1);
#else
	(void)info;
	(void)i;
	return false;
#endif
}

static void take_list(sqlite3_index_info *info, int i)
{
#if SQLITE_VERSION_NUMBER >= 3038000
	(void)sqlite3_vtab_in(info, i, 1);
#else
	(void)info;
	(void)i;
#endif
}

/* How a condition compares, 0: as we make no use of. */
static char compared(sqlite3_index_info *info, int i, unsigned how)
{
	switch (info->aConstraint[i].op) {
	case SQLITE_INDEX_CONSTRAINT_EQ:
		if ((how & AMONG) && is_list(info, i))
			return IN;
		return how & EQUAL ? IS : 0;
	case SQLITE_INDEX_CONSTRAINT_LT:
		return how & RANGE ? BELOW : 0;
	case SQLITE_INDEX_CONSTRAINT_LE:
		return how & RANGE ? UP_TO : 0;
	case SQLITE_INDEX_CONSTRAINT_GT:
		return how & RANGE ? ABOVE : 0;
	case SQLITE_INDEX_CONSTRAINT_GE:
		return how & RANGE ? FROM : 0;
	default:
		return 0;
	}
}

/* Those of starts become one more, and that of a group comes as well. */
#define CONDITIONS_MOST (CALL_CONDITIONS - 2)

/* What conditions there are. */
struct chosen {
	sqlite3_str *text;
	int count, texts;
	bool id, source, values, range;
};

static void note(struct chosen *chosen, int column, char how)
{
	if (how != IS && how != IN)
		chosen->range = true;
	else if (column == CALL_COLUMN_ID)
		chosen->id = true;
	else if (column == CALL_COLUMN_SOURCE)
		chosen->source = true;
	else
		chosen->values = column != CALL_COLUMN_STARTED_UTC || chosen->values;
}

/* The conditions of a column. */
static void choose_column(sqlite3_index_info *info, const struct usable *use, struct chosen *chosen)
{
	for (int i = 0; i < info->nConstraint && chosen->count < CONDITIONS_MOST; i++) {
		const struct sqlite3_index_constraint *c = &info->aConstraint[i];
		const bool same = c->iColumn == use->column || (use->column == CALL_COLUMN_ID && c->iColumn < 0);
		const char how = c->usable && same ? compared(info, i, use->how) : 0;

		if (!how)
			continue;
		if (how == IN)
			take_list(info, i);
		info->aConstraintUsage[i].argvIndex = ++chosen->count;
		sqlite3_str_appendf(chosen->text, " %d%c", use->column, how);
		note(chosen, use->column, how);
	}
}

/* Found texts, compared byte for byte. They change no costs: joins go as they would without. */
static void choose_texts(sqlite3_index_info *info, struct chosen *chosen)
{
	for (int i = 0; i < info->nConstraint && chosen->texts < CALL_TEXTS && chosen->count < CONDITIONS_MOST; i++) {
		const struct sqlite3_index_constraint *c = &info->aConstraint[i];
		const char how = c->usable && is_text(c->iColumn) ? compared(info, i, EQUAL | AMONG) : 0;

		if (!how || sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY"))
			continue;
		if (how == IN)
			take_list(info, i);
		info->aConstraintUsage[i].argvIndex = ++chosen->count;
		sqlite3_str_appendf(chosen->text, " %d%c", c->iColumn, how);
		chosen->texts++;
	}
}

/* Costs in the size of a case, not of this one: they only order plans. */
static void set_costs(sqlite3_index_info *info, const struct chosen *chosen)
{
	if (chosen->id) {
		info->estimatedCost = 100;
		info->estimatedRows = 1;
		info->idxFlags |= SQLITE_INDEX_SCAN_UNIQUE;
		return;
	}
	info->estimatedCost = chosen->source ? 1e6 : 1e7;
	info->estimatedRows = chosen->source ? 1000000 : 10000000;
	if (chosen->values) {
		info->estimatedCost /= 4;
		info->estimatedRows /= 10000;
	} else if (chosen->range) {
		info->estimatedCost /= 2;
		info->estimatedRows /= 10;
	}
}

/* Whether SQLite wants rows in order of one column, the least values first. Of DISTINCT alone
 * it does not say which row is to stay, and stays with the first. */
static bool wants_order(sqlite3_index_info *info)
{
	if (info->nOrderBy != 1 || info->aOrderBy[0].desc)
		return false;
#if SQLITE_VERSION_NUMBER >= 3038000
	return sqlite3_libversion_number() < 3038000 || sqlite3_vtab_distinct(info) != 2;
#else
	return true;
#endif
}

/* The column in whose order rows are given; 0: none. Only columns as understood can be put in
 * order. */
static int choose_order(sqlite3_index_info *info, const struct chosen *chosen)
{
	const uint64_t found = (UINT64_C(1) << CALL_COLUMN_ACCOUNT_KEY) - 1;

	if (chosen->id || (info->colUsed & found) || !wants_order(info))
		return 0;
	switch (info->aOrderBy[0].iColumn) {
	case CALL_COLUMN_ACCOUNT_KEY:
	case CALL_COLUMN_PRESENTED_E164:
	case CALL_COLUMN_PRESENTED_READING:
	case CALL_COLUMN_DIALLED_E164:
	case CALL_COLUMN_DIALLED_READING:
	case CALL_COLUMN_ANSWERED:
	case CALL_COLUMN_FLAGS:
		return info->aOrderBy[0].iColumn;
	default:
		return 0;
	}
}

static void order(sqlite3_index_info *info, const struct chosen *chosen)
{
	const int column = choose_order(info, chosen);

	if (info->nOrderBy == 1 && !info->aOrderBy[0].desc && info->aOrderBy[0].iColumn <= CALL_COLUMN_ID)
		info->orderByConsumed = 1;
	if (column == 0)
		return;
	info->orderByConsumed = 1;
	sqlite3_str_appendf(chosen->text, " %d%c", column, GROUPED);
}

int call_plan_choose(sqlite3_index_info *info)
{
	struct chosen chosen = { .text = sqlite3_str_new(NULL) };

	sqlite3_str_appendf(chosen.text, "%llx", (unsigned long long)info->colUsed);
	for (size_t i = 0; i < USABLE; i++)
		choose_column(info, &usable[i], &chosen);
	choose_texts(info, &chosen);
	order(info, &chosen);
	set_costs(info, &chosen);
	info->idxStr = sqlite3_str_finish(chosen.text);
	info->needToFreeIdxStr = 1;
	return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

/* ---- lists ---- */

static int rising(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

struct list {
	int64_t *items;
	size_t count, capacity;
	bool other;                    /* something in it is no integer, */
	struct call_text *text;        /* or no text of these; NULL: integers are asked */
};

/* A number is compared as its text is, but for the many that a real has. */
static bool add_text(struct list *list, sqlite3_value *value)
{
	char digits[24];

	list->count++;
	if (sqlite3_value_type(value) == SQLITE_INTEGER) {
		sqlite3_snprintf(sizeof(digits), digits, "%lld", sqlite3_value_int64(value));
		return call_text_add(list->text, digits, strlen(digits));
	}
	list->other = list->other || sqlite3_value_type(value) != SQLITE_TEXT;
	if (list->other)
		return true;
	return sqlite3_value_text(value) &&
	       call_text_add(list->text, (const char *)sqlite3_value_text(value), (size_t)sqlite3_value_bytes(value));
}

static bool add(struct list *list, sqlite3_value *value)
{
	void *items = list->items;

	if (sqlite3_value_type(value) == SQLITE_NULL)
		return true;
	if (list->text)
		return add_text(list, value);
	list->other = list->other || sqlite3_value_type(value) != SQLITE_INTEGER;
	if (!memory_room(&items, &list->capacity, list->count + 1, sizeof(*list->items)))
		return false;
	list->items = items;
	list->items[list->count++] = sqlite3_value_int64(value);
	return true;
}

/* The values of an IN; false: no memory. */
static bool read_list(sqlite3_value *values, struct list *list)
{
#if SQLITE_VERSION_NUMBER >= 3038000
	sqlite3_value *value = NULL;
	int code = sqlite3_vtab_in_first(values, &value);

	for (; code == SQLITE_OK && value; code = sqlite3_vtab_in_next(values, &value))
		if (!add(list, value))
			return false;
	list->other = list->other || (code != SQLITE_OK && code != SQLITE_DONE);
	if (list->items)
		qsort(list->items, list->count, sizeof(*list->items), rising);
	return code != SQLITE_NOMEM;
#else
	(void)values;
	list->other = true;
	return true;
#endif
}

/* ---- with values ---- */

static struct call_condition *add_condition(struct call_plan *plan, int column)
{
	struct call_condition *condition = &plan->ask.conditions[plan->ask.count++];

	*condition = (struct call_condition){ .column = call_value_of(column)->from,
					      .low = INT64_MIN, .high = INT64_MAX };
	plan->needs_understood = true;
	return condition;
}

/* A list of two conditions on the source: the second is left to SQLite. */
static void use_list(struct call_plan *plan, int column, const struct list *list)
{
	if (column == CALL_COLUMN_SOURCE && plan->ask.sources)
		return;
	if (column == CALL_COLUMN_SOURCE) {
		plan->ask.sources = list->items;
		plan->ask.source_count = list->count;
	} else {
		struct call_condition *condition = add_condition(plan, column);

		condition->low = list->items[0];
		condition->high = list->items[list->count - 1];
		condition->among = list->items;
		condition->count = list->count;
	}
}

static bool take_in(struct call_plan *plan, int column, sqlite3_value *values)
{
	struct list list = { .items = NULL };

	if (!read_list(values, &list)) {
		free(list.items);
		return false;
	}
	if (list.items)
		plan->lists[plan->list_count++] = list.items;
	if (list.count == 0 && !list.other)
		plan->never = true;
	else if (!list.other)
		use_list(plan, column, &list);
	return true;
}

/* One text, or those of an IN; what is none is left to SQLite. */
static bool take_texts(struct call_plan *plan, int column, enum compared how, sqlite3_value *value)
{
	struct call_text *text = &plan->texts[plan->ask.text_count];
	struct list list = { .text = text };
	const bool good = how == IN ? read_list(value, &list) : add(&list, value);

	text->role = (enum call_role)(column - CALL_COLUMN_ROLE);
	plan->never = plan->never || (list.count == 0 && !list.other);
	if (good && list.count > 0 && !list.other)
		plan->ask.text_count++;
	else
		call_text_release(text);
	return good;
}

static bool take_source(struct call_plan *plan, int64_t source)
{
	int64_t *list;

	if (plan->ask.sources)
		return true;
	list = memory_array(NULL, 1, sizeof(*list));
	if (!list)
		return false;
	*list = source;
	plan->lists[plan->list_count++] = list;
	plan->ask.sources = list;
	plan->ask.source_count = 1;
	return true;
}

/* Narrows what lies from *low to *high. */
static void narrow(enum compared how, int64_t value, int64_t *low, int64_t *high)
{
	if (how == ABOVE && value < INT64_MAX)
		value++;
	if (how == BELOW && value > INT64_MIN)
		value--;
	if ((how == IS || how == ABOVE || how == FROM) && value > *low)
		*low = value;
	if ((how == IS || how == BELOW || how == UP_TO) && value < *high)
		*high = value;
}

static bool take_value(struct call_plan *plan, int column, enum compared how, int64_t value)
{
	struct call_condition *condition;

	if (column == CALL_COLUMN_ID && how == IS) {
		plan->by_id = true;
		plan->id = value;
	} else if (column == CALL_COLUMN_ID) {
		int64_t low = INT64_MIN, high = INT64_MAX;

		narrow(how, value, &low, &high);
		narrow(FROM, low / SEGMENT_ROWS - (low < 0), &plan->ask.first, &plan->ask.last);
		narrow(UP_TO, high / SEGMENT_ROWS, &plan->ask.first, &plan->ask.last);
	} else if (column == CALL_COLUMN_SOURCE) {
		return take_source(plan, value);
	} else if (column == CALL_COLUMN_STARTED_UTC) {
		plan->ask.by_start = true;
		narrow(how, value, &plan->ask.since, &plan->ask.until);
	} else {
		condition = add_condition(plan, column);
		condition->low = condition->high = value;
	}
	return true;
}

/* A condition; what is no integer is left to SQLite. */
static bool take(struct call_plan *plan, int column, enum compared how, sqlite3_value *value)
{
	if (is_text(column))
		return take_texts(plan, column, how, value);
	if (how == IN)
		return take_in(plan, column, value);
	if (sqlite3_value_type(value) == SQLITE_NULL)
		plan->never = true;
	return sqlite3_value_type(value) != SQLITE_INTEGER ||
	       take_value(plan, column, how, sqlite3_value_int64(value));
}

/* Seconds as milliseconds; those beyond 64 bits become the last there are. */
static int64_t milliseconds(int64_t seconds, int64_t more)
{
	int64_t ms;

	if (!__builtin_mul_overflow(seconds, INT64_C(1000), &ms) && !__builtin_add_overflow(ms, more, &ms))
		return ms;
	return seconds < 0 ? INT64_MIN : INT64_MAX;
}

/* Rows of segments that begin before and end after are compared one by one. */
static void end_start(struct call_plan *plan)
{
	struct call_condition *condition;

	plan->needs_understood = plan->needs_understood || plan->ask.by_start;
	plan->never = plan->never || plan->ask.since > plan->ask.until;
	if (!plan->ask.by_start || plan->ask.count == CALL_CONDITIONS)
		return;
	condition = add_condition(plan, CALL_COLUMN_STARTED_UTC);
	condition->low = milliseconds(plan->ask.since, 0);
	condition->high = milliseconds(plan->ask.until, 999);
}

bool call_plan_take(struct call_plan *plan, const char *text, sqlite3_value **values)
{
	char *at;
	bool good = true;

	call_plan_release(plan);
	plan->ask.first = plan->ask.since = INT64_MIN;
	plan->ask.last = plan->ask.until = INT64_MAX;
	plan->used = strtoull(text, &at, 16);
	while (*at == ' ' && good) {
		const int column = (int)strtol(at + 1, &at, 10);

		if (*at == GROUPED)
			plan->grouped = column;
		else
			good = take(plan, column, (enum compared)*at, *values++);
		at++;
	}
	end_start(plan);
	return good;
}

enum status call_plan_settle(struct call_plan *plan, struct casefile *casefile, const struct forms *forms,
			     bool understood)
{
	enum status status = STATUS_OK;

	plan->ask.texts = plan->texts;
	for (size_t i = 0; i < plan->ask.text_count && status == STATUS_OK; i++) {
		struct call_text *text = &plan->texts[i];

		if (!call_text_settle(text, forms))
			status = error_memory(&casefile->error);
		else if (text->role == CALL_ACCOUNT && understood)
			status = call_account_settle(text, casefile);
	}
	return status;
}

void call_plan_release(struct call_plan *plan)
{
	for (size_t i = 0; i < CALL_TEXTS; i++)
		call_text_release(&plan->texts[i]);
	for (size_t i = 0; i < plan->list_count; i++)
		free(plan->lists[i]);
	memset(plan, 0, sizeof(*plan));
}
