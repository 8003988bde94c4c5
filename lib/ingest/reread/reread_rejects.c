/* SPDX-License-Identifier: Apache-2.0 */
/* The rejected rows of a source, against those that are rejected again. */
#include "ingest/reread/reread_rejects.h"

#include <string.h>

#include "casefile/reject.h"
#include "casefile/sql.h"
#include "ingest/reread/reread_compare.h"

enum { COLUMN_LINE, COLUMN_OFFSET, COLUMN_LENGTH, COLUMN_ROLE, COLUMN_REASON,
       COLUMN_VALUE, COLUMN_TEXT, COLUMN_MEMBER };

enum status rejects_open(struct rejects *rejects, struct casefile *casefile,
			 int64_t source, enum kind kind, enum placed placed)
{
	memset(rejects, 0, sizeof(*rejects));
	rejects->casefile = casefile;
	rejects->info = kind_info(kind);
	rejects->placed = placed;
	rejects->statement = casefile_prepare(
		casefile, "SELECT line, offset, length, role, reason, value, text, member"
			  " FROM reject WHERE source = ? ORDER BY id");
	if (!rejects->statement)
		return casefile->error.status;
	bind_integer(rejects->statement, 1, source);
	return STATUS_OK;
}

void rejects_close(struct rejects *rejects)
{
	sqlite3_finalize(rejects->statement);
	memset(rejects, 0, sizeof(*rejects));
}

/* Stands on a row; STATUS_END: there is none. */
static enum status stand(struct rejects *rejects)
{
	enum status status;

	if (rejects->there)
		return STATUS_OK;
	if (rejects->ended)
		return STATUS_END;
	status = casefile_step(rejects->casefile, rejects->statement);
	rejects->there = status == STATUS_OK;
	rejects->ended = status != STATUS_OK;
	return status;
}

static uint64_t number(const struct rejects *rejects, int column)
{
	return (uint64_t)sqlite3_column_int64(rejects->statement, column);
}

/* Only so many bytes of a text are kept. */
static struct text cut(struct text text, size_t most)
{
	if (text.len > most)
		text.len = most;
	return text;
}

static enum status compare(struct rejects *rejects, const struct judged *judged,
		    struct findings *findings)
{
	const struct record *record = &judged->record;
	const uint64_t line = record->line;
	sqlite3_stmt *s = rejects->statement;
	const char *role = judged->role < 0
				   ? ""
				   : rejects->info->roles[judged->role].name;

	findings_number(findings, line, "reject: line", number(rejects, COLUMN_LINE),
			line);
	findings_number(findings, line, "reject: offset",
			number(rejects, COLUMN_OFFSET), record->offset);
	findings_number(findings, line, "reject: length",
			number(rejects, COLUMN_LENGTH), record->length);
	findings_text(findings, line, "reject: role", column_text(s, COLUMN_ROLE),
		      text_of(role));
	findings_text(findings, line, "reject: reason",
		      column_text(s, COLUMN_REASON), text_of(judged->reason));
	findings_text(findings, line, "reject: value",
		      column_text(s, COLUMN_VALUE),
		      judged->value.len > 0 ? cut(judged->value, REJECT_VALUE_MOST)
					    : text_of(""));
	findings_text(findings, line, "reject: text", column_text(s, COLUMN_TEXT),
		      cut(record->text, REJECT_TEXT_MOST));
	return columns_read(rejects->casefile, s);
}

static void tell_added(const struct rejects *rejects, struct findings *findings)
{
	findings_add(findings, number(rejects, COLUMN_LINE),
		     "the case has a reject here, and the source has none");
}

enum status rejects_take(struct rejects *rejects, uint64_t member,
			 const struct judged *judged, struct findings *findings)
{
	const struct record *record = &judged->record;
	enum status status;

	while ((status = stand(rejects)) == STATUS_OK) {
		const enum lie lie = member_lie(
			number(rejects, COLUMN_MEMBER), member,
			place_lie(rejects->placed, number(rejects, COLUMN_LINE),
				  number(rejects, COLUMN_OFFSET), record));

		if (lie == LIE_BEHIND)
			break;
		rejects->there = false;
		if (lie == LIE_SAME)
			return compare(rejects, judged, findings);
		tell_added(rejects, findings);
	}
	if (status != STATUS_OK && status != STATUS_END)
		return status;
	findings_add(findings, record->line,
		     "this row is rejected, and the case has no reject of it");
	return STATUS_OK;
}

enum status rejects_end(struct rejects *rejects, uint64_t member,
			struct findings *findings)
{
	enum status status;

	while ((status = stand(rejects)) == STATUS_OK &&
	       number(rejects, COLUMN_MEMBER) <= member) {
		rejects->there = false;
		tell_added(rejects, findings);
	}
	return status == STATUS_END ? STATUS_OK : status;
}

enum status rejects_pass(struct rejects *rejects, uint64_t member)
{
	enum status status;

	while ((status = stand(rejects)) == STATUS_OK &&
	       number(rejects, COLUMN_MEMBER) <= member)
		rejects->there = false;
	return status == STATUS_END ? STATUS_OK : status;
}
