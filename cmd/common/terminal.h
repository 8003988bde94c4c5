/* SPDX-License-Identifier: Apache-2.0 */
/* What a run knows of its surroundings: the clock, the terminal, signals. */
#ifndef UNSPOOF_CMD_COMMON_TERMINAL_H
#define UNSPOOF_CMD_COMMON_TERMINAL_H

#include <stdbool.h>

#include "base/observer.h"

/* The time now, `2022-03-27T00:59:58Z`. */
void terminal_now(char out[static 21]);

/* The observer of a command: notices on standard error unless quiet, progress
 * only on a terminal, interrupts once they are caught. */
struct observer terminal_observer(bool quiet);

/* From now on a write to a pipe that nobody reads fails, instead of ending the program,
 * unless that was so before. */
void terminal_catch_broken_pipe(void);
/* Ends the program by SIGPIPE, where one was caught: what is due before that was done. */
void terminal_end_broken_pipe(void);

/* Wipes a progress line, so that a message starts on a clean one. */
void terminal_clear_progress(void);

#endif
