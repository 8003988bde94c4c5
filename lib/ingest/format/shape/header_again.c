/* SPDX-License-Identifier: Apache-2.0 */
/* Files that were put together have a header each. */
#include "ingest/format/shape/header_again.h"

#include <string.h>

void header_again_set(struct header_again *again, const struct sample_row *header)
{
	again->header = header;
	again->bytes = header->count > 0 ? header->count - 1 : 0;
	again->lengths = 0;
	for (size_t i = 0; i < header->count; i++) {
		again->bytes += header->fields[i].len;
		again->lengths |= UINT64_C(1) << (header->fields[i].len & 63);
	}
}

/* A file that was put behind another has its byte order mark within. */
static struct text unmarked(struct text field)
{
	if (field.len >= 3 && !memcmp(field.data, "\xef\xbb\xbf", 3))
		return (struct text){ field.data + 3, field.len - 3 };
	return field;
}

bool header_again_same(const struct header_again *again, const struct record *record)
{
	const struct sample_row *header = again->header;

	if (!header || record->count != header->count)
		return false;
	/* Nearly every row parts with it at once. */
	for (size_t i = 0; i < record->count; i++)
		if (!text_equal(i == 0 ? unmarked(record->fields[0]) : record->fields[i], header->fields[i]))
			return false;
	return true;
}

static bool may_be_name(const struct header_again *again, struct text field)
{
	return again->lengths >> (field.len & 63) & 1;
}

bool header_again_as_long(const struct header_again *again, const struct record *record)
{
	/* With a line end, and quotes around each name. */
	return again->header && record->length >= again->bytes &&
	       record->length <= again->bytes + 2 + 2 * record->count && record->count > 1 &&
	       may_be_name(again, record->fields[0]) && may_be_name(again, record->fields[1]);
}

/* Whether more than half of the fields, the first aside, may be names by their length: of nearly no row. */
static bool may_name(const struct header_again *again, const struct record *record)
{
	size_t others = 0;

	for (size_t i = 1; i < record->count; i++) {
		others += !may_be_name(again, record->fields[i]);
		if (2 * others >= record->count)
			return false;
	}
	return true;
}

static bool has_name(const struct sample_row *header, struct text name)
{
	for (size_t i = 0; i < header->count; i++)
		if (header->fields[i].len == name.len && text_equal(header->fields[i], name))
			return name.len > 0;
	return false;
}

bool header_again_other(const struct header_again *again, const struct record *record)
{
	const struct sample_row *header = again->header;
	size_t known = 0, moved = 0;

	if (!header || record->count != header->count || !may_name(again, record))
		return false;
	for (size_t i = 0; i < record->count; i++) {
		const struct text field = i == 0 ? unmarked(record->fields[0]) : record->fields[i];
		const bool name = has_name(header, field);

		known += name;
		moved += name && !text_equal(header->fields[i], field);
		/* Too few are left. */
		if (2 * (known + record->count - i - 1) <= record->count)
			return false;
	}
	return moved > 0 && known >= 2;
}
