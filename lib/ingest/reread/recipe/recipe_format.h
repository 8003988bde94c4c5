/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a recipe that only formats other than delimited text have. */
#ifndef UNSPOOF_INGEST_REREAD_RECIPE_FORMAT_H
#define UNSPOOF_INGEST_REREAD_RECIPE_FORMAT_H

#include <stdbool.h>

#include "base/text.h"
#include "ingest/reread/recipe/recipe.h"

/* Each takes what stands behind the word of its line; false: it is none, or, of a name, there is
 * no memory, which recipe->widened says. */
bool recipe_take_format(struct recipe *recipe, struct text rest);
bool recipe_take_columns(struct recipe *recipe, struct text rest);
bool recipe_take_beside(struct recipe *recipe, struct text rest);
bool recipe_take_widened(struct recipe *recipe, struct text rest);

/* Whether it has patterns of records where its format needs them, and nowhere else. */
bool recipe_format_sound(const struct recipe *recipe);

/* Whether a member is opened the same by two of them: so it is read once for both. */
bool recipe_opens_same(const struct recipe *recipe, const struct recipe *other);

#endif
