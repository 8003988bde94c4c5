/* SPDX-License-Identifier: Apache-2.0 */
/* Payment addresses: which are Bitcoin addresses, whether their checksums hold, and one spelling for each. */
#include "base/money/address.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/digest/digest.h"
#include "base/scan.h"
#include "base/text.h"

#define BASE58_LEAST 26
#define BASE58_MOST 35
#define BASE58_BYTES 25 /* a version, 20 bytes of hash and 4 of checksum */
#define BASE58_WORDS 7  /* of 32 bits, that hold these bytes */
#define BASE58_AT_ONCE 5 /* 58 to that power is within 32 bits */
#define BECH32_LEAST 14 /* "bc1", a version, two bytes and six characters of checksum */
#define BECH32_MOST 90
#define BECH32_CHECKSUM 6
#define BECH32_CONSTANT 1           /* BIP 173 */
#define BECH32M_CONSTANT 0x2bc830a3 /* BIP 350 */
#define TXID_LENGTH 64
#define ETHEREUM_DIGITS 40

/* Writes the text and a NUL; 0 when they do not fit. */
static size_t put_text(struct text text, char *out, size_t size)
{
	if (size > 0)
		*out = '\0';
	if (text.len == 0 || text.len >= size)
		return 0;
	memcpy(out, text.data, text.len);
	out[text.len] = '\0';
	return text.len;
}

static void lower_case(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		text[i] = scan_lower(text[i]);
}

/* ---- base58check ---- */

static bool is_base58(struct text text)
{
	if (text.len < BASE58_LEAST || text.len > BASE58_MOST || (*text.data != '1' && *text.data != '3'))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i];

		if ((!scan_is_digit(c) && !scan_is_letter(c)) || c == '0' || c == 'O' || c == 'I' || c == 'l')
			return false;
	}
	return true;
}

static unsigned base58_value(char c)
{
	static const char alphabet[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

	return (unsigned)(strchr(alphabet, c) - alphabet);
}

/* Multiplies by 58 and adds the next character, for a few of them at once. False when it needs more than all words. */
static bool add_base58(uint32_t words[static BASE58_WORDS], struct text some)
{
	uint32_t factor = 1;
	uint64_t carry = 0;

	for (size_t i = 0; i < some.len; i++) {
		factor *= 58;
		carry = carry * 58 + base58_value(some.data[i]);
	}
	for (size_t j = BASE58_WORDS; j-- > 0;) {
		carry += (uint64_t)words[j] * factor;
		words[j] = (uint32_t)carry;
		carry >>= 32;
	}
	return carry == 0;
}

/* The number the text spells, in 25 bytes; false when it needs more, or its leading zeros are not as many as its ones. */
static bool decode_base58(struct text text, unsigned char out[static BASE58_BYTES])
{
	uint32_t words[BASE58_WORDS] = {0};
	size_t ones = 0, zeros = 0;

	for (size_t i = 0; i < text.len; i += BASE58_AT_ONCE) {
		const size_t left = text.len - i;

		if (!add_base58(words, (struct text){text.data + i, left < BASE58_AT_ONCE ? left : BASE58_AT_ONCE}))
			return false;
	}
	if (words[0] > 0xff)
		return false;
	for (size_t i = 0; i < BASE58_BYTES; i++)
		out[BASE58_BYTES - 1 - i] = (unsigned char)(words[BASE58_WORDS - 1 - i / 4] >> (8 * (i % 4)) & 0xff);
	while (ones < text.len && text.data[ones] == '1')
		ones++;
	while (zeros < BASE58_BYTES && out[zeros] == 0)
		zeros++;
	return ones == zeros;
}

/* The first four bytes of SHA-256 applied twice. */
static bool double_hash(const unsigned char *data, size_t len, unsigned char out[static 4])
{
	unsigned char first[DIGEST_BYTES], second[DIGEST_BYTES];

	if (!digest_raw(data, len, first) || !digest_raw(first, sizeof first, second))
		return false;
	memcpy(out, second, 4);
	return true;
}

static enum address_kind base58_kind(struct text text)
{
	unsigned char bytes[BASE58_BYTES], sum[4];

	if (!decode_base58(text, bytes))
		return ADDRESS_BAD_CHECKSUM;
	if (!double_hash(bytes, BASE58_BYTES - sizeof sum, sum))
		return ADDRESS_UNCHECKED;
	if (memcmp(sum, bytes + BASE58_BYTES - sizeof sum, sizeof sum) != 0)
		return ADDRESS_BAD_CHECKSUM;
	if (bytes[0] == 0)
		return ADDRESS_P2PKH;
	return bytes[0] == 5 ? ADDRESS_P2SH : ADDRESS_OTHER;
}

/* ---- bech32 ---- */

/* Letters and digits from "bc1" on, in the length that BIP 173 allows. */
static bool is_bech32(struct text text)
{
	bool good = true;

	if (text.len < BECH32_LEAST || text.len > BECH32_MOST)
		return false;
	if (!text_is_fold((struct text){text.data, 3}, "bc1"))
		return false;
	/* Which of them is a letter cannot be foretold. */
	for (size_t i = 3; i < text.len; i++) {
		const char c = text.data[i], lower = (char)(c | 0x20);

		good &= ((c >= '0') & (c <= '9')) | ((lower >= 'a') & (lower <= 'z'));
	}
	return good;
}

static bool is_one_case(struct text text)
{
	bool upper = false, lower = false;

	for (size_t i = 0; i < text.len; i++) {
		upper |= (text.data[i] >= 'A') & (text.data[i] <= 'Z');
		lower |= (text.data[i] >= 'a') & (text.data[i] <= 'z');
	}
	return !upper || !lower;
}

/* What a step of the checksum's code over GF(32), BIP 173, adds for the five bits that it shifts out. */
#define GENERATOR(top) \
	(((top) & 1 ? 0x3b6a57b2u : 0) ^ ((top) & 2 ? 0x26508e6du : 0) ^ ((top) & 4 ? 0x1ea119fau : 0) \
		^ ((top) & 8 ? 0x3d4233ddu : 0) ^ ((top) & 16 ? 0x2a1462b3u : 0))
#define GENERATORS(top) GENERATOR(top), GENERATOR((top) + 1), GENERATOR((top) + 2), GENERATOR((top) + 3)

static uint32_t checksum_step(uint32_t sum, unsigned value)
{
	static const uint32_t generators[32] = {GENERATORS(0), GENERATORS(4), GENERATORS(8), GENERATORS(12), GENERATORS(16),
		GENERATORS(20), GENERATORS(24), GENERATORS(28)};

	return ((sum & 0x1ffffff) << 5 ^ value) ^ generators[sum >> 25 & 31];
}

/* Spells the data part as numbers of five bits. It is letters and digits, and the table has one more than
 * the number of each: 0 for those that have none. */
static bool decode_bech32(struct text data, unsigned char values[static BECH32_MOST], size_t *count)
{
	static const unsigned char numbers[128] = {
		['q'] = 1, ['p'] = 2, ['z'] = 3, ['r'] = 4, ['y'] = 5, ['9'] = 6, ['x'] = 7, ['8'] = 8,
		['g'] = 9, ['f'] = 10, ['2'] = 11, ['t'] = 12, ['v'] = 13, ['d'] = 14, ['w'] = 15, ['0'] = 16,
		['s'] = 17, ['3'] = 18, ['j'] = 19, ['n'] = 20, ['5'] = 21, ['4'] = 22, ['k'] = 23, ['h'] = 24,
		['c'] = 25, ['e'] = 26, ['6'] = 27, ['m'] = 28, ['u'] = 29, ['a'] = 30, ['7'] = 31, ['l'] = 32,
	};

	*count = 0;
	for (size_t i = 0; i < data.len; i++) {
		const unsigned char number = numbers[scan_lower(data.data[i]) & 127];

		if (number == 0)
			return false;
		values[(*count)++] = (unsigned char)(number - 1);
	}
	return true;
}

/* Whether the numbers between version and checksum make a witness program that the version allows. */
static bool is_program(unsigned version, const unsigned char *values, size_t count)
{
	const size_t bytes = count * 5 / 8, padding = count * 5 % 8;

	if (version > 16 || bytes < 2 || bytes > 40 || padding > 4)
		return false;
	if ((values[count - 1] & ((1u << padding) - 1)) != 0)
		return false;
	return version > 0 || bytes == 20 || bytes == 32;
}

static enum address_kind bech32_kind(struct text text)
{
	/* The letters "bc" as BIP 173 puts them into the checksum: high bits, 0, low bits. */
	static const unsigned char prefix[] = {3, 3, 0, 2, 3};
	unsigned char values[BECH32_MOST];
	size_t count;
	uint32_t sum = 1;

	if (!is_one_case(text) || !decode_bech32((struct text){text.data + 3, text.len - 3}, values, &count))
		return ADDRESS_BAD_CHECKSUM;
	for (size_t i = 0; i < sizeof prefix; i++)
		sum = checksum_step(sum, prefix[i]);
	for (size_t i = 0; i < count; i++)
		sum = checksum_step(sum, values[i]);
	if (sum != (values[0] == 0 ? BECH32_CONSTANT : BECH32M_CONSTANT))
		return ADDRESS_BAD_CHECKSUM;
	if (!is_program(values[0], values + 1, count - 1 - BECH32_CHECKSUM))
		return ADDRESS_BAD_CHECKSUM;
	return values[0] == 0 ? ADDRESS_BECH32 : ADDRESS_BECH32M;
}

/* Whether a text in capitals is an address of another coin or network whose checksum holds: any prefix of BIP 173 but "bc". */
static bool is_foreign_bech32(struct text text)
{
	unsigned char values[BECH32_MOST];
	size_t split = text.len, count;
	uint32_t sum = 1;

	if (text.len > BECH32_MOST || !is_one_case(text))
		return false;
	while (split > 0 && text.data[split - 1] != '1')
		split--;
	if (split < 2 || text.len - split < BECH32_CHECKSUM)
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!scan_is_letter(text.data[i]) && !scan_is_digit(text.data[i]))
			return false;
	if (!decode_bech32((struct text){text.data + split, text.len - split}, values, &count))
		return false;
	for (size_t i = 0; i < split - 1; i++)
		sum = checksum_step(sum, (unsigned char)scan_lower(text.data[i]) >> 5);
	sum = checksum_step(sum, 0);
	for (size_t i = 0; i < split - 1; i++)
		sum = checksum_step(sum, (unsigned char)scan_lower(text.data[i]) & 31);
	for (size_t i = 0; i < count; i++)
		sum = checksum_step(sum, values[i]);
	return sum == BECH32_CONSTANT || sum == BECH32M_CONSTANT;
}

/* ---- identities ---- */

/* The address inside a URI of a scheme, BIP 21 or ERC-681: without scheme and what follows one of `ends`. */
static struct text strip_uri(struct text text, const char *scheme, const char *ends)
{
	const size_t length = strlen(scheme);
	size_t end = 0;

	if (text.len >= length && text_is_fold((struct text){text.data, length}, scheme)) {
		text.data += length;
		text.len -= length;
	}
	while (end < text.len && (text.data[end] == '\0' || strchr(ends, text.data[end]) == NULL))
		end++;
	text.len = end;
	return text_trim(text);
}

static bool is_hexadecimal(struct text text)
{
	bool hex = true;

	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i], lower = (char)(c | 0x20);

		hex &= ((c >= '0') & (c <= '9')) | ((lower >= 'a') & (lower <= 'f'));
	}
	return hex;
}

/* 0x and so many hexadecimal digits. */
static bool is_prefixed_hexadecimal(struct text text, size_t digits)
{
	return text.len == digits + 2 && text_is_fold((struct text){text.data, 2}, "0x")
		&& is_hexadecimal((struct text){text.data + 2, digits});
}

static size_t put_lower(struct text text, char *out, size_t size)
{
	const size_t written = put_text(text, out, size);

	lower_case(out, written);
	return written;
}

/* What is no Bitcoin address. */
static size_t put_other(struct text whole, char *out, size_t size, enum address_kind *kind)
{
	const struct text account = strip_uri(whole, "ethereum:", "@/?");

	*kind = ADDRESS_OTHER;
	if (is_prefixed_hexadecimal(account, ETHEREUM_DIGITS)) {
		*kind = ADDRESS_ETHEREUM;
		return put_lower(account, out, size);
	}
	return is_foreign_bech32(whole) ? put_lower(whole, out, size) : put_text(whole, out, size);
}

size_t address_identity(const char *text, size_t len, char *out, size_t size, enum address_kind *kind)
{
	const struct text whole = text_trim((struct text){text, len});
	const struct text core = strip_uri(whole, "bitcoin:", "?");

	if (is_base58(core)) {
		*kind = base58_kind(core);
		if (*kind != ADDRESS_OTHER)
			return put_text(core, out, size);
	} else if (is_bech32(core)) {
		*kind = bech32_kind(core);
		return is_one_case(core) ? put_lower(core, out, size) : put_text(core, out, size);
	}
	return put_other(whole, out, size, kind);
}

/* The 64 digits of a transaction's id; len 0: it is none. `0x`, which some put in front, is no part of it. */
static struct text txid_digits(struct text text)
{
	if (is_prefixed_hexadecimal(text, TXID_LENGTH))
		return (struct text){text.data + 2, TXID_LENGTH};
	return text.len == TXID_LENGTH && is_hexadecimal(text) ? text : (struct text){NULL, 0};
}

/* Cuts the output off that a text ends with, if it is a transaction otherwise. */
static int64_t cut_output(struct text *text)
{
	struct text whole = *text;
	uint64_t output;

	while (whole.len > 0 && scan_is_digit(whole.data[whole.len - 1]))
		whole.len--;
	if (whole.len < 2 || (whole.data[whole.len - 1] != ':' && whole.data[whole.len - 1] != '-'))
		return TXID_NO_OUTPUT;
	if (!text_to_u64((struct text){whole.data + whole.len, text->len - whole.len}, &output) || output > UINT32_MAX)
		return TXID_NO_OUTPUT;
	whole.len--;
	if (txid_digits(whole).len == 0)
		return TXID_NO_OUTPUT;
	*text = whole;
	return (int64_t)output;
}

size_t txid_identity(const char *text, size_t len, char *out, size_t size, int64_t *output)
{
	struct text whole = text_trim((struct text){text, len}), digits;

	*output = cut_output(&whole);
	digits = txid_digits(whole);
	return digits.len ? put_lower(digits, out, size) : put_text(whole, out, size);
}
