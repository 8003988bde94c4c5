/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers as call logs hold them: names, URIs, channels and damage around the number, and what is no number at all. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_READ_H
#define UNSPOOF_NUMBER_READ_NUMBER_READ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "number/number.h"

/* What a text is. */
enum number_class {
	NUMBER_CLASS_ABSENT,     /* empty, or blank */
	NUMBER_CLASS_NUMBER,     /* a number, valid by the plan */
	NUMBER_CLASS_INVALID,    /* reads as a number, but the plan has no such number */
	NUMBER_CLASS_SHORT_CODE, /* a service or an extension: at most 6 digits */
	NUMBER_CLASS_TOO_LONG,   /* more than the 15 digits of E.164 */
	NUMBER_CLASS_LOSSY,      /* digits lost to a spreadsheet: 4.42E+11 */
	NUMBER_CLASS_WITHHELD,   /* a word or a keypad spelling that says that the number is withheld */
	NUMBER_CLASS_NON_NUMBER, /* anything else: a user name, a context, a placeholder */
	NUMBER_CLASS_SEVERAL     /* more than one number: none of them is taken */
};

/* What made a number of the text. */
enum number_rule {
	NUMBER_RULE_NONE,               /* no reading was taken */
	NUMBER_RULE_PLUS,               /* +44 ... */
	NUMBER_RULE_IDD,                /* the region's international prefix: 00 44 ... */
	NUMBER_RULE_NATIONAL,           /* the region's own plan: 020 7946 0101, or without its trunk prefix */
	NUMBER_RULE_OWN_CODE,           /* begins with the region's own calling code: 44 20 ... in GB */
	NUMBER_RULE_BARE_INTERNATIONAL, /* read as if a plus stood before it */
	NUMBER_RULE_CONTEXT,            /* a URI's phone-context gave the calling code */
	NUMBER_RULE_TECH_PREFIX,        /* a carrier's or a service prefix was taken off first: 9#44 ... */
	NUMBER_RULE_COUNTRY             /* by the country that a row names, otherwise than in the region of its source; no text
	                                 * alone says so */
};

/* What was taken off or mended before the reading; bits of reading.flags. */
enum number_flag {
	NUMBER_FLAG_INVISIBLE = 1 << 0,   /* invisible characters: U+200E, soft hyphen ... */
	NUMBER_FLAG_NAME = 1 << 1,        /* "Name" <...> or <...> */
	NUMBER_FLAG_URI = 1 << 2,         /* sip:, sips: or tel: */
	NUMBER_FLAG_HOST = 1 << 3,        /* @host, or a port */
	NUMBER_FLAG_PARAMETERS = 1 << 4,  /* ;cpc=ordinary */
	NUMBER_FLAG_CHANNEL = 1 << 5,     /* SIP/trunk/... */
	NUMBER_FLAG_PERCENT = 1 << 6,     /* %2B */
	NUMBER_FLAG_SPREADSHEET = 1 << 7, /* ="...", a leading apostrophe, a float (442079460101.0) or an exponent */
	NUMBER_FLAG_TECH_PREFIX = 1 << 8, /* 9# */
	NUMBER_FLAG_KEYPAD = 1 << 9,      /* letters read as digits */
	NUMBER_FLAG_EXTENSION = 1 << 10,  /* an extension cut off */
	NUMBER_FLAG_QUOTES = 1 << 11      /* quotation marks around it */
};

/* What digits without a plus or an international prefix are. */
enum number_bare {
	NUMBER_BARE_ANY,           /* not said: own code, national, international, and unsure where two are valid */
	NUMBER_BARE_OWN_CODE,      /* the same order, and that is sure */
	NUMBER_BARE_NATIONAL,      /* national numbers before the own code */
	NUMBER_BARE_INTERNATIONAL  /* digits alone are international before all else */
};

/* How the numbers of a source are written. */
struct number_manner {
	int region;            /* of national numbers; 0: unknown */
	const char *prefixes;  /* that may stand in front, see number_carrier.h; NULL: none; borrowed */
	enum number_bare bare;
};

/* A text read. */
struct reading {
	struct number number;    /* the reading taken; when none is, what number_parse says of the text in the region (or
	                          * NUMBER_NOT_A_NUMBER, for classes that were never given to it) */
	enum number_class class;
	enum number_rule rule;
	uint64_t e164;           /* the digits as an integer; 0 unless a reading was taken (it is possible, valid or not) and
	                          * has at most 15 digits */
	unsigned flags;          /* of enum number_flag */
	bool unknown_code;       /* international, but with no calling code that the plan knows */
	bool unsure;             /* another reading is as valid: */
	enum number_rule other_rule;
	uint64_t other;          /* its E.164; 0 unless unsure */
};

/* Reads text[0..len), any bytes, as found in a log whose numbers are written in a manner (its prefixes play no part).
 * Readings are tried in this order: as number_parse does, but for the own code, which goes before national numbers that begin
 * with the same digits (plus, international prefix, own code, national); then, for digits alone, as international without
 * the plus. The first valid one is taken, else the first possible one. Where none is valid: 00 before a calling code in
 * regions whose carriers have digits behind it; 141, 1470 and 9090 before a number. Where none is possible: 0 before the
 * own calling code.
 * Unsure: own code and national are both valid; national without the region's trunk prefix, and international without
 * the plus; either of 00 with a carrier's digits and 00 alone; no reading of the region is valid and one behind a 9 is, or
 * one behind 00 that the region does not dial. manner.bare settles the first two, and international the 9 too.
 * Digits are never invented: what no rule explains stays without e164. Never fails; no allocation. */
void number_read_in(const struct numplan *plan, const char *text, size_t len, struct number_manner manner,
	struct reading *out);

/* The same in a region (0: unknown), when nothing else is known. */
void number_read(const struct numplan *plan, const char *text, size_t len, int region, struct reading *out);

/* The same for a text that is nothing but a number: what number_text_plain() says of it. depth NULL: not asked for. */
void number_read_digits(const struct numplan *plan, const struct number_text *text, struct number_manner manner,
	struct reading *out, struct number_depth *depth);

/* "absent", "number", "invalid", "short-code", "too-long", "lossy", "withheld", "non-number", "several".
 * Static. */
const char *number_class_name(enum number_class class);

/* "any", "own-code", "national", "international", by number_bare; NULL beyond. Static. */
const char *number_bare_name(enum number_bare bare);

/* The one of that name, "" being any. False: there is none. */
bool number_bare_find(const char *name, size_t len, enum number_bare *bare);

/* "", "plus", "idd", "national", "own-code", "bare-international", "context", "tech-prefix", "country". Static. */
const char *number_rule_name(enum number_rule rule);

#endif
