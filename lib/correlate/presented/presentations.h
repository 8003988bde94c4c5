/* SPDX-License-Identifier: Apache-2.0 */
/* Presentations: what each person presented, to whom, and what it cost. */
#ifndef UNSPOOF_CORRELATE_PRESENTED_PRESENTATIONS_H
#define UNSPOOF_CORRELATE_PRESENTED_PRESENTATIONS_H

#include <stdint.h>

#include "base/sort/merge.h"
#include "base/wide.h"
#include "correlate/figures/figures.h"
#include "correlate/presented/presented_key.h"

/* One thing presented by one person; person 0: by no account. */
struct presentation {
	uint64_t order;            /* see struct presented_position */
	uint32_t rank;
	uint32_t person;
	uint64_t presented_key;    /* see presented_key_of() */
	uint32_t accounts;
	uint32_t victims;
	uint32_t reading;          /* the lowest reading.id; 0: none */
	uint64_t calls;
	uint64_t answered;
	uint64_t long_calls;
	struct period called;
	i128 spend;                /* minor units */
	i128 loss;
};

/* In byte order of what is presented, then by person. Figures add up. */
extern const struct record_kind presentation_kind;

/* One of a person, without figures. */
struct presentation presentation_of(const struct presented_position *position, uint64_t presented_key,
				    uint32_t person);

#endif
