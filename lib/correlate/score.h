/* SPDX-License-Identifier: Apache-2.0 */
/* Points: which suspects to look at first. Never a probability of guilt. */
#ifndef UNSPOOF_CORRELATE_SCORE_H
#define UNSPOOF_CORRELATE_SCORE_H

#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "base/wide.h"

/* The text of data/score.txt, which also says what the lines mean. */
extern const char score_builtin[];

enum score_axis { SCORE_HARM, SCORE_EVIDENCE, SCORE_AXES };

/* What can score; the order has no meaning. */
enum score_figure {
	SCORE_SPEND,           /* amounts in minor units of the currency */
	SCORE_LOSS,
	SCORE_VICTIMS,
	SCORE_LONG_CALLS,
	SCORE_ORGANISATIONS,
	SCORE_REPORTS,
	SCORE_PAYMENTS,        /* confirmed */
	SCORE_EMAILS,
	SCORE_PHONES,
	SCORE_ADDRESSES,       /* that paid */
	SCORE_IPS,
	SCORE_DEVICES,
	SCORE_ACCOUNTS,
	SCORE_FIGURES
};

#define SCORE_BANDS_MOST 200
#define SCORE_POINTS_MOST 1000

/* Points for a figure that reaches least. */
struct score_band {
	enum score_figure figure;
	i128 least;            /* above 0 */
	uint32_t points;
};

struct score {
	struct score_band bands[SCORE_BANDS_MOST];  /* by figure, from the least */
	size_t count;
	enum score_figure figures[SCORE_FIGURES];  /* in order of first sight */
	size_t starts[SCORE_FIGURES + 1];  /* of their bands; the last: the end */
	size_t figure_count;
	const char *currency;  /* borrowed; for the texts */
	unsigned exponent;
};

/* Reads bands; name is of the file, for messages. STATUS_FAILED with a text
 * `name:line: reason`. */
enum status score_parse(struct score *score, const char *name, const char *text,
			const char *currency, unsigned exponent,
			struct error *error);

/* A figure as a case file has it. */
struct score_name {
	const char *axis;      /* harm or evidence */
	const char *word;      /* in the file of bands */
	const char *shown;
};

struct score_name score_name(enum score_figure figure);

/* The points of the harm axis, and the lines with points of both axes in one
 * text: what was done and what may tell who did it stand side by side and are
 * never made into one number:
 * `harm 35: spend 1641.84 GBP 20, victims 12 15; evidence 0`. */
uint64_t score_sum(const struct score *score, const i128 *figures,
		   struct buf *why);

#endif
