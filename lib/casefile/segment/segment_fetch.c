/* SPDX-License-Identifier: Apache-2.0 */
/* Fetching segments from the case file; nothing it says is taken on trust. */
#include <string.h>

#include "casefile/segment/delta.h"
#include "casefile/segment/instead.h"
#include "casefile/segment/raw_segment.h"
#include "casefile/sql.h"

/* Bit c of ?2: column c is to be read; bit 63 is also that of all beyond it. */
#define COLUMN_SQL(table) \
	"SELECT id, base, slope, unit, width, list FROM " table \
	" WHERE id BETWEEN ?1 * 256 AND ?1 * 256 + 255" \
	" AND ?2 >> (id & 255) & 1 ORDER BY id"

/* The bytes that a column reads past its end. */
static const char padding[8];

enum status segment_fetch_open(struct segment_fetch *fetch,
			       struct casefile *casefile, uint64_t found_wanted,
			       uint64_t understood_wanted)
{
	memset(fetch, 0, sizeof(*fetch));
	fetch->casefile = casefile;
	fetch->found_wanted = found_wanted;
	fetch->understood_wanted = understood_wanted;
	fetch->next = casefile_prepare(
		casefile, "SELECT id, source, rows FROM segment WHERE id >= ?"
			  " ORDER BY id LIMIT 1");
	if (!fetch->next)
		return casefile->error.status;
	fetch->found = casefile_prepare(casefile, COLUMN_SQL("found"));
	if (!fetch->found)
		return casefile->error.status;
	if (!understood_wanted)
		return STATUS_OK;
	fetch->understood = casefile_prepare(casefile, COLUMN_SQL("understood"));
	return fetch->understood ? STATUS_OK : casefile->error.status;
}

void segment_fetch_close(struct segment_fetch *fetch)
{
	sqlite3_finalize(fetch->next);
	sqlite3_finalize(fetch->found);
	sqlite3_finalize(fetch->understood);
	(void)sqlite3_blob_close(fetch->found_data);
	(void)sqlite3_blob_close(fetch->understood_data);
	memset(fetch, 0, sizeof(*fetch));
}

enum status segment_decode_failed(struct casefile *casefile, int64_t id,
				  enum status status)
{
	char path[300];

	if (status != STATUS_INTEGRITY)
		return error_memory(&casefile->error);
	return error_set(&casefile->error, STATUS_INTEGRITY,
			 "%s: segment %lld is damaged",
			 text_escape(text_of(casefile->path), path, sizeof(path)),
			 (long long)id);
}

/* One of the two tables of columns. */
struct layer_fetch {
	sqlite3_stmt *statement;
	const char *table;
	sqlite3_blob **data;   /* goes from column to column; NULL: not open yet */
	uint64_t wanted;
	uint64_t known;        /* those that there can be */
	bool found;
	struct raw_layer *layer;
};

/* Goes to the data of a column. */
static enum status seek_data(const struct segment_fetch *fetch,
			     const struct layer_fetch *from, int64_t id)
{
	sqlite3 *db = fetch->casefile->db;
	const int code =
		*from->data ? sqlite3_blob_reopen(*from->data, id)
			    : sqlite3_blob_open(db, "main", from->table, "data", id,
						0, from->data);

	return code == SQLITE_OK ? STATUS_OK : casefile_failed(fetch->casefile);
}

/* Puts them behind the bytes; SQLite's own copy of them is saved so. */
static enum status take_data(const struct segment_fetch *fetch,
			     const struct layer_fetch *from, size_t len,
			     struct buf *bytes)
{
	if (!buf_room(bytes, len))
		return error_memory(&fetch->casefile->error);
	owner_use(&fetch->casefile->owner);
	if (sqlite3_blob_read(*from->data, bytes->data + bytes->len, (int)len, 0) !=
	    SQLITE_OK)
		return casefile_failed(fetch->casefile);
	bytes->len += len;
	return STATUS_OK;
}

/* Takes the column the statement stands on; STATUS_INTEGRITY: it cannot be one. */
static enum status take_column(const struct segment_fetch *fetch,
			       const struct layer_fetch *from, struct buf *bytes)
{
	sqlite3_stmt *statement = from->statement;
	const int64_t id = sqlite3_column_int64(statement, 0);
	const unsigned number = (unsigned)(id & 255);
	const int64_t width = sqlite3_column_int64(statement, 4);
	const int64_t list = sqlite3_column_int64(statement, 5);
	struct raw_column *raw;
	enum status status;
	size_t len;

	if (number > 63 || !(from->known >> number & 1) || width < 0 ||
	    width > 64 || list < 0 || list > COLUMN_LIST_MOST)
		return STATUS_INTEGRITY;
	status = seek_data(fetch, from, id);
	if (status != STATUS_OK)
		return status;
	len = (size_t)sqlite3_blob_bytes(*from->data);
	if (len > (size_t)8 * SEGMENT_ROWS && !(from->found && number == FOUND_HEAP))
		return STATUS_INTEGRITY;
	raw = &from->layer->columns[from->layer->count++];
	*raw = (struct raw_column){ .number = number, .at = bytes->len, .len = len };
	raw->column.base = sqlite3_column_int64(statement, 1);
	raw->column.slope = sqlite3_column_int64(statement, 2);
	raw->column.unit = sqlite3_column_int64(statement, 3);
	raw->column.width = (unsigned)width;
	raw->column.list = (uint32_t)list;
	from->layer->stored |= UINT64_C(1) << number;
	return take_data(fetch, from, len, bytes);
}

static enum status take_columns(const struct segment_fetch *fetch,
				const struct layer_fetch *from,
				struct raw_segment *raw)
{
	enum status status;

	bind_integer(from->statement, 1, raw->id);
	/* Those that there cannot be come as well, to be told. */
	bind_integer(from->statement, 2, (int64_t)(from->wanted | ~from->known));
	while ((status = casefile_step(fetch->casefile, from->statement)) ==
	       STATUS_OK) {
		status = take_column(fetch, from, &raw->bytes);
		if (status != STATUS_OK)
			break;
	}
	if (status == STATUS_INTEGRITY)
		status = segment_decode_failed(fetch->casefile, raw->id, status);
	sqlite3_reset(from->statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* The columns of either layer; those of the found one that the understood ones
 * take come with them. */
static enum status take_layers(struct segment_fetch *fetch, struct raw_segment *raw)
{
	const uint64_t found_known = instead_stored(SEGMENT_ALL);
	struct layer_fetch found = {
		fetch->found, "found", &fetch->found_data,
		fetch->found_wanted, found_known, true, &raw->found
	};
	const struct layer_fetch understood = {
		fetch->understood, "understood", &fetch->understood_data,
		delta_stored(fetch->understood_wanted),
		delta_stored(SEGMENT_ALL), false, &raw->understood
	};
	enum status status = STATUS_OK;

	if (fetch->understood)
		status = take_columns(fetch, &understood, raw);
	for (unsigned c = 0; c < READ_COLUMNS && !fetch->alone; c++)
		if (raw->understood.stored >> READ_FACTOR(c) & 1)
			found.wanted |= delta_needs(c);
	found.wanted = instead_stored(found.wanted);
	if (status == STATUS_OK && found.wanted)
		status = take_columns(fetch, &found, raw);
	if (status != STATUS_OK)
		return status;
	buf_add(&raw->bytes, padding, sizeof(padding));
	if (raw->bytes.failed)
		return error_memory(&fetch->casefile->error);
	raw->bytes.len -= sizeof(padding);
	return STATUS_OK;
}

static enum status fetch_from(struct segment_fetch *fetch, int64_t id,
			      struct raw_segment *raw)
{
	int64_t rows = 0;
	enum status status;

	raw_segment_clear(raw);
	bind_integer(fetch->next, 1, id);
	status = casefile_step(fetch->casefile, fetch->next);
	if (status == STATUS_OK) {
		fetch->last = raw->id = sqlite3_column_int64(fetch->next, 0);
		raw->source = sqlite3_column_int64(fetch->next, 1);
		rows = sqlite3_column_int64(fetch->next, 2);
	}
	sqlite3_reset(fetch->next);
	if (status != STATUS_OK)
		return status;
	if (rows < 1 || rows > SEGMENT_ROWS || raw->id < 1 ||
	    raw->id > SEGMENT_ID_MOST)
		return segment_decode_failed(fetch->casefile, raw->id,
					     STATUS_INTEGRITY);
	raw->rows = (uint32_t)rows;
	return take_layers(fetch, raw);
}

enum status segment_fetch_next(struct segment_fetch *fetch, struct raw_segment *raw)
{
	/* After a segment whose id is out of range there is none. */
	return fetch->last > SEGMENT_ID_MOST ? STATUS_END
					     : fetch_from(fetch, fetch->last + 1, raw);
}

enum status segment_fetch_seek(struct segment_fetch *fetch, int64_t id,
			       struct raw_segment *raw)
{
	enum status status = fetch_from(fetch, id, raw);

	return status == STATUS_OK && raw->id != id ? STATUS_END : status;
}
