/* SPDX-License-Identifier: Apache-2.0 */
/* What the columns of a table are called where its rows are written as they are found. */
#include "ingest/rows/column_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table/dictionary.h"
#include "ingest/rows/source_rows.h"

static const char *const own[] = { ROWS_TABLE, ROWS_LINE, ROWS_OFFSET, ROWS_LENGTH, ROWS_MEMBER, ROWS_EXTRA };

/* A name ends at a NUL byte. */
static void add_name(struct buf *out, struct text name)
{
	for (size_t i = 0; i < name.len; i++) {
		if (name.data[i] == '\0')
			buf_text(out, "\\x00");
		else
			buf_byte(out, name.data[i]);
	}
}

/* Numbers that a name may have got already are gone over at once: next[] has, for each text that
 * was met, the number to try. */
struct naming {
	struct dictionary taken;
	size_t *next;
	size_t capacity;
};

static bool take(struct naming *naming, struct text name, uint32_t *number, bool *fresh)
{
	const size_t before = naming->taken.count;
	void *next = naming->next;

	*number = dictionary_add(&naming->taken, name);
	*fresh = naming->taken.count > before;
	if (*number == DICTIONARY_NONE ||
	    !memory_room(&next, &naming->capacity, naming->taken.count, sizeof(*naming->next)))
		return false;
	naming->next = next;
	if (*fresh)
		naming->next[*number] = 2;
	return true;
}

/* Makes a name one that none has. */
static bool make_single(struct naming *naming, struct buf *name)
{
	const size_t len = name->len;
	uint32_t first, number;
	bool fresh;

	if (!take(naming, buf_view(name), &first, &fresh))
		return false;
	while (!fresh && !name->failed) {
		name->len = len;
		buf_format(name, "_%zu", naming->next[first]++);
		if (!take(naming, buf_view(name), &number, &fresh))
			return false;
	}
	return !name->failed;
}

static bool add_column(struct columns *columns, struct naming *naming, struct text found)
{
	struct buf name = { 0 };
	bool good;

	add_name(&name, text_trim(found));
	if (name.len == 0)
		buf_format(&name, "column%zu", columns->count + 1);
	good = !name.failed && make_single(naming, &name);
	if (!good)
		buf_release(&name);
	else
		columns->names[columns->count++] = name.data;
	return good;
}

bool columns_name(struct columns *columns, const struct stream *stream)
{
	const struct sample *sample = &stream->sample;
	const bool named = stream->header == 1 && sample->row_count > 0;
	const size_t count = named ? sample->rows[0].count : sample->width;
	struct naming naming = { .next = NULL };
	uint32_t number;
	bool fresh, good;

	columns->names = memory_array(NULL, count, sizeof(*columns->names));
	good = columns->names != NULL;
	for (size_t i = 0; good && i < sizeof(own) / sizeof(own[0]); i++)
		good = take(&naming, text_of(own[i]), &number, &fresh);
	for (size_t i = 0; good && i < count; i++)
		good = add_column(columns, &naming,
				  named ? sample->rows[0].fields[i] : (struct text){ "", 0 });
	dictionary_release(&naming.taken);
	free(naming.next);
	return good;
}

void columns_release(struct columns *columns)
{
	for (size_t i = 0; i < columns->count; i++)
		free(columns->names[i]);
	free(columns->names);
	memset(columns, 0, sizeof(*columns));
}
