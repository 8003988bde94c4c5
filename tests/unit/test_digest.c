/* SPDX-License-Identifier: Apache-2.0 */
/* SHA-256 against the examples of FIPS 180-4 (NIST), and pieces against the whole. */
#include "base/digest/digest.h"
#include "tap.h"

#define TWO_BLOCKS "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"

static void test_examples(struct tap *tap)
{
	static const struct {
		const char *text;
		const char *hex;
	} rows[] = {
		{ "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
		{ TWO_BLOCKS, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1" },
	};
	char hex[DIGEST_HEX];

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		OK(tap, digest_of(rows[i].text, strlen(rows[i].text), hex) && tap_same(hex, rows[i].hex), "SHA-256 of '%s'",
		   rows[i].text);
	OK(tap, digest_of(NULL, 0, hex) && tap_same(hex, rows[0].hex), "SHA-256 of nothing");
}

static void test_million(struct tap *tap)
{
	struct digest *digest = digest_new();
	char hex[DIGEST_HEX] = "";
	char block[1000];
	bool good = digest != NULL;

	memset(block, 'a', sizeof block);
	for (int i = 0; i < 1000 && good; i++)
		good = digest_add(digest, block, sizeof block);
	OK(tap, good && digest_end(digest, hex) &&
		tap_same(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"), "a million times the letter a");
	digest_free(digest);
	digest_free(NULL);
}

/* Every length about the block of 64 bytes, in two pieces of every size. */
static void test_pieces(struct tap *tap)
{
	unsigned char data[130];
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (unsigned char)(i * 37);
	for (size_t len = 0; len <= sizeof data; len++) {
		char whole[DIGEST_HEX];

		wrong += !digest_of(data, len, whole) || strlen(whole) != 64;
		for (size_t cut = 0; cut <= len; cut++) {
			struct digest *digest = digest_new();
			char hex[DIGEST_HEX];

			wrong += !digest || !digest_add(digest, data, cut) || !digest_add(digest, data + cut, len - cut) ||
				 !digest_end(digest, hex) || strcmp(hex, whole) != 0;
			digest_free(digest);
		}
	}
	OK(tap, wrong == 0, "pieces give what the whole gives");
}

int main(void)
{
	struct tap tap = { 0 };

	test_examples(&tap);
	test_million(&tap);
	test_pieces(&tap);
	return tap_done(&tap);
}
