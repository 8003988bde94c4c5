/* SPDX-License-Identifier: Apache-2.0 */
/* The segments that are asked for, read ahead on several threads and given in order. The
 * thread of the case fetches; whoever is free decodes. */
#include "casefile/sqlite/call_ahead.h"

#include <stdlib.h>
#include <string.h>

#include "base/thread/thread.h"
#include "casefile/segment/delta.h"
#include "casefile/sqlite/text/call_text.h"

static struct call_item *item_of(const struct call_ahead *ahead, uint64_t number)
{
	return ahead->items[number % CALL_ITEMS];
}

/* ---- on any thread ---- */

static bool digest_holds(const struct raw_segment *raw, const struct raw_layer *layer, const char *said,
			 struct call_item *item)
{
	char hex[DIGEST_HEX];

	if (raw_segment_digest(raw, layer, hex))
		return strcmp(hex, said) == 0;
	item->status = STATUS_FAILED;
	return true;
}

/* Whether what was fetched is what was stored; *differs tells where not. */
static void prove(struct call_item *item)
{
	const struct raw_segment *raw = &item->raw;
	const struct call_choice *choice = &item->choice;

	if (item->proof == CALL_CHECKED) {
		if (!segment_checks_hold(choice->checks, raw, item->found, 0))
			item->differs = "found";
		else if (!segment_checks_hold(choice->checks, raw, 0, item->understood))
			item->differs = "understood";
	} else if (item->proof == CALL_PROVED) {
		if (!digest_holds(raw, &raw->found, choice->found, item))
			item->differs = "found";
		else if (item->understood && !digest_holds(raw, &raw->understood, choice->understood, item))
			item->differs = "understood";
	}
}

static void work(const struct call_ahead *ahead, struct call_item *item)
{
	item->status = STATUS_OK;
	item->differs = NULL;
	prove(item);
	if (item->status != STATUS_OK || item->differs)
		return;
	item->status = item->any ? call_match_any(&item->rows, &item->raw, &ahead->ask)
				 : call_match(&item->rows, &item->raw, &ahead->ask);
}

/* Under the lock: the first item that waits is at work from now on; NULL: none waits. */
static struct call_item *begin_item(const struct call_ahead *ahead)
{
	for (uint64_t n = ahead->given; n < ahead->filled; n++) {
		struct call_item *item = item_of(ahead, n);

		if (item->stage == CALL_WAITS) {
			item->stage = CALL_AT_WORK;
			return item;
		}
	}
	return NULL;
}

/* Under the lock, which is let go meanwhile. */
static void do_item(struct call_ahead *ahead, struct call_item *item)
{
	(void)pthread_mutex_unlock(&ahead->lock);
	work(ahead, item);
	(void)pthread_mutex_lock(&ahead->lock);
	item->stage = CALL_DONE;
	(void)pthread_cond_broadcast(&ahead->done);
}

static void *run(void *context)
{
	struct call_ahead *ahead = context;

	(void)pthread_mutex_lock(&ahead->lock);
	while (!ahead->stopping) {
		struct call_item *item = begin_item(ahead);

		if (item)
			do_item(ahead, item);
		else
			(void)pthread_cond_wait(&ahead->work, &ahead->lock);
	}
	(void)pthread_mutex_unlock(&ahead->lock);
	return NULL;
}

/* ---- fetching ---- */

/* Whether the checks tell of all these columns. */
static bool have_checks(const struct call_choice *choice, uint64_t found, uint64_t understood)
{
	return choice->checked && !(found & ~segment_checks_known(choice->checks)) &&
	       !(understood & ~segment_checks_known(choice->checks + SEGMENT_CHECK_READ));
}

/* Fetches these columns of an item, or all of them where only that proves them. */
static enum status fetch(struct call_ahead *ahead, struct call_item *item, uint64_t found, uint64_t understood)
{
	const struct call_choice *choice = &item->choice;
	const uint64_t stored = delta_stored(understood);
	const uint64_t needs = choice->checked ? found | segment_checks_needs(choice->checks, understood) : found;
	enum status status;

	item->proof = CALL_PROVED;
	if (segment_proof_has(ahead->proof, choice->id, understood != 0))
		item->proof = CALL_TRUSTED;
	else if (have_checks(choice, needs, stored))
		item->proof = CALL_CHECKED;
	item->found = item->proof == CALL_PROVED ? SEGMENT_ALL : needs;
	item->understood = item->proof == CALL_PROVED && understood ? SEGMENT_ALL : stored;
	ahead->fetch.found_wanted = item->proof == CALL_PROVED ? SEGMENT_ALL : found;
	ahead->fetch.understood_wanted = item->proof == CALL_PROVED && understood ? SEGMENT_ALL : understood;
	segment_proof_read(ahead->proof, choice->id);
	status = segment_fetch_seek(&ahead->fetch, choice->id, &item->raw);
	return status == STATUS_END ? segment_decode_failed(ahead->casefile, choice->id, STATUS_INTEGRITY) : status;
}

/* Of a segment of which nothing is asked only how many rows it has is known. */
static void fetch_nothing(struct call_item *item)
{
	raw_segment_clear(&item->raw);
	item->raw.id = item->choice.id;
	item->raw.source = item->choice.source;
	item->raw.rows = item->choice.rows;
	item->found = item->understood = 0;
	item->proof = CALL_TRUSTED;
}

/* Once there are rows that match, or where it is sure. */
static enum status fetch_all(struct call_ahead *ahead, struct call_item *item)
{
	const uint64_t understood = ahead->ask.understood | call_ask_conditions(&ahead->ask);
	const uint64_t found = ahead->ask.found | call_text_columns(&ahead->ask);

	item->any = false;
	if (found || understood)
		return fetch(ahead, item, found, understood);
	fetch_nothing(item);
	return STATUS_OK;
}

/* The columns of conditions come first, where others would be fetched for nothing. */
static enum status fetch_first(struct call_ahead *ahead, struct call_item *item)
{
	const uint64_t conditions = call_ask_conditions(&ahead->ask), texts = call_text_columns(&ahead->ask);
	const bool others = (ahead->ask.found & ~texts) || (ahead->ask.understood & ~conditions);

	item->unfetched = false;
	if ((!conditions && !texts) || !others || item->choice.sure)
		return fetch_all(ahead, item);
	item->any = true;
	return fetch(ahead, item, texts, conditions);
}

static void give_work(struct call_ahead *ahead, struct call_item *item)
{
	(void)pthread_mutex_lock(&ahead->lock);
	item->stage = CALL_WAITS;
	if (item == item_of(ahead, ahead->filled))
		ahead->filled++;
	(void)pthread_cond_signal(&ahead->work);
	(void)pthread_mutex_unlock(&ahead->lock);
}

/* What fails is told once all before it is given. */
static void fail(struct call_ahead *ahead, enum status status)
{
	ahead->ended = true;
	ahead->failed = status == STATUS_END ? STATUS_OK : status;
	ahead->error = ahead->casefile->error;
}

static struct call_item *free_item(struct call_ahead *ahead)
{
	struct call_item **item = &ahead->items[ahead->filled % CALL_ITEMS];

	if (!*item)
		*item = calloc(1, sizeof(**item));
	return *item;
}

static void fill(struct call_ahead *ahead)
{
	while (!ahead->ended && ahead->filled - ahead->given < ahead->depth) {
		struct call_item *item = free_item(ahead);
		enum status status = item ? call_chooser_next(&ahead->chooser, &ahead->ask, &item->choice)
					  : error_memory(&ahead->casefile->error);

		if (status == STATUS_OK)
			status = fetch_first(ahead, item);
		if (status == STATUS_OK)
			give_work(ahead, item);
		else
			fail(ahead, status);
	}
}

/* ---- giving ---- */

/* Whether an item waits for the rest of its columns. */
static bool wants_more(const struct call_item *item)
{
	return item->stage == CALL_DONE && item->any && item->status == STATUS_OK && !item->differs &&
	       item->rows.segment.rows > 0;
}

/* Fetches for the items of which it is known by now that they have rows; what fails is
 * their own. */
static void fetch_more(struct call_ahead *ahead)
{
	for (uint64_t n = ahead->given; n < ahead->filled; n++) {
		struct call_item *item = item_of(ahead, n);
		bool more;

		(void)pthread_mutex_lock(&ahead->lock);
		more = wants_more(item);
		(void)pthread_mutex_unlock(&ahead->lock);
		if (!more)
			continue;
		item->status = fetch_all(ahead, item);
		item->unfetched = item->status != STATUS_OK;
		if (item->unfetched)
			item->error = ahead->casefile->error;
		else
			give_work(ahead, item);
	}
}

/* Until the first item is done, or one that waits for more is seen. */
static void await(struct call_ahead *ahead)
{
	const struct call_item *first = item_of(ahead, ahead->given);

	(void)pthread_mutex_lock(&ahead->lock);
	while (first->stage != CALL_DONE) {
		struct call_item *item = begin_item(ahead);

		if (!item) {
			(void)pthread_cond_wait(&ahead->done, &ahead->lock);
			continue;
		}
		do_item(ahead, item);
		if (wants_more(item))
			break;
	}
	(void)pthread_mutex_unlock(&ahead->lock);
}

/* What an item that is done came to. */
static enum status judge(struct call_ahead *ahead, const struct call_item *item)
{
	const struct call_choice *choice = &item->choice;

	if (item->differs)
		return segment_proof_differs(ahead->casefile, choice->id, item->differs);
	if (item->unfetched)
		ahead->casefile->error = item->error;
	else if (item->status != STATUS_OK)
		return segment_decode_failed(ahead->casefile, choice->id, item->status);
	if (item->status == STATUS_OK && item->proof == CALL_PROVED)
		segment_proof_keep(ahead->proof, choice->id, item->understood != 0);
	return item->status;
}

/* Makes the item given last free. */
static void release(struct call_ahead *ahead)
{
	if (!ahead->held)
		return;
	ahead->held = false;
	(void)pthread_mutex_lock(&ahead->lock);
	item_of(ahead, ahead->given)->stage = CALL_FREE;
	ahead->given++;
	(void)pthread_mutex_unlock(&ahead->lock);
}

/* More segments each time: who asks for a few rows has few segments read for nothing. */
static void go_further(struct call_ahead *ahead)
{
	const unsigned most = ahead->wanted ? 2 * (ahead->wanted + 1) + 2 : 1;

	ahead->depth = 2 * ahead->depth < most ? 2 * ahead->depth : most;
	while (ahead->depth > 1 && ahead->threads < ahead->wanted) {
		if (!thread_start(&ahead->workers[ahead->threads], run, ahead)) {
			ahead->wanted = ahead->threads;
			break;
		}
		ahead->threads++;
	}
}

/* The first item once it is done. */
static enum status await_first(struct call_ahead *ahead)
{
	const struct call_item *first = item_of(ahead, ahead->given);
	enum call_stage stage = CALL_WAITS;

	while (stage != CALL_DONE || wants_more(first)) {
		await(ahead);
		fetch_more(ahead);
		(void)pthread_mutex_lock(&ahead->lock);
		stage = first->stage;
		(void)pthread_mutex_unlock(&ahead->lock);
	}
	return judge(ahead, first);
}

enum status call_ahead_next(struct call_ahead *ahead, const struct call_rows **rows)
{
	for (;;) {
		const struct call_item *first;
		enum status status;

		release(ahead);
		fill(ahead);
		if (ahead->given == ahead->filled) {
			if (ahead->failed != STATUS_OK)
				ahead->casefile->error = ahead->error;
			return ahead->failed != STATUS_OK ? ahead->failed : STATUS_END;
		}
		status = await_first(ahead);
		first = item_of(ahead, ahead->given);
		ahead->held = true;
		go_further(ahead);
		if (status != STATUS_OK)
			return status;
		*rows = &first->rows;
		if (first->rows.segment.rows > 0)
			return STATUS_OK;
	}
}

/* ---- all of it ---- */

enum status call_ahead_open(struct call_ahead *ahead, struct casefile *casefile, struct segment_proof *proof,
			    bool understood, unsigned threads)
{
	enum status status;

	memset(ahead, 0, sizeof(*ahead));
	(void)pthread_mutex_init(&ahead->lock, NULL);
	(void)pthread_cond_init(&ahead->work, NULL);
	(void)pthread_cond_init(&ahead->done, NULL);
	ahead->casefile = casefile;
	ahead->proof = proof;
	ahead->understood = understood;
	ahead->wanted = threads > CALL_THREADS ? CALL_THREADS : threads - 1;
	status = segment_fetch_open(&ahead->fetch, casefile, SEGMENT_ALL, understood ? SEGMENT_ALL : 0);
	return status == STATUS_OK ? call_chooser_open(&ahead->chooser, casefile, understood) : status;
}

void call_ahead_stop(struct call_ahead *ahead)
{
	(void)pthread_mutex_lock(&ahead->lock);
	for (uint64_t n = ahead->given; n < ahead->filled; n++) {
		struct call_item *item = item_of(ahead, n);

		while (item->stage == CALL_AT_WORK)
			(void)pthread_cond_wait(&ahead->done, &ahead->lock);
		item->stage = CALL_FREE;
	}
	ahead->given = ahead->filled;
	(void)pthread_mutex_unlock(&ahead->lock);
}

void call_ahead_start(struct call_ahead *ahead, const struct call_ask *ask)
{
	call_ahead_stop(ahead);
	ahead->ask = *ask;
	ahead->held = ahead->ended = false;
	ahead->failed = STATUS_OK;
	ahead->depth = 1;
	call_chooser_start(&ahead->chooser, ask);
}

void call_ahead_close(struct call_ahead *ahead)
{
	if (!ahead->casefile)
		return;
	call_ahead_stop(ahead);
	(void)pthread_mutex_lock(&ahead->lock);
	ahead->stopping = true;
	(void)pthread_cond_broadcast(&ahead->work);
	(void)pthread_mutex_unlock(&ahead->lock);
	while (ahead->threads > 0)
		(void)pthread_join(ahead->workers[--ahead->threads], NULL);
	for (size_t i = 0; i < CALL_ITEMS; i++) {
		if (!ahead->items[i])
			continue;
		raw_segment_release(&ahead->items[i]->raw);
		call_rows_release(&ahead->items[i]->rows);
		free(ahead->items[i]);
	}
	segment_fetch_close(&ahead->fetch);
	call_chooser_close(&ahead->chooser);
	(void)pthread_cond_destroy(&ahead->work);
	(void)pthread_cond_destroy(&ahead->done);
	(void)pthread_mutex_destroy(&ahead->lock);
	memset(ahead, 0, sizeof(*ahead));
}
