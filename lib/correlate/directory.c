/* SPDX-License-Identifier: Apache-2.0 */
/* Whose a number is, by the analyst's directory. */
#include "correlate/directory.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/record/source_absent.h"
#include "casefile/sql.h"
#include "correlate/notices.h"

struct loading {
	struct directory *directory;
	struct casefile *casefile;
	struct notices twice;
	struct source_absent absent;   /* words that are no value */
};

struct text directory_name(const struct directory *directory, uint32_t name)
{
	const struct text none = { NULL, 0 };

	return name ? dictionary_text(&directory->names, name - 1) : none;
}

/* False: out of memory. */
static bool name_of(struct directory *directory, struct text text,
		    uint32_t *name)
{
	uint32_t number;

	*name = 0;
	text = text_trim(text);
	if (text.len == 0)
		return true;
	number = dictionary_add(&directory->names, text);
	*name = number + 1;
	return number != DICTIONARY_NONE;
}

static void notice_twice(struct loading *loading, uint64_t number,
			 const struct listing *first,
			 const struct listing *second)
{
	struct buf line = { 0 };

	if (!notices_take(&loading->twice))
		return;
	notice_add_place(loading->casefile, second->source, second->member, second->line, &line);
	buf_format(&line, ": number '+%" PRIu64 "': given to '", number);
	buf_escape(&line,
		   directory_name(loading->directory, second->organisation), 80);
	buf_text(&line, "', but ");
	notice_add_place(loading->casefile, first->source, first->member, first->line, &line);
	buf_text(&line, " gives it to '");
	buf_escape(&line,
		   directory_name(loading->directory, first->organisation), 80);
	buf_text(&line, first->organisation == second->organisation
				? "' in another sector, which holds"
				: "', which holds");
	notices_say(&loading->twice, &line);
	buf_release(&line);
}

static enum status keep(struct loading *loading, uint64_t number,
			const struct listing *listing)
{
	struct directory *directory = loading->directory;
	void *listings = directory->listings;
	bool added;
	uint64_t *place = map64_add(&directory->numbers, number, &added);

	if (!place)
		return error_memory(&loading->casefile->error);
	if (!added) {
		const struct listing *first = &directory->listings[*place];

		if (first->organisation != listing->organisation ||
		    first->sector != listing->sector)
			notice_twice(loading, number, first, listing);
		return STATUS_OK;
	}
	if (!memory_room(&listings, &directory->capacity, directory->count + 1,
			 sizeof(*directory->listings)))
		return error_memory(&loading->casefile->error);
	directory->listings = listings;
	*place = directory->count;
	directory->listings[directory->count++] = *listing;
	return STATUS_OK;
}

static enum status take(struct loading *loading, sqlite3_stmt *statement)
{
	struct listing listing = {
		.source = sqlite3_column_int64(statement, 3),
		.line = sqlite3_column_int64(statement, 4),
		.member = sqlite3_column_int64(statement, 5),
	};
	const struct absents *absents = source_absent_of(&loading->absent, listing.source);
	struct text sector = column_text(statement, 2);

	if (absents_in(absents, "sector", sector))
		sector.len = 0;
	if (!name_of(loading->directory, column_text(statement, 1),
		     &listing.organisation) ||
	    !name_of(loading->directory, sector, &listing.sector))
		return error_memory(&loading->casefile->error);
	if (columns_read(loading->casefile, statement) != STATUS_OK)
		return loading->casefile->error.status;
	return keep(loading, (uint64_t)sqlite3_column_int64(statement, 0),
		    &listing);
}

static enum status load(struct loading *loading)
{
	struct casefile *casefile = loading->casefile;
	enum status status;
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT r.number, f.organisation, f.sector, f.source,"
			  " f.line, f.member FROM organisation_read r"
			  " JOIN organisation f ON f.id = r.organisation"
			  " WHERE r.number IS NOT NULL"
			  " ORDER BY f.source, f.member, f.line, f.id");
	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = take(loading, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status directory_load(struct directory *directory,
			   struct casefile *casefile,
			   const struct observer *observer)
{
	struct loading loading = { .directory = directory, .casefile = casefile,
				   .twice = { observer, 0 } };
	enum status status = source_absent_load(&loading.absent, casefile);

	memset(directory, 0, sizeof(*directory));
	if (status == STATUS_OK)
		status = load(&loading);
	source_absent_release(&loading.absent);
	if (status == STATUS_OK)
		notices_end(&loading.twice, "numbers given to two organisations");
	return status;
}

void directory_release(struct directory *directory)
{
	dictionary_release(&directory->names);
	map64_release(&directory->numbers);
	free(directory->listings);
	memset(directory, 0, sizeof(*directory));
}

const struct listing *directory_find(const struct directory *directory,
				     uint64_t number)
{
	const uint64_t *place = map64_find(&directory->numbers, number);

	return place ? &directory->listings[*place] : NULL;
}
