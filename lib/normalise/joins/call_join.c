/* SPDX-License-Identifier: Apache-2.0 */
/* Calls with what their keys are in other tables: columns of a segment as they are to be
 * understood. */
#include "normalise/joins/call_join.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

void call_join_release(struct call_join *join)
{
	for (size_t i = 0; i < 2 * CALL_ROLES; i++)
		free(join->own[i]);
	buf_release(&join->made);
	dictionary_release(&join->texts);
	memset(join, 0, sizeof(*join));
}

/* A copy of a column that stands for it; NULL: no memory. */
static int64_t *own_column(struct call_join *join, struct segment *segment, unsigned column)
{
	int64_t **own = &join->own[column - FOUND_ROLE];

	if (!*own)
		*own = memory_array(NULL, SEGMENT_ROWS, sizeof(**own));
	if (!*own)
		return NULL;
	memcpy(*own, segment->found[column], segment->rows * sizeof(**own));
	join->found[column - FOUND_ROLE] = segment->found[column];
	segment->found[column] = *own;
	return *own;
}

void call_join_restore(struct call_join *join, struct segment *segment)
{
	for (unsigned i = 0; i < 2 * CALL_ROLES; i++) {
		if (!join->found[i])
			continue;
		segment->found[FOUND_ROLE + i] = join->found[i];
		join->found[i] = NULL;
	}
	if (join->made_heap)
		segment->heap = join->heap;
	join->made_heap = false;
}

static uint32_t get_u32(const char *data)
{
	const unsigned char *b = (const unsigned char *)data;

	return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
}

static void put_u32(struct buf *buf, uint64_t value)
{
	for (unsigned k = 0; k < 4; k++, value >>= 8)
		buf_byte(buf, (char)(value & 0xff));
}

/* The texts of the heap keep their numbers; a damaged one has none. */
static void take_heap(struct call_join *join, const struct segment *segment)
{
	const uint32_t count = segment->heap.len < 4 ? 0 : get_u32(segment->heap.data);

	dictionary_clear(&join->texts);
	join->heap = segment->heap;
	join->first = count <= (segment->heap.len - (count > 0 ? 4 : 0)) / 4 ? count : 0;
	join->made_heap = false;
}

/* Makes the heap anew, those texts first, as segment_heap() reads it. */
static bool make_heap(struct call_join *join, struct segment *segment)
{
	const struct dictionary *texts = &join->texts;
	const size_t head = join->first ? 4 + 4 * (size_t)join->first : 0;
	const size_t found = join->first ? segment->heap.len - head : 0;

	if (texts->count == 0)
		return true;
	if (found + texts->bytes.len > UINT32_MAX)
		return false;
	buf_clear(&join->made);
	put_u32(&join->made, join->first + texts->count);
	if (join->first)
		buf_add(&join->made, segment->heap.data + 4, head - 4);
	for (size_t i = 0; i < texts->count; i++)
		put_u32(&join->made, found + texts->ends[i]);
	if (join->first)
		buf_add(&join->made, segment->heap.data + head, found);
	buf_add(&join->made, texts->bytes.data ? texts->bytes.data : "", texts->bytes.len);
	segment->heap = buf_view(&join->made);
	join->made_heap = true;
	return !join->made.failed;
}

/* Rows of one key that stand behind one another are looked up once. */
struct last {
	int64_t form, value;        /* as found */
	int64_t joined_form, joined_value;
	struct join_count step;     /* that one more row of it is */
};

static bool look_up(struct call_join *join, const struct join *of, const struct absents *absents,
		    struct text key, struct last *last)
{
	struct text value;
	uint32_t number;

	memset(&last->step, 0, sizeof(last->step));
	last->joined_form = last->form;
	last->joined_value = last->value;
	if (text_trim(key).len == 0 || absents_in(absents, kind_info(KIND_CALL)->roles[of->role].name, key))
		return true;
	value = join_value(&last->step, of->map, key);
	if (last->step.joined == 0)
		return true;
	number = dictionary_add(&join->texts, value);
	last->joined_form = FORM_HEAP;
	last->joined_value = (int64_t)join->first + number;
	return number != DICTIONARY_NONE;
}

static bool join_role(struct call_join *join, const struct join *of, const struct absents *absents,
		      const struct form_meanings *meanings, struct segment *segment,
		      struct join_count *count)
{
	const enum call_role role = (enum call_role)of->role;
	int64_t *forms = own_column(join, segment, FOUND_FORM(role));
	int64_t *values = own_column(join, segment, FOUND_VALUE(role));
	const struct segment found = { .heap = segment->heap, .rows = segment->rows };
	struct last last = { .form = FORM_ABSENT };
	char room[FORM_LENGTH];

	if (!forms || !values)
		return false;
	for (uint32_t i = 0; i < segment->rows; i++) {
		if (forms[i] != last.form || values[i] != last.value || i == 0) {
			struct text key = { NULL, 0 };

			last.form = forms[i];
			last.value = values[i];
			if (form_meaning_of(meanings, forms[i]))
				key = form_meanings_fill(meanings, forms[i], values[i], room);
			else if (forms[i] == FORM_HEAP)
				(void)segment_heap(&found, values[i], &key);
			if (!look_up(join, of, absents, key, &last))
				return false;
		}
		forms[i] = last.joined_form;
		values[i] = last.joined_value;
		join_count_add(count, &last.step);
	}
	return true;
}

bool call_join_apply(struct call_join *join, const struct source_sense *source,
		     const struct form_meanings *meanings, struct segment *segment,
		     struct join_count counts[static CALL_ROLES])
{
	bool good = true, begun = false;

	memset(counts, 0, CALL_ROLES * sizeof(*counts));
	for (size_t role = 0; role < CALL_ROLES && good; role++) {
		const struct join *of = joins_of_role(source, role);

		if (!of || !segment->found[FOUND_FORM(role)] || !segment->found[FOUND_VALUE(role)])
			continue;
		if (!begun)
			take_heap(join, segment);
		begun = true;
		good = join_role(join, of, source->absents, meanings, segment, &counts[role]);
	}
	return good && (!begun || make_heap(join, segment));
}
