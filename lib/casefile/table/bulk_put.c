/* SPDX-License-Identifier: Apache-2.0 */
/* Rows put into a table some at a time: one INSERT takes them all. */
#include "casefile/table/bulk_put.h"

#include <string.h>

#include "casefile/table/bulk_insert.h"

/* What is put comes once. */
static const struct newrows *next(struct tablefill_rows *incoming)
{
	struct tableput *put = (struct tableput *)incoming;
	const struct newrows *rows = put->rows;

	put->rows = NULL;
	return rows;
}

enum status tableput_open(struct tableput *put, struct casefile *casefile,
			  const char *table, const char *names, unsigned columns)
{
	memset(put, 0, sizeof(*put));
	put->incoming = (struct tablefill_rows){ .columns = columns, .begun = true,
						 .next = next };
	put->casefile = casefile;
	put->table = table;
	if (tablefill_rows_attach(casefile->db, &put->incoming) != SQLITE_OK)
		return casefile_failed(casefile);
	put->insert = tablefill_prepare(casefile, table, names, columns);
	return put->insert ? STATUS_OK : casefile->error.status;
}

enum status tableput_rows(struct tableput *put, const struct newrows *rows)
{
	enum status status;

	if (!rows->count)
		return STATUS_OK;
	put->rows = rows;
	status = casefile_run(put->casefile, put->insert);
	/* It can be another table than it was. */
	if (status == STATUS_OK && put->rows)
		return error_set(&put->casefile->error, STATUS_INTEGRITY,
				 "table %s of the case is damaged", put->table);
	return status;
}

void tableput_close(struct tableput *put)
{
	if (!put->casefile)
		return;
	sqlite3_finalize(put->insert);
	tablefill_rows_detach(put->casefile->db);
	memset(put, 0, sizeof(*put));
}
