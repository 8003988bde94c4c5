/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a block of JSON, given to a sink: what struct format asks of a parser. Streams are
 * tables, see json_table.h. */
#ifndef UNSPOOF_INGEST_JSON_JSON_PARSE_H
#define UNSPOOF_INGEST_JSON_JSON_PARSE_H

#include "ingest/format/format.h"
#include "ingest/json/json_items.h"

/* NULL: no memory. */
struct parser *json_parser_new(enum json_shape shape);
void json_parser_free(struct parser *parser);

bool json_parse(struct parser *parser, const struct block *block, struct row_sink *sink,
		struct buf *state);

#endif
