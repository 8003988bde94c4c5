/* SPDX-License-Identifier: Apache-2.0 */
/* The plans of gathered members: which of them a member has. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/gather/gather_room.h"
#include "ingest/load/load_streams.h"
#include "ingest/load/load_source.h"

static void plan_free(struct gather_plan *plan)
{
	if (!plan)
		return;
	if (plan->layout)
		plan->layout->format->close(plan->layout);
	if (plan->stream) {
		load_stream_forget(plan->stream);
		plan_release(&plan->stream->plan);
	}
	free(plan->stream);
	buf_release(&plan->key);
	free(plan->first.path);
	free(plan->first.member);
	free(plan);
}

void gather_plans_release(struct gather *gather)
{
	for (size_t i = 0; i < gather->plan_count; i++)
		plan_free(gather->plans[i]);
	free(gather->plans);
	gather->plans = NULL;
	gather->plan_count = gather->plan_capacity = 0;
}

/* ---- a plan of its own ---- */

/* Takes the stream that the format announces; one of several tables is left to a load
 * of the member alone. */
static enum status announce(void *context, struct stream *announced, struct error *error)
{
	struct gather_plan *plan = context;
	struct load_stream *stream;

	if ((announced->name.len > 0 && !announced->alone) || plan->stream) {
		plan->apart = true;
		return STATUS_OK;
	}
	stream = calloc(1, sizeof(*stream));
	if (!stream)
		return error_memory(error);
	plan->stream = stream;
	(void)snprintf(stream->shown, sizeof(stream->shown), "%s",
		       plan->input.shown);
	(void)snprintf(stream->sniffed, sizeof(stream->sniffed), "%s", stream->shown);
	stream->stream = announced;
	/* While it is read there are rows of no other stream. */
	stream->numbers_ahead = true;
	announced->plan = &stream->plan;
	announced->load = stream;
	return plan_make(&stream->plan, plan->input.options, stream->shown, announced,
			 error);
}

/* How the member is written. */
static enum status open_layout(struct gather *gather, struct gather_plan *plan,
			       const struct peek *peek)
{
	struct load *load = &gather->load;
	const struct format *const *table = load->options->formats;
	struct error *error = &load->casefile->error;
	const struct format *format;
	enum status status;

	plan->input = (struct format_input){ .shown = dump_shown(load->dump),
					     .options = load->options,
					     .peek = *peek,
					     .dump = load->dump,
					     .encoding = dump_encoding(load->dump),
					     .announce = announce,
					     .context = plan };
	status = format_choose(table ? table : formats, &plan->input, &format, error);
	if (status == STATUS_OK)
		plan->apart = !format->join;
	if (status == STATUS_OK && !plan->apart)
		status = format->open(&plan->layout, &plan->input, error);
	plan->input.shown = gather->shown;
	plan->input.dump = NULL;
	return status;
}

/* What two members have in common that have the same plan. */
static void make_key(const struct gather *gather, struct gather_plan *plan)
{
	const struct load_stream *stream = plan->stream;
	const struct sample_row *header = stream->plan.header;
	const struct layout *layout = plan->layout;

	load_settings(&gather->load, stream, &plan->key);
	plan->settings_len = plan->key.len;
	if (!layout_learns(stream->stream))
		layout_recipe(layout, stream->stream, &plan->key);
	if (stream->plan.profile.sections > 0) {
		buf_text(&plan->key, "table ");
		buf_escape(&plan->key, stream_table(stream->stream), 0);
		buf_byte(&plan->key, '\n');
	}
	for (size_t i = 0; header && i < header->count; i++) {
		buf_format(&plan->key, "column %zu ", header->fields[i].len);
		buf_add(&plan->key, header->fields[i].data, header->fields[i].len);
		buf_byte(&plan->key, '\n');
	}
}

static enum status describe(struct gather *gather, struct gather_plan *plan)
{
	plan->apart = plan->apart || !plan->stream;
	if (plan->apart)
		return STATUS_OK;
	plan->stream->layout = plan->layout;
	plan->stream->source.kind = kind_info(plan->stream->plan.kind)->name;
	make_key(gather, plan);
	return plan->key.failed ? error_memory(&gather->load.casefile->error)
				: STATUS_OK;
}

/* ---- those there are ---- */

static void use(struct gather *gather, size_t at)
{
	struct gather_plan *plan = gather->plans[at];

	memmove(gather->plans + 1, gather->plans, at * sizeof(struct gather_plan *));
	gather->plans[0] = plan;
}

static enum status keep(struct gather *gather, struct gather_plan *plan)
{
	void *plans = gather->plans;

	if (!memory_room(&plans, &gather->plan_capacity, gather->plan_count + 1,
			 sizeof(struct gather_plan *))) {
		plan_free(plan);
		return error_memory(&gather->load.casefile->error);
	}
	gather->plans = plans;
	gather->plans[gather->plan_count++] = plan;
	plan->number = gather->plans_made++;
	use(gather, gather->plan_count - 1);
	return STATUS_OK;
}

/* *out also where it fails, unless there is no memory. */
static enum status make(struct gather *gather, const struct peek *peek, struct gather_plan **out)
{
	struct gather_plan *plan = calloc(1, sizeof(*plan));
	enum status status;

	*out = plan;
	if (!plan)
		return error_memory(&gather->load.casefile->error);
	status = open_layout(gather, plan, peek);
	return status == STATUS_OK ? describe(gather, plan) : status;
}

/* Where the profile says which table is what, members are of one source by their name. */
static bool is_table(const struct gather_plan *tried, const struct dump *dump)
{
	const struct load_stream *stream = tried->stream;

	return stream->plan.profile.sections == 0 || stream->stream->name.len > 0 ||
	       text_equal_fold(stream_table(stream->stream), dump_table_name(dump));
}

/* One that reads the member beyond doubt; NULL: none of those that are tried. */
static enum status try_plans(struct gather *gather, const struct peek *peek,
			     struct gather_plan **plan)
{
	const struct ingest_options *options = gather->load.options;
	const struct format_input input = { .shown = gather->shown, .peek = *peek };
	struct error *error = &gather->load.casefile->error;
	const struct format *format;
	enum status status;

	*plan = NULL;
	status = format_choose(options->formats ? options->formats : formats, &input,
			       &format, error);
	for (size_t i = 0; i < gather->plan_count && i < GATHER_TRIED &&
			   status == STATUS_OK; i++) {
		struct gather_plan *tried = gather->plans[i];
		bool joins = false;

		if (tried->layout->format != format || !is_table(tried, gather->load.dump) ||
		    tried->input.encoding != dump_encoding(gather->load.dump))
			continue;
		status = format->join(tried->layout, peek, &joins, error);
		if (!joins)
			continue;
		*plan = tried;
		use(gather, i);
		break;
	}
	return status == STATUS_SKIP ? STATUS_OK : status;
}

typedef enum status gather_compare(const struct gather_plan *other, const struct gather_plan *made,
				   bool *same, struct error *error);

/* The first that was made of those that are as good as one that was made; NULL: none is. Which
 * were used last depends on where a load was interrupted. */
static enum status find(struct gather *gather, const struct gather_plan *made, gather_compare *compare,
			struct gather_plan **plan)
{
	struct error *error = &gather->load.casefile->error;
	enum status status = STATUS_OK;
	size_t at = 0;

	*plan = NULL;
	for (size_t i = 0; i < gather->plan_count && status == STATUS_OK; i++) {
		bool same = false;

		if (*plan && gather->plans[i]->number > (*plan)->number)
			continue;
		status = compare(gather->plans[i], made, &same, error);
		if (!same)
			continue;
		*plan = gather->plans[i];
		at = i;
	}
	if (*plan)
		use(gather, at);
	return status;
}

/* What was made, with a status, gives way to one that is the same, or is kept. A member that
 * has no plan by itself may have one with others. */
static enum status settle(struct gather *gather, struct gather_plan *made, enum status status,
			  struct gather_plan **plan)
{
	const bool fails = status == STATUS_NOTHING || status == STATUS_USAGE;
	enum status found = STATUS_OK;

	if (made->apart || !made->stream || (status != STATUS_OK && !fails)) {
		plan_free(made);
		return status;
	}
	found = find(gather, made, fails ? gather_has_all : gather_is_same, plan);
	if (found == STATUS_OK && !*plan && !fails) {
		*plan = made;
		return keep(gather, made);
	}
	plan_free(made);
	return found == STATUS_OK && !*plan ? status : found;
}

enum status gather_plan_find(struct gather *gather, const struct peek *peek,
			     struct gather_plan **plan)
{
	struct gather_plan *made = NULL;
	enum status status = try_plans(gather, peek, plan);

	if (status == STATUS_OK && !*plan) {
		status = make(gather, peek, &made);
		if (made)
			status = settle(gather, made, status, plan);
	}
	if (status == STATUS_OK && *plan)
		(*plan)->layout->format->rewind((*plan)->layout);
	return status;
}
