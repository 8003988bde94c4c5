/* SPDX-License-Identifier: Apache-2.0 */
/* Dumps of databases as SQL: a stream for each table that has rows. */
#include <stdlib.h>
#include <string.h>

#include "ingest/format/foreign.h"
#include "ingest/format/format.h"
#include "ingest/sql/sql_dump.h"
#include "ingest/sql/sql_state.h"

#define BID_SQL 40

static unsigned bid(const struct peek *peek)
{
	const struct text first = foreign_start(peek->bytes);

	return foreign_sql(first) && !foreign_script(first) ? BID_SQL : 0;
}

static void close_layout(struct layout *layout)
{
	struct sql_dump *dump = (struct sql_dump *)layout;

	if (!dump)
		return;
	sql_tables_release(&dump->tables);
	sql_row_release(&dump->row);
	buf_release(&dump->tool);
	buf_release(&dump->about);
	buf_release(&dump->statement);
	buf_release(&dump->written);
	buf_release(&dump->comment);
	buf_release(&dump->database);
	buf_release(&dump->schema);
	buf_release(&dump->context);
	buf_release(&dump->target.places);
	buf_release(&dump->target.prefix);
	free(dump);
}

static enum status open_layout(struct layout **out, const struct format_input *input,
			       struct error *error)
{
	struct sql_dump *dump = calloc(1, sizeof(*dump));

	*out = dump ? &dump->layout : NULL;
	if (!dump)
		return error_memory(error);
	dump->layout.format = &format_sql;
	dump->layout.input = input;
	dump->delimiter[0] = ';';
	dump->delimiter_len = 1;
	dump->context_stale = true;
	dump->marks_of = sql_marks_fastest();
	sql_head_read(dump, foreign_start(input->peek.bytes));
	return dump->tool.failed || dump->about.failed ? error_memory(error) : STATUS_OK;
}

const struct format format_sql = {
	.name = "sql",
	.about = "dumps of databases as SQL (mysqldump, pg_dump, sqlite3 .dump and their kin)",
	.bid = bid,
	.open = open_layout,
	.close = close_layout,
	.describe = sql_describe,
	.notes = sql_notes,
	.restore = sql_restore,
	.split = sql_split,
	.parser_new = sql_parser_new,
	.parser_free = sql_parser_free,
	.parse = sql_parse,
};
