/* SPDX-License-Identifier: Apache-2.0 */
/* A pattern whose named groups are the columns of a row. */
#ifndef UNSPOOF_INGEST_PATTERN_GROUPS_H
#define UNSPOOF_INGEST_PATTERN_GROUPS_H

#include <stddef.h>

#include "base/text.h"
#include "ingest/plan/pattern.h"

#define GROUPS_MOST 256

struct groups;

/* Of a pattern of PCRE2, which works on bytes. NULL: it is wrong, and why (of size bytes) says
 * how: it has no named group, or one name twice; or there is no memory, and why is empty. */
struct groups *groups_new(struct text expression, char *why, size_t size);
void groups_free(struct groups *groups);    /* NULL is safe */

/* The names, in the order of the groups in the pattern; borrowed. */
size_t groups_count(const struct groups *groups);
const struct text *groups_names(const struct groups *groups);

/* Whether the pattern occurs in a text, and what of it the groups are: views of it, of which
 * those that took no part are form_null(). One thread at a time. */
enum match groups_match(struct groups *groups, struct text text, struct text *fields);

#endif
