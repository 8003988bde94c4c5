/* SPDX-License-Identifier: Apache-2.0 */
/* Forms that no call has any more. */
#include "casefile/mend/forms_used.h"

#include <stdlib.h>
#include <string.h>

#include "base/thread/pipeline.h"
#include "casefile/segment/segment_scan.h"
#include "casefile/sql.h"

/* Form ids are below it. */
#define FORM_END (FORM_FIRST + FORM_MOST)

/* What a thread has of its own. */
struct finder {
	struct segment_decoder decoder;
	bool used[FORM_END];
};

struct found_item {
	struct segment_scan_item segment;
	enum status decoded;
};

struct finding {
	struct casefile *casefile;
	struct finder *finders;
	unsigned threads;
	uint64_t wanted;           /* the columns of forms */
};

static void mark(struct finder *finder, const int64_t *forms, uint32_t rows)
{
	for (uint32_t i = 0; i < rows; i++)
		if (forms[i] >= 0 && forms[i] < FORM_END)
			finder->used[forms[i]] = true;
}

static void work(void *context, struct segment_scan_item *fetched, unsigned worker)
{
	const struct finding *finding = context;
	struct finder *finder = &finding->finders[worker];
	struct found_item *item = (struct found_item *)fetched;
	struct segment segment;

	item->decoded = segment_decode(&finder->decoder, &fetched->raw, finding->wanted,
				       0, &segment);
	if (item->decoded != STATUS_OK)
		return;
	for (unsigned role = 0; role < CALL_ROLES; role++)
		if (segment.found[FOUND_FORM(role)])
			mark(finder, segment.found[FOUND_FORM(role)], segment.rows);
}

static enum status take(void *context, struct segment_scan_item *fetched)
{
	const struct finding *finding = context;
	const struct found_item *item = (const struct found_item *)fetched;

	return item->decoded == STATUS_OK
		       ? STATUS_OK
		       : segment_decode_failed(finding->casefile, fetched->raw.id,
					       item->decoded);
}

static enum status scan(struct finding *finding, const struct observer *observer)
{
	const struct segment_scan_given given = {
		.casefile = finding->casefile,
		.observer = observer,
		.step = "drop",
		.found = finding->wanted,
		.threads = finding->threads,
		.item_size = sizeof(struct found_item),
		.context = finding,
		.work = work,
		.take = take,
	};
	struct segment_scan segments;
	enum status status = segment_scan_open(&segments, &given);

	if (status == STATUS_OK)
		status = segment_scan_run(&segments);
	segment_scan_close(&segments);
	return status;
}

static bool is_used(const struct finding *finding, int64_t form)
{
	for (unsigned i = 0; i < finding->threads; i++)
		if (form < FORM_FIRST || form >= FORM_END ||
		    finding->finders[i].used[form])
			return true;
	return false;
}

static enum status empty(struct finding *finding)
{
	struct casefile *casefile = finding->casefile;
	sqlite3_stmt *statement;
	int64_t last = 0;
	enum status status = casefile_integer(casefile, "SELECT max(id) FROM form", 0,
					      &last);

	statement = status == STATUS_OK
			    ? casefile_prepare(casefile,
					       "UPDATE form SET mask = CAST('\\dropped '"
					       " || id AS BLOB) WHERE id = ?")
			    : NULL;
	if (!statement)
		return casefile->error.status;
	for (int64_t form = FORM_FIRST; form <= last && status == STATUS_OK; form++) {
		if (is_used(finding, form))
			continue;
		bind_integer(statement, 1, form);
		status = casefile_run(casefile, statement);
	}
	sqlite3_finalize(statement);
	return status;
}

enum status forms_empty_unused(struct casefile *casefile, unsigned threads,
			       const struct observer *observer)
{
	struct finding finding = { .casefile = casefile, .threads = threads };
	enum status status;

	if (finding.threads < 1)
		finding.threads = 1;
	if (finding.threads > PIPELINE_WORKERS)
		finding.threads = PIPELINE_WORKERS;
	for (unsigned role = 0; role < CALL_ROLES; role++)
		finding.wanted |= SEGMENT_COLUMN(FOUND_FORM(role));
	finding.finders = calloc(finding.threads, sizeof(*finding.finders));
	if (!finding.finders)
		return error_memory(&casefile->error);
	status = scan(&finding, observer);
	if (status == STATUS_OK)
		status = empty(&finding);
	for (unsigned i = 0; i < finding.threads; i++)
		segment_decoder_release(&finding.finders[i].decoder);
	free(finding.finders);
	return status;
}
