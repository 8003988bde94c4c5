/* SPDX-License-Identifier: Apache-2.0 */
/* One thing of a case, with the rows that say so. */
#ifndef UNSPOOF_EXPORT_SHOW_H
#define UNSPOOF_EXPORT_SHOW_H

#include "base/observer.h"
#include "casefile/casefile.h"
#include "output/writer.h"

/*
 * Writes what a case holds about one thing, a fact a row: layer (found,
 * understood, concluded), fact, value, rule, and where it is said: source,
 * line, offset, length. The writer must not have begun and is ended.
 *
 * what      id
 * call      the id of table calls; needs the found layer only
 * account   the account, or SERVICE/ACCOUNT where several services have it
 * suspect   S1 or 1
 * number    E.164; blanks, hyphens and parentheses in it are ignored; or as it is
 *           written in the region, or, where that is NULL, in those of the sources
 *
 * STATUS_USAGE: no such kind of thing, or an id that cannot be one;
 * STATUS_FAILED: it is not in the case, a layer is missing, the output failed;
 * otherwise as export_table(). observer may be NULL.
 */
enum status show_thing(struct casefile *casefile, const char *what, const char *id, const char *region,
		       const struct observer *observer, struct writer *writer);

#endif
