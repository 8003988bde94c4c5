/* SPDX-License-Identifier: Apache-2.0 */
/* Storing packed segments. */
#include <string.h>

#include "casefile/segment/raw_segment.h"

#include "casefile/filter/segment_filter.h"
#include "casefile/sql.h"

#define COLUMN_SQL(table) \
	"INSERT INTO " table "(id, base, slope, unit, width, list, data)" \
	" VALUES(?, ?, ?, ?, ?, ?, ?)"

enum status segment_store_open(struct segment_store *store,
			       struct casefile *casefile, bool understood)
{
	memset(store, 0, sizeof(*store));
	store->casefile = casefile;
	store->understood = understood;
	store->segment = casefile_prepare(
		casefile,
		understood ? "INSERT INTO segment_read(id, sha256, first_start,"
			     " last_start) VALUES(?1, ?2, ?3, ?4)"
			   : "INSERT INTO segment(id, sha256, source, rows)"
			     " VALUES(?1, ?2, ?3, ?4)");
	if (!store->segment)
		return casefile->error.status;
	store->column = casefile_prepare(casefile, understood
							   ? COLUMN_SQL("understood")
							   : COLUMN_SQL("found"));
	return store->column ? STATUS_OK : casefile->error.status;
}

void segment_store_close(struct segment_store *store)
{
	sqlite3_finalize(store->segment);
	sqlite3_finalize(store->column);
	memset(store, 0, sizeof(*store));
}

static enum status put_column(struct segment_store *store,
			      const struct raw_segment *raw,
			      const struct raw_column *column)
{
	const struct text data = { raw->bytes.data + column->at, column->len };
	sqlite3_stmt *insert = store->column;

	bind_integer(insert, 1, SEGMENT_COLUMN_ID(raw->id, column->number));
	bind_integer(insert, 2, column->column.base);
	bind_integer(insert, 3, column->column.slope);
	bind_integer(insert, 4, column->column.unit);
	bind_integer(insert, 5, column->column.width);
	bind_integer(insert, 6, column->column.list);
	bind_blob(insert, 7, data);
	return casefile_run(store->casefile, insert);
}

enum status segment_store_put(struct segment_store *store,
			      const struct raw_segment *raw)
{
	const struct raw_layer *layer = store->understood ? &raw->understood
							  : &raw->found;
	enum status status;

	if (raw->id < 1 || raw->id > SEGMENT_ID_MOST)
		return error_set(&store->casefile->error, STATUS_INTEGRITY,
				 "table segment: its ids leave no room for more");
	bind_integer(store->segment, 1, raw->id);
	bind_cstring(store->segment, 2, layer->sha256);
	if (store->understood) {
		bind_maybe(store->segment, 3, raw->bounds.first, !raw->bounds.known);
		bind_maybe(store->segment, 4, raw->bounds.last, !raw->bounds.known);
	} else {
		bind_integer(store->segment, 3, raw->source);
		bind_integer(store->segment, 4, raw->rows);
	}
	status = casefile_run(store->casefile, store->segment);
	for (size_t i = 0; i < layer->count && status == STATUS_OK; i++)
		status = put_column(store, raw, &layer->columns[i]);
	return status;
}

/* Of the columns that twins are in. */
static enum status drop_twins(struct segment_store *store, int64_t id)
{
	sqlite3_stmt *drop = casefile_prepare(
		store->casefile, "DELETE FROM understood WHERE id IN (?, ?)");
	enum status status;

	if (!drop)
		return store->casefile->error.status;
	bind_integer(drop, 1, SEGMENT_COLUMN_ID(id, READ_FLAGS));
	bind_integer(drop, 2, SEGMENT_COLUMN_ID(id, READ_TWIN));
	status = casefile_run(store->casefile, drop);
	sqlite3_finalize(drop);
	return status;
}

enum status segment_store_twins(struct segment_store *store,
				const struct raw_segment *raw)
{
	const struct raw_layer *layer = &raw->understood;
	sqlite3_stmt *update = casefile_prepare(
		store->casefile, "UPDATE segment_read SET sha256 = ? WHERE id = ?");
	enum status status = update ? drop_twins(store, raw->id)
				    : store->casefile->error.status;

	for (size_t i = 0; i < layer->count && status == STATUS_OK; i++)
		if (layer->columns[i].number == READ_FLAGS ||
		    layer->columns[i].number == READ_TWIN)
			status = put_column(store, raw, &layer->columns[i]);
	if (status == STATUS_OK) {
		bind_cstring(update, 1, layer->sha256);
		bind_integer(update, 2, raw->id);
		status = casefile_run(store->casefile, update);
	}
	sqlite3_finalize(update);
	if (status == STATUS_OK)
		status = segment_filter_renew(store->casefile, raw);
	return status;
}
