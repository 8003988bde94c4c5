/* SPDX-License-Identifier: Apache-2.0 */
/* The found rows of the small kinds. */
#include "casefile/row_writer.h"

#include <string.h>

#include "casefile/mend/dropped.h"

/* Behind it there are ids for more rows than any process can store. */
#define ROW_ID_MOST (INT64_MAX >> 1)

static enum status find_next(struct row_writer *writer, const char *table)
{
	struct casefile *casefile = writer->casefile;
	enum status status = dropped_next(casefile, table, &writer->next);

	if (status == STATUS_OK && (writer->next < 1 || writer->next > ROW_ID_MOST))
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "table %s: its ids leave no room for more", table);
	return status;
}

/* By name, so that a table with another column is refused. */
static enum status open_put(struct row_writer *writer)
{
	const struct kind_info *info = kind_info(writer->kind);
	struct buf names = { 0 };
	enum status status;

	buf_text(&names, "(id" PLACE_NAMES);
	for (size_t i = 0; i < info->role_count; i++)
		buf_format(&names, ", %s", info->roles[i].name);
	buf_text(&names, ")");
	status = names.failed ? error_memory(&writer->casefile->error)
			      : bulk_put_open(&writer->put, writer->casefile,
					      info->name, names.data,
					      (unsigned)writer->columns);
	buf_release(&names);
	return status;
}

enum status row_writer_open(struct row_writer *writer, struct casefile *casefile,
			    enum kind kind)
{
	const struct kind_info *info = kind_info(kind);
	enum status status;

	memset(writer, 0, sizeof(*writer));
	writer->casefile = casefile;
	writer->kind = kind;
	writer->columns = ROW_FIRST_ROLE + info->role_count;
	status = table_digest_begin(casefile, info->name, &writer->table_digest);
	if (status == STATUS_OK)
		status = find_next(writer, info->name);
	return status == STATUS_OK ? open_put(writer) : status;
}

void row_writer_close(struct row_writer *writer)
{
	bulk_put_close(&writer->put);
	memset(writer, 0, sizeof(*writer));
}

void row_writer_number(struct row_writer *writer, struct row_buffer *rows,
		       int64_t source)
{
	for (size_t i = 0; i < rows->count; i += writer->columns) {
		rows->values[i + ROW_ID].value = writer->next++;
		rows->values[i + ROW_SOURCE].value = source;
	}
	table_digest_add(writer->table_digest, rows);
}

enum status row_writer_put(struct row_writer *writer, const struct row_buffer *rows)
{
	return bulk_put_rows(&writer->put, rows);
}
