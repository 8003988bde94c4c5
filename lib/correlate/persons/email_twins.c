/* SPDX-License-Identifier: Apache-2.0 */
/* E-mail addresses that differ by dots and tags alone. */
#include "correlate/persons/email_twins.h"

#include "correlate/persons/email_identity.h"

/* Those that are written with some. */
static bool add_written(struct identifiers *twins, const struct identifiers *emails, struct buf *room)
{
	for (size_t i = 0; i < emails->count; i++) {
		const struct occurrence *item = &emails->items[i];
		struct text email;

		if (i && item->value == item[-1].value)
			continue;
		email = dictionary_text(&emails->values, item->value);
		buf_clear(room);
		if (!buf_room(room, email.len + EMAIL_IDENTITY_ROOM))
			return false;
		if (!identifiers_add(twins, (struct text){ room->data, email_bare(email, room->data) }, *item))
			return false;
	}
	return true;
}

/* And those written without, where there is one with some. */
static bool add_bare(struct identifiers *twins, const struct identifiers *emails)
{
	for (uint32_t value = 0; value < twins->values.count; value++) {
		const struct text bare = dictionary_text(&twins->values, value);
		const uint32_t number = dictionary_find(&emails->values, bare);
		size_t first;

		if (number == DICTIONARY_NONE || identifiers_of(emails, number, &first) == 0)
			continue;
		if (!identifiers_add(twins, bare, emails->items[first]))
			return false;
	}
	return true;
}

bool email_twins_find(struct identifiers *twins, const struct identifiers *emails)
{
	struct buf room = { 0 };
	const bool good = add_written(twins, emails, &room) && add_bare(twins, emails) &&
			  identifiers_arrange(twins);

	buf_release(&room);
	return good;
}
