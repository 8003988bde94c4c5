/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of distinct texts in byte order. */
#include "base/table/text_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/merge.h"

#define ITEMS_FIRST 1024

struct text_listed {
	uint64_t owner;
	union {
		size_t at;             /* of the text, in bytes */
		const char *text;      /* while they are sorted */
	};
};

static struct text text_at(const char *at)
{
	struct text text = { at + sizeof(uint32_t), 0 };
	uint32_t len;

	memcpy(&len, at, sizeof(len));
	text.len = len;
	return text;
}

static int compare(const void *a, const void *b)
{
	const struct text_listed *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	return text_compare(text_at(x->text), text_at(y->text));
}

static const struct record_kind kind = { sizeof(struct text_listed), compare, NULL, true };

void text_lists_release(struct text_lists *lists)
{
	free(lists->items);
	buf_release(&lists->bytes);
	memset(lists, 0, sizeof(*lists));
}

/* Into order, without repeats. */
static void sort(struct text_lists *lists)
{
	for (size_t i = 0; i < lists->count; i++)
		lists->items[i].text = lists->bytes.data + lists->items[i].at;
	lists->count = records_settle(&kind, lists->items, lists->count);
	for (size_t i = 0; i < lists->count; i++)
		lists->items[i].at = (size_t)(lists->items[i].text - lists->bytes.data);
}

static bool put(struct buf *bytes, struct text text)
{
	const uint32_t len = (uint32_t)text.len;

	buf_add(bytes, &len, sizeof(len));
	buf_add(bytes, text.data, text.len);
	return !bytes->failed;
}

/* Only the texts that are left. */
static bool pack(struct text_lists *lists)
{
	struct buf bytes = { 0 };
	bool good = true;

	for (size_t i = 0; i < lists->count && good; i++) {
		const char *text = lists->bytes.data + lists->items[i].at;

		lists->items[i].at = bytes.len;
		good = put(&bytes, text_at(text));
	}
	buf_release(&lists->bytes);
	lists->bytes = bytes;
	return good;
}

/* A full room is settled first, and grows only when that gave little. */
static bool make_room(struct text_lists *lists)
{
	void *items;

	if (lists->count)
		sort(lists);
	if (lists->count < lists->capacity / 2)
		return pack(lists);
	items = lists->items;
	if (!memory_room(&items, &lists->capacity, lists->capacity ? 2 * lists->capacity : ITEMS_FIRST,
			 sizeof(*lists->items)))
		return false;
	lists->items = items;
	return true;
}

bool text_lists_add(struct text_lists *lists, uint32_t owner, struct text text)
{
	if (text.len == 0)
		return true;
	if (lists->count == lists->capacity && !make_room(lists))
		return false;
	lists->items[lists->count].owner = owner;
	lists->items[lists->count++].at = lists->bytes.len;
	return text.len <= UINT32_MAX && put(&lists->bytes, text);
}

bool text_lists_settle(struct text_lists *lists)
{
	const size_t before = lists->count;

	sort(lists);
	return lists->count == before || pack(lists);
}

void text_lists_regroup(struct text_lists *lists, const uint32_t *owners)
{
	for (size_t i = 0; i < lists->count; i++)
		lists->items[i].owner = owners[lists->items[i].owner];
	sort(lists);
}

bool text_lists_next(const struct text_lists *lists, size_t *next, uint32_t *owner, struct text *text)
{
	if (*next == lists->count)
		return false;
	*owner = (uint32_t)lists->items[*next].owner;
	*text = text_at(lists->bytes.data + lists->items[(*next)++].at);
	return true;
}

void text_list_add(struct buf *out, size_t begin, struct text text)
{
	size_t from = 0;

	if (out->len > begin)
		buf_byte(out, ';');
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] != ';' && text.data[i] != '\\')
			continue;
		buf_add(out, text.data + from, i - from);
		buf_byte(out, '\\');
		from = i;
	}
	buf_add(out, text.data + from, text.len - from);
}

void text_lists_write(const struct text_lists *lists, size_t *next, uint32_t owner, struct buf *out)
{
	const size_t begin = out->len;

	while (*next < lists->count && lists->items[*next].owner < owner)
		++*next;
	for (; *next < lists->count && lists->items[*next].owner == owner; ++*next)
		text_list_add(out, begin, text_at(lists->bytes.data + lists->items[*next].at));
}
