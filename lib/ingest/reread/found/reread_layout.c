/* SPDX-License-Identifier: Apache-2.0 */
/* Reading a member again whose rows a format finds. */
#include "ingest/reread/found/reread_layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/reject.h"
#include "ingest/encoding/encoding.h"
#include "ingest/parse/batch.h"
#include "ingest/parse/parse.h"
#include "ingest/plan/said/widen.h"
#include "ingest/reread/reread_member.h"

#define OTHER_COLUMNS "its columns were told by rows that are not in it"
#define OTHER_BESIDE "what stood beside it is not here, or not what was read with it"

static struct error *error_of(const struct reread_layout *again)
{
	return &again->reread->casefile->error;
}

/* ---- streams ---- */

/* As struct source_row numbers them. */
static bool is_table(const struct reread_table *table, const struct stream *stream)
{
	const struct text name = buf_view(&stream->name);
	const uint64_t number = name.len > 0 && !stream->alone ? stream->number + UINT64_C(1) : 0;

	return table->source->stream == number &&
	       text_equal(buf_view(&table->source->name), text_of(name.len > 0 ? name.data : ""));
}

/* The columns that the first rows tell, and those that the profile named, are what they were. */
static enum status check_columns(struct reread_table *table, struct stream *stream, struct error *error)
{
	const struct recipe *recipe = &table->source->recipe;
	const struct sample *sample = &stream->sample;
	char hex[DIGEST_HEX] = "";

	if (!layout_learns(stream))
		return STATUS_OK;
	if (!widen_sample_by(&stream->sample, buf_view(&recipe->widened)))
		return error_memory(error);
	if (sample->row_count > 0 && !recipe_columns(&sample->rows[0], hex))
		return error_memory(error);
	table->misfits = strcmp(hex, recipe->columns) != 0;
	table->why = OTHER_COLUMNS;
	return STATUS_OK;
}

static enum status take_stream(struct reread_layout *again, struct reread_table *table, struct stream *stream)
{
	enum status status = check_columns(table, stream, error_of(again));

	table->stream = stream;
	stream->header = table->source->recipe.dialect.header;
	if (table->misfits || status != STATUS_OK)
		return status;
	stream->plan = &again->plan;
	stream->load = table;
	return judge_open_given(&table->judge, &table->source->recipe, error_of(again));
}

static enum status announce(void *context, struct stream *stream, struct error *error)
{
	struct reread_layout *again = context;
	enum status status = STATUS_OK;
	size_t i = 0;

	while (i < again->count && (again->tables[i]->stream || !is_table(again->tables[i], stream)))
		i++;
	if (i < again->count)
		status = take_stream(again, again->tables[i], stream);
	/* While rows are read it is another. */
	if (status != STATUS_OK)
		*error = *error_of(again);
	return status;
}

/* ---- opening ---- */

static void set_input(struct reread_layout *again)
{
	const struct reread_source *source = again->tables[0]->source;
	const struct recipe *recipe = &source->recipe;

	again->options = ingest_options_none();
	again->options.head = recipe->dialect.head;
	again->options.with_wal = recipe->beside;
	again->options.threads = 1;
	again->records = (struct format_records){ buf_view(&source->profile).data, recipe->record,
						  recipe->begins, recipe->record_line,
						  recipe->begins_line };
	again->input.shown = dump_shown(again->dump);
	again->input.options = &again->options;
	again->input.dump = again->dump;
	again->input.records = recipe->record ? &again->records : NULL;
	again->input.announce = announce;
	again->input.context = again;
	again->plan = (struct plan){ .raw = true, .raw_text = REJECT_TEXT_MOST, .kind = KIND_ACCOUNT };
}

void reread_layout_dialect(const struct reread_layout *again, const struct reread_table *table, struct buf *out)
{
	layout_describe(again->layout, table->stream, out);
	if (!layout_learns(table->stream))
		widths_describe(&table->source->recipe.width, out);
}

/* Without what SQLite kept beside a database its rows are others. */
static enum status check_beside(struct reread_layout *again)
{
	struct buf dialect = { 0 };
	bool failed = false;

	for (size_t i = 0; i < again->count; i++) {
		struct reread_table *table = again->tables[i];

		if (!table->stream || !table->source->recipe.beside)
			continue;
		buf_clear(&dialect);
		reread_layout_dialect(again, table, &dialect);
		failed = failed || dialect.failed;
		if (text_equal(buf_view(&dialect), buf_view(&table->source->dialect)))
			continue;
		table->misfits = true;
		table->why = OTHER_BESIDE;
		table->stream->plan = NULL;
	}
	buf_release(&dialect);
	return failed ? error_memory(error_of(again)) : STATUS_OK;
}

enum status reread_layout_open(struct reread_layout *again, struct reread *reread,
			       struct reread_table *const *tables, size_t count, struct dump *dump)
{
	const struct recipe *recipe = &tables[0]->source->recipe;
	enum status status;

	memset(again, 0, sizeof(*again));
	again->reread = reread;
	again->tables = tables;
	again->count = count;
	again->dump = dump;
	set_input(again);
	status = dump_peek(dump, &again->input.peek, error_of(again));
	again->input.encoding = dump_encoding(dump);
	if (status == STATUS_OK && again->input.peek.bytes.len == 0)
		return error_set(error_of(again), STATUS_SKIP, "%s: is empty", dump_shown(dump));
	if (status == STATUS_OK)
		status = recipe->format->open(&again->layout, &again->input, error_of(again));
	return status == STATUS_OK ? check_beside(again) : status;
}

void reread_layout_close(struct reread_layout *again)
{
	if (again->layout)
		again->layout->format->close(again->layout);
	for (size_t i = 0; i < again->count; i++) {
		judge_close(&again->tables[i]->judge);
		again->tables[i]->stream = NULL;
		again->tables[i]->misfits = false;
	}
	free(again->fields);
	memset(again, 0, sizeof(*again));
}

bool reread_layout_is_open(const struct reread_layout *again)
{
	return again->layout != NULL;
}

/* ---- rows ---- */

/* A record that a batch has as a row. */
static enum status take_row(struct reread_layout *again, struct reread_table *table,
			    const struct raw_rows *raw, const struct raw_row *row)
{
	struct judged judged = { .record = { .line = row->line, .offset = row->offset,
					     .length = row->length, .count = row->count,
					     .text = raw_text(raw, row), .nulls = true, .odd = true } };
	void *fields = again->fields;
	enum status status;

	if (!memory_room(&fields, &again->field_capacity, row->count + 1, sizeof(*again->fields)))
		return error_memory(error_of(again));
	again->fields = fields;
	for (size_t i = 0; i < row->count; i++)
		again->fields[i] = raw_field(raw, row, i);
	judged.record.fields = again->fields;
	status = judge_given(&table->judge, &judged);
	return status == STATUS_OK ? comparison_take(table->comparison, &judged) : status;
}

/* One that is rejected. */
static enum status take_reject(struct reread_table *table, const struct batch *batch,
			       const struct batch_row *row)
{
	struct judged judged = { .record = { .line = row->line, .offset = row->offset,
					     .length = row->length,
					     .text = batch_text(batch, row->text),
					     .reason = batch_text(batch, row->reason).data } };
	const enum status status = judge_given(&table->judge, &judged);

	return status == STATUS_OK ? comparison_take(table->comparison, &judged) : status;
}

/* A record that it has as no row. */
static enum status take_other(struct reread_table *table, const struct batch *batch,
			      const struct batch_row *row)
{
	if (row->kind == BATCH_SKIPPED)
		comparison_skip(table->comparison, row->skipped);
	return row->kind == BATCH_REJECTED ? take_reject(table, batch, row) : STATUS_OK;
}

/* In the order of the member. */
static enum status take_rows(struct reread_layout *again, struct reread_table *table, const struct batch *batch)
{
	enum status status = STATUS_OK;
	size_t other = 0;

	for (size_t i = 0; i < batch->raw.count && status == STATUS_OK; i++) {
		while (status == STATUS_OK && other < batch->count && batch->rows[other].before <= i)
			status = take_other(table, batch, &batch->rows[other++]);
		if (status == STATUS_OK)
			status = take_row(again, table, &batch->raw, &batch->raw.rows[i]);
	}
	while (status == STATUS_OK && other < batch->count)
		status = take_other(table, batch, &batch->rows[other++]);
	return status;
}

static enum status take_batch(void *context, struct batch *batch)
{
	struct reread_layout *again = context;
	enum status status = reread_look_around(again->reread, again->dump, again->done);

	if (status != STATUS_OK || !batch->stream || !batch->stream->plan)
		return status;
	again->done += batch->raw.count + batch->count;
	/* As much can be read behind a field. */
	buf_pad(&batch->raw.bytes);
	if (batch->raw.bytes.failed)
		return error_memory(error_of(again));
	return take_rows(again, batch->stream->load, batch);
}

/* Goes over what stands before the first row. */
static enum status begin(const struct reread_layout *again, uint64_t *place)
{
	const struct encoding *encoding = dump_encoding(again->dump);
	const size_t most = again->layout->begin;
	char before[64];
	size_t len = 0, got = 1;
	enum status status = STATUS_OK;

	*place = 0;
	while (status == STATUS_OK && got > 0 && len < most) {
		const size_t left = most - len;

		status = dump_read(again->dump, before, left < sizeof(before) ? left : sizeof(before), &got,
				   error_of(again));
		len += got;
		*place += encoding ? encoding_bytes(encoding, before, got) : got;
	}
	return status;
}

enum status reread_layout_rows(struct reread_layout *again, struct dump *dump)
{
	static const struct forms none;
	struct layout *layout = again->layout;
	struct parse_settings settings = { .layout = layout, .dump = dump, .line = 1 + layout->begin_lines,
					   .forms = &none, .block = PARSE_BLOCK, .threads = 1 };
	enum status status;

	if (again->begun)
		layout->format->rewind(layout);
	again->begun = true;
	again->dump = again->input.dump = dump;
	status = begin(again, &settings.offset);
	return status == STATUS_OK ? parse_run(&settings, take_batch, again, error_of(again)) : status;
}

enum status reread_layout_describe(const struct reread_layout *again, struct reread_table *table)
{
	const struct stream *stream = table->stream;
	const struct recipe *recipe = &table->source->recipe;
	struct buf dialect = { 0 }, mapping = { 0 };
	enum status status = STATUS_OK;

	reread_layout_dialect(again, table, &dialect);
	mapping_describe(&recipe->mapping,
			 recipe->dialect.header == 1 && stream->sample.row_count > 0 ? &stream->sample.rows[0]
										      : NULL, &mapping);
	if (dialect.failed || mapping.failed)
		status = error_memory(error_of(again));
	comparison_describe(table->comparison, buf_view(&dialect), buf_view(&mapping));
	buf_release(&dialect);
	buf_release(&mapping);
	return status;
}
