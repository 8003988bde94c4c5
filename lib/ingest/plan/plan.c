/* SPDX-License-Identifier: Apache-2.0 */
/* What the rows of a stream are going to be: what was said, and what was found out. */
#include "ingest/plan/plan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/currency.h"
#include "ingest/plan/said/by_kind.h"
#include "ingest/plan/said/optional.h"
#include "casefile/record/table_name.h"
#include "ingest/plan/said/widen.h"
#include "number/plan/region.h"
#include "number/read/number_read.h"

/* What is at hand while a plan is made. */
struct making {
	struct plan *plan;
	struct stream *stream;
	const struct ingest_options *options;
	const char *shown;
	struct error *error;
	int only;               /* the kind that was said, or -1 */
	struct mapping_request request;
};

void plan_release(struct plan *plan)
{
	if (plan->has_profile)
		profile_release(&plan->profile);
	plan_clock_release(&plan->clock);
	buf_release(&plan->lacking);
	memset(plan, 0, sizeof(*plan));
}

/* ---- header ---- */

static enum status take_profile(struct making *making, const char *name)
{
	struct plan *plan = making->plan;

	plan->has_profile = true;
	return profile_load(&plan->profile, name, stream_table(making->stream), making->error);
}

static enum status not_wanted(const struct making *making)
{
	char table[100], wanted[100];

	text_escape(making->request.table, table, sizeof(table));
	text_escape(text_of(making->options->table), wanted, sizeof(wanted));
	return error_set(making->error, STATUS_END, "%s: is table %s, and --table says %s",
			 making->shown, table, wanted);
}

static bool is_wanted(const struct making *making)
{
	const struct profile *profile = &making->plan->profile;

	return making->only < 0 || profile->any_kind || (int)profile->kind == making->only;
}

/* Takes the next section for the table, of a kind that is wanted. STATUS_END: there is none. */
static enum status advance(struct making *making)
{
	struct plan *plan = making->plan;
	const char *said = making->options->profile;
	char *name = memory_text(plan->profile.name, strlen(plan->profile.name));
	enum status status = name ? STATUS_OK : error_memory(making->error);
	bool wanted = false;

	while (status == STATUS_OK && !wanted) {
		const unsigned section = plan->profile.section;

		profile_release(&plan->profile);
		status = profile_load_behind(&plan->profile, said ? said : name, stream_table(making->stream), section,
					     making->error);
		if (status == STATUS_OK && !profile_holds(&plan->profile))
			status = STATUS_END;
		wanted = is_wanted(making);
	}
	free(name);
	return status;
}

/* The profile that was said, which may have nothing for the table, or be of another kind. */
static enum status take_said(struct making *making)
{
	const struct plan *plan = making->plan;
	char table[100];
	enum kind kind;
	enum status status = take_profile(making, making->options->profile);

	if (status != STATUS_OK)
		return status;
	text_escape(stream_table(making->stream), table, sizeof(table));
	if (!profile_holds(&plan->profile))
		return error_set(making->error, STATUS_END, "%s: profile %s has nothing for a table %s",
				 making->shown, plan->profile.name, table);
	kind = plan->profile.kind;
	if (!is_wanted(making))
		status = advance(making);
	return status == STATUS_END
		       ? error_set(making->error, STATUS_END, "%s: is of kind %s by profile %s, and kind %s is wanted",
				   making->shown, kind_info(kind)->name, plan->profile.name,
				   kind_info((enum kind)making->only)->name)
		       : status;
}

/* A column given by name needs a header to be found in. */
static bool names_columns(const struct ingest_options *options)
{
	for (size_t i = 0; i < options->mapping_count; i++)
		if (!mapping_by_position(options->mappings[i]))
			return true;
	return false;
}

static void set_header(struct making *making)
{
	struct plan *plan = making->plan;
	struct stream *stream = making->stream;
	const struct sample *sample = &stream->sample;

	if (stream->header == STREAM_HEADER_UNKNOWN)
		stream->header = names_columns(making->options) ||
				 bid_header(sample);
	/* What is not even a row names no columns. */
	if (sample->broken || sample->row_count == 0)
		stream->header = 0;
	plan->header = NULL;
	if (stream->header)
		plan->header = &sample->rows[0];
	making->request.header = plan->header;
	making->request.width = plan->header ? plan->header->count : sample->width;
}

/* ---- kind and profile ---- */

static enum status collect_bids(struct making *making)
{
	struct plan *plan = making->plan;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < profiles_builtin_count && status == STATUS_OK; i++) {
		const struct profile_text *known = &profiles_builtin[i];
		struct profile profile;

		status = profile_sniffs(&profile, (struct text){ known->text, known->len },
					stream_table(making->stream), known->name, making->error);
		if (status == STATUS_OK)
			status = bid_profile(&plan->bids, &profile, &making->stream->sample,
					     &making->request, making->only,
					     making->error);
		profile_release(&profile);
	}
	return status;
}

static enum status nothing_fits(const struct making *making)
{
	const struct plan *plan = making->plan;
	struct buf columns = { 0 };

	if (plan->header) {
		buf_text(&columns, "its header is: ");
		mapping_header(plan->header, &columns);
	} else {
		buf_format(&columns, "its rows have %zu column%s, and no header",
			   making->stream->sample.width,
			   plural(making->stream->sample.width));
	}
	(void)error_set(making->error, STATUS_NOTHING,
			"%s: not a dump that is known; %s; say what it is with -k "
			"KIND, and which columns play which roles with -m "
			"ROLE=COLUMN", making->shown, buf_view(&columns).data);
	buf_release(&columns);
	return making->error->status;
}

static enum status too_close(const struct making *making)
{
	const struct sniff_bid *bids = making->plan->bids.items;

	return error_set(making->error, STATUS_USAGE,
			 "%s: could be kind %s by profile %s (%u points) or kind %s "
			 "by profile %s (%u points): say which with -k KIND or -p "
			 "PROFILE", making->shown, bids[0].kind, bids[0].profile,
			 bids[0].points, bids[1].kind, bids[1].profile,
			 bids[1].points);
}

/* The profile was said; its kind may not have been. */
static enum status choose_kind(struct making *making)
{
	struct plan *plan = making->plan;
	enum status status;

	if (!plan->profile.any_kind) {
		plan->kind = plan->profile.kind;
		return STATUS_OK;
	}
	if (making->only >= 0) {
		plan->kind = (enum kind)making->only;
		return STATUS_OK;
	}
	status = bid_profile(&plan->bids, &plan->profile, &making->stream->sample,
			     &making->request, -1, making->error);
	if (status != STATUS_OK)
		return status;
	if (plan->bids.count == 0)
		return nothing_fits(making);
	if (bids_close(&plan->bids))
		return too_close(making);
	plan->kind = plan->bids.kinds[0];
	return STATUS_OK;
}

/* Nothing but perhaps the kind was said. A kind that was said and that nothing
 * bids for is read by its header, for a message that says what is missing. */
static enum status choose_profile(struct making *making)
{
	struct plan *plan = making->plan;
	enum status status = collect_bids(making);

	if (status != STATUS_OK)
		return status;
	if (plan->bids.count == 0 && making->only < 0)
		return nothing_fits(making);
	if (bids_close(&plan->bids))
		return too_close(making);
	if (plan->bids.count == 0) {
		plan->kind = (enum kind)making->only;
		return take_profile(making, PROFILE_CANONICAL);
	}
	plan->kind = plan->bids.kinds[0];
	status = take_profile(making, plan->bids.items[0].profile);
	if (status == STATUS_OK && making->options->header < 0 &&
	    !making->stream->declared &&
	    plan->profile.header != STREAM_HEADER_UNKNOWN) {
		making->stream->header = plan->profile.header;
		set_header(making);
	}
	return status;
}

/* Columns that the profile names, and the first rows do not have. */
static enum status widen(struct making *making)
{
	struct stream *stream = making->stream;

	if (!stream->open || !stream->declared || !making->plan->has_profile)
		return STATUS_OK;
	if (!widen_sample(&stream->sample, &making->plan->profile))
		return error_memory(making->error);
	set_header(making);
	return STATUS_OK;
}

/* ---- the rest ---- */

static const char *first_said(const char *option, const char *profile)
{
	return option ? option : profile;
}

/* The same of an option that is said by kind as well. */
static const char *said_of(const struct plan *plan, const struct kind_values *values, const char *option,
			   const char *profile)
{
	return first_said(by_kind_find(values, plan->kind, option), profile);
}

static void set_settings(const struct making *making)
{
	struct plan *plan = making->plan;
	const struct ingest_options *options = making->options;

	const char *region = said_of(plan, &options->regions, options->region, plan->profile.region);
	const char *currency = said_of(plan, &options->currencies, options->currency, plan->profile.currency);
	struct currency known;

	/* Both were looked up where they were given. */
	plan->region = region ? region_given(text_of(region)) : NULL;
	plan->renamed = region && region_renamed(text_of(region)) ? region : NULL;
	plan->currency = currency && currency_find(text_of(currency), &known) ? known.name : NULL;
	plan->zone = said_of(plan, &options->zones, options->zone, plan->profile.zone);
	plan->date_order =
		first_said(options->date_order, plan->profile.date_order);
	plan->decimal = first_said(options->decimal, plan->profile.decimal);
	plan->bare = first_said(options->bare, plan->profile.bare);
	plan->width = plan->profile.width;
	if (plan->header)
		plan->width.least = plan->width.most = plan->header->count;
	else if (plan->width.most == 0)
		plan->width.least = plan->width.most =
			making->stream->sample.width;
}

/* Amounts whose currency nobody tells cannot be understood later. */
static enum status check_currency(const struct making *making)
{
	const struct plan *plan = making->plan;
	int currency = kind_role(plan->kind, text_of("currency"));
	int loss = kind_role(plan->kind, text_of("loss"));
	bool amounts = plan->kind == KIND_PAYMENT ||
		       (loss >= 0 && plan->mapping.pick_counts[loss] > 0);

	if (!amounts || plan->currency || plan->mapping.pick_counts[currency] > 0)
		return STATUS_OK;
	return error_set(making->error, STATUS_USAGE,
			 "%s: no column says the currency of the amounts: say -c "
			 "CURRENCY, as -c BTC, or -m currency=COLUMN",
			 making->shown);
}

static enum status map(struct making *making)
{
	struct plan *plan = making->plan;

	set_settings(making);
	making->request.profile = &plan->profile;
	making->request.kind = plan->kind;
	making->request.width = plan->width.most;
	if (!plan->header && !columns_named(&plan->profile, plan->width.most, &plan->named))
		plan->named.count = 0;
	making->request.header = plan_columns(plan);
	return mapping_resolve(&plan->mapping, &making->request, making->error);
}

/* What the section lacks, by the first words of the error. */
static bool note_lacking(struct making *making)
{
	const struct profile *profile = &making->plan->profile;
	struct buf *out = &making->plan->lacking;
	struct text why = text_of(making->error->text);
	const size_t before = strlen(making->shown) + 2;

	if (why.len > before && !memcmp(why.data, making->shown, before - 2)) {
		why.data += before;
		why.len -= before;
	}
	for (size_t i = 0; i + 1 < why.len; i++)
		if (why.data[i] == ';' || (why.data[i] == ':' && why.data[i + 1] == ' '))
			why.len = i;
	buf_format(out, "%sthat of line %u: ", out->len > 0 ? "; " : "", profile->section_line);
	buf_add(out, why.data, why.len);
	return !out->failed;
}

static enum status none_fits(struct making *making, const char *profile)
{
	char table[100];

	return error_set(making->error, STATUS_USAGE, "%s: no section of profile %s for a table %s has its columns there: %s",
			 making->shown, profile, text_escape(stream_table(making->stream), table, sizeof(table)),
			 buf_view(&making->plan->lacking).data);
}

static enum status next_section(struct making *making)
{
	const enum status status = advance(making);

	return status == STATUS_OK ? choose_kind(making) : status;
}

/* Of several sections for a table the first holds whose columns are there. */
static enum status map_in_turn(struct making *making)
{
	const struct profile *profile = &making->plan->profile;
	enum status status = map(making);
	const struct error first = *making->error;
	size_t tried = 0;

	while (status == STATUS_USAGE && profile->section > 0) {
		if (!note_lacking(making))
			return error_memory(making->error);
		tried++;
		status = next_section(making);
		if (status == STATUS_END && tried > 1)
			return none_fits(making, profile->name);
		if (status == STATUS_END)
			*making->error = first;
		if (status == STATUS_END)
			return first.status;
		if (status == STATUS_OK)
			status = map(making);
	}
	return status;
}

/* Of two lines that could name the columns the other may be meant. */
static enum status hint(const struct making *making, enum status status)
{
	const struct error why = *making->error;
	const unsigned long long other = making->stream->other_head;

	if ((status != STATUS_NOTHING && status != STATUS_USAGE) || other == 0 || making->options->head >= 0)
		return status;
	return error_set(making->error, status, "%.800s; the table may begin further down: --skip-head %llu goes over "
			 "the lines before that", why.text, other);
}

static enum status make(struct making *making)
{
	struct plan *plan = making->plan;
	enum status status = STATUS_OK;

	if (making->options->profile)
		status = take_said(making);
	set_header(making);
	if (status == STATUS_OK)
		status = plan->has_profile ? choose_kind(making) : choose_profile(making);
	if (status == STATUS_OK)
		status = widen(making);
	if (status != STATUS_OK)
		return status;
	status = map_in_turn(making);
	if (status == STATUS_OK && !plan_clock_make(plan, making->options, making->stream))
		status = error_memory(making->error);
	return status == STATUS_OK ? check_currency(making) : status;
}

enum status plan_make(struct plan *plan, const struct ingest_options *options,
		      const char *shown, struct stream *stream,
		      struct error *error)
{
	struct making making = { plan, stream, options, shown, error, -1, { 0 } };
	enum kind kind;

	if (options->kind && kind_find(options->kind, &kind))
		making.only = (int)kind;
	making.request.shown = shown;
	making.request.table = stream_table(stream);
	making.request.mappings = options->mappings;
	making.request.mapping_count = options->mapping_count;
	if (options->table && !table_name_is(making.request.table, text_of(options->table)))
		return not_wanted(&making);
	return hint(&making, make(&making));
}
