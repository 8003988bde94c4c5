/* SPDX-License-Identifier: Apache-2.0 */
/* Dictionaries and maps against what they are told, in numbers that make them grow many times. */
#include <stdlib.h>

#include "base/table/dictionary.h"
#include "scratch.h"
#include "tap.h"

#define MANY 200000

/* SipHash-1-3 of the bytes 0, 1, 2 and so on, none of them to 63, under the key that is the bytes 0 to 15: the published
 * vectors. */
static void test_hash(struct tap *tap)
{
	static const uint64_t vectors[64] = {
		UINT64_C(0xabac0158050fc4dc), UINT64_C(0xc9f49bf37d57ca93), UINT64_C(0x82cb9b024dc7d44d), UINT64_C(0x8bf80ab8e7ddf7fb),
		UINT64_C(0xcf75576088d38328), UINT64_C(0xdef9d52f49533b67), UINT64_C(0xc50d2b50c59f22a7), UINT64_C(0xd3927d989bb11140),
		UINT64_C(0x369095118d299a8e), UINT64_C(0x25a48eb36c063de4), UINT64_C(0x79de85ee92ff097f), UINT64_C(0x70c118c1f94dc352),
		UINT64_C(0x78a384b157b4d9a2), UINT64_C(0x306f760c1229ffa7), UINT64_C(0x605aa111c0f95d34), UINT64_C(0xd320d86d2a519956),
		UINT64_C(0xcc4fdd1a7d908b66), UINT64_C(0x9cf2689063dbd80c), UINT64_C(0x8ffc389cb473e63e), UINT64_C(0xf21f9de58d297d1c),
		UINT64_C(0xc0dc2f46a6cce040), UINT64_C(0xb992abfe2b45f844), UINT64_C(0x7ffe7b9ba320872e), UINT64_C(0x525a0e7fdae6c123),
		UINT64_C(0xf464aeb267349c8c), UINT64_C(0x45cd5928705b0979), UINT64_C(0x3a3e35e3ca9913a5), UINT64_C(0xa91dc74e4ade3b35),
		UINT64_C(0xfb0bed02ef6cd00d), UINT64_C(0x88d93cb44ab1e1f4), UINT64_C(0x540f11d643c5e663), UINT64_C(0x2370dd1f8c21d1bc),
		UINT64_C(0x81157b6c16a7b60d), UINT64_C(0x4d54b9e57a8ff9bf), UINT64_C(0x759f12781f2a753e), UINT64_C(0xcea1a3bebf186b91),
		UINT64_C(0x2cf508d3ada26206), UINT64_C(0xb6101c2da3c33057), UINT64_C(0xb3f47496ae3a36a1), UINT64_C(0x626b57547b108392),
		UINT64_C(0xc1d2363299e41531), UINT64_C(0x667cc1923f1ad944), UINT64_C(0x65704ffec8138825), UINT64_C(0x24f280d1c28949a6),
		UINT64_C(0xc2ca1cedfaf8876b), UINT64_C(0xc2164bfc9f042196), UINT64_C(0xa16e9c9368b1d623), UINT64_C(0x49fb169c8b5114fd),
		UINT64_C(0x9f3143f8df074c46), UINT64_C(0xc6fdaf2412cc86b3), UINT64_C(0x7eaf49d10a52098f), UINT64_C(0x1cf313559d292f9a),
		UINT64_C(0xc44a30dda2f41f12), UINT64_C(0x36fae98943a71ed0), UINT64_C(0x318fb34c73f0bce6), UINT64_C(0xa27abf3670a7e980),
		UINT64_C(0xb4bcc0db243c6d75), UINT64_C(0x23f8d852fdb71513), UINT64_C(0x8f035f4da67d8a08), UINT64_C(0xd89cd0e5b7e8f148),
		UINT64_C(0xf6f4e6bcf7a644ee), UINT64_C(0xaec59ad80f1837f2), UINT64_C(0xc3b2f6154b6694e0), UINT64_C(0x9d199062b7bbb3a8),
	};
	const struct secret secret = { .text = { UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908) } };
	unsigned char bytes[sizeof vectors / sizeof *vectors];
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof bytes; i++) {
		bytes[i] = (unsigned char)i;
		wrong += hash_bytes(&secret, bytes, i) != vectors[i];
	}
	OK(tap, wrong == 0, "SipHash-1-3: %u of 64 vectors are wrong", wrong);
	OK(tap, hash_bytes(&secret, NULL, 0) == vectors[0], "nothing");
}

/* A bijection with any odd factor: no bit of a key is lost, and each counts. */
static void test_hash_integers(struct tap *tap)
{
	const struct secret plain = { .times = UINT64_C(0xbf58476d1ce4e5b9), .second = 1 };
	const struct secret *secret = secret_get();
	uint64_t changed = UINT64_MAX;

	OK(tap, hash_u64(&plain, 0) == 0 && hash_u64(&plain, 1) == UINT64_C(0x5692161d100b05e5) &&
		hash_u64(&plain, UINT64_MAX) == UINT64_C(0xb4d055fcf2cbbd7b), "with its own factor it is splitmix64's");
	OK(tap, secret && secret == secret_get() && secret->times % 2 && secret->second % 2 && secret->add != secret->text[0] &&
			hash_pair(secret, 7, 0) == hash_u64(secret, 7), "the secret is drawn once");
	for (unsigned bit = 0; secret && bit < 64; bit++)
		changed &= hash_u64(secret, 12345) ^ hash_u64(secret, 12345 ^ UINT64_C(1) << bit) ? UINT64_MAX : 0;
	OK(tap, changed == UINT64_MAX, "every bit of a key counts");
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
	test_hash_integers(&tap);
	test_small(&tap);
	test_many(&tap);
	test_random(&tap);
	test_map_small(&tap);
	test_map_many(&tap);
	return tap_done(&tap);
}
