/* SPDX-License-Identifier: Apache-2.0 */
/* A way by decisive evidence, else by weak, else by what is a hub. */
#include "export/why/why.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/sql.h"
#include "export/show/find_thing.h"
#include "export/statement.h"
#include "export/why/why_output.h"

struct why {
	struct casefile *casefile;
	const struct observer *observer;
	const char *names[2];      /* as the user gave them */
	struct why_graph graph;
	struct why_search search;
	uint8_t *ends;             /* by account: bits WHY_FROM, WHY_TO */
	enum why_strength most;    /* of the way that is told */
	struct why_path path;
	uint64_t parting;          /* values that part them */
};

/* ---- whom it is about ---- */

static enum status mark_suspect(struct why *why, const char *id, uint8_t end)
{
	int64_t number;
	sqlite3_stmt *statement;
	enum status status = find_suspect(why->casefile, id, &number);

	if (status != STATUS_OK)
		return status;
	statement = casefile_prepare(why->casefile, "SELECT key FROM account_figure WHERE suspect = ?");
	if (!statement)
		return why->casefile->error.status;
	bind_integer(statement, 1, number);
	while ((status = casefile_step(why->casefile, statement)) == STATUS_OK) {
		const int64_t key = sqlite3_column_int64(statement, 0);

		if (key >= 1 && key <= why->graph.accounts)
			why->ends[key] |= end;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* An account goes before a suspect, for it may be called S1. */
static enum status mark(struct why *why, unsigned which)
{
	const uint8_t end = which == 0 ? WHY_FROM : WHY_TO;
	const char *id = why->names[which];
	int64_t key = 0;
	enum status status = find_account_there(why->casefile, id, &key);

	if (status == STATUS_END && is_suspect_id(id))
		return mark_suspect(why, id, end);
	if (status == STATUS_END)
		status = find_account(why->casefile, id, &key);
	if (status == STATUS_OK && key >= 1 && key <= why->graph.accounts)
		why->ends[key] |= end;
	return status;
}

/* A person and an account of it: the account against the others of it. */
static enum status settle_ends(struct why *why)
{
	uint32_t from = 0, to = 0, both = 0;

	for (uint32_t i = 1; i <= why->graph.accounts; i++) {
		from += why->ends[i] == WHY_FROM;
		to += why->ends[i] == WHY_TO;
		both += why->ends[i] == (WHY_FROM | WHY_TO);
	}
	if (both > 0 && ((from > 0 && to > 0) || (from == 0 && to == 0)))
		return find_bad_id(why->casefile, "other one", why->names[1], "give two that are not the same");
	for (uint32_t i = 1; i <= why->graph.accounts; i++)
		if (why->ends[i] == (WHY_FROM | WHY_TO))
			why->ends[i] = from > 0 ? WHY_TO : WHY_FROM;
	return STATUS_OK;
}

static enum status find_ends(struct why *why)
{
	enum status status = STATUS_OK;

	why->ends = calloc((size_t)why->graph.accounts + 1, 1);
	if (!why->ends || !why_search_open(&why->search, &why->graph))
		return error_memory(&why->casefile->error);
	for (unsigned i = 0; i < 2 && status == STATUS_OK; i++)
		status = mark(why, i);
	return status == STATUS_OK ? settle_ends(why) : status;
}

/* ---- the way ---- */

static enum status find_way(struct why *why)
{
	uint32_t end = 0;

	for (unsigned most = WHY_DECISIVE; most < WHY_STRENGTHS && !end; most++) {
		why->most = (enum why_strength)most;
		end = why_search_run(&why->search, why->ends, why->most, WHY_NO_VALUE);
	}
	if (end && !why_search_path(&why->search, end, &why->path))
		return error_memory(&why->casefile->error);
	return STATUS_OK;
}

static const struct why_tie *tie_to(const struct why_graph *graph, uint32_t value, uint32_t account)
{
	const struct why_value *of = &graph->values[value];

	for (uint32_t i = 0; i < of->count; i++)
		if (graph->ties[of->first + i].account == account)
			return &graph->ties[of->first + i];
	return NULL;
}

/* What else two accounts of a step share. */
static enum status put_also(const struct why *why, struct why_output *output, size_t number)
{
	const struct why_step *step = &why->path.steps[number];
	const struct why_graph *graph = &why->graph;
	const uint32_t a = step->from->account;
	enum status status = STATUS_OK;

	for (uint32_t i = graph->first[a]; i < graph->first[a + 1] && status == STATUS_OK; i++) {
		const uint32_t value = graph->of_account[i];
		const struct why_step other = { tie_to(graph, value, a), tie_to(graph, value, step->to->account), value };
		const struct why_line line = { "also", number + 1, &other, NULL };

		if (value != step->value && other.to)
			status = why_output_put(output, &line);
	}
	return status;
}

static enum status put_steps(struct why *why, struct why_output *output)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < why->path.count && status == STATUS_OK; i++) {
		const struct why_step *step = &why->path.steps[i];
		const bool parts = !why_search_run(&why->search, why->ends, why->most, step->value);
		const struct why_line line = { "path", i + 1, step, parts ? "yes" : "no" };

		why->parting += parts;
		status = observer_interrupted(why->observer)
				 ? error_set(&why->casefile->error, STATUS_INTERRUPTED, "interrupted")
				 : why_output_put(output, &line);
		if (status == STATUS_OK)
			status = put_also(why, output, i);
	}
	return status;
}

/* ---- in words ---- */

static void say(const struct why *why)
{
	char a[100], b[100];

	text_escape(text_of(why->names[0]), a, sizeof(a));
	text_escape(text_of(why->names[1]), b, sizeof(b));
	if (!why->path.steps)
		observer_notice(why->observer, "nothing in the case ties %s and %s", a, b);
	else if (why->most == WHY_DECISIVE)
		observer_notice(why->observer, "decisive evidence ties %s and %s, in %zu step%s", a, b, why->path.count,
				plural(why->path.count));
	else
		observer_notice(why->observer, "no decisive evidence ties %s and %s: what stands here is %s and makes them no person",
				a, b, why->most == WHY_WEAK ? "weak" : "a hub, shared by too many,");
	if (why->path.steps && why->parting > 0)
		observer_notice(why->observer, "without %s nothing of that strength would tie them",
				why->parting == 1 ? "the value that has yes in column parts"
						  : "any one of the values that have yes in column parts");
	else if (why->path.steps)
		observer_notice(why->observer, "no single value parts them: there is another way around each");
}

static enum status tell(struct why *why, struct writer *writer)
{
	struct why_output output;
	enum status status = why_output_open(&output, why->casefile, &why->graph, writer);

	if (status == STATUS_OK)
		status = put_steps(why, &output);
	why_output_close(&output);
	if (status == STATUS_OK && writer_end(writer) != STATUS_OK)
		status = statement_writer_failed(why->casefile, writer);
	if (status == STATUS_OK)
		say(why);
	return status;
}

enum status why_write(struct casefile *casefile, const char *a, const char *b, const struct observer *observer,
		      struct writer *writer)
{
	struct why why = { .casefile = casefile, .observer = observer, .names = { a, b } };
	const struct observer *before = casefile_watch(casefile, observer);
	enum status status = casefile_needs(casefile, LAYER_CONCLUDED);

	/* All of it is of one state of the case. */
	if (status == STATUS_OK)
		status = casefile_exec(casefile, "BEGIN");
	if (status == STATUS_OK)
		status = why_graph_load(&why.graph, casefile);
	if (status == STATUS_OK)
		status = find_ends(&why);
	if (status == STATUS_OK)
		status = find_way(&why);
	if (status == STATUS_OK)
		status = tell(&why, writer);
	status = statement_ended(casefile, observer, status);
	casefile_rollback(casefile);
	free(why.path.steps);
	free(why.ends);
	why_search_close(&why.search);
	why_graph_release(&why.graph);
	(void)casefile_watch(casefile, before);
	return status;
}
