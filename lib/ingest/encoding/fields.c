/* SPDX-License-Identifier: Apache-2.0 */
/* Fields of records whose encoding the dump says, made UTF-8 one by one. */
#include "ingest/encoding/fields.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"

bool field_decoder_open(struct field_decoder *decoder, const char *name)
{
	bool known = false;
	const struct encoding *encoding = name ? encoding_find(text_of(name), &known) : NULL;

	memset(decoder, 0, sizeof(*decoder));
	if (encoding)
		decoder->decoder = decoder_new(encoding);
	return !encoding || decoder->decoder;
}

void field_decoder_release(struct field_decoder *decoder)
{
	decoder_free(decoder->decoder);
	buf_release(&decoder->bytes);
	free(decoder->fields);
	memset(decoder, 0, sizeof(*decoder));
}

/* What is ASCII is the same in all that a dump names. */
static bool is_ascii(struct text text)
{
	unsigned char all = 0;

	for (size_t i = 0; i < text.len; i++)
		all |= (unsigned char)text.data[i];
	return all < 0x80;
}

static bool is_plain(const struct record *record)
{
	for (size_t i = 0; i < record->count; i++)
		if (!(record->nulls && form_is_null(record->fields[i])) && !is_ascii(record->fields[i]))
			return false;
	return true;
}

static bool add(struct field_decoder *decoder, struct text text)
{
	size_t taken = 0;
	uint64_t odd = 0;

	/* A byte becomes three at most. */
	if (text.len > (SIZE_MAX - ENCODING_ROOM) / 3 || !buf_room(&decoder->bytes, 3 * text.len + ENCODING_ROOM))
		return false;
	decoder->bytes.len += decoder_decode(decoder->decoder, text, true, decoder->bytes.data + decoder->bytes.len,
					     3 * text.len + ENCODING_ROOM, &taken, &odd);
	return taken == text.len;
}

/* As much can be read behind a field. */
static bool add_behind(struct buf *bytes)
{
	static const char behind[RECORD_READ];

	buf_add(bytes, behind, sizeof(behind));
	return !bytes->failed;
}

static bool decode_all(struct field_decoder *decoder, const struct record *record)
{
	size_t at = 0;

	for (size_t i = 0; i < record->count; i++) {
		const bool null = record->nulls && form_is_null(record->fields[i]);
		const size_t before = decoder->bytes.len;

		if (!null && !add(decoder, record->fields[i]))
			return false;
		decoder->fields[i] = record->fields[i];
		if (!null)
			decoder->fields[i].len = decoder->bytes.len - before;
	}
	if (!add_behind(&decoder->bytes))
		return false;
	for (size_t i = 0; i < record->count; i++) {
		if (record->nulls && form_is_null(record->fields[i]))
			continue;
		decoder->fields[i].data = decoder->bytes.data + at;
		at += decoder->fields[i].len;
	}
	return true;
}

const struct record *field_decoder_record(struct field_decoder *decoder, const struct record *record)
{
	void *fields = decoder->fields;

	if (!decoder->decoder || record->reason || is_plain(record))
		return record;
	if (!memory_room(&fields, &decoder->capacity, record->count + 1, sizeof(*decoder->fields)))
		return NULL;
	decoder->fields = fields;
	buf_clear(&decoder->bytes);
	if (!decode_all(decoder, record))
		return NULL;
	decoder->record = *record;
	decoder->record.fields = decoder->fields;
	/* They are longer now. */
	decoder->record.odd = true;
	return &decoder->record;
}
