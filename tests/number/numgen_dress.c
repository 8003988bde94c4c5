/* SPDX-License-Identifier: Apache-2.0 */
/* numgen: changes to a text that the text layer must see through, or must not. */
#include "numgen.h"

static void insert(struct draft *text, size_t place, const char *what, size_t len)
{
	struct draft before = *text;

	text->len = place;
	draft_add(text, what, len);
	draft_add(text, before.at + place, before.len - place);
}

static void insert_word(struct draft *text, struct chance *chance, const char *word)
{
	insert(text, chance_below(chance, text->len + 1), word, strlen(word));
}

static void separators(struct chance *chance, struct draft *text)
{
	static const char *const marks[] = { " ", "-", ".", "/", "(", ")", "[", "]", "~", "*", "x", "X", "  ",
		"\xe2\x80\x90", "\xe2\x80\x91", "\xe2\x80\x93", "\xe2\x80\x95", "\xe2\x88\x92", "\xe3\x83\xbc",
		"\xc2\xa0", "\xc2\xad", "\xe2\x80\x8b", "\xe2\x81\xa0", "\xe3\x80\x80", "\xe2\x88\xbc", "\xe2\x81\x93",
		"\xef\xbc\x8d", "\xef\xbc\x8e", "\xef\xbc\x8f", "\xef\xbc\x88", "\xef\xbc\x89", "\xef\xbc\xbb",
		"\xef\xbc\xbd", "_", ",", "\t", "\\", "'", ";", "#", "+", "=", ":", "@", "\xe2\x80\xaf", "\xe2\x80\x89",
		"\xef\xbd\x9e", "\xe2\x80\x8e", "\xe2\x80\xa8", "\r", "\x0b", "\x0c", "\xc2\x85" };

	for (size_t count = 1 + chance_below(chance, 3); count > 0; count--)
		insert_word(text, chance, CHANCE_PICK(chance, marks));
}

/* A code point in UTF-8. */
static void add_point(struct draft *out, uint32_t point)
{
	if (point < 0x80) {
		draft_byte(out, point);
	} else if (point < 0x800) {
		draft_byte(out, 0xc0 | point >> 6);
		draft_byte(out, 0x80 | (point & 0x3f));
	} else {
		if (point < 0x10000) {
			draft_byte(out, 0xe0 | point >> 12);
		} else {
			draft_byte(out, 0xf0 | point >> 18);
			draft_byte(out, 0x80 | (point >> 12 & 0x3f));
		}
		draft_byte(out, 0x80 | (point >> 6 & 0x3f));
		draft_byte(out, 0x80 | (point & 0x3f));
	}
}

/* All digits, or some, in another script. */
static void scripts(struct chance *chance, struct draft *text)
{
	static const uint32_t zeros[] = { 0xff10, 0x660, 0x6f0, 0x966, 0x7c0, 0xe50, 0x104a0, 0x1d7ce, 0x1d7ec, 0x1e4f0,
		0x11f50, 0x1fbf0 };
	const uint32_t zero = CHANCE_PICK(chance, zeros);
	const unsigned part = chance_of(chance, 60) ? 100 : 30;
	struct draft before = *text;

	text->len = 0;
	for (size_t i = 0; i < before.len; i++) {
		if (before.at[i] >= '0' && before.at[i] <= '9' && chance_of(chance, part))
			add_point(text, zero + (uint32_t)(before.at[i] - '0'));
		else
			draft_byte(text, (unsigned char)before.at[i]);
	}
}

/* The digits of the end as letters of the keys. */
static void letters(struct chance *chance, struct draft *text)
{
	static const char *const keys[] = { "ABCabc", "DEFdef", "GHIghi", "JKLjkl", "MNOmno", "PQRSpqrs", "TUVtuv",
		"WXYZwxyz" };
	size_t count = 1 + chance_below(chance, 7);

	for (size_t i = text->len; i > 0 && count > 0; i--, count--) {
		char digit = text->at[i - 1];

		if (digit >= '2' && digit <= '9') {
			const char *key = keys[digit - '2'];

			text->at[i - 1] = key[chance_below(chance, strlen(key))];
		}
	}
}

static void stray_letters(struct chance *chance, struct draft *text)
{
	static const char *const strays[] = { "a", "b", "e", "ext", "X", "xx", "abc", "\xc5\xbf", "\xe2\x84\xaa",
		"\xc4\xb0", "\xc4\xb1", "\xc3\xa9", "\xc2\xb2", "\xe2\x85\xa3", "\xe4\xb8\x80", "\xcc\x81", "Z" };

	for (size_t count = 1 + chance_below(chance, 3); count > 0; count--)
		insert_word(text, chance, CHANCE_PICK(chance, strays));
}

static void extension(struct chance *chance, struct draft *text)
{
	static const char *const labels[] = { "x", " x", " X", ";ext=", " ext. ", " ext ", "ext", " extn ",
		" extension ", " xtn ", " extensi\xc3\xb3n ", " extensio\xcc\x81n ", " EXTENSI\xc3\x93N ",
		" e\xef\xbd\x98t ", "\xef\xbd\x85\xef\xbd\x98\xef\xbd\x94 ", " \xef\xbd\x98\xef\xbd\x94\xef\xbd\x8e",
		" \xef\xbd\x98", " \xd0\xb4\xd0\xbe\xd0\xb1. ", " \xd0\x94\xd0\x9e\xd0\x91 ",
		"\xe1\xb2\x81\xd0\xbe\xd0\xb1", " anexo ", " ANEXO:", " int ", " \xef\xbd\x89\xef\xbd\x8e\xef\xbd\x94 ",
		"#", " #", " \xef\xbc\x83", "~", " \xef\xbd\x9e ", " - ", " ", "-", ",", ", ", ",,", ",,,", " ,, ", ";",
		" ;", ",:", ",,:", ",,. ", " ext:", " x.", "/x", " exten\xc5\xbfion ", "\xc2\xa0xtn\xef\xbc\x8e ",
		"\t#", " ext -", ",ext", " e-mail " };
	static const size_t counts[] = { 1, 2, 3, 3, 4, 5, 6, 7, 9, 10, 15, 16, 20, 21 };

	draft_word(text, CHANCE_PICK(chance, labels));
	draft_digits(text, chance, CHANCE_PICK(chance, counts));
	if (chance_of(chance, 25))
		draft_byte(text, '#');
}

/* What follows a number, and is cut off, or spoils it. */
static void behind(struct chance *chance, struct draft *text)
{
	static const char *const tails[] = { " / 123", "/x12", " \\ x12", "/ x99/x1", ";isub=12", ";isub=", ";npdi",
		"@192.0.2.1", ")", ".", "  ", "\r", "*", "#", "#1", " or 123", "\xe2\x80\xac", ";", ";x", "\xc2\xb2",
		"a", " (home)", ">", "\"", "\xcc\x81", "\t" };

	draft_word(text, CHANCE_PICK(chance, tails));
}

static void before(struct chance *chance, struct draft *text)
{
	static const char *const heads[] = { "Tel: ", "tel:", "sip:", "\xe2\x80\x8e", "\xef\xbb\xbf", "\xe2\x80\xaa",
		"  ", "(", "<", "*67", "#31#", "*31#", "141", "1470", "\t", "a", "abc", "x", "\xc2\xb2", "1 or ", "1 x",
		"\r", "0 xx ", ";ext=", "\"A\" <sip:", "'" };
	const char *head = CHANCE_PICK(chance, heads);

	insert(text, 0, head, strlen(head));
}

/* Control characters, noncharacters, broken UTF-8. */
static void odd_bytes(struct chance *chance, struct draft *text)
{
	static const char *const odd[] = { "\x01", "\x07", "\x1f", "\x7f", "\xc2\x80", "\xc2\x9f", "\xef\xbf\xbe",
		"\xef\xb7\x90", "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80", "\xf0\x9f\xbf\xbe", "\xe2\x80",
		"\xff" };
	char byte = (char)(unsigned char)chance_below(chance, 256);

	if (chance_of(chance, 50))
		insert_word(text, chance, CHANCE_PICK(chance, odd));
	else
		insert(text, chance_below(chance, text->len + 1), &byte, 1);
}

void numgen_dress(struct chance *chance, struct draft *text)
{
	static void (*const changes[])(struct chance *, struct draft *) = { separators, separators, scripts, letters, stray_letters,
		extension, extension, behind, before, odd_bytes };

	CHANCE_PICK(chance, changes)(chance, text);
}
