/* SPDX-License-Identifier: Apache-2.0 */
/* Members of a folder or archive that take the place of what the case has of them. */
#include <stdlib.h>

#include "base/memory.h"
#include "casefile/mend/drop.h"
#include "ingest/gather/gather_room.h"
#include "ingest/load/load_known.h"

void gather_replace(struct gather *gather, int64_t below)
{
	gather->load.below = below;
	gather->load.replacing = below > 0;
}

/* ---- looking first ---- */

/* What was read otherwise, unless other folders have a part in its source. */
static enum status survey_known(struct gather *gather, int64_t id,
				struct gather_survey *survey)
{
	struct load *load = &gather->load;
	enum replaced_of shared = REPLACED_OF_NONE;
	bool same;
	enum status status = load_known_same(load, gather->plan->stream, id, &same);

	if (status == STATUS_OK)
		status = replaced_shared(load->casefile, id, gather->root, &shared);
	if (status != STATUS_OK)
		return status;
	survey->met += shared == REPLACED_OF_ROOT;
	survey->differs = !same && shared != REPLACED_OF_OTHER;
	return survey->differs ? STATUS_END : STATUS_OK;
}

static enum status survey_new(struct gather *gather, struct gather_survey *survey)
{
	const struct dump *dump = gather->load.dump;
	struct buf path = { 0 };
	enum status status;

	buf_text(&path, dump_path(dump));
	if (gather->archive)
		buf_format(&path, ":%s", dump_member(dump));
	status = path.failed ? error_memory(&gather->load.casefile->error)
			     : replaced_changed(gather->load.casefile, gather->root, path.data,
						dump_member_sha256(dump), &survey->differs);
	buf_release(&path);
	return status == STATUS_OK && survey->differs ? STATUS_END : status;
}

static enum status survey_member(struct gather *gather, struct gather_survey *survey)
{
	struct load *load = &gather->load;
	struct source_match known = { .id = 0 };
	struct peek peek;
	enum status status = dump_peek(load->dump, &peek, &load->casefile->error);

	if (status == STATUS_OK)
		status = gather_plan_find(gather, &peek, &gather->plan);
	if (status == STATUS_END)
		return STATUS_OK;
	if (status != STATUS_OK || !gather->plan)
		return status;
	status = gather_read_through(gather);
	if (status == STATUS_OK)
		status = gather_known(gather, gather->plan, &known);
	if (status != STATUS_OK)
		return status;
	return known.id != 0 ? survey_known(gather, known.id, survey)
			     : survey_new(gather, survey);
}

/* What is no dump, or cannot be read, is told when it is to be loaded. */
enum status gather_survey(struct gather *gather, const char *root, const char *path,
			  struct dump *dump, struct gather_survey *survey)
{
	struct load *load = &gather->load;
	enum status status = gather_open_root(gather, root, dump);

	if (status != STATUS_OK)
		return status;
	survey->resumed = gather->catching_up || gather->other;
	survey->replacing = load->replacing;
	if (survey->resumed)
		return STATUS_END;
	load->dump = dump;
	gather->path = path;
	gather->plan = NULL;
	gather->ended = false;
	status = survey_member(gather, survey);
	load->dump = NULL;
	return status == STATUS_USAGE ? STATUS_NOTHING : status;
}

/* ---- taking their place ---- */

static enum status refuse(struct gather *gather, const char *why)
{
	gather->load.refused = true;
	return error_set(&gather->load.casefile->error, STATUS_FAILED,
			 "%s: %s; nothing is replaced, and the case is as it was",
			 gather->shown, why);
}

enum status gather_refuse_many(struct gather *gather)
{
	(void)refuse(gather, "has too many kinds of file to be replaced as a whole: `unspoof "
			     "drop` takes the old sources out");
	gather->load.casefile->error.fault = true;
	return STATUS_FAILED;
}

static enum status refuse_missing(struct gather *gather)
{
	const struct replaced *r = &gather->replaced;
	char path[200];

	gather->load.refused = true;
	return error_set(&gather->load.casefile->error, STATUS_FAILED,
			 "%s: %llu file%s of source %lld %s not here any more or cannot be read "
			 "(%s%s), and would be lost; nothing is replaced: put %s back, or take "
			 "the source out with `unspoof drop CASE %lld` and ingest what is here",
			 gather->shown, (unsigned long long)r->missing,
			 r->missing == 1 ? "" : "s", (long long)r->missing_source,
			 r->missing == 1 ? "is" : "are", r->missing == 1 ? "" : "the first: ",
			 text_escape(text_of(r->missing_path), path, sizeof(path)),
			 r->missing == 1 ? "it" : "them", (long long)r->missing_source);
}

enum status gather_settle_replaced(struct gather *gather)
{
	struct load *load = &gather->load;
	uint64_t accepted = 0;
	enum status status = replaced_find(&gather->replaced, load->casefile, load->first_id,
					   load->below, gather->root);

	for (size_t i = 0; i < load->begun; i++)
		accepted += load->streams[i]->source.accepted;
	if (status != STATUS_OK)
		return status;
	if (accepted == 0)
		return refuse(gather, "no row of it was accepted with these options");
	load->replacing = gather->replaced.count > 0;
	return gather->replaced.missing > 0 ? refuse_missing(gather) : STATUS_OK;
}

bool gather_replaces(const struct gather *gather, int64_t id)
{
	return replaced_has(&gather->replaced, id);
}

enum status gather_drop_replaced(struct gather *gather, int64_t **ids, size_t *count)
{
	const struct replaced *r = &gather->replaced;
	struct load *load = &gather->load;
	enum status status;

	*count = 0;
	*ids = memory_array(NULL, r->count, sizeof(**ids));
	if (!*ids)
		return error_memory(&load->casefile->error);
	for (; *count < r->count; ++*count)
		(*ids)[*count] = r->pairs[*count].old;
	status = drop_sources(load->casefile, *ids, *count, (unsigned)load->options->threads,
			      load->observer);
	if (status != STATUS_OK) {
		free(*ids);
		*ids = NULL;
	}
	return status;
}

enum status gather_tell_replaced(struct gather *gather)
{
	const struct replaced *r = &gather->replaced;
	struct load *load = &gather->load;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < r->count; i++)
		for (size_t k = 0; k < load->stream_count && status == STATUS_OK; k++)
			if (load->streams[k]->source.id == r->pairs[i].now)
				status = load_tell_replaced(load, load->streams[k],
							    r->pairs[i].old);
	return status;
}
