/* SPDX-License-Identifier: Apache-2.0 */
/* Values by how they are compared. */
#include "export/match/match_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/address.h"
#include "base/net/ip_range.h"
#include "base/scan.h"

/* Longer values of a case are never sought: the identifiers are shorter. */
#define VALUE_MOST 2048

const char *match_class_name(enum match_class class)
{
	static const char *const names[MATCH_CLASSES] = {
		[MATCH_TEXT] = "text",       [MATCH_EMAIL] = "e-mail",     [MATCH_IP] = "IP address",
		[MATCH_ADDRESS] = "address", [MATCH_TXID] = "transaction", [MATCH_NUMBER] = "number",
	};

	return names[class];
}

void match_index_release(struct match_index *index)
{
	dictionary_release(&index->values);
	free(index->first);
	map64_release(&index->numbers);
	free(index->nodes);
	memset(index, 0, sizeof(*index));
}

/* Writes a value as it is compared, behind a byte of its class. Nothing: it is none of the class. */
static struct text key_of(enum match_class class, struct text value, char room[static VALUE_MOST + 2])
{
	char *out = room + 1;
	size_t len = 0;
	struct ip_address ip;
	enum address_kind kind;
	int64_t output;

	value = text_trim(value);
	if (value.len == 0 || value.len > VALUE_MOST)
		return (struct text){ NULL, 0 };
	*room = (char)class;
	switch (class) {
	case MATCH_EMAIL:
		for (; memchr(value.data, '@', value.len) && len < value.len; len++)
			out[len] = scan_lower(value.data[len]);
		break;
	case MATCH_IP:
		if (ip_address_read(value, &ip))
			memcpy(out, ip.bytes, len = IP_BYTES);
		break;
	case MATCH_ADDRESS:
		len = address_identity(value.data, value.len, out, VALUE_MOST + 1, &kind);
		break;
	case MATCH_TXID:
		len = txid_identity(value.data, value.len, out, VALUE_MOST + 1, &output);
		break;
	default:
		memcpy(out, value.data, len = value.len);
		break;
	}
	return len ? (struct text){ room, len + 1 } : (struct text){ NULL, 0 };
}

/* Puts an entry before those that a value has already, of which head is the first. Entries come in order. */
static bool link_entry(struct match_index *index, uint32_t entry, uint32_t head, uint32_t *node)
{
	void *nodes = index->nodes;

	if (head && index->nodes[head].entry == entry)
		return true;
	if (!memory_room(&nodes, &index->capacity, index->count + 2, sizeof(*index->nodes)))
		return false;
	index->nodes = nodes;
	*node = (uint32_t)++index->count;
	index->nodes[*node] = (struct match_node){ entry, head };
	return true;
}

static bool add_value(struct match_index *index, uint32_t entry, enum match_class class, struct text text)
{
	char room[VALUE_MOST + 2];
	const struct text key = key_of(class, text, room);
	const size_t before = index->values.count;
	void *first = index->first;
	uint32_t number;

	if (!key.data)
		return true;
	number = dictionary_add(&index->values, key);
	if (number == DICTIONARY_NONE ||
	    !memory_room(&first, &index->first_capacity, index->values.count, sizeof(*index->first)))
		return false;
	index->first = first;
	if (index->values.count > before)
		index->first[number] = 0;
	index->ips |= class == MATCH_IP;
	return link_entry(index, entry, index->first[number], &index->first[number]);
}

bool match_index_add(struct match_index *index, uint32_t entry, struct text text)
{
	bool good = true;

	for (unsigned class = 0; class < MATCH_NUMBER && good; class++)
		good = add_value(index, entry, (enum match_class)class, text);
	return good;
}

bool match_index_number(struct match_index *index, uint32_t entry, uint64_t number)
{
	uint64_t *head = map64_add(&index->numbers, number, NULL);
	uint32_t node = head ? (uint32_t)*head : 0;

	if (!head || !link_entry(index, entry, node, &node))
		return false;
	*head = node;
	return true;
}

uint32_t match_index_find(const struct match_index *index, enum match_class class, struct text value)
{
	char room[VALUE_MOST + 2];
	const struct text key = key_of(class, value, room);
	const uint32_t number = key.data ? dictionary_find(&index->values, key) : DICTIONARY_NONE;

	return number == DICTIONARY_NONE ? 0 : index->first[number];
}
