/* SPDX-License-Identifier: Apache-2.0 */
/* The sources of a case: what their texts mean, and what is said of them. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/reject.h"
#include "casefile/sql.h"
#include "normalise/normaliser.h"

#define NOTICED_MOST 10

struct source_sense *source_of(const struct normaliser *n, int64_t id)
{
	/* Ids run from 1 without gaps, for sources are never taken out. */
	if (id < 1 || (uint64_t)id > n->source_count)
		return NULL;
	return n->sources[id - 1].id == id ? &n->sources[id - 1] : NULL;
}

void sources_release(struct normaliser *n)
{
	for (size_t i = 0; i < n->source_count; i++) {
		struct source_sense *source = &n->sources[i];

		free(source->name);
		free(source->service);
		free(source->currency);
		free(source->zone_name);
		free(source->prefixes);
		zone_free(source->zone);
		words_release(&source->words);
	}
	free(n->sources);
	n->sources = NULL;
	n->source_count = 0;
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
	return name.failed ? NULL : name.data;
}

static enum moment_order order_named(struct text name)
{
	if (text_is(name, "dmy"))
		return MOMENT_ORDER_DMY;
	return text_is(name, "mdy") ? MOMENT_ORDER_MDY : MOMENT_ORDER_UNKNOWN;
}

static enum status open_zone(struct normaliser *n, struct source_sense *source)
{
	const char *reason = NULL;
	char shown[100];

	source->utc = !*source->zone_name || !strcmp(source->zone_name, "UTC");
	source->zone = zone_open(source->utc ? "UTC" : source->zone_name, &reason);
	if (source->zone)
		return STATUS_OK;
	return error_set(&n->casefile->error, STATUS_FAILED, "%s: zone '%s' %s",
			 source->name,
			 text_escape(text_of(source->zone_name), shown,
				     sizeof(shown)),
			 reason);
}

static enum status take(struct normaliser *n, sqlite3_stmt *statement,
			struct source_sense *source)
{
	char *kind = copy(statement, 1);
	struct text region = column_text(statement, 6);

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
	source->manner.region =
		numplan_region(n->plan, region.data, region.len);
	if (source->prefixes && *source->prefixes)
		source->manner.prefixes = source->prefixes;
	if (!kind || !source->name || !source->service || !source->currency ||
	    !source->zone_name || !source->words.lines || !source->prefixes) {
		free(kind);
		return error_memory(&n->casefile->error);
	}
	if (!kind_find(kind, &source->kind)) {
		free(kind);
		return error_set(&n->casefile->error, STATUS_INTEGRITY,
				 "%s: a source of unknown kind", source->name);
	}
	free(kind);
	return open_zone(n, source);
}

enum status sources_load(struct normaliser *n)
{
	sqlite3_stmt *statement = casefile_prepare(
		n->casefile, "SELECT id, kind, path, member, service, currency,"
			     " region, zone, date_order, legs, words, tech_prefixes"
			     " FROM source"
			     " ORDER BY id");
	size_t capacity = 0;
	enum status status;

	if (!statement)
		return n->casefile->error.status;
	while ((status = casefile_step(n->casefile, statement)) == STATUS_OK) {
		void *sources = n->sources;

		if (!memory_room(&sources, &capacity, n->source_count + 1,
				 sizeof(*n->sources))) {
			status = error_memory(&n->casefile->error);
			break;
		}
		n->sources = sources;
		status = take(n, statement, &n->sources[n->source_count++]);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status assume(struct normaliser *n, const struct source_sense *source,
		   const char *format, ...)
{
	char text[500];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	observer_notice(n->observer, "%s: %s", source->name, text);
	bind_integer(n->assumption, 1, source->id);
	bind_cstring(n->assumption, 2, text);
	return casefile_run(n->casefile, n->assumption);
}

static void notice_unread(struct normaliser *n, const struct unread *unread)
{
	char value[100];

	if (n->unread_noticed++ < NOTICED_MOST)
		observer_notice(n->observer, "%s:%llu: %s '%s': %s",
				unread->source->name,
				(unsigned long long)unread->place.line,
				unread->role,
				text_escape(unread->value, value, sizeof(value)),
				unread->reason);
}

enum status set_aside(struct normaliser *n, const struct unread *unread)
{
	struct text value = unread->value;

	notice_unread(n, unread);
	n->counts->unread++;
	if (value.len > REJECT_VALUE_MOST)
		value.len = REJECT_VALUE_MOST;
	bind_cstring(n->unread, 1, kind_info(unread->source->kind)->name);
	bind_cstring(n->unread, 2, unread->role);
	bind_cstring(n->unread, 3, unread->reason);
	bind_blob(n->unread, 4, value);
	bind_place(n->unread, 5, &unread->place);
	return casefile_run(n->casefile, n->unread);
}

/* From the clock of the source to UTC. */
static void set_clock(const struct source_sense *source, struct instant *instant)
{
	instant->unzoned = true;
	if (!source->utc)
		instant->clock = zone_utc(source->zone, instant->local_ms,
					  &instant->ms) != ZONE_OK;
}

struct instant instant_read(const struct source_sense *source, struct text text)
{
	struct instant instant = { .reason = NULL };
	struct moment moment;

	if (!text.data)
		text = text_of("");
	instant.reason = moment_parse(text.data, text.len, source->order, &moment);
	if (instant.reason)
		return instant;
	instant.null = moment.null;
	instant.day_only = moment.day_only;
	instant.ms = instant.local_ms = moment.ms;
	if (!moment.null && !moment.zoned)
		set_clock(source, &instant);
	return instant;
}

struct instant instant_clock(const struct source_sense *source,
			     const struct meaning *meaning, int64_t ms)
{
	struct instant instant = { .ms = ms, .local_ms = ms };

	if (!meaning->utc)
		set_clock(source, &instant);
	return instant;
}
