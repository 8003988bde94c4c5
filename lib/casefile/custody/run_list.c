/* SPDX-License-Identifier: Apache-2.0 */
/* The runs of a case, all of them, to be told. */
#include "casefile/custody/run_list.h"

#include <stdlib.h>

#include "base/memory.h"
#include "casefile/sql.h"

#define COLUMNS "ended, command, arguments, version, operator, purpose, recipient, inputs, outputs, previous, hash"

static enum status add(struct run_list *list, struct casefile *casefile, sqlite3_stmt *statement)
{
	struct run_entry *items = memory_array(list->items, list->count + 1, sizeof(*items));
	struct run_entry *item;

	if (!items)
		return error_memory(&casefile->error);
	list->items = items;
	item = &items[list->count++];
	item->id = sqlite3_column_int64(statement, RUN_TOLD);
	for (int i = 0; i < RUN_TOLD; i++) {
		const struct text text = column_text(statement, i);

		item->places[i] = list->texts.len;
		item->lengths[i] = text.len;
		buf_add(&list->texts, text.data, text.len);
	}
	if (list->texts.failed)
		return error_memory(&casefile->error);
	return columns_read(casefile, statement);
}

enum status run_list_read(struct run_list *list, struct casefile *casefile)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT " COLUMNS ", id FROM run ORDER BY id");
	enum status status;

	*list = (struct run_list){ .count = 0 };
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = add(list, casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

void run_list_release(struct run_list *list)
{
	free(list->items);
	buf_release(&list->texts);
	*list = (struct run_list){ .count = 0 };
}

struct text run_list_text(const struct run_list *list, size_t item, enum run_text which)
{
	const struct run_entry *run = &list->items[item];

	return (struct text){ run->lengths[which] ? list->texts.data + run->places[which] : "", run->lengths[which] };
}

bool run_list_has(const struct run_list *list, struct text hash)
{
	for (size_t i = list->count; i-- > 0;)
		if (text_equal(run_list_text(list, i, RUN_HASH), hash))
			return true;
	return false;
}
