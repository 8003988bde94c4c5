/* SPDX-License-Identifier: Apache-2.0 */
/* Each source judged, once all of it is understood. */
#include "normalise/quality/quality.h"

#include <inttypes.h>

#include "casefile/sql.h"
#include "normalise/quality/amount_verdict.h"
#include "normalise/quality/call_verdict.h"
#include "normalise/quality/example.h"
#include "normalise/quality/number_verdict.h"
#include "normalise/quality/unreadable.h"

/* A role of a small kind that holds numbers. */
struct number_role {
	enum kind kind;
	const char *role, *plural;
	const char *texts;         /* SQL: those of a source */
	const char *national;      /* SQL: rows that tell no country */
	const char *classes;       /* SQL: rows with a text, and of them lossy ones and words */
};

#define TEXTS(kind, role, country) \
	"SELECT " role ", member, line, " country " FROM " kind " WHERE source = ? AND " role " <> '' ORDER BY id"
#define NATIONAL(kind, reading) \
	"SELECT count(*) FROM " kind "_read r JOIN " kind " f ON f.id = r." kind \
	" JOIN reading d ON d.id = r." reading \
	" WHERE f.source = ? AND d.rule = 'national'"
#define CLASSES(kind, reading) \
	"SELECT count(*), coalesce(sum(d.class = 'lossy'), 0)," \
	" coalesce(sum(d.class = 'non-number'), 0)" \
	" FROM " kind "_read r JOIN " kind " f ON f.id = r." kind \
	" JOIN reading d ON d.id = r." reading " WHERE f.source = ?"

static const struct number_role number_roles[] = {
	/* Rows that name a country are read as there. */
	{ KIND_ACCOUNT, "phone", "telephones", TEXTS("account", "phone", "country"),
	  NATIONAL("account", "phone_reading") " AND r.country IS NULL",
	  CLASSES("account", "phone_reading") },
	{ KIND_REPORT, "victim", "victims' numbers", TEXTS("report", "victim", "NULL"),
	  NATIONAL("report", "victim_reading"), CLASSES("report", "victim_reading") },
	{ KIND_REPORT, "presented", "presented numbers", TEXTS("report", "presented", "NULL"),
	  NATIONAL("report", "presented_reading"), CLASSES("report", "presented_reading") },
	{ KIND_ORGANISATION, "number", "organisations' numbers",
	  TEXTS("organisation", "number", "NULL"), NATIONAL("organisation", "reading"),
	  CLASSES("organisation", "reading") },
};

/* The country of a row, as its telephone was read: not where that is a number of the region
 * of the source alone. 0: it names none. */
static int region_of(const struct quality_given *given, const struct source_sense *source,
		     struct text text, struct text country)
{
	struct number_manner manner = source->manner;
	struct reading reading;

	manner.region = country_region(given->plan, text_trim(country));
	if (manner.region == source->manner.region)
		return 0;
	if (manner.region == 0 || manner_fit_read(given->plan, text, manner, &reading) ||
	    !manner_fit_read(given->plan, text, source->manner, &reading))
		return manner.region;
	return 0;
}

static enum status draw_texts(const struct quality_given *given,
			      const struct source_sense *source, sqlite3_stmt *statement,
			      struct number_draw *draw, bool *own_regions)
{
	struct casefile *casefile = given->casefile;
	enum status status;

	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		const struct text text = column_text(statement, 0);
		const struct drawn_place place = {
			(uint64_t)sqlite3_column_int64(statement, 1),
			(uint64_t)sqlite3_column_int64(statement, 2),
		};
		const int region = region_of(given, source, text, column_text(statement, 3));
		const uint64_t hash = number_draw_hash_region(number_draw_hash(text), region);

		*own_regions |= region != 0;
		status = columns_read(casefile, statement);
		if (status == STATUS_OK && number_draw_offer(draw, hash) &&
		    !number_draw_add(draw, hash, text, place, region))
			status = error_memory(&casefile->error);
		if (status != STATUS_OK)
			return status;
	}
	if (status != STATUS_END)
		return status;
	return number_draw_end(draw) ? STATUS_OK : error_memory(&casefile->error);
}

/* A statement about one source. */
static sqlite3_stmt *prepare(const struct quality_given *given, const char *sql,
			     const struct source_sense *source)
{
	sqlite3_stmt *statement = casefile_prepare(given->casefile, sql);

	if (statement)
		bind_integer(statement, 1, source->id);
	return statement;
}

static enum status say_unreadable(const struct quality_given *given,
				  const struct source_sense *source,
				  const struct number_role *role,
				  const struct verdict_role *texts)
{
	struct unreadable_given unreadable = { given->notes, given->plan, source, texts,
					       { 0, 0, 0 } };
	sqlite3_stmt *statement = prepare(given, role->classes, source);
	enum status status;

	if (!statement)
		return given->casefile->error.status;
	status = casefile_step(given->casefile, statement);
	if (status == STATUS_OK)
		unreadable.rows = (struct unreadable_rows){
			(uint64_t)sqlite3_column_int64(statement, 0),
			(uint64_t)sqlite3_column_int64(statement, 1),
			(uint64_t)sqlite3_column_int64(statement, 2),
		};
	sqlite3_finalize(statement);
	return status == STATUS_OK ? unreadable_say(&unreadable) : status;
}

static enum status judge_texts(const struct quality_given *given,
			       const struct source_sense *source,
			       const struct number_role *role)
{
	struct number_draw draw = { 0 };
	const struct verdict_role judged = { role->role, role->plural, &draw };
	struct number_verdict_given numbers = { given->notes, given->plan,
						given->readings->flags, source, &judged, 1,
						false };
	sqlite3_stmt *statement = prepare(given, role->texts, source);
	enum status status = STATUS_OK;

	if (!statement)
		return given->casefile->error.status;
	status = number_draw_open(&draw) ? draw_texts(given, source, statement, &draw, &numbers.own_regions)
					 : error_memory(&given->casefile->error);
	if (status == STATUS_OK)
		status = say_unreadable(given, source, role, &judged);
	if (status == STATUS_OK)
		status = number_verdict_say(&numbers);
	sqlite3_finalize(statement);
	number_draw_release(&draw);
	return status;
}

static enum status say_national(const struct quality_given *given,
				const struct source_sense *source,
				const struct number_role *role)
{
	struct remark remark = { .role = role->role, .topic = "region" };
	sqlite3_stmt *statement = prepare(given, role->national, source);
	enum status status;

	if (!statement)
		return given->casefile->error.status;
	status = casefile_step(given->casefile, statement);
	if (status == STATUS_OK)
		remark.count = (uint64_t)sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	if (status != STATUS_OK || remark.count == 0 || !source->manner.region)
		return status;
	return notes_remark(given->notes, source, &remark,
			    "%" PRIu64 " %s tell no country and are read as of %s",
			    remark.count, role->plural,
			    numplan_region_name(given->plan, source->manner.region));
}

static enum status judge_rows(const struct quality_given *given,
			      const struct source_sense *source)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < sizeof(number_roles) / sizeof(number_roles[0]); i++) {
		const struct number_role *role = &number_roles[i];

		if (role->kind != source->kind || status != STATUS_OK)
			continue;
		status = say_national(given, source, role);
		if (status == STATUS_OK)
			status = judge_texts(given, source, role);
	}
	return status;
}

/* What the rows of the small kinds that have one are called, and the role of their time. */
static const struct timed {
	const char *role, *plural;
} timed[KIND_COUNT] = {
	[KIND_PAYMENT] = { "paid", "payments" },
	[KIND_LOGIN] = { "at", "logins" },
	[KIND_REPORT] = { "at", "reports" },
};

/* Times of rows in a change of clocks; those of calls have a word of their own. */
static enum status say_clock(const struct quality_given *given, const struct source_sense *source)
{
	struct remark remark = { .role = timed[source->kind].role, .topic = "clock", .count = source->clock,
				 .remedy = "times with their offset from UTC would tell" };
	struct buf example = { 0 };
	enum status status;

	if (source->clock == 0 || !remark.role)
		return STATUS_OK;
	status = example_find(given->notes, source, source->clock_row, &remark.line, &example);
	if (status == STATUS_OK)
		status = notes_remark(given->notes, source, &remark,
				      "%" PRIu64 " %s have a time that the clocks of %s show twice or never: the first of "
				      "the two is taken%s", source->clock, timed[source->kind].plural,
				      source_clock_name(source), example.len ? example.data : "");
	buf_release(&example);
	return status;
}

static enum status judge_calls(const struct quality_given *given,
			       const struct source_sense *source)
{
	const struct call_verdict_given calls = { given->casefile, given->notes,
						  given->plan,	   given->meanings,
						  given->readings,
						  source->by_account ? given->countries : NULL,
						  source };

	return call_verdict_say(&calls);
}

enum status quality_judge(const struct quality_given *given)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < given->sources->count && status == STATUS_OK; i++) {
		const struct source_sense *source = &given->sources->items[i];

		if (source->kind == KIND_CALL)
			status = judge_calls(given, source);
		else if (source->kind == KIND_PAYMENT)
			status = amount_verdict_say(given->casefile, given->notes, source);
		else
			status = judge_rows(given, source);
		if (status == STATUS_OK)
			status = say_clock(given, source);
	}
	return status;
}
