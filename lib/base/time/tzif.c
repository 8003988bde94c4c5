/* SPDX-License-Identifier: Apache-2.0 */
/* TZif files: each length is checked before the bytes it covers are read. */
#include "base/time/tzif.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define HEADER_SIZE 44
#define DAMAGED "has a damaged time zone file: install tzdata anew, or give an offset such as +01:00"

/* The six counts of a header, in its order. */
enum { UT_COUNT, STANDARD_COUNT, LEAP_COUNT, TIME_COUNT, TYPE_COUNT, CHAR_COUNT, COUNTS };

struct block {
	const unsigned char *data; /* behind the header */
	size_t len;
	uint32_t count[COUNTS];
	size_t time_size; /* bytes of a time: 4 in version 1, then 8 */
	unsigned char version;
};

static uint32_t read_u32(const unsigned char *data)
{
	return (uint32_t)data[0] << 24 | (uint32_t)data[1] << 16 | (uint32_t)data[2] << 8 | (uint32_t)data[3];
}

/* Two's complement without a conversion that the implementation defines. */
static int64_t read_signed(const unsigned char *data, size_t size)
{
	const uint64_t sign = (uint64_t)1 << (size * 8 - 1);
	uint64_t value = 0;

	for (size_t i = 0; i < size; i++)
		value = value << 8 | data[i];
	return (value & sign) == 0 ? (int64_t)value : -(int64_t)(sign - 1 - (value & (sign - 1))) - 1;
}

/* Reads a header at `data` and measures the block behind it; false when the file ends before the block does. */
static bool read_header(const unsigned char *data, size_t len, size_t time_size, struct block *out)
{
	uint64_t need;

	if (len < HEADER_SIZE || memcmp(data, "TZif", 4) != 0)
		return false;
	out->version = data[4];
	for (size_t i = 0; i < COUNTS; i++)
		out->count[i] = read_u32(data + 20 + 4 * i);
	out->time_size = time_size;
	need = (uint64_t)out->count[TIME_COUNT] * (time_size + 1) + (uint64_t)out->count[TYPE_COUNT] * 6
	       + out->count[CHAR_COUNT] + (uint64_t)out->count[LEAP_COUNT] * (time_size + 4) + out->count[STANDARD_COUNT]
	       + out->count[UT_COUNT];
	if (need > len - HEADER_SIZE)
		return false;
	out->data = data + HEADER_SIZE;
	out->len = (size_t)need;
	return true;
}

uint8_t tzif_names_add(struct tzif_names *names, const char *text, size_t len)
{
	uint8_t i = 1;

	if (names->count == 0)
		names->count = 1;
	if (len == 0 || len >= TZRULE_NAME)
		return 0;
	while (i < names->count && (strlen(names->text[i]) != len || memcmp(names->text[i], text, len) != 0))
		i++;
	if (i == TZIF_NAMES)
		return 0;
	if (i == names->count) {
		memcpy(names->text[i], text, len);
		names->count++;
	}
	return i;
}

/* The abbreviation of a local time type, which begins at a byte of the text of all. */
static uint8_t read_name(const struct block *block, const unsigned char *types, unsigned at, struct tzif_names *names)
{
	const char *all = (const char *)types + (size_t)block->count[TYPE_COUNT] * 6;
	const size_t most = block->count[CHAR_COUNT];
	const char *end = at < most ? memchr(all + at, '\0', most - at) : NULL;

	return end != NULL ? tzif_names_add(names, all + at, (size_t)(end - all) - at) : 0;
}

/* The offset and the abbreviation of a local time type. */
static bool read_type(const struct block *block, unsigned type, struct tzif_names *names, int32_t *out, uint8_t *name)
{
	const unsigned char *types = block->data + block->count[TIME_COUNT] * (block->time_size + 1);
	int64_t offset;

	if (type >= block->count[TYPE_COUNT])
		return false;
	offset = read_signed(types + (size_t)type * 6, 4);
	if (offset <= -TZIF_OFFSET_BOUND || offset >= TZIF_OFFSET_BOUND)
		return false;
	*out = (int32_t)offset;
	*name = read_name(block, types, types[(size_t)type * 6 + 5], names);
	return true;
}

static bool read_changes(const struct block *block, struct tzif *out)
{
	const unsigned char *types = block->data + block->count[TIME_COUNT] * block->time_size;

	if (!read_type(block, 0, &out->names, &out->first_offset, &out->first_name))
		return false;
	for (size_t i = 0; i < block->count[TIME_COUNT]; i++) {
		struct tzif_change *change = &out->changes[i];

		change->at = read_signed(block->data + i * block->time_size, block->time_size);
		if (!read_type(block, types[i], &out->names, &change->offset, &out->change_names[i]) || (i > 0 && change->at <= change[-1].at))
			return false;
	}
	out->count = block->count[TIME_COUNT];
	return true;
}

/* The footer: a TZ string, which may be empty, between two line ends. */
static bool read_footer(const unsigned char *data, size_t len, struct tzif *out)
{
	char text[128];
	const unsigned char *end;
	size_t size;

	if (len < 2 || data[0] != '\n')
		return false;
	end = memchr(data + 1, '\n', len - 1);
	if (end == NULL)
		return false;
	size = (size_t)(end - data) - 1;
	if (size == 0)
		return true;
	if (size > sizeof text)
		return false;
	memcpy(text, data + 1, size);
	out->has_rule = tzrule_parse(text, size, &out->rule);
	return out->has_rule;
}

const char *tzif_read(const unsigned char *data, size_t len, struct tzif *out)
{
	const unsigned char *const end = data + len;
	struct block block;

	*out = (struct tzif){0};
	if (!read_header(data, len, 4, &block))
		return DAMAGED;
	if (block.version >= '2') {
		data = block.data + block.len;
		if (!read_header(data, (size_t)(end - data), 8, &block))
			return DAMAGED;
	}
	if (block.count[LEAP_COUNT] > 0)
		return "has a time zone file that counts leap seconds: give the name without right/";
	out->changes = memory_array(NULL, block.count[TIME_COUNT], sizeof *out->changes);
	out->change_names = memory_array(NULL, block.count[TIME_COUNT], 1);
	if (out->changes == NULL || out->change_names == NULL) {
		tzif_release(out);
		return "could not be read: out of memory";
	}
	data = block.data + block.len;
	if (!read_changes(&block, out) || (block.time_size == 8 && !read_footer(data, (size_t)(end - data), out))) {
		tzif_release(out);
		return DAMAGED;
	}
	return NULL;
}

void tzif_release(struct tzif *tzif)
{
	free(tzif->changes);
	free(tzif->change_names);
	*tzif = (struct tzif){0};
}
