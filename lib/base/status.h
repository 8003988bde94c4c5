/* SPDX-License-Identifier: Apache-2.0 */
/* What a call into the library came to, and what the caller does next. */
#ifndef UNSPOOF_BASE_STATUS_H
#define UNSPOOF_BASE_STATUS_H

#include <stdbool.h>
#include <stddef.h>

/* The ladder. The values from STATUS_FAILED on are the exit statuses of the
 * command line, so that a command returns what the library said. */
enum status {
	STATUS_OK = 0,          /* go on */
	STATUS_FAILED = 1,      /* stop: nothing of this step is kept */
	STATUS_USAGE = 2,       /* stop: the request itself is wrong */
	STATUS_REJECTS = 3,     /* done, with more rejected rows than allowed */
	STATUS_INTEGRITY = 4,   /* the evidence or the case is not what it was */
	STATUS_INTERRUPTED = 5, /* stopped by the user; the same command goes on */
	STATUS_UNCHECKED = 6,   /* all that could be checked holds, but not all could */
	STATUS_END = 16,        /* no more rows */
	STATUS_SKIP = 17,       /* this row cannot be taken; the next may */
	STATUS_NOTHING = 18,    /* the step had nothing to do */
	STATUS_MEMORY = 19      /* of this row it cannot be told, for want of memory */
};

/* The text of the last error: one to three lines, already safe for a terminal,
 * without a final newline. The owner of the handle embeds it. */
struct error {
	enum status status;
	char text[1024];
	/* It is of the case, the memory or the machine, not of a source: the next
	 * source would meet it too, or leave a gap where this one belongs. */
	bool fault;
};

/* Sets the text, for no fault, and returns status, so that a caller writes
 * `return error_set(...)`. Longer text is cut. */
enum status error_set(struct error *error, enum status status,
		      const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same for "out of memory", which is a fault. */
enum status error_memory(struct error *error);

/* Whether an errno is a want of the machine, memory or descriptors, and so says
 * nothing of the file that it came of. */
bool error_is_want(int code);

#endif
