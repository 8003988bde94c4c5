/* SPDX-License-Identifier: Apache-2.0 */
/* What a dialect has that nobody would expect, for people. */
#include "ingest/format/dialect_notes.h"

#include <stdio.h>
#include <string.h>

static const char rows[] = "of the first rows";

static struct format_note *begin(struct format_note *notes, size_t *count,
				 const char *topic, const char *remedy)
{
	struct format_note *note = &notes[(*count)++];

	memset(note, 0, sizeof(*note));
	note->topic = topic;
	note->remedy = remedy;
	return note;
}

static void note_escape(const struct dialect *dialect, struct format_note *note)
{
	const unsigned long long shown = dialect->shown_escape;

	note->count = shown;
	(void)snprintf(note->text, sizeof(note->text),
		       dialect->escape == ESCAPE_BACKSLASH
			       ? "a backslash gives what follows it another meaning, as "
				 "MySQL writes: %llu %s show it"
			       : "\"N is no value, as Cloud SQL writes: %llu %s show it",
		       shown, rows);
}

static void note_inner(const struct dialect *dialect, struct format_note *note)
{
	const unsigned long long shown = dialect->shown_inner;

	note->count = shown;
	(void)snprintf(note->text, sizeof(note->text),
		       dialect->inner == INNER_BARE
			       ? "quotes inside fields are not doubled, and one ends a "
				 "field where a separator or the line's end follows: %llu "
				 "%s show it"
			       : "quotes stand around a part of fields, and are kept "
				 "there: %llu %s show it",
		       shown, rows);
}

static void note_head(const struct dialect *dialect, unsigned lines,
		      struct format_note *note)
{
	const long head = dialect->head;

	note->count = (uint64_t)head;
	note->line = 1 + lines - (unsigned)head;
	(void)snprintf(note->text, sizeof(note->text),
		       "%ld line%s before the table %s no row%s; line %u is its first",
		       head, head == 1 ? "" : "s", head == 1 ? "is" : "are",
		       head == 1 ? "" : "s", lines + 1);
}

size_t dialect_notes(const struct dialect *dialect, unsigned lines,
		     struct format_note notes[FORMAT_NOTES])
{
	struct format_note *note;
	size_t count = 0;

	if (dialect->shown_escape > 0 && dialect->escape > 0)
		note_escape(dialect, begin(notes, &count, "dialect",
					   "if it does not: --escape none"));
	if (dialect->kept_escape > 0) {
		note = begin(notes, &count, "dialect", "if they do, as mysql -B writes: --escape backslash --quote none");
		note->count = dialect->kept_escape;
		(void)snprintf(note->text, sizeof(note->text),
			       "backslashes are taken as they stand, but could give what follows them another meaning: %llu %s "
			       "show some", (unsigned long long)note->count, rows);
	}
	if (dialect->shown_inner > 0 && dialect->inner > 0)
		note_inner(dialect, begin(notes, &count, "dialect",
					  "if they are doubled: --inner-quotes doubled"));
	if (dialect->shown_guard > 0 && dialect->guard > 0) {
		note = begin(notes, &count, "dialect", "if it is a part of them: --guard none");
		note->count = dialect->shown_guard;
		(void)snprintf(note->text, sizeof(note->text),
			       "=\"...\" around values is taken off: %llu %s show it",
			       (unsigned long long)note->count, rows);
	}
	if (dialect->head > 0)
		note_head(dialect, lines, begin(notes, &count, "head",
						"if not, say how many do with --skip-head N"));
	return count;
}
