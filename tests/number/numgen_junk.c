/* SPDX-License-Identifier: Apache-2.0 */
/* numgen: words, services, pieces of numbers, and noise. */
#include "numgen.h"

static void words(struct chance *chance, struct draft *out)
{
	static const char *const all[] = { "", " ", "+", "++", "-", "anonymous", "Anonymous", "unavailable",
		"Restricted", "withheld", "unknown", "NULL", "N/A", "asterisk", "s", "h", "0", "00", "000", "1", "15",
		"99", "100", "101", "112", "911", "999", "116000", "118500", "1471", "*31#", "*#06#", "#31#", "+0",
		"+00", "+1", "+44", "+999", "+0000000000", "0000000000", "00000000000000000", "1111111111",
		"1234567890", "sip:a@example.com", "tel:", "tel:;phone-context=+44", "203.0.113.1", "192.0.2.1",
		"2022-11-24", "2022-11-24 10:11:12", "3.14159", "4.42E+11", "1e10", "0x1234", "((((123", "(0)1",
		"123abc", "12a", "1a2b3c4", "1-800-FLOWERS", "13CATS", "x123", ";ext=123", "ext 123", "#", "*", "**",
		"\xd9\xa1\xd9\xa2\xd9\xa3", "\xef\xbc\x91\xef\xbc\x92", "\xef\xbc\x91", "+[44]2079460101",
		"02079460101,,,,3", "123456789012345678", "+1234567890123456789" };

	draft_word(out, CHANCE_PICK(chance, all));
}

static void digits(struct chance *chance, struct draft *out)
{
	static const char *const fronts[] = { "", "", "+", "00", "0", "011", "++", "1", "0 0 " };

	draft_word(out, CHANCE_PICK(chance, fronts));
	draft_digits(out, chance, 1 + chance_below(chance, 22));
}

static void noise(struct chance *chance, struct draft *out)
{
	static const char likely[] = "0123456789012345678901234567890123456789+ -()./x#*;,ext=:~abc";
	const bool any = chance_of(chance, 30);

	for (size_t count = 1 + chance_below(chance, 24); count > 0; count--) {
		unsigned char byte = (unsigned char)likely[chance_below(chance, sizeof(likely) - 1)];

		draft_byte(out, any ? (unsigned)chance_below(chance, 256) : byte);
	}
}

/* Pieces that mean something to the text layer, in any order. */
static void pieces(struct chance *chance, struct draft *out)
{
	static const char *const all[] = { "+", "\xef\xbc\x8b", "tel:", "TEL:", ";phone-context=", ";phone-context=+44",
		";phone-context=+", ";isub=", ";ISUB=", ";ext=", ";EXT=", "ext", "eXt.", "extension",
		"exten\xc5\xbfion", "xtn", "x", "X", " x", "/ x", "/x", "\\x", "\\ x", "/X", "/", "\\", "\r",
		"\xe2\x80\xa8", "\xc2\x85", "\t", " ", "\xc2\xa0", "  ", "-", " - ", ".", ",", ",,", ";", "#",
		"\xef\xbc\x83", "*", "(", ")", "[", "]", "~", "\xef\xbd\x9e", "\xc5\xbf", "\xe2\x84\xaa", "\xc4\xb1",
		"\xc4\xb0", "\xe1\xba\x97", "\xc2\xb2", "\xe2\x85\xa3", "\xcc\x81", "\xc3\xb3", "\xc3\x93", "o\xcc\x81",
		"\xd0\xb4\xd0\xbe\xd0\xb1", "\xd0\x94\xd0\x9e\xd0\x91", "\xd0\xb4\xe1\xb2\x82\xd0\xb1", "anexo", "int",
		"INT", "\xef\xbd\x89\xef\xbd\x8e\xef\xbd\x94", "\xef\xbd\x98", "\xef\xbc\xb8", "\xef\xbd\x94", "a",
		"abc", "Z", "FLOWERS", "\xe4\xb8\x80", "\xe2\x80\x8b", "\xe2\x81\xa0", "\xc2\xad", "\xef\xbb\xbf", "e",
		"n", "#31#", "00", "011", "0", "1", "44", "39", "55", "54", "xx", "(0)", "\xd9\xa0\xd9\xa1",
		"\xef\xbc\x90\xef\xbc\x91\xef\xbc\x92", "\xf0\x9d\x9f\x98", "\xf0\x91\xbd\x90", "\xf0\x9e\x93\xb0",
		"\xe0\xaf\xa7", "\xe3\x80\x87", ":", "=", "@", "\"", "<", ">", "_", "'", "020", "7946", "0101",
		"2079460101", "442079460101", "2025550123", "202555", "0123" };

	for (size_t count = 1 + chance_below(chance, 8); count > 0; count--) {
		if (chance_of(chance, 25))
			draft_digits(out, chance, 1 + chance_below(chance, 16));
		else
			draft_word(out, CHANCE_PICK(chance, all));
	}
}

/* One thing over and over. */
static void repeated(struct chance *chance, struct draft *out)
{
	static const char *const units[] = { "1", "0", "+", " ", "-", "0-", "a", ",", ";", "1x", "x", "/", "1 ", "#",
		"\xc2\xad", "(" };
	static const size_t counts[] = { 15, 16, 17, 18, 19, 20, 21, 22, 63, 64, 65, 66, 70, 249, 250, 251, 600 };
	const char *unit = CHANCE_PICK(chance, units);

	if (chance_of(chance, 50))
		draft_word(out, chance_of(chance, 50) ? "02079460101" : "+44");
	for (size_t count = CHANCE_PICK(chance, counts); count > 0; count--)
		draft_word(out, unit);
	if (chance_of(chance, 50))
		draft_word(out, "2079460101");
}

void numgen_junk(struct chance *chance, struct draft *out)
{
	size_t kind = chance_below(chance, 100);

	if (kind < 20)
		words(chance, out);
	else if (kind < 45)
		digits(chance, out);
	else if (kind < 60)
		noise(chance, out);
	else if (kind < 98)
		pieces(chance, out);
	else
		repeated(chance, out);
}
