/* SPDX-License-Identifier: Apache-2.0 */
/* The rows that a figure is made of. */
#ifndef UNSPOOF_EXPORT_TRACE_TRACE_H
#define UNSPOOF_EXPORT_TRACE_TRACE_H

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "output/writer.h"

struct trace_asked {
	const char *thing;         /* "suspect", "account", "victim", "presentation" */
	const char *id;            /* as the user gives it; of a presentation SUSPECT/NUMBER */
	const char *figure;
	const char *region;        /* of national numbers; NULL: those of the sources */
};

/* Writes the rows of a figure as unspoof-trace(1) says, and notices what they come to. Needs conclusions. STATUS_USAGE:
 * there is no such thing or figure, with the nearest that is; STATUS_FAILED: it is not in the case; STATUS_INTEGRITY: the
 * rows do not come to what the case says; STATUS_INTERRUPTED. */
enum status trace_write(struct casefile *casefile, const struct trace_asked *asked, const struct observer *observer,
			struct writer *writer);
/* Adds "suspect: spend, gross, ..., " of each thing, a line each. */
void trace_list(struct buf *out);

#endif
