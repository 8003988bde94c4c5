/* SPDX-License-Identifier: Apache-2.0 */
/* Files that were put together have a header each: the same again, or another one. */
#ifndef UNSPOOF_INGEST_FORMAT_SHAPE_HEADER_AGAIN_H
#define UNSPOOF_INGEST_FORMAT_SHAPE_HEADER_AGAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/format/record.h"
#include "ingest/plan/sample.h"

/* Why a row is none that names the columns in another order; rows behind it would be read as what they
 * are not. */
#define HEADER_AGAIN "names the columns again, in another order"

/* Zeroed: there is no header. */
struct header_again {
	const struct sample_row *header;    /* outlives it */
	size_t bytes;               /* of its line, at least */
	uint64_t lengths;           /* of its names: bit n, that one has n bytes, below 64 */
};

void header_again_set(struct header_again *again, const struct sample_row *header);

/* Whether a row is the header, field by field. */
bool header_again_same(const struct header_again *again, const struct record *record);
/* Whether it has the length that the same names may have in another order, as hardly a row has. */
bool header_again_as_long(const struct header_again *again, const struct record *record);
/* Whether it is another one: as many fields, of which two and more than half are names of the header, one in another
 * place. */
bool header_again_other(const struct header_again *again, const struct record *record);

#endif
