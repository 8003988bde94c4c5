/* SPDX-License-Identifier: Apache-2.0 */
/* Options of a command that are kept in the case, and in force until they are given again. */
#ifndef UNSPOOF_CMD_COMMON_KEPT_H
#define UNSPOOF_CMD_COMMON_KEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "cmd/common/command.h"

/* Such an option: its text, NULL where it is not given, stands where the command keeps the
 * values of its options. */
struct kept_option {
	const char *key;       /* its name; NULL ends a table */
	size_t place;          /* of the text, offsetof() in those values */
	const char *unless_told;        /* the text of the default, or what is said of it for a file */
	const char *file;      /* what a file that it names should be, for a message; NULL: it names none */
	size_t most;           /* bytes of that */
};

#define KEPT_MOST 12       /* options of a table */

/* The texts that values point to, as long as they are used. Zeroed is empty. */
struct kept_texts {
	struct buf texts[KEPT_MOST];
};

void kept_release(struct kept_texts *texts);

/* Reads the files that are given: the text becomes the name, a line feed, and what the file has.
 * STATUS_FAILED, said. Before the case is opened. */
enum status kept_read(const struct invocation *inv, const struct kept_option *options, void *values,
		      struct kept_texts *texts);

/* Inside the transaction of the next run: keeps what is given, takes back what is given as empty
 * or as the default, and puts in what is in force for the rest; what is not decided becomes the
 * default, or NULL for a file. forget: all that was decided is taken back first. Says what
 * changes and what is in force. The error is that of the case. */
enum status kept_settle(const struct invocation *inv, struct casefile *casefile, const struct kept_option *options,
			void *values, struct kept_texts *texts, bool forget);

/* The two parts of the text of a file: its name, into an empty buffer; and what it has,
 * borrowed. */
const char *kept_file(const char *text, struct buf *name);

#endif
