/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of calls of which a column without a role says that they are none. */
#include "ingest/load/load_no_calls.h"

#include <inttypes.h>

#include "casefile/record/no_call.h"

/* A column that tells rows apart has few words. */
#define WORDS_MOST 8

/* What the first rows have in a column. */
struct column_words {
	struct text words[WORDS_MOST];
	size_t count, rows;
	uint64_t no_calls;
	struct text example;          /* a word that says so, the first */
};

/* Notes a word; false: there are too many. */
static bool add_word(struct column_words *column, struct text word)
{
	size_t i = 0;

	while (i < column->count && !text_equal(column->words[i], word))
		i++;
	if (i == WORDS_MOST)
		return false;
	if (i == column->count)
		column->words[column->count++] = word;
	column->rows++;
	if (no_call_says(word) && column->no_calls++ == 0)
		column->example = word;
	return true;
}

static bool look_at(const struct load_stream *stream, size_t at, struct column_words *column)
{
	const struct sample *sample = &stream->stream->sample;

	*column = (struct column_words){ .count = 0 };
	for (size_t i = stream->plan.header ? 1 : 0; i < sample->row_count; i++) {
		const struct sample_row *row = &sample->rows[i];
		const struct text word = at < row->count ? text_trim(row->fields[at]) : (struct text){ NULL, 0 };

		if (word.len && !add_word(column, word))
			return false;
	}
	return column->no_calls > 0;
}

static bool pick_has(const struct pick *pick, size_t column)
{
	return (!pick->constant && pick->column == column) || (pick->joined && pick->second == column) ||
	       (pick->when && pick->when_column == column);
}

/* Whether the profile looks at a column, to take values or to leave rows out. */
static bool is_read(const struct mapping *mapping, size_t column)
{
	for (size_t i = 0; i < mapping->filter_count; i++)
		if (mapping->filters[i].column == column)
			return true;
	for (size_t role = 0; role < ROLES_MOST; role++)
		for (size_t i = 0; i < mapping->pick_counts[role]; i++)
			if (pick_has(&mapping->picks[role][i], column))
				return true;
	return false;
}

static enum status say(const struct load_stream *stream, size_t at, const struct column_words *column,
		       struct remark_writer *writer)
{
	const struct sample_row *header = stream->plan.header;
	const struct remark remark = { .source = stream->source.id, .shown = stream->shown, .topic = "no-call",
				       .value = column->example, .count = column->no_calls,
				       .remedy = "a profile leaves them out: drop COLUMN /REGEX/" };
	char name[60] = "", word[30];

	if (header && at < header->count)
		(void)text_escape(text_trim(header->fields[at]), name, sizeof(name));
	return remark_writer_sayf(writer, &remark,
				  "column %zu%s%s says of %" PRIu64 " of the first %zu rows that they are no calls, as "
				  "'%s': all rows are read as calls", at + 1, *name ? " " : "", name, column->no_calls,
				  column->rows, text_escape(column->example, word, sizeof(word)));
}

enum status load_say_no_calls(const struct load_stream *stream, struct remark_writer *writer)
{
	enum status status = STATUS_OK;

	if (stream->plan.kind != KIND_CALL || stream->stream->sample.broken)
		return STATUS_OK;
	for (size_t at = 0; at < stream->stream->sample.width && status == STATUS_OK; at++) {
		struct column_words column;

		if (!is_read(&stream->plan.mapping, at) && look_at(stream, at, &column))
			status = say(stream, at, &column, writer);
	}
	return status;
}
