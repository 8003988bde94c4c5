/* SPDX-License-Identifier: Apache-2.0 */
/* The entry of the loadable extension; no part of the library. */
#include "casefile/sqlite/extension.h"

#include "casefile/sqlite/calltable.h"

SQLITE_EXTENSION_INIT1

int sqlite3_unspoof_init(sqlite3 *db, char **message, const sqlite3_api_routines *api)
{
	SQLITE_EXTENSION_INIT2(api);
	(void)message;
	return calltable_install(db);
}
