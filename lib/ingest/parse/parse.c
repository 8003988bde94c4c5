/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks are read, parsed by several threads at once, joined in order, and packed
 * by several again; another thread stores what comes of them. */
#include "ingest/parse/parse.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "base/thread/thread.h"
#include "ingest/encoding/encoding.h"
#include "ingest/parse/batch_queue.h"
#include "ingest/parse/blocks.h"
#include "ingest/parse/next.h"
#include "ingest/parse/resync.h"
#include "ingest/parse/segment_fill.h"
#include "ingest/parse/segment_pool.h"
#include "ingest/parse/shared.h"
#include "ingest/parse/row/sinks.h"
#include "ingest/plan/plan.h"

/* Blocks on their way: enough that while a thread packs a segment another has
 * something to parse. */
#define ITEMS 8
#define ITEMS_A_THREAD 2
#define ITEMS_MOST 32

struct item {
	struct block block;
	struct waiting waiting;           /* instead, where rows come one by one */
	struct batch batch;
	bool failed;                /* no memory, or stopped */
	const struct raw_segment *unpacked; /* the first that could not be */
};

struct worker {
	struct parser *parser;
	struct sinks *sinks;        /* own, or shared */
	int64_t *column;            /* room to pack in; the same */
	struct sinks own_sinks;
	int64_t *own_column;
};

struct parse {
	const struct parse_settings *settings;
	const struct format *format;
	struct blocks blocks;
	struct segment_pool *pool;  /* own, or shared */
	struct segment_fill *segments;
	struct segment_pool own_pool;
	struct segment_fill own_segments;
	struct resync resync;
	struct worker workers[PIPELINE_WORKERS];
	unsigned worker_count;
	struct item items[ITEMS_MOST];
	size_t item_count;
	bool ended;                 /* the last block was filled */
	struct next next;           /* where rows come one by one */
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
	struct item *it = item;
	enum status status;

	if (parse->ended)
		return STATUS_END;
	it->failed = false;
	it->unpacked = NULL;
	it->block.number = parse->settings->member;
	if (parse->format->next)
		status = next_fill(&parse->next, &it->batch, &it->waiting, &parse->error);
	else
		status = blocks_next(&parse->blocks, &it->block, &parse->error);
	parse->ended = status != STATUS_OK ||
		       (parse->format->next ? it->batch.last : it->block.last);
	return status;
}

/* A block without rows. */
static void pass_over(const struct block *block, struct batch *batch)
{
	const struct text state = buf_view(&block->state);

	batch->line = 0;
	for (size_t i = 0; i < block->len; i++)
		batch->line += block->bytes[i] == '\n';
	batch->place = block->place + (block->encoding ? encoding_bytes(block->encoding, block->bytes, block->len)
						       : block->len);
	batch->offset = block->offset + block->len;
	buf_add(&batch->state, state.data, state.len);
}

/* Room for the calls of a batch, if its rows are calls. */
static bool open_calls(struct parse *parse, struct batch *batch, const struct plan *plan)
{
	if (!plan || plan->kind != KIND_CALL)
		return true;
	batch->calls = segment_pool_rows(parse->pool, &plan->mapping);
	if (batch->calls && parse->settings->shared)
		segment_rows_members(&batch->calls->rows);
	return batch->calls != NULL;
}

static bool parse_block(struct parse *parse, struct worker *worker,
			struct item *item)
{
	const struct block *block = &item->block;
	const struct plan *plan = block->stream->plan;
	struct batch *batch = &item->batch;
	struct row_sink *sink = NULL;

	if (plan) {
		sink = sinks_of(worker->sinks, block->stream);
		if (!sink)
			return false;
	}
	return open_calls(parse, batch, plan) &&
	       resync_parse(parse->format, worker->parser, sink, block, batch);
}

static bool put_waiting(struct parse *parse, struct worker *worker, struct item *item)
{
	struct batch *batch = &item->batch;
	struct row_sink *sink = sinks_of(worker->sinks, batch->stream);

	return sink && open_calls(parse, batch, batch->stream->plan) &&
	       next_put(&item->waiting, batch, sink);
}

/* What is shared goes on to the next member, whose thread is another. */
static void hand_over(const struct parse *parse, const struct worker *worker)
{
	if (worker->parser && parse->format->parser_hand_over)
		parse->format->parser_hand_over(worker->parser);
	sinks_hand_over(worker->sinks);
}

static bool work_on(struct parse *parse, struct worker *worker, struct item *it)
{
	if (parse->format->next)
		return !it->batch.stream || put_waiting(parse, worker, it);
	batch_begin(&it->batch, it->block.stream);
	it->batch.last = it->block.last;
	it->batch.done = it->block.done;
	if (it->block.stream)
		return parse_block(parse, worker, it);
	pass_over(&it->block, &it->batch);
	return true;
}

static void work(void *context, void *item, unsigned worker)
{
	struct parse *parse = context;
	struct item *it = item;

	it->failed = !work_on(parse, &parse->workers[worker], it);
	hand_over(parse, &parse->workers[worker]);
}

/* What a sink has not met it learns as it merges. */
static bool merge_in(struct parse *parse, const struct worker *worker, struct item *it)
{
	struct batch *batch = &it->batch;
	struct row_sink *sink = batch->calls ? sinks_of(worker->sinks, batch->stream) : NULL;
	const uint64_t first_line = parse->format->next ? 0 : parse->resync.line;

	return (!batch->calls || sink) &&
	       (parse->format->next || resync_join(&parse->resync, &it->block, batch, &sink)) &&
	       segment_fill_batch(parse->segments, sink, batch, first_line);
}

static void merge(void *context, void *item, unsigned worker)
{
	struct parse *parse = context;
	struct item *it = item;

	if (it->failed)
		return;
	it->failed = !merge_in(parse, &parse->workers[worker], it);
	hand_over(parse, &parse->workers[worker]);
}

/* Packs the segments that end in the block. */
static void finish(void *context, void *item, unsigned worker)
{
	struct parse *parse = context;
	struct item *it = item;

	it->unpacked = segments_pack(parse->pool, &it->batch,
				     parse->workers[worker].column);
	segment_pool_return(parse->pool, it->batch.calls);
	it->batch.calls = NULL;
}

/* Has a batch stored, and its segments used again. */
static enum status store(struct parse *parse, struct batch *batch)
{
	parse->taken = parse->take(parse->context, batch);
	segments_return(parse->pool, batch);
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

/* One worker at a time may use what is shared. */
static bool open_worker(struct parse *parse, struct worker *worker)
{
	const struct layout *layout = parse->settings->layout;
	struct parse_shared *shared = parse->settings->shared;

	if (shared && worker == &parse->workers[0]) {
		worker->sinks = &shared->sinks;
		worker->column = shared->column;
		worker->parser = parse_shared_parser(shared, layout);
	} else {
		worker->sinks = &worker->own_sinks;
		worker->own_column = memory_array(NULL, SEGMENT_ROWS,
						  sizeof(*worker->own_column));
		worker->column = worker->own_column;
	}
	if (!worker->parser && !parse->format->next)
		worker->parser = parse->format->parser_new(layout);
	return worker->column && (worker->parser || parse->format->next);
}

static bool open_workers(struct parse *parse)
{
	bool good = true;

	while (good && parse->worker_count < parse->settings->threads &&
	       parse->worker_count < PIPELINE_WORKERS)
		good = open_worker(parse, &parse->workers[parse->worker_count++]);
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

		if (parse->format->next)
			continue;
		item->block.bytes = memory_array(
			NULL, settings->block + BLOCK_BEHIND, 1);
		good = item->block.bytes != NULL;
	}
	return good;
}

/* Where the rows come from. */
static bool open_input(struct parse *parse)
{
	const struct parse_settings *s = parse->settings;

	if (parse->format->next) {
		next_open(&parse->next, s->layout, s->dump, s->offset, s->line);
		return true;
	}
	resync_open(&parse->resync, s->layout, s->line, s->offset, s->block);
	return blocks_open(&parse->blocks, s->layout, s->dump, s->offset, s->block);
}

static bool open_segments(struct parse *parse)
{
	struct parse_shared *shared = parse->settings->shared;

	parse->pool = shared ? &shared->pool : &parse->own_pool;
	parse->segments = shared ? &shared->segments : &parse->own_segments;
	if (!shared)
		return segment_pool_open(parse->pool) &&
		       segment_fill_open(parse->segments, parse->pool,
					 parse->settings->forms);
	segment_fill_share(parse->segments, parse->settings->few);
	return true;
}

static bool open_all(struct parse *parse)
{
	return open_segments(parse) && open_input(parse) && open_workers(parse) &&
	       open_items(parse);
}

static void close_workers(struct parse *parse)
{
	struct parse_shared *shared = parse->settings->shared;

	for (unsigned i = 0; i < parse->worker_count; i++) {
		struct worker *worker = &parse->workers[i];

		if (worker->parser && shared && i == 0)
			parse_shared_keep(shared, parse->settings->layout, worker->parser);
		else if (worker->parser)
			parse->format->parser_free(worker->parser);
		sinks_release(&worker->own_sinks);
		free(worker->own_column);
	}
}

static void close_all(struct parse *parse)
{
	for (size_t i = 0; i < parse->item_count; i++) {
		batch_release(&parse->items[i].batch);
		waiting_release(&parse->items[i].waiting);
		buf_release(&parse->items[i].block.state);
		free(parse->items[i].block.bytes);
	}
	close_workers(parse);
	batch_queue_close(&parse->queue);
	segment_fill_close(&parse->own_segments);
	next_close(&parse->next);
	segment_pool_close(&parse->own_pool);
	if (parse->settings->shared)
		sinks_hand_over(&parse->settings->shared->sinks);
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
	dump_hand_over(parse->settings->dump);
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
	segment_pool_stop(parse->pool);
	(void)pthread_join(parse->thread, NULL);
	segment_pool_go_on(parse->pool);
	return status == STATUS_OK ? parse->status : status;
}

static enum status run_all(struct parse *parse)
{
	const struct parse_settings *settings = parse->settings;

	if (settings->threads > 1 &&
	    batch_queue_open(&parse->queue)) {
		dump_hand_over(settings->dump);
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
	parse->format = settings->layout->format;
	parse->take = take;
	parse->context = context;
	status = open_all(parse) ? run_all(parse) : error_memory(&parse->error);
	if (status != STATUS_OK && parse->taken == STATUS_OK)
		*error = parse->error;
	close_all(parse);
	free(parse);
	return status;
}
