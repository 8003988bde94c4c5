/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that are written in no format that is read; format_foreign() asks these. */
#ifndef UNSPOOF_INGEST_FORMAT_FOREIGN_H
#define UNSPOOF_INGEST_FORMAT_FOREIGN_H

#include <stdbool.h>

#include "base/text.h"

/* A text without a UTF-8 byte order mark before it, and without that and blanks. */
struct text foreign_unmarked(struct text text);
struct text foreign_start(struct text text);

/* Each is given the first bytes as foreign_start() gives them, and tells
 * what they begin, with what to do; NULL: not that, beyond doubt. Static. */
const char *foreign_sql(struct text sample);
/* Whether it is a script of Oracle or of Microsoft SQL Server. */
bool foreign_script(struct text sample);
const char *foreign_markup(struct text sample);     /* XML and HTML */
bool foreign_is_xml(struct text sample);            /* which of them */
const char *foreign_json(struct text sample);

#endif
