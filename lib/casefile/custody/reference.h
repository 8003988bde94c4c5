/* SPDX-License-Identifier: Apache-2.0 */
/* The reference of a case, by which those who work on it know it, and of an exhibit. */
#ifndef UNSPOOF_CASEFILE_CUSTODY_REFERENCE_H
#define UNSPOOF_CASEFILE_CUSTODY_REFERENCE_H

#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* Bytes, and room for them with a NUL. */
#define REFERENCE_MOST 200
#define REFERENCE_ROOM (REFERENCE_MOST + 1)

/* Why a text is no reference, to stand behind it in a message, static; NULL: it is one:
 * UTF-8 of 1 to 200 bytes that a terminal shows as it is, without blanks at its ends. */
const char *reference_problem(struct text text);

/* That of the case; empty: it has none. STATUS_INTEGRITY: what is there is none. */
enum status reference_read(struct casefile *casefile, char out[static REFERENCE_ROOM]);
/* Gives the case one, which is no problem, unless it has one. Inside a transaction, which
 * records a run of the found layer. */
enum status reference_give(struct casefile *casefile, const char *reference);

#endif
