/* SPDX-License-Identifier: Apache-2.0 */
/* The options that say what files that are read may be, for the commands that read some. */
#ifndef UNSPOOF_CMD_COMMON_DUMPS_H
#define UNSPOOF_CMD_COMMON_DUMPS_H

#include <stdbool.h>

#include "cmd/common/command.h"
#include "ingest/source/dump_settings.h"

/* Bytes of a password at most, and of a list of files. */
#define PASSWORD_MOST 1024
#define FILES_MOST (64 << 20)

/* As given, NULL where not, and what came of it. */
struct dump_options {
	const char *password_file, *max_expand, *files_from;
	struct buf password, files;
	char **operands;
};

#define HELP_PASSWORD_FILE "a file whose first line opens encrypted archives"
#define HELP_MAX_EXPAND "what a file may unpack to (100G), and times its bytes (1000)"

/* Fills settings, which borrow from the options. False: *status has been said. */
bool dump_options_take(const struct invocation *inv, struct dump_options *given,
		       struct dump_settings *settings, enum status *status);
/* Puts the paths that --files-from lists behind the operands. False: the same. */
bool dump_options_list(struct invocation *inv, struct dump_options *given, enum status *status);
void dump_options_release(struct dump_options *given);

#endif
