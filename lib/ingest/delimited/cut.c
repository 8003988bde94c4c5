/* SPDX-License-Identifier: Apache-2.0 */
/* Cutting lines in place: for any machine, and the choice for this one. */
#include "ingest/delimited/cut.h"

#include <string.h>

#include "ingest/delimited/cut_by.h"

static struct marks find_plain(const char *block, char separator, char quote)
{
	struct marks marks = { 0, 0, 0 };

	for (unsigned i = 0; i < CUT_BLOCK; i++) {
		const char c = block[i];

		marks.separators |= (uint64_t)(c == separator) << i;
		marks.quotes |= (uint64_t)(c == quote) << i;
		marks.stops |= (uint64_t)(c == '\n' || c == '\r' || c == '\0') << i;
	}
	return marks;
}

static size_t cut_plain(struct cut *cut, const char *from)
{
	return cut_by(cut, from, find_plain);
}

/* Copies what stands in quotes with its doubled quotes as one, and counts those
 * as found. CUT_NONE: a quote of it is not doubled. */
static size_t copy_single(const struct text *field, char quote, char *room,
			  size_t *quotes)
{
	size_t len = 0;

	for (size_t i = 0; i < field->len; i++) {
		room[len++] = field->data[i];
		if (field->data[i] != quote)
			continue;
		if (++i == field->len || field->data[i] != quote)
			return CUT_NONE;
		*quotes += 2;
	}
	return len;
}

bool cut_unquote_field_plain(struct text *field, char quote, char **room, size_t *quotes)
{
	size_t len = field->len;

	if (len < 2 || field->data[len - 1] != quote)
		return false;
	*quotes += 2;
	field->data++;
	field->len -= 2;
	if (!memchr(field->data, quote, field->len))
		return true;
	len = copy_single(field, quote, *room, quotes);
	if (len == CUT_NONE)
		return false;
	field->data = *room;
	field->len = len;
	*room += len;
	return true;
}

bool cut_unquote_plain(struct cut *cut, char *room)
{
	return cut_unquote_by(cut, room, cut_unquote_field_plain);
}

const struct cutter *cut_choose(enum cpu_level level)
{
	static const struct cutter plain = { cut_plain, cut_unquote_plain };
	static const struct cutter *const cutters[CPU_LEVELS] = {
		[CPU_PLAIN] = &plain,
#if CPU_X86
		[CPU_SSE2] = &cut_sse2,
		[CPU_AVX2] = &cut_avx2,
		[CPU_AVX512] = &cut_avx512,
#endif
	};

	return cutters[level];
}

const struct cutter *cut_fastest(void)
{
	return cut_choose(cpu_level());
}
