/* SPDX-License-Identifier: Apache-2.0 */
/* Members that are one row. */
#include "ingest/xml/xml_probe.h"

#include <string.h>

bool xml_probe_open(struct xml_probe *probe, const struct json_columns *columns, const char *encoding)
{
	probe->row.encoding = encoding;
	probe->row.keeps = true;
	probe->row.signature = &probe->signature;
	return xml_row_open(&probe->row, columns);
}

void xml_probe_close(struct xml_probe *probe)
{
	xml_row_close(&probe->row);
	buf_release(&probe->signature);
	dictionary_release(&probe->known);
	memset(probe, 0, sizeof(*probe));
}

bool xml_probe_read(struct xml_probe *probe, const struct xml_place *place, struct text member, bool *known)
{
	struct xml_items items = xml_items_of(place, member);
	struct record record;
	enum xml_item item, behind = XML_ITEM_WRONG;

	items.last = true;
	buf_clear(&probe->signature);
	buf_clear(&probe->row.kept);
	item = xml_items_next(&items, &probe->row, &record);
	if (item == XML_ITEM_ROW)
		behind = xml_items_next(&items, &probe->row, &record);
	*known = false;
	if (item == XML_ITEM_MEMORY || behind == XML_ITEM_MEMORY || probe->signature.failed)
		return false;
	if (behind == XML_ITEM_END) {
		*known = dictionary_find(&probe->known, buf_view(&probe->signature)) != DICTIONARY_NONE;
		return true;
	}
	buf_clear(&probe->signature);
	buf_clear(&probe->row.kept);
	return true;
}

bool xml_probe_take(struct xml_probe *probe)
{
	const struct text signature = buf_view(&probe->signature);

	if (signature.len == 0 || signature.len > XML_PROBE_MOST - probe->bytes)
		return true;
	probe->bytes += signature.len;
	return dictionary_add(&probe->known, signature) != DICTIONARY_NONE;
}

struct xml_row *xml_probe_row(struct xml_probe *probe)
{
	return probe && probe->row.kept.len > 0 ? &probe->row : NULL;
}
