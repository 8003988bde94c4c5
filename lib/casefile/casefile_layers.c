/* SPDX-License-Identifier: Apache-2.0 */
/* The layers of a case: which are there, made anew, dropped. */
#include "casefile/schema.h"

#include "casefile/sql.h"

enum status casefile_has_layer(struct casefile *casefile, enum layer layer,
			       bool *there)
{
	/* A table that is there with the layer; none: it always is. */
	static const char *const marks[LAYERS] = {
		[LAYER_UNDERSTOOD] = "understood", [LAYER_CONCLUDED] = "suspect"
	};
	sqlite3_stmt *statement;
	enum status status;

	*there = !marks[layer];
	if (*there)
		return STATUS_OK;
	statement = casefile_prepare(
		casefile, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND"
			  " name = ?");
	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, marks[layer]);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	*there = status == STATUS_OK;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Whether any source is in the case that is not dropped. */
static enum status has_source(struct casefile *casefile, bool *there)
{
	int64_t found = 0;
	const enum status status = casefile_integer(
		casefile, "SELECT 1 FROM source WHERE dropped_by IS NULL LIMIT 1", 0, &found);

	*there = found != 0;
	return status;
}

static enum status nothing_understood(struct casefile *casefile, enum layer layer, const char *path)
{
	const bool concluded = layer == LAYER_CONCLUDED;
	bool source = false;
	const enum status status = has_source(casefile, &source);

	if (status != STATUS_OK)
		return status;
	if (!source)
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: nothing is ingested yet; run `unspoof ingest` first, then `unspoof normalise`%s", path,
				 concluded ? " and `unspoof correlate`" : "");
	return error_set(&casefile->error, STATUS_FAILED,
			 "%s: nothing is understood yet; run `unspoof normalise`%s first", path,
			 concluded ? " and `unspoof correlate`" : "");
}

enum status casefile_needs(struct casefile *casefile, enum layer layer)
{
	char path[200];
	bool understood = true, concluded = true;
	enum status status = casefile_has_layer(casefile, LAYER_UNDERSTOOD,
						&understood);

	if (status == STATUS_OK && layer == LAYER_CONCLUDED)
		status = casefile_has_layer(casefile, LAYER_CONCLUDED, &concluded);
	if (status != STATUS_OK)
		return status;
	(void)text_escape(text_of(casefile->path), path, sizeof(path));
	if (layer != LAYER_FOUND && layer != LAYER_DECIDED && !understood)
		return nothing_understood(casefile, layer, path);
	if (!concluded)
		return error_set(&casefile->error, STATUS_FAILED,
				 "%s: nothing is concluded yet; run `unspoof "
				 "correlate` first", path);
	return STATUS_OK;
}

const char *layer_name(enum layer layer)
{
	static const char *const names[LAYERS] = { "found", "understood",
						   "concluded", "decided" };

	return names[layer];
}

/* Executes what schema_make() or schema_drop() gives. */
static enum status change_layer(struct casefile *casefile, enum layer layer,
				void (*change)(enum layer layer, struct buf *sql))
{
	struct buf sql = { 0 };
	enum status status;

	change(layer, &sql);
	status = sql.failed ? error_memory(&casefile->error)
			    : casefile_exec(casefile, sql.data);
	buf_release(&sql);
	return status;
}

static enum status drop_layer(struct casefile *casefile, enum layer layer)
{
	char sql[80];
	enum status status = change_layer(casefile, layer, schema_drop);

	casefile->digest_count = 0;
	(void)sqlite3_snprintf(sizeof(sql), sql,
			       "DELETE FROM table_digest WHERE layer = '%s'",
			       layer_name(layer));
	return status == STATUS_OK ? casefile_exec(casefile, sql) : status;
}

enum status casefile_drop_layers(struct casefile *casefile)
{
	enum status status = drop_layer(casefile, LAYER_CONCLUDED);

	return status == STATUS_OK ? drop_layer(casefile, LAYER_UNDERSTOOD) : status;
}

enum status casefile_reset_understood(struct casefile *casefile)
{
	enum status status = casefile_drop_layers(casefile);

	return status == STATUS_OK
		       ? change_layer(casefile, LAYER_UNDERSTOOD, schema_make)
		       : status;
}

enum status casefile_reset_concluded(struct casefile *casefile)
{
	enum status status = drop_layer(casefile, LAYER_CONCLUDED);

	return status == STATUS_OK
		       ? change_layer(casefile, LAYER_CONCLUDED, schema_make)
		       : status;
}

