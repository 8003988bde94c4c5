/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the tables of one member again, whose rows a format finds, in one pass. */
#include "ingest/reread/found/reread_tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/verify/found_rows.h"
#include "ingest/reread/recipe/recipe_format.h"
#include "ingest/reread/found/reread_layout.h"
#include "ingest/reread/reread_member.h"

#define NAME_SHOWN 100

/* A source that is read. */
struct told_table {
	struct candidate *candidate;
	struct reread_source source;
	struct foundrows rows;
	struct comparison comparison;
	struct reread_table table;
	char shown[DUMP_SHOWN + NAME_SHOWN + 20];
};

/* The member. */
struct pass {
	struct reread *reread;
	struct dump *dump;
	struct told_table *told[REREAD_TABLES];
	struct reread_table *tables[REREAD_TABLES];
	size_t count;
	struct reread_layout again;
};

static struct error *error_of(const struct pass *pass)
{
	return &pass->reread->casefile->error;
}

/* ---- which ---- */

static void free_table(struct told_table *told)
{
	comparison_close(&told->comparison);
	foundrows_close(&told->rows);
	reread_source_release(&told->source);
	free(told);
}

/* The member, and the table where it has a name. */
static void show(const struct pass *pass, struct told_table *told)
{
	const struct text name = buf_view(&told->source.name);
	char escaped[NAME_SHOWN];

	(void)snprintf(told->shown, sizeof(told->shown), "%s%s%s", dump_shown(pass->dump),
		       name.len > 0 ? ", table " : "", text_escape(name, escaped, sizeof(escaped)));
}

/* Whether a source is read with those there are: another table of what is opened the same. */
static bool is_beside(const struct pass *pass, const struct reread_source *source)
{
	for (size_t i = 0; i < pass->count; i++) {
		const struct reread_source *other = &pass->told[i]->source;

		if (!recipe_opens_same(&source->recipe, &other->recipe) ||
		    (source->stream == other->stream && text_equal(buf_view(&source->name), buf_view(&other->name))))
			return false;
	}
	return source->recipe.format != NULL;
}

/* Keeps a candidate that is read with those there are; none whose recipe is none, which is found
 * as it is read by itself. */
static enum status add(struct pass *pass, struct candidate *candidate)
{
	struct told_table *told = calloc(1, sizeof(*told));
	enum status status;

	if (!told)
		return error_memory(error_of(pass));
	told->candidate = candidate;
	status = reread_source_load(&told->source, pass->reread->casefile, candidate->id);
	if (status != STATUS_OK || !is_beside(pass, &told->source)) {
		reread_source_release(&told->source);
		free(told);
		return status == STATUS_INTEGRITY && pass->count > 0 ? STATUS_OK : status;
	}
	show(pass, told);
	foundrows_open_beside(&told->rows, &pass->reread->rows);
	told->table.source = &told->source;
	told->table.comparison = &told->comparison;
	pass->tables[pass->count] = &told->table;
	pass->told[pass->count++] = told;
	return comparison_open(&told->comparison, pass->reread->casefile, &told->source, &told->rows,
			       pass->reread->options, told->shown);
}

/* Those that may be tables of the same member. */
static enum status add_others(struct pass *pass, struct candidates *list, const struct candidate *first)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < list->count && status == STATUS_OK && pass->count < REREAD_TABLES; i++) {
		struct candidate *other = &list->items[i];

		if (other != first && !other->done && candidate_readable(other) &&
		    strcmp(other->member, first->member) == 0 && strcmp(other->sha256, first->sha256) == 0 &&
		    strcmp(other->member_sha256, first->member_sha256) == 0)
			status = add(pass, other);
	}
	return status;
}

/* ---- what came of it ---- */

/* Names a source that cannot be read again, and counts it. */
static void leave(struct reread *reread, const char *shown, int64_t source, const char *why)
{
	reread->counts->unreadable++;
	if (!reread->options->quiet)
		observer_notice(reread->observer, "%s: source %lld is not read again: %s", shown,
				(long long)source, why);
}

static void fail(const struct pass *pass, const struct told_table *told, const char *what)
{
	pass->reread->verified->failures++;
	observer_notice(pass->reread->observer, "%s: %s", told->shown, what);
}

static enum status tell_rows(struct pass *pass, struct told_table *told)
{
	struct reread *reread = pass->reread;
	enum status status = reread_layout_describe(&pass->again, &told->table);

	if (status == STATUS_OK)
		status = comparison_end(&told->comparison, NULL, dump_member_size(pass->dump));
	if (status != STATUS_OK)
		return status;
	reread->counts->sources++;
	reread->counts->rows += told->comparison.compared;
	findings_tell(&told->comparison.findings, reread);
	reread_tell_asserted(reread, &told->source, told->shown);
	return STATUS_OK;
}

/* Nothing is proved of it: the case may have been changed, or the machine lacks something. */
static enum status unread(const struct pass *pass, const struct told_table *told, const struct error *why)
{
	return error_set(error_of(pass), STATUS_FAILED, "%s: source %lld could not be read again: %.700s",
			 told->shown, (long long)told->candidate->id, why->text);
}

/* Of one whose member has the hash that the source had. why: what the format failed with. */
static enum status tell_table(struct pass *pass, struct told_table *told, const struct error *why)
{
	if (strcmp(dump_member_sha256(pass->dump), told->candidate->member_sha256) != 0)
		return STATUS_OK;
	told->candidate->done = true;
	if (why->status != STATUS_OK)
		return unread(pass, told, why);
	if (told->table.misfits)
		leave(pass->reread, told->shown, told->candidate->id, told->table.why);
	else if (!told->table.stream)
		fail(pass, told, "holds no such table, and the case has its rows");
	else
		return tell_rows(pass, told);
	return STATUS_OK;
}

/* ---- the pass ---- */

/* Whether the member is none of the format, so that its hash is to tell what it is. */
static bool is_other(const struct pass *pass, enum status status)
{
	return (status == STATUS_FAILED || status == STATUS_SKIP || status == STATUS_USAGE ||
		status == STATUS_INTEGRITY) &&
	       !dump_failed(pass->dump) && !error_of(pass)->fault;
}

/* *why: what the format fails with. */
static enum status read_rows(struct pass *pass, struct error *why)
{
	struct error *error = error_of(pass);
	enum status status = reread_layout_open(&pass->again, pass->reread, pass->tables, pass->count,
						pass->dump);

	if (status == STATUS_OK)
		status = reread_layout_rows(&pass->again, pass->dump);
	if (is_other(pass, status)) {
		*why = *error;
		why->status = status;
		status = dump_settled(pass->dump) ? STATUS_OK : reread_through(pass->dump, error);
	}
	return status == STATUS_OK ? dump_end(pass->dump, error) : status;
}

static enum status run(struct pass *pass)
{
	struct error why = { .status = STATUS_OK };
	enum status status = read_rows(pass, &why);

	for (size_t i = 0; i < pass->count && status == STATUS_OK; i++)
		status = tell_table(pass, pass->told[i], &why);
	return status;
}

enum status reread_tables(struct reread *reread, struct dump *dump,
			  struct candidates *list, struct candidate *candidate)
{
	struct pass pass = { .reread = reread, .dump = dump };
	enum status status = add(&pass, candidate);

	if (status == STATUS_OK)
		status = add_others(&pass, list, candidate);
	if (status == STATUS_OK) {
		reread_encode(dump, &pass.told[0]->source.recipe);
		status = run(&pass);
	}
	reread_layout_close(&pass.again);
	for (size_t i = 0; i < pass.count; i++)
		free_table(pass.told[i]);
	return status;
}
