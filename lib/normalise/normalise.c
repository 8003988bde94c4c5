/* SPDX-License-Identifier: Apache-2.0 */
/* The found layer understood: the order of the work. */
#include "normalise/normalise.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/form/form.h"
#include "casefile/sql.h"
#include "normalise/calls/calls.h"
#include "normalise/cost/cost_tell.h"
#include "normalise/doubt/days.h"
#include "normalise/doubt/doubts.h"
#include "normalise/duplicates/duplicates.h"
#include "normalise/money/marks.h"
#include "normalise/order.h"
#include "normalise/quality/quality.h"
#include "normalise/rows/row_twins.h"
#include "normalise/rows/rows.h"
#include "normalise/status/refund_tell.h"
#include "normalise/status/status_tell.h"

/* The whole of it. Each room is given what it may touch. */
struct normaliser {
	struct casefile *casefile;
	const struct normalise_settings *settings;
	struct source_senses sources;
	struct joins joins;
	struct notes notes;
	struct forms forms;
	struct form_meanings meanings;
	struct numplan *plan;
	struct numplan_settled *settled;
	struct flag_table *flags;
	struct known_words *known;
	struct keys keys;
	struct countries countries;
	struct readings readings;
	struct dictionary shown;   /* presented texts that are no number */
	struct twin_spans spans;
};

static enum status open_plan(struct normaliser *n)
{
	struct error *error = &n->casefile->error;

	n->plan = numplan_new();
	n->settled = numplan_settled_new();
	if (!n->plan || !n->settled)
		return error_memory(error);
	n->flags = flag_table_new(flags_builtin, error);
	if (!n->flags)
		return error->status;
	n->known = known_words_new(status_builtin, error);
	n->readings.plan = n->plan;
	n->readings.flags = n->flags;
	return n->known ? STATUS_OK : error->status;
}

static enum status open_all(struct normaliser *n, const struct observer *observer)
{
	enum status status = open_plan(n);

	if (status == STATUS_OK)
		status = casefile_reset_understood(n->casefile);
	if (status == STATUS_OK)
		status = forms_load(&n->forms, n->casefile);
	if (status == STATUS_OK)
		status = form_meanings_open(&n->meanings, &n->forms,
					    &n->casefile->error);
	if (status == STATUS_OK)
		status = source_senses_load(&n->sources, n->casefile, n->plan, n->known);
	if (status == STATUS_OK)
		status = joins_load(&n->joins, n->casefile, &n->sources);
	return status == STATUS_OK ? notes_open(&n->notes, n->casefile, observer)
				   : status;
}

static void close_all(struct normaliser *n)
{
	notes_close(&n->notes);
	source_senses_release(&n->sources);
	joins_release(&n->joins);
	form_meanings_release(&n->meanings);
	forms_release(&n->forms);
	keys_release(&n->keys);
	countries_release(&n->countries);
	readings_release(&n->readings);
	dictionary_release(&n->shown);
	twin_spans_release(&n->spans);
	flag_table_free(n->flags);
	known_words_free(n->known);
	numplan_settled_free(n->settled);
	numplan_free(n->plan);
}

/* Telephones that the country of their row makes what they are. */
static enum status tell_phones(struct normaliser *n, const struct source_sense *source)
{
	const int own = source->manner.region;
	const char *region = own ? numplan_region_name(n->plan, own) : "none";
	const struct remark alone = { .topic = "country", .role = "phone", .count = source->by_country };
	const struct remark two = { .topic = "unsure", .role = "phone", .count = source->two_phones,
				    .remedy = "links by them rest on it: see `unspoof export CASE links`" };
	enum status status = STATUS_OK;

	if (source->by_country)
		status = notes_remark(&n->notes, source, &alone,
				      "%llu telephones are read in the country of their row, where "
				      "the region of the source is %s: they tie accounts of that "
				      "country alone", (unsigned long long)source->by_country, region);
	if (status == STATUS_OK && source->two_phones)
		status = notes_remark(&n->notes, source, &two,
				      "%llu telephones are numbers of the country of their row "
				      "and, as others, of %s: those of the country are taken",
				      (unsigned long long)source->two_phones, region);
	return status;
}

/* Where the regions of national numbers come from accounts. */
static enum status tell_countries(struct normaliser *n,
				  const struct source_sense *source)
{
	const char *region = source->manner.region
				     ? numplan_region_name(n->plan,
							   source->manner.region)
				     : "no region";
	struct remark remark = { .topic = "country", .count = source->by_account };
	enum status status = STATUS_OK;

	if (source->by_account)
		status = notes_remark(&n->notes, source, &remark,
				"%llu calls have their national numbers read in the "
				"country of the account, not in %s",
				(unsigned long long)source->by_account, region);
	remark.count = source->no_country;
	if (status == STATUS_OK && source->no_country)
		status = notes_remark(&n->notes, source, &remark,
				"%llu rows name a country that is not known here, "
				"and count as naming none",
				(unsigned long long)source->no_country);
	if (status == STATUS_OK)
		status = tell_phones(n, source);
	remark = (struct remark){ .topic = "country", .count = source->two_countries };
	if (status == STATUS_OK && source->two_countries && n->settings->region_of_account)
		status = notes_remark(&n->notes, source, &remark,
				"%llu rows name another country than a row before "
				"of their account, whose calls are read as if it "
				"had none",
				(unsigned long long)source->two_countries);
	return status;
}

/* What was taken for granted, source by source. */
static enum status tell_assumptions(struct normaliser *n)
{
	enum status status = STATUS_OK;

	/* What is not known of evidence comes before what is assumed of it. */
	for (size_t i = 0; i < n->sources.count && status == STATUS_OK; i++)
		status = status_tell(&n->notes, &n->sources.items[i]);
	for (size_t i = 0; i < n->sources.count && status == STATUS_OK; i++)
		status = refund_tell(&n->notes, &n->sources.items[i]);
	for (size_t i = 0; i < n->sources.count && status == STATUS_OK; i++) {
		const struct source_sense *source = &n->sources.items[i];
		const struct remark unzoned = { .topic = "zone",
						.count = source->unzoned };

		if (source->unzoned)
			status = notes_remark(&n->notes, source, &unzoned,
					"%llu times without a zone are read as %s",
					(unsigned long long)source->unzoned,
					source_clock_name(source));
		if (status == STATUS_OK)
			status = days_tell(&n->notes, source);
		if (status == STATUS_OK)
			status = tell_countries(n, source);
		if (status == STATUS_OK)
			status = absences_tell(&n->notes, source);
		if (status == STATUS_OK)
			status = cost_tell(&n->notes, source);
		if (status == STATUS_OK)
			status = joins_tell(&n->notes, source);
	}
	return status;
}

static enum status store_shown(struct normaliser *n)
{
	enum status status = STATUS_OK;
	sqlite3_stmt *insert = casefile_prepare(
		n->casefile, "INSERT INTO shown(id, text) VALUES(?, ?)");

	if (!insert)
		return n->casefile->error.status;
	for (uint32_t i = 0; i < n->shown.count && status == STATUS_OK; i++) {
		bind_integer(insert, 1, (int64_t)i + 1);
		bind_blob(insert, 2, dictionary_text(&n->shown, i));
		status = casefile_run(n->casefile, insert);
	}
	sqlite3_finalize(insert);
	return status;
}

static enum status nothing_to_read(struct normaliser *n)
{
	char path[300];

	return error_set(&n->casefile->error, STATUS_FAILED,
			 "%s: nothing is ingested yet; run `unspoof ingest` first",
			 text_escape(text_of(n->casefile->path), path, sizeof(path)));
}

static enum status settle_order(struct normaliser *n)
{
	const struct order_given given = { n->casefile, &n->forms, &n->sources, &n->notes,
					   n->settings->date_order };

	return order_settle(&given);
}

static enum status settle_marks(struct normaliser *n)
{
	const struct marks_given given = { n->casefile, &n->meanings, &n->sources, &n->notes, n->settings->decimal };

	return marks_settle(&given);
}

static enum status understand_rows(struct normaliser *n, uint64_t *count)
{
	const struct rows_given given = { n->casefile, &n->sources,   &n->notes,
					  &n->keys,    &n->countries, &n->readings,
					  n->settings->threads };
	enum status status = days_find_midnights(&n->sources, n->casefile);

	if (status == STATUS_OK)
		status = rows_understand(&given, count);
	/* Not settled, no account has a country. */
	if (status == STATUS_OK && n->settings->region_of_account && !countries_settle(&n->countries, &n->keys.names))
		return error_memory(&n->casefile->error);
	return status;
}

static enum status understand_calls(struct normaliser *n, const struct observer *observer,
				    uint64_t *count)
{
	const struct calls_given given = {
		.casefile = n->casefile,
		.observer = observer,
		.sense = { &n->meanings, n->plan, n->settled, n->flags, &n->countries },
		.names = { &n->keys, &n->readings, &n->shown },
		.sources = &n->sources,
		.notes = &n->notes,
		.spans = &n->spans,
		.threads = n->settings->threads,
	};

	return calls_understand(&given, count);
}

/* The folder of the case. NULL: no memory. */
static char *folder_of_case(const struct normaliser *n)
{
	const char *path = n->casefile->path;
	const char *slash = strrchr(path, '/');

	if (!slash)
		return memory_text(".", 1);
	return memory_text(path, slash == path ? 1 : (size_t)(slash - path));
}

static enum status find_row_duplicates(struct normaliser *n, const struct observer *observer,
				       uint64_t *count)
{
	const struct row_twins_given given = { n->casefile, observer, &n->sources, &n->notes };
	const enum status status = payment_twins_find(&given, count);

	return status == STATUS_OK ? report_twins_find(&given, count) : status;
}

static enum status find_duplicates(struct normaliser *n, const struct observer *observer,
				   uint64_t *count)
{
	char *folder = folder_of_case(n);
	const struct duplicates_given given = {
		.casefile = n->casefile,
		.observer = observer,
		.meanings = &n->meanings,
		.sources = &n->sources,
		.notes = &n->notes,
		.spans = &n->spans,
		.memory = n->settings->memory,
		.temporary = n->settings->temporary ? n->settings->temporary : folder,
		.threads = n->settings->threads,
	};
	enum status status = folder ? duplicates_find(&given, count)
				    : error_memory(&n->casefile->error);

	free(folder);
	return status == STATUS_OK ? find_row_duplicates(n, observer, count) : status;
}

/* Ids that were given on the way, and what was taken for granted. */
static enum status store_ids(struct normaliser *n)
{
	const struct doubts_given unsure = { n->casefile, &n->sources, &n->readings, &n->notes };
	enum status status = keys_store(&n->keys, n->casefile,
					n->settings->threads > 1 ? 2 : 1);

	if (status == STATUS_OK)
		status = readings_store(&n->readings, n->casefile);
	if (status == STATUS_OK)
		status = store_shown(n);
	if (status == STATUS_OK)
		status = joins_store(n->casefile, &n->sources);
	if (status == STATUS_OK)
		status = tell_assumptions(n);
	return status == STATUS_OK ? doubts_tell(&unsure) : status;
}

static enum status judge_sources(struct normaliser *n)
{
	const struct quality_given given = { n->casefile,  &n->notes,	 n->plan,
					     &n->meanings, &n->readings, &n->sources,
					     &n->countries };

	return quality_judge(&given);
}

enum status normalise_run(struct casefile *casefile,
			  const struct normalise_settings *settings,
			  const struct observer *observer,
			  struct normalise_counts *counts)
{
	struct normaliser n = {
		.casefile = casefile,
		.settings = settings,
	};
	enum status status;

	memset(counts, 0, sizeof(*counts));
	status = open_all(&n, observer);
	if (status == STATUS_OK && n.sources.count == 0)
		status = nothing_to_read(&n);
	if (status == STATUS_OK)
		status = settle_order(&n);
	if (status == STATUS_OK)
		status = settle_marks(&n);
	if (status == STATUS_OK)
		status = understand_rows(&n, &counts->rows);
	if (status == STATUS_OK)
		status = understand_calls(&n, observer, &counts->calls);
	if (status == STATUS_OK)
		status = find_duplicates(&n, observer, &counts->duplicates);
	if (status == STATUS_OK)
		status = store_ids(&n);
	if (status == STATUS_OK)
		status = judge_sources(&n);
	counts->accounts = n.keys.names.count;
	counts->unread = n.notes.count;
	if (counts->unread > NOTES_NOTICED)
		observer_notice(observer, "%llu more rows could not be understood; "
					  "`unspoof export CASE rejects` lists them",
				(unsigned long long)counts->unread - NOTES_NOTICED);
	close_all(&n);
	return status;
}
