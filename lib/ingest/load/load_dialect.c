/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of how a source is written. */
#include "ingest/load/load_dialect.h"

#include <string.h>

#include "casefile/sql.h"

static enum status say_notes(struct load *load, const struct load_stream *stream,
			     struct remark_writer *writer)
{
	const struct layout *layout = load_layout(load, stream);
	struct format_note notes[FORMAT_NOTES];
	const size_t count = layout->format->notes ? layout->format->notes(layout, notes)
						   : 0;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < count && status == STATUS_OK; i++) {
		const struct remark remark = {
			.source = stream->source.id, .shown = stream->shown,
			.topic = notes[i].topic, .count = notes[i].count,
			.line = notes[i].line, .text = notes[i].text,
			.remedy = notes[i].remedy,
		};

		status = remark_writer_say(writer, &remark);
	}
	return status;
}

static enum status say_feet(const struct load_stream *stream, struct remark_writer *writer)
{
	const struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .topic = "foot",
		.count = stream->feet, .line = stream->foot_line,
		.remedy = "with --keep-foot they are rows, good or bad",
	};

	if (stream->feet == 0)
		return STATUS_OK;
	return remark_writer_sayf(writer, &remark,
				  "%llu line%s around the table, the first in line %llu, %s "
				  "skipped as no row%s", (unsigned long long)stream->feet,
				  stream->feet == 1 ? "" : "s",
				  (unsigned long long)stream->foot_line,
				  stream->feet == 1 ? "is" : "are",
				  stream->feet == 1 ? "" : "s");
}

/* Rejects that tell how the source may be written: what they are found by, and what to
 * do. */
static const struct {
	const char *where, *remedy;
} signs[] = {
	{ "reason GLOB 'a quote in column *' OR reason GLOB 'the quote opened in column *'",
	  "where quotes inside fields are not doubled say --inner-quotes bare, where they "
	  "are around a part --inner-quotes part, and without any --quote none" },
	{ "reason GLOB 'has * field*' AND instr(CAST(text AS TEXT), char(92)) > 0",
	  "where one stands before separators and quotes that are part of a value say "
	  "--escape backslash" },
};

static sqlite3_stmt *find_sign(struct casefile *casefile, size_t sign, int64_t source)
{
	struct buf sql = { 0 };
	sqlite3_stmt *statement = NULL;

	buf_format(&sql, "SELECT count(*), min(line) FROM reject WHERE source = ? AND"
			 " role = '' AND (%s)", signs[sign].where);
	if (sql.failed)
		(void)error_memory(&casefile->error);
	else
		statement = casefile_prepare(casefile, sql.data);
	if (statement)
		bind_integer(statement, 1, source);
	buf_release(&sql);
	return statement;
}

static enum status say_sign(const struct load_stream *stream, struct remark_writer *writer,
			    size_t sign)
{
	struct casefile *casefile = writer->casefile;
	sqlite3_stmt *found = find_sign(casefile, sign, stream->source.id);
	struct remark remark = { .source = stream->source.id, .shown = stream->shown,
				 .topic = "dialect", .remedy = signs[sign].remedy };
	enum status status = found ? casefile_step(casefile, found)
				   : casefile->error.status;

	if (status == STATUS_OK) {
		remark.count = (uint64_t)sqlite3_column_int64(found, 0);
		remark.line = (uint64_t)sqlite3_column_int64(found, 1);
	}
	sqlite3_finalize(found);
	if (status != STATUS_OK || remark.count == 0)
		return status;
	return remark_writer_sayf(writer, &remark,
				  sign == 0 ? "%llu row%s rejected for quotes that are out "
					      "of place or not closed"
					    : "%llu row%s rejected for the number of fields "
					      "with a backslash in the row",
				  (unsigned long long)remark.count,
				  remark.count == 1 ? "" : "s");
}

enum status load_say_dialect(struct load *load, const struct load_stream *stream,
			     struct remark_writer *writer)
{
	enum status status = say_notes(load, stream, writer);

	if (status == STATUS_OK)
		status = say_feet(stream, writer);
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]) && status == STATUS_OK &&
			   stream->source.rejected > 0; i++)
		status = say_sign(stream, writer, i);
	return status;
}
