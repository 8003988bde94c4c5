/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Payment addresses. Those that are nobody's were made for this test from the bytes 0, 1, 2 ...; the others are the test
 * vectors of BIP 173 and BIP 350 (P. Wuille, BSD-2-Clause, github.com/bitcoin/bips).
 */
#include <stdlib.h>

#include "base/money/address.h"
#include "tap.h"

struct vector {
	const char *text;
	const char *identity;
	enum address_kind kind;
};

#define P2PKH "112D2adLM3UKy4Z4giRbReR6gjWuvHUqB"
#define P2SH "31h38a54tFMrR8kzBnP2241MFD2EUHtGha"
#define SEGWIT "bc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysn4v0345"
#define TAPROOT "bc1pqqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0sg5tmnz"

static const struct vector vectors[] = {
	{P2PKH, P2PKH, ADDRESS_P2PKH}, {"  " P2PKH "\t\n", P2PKH, ADDRESS_P2PKH},
	{"111YfounNuKPrs8kNYzzf3GnLD3F6CBh", "111YfounNuKPrs8kNYzzf3GnLD3F6CBh", ADDRESS_P2PKH},
	{"1111111111111111111114oLvT2", "1111111111111111111114oLvT2", ADDRESS_P2PKH},
	{"1QLbz7JHiBTspS962RLKV8GndWFwi5j6Qr", "1QLbz7JHiBTspS962RLKV8GndWFwi5j6Qr", ADDRESS_P2PKH},
	{P2SH, P2SH, ADDRESS_P2SH}, {"3R2cuenjG5nFubqX9Wzuukdin2YfBbQ6Kw", "3R2cuenjG5nFubqX9Wzuukdin2YfBbQ6Kw", ADDRESS_P2SH},
	{"bitcoin:" P2PKH, P2PKH, ADDRESS_P2PKH}, {"BITCOIN:" P2SH "?amount=0.1&label=x", P2SH, ADDRESS_P2SH},
	{P2SH "?x", P2SH, ADDRESS_P2SH}, {"bitcoin: " P2SH " ?x", P2SH, ADDRESS_P2SH},
	{SEGWIT, SEGWIT, ADDRESS_BECH32}, {"BC1QQQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSN4V0345", SEGWIT, ADDRESS_BECH32},
	{"BitCoin:BC1QQQQSYQCYQ5RQWZQFPG9SCRGWPUGPZYSN4V0345?AMOUNT=1", SEGWIT, ADDRESS_BECH32},
	{"bc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0szrtjt7",
	 "bc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc0szrtjt7", ADDRESS_BECH32},
	{TAPROOT, TAPROOT, ADDRESS_BECH32M}, {"bc1sqypq3uvmnu", "bc1sqypq3uvmnu", ADDRESS_BECH32M},
	{"bc1pqqqsyqcyq5rqwzqfpg9scrgwpugpzysnqqqsyqcyq5rqwzqfpg9scrgwpugpzysnjyax5m",
	 "bc1pqqqsyqcyq5rqwzqfpg9scrgwpugpzysnqqqsyqcyq5rqwzqfpg9scrgwpugpzysnjyax5m", ADDRESS_BECH32M},
	/* BIP 173 and BIP 350 */
	{"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", ADDRESS_BECH32},
	{"bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y",
	 "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y", ADDRESS_BECH32M},
	{"BC1SW50QGDZ25J", "bc1sw50qgdz25j", ADDRESS_BECH32M},
	{"bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", "bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs", ADDRESS_BECH32M},
	{"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
	 "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", ADDRESS_BECH32M},
	{"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd",
	 "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", ADDRESS_BAD_CHECKSUM},
	{"BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL",
	 "bc1s0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq54well", ADDRESS_BAD_CHECKSUM},
	{"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", ADDRESS_BAD_CHECKSUM},
	{"bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4",
	 "bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4", ADDRESS_BAD_CHECKSUM},
	{"BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R",
	 "bc130xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq7zws8r", ADDRESS_BAD_CHECKSUM},
	{"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav",
	 "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav", ADDRESS_BAD_CHECKSUM},
	{"BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P", "bc1qr508d6qejxtdg4y5r3zarvaryv98gj9p", ADDRESS_BAD_CHECKSUM},
	{"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf",
	 "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf", ADDRESS_BAD_CHECKSUM},
	{"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7",
	 "tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", ADDRESS_OTHER},
	{"tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut",
	 "tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut", ADDRESS_OTHER},
	{"bc1pw5dgrnzv", "bc1pw5dgrnzv", ADDRESS_OTHER}, {"bc1gmk9yu", "bc1gmk9yu", ADDRESS_OTHER},
	/* made with the wrong constant, length, version or padding */
	{"bc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysnqslask", "bc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysnqslask", ADDRESS_BAD_CHECKSUM},
	{"bc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysnqydzdwye", "bc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysnqydzdwye", ADDRESS_BAD_CHECKSUM},
	{"bc1pqqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc034zlwws",
	 "bc1pqqqsyqcyq5rqwzqfpg9scrgwpugpzysnzs23v9ccrydpk8qarc034zlwws", ADDRESS_BAD_CHECKSUM},
	/* mixed case is kept, since it is no address in either */
	{"bc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysn4v034Q", "bc1qqqqsyqcyq5rqwzqfpg9scrgwpugpzysn4v034Q", ADDRESS_BAD_CHECKSUM},
	/* base58 mistyped, cut, too large, or with one leading 1 more */
	{"112D2adLM3UKy4Z4giRbReR6gjWuvHUqC", "112D2adLM3UKy4Z4giRbReR6gjWuvHUqC", ADDRESS_BAD_CHECKSUM},
	{"112D2adLM3UKy4Z4giRbReR6gjWuvHUq", "112D2adLM3UKy4Z4giRbReR6gjWuvHUq", ADDRESS_BAD_CHECKSUM},
	{"1112D2adLM3UKy4Z4giRbReR6gjWuvHUqB", "1112D2adLM3UKy4Z4giRbReR6gjWuvHUqB", ADDRESS_BAD_CHECKSUM},
	{"3zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", "3zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz", ADDRESS_BAD_CHECKSUM},
	{"bitcoin:112D2adLM3UKy4Z4giRbReR6gjWuvHUqC?x", "112D2adLM3UKy4Z4giRbReR6gjWuvHUqC", ADDRESS_BAD_CHECKSUM},
	/* another version that begins with 3 too, and a test network */
	{"3R2e7gNMbRpjEZu5DCiLWBH8siHBC8immQ", "3R2e7gNMbRpjEZu5DCiLWBH8siHBC8immQ", ADDRESS_OTHER},
	{"mfWyW5fc9NUj75YAnFgoRLrjxgLDn2MMth", "mfWyW5fc9NUj75YAnFgoRLrjxgLDn2MMth", ADDRESS_OTHER},
	/* Ethereum: the checksum of EIP-55 is in the case; then cut, and with a digit that is none */
	{"0xAbCdEf0123456789aBcDeF0123456789AbCdEf01", "0xabcdef0123456789abcdef0123456789abcdef01", ADDRESS_ETHEREUM},
	{" 0Xabcdef0123456789abcdef0123456789ABCDEF01 ", "0xabcdef0123456789abcdef0123456789abcdef01", ADDRESS_ETHEREUM},
	{"Ethereum:0xAbCdEf0123456789aBcDeF0123456789AbCdEf01@1?value=2", "0xabcdef0123456789abcdef0123456789abcdef01", ADDRESS_ETHEREUM},
	{"0xAbCdEf0123456789aBcDeF0123456789AbCdEf0", "0xAbCdEf0123456789aBcDeF0123456789AbCdEf0", ADDRESS_OTHER},
	{"0xAbCdEf0123456789aBcDeF0123456789AbCdEfG1", "0xAbCdEf0123456789aBcDeF0123456789AbCdEfG1", ADDRESS_OTHER},
	/* BIP 173: another prefix, in capitals; then mistyped */
	{"A12UEL5L", "a12uel5l", ADDRESS_OTHER}, {"A12UEL5M", "A12UEL5M", ADDRESS_OTHER}, {"A12uEL5L", "A12uEL5L", ADDRESS_OTHER},
	{"TB1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KXPJZSX", "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx", ADDRESS_OTHER},
	{"1PAYER", "1PAYER", ADDRESS_OTHER}, {"SHOP1", "SHOP1", ADDRESS_OTHER}, {"1", "1", ADDRESS_OTHER},
	/* anything else stays as it is */
	{" payer@example.com ", "payer@example.com", ADDRESS_OTHER}, {"Who?", "Who?", ADDRESS_OTHER},
	{"bitcoin:nobody?x", "bitcoin:nobody?x", ADDRESS_OTHER}, {"bitcoin:", "bitcoin:", ADDRESS_OTHER}, {"?", "?", ADDRESS_OTHER},
	{"1O2D2adLM3UKy4Z4giRbReR6gjWuvHUqB", "1O2D2adLM3UKy4Z4giRbReR6gjWuvHUqB", ADDRESS_OTHER},
	{"112D2adLM3UKy4Z4giRbReR6gjWuv-UqB", "112D2adLM3UKy4Z4giRbReR6gjWuv-UqB", ADDRESS_OTHER},
	{"112D2adLM3UKy4Z4giRbReR6", "112D2adLM3UKy4Z4giRbReR6", ADDRESS_OTHER}, {"bc1 is a prefix", "bc1 is a prefix", ADDRESS_OTHER},
};

static void test_addresses(struct tap *tap)
{
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		const struct vector *want = &vectors[i];
		enum address_kind kind = ADDRESS_UNCHECKED;
		char out[128];
		size_t len = address_identity(want->text, strlen(want->text), out, sizeof out, &kind);

		OK(tap, kind == want->kind && len == strlen(want->identity) && strcmp(out, want->identity) == 0, "\"%s\" is %s, kind %d",
		   want->text, out, (int)kind);
	}
}

static void test_room(struct tap *tap)
{
	enum address_kind kind;
	char out[128] = "x";

	OK(tap, address_identity("", 0, out, sizeof out, &kind) == 0 && *out == '\0' && kind == ADDRESS_OTHER, "an empty address");
	OK(tap, address_identity(" \t", 2, out, sizeof out, &kind) == 0 && *out == '\0', "a blank address");
	OK(tap, address_identity(P2PKH, 33, out, 34, &kind) == 33 && kind == ADDRESS_P2PKH, "just enough room");
	OK(tap, address_identity(P2PKH, 33, out, 33, &kind) == 0 && *out == '\0' && kind == ADDRESS_P2PKH, "too little room");
	OK(tap, address_identity(SEGWIT, 42, out, 42, &kind) == 0 && *out == '\0', "too little room for bech32");
	OK(tap, address_identity(P2PKH, 33, out, 0, &kind) == 0, "no room");
	OK(tap, address_identity(P2PKH "x", 33, out, sizeof out, &kind) == 33, "no further than its length");
}

/* A change of any one character, its case or another of the alphabet, is noticed. */
static void test_mistypes(struct tap *tap)
{
	static const char *const good[] = {P2PKH, P2SH, SEGWIT, TAPROOT};
	unsigned tried = 0, missed = 0;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		const size_t len = strlen(good[i]);

		for (size_t at = 1; at < len; at++) {
			for (char c = '1'; c <= 'z'; c++) {
				enum address_kind kind;
				char text[80], out[80];

				memcpy(text, good[i], len + 1);
				if (text[at] == c)
					continue;
				text[at] = c;
				address_identity(text, len, out, sizeof out, &kind);
				tried++;
				missed += kind != ADDRESS_BAD_CHECKSUM && kind != ADDRESS_OTHER;
			}
		}
	}
	OK(tap, tried > 10000 && missed == 0, "%u mistyped addresses (%u taken)", tried, missed);
}

/* Every cut of every vector, in memory of just that size: for the sanitizers. */
static void test_cuts(struct tap *tap)
{
	unsigned longer = 0;

	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		for (size_t len = strlen(vectors[i].text); len > 0; len--) {
			enum address_kind kind;
			char *text = malloc(len), *out = malloc(len + 1);
			int64_t output;

			if (text != NULL && out != NULL) {
				memcpy(text, vectors[i].text, len);
				longer += address_identity(text, len, out, len + 1, &kind) > len;
				longer += txid_identity(text, len, out, len + 1, &output) > len;
			}
			free(text);
			free(out);
		}
	}
	OK(tap, longer == 0, "no identity is longer than its text");
}

#define UPPER "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeeff"
#define LOWER "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define ODD "00112233445566778899AABBCCDDEEFF00112233445566778899aabbccddeefG"

static const struct {
	const char *text, *identity;
	int64_t output;
} txids[] = {
	{"  " UPPER " ", LOWER, TXID_NO_OUTPUT}, {"0X" UPPER, LOWER, TXID_NO_OUTPUT}, {"0x" LOWER, LOWER, TXID_NO_OUTPUT},
	/* not hexadecimal, and cut: as they are, with what looks like an output */
	{ODD, ODD, TXID_NO_OUTPUT}, {ODD ":1", ODD ":1", TXID_NO_OUTPUT}, {"PAY-123", "PAY-123", TXID_NO_OUTPUT},
	{"AB:1", "AB:1", TXID_NO_OUTPUT}, {"0x" ODD ":1", "0x" ODD ":1", TXID_NO_OUTPUT}, {"0x0x" LOWER, "0x0x" LOWER, TXID_NO_OUTPUT},
	/* outputs */
	{UPPER ":0", LOWER, 0}, {"0x" UPPER ":1", LOWER, 1}, {" " UPPER "-17 ", LOWER, 17}, {LOWER ":4294967295", LOWER, 4294967295},
	{UPPER ":4294967296", UPPER ":4294967296", TXID_NO_OUTPUT}, {LOWER ":", LOWER ":", TXID_NO_OUTPUT},
	{LOWER "::1", LOWER "::1", TXID_NO_OUTPUT}, {LOWER "1", LOWER "1", TXID_NO_OUTPUT}, {":1", ":1", TXID_NO_OUTPUT},
	{LOWER "-1:2", LOWER "-1:2", TXID_NO_OUTPUT},
};

static void test_txids(struct tap *tap)
{
	char out[80];
	int64_t output;

	for (size_t i = 0; i < sizeof txids / sizeof *txids; i++) {
		const size_t len = txid_identity(txids[i].text, strlen(txids[i].text), out, sizeof out, &output);

		OK(tap, len == strlen(txids[i].identity) && strcmp(out, txids[i].identity) == 0 && output == txids[i].output,
			"\"%s\" is %s, output %lld", txids[i].text, out, (long long)output);
	}
	OK(tap, txid_identity("  ", 2, out, sizeof out, &output) == 0 && *out == '\0', "no id");
	OK(tap, txid_identity(LOWER, 64, out, 64, &output) == 0 && *out == '\0', "too little room for an id");
}

int main(void)
{
	struct tap tap = {0, 0};

	test_addresses(&tap);
	test_room(&tap);
	test_mistypes(&tap);
	test_cuts(&tap);
	test_txids(&tap);
	return tap_done(&tap);
}
