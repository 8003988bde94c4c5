/* SPDX-License-Identifier: Apache-2.0 */
/* What stands in the columns of a stream, by its sample. */
#ifndef UNSPOOF_INGEST_LOOK_H
#define UNSPOOF_INGEST_LOOK_H

#include <stddef.h>

#include "base/status.h"
#include "ingest/format/stream.h"
#include "ingest/ingest.h"
#include "ingest/plan/plan.h"

/* Zeroed is empty. */
struct look {
	struct sniff_column *columns;
	size_t count;           /* at most SNIFF_COLUMNS */
	size_t more;            /* columns beyond those */
	size_t rows;            /* of the sample, without the header */
};

/* Looks at the columns of a stream whose plan was made, or tried: then the roles are
 * those of its surest bid. Texts are borrowed of the stream. A stream without a whole row
 * has no columns. Call look_release also after a failure. */
enum status look_columns(struct look *look, const struct stream *stream,
			 const struct plan *plan,
			 const struct ingest_options *options, struct error *error);
void look_release(struct look *look);

#endif
