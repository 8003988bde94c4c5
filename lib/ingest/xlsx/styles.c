/* SPDX-License-Identifier: Apache-2.0 */
/* What the numbers of a workbook are by the styles of their cells (ECMA-376 part 1, 18.8). */
#include "ingest/xlsx/styles.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void add_format(struct styles *styles, const struct attributes *attributes)
{
	void *formats = styles->formats;
	uint64_t id;

	if (!text_to_u64(attribute(attributes, "numFmtId"), &id) || styles->format_count == STYLES_MOST)
		return;
	if (!memory_room(&formats, &styles->format_capacity, styles->format_count + 1, sizeof(*styles->formats))) {
		styles->failed = true;
		return;
	}
	styles->formats = formats;
	styles->formats[styles->format_count++] =
		(struct own_format){ id, style_of(attribute(attributes, "formatCode")) };
}

/* The workbook's own of a number is stronger than what every program knows. */
static enum number_style style_by_id(const struct styles *styles, uint64_t id)
{
	for (size_t i = styles->format_count; i > 0; i--)
		if (styles->formats[i - 1].id == id)
			return styles->formats[i - 1].style;
	return style_known(id);
}

static void add_cell(struct styles *styles, const struct attributes *attributes)
{
	void *cells = styles->cells;
	uint64_t id;

	if (styles->count == STYLES_MOST)
		return;
	if (!memory_room(&cells, &styles->capacity, styles->count + 1, 1)) {
		styles->failed = true;
		return;
	}
	styles->cells = cells;
	if (!text_to_u64(attribute(attributes, "numFmtId"), &id))
		id = 0;
	styles->cells[styles->count++] = (unsigned char)style_by_id(styles, id);
}

static void start(void *context, struct part *part, const char *name, const struct attributes *attributes)
{
	struct styles *styles = context;

	if (!strcmp(name, "cellXfs"))
		styles->within = true;
	else if (!strcmp(name, "numFmt"))
		add_format(styles, attributes);
	else if (styles->within && !strcmp(name, "xf"))
		add_cell(styles, attributes);
	if (styles->failed)
		part_stop(part);
}

static void end(void *context, struct part *part, const char *name)
{
	struct styles *styles = context;

	(void)part;
	if (!strcmp(name, "cellXfs"))
		styles->within = false;
}

static void take(void *context, struct text text)
{
	(void)context, (void)text;
}

const struct part_handler styles_handler = { start, end, take };

enum number_style styles_at(const struct styles *styles, uint64_t number)
{
	return number < styles->count ? (enum number_style)styles->cells[number] : STYLE_NUMBER;
}

void styles_release(struct styles *styles)
{
	free(styles->formats);
	free(styles->cells);
	memset(styles, 0, sizeof(*styles));
}
