/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks are read, parsed by several threads at once, joined in order, and packed
 * by several again; another thread stores what comes of them. */
#include "ingest/parse/parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "base/thread/thread.h"
#include "ingest/parse/batch_queue.h"
#include "ingest/parse/blocks.h"
#include "ingest/parse/resync.h"
#include "ingest/parse/row_sink.h"
#include "ingest/parse/segment_fill.h"
#include "ingest/parse/segment_pool.h"

/* Blocks on their way: enough that while a thread packs a segment another has
 * something to parse. */
#define ITEMS 8
#define ITEMS_A_THREAD 2
#define ITEMS_MOST 32

struct item {
	struct block block;
	struct batch batch;
	bool failed;                /* no memory, or stopped */
	const struct raw_segment *unpacked; /* the first that could not be */
};

struct worker {
	struct row_sink parser;
	int64_t *column;            /* room to pack in */
};

struct parse {
	const struct parse_settings *settings;
	bool codes;                 /* the rows are calls */
	struct blocks blocks;
	struct segment_pool pool;
	struct resync resync;
	struct segment_fill segments;
	struct worker workers[PIPELINE_WORKERS];
	unsigned worker_count;
	struct item items[ITEMS_MOST];
	size_t item_count;
	bool ended;                 /* the last block was filled */
	struct error error;         /* of the dump, or no memory */
	parse_take *take;
	void *context;
	enum status taken;          /* what take said last */
	struct batch_queue queue;   /* where it is called on another thread */
	pthread_t thread;
	enum status status;         /* of the pipeline on the thread */
};

/* ---- the steps of a block ---- */

static enum status fill(void *context, void *item)
{
	struct parse *parse = context;
	struct block *block = &((struct item *)item)->block;
	enum status status;

	if (parse->ended)
		return STATUS_END;
	status = blocks_next(&parse->blocks, block, &parse->error);
	parse->ended = status != STATUS_OK || block->last;
	return status;
}

static void work(void *context, void *item, unsigned worker)
{
	struct parse *parse = context;
	struct item *it = item;
	struct row_sink *parser = &parse->workers[worker].parser;
	struct batch *batch = &it->batch;

	batch_clear(batch);
	batch->last = it->block.last;
	batch->done = it->block.done;
	if (parse->codes)
		batch->calls = segment_pool_rows(&parse->pool);
	it->unpacked = NULL;
	it->failed = parse->codes && !batch->calls;
	if (it->failed)
		return;
	reader_place(&parser->reader, it->block.offset, 0);
	parser->header_due = it->block.first && parse->settings->header_due;
	it->failed = !row_sink_text(parser, it->block.bytes, it->block.len,
				     it->block.last, batch);
}

static void merge(void *context, void *item, unsigned worker)
{
	struct parse *parse = context;
	struct item *it = item;
	/* What a parser has not met it learns as it merges. */
	struct row_sink *parser = &parse->workers[worker].parser;
	const uint64_t first_line = parse->resync.line;

	if (it->failed)
		return;
	it->failed = !resync_join(&parse->resync, &it->block, &it->batch, &parser) ||
		     (parse->codes && !segment_fill_batch(&parse->segments, parser,
						    &it->batch, first_line));
}

/* Packs the segments that end in the block. */
static void finish(void *context, void *item, unsigned worker)
{
	struct parse *parse = context;
	struct item *it = item;

	for (size_t i = 0; i < it->batch.segment_count; i++) {
		struct pool_segment *segment = it->batch.segments[i];

		if (!segment_pack_found(&segment->raw, segment->pieces,
					segment->piece_count, &segment->heap,
					parse->workers[worker].column) &&
		    !it->unpacked)
			it->unpacked = &segment->raw;
		segment_pool_return_pieces(&parse->pool, segment);
	}
	segment_pool_return(&parse->pool, it->batch.calls);
	it->batch.calls = NULL;
}

/* Has a batch stored, and its segments used again. */
static enum status store(struct parse *parse, struct batch *batch)
{
	parse->taken = parse->take(parse->context, batch);
	for (size_t i = 0; i < batch->segment_count; i++)
		segment_pool_return_segment(&parse->pool, batch->segments[i]);
	batch->segment_count = 0;
	return parse->taken;
}

static enum status take_item(void *context, void *item)
{
	struct parse *parse = context;
	struct item *it = item;

	if (it->failed)
		return error_memory(&parse->error);
	if (it->unpacked)
		return segment_pack_failed(it->unpacked, &parse->error);
	if (parse->settings->number)
		parse->settings->number(parse->context, &it->batch);
	return parse->queue.open ? batch_queue_give(&parse->queue, &it->batch)
				    : store(parse, &it->batch);
}

/* ---- all of it ---- */

static bool open_workers(struct parse *parse)
{
	const struct parse_settings *settings = parse->settings;
	bool good = true;

	while (good && parse->worker_count < settings->threads &&
	       parse->worker_count < PIPELINE_WORKERS) {
		struct worker *worker = &parse->workers[parse->worker_count++];

		worker->column = memory_array(NULL, SEGMENT_ROWS,
					      sizeof(*worker->column));
		good = worker->column &&
		       row_sink_open(&worker->parser, settings->plan);
	}
	return good;
}

static bool open_items(struct parse *parse)
{
	const struct parse_settings *settings = parse->settings;
	const size_t wanted = settings->threads > 1
				      ? ITEMS + ITEMS_A_THREAD * settings->threads
				      : 1;
	bool good = true;

	for (; good && parse->item_count < wanted && parse->item_count < ITEMS_MOST;
	     parse->item_count++) {
		struct item *item = &parse->items[parse->item_count];

		batch_init(&item->batch, &settings->plan->mapping);
		item->block.bytes = memory_array(
			NULL, settings->block + READER_BEHIND, 1);
		good = item->block.bytes != NULL;
	}
	return good;
}

static bool open_all(struct parse *parse)
{
	const struct parse_settings *s = parse->settings;

	return blocks_open(&parse->blocks, s->reader, s->dump, s->block) &&
	       resync_open(&parse->resync, s->plan, s->reader, s->header_due,
			 s->block) &&
	       (!parse->codes || (segment_pool_open(&parse->pool, &s->plan->mapping) &&
				  segment_fill_open(&parse->segments, &parse->pool,
					      s->forms))) &&
	       open_workers(parse) && open_items(parse);
}

static void close_all(struct parse *parse)
{
	for (size_t i = 0; i < parse->item_count; i++) {
		batch_release(&parse->items[i].batch);
		free(parse->items[i].block.bytes);
	}
	for (unsigned i = 0; i < parse->worker_count; i++) {
		row_sink_release(&parse->workers[i].parser);
		free(parse->workers[i].column);
	}
	batch_queue_close(&parse->queue);
	segment_fill_close(&parse->segments);
	segment_pool_close(&parse->pool);
	resync_close(&parse->resync);
	blocks_close(&parse->blocks);
}

static enum status run(struct parse *parse)
{
	const struct pipeline steps = { parse, fill, work, merge, finish, take_item };
	void *items[ITEMS_MOST];

	for (size_t i = 0; i < parse->item_count; i++)
		items[i] = &parse->items[i];
	return pipeline_run_loose(&steps, items, parse->item_count,
				  parse->settings->threads);
}

static void *run_apart(void *context)
{
	struct parse *parse = context;

	parse->status = run(parse);
	batch_queue_end(&parse->queue);
	return NULL;
}

/* Stores what comes of the thread. */
static enum status store_all(struct parse *parse)
{
	struct batch *batch;
	enum status status = STATUS_OK;

	while (status == STATUS_OK &&
	       (batch = batch_queue_take(&parse->queue)) != NULL) {
		status = store(parse, batch);
		batch_queue_release(&parse->queue);
	}
	batch_queue_stop(&parse->queue);
	segment_pool_stop(&parse->pool);
	(void)pthread_join(parse->thread, NULL);
	return status == STATUS_OK ? parse->status : status;
}

static enum status run_all(struct parse *parse)
{
	const struct parse_settings *settings = parse->settings;

	if (settings->threads > 1 &&
	    batch_queue_open(&parse->queue, &settings->plan->mapping)) {
		if (thread_start(&parse->thread, run_apart, parse))
			return store_all(parse);
		batch_queue_close(&parse->queue);
	}
	return run(parse);
}

enum status parse_run(const struct parse_settings *settings, parse_take *take,
		      void *context, struct error *error)
{
	struct parse *parse = calloc(1, sizeof(*parse));
	enum status status;

	if (!parse)
		return error_memory(error);
	parse->settings = settings;
	parse->codes = settings->plan->kind == KIND_CALL;
	parse->take = take;
	parse->context = context;
	status = open_all(parse) ? run_all(parse) : error_memory(&parse->error);
	if (status != STATUS_OK && parse->taken == STATUS_OK)
		*error = parse->error;
	close_all(parse);
	free(parse);
	return status;
}
