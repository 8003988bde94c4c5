/* SPDX-License-Identifier: Apache-2.0 */
/* The found layer understood: the order of the work. */
#include "normalise/normalise.h"

#include <string.h>

#include "casefile/sql.h"
#include "normalise/normaliser.h"

static enum status open_plan(struct normaliser *n)
{
	struct error *error = &n->casefile->error;

	n->plan = numplan_new();
	n->settled = numplan_settled_new();
	if (!n->plan || !n->settled)
		return error_memory(error);
	n->flags = flag_table_new(flags_builtin, error);
	n->readings.plan = n->plan;
	n->readings.flags = n->flags;
	return n->flags ? STATUS_OK : error->status;
}

static enum status open_all(struct normaliser *n)
{
	enum status status = open_plan(n);

	if (status == STATUS_OK)
		status = casefile_reset_understood(n->casefile);
	if (status == STATUS_OK)
		status = forms_load(&n->forms, n->casefile);
	if (status == STATUS_OK)
		status = meanings_open(&n->meanings, &n->forms,
				       &n->casefile->error);
	if (status == STATUS_OK)
		status = sources_load(n);
	if (status != STATUS_OK)
		return status;
	n->unread = casefile_prepare(
		n->casefile, "INSERT INTO unread(kind, role, reason, value" PLACE_NAMES ")"
			     " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
	n->assumption = casefile_prepare(
		n->casefile, "INSERT INTO assumption(source, text) VALUES(?, ?)");
	if (!n->unread || !n->assumption)
		return n->casefile->error.status;
	return STATUS_OK;
}

static void close_all(struct normaliser *n)
{
	sqlite3_finalize(n->unread);
	sqlite3_finalize(n->assumption);
	sources_release(n);
	meanings_release(&n->meanings);
	forms_release(&n->forms);
	keys_release(&n->keys);
	countries_release(&n->countries);
	readings_release(&n->readings);
	dictionary_release(&n->shown);
	flag_table_free(n->flags);
	numplan_settled_free(n->settled);
	numplan_free(n->plan);
}

/* Where the regions of national numbers come from accounts. */
static enum status tell_countries(struct normaliser *n,
				  const struct source_sense *source)
{
	const char *region = source->manner.region
				     ? numplan_region_name(n->plan,
							   source->manner.region)
				     : "no region";
	enum status status = STATUS_OK;

	if (source->by_account)
		status = assume(n, source,
				"%llu calls have their national numbers read in the "
				"country of the account, not in %s",
				(unsigned long long)source->by_account, region);
	if (status == STATUS_OK && source->no_country)
		status = assume(n, source,
				"%llu rows name a country that is not known here, "
				"and count as naming none",
				(unsigned long long)source->no_country);
	if (status == STATUS_OK && source->two_countries)
		status = assume(n, source,
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

	for (size_t i = 0; i < n->source_count && status == STATUS_OK; i++) {
		const struct source_sense *source = &n->sources[i];

		if (source->unzoned)
			status = assume(n, source,
					"%llu times without a zone are read as %s",
					(unsigned long long)source->unzoned,
					*source->zone_name ? source->zone_name
							   : "UTC");
		if (status == STATUS_OK)
			status = tell_countries(n, source);
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
	return error_set(&n->casefile->error, STATUS_FAILED,
			 "%s: nothing is ingested yet; run `unspoof ingest` first",
			 n->casefile->path);
}

enum status normalise_run(struct casefile *casefile,
			  const struct normalise_settings *settings,
			  const struct observer *observer,
			  struct normalise_counts *counts)
{
	struct normaliser n = {
		.casefile = casefile,
		.observer = observer,
		.settings = settings,
		.counts = counts,
	};
	enum status status;

	memset(counts, 0, sizeof(*counts));
	status = open_all(&n);
	if (status == STATUS_OK && n.source_count == 0)
		status = nothing_to_read(&n);
	if (status == STATUS_OK)
		status = order_settle(&n);
	if (status == STATUS_OK)
		status = rows_understand(&n);
	if (status == STATUS_OK)
		status = calls_understand(&n);
	if (status == STATUS_OK)
		status = keys_store(&n.keys, casefile,
				    settings->threads > 1 ? 2 : 1);
	if (status == STATUS_OK)
		status = readings_store(&n.readings, casefile);
	if (status == STATUS_OK)
		status = store_shown(&n);
	if (status == STATUS_OK)
		status = tell_assumptions(&n);
	counts->accounts = n.keys.names.count;
	if (counts->unread > 10)
		observer_notice(observer, "%llu more rows could not be understood; "
					  "`unspoof export CASE rejects` lists them",
				(unsigned long long)counts->unread - 10);
	close_all(&n);
	return status;
}
