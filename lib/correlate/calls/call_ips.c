/* SPDX-License-Identifier: Apache-2.0 */
/* Threads gather pairs of account and address as records, which are sorted by address:
 * so what is held does not grow with the calls. */
#include "correlate/calls/call_ips.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/sort/sorter.h"
#include "casefile/form/form.h"
#include "casefile/segment/segment_scan.h"
#include "casefile/sql.h"

#define FOUND_WANTED \
	(SEGMENT_COLUMN(FOUND_LINE) | SEGMENT_COLUMN(FOUND_MEMBER) | \
	 SEGMENT_COLUMN(FOUND_HEAP) | SEGMENT_ROLE(CALL_IP))
#define READ_WANTED (SEGMENT_COLUMN(READ_ACCOUNT) | SEGMENT_COLUMN(READ_FLAGS))
/* Pairs that a thread saw last, of which it makes no record again: a power of two. */
#define RECENT 32768
#define RECORDS_LEAST 64
/* Records that are read between two looks at whether to go on. */
#define INTERRUPT_EVERY 65536

/* An account that calls from an address, and the first row that says so. */
struct record {
	uint64_t place, member;    /* as in struct occurrence */
	uint32_t slot;
	uint32_t len;
	char text[CALL_IP_MOST];
};

static int compare_texts(const struct record *a, const struct record *b)
{
	return text_compare((struct text){ a->text, a->len }, (struct text){ b->text, b->len });
}

static int compare(const void *a, const void *b)
{
	const struct record *x = a, *y = b;
	const int texts = compare_texts(x, y);

	return texts ? texts : x->slot < y->slot ? -1 : x->slot > y->slot;
}

static void combine(void *sum, const void *part)
{
	struct record *to = sum;
	const struct record *from = part;

	if (occurrence_before(from->place, from->member, to->place, to->member)) {
		to->place = from->place;
		to->member = from->member;
	}
}

static const struct record_kind kind = { sizeof(struct record), compare, combine, false };

/* A pair as a segment has it. */
struct recent {
	int64_t segment;           /* of a text in its heap; else 0 */
	int64_t form, value;
	uint64_t place, member;    /* the first */
	uint32_t account;          /* 0: there is none */
};

/* What a thread has. */
struct worker {
	struct segment_decoder decoder;
	struct recent *recent;
	struct record *records;
	size_t count;
	struct buf text;
	uint64_t too_long;         /* rows whose text is no address */
};

enum trouble_of { FINE, DAMAGED, ACCOUNT, SPILL };

struct item {
	struct segment_scan_item segment;
	enum trouble_of trouble;
};

struct scan {
	const struct call_ips_given *given;
	struct forms forms;
	struct sorter sorter;
	struct worker *workers;
	size_t most;               /* records of a thread */
};

/* ---- gathering, on any thread ---- */

static bool hand_over(struct scan *scan, struct worker *worker)
{
	const size_t count = records_settle(&kind, worker->records, worker->count);

	worker->count = 0;
	return count == 0 || sorter_spill(&scan->sorter, worker->records, count);
}

/* Where a pair is remembered. */
static struct recent *recent_of(struct worker *worker, const struct recent *pair)
{
	const uint64_t mixed = ((uint64_t)pair->value * UINT64_C(0x9e3779b97f4a7c15) + pair->account) *
			       UINT64_C(0xbf58476d1ce4e5b9) + (uint64_t)pair->form;

	return &worker->recent[(mixed >> 32 ^ mixed) & (RECENT - 1)];
}

/* Whether it was seen, at an earlier row. */
static bool is_seen(const struct recent *at, const struct recent *pair)
{
	return at->account == pair->account && at->value == pair->value && at->form == pair->form &&
	       at->segment == pair->segment &&
	       !occurrence_before(pair->place, pair->member, at->place, at->member);
}

static enum trouble_of add(struct scan *scan, struct worker *worker, const struct segment *segment,
			   uint32_t i, const struct recent *pair)
{
	struct record *record;
	struct text text;

	if (is_seen(recent_of(worker, pair), pair))
		return FINE;
	buf_clear(&worker->text);
	if (!segment_text(segment, &scan->forms, CALL_IP, i, &worker->text))
		return DAMAGED;
	if (worker->text.failed)
		return SPILL;
	text = text_trim(buf_view(&worker->text));
	if (absents_in(source_absent_of(scan->given->absent, segment->source), "ip", text))
		return FINE;
	worker->too_long += text.len > CALL_IP_MOST;
	if (text.len == 0 || text.len > CALL_IP_MOST)
		return FINE;
	if (worker->count == scan->most && !hand_over(scan, worker))
		return SPILL;
	record = &worker->records[worker->count++];
	memset(record, 0, sizeof(*record));
	record->place = pair->place;
	record->member = pair->member;
	record->slot = scan->given->persons->slots[pair->account];
	record->len = (uint32_t)text.len;
	memcpy(record->text, text.data, text.len);
	*recent_of(worker, pair) = *pair;
	return FINE;
}

static enum trouble_of take_row(struct scan *scan, struct worker *worker, const struct segment *segment,
				uint32_t i)
{
	const int64_t account = segment_understood(segment, READ_ACCOUNT, i);
	struct recent pair = {
		.form = segment_found(segment, FOUND_FORM(CALL_IP), i),
		.value = segment_found(segment, FOUND_VALUE(CALL_IP), i),
		.member = (uint64_t)segment_found(segment, FOUND_MEMBER, i),
		.account = (uint32_t)account,
	};

	if (account == 0 || pair.form == FORM_ABSENT || pair.form == FORM_NULL ||
	    segment_understood(segment, READ_FLAGS, i) & CALL_FLAG_UNREAD)
		return FINE;
	if (account < 0 || account > scan->given->persons->accounts)
		return ACCOUNT;
	if (!row_place_of(segment->source, segment_found(segment, FOUND_LINE, i), &pair.place))
		return DAMAGED;
	pair.segment = pair.form == FORM_HEAP ? segment->id : 0;
	return add(scan, worker, segment, i, &pair);
}

static void work(void *context, struct segment_scan_item *place, unsigned number)
{
	struct scan *scan = context;
	struct worker *worker = &scan->workers[number];
	struct item *item = (struct item *)place;
	struct segment segment;
	enum status status;

	item->trouble = FINE;
	if (!(place->raw.found.stored & SEGMENT_ROLE(CALL_IP)))
		return;
	status = segment_decode(&worker->decoder, &place->raw, FOUND_WANTED, READ_WANTED, &segment);
	if (status != STATUS_OK)
		item->trouble = status == STATUS_FAILED ? SPILL : DAMAGED;
	for (uint32_t i = 0; item->trouble == FINE && i < segment.rows; i++)
		item->trouble = take_row(scan, worker, &segment, i);
}

static enum status take(void *context, struct segment_scan_item *place)
{
	const struct scan *scan = context;
	struct casefile *casefile = scan->given->casefile;

	switch (((struct item *)place)->trouble) {
	case FINE:
		break;
	case DAMAGED:
		return segment_decode_failed(casefile, place->raw.id, STATUS_INTEGRITY);
	case ACCOUNT:
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "segment %lld names an account that the case has not",
				 (long long)place->raw.id);
	case SPILL:
		return spill_failed(scan->given->spill, &casefile->error);
	}
	return STATUS_OK;
}

static bool open_workers(struct scan *scan)
{
	const struct call_ips_given *given = scan->given;
	const uint64_t most = given->memory / 8 / given->threads / sizeof(struct record);

	scan->most = most < RECORDS_LEAST ? RECORDS_LEAST : (size_t)most;
	scan->workers = calloc(given->threads, sizeof(*scan->workers));
	for (unsigned i = 0; scan->workers && i < given->threads; i++) {
		struct worker *worker = &scan->workers[i];

		worker->recent = calloc(RECENT, sizeof(*worker->recent));
		worker->records = memory_array(NULL, scan->most, sizeof(*worker->records));
		if (!worker->recent || !worker->records)
			return false;
	}
	return scan->workers != NULL;
}

static enum status gather(struct scan *scan)
{
	const struct call_ips_given *given = scan->given;
	const struct segment_scan_given scanned = {
		.casefile = given->casefile,
		.observer = given->observer,
		.step = "read addresses of calls",
		.found = FOUND_WANTED,
		.understood = READ_WANTED,
		.threads = given->threads,
		.item_size = sizeof(struct item),
		.context = scan,
		.work = work,
		.take = take,
	};
	struct segment_scan segments;
	enum status status = segment_scan_open(&segments, &scanned);

	if (status == STATUS_OK)
		status = segment_scan_run(&segments);
	segment_scan_close(&segments);
	for (unsigned i = 0; i < given->threads && status == STATUS_OK; i++)
		if (!hand_over(scan, &scan->workers[i]))
			status = spill_failed(given->spill, &given->casefile->error);
	return status;
}

static enum status say_too_long(const struct scan *scan)
{
	struct remark remark = {
		.role = "ip",
		.topic = "ip-too-long",
		.text = "addresses of calls are of over 64 bytes and tie nothing",
		.remedy = "map role ip to a column of one address each",
	};

	for (unsigned i = 0; i < scan->given->threads; i++)
		remark.count += scan->workers[i].too_long;
	return remark.count ? remark_writer_say(scan->given->remarks, &remark) : STATUS_OK;
}

/* ---- by address ---- */

static enum status read_pairs(struct scan *scan)
{
	const struct call_ips_given *given = scan->given;
	struct casefile *casefile = given->casefile;
	const struct record *record;
	uint64_t count = 0;
	bool good = sorter_begin(&scan->sorter);

	while (good && (record = sorter_next(&scan->sorter)) != NULL) {
		const struct identity_noted noted = {
			.rule = LINK_IP,
			.value = { record->text, record->len },
			.item = { .place = record->place, .member = record->member & OCCURRENCE_MEMBERS,
				  .slot = record->slot },
		};

		if (++count % INTERRUPT_EVERY == 0 && observer_interrupted(given->observer))
			return error_set(&casefile->error, STATUS_INTERRUPTED,
					 "interrupted; the case is as it was before");
		good = identity_sift_note(given->sift, &noted);
	}
	return good && !sorter_broken(&scan->sorter) ? STATUS_OK
						      : spill_failed(given->spill, &casefile->error);
}

static enum status run(struct scan *scan)
{
	const struct call_ips_given *given = scan->given;
	struct casefile *casefile = given->casefile;
	enum status status = forms_load(&scan->forms, casefile);

	if (status != STATUS_OK)
		return status;
	if (!open_workers(scan) ||
	    !sorter_open(&scan->sorter, &kind, given->spill, (size_t)(given->memory / 8)))
		return error_memory(&casefile->error);
	status = gather(scan);
	if (status == STATUS_OK)
		status = read_pairs(scan);
	return status == STATUS_OK ? say_too_long(scan) : status;
}

/* Whether a segment has addresses: where none has, the calls are not read. */
static enum status look(struct casefile *casefile, bool *there)
{
	char sql[160];
	int64_t found = 0;
	enum status status;

	(void)snprintf(sql, sizeof(sql),
		       "SELECT EXISTS(SELECT 1 FROM segment s CROSS JOIN found f ON f.id = s.id * 256 + %u)",
		       FOUND_FORM(CALL_IP));
	status = casefile_integer(casefile, sql, 0, &found);
	*there = found != 0;
	return status;
}

enum status call_ips_run(const struct call_ips_given *given)
{
	struct scan scan = { .given = given };
	bool there;
	enum status status = look(given->casefile, &there);

	if (status != STATUS_OK || !there)
		return status;
	status = run(&scan);
	for (unsigned i = 0; scan.workers && i < given->threads; i++) {
		segment_decoder_release(&scan.workers[i].decoder);
		free(scan.workers[i].recent);
		free(scan.workers[i].records);
		buf_release(&scan.workers[i].text);
	}
	free(scan.workers);
	sorter_close(&scan.sorter);
	forms_release(&scan.forms);
	return status;
}
