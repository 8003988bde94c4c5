/* SPDX-License-Identifier: Apache-2.0 */
/* From a reader to rows that were checked, in batches. */
#include "ingest/parse.h"

#include <stdio.h>
#include <string.h>

#include "base/thread.h"

/* ---- rows ---- */

static void reject(struct parse *parse, struct rowbatch *batch,
		   struct record *record, struct verdict verdict, struct text value)
{
	/* What follows an open quote may be sound rows. */
	reader_retreat(parse->reader, record);
	rowbatch_reject(batch, record, verdict.role, verdict.reason, value);
}

/* A row that is refused as a whole. */
static void reject_row(struct parse *parse, struct rowbatch *batch,
		       struct record *record, const char *reason)
{
	struct verdict verdict = { -1, reason, false };
	struct text none = { "", 0 };

	reject(parse, batch, record, verdict, none);
}

static void reject_width(struct parse *parse, struct rowbatch *batch,
			 struct record *record)
{
	const struct span *width = &parse->plan->width;
	const char *plural = record->count == 1 ? "" : "s";
	char reason[120];

	if (parse->plan->header)
		(void)snprintf(reason, sizeof(reason),
			       "has %zu field%s where the header has %zu",
			       record->count, plural, width->most);
	else if (width->least == width->most)
		(void)snprintf(reason, sizeof(reason),
			       "has %zu field%s where most rows have %zu",
			       record->count, plural, width->most);
	else
		(void)snprintf(reason, sizeof(reason),
			       "has %zu field%s where the profile knows %zu to %zu",
			       record->count, plural, width->least, width->most);
	reject_row(parse, batch, record, reason);
}

/* Files that were put together have their header again. */
static bool is_header(const struct parse *parse, const struct record *record)
{
	const struct sample_row *header = parse->plan->header;

	if (!header || record->count != header->count)
		return false;
	for (size_t i = 0; i < record->count; i++)
		if (!text_equal(record->fields[i], header->fields[i]))
			return false;
	return true;
}

static bool is_leg(const struct parse *parse, const struct record *record)
{
	const struct profile *profile = &parse->plan->profile;

	return profile->legs >= 0 && span_has(&profile->legs_width, record->count);
}

/* A record that is a row. */
static void parse_row(struct parse *parse, struct record *record,
		      struct rowbatch *batch)
{
	struct text values[ROLES_MOST];
	struct verdict verdict;

	if (mapping_apply(&parse->plan->mapping, record->fields, record->count,
			  values) != STATUS_OK) {
		reject_row(parse, batch, record,
			   "a pattern of the profile does not come to an end");
		return;
	}
	verdict = checker_row(&parse->checker, values);
	if (verdict.role >= 0)
		reject(parse, batch, record, verdict, values[verdict.role]);
	else
		rowbatch_take(batch, record, values, verdict.local_time,
			   is_leg(parse, record));
}

static void parse_record(struct parse *parse, struct record *record,
			 struct rowbatch *batch)
{
	if (record->blank)
		rowbatch_skip(batch);
	else if (record->reason)
		reject_row(parse, batch, record, record->reason);
	else if (parse->header_due)
		parse->header_due = false;
	else if (is_header(parse, record))
		rowbatch_skip(batch);
	else if (!span_has(&parse->plan->width, record->count))
		reject_width(parse, batch, record);
	else
		parse_row(parse, record, batch);
}

static void fill(struct parse *parse, struct rowbatch *batch)
{
	struct record record;
	enum status status = STATUS_OK;

	rowbatch_clear(batch);
	while (status == STATUS_OK && !rowbatch_full(batch)) {
		status = reader_next(parse->reader, &record);
		if (status == STATUS_OK)
			parse_record(parse, &record, batch);
	}
	if (batch->bytes.failed)
		status = error_memory(&parse->error);
	batch->done = dump_done(parse->dump);
	batch->status = status;
}

/* ---- the thread ---- */

static struct rowbatch *batch_at(struct parse *parse, uint64_t number)
{
	return &parse->batches[number % PARSE_BATCHES];
}

/* Waits for a free batch; false: it is to stop. */
static bool wait_free(struct parse *parse)
{
	bool go;

	(void)pthread_mutex_lock(&parse->lock);
	/* The last taken is in use until the next is. */
	while (!parse->stopping && parse->filled >= parse->taken + PARSE_BATCHES - 1)
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
		       const struct plan *plan, const struct dump *dump,
		       bool threaded, struct error *error)
{
	memset(parse, 0, sizeof(*parse));
	parse->reader = reader;
	parse->plan = plan;
	parse->dump = dump;
	parse->header_due = plan->header != NULL;
	checker_init(&parse->checker, &plan->mapping);
	/* Errors of the reader must not meet those of who stores the rows. */
	reader->error = &parse->error;
	for (size_t i = 0; i < PARSE_BATCHES; i++)
		if (!rowbatch_open(&parse->batches[i], &plan->mapping))
			return error_memory(error);
	if (threaded)
		parse->threaded = prepare(parse);
	return STATUS_OK;
}

void parse_close(struct parse *parse)
{
	if (parse->started) {
		(void)pthread_mutex_lock(&parse->lock);
		parse->stopping = true;
		(void)pthread_cond_signal(&parse->changed);
		(void)pthread_mutex_unlock(&parse->lock);
		(void)pthread_join(parse->thread, NULL);
	}
	if (parse->threaded) {
		(void)pthread_cond_destroy(&parse->changed);
		(void)pthread_mutex_destroy(&parse->lock);
	}
	for (size_t i = 0; i < PARSE_BATCHES; i++)
		rowbatch_release(&parse->batches[i]);
	memset(parse, 0, sizeof(*parse));
}

/* Waits until the next batch is filled, and takes it. */
static const struct rowbatch *wait_filled(struct parse *parse)
{
	const struct rowbatch *batch;

	(void)pthread_mutex_lock(&parse->lock);
	batch = batch_at(parse, parse->taken++);
	(void)pthread_cond_signal(&parse->changed);
	while (parse->filled < parse->taken)
		(void)pthread_cond_wait(&parse->changed, &parse->lock);
	(void)pthread_mutex_unlock(&parse->lock);
	return batch;
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
	/* Most files are one batch, which is filled before a thread starts. */
	if (parse->taken == 1 && parse->threaded)
		parse->started = thread_start(&parse->thread, work, parse);
	if (parse->started) {
		*batch = wait_filled(parse);
		return STATUS_OK;
	}
	*batch = batch_at(parse, parse->taken++);
	fill(parse, batch_at(parse, parse->filled++));
	return STATUS_OK;
}
