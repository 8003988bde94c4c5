/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of a source judged: what their columns say of one another. */
#include "normalise/quality/call_verdict.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "casefile/record/no_call.h"
#include "normalise/quality/call_sample.h"
#include "normalise/quality/example.h"
#include "normalise/quality/number_verdict.h"
#include "normalise/quality/unreadable.h"

/* Fewer texts say nothing of a column. */
#define TEXTS_LEAST 100

/* How the calls came to be understood, where that is worth a word. */
static enum status say_flags(const struct call_verdict_given *given)
{
	const struct source_sense *source = given->source;
	const struct call_tally *tally = &source->tally;
	struct remark remark = { .topic = "contradiction",
				 .count = tally->contradicted,
				 .role = "status" };
	enum status status = STATUS_OK;

	if (tally->contradicted)
		status = notes_remark(given->notes, source, &remark,
				      "%" PRIu64 " calls whose status says otherwise than "
				      "their seconds: the seconds are taken",
				      tally->contradicted);
	remark.count = tally->negative;
	remark.role = "talk";
	if (status == STATUS_OK && tally->negative)
		status = notes_remark(given->notes, source, &remark,
				      "%" PRIu64 " calls have seconds below 0, which count "
				      "as 0", tally->negative);
	return status;
}

/* A remark on calls, the first of which is `first`. */
static enum status say_of_calls(const struct call_verdict_given *given, struct remark remark, int64_t first,
				const char *text)
{
	struct buf example = { 0 };
	enum status status;

	if (remark.count == 0)
		return STATUS_OK;
	status = example_find(given->notes, given->source, first, &remark.line, &example);
	if (status == STATUS_OK)
		status = notes_remark(given->notes, given->source, &remark, "%" PRIu64 " calls %s%s", remark.count, text,
				      example.len ? example.data : "");
	buf_release(&example);
	return status;
}

/* What is said of the times of calls. */
static enum status say_times(const struct call_verdict_given *given)
{
	const struct source_sense *source = given->source;
	const struct call_tally *tally = &source->tally;
	const char *zone = source->measured ? "its source" : source_clock_name(source);
	char clock[200], told[200];
	enum status status;

	(void)snprintf(clock, sizeof(clock), "have a time that the clocks of %s show twice or never, and nothing tells "
					     "which it is: the first of the two is taken", zone);
	(void)snprintf(told, sizeof(told), "have a time that the clocks of %s show twice or never: the order of their times, "
					   "or their seconds, tell which it is", zone);
	status = say_of_calls(given, (struct remark){ .topic = "clock", .role = "started", .count = tally->clock,
						      .remedy = "their notes say `clock`" }, tally->first_clock, clock);
	if (status == STATUS_OK)
		status = say_of_calls(given, (struct remark){ .topic = "clock", .role = "started", .count = tally->told,
							      .remedy = "times with their offset from UTC would tell more" },
				      tally->first_told, told);
	if (status == STATUS_OK)
		status = say_of_calls(given, (struct remark){ .topic = "contradiction", .role = "talk", .count = tally->times,
							      .remedy = "their notes say `times`: is talk the right column, and "
									"are all times in one zone?" }, tally->first_times,
				      "have a talk that is not what lies between answered_at and ended: talk is taken");
	return status;
}

static uint64_t count_rule(const struct call_verdict_given *given, enum tally_role role,
			   enum number_rule rule)
{
	const struct call_tally *tally = &given->source->tally;
	uint64_t count = 0;

	for (size_t id = 1; id < tally->count[role]; id++)
		if (readings_rule(readings_packed(given->readings, (int64_t)id)) == rule)
			count += tally->readings[role][id];
	return count;
}

/* Numbers that are of the region that was given only because it was. */
static enum status say_national(const struct call_verdict_given *given)
{
	const uint64_t presented = count_rule(given, TALLY_PRESENTED, NUMBER_RULE_NATIONAL);
	const uint64_t dialled = count_rule(given, TALLY_DIALLED, NUMBER_RULE_NATIONAL);
	const struct source_sense *source = given->source;
	const struct remark remark = { .topic = "region", .count = presented + dialled };

	if (remark.count == 0 || (!source->by_account && !source->manner.region))
		return STATUS_OK;
	return notes_remark(given->notes, source, &remark,
			    "%" PRIu64 " dialled and %" PRIu64 " presented numbers tell no "
			    "country and are read as of %s%s", dialled, presented,
			    source->by_account ? "the country of the account, else " : "",
			    source->manner.region ? numplan_region_name(given->plan, source->manner.region)
						  : "none");
}

/* A packed reading has four bits for the class, and for the rule. */
#define PACKED_MOST 16

/* Rows of a role by how they were read. */
struct shares {
	uint64_t all;
	uint64_t of[PACKED_MOST][PACKED_MOST];
};

static void count_shares(const struct call_verdict_given *given, enum tally_role role,
			 struct shares *shares)
{
	const struct call_tally *tally = &given->source->tally;

	memset(shares, 0, sizeof(*shares));
	for (size_t id = 1; id < tally->count[role]; id++) {
		const uint64_t packed = readings_packed(given->readings, (int64_t)id);

		shares->all += tally->readings[role][id];
		shares->of[readings_class(packed)][readings_rule(packed)] +=
			tally->readings[role][id];
	}
}

static enum status keep_share(const struct call_verdict_given *given, const char *role,
			      const struct shares *shares, enum number_class class,
			      enum number_rule rule)
{
	const uint64_t count = shares->of[class][rule];
	const char *name;
	char value[60], text[160];
	struct remark remark = { .source = given->source->id, .role = role,
				 .topic = "numbers", .count = count, .text = text };

	if (count == 0)
		return STATUS_OK;
	name = number_rule_name(rule);
	(void)snprintf(value, sizeof(value), "%s%s%s", number_class_name(class),
		       *name ? " " : "", name);
	(void)snprintf(text, sizeof(text), "%" PRIu64 " of %" PRIu64 " %s numbers are read as "
					   "%s%s%s", count, shares->all, role,
		       number_class_name(class), *name ? ", by rule " : "", name);
	remark.value = text_of(value);
	return remark_writer_keep(&given->notes->remarks, &remark);
}

/* They are kept, and not said. */
static enum status keep_shares(const struct call_verdict_given *given, enum tally_role role,
			       const char *name)
{
	struct shares shares;
	enum status status = STATUS_OK;

	count_shares(given, role, &shares);
	for (int class = 0; class < PACKED_MOST; class++)
		for (int rule = 0; rule < PACKED_MOST; rule++)
			if (status == STATUS_OK)
				status = keep_share(given, name, &shares,
						    (enum number_class)class,
						    (enum number_rule)rule);
	return status;
}

/* A word that would be no value elsewhere and stands for a number withheld here; the
 * first in byte order. Empty: none was drawn. */
static struct text find_withheld(const struct absents *absents, const struct number_draw *draw)
{
	struct text first = { NULL, 0 };

	for (size_t i = 0; i < draw->count; i++) {
		const struct text text = number_draw_text(draw, i);
		const unsigned word = absents_find(absents, text);

		if (word && absents_excepted(absents, word, "presented") &&
		    (!first.data || text_compare(text, first) < 0))
			first = text;
	}
	return first;
}

/* Such a word may be a caller that withheld the number, or a database that had none. */
static enum status say_withheld(const struct call_verdict_given *given,
				const struct call_sample *sample)
{
	const struct text word = find_withheld(given->source->absents, &sample->presented);
	struct shares shares;
	struct remark remark = { .role = "presented", .topic = "absent", .value = word,
				 .remedy = "where it is none, a profile leaves it out: role presented COLUMN when COLUMN /[0-9]/" };
	char shown[80] = "unknown";

	if (!word.data && sample->presented.count < NUMBER_DRAW_MOST)
		return STATUS_OK;
	count_shares(given, TALLY_PRESENTED, &shares);
	for (int rule = 0; rule < PACKED_MOST; rule++)
		remark.count += shares.of[NUMBER_CLASS_WITHHELD][rule];
	if (word.data)
		(void)absents_show(given->source->absents,
				   absents_find(given->source->absents, word), shown, sizeof(shown));
	if (remark.count == 0)
		return STATUS_OK;
	return notes_remark(given->notes, given->source, &remark,
			    "%" PRIu64 " presented numbers are withheld, by words such as %s: each "
			    "such word counts as one thing presented", remark.count, shown);
}

static enum status say_accounts(const struct call_verdict_given *given,
				const struct number_draw *accounts)
{
	const uint64_t distinct = number_draw_distinct(accounts);
	const struct remark remark = { .role = "account", .topic = "mapping",
				       .count = distinct,
				       .remedy = "is it the right column (-m account=)?" };

	if (accounts->offered < TEXTS_LEAST || distinct * 10 < accounts->offered * 9)
		return STATUS_OK;
	return notes_remark(given->notes, given->source, &remark,
			    "nearly every call has an account of its own: %" PRIu64
			    " accounts in %" PRIu64 " calls", distinct, accounts->offered);
}

/* Who spoofs calls many numbers, and shows few; the other way round the two columns
 * may be mistaken for one another. */
static enum status say_swapped(const struct call_verdict_given *given,
			       const struct call_sample *sample)
{
	const uint64_t presented = number_draw_distinct(&sample->presented);
	const uint64_t dialled = number_draw_distinct(&sample->dialled);
	const struct remark remark = {
		.role = "dialled", .topic = "mapping", .count = dialled,
		.remedy = "are -m presented= and -m dialled= the right way round?"
	};

	if (sample->dialled.offered < TEXTS_LEAST || dialled * 2 > presented)
		return STATUS_OK;
	return notes_remark(given->notes, given->source, &remark,
			    "far more different numbers are presented (%" PRIu64
			    ") than dialled (%" PRIu64 ")", presented, dialled);
}

static enum status say_talk(const struct call_verdict_given *given,
			    const struct call_sample *sample)
{
	const struct remark remark = { .role = "talk", .topic = "unit",
				       .count = sample->over_hour,
				       .remedy = "are they seconds?" };

	if (sample->over_hour * 2 <= sample->answered)
		return STATUS_OK;
	return notes_remark(given->notes, given->source, &remark,
			    "%" PRIu64 " of %" PRIu64 " answered calls last more than an "
			    "hour", sample->over_hour, sample->answered);
}

static enum status say_numbers(const struct call_verdict_given *given,
			       const struct call_sample *sample)
{
	const struct verdict_role roles[] = {
		{ "dialled", "dialled numbers", &sample->dialled },
		{ "presented", "presented numbers", &sample->presented },
	};
	const struct number_verdict_given numbers = { given->notes, given->plan,
						      given->readings->flags,
						      given->source, roles, 2,
						      given->countries != NULL };

	return number_verdict_say(&numbers);
}

/* Rows whose status says that they are no calls; the first such word in byte order. */
static enum status say_no_calls(const struct call_verdict_given *given)
{
	const struct tally *statuses = &given->source->statuses;
	struct remark remark = { .role = "status", .topic = "no-call",
				 .remedy = "a profile leaves them out: drop COLUMN /REGEX/" };
	char word[30];

	for (uint32_t i = 0; i < statuses->texts.count; i++) {
		const struct text text = dictionary_text(&statuses->texts, i);

		if (!no_call_says(text))
			continue;
		remark.count += statuses->words[i].rows;
		if (!remark.value.data || text_compare(text, remark.value) < 0)
			remark.value = text;
	}
	if (remark.count == 0)
		return STATUS_OK;
	return notes_remark(given->notes, given->source, &remark,
			    "%" PRIu64 " rows have a status that says that they are no calls, as '%s': they "
			    "are read as calls", remark.count, text_escape(remark.value, word, sizeof(word)));
}

static enum status say_unreadable(const struct call_verdict_given *given, enum tally_role role,
				  const struct verdict_role *texts)
{
	struct shares shares;
	struct unreadable_given unreadable = { given->notes, given->plan, given->source, texts,
					       { 0, 0, 0 } };

	count_shares(given, role, &shares);
	unreadable.rows.all = shares.all;
	for (int rule = 0; rule < PACKED_MOST; rule++) {
		unreadable.rows.lossy += shares.of[NUMBER_CLASS_LOSSY][rule];
		unreadable.rows.words += shares.of[NUMBER_CLASS_NON_NUMBER][rule];
	}
	return unreadable_say(&unreadable);
}

static enum status say_sample(const struct call_verdict_given *given,
			      const struct call_sample *sample)
{
	const struct verdict_role dialled = { "dialled", "dialled numbers", &sample->dialled };
	const struct verdict_role presented = { "presented", "presented numbers", &sample->presented };
	enum status status = say_unreadable(given, TALLY_DIALLED, &dialled);

	if (status == STATUS_OK)
		status = say_unreadable(given, TALLY_PRESENTED, &presented);
	if (status == STATUS_OK)
		status = say_numbers(given, sample);
	if (status == STATUS_OK)
		status = say_withheld(given, sample);
	if (status == STATUS_OK)
		status = say_accounts(given, &sample->accounts);
	if (status == STATUS_OK)
		status = say_swapped(given, sample);
	return status == STATUS_OK ? say_talk(given, sample) : status;
}

enum status call_verdict_say(const struct call_verdict_given *given)
{
	struct call_sample sample = { 0 };
	enum status status = call_sample_draw(&sample, &(struct call_sample_given){
							 given->casefile, given->meanings, given->countries,
							 given->source->id });

	if (status == STATUS_OK)
		status = say_national(given);
	if (status == STATUS_OK)
		status = say_sample(given, &sample);
	if (status == STATUS_OK)
		status = say_flags(given);
	if (status == STATUS_OK)
		status = say_times(given);
	if (status == STATUS_OK)
		status = say_no_calls(given);
	if (status == STATUS_OK)
		status = keep_shares(given, TALLY_PRESENTED, "presented");
	if (status == STATUS_OK)
		status = keep_shares(given, TALLY_DIALLED, "dialled");
	call_sample_release(&sample);
	return status;
}
