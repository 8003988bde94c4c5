/* SPDX-License-Identifier: Apache-2.0 */
/* Reading all rows of a member as they are found. */
#include "ingest/rows/reading.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "casefile/record/table_name.h"
#include "ingest/parse/parse.h"
#include "ingest/tell.h"

#define NAME_SHOWN 100

/* ---- tables ---- */

/* The path of the member in the folder or archive; without data where a file was given. */
static struct text member_of(const struct reading *reading)
{
	const char *path = dump_path(reading->dump);

	if (!reading->folder)
		return text_of(dump_archive(reading->dump) ? dump_member(reading->dump) : NULL);
	path += strlen(reading->folder);
	while (*path == '/')
		path++;
	return text_of(dump_archive(reading->dump) ? dump_shown(reading->dump) : path);
}

static struct text file_name(const struct reading *reading)
{
	const char *member = dump_member(reading->dump);

	if (!strcmp(dump_path(reading->dump), "-") && !*member)
		return (struct text){ "", 0 };
	return table_name_of_path(*member ? member : dump_path(reading->dump));
}

static bool set_names(struct reading_table *table)
{
	const struct reading *reading = table->reading;
	const struct text name = buf_view(&table->stream->name);

	buf_text(&table->shown, dump_shown(reading->dump));
	if (name.len > 0)
		buf_text(&table->shown, ", table ");
	buf_escape(&table->shown, name, NAME_SHOWN);
	table->told.shown = buf_view(&table->shown).data;
	table->told.member = member_of(reading);
	table->told.name = name.len > 0 ? name : file_name(reading);
	table->told.sole = name.len == 0;
	return !table->shown.failed;
}

/* A header that nobody told is there or not as it is for ingest; that nothing is known of what
 * the rows are is no matter. */
static enum status settle_header(struct reading_table *table, struct error *error)
{
	struct plan plan = { 0 };
	struct error why = { 0 };
	enum status status = STATUS_OK;

	if (!table->stream->declared)
		status = plan_make(&plan, table->reading->options, table->told.shown,
				   table->stream, &why);
	plan_release(&plan);
	if (status != STATUS_FAILED && status != STATUS_MEMORY && status != STATUS_INTERRUPTED)
		return STATUS_OK;
	*error = why;
	return status;
}

/* Rows are taken as they are; of the one without a name the width tells what is no row. */
static const struct plan *choose_plan(struct reading_table *table)
{
	struct reading *reading = table->reading;

	if (!table->told.sole)
		return &reading->plain;
	reading->footed = (struct plan){ .raw = true, .raw_foot = table->columns.count > 0,
					 .kind = KIND_ACCOUNT };
	reading->footed.width.least = reading->footed.width.most = table->columns.count;
	return &reading->footed;
}

static bool is_wanted(const struct reading_table *table)
{
	const char *name = table->reading->wanted->table;

	return !name || table_name_is(table->told.name, text_of(name));
}

static enum status set_table(struct reading_table *table, struct error *error)
{
	enum status status = set_names(table) ? STATUS_OK : error_memory(error);

	if (status == STATUS_OK)
		status = settle_header(table, error);
	if (status == STATUS_OK && !columns_name(&table->columns, table->stream))
		status = error_memory(error);
	if (status != STATUS_OK)
		return status;
	table->told.columns = (const char *const *)table->columns.names;
	table->told.column_count = table->columns.count;
	table->wanted = is_wanted(table);
	if (table->wanted)
		table->stream->plan = choose_plan(table);
	table->stream->load = table;
	return STATUS_OK;
}

static struct reading_table *add_table(struct reading *reading)
{
	void *tables = reading->tables;

	if (!memory_room(&tables, &reading->capacity, reading->count + 1, sizeof(*reading->tables)))
		return NULL;
	reading->tables = tables;
	reading->tables[reading->count] = calloc(1, sizeof(**reading->tables));
	return reading->tables[reading->count] ? reading->tables[reading->count++] : NULL;
}

static enum status announce(void *context, struct stream *stream, struct error *error)
{
	struct reading *reading = context;
	struct reading_table *table;

	if (reading->count == READING_TABLES)
		return error_set(error, STATUS_FAILED, "%s: has more than %d tables",
				 dump_shown(reading->dump), READING_TABLES);
	table = add_table(reading);
	if (!table)
		return error_memory(error);
	table->reading = reading;
	table->stream = stream;
	return set_table(table, error);
}

bool reading_is_named(const struct reading *reading)
{
	return reading->count != 1 || reading->tables[0]->stream->name.len > 0;
}

/* ---- opening ---- */

enum status reading_open(struct reading *reading, struct dump *dump, struct error *error)
{
	const struct format *const *table = reading->options->formats;
	const struct format *format;
	enum status status;

	reading->plain = (struct plan){ .raw = true, .kind = KIND_ACCOUNT };
	reading->dump = dump;
	reading->input = (struct format_input){ .shown = dump_shown(dump),
						.options = reading->options,
						.dump = dump,
						.announce = announce,
						.context = reading };
	status = dump_peek(dump, &reading->input.peek, error);
	reading->input.encoding = dump_encoding(dump);
	if (status == STATUS_OK)
		status = format_choose(table ? table : formats, &reading->input, &format, error);
	return status == STATUS_OK ? format->open(&reading->layout, &reading->input, error) : status;
}

enum status reading_meet(struct reading *reading, struct error *error)
{
	const struct peek *peek = &reading->input.peek;
	const struct format *format = reading->layout->format;
	struct text left = peek->bytes;
	struct block block = { .first = true };
	enum status status = STATUS_OK;

	while (format->split && status == STATUS_OK && left.len > 0) {
		buf_clear(&block.state);
		status = format->split(reading->layout, left, peek->whole, &block, error);
		if (block.len == 0 || block.len > left.len)
			block.len = left.len;
		left.data += block.len;
		left.len -= block.len;
		block.first = false;
	}
	buf_release(&block.state);
	return status;
}

static void free_table(struct reading_table *table)
{
	columns_release(&table->columns);
	sample_release(&table->sample);
	buf_release(&table->shown);
	free(table);
}

void reading_close(struct reading *reading)
{
	if (reading->layout)
		reading->layout->format->close(reading->layout);
	for (size_t i = 0; i < reading->count; i++)
		free_table(reading->tables[i]);
	free(reading->tables);
	free(reading->fields);
	reading->layout = NULL;
	reading->tables = NULL;
	reading->fields = NULL;
	reading->count = reading->capacity = reading->field_capacity = reading->sampled = 0;
	memset(&reading->counts, 0, sizeof(reading->counts));
}

/* ---- rows ---- */

static void say_reject(const struct reading_table *table, uint64_t line, const char *reason)
{
	const struct reading *reading = table->reading;

	if (reading->wanted->all_rejects || table->told.rejected <= TELL_REJECTS)
		observer_notice(reading->observer, "%s:%llu: %s", dump_shown(reading->dump),
				(unsigned long long)line, reason);
}

static void take_other(struct reading_table *table, const struct batch *batch,
		       const struct batch_row *row)
{
	struct rows_table *told = &table->told;

	if (row->kind == BATCH_SKIPPED) {
		told->read += row->skipped;
		told->skipped += row->skipped;
		return;
	}
	told->read++;
	told->rejected++;
	told->bytes += row->length;
	say_reject(table, row->line, batch_text(batch, row->reason).data);
}

static void note_width(struct rows_table *told, const struct raw_row *row)
{
	if (row->count < told->column_count && told->narrow++ == 0)
		told->narrow_line = row->line;
	if (row->count > told->column_count && told->wide++ == 0)
		told->wide_line = row->line;
}

/* Values alone, with one that names the columns before them. */
static void keep_sample(struct reading_table *table, const struct rows_row *row)
{
	struct reading *reading = table->reading;
	struct sample *sample = &table->sample;
	const struct sample *known = &table->stream->sample;
	const size_t before = sample->bytes.len;

	if (sample->row_count == SAMPLE_ROWS || before + row->length > READING_SAMPLE ||
	    reading->sampled + row->length > READING_SAMPLES)
		return;
	if (sample->row_count == 0 && table->stream->header == 1 && known->row_count > 0)
		sample_add(sample, known->rows[0].fields, known->rows[0].count);
	sample_add(sample, row->fields, row->count);
	reading->sampled += sample->bytes.len - before;
}

enum status reading_settle(struct reading *reading, struct error *error)
{
	for (size_t i = 0; i < reading->count; i++) {
		struct reading_table *table = reading->tables[i];

		if (table->sample.row_count == 0)
			continue;
		if (!sample_end(&table->sample))
			return error_memory(error);
		sample_release(&table->stream->sample);
		table->stream->sample = table->sample;
		table->sample = (struct sample){ .row_count = 0 };
	}
	return STATUS_OK;
}

static enum status take_row(struct reading_table *table, const struct raw_rows *raw,
			    const struct raw_row *row, struct error *error)
{
	struct reading *reading = table->reading;
	const struct rows_taker *taker = reading->taker;
	struct rows_row given = { row->line, row->offset, row->length, NULL, row->count };
	void *fields = reading->fields;

	if (!memory_room(&fields, &reading->field_capacity, row->count + 1, sizeof(*reading->fields)))
		return error_memory(error);
	reading->fields = fields;
	for (size_t i = 0; i < row->count; i++)
		reading->fields[i] = raw_field(raw, row, i);
	given.fields = reading->fields;
	table->told.read++;
	table->told.written++;
	table->told.bytes += row->length;
	note_width(&table->told, row);
	if (reading->samples)
		keep_sample(table, &given);
	reading->given++;
	return taker->row ? taker->row(taker->context, &table->told, &given, error) : STATUS_OK;
}

/* What is no row stands between those that are, in the order of the dump. */
static enum status take_rows(struct reading_table *table, const struct batch *batch,
			     struct error *error)
{
	const uint64_t head = table->reading->wanted->head;
	enum status status = STATUS_OK;
	size_t other = 0;

	for (size_t i = 0; i < batch->raw.count && status == STATUS_OK; i++) {
		while (other < batch->count && batch->rows[other].before <= i)
			take_other(table, batch, &batch->rows[other++]);
		status = take_row(table, &batch->raw, &batch->raw.rows[i], error);
		if (status != STATUS_OK || head == 0 || table->reading->given < head)
			continue;
		table->reading->stopped = true;
		return STATUS_SKIP;
	}
	while (other < batch->count && status == STATUS_OK)
		take_other(table, batch, &batch->rows[other++]);
	return status;
}

/* Where an error of the taker is to stand. */
struct taking {
	struct reading *reading;
	struct error *error;
};

static enum status look_around(const struct reading *reading, uint64_t done)
{
	char step[DUMP_SHOWN + 20];
	const struct progress progress = { step, done, dump_total(reading->dump), reading->given, true };

	(void)snprintf(step, sizeof(step), "read %s", dump_shown(reading->dump));
	observer_progress(reading->observer, &progress);
	return observer_interrupted(reading->observer) ? STATUS_INTERRUPTED : STATUS_OK;
}

static enum status take_batch(void *context, struct batch *batch)
{
	const struct taking *taking = context;
	const enum status status = look_around(taking->reading, batch->done);

	if (status != STATUS_OK || !batch->stream || !batch->stream->plan)
		return status;
	return take_rows(batch->stream->load, batch, taking->error);
}

/* Goes over what stands before the first row: lines that are skipped. */
static enum status begin(struct reading *reading, struct error *error)
{
	const struct layout *layout = reading->layout;
	char before[4096];
	size_t len = 0, got = 1;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && got > 0 && len < layout->begin) {
		const size_t left = layout->begin - len;

		status = dump_read(reading->dump, before, left < sizeof(before) ? left : sizeof(before),
				   &got, error);
		len += got;
	}
	if (reading->count > 0) {
		reading->tables[0]->told.read += layout->begin_lines;
		reading->tables[0]->told.skipped += layout->begin_lines;
	}
	return status;
}

static unsigned count_threads(const struct reading *reading)
{
	const uint64_t threads = reading->options->threads;

	if (dump_ended(reading->dump) || threads < 1)
		return 1;
	return threads < PIPELINE_WORKERS ? (unsigned)threads : PIPELINE_WORKERS;
}

static void count_tables(struct reading *reading)
{
	struct rows_counts *counts = &reading->counts;

	for (size_t i = 0; i < reading->count; i++) {
		const struct rows_table *told = &reading->tables[i]->told;

		counts->tables += reading->tables[i]->wanted;
		counts->left_out += !reading->tables[i]->wanted;
		counts->read += told->read;
		counts->written += told->written;
		counts->rejected += told->rejected;
		counts->skipped += told->skipped;
	}
}

/* The only table of the member is not wanted: its rows need not be read. */
static bool is_idle(const struct reading *reading)
{
	return reading->count == 1 && reading->tables[0]->told.sole && !reading->tables[0]->wanted;
}

static enum status read_all(struct reading *reading, struct error *error)
{
	static const struct forms none;
	struct taking taking = { reading, error };
	struct parse_settings settings = {
		.layout = reading->layout, .dump = reading->dump, .forms = &none,
		.block = PARSE_BLOCK, .threads = count_threads(reading),
	};
	enum status status = begin(reading, error);

	settings.offset = reading->layout->begin;
	settings.line = 1 + reading->layout->begin_lines;
	if (status == STATUS_OK)
		status = parse_run(&settings, take_batch, &taking, error);
	if (status == STATUS_OK)
		status = dump_end(reading->dump, error);
	return status;
}

enum status reading_rows(struct reading *reading, struct error *error)
{
	const enum status status = is_idle(reading) ? STATUS_OK : read_all(reading, error);

	reading->counts.stopped = reading->stopped;
	count_tables(reading);
	return reading->stopped ? STATUS_END : status;
}
