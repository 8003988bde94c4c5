/* SPDX-License-Identifier: Apache-2.0 */
/* The segments to several threads, and what went wrong with one in words. */
#include "correlate/calls/call_scan.h"

struct call_scan {
	const struct call_scan_given *given;
	uint64_t *calls;
};

static void work(void *context, struct segment_scan_item *segment, unsigned worker)
{
	const struct call_scan *scan = context;
	struct call_scan_item *item = (struct call_scan_item *)segment;

	item->calls = 0;
	item->trouble = TROUBLE_NONE;
	if (segment->first_row + segment->raw.rows >= UINT32_MAX)
		item->trouble = TROUBLE_ROWS;
	else
		scan->given->work(scan->given->context, item, worker);
}

static enum status tell(const struct call_scan_given *given, enum trouble trouble,
			int64_t segment)
{
	struct error *error = &given->casefile->error;

	switch (trouble) {
	case TROUBLE_NONE:
		break;
	case TROUBLE_DAMAGED:
		return segment_decode_failed(given->casefile, segment,
					     STATUS_INTEGRITY);
	case TROUBLE_ACCOUNT:
		return error_set(error, STATUS_INTEGRITY,
				 "segment %lld names an account that the case "
				 "has not", (long long)segment);
	case TROUBLE_PRESENTED:
		return error_set(error, STATUS_INTEGRITY,
				 "segment %lld shows a text that the case has "
				 "not", (long long)segment);
	case TROUBLE_ROWS:
		return error_set(error, STATUS_FAILED,
				 "more than 4,294,967,294 rows of calls");
	case TROUBLE_SPILL:
		return given->spill ? spill_failed(given->spill, error)
				    : error_memory(error);
	}
	return STATUS_OK;
}

static enum status take(void *context, struct segment_scan_item *segment)
{
	const struct call_scan *scan = context;
	const struct call_scan_item *item = (struct call_scan_item *)segment;

	*scan->calls += item->calls;
	return tell(scan->given, item->trouble, segment->raw.id);
}

enum status call_scan_run(const struct call_scan_given *given, uint64_t *calls)
{
	struct call_scan context = { given, calls };
	const struct segment_scan_given segments = {
		.casefile = given->casefile,
		.observer = given->observer,
		.step = given->step,
		.understood = given->wanted,
		.passed = given->passed,
		.passes = given->passes,
		.threads = given->threads,
		.item_size = sizeof(struct call_scan_item),
		.context = &context,
		.work = work,
		.take = take,
	};
	struct segment_scan scan;
	enum status status = segment_scan_open(&scan, &segments);

	*calls = 0;
	if (status == STATUS_OK)
		status = segment_scan_run(&scan);
	segment_scan_close(&scan);
	return status;
}
