/* SPDX-License-Identifier: Apache-2.0 */
/* Content that the case has already. */
#include "ingest/load/load_known.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/mend/drop.h"
#include "casefile/record/source_find.h"
#include "casefile/record/status_word.h"
#include "casefile/sql.h"
#include "ingest/gather/gather.h"
#include "ingest/load/load_source.h"

#define VALUE_SHOWN 100
/* Differences that are told one by one. */
#define TOLD_MOST 6

/* ---- what differs ---- */

/* How a source was read and how it would be, `name=value`, one a line. */
struct comparing {
	struct text then, now;
	const struct plan *plan;    /* now */
	bool replace;
	struct buf told;
	size_t differences;
	bool read;             /* one is of how rows are read, not of what they mean */
};

static struct text name_of(struct text line)
{
	const char *end = line.len ? memchr(line.data, '=', line.len) : NULL;

	if (end)
		line.len = (size_t)(end - line.data);
	return line;
}

static struct text value_of(struct text line)
{
	const struct text name = name_of(line);
	const size_t skipped = name.len < line.len ? name.len + 1 : line.len;

	return (struct text){ line.data + skipped, line.len - skipped };
}

static bool has_line(struct text lines, struct text line)
{
	while (lines.len > 0)
		if (text_equal(text_take_line(&lines), line))
			return true;
	return false;
}

/* The line of a name that the others have not. */
static bool find_partner(struct text lines, struct text others, struct text name,
			 struct text *line)
{
	while (lines.len > 0) {
		*line = text_take_line(&lines);
		if (text_equal(name_of(*line), name) && !has_line(others, *line))
			return true;
	}
	return false;
}

static void add_value(struct buf *out, struct text line)
{
	const struct text value = value_of(line);

	if (value.len == 0) {
		buf_text(out, "not told");
		return;
	}
	buf_byte(out, '\'');
	buf_escape(out, value, VALUE_SHOWN);
	buf_byte(out, '\'');
}

/* What normalise can be told of a source that is in the case. */
static bool is_meaning(struct text name)
{
	static const char *const names[] = { "region",	 "zone",       "currency",  "date order", "tech prefixes", "bare",
					     "answered", "unanswered", "confirmed", "unconfirmed", "refunded",
					     STATUS_NEGATIVE };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_is(name, names[i]))
			return true;
	return false;
}

/* A line that was there, one that is now, or both. */
static void tell(struct comparing *c, const struct text *was, const struct text *is)
{
	c->read = c->read || !is_meaning(name_of(was ? *was : *is));
	if (c->differences++ >= TOLD_MOST)
		return;
	if (c->told.len > 0)
		buf_text(&c->told, ", ");
	buf_escape(&c->told, name_of(was ? *was : *is), VALUE_SHOWN);
	if (was) {
		buf_text(&c->told, " was ");
		add_value(&c->told, *was);
	}
	buf_text(&c->told, was && is ? ", now " : is ? " is " : ", now not told");
	if (is)
		add_value(&c->told, *is);
}

/* Whether a column of a type is read. */
static bool reads(const struct plan *plan, enum role_type type)
{
	const struct mapping *mapping = &plan->mapping;

	for (size_t i = 0; i < mapping->role_count; i++)
		if (kind_info(plan->kind)->roles[mapping->roles[i]].type == type)
			return true;
	return false;
}

/* What is asked for columns alone that the dump has not. */
static bool is_idle(struct text name, const struct plan *plan)
{
	if (text_is(name, "region") || text_is(name, "tech prefixes"))
		return !reads(plan, ROLE_NUMBER);
	if (text_is(name, "zone") || text_is(name, "date order"))
		return !reads(plan, ROLE_TIME);
	return text_is(name, "currency") && !reads(plan, ROLE_AMOUNT);
}

/* What says nothing of how rows are read, or is said by other lines. */
static bool is_aside(struct text name, const struct comparing *c)
{
	return is_idle(name, c->plan) || text_is(name, "compression") || text_is(name, "profile") ||
	       text_is(name, LOAD_PROFILE) || text_is(name, LOAD_RECIPE) ||
	       (text_is(name, LOAD_VERSION) && !c->replace);
}

static void compare(struct comparing *c)
{
	struct text then = c->then, now = c->now, other;

	while (then.len > 0) {
		const struct text line = text_take_line(&then);
		const struct text name = name_of(line);

		if (is_aside(name, c) || has_line(c->now, line))
			continue;
		if (find_partner(c->now, c->then, name, &other))
			tell(c, &line, &other);
		else if (!text_is(name, LOAD_EXHIBIT))
			tell(c, &line, NULL);
	}
	while (now.len > 0) {
		const struct text line = text_take_line(&now);
		const struct text name = name_of(line);

		if (!is_aside(name, c) && !has_line(c->then, line) &&
		    !find_partner(c->then, c->now, name, &other))
			tell(c, NULL, &line);
	}
}

/* How it is read again: one of several files with all of them. */
static enum status add_remedy(struct load *load, int64_t id, struct buf *out)
{
	sqlite3_stmt *statement = casefile_prepare(
		load->casefile, "SELECT path FROM source WHERE id = ?"
				" AND EXISTS(SELECT 1 FROM member WHERE source = source.id)");
	enum status status;

	if (!statement)
		return load->casefile->error.status;
	bind_integer(statement, 1, id);
	status = casefile_step(load->casefile, statement);
	if (status == STATUS_OK) {
		buf_text(out, "--replace of ");
		buf_escape(out, column_text(statement, 0), VALUE_SHOWN);
		buf_text(out, ", which it is a part of, reads all of that again");
	} else if (status == STATUS_END) {
		buf_text(out, "--replace reads it again in its place");
		status = STATUS_OK;
	}
	sqlite3_finalize(statement);
	return status == STATUS_OK && out->failed ? error_memory(&load->casefile->error)
						  : status;
}

static enum status differs(struct load *load, int64_t id, const struct buf *told, bool read)
{
	struct buf remedy = { 0 };
	const enum status status = add_remedy(load, id, &remedy);

	if (status == STATUS_OK)
		(void)error_set(&load->casefile->error, STATUS_FAILED,
				"%s: is in the case as source %lld, read otherwise: %s; nothing "
				"added: %s, `unspoof drop CASE %lld` takes it out%s",
				dump_shown(load->dump), (long long)id, told->data,
				remedy.data, (long long)id,
				read ? "" : ", and options of `unspoof normalise` change what its "
					    "rows mean without reading them again");
	buf_release(&remedy);
	return status;
}

/* Whether the recipes differ, where one is known of both. */
static bool other_recipe(const struct comparing *c)
{
	struct text then = c->then, line, other;

	while (then.len > 0) {
		line = text_take_line(&then);
		if (text_is(name_of(line), LOAD_RECIPE))
			return find_partner(c->now, c->then, text_of(LOAD_RECIPE),
					    &other) && !has_line(c->now, line);
	}
	return false;
}

static enum status compare_row(struct load *load, const struct plan *plan,
			       sqlite3_stmt *row, struct text now, struct buf *told, bool *read)
{
	struct comparing c = { .then = column_text(row, 0), .now = now, .plan = plan,
			       .replace = load->options->replace };
	enum status status;

	compare(&c);
	/* Most of a recipe is said by the settings, in words. */
	if (c.differences == 0 && other_recipe(&c)) {
		c.read = true;
		buf_text(&c.told, "what its profile says of rows was not the same");
	}
	if (c.differences > TOLD_MOST)
		buf_format(&c.told, ", and %zu more", c.differences - TOLD_MOST);
	status = columns_read(load->casefile, row);
	*told = c.told;
	*read = c.read;
	return status == STATUS_OK && told->failed ? error_memory(&load->casefile->error)
						   : status;
}

enum status load_known_compare(struct load *load, const struct load_stream *stream, int64_t id,
			       struct buf *told, bool *read)
{
	struct casefile *casefile = load->casefile;
	struct buf now = { 0 };
	sqlite3_stmt *row = casefile_prepare(
		casefile, "SELECT settings FROM source WHERE id = ?");
	enum status status;

	if (!row)
		return casefile->error.status;
	load_settings(load, stream, &now);
	bind_integer(row, 1, id);
	status = now.failed ? error_memory(&casefile->error)
			    : casefile_step(casefile, row);
	if (status == STATUS_OK)
		status = compare_row(load, &stream->plan, row, buf_view(&now), told, read);
	sqlite3_finalize(row);
	buf_release(&now);
	return status;
}

enum status load_known_same(struct load *load, const struct load_stream *stream,
			    int64_t id, bool *same)
{
	struct buf told = { 0 };
	bool read = false;
	enum status status = load_known_compare(load, stream, id, &told, &read);

	*same = status == STATUS_OK && told.len == 0;
	if (status == STATUS_OK && !*same)
		status = differs(load, id, &told, read);
	buf_release(&told);
	return status;
}

/* ---- of a member that was read ---- */

/* The sources that a stream's file gave before, with another content. */
struct former {
	int64_t id;
	size_t count;
};

static enum status count_former(void *context, int64_t id)
{
	struct former *former = context;

	former->id = id;
	former->count++;
	return STATUS_OK;
}

/* The one that the file gave before, where that is the only one. An archive may have a name
 * twice, of which none is the other. */
static enum status find_former(struct load *load, struct load_stream *stream)
{
	const struct source_row *row = &stream->source;
	const char *path = dump_path(load->dump);
	const struct source_place place = { path, "", row->kind, row->stream, row->id };
	struct former former = { 0, 0 };
	enum status status = STATUS_OK;

	if (!dump_archive(load->dump) && strcmp(path, "-") != 0)
		status = source_each_path(load->casefile, &place, count_former, &former);
	stream->known_other = former.count == 1;
	stream->known = former.count == 1 ? former.id : 0;
	return status;
}

/* The source of a stream, or, to be replaced, one of another kind where that is the only one, or
 * what the file was before. */
static enum status find(struct load *load, struct load_stream *stream)
{
	const struct source_sought sought = {
		.sha256 = dump_member_sha256(load->dump),
		.stream = stream->source.stream,
		.kind = stream->source.kind,
	};
	struct source_match match;
	enum status status = source_find(load->casefile, &sought, &match);

	if (status == STATUS_OK && match.gave)
		stream->known = match.id;
	if (status != STATUS_OK || stream->known != 0 || !load->options->replace)
		return status;
	status = source_find_other(load->casefile, &sought, &match);
	stream->known_other = match.alone;
	stream->known = match.alone ? match.id : 0;
	return status == STATUS_OK && match.id == 0 ? find_former(load, stream) : status;
}

/* How many streams gave rows, and of how many of them the case has the content. */
struct known_count {
	size_t asked, found;
	bool differs;
	int64_t first;
};

static enum status count_stream(struct load *load, struct load_stream *stream,
				struct known_count *count)
{
	bool same = true;
	enum status status;

	if (stream->source.accepted == 0)
		return STATUS_OK;
	count->asked++;
	status = find(load, stream);
	if (status != STATUS_OK || stream->known == 0)
		return status;
	count->found++;
	count->first = count->first ? count->first : stream->known;
	/* The error tells the first one that differs. */
	if (stream->known_other)
		same = false;
	else if (!count->differs)
		status = load_known_same(load, stream, stream->known, &same);
	count->differs = count->differs || !same;
	return status;
}

static enum status refuse_part(const struct load *load, int64_t first)
{
	return error_set(&load->casefile->error, STATUS_FAILED,
			 "%s: some of its tables are in the case already, as "
			 "source %lld, and some are not; nothing of it is "
			 "kept: --replace reads all of it again in their place",
			 dump_shown(load->dump), (long long)first);
}

enum status load_known_all(struct load *load, int64_t *known)
{
	struct known_count count = { 0 };
	enum status status = STATUS_OK;

	*known = 0;
	for (size_t i = 0; i < load->begun && status == STATUS_OK; i++)
		status = count_stream(load, load->streams[i], &count);
	if (status != STATUS_OK || count.found == 0)
		return status;
	load->replacing = load->options->replace &&
			  (count.differs || count.found < count.asked);
	if (load->replacing)
		return STATUS_OK;
	load->refused = count.differs || count.found < count.asked;
	if (count.found < count.asked)
		return refuse_part(load, count.first);
	*known = count.first;
	return count.differs ? STATUS_FAILED : STATUS_OK;
}

/* A source that other files are part of is not taken out for one of them. */
static enum status check_alone(struct load *load, int64_t id)
{
	struct buf remedy = { 0 };
	char sql[100];
	int64_t members = 0;
	enum status status;

	(void)sqlite3_snprintf(sizeof(sql), sql,
			       "SELECT count(*) FROM member WHERE source = %lld",
			       (long long)id);
	status = casefile_integer(load->casefile, sql, 0, &members);
	if (status != STATUS_OK || members == 0)
		return status;
	load->refused = true;
	status = add_remedy(load, id, &remedy);
	if (status == STATUS_OK)
		status = error_set(&load->casefile->error, STATUS_FAILED,
				   "%s: is one of %lld files of source %lld, and is not replaced "
				   "alone: %s, `unspoof drop CASE %lld` takes all of it out",
				   dump_shown(load->dump), (long long)members, (long long)id,
				   remedy.data, (long long)id);
	buf_release(&remedy);
	return status;
}

enum status load_known_drop(struct load *load, int64_t **ids, size_t *count)
{
	enum status status = STATUS_OK;

	*count = 0;
	if (load->gather)
		return gather_drop_replaced(load->gather, ids, count);
	*ids = memory_array(NULL, load->begun, sizeof(**ids));
	if (!*ids)
		return error_memory(&load->casefile->error);
	for (size_t i = 0; i < load->begun && status == STATUS_OK; i++) {
		if (load->streams[i]->known == 0)
			continue;
		(*ids)[(*count)++] = load->streams[i]->known;
		status = check_alone(load, load->streams[i]->known);
	}
	if (status == STATUS_OK)
		status = drop_sources(load->casefile, *ids, *count,
			      (unsigned)load->options->threads, load->observer);
	if (status != STATUS_OK) {
		free(*ids);
		*ids = NULL;
	}
	return status;
}

bool load_known_goes(const struct load *load, int64_t id)
{
	if (load->gather)
		return gather_replaces(load->gather, id);
	for (size_t i = 0; load->replacing && i < load->begun; i++)
		if (load->streams[i]->known == id)
			return true;
	return false;
}
