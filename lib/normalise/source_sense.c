/* SPDX-License-Identifier: Apache-2.0 */
/* The sources of a case, read from their table. */
#include "normalise/source_sense.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/record/decision.h"
#include "casefile/sql.h"

struct source_sense *source_sense_of(const struct source_senses *sources, int64_t id)
{
	size_t first = 0, end = sources->count;

	/* Ids run from 1 without gaps, but for sources that were dropped. */
	if (id >= 1 && (uint64_t)id <= end && sources->items[id - 1].id == id)
		return &sources->items[id - 1];
	while (first < end) {
		const size_t middle = first + (end - first) / 2;

		if (sources->items[middle].id == id)
			return &sources->items[middle];
		if (sources->items[middle].id < id)
			first = middle + 1;
		else
			end = middle;
	}
	return NULL;
}

void source_senses_release(struct source_senses *sources)
{
	for (size_t i = 0; i < sources->count; i++) {
		struct source_sense *source = &sources->items[i];

		free(source->name);
		free(source->service);
		free(source->currency);
		free(source->zone_name);
		free(source->prefixes);
		zone_free(source->zone);
		role_zones_release(&source->roles);
		doubled_release(&source->doubled);
		words_release(&source->words);
		call_tally_release(&source->tally);
		tally_release(&source->statuses);
		tally_release(&source->against);
		tally_release(&source->returned);
		absences_release(&source->absences);
		source_joins_free(source->joins);
	}
	source_absent_release(&sources->absent);
	free(sources->items);
	memset(sources, 0, sizeof(*sources));
}

static char *copy(sqlite3_stmt *statement, int place)
{
	struct text text = column_text(statement, place);

	return memory_text(text.data ? text.data : "", text.len);
}

static char *name_of(sqlite3_stmt *statement)
{
	struct text member = column_text(statement, 3);
	struct buf name = { 0 };

	buf_escape(&name, column_text(statement, 2), 300);
	if (member.len) {
		buf_byte(&name, ':');
		buf_escape(&name, member, 300);
	}
	if (name.failed)
		buf_release(&name);
	return name.data;
}

static enum moment_order order_named(struct text name)
{
	if (text_is(name, "dmy"))
		return MOMENT_ORDER_DMY;
	return text_is(name, "mdy") ? MOMENT_ORDER_MDY : MOMENT_ORDER_UNKNOWN;
}

static enum decimal_mark mark_named(struct text name)
{
	if (text_is(name, "point"))
		return DECIMAL_MARK_POINT;
	return text_is(name, "comma") ? DECIMAL_MARK_COMMA : DECIMAL_MARK_UNKNOWN;
}

static enum status bad_zone(struct casefile *casefile, const struct source_sense *source, const char *reason)
{
	char shown[100];

	return error_set(&casefile->error, STATUS_FAILED, "%s: zone '%s' %s", source->name,
			 text_escape(text_of(source->zone_name), shown, sizeof(shown)), reason);
}

/* What table source says of clocks cannot be. */
static enum status bad_clocks(struct casefile *casefile, const struct source_sense *source, enum status status)
{
	return status == STATUS_MEMORY ? error_memory(&casefile->error)
				       : error_set(&casefile->error, STATUS_INTEGRITY,
						   "%s: table source: its clocks or zones are none", source->name);
}

/* A zone that was said must be that of the clocks that ingest measured. */
static enum status check_zone(struct casefile *casefile, const struct source_sense *source, struct text measured)
{
	bool agrees = true;
	const enum status status = measured_agrees(measured, source->zone, &agrees);
	char shown[100], periods[200];

	if (status != STATUS_OK)
		return bad_clocks(casefile, source, status);
	if (agrees)
		return STATUS_OK;
	return error_set(&casefile->error, STATUS_USAGE,
			 "%s: zone %s is said, but ingest measured its clocks by their epochs (from, to, seconds east of UTC, "
			 "rows): %s; leave the zone out, or take that decision back", source->name,
			 text_escape(text_of(source->zone_name), shown, sizeof(shown)),
			 text_escape(measured, periods, sizeof(periods)));
}

/* Columns as in source_senses_load(): those of clocks follow one another. */
static enum status open_clocks(struct casefile *casefile, sqlite3_stmt *statement, int column,
			       struct source_sense *source)
{
	const struct text measured = column_text(statement, column);
	const char *reason = NULL;
	enum status status = STATUS_OK;

	source->measured = !*source->zone_name && measured.len > 0;
	source->utc = !source->measured && (!*source->zone_name || !strcmp(source->zone_name, "UTC"));
	if (source->measured)
		status = measured_zone(measured, &source->zone);
	else
		source->zone = zone_open(source->utc ? "UTC" : source->zone_name, &reason);
	if (status == STATUS_OK && !source->zone)
		return bad_zone(casefile, source, reason);
	if (status == STATUS_OK && !source->measured && check_zone(casefile, source, measured) != STATUS_OK)
		return casefile->error.status;
	if (status == STATUS_OK)
		status = doubled_read(&source->doubled, column_text(statement, column + 1));
	if (status == STATUS_OK)
		status = role_zones_read(&source->roles, source->kind, column_text(statement, column + 2), &reason);
	if (status == STATUS_FAILED)
		return bad_zone(casefile, source, reason);
	return status == STATUS_OK ? columns_read(casefile, statement) : bad_clocks(casefile, source, status);
}

static enum status take(struct casefile *casefile, const struct numplan *plan,
			sqlite3_stmt *statement, struct source_sense *source)
{
	char *kind = copy(statement, 1);
	struct text region = column_text(statement, 6), bare;
	enum status status;

	memset(source, 0, sizeof(*source));
	source->id = sqlite3_column_int64(statement, 0);
	source->name = name_of(statement);
	source->service = copy(statement, 4);
	source->currency = copy(statement, 5);
	source->zone_name = copy(statement, 7);
	source->order = order_named(column_text(statement, 8));
	source->legs = column_text(statement, 9).len > 0;
	source->words.lines = copy(statement, 10);
	source->prefixes = copy(statement, 11);
	bare = column_text(statement, 12);
	if (!number_bare_find(bare.data, bare.len, &source->manner.bare))
		source->manner.bare = NUMBER_BARE_ANY;
	source->mark = mark_named(column_text(statement, 13));
	source->manner.region =
		numplan_region(plan, region.data, region.len);
	if (source->prefixes && *source->prefixes)
		source->manner.prefixes = source->prefixes;
	if (!kind || !source->name || !source->service || !source->currency ||
	    !source->zone_name || !source->words.lines || !source->prefixes) {
		free(kind);
		return error_memory(&casefile->error);
	}
	status = columns_read(casefile, statement);
	if (status != STATUS_OK) {
		free(kind);
		return status;
	}
	if (!kind_find(kind, &source->kind)) {
		free(kind);
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "%s: a source of unknown kind", source->name);
	}
	free(kind);
	return open_clocks(casefile, statement, 14, source);
}

/* Each source has its words that are no value. */
static enum status load_absent(struct source_senses *sources, struct casefile *casefile)
{
	const enum status status = source_absent_load(&sources->absent, casefile);

	for (size_t i = 0; i < sources->count; i++)
		sources->items[i].absents =
			source_absent_of(&sources->absent, sources->items[i].id);
	return status;
}

enum status source_senses_load(struct source_senses *sources, struct casefile *casefile,
			       const struct numplan *plan,
			       const struct known_words *known)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT id, kind, path, member, service, "
			  DECIDED("s", "currency", "currency") ", "
			  DECIDED("s", "region", "region") ", "
			  DECIDED("s", "zone", "zone") ", "
			  DECIDED("s", "date-order", "date_order") ", legs, "
			  DECIDED_WORDS("s") ", "
			  DECIDED("s", "tech-prefix", "tech_prefixes") ", "
			  DECIDED("s", "bare", "bare") ", "
			  DECIDED("s", "decimal", "decimal") ", measured, doubled, zones"
			  " FROM source s WHERE dropped_by IS NULL"
			  " ORDER BY id");
	size_t capacity = 0;
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		void *items = sources->items;

		if (!memory_room(&items, &capacity, sources->count + 1,
				 sizeof(*sources->items))) {
			status = error_memory(&casefile->error);
			break;
		}
		sources->items = items;
		status = take(casefile, plan, statement,
			      &sources->items[sources->count++]);
		sources->items[sources->count - 1].words.known = known;
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? load_absent(sources, casefile) : status;
}
