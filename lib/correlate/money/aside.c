/* SPDX-License-Identifier: Apache-2.0 */
/* Amounts that are too large to be counted. */
#include "correlate/money/aside.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/source.h"
#include "correlate/notices.h"

#define PATH_SHOWN 300

void aside_release(struct aside *aside)
{
	free(aside->items);
	memset(aside, 0, sizeof(*aside));
}

bool aside_take(struct aside *aside, i128 value)
{
	return wide_add(&aside->total, value < 0 ? -value : value);
}

bool aside_put(struct aside *aside, const struct amount *amount)
{
	void *items = aside->items;

	for (size_t i = 0; i < aside->count; i++)
		if (aside->items[i].source == amount->source) {
			aside->items[i].count++;
			return true;
		}
	if (!memory_room(&items, &aside->capacity, aside->count + 1, sizeof(*aside->items)))
		return false;
	aside->items = items;
	aside->items[aside->count++] = (struct aside_rows){ amount->source, amount->member, amount->line, 1 };
	return true;
}

static enum status say(const struct aside_rows *rows, struct casefile *casefile, const char *role,
		       const char *what, struct remark_writer *remarks)
{
	struct buf shown = { 0 }, text = { 0 };
	enum status status;

	if (!source_place(casefile, rows->source, 0, PATH_SHOWN, &shown))
		buf_format(&shown, "source %lld", (long long)rows->source);
	buf_format(&text, "%llu %s too large to be counted, alone or with those before: ",
		   (unsigned long long)rows->count, what);
	notice_add_place(casefile, rows->source, rows->member, rows->line, &text);
	status = text.failed || shown.failed
			 ? error_memory(&casefile->error)
			 : remark_writer_say(remarks,
					     &(struct remark){ .source = rows->source, .shown = shown.data,
							       .role = role, .topic = "amount", .count = rows->count,
							       .line = (uint64_t)rows->line, .text = text.data,
							       .remedy = "are currency and unit right (-c)?" });
	buf_release(&shown);
	buf_release(&text);
	return status;
}

enum status aside_say(const struct aside *aside, struct casefile *casefile, const char *role,
		      const char *what, struct remark_writer *remarks)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < aside->count && status == STATUS_OK; i++)
		status = say(&aside->items[i], casefile, role, what, remarks);
	return status;
}
