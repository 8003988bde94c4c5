/* SPDX-License-Identifier: Apache-2.0 */
/* Hash tables with open addressing, and numbers in order of first sight. */
#include "base/table/dictionary.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/word.h"

/* ---- SipHash, as its paper has it ---- */

struct sip {
	uint64_t v0, v1, v2, v3;
};

static inline uint64_t rotate(uint64_t word, unsigned bits)
{
	return word << bits | word >> (64 - bits);
}

static inline void sip_round(struct sip *sip)
{
	sip->v0 += sip->v1;
	sip->v2 += sip->v3;
	sip->v1 = rotate(sip->v1, 13) ^ sip->v0;
	sip->v3 = rotate(sip->v3, 16) ^ sip->v2;
	sip->v0 = rotate(sip->v0, 32);
	sip->v2 += sip->v1;
	sip->v0 += sip->v3;
	sip->v1 = rotate(sip->v1, 17) ^ sip->v2;
	sip->v3 = rotate(sip->v3, 21) ^ sip->v0;
	sip->v2 = rotate(sip->v2, 32);
}

static inline void sip_word(struct sip *sip, uint64_t word)
{
	sip->v3 ^= word;
	sip_round(sip);
	sip->v0 ^= word;
}

uint64_t hash_bytes(const struct secret *secret, const void *data, size_t len)
{
	const uint64_t *key = secret->text;
	const unsigned char *bytes = data;
	const size_t whole = len - len % 8;
	/* "somepseudorandomlygeneratedbytes" */
	struct sip sip = { key[0] ^ UINT64_C(0x736f6d6570736575),
			   key[1] ^ UINT64_C(0x646f72616e646f6d),
			   key[0] ^ UINT64_C(0x6c7967656e657261),
			   key[1] ^ UINT64_C(0x7465646279746573) };
	uint64_t last = (uint64_t)len << 56;

	for (size_t at = 0; at < whole; at += 8)
		sip_word(&sip, word_load(bytes + at));
	if (len > whole)
		last |= word_load_part(bytes + whole, len - whole);
	sip_word(&sip, last);
	sip.v2 ^= 0xff;
	sip_round(&sip);
	sip_round(&sip);
	sip_round(&sip);
	return sip.v0 ^ sip.v1 ^ sip.v2 ^ sip.v3;
}

/* ---- texts ---- */

void dictionary_release(struct dictionary *dictionary)
{
	buf_release(&dictionary->bytes);
	free(dictionary->ends);
	free(dictionary->slots);
	free(dictionary->tags);
	memset(dictionary, 0, sizeof(*dictionary));
}

void dictionary_clear(struct dictionary *dictionary)
{
	buf_clear(&dictionary->bytes);
	dictionary->count = 0;
	if (dictionary->slots)
		memset(dictionary->slots, 0,
		       dictionary->slot_count * sizeof(*dictionary->slots));
}

struct text dictionary_text(const struct dictionary *dictionary, uint32_t number)
{
	size_t start = number ? dictionary->ends[number - 1] : 0;
	struct text text = { "", 0 };

	if (dictionary->bytes.data)
		text.data = dictionary->bytes.data + start;
	text.len = dictionary->ends[number] - start;
	return text;
}

/* The slot where a text is, or the free one where it would be. */
static size_t slot_of(const struct dictionary *dictionary, struct text text,
		      uint32_t tag)
{
	size_t mask = dictionary->slot_count - 1;
	size_t slot = tag & mask;

	while (dictionary->slots[slot]) {
		if (dictionary->tags[slot] == tag &&
		    text_equal(dictionary_text(dictionary,
					       dictionary->slots[slot] - 1),
			       text))
			break;
		slot = (slot + 1) & mask;
	}
	return slot;
}

static bool grow(struct dictionary *dictionary)
{
	const struct secret *secret = secret_get();
	size_t count = dictionary->slot_count ? dictionary->slot_count * 2 : 64;
	size_t mask = count - 1;
	uint32_t *slots = calloc(count, sizeof(*slots));
	uint32_t *tags = calloc(count, sizeof(*tags));

	if (!secret || !slots || !tags) {
		free(slots);
		free(tags);
		return false;
	}
	for (size_t i = 0; i < dictionary->slot_count; i++) {
		size_t slot;

		if (!dictionary->slots[i])
			continue;
		slot = dictionary->tags[i] & mask;
		while (slots[slot])
			slot = (slot + 1) & mask;
		slots[slot] = dictionary->slots[i];
		tags[slot] = dictionary->tags[i];
	}
	free(dictionary->slots);
	free(dictionary->tags);
	dictionary->slots = slots;
	dictionary->tags = tags;
	dictionary->slot_count = count;
	dictionary->secret = secret;
	return true;
}

static uint32_t tag_of(const struct dictionary *dictionary, struct text text)
{
	return (uint32_t)hash_bytes(dictionary->secret, text.data, text.len);
}

uint32_t dictionary_find(const struct dictionary *dictionary, struct text text)
{
	size_t slot;

	if (!dictionary->slot_count)
		return DICTIONARY_NONE;
	slot = slot_of(dictionary, text, tag_of(dictionary, text));
	return dictionary->slots[slot] ? dictionary->slots[slot] - 1
				       : DICTIONARY_NONE;
}

uint32_t dictionary_add(struct dictionary *dictionary, struct text text)
{
	void *ends = dictionary->ends;
	uint32_t tag;
	size_t slot;

	if (dictionary->count + dictionary->count / 2 >= dictionary->slot_count &&
	    !grow(dictionary))
		return DICTIONARY_NONE;
	tag = tag_of(dictionary, text);
	slot = slot_of(dictionary, text, tag);
	if (dictionary->slots[slot])
		return dictionary->slots[slot] - 1;
	if (dictionary->count >= DICTIONARY_NONE - 1 ||
	    !memory_room(&ends, &dictionary->ends_capacity,
			 dictionary->count + 1, sizeof(*dictionary->ends)))
		return DICTIONARY_NONE;
	dictionary->ends = ends;
	buf_add(&dictionary->bytes, text.data, text.len);
	if (dictionary->bytes.failed)
		return DICTIONARY_NONE;
	dictionary->ends[dictionary->count] = dictionary->bytes.len;
	dictionary->slots[slot] = (uint32_t)++dictionary->count;
	dictionary->tags[slot] = tag;
	return (uint32_t)(dictionary->count - 1);
}

/* ---- integers ---- */

void map64_release(struct map64 *map)
{
	free(map->keys);
	free(map->values);
	free(map->used);
	memset(map, 0, sizeof(*map));
}

static size_t map_slot(const struct map64 *map, uint64_t key)
{
	size_t mask = map->slot_count - 1;
	size_t slot = hash_u64(map->secret, key) & mask;

	while (map->used[slot] && map->keys[slot] != key)
		slot = (slot + 1) & mask;
	return slot;
}

static bool map_grow(struct map64 *map)
{
	size_t count = map->slot_count ? map->slot_count * 2 : 64;
	struct map64 wider = {
		.secret = secret_get(),
		.keys = memory_array(NULL, count, sizeof(*map->keys)),
		.values = memory_array(NULL, count, sizeof(*map->values)),
		.used = calloc(count, 1),
		.count = map->count,
		.slot_count = count,
	};

	if (!wider.secret || !wider.keys || !wider.values || !wider.used) {
		map64_release(&wider);
		return false;
	}
	for (size_t i = 0; i < map->slot_count; i++) {
		size_t slot;

		if (!map->used[i])
			continue;
		slot = map_slot(&wider, map->keys[i]);
		wider.used[slot] = 1;
		wider.keys[slot] = map->keys[i];
		wider.values[slot] = map->values[i];
	}
	map64_release(map);
	*map = wider;
	return true;
}

uint64_t *map64_find(const struct map64 *map, uint64_t key)
{
	size_t slot;

	if (!map->slot_count)
		return NULL;
	slot = map_slot(map, key);
	return map->used[slot] ? &map->values[slot] : NULL;
}

uint64_t *map64_add(struct map64 *map, uint64_t key, bool *added)
{
	size_t slot;

	if (map->count + map->count / 2 >= map->slot_count && !map_grow(map))
		return NULL;
	slot = map_slot(map, key);
	if (added)
		*added = !map->used[slot];
	if (!map->used[slot]) {
		map->used[slot] = 1;
		map->keys[slot] = key;
		map->values[slot] = 0;
		map->count++;
	}
	return &map->values[slot];
}
