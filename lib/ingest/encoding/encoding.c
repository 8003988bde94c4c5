/* SPDX-License-Identifier: Apache-2.0 */
/* Texts in other encodings than UTF-8, made into it so that the bytes they were can be told again. */
#include "ingest/encoding/encoding.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ingest/encoding/encoding_tables.h"

enum way { WAY_TABLE, WAY_LATIN, WAY_LITTLE, WAY_BIG, WAY_ICONV };

struct encoding {
	const char *name;
	const char *also[4];
	enum way way;
	const uint16_t *table;  /* of bytes from 0x80 on */
};

struct decoder {
	const struct encoding *encoding;
	iconv_t iconv;
	bool open;
};

static const struct encoding encodings[] = {
	{ "UTF-16LE", { "utf16le", "utf-16" }, WAY_LITTLE, NULL },
	{ "UTF-16BE", { "utf16be" }, WAY_BIG, NULL },
	{ "ISO-8859-1", { "latin-1", "latin1", "iso8859-1" }, WAY_LATIN, NULL },
	{ "ISO-8859-2", { "latin-2", "latin2" }, WAY_TABLE, iso8859_2 },
	{ "ISO-8859-9", { "latin-5", "latin5" }, WAY_TABLE, iso8859_9 },
	{ "ISO-8859-13", { "latin-7", "latin7" }, WAY_TABLE, iso8859_13 },
	{ "ISO-8859-15", { "latin-9", "latin9" }, WAY_TABLE, iso8859_15 },
	{ "windows-1250", { "cp1250" }, WAY_TABLE, cp1250 },
	{ "windows-1251", { "cp1251" }, WAY_TABLE, cp1251 },
	{ "windows-1252", { "cp1252" }, WAY_TABLE, cp1252 },
	{ "windows-1253", { "cp1253" }, WAY_TABLE, cp1253 },
	{ "windows-1254", { "cp1254" }, WAY_TABLE, cp1254 },
	{ "windows-1255", { "cp1255" }, WAY_TABLE, cp1255 },
	{ "windows-1256", { "cp1256" }, WAY_TABLE, cp1256 },
	{ "windows-1257", { "cp1257" }, WAY_TABLE, cp1257 },
	{ "windows-1258", { "cp1258" }, WAY_TABLE, cp1258 },
	{ "KOI8-R", { "koi8r" }, WAY_TABLE, koi8_r },
	{ "KOI8-U", { "koi8u" }, WAY_TABLE, koi8_u },
	{ "cp866", { "ibm866" }, WAY_TABLE, cp866 },
	{ "GBK", { "cp936", "gb2312" }, WAY_ICONV, NULL },
};
#define ENCODINGS (sizeof(encodings) / sizeof(encodings[0]))

/* ---- which there are ---- */

static bool has_name(const struct encoding *encoding, struct text name)
{
	bool has = text_is_fold(name, encoding->name);

	for (size_t i = 0; i < sizeof(encoding->also) / sizeof(encoding->also[0]) && encoding->also[i]; i++)
		has = has || text_is_fold(name, encoding->also[i]);
	return has;
}

const struct encoding *encoding_find(struct text name, bool *known)
{
	*known = text_is_fold(name, "UTF-8") || text_is_fold(name, "utf8") || text_is_fold(name, "utf8mb4") ||
		 text_is_fold(name, "utf8mb3");
	for (size_t i = 0; i < ENCODINGS && !*known; i++)
		if (has_name(&encodings[i], name)) {
			*known = true;
			return &encodings[i];
		}
	return NULL;
}

const char *encoding_names(void)
{
	return "utf-8, utf-16le, utf-16be, latin-1, latin-2, latin-5, latin-7, latin-9, windows-1250 to "
	       "windows-1258, koi8-r, koi8-u, cp866 or gbk";
}

const char *encoding_name(const struct encoding *encoding)
{
	return encoding->name;
}

const struct encoding *encoding_marked(struct text start)
{
	/* The mark of UTF-32 begins like one of UTF-16. */
	if (start.len >= 4 && !memcmp(start.data, "\xff\xfe\0\0", 4))
		return NULL;
	if (start.len >= 2 && !memcmp(start.data, "\xff\xfe", 2))
		return &encodings[0];
	return start.len >= 2 && !memcmp(start.data, "\xfe\xff", 2) ? &encodings[1] : NULL;
}

const char *encoding_unmarked(struct text start)
{
	const size_t looked = (start.len < 4096 ? start.len : 4096) & ~(size_t)1;
	size_t nuls[2] = { 0, 0 };

	for (size_t i = 0; i < looked; i++)
		nuls[i & 1] += start.data[i] == '\0';
	if (looked < 8)
		return NULL;
	if (nuls[1] > looked * 2 / 5 && nuls[0] <= looked / 50)
		return "utf-16le";
	return nuls[0] > looked * 2 / 5 && nuls[1] <= looked / 50 ? "utf-16be" : NULL;
}

/* ---- into UTF-8 ---- */

static size_t decode_bytes(const uint16_t *table, struct text raw, char *out, size_t room, size_t *taken)
{
	size_t len = 0, at = 0;

	for (; at < raw.len && len + ENCODING_ROOM <= room; at++) {
		const unsigned char byte = (unsigned char)raw.data[at];

		if (byte < 0x80)
			out[len++] = (char)byte;
		else
			len += utf8_put(table ? table[byte - 0x80] : byte, out + len);
	}
	*taken = at;
	return len;
}

static uint32_t unit_at(struct text raw, size_t at, bool big)
{
	const unsigned char *bytes = (const unsigned char *)raw.data + at;

	return big ? (uint32_t)bytes[0] << 8 | bytes[1] : (uint32_t)bytes[1] << 8 | bytes[0];
}

static bool is_high(uint32_t unit)
{
	return unit >= 0xd800 && unit < 0xdc00;
}

static bool is_low(uint32_t unit)
{
	return unit >= 0xdc00 && unit < 0xe000;
}

/* RFC 2781. A half that goes on behind raw is left. */
static size_t decode_units(bool big, struct text raw, bool last, char *out, size_t room, size_t *taken,
			   uint64_t *odd)
{
	size_t len = 0, at = 0;

	while (at + 2 <= raw.len && len + ENCODING_ROOM <= room) {
		uint32_t point = unit_at(raw, at, big);
		size_t used = 2;

		if (is_high(point) && at + 4 > raw.len && !last)
			break;
		if (is_high(point) && at + 4 <= raw.len && is_low(unit_at(raw, at + 2, big))) {
			point = 0x10000 + ((point - 0xd800) << 10) + (unit_at(raw, at + 2, big) - 0xdc00);
			used = 4;
		} else if (is_high(point) || is_low(point)) {
			++*odd;
		}
		len += utf8_put(point, out + len);
		at += used;
	}
	if (last && at + 1 == raw.len && len < room) {
		out[len++] = (char)0xff;
		at++;
		++*odd;
	}
	*taken = at;
	return len;
}

/* Two bytes as one character; 0: they are none. */
static size_t decode_pair(iconv_t cd, const char *pair, char *out)
{
	char *in = (char *)(uintptr_t)pair, *to = out;
	size_t left = 2, space = ENCODING_ROOM;

	if (iconv(cd, &in, &left, &to, &space) == (size_t)-1 || left > 0) {
		(void)iconv(cd, NULL, NULL, NULL, NULL);
		return 0;
	}
	return (size_t)(to - out);
}

/* Character by character: of one byte there are those of ASCII alone, so that places can be counted. What
 * is none goes byte by byte. */
static size_t decode_iconv(iconv_t cd, struct text raw, bool last, char *out, size_t room, size_t *taken,
			   uint64_t *odd)
{
	size_t len = 0, at = 0;

	while (at < raw.len && len + ENCODING_ROOM <= room) {
		const unsigned char lead = (unsigned char)raw.data[at];
		const bool pair = lead > 0x80 && lead < 0xff;
		size_t used = 0;

		if (lead < 0x80) {
			out[len++] = (char)lead;
			at++;
			continue;
		}
		if (pair && at + 1 == raw.len && !last)
			break;
		if (pair && at + 1 < raw.len)
			used = decode_pair(cd, raw.data + at, out + len);
		*odd += used == 0;
		len += used ? used : utf8_put(0xdc00 + lead, out + len);
		at += used ? 2 : 1;
	}
	*taken = at;
	return len;
}

struct decoder *decoder_new(const struct encoding *encoding)
{
	struct decoder *decoder = calloc(1, sizeof(*decoder));

	if (!decoder)
		return NULL;
	decoder->encoding = encoding;
	if (encoding->way != WAY_ICONV)
		return decoder;
	decoder->iconv = iconv_open("UTF-8", encoding->name);
	decoder->open = decoder->iconv != (iconv_t)-1;
	if (!decoder->open) {
		free(decoder);
		return NULL;
	}
	return decoder;
}

void decoder_free(struct decoder *decoder)
{
	if (decoder && decoder->open)
		(void)iconv_close(decoder->iconv);
	free(decoder);
}

size_t decoder_decode(struct decoder *decoder, struct text raw, bool last, char *out, size_t room,
		      size_t *taken, uint64_t *odd)
{
	const struct encoding *encoding = decoder->encoding;

	switch (encoding->way) {
	case WAY_LITTLE:
	case WAY_BIG:
		return decode_units(encoding->way == WAY_BIG, raw, last, out, room, taken, odd);
	case WAY_ICONV:
		return decode_iconv(decoder->iconv, raw, last, out, room, taken, odd);
	default:
		return decode_bytes(encoding->table, raw, out, room, taken);
	}
}

/* ---- and back to places ---- */

/* Bytes that begin a character. */
static uint64_t count_leads(const char *utf8, size_t len)
{
	uint64_t leads = 0;

	for (size_t i = 0; i < len; i++)
		leads += ((unsigned char)utf8[i] & 0xc0) != 0x80;
	return leads;
}

/* Those that stand for one pair of UTF-16; the odd byte at the end is 0xff, and stands for one. */
static uint64_t count_units(const char *utf8, size_t len)
{
	uint64_t bytes = 2 * count_leads(utf8, len);

	for (size_t i = 0; i < len; i++) {
		const unsigned char byte = (unsigned char)utf8[i];

		bytes += (byte >= 0xf0) * 2u;
		bytes -= (byte == 0xff) * 3u;
	}
	return bytes;
}

/* No character of GBK has a code point that begins with 0xed. */
static uint64_t count_pairs(const char *utf8, size_t len)
{
	uint64_t bytes = count_leads(utf8, len);

	for (size_t i = 0; i < len; i++)
		bytes += (unsigned char)utf8[i] >= 0xc0 && (unsigned char)utf8[i] != 0xed;
	return bytes;
}

uint64_t encoding_bytes(const struct encoding *encoding, const char *utf8, size_t len)
{
	switch (encoding->way) {
	case WAY_LITTLE:
	case WAY_BIG:
		return count_units(utf8, len);
	case WAY_ICONV:
		return count_pairs(utf8, len);
	default:
		return count_leads(utf8, len);
	}
}
