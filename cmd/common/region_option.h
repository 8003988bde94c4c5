/* SPDX-License-Identifier: Apache-2.0 */
/* The option --region of commands that read a user's numbers. */
#ifndef UNSPOOF_CMD_COMMON_REGION_OPTION_H
#define UNSPOOF_CMD_COMMON_REGION_OPTION_H

#include "cmd/common/command.h"

/* Makes of what is given the two letters that it means, and says so where they are others; NULL stays. STATUS_USAGE, said. */
enum status region_option(struct invocation *inv, const char **region);

#endif
