/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a layer: what the chain of runs vouches for. */
#include "casefile/seal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/custody/run_tables.h"
#include "casefile/runs.h"
#include "casefile/schema.h"
#include "casefile/sql.h"
#include "casefile/table/digest_feed.h"

/* More than any layer has. */
#define TABLES_MOST 32

/* A table of a layer that is sealed, the digest of its rows, and that of what all share
 * of them. */
struct sealed {
	const struct schema_table *table;
	char hex[DIGEST_HEX];
	char shared[DIGEST_HEX];
};

/* In order of name. */
struct sealed_tables {
	struct sealed tables[TABLES_MOST];
	size_t count;
};

/* Which rows lie within the bounds: ?1 the last source, ?2 the last form. */
static const char *const within[] = {
	[SEALED_WHOLE] = "?1 >= 0 AND ?2 >= 0",
	[SEALED_SOURCES] = "source <= ?1 AND ?2 >= 0",
	[SEALED_SOURCE_IDS] = "id <= ?1 AND ?2 >= 0",
	[SEALED_FORMS] = "?1 >= 0 AND id <= ?2",
};

static void add_value(struct digest_feed *feed, sqlite3_stmt *statement, int column)
{
	/* Fetched once; this thread alone uses the connection. */
	sqlite3_value *value = sqlite3_column_value(statement, column);
	struct text text;
	char type = 't';

	switch (sqlite3_value_type(value)) {
	case SQLITE_NULL:
		digest_feed_value(feed, 'n', "", 0);
		return;
	case SQLITE_INTEGER:
		digest_feed_integer(feed, sqlite3_value_int64(value));
		return;
	case SQLITE_FLOAT:
		type = 'r';
		break;
	case SQLITE_BLOB:
		type = 'b';
		break;
	default:
		break;
	}
	text = column_text(statement, column);
	digest_feed_value(feed, type, text.data, text.len);
}

static enum status add_rows(struct casefile *casefile, sqlite3_stmt *statement,
			    struct digest_feed *feed)
{
	int columns = sqlite3_column_count(statement);
	enum status status;

	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		for (int i = 0; i < columns; i++)
			add_value(feed, statement, i);
		status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status close_feed(struct digest_feed *feed, struct casefile *casefile,
			      char hex[static DIGEST_HEX])
{
	return digest_feed_close(feed, hex)
		       ? STATUS_OK
		       : error_memory(&casefile->error);
}

static enum status digest_rows(struct casefile *casefile,
			       sqlite3_stmt *statement,
			       char hex[static DIGEST_HEX])
{
	struct digest_feed feed;
	enum status status, closed;

	if (!digest_feed_open(&feed))
		return error_memory(&casefile->error);
	status = add_rows(casefile, statement, &feed);
	closed = close_feed(&feed, casefile, hex);
	return status == STATUS_OK ? closed : status;
}

static enum status read_table(struct casefile *casefile,
			      const struct schema_table *table, const char *columns,
			      const struct seal *seal,
			      char hex[static DIGEST_HEX])
{
	char sql[800];
	sqlite3_stmt *statement;
	enum status status;

	(void)snprintf(sql, sizeof(sql), "SELECT %s FROM %s WHERE %s ORDER BY %s",
		       columns, table->name, within[table->sealed],
		       table->key ? table->key : "1");
	statement = casefile_prepare(casefile, sql);
	if (!statement)
		return casefile->error.status;
	bind_integer(statement, 1, seal->sources);
	bind_integer(statement, 2, seal->forms);
	status = digest_rows(casefile, statement, hex);
	sqlite3_finalize(statement);
	return status;
}

static int by_name(const void *a, const void *b)
{
	const struct sealed *x = a;
	const struct sealed *y = b;

	return strcmp(x->table->name, y->table->name);
}

/* The tables of a layer, without their digests. */
static void list_tables(enum layer layer, struct sealed_tables *sealed)
{
	memset(sealed, 0, sizeof(*sealed));
	for (const struct schema_table *table = schema_tables;
	     table->name && sealed->count < TABLES_MOST; table++)
		if (table->layer == layer && table->sealed != SEALED_NOT)
			sealed->tables[sealed->count++].table = table;
	qsort(sealed->tables, sealed->count, sizeof(sealed->tables[0]), by_name);
}

/* Their digests as they are now. */
static enum status digest_tables(struct casefile *casefile, const struct seal *seal,
				 struct sealed_tables *sealed)
{
	enum status status = STATUS_OK;

	list_tables(seal->layer, sealed);
	for (size_t i = 0; i < sealed->count && status == STATUS_OK; i++) {
		struct sealed *table = &sealed->tables[i];
		const char *known = casefile_digest(casefile, table->table->name);

		if (known)
			memcpy(table->hex, known, DIGEST_HEX);
		else
			status = read_table(casefile, table->table, "*", seal, table->hex);
	}
	return status;
}

/* What all share of them. */
static enum status share_tables(struct casefile *casefile, const struct seal *seal,
				struct sealed_tables *sealed)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < sealed->count && status == STATUS_OK; i++) {
		struct sealed *table = &sealed->tables[i];

		if (table->table->shared)
			status = read_table(casefile, table->table, table->table->shared,
					    seal, table->shared);
		else
			memcpy(table->shared, table->hex, DIGEST_HEX);
	}
	return status;
}

/* The digest of a layer by those of its tables. */
static enum status digest_layer(struct casefile *casefile,
				const struct sealed_tables *sealed,
				char hex[static DIGEST_HEX])
{
	struct digest_feed feed;

	if (!digest_feed_open(&feed))
		return error_memory(&casefile->error);
	for (size_t i = 0; i < sealed->count; i++) {
		const struct sealed *table = &sealed->tables[i];

		digest_feed_value(&feed, 't', table->table->name,
				  strlen(table->table->name));
		digest_feed_value(&feed, 't', table->hex, strlen(table->hex));
	}
	return close_feed(&feed, casefile, hex);
}

enum status seal_bounds(struct casefile *casefile, struct seal *seal)
{
	enum status status;

	seal->sources = seal->forms = 0;
	if (seal->layer != LAYER_FOUND)
		return STATUS_OK;
	status = casefile_integer(casefile,
				  "SELECT max(id) FROM source WHERE id NOT IN"
				  " (SELECT source FROM checkpoint)", 0,
				  &seal->sources);
	if (status == STATUS_OK)
		status = casefile_integer(casefile,
					  "SELECT max(id) FROM form WHERE id < coalesce("
					  "(SELECT first_form FROM checkpoint),"
					  " 9223372036854775807)", 0,
					  &seal->forms);
	return status;
}

enum status seal_digest(struct casefile *casefile, struct seal *seal)
{
	struct sealed_tables sealed;
	enum status status = digest_tables(casefile, seal, &sealed);

	return status == STATUS_OK ? digest_layer(casefile, &sealed, seal->hex)
				   : status;
}

/* ---- the digests of tables, kept ---- */

static enum status keep_tables(struct casefile *casefile, enum layer layer,
			       const struct sealed_tables *sealed)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "INSERT OR REPLACE INTO table_digest(layer, name, sha256)"
			  " VALUES(?, ?, ?)");
	enum status status = statement ? STATUS_OK : casefile->error.status;

	for (size_t i = 0; i < sealed->count && status == STATUS_OK; i++) {
		bind_cstring(statement, 1, layer_name(layer));
		bind_cstring(statement, 2, sealed->tables[i].table->name);
		bind_cstring(statement, 3, sealed->tables[i].hex);
		status = casefile_run(casefile, statement);
	}
	sqlite3_finalize(statement);
	return status;
}

enum status seal_keep(struct casefile *casefile, struct seal *seal, struct buf *tables)
{
	struct sealed_tables sealed;
	enum status status = digest_tables(casefile, seal, &sealed);

	if (status == STATUS_OK)
		status = share_tables(casefile, seal, &sealed);
	if (status == STATUS_OK)
		status = digest_layer(casefile, &sealed, seal->hex);
	if (status == STATUS_OK)
		status = keep_tables(casefile, seal->layer, &sealed);
	for (size_t i = 0; i < sealed.count && status == STATUS_OK; i++)
		run_tables_add(tables, sealed.tables[i].table->name,
			       sealed.tables[i].shared);
	return tables->failed ? error_memory(&casefile->error) : status;
}

/* Sets the digest of the table of a name; that of another is none of ours. */
static void set_kept(struct sealed_tables *sealed, struct text name, struct text hex)
{
	for (size_t i = 0; i < sealed->count; i++) {
		struct sealed *table = &sealed->tables[i];

		if (text_is(name, table->table->name) && hex.len == DIGEST_HEX - 1)
			memcpy(table->hex, hex.data, hex.len);
	}
}

static enum status read_kept(struct casefile *casefile, enum layer layer,
			     struct sealed_tables *kept)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT name, sha256 FROM table_digest WHERE layer = ?");
	enum status status;

	list_tables(layer, kept);
	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, layer_name(layer));
	while (status == STATUS_OK &&
	       (status = casefile_step(casefile, statement)) == STATUS_OK) {
		set_kept(kept, column_text(statement, 0), column_text(statement, 1));
		status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Names the tables whose digests differ, a comma between. */
static void name_others(const struct sealed_tables *now,
			const struct sealed_tables *kept, struct buf *out)
{
	for (size_t i = 0; i < now->count; i++)
		if (strcmp(now->tables[i].hex, kept->tables[i].hex) != 0)
			buf_format(out, "%s%s", out->len ? ", " : "",
				   now->tables[i].table->name);
}

/* Whether column tables of the run has the digests of what all share; else names those
 * it has not. */
static enum status check_shared(struct casefile *casefile, const struct seal *seal,
				const struct sealed_tables *now, bool *same,
				struct buf *tables)
{
	struct buf stored = { 0 };
	const enum status status = run_tables_last(casefile, seal->layer, &stored);

	for (size_t i = 0; i < now->count && status == STATUS_OK; i++) {
		const struct sealed *table = &now->tables[i];
		char hex[DIGEST_HEX] = "";

		if (run_tables_find(buf_view(&stored), table->table->name, hex) &&
		    !strcmp(hex, table->shared))
			continue;
		*same = false;
		buf_format(tables, "%s%s in the run", tables->len ? ", " : "",
			   table->table->name);
	}
	buf_release(&stored);
	return status;
}

enum status seal_check(struct casefile *casefile, const struct seal *seal, bool *same,
		       struct buf *tables)
{
	struct sealed_tables now, kept;
	char hex[DIGEST_HEX], kept_hex[DIGEST_HEX];
	enum status status = digest_tables(casefile, seal, &now);

	if (status == STATUS_OK)
		status = digest_layer(casefile, &now, hex);
	if (status == STATUS_OK)
		status = read_kept(casefile, seal->layer, &kept);
	if (status == STATUS_OK)
		status = digest_layer(casefile, &kept, kept_hex);
	if (status != STATUS_OK)
		return status;
	*same = !strcmp(hex, seal->hex) && !strcmp(kept_hex, seal->hex);
	/* Digests that do not make the seal tell nothing of the tables. */
	if (!*same && strcmp(kept_hex, seal->hex) != 0)
		buf_text(tables, "table_digest");
	else if (!*same)
		name_others(&now, &kept, tables);
	/* Where rows differ their digests do. */
	if (*same)
		status = share_tables(casefile, seal, &now);
	if (*same && status == STATUS_OK)
		status = check_shared(casefile, seal, &now, same, tables);
	return tables->failed ? error_memory(&casefile->error) : status;
}

/* ---- seals as texts ---- */

void seal_text(const struct seal *seal, char out[static SEAL_TEXT])
{
	(void)snprintf(out, SEAL_TEXT, "%s %lld %lld %s", layer_name(seal->layer),
		       (long long)seal->sources, (long long)seal->forms, seal->hex);
}

/* The word up to the next blank, taken off the front. */
static struct text word(struct text *rest)
{
	struct text first = *rest;
	const char *blank = rest->len ? memchr(rest->data, ' ', rest->len) : NULL;

	first.len = blank ? (size_t)(blank - rest->data) : rest->len;
	rest->data += first.len + (blank != NULL);
	rest->len -= first.len + (blank != NULL);
	return first;
}

/* Takes the seal in front off, whatever layer it is of. */
static bool parse_first(struct text *text, struct seal *seal)
{
	uint64_t sources, forms;
	struct text hex;

	if (!text_to_u64(word(text), &sources) || !text_to_u64(word(text), &forms) ||
	    sources > INT64_MAX || forms > INT64_MAX)
		return false;
	hex = word(text);
	if (hex.len != DIGEST_HEX - 1)
		return false;
	seal->sources = (int64_t)sources;
	seal->forms = (int64_t)forms;
	memcpy(seal->hex, hex.data, hex.len);
	seal->hex[hex.len] = '\0';
	return true;
}

bool seal_parse(struct text text, struct seal *seal)
{
	bool wanted = false, good = true;

	while (good && !wanted && text.len) {
		wanted = text_is(word(&text), layer_name(seal->layer));
		good = parse_first(&text, seal);
	}
	return good && wanted;
}

static enum status take(struct casefile *casefile, sqlite3_stmt *statement,
			struct seal *seal)
{
	const struct text text = column_text(statement, 0);
	enum status status = columns_read(casefile, statement);

	if (status == STATUS_OK && !seal_parse(text, seal))
		status = error_set(&casefile->error, STATUS_INTEGRITY,
				   "a run has no seal where there should be one");
	return status;
}

enum status seal_last(struct casefile *casefile, enum layer layer,
		      struct seal *seal)
{
	sqlite3_stmt *statement;
	enum status status = run_of_layer(casefile, "seal", layer, &statement);

	seal->layer = layer;
	if (status == STATUS_OK)
		status = take(casefile, statement, seal);
	sqlite3_finalize(statement);
	return status;
}
