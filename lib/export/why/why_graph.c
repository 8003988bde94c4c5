/* SPDX-License-Identifier: Apache-2.0 */
/* The links of a case in memory. */
#include "export/why/why_graph.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/sql.h"

enum { ID, LEAST, OTHER, RULE, VALUE, STRENGTH };

static const char *const strengths[WHY_STRENGTHS] = {
	[WHY_DECISIVE] = "decisive", [WHY_WEAK] = "weak", [WHY_HUB] = "hub",
};

const char *why_strength_name(enum why_strength strength)
{
	return strengths[strength];
}

void why_graph_release(struct why_graph *graph)
{
	dictionary_release(&graph->names);
	free(graph->values);
	free(graph->ties);
	free(graph->first);
	free(graph->of_account);
	memset(graph, 0, sizeof(*graph));
}

static enum status damaged(struct casefile *casefile)
{
	return error_set(&casefile->error, STATUS_INTEGRITY, "table link of the case is damaged");
}

static bool find_strength(struct text text, enum why_strength *strength)
{
	for (unsigned i = 0; i < WHY_STRENGTHS; i++)
		if (text_is(text, strengths[i])) {
			*strength = (enum why_strength)i;
			return true;
		}
	return false;
}

/* Adds what names the value of a row: strength, least account, rule, value. A rule has no NUL. */
static uint32_t name_value(struct why_graph *graph, sqlite3_stmt *row, enum why_strength strength)
{
	const struct text rule = column_text(row, RULE), value = column_text(row, VALUE);
	struct buf name = { 0 };
	uint32_t number;

	buf_format(&name, "%u %lld ", (unsigned)strength, (long long)sqlite3_column_int64(row, LEAST));
	buf_add(&name, rule.data ? rule.data : "", rule.len);
	buf_byte(&name, '\0');
	buf_add(&name, value.data ? value.data : "", value.len);
	number = name.failed ? DICTIONARY_NONE : dictionary_add(&graph->names, buf_view(&name));
	buf_release(&name);
	return number;
}

static bool add_tie(struct why_graph *graph, struct why_tie tie)
{
	void *ties = graph->ties;

	if (!memory_room(&ties, &graph->tie_capacity, graph->tie_count + 1, sizeof(*graph->ties)))
		return false;
	graph->ties = ties;
	graph->ties[graph->tie_count++] = tie;
	graph->values[tie.value].count++;
	return true;
}

/* False: no memory. */
static bool add_link(struct why_graph *graph, sqlite3_stmt *row, enum why_strength strength)
{
	const int64_t id = sqlite3_column_int64(row, ID);
	const uint32_t value = name_value(graph, row, strength);
	void *values = graph->values;

	if (value == DICTIONARY_NONE)
		return false;
	if (value == graph->value_count) {
		if (!memory_room(&values, &graph->value_capacity, graph->value_count + 1, sizeof(*graph->values)))
			return false;
		graph->values = values;
		graph->values[graph->value_count++] = (struct why_value){ .strength = strength };
		if (!add_tie(graph, (struct why_tie){ id, (uint32_t)sqlite3_column_int64(row, LEAST), value, true }))
			return false;
	}
	return add_tie(graph, (struct why_tie){ id, (uint32_t)sqlite3_column_int64(row, OTHER), value, false });
}

static enum status take_row(struct why_graph *graph, struct casefile *casefile, sqlite3_stmt *row)
{
	const int64_t least = sqlite3_column_int64(row, LEAST), other = sqlite3_column_int64(row, OTHER);
	const struct text text = column_text(row, STRENGTH);
	enum why_strength strength;
	bool good;

	if (columns_read(casefile, row) != STATUS_OK)
		return casefile->error.status;
	if (!find_strength(text, &strength) || least < 1 || other < 1 || least > graph->accounts || other > graph->accounts ||
	    graph->tie_count >= UINT32_MAX - 2)
		return damaged(casefile);
	good = add_link(graph, row, strength);
	return good ? columns_read(casefile, row) : error_memory(&casefile->error);
}

static int compare(const void *a, const void *b)
{
	const struct why_tie *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	if (x->least != y->least)
		return x->least ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* By value, which finds its own. */
static void sort_ties(struct why_graph *graph)
{
	uint32_t at = 0;

	if (graph->tie_count > 0)
		qsort(graph->ties, graph->tie_count, sizeof(*graph->ties), compare);
	for (size_t v = 0; v < graph->value_count; v++) {
		graph->values[v].first = at;
		at += graph->values[v].count;
	}
}

/* Texts of values lie in the dictionary, which grows no more. */
static void name_values(struct why_graph *graph)
{
	for (uint32_t i = 0; i < graph->value_count; i++) {
		const struct text name = dictionary_text(&graph->names, i);
		const char *end = memchr(name.data, '\0', name.len);
		const char *begin = end;

		while (begin > name.data && begin[-1] != ' ')
			begin--;
		graph->values[i].rule = (struct text){ begin, (size_t)(end - begin) };
		graph->values[i].value = (struct text){ end + 1, (size_t)(name.data + name.len - end - 1) };
	}
}

static enum status index_accounts(struct why_graph *graph, struct casefile *casefile)
{
	const size_t accounts = (size_t)graph->accounts + 2;

	graph->first = calloc(accounts, sizeof(*graph->first));
	graph->of_account = calloc(graph->tie_count + 1, sizeof(*graph->of_account));
	if (!graph->first || !graph->of_account)
		return error_memory(&casefile->error);
	for (size_t i = 0; i < graph->tie_count; i++)
		graph->first[graph->ties[i].account + 1]++;
	for (size_t i = 1; i < accounts; i++)
		graph->first[i] += graph->first[i - 1];
	/* From the last value on, so that those of an account come to stand in order. */
	for (size_t v = graph->value_count; v-- > 0;)
		for (uint32_t i = 0; i < graph->values[v].count; i++)
			graph->of_account[--graph->first[graph->ties[graph->values[v].first + i].account + 1]] = (uint32_t)v;
	/* Now first[a + 1] is where the values of a begin. */
	memmove(graph->first, graph->first + 1, (accounts - 1) * sizeof(*graph->first));
	graph->first[accounts - 1] = (uint32_t)graph->tie_count;
	return STATUS_OK;
}

enum status why_graph_load(struct why_graph *graph, struct casefile *casefile)
{
	int64_t accounts;
	sqlite3_stmt *row;
	enum status status = casefile_integer(casefile, "SELECT max(id) FROM account_key", 0, &accounts);

	if (status != STATUS_OK)
		return status;
	if (accounts < 0 || accounts >= UINT32_MAX - 1)
		return error_set(&casefile->error, STATUS_INTEGRITY, "table account_key of the case is damaged");
	graph->accounts = (uint32_t)accounts;
	row = casefile_prepare(casefile, "SELECT id, account_a, account_b, rule, value, strength FROM link ORDER BY id");
	if (!row)
		return casefile->error.status;
	while ((status = casefile_step(casefile, row)) == STATUS_OK && (status = take_row(graph, casefile, row)) == STATUS_OK)
		continue;
	sqlite3_finalize(row);
	if (status != STATUS_END)
		return status;
	name_values(graph);
	sort_ties(graph);
	return index_accounts(graph, casefile);
}
