/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a source once all of it is read. */
#include "ingest/load/load_remarks.h"

#include <stdio.h>
#include <string.h>

#include "casefile/record/remark.h"
#include "casefile/sql.h"
#include "ingest/load/load_dialect.h"
#include "ingest/load/load_no_calls.h"

/* The number of the word because of which a row was rejected; 0: it was not. */
static unsigned word_of(const struct absents *absents, struct text reason)
{
	for (size_t i = 0; i < absents->count; i++)
		if (text_is(reason, absents->words[i].reason))
			return (unsigned)i + 1;
	return 0;
}

/* Rows without a needed value, by role and word; columns as in rejected_absent(). */
static enum status say_absent(struct remark_writer *writer, const struct load_stream *stream,
			      sqlite3_stmt *rejects)
{
	const struct absents *absents = &stream->plan.profile.absents;
	const unsigned number = word_of(absents, column_text(rejects, 1));
	const char *role = (const char *)sqlite3_column_text(rejects, 0);
	const uint64_t count = (uint64_t)sqlite3_column_int64(rejects, 2);
	char shown[120], remedy[200];
	struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .role = role,
		.topic = "absent", .count = count,
		.line = (uint64_t)sqlite3_column_int64(rejects, 3), .remedy = remedy,
	};

	if (!number || !role)
		return columns_read(writer->casefile, rejects);
	remark.value = text_of(absents_word(absents, number)->word);
	(void)absents_show(absents, number, shown, sizeof(shown));
	(void)snprintf(remedy, sizeof(remedy),
		       "is it the right column (-m %s=COLUMN)? Where that is a value, say "
		       "so in a profile: not-absent %.100s", role, remark.value.data);
	return remark_writer_sayf(writer, &remark,
				  "%llu row%s rejected, for role %s is needed, and %s is "
				  "no value",
				  (unsigned long long)count, count == 1 ? "" : "s", role,
				  shown);
}

static sqlite3_stmt *rejected_absent(struct casefile *casefile, int64_t source)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT role, reason, count(*), min(line) FROM reject"
			  " WHERE source = ? AND reason GLOB 'needed, and * no value'"
			  " GROUP BY role, reason ORDER BY role, reason");

	if (statement)
		bind_integer(statement, 1, source);
	return statement;
}

static enum status say_all_absent(struct remark_writer *writer,
				  const struct load_stream *stream)
{
	struct casefile *casefile = writer->casefile;
	sqlite3_stmt *rejects = rejected_absent(casefile, stream->source.id);
	enum status status = rejects ? STATUS_OK : casefile->error.status;

	while (status == STATUS_OK &&
	       (status = casefile_step(casefile, rejects)) == STATUS_OK)
		status = say_absent(writer, stream, rejects);
	sqlite3_finalize(rejects);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status load_remarks(struct load *load, const struct load_stream *stream)
{
	struct remark_writer writer = { 0 };
	enum status status = remark_writer_open(&writer, load->casefile, LAYER_FOUND,
						load->observer);

	if (status == STATUS_OK)
		status = load_say_dialect(load, stream, &writer);
	if (status == STATUS_OK)
		status = load_say_no_calls(stream, &writer);
	if (status == STATUS_OK && stream->source.rejected > 0)
		status = say_all_absent(&writer, stream);
	remark_writer_close(&writer);
	return status;
}
