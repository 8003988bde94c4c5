/* SPDX-License-Identifier: Apache-2.0 */
/* Names of tables, as they are given. */
#ifndef UNSPOOF_CASEFILE_RECORD_TABLE_NAME_H
#define UNSPOOF_CASEFILE_RECORD_TABLE_NAME_H

#include <stdbool.h>

#include "base/text.h"

/* Whether a table is the one that is given: that is its whole name, or what stands behind one of
 * its dots, with ASCII case folded. */
bool table_name_is(struct text name, struct text given);

/* The name of a file or member without its folders and endings, by which it is a table:
 * `a/cdr.csv.gz` is cdr. A view. */
struct text table_name_of_path(const char *path);

#endif
