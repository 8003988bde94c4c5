/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a recipe that only formats other than delimited text have. */
#include "ingest/reread/recipe/recipe_format.h"

#include <string.h>

#include "ingest/format/format.h"

bool recipe_take_format(struct recipe *recipe, struct text rest)
{
	for (const struct format *const *format = formats; *format; format++)
		if (*format != &format_delimited && text_is(rest, (*format)->name))
			recipe->format = *format;
	return recipe->format != NULL;
}

bool recipe_take_columns(struct recipe *recipe, struct text rest)
{
	if (rest.len != DIGEST_HEX - 1)
		return false;
	memcpy(recipe->columns, rest.data, rest.len);
	return true;
}

bool recipe_take_beside(struct recipe *recipe, struct text rest)
{
	recipe->beside = text_is(rest, "1");
	return recipe->beside;
}

bool recipe_take_widened(struct recipe *recipe, struct text rest)
{
	buf_add(&recipe->widened, rest.data, rest.len);
	buf_byte(&recipe->widened, '\n');
	return !recipe->widened.failed;
}

bool recipe_format_sound(const struct recipe *recipe)
{
	const bool record = recipe->format == &format_pattern;

	return record == (recipe->record != NULL) && (record || !recipe->begins);
}

bool recipe_opens_same(const struct recipe *recipe, const struct recipe *other)
{
	return recipe->format == other->format && recipe->encoding == other->encoding &&
	       recipe->dialect.head == other->dialect.head && recipe->beside == other->beside &&
	       !recipe->record && !other->record;
}
