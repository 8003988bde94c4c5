/* SPDX-License-Identifier: Apache-2.0 */
/* Why two accounts or suspects are one person, or what there is between them. */
#ifndef UNSPOOF_EXPORT_WHY_WHY_H
#define UNSPOOF_EXPORT_WHY_WHY_H

#include "base/observer.h"
#include "base/status.h"
#include "casefile/casefile.h"
#include "output/writer.h"

/* Writes the shortest way of evidence from a to b, each an account or a suspect, and what else ties the accounts on it, as
 * unspoof-why(1) says; notices say what parts them. Needs conclusions. STATUS_USAGE: one of them cannot be one, or they
 * are the same; STATUS_FAILED: there is none of that name; STATUS_INTEGRITY; STATUS_INTERRUPTED. */
enum status why_write(struct casefile *casefile, const char *a, const char *b, const struct observer *observer,
		      struct writer *writer);

#endif
