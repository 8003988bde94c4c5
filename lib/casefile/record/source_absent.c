/* SPDX-License-Identifier: Apache-2.0 */
/* The words that are no value in each source. */
#include "casefile/record/source_absent.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

struct source_absent_list {
	struct source_absent_list *next;
	struct absents absents;
	char *text;                 /* as recorded */
};

struct source_absent_item {
	int64_t source;
	const struct absents *absents;
};

void source_absent_release(struct source_absent *absent)
{
	while (absent->lists) {
		struct source_absent_list *list = absent->lists;

		absent->lists = list->next;
		absents_release(&list->absents);
		free(list->text);
		free(list);
	}
	free(absent->items);
	memset(absent, 0, sizeof(*absent));
}

/* Adds the list of a text, in front; NULL: no memory. */
static struct source_absent_list *add_list(struct source_absent *absent, struct text text)
{
	struct source_absent_list *list = calloc(1, sizeof(*list));

	if (!list)
		return NULL;
	list->next = absent->lists;
	absent->lists = list;
	list->text = memory_text(text.len ? text.data : "", text.len);
	return list->text && absents_read(&list->absents, text) ? list : NULL;
}

/* A profile has one list, and a case few profiles. */
static struct source_absent_list *list_of(struct source_absent *absent, struct text text)
{
	struct source_absent_list *list = absent->lists;

	while (list && !text_is(text, list->text))
		list = list->next;
	return list ? list : add_list(absent, text);
}

static enum status take(struct source_absent *absent, struct casefile *casefile,
			sqlite3_stmt *statement)
{
	const struct text text = column_text(statement, 1);
	void *items = absent->items;
	const struct source_absent_list *list;
	enum status status = columns_read(casefile, statement);

	if (status != STATUS_OK)
		return status;
	list = list_of(absent, text);
	if (!list || !memory_room(&items, &absent->capacity, absent->count + 1,
				  sizeof(*absent->items)))
		return error_memory(&casefile->error);
	absent->items = items;
	absent->items[absent->count++] = (struct source_absent_item){
		sqlite3_column_int64(statement, 0), &list->absents
	};
	return STATUS_OK;
}

enum status source_absent_load(struct source_absent *absent, struct casefile *casefile)
{
	sqlite3_stmt *statement =
		casefile_prepare(casefile, "SELECT id, absent FROM source ORDER BY id");
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = take(absent, casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static int compare(const void *key, const void *member)
{
	const int64_t source = *(const int64_t *)key;
	const struct source_absent_item *item = member;

	return source < item->source ? -1 : source > item->source;
}

const struct absents *source_absent_of(const struct source_absent *absent, int64_t source)
{
	static const struct absents none;
	const struct source_absent_item *item =
		absent->count ? bsearch(&source, absent->items, absent->count,
					sizeof(*absent->items), compare)
			      : NULL;

	return item ? item->absents : &none;
}
