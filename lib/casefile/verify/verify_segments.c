/* SPDX-License-Identifier: Apache-2.0 */
/* Checking segments, several at a time. */
#include "casefile/verify/verify_segments.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/thread/pipeline.h"
#include "casefile/segment/raw_segment.h"
#include "casefile/sql.h"

/* A segment being checked. */
struct item {
	struct raw_segment raw;
	/* As the case has them. */
	char found[DIGEST_HEX], understood[DIGEST_HEX];
	struct segment_bounds bounds;
	int64_t members;               /* of its source */
	enum status fetched, decoded;
	struct error error;            /* of a fetch that failed */
	bool texts, members_there, found_same, understood_same, bounds_same;
};

/* What a thread has of its own. */
struct checker {
	struct segment_decoder decoder;
	struct buf text;
};

/* The reading of all segments. */
struct segments_check {
	struct casefile *casefile;
	const struct observer *observer;
	struct verify_counts *counts;
	uint64_t understood;               /* columns of that layer; 0: none */
	struct forms forms;
	struct segment_fetch fetch;
	sqlite3_stmt *said;                /* of a segment, beside its columns */
	struct progress progress;
	bool ended;                        /* the table itself cannot be read */
	struct item *items;
	void **places;                     /* of the items */
	size_t item_count;
	struct checker *checkers;
	unsigned threads;
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
static enum status fetch_said(struct segments_check *check, struct item *item)
{
	enum status status;

	item->found[0] = item->understood[0] = '\0';
	item->bounds = (struct segment_bounds){ false, 0, 0 };
	item->members = 0;
	bind_integer(check->said, 1, item->raw.id);
	status = casefile_step(check->casefile, check->said);
	if (status == STATUS_OK) {
		copy_hex(check->said, 0, item->found);
		item->members = sqlite3_column_int64(check->said, 1);
		if (check->understood) {
			copy_hex(check->said, 2, item->understood);
			take_bounds(check->said, &item->bounds);
		}
	}
	sqlite3_reset(check->said);
	return status == STATUS_END ? STATUS_OK : status;
}

/* A segment that does not hang together is an item as well, to be told in its
 * turn. */
static enum status fill(void *context, void *place)
{
	struct segments_check *check = context;
	struct item *item = place;
	const int64_t last = check->fetch.last;
	enum status status;

	if (check->ended)
		return STATUS_END;
	if (observer_interrupted(check->observer))
		return error_set(&check->casefile->error, STATUS_INTERRUPTED,
				 "interrupted after %llu rows; nothing is proved "
				 "of the others",
				 (unsigned long long)check->counts->calls);
	status = segment_fetch_next(&check->fetch, &item->raw);
	item->fetched = status;
	if (status == STATUS_INTEGRITY) {
		item->error = check->casefile->error;
		check->ended = check->fetch.last == last;
		return STATUS_OK;
	}
	return status == STATUS_OK ? fetch_said(check, item) : status;
}

static void fail(struct segments_check *check, const struct item *item,
		 const char *what)
{
	char text[100];

	(void)sqlite3_snprintf(sizeof(text), text, "segment %lld: %s",
			       item->raw.id, what);
	verify_fail(check->observer, check->counts, text_of(text));
}

/* What was found out about a segment that hangs together. */
static void tell(struct segments_check *check, const struct item *item)
{
	check->counts->segments++;
	check->counts->calls += item->raw.rows;
	check->progress.rows = check->progress.done = check->counts->calls;
	observer_progress(check->observer, &check->progress);
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
}

static enum status take(void *context, void *place)
{
	struct segments_check *check = context;
	struct item *item = place;
	struct error *error = &check->casefile->error;

	if (item->fetched == STATUS_INTEGRITY) {
		verify_fail_error(check->observer, check->counts, &item->error);
	} else if (item->decoded == STATUS_OK) {
		tell(check, item);
	} else {
		(void)segment_decode_failed(check->casefile, item->raw.id,
					    item->decoded);
		if (item->decoded != STATUS_INTEGRITY)
			return error->status;
		verify_fail_error(check->observer, check->counts, error);
	}
	return STATUS_OK;
}

/* ---- on any thread ---- */

/* Every found text can be given back, and names no form that is not there. */
static bool texts_sound(const struct segment *segment, const struct forms *forms,
			struct buf *text)
{
	for (unsigned role = 0; role < CALL_ROLES; role++) {
		for (uint32_t i = 0; i < segment->rows; i++) {
			if (segment_found(segment, FOUND_FORM(role), i) == FORM_ABSENT)
				continue;
			buf_clear(text);
			if (!segment_text(segment, forms, (enum call_role)role, i,
					  text))
				return false;
		}
	}
	return true;
}

static bool members_there(const struct segment *segment, int64_t members)
{
	for (uint32_t i = 0; i < segment->rows; i++) {
		const int64_t member = segment_found(segment, FOUND_MEMBER, i);

		if (member < 0 || member > members)
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

static void work(void *context, void *place, unsigned worker)
{
	const struct segments_check *check = context;
	struct checker *checker = &check->checkers[worker];
	struct item *item = place;
	struct segment segment;

	if (item->fetched != STATUS_OK)
		return;
	item->understood_same = item->bounds_same = true;
	item->decoded = segment_decode(&checker->decoder, &item->raw, SEGMENT_ALL,
				       check->understood, &segment);
	if (item->decoded != STATUS_OK)
		return;
	item->texts = texts_sound(&segment, &check->forms, &checker->text);
	item->members_there = members_there(&segment, item->members);
	if (check->understood)
		item->bounds_same = bounds_same(&segment, &item->bounds);
	item->decoded = same(&item->raw, &item->raw.found, item->found,
			     &item->found_same);
	if (check->understood && item->decoded == STATUS_OK)
		item->decoded = same(&item->raw, &item->raw.understood,
				     item->understood, &item->understood_same);
}

/* ---- all of it ---- */

static enum status prepare(struct segments_check *check)
{
	int64_t total = 0;
	enum status status = casefile_integer(
		check->casefile, "SELECT sum(rows) FROM segment", 0, &total);

	check->progress.step = "verify";
	check->progress.total = total > 0 ? (uint64_t)total : 0;
	check->item_count = (size_t)check->threads + 2;
	check->items = calloc(check->item_count, sizeof(*check->items));
	check->places = memory_array(NULL, check->item_count,
				     sizeof(*check->places));
	check->checkers = calloc(check->threads, sizeof(*check->checkers));
	if (!check->items || !check->places || !check->checkers)
		return error_memory(&check->casefile->error);
	for (size_t i = 0; i < check->item_count; i++)
		check->places[i] = &check->items[i];
	return status;
}

/* Their numbers have no gaps. */
#define MEMBERS "(SELECT count(*) FROM member m WHERE m.source = s.source)"

static enum status open_all(struct segments_check *check)
{
	enum status status = segment_fetch_open(&check->fetch, check->casefile,
						SEGMENT_ALL, check->understood);

	if (status != STATUS_OK)
		return status;
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
	return forms_load(&check->forms, check->casefile);
}

static void close_all(struct segments_check *check)
{
	segment_fetch_close(&check->fetch);
	sqlite3_finalize(check->said);
	forms_release(&check->forms);
	for (size_t i = 0; check->items && i < check->item_count; i++)
		raw_segment_release(&check->items[i].raw);
	for (unsigned i = 0; check->checkers && i < check->threads; i++) {
		segment_decoder_release(&check->checkers[i].decoder);
		buf_release(&check->checkers[i].text);
	}
	free(check->items);
	free(check->places);
	free(check->checkers);
}

enum status verify_segments(struct casefile *casefile, unsigned threads,
			    const struct observer *observer,
			    struct verify_counts *counts)
{
	struct segments_check check = {
		.casefile = casefile,
		.observer = observer,
		.counts = counts,
		.understood = casefile_understood(casefile) ? SEGMENT_ALL : 0,
		.threads = threads < 1 ? 1 : threads,
	};
	const struct pipeline pipeline = { &check, fill, work, NULL, NULL, take };
	enum status status;

	if (check.threads > PIPELINE_WORKERS)
		check.threads = PIPELINE_WORKERS;
	status = open_all(&check);
	if (status == STATUS_INTEGRITY) {
		verify_fail_error(observer, counts, &casefile->error);
		status = STATUS_OK;
	} else if (status == STATUS_OK) {
		status = prepare(&check);
		if (status == STATUS_OK)
			status = pipeline_run(&pipeline, check.places,
					      check.item_count, check.threads);
	}
	close_all(&check);
	return status;
}
