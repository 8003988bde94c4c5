/* SPDX-License-Identifier: Apache-2.0 */
/* Where found rows stand, in messages. */
#include "correlate/notices.h"

#include <inttypes.h>

#include "casefile/sql.h"

#define VALUE_SHOWN 80
#define PATH_SHOWN 300

void notice_add_place(struct casefile *casefile, int64_t source, int64_t line,
		      struct buf *out)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT path, member FROM source WHERE id = ?");

	if (statement)
		bind_integer(statement, 1, source);
	if (statement && sqlite3_step(statement) == SQLITE_ROW) {
		struct text member = column_text(statement, 1);

		buf_escape(out, column_text(statement, 0), PATH_SHOWN);
		if (member.len) {
			buf_byte(out, ':');
			buf_escape(out, member, PATH_SHOWN);
		}
	} else {
		buf_format(out, "source %" PRId64, source);
	}
	buf_format(out, ":%" PRId64, line);
	sqlite3_finalize(statement);
}

void notice_add_value(struct casefile *casefile, int64_t source, int64_t line,
		      const char *role, struct text value, struct buf *out)
{
	notice_add_place(casefile, source, line, out);
	buf_format(out, ": %s '", role);
	buf_escape(out, value, VALUE_SHOWN);
	buf_text(out, "': ");
}

bool notices_take(struct notices *notices)
{
	return notices->count++ < NOTICES_SAID;
}

void notices_say(const struct notices *notices, const struct buf *line)
{
	if (!line->failed && line->data)
		observer_notice(notices->observer, "%s", line->data);
}

void notices_end(const struct notices *notices, const char *what)
{
	if (notices->count > NOTICES_SAID)
		observer_notice(notices->observer, "%" PRIu64 " more %s",
				notices->count - NOTICES_SAID, what);
}
