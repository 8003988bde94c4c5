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

/* Where a row stands; own: in a remark on its own source, which is named. True: by its line
 * alone. */
static bool add_row(const struct notes *notes, const struct note_row *row, bool own,
		    struct buf *out)
{
	struct buf place = { 0 };
	const bool known = source_place(notes->casefile, row->source->id, row->member,
					PATH_SHOWN, &place);
	const struct text path = known ? buf_view(&place) : text_of(row->source->name);
	const bool alone = own && text_is(path, row->source->name);

	if (alone) {
		buf_format(out, "line %llu", (unsigned long long)row->line);
	} else {
		buf_add(out, path.data, path.len);
		buf_format(out, ":%llu", (unsigned long long)row->line);
	}
	buf_release(&place);
	return alone;
}

uint64_t notes_add_line(const struct notes *notes, const struct note_row *row, struct buf *out)
{
	struct buf place = { 0 };
	const bool known = source_place(notes->casefile, row->source->id, row->member,
					PATH_SHOWN, &place);
	const bool own = !known || text_is(buf_view(&place), row->source->name);

	buf_format(out, "line %llu", (unsigned long long)row->line);
	if (!own)
		buf_format(out, " of %s", buf_view(&place).data);
	buf_release(&place);
	return own ? row->line : 0;
}

uint64_t notes_add_example(const struct notes *notes, const struct note_row *row,
			   const struct note_row *other, struct buf *out)
{
	const bool alone = add_row(notes, row, true, out);

	buf_text(out, other ? " as " : " is one");
	if (other)
		(void)add_row(notes, other, false, out);
	return alone ? row->line : 0;
}

void notes_add_member_example(const struct notes *notes, const struct note_row *row, struct buf *out)
{
	struct buf place = { 0 };

	if (source_place(notes->casefile, row->source->id, row->member, PATH_SHOWN, &place) &&
	    !text_is(buf_view(&place), row->source->name)) {
		buf_text(out, "; ");
		(void)notes_add_example(notes, row, NULL, out);
	}
	buf_release(&place);
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
