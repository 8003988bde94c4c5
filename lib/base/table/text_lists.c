/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of distinct texts in byte order. */
#include "base/table/text_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct ranked {
	struct text text;
	uint32_t number;
};

static int compare(const void *a, const void *b)
{
	const struct ranked *x = a;
	const struct ranked *y = b;

	return text_compare(x->text, y->text);
}

bool dictionary_rank(const struct dictionary *dictionary, uint32_t **ranks,
		     uint32_t **order)
{
	size_t count = dictionary->count;
	struct ranked *all = memory_array(NULL, count, sizeof(*all));

	*ranks = memory_array(NULL, count, sizeof(**ranks));
	*order = memory_array(NULL, count, sizeof(**order));
	if (!all || !*ranks || !*order) {
		free(all);
		free(*ranks);
		free(*order);
		*ranks = *order = NULL;
		return false;
	}
	for (uint32_t i = 0; i < count; i++) {
		all[i].text = dictionary_text(dictionary, i);
		all[i].number = i;
	}
	qsort(all, count, sizeof(*all), compare);
	for (uint32_t rank = 0; rank < count; rank++) {
		(*order)[rank] = all[rank].number;
		(*ranks)[all[rank].number] = rank;
	}
	free(all);
	return true;
}

void text_lists_release(struct text_lists *lists)
{
	dictionary_release(&lists->texts);
	pair_set_release(&lists->pairs);
	free(lists->order);
	memset(lists, 0, sizeof(*lists));
}

bool text_lists_add(struct text_lists *lists, uint32_t owner, struct text text)
{
	uint32_t number;

	if (text.len == 0)
		return true;
	number = dictionary_add(&lists->texts, text);
	if (number == DICTIONARY_NONE)
		return false;
	pair_set_add(&lists->pairs, owner, number);
	return !lists->pairs.failed;
}

/* Pairs of other numbers, owners[a] and numbers[b], NULL: as they are. */
static bool renumber(struct text_lists *lists, const uint32_t *owners,
		     const uint32_t *numbers)
{
	struct pair_set_cursor cursor = { &lists->pairs, 0 };
	struct pair_set pairs = { 0 };
	uint32_t a, b;

	while (pair_set_next(&cursor, &a, &b))
		pair_set_add(&pairs, owners ? owners[a] : a,
			     numbers ? numbers[b] : b);
	pair_set_release(&lists->pairs);
	lists->pairs = pairs;
	return pair_set_settle(&lists->pairs);
}

bool text_lists_settle(struct text_lists *lists)
{
	uint32_t *ranks;
	bool settled;

	if (!dictionary_rank(&lists->texts, &ranks, &lists->order))
		return false;
	settled = renumber(lists, NULL, ranks);
	free(ranks);
	return settled;
}

bool text_lists_regroup(struct text_lists *lists, const uint32_t *owners)
{
	return renumber(lists, owners, NULL);
}

/* With a backslash before what parts texts, and before itself. */
static void write_text(struct text text, struct buf *out)
{
	size_t begin = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] != ';' && text.data[i] != '\\')
			continue;
		buf_add(out, text.data + begin, i - begin);
		buf_byte(out, '\\');
		begin = i;
	}
	buf_add(out, text.data + begin, text.len - begin);
}

void text_lists_write(const struct text_lists *lists, struct pair_set_cursor *cursor,
		      uint32_t owner, struct buf *out)
{
	bool more = false;
	uint32_t rank;

	while (pair_set_next_of(cursor, owner, &rank)) {
		if (more)
			buf_byte(out, ';');
		more = true;
		write_text(dictionary_text(&lists->texts, lists->order[rank]),
			   out);
	}
}
