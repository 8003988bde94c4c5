/* SPDX-License-Identifier: Apache-2.0 */
/* A line added to CASE.log, and to the chain of its hashes. */
#ifndef UNSPOOF_CASEFILE_CUSTODY_LOG_APPEND_H
#define UNSPOOF_CASEFILE_CUSTODY_LOG_APPEND_H

#include <stdbool.h>

#include "base/status.h"
#include "casefile/custody/log_line.h"

/* What the log ended with before. */
struct log_found {
	bool torn;             /* a line that was cut short: it was closed, and the new line vouches for it */
	bool other;            /* a line of a case with another first run */
};

/* Adds a line, whose previous and hash it makes. However long the log is, no more than its beginning and its last lines are
 * read. Commands that do so at the same time keep one chain; a line that could not be written whole is taken back.
 * STATUS_FAILED, with the path in the error: see log_file_open(); or what it ends with has no line of a log in it, it
 * could not be read or written, or there is no memory. */
enum status log_append(const char *path, const struct log_line *line, struct log_found *found, struct error *error);

#endif
