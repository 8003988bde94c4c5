/* SPDX-License-Identifier: Apache-2.0 */
/* Dictionaries and maps against what they are told, in numbers that make them grow many times. */
#include <stdlib.h>

#include "base/table/dictionary.h"
#include "scratch.h"
#include "tap.h"

#define MANY 200000

/* Known answers, worked out apart from this program: splitmix64's finaliser, and texts taken as words of 8 bytes, least
 * significant first, two of them to a multiplication. */
static void test_hash(struct tap *tap)
{
	static const unsigned char bytes[8] = { 248, 249, 250, 251, 252, 253, 254, 255 };
	static const struct {
		const char *text;
		uint64_t hash;
	} rows[] = {
		{ "", UINT64_C(0x10b9b66894dec2dd) },
		{ "a", UINT64_C(0xe1b8a777a5dc6dd3) },
		{ "abcdefg", UINT64_C(0xc022ba48506ad6fe) },
		{ "abcdefgh", UINT64_C(0x95b3b589a081cd38) },
		{ "abcdefghijklmnop", UINT64_C(0x1a1cd1fc2b1eb26c) },
		{ "abcdefghijklmnopq", UINT64_C(0xe64409cce9bced6c) },
		{ "+442079460123 and more", UINT64_C(0x9a3236cd67f5f031) },
	};

	OK(tap, hash_u64(0) == 0 && hash_u64(1) == UINT64_C(0x5692161d100b05e5) &&
		hash_u64(UINT64_MAX) == UINT64_C(0xb4d055fcf2cbbd7b), "hashes of integers are those of every machine");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		OK(tap, hash_bytes(rows[i].text, strlen(rows[i].text)) == rows[i].hash, "the hash of '%s'", rows[i].text);
	OK(tap, hash_bytes(bytes, sizeof bytes) == UINT64_C(0xf8bf1c178c247f85), "bytes over 127");
	OK(tap, hash_bytes(NULL, 0) == hash_bytes("", 0), "nothing");
	OK(tap, hash_bytes("\0", 1) != hash_bytes("", 0) && hash_bytes("\0\0", 2) != hash_bytes("\0", 1), "NULs count");
}

static void test_small(struct tap *tap)
{
	struct dictionary dictionary = { 0 };
	const struct text nul = { "a\0b", 3 };
	const struct text none = { NULL, 0 };

	OK(tap, dictionary_find(&dictionary, text_of("a")) == DICTIONARY_NONE, "an empty dictionary has nothing");
	dictionary_clear(&dictionary);
	OK(tap, dictionary_add(&dictionary, none) == 0, "no value is the empty text");
	OK(tap, text_is(dictionary_text(&dictionary, 0), "") && dictionary_text(&dictionary, 0).data, "which comes back");
	OK(tap, dictionary_add(&dictionary, text_of("")) == 0, "and is there once");
	OK(tap, dictionary_add(&dictionary, text_of("b")) == 1 && dictionary_add(&dictionary, text_of("a")) == 2 &&
		dictionary_add(&dictionary, text_of("b")) == 1, "numbers in order of first sight");
	OK(tap, dictionary_add(&dictionary, nul) == 3 && text_equal(dictionary_text(&dictionary, 3), nul), "a text with a NUL");
	OK(tap, dictionary_find(&dictionary, nul) == 3 && dictionary_find(&dictionary, text_of("ab")) == DICTIONARY_NONE, "found");
	OK(tap, dictionary.count == 4, "four");
	dictionary_clear(&dictionary);
	OK(tap, dictionary.count == 0 && dictionary_find(&dictionary, nul) == DICTIONARY_NONE, "cleared");
	OK(tap, dictionary_add(&dictionary, nul) == 0, "numbered anew");
	dictionary_release(&dictionary);
	dictionary_release(&dictionary);
	OK(tap, dictionary.slots == NULL && dictionary_add(&dictionary, nul) == 0, "released twice, used again");
	dictionary_release(&dictionary);
}

/* Text number i: of length 0 to 40, all distinct. */
static struct text text_number(uint64_t i, char out[static 64])
{
	const struct text text = { out, (size_t)snprintf(out, 64, "%llx%.*s", (unsigned long long)i, (int)(i % 29),
							  "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz") };

	return text;
}

static void test_many(struct tap *tap)
{
	struct dictionary dictionary = { 0 };
	unsigned wrong = 0;
	char out[64];

	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t i = 0; i < MANY; i++)
			wrong += dictionary_add(&dictionary, text_number(i, out)) != i;
		OK(tap, wrong == 0 && dictionary.count == MANY, "pass %d: each text has its number", pass);
		for (uint32_t i = 0; i < MANY; i++) {
			const struct text text = text_number(i, out);

			wrong += dictionary_find(&dictionary, text) != i || !text_equal(dictionary_text(&dictionary, i), text);
			wrong += dictionary_find(&dictionary, text_number(i + MANY, out)) != DICTIONARY_NONE;
		}
		OK(tap, wrong == 0, "pass %d: each is found, and no other", pass);
		dictionary_clear(&dictionary);
	}
	dictionary_release(&dictionary);
}

static void test_random(struct tap *tap)
{
	static uint32_t numbers[65536];
	struct dictionary dictionary = { 0 };
	uint64_t state = 1;
	unsigned wrong = 0;
	char out[64];

	memset(numbers, 0xff, sizeof numbers);
	for (int i = 0; i < 300000; i++) {
		const uint32_t key = (uint32_t)(scratch_random(&state) & 0xffff);
		const struct text text = text_number(key, out);
		const uint32_t known = dictionary_find(&dictionary, text);
		const uint32_t expected = numbers[key] != DICTIONARY_NONE ? numbers[key] : (uint32_t)dictionary.count;

		wrong += known != numbers[key];
		numbers[key] = dictionary_add(&dictionary, text);
		wrong += numbers[key] != expected;
	}
	OK(tap, wrong == 0, "300,000 texts at random, many of them again");
	dictionary_release(&dictionary);
}

static void test_map_small(struct tap *tap)
{
	struct map64 map = { 0 };
	bool added = false;
	uint64_t *value;

	OK(tap, map64_find(&map, 0) == NULL, "an empty map has nothing");
	value = map64_add(&map, 0, &added);
	OK(tap, value && *value == 0 && added, "key 0 is a key like others");
	if (value)
		*value = 7;
	value = map64_add(&map, UINT64_MAX, NULL);
	OK(tap, value && *value == 0, "and so is the greatest");
	value = map64_add(&map, 0, &added);
	OK(tap, value && *value == 7 && !added && map.count == 2, "what is there stays");
	OK(tap, map64_find(&map, UINT64_MAX) && !map64_find(&map, 1), "found");
	map64_release(&map);
	map64_release(&map);
	OK(tap, map.keys == NULL && map64_find(&map, 0) == NULL, "released twice");
}

static void test_map_many(struct tap *tap)
{
	struct map64 map = { 0 };
	uint64_t state = 2;
	unsigned wrong = 0;

	for (uint64_t i = 0; i < MANY; i++) {
		const uint64_t key = scratch_random(&state);
		bool added;
		uint64_t *value = map64_add(&map, key, &added);

		wrong += !value || !added;
		if (value)
			*value = i;
		/* Neighbours collide unless they are hashed. */
		value = map64_add(&map, key + 1, NULL);
		if (value)
			*value = ~i;
	}
	OK(tap, wrong == 0 && map.count == 2 * MANY, "400,000 keys");
	state = 2;
	for (uint64_t i = 0; i < MANY; i++) {
		const uint64_t key = scratch_random(&state);
		const uint64_t *value = map64_find(&map, key);
		const uint64_t *beside = map64_find(&map, key + 1);

		wrong += !value || *value != i || !beside || *beside != ~i || map64_find(&map, key + 2) != NULL;
	}
	OK(tap, wrong == 0, "each has its value, and no other is there");
	map64_release(&map);
}

int main(void)
{
	struct tap tap = { 0 };

	test_hash(&tap);
	test_small(&tap);
	test_many(&tap);
	test_random(&tap);
	test_map_small(&tap);
	test_map_many(&tap);
	return tap_done(&tap);
}
