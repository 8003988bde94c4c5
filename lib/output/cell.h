/* SPDX-License-Identifier: Apache-2.0 */
/* A cell: a text as it is written, with its type and the value that it stands for. */
#ifndef UNSPOOF_OUTPUT_CELL_H
#define UNSPOOF_OUTPUT_CELL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/*
 * What a cell holds; the type says how a format writes it. CELL_TEXT and
 * CELL_LIST are words of the evidence and are never trusted; the texts of the
 * other types are made by this program.
 */
enum cell_type {
	CELL_TEXT,      /* words of the evidence, any bytes */
	CELL_LIST,      /* several of them, joined by ; with ; and \ behind a \ */
	CELL_INTEGER,   /* a decimal integer; a number in JSON */
	CELL_REAL,      /* a decimal with a point or exponent; a number in JSON */
	CELL_AMOUNT,    /* a decimal of money; a string in JSON, so that no reader rounds it */
	CELL_TIME,      /* 2022-03-27T00:59:58Z; a day of such a column is a CELL_TEXT */
	CELL_NUMBER,    /* E.164 with + */
	CELL_ID         /* S1, a hash, a word of this program */
};

/*
 * One cell. text is borrowed; without data the cell is absent. Where `valued`,
 * the text says exactly value / 10^exponent: an amount in minor units, a time in
 * seconds since 1970 in UTC, a number in E.164 without its +. exponent is 0 but
 * for CELL_AMOUNT and CELL_REAL. A format may use either.
 */
struct cell {
	struct text text;
	int64_t value;
	enum cell_type type;
	uint8_t exponent;       /* 0 to 36 */
	bool valued;
};

/* A cell of a text alone; no value. */
static inline struct cell cell_of(enum cell_type type, struct text text)
{
	return (struct cell){ .text = text, .type = type };
}

/* The same with the value that the text says, where its type has values and the
 * text is as the type says; else, and beyond 64 bits, without. */
struct cell cell_read(enum cell_type type, struct text text);

/* The items of a CELL_LIST: adds the next one to *item, which is cleared, and
 * moves *at, which begins at 0. False: there is no further one; an empty list
 * has none. item->failed: out of memory. */
bool cell_item(struct text list, size_t *at, struct buf *item);

#endif
