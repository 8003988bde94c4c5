/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile says of its rows beyond where they are: remarks on a source. */
#include "ingest/load/load_profile.h"

#include <stdio.h>

#include "ingest/gather/gather.h"
#include "ingest/plan/values/filter.h"

static struct remark remark_of(const struct load_stream *stream, const char *topic)
{
	return (struct remark){ .source = stream->source.id, .shown = stream->shown, .topic = topic,
				.count = stream->source.accepted };
}

/* Rows that the lines keep and drop left out. */
static enum status say_filters(const struct load_stream *stream, struct remark_writer *writer)
{
	const struct plan *plan = &stream->plan;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < plan->mapping.filter_count && status == STATUS_OK; i++) {
		struct remark remark = remark_of(stream, "filter");
		struct buf line = { 0 };
		char remedy[200], name[100];

		filter_describe(&plan->mapping.filters[i], plan->header, &line);
		if (line.failed)
			return error_memory(&writer->casefile->error);
		(void)snprintf(remedy, sizeof(remedy), "a copy of profile %s without that line takes them",
			       text_escape(text_of(plan->profile.name), name, sizeof(name)));
		remark.count = stream->filtered[i];
		remark.remedy = remedy;
		if (remark.count > 0)
			status = remark_writer_sayf(writer, &remark,
						    "%llu row%s skipped, as none of kind %s by the line %.200s",
						    (unsigned long long)remark.count, remark.count == 1 ? " is" : "s are",
						    kind_info(plan->kind)->name, buf_view(&line).data);
		buf_release(&line);
	}
	return status;
}

static enum status say_cannot(const struct load_stream *stream, struct remark_writer *writer)
{
	struct text rest = buf_view(&stream->plan.profile.cannot_say);
	struct remark remark = remark_of(stream, "cannot-say");
	enum status status = STATUS_OK;
	char shown[400];

	remark.remedy = "look for it elsewhere, and take nothing else for it";
	while (rest.len > 0 && status == STATUS_OK)
		status = remark_writer_sayf(writer, &remark, "such dumps cannot say: %s",
					    text_escape(text_take_line(&rest), shown, sizeof(shown)));
	return status;
}

/* Of several sections for the table which one holds. */
static enum status say_section(const struct load_stream *stream, struct remark_writer *writer)
{
	const struct plan *plan = &stream->plan;
	struct remark remark = remark_of(stream, "section");
	char name[100];

	remark.remedy = "give a profile in which it stands first where another is right";
	if (plan->lacking.len == 0)
		return STATUS_OK;
	return remark_writer_sayf(writer, &remark, "the section in line %u of profile %s holds, for the columns of others are not "
						   "there; %.280s", plan->profile.section_line,
				  text_escape(text_of(plan->profile.name), name, sizeof(name)), plan->lacking.data);
}

/* Addresses that are not of the peer of the connection. */
static enum status say_addresses(const struct load_stream *stream, struct remark_writer *writer)
{
	const struct kind_info *info = kind_info(stream->plan.kind);
	enum status status = STATUS_OK;

	for (size_t role = 0; role < info->role_count && status == STATUS_OK; role++) {
		const enum profile_address address = stream->plan.profile.addresses[role];
		struct remark remark = remark_of(stream, "address");

		if (stream->plan.mapping.pick_counts[role] == 0)
			continue;
		remark.role = info->roles[role].name;
		remark.remedy = "it is no proof of where somebody was";
		if (address == ADDRESS_CLAIMED)
			status = remark_writer_sayf(writer, &remark, "%s is what the client told of itself, not the "
						    "peer of the connection", remark.role);
		else if (address == ADDRESS_SWITCH)
			status = remark_writer_sayf(writer, &remark, "%s is the address of the switch itself", remark.role);
	}
	return status;
}

static enum status say_unconfirmed(const struct load_stream *stream, struct remark_writer *writer)
{
	const struct profile *profile = &stream->plan.profile;
	struct remark remark = remark_of(stream, "layout-unconfirmed");
	char name[100], why[300];

	if (!profile->unconfirmed)
		return STATUS_OK;
	remark.remedy = "compare some rows with what is known otherwise";
	return remark_writer_sayf(writer, &remark, "that its columns are what profile %s takes them for is not confirmed: %s",
				  text_escape(text_of(profile->name), name, sizeof(name)),
				  text_escape(text_of(profile->unconfirmed), why, sizeof(why)));
}

/* Names that no byte of the dump has. */
static enum status say_named(const struct load_stream *stream, struct remark_writer *writer)
{
	struct remark remark = remark_of(stream, "columns-named");
	char name[100];

	if (stream->plan.named.count == 0)
		return STATUS_OK;
	remark.remedy = "compare some rows with what is known otherwise: a table that was altered may have another order";
	return remark_writer_sayf(writer, &remark, "its columns have no names in the dump, and are taken in the order that profile %s "
				  "has", text_escape(text_of(stream->plan.profile.name), name, sizeof(name)));
}

/* ---- sections that match no table ---- */

/* Those that match a table, from 1. */
struct met {
	bool sections[PROFILE_SECTIONS + 1];
	unsigned count;             /* of the profile */
};

static const struct load_stream *stream_at(const struct load *load, size_t at)
{
	if (load->gather)
		return gather_planned(load->gather, at);
	return at < load->stream_count ? load->streams[at] : NULL;
}

static enum status meet(const char *name, const struct load_stream *stream, struct met *met, struct error *error)
{
	enum status status = STATUS_OK;
	unsigned section = 0;

	do {
		struct profile profile;

		status = profile_load_behind(&profile, name, stream_table(stream->stream), section, error);
		section = status == STATUS_OK ? profile.section : 0;
		met->sections[section] = true;
		met->count = profile.sections;
		profile_release(&profile);
	} while (section > 0);
	return status;
}

/* Adds the tables of a section that is wanted and that nothing met. */
static enum status add_unmet(const struct ingest_options *options, unsigned section, struct buf *out, uint64_t *count,
			     struct error *error)
{
	struct profile profile;
	enum kind kind;
	const bool any = !options->kind || !kind_find(options->kind, &kind);
	const enum status status = profile_load_section(&profile, options->profile, section, error);

	if (status == STATUS_OK && !profile.optional && (any || profile.any_kind || profile.kind == kind)) {
		buf_text(out, (*count)++ ? "; " : "");
		buf_escape(out, buf_view(&profile.section_tables), 80);
	}
	profile_release(&profile);
	return status;
}

static enum status say_unmet_all(const struct load *load, const struct load_stream *stream, const struct met *met,
				 struct remark_writer *writer)
{
	struct error *error = &writer->casefile->error;
	struct remark remark = remark_of(stream, "sections-unmet");
	struct buf tables = { 0 };
	enum status status = STATUS_OK;

	remark.shown = load_shown(load);
	remark.remedy = "is all of the dump there? What some lack is told by a line `optional` in its section";
	remark.count = 0;
	for (unsigned i = 1; i <= met->count && i <= PROFILE_SECTIONS && status == STATUS_OK; i++)
		if (!met->sections[i])
			status = add_unmet(load->options, i, &tables, &remark.count, error);
	if (status == STATUS_OK && tables.failed)
		status = error_memory(error);
	if (status == STATUS_OK && remark.count > 0)
		status = remark_writer_sayf(writer, &remark, "it has no table of %llu section%s of the profile: %.300s",
					    (unsigned long long)remark.count, plural(remark.count), tables.data);
	buf_release(&tables);
	return status;
}

/* Once a dump, of which a file alone is no more than a part. */
static enum status say_unmet(const struct load *load, const struct load_stream *stream, struct remark_writer *writer)
{
	const struct ingest_options *options = load->options;
	const bool part = !stream_at(load, 1) && stream->stream->name.len == 0;
	const struct load_stream *other;
	struct met met = { .count = 0 };
	enum status status = STATUS_OK;

	if (!options->profile || options->table || stream->index > 0 || part || stream->plan.profile.sections == 0)
		return STATUS_OK;
	for (size_t i = 0; status == STATUS_OK && (other = stream_at(load, i)) != NULL; i++)
		status = meet(options->profile, other, &met, &writer->casefile->error);
	return status == STATUS_OK ? say_unmet_all(load, stream, &met, writer) : status;
}

enum status load_say_profile(const struct load *load, const struct load_stream *stream, struct remark_writer *writer)
{
	enum status status = say_unconfirmed(stream, writer);

	if (status == STATUS_OK)
		status = say_section(stream, writer);
	if (status == STATUS_OK)
		status = say_unmet(load, stream, writer);
	if (status == STATUS_OK)
		status = say_named(stream, writer);
	if (status == STATUS_OK)
		status = say_filters(stream, writer);
	if (status == STATUS_OK)
		status = say_cannot(stream, writer);
	return status == STATUS_OK ? say_addresses(stream, writer) : status;
}
