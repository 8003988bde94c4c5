/* SPDX-License-Identifier: Apache-2.0 */
/* Layers made anew by what is decided in a case, without a run: for `verify --deep`. */
#ifndef UNSPOOF_CMD_COMMON_ANEW_H
#define UNSPOOF_CMD_COMMON_ANEW_H

#include "cmd/common/command.h"

/* Inside a transaction, as the command of the invocation does it, with its threads. Appends
 * what a run would say of its settings and of what came of it. temporary: a folder for what
 * memory has no room for. The error is that of the case, but one of the settings is said too.
 * Each is defined with its command. */
enum status normalise_anew(struct invocation *inv, struct casefile *casefile, const char *temporary,
			   struct buf *settings, struct buf *outputs);
enum status correlate_anew(struct invocation *inv, struct casefile *casefile, const char *temporary,
			   struct buf *settings, struct buf *outputs);

#endif
