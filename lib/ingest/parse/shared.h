/* SPDX-License-Identifier: Apache-2.0 */
/* What goes on from one member to the next where several are one source: the segments
 * that their calls fill, and what was learned of the forms of their values. */
#ifndef UNSPOOF_INGEST_PARSE_SHARED_H
#define UNSPOOF_INGEST_PARSE_SHARED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "casefile/form/form.h"
#include "ingest/parse/parse.h"
#include "ingest/parse/segment_fill.h"
#include "ingest/parse/segment_pool.h"
#include "ingest/parse/row/sinks.h"

/* Members are for parse.c alone. Zeroed is closed. */
struct parse_shared {
	struct segment_pool pool;
	struct segment_fill segments;
	struct sinks sinks;     /* of one thread */
	int64_t *column;        /* and its room to pack in */
	struct parser *parser;  /* of the last member; NULL: none, or it is in use */
	const struct layout *layout;
	struct batch batch;     /* where segments end that no rows end */
};

/* forms: what the case has. The streams and layouts whose rows are parsed must outlive it. False:
 * no memory; close it all the same. */
bool parse_shared_open(struct parse_shared *shared, const struct forms *forms);
void parse_shared_close(struct parse_shared *shared);

/* The parser of the member before, if that was of the same layout, or NULL. */
struct parser *parse_shared_parser(struct parse_shared *shared, const struct layout *layout);
/* Takes the parser of a member that was parsed. */
void parse_shared_keep(struct parse_shared *shared, const struct layout *layout,
		       struct parser *parser);

/* Whether segments are open. */
bool parse_shared_pending(const struct parse_shared *shared);
/* Ends the segments that are open, which take takes with a batch of no rows. The status
 * of take, or no memory. */
enum status parse_shared_end(struct parse_shared *shared, parse_take *take,
			     void *context, struct error *error);

/* Packs the segments that end in a batch; the first that could not be, or NULL. */
const struct raw_segment *segments_pack(struct segment_pool *pool, struct batch *batch,
					int64_t *column);
/* Gives them back, once they are stored. */
void segments_return(struct segment_pool *pool, struct batch *batch);

#endif
