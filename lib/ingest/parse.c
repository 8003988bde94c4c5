/* SPDX-License-Identifier: Apache-2.0 */
/* From a reader to rows that were checked, in batches. */
#include "ingest/parse.h"

#include <string.h>

#include "base/thread.h"

static struct rowbatch *batch_at(struct parse *parse, uint64_t number)
{
	return &parse->batches[number % parse->batch_count];
}

/* ---- filling ---- */

static void tell_forms(struct parse *parse, struct rowbatch *batch)
{
	const struct forms *forms = &parse->parser.forms;

	memcpy(batch->added, forms->added, sizeof(batch->added));
	if (forms->masks.count > parse->told)
		forms_news(forms, parse->told, &batch->masks);
	parse->told = forms->masks.count;
}

/* A segment ends with the batch where it is full, and with the last one. */
static void end_segment(struct rowparser *parser, struct rowbatch *batch)
{
	batch->segment = segment_rows_full(&parser->calls) ||
			 (batch->status == STATUS_END && parser->calls.count > 0);
	if (!batch->segment)
		return;
	batch->calls = parser->calls;
	memset(&parser->calls, 0, sizeof(parser->calls));
}

static bool is_full(const struct rowparser *parser, const struct rowbatch *batch)
{
	return rowbatch_full(batch) ||
	       (parser->codes && segment_rows_full(&parser->calls));
}

static void fill(struct parse *parse, struct rowbatch *batch)
{
	struct rowparser *parser = &parse->parser;
	struct record record;
	enum status status = STATUS_OK;

	rowbatch_clear(batch);
	if (!rowparser_room(parser))
		parser->failed = true;
	while (status == STATUS_OK && !parser->failed && !is_full(parser, batch)) {
		status = reader_next(parse->reader, &record);
		if (status == STATUS_OK)
			rowparser_record(parser, &record, batch);
	}
	tell_forms(parse, batch);
	if (parser->failed || batch->bytes.failed || batch->masks.failed)
		status = error_memory(&parse->error);
	batch->line = parse->reader->line;
	batch->offset = parse->reader->offset;
	batch->header_due = parser->header_due;
	batch->done = parse->ahead.started ? ahead_done(&parse->ahead)
					   : dump_done(parse->dump);
	batch->status = status;
	if (parser->codes)
		end_segment(parser, batch);
}

/* Gives the parser memory for calls that was used before, where it needs some;
 * false: there will be. */
static bool lend_calls(struct parse *parse)
{
	struct rowparser *parser = &parse->parser;

	if (!parser->codes || parser->calls.values)
		return true;
	if (parse->spare_count == 0 && parse->lent == PARSE_SEGMENTS)
		return false;
	if (parse->spare_count > 0)
		parser->calls = parse->spare[--parse->spare_count];
	parse->lent++;
	return true;
}

/* Takes it back with a batch that is used no more. */
static void return_calls(struct parse *parse, struct rowbatch *batch)
{
	if (!batch->calls.values)
		return;
	segment_rows_clear(&batch->calls);
	parse->spare[parse->spare_count++] = batch->calls;
	memset(&batch->calls, 0, sizeof(batch->calls));
	parse->lent--;
}

/* ---- the thread ---- */

/* Waits for what the next batch needs; false: it is to stop. */
static bool wait_free(struct parse *parse)
{
	bool go;

	(void)pthread_mutex_lock(&parse->lock);
	/* The last taken is in use until the next is. */
	while (!parse->stopping &&
	       (parse->filled >= parse->taken + parse->batch_count - 1 ||
		!lend_calls(parse)))
		(void)pthread_cond_wait(&parse->changed, &parse->lock);
	go = !parse->stopping;
	(void)pthread_mutex_unlock(&parse->lock);
	return go;
}

static void *work(void *context)
{
	struct parse *parse = context;
	uint64_t number = parse->filled;
	enum status status = STATUS_OK;

	for (; status == STATUS_OK && wait_free(parse); number++) {
		struct rowbatch *batch = batch_at(parse, number);

		fill(parse, batch);
		status = batch->status;
		(void)pthread_mutex_lock(&parse->lock);
		parse->filled++;
		(void)pthread_cond_signal(&parse->changed);
		(void)pthread_mutex_unlock(&parse->lock);
	}
	return NULL;
}

static bool prepare(struct parse *parse)
{
	if (pthread_mutex_init(&parse->lock, NULL) != 0)
		return false;
	if (pthread_cond_init(&parse->changed, NULL) == 0)
		return true;
	(void)pthread_mutex_destroy(&parse->lock);
	return false;
}

enum status parse_open(struct parse *parse, struct reader *reader,
		       const struct plan *plan, struct dump *dump,
		       const struct forms *forms, bool threaded,
		       struct error *error)
{
	memset(parse, 0, sizeof(*parse));
	parse->reader = reader;
	parse->dump = dump;
	parse->batch_count = plan->kind == KIND_CALL ? PARSE_CALL_BATCHES
						     : PARSE_BATCHES;
	/* Errors of the reader must not meet those of who stores the rows. */
	reader->error = &parse->error;
	if (!rowparser_open(&parse->parser, reader, plan, forms))
		return error_memory(error);
	parse->told = parse->parser.forms.masks.count;
	for (size_t i = 0; i < parse->batch_count; i++)
		rowbatch_init(&parse->batches[i], &plan->mapping);
	if (threaded)
		parse->threaded = prepare(parse);
	return STATUS_OK;
}

static void stop(struct parse *parse)
{
	ahead_cancel(&parse->ahead);
	(void)pthread_mutex_lock(&parse->lock);
	parse->stopping = true;
	(void)pthread_cond_signal(&parse->changed);
	(void)pthread_mutex_unlock(&parse->lock);
	(void)pthread_join(parse->thread, NULL);
}

void parse_close(struct parse *parse)
{
	if (parse->started)
		stop(parse);
	if (parse->ahead.started) {
		ahead_stop(&parse->ahead);
		parse->reader->input = parse->input;
	}
	if (parse->threaded) {
		(void)pthread_cond_destroy(&parse->changed);
		(void)pthread_mutex_destroy(&parse->lock);
	}
	for (size_t i = 0; i < parse->batch_count; i++)
		rowbatch_release(&parse->batches[i]);
	for (size_t i = 0; i < parse->spare_count; i++)
		segment_rows_release(&parse->spare[i]);
	rowparser_release(&parse->parser);
	memset(parse, 0, sizeof(*parse));
}

/* ---- taking ---- */

/* Gives back the batch taken last, if any, and waits for the next. */
static const struct rowbatch *wait_filled(struct parse *parse)
{
	const struct rowbatch *batch;

	(void)pthread_mutex_lock(&parse->lock);
	return_calls(parse, batch_at(parse, parse->taken - 1));
	batch = batch_at(parse, parse->taken++);
	(void)pthread_cond_signal(&parse->changed);
	while (parse->filled < parse->taken)
		(void)pthread_cond_wait(&parse->changed, &parse->lock);
	(void)pthread_mutex_unlock(&parse->lock);
	return batch;
}

/* The same where there is no thread to wait for. */
static const struct rowbatch *fill_next(struct parse *parse)
{
	struct rowbatch *batch = batch_at(parse, parse->taken);

	if (parse->taken > 0)
		return_calls(parse, batch_at(parse, parse->taken - 1));
	(void)lend_calls(parse);
	fill(parse, batch);
	parse->filled++;
	parse->taken++;
	return batch;
}

/* Most files are one batch, which is filled before a thread starts. */
static void start(struct parse *parse)
{
	const struct input ahead = { ahead_read, &parse->ahead };

	parse->input = parse->reader->input;
	if (ahead_start(&parse->ahead, parse->dump))
		parse->reader->input = ahead;
	parse->started = thread_start(&parse->thread, work, parse);
}

enum status parse_next(struct parse *parse, const struct rowbatch **batch,
		       struct error *error)
{
	const struct rowbatch *last = NULL;

	if (parse->taken > 0)
		last = batch_at(parse, parse->taken - 1);
	if (last && last->status != STATUS_OK) {
		if (last->status != STATUS_END)
			*error = parse->error;
		return last->status;
	}
	if (parse->taken == 1 && parse->threaded)
		start(parse);
	*batch = parse->started ? wait_filled(parse) : fill_next(parse);
	return STATUS_OK;
}
