/* SPDX-License-Identifier: Apache-2.0 */
/* The virtual table `call`: the rows of the segments, for SQL. */
#ifndef UNSPOOF_CASEFILE_SQLITE_CALLTABLE_H
#define UNSPOOF_CASEFILE_SQLITE_CALLTABLE_H

#include <stdint.h>

#include "base/status.h"
#include "casefile/sql.h"

/*
 * The columns of `call`, in order:
 *   id                segment * 65,536 + row; a call keeps it as long as the case
 *   source, member, line, offset, length    where the row stands, as in the other
 *                     tables
 *   call_id ... trunk one a role of a call, as found; NULL where the row has no
 *                     such field, or that is NULL in the dump
 *   account_key       account_key.id
 *   started_utc       seconds since 1970-01-01 UTC, rounded down; see CALL_FLAG_DAY
 *   talk_ms           milliseconds
 *   presented_e164    an integer
 *   presented_reading reading.id
 *   dialled_e164, dialled_reading    the same for the dialled number
 *   cost_micro        millionths of the major unit of the currency: an integer, or a decimal as text
 *   answered          1 or 0
 *   flags             bits of segment/call_flag.h
 *   twin              the id of the call that this one is once more, or that is this one once more
 *   cost_value        the cost as a decimal, with its sign and digits: -2.00
 *   cost_currency     the code of its currency; of one that is not known the name, in capitals
 * From account_key on they are as understood: NULL before `unspoof normalise`
 * and where there is no value; started_utc, talk_ms, cost_micro and answered
 * also in a row that could not be understood (CALL_FLAG_UNREAD).
 *
 * It is read-only and needs no CREATE. Rows come in order of id. A condition
 * id = X goes straight to the row. Ranges of id and started_utc, and = X or IN of
 * source, account_key, presented_e164 and dialled_e164 leave out segments that
 * cannot have such rows; so do = X and IN of the found texts of accounts. Of the others,
 * and for found texts of any role, the columns of the conditions are read
 * first, see call_plan.h. Only the columns a statement names are read, on as many
 * threads as the casefile says. Where a segment does not hang together, or is not
 * as it was stored, the statement fails with SQLITE_CORRUPT and a text that names
 * it.
 */

/* Makes `call` known to the connection of a case, which holds no table of that name:
 * casefile_open() sees to that. */
enum status calltable_register(struct casefile *casefile);

/* How many segments of calls a case has; casefile->call_segments of them were read once the
 * statements have ended. */
enum status calltable_segments(struct casefile *casefile, uint64_t *all);

/* The same for any connection; an SQLite result code. */
int calltable_install(sqlite3 *db);

#endif
