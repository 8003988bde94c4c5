/* SPDX-License-Identifier: Apache-2.0 */
/* Content that the case has already: whether it was read as it would be now. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_KNOWN_H
#define UNSPOOF_INGEST_LOAD_LOAD_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "ingest/load/load.h"

/* Adds in which settings a source of the case that has the content of the stream was read
 * otherwise than the stream would be now, nothing where in none: all of load_settings(), but
 * the compression and the name and hash of the profile, of which what matters is in the others,
 * and what is asked for columns alone that it has not; and, where it is to be replaced, by this
 * version. read: one is of how rows are read, not only of what they mean. */
enum status load_known_compare(struct load *load, const struct load_stream *stream, int64_t id,
			       struct buf *told, bool *read);

/* The same as whether it differs, where the error of the case then says so and what to do. */
enum status load_known_same(struct load *load, const struct load_stream *stream,
			    int64_t id, bool *same);

/* Sets the source of each stream that the case has, after all rows were read. Then either the case has all of them, read as
 * they would be now: *known is the first; or it has none, or they are to be replaced:
 * *known is 0, and load->replacing set; else STATUS_FAILED, and load->refused set. */
enum status load_known_all(struct load *load, int64_t *known);

/* Takes the sources out that are replaced. Inside the transaction. */
enum status load_known_drop(struct load *load, int64_t **ids, size_t *count);

/* Whether a source is one of those that are replaced. */
bool load_known_goes(const struct load *load, int64_t id);

#endif
