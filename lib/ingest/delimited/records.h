/* SPDX-License-Identifier: Apache-2.0 */
/* The records of a delimited text in memory, to look at. */
#ifndef UNSPOOF_INGEST_DELIMITED_RECORDS_H
#define UNSPOOF_INGEST_DELIMITED_RECORDS_H

#include "base/status.h"
#include "base/text.h"
#include "ingest/delimited/dialect.h"
#include "ingest/format/record.h"
#include "ingest/plan/sample.h"

/* Gives each record of a text that is no blank line to take. */
enum status records_each(const struct dialect *dialect, struct text body,
			 void (*take)(void *context, const struct record *record),
			 void *context, struct error *error);

/* Reads the rows of text that follows a preamble into an empty sample. */
enum status records_sample(const struct dialect *dialect, struct text body,
			   struct sample *sample, struct error *error);

#endif
