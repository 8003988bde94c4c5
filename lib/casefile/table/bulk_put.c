/* SPDX-License-Identifier: Apache-2.0 */
/* Rows put into a table some at a time: one INSERT takes them all. */
#include "casefile/table/bulk_put.h"

#include <string.h>

#include "casefile/sql.h"
#include "casefile/table/bulk_insert.h"

/* What is put comes once. */
static const struct row_buffer *next(struct bulk_rows *incoming)
{
	struct bulk_put *put = (struct bulk_put *)incoming;
	const struct row_buffer *rows = put->rows;

	put->rows = NULL;
	return rows;
}

enum status bulk_put_open(struct bulk_put *put, struct casefile *casefile,
			  const char *table, const char *names, unsigned columns)
{
	memset(put, 0, sizeof(*put));
	put->incoming = (struct bulk_rows){ .columns = columns, .begun = true,
						 .next = next };
	put->casefile = casefile;
	put->table = table;
	if (bulk_rows_attach(casefile->db, &put->incoming) != SQLITE_OK)
		return casefile_failed(casefile);
	put->insert = bulk_insert_prepare(casefile, table, names, columns);
	return put->insert ? STATUS_OK : casefile->error.status;
}

enum status bulk_put_rows(struct bulk_put *put, const struct row_buffer *rows)
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

void bulk_put_close(struct bulk_put *put)
{
	if (!put->casefile)
		return;
	sqlite3_finalize(put->insert);
	bulk_rows_detach(put->casefile->db);
	memset(put, 0, sizeof(*put));
}
