/* SPDX-License-Identifier: Apache-2.0 */
/* Rows, whole and in brief. */
#include "normalise/duplicates/twin_row.h"

#include "base/time/duration.h"
#include "base/time/moment.h"
#include "normalise/instant.h"

static uint64_t text_hash(const struct secret *secret, struct text text)
{
	return text.len ? hash_bytes(secret, text.data, text.len) : 0;
}

/* A time of a row without an id, as it is understood, else its text. */
static uint64_t time_hash(const struct twin_keys *keys, const struct twin_meaning *meaning,
			  const struct segment *segment, enum call_role role, uint32_t i)
{
	char room[FORM_LENGTH];
	const struct text text = twin_keys_text(keys, segment, role, i, room);
	struct instant instant;

	if (text.len == 0)
		return 0;
	instant = instant_read(meaning->source, (int)role, text);
	if (instant.null)
		return 0;
	return instant.reason ? text_hash(keys->secret, text)
			      : hash_u64(keys->secret, (uint64_t)instant.ms);
}

/* The same of seconds. */
static uint64_t seconds_hash(const struct twin_keys *keys, const struct segment *segment,
			     enum call_role role, uint32_t i)
{
	const struct form_meaning *form = form_meaning_of(
		keys->meanings, segment_found(segment, FOUND_FORM(role), i));
	char room[FORM_LENGTH];
	struct text text;
	int64_t ms;

	if (!form || !form_meaning_thousandths(form, segment_found(segment, FOUND_VALUE(role), i),
					       &ms)) {
		text = twin_keys_text(keys, segment, role, i, room);
		if (text.len == 0 || seconds_parse(text.data, text.len, &ms))
			return text_hash(keys->secret, text);
	}
	return hash_u64(keys->secret, (uint64_t)ms);
}

/* Of all roles of a row without an id that its key is not made of. */
static uint64_t rest_hash(const struct twin_keys *keys, struct twin_meaning *meaning,
			  const struct segment *segment, uint32_t i)
{
	static const enum call_role texts[] = { CALL_PRESENTED_NAME, CALL_IP, CALL_TRUNK };
	char room[FORM_LENGTH];
	uint32_t currency;
	const int64_t cost = twin_meaning_cost(meaning, segment, i, &currency);
	uint64_t parts[] = {
		(uint64_t)segment->understood[READ_TALK][i],
		(uint64_t)cost,
		(uint64_t)(segment->understood[READ_FLAGS][i] & CALL_FLAG_ANSWERED),
		(uint64_t)twin_meaning_status(meaning, segment, i) << 32 | currency,
		time_hash(keys, meaning, segment, CALL_ANSWERED_AT, i),
		time_hash(keys, meaning, segment, CALL_ENDED, i),
		seconds_hash(keys, segment, CALL_DURATION, i),
		seconds_hash(keys, segment, CALL_BILLED, i),
		0, 0, 0,       /* of texts */
	};
	const size_t count = sizeof(parts) / sizeof(parts[0]);
	const size_t text_count = sizeof(texts) / sizeof(texts[0]);

	for (size_t k = 0; k < text_count; k++)
		parts[count - text_count + k] = text_hash(
			keys->secret, twin_keys_text(keys, segment, texts[k], i, room));
	return hash_u64(keys->secret, twin_keys_sum(keys, parts, count));
}

/* Whether a start has no seconds. */
static bool is_coarse(const struct twin_keys *keys, const struct segment *segment,
		      const struct source_sense *source, uint32_t i)
{
	const struct form_meaning *form = form_meaning_of(
		keys->meanings, segment_found(segment, FOUND_FORM(CALL_STARTED), i));
	char room[FORM_LENGTH];
	struct text text;
	struct moment moment;

	if (form && form->time)
		return false;
	text = twin_keys_text(keys, segment, CALL_STARTED, i, room);
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
					 twin_keys_text(keys, segment, CALL_ID, i, room));
		return;
	}
	twin->second = (uint64_t)segment->found[FOUND_VALUE(CALL_ID)][i];
	twin->shape = twin_keys_shape(keys, segment->found[FOUND_FORM(CALL_ID)][i]);
}

/* What is compared of a row without an id beside its key. */
static void set_bare(const struct twin_keys *keys, struct twin_meaning *meaning,
		     const struct segment *segment, uint32_t i, struct twin *twin)
{
	twin->second = rest_hash(keys, meaning, segment, i);
	twin->coarse = is_coarse(keys, segment, meaning->source, i);
}

struct twin twin_row_read(const struct twin_keys *keys, struct twin_meaning *meaning,
			  const struct segment *segment, const struct twin_span *span,
			  uint32_t i, uint64_t key)
{
	const enum twin_kind kind = (enum twin_kind)(key & TWIN_KIND_BITS);
	struct twin twin = {
		.key = key,
		.call = segment->id * SEGMENT_ROWS + i,
		.started = segment->understood[READ_STARTED][i],
		.presented = twin_keys_presented(segment, i),
		.dialled = twin_keys_dialled(keys, segment, i),
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

struct twin_brief twin_row_brief(const struct twin_keys *keys, const struct twin *twin)
{
	const uint64_t parts[] = { twin->account, twin->second,
				   (uint64_t)twin->shape << 32 | twin->service,
				   (uint64_t)twin->started, twin->presented, twin->dialled,
				   (uint64_t)twin->talk, (uint64_t)twin->cost,
				   (uint64_t)twin->status << 32 | twin->currency,
				   twin->legs && twin->kind != TWIN_BARE ? (uint64_t)twin->call : 0 };
	const uint64_t all =
		hash_u64(&keys->other,
			 twin_keys_sum(keys, parts, sizeof(parts) / sizeof(parts[0])));

	return (struct twin_brief){ twin->key, twin->call,
				    (all & ~TWIN_NO_SECONDS) | (twin->coarse ? TWIN_NO_SECONDS : 0) };
}
