/* SPDX-License-Identifier: Apache-2.0 */
/* The texts of a workbook that its cells have by number (ECMA-376 part 1, 18.4). */
#include "ingest/xlsx/shared_strings.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void start(void *context, struct part *part, const char *name, const struct attributes *attributes)
{
	struct shared_strings *strings = context;

	(void)attributes;
	if (!strcmp(name, "rPh"))
		strings->phonetic = true;
	strings->text = !strcmp(name, "t") && !strings->phonetic;
	strings->too_large = strings->bytes.len > SHARED_STRINGS_MOST;
	if (strings->too_large || strings->failed || strings->bytes.failed)
		part_stop(part);
}

static void end(void *context, struct part *part, const char *name)
{
	struct shared_strings *strings = context;
	void *ends = strings->ends;

	(void)part;
	strings->text = false;
	if (!strcmp(name, "rPh"))
		strings->phonetic = false;
	if (strcmp(name, "si") != 0)
		return;
	if (!memory_room(&ends, &strings->capacity, strings->count + 1, sizeof(*strings->ends))) {
		strings->failed = true;
		return;
	}
	strings->ends = ends;
	strings->ends[strings->count++] = (uint32_t)strings->bytes.len;
}

static void take(void *context, struct text text)
{
	struct shared_strings *strings = context;

	if (strings->text && strings->bytes.len <= SHARED_STRINGS_MOST)
		buf_add(&strings->bytes, text.data, text.len);
}

const struct part_handler shared_strings_handler = { start, end, take };

bool shared_strings_at(const struct shared_strings *strings, uint64_t number, struct text *text)
{
	uint32_t from;

	if (number >= strings->count)
		return false;
	from = number > 0 ? strings->ends[number - 1] : 0;
	*text = (struct text){ strings->bytes.data ? strings->bytes.data + from : "", strings->ends[number] - from };
	return true;
}

void shared_strings_release(struct shared_strings *strings)
{
	buf_release(&strings->bytes);
	free(strings->ends);
	memset(strings, 0, sizeof(*strings));
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The code point of an escape at the start of a text; -1: there is none. */
static int escape_at(struct text text)
{
	int point = 0;

	if (text.len < 7 || text.data[0] != '_' || text.data[1] != 'x' || text.data[6] != '_')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		if (digit(text.data[i]) < 0)
			return -1;
		point = point * 16 + digit(text.data[i]);
	}
	return point;
}

/* What XML cannot hold is written so, and an underscore that would look like it. */
void shared_strings_plain(struct text text, struct buf *out)
{
	while (text.len > 0) {
		const int point = escape_at(text);
		const size_t used = point >= 0 && (point < 0x20 || point == '_') ? 7 : 1;

		buf_byte(out, used == 7 ? (char)point : text.data[0]);
		text.data += used;
		text.len -= used;
	}
}
