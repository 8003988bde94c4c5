/* SPDX-License-Identifier: Apache-2.0 */
/* Free text in records. */
#include "ingest/pattern/cutter.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool cutter_text(struct cutter *cutter, struct text text)
{
	cutter->bytes = calloc(text.len + RECORD_READ, 1);
	if (!cutter->bytes)
		return false;
	if (text.len > 0)
		memcpy(cutter->bytes, text.data, text.len);
	cutter->to = text.len;
	cutter->capacity = text.len + RECORD_READ;
	cutter->ended = true;
	return true;
}

void cutter_release(struct cutter *cutter)
{
	free(cutter->bytes);
	cutter->bytes = NULL;
	cutter->from = cutter->to = cutter->capacity = 0;
}

/* Reads on, behind what is there. */
static enum status fill(struct cutter *cutter, struct error *error)
{
	size_t got = 0;
	enum status status;

	if (cutter->from > 0)
		memmove(cutter->bytes, cutter->bytes + cutter->from, cutter->to - cutter->from);
	cutter->to -= cutter->from;
	cutter->from = 0;
	if (cutter->to + CUTTER_STEP + RECORD_READ > cutter->capacity) {
		const size_t capacity = 2 * cutter->capacity + CUTTER_STEP + RECORD_READ;
		char *bytes = memory_array(cutter->bytes, capacity, 1);

		if (!bytes)
			return error_memory(error);
		cutter->bytes = bytes;
		cutter->capacity = capacity;
	}
	status = dump_read(cutter->dump, cutter->bytes + cutter->to, CUTTER_STEP, &got, error);
	cutter->to += got;
	cutter->ended = got == 0;
	memset(cutter->bytes + cutter->to, 0, RECORD_READ);
	return status;
}

/* The length with its end of the line that is so far behind the place; too long for a record, it
 * may be cut. */
static enum status find_line(struct cutter *cutter, size_t behind, size_t *len, struct error *error)
{
	size_t seen = behind;
	enum status status = STATUS_OK;

	for (;;) {
		/* Nothing was read yet where there are no bytes. */
		const char *at = cutter->bytes ? cutter->bytes + cutter->from : "";
		const size_t have = cutter->to - cutter->from;
		const char *end = have > seen ? memchr(at + seen, '\n', have - seen) : NULL;

		*len = end ? (size_t)(end + 1 - at) - behind : have - behind;
		if (end || cutter->ended || *len > CUTTER_RECORD_MOST)
			return STATUS_OK;
		seen = have;
		status = fill(cutter, error);
		if (status != STATUS_OK)
			return status;
	}
}

static struct text without_end(const char *bytes, size_t len)
{
	if (len > 0 && bytes[len - 1] == '\n')
		len--;
	if (len > 0 && bytes[len - 1] == '\r')
		len--;
	return (struct text){ bytes, len };
}

/* Whether a line begins a record. */
static enum match begins(const struct cutter *cutter, size_t behind, size_t len)
{
	return cutter->begins ? pattern_match(cutter->begins, cutter->matcher,
					      without_end(cutter->bytes + cutter->from + behind, len), NULL)
			      : MATCH_YES;
}

/* Takes so many bytes as a record. */
static void take(struct cutter *cutter, size_t len, struct record *record)
{
	const char *bytes = cutter->bytes + cutter->from;
	const char *at = bytes;

	memset(record, 0, sizeof(*record));
	record->line = cutter->line;
	record->offset = cutter->offset;
	record->length = len;
	record->text = without_end(bytes, len);
	while ((at = memchr(at, '\n', len - (size_t)(at - bytes))) != NULL) {
		record->lines++;
		if (++at == bytes + len)
			break;
	}
	cutter->line += record->lines;
	cutter->offset += len;
	cutter->from += len;
	/* The last line may have no end. */
	if (record->lines == 0 || bytes[len - 1] != '\n')
		record->lines++;
}

/* The lines that follow, up to one that begins another record. */
static enum status add_lines(struct cutter *cutter, size_t *len, enum cut *cut, struct error *error)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && cutter->begins && *len <= CUTTER_RECORD_MOST) {
		size_t more = 0;
		enum match match;

		status = find_line(cutter, *len, &more, error);
		if (status != STATUS_OK || more == 0)
			return status;
		match = begins(cutter, *len, more);
		if (match == MATCH_MEMORY)
			return error_memory(error);
		if (match == MATCH_YES)
			return STATUS_OK;
		if (match == MATCH_FAILED)
			*cut = CUT_ENDLESS;
		*len += more;
	}
	return status;
}

/* Goes over the rest of a record, or a line, that is too long. */
static enum status skip_long(struct cutter *cutter, struct record *record, struct error *error)
{
	bool line = cutter->bytes[cutter->from - 1] == '\n';
	enum status status = STATUS_OK;

	while (status == STATUS_OK) {
		struct record more;
		enum match match = MATCH_NO;
		size_t len = 0;

		status = find_line(cutter, 0, &len, error);
		if (status != STATUS_OK || len == 0)
			return status;
		if (line && (!cutter->begins || (match = begins(cutter, 0, len)) == MATCH_YES))
			return STATUS_OK;
		if (match == MATCH_MEMORY)
			return error_memory(error);
		line = cutter->bytes[cutter->from + len - 1] == '\n';
		take(cutter, len, &more);
		record->length += more.length;
	}
	return status;
}

/* One that is too long: of its text the first bytes are kept. */
static enum status take_long(struct cutter *cutter, size_t len, struct record *record, struct error *error)
{
	static const char none[RECORD_READ] = "";
	const uint64_t line = cutter->line;
	enum status status;

	take(cutter, len, record);
	status = skip_long(cutter, record, error);
	record->text = (struct text){ none, 0 };
	record->lines = cutter->line - line;
	return status;
}

enum status cutter_next(struct cutter *cutter, struct record *record, enum cut *cut, struct error *error)
{
	size_t len = 0;
	enum match match;
	enum status status = find_line(cutter, 0, &len, error);

	*cut = CUT_RECORD;
	if (status == STATUS_OK && len == 0)
		return STATUS_END;
	if (status != STATUS_OK)
		return status;
	match = begins(cutter, 0, len < CUTTER_RECORD_MOST ? len : CUTTER_RECORD_MOST);
	if (match == MATCH_MEMORY)
		return error_memory(error);
	if (match != MATCH_YES)
		*cut = match == MATCH_NO ? CUT_BEFORE : CUT_ENDLESS;
	else
		status = add_lines(cutter, &len, cut, error);
	if (status != STATUS_OK)
		return status;
	if (len <= CUTTER_RECORD_MOST) {
		take(cutter, len, record);
		return STATUS_OK;
	}
	*cut = CUT_LONG;
	return take_long(cutter, len, record, error);
}
