/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of a watch-list. */
#include "export/match/match_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define NAME_SHOWN 300
#define LINE_SHOWN 80

static enum status refuse(struct error *error, const char *name, uint32_t number, struct text line, const char *reason)
{
	char file[NAME_SHOWN], shown[LINE_SHOWN];

	return error_set(error, STATUS_FAILED, "%s:%u: '%s': %s", text_escape(text_of(name), file, sizeof(file)), number,
			 text_escape(line, shown, sizeof(shown)), reason);
}

/* What a program that saves text as Unicode may put before it. */
static struct text without_mark(struct text text)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (text.len >= 3 && !memcmp(text.data, mark, 3))
		text = (struct text){ text.data + 3, text.len - 3 };
	return text;
}

static const char *wrong(const struct match_list *list, struct text line)
{
	if (line.len > MATCH_TEXT_MOST)
		return "has over 1,000 bytes; give one identifier a line";
	if (memchr(line.data, '\0', line.len))
		return "has a NUL: save the list as UTF-8";
	if (list->count == MATCH_LIST_MOST)
		return "is the identifier behind the 100,000th; split the list";
	return NULL;
}

static enum status take(struct match_list *list, uint32_t number, struct text line, const char *name, struct error *error)
{
	const char *reason = wrong(list, line);
	void *entries = list->entries;

	if (reason)
		return refuse(error, name, number, line, reason);
	if (!memory_room(&entries, &list->capacity, list->count + 1, sizeof(*list->entries)))
		return error_memory(error);
	list->entries = entries;
	list->entries[list->count++] = (struct match_entry){ number, line };
	return STATUS_OK;
}

enum status match_list_read(struct match_list *list, const char *name, struct text text, struct error *error)
{
	struct text rest = without_mark(text);
	enum status status = STATUS_OK;
	char shown[NAME_SHOWN];

	for (uint32_t number = 1; rest.len > 0 && status == STATUS_OK; number++) {
		const struct text line = text_trim(text_take_line(&rest));

		if (line.len > 0 && *line.data == '#')
			list->comments++;
		else if (line.len > 0)
			status = take(list, number, line, name, error);
	}
	if (status == STATUS_OK && list->count == 0)
		status = error_set(error, STATUS_FAILED, "%s: no identifier in it; give one a line",
				   text_escape(text_of(name), shown, sizeof(shown)));
	return status;
}

void match_list_release(struct match_list *list)
{
	free(list->entries);
	memset(list, 0, sizeof(*list));
}
