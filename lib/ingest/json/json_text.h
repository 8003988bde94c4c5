/* SPDX-License-Identifier: Apache-2.0 */
/* What strings of JSON say (RFC 8259 section 7). */
#ifndef UNSPOOF_INGEST_JSON_JSON_TEXT_H
#define UNSPOOF_INGEST_JSON_JSON_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

/* Undoes the escapes of what stands between the quotes, into out, which has room for as many
 * bytes; how many there are. An escape that is none, and one half of a pair of surrogates,
 * stay as they are written. *zeros: a NUL byte came of one. */
size_t json_unescape(struct text text, char *out, bool *zeros);

#endif
