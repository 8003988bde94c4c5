/* SPDX-License-Identifier: Apache-2.0 */
/* What of a database nobody would expect. */
#include "ingest/sqlite/database_notes.h"

#include <stdio.h>
#include <string.h>

/* Notes as they come. */
struct list {
	struct format_note *notes;
	size_t count;
};

/* NULL: there is no room for more. */
static struct format_note *add(struct list *list, const char *topic, const char *remedy,
			       uint64_t count)
{
	struct format_note *note;

	if (list->count == FORMAT_NOTES)
		return NULL;
	note = &list->notes[list->count++];
	memset(note, 0, sizeof(*note));
	note->topic = topic;
	note->remedy = remedy;
	note->count = count;
	return note;
}

#define SAY(note, ...) (void)snprintf((note)->text, sizeof((note)->text), __VA_ARGS__)

static void say_damage(struct list *list, const struct database *database,
		       const struct rows_found *found)
{
	struct format_note *note;

	if (!database->damage[0] && found->gaps == 0)
		return;
	note = add(list, "damage", "what of it can be read is; `.recover` of sqlite3, of a copy, may find more",
		   found->gaps);
	if (note && found->gaps > 0)
		SAY(note, "the database is damaged in %llu place%s, each a rejected row that says where%s%.80s",
		    (unsigned long long)found->gaps, found->gaps == 1 ? "" : "s",
		    database->damage[0] ? "; and " : "", database->damage);
	else if (note)
		SAY(note, "the database is damaged: %s", database->damage);
}

/* A log that is not read, or that nobody can know of. */
static void say_beside(struct list *list, const struct database *database, enum beside_kind kind)
{
	const struct dump *dump = database->dump;
	const bool alone = dump_archive(dump) || strcmp(dump_compression(dump), "none") != 0 ||
			   !strcmp(dump_path(dump), "-");
	const struct beside *beside = dump_beside(database->dump, kind);
	const bool log = kind == BESIDE_WAL;
	struct format_note *note = NULL;
	uint64_t size = 0;

	if (beside) {
		note = add(list, "wal", "both files belong to the evidence", 0);
		if (note)
			SAY(note, "read with its %s of %llu bytes, %s", beside_ending(kind),
			    (unsigned long long)beside->size,
			    log ? "whose committed rows count, in a private copy"
				: "which SQLite put back in a private copy, if it was of a change that was cut off");
	} else if (!alone && beside_there(dump_path(dump), kind, &size)) {
		note = add(list, "wal", "--with-wal reads a private copy of both", 0);
		if (note)
			SAY(note, "a %s of %llu bytes stands beside it and is not read: %s", beside_ending(kind),
			    (unsigned long long)size,
			    log ? "what was written last may be in that alone"
				: "if a change was cut off, what it left half done is in the database");
	} else if (alone && log && database->header.wal) {
		note = add(list, "wal", "give the database as a file, with what stands beside it, and --with-wal", 0);
		if (note)
			SAY(note, "it writes to a -wal first, which is not looked for where the database is in an "
				  "archive, compressed, or standard input");
	}
}

static void say_tables(struct list *list, const struct catalogue *catalogue)
{
	struct format_note *note;

	if (catalogue->left_count == 0)
		return;
	note = add(list, "tables", "if they matter, export them as CSV from a copy", catalogue->left_count);
	if (note)
		SAY(note, "%zu table%s not read: %s%s", catalogue->left_count,
		    catalogue->left_count == 1 ? " is" : "s are", buf_view(&catalogue->left_out).data,
		    catalogue->left_out.len >= 120 ? ", ..." : "");
}

static void say_computed(struct list *list, const struct catalogue *catalogue)
{
	uint64_t count = 0;
	struct format_note *note;

	for (size_t i = 0; i < catalogue->count; i++)
		count += catalogue->tables[i]->computed;
	note = count ? add(list, "columns", "they follow from others, and the file does not hold them", count) : NULL;
	if (note)
		SAY(note, "%llu generated column%s VIRTUAL and not read", (unsigned long long)count,
		    count == 1 ? " is" : "s are");
}

static void say_deleted(struct list *list, const struct database *database,
			const struct catalogue *catalogue)
{
	struct format_note *note;

	if (catalogue->deleted_count == 0 && database->header.free == 0)
		return;
	note = add(list, "deleted", "a forensic tool for SQLite, on a copy, may find them",
		   catalogue->deleted_count);
	if (note && catalogue->deleted_count > 0)
		SAY(note, "rows were deleted at the end of %s%s", buf_view(&catalogue->deleted).data,
		    database->header.free ? "; and some pages are free" : "");
	else if (note)
		SAY(note, "%u page%s of %u bytes free: rows that were deleted may still be there",
		    (unsigned)database->header.free, database->header.free == 1 ? " is" : "s are",
		    (unsigned)database->header.page);
}

static void say_blobs(struct list *list, const struct rows_found *found)
{
	struct format_note *note = NULL;

	if (found->texts + found->blobs > 0)
		note = add(list, "blobs", "see unspoof-ingest(1), SQLITE DATABASES", found->texts + found->blobs);
	if (note)
		SAY(note, "%llu value%s BLOB%s: %llu texts, taken as such, and %llu other, as X'...'",
		    (unsigned long long)(found->texts + found->blobs), found->texts + found->blobs == 1 ? " is a" : "s are",
		    found->texts + found->blobs == 1 ? "" : "s", (unsigned long long)found->texts,
		    (unsigned long long)found->blobs);
}

size_t sqlite_notes(const struct database *database, const struct catalogue *catalogue,
		    const struct rows_found *found, struct format_note notes[FORMAT_NOTES])
{
	struct list list = { notes, 0 };

	for (int kind = 0; kind < BESIDE_COUNT; kind++)
		say_beside(&list, database, (enum beside_kind)kind);
	say_damage(&list, database, found);
	say_tables(&list, catalogue);
	say_deleted(&list, database, catalogue);
	say_computed(&list, catalogue);
	say_blobs(&list, found);
	return list.count;
}
