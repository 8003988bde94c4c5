/* SPDX-License-Identifier: Apache-2.0 */
/* Lines that programs write around a table. */
#ifndef UNSPOOF_INGEST_DELIMITED_FOOT_H
#define UNSPOOF_INGEST_DELIMITED_FOOT_H

#include <stdbool.h>

#include "base/text.h"

/* Whether a line is one of a frame: `+----+----+`, `----|----`. */
bool foot_is_frame(struct text line);

/* Whether a line that can be no row is one of those behind a table, or a frame of it:
 * `(12 rows)`, `12 rows in set (0.00 sec)`, `Total: 12`, `-- End of report --`. */
bool foot_is(struct text line);

#endif
