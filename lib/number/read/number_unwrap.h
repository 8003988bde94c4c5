/* SPDX-License-Identifier: Apache-2.0 */
/* What stands around a number in a log: names, brackets, URIs, channels, hosts, parameters. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_UNWRAP_H
#define UNSPOOF_NUMBER_READ_NUMBER_UNWRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "number/read/number_text.h"

/* A text without its wrappers. The views lie in room, or are empty. */
struct unwrapped {
	struct text text; /* what is left, without blanks at its ends */
	struct text name; /* what stood before "<" */
	bool context;     /* a phone-context was put in front */
	unsigned flags;   /* enum number_flag: what was taken off */
	char room[NUMBER_TEXT_MAX * 2];
};

/* Unwraps text[0..len), len at most NUMBER_TEXT_MAX, any bytes. Follows RFC 3261 (SIP), RFC 3966 (tel and its
 * phone-context), and the channel names and dial strings of Asterisk and FreeSWITCH. */
void number_unwrap(const char *text, size_t len, struct unwrapped *out);

/* Whether a text begins as what stands around a number does: the scheme of a URI, a technology of dial strings with its
 * slash, an angle bracket or a quoted name. */
bool number_unwrap_begins(struct text text);

/* Takes a carrier's or a service prefix off the front: "9#", "0044#", "1234*", "*31#", "*67". False when there is none. */
bool number_unwrap_prefix(struct text *text);

/* Cuts off words in brackets at the end, behind a number: "020 7946 0101 (mobile)". False: there are none. */
bool number_unwrap_words(struct text *text);

/* Cuts off what is sent once the call is answered, from the first mark behind at least seven digits on: digits of a keypad,
 * '*' and '#', and the pauses w, W, p, P and two commas of dial strings: "02079460101w123#". False: there is nothing like
 * it. */
bool number_unwrap_tones(struct text *text);

#endif
