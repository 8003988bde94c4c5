/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of how a source is written. */
#include "ingest/load/load_dialect.h"

#include <stdio.h>
#include <string.h>

#include "casefile/sql.h"
#include "ingest/format/shape/header_again.h"

#define PATH_SHOWN 200

uint64_t load_place_text(const struct load *load, const struct load_stream *stream,
			 uint64_t member, uint64_t line, struct buf *out)
{
	struct buf place = { 0 };

	buf_format(out, "line %llu", (unsigned long long)line);
	if (stream->members == 0)
		return line;
	/* A place that is told in part is another one. */
	if (source_place(load->casefile, stream->source.id, (int64_t)member, PATH_SHOWN,
			 &place))
		buf_format(out, " of %s", buf_view(&place).data);
	else
		out->failed = true;
	buf_release(&place);
	return 0;
}

uint64_t load_example_text(const struct load *load, const struct load_stream *stream,
			   uint64_t count, sqlite3_stmt *row, int column, struct buf *out)
{
	struct buf place = { 0 };
	const uint64_t line = load_place_text(
		load, stream, (uint64_t)sqlite3_column_int64(row, column + 1),
		(uint64_t)sqlite3_column_int64(row, column), &place);

	if (line == 0 && count > 0)
		buf_format(out, count == 1 ? ", in %s" : ", the first in %s",
			   buf_view(&place).data);
	out->failed = out->failed || place.failed;
	buf_release(&place);
	return line;
}

/* A note is of the member: of the first of its tables it is said, of the others kept. */
static enum status say_note(const struct load *load, const struct load_stream *stream,
			    const struct format_note *note, struct remark_writer *writer)
{
	const bool shared = stream->members > 0;
	const bool alone = load->gather || load->stream_count == 1;
	char text[REMARK_TEXT_MOST];
	const struct remark remark = {
		.source = stream->source.id, .shown = alone ? stream->shown : dump_shown(load->dump),
		.topic = note->topic, .count = note->count, .line = shared ? 0 : note->line,
		.text = text, .remedy = note->remedy,
	};

	(void)snprintf(text, sizeof(text), "%.199s%s%.290s", note->text, shared ? ", in " : "",
		       shared ? stream->sniffed : "");
	return alone || stream->index == 0 ? remark_writer_say(writer, &remark)
					   : remark_writer_keep(writer, &remark);
}

static enum status say_notes(struct load *load, const struct load_stream *stream,
			     struct remark_writer *writer)
{
	const struct layout *layout = load_layout(load, stream);
	struct format_note notes[FORMAT_NOTES];
	const size_t count = layout->format->notes ? layout->format->notes(layout, notes)
						   : 0;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = say_note(load, stream, &notes[i], writer);
	return status;
}

/* Values that no role can be, for their name was none of a column yet. */
static enum status say_late(struct load *load, const struct load_stream *stream,
			    struct remark_writer *writer)
{
	struct buf place = { 0 };
	struct remark remark = {
		.source = stream->source.id, .shown = stream->shown,
		.topic = "late column", .count = stream->late.count,
		.remedy = "name it in a line `role` of a profile given with -p where it is "
			  "wanted",
	};
	enum status status;

	if (stream->late.count == 0)
		return STATUS_OK;
	remark.line = load_place_text(load, stream, stream->late.member, stream->late.line,
				      &place);
	status = place.failed ? error_memory(&load->casefile->error) :
		 remark_writer_sayf(writer, &remark,
				    "%llu row%s a value that is in no column, for its key "
				    "is in none of the first rows: the first is '%s', in %s",
				    (unsigned long long)stream->late.count,
				    stream->late.count == 1 ? " has" : "s have",
				    stream->late.name, buf_view(&place).data);
	buf_release(&place);
	return status;
}

static enum status say_feet(struct load *load, const struct load_stream *stream,
			    struct remark_writer *writer)
{
	struct buf place = { 0 };
	struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .topic = "foot",
		.count = stream->feet,
		.remedy = "with --keep-foot they are rows, good or bad",
	};
	enum status status;

	if (stream->feet == 0)
		return STATUS_OK;
	remark.line = load_place_text(load, stream, stream->foot_member, stream->foot_line,
				      &place);
	status = place.failed ? error_memory(&load->casefile->error) :
		 remark_writer_sayf(writer, &remark,
				    "%llu line%s around the table, the first in %s, %s "
				    "skipped as no row%s", (unsigned long long)stream->feet,
				    stream->feet == 1 ? "" : "s", buf_view(&place).data,
				    stream->feet == 1 ? "is" : "are",
				    stream->feet == 1 ? "" : "s");
	buf_release(&place);
	return status;
}

/* Rejects that tell how the source may be written: what they are found by, and what to
 * do. */
static const struct {
	const char *where, *what, *remedy;
} signs[] = {
	{ "reason GLOB 'a quote in column *' OR reason GLOB 'the quote opened in column *'",
	  "quotes that are out of place or not closed",
	  "where quotes inside fields are not doubled say --inner-quotes bare, where they "
	  "are around a part --inner-quotes part, and without any --quote none" },
	{ "reason GLOB 'has * field*' AND instr(CAST(text AS TEXT), char(92)) > 0",
	  "the number of fields with a backslash in the row",
	  "where one stands before separators and quotes that are part of a value say "
	  "--escape backslash" },
};

static sqlite3_stmt *find_sign(struct casefile *casefile, size_t sign, int64_t source)
{
	struct buf sql = { 0 };
	sqlite3_stmt *statement = NULL;

	/* The others are those of the row with the least id. */
	buf_format(&sql, "SELECT count(*), line, member, min(id) FROM reject"
			 " WHERE source = ? AND role = '' AND (%s)", signs[sign].where);
	if (sql.failed)
		(void)error_memory(&casefile->error);
	else
		statement = casefile_prepare(casefile, sql.data);
	if (statement)
		bind_integer(statement, 1, source);
	buf_release(&sql);
	return statement;
}

static enum status say_sign(struct load *load, const struct load_stream *stream,
			    struct remark_writer *writer, size_t sign)
{
	struct casefile *casefile = writer->casefile;
	sqlite3_stmt *found = find_sign(casefile, sign, stream->source.id);
	struct remark remark = { .source = stream->source.id, .shown = stream->shown,
				 .topic = "dialect", .remedy = signs[sign].remedy };
	struct buf where = { 0 };
	enum status status = found ? casefile_step(casefile, found)
				   : casefile->error.status;

	if (status == STATUS_OK) {
		remark.count = (uint64_t)sqlite3_column_int64(found, 0);
		remark.line = load_example_text(load, stream, remark.count, found, 1, &where);
	}
	sqlite3_finalize(found);
	if (where.failed)
		status = error_memory(&casefile->error);
	if (status == STATUS_OK && remark.count > 0)
		status = remark_writer_sayf(writer, &remark, "%llu row%s rejected for %s%s",
					    (unsigned long long)remark.count,
					    remark.count == 1 ? "" : "s", signs[sign].what,
					    buf_view(&where).data);
	buf_release(&where);
	return status;
}

enum status load_say_dialect(struct load *load, const struct load_stream *stream,
			     struct remark_writer *writer)
{
	enum status status = say_notes(load, stream, writer);

	if (status == STATUS_OK)
		status = say_late(load, stream, writer);

	if (status == STATUS_OK)
		status = say_feet(load, stream, writer);
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]) && status == STATUS_OK &&
			   stream->source.rejected > 0; i++)
		status = say_sign(load, stream, writer, i);
	return status;
}

static enum status refuse_header(struct load *load, const struct load_stream *stream, sqlite3_stmt *found)
{
	struct buf where = { 0 };

	(void)load_place_text(load, stream, (uint64_t)sqlite3_column_int64(found, 1), (uint64_t)sqlite3_column_int64(found, 0),
			      &where);
	(void)error_set(&load->casefile->error, STATUS_USAGE,
			"%s: %s %s: rows behind it would be read as what they are not; nothing of it is kept: cut the file "
			"there, and give both parts", stream->shown, buf_view(&where).data, HEADER_AGAIN);
	buf_release(&where);
	load->refused = true;
	return STATUS_USAGE;
}

enum status load_one_header(struct load *load, const struct load_stream *stream)
{
	struct casefile *casefile = load->casefile;
	sqlite3_stmt *found;
	enum status status;

	if (stream->source.rejected == 0 || stream->plan.raw)
		return STATUS_OK;
	found = casefile_prepare(casefile, "SELECT line, member FROM reject WHERE source = ? AND reason = '" HEADER_AGAIN "'"
					   " ORDER BY id LIMIT 1");
	if (!found)
		return casefile->error.status;
	bind_integer(found, 1, stream->source.id);
	status = casefile_step(casefile, found);
	if (status == STATUS_OK)
		status = refuse_header(load, stream, found);
	sqlite3_finalize(found);
	return status == STATUS_END ? STATUS_OK : status;
}
