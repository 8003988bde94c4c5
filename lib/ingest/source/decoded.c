/* SPDX-License-Identifier: Apache-2.0 */
/* A member that is text in another encoding than UTF-8, as UTF-8. */
#include "ingest/source/decoded.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/source/dump_room.h"

static struct text ahead(const struct dump *dump)
{
	const size_t len = dump->ahead_to - dump->ahead_from;

	return (struct text){ dump->ahead ? dump->ahead + dump->ahead_from : "", len };
}

/* What has a form of its own, in which an encoding says nothing. */
static bool is_binary(struct text start)
{
	static const struct {
		const char *magic;
		size_t len;
	} forms[] = {
		{ "SQLite format 3", 16 }, { "PGDMP", 5 }, { "%PDF-", 5 }, { "PK\3\4", 4 },
		{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8 },
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (start.len >= forms[i].len && !memcmp(start.data, forms[i].magic, forms[i].len))
			return true;
	return false;
}

static bool marked_utf8(struct text start)
{
	return start.len >= 3 && !memcmp(start.data, "\xef\xbb\xbf", 3);
}

enum status decoded_look(struct dump *dump, struct error *error)
{
	struct decoded *decoded = &dump->decoded;
	enum status status = dump_fill_ahead(dump, error);
	const struct text start = ahead(dump);

	if (status != STATUS_OK || decoded->looked)
		return status;
	decoded->encoding = encoding_marked(start);
	if (!decoded->encoding && !is_binary(start) && !marked_utf8(start))
		decoded->encoding = dump->settings.encoding;
	if (decoded->encoding) {
		decoded->decoder = decoder_new(decoded->encoding);
		if (!decoded->bytes)
			decoded->bytes = memory_array(NULL, DUMP_AHEAD, 1);
		if (!decoded->decoder || !decoded->bytes)
			return error_memory(error);
	}
	decoded->looked = true;
	return STATUS_OK;
}

/* Makes text of what is ahead and was not made any of. */
static void decode(struct dump *dump)
{
	struct decoded *decoded = &dump->decoded;
	struct text raw = ahead(dump);
	size_t taken;

	raw.data += decoded->taken;
	raw.len -= decoded->taken;
	decoded->to += decoder_decode(decoded->decoder, raw, dump->ended, decoded->bytes + decoded->to,
				      DUMP_AHEAD - decoded->to, &taken, &decoded->odd);
	decoded->taken += taken;
}

enum status decoded_fill(struct dump *dump, struct error *error)
{
	struct decoded *decoded = &dump->decoded;
	enum status status;

	if (decoded->from < decoded->to)
		return STATUS_OK;
	dump->ahead_from += decoded->taken;
	decoded->from = decoded->to = decoded->taken = 0;
	status = dump_fill_ahead(dump, error);
	if (status == STATUS_OK)
		decode(dump);
	return status;
}

enum status decoded_read(struct dump *dump, char *data, size_t size, size_t *got, struct error *error)
{
	struct decoded *decoded = &dump->decoded;
	enum status status = decoded_fill(dump, error);
	const size_t unread = decoded->to - decoded->from;

	*got = size < unread ? size : unread;
	if (*got)
		memcpy(data, decoded->bytes + decoded->from, *got);
	decoded->queue.encoding = decoded->encoding;
	if (decoded->follows && *got && !place_queue_add(&decoded->queue, data, *got))
		return error_memory(error);
	decoded->from += *got;
	return status;
}

void decoded_forget(struct decoded *decoded)
{
	decoded->from = decoded->to = decoded->taken = 0;
	decoded->odd = 0;
}

void decoded_clear(struct decoded *decoded)
{
	decoder_free(decoded->decoder);
	decoded->decoder = NULL;
	decoded->encoding = NULL;
	decoded->looked = decoded->follows = false;
	place_queue_release(&decoded->queue);
	memset(&decoded->queue, 0, sizeof(decoded->queue));
	decoded_forget(decoded);
}

void decoded_release(struct decoded *decoded)
{
	decoded_clear(decoded);
	free(decoded->bytes);
	decoded->bytes = NULL;
}
