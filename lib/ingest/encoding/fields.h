/* SPDX-License-Identifier: Apache-2.0 */
/* Fields of records whose encoding the dump says, made UTF-8 one by one. */
#ifndef UNSPOOF_INGEST_ENCODING_FIELDS_H
#define UNSPOOF_INGEST_ENCODING_FIELDS_H

#include "ingest/encoding/encoding.h"
#include "ingest/format/record.h"

/* Zeroed makes nothing of them. */
struct field_decoder {
	struct decoder *decoder;
	struct buf bytes;
	struct text *fields;
	size_t capacity;
	struct record record;
};

/* For an encoding by its name, as struct stream has it; NULL, UTF-8 and one that is not known:
 * fields are what they are. False: no memory. */
bool field_decoder_open(struct field_decoder *decoder, const char *name);
void field_decoder_release(struct field_decoder *decoder);
/* The record with its fields in UTF-8, valid until the next; itself where they are that already, or
 * nothing is made of them. NULL: no memory. */
const struct record *field_decoder_record(struct field_decoder *decoder, const struct record *record);

#endif
