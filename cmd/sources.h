/* SPDX-License-Identifier: Apache-2.0 */
/* The options that say what a SOURCE is, for the commands that read one. */
#ifndef UNSPOOF_CMD_SOURCES_H
#define UNSPOOF_CMD_SOURCES_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/command.h"
#include "ingest/ingest.h"

#define SOURCE_OPTIONS 15

/* What is not an option of the library as it is given. */
struct source_options {
	struct option_list mappings;
	const char *separator, *quote;
	bool header, no_header;
};

/* Fills rows (SOURCE_OPTIONS of them) and returns how many there are. */
size_t source_option_rows(struct source_options *given,
			  struct ingest_options *options, struct option_row *rows);

/* After command_options(): sets the rest of options, and checks the operands
 * from `first` on. False: *status is a usage error that has been said. */
bool source_options_take(const struct invocation *inv,
			 const struct source_options *given,
			 struct ingest_options *options, int first,
			 enum status *status);

void source_options_release(struct source_options *given);

#endif
