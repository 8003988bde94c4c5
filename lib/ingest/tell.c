/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about a member while it is loaded, and at the end. */
#include "ingest/tell.h"

#include <stdio.h>

#include "casefile/record/remark.h"
#include "ingest/coverage/load_clock.h"

#define VALUE_SHOWN 80

static unsigned long long number(uint64_t value)
{
	return (unsigned long long)value;
}

void tell_plan(const struct load *load, const struct load_stream *stream)
{
	const struct plan *plan = &stream->plan;
	struct buf dialect = { 0 };
	char profile[100];

	layout_describe(load->layout, stream->stream, &dialect);
	observer_notice(load->observer, "%s: kind %s, profile %s, %s",
			stream->shown, kind_info(plan->kind)->name,
			text_escape(text_of(plan->profile.name), profile,
				    sizeof(profile)),
			buf_view(&dialect).data);
	buf_release(&dialect);
}

void tell_resumed(const struct load *load)
{
	observer_notice(load->observer,
			"%s: goes on after %llu row%s that %s in the case as source "
			"%lld", load_shown(load), number(load_read(load)),
			plural(load_read(load)), load_read(load) == 1 ? "is" : "are",
			(long long)load->first_id);
}

void tell_reject(const struct load *load, const struct load_stream *stream,
		 uint64_t line, const char *role, struct text value,
		 const char *reason)
{
	struct buf shown = { 0 };

	if (stream->source.rejected > TELL_REJECTS)
		return;
	buf_escape(&shown, value, VALUE_SHOWN);
	if (*role)
		observer_notice(load->observer, "%s:%llu: %s '%s': %s",
				dump_shown(load->dump), number(line), role,
				buf_view(&shown).data, reason);
	else
		observer_notice(load->observer, "%s:%llu: %s",
				dump_shown(load->dump), number(line), reason);
	buf_release(&shown);
}

void tell_counts(const struct load *load, const struct load_stream *stream)
{
	const struct source_row *source = &stream->source;
	const char *shown = stream->shown;
	char members[40] = "";

	if (source->rejected > TELL_REJECTS)
		observer_notice(load->observer,
				"%s: %llu more rejected row%s; see export rejects",
				shown, number(source->rejected - TELL_REJECTS),
				plural(source->rejected - TELL_REJECTS));
	if (load->dump && dump_behind(load->dump))
		observer_notice(load->observer,
				"%s: %llu byte%s behind the end of the compressed "
				"data %s not read, but hashed", shown,
				number(dump_behind(load->dump)),
				plural(dump_behind(load->dump)),
				dump_behind(load->dump) == 1 ? "is" : "are");
	if (stream->local_time && !stream->plan.zone && !load_clock_holds(stream) &&
	    !plan_clock_has_zones(&stream->plan))
		observer_notice(load->observer,
				"%s: its times tell no zone: UTC is assumed (-z)",
				shown);
	if (stream->members > 0)
		(void)snprintf(members, sizeof(members), "%llu members, ",
			       number(stream->members));
	observer_notice(load->observer,
			"%s: %sread %llu, accepted %llu, rejected %llu, skipped %llu",
			shown, members, number(source->read),
			number(source->accepted), number(source->rejected),
			number(source->skipped));
}

enum status tell_remarks(const struct load *load, const struct load_stream *stream)
{
	const char *renamed = stream->plan.renamed;
	struct remark_writer writer = { 0 };
	const struct remark remark = {
		.source = stream->source.id,
		.shown = stream->shown,
		.topic = "region",
		.value = text_of(renamed),
		.count = 1,
		.remedy = "-r GB says the same without this line",
	};
	enum status status;

	if (!renamed)
		return STATUS_OK;
	status = remark_writer_open(&writer, load->casefile, LAYER_FOUND, load->observer);
	if (status == STATUS_OK)
		status = remark_writer_sayf(&writer, &remark, "region %s is taken as %s", renamed,
					    stream->plan.region);
	remark_writer_close(&writer);
	return status;
}

/* The place in role_rejects with the most. */
static size_t commonest(const struct load_stream *stream)
{
	size_t best = 0;

	for (size_t i = 1; i <= ROLES_MOST; i++)
		if (stream->role_rejects[i] > stream->role_rejects[best])
			best = i;
	return best;
}

static enum status tell_role(const struct load_stream *stream, size_t role,
			     struct error *error)
{
	const struct plan *plan = &stream->plan;
	const struct pick *pick = &plan->mapping.picks[role][0];
	const char *name = kind_info(plan->kind)->roles[role].name;
	struct buf from = { 0 };

	mapping_column(pick->column, plan->header, &from);
	if (pick->joined) {
		buf_byte(&from, '+');
		mapping_column(pick->second, plan->header, &from);
	}
	(void)error_set(error, STATUS_FAILED,
			"%s: no row was accepted: of %llu rejected, %llu for role "
			"%s, which is column '%s': is it the right one? (-m "
			"%s=COLUMN)", stream->shown,
			number(stream->source.rejected),
			number(stream->role_rejects[role]), name,
			buf_view(&from).data, name);
	buf_release(&from);
	return STATUS_FAILED;
}

enum status tell_none(const struct load_stream *stream, struct error *error)
{
	size_t role = commonest(stream);

	if (stream->source.rejected == 0)
		return error_set(error, STATUS_FAILED, "%s: holds no rows",
				 stream->shown);
	if (role < ROLES_MOST)
		return tell_role(stream, role, error);
	return error_set(error, STATUS_FAILED,
			 "%s: no row was accepted: of %llu rejected, %llu for quotes "
			 "or number of fields: is it written as was found out? "
			 "(--separator, --quote, --header)",
			 stream->shown, number(stream->source.rejected),
			 number(stream->role_rejects[ROLES_MOST]));
}
