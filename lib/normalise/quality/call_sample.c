/* SPDX-License-Identifier: Apache-2.0 */
/* Texts drawn of the calls of a source, out of segments evenly spread. */
#include "normalise/quality/call_sample.h"

#include "casefile/segment/segment.h"
#include "casefile/sql.h"

#define HOUR_MS INT64_C(3600000)

#define FOUND_NEEDS \
	(SEGMENT_ROLE(CALL_ACCOUNT) | SEGMENT_ROLE(CALL_PRESENTED) | \
	 SEGMENT_ROLE(CALL_DIALLED) | SEGMENT_COLUMN(FOUND_HEAP) | \
	 SEGMENT_COLUMN(FOUND_LINE) | SEGMENT_COLUMN(FOUND_MEMBER))
#define READ_NEEDS (SEGMENT_COLUMN(READ_TALK) | SEGMENT_COLUMN(READ_FLAGS))

void call_sample_release(struct call_sample *sample)
{
	number_draw_release(&sample->accounts);
	number_draw_release(&sample->presented);
	number_draw_release(&sample->dialled);
}

/* The region of the account of a row, where numbers are read by that. */
static int region_of(const struct call_sample_given *given, const struct segment *segment,
		     enum call_role role, uint32_t i)
{
	if (!given->countries || role == CALL_ACCOUNT)
		return 0;
	return countries_of_key(given->countries, segment->understood[READ_ACCOUNT][i]);
}

/* A text in the heap is the same in every segment by its bytes only. */
static bool offer(const struct call_sample_given *given, const struct segment *segment,
		  enum call_role role, uint32_t i, struct number_draw *draw)
{
	const int64_t form = segment->found[FOUND_FORM(role)][i];
	const int region = region_of(given, segment, role, i);
	char room[FORM_LENGTH];
	struct text text = { NULL, 0 };
	uint64_t hash;

	if (form_meaning_of(given->meanings, form)) {
		hash = number_draw_hash_form(form, segment->found[FOUND_VALUE(role)][i]);
		hash = number_draw_hash_region(hash, region);
		if (!number_draw_offer(draw, hash))
			return true;
		text = form_meanings_text(given->meanings, segment, role, i, room);
	} else {
		text = form_meanings_text(given->meanings, segment, role, i, room);
		hash = number_draw_hash_region(number_draw_hash(text), region);
		if (text.len == 0 || !number_draw_offer(draw, hash))
			return true;
	}
	return number_draw_add(draw, hash, text, (struct drawn_place){
				       (uint64_t)segment_found(segment, FOUND_MEMBER, i),
				       (uint64_t)segment_found(segment, FOUND_LINE, i) }, region);
}

static bool draw_role(const struct call_sample_given *given, const struct segment *segment,
		      enum call_role role, struct number_draw *draw)
{
	bool good = true;

	for (uint32_t i = 0; i < segment->rows && good && segment_has(segment, role); i++)
		good = offer(given, segment, role, i, draw);
	return good;
}

static bool take_segment(const struct call_sample_given *given, const struct segment *segment,
			 struct call_sample *sample)
{
	const int64_t *talk = segment->understood[READ_TALK];
	const int64_t *flags = segment->understood[READ_FLAGS];

	for (uint32_t i = 0; i < segment->rows; i++) {
		sample->answered += flags[i] & CALL_FLAG_ANSWERED && talk[i] > 0;
		sample->over_hour += flags[i] & CALL_FLAG_ANSWERED && talk[i] > HOUR_MS;
	}
	return draw_role(given, segment, CALL_ACCOUNT, &sample->accounts) &&
	       draw_role(given, segment, CALL_PRESENTED, &sample->presented) &&
	       draw_role(given, segment, CALL_DIALLED, &sample->dialled);
}

/* The i-th of the segments that are looked at; 0: there are no more. */
static enum status segment_at(const struct call_sample_given *given, int64_t count,
			      int64_t i, int64_t *id)
{
	const int64_t most = count < CALL_SAMPLE_SEGMENTS ? count : CALL_SAMPLE_SEGMENTS;
	sqlite3_stmt *statement;
	enum status status;

	*id = 0;
	if (i >= most)
		return STATUS_OK;
	statement = casefile_prepare(given->casefile,
				     "SELECT id FROM segment WHERE source = ?"
				     " ORDER BY id LIMIT 1 OFFSET ?");
	if (!statement)
		return given->casefile->error.status;
	bind_integer(statement, 1, given->source);
	bind_integer(statement, 2, i * count / most);
	status = casefile_step(given->casefile, statement);
	if (status == STATUS_OK)
		*id = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status take_segments(const struct call_sample_given *given,
				 struct segment_reader *reader, int64_t count,
				 struct call_sample *sample)
{
	enum status status = STATUS_OK;
	int64_t id = 0;

	for (int64_t i = 0; status == STATUS_OK; i++) {
		status = segment_at(given, count, i, &id);
		if (status != STATUS_OK || id == 0)
			break;
		status = segment_reader_seek(reader, id);
		if (status == STATUS_OK && !take_segment(given, &reader->segment, sample))
			status = error_memory(&given->casefile->error);
	}
	return status;
}

static enum status count_segments(const struct call_sample_given *given, int64_t *count)
{
	char sql[80];

	(void)sqlite3_snprintf(sizeof(sql), sql,
			       "SELECT count(*) FROM segment WHERE source = %lld",
			       (long long)given->source);
	return casefile_integer(given->casefile, sql, 0, count);
}

static bool open_draws(struct call_sample *sample)
{
	return number_draw_open(&sample->accounts) && number_draw_open(&sample->presented) &&
	       number_draw_open(&sample->dialled);
}

static bool end_draws(struct call_sample *sample)
{
	return number_draw_end(&sample->accounts) && number_draw_end(&sample->presented) &&
	       number_draw_end(&sample->dialled);
}

enum status call_sample_draw(struct call_sample *sample,
			     const struct call_sample_given *given)
{
	struct segment_reader reader = { 0 };
	int64_t count;
	enum status status = count_segments(given, &count);

	if (status != STATUS_OK)
		return status;
	if (!open_draws(sample))
		return error_memory(&given->casefile->error);
	status = segment_reader_open(&reader, given->casefile, FOUND_NEEDS,
				     READ_NEEDS | (given->countries ? SEGMENT_COLUMN(READ_ACCOUNT) : 0));
	if (status == STATUS_OK)
		status = take_segments(given, &reader, count, sample);
	segment_reader_close(&reader);
	if (status == STATUS_OK && !end_draws(sample))
		status = error_memory(&given->casefile->error);
	return status;
}
