/* SPDX-License-Identifier: Apache-2.0 */
/* Names that are presented without a number. */
#include "number/read/number_name.h"

#include "number/read/number_read.h"
#include "number/read/number_withheld.h"

/* What may stand around a name. */
#define AROUND ((unsigned)(NUMBER_FLAG_NAME | NUMBER_FLAG_QUOTES | NUMBER_FLAG_INVISIBLE))

static struct text without_quotes(struct text name)
{
	while (name.len >= 2 && (name.data[0] == '"' || name.data[0] == '\'') && name.data[name.len - 1] == name.data[0])
		name = text_trim((struct text){ name.data + 1, name.len - 2 });
	return name;
}

struct text number_name(struct text text, struct unwrapped *room)
{
	const struct text none = { NULL, 0 };

	if (text.len > NUMBER_TEXT_MAX)
		return none;
	if (text.len == 0)
		return text_of("");
	number_unwrap(text.data, text.len, room);
	if ((room->flags & ~AROUND) || (room->text.len && room->name.len))
		return none;
	if (!(room->flags & (NUMBER_FLAG_NAME | NUMBER_FLAG_QUOTES)))
		return room->text.len ? text_trim(text) : room->text;
	return without_quotes(room->text.len ? room->text : room->name);
}

static bool has_letter(struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char c = (unsigned char)text.data[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80)
			return true;
	}
	return false;
}

struct text number_shown(struct text text, struct unwrapped *room)
{
	const struct text name = number_name(text, room);

	return has_letter(name) && !number_withheld_words(name) ? name : text;
}
