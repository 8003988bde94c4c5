/* SPDX-License-Identifier: Apache-2.0 */
/* The statements of `show`; nobody else needs this. */
#ifndef UNSPOOF_EXPORT_SHOW_SQL_H
#define UNSPOOF_EXPORT_SHOW_SQL_H

#include "export/tables.h"

/* A statement gives layer, fact, value, rule, source, line, offset, length, and
 * may use :id, :currency, :exponent. It runs when the case has its layer. */
struct show_statement {
	enum layer layer;
	const char *sql;        /* NULL ends a list */
};

/* :id is a call's id, account_key.id, suspect.id, an E.164 number. */
extern const struct show_statement show_call[];
extern const struct show_statement show_account[];
extern const struct show_statement show_suspect[];
extern const struct show_statement show_number[];

#endif
