/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of all blocks, in their order, become segments: what is done one block
 * at a time. */
#ifndef UNSPOOF_INGEST_PARSE_SEGMENT_FILL_H
#define UNSPOOF_INGEST_PARSE_SEGMENT_FILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "casefile/form/form.h"
#include "ingest/parse/batch.h"
#include "ingest/parse/row_sink.h"
#include "ingest/parse/segment_pool.h"

/* Members are the module's own. Zeroed is closed. */
struct gather {
	struct stock *stock;
	struct forms forms;         /* with those of all calls so far */
	size_t told;                /* forms that segments told of */
	struct stock_segment *segment;  /* the one being filled, or NULL */
};

/* forms: what the case has. False: no memory; close it all the same. */
bool gather_open(struct gather *gather, struct stock *stock,
		 const struct forms *forms);
void gather_close(struct gather *gather);

/* Codes by a parser, which learns from it, what was left uncoded in the calls of
 * the next batch, whose lines count from first_line, and shares the calls out
 * among segments; those that end go to the batch. False: no memory, or the stock
 * was stopped. */
bool gather_batch(struct gather *gather, struct rowparser *parser,
		  struct rowbatch *batch, uint64_t first_line);

#endif
