/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about a member while it is loaded, and at the end. */
#ifndef UNSPOOF_INGEST_TELL_H
#define UNSPOOF_INGEST_TELL_H

#include "base/status.h"
#include "base/text.h"
#include "ingest/load/load.h"

/* Rejects that are told one by one. */
#define TELL_REJECTS 10

/* What was found out: kind, profile, dialect. */
void tell_plan(const struct load *load, const struct load_stream *stream);
/* That an earlier load is gone on with, and where. */
void tell_resumed(const struct load *load);
/* A rejected row: `file:line: role 'value': reason`; without a role it is the
 * whole row. Those after the first TELL_REJECTS are not told. */
void tell_reject(const struct load *load, const struct load_stream *stream,
		 uint64_t line, const char *role, struct text value,
		 const char *reason);
/* The end: rejects not told, assumptions, counts. */
void tell_counts(const struct load *load, const struct load_stream *stream);
/* Says and keeps what is remarked of how a source is read, once its row is stored. */
enum status tell_remarks(const struct load *load, const struct load_stream *stream);
/* That no row was accepted, and the likely cause: STATUS_FAILED. */
enum status tell_none(const struct load_stream *stream, struct error *error);

#endif
