/* SPDX-License-Identifier: Apache-2.0 */
/* What accounts go by: each found table is read once, on the caller's thread;
 * another gathers what its rows have for each rule. */
#include "correlate/identifiers.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/pipeline.h"
#include "casefile/newrows.h"

#define RULES_MOST 3           /* that a table tells of */
#define PLACE_COLUMNS 3        /* account key, source and line, before them */
#define BATCHES 4

struct table {
	const char *sql;
	unsigned count;
	enum link_rule rules[RULES_MOST];
};

static const struct table tables[] = {
	{ "SELECT r.key, f.source, f.line, r.from_address, r.txid"
	  " FROM payment_read r JOIN payment f ON f.id = r.payment",
	  2, { LINK_ADDRESS, LINK_TXID } },
	{ "SELECT r.key, f.source, f.line, f.ip, f.device"
	  " FROM login_read r JOIN login f ON f.id = r.login",
	  2, { LINK_IP, LINK_DEVICE } },
	{ "SELECT r.key, f.source, f.line, r.email, f.ip, '+' || r.phone"
	  " FROM account_read r JOIN account f ON f.id = r.account",
	  3, { LINK_EMAIL, LINK_IP, LINK_PHONE } },
};

#define TABLES (sizeof(tables) / sizeof(tables[0]))

/* Rows on their way; later a rule. */
struct batch {
	const struct table *table;
	struct newrows rows;
	struct identifiers *rule;
	enum status status;
};

struct gathering {
	struct casefile *casefile;
	const struct observer *observer;
	const struct people *people;
	struct identifiers *rules;
	sqlite3_stmt *select;          /* of the table; NULL: not begun */
	size_t table, arranged;
	struct batch batches[BATCHES];
	void *places[BATCHES];
};

/* ---- reading, on the caller's thread ---- */

static void read_row(const struct table *table, sqlite3_stmt *select,
		     struct newrows *rows)
{
	for (int i = 0; i < PLACE_COLUMNS; i++)
		newrows_integer(rows, sqlite3_column_int64(select, i));
	for (unsigned i = 0; i < table->count; i++)
		newrows_text(rows,
			     column_text(select, PLACE_COLUMNS + (int)i));
}

/* STATUS_END: the table is. */
static enum status read_some(struct gathering *g, struct batch *batch)
{
	struct casefile *casefile = g->casefile;
	enum status status = STATUS_OK;

	batch->table = &tables[g->table];
	if (!g->select)
		g->select = casefile_prepare(casefile, batch->table->sql);
	if (!g->select)
		return casefile->error.status;
	while (status == STATUS_OK && !newrows_enough(&batch->rows)) {
		status = casefile_step(casefile, g->select);
		if (status == STATUS_OK)
			read_row(batch->table, g->select, &batch->rows);
		if (batch->rows.failed)
			return error_memory(&casefile->error);
	}
	return status;
}

static enum status fill(void *context, void *item)
{
	struct gathering *g = context;
	struct batch *batch = item;
	enum status status;

	if (g->table == TABLES)
		return STATUS_END;
	if (observer_interrupted(g->observer))
		return error_set(&g->casefile->error, STATUS_INTERRUPTED,
				 "interrupted; the case is as it was before");
	newrows_clear(&batch->rows);
	status = read_some(g, batch);
	if (status != STATUS_END)
		return status;
	sqlite3_finalize(g->select);
	g->select = NULL;
	g->table++;
	return STATUS_OK;
}

/* ---- gathering, on any thread, batch after batch ---- */

static enum status add(struct identifiers *rule, struct text value,
		       struct occurrence item)
{
	void *items = rule->items;

	item.value = dictionary_add(&rule->values, value);
	if (item.value == DICTIONARY_NONE ||
	    !memory_room(&items, &rule->capacity, rule->count + 1,
			 sizeof(*rule->items)))
		return STATUS_FAILED;
	rule->items = items;
	rule->items[rule->count++] = item;
	return STATUS_OK;
}

static enum status gather_row(struct gathering *g, const struct batch *batch,
			      const struct newvalue *row)
{
	const struct table *table = batch->table;
	struct occurrence item = { .source = row[1].value, .line = row[2].value };
	enum status status = STATUS_OK;

	if (!people_slot(g->people, row[0].value, &item.slot))
		return STATUS_INTEGRITY;
	for (unsigned i = 0; i < table->count && status == STATUS_OK; i++) {
		const struct newvalue *value = &row[PLACE_COLUMNS + i];
		struct text text = { NULL, 0 };

		if (value->type == NEWVALUE_TEXT)
			text = text_trim(newrows_text_of(&batch->rows, value));
		if (text.len && item.slot)
			status = add(&g->rules[table->rules[i]], text, item);
	}
	return status;
}

static void merge(void *context, void *item, unsigned worker)
{
	struct gathering *g = context;
	struct batch *batch = item;
	const unsigned columns = PLACE_COLUMNS + batch->table->count;

	(void)worker;
	batch->status = STATUS_OK;
	for (size_t i = 0; i < batch->rows.count && batch->status == STATUS_OK;
	     i += columns)
		batch->status = gather_row(g, batch, &batch->rows.values[i]);
}

static void nothing(void *context, void *item, unsigned worker)
{
	(void)context;
	(void)item;
	(void)worker;
}

static enum status take(void *context, void *item)
{
	struct gathering *g = context;
	const struct batch *batch = item;

	if (batch->status == STATUS_INTEGRITY)
		return error_set(&g->casefile->error, STATUS_INTEGRITY,
				 "the account keys of the case are damaged");
	return batch->status == STATUS_OK ? STATUS_OK
					  : error_memory(&g->casefile->error);
}

/* ---- arranging, rule by rule on any thread ---- */

/* Of one value. */
static int compare(const void *a, const void *b)
{
	const struct occurrence *x = a;
	const struct occurrence *y = b;

	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	if (x->source != y->source)
		return x->source < y->source ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static int compare_shared(const void *a, const void *b)
{
	const struct shared *x = a;
	const struct shared *y = b;

	return text_compare(x->value, y->value);
}

/* Puts the occurrences by value; ends[v]: where those of value v end. */
static bool part(struct identifiers *rule, size_t *ends)
{
	struct occurrence *items =
		memory_array(NULL, rule->count, sizeof(*items));
	size_t sum = 0;

	if (!items)
		return false;
	for (size_t i = 0; i < rule->count; i++)
		ends[rule->items[i].value]++;
	for (size_t value = 0; value < rule->values.count; value++) {
		const size_t here = ends[value];

		ends[value] = sum;
		sum += here;
	}
	for (size_t i = 0; i < rule->count; i++)
		items[ends[rule->items[i].value]++] = rule->items[i];
	free(rule->items);
	rule->items = items;
	return true;
}

/* Sorts those of one value, and keeps the first row of each account from `kept`
 * on; gives where they end. */
static size_t settle(struct occurrence *items, size_t first, size_t end,
		     size_t kept)
{
	const size_t begin = kept;

	if (end - first > 1)
		qsort(items + first, end - first, sizeof(*items), compare);
	for (size_t i = first; i < end; i++)
		if (kept == begin || items[kept - 1].slot != items[i].slot)
			items[kept++] = items[i];
	return kept;
}

static bool keep_shared(struct identifiers *rule, size_t *capacity, size_t first,
			size_t end)
{
	void *shared = rule->shared;
	struct shared *last;

	if (!memory_room(&shared, capacity, rule->shared_count + 1,
			 sizeof(*rule->shared)))
		return false;
	rule->shared = shared;
	last = &rule->shared[rule->shared_count++];
	last->value = dictionary_text(&rule->values, rule->items[first].value);
	last->first = first;
	last->count = end - first;
	return true;
}

static bool settle_all(struct identifiers *rule, const size_t *ends)
{
	size_t capacity = 0;
	size_t first = 0;
	size_t kept = 0;

	for (size_t value = 0; value < rule->values.count; value++) {
		const size_t begin = kept;

		kept = settle(rule->items, first, ends[value], kept);
		first = ends[value];
		if (kept - begin > 1 && !keep_shared(rule, &capacity, begin, kept))
			return false;
	}
	rule->count = kept;
	return true;
}

static enum status arrange(struct identifiers *rule)
{
	size_t *ends = calloc(rule->values.count + 1, sizeof(*ends));
	const bool good = ends && (!rule->count || part(rule, ends)) &&
			  settle_all(rule, ends);

	free(ends);
	if (!good)
		return STATUS_FAILED;
	if (rule->shared_count)
		qsort(rule->shared, rule->shared_count, sizeof(*rule->shared),
		      compare_shared);
	return STATUS_OK;
}

static enum status fill_rule(void *context, void *item)
{
	struct gathering *g = context;
	struct batch *batch = item;

	if (g->arranged == LINK_RULES)
		return STATUS_END;
	batch->rule = &g->rules[g->arranged++];
	return STATUS_OK;
}

static void work_rule(void *context, void *item, unsigned worker)
{
	struct batch *batch = item;

	(void)context;
	(void)worker;
	batch->status = arrange(batch->rule);
}

/* ---- both ---- */

static enum status gather(struct gathering *g, unsigned threads)
{
	const struct pipeline gathered = {
		.context = g, .fill = fill, .work = nothing, .merge = merge,
		.take = take,
	};
	const struct pipeline arranged = {
		.context = g, .fill = fill_rule, .work = work_rule, .take = take,
	};
	enum status status;

	for (size_t i = 0; i < BATCHES; i++)
		g->places[i] = &g->batches[i];
	status = pipeline_run(&gathered, g->places, BATCHES, threads);
	if (status == STATUS_OK)
		status = pipeline_run(&arranged, g->places, BATCHES, threads);
	return status;
}

enum status identifiers_gather(struct identifiers *rules,
			       struct casefile *casefile,
			       const struct observer *observer,
			       const struct people *people, unsigned threads)
{
	struct gathering g = {
		.casefile = casefile,
		.observer = observer,
		.people = people,
		.rules = rules,
	};
	enum status status;

	memset(rules, 0, LINK_RULES * sizeof(*rules));
	status = gather(&g, threads);
	sqlite3_finalize(g.select);
	for (size_t i = 0; i < BATCHES; i++)
		newrows_release(&g.batches[i].rows);
	return status;
}

void identifiers_release(struct identifiers *identifiers)
{
	dictionary_release(&identifiers->values);
	free(identifiers->items);
	free(identifiers->shared);
	memset(identifiers, 0, sizeof(*identifiers));
}
