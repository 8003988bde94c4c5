/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, RFC 3629. */
#ifndef UNSPOOF_BASE_UTF8_H
#define UNSPOOF_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length in bytes (1 to 4) of the code point at data, put into *point;
 * 0 when the bytes are not well-formed UTF-8 or len is 0. */
size_t utf8_next(const char *data, size_t len, uint32_t *point);

/* Writes a code point below 0x200000 to out, which has 4 bytes; how many it took. What is no
 * code point of a text, as a surrogate, becomes bytes that are no UTF-8. */
size_t utf8_put(uint32_t point, char *out);

/*
 * Whether a code point acts on a terminal, reorders a line of text, or is not seen,
 * so that two texts that differ look the same: the controls, what breaks a line,
 * Bidi_Control (PropList.txt), Default_Ignorable_Code_Point (DerivedCoreProperties.txt,
 * Unicode 15.1) and the anchors U+FFF9 to U+FFFB (UTR 36, section 2.10). It includes what
 * text is written with: joiners of Persian and of emoji, variation selectors. Where it
 * is escaped, such a text is less easily read and cannot be taken for another.
 */
bool utf8_is_hidden(uint32_t point);

#endif
