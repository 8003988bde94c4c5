/* SPDX-License-Identifier: Apache-2.0 */
/* Reads statements, byte by byte, up to the rows of one. */
#ifndef UNSPOOF_INGEST_SQL_SQL_READ_H
#define UNSPOOF_INGEST_SQL_SQL_READ_H

#include "ingest/sql/sql_dump.h"

/* Goes on from where reading stands. *used: how far, to the end of the window, or to where the
 * phase is SQL_AT_ROW before a bracket, or SQL_AT_COPY before a line. Statuses of
 * sql_statement_rows(). */
enum status sql_read_statements(struct sql_dump *dump, struct text window, size_t *used);

#endif
