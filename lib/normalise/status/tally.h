/* SPDX-License-Identifier: Apache-2.0 */
/* The status words of a source, counted, with what hangs on each. */
#ifndef UNSPOOF_NORMALISE_STATUS_TALLY_H
#define UNSPOOF_NORMALISE_STATUS_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/dictionary.h"
#include "base/wide.h"
#include "normalise/status/known.h"

/* Words of a source that are counted one by one, at most. */
#define TALLY_WORDS 10000

/* In a key of currencies: of amounts below zero, and others. */
#define TALLY_BELOW '-'
#define TALLY_ABOVE '+'

struct tally_word {
	enum word word;            /* what it was taken for */
	uint64_t rows;
	uint64_t hang;             /* calls of which nothing else says whether they were answered */
	int64_t row;               /* the first, as example_find() takes it; 0: not known */
};

/* What the payments of a word are worth in one currency: those below zero by themselves. */
struct tally_sum {
	uint32_t word;             /* its number */
	unsigned exponent;
	i128 minor;
	bool more;                 /* than that: it does not fit */
};

/* Zeroed is empty. */
struct tally {
	struct dictionary texts;   /* trimmed; a number each */
	struct tally_word *words;  /* by number */
	size_t words_capacity;
	struct dictionary currencies;   /* number of the word, sign, code */
	struct tally_sum *sums;    /* by number in currencies */
	size_t sums_capacity;
	uint64_t left_rows;        /* of words beyond TALLY_WORDS */
	uint64_t left_hang;
};

void tally_release(struct tally *tally);
/* Adds rows of a status. False: out of memory. */
bool tally_add(struct tally *tally, struct text status, const struct tally_word *seen);
/* Adds payments of a status, worth minor units of a currency. The same. */
bool tally_pay(struct tally *tally, struct text status, const struct tally_word *seen, i128 minor,
	       struct text currency, unsigned exponent);

#endif
