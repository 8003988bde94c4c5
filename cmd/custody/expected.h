/* SPDX-License-Identifier: Apache-2.0 */
/* The hash that a source was seized with. */
#ifndef UNSPOOF_CMD_CUSTODY_EXPECTED_H
#define UNSPOOF_CMD_CUSTODY_EXPECTED_H

#include "base/digest/digest.h"
#include "cmd/common/command.h"

/* Takes --expect-sha256 as given, NULL: not, for so many sources, of which it is to be one;
 * hex gets it in lower case. False: *status is STATUS_USAGE, said. */
bool expected_take(const struct invocation *inv, const char *given, int sources,
		   char hex[static DIGEST_HEX], enum status *status);

#endif
