/* SPDX-License-Identifier: Apache-2.0 */
/* Which readings of numbers are unsure. */
#include "correlate/calls/unsure.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/sql.h"

/* A case has one for each sort of reading, some thousands at most. */
#define READINGS_MOST (INT64_C(1) << 28)

static enum status mark_all(struct unsure *unsure, struct casefile *casefile)
{
	sqlite3_stmt *select = casefile_prepare(casefile, "SELECT id FROM reading WHERE other = 1");
	enum status status;

	if (!select)
		return casefile->error.status;
	while ((status = casefile_step(casefile, select)) == STATUS_OK) {
		const uint64_t id = (uint64_t)sqlite3_column_int64(select, 0);

		if (id < unsure->count)
			unsure->readings[id] = true;
	}
	sqlite3_finalize(select);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status unsure_load(struct unsure *unsure, struct casefile *casefile)
{
	int64_t most = 0;
	enum status status = casefile_integer(casefile, "SELECT max(id) FROM reading WHERE other = 1", 0, &most);

	memset(unsure, 0, sizeof(*unsure));
	if (status != STATUS_OK || most == 0)
		return status;
	if (most < 0 || most > READINGS_MOST)
		return error_set(&casefile->error, STATUS_INTEGRITY, "table reading of the case is damaged");
	unsure->readings = calloc((size_t)most + 1, sizeof(*unsure->readings));
	if (!unsure->readings)
		return error_memory(&casefile->error);
	unsure->count = (size_t)most + 1;
	return mark_all(unsure, casefile);
}

void unsure_release(struct unsure *unsure)
{
	free(unsure->readings);
	memset(unsure, 0, sizeof(*unsure));
}
