/* SPDX-License-Identifier: Apache-2.0 */
/* The conditions of a statement that spare rows of `call`, with their values. */
#include "casefile/sqlite/call_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sqlite/call_compared.h"
#include "casefile/sqlite/text/call_account.h"

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
	if (call_column_is_text(column))
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
