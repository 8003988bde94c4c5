/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of XML that was made of a database. */
#include "ingest/xml/xml_database.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/xml/xml_items.h"
#include "ingest/xml/xml_tag.h"

#define FIRST_BYTES (256 << 10)     /* that are kept of the first rows of a table */

static const struct xml_database_kind kinds[] = {
	{ "mysqldump", "row", "mysqldump", 3 },
	{ "resultset", "row", "mysql", 1 },
	{ "pma_xml_export", "table", "phpMyAdmin", 2 },
};

enum { MYSQLDUMP, RESULTSET, PMA };

const struct xml_database_kind *xml_database_kind(struct text start)
{
	struct xml_scan scan = { .base = UINT64_MAX };
	const char *at = start.data, *const end = at + start.len;
	enum xml_event event = XML_OTHER;

	if (start.len == 0 || text_trim(start).len == 0 || text_trim(start).data[0] != '<')
		return NULL;
	while (event == XML_OTHER)
		at = xml_scan_next(&scan, at, end, &event);
	for (size_t i = 0; event == XML_STARTED && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_is(xml_scan_name(&scan), kinds[i].root))
			return &kinds[i];
	return NULL;
}

static void table_free(struct xml_table *table)
{
	if (!table)
		return;
	stream_release(&table->stream);
	json_columns_release(&table->columns);
	buf_release(&table->database);
	buf_release(&table->name);
	buf_release(&table->first);
	free(table);
}

void xml_database_release(struct xml_database *database)
{
	for (size_t i = 0; i < database->count; i++)
		table_free(database->tables[i]);
	free(database->tables);
	buf_release(&database->database);
	buf_release(&database->tag);
	memset(database, 0, sizeof(*database));
}

static bool is(const struct xml_database *database, int kind)
{
	return database->kind == &kinds[kind];
}

/* ---- tables ---- */

static struct xml_table *find(const struct xml_database *database, struct text name)
{
	for (size_t i = 0; i < database->count; i++)
		if (text_equal(buf_view(&database->tables[i]->name), name) &&
		    text_equal(buf_view(&database->tables[i]->database), buf_view(&database->database)))
			return database->tables[i];
	return NULL;
}

static struct xml_table *add(struct xml_database *database, struct text name)
{
	void *tables = database->tables;
	struct xml_table *table;

	if (!memory_room(&tables, &database->capacity, database->count + 1, sizeof(struct xml_table *)))
		return NULL;
	database->tables = tables;
	table = calloc(1, sizeof(*table));
	if (!table)
		return NULL;
	buf_add(&table->name, name.data, name.len);
	buf_add(&table->database, buf_view(&database->database).data, database->database.len);
	table->number = database->count;
	database->tables[database->count++] = table;
	return table->name.failed || table->database.failed ? NULL : table;
}

static enum status find_or_add(struct xml_database *database, struct text name, const char *shown,
			       struct error *error)
{
	database->now = find(database, name);
	if (!database->now && database->count == XML_TABLES_MOST)
		return error_set(error, STATUS_SKIP, "%s: has more than %d tables", shown, XML_TABLES_MOST);
	if (!database->now)
		database->now = add(database, name);
	return database->now ? STATUS_OK : error_memory(error);
}

/* The table that an attribute of a tag names. */
static enum status take_named(struct xml_database *database, struct text tag, const char *shown,
			      struct error *error)
{
	struct buf name = { 0 };
	bool found;
	enum status status = STATUS_OK;

	database->now = NULL;
	if (!xml_tag_attribute(tag, "name", &name, &found))
		status = error_memory(error);
	else if (found)
		status = find_or_add(database, buf_view(&name), shown, error);
	buf_release(&name);
	return status;
}

static enum status take_database(struct xml_database *database, struct text tag, struct error *error)
{
	bool found;

	database->now = NULL;
	buf_clear(&database->tag);
	buf_clear(&database->database);
	return xml_tag_attribute(tag, "name", &database->database, &found) ? STATUS_OK : error_memory(error);
}

/* Each result of a statement is a table of its own. */
static enum status take_result(struct xml_database *database, struct text tag, const char *shown,
			       struct error *error)
{
	struct buf statement = { 0 };
	bool found;
	enum status status = STATUS_OK;

	database->now = database->met < database->count ? database->tables[database->met] : NULL;
	if (!database->now && database->count == XML_TABLES_MOST)
		return error_set(error, STATUS_SKIP, "%s: has more than %d results", shown, XML_TABLES_MOST);
	if (!database->now && !xml_tag_attribute(tag, "statement", &statement, &found))
		status = error_memory(error);
	else if (!database->now &&
		 !(database->now = add(database, xml_statement_table(buf_view(&statement)))))
		status = error_memory(error);
	database->met++;
	buf_release(&statement);
	return status;
}

/* ---- parts ---- */

static bool says_timestamp(const struct xml_part *part)
{
	static const char type[] = "Type=\"timestamp";
	const size_t len = sizeof(type) - 1;

	for (size_t i = 0; text_is(part->name, "field") && i + len <= part->tag.len; i++)
		if (memcmp(part->tag.data + i, type, len) == 0)
			return true;
	return false;
}

static enum status meet_around(struct xml_database *database, const struct xml_part *part, const char *shown,
			       struct error *error)
{
	if (is(database, RESULTSET))
		return take_result(database, part->tag, shown, error);
	if (part->depth == 1)
		return take_database(database, part->tag, error);
	database->now = NULL;
	if (is(database, MYSQLDUMP) && part->depth == 2 && text_is(part->name, "table_data"))
		return take_named(database, part->tag, shown, error);
	return STATUS_OK;
}

/* phpMyAdmin says the table of each row. */
static enum status meet_row(struct xml_database *database, const struct xml_part *part, const char *shown,
			    struct error *error)
{
	enum status status;

	if (!text_is(part->name, database->kind->row)) {
		database->now = NULL;
		return STATUS_OK;
	}
	if (database->now && text_equal(part->tag, buf_view(&database->tag)))
		return STATUS_OK;
	status = take_named(database, part->tag, shown, error);
	buf_clear(&database->tag);
	buf_add(&database->tag, part->tag.data, part->tag.len);
	return status == STATUS_OK && database->tag.failed ? error_memory(error) : status;
}

enum status xml_database_meet(struct xml_database *database, const struct xml_part *part, const char *shown,
			      struct error *error)
{
	if (part->piece == XML_PIECE_AROUND)
		return meet_around(database, part, shown, error);
	if (is(database, PMA) && part->piece == XML_PIECE_ELEMENT)
		return meet_row(database, part, shown, error);
	if (is(database, MYSQLDUMP) && !database->now)
		database->timestamps = database->timestamps || says_timestamp(part);
	return STATUS_OK;
}

bool xml_database_keep(struct xml_database *database, const struct xml_part *part)
{
	struct xml_table *table = database->now;

	if (!table || part->piece == XML_PIECE_AROUND)
		return true;
	if (table->rows++ >= SAMPLE_ROWS || part->piece != XML_PIECE_ELEMENT ||
	    !text_is(part->name, database->kind->row) ||
	    (table->first.len > 0 && table->first.len + part->text.len > FIRST_BYTES))
		return true;
	buf_add(&table->first, &part->text.len, sizeof(part->text.len));
	buf_add(&table->first, part->text.data, part->text.len);
	return !table->first.failed;
}

void xml_database_begin(struct xml_database *database)
{
	database->met = 0;
	database->now = NULL;
	buf_clear(&database->tag);
	buf_clear(&database->database);
}

void xml_database_go_on(struct xml_database *database, size_t table)
{
	database->now = database->tables[table];
	database->met = table + 1;
	buf_clear(&database->tag);
	buf_clear(&database->database);
	buf_add(&database->database, buf_view(&database->now->database).data, database->now->database.len);
}

/* ---- streams ---- */

static bool is_only(const struct xml_database *database, const struct xml_table *table)
{
	size_t count = 0;

	for (size_t i = 0; i < database->count; i++)
		count += text_equal(buf_view(&database->tables[i]->name), buf_view(&table->name));
	return count == 1;
}

static bool name_stream(const struct xml_database *database, struct xml_table *table)
{
	struct buf *name = &table->stream.name;
	const bool only = is_only(database, table);

	if (!only && table->database.len > 0) {
		buf_add(name, table->database.data, table->database.len);
		buf_byte(name, '.');
	}
	buf_add(name, buf_view(&table->name).data, table->name.len);
	if (is(database, RESULTSET) && (!only || (table->name.len == 0 && database->count > 1)))
		buf_format(name, "%s%zu", table->name.len > 0 ? "." : "result", table->number + 1);
	table->stream.alone = database->count == 1 && name->len == 0;
	return !name->failed;
}

/* Reads the first rows: to learn their columns, or for the sample. False: no memory. */
static bool read_first(struct xml_table *table, struct xml_row *row)
{
	struct text rest = buf_view(&table->first);
	size_t len;

	while (rest.len > 0) {
		memcpy(&len, rest.data, sizeof(len));
		rest.data += sizeof(len);
		if (!xml_row_read(row, (struct text){ rest.data, len }))
			return false;
		if (!row->learn && !row->reason)
			sample_add(&table->stream.sample, row->fields, row->count);
		rest.data += len;
		rest.len -= sizeof(len) + len;
	}
	return true;
}

static bool declare(struct xml_table *table)
{
	struct text *names = memory_array(NULL, table->columns.count, sizeof(*names));
	bool good;

	json_columns_declared(&table->columns);
	json_columns_settle(&table->columns);
	for (size_t i = 0; names && i < table->columns.count; i++)
		names[i] = json_columns_name(&table->columns, i);
	good = names && stream_declare(&table->stream, names, table->columns.count);
	free(names);
	return good;
}

bool xml_table_settle(const struct xml_database *database, struct xml_table *table)
{
	struct xml_row row = { .named = true, .learn = &table->columns };
	bool good = name_stream(database, table) && json_columns_open(&table->columns) &&
		    xml_row_open(&row, &table->columns) && read_first(table, &row) && declare(table);

	row.learn = NULL;
	good = good && read_first(table, &row) && sample_end(&table->stream.sample);
	xml_row_close(&row);
	buf_release(&table->first);
	return good;
}
