/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that are written in no format that is read; format_foreign() asks these. */
#ifndef UNSPOOF_INGEST_FORMAT_FOREIGN_H
#define UNSPOOF_INGEST_FORMAT_FOREIGN_H

#include <stdbool.h>

#include "base/text.h"

/* Each is given the first bytes without byte order mark and blanks before them, and tells
 * what they begin, with what to do; NULL: not that, beyond doubt. Static. */
const char *foreign_sql(struct text sample);
/* Whether it is a script of Oracle or of Microsoft SQL Server. */
bool foreign_script(struct text sample);
const char *foreign_markup(struct text sample);     /* XML and HTML */
const char *foreign_json(struct text sample);

#endif
