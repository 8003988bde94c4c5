/* SPDX-License-Identifier: Apache-2.0 */
/* From any text to the digits of a number: the text layer of libphonenumber's parser, in linear time. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_TEXT_H
#define UNSPOOF_NUMBER_READ_NUMBER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* A longer text is not looked at: it is no number. Bytes. */
#define NUMBER_TEXT_MAX 8192

/* The most digits that are kept of a text. Prefixes, calling code and the longest number that is accepted are together
 * far shorter, so what comes behind never changes an answer. */
#define NUMBER_TEXT_DIGITS 64

/* A text as digits. */
struct number_text {
	bool viable;    /* looks like a number; if not, the rest means nothing */
	bool plus;      /* begins with a plus */
	bool keypad;    /* letters were turned into digits */
	bool extension; /* an extension was cut off */
	bool alone;     /* nothing but digits, with blanks at most */
	size_t len;     /* how many digits, at most NUMBER_TEXT_DIGITS */
	char digits[NUMBER_TEXT_DIGITS];
};

/* The short way of number_text_read, for pluses and three or more digits with spaces, dashes, full stops and brackets
 * anywhere. False when the text is anything else, and then out means nothing. */
bool number_text_plain(const char *raw, size_t len, struct number_text *out);

/* Reads raw[0..len), any bytes. Follows, of libphonenumber's PhoneNumberUtil,
 * BuildNationalNumberForParsing, IsViablePhoneNumber, MaybeStripExtension and Normalize. */
void number_text_read(const char *raw, size_t len, struct number_text *out);

#endif
