/* SPDX-License-Identifier: Apache-2.0 */
/* What was found of rows that are there twice: remarks of topic duplicate. */
#include "normalise/duplicates/twin_tell.h"

#include <stdio.h>

#include "casefile/segment/raw_segment.h"

/* What is said of so many rows of a source, and of an example. */
static const struct {
	const char *role;      /* that it is about; "": rows as a whole */
	const char *text;      /* behind the count */
	const char *remedy;
} words[TWIN_FINDINGS] = {
	[TWIN_AGAIN] = { "", "are there twice and count once",
			 "if each is a call of its own, say `correlate --duplicates keep`" },
	[TWIN_TALK] = { "talk", "are there twice with another talk; the longest counts",
			"look at both rows with `unspoof show CASE call ID`" },
	[TWIN_STATUS] = { "status", "are there twice with another status",
			  "the status of the row with most talk counts" },
	[TWIN_COST] = { "cost", "are there twice with another cost",
			"the cost of the row with most talk counts" },
	[TWIN_CLASH] = { "call_id", "have the call_id of a row that differs in account, "
				    "start or number; all count",
			 "if two services are in the case, ingest each with its --service; "
			 "if rows are legs, with a profile that says so" },
	[TWIN_COARSE] = { "started", "are equal to rows of another source, but their times "
				     "have no seconds; all count",
			  "if the dumps overlap, take the part out of one of them" },
	[TWIN_NEAR] = { "account", "have start, account and numbers of a row of another source, but "
			    "differ in another role; all count",
			"if the dumps overlap, take the part out of one of them" },
	[TWIN_NO_ID] = { "call_id", "have no call_id, but account, start and numbers of a row of "
				    "another source that has one; all count",
			 "if the dumps overlap, take the part out of one of them, or ingest the "
			 "one that has ids with -m call_id=, so that none has" },
};

struct telling {
	const struct twin_tell_given *given;
	struct segment_reader places;
};

static enum status find_row(struct telling *telling, int64_t call, struct note_row *row)
{
	const struct segment *segment = &telling->places.segment;
	const uint32_t i = (uint32_t)(call % SEGMENT_ROWS);
	const enum status status =
		segment_reader_seek(&telling->places, call / SEGMENT_ROWS);

	if (status == STATUS_OK) {
		row->source = source_sense_of(telling->given->sources, segment->source);
		row->member = segment_found(segment, FOUND_MEMBER, i);
		row->line = (uint64_t)segment_found(segment, FOUND_LINE, i);
	}
	if (status == STATUS_OK && row->source)
		return STATUS_OK;
	return status == STATUS_OK || status == STATUS_END
		       ? segment_decode_failed(telling->given->casefile,
					       call / SEGMENT_ROWS, STATUS_INTEGRITY)
		       : status;
}

static enum status tell(struct telling *telling, enum twin_finding finding,
			const struct twin_tally *tally)
{
	struct notes *notes = telling->given->notes;
	struct note_row row = { NULL, 0, 0 }, other = { NULL, 0, 0 };
	struct remark remark = { .role = words[finding].role, .topic = "duplicate",
				 .count = tally->count,
				 .remedy = words[finding].remedy };
	struct buf example = { 0 };
	enum status status = find_row(telling, tally->call, &row);

	if (status == STATUS_OK && tally->other)
		status = find_row(telling, tally->other, &other);
	if (status == STATUS_OK) {
		remark.line = notes_add_example(notes, &row, other.source ? &other : NULL, &example);
		status = notes_remark(notes, row.source, &remark, "%llu rows of calls %s; %s",
				      (unsigned long long)tally->count, words[finding].text,
				      buf_view(&example).data);
	}
	buf_release(&example);
	return status;
}

enum status twin_tell(const struct twin_tell_given *given)
{
	struct telling telling = { .given = given };
	enum status status = segment_reader_open(&telling.places, given->casefile,
						 SEGMENT_COLUMN(FOUND_LINE) |
							 SEGMENT_COLUMN(FOUND_MEMBER), 0);

	for (size_t i = 0; i < given->sources->count; i++)
		for (unsigned f = 0; f < TWIN_FINDINGS && status == STATUS_OK; f++)
			if (given->tallies[i].of[f].count)
				status = tell(&telling, (enum twin_finding)f,
					      &given->tallies[i].of[f]);
	segment_reader_close(&telling.places);
	return status;
}
