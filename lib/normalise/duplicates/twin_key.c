/* SPDX-License-Identifier: Apache-2.0 */
/* Keys of rows. */
#include "normalise/duplicates/twin_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/time/duration.h"
#include "base/time/moment.h"
#include "normalise/instant.h"

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
	return find_shapes(keys);
}

void twin_keys_release(struct twin_keys *keys)
{
	free(keys->shapes);
	memset(keys, 0, sizeof(*keys));
}

/* ---- ids ---- */

static struct text text_at(const struct twin_keys *keys, const struct segment *segment,
			   enum call_role role, uint32_t i, char room[static FORM_LENGTH])
{
	const struct text text = form_meanings_text(keys->meanings, segment, role, i, room);

	return text.data ? text_trim(text) : text;
}

static uint32_t shape_of(const struct twin_keys *keys, int64_t form)
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
		shape = shape_of(keys, form);
		*hash = hash_pair(keys->secret,
				  (uint64_t)segment->found[FOUND_VALUE(CALL_ID)][i], shape);
		return shape != 0;
	}
	id = text_at(keys, segment, CALL_ID, i, room);
	if (id.len)
		*hash = hash_bytes(keys->secret, id.data, id.len);
	return id.len > 0;
}

/* ---- what else is compared ---- */

static uint64_t text_hash(const struct secret *secret, struct text text)
{
	return text.len ? hash_bytes(secret, text.data, text.len) : 0;
}

static uint64_t presented_of(const struct segment *segment, uint32_t i)
{
	const int64_t number = segment->understood[READ_PRESENTED][i];
	const int64_t shown = segment->understood[READ_SHOWN][i];

	if (number)
		return (uint64_t)number;
	return shown ? TWIN_TEXT | (uint64_t)shown : 0;
}

static uint64_t dialled_of(const struct twin_keys *keys, const struct segment *segment,
			   uint32_t i)
{
	const int64_t number = segment->understood[READ_DIALLED][i];
	char room[FORM_LENGTH];
	struct text text;

	if (number)
		return (uint64_t)number;
	text = text_at(keys, segment, CALL_DIALLED, i, room);
	return text.len ? TWIN_TEXT | text_hash(keys->secret, text) : 0;
}

/* ---- keys ---- */

static uint64_t bare_key(const struct twin_keys *keys, const struct segment *segment,
			 uint32_t service, uint32_t i)
{
	const struct secret *secret = keys->secret;
	uint64_t hash = hash_pair(secret, (uint64_t)segment->understood[READ_STARTED][i],
				  service);

	hash = hash_pair(secret, hash, presented_of(segment, i));
	hash = hash_pair(secret, hash, dialled_of(keys, segment, i));
	return hash_pair(secret, hash, (uint64_t)segment->understood[READ_ACCOUNT][i]);
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
			shape = shape_of(keys, form);
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

	for (uint32_t i = 0; i < segment->rows; i++) {
		uint64_t hash = 0;
		const bool has_id = id_hash(keys, segment, i, &hash);

		out[i] = 0;
		if (flags[i] & passed || !is_compared(kind, has_id))
			continue;
		if (kind == TWIN_BARE || kind == TWIN_MIXED)
			hash = bare_key(keys, segment, service, i);
		else if (kind == TWIN_LEG)
			hash = hash_pair(keys->secret, hash,
					 (uint64_t)segment->understood[READ_ACCOUNT][i]);
		hash = hash_pair(keys->secret, hash, (uint64_t)service << 2 | kind);
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

/* ---- rows ---- */

/* A time of a row without an id, as it is understood, else its text. */
static uint64_t time_hash(const struct twin_keys *keys, const struct source_sense *source,
			  struct text text)
{
	const struct instant instant = instant_read(source, text);

	if (text.len == 0 || instant.null)
		return 0;
	return instant.reason ? text_hash(keys->secret, text)
			      : hash_u64(keys->secret, (uint64_t)instant.ms);
}

static uint64_t seconds_hash(const struct twin_keys *keys, struct text text)
{
	int64_t ms;

	if (text.len == 0 || seconds_parse(text.data, text.len, &ms))
		return text_hash(keys->secret, text);
	return hash_u64(keys->secret, (uint64_t)ms);
}

/* Of all roles of a row without an id that its key is not made of. */
static uint64_t rest_hash(const struct twin_keys *keys, struct twin_meaning *meaning,
			  const struct segment *segment, uint32_t i)
{
	static const enum call_role texts[] = { CALL_PRESENTED_NAME, CALL_IP, CALL_TRUNK };
	static const enum call_role times[] = { CALL_ANSWERED_AT, CALL_ENDED };
	static const enum call_role seconds[] = { CALL_DURATION, CALL_BILLED };
	const struct secret *secret = keys->secret;
	char room[FORM_LENGTH];
	uint32_t currency;
	const int64_t cost = twin_meaning_cost(meaning, segment, i, &currency);
	uint64_t hash = hash_pair(secret, (uint64_t)segment->understood[READ_TALK][i], (uint64_t)cost);

	hash = hash_pair(secret, hash, (uint64_t)(segment->understood[READ_FLAGS][i] &
						  CALL_FLAG_ANSWERED));
	hash = hash_pair(secret, hash,
			 (uint64_t)twin_meaning_status(meaning, segment, i) << 32 |
				 currency);
	for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++)
		hash = hash_pair(secret, hash,
				 text_hash(secret, text_at(keys, segment, texts[k], i, room)));
	for (size_t k = 0; k < sizeof(times) / sizeof(times[0]); k++)
		hash = hash_pair(secret, hash,
				 time_hash(keys, meaning->source,
					   text_at(keys, segment, times[k], i, room)));
	for (size_t k = 0; k < sizeof(seconds) / sizeof(seconds[0]); k++)
		hash = hash_pair(secret, hash,
				 seconds_hash(keys, text_at(keys, segment, seconds[k], i, room)));
	return hash;
}

/* Whether a start has no seconds. */
static bool is_coarse(const struct twin_keys *keys, const struct segment *segment,
		      const struct source_sense *source, uint32_t i)
{
	char room[FORM_LENGTH];
	const struct text text = text_at(keys, segment, CALL_STARTED, i, room);
	struct moment moment;

	if (!text.data || moment_parse(text.data, text.len, source->order, &moment))
		return false;
	return moment.day_only || moment.to_minute;
}

/* The id, or what stands for it. */
static void set_id(const struct twin_keys *keys, const struct segment *segment, uint32_t i,
		   struct twin *twin)
{
	char room[FORM_LENGTH];

	if (keys->bytes) {
		twin->second = text_hash(&keys->other,
					 text_at(keys, segment, CALL_ID, i, room));
		return;
	}
	twin->second = (uint64_t)segment->found[FOUND_VALUE(CALL_ID)][i];
	twin->shape = shape_of(keys, segment->found[FOUND_FORM(CALL_ID)][i]);
}

/* What is compared of a row without an id beside its key. */
static void set_bare(const struct twin_keys *keys, struct twin_meaning *meaning,
		     const struct segment *segment, uint32_t i, struct twin *twin)
{
	twin->second = rest_hash(keys, meaning, segment, i);
	twin->coarse = is_coarse(keys, segment, meaning->source, i);
}

struct twin twin_keys_row(const struct twin_keys *keys, struct twin_meaning *meaning,
			  const struct segment *segment, const struct twin_span *span,
			  uint32_t i, uint64_t key)
{
	const enum twin_kind kind = (enum twin_kind)(key & TWIN_KIND_BITS);
	struct twin twin = {
		.key = key,
		.call = segment->id * SEGMENT_ROWS + i,
		.started = segment->understood[READ_STARTED][i],
		.presented = presented_of(segment, i),
		.dialled = dialled_of(keys, segment, i),
		.talk = segment->understood[READ_TALK][i],
		.account = (uint32_t)segment->understood[READ_ACCOUNT][i],
		.source = span->source,
		.service = span->service,
		.kind = (uint8_t)kind,
		.legs = span->legs,
	};

	if (kind == TWIN_BARE) {
		set_bare(keys, meaning, segment, i, &twin);
		return twin;
	}
	set_id(keys, segment, i, &twin);
	twin.status = twin_meaning_status(meaning, segment, i);
	twin.cost = twin_meaning_cost(meaning, segment, i, &twin.currency);
	return twin;
}

struct twin_brief twin_keys_brief(const struct twin_keys *keys, const struct twin *twin)
{
	const uint64_t parts[] = { twin->second,
				   (uint64_t)twin->shape << 32 | twin->service,
				   (uint64_t)twin->started, twin->presented, twin->dialled,
				   (uint64_t)twin->talk, (uint64_t)twin->cost,
				   (uint64_t)twin->status << 32 | twin->currency,
				   twin->legs ? (uint64_t)twin->call : 0 };
	uint64_t all = twin->account;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		all = hash_pair(&keys->other, all, parts[i]);
	return (struct twin_brief){ twin->key, twin->call, all };
}
