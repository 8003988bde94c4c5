/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of a profile that say what its values mean. */
#include "ingest/plan/lines/lines.h"

#include <stdio.h>
#include <string.h>

#include "ingest/plan/given_names.h"
#include "ingest/plan/given_words.h"
#include "number/read/number_read.h"
#include "number/read/number_withheld.h"

static enum status on_bare(struct profile_line *line)
{
	enum number_bare bare;

	if (!number_bare_find(line->rest.data, line->rest.len, &bare))
		return profile_line_wrong_word(line, line->rest, "not own-code, national or international");
	return profile_line_keep(line, &line->profile->bare, line->rest);
}

static enum status keep_name(struct profile_line *line, char **place, enum given_name what)
{
	char at[240];
	enum status status = profile_line_keep(line, place, line->rest);

	(void)snprintf(at, sizeof(at), "%s:%u:", line->shown, line->number);
	return status == STATUS_OK ? given_name_check(what, *place, at, line->error) : status;
}

static enum status on_zone(struct profile_line *line)
{
	return keep_name(line, &line->profile->zone, GIVEN_ZONE);
}

static enum status on_currency(struct profile_line *line)
{
	return keep_name(line, &line->profile->currency, GIVEN_CURRENCY);
}

static enum status on_region(struct profile_line *line)
{
	return keep_name(line, &line->profile->region, GIVEN_REGION);
}

static enum status on_date_order(struct profile_line *line)
{
	if (!text_is(line->rest, "dmy") && !text_is(line->rest, "mdy"))
		return profile_line_wrong_word(line, line->rest, "neither dmy nor mdy");
	return profile_line_keep(line, &line->profile->date_order, line->rest);
}

static enum status on_decimal(struct profile_line *line)
{
	if (!text_is(line->rest, "comma") && !text_is(line->rest, "point"))
		return profile_line_wrong_word(line, line->rest, "neither comma nor point");
	return profile_line_keep(line, &line->profile->decimal, line->rest);
}

/* What withholds a presented number does so in whatever profile. */
static enum status on_absent(struct profile_line *line)
{
	const char *except = number_withheld_words(line->rest) ? ABSENT_WITHHELD : "";

	if (!absents_can(line->rest))
		return profile_line_wrong_word(line, line->rest, "no word of a field");
	return absents_add(&line->profile->absents, line->rest, text_of(except))
		       ? STATUS_OK
		       : error_memory(line->error);
}

static enum status on_not_absent(struct profile_line *line)
{
	return absents_cut(&line->profile->absents, line->rest)
		       ? STATUS_OK
		       : profile_line_wrong_word(line, line->rest,
				    "it stands for a value already: there is nothing to "
				    "take out");
}

/* zone-of ROLE ZONE */
static enum status on_zone_of(struct profile_line *line)
{
	int role = -1;
	enum status status = profile_line_role(line, &role);

	if (status != STATUS_OK)
		return status;
	if (kind_info(line->profile->kind)->roles[role].type != ROLE_TIME)
		return profile_line_wrong(line, "role %s is no time",
					  kind_info(line->profile->kind)->roles[role].name);
	line->rest = text_trim(line->rest);
	return keep_name(line, &line->profile->zones[role], GIVEN_ZONE);
}

/* `unconfirmed` is of payments; among calls it may be meant to be of the layout. */
static bool is_stray(const struct profile_line *line, const char *keyword)
{
	const struct profile *profile = line->profile;

	return profile->has_kind && !profile->any_kind && profile->kind != KIND_PAYMENT &&
	       !strcmp(keyword, "unconfirmed");
}

/* `answered NO ANSWER` gives the line `answered=NO ANSWER`. */
enum status profile_word_line(struct profile_line *line, const char *keyword)
{
	struct buf *words = &line->profile->words;
	const size_t before = words->len;
	struct text there, added;

	if (is_stray(line, keyword))
		return profile_line_wrong(line, "a word of kind payment; that the layout is not confirmed is "
						"said with `unconfirmed-layout`");
	if (line->rest.len == 0)
		return profile_line_wrong(line, "nothing follows the keyword");
	buf_format(words, "%s=", keyword);
	buf_add(words, line->rest.data, line->rest.len);
	buf_byte(words, '\n');
	if (words->failed)
		return error_memory(line->error);
	there = (struct text){ words->data, before };
	added = (struct text){ words->data + before, words->len - before };
	if (words_contradicted(there, text_take_line(&added)))
		return profile_line_wrong_word(line, line->rest,
					       "means something else by a line before");
	return STATUS_OK;
}

const struct profile_keyword profile_value_lines[] = {
	{ "zone", on_zone, false },
	{ "date-order", on_date_order, false },
	{ "currency", on_currency, false },
	{ "decimal", on_decimal, false },
	{ "region", on_region, false },
	{ "bare", on_bare, false },
	{ "absent", on_absent, false },
	{ "not-absent", on_not_absent, false },
	{ "zone-of", on_zone_of, false },
	{ NULL, NULL, false },
};
