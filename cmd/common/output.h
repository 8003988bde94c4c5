/* SPDX-License-Identifier: Apache-2.0 */
/* Where a table goes: standard output, or a file that appears when it is whole. */
#ifndef UNSPOOF_CMD_COMMON_OUTPUT_H
#define UNSPOOF_CMD_COMMON_OUTPUT_H

#include <stdbool.h>

#include "base/status.h"
#include "cmd/common/options.h"
#include "base/partial.h"
#include "output/writer.h"

struct output {
	struct invocation *inv;
	struct writer writer;
	const char *path;       /* NULL: standard output */
	struct partial partial; /* PATH.partial, while it is written */
	bool force;
	int error;              /* errno of the write that failed */
	struct digest *digest;  /* of what is written; NULL: it is not asked for */
	char *sha256;           /* where that goes */
};

/* Whether there is such a format, NULL for the default: STATUS_USAGE, said, if not. */
enum status output_check(const struct invocation *inv, const char *format);

/* Prepares output->writer. format NULL: table when the output is a terminal,
 * else csv. path NULL: standard output; otherwise PATH.partial is written, and
 * a PATH that is there is refused without force, and with it when it is no
 * regular file, or one that guard_output() refuses, as it does one that is not there. Says what is wrong; a failure needs no
 * output_close(). */
enum status output_open(struct output *output, struct invocation *inv, const char *format, const char *path,
			bool force, struct casefile *casefile);

/* From now on what is written is hashed; sha256, of DIGEST_HEX, is the SHA-256 in hexadecimal
 * digits once output_close() is STATUS_OK. After output_open(). */
void output_hash(struct output *output, char *sha256);

/* Ends with the status that the writing came to, and returns the status of the
 * command: the file is synced and renamed, or removed when status is no success
 * (error is printed then). */
enum status output_close(struct output *output, enum status status, const struct error *error);

/* The same for bytes that are no table, and that the log is not told of, in a file of mode
 * 0600. Each says what fails. */
enum status output_open_file(struct output *output, struct invocation *inv, const char *path, bool force,
			     struct casefile *casefile);
enum status output_put(struct output *output, const void *data, size_t len);
enum status output_close_file(struct output *output, enum status status);

/* The -f row of an option table; value is a const char *. */
#define OUTPUT_FORMAT(value) \
	{ 'f', "format", "FORMAT", HELP_FORMATS, OPTION_TEXT, (value) }

/* The --exact row of an option table; value is a bool *, for output->writer.options.exact. */
#define HELP_EXACT "csv without the apostrophes against formulas"
#define OUTPUT_EXACT(value) \
	{ 0, "exact", NULL, HELP_EXACT, OPTION_FLAG, (value) }

/* The -v row; value is a bool *, for output_tell_read(). */
#define HELP_VERBOSE "say how many segments of calls were read"
#define OUTPUT_VERBOSE(value) \
	{ 'v', "verbose", NULL, HELP_VERBOSE, OPTION_FLAG, (value) }

/* Notices how many segments of the case SQL has read, where verbose. The error is printed. */
enum status output_tell_read(struct invocation *inv, struct casefile *casefile, bool verbose);

#endif
