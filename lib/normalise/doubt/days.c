/* SPDX-License-Identifier: Apache-2.0 */
/* Dates without a time of day: what is said of them, and rates whose midnights are such. */
#include "normalise/doubt/days.h"

#include <stdlib.h>

#include "base/time/calendar.h"
#include "casefile/sql.h"
#include "normalise/instant.h"
#include "normalise/quality/example.h"

/* What the dates of a source of rates are. */
struct dates {
	bool midnight;     /* one is a midnight, and not only a day */
	bool other;        /* one has another time of day */
};

static void take_date(const struct source_sense *source, struct text text, struct dates *dates)
{
	const struct instant at = instant_read(source, kind_role(KIND_RATE, text_of("date")), text);

	/* What cannot be read is set aside. */
	if (at.reason || at.null || at.day_only || absents_in(source->absents, "date", text))
		return;
	if (at.local_ms % DAY_MS == 0)
		dates->midnight = true;
	else
		dates->other = true;
}

static enum status read_dates(const struct source_senses *sources, struct casefile *casefile, struct dates *dates)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT source, date FROM rate WHERE date IS NOT NULL");
	enum status status = statement ? STATUS_OK : casefile->error.status;

	while (status == STATUS_OK && (status = casefile_step(casefile, statement)) == STATUS_OK) {
		const struct source_sense *source = source_sense_of(sources, sqlite3_column_int64(statement, 0));
		const struct text text = column_text(statement, 1);

		status = columns_read(casefile, statement);
		if (source && status == STATUS_OK)
			take_date(source, text, &dates[source - sources->items]);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status days_find_midnights(struct source_senses *sources, struct casefile *casefile)
{
	struct dates *dates = calloc(sources->count + 1, sizeof(*dates));
	enum status status = dates ? read_dates(sources, casefile, dates) : error_memory(&casefile->error);

	for (size_t i = 0; i < sources->count && status == STATUS_OK; i++)
		sources->items[i].midnights = dates[i].midnight && !dates[i].other;
	free(dates);
	return status;
}

/* What follows for the rows of a kind; text NULL: nothing does. */
struct says {
	const char *role, *text, *remedy;
};

#define REMEDY(role) "map the column with the time of day, where there is one: -m " role "=DATE+TIME"

static struct says says_of(enum kind kind)
{
	switch (kind) {
	case KIND_CALL:
		return (struct says){ "started", "calls begin on a day without a time of day: they are in no "
				      "hour and no count of seconds between calls", REMEDY("started") };
	case KIND_PAYMENT:
		return (struct says){ "paid", "payments are of a day without a time of day: each takes the rate of the "
				      "day that is written", "" };
	case KIND_REPORT:
		return (struct says){ "at", "reports are of a day without a time of day: each is of the account that "
				      "alone has long calls to its victim that day", REMEDY("at") };
	case KIND_RATE:
		return (struct says){ "date", "rates are of midnights, as all of the source: each is of the day that is "
				      "written, whatever the zone", "" };
	default:
		return (struct says){ NULL, NULL, NULL };
	}
}

static enum status tell(struct notes *notes, const struct source_sense *source, struct says says,
			const struct day_rows *rows)
{
	struct remark remark = {
		.role = says.role, .topic = "day", .count = rows->count, .remedy = says.remedy,
	};
	struct buf example = { 0 };
	enum status status = STATUS_OK;

	if (!says.text || rows->count == 0)
		return STATUS_OK;
	status = example_find(notes, source, rows->first, &remark.line, &example);
	if (status == STATUS_OK)
		status = notes_remark(notes, source, &remark, "%llu %s%s", (unsigned long long)rows->count,
				      says.text, example.len ? example.data : "");
	buf_release(&example);
	return status;
}

enum status days_tell(struct notes *notes, const struct source_sense *source)
{
	const struct says talk = { "talk", "calls have an answered_at or ended without a time of day, which tell no seconds: "
				   "talk is that of billed or duration, where the call has one", REMEDY("ended") };
	const enum status status = tell(notes, source, says_of(source->kind), &source->days);

	return status == STATUS_OK ? tell(notes, source, talk, &source->talk_days) : status;
}
