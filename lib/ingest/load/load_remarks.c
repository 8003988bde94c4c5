/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of a source once all of it is read. */
#include "ingest/load/load_remarks.h"

#include <stdio.h>
#include <string.h>

#include "casefile/record/remark.h"
#include "casefile/record/source_find.h"
#include "casefile/sql.h"
#include "ingest/coverage/load_clock.h"
#include "ingest/encoding/encoding.h"
#include "ingest/coverage/load_coverage.h"
#include "ingest/load/load_dialect.h"
#include "ingest/load/load_known.h"
#include "ingest/load/load_no_calls.h"
#include "ingest/load/load_profile.h"
#include "ingest/load/load_streams.h"
#include "ingest/plan/given_words.h"

/* The number of the word because of which a row was rejected; 0: it was not. */
static unsigned word_of(const struct absents *absents, struct text reason)
{
	for (size_t i = 0; i < absents->count; i++)
		if (text_is(reason, absents->words[i].reason))
			return (unsigned)i + 1;
	return 0;
}

/* Rows without a needed value, by role and word; columns as in rejected_absent(). */
static enum status say_absent(struct load *load, const struct load_stream *stream,
			      struct remark_writer *writer, sqlite3_stmt *rejects)
{
	const struct absents *absents = &stream->plan.profile.absents;
	const unsigned number = word_of(absents, column_text(rejects, 1));
	const char *role = (const char *)sqlite3_column_text(rejects, 0);
	const uint64_t count = (uint64_t)sqlite3_column_int64(rejects, 2);
	char shown[120], remedy[200];
	struct buf where = { 0 };
	struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .role = role,
		.topic = "absent", .count = count, .remedy = remedy,
	};
	enum status status;

	if (!number || !role)
		return columns_read(writer->casefile, rejects);
	remark.value = text_of(absents_word(absents, number)->word);
	remark.line = load_example_text(load, stream, count, rejects, 3, &where);
	(void)absents_show(absents, number, shown, sizeof(shown));
	(void)snprintf(remedy, sizeof(remedy),
		       "is it the right column (-m %s=COLUMN)? Where that is a value, say "
		       "so in a profile: not-absent %.100s", role, remark.value.data);
	status = where.failed ? error_memory(&writer->casefile->error) :
		 remark_writer_sayf(writer, &remark,
				    "%llu row%s rejected, for role %s is needed, and %s is "
				    "no value%s",
				    (unsigned long long)count, count == 1 ? "" : "s", role,
				    shown, buf_view(&where).data);
	buf_release(&where);
	return status;
}

static sqlite3_stmt *rejected_absent(struct casefile *casefile, int64_t source)
{
	/* The line and the member are those of the row with the least id. */
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT role, reason, count(*), line, member, min(id) FROM reject"
			  " WHERE source = ? AND reason GLOB 'needed, and * no value'"
			  " GROUP BY role, reason ORDER BY role, reason");

	if (statement)
		bind_integer(statement, 1, source);
	return statement;
}

static enum status say_all_absent(struct load *load, const struct load_stream *stream,
				  struct remark_writer *writer)
{
	struct casefile *casefile = writer->casefile;
	sqlite3_stmt *rejects = rejected_absent(casefile, stream->source.id);
	enum status status = rejects ? STATUS_OK : casefile->error.status;

	while (status == STATUS_OK &&
	       (status = casefile_step(casefile, rejects)) == STATUS_OK)
		status = say_absent(load, stream, writer, rejects);
	sqlite3_finalize(rejects);
	return status == STATUS_END ? STATUS_OK : status;
}

/* Words of which the options and the profile say different things. */
static enum status say_overruled(struct load *load, const struct load_stream *stream,
				 struct remark_writer *writer)
{
	const struct plan *plan = &stream->plan;
	const struct ingest_options *options = load->options;
	struct words_overruled word;
	struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .role = "status",
		.topic = "status", .count = 1,
		.remedy = "-w is stronger: leave it out where the profile is right",
	};
	enum status status = STATUS_OK;
	char shown[80], profile[100];

	for (size_t i = 0; i < options->word_count && status == STATUS_OK; i++) {
		if (!words_overrules(buf_view(&plan->profile.words), text_of(options->words[i]),
				     plan->kind, &word))
			continue;
		remark.value = word.word;
		status = remark_writer_sayf(
			writer, &remark, "'%s' means %s by -w, and %s by the profile %s",
			text_escape(word.word, shown, sizeof(shown)), word.given, word.profile,
			text_escape(text_of(plan->profile.name), profile, sizeof(profile)));
	}
	return status;
}

/* What is said of rows of other kinds with the same content. */
struct saying {
	const struct load *load;
	const struct load_stream *stream;
	struct remark_writer *writer;
};

static enum status say_other(void *context, int64_t id, const char *kind, uint64_t files)
{
	const struct saying *saying = context;
	const struct load_stream *stream = saying->stream;
	char remedy[120], what[80] = "its content";
	const struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .topic = "other-kind",
		.value = text_of(kind), .count = files, .remedy = remedy,
	};

	if (load_known_goes(saying->load, id))
		return STATUS_OK;
	if (stream->members > 0)
		(void)snprintf(what, sizeof(what), "the content of %llu file%s of it",
			       (unsigned long long)files, files == 1 ? "" : "s");
	(void)snprintf(remedy, sizeof(remedy),
		       "if that is wrong, `unspoof drop CASE %lld` takes that out",
		       (long long)id);
	return remark_writer_sayf(saying->writer, &remark,
				  "%s is in the case as source %lld too, as rows of another "
				  "kind, %s, and both count", what, (long long)id, kind);
}

static enum status say_others(struct load *load, const struct load_stream *stream,
			      struct remark_writer *writer)
{
	struct saying saying = { load, stream, writer };

	return source_each_other(load->casefile, stream->source.id, say_other, &saying);
}

/* A file that was another when it was loaded before. */
static enum status say_former(void *context, int64_t id)
{
	const struct saying *saying = context;
	const struct load_stream *stream = saying->stream;
	char remedy[120];
	const struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .topic = "other-content",
		.count = stream->source.accepted, .remedy = remedy,
	};

	if (load_known_goes(saying->load, id))
		return STATUS_OK;
	(void)snprintf(remedy, sizeof(remedy),
		       "if it takes the place of that, `unspoof drop CASE %lld` takes that out",
		       (long long)id);
	return remark_writer_sayf(saying->writer, &remark,
				  "another content of this path is in the case as source %lld, and both "
				  "count", (long long)id);
}

static enum status say_formers(struct load *load, const struct load_stream *stream,
			       struct remark_writer *writer)
{
	const struct source_row *row = &stream->source;
	const struct source_place place = { row->path, row->member, row->kind, row->stream, row->id };
	struct saying saying = { load, stream, writer };

	if (load->gather || dump_archive(load->dump) || !strcmp(row->path, "-"))
		return STATUS_OK;
	return source_each_path(load->casefile, &place, say_former, &saying);
}

/* Values that stand in no row. */
static enum status say_asserted(const struct load_stream *stream, struct remark_writer *writer)
{
	const struct mapping *mapping = &stream->plan.mapping;
	const struct kind_info *info = kind_info(mapping->kind);
	enum status status = STATUS_OK;
	char value[80], remedy[100];

	for (size_t role = 0; role < info->role_count && status == STATUS_OK; role++) {
		const struct remark remark = {
			.source = stream->source.id, .shown = stream->shown, .topic = "asserted",
			.role = info->roles[role].name, .value = mapping_said(mapping, role),
			.count = stream->source.accepted, .remedy = remedy,
		};

		if (remark.value.len == 0)
			continue;
		(void)snprintf(remedy, sizeof(remedy), "-m %s=COLUMN where a column says it", remark.role);
		status = remark_writer_sayf(writer, &remark,
					    "%s is '%s' in %llu row%s because that was said; the source "
					    "does not say it", remark.role,
					    text_escape(remark.value, value, sizeof(value)),
					    (unsigned long long)remark.count, plural(remark.count));
	}
	return status;
}

/* What was no character stands in its row as bytes that are no UTF-8. */
static enum status say_odd(const struct load *load, const struct load_stream *stream, struct remark_writer *writer)
{
	const uint64_t odd = load->gather ? load->odd : dump_odd(load->dump);
	const struct encoding *encoding = load_layout(load, stream)->input->encoding;
	const struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .topic = "no-character", .count = odd,
		.remedy = "they are kept so that they can be told; if there are many the encoding may be another "
			  "one (--encoding)",
	};

	if (odd == 0 || stream->index > 0 || !encoding)
		return STATUS_OK;
	return remark_writer_sayf(writer, &remark, "%llu byte%s or pair%s of it %s no character of %s",
				  (unsigned long long)odd, plural(odd), plural(odd), odd == 1 ? "is" : "are",
				  encoding_name(encoding));
}

/* An encoding that the dump says, and that there is nothing for. */
static enum status say_encoding(const struct load_stream *stream, struct remark_writer *writer)
{
	const char *name = stream->stream->encoding;
	const struct remark remark = {
		.source = stream->source.id, .shown = stream->shown, .topic = "encoding", .count = stream->source.read,
		.remedy = "bytes from 0x80 on are kept as they are: make it UTF-8 before, as with iconv(1)",
	};
	bool known = false;

	if (!name || encoding_find(text_of(name), &known) || known || text_is(text_of(name), "ASCII"))
		return STATUS_OK;
	return remark_writer_sayf(writer, &remark, "the dump says that its texts are %s, which is not read here", name);
}

enum status load_remarks(struct load *load, const struct load_stream *stream)
{
	struct remark_writer writer = { 0 };
	enum status status = remark_writer_open(&writer, load->casefile, LAYER_FOUND,
						load->observer);

	if (status == STATUS_OK)
		status = load_say_dialect(load, stream, &writer);
	if (status == STATUS_OK)
		status = load_say_profile(load, stream, &writer);
	if (status == STATUS_OK)
		status = load_say_left(load, stream, &writer);
	if (status == STATUS_OK)
		status = load_clock_say(load, stream, &writer);
	if (status == STATUS_OK)
		status = load_say_no_calls(stream, &writer);
	if (status == STATUS_OK)
		status = say_asserted(stream, &writer);
	if (status == STATUS_OK)
		status = say_odd(load, stream, &writer);
	if (status == STATUS_OK)
		status = say_encoding(stream, &writer);
	if (status == STATUS_OK && stream->source.rejected > 0)
		status = say_all_absent(load, stream, &writer);
	if (status == STATUS_OK)
		status = say_overruled(load, stream, &writer);
	if (status == STATUS_OK && stream->source.accepted > 0)
		status = say_others(load, stream, &writer);
	if (status == STATUS_OK && stream->source.accepted > 0)
		status = say_formers(load, stream, &writer);
	if (status == STATUS_OK)
		status = load_coverage_say(load, stream, &writer);
	remark_writer_close(&writer);
	return status;
}
