/* SPDX-License-Identifier: Apache-2.0 */
/* The source row of a member being loaded, and what the case has already. */
#include "ingest/load/load_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/record/join.h"
#include "casefile/sql.h"
#include "ingest/coverage/load_clock.h"
#include "ingest/plan/given_words.h"

/* ---- the source row ---- */

/* The texts of a source row that are made for it. */
struct described {
	struct buf dialect, mapping, words, absent, recipe, settings, joins;
};

/* What the profile says of single roles beyond their columns. */
static void describe_roles(const struct load_stream *stream, struct described *texts)
{
	const struct profile *profile = &stream->plan.profile;
	const struct kind_info *info = kind_info(stream->plan.kind);

	if (profile->sections > 0)
		join_write_table(&texts->joins, stream_table(stream->stream));
	for (size_t i = 0; i < profile->join_count; i++)
		join_write(&texts->joins, info->roles[profile->joins[i].role].name, profile->joins[i].table);
}

static bool describe(const struct load *load, const struct load_stream *stream,
		     struct described *texts)
{
	const struct plan *plan = &stream->plan;
	const struct layout *layout = load_layout(load, stream);

	layout_describe(layout, stream->stream, &texts->dialect);
	/* Those of the first rows alone say nothing of how the others are read. */
	if (!layout_learns(stream->stream))
		widths_describe(&plan->width, &texts->dialect);
	mapping_describe(&plan->mapping, plan->header, &texts->mapping);
	words_select(load->options, buf_view(&plan->profile.words), plan->kind, &texts->words);
	absents_write(&plan->profile.absents, &texts->absent);
	layout_recipe(layout, stream->stream, &texts->recipe);
	describe_roles(stream, texts);
	return !texts->dialect.failed && !texts->mapping.failed &&
	       !texts->words.failed && !texts->absent.failed && !texts->recipe.failed &&
	       !texts->joins.failed;
}

static void described_release(struct described *texts)
{
	buf_release(&texts->dialect);
	buf_release(&texts->mapping);
	buf_release(&texts->words);
	buf_release(&texts->absent);
	buf_release(&texts->recipe);
	buf_release(&texts->joins);
	buf_release(&texts->settings);
}

/* What of the row the plan and the options say. */
static void set_planned(const struct load *load, const struct load_stream *stream,
			struct source_row *row)
{
	const struct plan *plan = &stream->plan;

	row->service = load->options->service;
	row->exhibit = load->options->exhibit;
	row->tech_prefixes = load->options->tech_prefixes;
	row->profile = plan->profile.name;
	row->region = plan->region;
	row->bare = plan->bare;
	row->zone = plan->zone ? plan->zone : "UTC";
	row->currency = plan->currency;
	row->date_order = plan->date_order;
	row->decimal = plan->decimal;
	/* A damaged checkpoint may say so of a profile that has none. */
	row->legs = stream->legs && plan->profile.legs >= 0
			    ? kind_info(plan->kind)->roles[plan->profile.legs].name
			    : NULL;
}

/* What of it the dump says; a hash that is not known yet is empty. */
static void set_dump(const struct load *load, struct source_row *row, bool whole)
{
	const struct dump *dump = load->dump;

	row->path = dump_path(dump);
	row->member = dump_member(dump);
	row->compression = dump_compression(dump);
	row->size = whole ? dump_size(dump) : dump_total(dump);
	row->member_size = whole ? dump_member_size(dump) : 0;
	memset(row->sha256, 0, DIGEST_HEX);
	memset(row->member_sha256, 0, DIGEST_HEX);
	if (whole || dump_archive(dump))
		memcpy(row->sha256, dump_sha256(dump), DIGEST_HEX);
	if (whole)
		memcpy(row->member_sha256, dump_member_sha256(dump), DIGEST_HEX);
}

enum status load_source_store(struct load *load, struct load_stream *stream,
			      bool whole)
{
	struct source_row *row = &stream->source;
	struct described texts = { 0 };
	enum status status;

	set_planned(load, stream, row);
	load_clock_set(stream, row);
	if (!load->gather)
		set_dump(load, row, whole);
	load_settings(load, stream, &texts.settings);
	status = describe(load, stream, &texts) && !texts.settings.failed
			 ? STATUS_OK
			 : error_memory(&load->casefile->error);
	row->dialect = texts.dialect.data;
	row->mapping = texts.mapping.data;
	row->words = texts.words.data;
	row->absent = texts.absent.data;
	row->recipe = texts.recipe.data;
	row->format = load_layout(load, stream)->format->name;
	row->joins = texts.joins.data;
	row->settings = texts.settings.data;
	if (status == STATUS_OK)
		status = source_insert(load->casefile, row);
	row->dialect = row->mapping = row->words = row->absent = row->recipe = NULL;
	row->settings = row->joins = row->zones = NULL;
	described_release(&texts);
	return status;
}

static void add_setting(struct buf *out, const char *name, const char *value)
{
	buf_format(out, "%s=", name);
	buf_text(out, value ? value : "");
	buf_byte(out, '\n');
}

/* The hash of the words that are no value. */
static void add_absent(struct buf *out, struct text words)
{
	char hex[DIGEST_HEX];

	if (digest_of(words.data, words.len, hex))
		add_setting(out, "absent words", hex);
	else
		out->failed = true;
}

/* The hash of a recipe, but for the profile in its first line: others may read the
 * same. */
static void add_recipe(struct buf *out, struct text recipe)
{
	struct digest *digest = digest_new();
	const char *end = recipe.len ? memchr(recipe.data, '\n', recipe.len) : NULL;
	const size_t first = end ? (size_t)(end - recipe.data) + 1 : 0;
	char hex[DIGEST_HEX];

	if (digest && digest_add(digest, recipe.data + first, recipe.len - first) &&
	    digest_end(digest, hex))
		add_setting(out, LOAD_RECIPE, hex);
	else
		out->failed = true;
	digest_free(digest);
}

void load_settings(const struct load *load, const struct load_stream *stream,
		   struct buf *out)
{
	const struct plan *plan = &stream->plan;
	struct described texts = { 0 };

	if (!describe(load, stream, &texts))
		out->failed = true;
	add_setting(out, "kind", kind_info(plan->kind)->name);
	add_setting(out, "service", load->options->service);
	add_setting(out, "profile", plan->profile.name);
	add_setting(out, "region", plan->region);
	add_setting(out, "zone", plan->zone ? plan->zone : "UTC");
	add_setting(out, "currency", plan->currency);
	add_setting(out, "date order", plan->date_order);
	add_setting(out, "decimal", plan->decimal);
	add_setting(out, "tech prefixes", load->options->tech_prefixes);
	add_setting(out, "bare", plan->bare);
	/* Members that are one source may differ in it. */
	add_setting(out, "compression",
		    load->gather ? "" : dump_compression(load->dump));
	add_setting(out, "dialect", texts.dialect.data);
	buf_text(out, buf_view(&texts.mapping).data);
	buf_text(out, buf_view(&texts.words).data);
	buf_text(out, buf_view(&texts.joins).data);
	buf_text(out, buf_view(&plan->clock.zones).data);
	add_absent(out, buf_view(&texts.absent));
	add_setting(out, LOAD_PROFILE, plan->profile.sha256);
	if (!layout_learns(stream->stream))
		add_recipe(out, buf_view(&texts.recipe));
	add_setting(out, LOAD_VERSION, load->options->version);
	if (load->options->exhibit)
		add_setting(out, LOAD_EXHIBIT, load->options->exhibit);
	described_release(&texts);
}

/* ---- what the case has already ---- */

static enum status ask(struct load *load, const char *sql, int64_t size,
		       const char *sha256, struct source_match *match)
{
	sqlite3_stmt *statement = casefile_prepare(load->casefile, sql);
	enum status status;

	memset(match, 0, sizeof(*match));
	if (!statement)
		return load->casefile->error.status;
	status = bind_sought(load->casefile, statement, 1,
			     load->streams[0]->source.kind);
	if (status == STATUS_OK)
		status = bind_sought(load->casefile, statement, 2,
				     dump_member(load->dump));
	if (status == STATUS_OK && sha256)
		status = bind_sought(load->casefile, statement, 3, sha256);
	else
		bind_integer(statement, 3, size);
	if (status == STATUS_OK)
		status = casefile_step(load->casefile, statement);
	if (status == STATUS_OK) {
		match->id = sqlite3_column_int64(statement, 0);
		match->gave = sqlite3_column_int(statement, 1) != 0;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

#define KNOWN_SQL(is) \
	"SELECT id, accepted > 0 AS gave FROM source WHERE kind = ? AND member = ?" \
	" AND member_sha256 <> '' AND dropped_by IS NULL AND " is \
	" ORDER BY gave DESC, id LIMIT 1"

enum status load_known(struct load *load, struct source_match *match)
{
	struct error *error = &load->casefile->error;
	char hex[DIGEST_HEX];
	enum status status;

	if (dump_archive(load->dump))
		return ask(load, KNOWN_SQL("sha256 = ?"), 0,
			   dump_sha256(load->dump), match);
	status = ask(load, KNOWN_SQL("size = ?"), (int64_t)dump_total(load->dump),
		     NULL, match);
	if (status != STATUS_OK || match->id == 0)
		return status;
	memset(match, 0, sizeof(*match));
	if (!dump_hash(load->dump, hex, &status, error))
		return status;
	return ask(load, KNOWN_SQL("sha256 = ?"), 0, hex, match);
}

/* Whether the content of some source has the size of the file. */
static enum status known_size(struct load *load, bool *known)
{
	sqlite3_stmt *statement = casefile_prepare(
		load->casefile, "SELECT id FROM source WHERE member_size = ?");
	enum status status;

	*known = false;
	if (!statement)
		return load->casefile->error.status;
	bind_integer(statement, 1, (int64_t)dump_total(load->dump));
	status = casefile_step(load->casefile, statement);
	*known = status == STATUS_OK;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status read_through(struct load *load)
{
	struct error *error = &load->casefile->error;
	char *data = memory_array(NULL, DUMP_PEEK, 1);
	enum status status = data ? STATUS_OK : error_memory(error);
	size_t got = 1;

	while (status == STATUS_OK && got > 0)
		status = dump_read(load->dump, data, DUMP_PEEK, &got, error);
	free(data);
	return status == STATUS_OK ? dump_end(load->dump, error) : status;
}

enum status load_known_content(struct load *load, struct source_match *match)
{
	const struct source_row *row = &load->streams[0]->source;
	struct source_sought sought = { .stream = row->stream, .kind = row->kind };
	bool read = true;
	enum status status = STATUS_OK;

	memset(match, 0, sizeof(*match));
	if (dump_total(load->dump) > 0 &&
	    !strcmp(dump_compression(load->dump), "none"))
		status = known_size(load, &read);
	if (status != STATUS_OK || !read)
		return status;
	status = read_through(load);
	if (status != STATUS_OK)
		return status;
	sought.sha256 = dump_member_sha256(load->dump);
	return source_find(load->casefile, &sought, match);
}
