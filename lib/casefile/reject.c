/* SPDX-License-Identifier: Apache-2.0 */
/* Rows that were read and not taken. */
#include "casefile/reject.h"

#include <string.h>

#include "casefile/mend/dropped.h"
#include "casefile/sql.h"

enum status reject_writer_open(struct reject_writer *writer, struct casefile *casefile)
{
	memset(writer, 0, sizeof(*writer));
	writer->casefile = casefile;
	writer->insert = casefile_prepare(
		casefile, "INSERT INTO reject(role, reason, value, text" PLACE_NAMES ", id)"
			  " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
	return writer->insert ? dropped_next(casefile, "reject", &writer->next)
			      : casefile->error.status;
}

void reject_writer_close(struct reject_writer *writer)
{
	sqlite3_finalize(writer->insert);
	memset(writer, 0, sizeof(*writer));
}

static struct text cut(struct text text, size_t most)
{
	if (text.len > most)
		text.len = most;
	return text;
}

enum status reject_writer_put(struct reject_writer *writer, const struct place *place,
			      const char *role, const char *reason, struct text value,
			      struct text text)
{
	bind_cstring(writer->insert, 1, role);
	bind_cstring(writer->insert, 2, reason);
	bind_blob(writer->insert, 3, cut(value, REJECT_VALUE_MOST));
	bind_blob(writer->insert, 4, cut(text, REJECT_TEXT_MOST));
	bind_place(writer->insert, 5, place);
	bind_integer(writer->insert, 10, writer->next);
	/* Behind the greatest there is none, which the next row then meets. */
	writer->next += writer->next < INT64_MAX;
	return casefile_run(writer->casefile, writer->insert);
}
