/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a case that a user can ask for: the columns of each, with what they show, and where its rows are. */
#include "export/tables.h"

#include <stdio.h>
#include <string.h>

#include "casefile/record/decision.h"
#include "export/tables_concluded.h"
#include "export/tables_define.h"
#include "export/tables_sql.h"

static const struct table_column rejects_columns[] = {
	{ "source", CELL_TEXT, NULL, ROW_PATH("s", "r"), FOUND("path, and file or member") },
	{ "line", CELL_INTEGER, NULL, "r.line", FOUND("on which the row begins") },
	{ "offset", CELL_INTEGER, UNIT_BYTES, "r.offset", FOUND("of its first byte") },
	{ "length", CELL_INTEGER, UNIT_BYTES, "r.length", FOUND("in bytes, with the line end") },
	{ "reason", CELL_TEXT, NULL, "r.reason", UNDERSTOOD("why the row was set aside") },
	{ "role", CELL_TEXT, NULL, "nullif(r.role, '')", UNDERSTOOD("whose value is at fault") },
	{ "value", CELL_TEXT, NULL, "r.value", FOUND("that value") },
};

#define REJECTS(more) \
	" FROM (SELECT 0 AS part, id, source, member, line, offset, length, reason, role, value FROM reject" more ") r" \
	" LEFT JOIN source s ON s.id = r.source ORDER BY r.source, r.member, r.line, r.offset, r.part, r.id" LIMIT

static const char rejects_from[] =
	REJECTS(" UNION ALL SELECT 1, id, source, member, line, offset, length, reason, role, value FROM unread");
static const char rejects_from_found[] = REJECTS("");

static const struct table_column quality_columns[] = {
	{ "stage", CELL_TEXT, NULL, "q.stage", UNDERSTOOD("the command that said it") },
	{ "source", CELL_TEXT, NULL, SOURCE_PATH("s"), FOUND("path, and member") },
	{ "kind", CELL_TEXT, NULL, "s.kind", ASSERTED("of the source, as told or found out") },
	{ "role", CELL_TEXT, NULL, "nullif(q.role, '')", UNDERSTOOD("what it is about") },
	{ "topic", CELL_TEXT, NULL, "q.topic", UNDERSTOOD("what it is about, in a word") },
	{ "value", CELL_TEXT, NULL, "nullif(q.value, x'')", FOUND("that it is about") },
	{ "count", CELL_INTEGER, NULL, "q.count", UNDERSTOOD("of what the text counts") },
	{ "line", CELL_INTEGER, NULL, "nullif(q.line, 0)", FOUND("of an example") },
	{ "text", CELL_TEXT, NULL, "q.text", UNDERSTOOD("what is the case") },
	{ "remedy", CELL_TEXT, NULL, "nullif(q.remedy, '')", UNDERSTOOD("what to do where that is wrong") },
};

#define REMARKS(part, stage, table) \
	"SELECT " #part " AS part, '" stage "' AS stage, id, source, role, topic, value, count, line, text, remedy FROM " \
	table
#define QUALITY(remarks) \
	" FROM (" remarks ") q LEFT JOIN source s ON s.id = q.source ORDER BY q.part, q.id" LIMIT
#define REMARKS_FOUND REMARKS(0, "ingest", "source_remark")
#define REMARKS_UNDERSTOOD REMARKS_FOUND " UNION ALL " REMARKS(1, "normalise", "remark")
#define REMARKS_CONCLUDED REMARKS_UNDERSTOOD " UNION ALL " REMARKS(2, "correlate", "conclusion_remark")

static const char quality_from_found[] = QUALITY(REMARKS_FOUND);
static const char quality_from_understood[] = QUALITY(REMARKS_UNDERSTOOD);
static const char quality_from[] = QUALITY(REMARKS_CONCLUDED);

/* Lines as a list. */
#define LINES(column) \
	"replace(replace(replace(rtrim(" column ", char(10)), '\\', '\\\\'), ';', '\\;'), char(10), ';')"

static const struct table_column sources_columns[] = {
	{ "id", CELL_INTEGER, NULL, "s.id", FOUND("in order of ingest") },
	{ "source", CELL_TEXT, NULL, SOURCE_PATH("s"), FOUND("path as given, and member") },
	{ "kind", CELL_TEXT, NULL, "s.kind", ASSERTED("of its rows, as told or found out") },
	{ "service", CELL_TEXT, NULL, "nullif(s.service, '')", ASSERTED("that the source is of") },
	{ "profile", CELL_TEXT, NULL, "nullif(s.profile, '')", ASSERTED("it was read by, as told or found out") },
	{ "compression", CELL_TEXT, NULL, "s.compression", FOUND("of the file") },
	{ "size", CELL_INTEGER, UNIT_BYTES, "nullif(s.size, 0)", FOUND("of the file as seized") },
	{ "sha256", CELL_TEXT, NULL, "nullif(s.sha256, '')", FOUND("of the file as seized") },
	{ "member_size", CELL_INTEGER, UNIT_BYTES, "nullif(s.member_size, 0)", FOUND("of what was parsed") },
	{ "member_sha256", CELL_TEXT, NULL, "nullif(s.member_sha256, '')", FOUND("of what was parsed") },
	{ "region", CELL_TEXT, NULL, "nullif(" DECIDED("s", "region", "region") ", '')",
	  ASSERTED("of numbers that tell none") },
	{ "zone", CELL_TEXT, NULL, "nullif(" DECIDED("s", "zone", "zone") ", '')",
	  ASSERTED("of times that tell none") },
	{ "currency", CELL_TEXT, NULL, "nullif(" DECIDED("s", "currency", "currency") ", '')",
	  ASSERTED("of amounts that tell none") },
	{ "date_order", CELL_TEXT, NULL, "nullif(" DECIDED("s", "date-order", "date_order") ", '')",
	  ASSERTED("of dates that do not show it") },
	{ "legs", CELL_TEXT, NULL, "nullif(s.legs, '')", UNDERSTOOD("what rows of one call share") },
	{ "dialect", CELL_TEXT, NULL, "nullif(s.dialect, '')", UNDERSTOOD("how its rows are parted") },
	{ "mapping", CELL_LIST, NULL, LINES("s.mapping"), ASSERTED("what columns are, told or found out") },
	{ "words", CELL_LIST, NULL, LINES(DECIDED_WORDS("s")), ASSERTED("what status words mean") },
	{ "rows_read", CELL_INTEGER, NULL, "s.rows_read", FOUND("how many") },
	{ "accepted", CELL_INTEGER, NULL, "s.accepted", FOUND("of these") },
	{ "rejected", CELL_INTEGER, NULL, "s.rejected", FOUND("of these") },
	{ "skipped", CELL_INTEGER, NULL, "s.skipped", FOUND("of these") },
	{ "tech_prefixes", CELL_LIST, NULL, "replace(" DECIDED("s", "tech-prefix", "tech_prefixes") ", ',', ';')",
	  ASSERTED("what stands before numbers") },
	{ "bare", CELL_TEXT, NULL, "nullif(" DECIDED("s", "bare", "bare") ", '')", ASSERTED("what digits alone are") },
	{ "dropped_by", CELL_INTEGER, NULL, "s.dropped_by", ASSERTED("the run that took it out") },
	{ "decimal", CELL_TEXT, NULL, "nullif(" DECIDED("s", "decimal", "decimal") ", '')",
	  ASSERTED("the mark of its amounts") },
	{ "exhibit", CELL_TEXT, NULL, "nullif(s.exhibit, '')", ASSERTED("the reference it was seized under") },
	{ "format", CELL_TEXT, NULL, "nullif(s.format, '')", FOUND("that it is written in") },
	{ "joins", CELL_LIST, NULL, LINES("s.joins"), ASSERTED("what it is called, and what is a key of which table") },
	{ "measured", CELL_LIST, NULL, LINES("s.measured"), UNDERSTOOD("clocks by its epochs: from, to, offset, rows") },
	{ "zones", CELL_LIST, NULL, LINES("s.zones"), ASSERTED("of roles whose times have another") },
};

static const char sources_from[] =
	" FROM source s ORDER BY s.id" LIMIT;

static const struct table_column runs_columns[] = {
	{ "run", CELL_INTEGER, NULL, "id", FOUND("from 1, in order") },
	{ "command", CELL_TEXT, NULL, "command", ASSERTED("that was given") },
	{ "arguments", CELL_TEXT, NULL, "arguments", ASSERTED("that were given") },
	{ "version", CELL_TEXT, NULL, "version", FOUND("of the program and its libraries") },
	{ "settings", CELL_TEXT, NULL, "settings", ASSERTED("what it depended on") },
	{ "inputs", CELL_TEXT, NULL, "inputs", FOUND("what went in, with hashes") },
	{ "outputs", CELL_TEXT, NULL, "outputs", FOUND("counts of what came out") },
	{ "started", CELL_TIME, NULL, "started", FOUND("by the clock of the host") },
	{ "ended", CELL_TIME, NULL, "ended", FOUND("by the clock of the host") },
	{ "previous", CELL_TEXT, NULL, "nullif(previous, '')", FOUND("the hash of the run before") },
	{ "hash", CELL_TEXT, NULL, "hash", FOUND("of this run") },
	{ "seal", CELL_TEXT, NULL, "nullif(seal, '')", FOUND("of the layers that it made") },
	{ "tables", CELL_TEXT, NULL, "nullif(tables, '{}')", FOUND("digests of the tables that it made") },
	{ "operator", CELL_TEXT, NULL, "operator", ASSERTED("who ran it") },
	{ "purpose", CELL_TEXT, NULL, "nullif(purpose, '')", ASSERTED("why") },
	{ "recipient", CELL_TEXT, NULL, "nullif(recipient, '')", ASSERTED("whom it was for") },
};

static const char runs_from[] =
	" FROM run ORDER BY id" LIMIT;

/* A value of several lines is a file: its name comes first. */
#define FIRST_LINE(column) "substr(" column ", 1, instr(" column " || char(10), char(10)) - 1)"

static const struct table_column decisions_columns[] = {
	{ "decision", CELL_INTEGER, NULL, "d.id", ASSERTED("from 1, in order") },
	{ "run", CELL_INTEGER, NULL, "d.run", ASSERTED("that took it") },
	{ "command", CELL_TEXT, NULL, "d.command", ASSERTED("that it is for") },
	{ "source", CELL_TEXT, NULL, SOURCE_PATH("s"), ASSERTED("that it is about") },
	{ "setting", CELL_TEXT, NULL, "d.key", ASSERTED("the name of its option") },
	{ "item", CELL_TEXT, NULL, "nullif(d.item, '')", ASSERTED("a word that it is about") },
	{ "value", CELL_TEXT, NULL, "CASE d.value WHEN '' THEN 'none' ELSE " FIRST_LINE("d.value") " END",
	  ASSERTED("that was decided") },
	{ "undone_by", CELL_INTEGER, NULL, "d.undone_by", ASSERTED("the run that took it back") },
};

static const char decisions_from[] =
	" FROM decision d LEFT JOIN source s ON s.id = d.source ORDER BY d.id" LIMIT;

/* Behind those that are concluded. */
static const struct table_definition tables[] = {
	{ "rejects", "rows set aside, and why", LAYER_FOUND, 0, COLUMNS(rejects), rejects_from, rejects_from_found,
	  NULL },
	{ "quality", "what is said of the sources", LAYER_FOUND, 0, COLUMNS(quality), quality_from,
	  quality_from_found, quality_from_understood },
	{ "sources", "what was ingested, and its hashes", LAYER_FOUND, 0, COLUMNS(sources), sources_from, NULL, NULL },
	{ "decisions", "settings decided, and by which runs", LAYER_FOUND, 0, COLUMNS(decisions), decisions_from, NULL,
	  NULL },
	{ "runs", "what was done to the case", LAYER_FOUND, 0, COLUMNS(runs), runs_from, NULL, NULL },
};

const struct table_definition *table_at(size_t i)
{
	size_t concluded = 0;

	while (tables_concluded[concluded].name && concluded < i)
		concluded++;
	if (tables_concluded[concluded].name)
		return &tables_concluded[i];
	return i - concluded < COUNT(tables) ? &tables[i - concluded] : NULL;
}

const struct table_definition *table_find(const char *name)
{
	size_t i = 0;

	while (table_at(i) && strcmp(table_at(i)->name, name) != 0)
		i++;
	return table_at(i);
}

enum status table_unknown(const char *name, struct error *error)
{
	char given[60];
	char names[200];
	size_t used = 0;

	for (size_t i = 0; table_at(i) && used < sizeof(names); i++)
		used += (size_t)snprintf(names + used, sizeof(names) - used, " %s", table_at(i)->name);
	return error_set(error, STATUS_USAGE, "'%s' is no table; the tables are%s",
			 text_escape(text_of(name), given, sizeof(given)), names);
}

/* The name of another column says whose currency it is, if that is there. */
static const char *unit_of(const struct table_definition *table, const struct table_picked *picked, size_t column)
{
	const char *unit = table->columns[column].unit;

	if (!unit || table->columns[column].type != CELL_AMOUNT)
		return unit;
	for (size_t i = 0; i < picked->count; i++)
		if (!strcmp(table->columns[picked->columns[i]].name, unit))
			return unit;
	return NULL;
}

void table_columns(const struct table_definition *table, const struct table_picked *picked,
		   struct sheet_column columns[static TABLE_COLUMNS_MOST])
{
	for (size_t i = 0; i < picked->count; i++) {
		const struct table_column *column = &table->columns[picked->columns[i]];

		columns[i] = (struct sheet_column){ column->name, column->type,
						    unit_of(table, picked, picked->columns[i]) };
	}
}

/* What the rows are taken from, in a case whose last layer is `last`. */
static const char *table_from(const struct table_definition *table, enum layer last)
{
	if (last == LAYER_FOUND && table->from_found)
		return table->from_found;
	return last == LAYER_UNDERSTOOD && table->from_understood ? table->from_understood : table->from;
}

void table_sql(const struct table_definition *table, const struct table_picked *picked, enum layer last,
	       struct buf *out)
{
	bool wanted[TABLE_COLUMNS_MOST] = { true };        /* rows may be in order of the first */

	for (size_t i = 0; i < picked->count; i++)
		wanted[picked->columns[i]] = true;
	for (size_t i = 0; i < table->count; i++) {
		buf_text(out, i ? ", " : "SELECT ");
		buf_text(out, wanted[i] ? table->columns[i].sql : "NULL");
	}
	buf_text(out, table_from(table, last));
}
