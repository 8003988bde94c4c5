/* SPDX-License-Identifier: Apache-2.0 */
/* Which kinds and profiles a dump could be of, and how sure that is. */
#include "ingest/plan/bid.h"

#include <stdio.h>
#include <string.h>

#include "ingest/plan/check.h"

/* Keeps the order; of equals the one that came first stays ahead. */
static void add(struct bids *bids, const struct sniff_bid *bid, enum kind kind)
{
	size_t at = bids->count;

	if (bids->count == SNIFF_BIDS)
		return;
	while (at > 0 && bids->items[at - 1].points < bid->points) {
		bids->items[at] = bids->items[at - 1];
		bids->kinds[at] = bids->kinds[at - 1];
		at--;
	}
	bids->items[at] = *bid;
	bids->kinds[at] = kind;
	bids->count++;
}

static struct sniff_bid start(const struct profile *profile, enum kind kind)
{
	struct sniff_bid bid = { .kind = kind_info(kind)->name };

	text_escape(text_of(profile->name), bid.profile, sizeof(bid.profile));
	return bid;
}

static void bid_kind(struct bids *bids, const struct mapping_request *request)
{
	struct sniff_bid bid = start(request->profile, request->kind);
	unsigned needed;
	unsigned roles = mapping_fit(request, &needed);

	/* One column of a common name, such as account, says nothing. */
	if (roles == 0 || (roles == 1 && request->width > 1))
		return;
	bid.points = BID_NEEDED * needed + (roles - needed);
	(void)snprintf(bid.why, sizeof(bid.why),
		       "columns for all %u needed roles and for %u of the %u others",
		       needed, roles - needed,
		       (unsigned)kind_info(request->kind)->role_count - needed);
	add(bids, &bid, request->kind);
}

/* The field of a sniff line in a row; false when the row has none. */
static bool sniff_field(const struct profile_sniff *sniff,
			const struct mapping_request *request,
			const struct sample_row *row, struct text *field)
{
	size_t at = sniff->column.position - 1;

	if (sniff->column.name) {
		if (!request->header)
			return false;
		for (at = 0; at < request->header->count; at++)
			if (text_is(text_trim(request->header->fields[at]),
				    sniff->column.name))
				break;
	}
	if (at >= row->count)
		return false;
	*field = row->fields[at];
	return true;
}

/* Whether a pattern occurs in the column of nine rows in ten. */
static enum status occurs(const struct profile_sniff *sniff, const struct pattern *pattern,
			  struct matcher *matcher, const struct sample *sample,
			  const struct mapping_request *request, bool *holds)
{
	size_t from = request->header ? 1 : 0;
	size_t held = 0;

	for (size_t i = from; i < sample->row_count; i++) {
		struct text field;
		enum match match = MATCH_NO;

		if (sniff_field(sniff, request, &sample->rows[i], &field))
			match = pattern_match(pattern, matcher, field, NULL);
		if (match == MATCH_MEMORY)
			return STATUS_MEMORY;
		if (match == MATCH_FAILED)
			return STATUS_FAILED;
		held += match == MATCH_YES;
	}
	*holds = held > 0 && 10 * held >= 9 * (sample->row_count - from);
	return STATUS_OK;
}

/* A pattern that is not compiled yet is known to be sound. */
static enum status values_hold(const struct profile_sniff *sniff, struct matcher *matcher,
			       const struct sample *sample, const struct mapping_request *request,
			       bool *holds)
{
	struct pattern *own;
	char why[160];
	enum status status;

	if (sniff->pattern)
		return occurs(sniff, sniff->pattern, matcher, sample, request, holds);
	own = pattern_new(text_of(sniff->expression), why, sizeof(why));
	if (!own)
		return STATUS_MEMORY;
	status = occurs(sniff, own, matcher, sample, request, holds);
	pattern_free(own);
	return status;
}

static bool has_column(const struct sample_row *header, struct text name)
{
	for (size_t i = 0; i < header->count; i++)
		if (text_equal_fold(text_trim(header->fields[i]), name))
			return true;
	return false;
}

/* Whether the header has all of its columns. */
static bool columns_hold(const struct profile_sniff *sniff, const struct mapping_request *request)
{
	struct text names = buf_view(&sniff->columns);

	if (!request->header)
		return false;
	while (names.len > 0)
		if (!has_column(request->header, text_take_line(&names)))
			return false;
	return true;
}

static enum status sniff_holds(const struct profile_sniff *sniff, struct matcher *matcher,
			       const struct sample *sample, const struct mapping_request *request,
			       bool *holds)
{
	if (sniff->of == SNIFF_OF_VALUES)
		return values_hold(sniff, matcher, sample, request, holds);
	*holds = sniff->of == SNIFF_OF_TABLE || columns_hold(sniff, request);
	return STATUS_OK;
}

/* ` with a, b and c`, and how many tests of values there are. */
static size_t say_columns(const struct profile *profile, struct buf *out)
{
	struct buf names = { 0 };
	size_t values = 0;
	struct text rest;

	for (size_t i = 0; i < profile->sniff_count; i++) {
		values += profile->sniffs[i].of == SNIFF_OF_VALUES;
		buf_add(&names, profile->sniffs[i].columns.data, profile->sniffs[i].columns.len);
	}
	rest = buf_view(&names);
	for (bool first = true; rest.len > 0 && !out->failed; first = false) {
		const struct text name = text_take_line(&rest);

		buf_text(out, first ? "" : rest.len > 0 ? ", " : " and ");
		buf_escape(out, name, 60);
	}
	out->failed = out->failed || names.failed;
	buf_release(&names);
	return values;
}

/* `table pkg_cdr with callerid and src: MagnusBilling`. */
static bool say_why(const struct profile *profile, const struct mapping_request *request, size_t width,
		    struct sniff_bid *bid)
{
	struct buf columns = { 0 }, why = { 0 };
	const size_t values = say_columns(profile, &columns);
	bool said;

	if (profile->section > 0) {
		buf_text(&why, "table ");
		buf_escape(&why, request->table, 80);
		buf_format(&why, "%s%s", columns.len ? " with " : "", buf_view(&columns).data);
	} else if (columns.len > 0) {
		buf_format(&why, "columns %s", columns.data);
	} else {
		buf_format(&why, "rows of %zu fields", width);
	}
	if (values > 0)
		buf_format(&why, ", and all %zu tests of the profile hold", profile->sniff_count);
	if ((profile->section > 0 || columns.len > 0) && profile->about) {
		buf_text(&why, ": ");
		buf_escape(&why, text_of(profile->about), 120);
	}
	(void)snprintf(bid->why, sizeof(bid->why), "%s", buf_view(&why).data);
	said = !columns.failed && !why.failed;
	buf_release(&columns);
	buf_release(&why);
	return said;
}

static bool widths_fit(const struct profile *profile, const struct sample *sample)
{
	size_t fitting = 0;

	for (size_t i = 0; i < sample->row_count; i++)
		fitting += widths_have(&profile->width, sample->rows[i].count);
	return 10 * fitting >= 9 * sample->row_count;
}

static enum status bid_shape(struct bids *bids, const struct profile *profile,
			     struct matcher *matcher, const struct sample *sample,
			     const struct mapping_request *request,
			     struct error *error)
{
	struct sniff_bid bid = start(profile, profile->kind);

	if (profile->sniff_count == 0 || !widths_fit(profile, sample))
		return STATUS_OK;
	for (size_t i = 0; i < profile->sniff_count; i++) {
		bool holds = false;
		enum status status = sniff_holds(&profile->sniffs[i], matcher,
						 sample, request, &holds);

		if (status == STATUS_MEMORY)
			return error_memory(error);
		if (status != STATUS_OK)
			return error_set(error, status,
					 "profile %s: sniff line %zu takes too long",
					 bid.profile, i + 1);
		if (!holds)
			return STATUS_OK;
		bid.points += profile->sniffs[i].points;
	}
	if (!say_why(profile, request, sample->width, &bid))
		return error_memory(error);
	add(bids, &bid, profile->kind);
	return STATUS_OK;
}

static enum status bid_sniffs(struct bids *bids, const struct profile *profile,
			      const struct sample *sample,
			      const struct mapping_request *request,
			      struct error *error)
{
	struct matcher *matcher = matcher_new();
	enum status status =
		matcher ? bid_shape(bids, profile, matcher, sample, request, error)
			: error_memory(error);

	matcher_free(matcher);
	return status;
}

enum status bid_profile(struct bids *bids, const struct profile *profile,
			const struct sample *sample,
			const struct mapping_request *request, int only,
			struct error *error)
{
	struct mapping_request own = *request;

	own.profile = profile;
	if (!profile_holds(profile) || profile->unconfirmed)
		return STATUS_OK;
	if (!profile->by_header || (profile->sniff_count > 0 && !profile->any_kind)) {
		if (request->mapping_count > 0 ||
		    (only >= 0 && (int)profile->kind != only))
			return STATUS_OK;
		return bid_sniffs(bids, profile, sample, request, error);
	}
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		/* Many tables have a key and a value; only joins need them. */
		if (kind == KIND_LOOKUP && kind != only)
			continue;
		own.kind = (enum kind)kind;
		if ((only < 0 || kind == only) &&
		    (profile->any_kind || profile->kind == own.kind))
			bid_kind(bids, &own);
	}
	return STATUS_OK;
}

/* Whether a text is the name of a role of any kind. */
static bool is_role(struct text name)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		const struct kind_info *info = kind_info((enum kind)kind);

		for (size_t i = 0; i < info->role_count; i++)
			if (text_is_fold(text_trim(name), info->roles[i].name))
				return true;
	}
	return false;
}

/* What a column says about the first row: 1, that it is a header; -1, that it
 * is none; 0, nothing. */
static int ask_column(const struct sample *sample, size_t column)
{
	struct text first = sample->rows[0].fields[column];
	size_t filled = 0;
	size_t typed = 0;

	for (size_t i = 1; i < sample->row_count; i++) {
		if (column >= sample->rows[i].count ||
		    text_trim(sample->rows[i].fields[column]).len == 0)
			continue;
		filled++;
		typed += check_typed(sample->rows[i].fields[column]);
	}
	if (typed == 0 || 2 * typed <= filled || text_trim(first).len == 0)
		return sample->row_count == 1 && check_typed(first) ? -1 : 0;
	return check_typed(first) ? -1 : 1;
}

bool bid_header(const struct sample *sample)
{
	size_t roles = 0;
	size_t filled = 0;
	bool below = false;

	if (sample->row_count == 0)
		return false;
	for (size_t i = 0; i < sample->rows[0].count; i++) {
		filled += text_trim(sample->rows[0].fields[i]).len > 0;
		roles += is_role(sample->rows[0].fields[i]);
	}
	if (roles > 0 && (roles == filled || roles > 2))
		return true;
	for (size_t i = 0; i < sample->rows[0].count; i++) {
		int said = ask_column(sample, i);

		if (said < 0)
			return false;
		below = below || said > 0;
	}
	return below || sample->row_count == 1;
}

bool bids_close(const struct bids *bids)
{
	return bids->count > 1 &&
	       bids->items[0].points < bids->items[1].points + BID_CLOSE;
}
