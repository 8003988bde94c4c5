/* SPDX-License-Identifier: Apache-2.0 */
/* The streams of a member being loaded: their plans, and the writers of their rows. */
#ifndef UNSPOOF_INGEST_LOAD_LOAD_STREAMS_H
#define UNSPOOF_INGEST_LOAD_LOAD_STREAMS_H

#include "base/status.h"
#include "casefile/record/remark.h"
#include "ingest/load/load.h"

/* Takes a stream that the format announces, as format_announce does: makes its plan, and
 * a source of it. One of several that no kind or profile fits is left without a plan;
 * the other statuses of plan_make() end the reading. */
enum status load_announce(void *context, struct stream *stream, struct error *error);
/* Notes a table that is not loaded, and why. */
enum status load_leave_out(struct load *load, struct text name, const struct error *why);
/* Tells which tables were left out, and keeps it with a source, the first of them. */
enum status load_say_left(struct load *load, const struct load_stream *stream,
			  struct remark_writer *writer);
/* No table was loaded: the error. STATUS_END: none is wanted; STATUS_NOTHING: none fits. */
enum status load_none_left(struct load *load);
void load_streams_release(struct load *load);
/* What its rows show is what a checkpoint says. False: it is nothing of the kind, or no memory, with *memory set. */
bool load_stream_testify(struct load_stream *stream, struct text tally, bool *memory);
/* Lets go what it has of its rows. */
void load_stream_forget(struct load_stream *stream);

/* Opens the writers of all streams up to one, unless they are open. Inside the
 * transaction. */
enum status load_begin_streams(struct load *load, struct load_stream *last);
/* Closes them; no statement may run when a transaction ends. */
void load_close_writers(struct load *load);

/* What is counted and noted of its rows, the row of its source aside, becomes that of another,
 * or nothing. */
void load_stream_count_as(struct load_stream *stream, const struct load_stream *other);
/* Its name, of the member that is being loaded. */
void load_stream_show(const struct load *load, struct load_stream *stream);

#endif
