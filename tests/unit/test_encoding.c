/* SPDX-License-Identifier: Apache-2.0 */
/* Texts made UTF-8, and the bytes that they were, counted. */
#include <stdlib.h>
#include <string.h>

#include "casefile/form/form.h"
#include "ingest/encoding/encoding.h"
#include "ingest/encoding/fields.h"
#include "ingest/encoding/places.h"
#include "tap.h"

static const char *const names[] = { "utf-16le", "UTF-16BE", "latin-1", "latin-2", "latin-9", "cp1250", "windows-1251",
				     "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
				     "windows-1257", "windows-1258", "KOI8-R", "cp866", "gbk" };

static const struct encoding *encoding_of(const char *name)
{
	bool known;

	return encoding_find(text_of(name), &known);
}

/* All of raw in pieces, each decoded with what was left before it. */
static size_t decode(const struct encoding *encoding, const char *raw, size_t len, size_t piece, char *out, size_t room,
		     uint64_t *odd)
{
	struct decoder *decoder = decoder_new(encoding);
	size_t at = 0, to = 0, have = 0;

	*odd = 0;
	while (decoder && at < len) {
		size_t taken = 0;

		have = have + piece < len - at ? have + piece : len - at;
		to += decoder_decode(decoder, (struct text){ raw + at, have }, at + have == len, out + to, room - to, &taken,
				     odd);
		at += taken;
		have -= taken;
	}
	decoder_free(decoder);
	return to;
}

/* All pairs of bytes, so that every byte is met, good or bad. */
static void test_counts(struct tap *tap)
{
	static char raw[131072 + 1], out[4 * sizeof(raw)], again[sizeof(out)];

	for (size_t i = 0; i < 65536; i++) {
		raw[2 * i] = (char)(i >> 8);
		raw[2 * i + 1] = (char)i;
	}
	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++) {
		const struct encoding *encoding = encoding_of(names[n]);
		uint64_t odd, odd_again, parts = 0;
		const size_t len = decode(encoding, raw, sizeof(raw), sizeof(raw), out, sizeof(out), &odd);
		const size_t len_again = decode(encoding, raw, sizeof(raw), 3, again, sizeof(again), &odd_again);

		OK(tap, encoding_bytes(encoding, out, len) == sizeof(raw), "%s: all bytes are counted", names[n]);
		OK(tap, len == len_again && odd == odd_again && !memcmp(out, again, len), "%s: in pieces it is the same", names[n]);
		for (size_t i = 0; i < len; i += 7)
			parts += encoding_bytes(encoding, out + i, len - i < 7 ? len - i : 7);
		OK(tap, parts == sizeof(raw), "%s: counted in parts too", names[n]);
	}
}

/* Bytes of one character each are told apart by what they become. */
static void test_reversible(struct tap *tap)
{
	for (size_t n = 2; n < 16; n++) {
		const struct encoding *encoding = encoding_of(names[n]);
		char texts[256][8] = { { 0 } };
		bool all = true;
		uint64_t odd;

		for (int i = 0; i < 256; i++) {
			const char byte = (char)i;

			(void)decode(encoding, &byte, 1, 1, texts[i], sizeof(texts[i]), &odd);
			for (int k = 1; k < i; k++)
				all = all && strcmp(texts[i], texts[k]) != 0;
			all = all && odd == 0;
		}
		OK(tap, all, "%s: every byte can be told by its character", names[n]);
	}
}

static bool becomes(const char *name, const char *raw, size_t len, const char *text, uint64_t odd)
{
	char out[64] = "";
	uint64_t found;

	(void)decode(encoding_of(name), raw, len, 1, out, sizeof(out), &found);
	return tap_same(out, text) && found == odd;
}

static void test_texts(struct tap *tap)
{
	bool known;

	OK(tap, becomes("latin-1", "Zo\xeb", 3, "Zo\xc3\xab", 0), "Latin-1");
	OK(tap, becomes("windows-1252", "\x80\x81", 2, "\xe2\x82\xac\xc2\x81", 0), "a byte without a meaning");
	OK(tap, becomes("koi8-r", "\xe1", 1, "\xd0\x90", 0), "KOI8-R");
	OK(tap, becomes("utf-16le", "\x3d\xd8\x00\xde", 4, "\xf0\x9f\x98\x80", 0), "a pair of UTF-16");
	OK(tap, becomes("utf-16be", "\xd8\x3d\x00\x41", 4, "\xed\xa0\xbd" "A", 1), "half of one");
	OK(tap, becomes("utf-16be", "\x00\x41\x00", 3, "A\xff", 1), "an odd byte");
	OK(tap, becomes("gbk", "\xd5\xc5\xff" "A", 4, "\xe5\xbc\xa0\xed\xb3\xbf" "A", 1), "a byte that is none of GBK");
	OK(tap, !encoding_find(text_of("Utf-8"), &known) && known, "UTF-8 is none to be made");
	OK(tap, !encoding_find(text_of("utf-9"), &known) && !known, "an unknown one");
	OK(tap, encoding_marked((struct text){ "\xff\xfe" "a", 4 }) == encoding_of("utf-16le"), "a mark");
	OK(tap, !encoding_marked((struct text){ "\xff\xfe\0\0", 4 }), "of UTF-32");
	OK(tap, tap_same(encoding_unmarked((struct text){ "a\0b\0c\0d\0", 8 }), "utf-16le") &&
			tap_same(encoding_unmarked((struct text){ "\0a\0b\0c\0d", 8 }), "utf-16be") &&
			!encoding_unmarked((struct text){ "a,b,c,d\n", 8 }), "UTF-16 without one");
}

static void test_places(struct tap *tap)
{
	static const char text[] = "a\xc3\xab,\xe2\x82\xac\nb";
	struct places places = { .encoding = encoding_of("utf-16le"), .bytes = { text, sizeof(text) - 1 }, .offset = 100, .place = 50,
				 .before = 7 };
	struct place_queue queue = { .encoding = places.encoding };
	struct record record = { .offset = 1, .length = 3 }, last = { .offset = 7, .length = 2 };

	OK(tap, places_of(&places, 90) == 7 && places_of(&places, 100) == 50 && places_of(&places, 103) == 54 &&
			places_of(&places, 108) == 60, "places of a block");
	OK(tap, place_queue_add(&queue, text, 4) && place_queue_add(&queue, text + 4, sizeof(text) - 5), "pieces");
	place_queue_record(&queue, &record);
	place_queue_record(&queue, &last);
	OK(tap, record.offset == 2 && record.length == 4 && last.offset == 8 && last.length == 4, "places of pieces");
	place_queue_release(&queue);
}

/* Fields one by one, but for SQL's NULL and what is ASCII. */
static void test_fields(struct tap *tap)
{
	struct text fields[] = { { "Zo\xeb", 3 }, { "x", 1 }, form_null(), { "", 0 }, { "\x80", 1 } };
	const struct record record = { .fields = fields, .count = 5, .nulls = true, .offset = 7 };
	const struct record plain = { .fields = fields + 1, .count = 3, .nulls = true };
	struct field_decoder decoder;
	const struct record *made;

	OK(tap, field_decoder_open(&decoder, NULL) && field_decoder_record(&decoder, &record) == &record, "none is said");
	OK(tap, field_decoder_open(&decoder, "BIG5") && field_decoder_record(&decoder, &record) == &record, "one that is not known");
	OK(tap, field_decoder_open(&decoder, "CP1252") && field_decoder_record(&decoder, &plain) == &plain, "what is ASCII stays");
	made = field_decoder_record(&decoder, &record);
	OK(tap, made && made->count == 5 && made->offset == 7 && text_is(made->fields[0], "Zo\xc3\xab") && text_is(made->fields[1], "x") &&
			form_is_null(made->fields[2]) && made->fields[3].len == 0 && text_is(made->fields[4], "\xe2\x82\xac"),
	   "fields of Windows");
	field_decoder_release(&decoder);
}

int main(void)
{
	struct tap tap = { 0 };

	test_counts(&tap);
	test_reversible(&tap);
	test_texts(&tap);
	test_places(&tap);
	test_fields(&tap);
	return tap_done(&tap);
}
