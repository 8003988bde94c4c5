/* SPDX-License-Identifier: Apache-2.0 */
/* What of a row an identifier may be: a column of a kind. */
#ifndef UNSPOOF_EXPORT_MATCH_MATCH_ROLES_H
#define UNSPOOF_EXPORT_MATCH_MATCH_ROLES_H

#include <stddef.h>

#include "export/match/match_index.h"

/* In the order in which hits are told. Those of calls are found by match_calls.h. */
enum match_role_number {
	MATCH_ROLE_CALL_ACCOUNT,
	MATCH_ROLE_CALL_PRESENTED,
	MATCH_ROLE_CALL_DIALLED,
	MATCH_ROLE_CALL_IP,
	MATCH_ROLE_TABLES      /* and those behind it by match_tables.h */
};

struct match_role {
	const char *name;          /* the kind and the role, as "payment txid" */
	const char *table, *column;    /* of the found rows */
	enum match_class class;
	/* Rows with a value, by column: id in the table, account_key.id or NULL, the value, another writing of it
	 * or NULL, a time or NULL, whether that is a day. NULL: not a role of the tables. */
	const char *sql;
};

/* Of a number below match_role_count(); static. */
const struct match_role *match_role(size_t number);
size_t match_role_count(void);

#endif
