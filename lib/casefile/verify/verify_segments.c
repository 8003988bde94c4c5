/* SPDX-License-Identifier: Apache-2.0 */
/* Checking segments, several at a time. */
#include "casefile/verify/verify_segments.h"

#include <stdlib.h>
#include <string.h>

#include "base/thread/pipeline.h"
#include "casefile/segment/segment_scan.h"
#include "casefile/sql.h"
#include "casefile/verify/verify_filters.h"

/* A segment being checked. */
struct item {
	struct segment_scan_item segment;
	/* As the case has them. */
	char found[DIGEST_HEX], understood[DIGEST_HEX];
	struct segment_bounds bounds;
	int64_t members;               /* of its source */
	struct laid_part *part;
	enum status decoded;
	bool texts, members_there, found_same, understood_same, bounds_same, filters_same;
	struct filter_said filters;
};

/* What a thread has of its own. */
struct checker {
	struct segment_decoder decoder;
	struct filter_maker maker;
};

/* The reading of all segments. */
struct segments_check {
	struct casefile *casefile;
	const struct observer *observer;
	struct verify_counts *counts;
	uint64_t understood;               /* columns of that layer; 0: none */
	struct forms forms;
	struct form_limits limits;
	sqlite3_stmt *said;                /* of a segment, beside its columns */
	sqlite3_stmt *filters;             /* of it; NULL: the case has none */
	struct checker *checkers;
	unsigned threads;
	struct laid_rows *laid;            /* or NULL */
	/* One for each item; those in flight are never more. */
	struct laid_part parts[PIPELINE_WORKERS + SEGMENT_SCAN_MORE];
	uint64_t fetched;
};

/* ---- on the thread that has the case ---- */

static void copy_hex(sqlite3_stmt *statement, int place,
		     char out[static DIGEST_HEX])
{
	struct text text = column_text(statement, place);

	out[0] = '\0';
	if (text.len != DIGEST_HEX - 1)
		return;
	memcpy(out, text.data, text.len);
	out[text.len] = '\0';
}

static void take_bounds(sqlite3_stmt *statement, struct segment_bounds *bounds)
{
	bounds->known = sqlite3_column_type(statement, 3) != SQLITE_NULL ||
			sqlite3_column_type(statement, 4) != SQLITE_NULL;
	bounds->first = sqlite3_column_int64(statement, 3);
	bounds->last = sqlite3_column_int64(statement, 4);
}

/* What the case says of the segment beside its columns. */
static enum status fetch_said(void *context, struct segment_scan_item *segment)
{
	struct segments_check *check = context;
	struct item *item = (struct item *)segment;
	enum status status;

	item->found[0] = item->understood[0] = '\0';
	item->bounds = (struct segment_bounds){ false, 0, 0 };
	item->members = 0;
	item->part = &check->parts[check->fetched++ % (check->threads + SEGMENT_SCAN_MORE)];
	laid_part_begin(item->part, check->laid, segment->raw.source, segment->raw.rows);
	bind_integer(check->said, 1, segment->raw.id);
	status = casefile_step(check->casefile, check->said);
	if (status == STATUS_OK) {
		copy_hex(check->said, 0, item->found);
		item->members = sqlite3_column_int64(check->said, 1);
		if (check->understood) {
			copy_hex(check->said, 2, item->understood);
			take_bounds(check->said, &item->bounds);
		}
		status = columns_read(check->casefile, check->said);
	}
	sqlite3_reset(check->said);
	if (check->filters && (status == STATUS_OK || status == STATUS_END))
		status = filter_said_take(check->casefile, check->filters, segment->raw.id, &item->filters);
	return status == STATUS_END ? STATUS_OK : status;
}

static void fail(struct segments_check *check, const struct item *item,
		 const char *what)
{
	char text[100];

	(void)sqlite3_snprintf(sizeof(text), text, "segment %lld: %s",
			       item->segment.raw.id, what);
	verify_fail(check->observer, check->counts, text_of(text));
}

/* What was found out about a segment that hangs together. */
static void tell(struct segments_check *check, const struct item *item)
{
	check->counts->segments++;
	check->counts->calls += item->segment.raw.rows;
	if (!item->texts)
		fail(check, item, "a text cannot be given back");
	if (!item->members_there)
		fail(check, item, "it names a member that is not there");
	if (!item->found_same)
		fail(check, item, "its columns as found are not those that were "
				  "stored");
	if (!item->understood_same)
		fail(check, item, "its columns as understood are not those that "
				  "were stored");
	if (!item->bounds_same)
		fail(check, item, "its first and last start are not those of its "
				  "calls");
	if (!item->filters_same)
		fail(check, item, "its filters, in segment_filter, are not those of its calls");
}

static enum status take(void *context, struct segment_scan_item *segment)
{
	struct segments_check *check = context;
	const struct item *item = (struct item *)segment;
	struct error *error = &check->casefile->error;

	if (segment->fetched == STATUS_OK && item->decoded == STATUS_OK && item->texts)
		laid_part_take(item->part, check->laid);
	else
		laid_rows_spoil(check->laid);
	if (segment->fetched == STATUS_INTEGRITY) {
		verify_fail_error(check->observer, check->counts,
				  &segment->error);
	} else if (item->decoded == STATUS_OK) {
		tell(check, item);
	} else {
		(void)segment_decode_failed(check->casefile, segment->raw.id,
					    item->decoded);
		if (item->decoded != STATUS_INTEGRITY)
			return error->status;
		verify_fail_error(check->observer, check->counts, error);
	}
	return STATUS_OK;
}

/* ---- on any thread ---- */

/* What no mask gives back may lie in the heap, or be absent. */
static bool text_sound(const struct segment *segment, int64_t form, int64_t value)
{
	struct text text;

	return form == FORM_ABSENT || (form == FORM_HEAP && segment_heap(segment, value, &text));
}

/* Every found text can be given back, and names no form that is not there. */
static bool texts_sound(const struct segment *segment, const struct form_limits *limits)
{
	for (unsigned role = 0; role < CALL_ROLES; role++) {
		const int64_t *forms = segment->found[FOUND_FORM(role)];
		const int64_t *values = segment->found[FOUND_VALUE(role)];

		for (uint32_t i = 0; i < segment->rows && segment_has(segment, (enum call_role)role); i++)
			if (!form_limits_allow(limits, forms[i], values[i]) &&
			    !text_sound(segment, forms[i], values[i]))
				return false;
	}
	return true;
}

static bool members_there(const struct segment *segment, int64_t members)
{
	const uint32_t rows = segment->stored >> FOUND_MEMBER & 1 ? segment->rows : 0;

	for (uint32_t i = 0; i < rows; i++) {
		const int64_t member = segment_found(segment, FOUND_MEMBER, i);

		if (member != 0 && (member < 0 || member >= members))
			return false;
	}
	return true;
}

static bool bounds_same(const struct segment *segment,
			const struct segment_bounds *said)
{
	const struct segment_bounds bounds =
		segment_bounds(segment->understood[READ_STARTED],
			       segment->understood[READ_FLAGS], segment->rows);

	return bounds.known == said->known && bounds.first == said->first &&
	       bounds.last == said->last;
}

static enum status same(const struct raw_segment *raw,
			const struct raw_layer *layer, const char *stored,
			bool *is_same)
{
	char hex[DIGEST_HEX];

	if (!raw_segment_digest(raw, layer, hex))
		return STATUS_FAILED;
	*is_same = strcmp(hex, stored) == 0;
	return STATUS_OK;
}

/* Where the case has none, they are as they should be. */
static enum status check_filters(const struct segments_check *check, struct checker *checker,
				 const struct segment *segment, struct item *item)
{
	bool good = true;

	if (check->filters)
		item->filters_same = filter_said_same(&item->filters, &item->segment.raw, segment, &checker->maker,
						      &good);
	return good ? STATUS_OK : STATUS_FAILED;
}

static void work(void *context, struct segment_scan_item *fetched, unsigned worker)
{
	const struct segments_check *check = context;
	struct checker *checker = &check->checkers[worker];
	const struct raw_segment *raw = &fetched->raw;
	struct item *item = (struct item *)fetched;
	struct segment segment;

	if (fetched->fetched != STATUS_OK)
		return;
	item->understood_same = item->bounds_same = item->filters_same = true;
	item->decoded = segment_decode(&checker->decoder, raw, SEGMENT_ALL,
				       check->understood, &segment);
	if (item->decoded != STATUS_OK)
		return;
	item->texts = texts_sound(&segment, &check->limits);
	item->members_there = members_there(&segment, item->members);
	if (check->understood)
		item->bounds_same = bounds_same(&segment, &item->bounds);
	if (check->laid && item->texts)
		laid_part_find(item->part, check->laid->key, &segment, &check->forms);
	item->decoded = same(raw, &raw->found, item->found, &item->found_same);
	if (check->understood && item->decoded == STATUS_OK)
		item->decoded = same(raw, &raw->understood, item->understood,
				     &item->understood_same);
	if (item->decoded == STATUS_OK)
		item->decoded = check_filters(check, checker, &segment, item);
}

/* ---- all of it ---- */

/* Their numbers have no gaps. */
#define MEMBERS "(SELECT count(*) FROM member m WHERE m.source = s.source)"

/* Filters of segments that are not there. */
static enum status tell_strays(struct segments_check *check)
{
	int64_t strays = 0;
	const enum status status = filter_strays(check->casefile, &strays);

	if (status == STATUS_OK && strays > 0)
		verify_fail(check->observer, check->counts, text_of("table segment_filter: it has filters of no segment"));
	return status;
}

/* A case that an older program understood has no filters. */
static enum status open_filters(struct segments_check *check)
{
	bool there;
	const enum status status = segment_filter_there(check->casefile, &there);

	if (status != STATUS_OK || !there)
		return status;
	check->filters = filter_said_prepare(check->casefile);
	return check->filters ? tell_strays(check) : check->casefile->error.status;
}

static enum status open_all(struct segments_check *check)
{
	enum status status = STATUS_OK;

	check->said = casefile_prepare(
		check->casefile,
		check->understood
			? "SELECT s.sha256, " MEMBERS ", r.sha256, r.first_start,"
			  " r.last_start FROM segment s LEFT JOIN segment_read r"
			  " ON r.id = s.id WHERE s.id = ?"
			: "SELECT s.sha256, " MEMBERS " FROM segment s"
			  " WHERE s.id = ?");
	if (!check->said)
		return check->casefile->error.status;
	if (check->understood)
		status = open_filters(check);
	if (status == STATUS_OK)
		status = forms_load(&check->forms, check->casefile);
	if (status == STATUS_OK && !form_limits_open(&check->limits, &check->forms))
		return error_memory(&check->casefile->error);
	return status;
}

static void close_all(struct segments_check *check)
{
	sqlite3_finalize(check->said);
	sqlite3_finalize(check->filters);
	form_limits_release(&check->limits);
	forms_release(&check->forms);
	for (unsigned i = 0; check->checkers && i < check->threads; i++) {
		segment_decoder_release(&check->checkers[i].decoder);
		filter_maker_release(&check->checkers[i].maker);
	}
	free(check->checkers);
	for (unsigned i = 0; i < PIPELINE_WORKERS + SEGMENT_SCAN_MORE; i++)
		laid_part_release(&check->parts[i]);
}

static enum status scan_all(struct segments_check *check,
			    struct segment_scan *scan)
{
	enum status status;

	check->checkers = calloc(check->threads, sizeof(*check->checkers));
	if (!check->checkers)
		return error_memory(&check->casefile->error);
	status = segment_scan_run(scan);
	if (status != STATUS_INTERRUPTED)
		return status;
	return error_set(&check->casefile->error, STATUS_INTERRUPTED,
			 "interrupted after %llu rows; nothing is proved "
			 "of the others",
			 (unsigned long long)check->counts->calls);
}

/* Tables that are not what they should be are a failure of the case, not of the
 * check. */
static enum status check_all(struct segments_check *check)
{
	const struct segment_scan_given given = {
		.casefile = check->casefile,
		.observer = check->observer,
		.step = "verify",
		.found = SEGMENT_ALL,
		.understood = check->understood,
		.threads = check->threads,
		.damaged = true,
		.item_size = sizeof(struct item),
		.context = check,
		.fetched = fetch_said,
		.work = work,
		.take = take,
	};
	struct segment_scan scan;
	enum status status = segment_scan_open(&scan, &given);

	if (status == STATUS_OK)
		status = open_all(check);
	if (status == STATUS_INTEGRITY) {
		verify_fail_error(check->observer, check->counts,
				  &check->casefile->error);
		status = STATUS_OK;
	} else if (status == STATUS_OK) {
		status = scan_all(check, &scan);
	}
	segment_scan_close(&scan);
	return status;
}

enum status verify_segments(struct casefile *casefile, unsigned threads, struct laid_rows *laid,
			    const struct observer *observer,
			    struct verify_counts *counts)
{
	struct segments_check check = {
		.casefile = casefile,
		.observer = observer,
		.counts = counts,
		.threads = threads < 1 ? 1 : threads,
		.laid = laid,
	};
	bool understood;
	enum status status = casefile_has_layer(casefile, LAYER_UNDERSTOOD,
						&understood);

	if (status != STATUS_OK)
		return status;
	check.understood = understood ? SEGMENT_ALL : 0;
	if (check.threads > PIPELINE_WORKERS)
		check.threads = PIPELINE_WORKERS;
	status = check_all(&check);
	close_all(&check);
	return status;
}
