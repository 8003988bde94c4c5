/* SPDX-License-Identifier: Apache-2.0 */
/* Remarks, and rows set aside: notices, and rows of two tables. */
#include "normalise/notes.h"
#include "casefile/source.h"
#include "casefile/sql.h"

#include <stdarg.h>
#include <stdio.h>

#define PATH_SHOWN 300

enum status notes_open(struct notes *notes, struct casefile *casefile,
		       const struct observer *observer)
{
	notes->casefile = casefile;
	notes->observer = observer;
	notes->count = 0;
	notes->unread = casefile_prepare(
		casefile, "INSERT INTO unread(kind, role, reason, value" PLACE_NAMES ")"
			  " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
	if (!notes->unread)
		return casefile->error.status;
	return remark_writer_open(&notes->remarks, casefile, LAYER_UNDERSTOOD, observer);
}

void notes_close(struct notes *notes)
{
	sqlite3_finalize(notes->unread);
	notes->unread = NULL;
	remark_writer_close(&notes->remarks);
}

enum status notes_remark(struct notes *notes, const struct source_sense *source,
			 const struct remark *remark, const char *format, ...)
{
	struct remark said = *remark;
	char text[REMARK_TEXT_MOST];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	said.source = source->id;
	said.shown = source->name;
	said.text = text;
	return remark_writer_say(&notes->remarks, &said);
}

static void notice_unread(const struct notes *notes, const struct unread *unread)
{
	struct buf place = { 0 };
	char value[100];

	if (notes->count >= NOTES_NOTICED)
		return;
	if (source_place(notes->casefile, unread->source->id,
			 (int64_t)unread->place.member, PATH_SHOWN, &place))
		observer_notice(notes->observer, "%s:%llu: %s '%s': %s",
				buf_view(&place).data,
				(unsigned long long)unread->place.line,
				unread->role,
				text_escape(unread->value, value, sizeof(value)),
				unread->reason);
	buf_release(&place);
}

enum status notes_set_aside(struct notes *notes, const struct unread *unread)
{
	struct text value = unread->value;

	notice_unread(notes, unread);
	notes->count++;
	if (value.len > REJECT_VALUE_MOST)
		value.len = REJECT_VALUE_MOST;
	bind_cstring(notes->unread, 1, kind_info(unread->source->kind)->name);
	bind_cstring(notes->unread, 2, unread->role);
	bind_cstring(notes->unread, 3, unread->reason);
	bind_blob(notes->unread, 4, value);
	bind_place(notes->unread, 5, &unread->place);
	return casefile_run(notes->casefile, notes->unread);
}
