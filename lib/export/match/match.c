/* SPDX-License-Identifier: Apache-2.0 */
/* A watch-list: read, sought everywhere, told in its own order. */
#include "export/match/match.h"

#include <stdlib.h>
#include <string.h>

#include "base/table/dictionary.h"
#include "base/thread/pipeline.h"
#include "casefile/sqlite/calltable.h"
#include "export/functions.h"
#include "export/match/match_calls.h"
#include "export/match/match_list.h"
#include "export/match/match_output.h"
#include "export/other.h"
#include "export/statement.h"

struct matching {
	struct casefile *casefile;
	const struct match_options *options;
	const struct observer *observer;
	struct match_list list;
	struct match_index index;
	struct match_accounts accounts;
	struct match_hits hits;
	struct match_places places;
	struct other *other;
	uint64_t repeated;         /* entries that say what one before them says */
};

/* ---- what is sought ---- */

static bool add_entry(struct matching *m, uint32_t number)
{
	const struct text text = m->list.entries[number].text;
	uint64_t numbers[OTHER_MOST];
	const size_t count = other_meanings(m->other, text, numbers);
	bool good = match_index_add(&m->index, number, text);

	for (size_t i = 0; i < count && good; i++)
		good = match_index_number(&m->index, number, numbers[i]);
	return good;
}

/* Each text once: the entries of the list become those that are sought. */
static enum status seek(struct matching *m)
{
	struct dictionary texts = { 0 };
	uint32_t kept = 0;
	bool good = true;

	for (size_t i = 0; i < m->list.count && good; i++) {
		const struct match_entry entry = m->list.entries[i];
		const size_t before = texts.count;

		good = dictionary_add(&texts, entry.text) != DICTIONARY_NONE;
		if (!good || texts.count == before)
			continue;
		m->list.entries[kept] = entry;
		good = add_entry(m, kept++);
	}
	m->repeated = m->list.count - kept;
	m->list.count = kept;
	dictionary_release(&texts);
	return good ? STATUS_OK : error_memory(&m->casefile->error);
}

static unsigned threads_of(const struct match_options *options)
{
	if (options->threads < 1)
		return 1;
	return options->threads < PIPELINE_WORKERS ? (unsigned)options->threads : PIPELINE_WORKERS;
}

static enum status find(struct matching *m)
{
	const struct match_calls_given calls = {
		.casefile = m->casefile, .observer = m->observer, .index = &m->index, .accounts = &m->accounts,
		.threads = threads_of(m->options), .hits = &m->hits,
	};
	enum status status = match_accounts_load(&m->accounts, m->casefile, &m->index);

	if (status == STATUS_OK)
		status = match_calls_run(&calls);
	if (status == STATUS_OK)
		status = match_tables_run(m->casefile, m->observer, &m->index, &m->hits);
	match_hits_sort(&m->hits);
	return status == STATUS_OK ? match_places_read(&m->places, m->casefile, m->observer, &m->hits) : status;
}

/* ---- what is told ---- */

/* What an entry may be: `number +442079460101 or +12079460101`, `e-mail`, `text`. */
static void add_read_as(const struct matching *m, uint32_t entry, struct buf *out)
{
	static const enum match_class telling[] = { MATCH_EMAIL, MATCH_IP };
	const struct text text = m->list.entries[entry].text;
	uint64_t numbers[OTHER_MOST];
	const size_t count = other_meanings(m->other, text, numbers);
	const char *name = match_class_name(MATCH_TEXT);

	for (size_t i = 0; i < sizeof(telling) / sizeof(telling[0]); i++)
		if (match_index_find(&m->index, telling[i], text))
			name = match_class_name(telling[i]);
	buf_clear(out);
	for (size_t i = 0; i < count; i++)
		buf_format(out, "%s +%llu", i ? " or" : match_class_name(MATCH_NUMBER), (unsigned long long)numbers[i]);
	if (count == 0)
		buf_text(out, name);
}

static enum status tell_entries(struct matching *m, struct match_output *output, uint64_t *found)
{
	enum status status = STATUS_OK;
	struct buf read_as = { 0 };
	size_t at = 0, place = 0;

	for (uint32_t i = 0; i < m->list.count && status == STATUS_OK; i++) {
		const bool hit = at < m->hits.count && m->hits.items[at].entry == i;

		if (observer_interrupted(m->observer))
			status = error_set(&m->casefile->error, STATUS_INTERRUPTED, "interrupted");
		add_read_as(m, i, &read_as);
		if (read_as.failed)
			status = error_memory(&m->casefile->error);
		*found += hit;
		if (status == STATUS_OK && !hit)
			status = match_output_miss(output, &m->list.entries[i], read_as.data);
		for (; status == STATUS_OK && at < m->hits.count && m->hits.items[at].entry == i; at++)
			status = match_output_hit(output, &m->list.entries[i], read_as.data, &m->hits.items[at], &m->places, &place);
	}
	buf_release(&read_as);
	return status;
}

/* Where an identifier may stand unseen. */
static enum status tell_unsearched(struct matching *m)
{
	int64_t rejected = 0, unread = 0;
	enum status status = casefile_integer(m->casefile, "SELECT count(*) FROM reject", 0, &rejected);

	if (status == STATUS_OK)
		status = casefile_integer(m->casefile, "SELECT count(*) FROM unread", 0, &unread);
	if (status == STATUS_OK && rejected > 0)
		observer_notice(m->observer, "%lld row%s of the sources %s rejected and not searched: see `unspoof export CASE rejects`",
				(long long)rejected, plural((uint64_t)rejected), rejected == 1 ? "was" : "were");
	if (status == STATUS_OK && unread > 0)
		observer_notice(m->observer, "%lld value%s could not be understood: nothing is found by what %s mean%s, see "
				"`unspoof query CASE 'SELECT * FROM unread'`", (long long)unread, plural((uint64_t)unread),
				unread == 1 ? "it" : "they", unread == 1 ? "s" : "");
	return status;
}

static enum status tell(struct matching *m, struct writer *writer)
{
	struct match_output output = { 0 };
	uint64_t found = 0;
	enum status status = match_output_open(&output, m->casefile, writer);

	if (status == STATUS_OK)
		status = tell_entries(m, &output, &found);
	match_output_close(&output);
	if (status == STATUS_OK && writer_end(writer) != STATUS_OK)
		status = statement_writer_failed(m->casefile, writer);
	if (status != STATUS_OK)
		return status;
	if (m->repeated > 0)
		observer_notice(m->observer, "%llu line%s of the list %s what one before says, and %s told once",
				(unsigned long long)m->repeated, plural(m->repeated), m->repeated == 1 ? "says" : "say",
				m->repeated == 1 ? "is" : "are");
	observer_notice(m->observer, "%llu of %zu identifiers found, %llu not", (unsigned long long)found, m->list.count,
			(unsigned long long)(m->list.count - found));
	return tell_unsearched(m);
}

static enum status match_all(struct matching *m, struct writer *writer)
{
	enum status status = calltable_register(m->casefile);

	if (status == STATUS_OK)
		status = functions_register(m->casefile);
	if (status == STATUS_OK)
		status = other_open(m->casefile, m->options->region, &m->other);
	if (status == STATUS_OK)
		status = seek(m);
	if (status == STATUS_OK)
		status = find(m);
	return status == STATUS_OK ? tell(m, writer) : status;
}

enum status match_write(struct casefile *casefile, const struct match_options *options, const struct observer *observer,
			struct writer *writer)
{
	struct matching m = { .casefile = casefile, .options = options, .observer = observer };
	const struct observer *before = casefile_watch(casefile, observer);
	enum status status = casefile_needs(casefile, LAYER_UNDERSTOOD);

	m.hits.most = options->rows;
	if (status == STATUS_OK)
		status = match_list_read(&m.list, options->name, options->list, &casefile->error);
	/* What is found and what is told of it are of one state of the case. */
	if (status == STATUS_OK)
		status = casefile_exec(casefile, "BEGIN");
	if (status == STATUS_OK)
		status = match_all(&m, writer);
	status = statement_ended(casefile, observer, status);
	casefile_rollback(casefile);
	other_close(m.other);
	match_places_release(&m.places);
	match_hits_release(&m.hits);
	match_accounts_release(&m.accounts);
	match_index_release(&m.index);
	match_list_release(&m.list);
	(void)casefile_watch(casefile, before);
	return status;
}
