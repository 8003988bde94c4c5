/* SPDX-License-Identifier: Apache-2.0 */
/* Where found rows stand, in messages. */
#include "correlate/notices.h"

#include <inttypes.h>

#include "casefile/source.h"

#define VALUE_SHOWN 80
#define PATH_SHOWN 300

void notice_add_place(struct casefile *casefile, int64_t source, int64_t member,
		      int64_t line, struct buf *out)
{
	if (!source_place(casefile, source, member, PATH_SHOWN, out))
		buf_format(out, "source %" PRId64, source);
	buf_format(out, ":%" PRId64, line);
}

void notice_add_value(struct casefile *casefile, int64_t source, int64_t member,
		      int64_t line, const char *role, struct text value, struct buf *out)
{
	notice_add_place(casefile, source, member, line, out);
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
