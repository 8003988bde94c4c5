/* SPDX-License-Identifier: Apache-2.0 */
/* What a profile says of its rows beyond where they are: remarks on a source. */
#include "ingest/load/load_profile.h"

#include <stdio.h>

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

enum status load_say_profile(const struct load_stream *stream, struct remark_writer *writer)
{
	enum status status = say_unconfirmed(stream, writer);

	if (status == STATUS_OK)
		status = say_section(stream, writer);
	if (status == STATUS_OK)
		status = say_named(stream, writer);
	if (status == STATUS_OK)
		status = say_filters(stream, writer);
	if (status == STATUS_OK)
		status = say_cannot(stream, writer);
	return status == STATUS_OK ? say_addresses(stream, writer) : status;
}
