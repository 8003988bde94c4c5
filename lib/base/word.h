/* SPDX-License-Identifier: Apache-2.0 */
/* Eight bytes of text looked at as one integer, the first byte in the lowest bits on every machine. */
#ifndef UNSPOOF_BASE_WORD_H
#define UNSPOOF_BASE_WORD_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The same byte eight times. */
#define WORD_OF(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Eight bytes. */
static inline uint64_t word_load(const void *bytes)
{
	uint64_t word;

	memcpy(&word, bytes, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* Writes eight bytes. */
static inline void word_store(void *bytes, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	memcpy(bytes, &word, sizeof word);
}

/* Four bytes, and zeros. */
static inline uint64_t word_load_half(const void *bytes)
{
	uint32_t half;

	memcpy(&half, bytes, sizeof half);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	half = __builtin_bswap32(half);
#endif
	return half;
}

/* The `len` bytes, 0 to 8, and zeros; no other byte is read. */
static inline uint64_t word_load_part(const void *bytes, size_t len)
{
	const unsigned char *byte = bytes;

	if (len >= 8)
		return word_load(bytes);
	if (len >= 4)
		return word_load_half(byte) | word_load_half(byte + len - 4) << (8 * (len - 4));
	if (len == 0)
		return 0;
	return byte[0] | (uint64_t)byte[len / 2] << (8 * (len / 2)) | (uint64_t)byte[len - 1] << (8 * (len - 1));
}

/* The highest bit of each byte that is no digit. */
static inline uint64_t word_others(uint64_t word)
{
	uint64_t above = word ^ WORD_OF('0');

	return (((above & WORD_OF(0x7f)) + WORD_OF(0x80 - 10)) | above) & WORD_OF(0x80);
}

/* The number that `len` digits, 1 to 8, make. */
static inline uint64_t word_number(uint64_t word, size_t len)
{
	word = (word ^ WORD_OF('0')) << (64 - 8 * len);
	word = word * 10 + (word >> 8);
	return ((word & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x000f424000000064) +
		(word >> 16 & UINT64_C(0x000000ff000000ff)) * UINT64_C(0x0000271000000001)) >> 32;
}

#endif
