/* SPDX-License-Identifier: Apache-2.0 */
/* Each thread has hits of its own, which are joined in the end. */
#include "export/match/match_calls.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/filter/segment_filter.h"
#include "casefile/form/form.h"
#include "casefile/segment/delta.h"
#include "casefile/segment/segment_proof.h"
#include "casefile/segment/segment_scan.h"
#include "casefile/sql.h"
#include "export/match/match_roles.h"

#define TIMED (SEGMENT_COLUMN(READ_ACCOUNT) | SEGMENT_COLUMN(READ_STARTED) | SEGMENT_COLUMN(READ_FLAGS))
#define NUMBERS (SEGMENT_COLUMN(READ_PRESENTED) | SEGMENT_COLUMN(READ_DIALLED))
#define ADDRESSES (SEGMENT_COLUMN(FOUND_HEAP) | SEGMENT_ROLE(CALL_IP))
/* Addresses that a thread read last: a power of two. */
#define RECENT 4096

/* A text as a segment has it, and its first node. */
struct recent {
	int64_t form, value;
	uint32_t node;
};

struct worker {
	struct segment_decoder decoder;
	struct segment segment;        /* at hand */
	struct match_hits hits;
	struct recent *recent;         /* NULL: no address is sought */
	struct buf text;
};

enum trouble_of { FINE, DAMAGED, DIFFERS, ACCOUNT, MEMORY };

struct item {
	struct segment_scan_item segment;
	enum trouble_of trouble;
	bool checked;                  /* there are: */
	uint64_t checks[SEGMENT_CHECKS];
};

struct scan {
	const struct match_calls_given *given;
	struct forms forms;
	struct worker *workers;
	uint64_t found, understood;    /* wanted */
	sqlite3_stmt *checks;          /* of a segment; NULL: the case has none */
};

/* ---- on any thread ---- */

static bool add(const struct scan *scan, struct worker *worker, uint32_t role, uint32_t node, uint32_t i)
{
	const struct match_index *index = scan->given->index;
	const struct segment *segment = &worker->segment;
	const int64_t flags = segment_understood(segment, READ_FLAGS, i);
	const int64_t started = segment_understood(segment, READ_STARTED, i);
	const struct match_row row = {
		.role = role,
		.key = segment_understood(segment, READ_ACCOUNT, i),
		.id = segment->id * SEGMENT_ROWS + i,
		.time = { (started - (started % 1000 + 1000) % 1000) / 1000, !(flags & CALL_FLAG_UNREAD), (flags & CALL_FLAG_DAY) != 0 },
	};

	for (; node; node = index->nodes[node].next)
		if (!match_hits_add(&worker->hits, index->nodes[node].entry, &row))
			return false;
	return true;
}

static enum trouble_of take_numbers(const struct scan *scan, struct worker *worker, unsigned column, uint32_t role)
{
	const int64_t *values = worker->segment.understood[column];
	uint32_t node;

	for (uint32_t i = 0; values && i < worker->segment.rows; i++)
		if (values[i] > 0 && (node = match_index_find_number(scan->given->index, (uint64_t)values[i])) != 0 &&
		    !add(scan, worker, role, node, i))
			return MEMORY;
	return FINE;
}

static enum trouble_of take_accounts(const struct scan *scan, struct worker *worker)
{
	const struct match_accounts *accounts = scan->given->accounts;

	for (uint32_t i = 0; i < worker->segment.rows; i++) {
		const int64_t key = segment_understood(&worker->segment, READ_ACCOUNT, i);

		if (key < 0 || key > accounts->most)
			return ACCOUNT;
		if ((accounts->named[key] && !add(scan, worker, MATCH_ROLE_CALL_ACCOUNT, accounts->named[key], i)) ||
		    (accounts->served[key] && !add(scan, worker, MATCH_ROLE_CALL_ACCOUNT, accounts->served[key], i)))
			return MEMORY;
	}
	return FINE;
}

/* The first node of the address of a row. False: the segment is damaged, or no memory, which text.failed says. */
static bool find_address(const struct scan *scan, struct worker *worker, uint32_t i, uint32_t *node)
{
	const int64_t form = segment_found(&worker->segment, FOUND_FORM(CALL_IP), i);
	const int64_t value = segment_found(&worker->segment, FOUND_VALUE(CALL_IP), i);
	struct recent *recent = &worker->recent[((uint64_t)value * UINT64_C(0x9e3779b97f4a7c15) >> 40 ^ (uint64_t)form) & (RECENT - 1)];

	*node = 0;
	if (form == FORM_ABSENT || form == FORM_NULL)
		return true;
	if (form == FORM_HEAP || recent->form != form || recent->value != value) {
		buf_clear(&worker->text);
		if (!segment_text(&worker->segment, &scan->forms, CALL_IP, i, &worker->text) || worker->text.failed)
			return false;
		*node = match_index_find(scan->given->index, MATCH_IP, buf_view(&worker->text));
		if (form != FORM_HEAP)
			*recent = (struct recent){ form, value, *node };
		return true;
	}
	*node = recent->node;
	return true;
}

static enum trouble_of take_addresses(const struct scan *scan, struct worker *worker)
{
	uint32_t node;

	for (uint32_t i = 0; i < worker->segment.rows; i++) {
		if (!find_address(scan, worker, i, &node))
			return worker->text.failed ? MEMORY : DAMAGED;
		if (node && !add(scan, worker, MATCH_ROLE_CALL_IP, node, i))
			return MEMORY;
	}
	return FINE;
}

static enum trouble_of take_rows(const struct scan *scan, struct worker *worker, bool addresses)
{
	enum trouble_of trouble = FINE;

	if (scan->given->accounts->any)
		trouble = take_accounts(scan, worker);
	if (trouble == FINE && scan->understood & NUMBERS)
		trouble = take_numbers(scan, worker, READ_PRESENTED, MATCH_ROLE_CALL_PRESENTED);
	if (trouble == FINE && scan->understood & NUMBERS)
		trouble = take_numbers(scan, worker, READ_DIALLED, MATCH_ROLE_CALL_DIALLED);
	if (trouble == FINE && addresses)
		trouble = take_addresses(scan, worker);
	return trouble;
}

/* Whether the columns that were fetched are as they were stored, as far as the case says how that was: of columns that
 * normalise does not read, as addresses, it does not. */
static bool holds(const struct scan *scan, const struct item *item)
{
	const uint64_t found = scan->found | segment_checks_needs(item->checks, scan->understood);

	return !item->checked ||
	       segment_checks_hold(item->checks, &item->segment.raw, found & segment_checks_known(item->checks),
				   delta_stored(scan->understood) & segment_checks_known(item->checks + SEGMENT_CHECK_READ));
}

static void work(void *context, struct segment_scan_item *place, unsigned number)
{
	const struct scan *scan = context;
	struct worker *worker = &scan->workers[number];
	struct item *item = (struct item *)place;
	const bool addresses = worker->recent && place->raw.found.stored & SEGMENT_ROLE(CALL_IP);
	const enum status status = segment_decode(&worker->decoder, &place->raw, addresses ? scan->found : 0, scan->understood,
						  &worker->segment);

	if (status == STATUS_FAILED)
		item->trouble = MEMORY;
	else if (status != STATUS_OK)
		item->trouble = DAMAGED;
	else
		item->trouble = holds(scan, item) ? take_rows(scan, worker, addresses) : DIFFERS;
}

/* ---- the whole ---- */

static enum status fetch_checks(void *context, struct segment_scan_item *place)
{
	const struct scan *scan = context;
	struct casefile *casefile = scan->given->casefile;
	struct item *item = (struct item *)place;
	enum status status;

	item->checked = false;
	if (!scan->checks)
		return STATUS_OK;
	sqlite3_reset(scan->checks);
	bind_integer(scan->checks, 1, place->raw.id);
	status = casefile_step(casefile, scan->checks);
	if (status == STATUS_OK) {
		item->checked = segment_checks_take(column_text(scan->checks, 0), item->checks);
		status = columns_read(casefile, scan->checks);
	}
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status take(void *context, struct segment_scan_item *place)
{
	struct casefile *casefile = ((const struct scan *)context)->given->casefile;

	switch (((struct item *)place)->trouble) {
	case DAMAGED:
		return segment_decode_failed(casefile, place->raw.id, STATUS_INTEGRITY);
	case DIFFERS:
		return segment_proof_differs(casefile, place->raw.id, "understood");
	case ACCOUNT:
		return error_set(&casefile->error, STATUS_INTEGRITY, "segment %lld names an account that the case has not",
				 (long long)place->raw.id);
	case MEMORY:
		return error_memory(&casefile->error);
	case FINE:
		break;
	}
	return STATUS_OK;
}

static bool open_workers(struct scan *scan)
{
	const struct match_calls_given *given = scan->given;

	scan->workers = calloc(given->threads, sizeof(*scan->workers));
	for (unsigned i = 0; scan->workers && i < given->threads; i++) {
		struct worker *worker = &scan->workers[i];

		worker->hits.most = given->hits->most;
		if (given->index->ips)
			worker->recent = calloc(RECENT, sizeof(*worker->recent));
		if (given->index->ips && !worker->recent)
			return false;
	}
	return scan->workers != NULL;
}

static void close_workers(struct scan *scan)
{
	for (unsigned i = 0; scan->workers && i < scan->given->threads; i++) {
		segment_decoder_release(&scan->workers[i].decoder);
		match_hits_release(&scan->workers[i].hits);
		free(scan->workers[i].recent);
		buf_release(&scan->workers[i].text);
	}
	free(scan->workers);
}

static enum status read_segments(struct scan *scan)
{
	const struct match_calls_given *given = scan->given;
	const struct segment_scan_given scanned = {
		.casefile = given->casefile,
		.observer = given->observer,
		.step = "match calls",
		.found = scan->found,
		.understood = scan->understood,
		.threads = given->threads,
		.item_size = sizeof(struct item),
		.context = scan,
		.fetched = fetch_checks,
		.work = work,
		.take = take,
	};
	struct segment_scan segments;
	enum status status = segment_scan_open(&segments, &scanned);

	if (status == STATUS_OK)
		status = segment_scan_run(&segments);
	segment_scan_close(&segments);
	for (unsigned i = 0; i < given->threads && status == STATUS_OK; i++)
		if (!match_hits_join(given->hits, &scan->workers[i].hits))
			status = error_memory(&given->casefile->error);
	return status;
}

static enum status open_checks(struct scan *scan)
{
	struct casefile *casefile = scan->given->casefile;
	bool there;
	enum status status = segment_filter_there(casefile, &there);

	if (status != STATUS_OK || !there)
		return status;
	scan->checks = casefile_prepare(casefile, "SELECT checks FROM segment_filter WHERE id = ?");
	return scan->checks ? STATUS_OK : casefile->error.status;
}

enum status match_calls_run(const struct match_calls_given *given)
{
	struct scan scan = { .given = given, .found = given->index->ips ? ADDRESSES : 0 };
	enum status status;

	scan.understood = given->index->numbers.count > 0 ? TIMED | NUMBERS : TIMED;
	if (!given->accounts->any && !given->index->ips && given->index->numbers.count == 0)
		return STATUS_OK;
	status = forms_load(&scan.forms, given->casefile);
	if (status == STATUS_OK)
		status = open_checks(&scan);
	if (status == STATUS_OK)
		status = open_workers(&scan) ? read_segments(&scan) : error_memory(&given->casefile->error);
	close_workers(&scan);
	(void)sqlite3_finalize(scan.checks);
	forms_release(&scan.forms);
	return status;
}
