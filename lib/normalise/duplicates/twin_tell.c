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
};

struct telling {
	const struct twin_tell_given *given;
	struct segment_reader places;
};

/* Where a call stands, as it is said: the source, and the line. */
static enum status find_place(struct telling *telling, int64_t call,
			      const struct source_sense **source, uint64_t *line)
{
	const struct segment *segment = &telling->places.segment;
	enum status status = segment_reader_seek(&telling->places, call / SEGMENT_ROWS);

	if (status == STATUS_OK) {
		*source = source_sense_of(telling->given->sources, segment->source);
		*line = (uint64_t)segment_found(segment, FOUND_LINE,
						(uint32_t)(call % SEGMENT_ROWS));
	}
	if (status == STATUS_OK && *source)
		return STATUS_OK;
	return status == STATUS_OK || status == STATUS_END
		       ? segment_decode_failed(telling->given->casefile,
					       call / SEGMENT_ROWS, STATUS_INTEGRITY)
		       : status;
}

static enum status tell(struct telling *telling, enum twin_finding finding,
			const struct twin_tally *tally)
{
	const struct source_sense *source, *other;
	struct remark remark = { .role = words[finding].role, .topic = "duplicate",
				 .count = tally->count,
				 .remedy = words[finding].remedy };
	char example[400] = "";
	uint64_t line = 0;
	enum status status = find_place(telling, tally->call, &source, &remark.line);

	if (status == STATUS_OK && tally->other) {
		status = find_place(telling, tally->other, &other, &line);
		if (status == STATUS_OK)
			(void)snprintf(example, sizeof(example), " as %.300s:%llu",
				       other->name, (unsigned long long)line);
	}
	if (status != STATUS_OK)
		return status;
	return notes_remark(telling->given->notes, source, &remark,
			    "%llu rows of calls %s; line %llu%s",
			    (unsigned long long)tally->count, words[finding].text,
			    (unsigned long long)remark.line,
			    tally->other ? example : " is one");
}

enum status twin_tell(const struct twin_tell_given *given)
{
	struct telling telling = { .given = given };
	enum status status = segment_reader_open(&telling.places, given->casefile,
						 SEGMENT_COLUMN(FOUND_LINE), 0);

	for (size_t i = 0; i < given->sources->count; i++)
		for (unsigned f = 0; f < TWIN_FINDINGS && status == STATUS_OK; f++)
			if (given->tallies[i].of[f].count)
				status = tell(&telling, (enum twin_finding)f,
					      &given->tallies[i].of[f]);
	segment_reader_close(&telling.places);
	return status;
}
