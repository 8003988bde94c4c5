/* SPDX-License-Identifier: Apache-2.0 */
/* The characters of a text as one byte each: all that the text layer distinguishes. */
#ifndef UNSPOOF_NUMBER_READ_NUMBER_SYMBOLS_H
#define UNSPOOF_NUMBER_READ_NUMBER_SYMBOLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Printable ASCII and TAB stand for themselves, except that '+' is also U+FF0B. A decimal digit of another script is
 * SYMBOL_DIGIT plus its value. Capitals of the letters named here are folded with them. */
enum {
	SYMBOL_DIGIT = 0x80,
	SYMBOL_OTHER = 0x90, /* what no number may hold */
	SYMBOL_LINE_END,
	SYMBOL_NBSP,
	SYMBOL_PUNCTUATION,  /* dashes, full-width brackets, zero-width space: anything that may stand between digits */
	SYMBOL_LONG_S,
	SYMBOL_KELVIN,
	SYMBOL_WIDE_X,
	SYMBOL_WIDE_T,
	SYMBOL_WIDE_N,
	SYMBOL_WIDE_E,
	SYMBOL_WIDE_I,
	SYMBOL_WIDE_HASH,
	SYMBOL_WIDE_TILDE,
	SYMBOL_WIDE_STOP,
	SYMBOL_DE,           /* Cyrillic */
	SYMBOL_O,
	SYMBOL_BE,
	SYMBOL_O_ACUTE,
	SYMBOL_ACUTE         /* combining */
};

/* Symbols, as many as the longest text can give. */
#define SYMBOLS_MAX 16384

struct symbols {
	size_t len;
	uint8_t at[SYMBOLS_MAX];
};

/* Appends the symbols of raw[0..len), len at most SYMBOLS_MAX; bytes that are not UTF-8 give SYMBOL_OTHER. */
void symbols_add(struct symbols *symbols, const char *raw, size_t len);

/* The symbols of raw[0..len) from its first plus or digit to its last letter, number or '#'. None when raw is not UTF-8
 * or holds a control character (but TAB and line ends) or a noncharacter anywhere. */
void symbols_extract(struct symbols *symbols, const char *raw, size_t len);

/* The value of a digit of any script, -1 for other symbols. */
int symbol_digit(uint8_t symbol);

/* A letter a to z in lower case for all that folds to one; other symbols as they are. */
uint8_t symbol_fold(uint8_t symbol);

/* Whether the symbol may stand between digits; 'x', 'X' and '*' may. */
bool symbol_separates(uint8_t symbol);

/* Whether the symbol is one of a to z, in any case. */
bool symbol_is_letter(uint8_t symbol);

#endif
