/* SPDX-License-Identifier: Apache-2.0 */
/* What a dump looks like, in lines for people. */
#ifndef UNSPOOF_CMD_SNIFFING_PRINT_H
#define UNSPOOF_CMD_SNIFFING_PRINT_H

#include <stdbool.h>

#include "ingest/ingest.h"

/* Prints a line of the list of a member's tables, the first with what stands above the list.
 * screen: the columns of the terminal, at which lines are broken; 0: it is none, and they are as
 * long as they are. False: there was no memory for a line, which is left out. */
bool sniff_print_brief(unsigned screen, const struct sniff_report *report);
/* Prints all there is to say of a table. The same. */
bool sniff_print_full(unsigned screen, const struct sniff_report *report);

#endif
