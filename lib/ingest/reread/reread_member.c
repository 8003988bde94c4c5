/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the rows of one member again. */
#include "ingest/reread/reread_member.h"

#include <stdio.h>
#include <string.h>

#include "ingest/reread/judge.h"
#include "ingest/reread/reread_compare.h"
#include "ingest/reread/found/reread_tables.h"

/* Progress is told after so many records. */
#define LOOK_AROUND 4096
#define SHOWN 200

enum status reread_look_around(const struct reread *reread, const struct dump *dump,
			       uint64_t records)
{
	char step[DUMP_SHOWN + 20];
	struct progress progress = { step, dump_done(dump), dump_total(dump),
				     records, true };

	(void)snprintf(step, sizeof(step), "read again %s", dump_shown(dump));
	observer_progress(reread->observer, &progress);
	return observer_interrupted(reread->observer)
		       ? error_set(&reread->casefile->error, STATUS_INTERRUPTED,
				   "interrupted")
		       : STATUS_OK;
}

static enum status read_dump(void *context, char *data, size_t size, size_t *got,
			     struct error *error)
{
	return dump_read(context, data, size, got, error);
}

struct input dump_input(struct dump *dump)
{
	return (struct input){ read_dump, dump };
}

void reread_encode(struct dump *dump, const struct recipe *recipe)
{
	dump_encode(dump, recipe->encoding);
	/* Rows that a format finds have their places from it. */
	if (!recipe->format)
		dump_follow(dump, 0);
}

enum status reread_records(struct reread *reread, struct dump *dump,
			   struct judge *judge, struct comparison *comparison)
{
	struct judged judged;
	uint64_t records = 0;
	/* What stands before the rows is as long as its bytes are. */
	struct record first = { .offset = judge->recipe->preamble };
	enum status status = STATUS_OK;

	dump_place(dump, &first);
	comparison->offset = first.offset;
	while (status == STATUS_OK) {
		status = judge_next(judge, &judged);
		if (status == STATUS_OK)
			dump_place(dump, &judged.record);
		if (status == STATUS_OK)
			status = comparison_take(comparison, &judged);
		if (status == STATUS_OK && ++records % LOOK_AROUND == 0)
			status = reread_look_around(reread, dump, records);
	}
	return status == STATUS_END ? STATUS_OK : status;
}

enum status reread_through(struct dump *dump, struct error *error)
{
	char block[4096];
	size_t got = 1;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && got > 0)
		status = dump_read(dump, block, sizeof(block), &got, error);
	return status;
}

/* Each line of what was found, and how many more there were. */
void findings_tell(const struct findings *findings, struct reread *reread)
{
	struct text rest = buf_view(&findings->lines);

	while (rest.len > 0) {
		const char *end = memchr(rest.data, '\n', rest.len);
		const size_t len = end ? (size_t)(end - rest.data) : rest.len;

		observer_notice(reread->observer, "%.*s", (int)len, rest.data);
		rest.data += len + (end != NULL);
		rest.len -= len + (end != NULL);
	}
	if (findings->count > findings->kept)
		observer_notice(reread->observer,
				"%s: %llu more thing%s of it %s not hold",
				findings->shown,
				(unsigned long long)(findings->count - findings->kept),
				plural(findings->count - findings->kept),
				findings->count - findings->kept == 1 ? "does" : "do");
	reread->verified->failures += findings->count;
}

void reread_tell_asserted(const struct reread *reread, const struct reread_source *source,
			  const char *shown)
{
	const struct kind_info *info = kind_info(source->kind);

	for (size_t role = 0; role < info->role_count && !reread->options->quiet; role++) {
		const struct text said = mapping_said(&source->recipe.mapping, role);
		char value[SHOWN];

		if (said.len > 0)
			observer_notice(reread->observer,
					"%s: source %lld: %s '%s' is asserted (-m %s==VALUE) and no "
					"byte of it", shown, (long long)source->id,
					info->roles[role].name, text_escape(said, value, sizeof(value)),
					info->roles[role].name);
	}
}

/* What was read of a member counts once its hash says that it is the source's. */
static void take_comparison(struct reread *reread, const struct dump *dump,
			    struct candidate *candidate,
			    const struct comparison *comparison)
{
	if (strcmp(dump_member_sha256(dump), candidate->member_sha256) != 0)
		return;
	candidate->done = true;
	reread->counts->sources++;
	reread->counts->rows += comparison->compared;
	findings_tell(&comparison->findings, reread);
	reread_tell_asserted(reread, comparison->source, dump_shown(dump));
}

static enum status compare_member(struct reread *reread, struct dump *dump,
				  const struct reread_source *source,
				  struct candidate *candidate)
{
	struct error *error = &reread->casefile->error;
	struct comparison comparison = { 0 };
	struct judge judge = { 0 };
	enum status status = comparison_open(&comparison, reread->casefile, source,
					     &reread->rows, reread->options,
					     dump_shown(dump));

	reread_encode(dump, &source->recipe);
	if (status == STATUS_OK)
		status = judge_open(&judge, &source->recipe, dump_input(dump),
				    error);
	if (status == STATUS_OK)
		status = reread_records(reread, dump, &judge, &comparison);
	if (status == STATUS_OK)
		status = comparison_end(&comparison, &judge, dump_member_size(dump));
	if (status == STATUS_OK)
		status = dump_end(dump, error);
	if (status == STATUS_OK)
		take_comparison(reread, dump, candidate, &comparison);
	judge_close(&judge);
	comparison_close(&comparison);
	return status;
}

/* A source whose recipe is none does not hold; its file is hashed all the same. */
static enum status fail_recipe(struct reread *reread, struct dump *dump,
			       struct candidate *candidate)
{
	struct error *error = &reread->casefile->error;
	enum status status;

	candidate->done = true;
	reread->verified->failures++;
	observer_notice(reread->observer, "%s: %s", dump_shown(dump), error->text);
	status = reread_through(dump, error);
	return status == STATUS_OK ? dump_end(dump, error) : status;
}

enum status reread_member(struct reread *reread, struct dump *dump,
			  struct candidates *list, struct candidate *candidate)
{
	struct reread_source source;
	enum status status = reread_source_load(&source, reread->casefile,
						candidate->id);

	if (status == STATUS_OK && source.recipe.format)
		status = reread_tables(reread, dump, list, candidate);
	else if (status == STATUS_OK)
		status = compare_member(reread, dump, &source, candidate);
	if (status == STATUS_INTEGRITY)
		status = fail_recipe(reread, dump, candidate);
	reread_source_release(&source);
	return status;
}
