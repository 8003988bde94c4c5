/* SPDX-License-Identifier: Apache-2.0 */
/* XML of the tables of a database, whose columns are called by an attribute: that of mysqldump
 * --xml, mysql --xml and phpMyAdmin. It is gone over once for its tables and their first rows. */
#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/format/foreign.h"
#include "ingest/format/format.h"
#include "ingest/parse/row/row_sink.h"
#include "ingest/xml/xml_cut.h"
#include "ingest/xml/xml_database.h"
#include "ingest/xml/xml_items.h"
#include "ingest/xml/xml_state.h"

#define ROOM "/var/tmp"
#define BITS 60

#define OTHER_COLUMNS "has a column that the first rows of its table have not"
#define OTHER_NAME "an element of another name than the rows have"
#define FILE_ENDS "is cut off: the file ends within it"
#define STRAY "an end tag that nothing opened"

struct xml_tables {
	struct layout layout;       /* first, so that it is found by it */
	struct xml_database database;
	struct xml_cut cut;
	bool cut_off;
	/* The table whose rows are read, or was. */
	struct xml_table *table;
	struct xml_row row;
	bool row_open;
};

static unsigned bid(const struct peek *peek)
{
	return xml_database_kind(foreign_unmarked(peek->bytes)) ? BITS : 0;
}

/* ---- streams ---- */

static enum status announce(struct xml_tables *x, struct error *error)
{
	struct xml_database *database = &x->database;
	enum status status = STATUS_OK;
	size_t count = 0;

	for (size_t i = 0; i < database->count && status == STATUS_OK; i++) {
		struct xml_table *table = database->tables[i];

		if (table->rows == 0)
			continue;
		count++;
		if (!xml_table_settle(database, table))
			return error_memory(error);
		status = layout_announce(&x->layout, &table->stream, error);
	}
	if (status == STATUS_OK && count == 0)
		return error_set(error, STATUS_SKIP, "%s: has no row in any table", x->layout.input->shown);
	return status;
}

/* Meets all tables, and keeps their first rows. */
static enum status look(struct xml_tables *x, struct error *error)
{
	struct xml_part part;
	enum status status = STATUS_OK;

	xml_cut_begin(&x->cut, x->layout.input->dump, x->database.kind->depth);
	while (status == STATUS_OK) {
		status = xml_cut_next(&x->cut, &part, error);
		if (status != STATUS_OK)
			break;
		x->cut_off = x->cut_off || part.piece == XML_PIECE_CUT;
		status = xml_database_meet(&x->database, &part, x->layout.input->shown, error);
		if (status == STATUS_OK && !xml_database_keep(&x->database, &part))
			status = error_memory(error);
	}
	x->cut_off = x->cut_off || x->cut.scan.depth > 0;
	xml_database_begin(&x->database);
	xml_cut_begin(&x->cut, x->layout.input->dump, x->database.kind->depth);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status open_layout(struct layout **out, const struct format_input *input, struct error *error)
{
	struct xml_tables *x = calloc(1, sizeof(*x));
	const struct ingest_options *options = input->options;
	enum status status;

	*out = NULL;
	if (!x)
		return error_memory(error);
	*out = &x->layout;
	x->layout.format = &format_xml_tables;
	x->layout.input = input;
	if (input->encoding)
		return error_set(error, STATUS_SKIP, "%s: is XML of a database that is not in UTF-8: make it that, with iconv(1)",
				 input->shown);
	xmlInitParser();
	x->database.kind = xml_database_kind(foreign_unmarked(input->peek.bytes));
	status = dump_settle(input->dump, options->room ? options->room : ROOM, false, error);
	if (status == STATUS_OK)
		status = look(x, error);
	return status == STATUS_OK ? announce(x, error) : status;
}

static void close_layout(struct layout *layout)
{
	struct xml_tables *x = (struct xml_tables *)layout;

	if (!x)
		return;
	xml_row_close(&x->row);
	xml_cut_release(&x->cut);
	xml_database_release(&x->database);
	free(x);
}

/* ---- what is said ---- */

static void describe(const struct layout *layout, const struct stream *stream, struct buf *out)
{
	const struct xml_tables *x = (const struct xml_tables *)layout;

	(void)stream;
	buf_format(out, "XML of %s", x->database.kind->what);
}

static void note(struct format_note *note, const char *topic, const char *text, const char *remedy)
{
	*note = (struct format_note){ .topic = topic, .remedy = remedy, .count = 1 };
	memcpy(note->text, text, strlen(text) + 1);
}

static size_t notes(const struct layout *layout, struct format_note notes[FORMAT_NOTES])
{
	const struct xml_tables *x = (const struct xml_tables *)layout;
	size_t count = 0;

	if (x->cut_off)
		note(&notes[count++], "cut off", "the file ends before its XML does: what follows is missing",
		     "ask for the whole file");
	if (x->database.timestamps)
		note(&notes[count++], "timestamps", "mysqldump writes times of TIMESTAMP columns in UTC, unless it was told "
						    "--skip-tz-utc, and those of DATETIME as they are",
		     "say the zone of the times that are read, with -z");
	return count;
}

/* ---- rows ---- */

static enum status restore(struct layout *layout, struct text state, uint64_t offset, uint64_t line,
			   struct error *error)
{
	struct xml_tables *x = (struct xml_tables *)layout;
	const char *blank = state.len > 0 ? memchr(state.data, ' ', state.len) : NULL;
	const size_t len = blank ? (size_t)(blank - state.data) : state.len;
	uint64_t table;

	(void)error;
	if (!blank || !text_to_u64((struct text){ state.data, len }, &table) || table >= x->database.count || line == 0 ||
	    !xml_cut_go_on(&x->cut, offset, line, (struct text){ blank + 1, state.len - len - 1 }))
		return STATUS_INTEGRITY;
	xml_database_go_on(&x->database, (size_t)table);
	return STATUS_OK;
}

/* What rows of the table are read with. False: no memory. */
static bool open_row(struct xml_tables *x)
{
	struct xml_table *table = x->database.now;

	if (table == x->table)
		return true;
	xml_row_close(&x->row);
	x->table = table;
	x->row.named = true;
	return xml_row_open(&x->row, &table->columns);
}

static const char *wrong(const struct xml_tables *x, const struct xml_part *part)
{
	switch (part->piece) {
	case XML_PIECE_LONG:
		return XML_TOO_LONG;
	case XML_PIECE_STRAY:
		return STRAY;
	case XML_PIECE_CUT:
		return FILE_ENDS;
	default:
		return text_is(part->name, x->database.kind->row) ? NULL : OTHER_NAME;
	}
}

static enum status read_row(struct xml_tables *x, const struct xml_part *part, struct record *record,
			    struct error *error)
{
	record->line = part->line;
	record->offset = part->offset;
	record->length = part->length;
	record->lines = part->lines;
	record->text = part->text;
	record->reason = wrong(x, part);
	if (record->reason || !x->table->stream.plan)
		return STATUS_OK;
	if (!xml_row_read(&x->row, part->text))
		return error_memory(error);
	record->reason = x->row.reason ? x->row.reason : x->row.late ? OTHER_COLUMNS : NULL;
	record->fields = x->row.fields;
	record->count = x->row.count;
	record->nulls = true;
	record->odd = x->row.odd;
	return STATUS_OK;
}

static enum status next(struct layout *layout, struct record *record, struct stream **stream, struct buf *state,
			struct error *error)
{
	struct xml_tables *x = (struct xml_tables *)layout;
	struct xml_part part;
	enum status status = STATUS_OK;

	do {
		status = xml_cut_next(&x->cut, &part, error);
		if (status == STATUS_OK)
			status = xml_database_meet(&x->database, &part, x->layout.input->shown, error);
	} while (status == STATUS_OK && (part.piece == XML_PIECE_AROUND || !x->database.now));
	if (status != STATUS_OK)
		return status;
	if (!open_row(x))
		return error_memory(error);
	*stream = &x->table->stream;
	buf_format(state, "%zu ", x->table->number);
	xml_state_write(&x->cut.scan, state);
	return read_row(x, &part, record, error);
}

const struct format format_xml_tables = {
	.name = "xml-tables",
	.about = "XML of a database (mysqldump, mysql, phpMyAdmin)",
	.bid = bid,
	.open = open_layout,
	.close = close_layout,
	.describe = describe,
	.notes = notes,
	.restore = restore,
	.next = next,
};
