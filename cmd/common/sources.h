/* SPDX-License-Identifier: Apache-2.0 */
/* The options that say what a SOURCE is, for the commands that read one. */
#ifndef UNSPOOF_CMD_COMMON_SOURCES_H
#define UNSPOOF_CMD_COMMON_SOURCES_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/common/command.h"
#include "cmd/common/dumps.h"
#include "ingest/ingest.h"

/* The values of options_of_source[]: options of the library, and what is none as it
 * is given. */
struct source_options {
	struct ingest_options ingest;
	struct option_list mappings;
	struct option_list words;
	struct option_list regions, zones, currencies;   /* VALUE, or KIND=VALUE */
	const char *encoding;
	const char *separator, *quote, *escape, *inner, *guard, *head;
	bool header, no_header;
	struct dump_options dumps;
	char *room;                 /* owned: see source_options_set_room() */
};

/* After command_options(): sets the rest of given->ingest, and checks the operands
 * from `first` on, behind which dump_options_list() put those of a list. False: *status is a usage error that has been said. */
bool source_options_take(const struct invocation *inv,
			 struct source_options *given, int first,
			 enum status *status);

/* Where private copies are made of what has to be read here and there: in the folder of
 * the case, where there is one, so that evidence goes to no other disk; else $TMPDIR. */
void source_options_set_room(struct source_options *given, const char *case_path);

void source_options_release(struct source_options *given);

#endif
