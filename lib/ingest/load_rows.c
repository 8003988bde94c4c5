/* SPDX-License-Identifier: Apache-2.0 */
/* Taking the rows of a member: storing, rejecting and counting them. */
#include "ingest/load_rows.h"

#include <stdio.h>

#include "ingest/parse.h"
#include "ingest/tell.h"

static enum status reject(struct load *load, const struct rowbatch *batch,
			  const struct rowbatch_row *row)
{
	const struct kind_info *info = kind_info(load->plan.kind);
	const char *role = row->role < 0 ? "" : info->roles[row->role].name;
	const char *reason = rowbatch_text(batch, row->reason).data;
	const struct text value = rowbatch_text(batch, row->value);
	struct place place = { load->source.id, row->line, row->offset,
			       row->length };

	load->source.read++;
	load->source.rejected++;
	load->role_rejects[row->role < 0 ? ROLES_MOST : row->role]++;
	tell_reject(load, row->line, role, value, reason);
	return row_writer_reject(&load->rows, &place, role, reason, value,
				 rowbatch_text(batch, row->text));
}

static enum status store(struct load *load, const struct rowbatch *batch, size_t i)
{
	const struct rowbatch_row *row = &batch->rows[i];
	struct text values[ROLES_MOST] = { { NULL, 0 } };
	struct place place = { load->source.id, row->line, row->offset,
			       row->length };

	rowbatch_values(batch, i, values);
	return row_writer_add(&load->rows, &place, values);
}

static void count(struct load *load, const struct rowbatch *batch)
{
	load->source.read += batch->taken + batch->skipped;
	load->source.accepted += batch->taken;
	load->source.skipped += batch->skipped;
	load->local_time = load->local_time || batch->local_time;
	load->legs = load->legs || batch->legs;
}

static enum status store_calls(struct load *load, const struct rowbatch *batch)
{
	if (!forms_adopt(&load->forms, buf_view(&batch->masks), batch->added))
		return error_memory(&load->casefile->error);
	return batch->segment ? segment_writer_put(&load->calls, &batch->calls)
			      : STATUS_OK;
}

static enum status store_batch(struct load *load, const struct rowbatch *batch)
{
	enum status status = STATUS_OK;

	count(load, batch);
	for (size_t i = 0; i < batch->count && status == STATUS_OK; i++)
		status = batch->rows[i].kind == ROWBATCH_TAKEN
				 ? store(load, batch, i)
				 : reject(load, batch, &batch->rows[i]);
	if (status == STATUS_OK && load->plan.kind == KIND_CALL)
		status = store_calls(load, batch);
	return status;
}

static enum status look_around(const struct load *load, uint64_t done)
{
	char step[DUMP_SHOWN + 20];
	struct progress progress = { step, done, dump_total(load->dump),
				     load->source.read, true };

	(void)snprintf(step, sizeof(step), "ingest %s", dump_shown(load->dump));
	observer_progress(load->observer, &progress);
	return observer_interrupted(load->observer) ? STATUS_INTERRUPTED
						    : STATUS_OK;
}

/* Whether the rows taken so far are stored, and are enough to go on behind: a
 * segment, or as many rows of another kind. */
static bool is_whole(const struct load *load, const struct rowbatch *batch)
{
	if (load->plan.kind == KIND_CALL)
		return batch->segment;
	return load->source.read - load->whole_read >= SEGMENT_ROWS;
}

static enum status end_item(struct load *load, const struct rowbatch *batch)
{
	const struct load_place place = { batch->offset, batch->line, batch->done,
					  batch->header_due };

	if (batch->status != STATUS_OK || !is_whole(load, batch))
		return STATUS_OK;
	return load_checkpoint(load, &place);
}

/* Stores all batches; nothing else uses the dump meanwhile. */
static enum status take_batches(struct load *load, struct parse *parse)
{
	const struct rowbatch *batch = NULL;
	enum status status = STATUS_OK;

	while (status == STATUS_OK) {
		status = parse_next(parse, &batch, &load->casefile->error);
		if (status == STATUS_OK)
			status = look_around(load, batch->done);
		if (status == STATUS_OK)
			status = store_batch(load, batch);
		if (status == STATUS_OK)
			status = end_item(load, batch);
	}
	return status == STATUS_END ? STATUS_OK : status;
}

enum status load_rows(struct load *load)
{
	struct parse parse;
	enum status status = parse_open(&parse, &load->reader, &load->plan,
					load->dump, &load->forms,
					load->options->threads > 1,
					&load->casefile->error);

	parse.parser.header_due = load->header_due;
	if (status == STATUS_OK)
		status = take_batches(load, &parse);
	parse_close(&parse);
	return status;
}
