/* SPDX-License-Identifier: Apache-2.0 */
/* What payments and reports that are there twice have in common. */
#include "normalise/rows/row_twins.h"

#include <stdio.h>
#include <string.h>

#include "casefile/sql.h"

void row_tally_add(struct row_tallies *tallies, unsigned finding, const struct row_twin *row,
		   const struct row_twin *other)
{
	struct row_tally *tally = &tallies[row->source].of[finding];

	if (tally->count++ != 0 && row->id >= tally->row.id)
		return;
	tally->row = *row;
	tally->other = other ? *other : (struct row_twin){ .id = 0 };
}

void row_twins_join(struct row_twin *stander, struct row_twin *duplicate)
{
	duplicate->duplicate = true;
	duplicate->twin = stander->id;
	if (!stander->twin || (!stander->duplicate && duplicate->id < stander->twin))
		stander->twin = duplicate->id;
}

uint32_t row_twins_service(const struct source_senses *sources, uint32_t source)
{
	uint32_t place = 0;

	while (strcmp(sources->items[place].service, sources->items[source].service))
		place++;
	return place;
}

uint64_t row_twins_hash(const struct secret *secret, struct text text)
{
	uint64_t hash;

	if (text.data)
		text = text_trim(text);
	if (!text.data || text.len == 0)
		return 0;
	hash = hash_bytes(secret, text.data, text.len);
	return hash ? hash : 1;
}

sqlite3_stmt *row_twins_prepare(struct casefile *casefile, const char *read,
				const char *column)
{
	char sql[120];

	(void)snprintf(sql, sizeof(sql), "UPDATE %s SET duplicate = ?, twin = ? WHERE %s = ?",
		       read, column);
	return casefile_prepare(casefile, sql);
}

enum status row_twins_write(struct casefile *casefile, sqlite3_stmt *update,
			    const struct row_twin *row)
{
	bind_integer(update, 1, row->duplicate);
	bind_integer(update, 2, row->twin);
	bind_integer(update, 3, row->id);
	return casefile_run(casefile, update);
}

static enum status tell(const struct row_twins_given *given, const struct row_tally *tally,
			const char *rows, const struct row_words *words)
{
	const struct source_sense *sources = given->sources->items;
	const struct note_row row = { &sources[tally->row.source], tally->row.member,
				      (uint64_t)tally->row.line };
	const struct note_row other = { &sources[tally->other.source], tally->other.member,
					(uint64_t)tally->other.line };
	struct remark remark = { .role = words->role,
				 .topic = "duplicate",
				 .count = tally->count,
				 .remedy = words->remedy };
	struct buf example = { 0 };
	enum status status;

	remark.line = notes_add_example(given->notes, &row, tally->other.id ? &other : NULL,
					&example);
	status = notes_remark(given->notes, row.source, &remark, "%llu %s %s; %s",
			      (unsigned long long)tally->count, rows, words->text,
			      buf_view(&example).data);
	buf_release(&example);
	return status;
}

enum status row_twins_tell(const struct row_twins_given *given,
			   const struct row_tallies *tallies, const char *rows,
			   const struct row_words *words, unsigned findings)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < given->sources->count; i++)
		for (unsigned f = 0; f < findings && status == STATUS_OK; f++)
			if (tallies[i].of[f].count)
				status = tell(given, &tallies[i].of[f], rows, &words[f]);
	return status;
}
