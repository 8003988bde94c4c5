/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a source as a whole once it is read. */
#include "ingest/coverage/load_coverage.h"

#include <inttypes.h>
#include <string.h>

#include "base/time/calendar.h"
#include "base/time/moment.h"
#include "ingest/coverage/witness.h"
#include "ingest/load/load_dialect.h"

/* Columns that are told; and those that a remark has room for. */
#define COLUMNS_TOLD 5
#define COLUMNS_KEPT 12

/* A source being told. */
struct telling {
	const struct load *load;
	const struct load_stream *stream;
	const struct witness *witness;
	struct remark_writer *writer;
	struct buf said;        /* of the notice */
};

/* Keeps a remark, and adds its text to the notice. */
static enum status keep(struct telling *t, struct remark *remark, struct buf *text)
{
	enum status status = STATUS_OK;

	if (text->failed)
		return error_memory(&t->load->casefile->error);
	remark->source = t->stream->source.id;
	remark->shown = t->stream->shown;
	remark->text = text->data;
	if (text->len > 0)
		status = remark_writer_keep(t->writer, remark);
	return status;
}

static void say(struct telling *t, struct text text)
{
	if (text.len == 0)
		return;
	buf_text(&t->said, t->said.len ? "; " : "");
	buf_add(&t->said, text.data, text.len);
}

/* `2022-03-27 00:59:58`, with a Z where it is UTC. */
static void add_time(int64_t ms, bool utc, struct buf *out)
{
	char text[21];

	if (moment_format_utc(calendar_unit(ms, SECOND_MS), text) == 0)
		return;
	text[10] = utc ? 'T' : ' ';
	buf_add(out, text, utc ? 20 : 19);
}

static enum status tell_times(struct telling *t)
{
	const struct witness *w = t->witness;
	struct remark remark = { .topic = "coverage", .count = t->stream->source.accepted,
				 .remedy = "is that all of the time that was asked for?" };
	struct buf text = { 0 };
	enum status status;

	if (w->open) {
		buf_text(&text, "first and last time are open, as day or month may stand first");
	} else if (w->times) {
		buf_text(&text, "times from ");
		add_time(w->first, w->zoned && !t->stream->local_time, &text);
		buf_text(&text, " to ");
		add_time(w->last, w->zoned && !t->stream->local_time, &text);
	}
	status = keep(t, &remark, &text);
	say(t, buf_view(&text));
	buf_release(&text);
	return status;
}

/* How many ids there are not between those that there are. */
static void add_gaps(const struct id_tally *ids, const struct id_gaps *gaps, struct buf *out)
{
	buf_format(out, "ids %" PRId64 " to %" PRId64 ": %" PRIu64 " missing, %" PRId64 " of them between %" PRId64 " and %" PRId64
		   ", which hints at rows deleted or lost, and proves nothing", ids->least, ids->most, gaps->missing,
		   gaps->largest.last - gaps->largest.first - 1, gaps->largest.first, gaps->largest.last);
}

static enum status tell_ids(struct telling *t)
{
	const struct id_tally *ids = &t->witness->ids;
	const struct id_gaps gaps = id_tally_gaps(ids);
	struct remark remark = { .topic = "gaps", .count = gaps.told ? gaps.missing : 0,
				 .remedy = "ask who kept the service why they are not there" };
	struct buf text = { 0 };
	enum status status;

	/* Ids of which most are no numbers are none that count rows. */
	if (ids->count == 0 || ids->others >= ids->count)
		return STATUS_OK;
	if (!gaps.told)
		buf_text(&text, "whether ids are missing cannot be told: they are in no order, with too many gaps");
	else if (gaps.missing > 0 && !gaps.sparse)
		add_gaps(ids, &gaps, &text);
	else if (gaps.missing == 0 && ids->least < ids->most)
		buf_format(&text, "ids %" PRId64 " to %" PRId64 ": none missing", ids->least, ids->most);
	status = keep(t, &remark, &text);
	say(t, buf_view(&text));
	buf_release(&text);
	return status;
}

static enum status tell_status(struct telling *t, enum seen_status what)
{
	static const char *const texts[] = { [SEEN_ANSWERED_ZERO] = "answered by status with no seconds of talk",
					     [SEEN_UNANSWERED_TALK] = "not answered by status with seconds of talk" };
	const struct clock_count *count = &t->witness->statuses[what];
	struct remark remark = { .role = "status", .topic = "contradiction", .count = count->count,
				 .remedy = "look at such rows: seconds decide" };
	struct buf text = { 0 }, where = { 0 };
	enum status status;

	if (count->count == 0)
		return STATUS_OK;
	remark.line = load_place_text(t->load, t->stream, count->member, count->line, &where);
	buf_format(&text, "%" PRIu64 " row%s %s %s (%s)", count->count, plural(count->count),
		   count->count == 1 ? "is" : "are", texts[what], buf_view(&where).data);
	text.failed = text.failed || where.failed;
	status = keep(t, &remark, &text);
	say(t, buf_view(&text));
	buf_release(&text);
	buf_release(&where);
	return status;
}

static enum status tell_columns(struct telling *t)
{
	struct buf columns = { 0 }, text = { 0 };
	const size_t count = coverage_columns(t->stream, COLUMNS_KEPT, &columns);
	struct remark remark = { .topic = "unread", .count = count,
				 .remedy = "a role takes one in: -m ROLE=COLUMN; `unspoof rows` shows all" };
	enum status status = STATUS_OK;

	if (count > 0)
		buf_format(&text, "column%s not read: %s%s", plural(count), buf_view(&columns).data,
			   count > COLUMNS_KEPT ? ", and more" : "");
	status = keep(t, &remark, &text);
	buf_clear(&columns);
	buf_clear(&text);
	(void)coverage_columns(t->stream, COLUMNS_TOLD, &columns);
	if (count > 0)
		buf_format(&text, "column%s not read: %s", plural(count), buf_view(&columns).data);
	if (count > COLUMNS_TOLD)
		buf_format(&text, ", and %zu more", count - COLUMNS_TOLD);
	say(t, buf_view(&text));
	buf_release(&columns);
	buf_release(&text);
	return status;
}

enum status load_coverage_say(const struct load *load, const struct load_stream *stream, struct remark_writer *writer)
{
	struct telling t = { load, stream, stream->witness, writer, { 0 } };
	enum status status;

	if (!stream->witness || stream->source.accepted == 0)
		return STATUS_OK;
	status = tell_times(&t);
	if (status == STATUS_OK)
		status = tell_ids(&t);
	for (int what = 0; what < SEEN_STATUSES && status == STATUS_OK; what++)
		status = tell_status(&t, (enum seen_status)what);
	if (status == STATUS_OK)
		status = tell_columns(&t);
	if (status == STATUS_OK && t.said.failed)
		status = error_memory(&load->casefile->error);
	if (status == STATUS_OK && t.said.len > 0)
		observer_notice(load->observer, "%s: %s", stream->shown, t.said.data);
	buf_release(&t.said);
	return status;
}
