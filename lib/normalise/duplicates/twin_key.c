/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of rows. */
#include "normalise/duplicates/twin_key.h"

#include <stdlib.h>
#include <string.h>

#define OTHER UINT64_C(0x9e3779b97f4a7c15)

/* Texts that differ in blanks around them have one shape. */
static bool find_shapes(struct twin_keys *keys)
{
	struct dictionary texts = { 0 };
	bool good = true;

	for (size_t i = 0; i < keys->meanings->count && good; i++) {
		const struct form_meaning *meaning = &keys->meanings->items[i];
		const struct text text =
			text_trim((struct text){ meaning->text, meaning->len });

		if (!meaning->sound || text.len == 0)
			continue;
		keys->shapes[i] = dictionary_add(&texts, text) + 1;
		good = keys->shapes[i] != 0;
	}
	dictionary_release(&texts);
	return good;
}

bool twin_keys_open(struct twin_keys *keys, const struct form_meanings *meanings,
		    bool bytes)
{
	memset(keys, 0, sizeof(*keys));
	keys->meanings = meanings;
	keys->bytes = bytes;
	keys->secret = secret_get();
	keys->shapes = calloc(meanings->count + 1, sizeof(*keys->shapes));
	if (!keys->secret || !keys->shapes)
		return false;
	keys->other = *keys->secret;
	keys->other.text[0] ^= OTHER;
	keys->other.add ^= OTHER;
	for (uint64_t i = 0; i < TWIN_PARTS; i++)
		keys->times[i] = hash_u64(keys->secret, i) | 1;
	return find_shapes(keys);
}

void twin_keys_release(struct twin_keys *keys)
{
	free(keys->shapes);
	memset(keys, 0, sizeof(*keys));
}

/* ---- ids ---- */

struct text twin_keys_text(const struct twin_keys *keys, const struct segment *segment,
			   enum call_role role, uint32_t i, char room[static FORM_LENGTH])
{
	const struct text text = form_meanings_text(keys->meanings, segment, role, i, room);

	return text.data ? text_trim(text) : text;
}

uint32_t twin_keys_shape(const struct twin_keys *keys, int64_t form)
{
	return form_meaning_of(keys->meanings, form) ? keys->shapes[form - FORM_FIRST] : 0;
}

/* Whether a row has an id; of its bytes, or of its shape and digits. */
static bool id_hash(const struct twin_keys *keys, const struct segment *segment, uint32_t i,
		    uint64_t *hash)
{
	const int64_t form = segment->found[FOUND_FORM(CALL_ID)][i];
	char room[FORM_LENGTH];
	struct text id;
	uint32_t shape;

	if (form <= FORM_ABSENT)
		return false;
	if (!keys->bytes) {
		shape = twin_keys_shape(keys, form);
		*hash = hash_pair(keys->secret,
				  (uint64_t)segment->found[FOUND_VALUE(CALL_ID)][i], shape);
		return shape != 0;
	}
	id = twin_keys_text(keys, segment, CALL_ID, i, room);
	if (id.len)
		*hash = hash_bytes(keys->secret, id.data, id.len);
	return id.len > 0;
}

/* ---- what else is compared ---- */

uint64_t twin_keys_presented(const struct segment *segment, uint32_t i)
{
	const int64_t number = segment->understood[READ_PRESENTED][i];
	const int64_t shown = segment->understood[READ_SHOWN][i];

	if (number)
		return (uint64_t)number;
	return shown ? TWIN_TEXT | (uint64_t)shown : 0;
}

uint64_t twin_keys_dialled(const struct twin_keys *keys, const struct segment *segment,
			   uint32_t i)
{
	const int64_t number = segment->understood[READ_DIALLED][i];
	char room[FORM_LENGTH];
	struct text text;

	if (number)
		return (uint64_t)number;
	text = twin_keys_text(keys, segment, CALL_DIALLED, i, room);
	return text.len ? TWIN_TEXT | hash_bytes(keys->secret, text.data, text.len) : 0;
}

/* ---- keys ---- */

static uint64_t bare_key(const struct twin_keys *keys, const struct segment *segment,
			 uint64_t kind, uint32_t i)
{
	const uint64_t parts[] = { kind, (uint64_t)segment->understood[READ_STARTED][i],
				   twin_keys_presented(segment, i),
				   twin_keys_dialled(keys, segment, i),
				   (uint64_t)segment->understood[READ_ACCOUNT][i] };

	return hash_u64(keys->secret,
			twin_keys_sum(keys, parts, sizeof(parts) / sizeof(parts[0])));
}

/* No key is 0. */
static uint64_t key_of(uint64_t hash, enum twin_kind kind)
{
	hash &= ~(TWIN_NONE | TWIN_KIND_BITS);
	return (hash ? hash : TWIN_NONE << 1) | kind;
}

/* Rows with ids of forms, most of which have the form of the row before. A hash of shape,
 * service and digits. */
static void fill_forms(const struct twin_keys *keys, const struct segment *segment,
		       uint32_t service, uint64_t *out)
{
	const int64_t *forms = segment->found[FOUND_FORM(CALL_ID)];
	const int64_t *values = segment->found[FOUND_VALUE(CALL_ID)];
	const int64_t *flags = segment->understood[READ_FLAGS];
	int64_t form = FORM_ABSENT;
	uint64_t shape = 0;

	for (uint32_t i = 0; i < segment->rows; i++) {
		if (forms[i] != form) {
			form = forms[i];
			shape = twin_keys_shape(keys, form);
		}
		out[i] = key_of(hash_pair(keys->secret, (uint64_t)values[i],
					  shape << 32 | service),
				TWIN_ID);
		if (shape == 0 || flags[i] & CALL_FLAG_UNREAD)
			out[i] = 0;
	}
}

static bool is_compared(enum twin_kind kind, bool has_id)
{
	return kind == TWIN_MIXED || has_id == (kind != TWIN_BARE);
}

/* Rows in any of the ways. */
static void fill_any(const struct twin_keys *keys, const struct segment *segment,
		     uint32_t service, enum twin_kind kind, uint64_t *out)
{
	const int64_t *flags = segment->understood[READ_FLAGS];
	const bool no_legs = kind == TWIN_LEG || kind == TWIN_MIXED;
	const int64_t passed = CALL_FLAG_UNREAD | (no_legs ? CALL_FLAG_LEG : 0);
	const uint64_t of_kind = (uint64_t)service << 2 | kind;

	for (uint32_t i = 0; i < segment->rows; i++) {
		uint64_t hash = 0;
		const bool has_id = id_hash(keys, segment, i, &hash);

		out[i] = 0;
		if (flags[i] & passed || !is_compared(kind, has_id))
			continue;
		if (kind == TWIN_LEG)
			hash = hash_pair(keys->secret, hash,
					 (uint64_t)segment->understood[READ_ACCOUNT][i]);
		hash = kind == TWIN_BARE || kind == TWIN_MIXED
			       ? bare_key(keys, segment, of_kind, i)
			       : hash_pair(keys->secret, hash, of_kind);
		out[i] = key_of(hash, kind) | (kind == TWIN_MIXED && !has_id ? TWIN_NONE : 0);
	}
}

void twin_keys_fill(const struct twin_keys *keys, const struct segment *segment,
		    const struct twin_span *span, enum twin_kind kind, uint64_t *out)
{
	if (kind == TWIN_ID && !keys->bytes)
		fill_forms(keys, segment, span->service, out);
	else
		fill_any(keys, segment, span->service, kind, out);
}
