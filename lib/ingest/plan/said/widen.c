/* SPDX-License-Identifier: Apache-2.0 */
/* Columns that a profile names, and that only rows behind the first ones have. */
#include "ingest/plan/said/widen.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The names of columns while they grow. */
struct names {
	struct text *items;
	size_t count, capacity;
	bool failed;
};

static void add(struct names *names, struct text name)
{
	void *items = names->items;

	if (!name.data)
		return;
	/* A name is found whatever its case: see mapping.h. */
	for (size_t i = 0; i < names->count; i++)
		if (text_equal_fold(names->items[i], name))
			return;
	if (!memory_room(&items, &names->capacity, names->count + 1, sizeof(*names->items))) {
		names->failed = true;
		return;
	}
	names->items = items;
	names->items[names->count++] = name;
}

static void add_column(struct names *names, const struct profile_column *column)
{
	add(names, text_of(column->name));
}

static void add_all(struct names *names, const struct profile *profile)
{
	for (size_t i = 0; i < profile->role_count; i++) {
		const struct profile_role *role = &profile->roles[i];

		/* The words of a value that is said are no column. */
		if (!role->constant)
			add_column(names, &role->column);
		add_column(names, &role->second);
		if (role->when)
			add_column(names, &role->when_column);
	}
	for (size_t i = 0; i < profile->fallback_count; i++)
		add_column(names, &profile->fallbacks[i].column);
}

/* The sample with another first row. */
static bool replace(struct sample *sample, const struct names *names)
{
	struct sample wider = { 0 };

	sample_add(&wider, names->items, names->count);
	for (size_t i = 1; i < sample->row_count; i++)
		sample_add(&wider, sample->rows[i].fields, sample->rows[i].count);
	if (!sample_end(&wider)) {
		sample_release(&wider);
		return false;
	}
	sample_release(sample);
	*sample = wider;
	return true;
}

/* Those that the sample has. */
static bool begin(struct names *names, const struct sample *sample)
{
	const struct sample_row *first = &sample->rows[0];

	names->items = memory_array(NULL, first->count + 1, sizeof(*names->items));
	if (!names->items)
		return false;
	names->capacity = first->count + 1;
	names->count = first->count;
	if (names->count > 0)
		memcpy(names->items, first->fields, names->count * sizeof(*names->items));
	return true;
}

static bool end(struct names *names, struct sample *sample)
{
	bool good = !names->failed;

	if (good && names->count > sample->rows[0].count)
		good = replace(sample, names);
	free(names->items);
	return good;
}

bool widen_sample(struct sample *sample, const struct profile *profile)
{
	struct names names = { 0 };

	if (sample->row_count == 0)
		return true;
	if (!begin(&names, sample))
		return false;
	add_all(&names, profile);
	return end(&names, sample);
}

bool widen_sample_by(struct sample *sample, struct text lines)
{
	struct names names = { 0 };

	if (sample->row_count == 0 || lines.len == 0)
		return true;
	if (!begin(&names, sample))
		return false;
	while (lines.len > 0)
		add(&names, text_take_line(&lines));
	return end(&names, sample);
}
