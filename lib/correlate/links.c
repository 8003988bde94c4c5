/* SPDX-License-Identifier: Apache-2.0 */
/* Links: identifiers that accounts share, one rule after another. */
#include "correlate/links.h"

#include <stdlib.h>
#include <string.h>

#include "base/dictionary.h"
#include "base/memory.h"
#include "correlate/lists.h"
#include "correlate/place.h"

/* A rule and the rows that it looks at: value, account key, source, line. */
struct rule {
	const char *name;
	const char *sql;
};

#define FROM_PAYMENT(column) \
	"SELECT r." column ", r.key, f.source, f.line" \
	" FROM payment_read r JOIN payment f ON f.id = r.payment" \
	" WHERE r." column " IS NOT NULL"

static const struct rule rules[LINK_RULES] = {
	[LINK_ADDRESS] = { "address", FROM_PAYMENT("from_address") },
	[LINK_DEVICE] = { "device",
			  "SELECT f.device, r.key, f.source, f.line"
			  " FROM login_read r JOIN login f ON f.id = r.login"
			  " WHERE f.device IS NOT NULL" },
	[LINK_EMAIL] = { "email",
			 "SELECT r.email, r.key, f.source, f.line"
			 " FROM account_read r JOIN account f ON f.id = r.account"
			 " WHERE r.email IS NOT NULL" },
	[LINK_IP] = { "ip",
		      "SELECT f.ip, r.key, f.source, f.line"
		      " FROM account_read r JOIN account f ON f.id = r.account"
		      " WHERE f.ip IS NOT NULL UNION ALL "
		      "SELECT f.ip, r.key, f.source, f.line"
		      " FROM login_read r JOIN login f ON f.id = r.login"
		      " WHERE f.ip IS NOT NULL" },
	[LINK_PHONE] = { "phone",
			 "SELECT '+' || r.phone, r.key, f.source, f.line"
			 " FROM account_read r JOIN account f ON f.id = r.account"
			 " WHERE r.phone IS NOT NULL" },
	[LINK_TXID] = { "txid", FROM_PAYMENT("txid") },
};

const char *link_rule_name(enum link_rule rule)
{
	return rules[rule].name;
}

/* An account with a value, and the first row that says so. */
struct occurrence {
	uint32_t value;        /* number of the text, later its rank */
	uint32_t slot;
	int64_t source;
	int64_t line;
};

/* The identifiers of one rule. */
struct finding {
	struct casefile *casefile;
	const struct correlate_settings *settings;
	struct people *people;
	enum link_rule rule;
	struct dictionary values;
	uint32_t *order;       /* order[rank]: number of a value */
	struct map64 seen;     /* value and slot: place in items */
	struct occurrence *items;
	size_t count;
	size_t capacity;
	sqlite3_stmt *insert;
	struct notices hubs;
	uint64_t rows;
	uint32_t pauses;
};

static void finding_release(struct finding *finding)
{
	dictionary_release(&finding->values);
	map64_release(&finding->seen);
	free(finding->order);
	free(finding->items);
	sqlite3_finalize(finding->insert);
}

/* Asks now and then whether the user wants to stop. */
static enum status pause_now(struct finding *finding)
{
	if (++finding->pauses % 4096 ||
	    !observer_interrupted(finding->hubs.observer))
		return STATUS_OK;
	return error_set(&finding->casefile->error, STATUS_INTERRUPTED,
			 "interrupted; the case is as it was before");
}

static bool before(const struct occurrence *a, const struct occurrence *b)
{
	return a->source != b->source ? a->source < b->source
				      : a->line < b->line;
}

static enum status add(struct finding *finding, const struct occurrence *item)
{
	uint64_t key = (uint64_t)item->value << 32 | item->slot;
	void *items = finding->items;
	bool added;
	uint64_t *place = map64_add(&finding->seen, key, &added);

	if (!place)
		return error_memory(&finding->casefile->error);
	if (!added) {
		if (before(item, &finding->items[*place]))
			finding->items[*place] = *item;
		return STATUS_OK;
	}
	if (!memory_room(&items, &finding->capacity, finding->count + 1,
			 sizeof(*finding->items)))
		return error_memory(&finding->casefile->error);
	finding->items = items;
	*place = finding->count;
	finding->items[finding->count++] = *item;
	return STATUS_OK;
}

static enum status take(struct finding *finding, sqlite3_stmt *statement)
{
	struct text value = text_trim(column_text(statement, 0));
	struct occurrence item = {
		.source = sqlite3_column_int64(statement, 2),
		.line = sqlite3_column_int64(statement, 3),
	};

	if (!people_slot(finding->people, sqlite3_column_int64(statement, 1),
			 &item.slot))
		return error_set(&finding->casefile->error, STATUS_INTEGRITY,
				 "the account keys of the case are damaged");
	if (value.len == 0 || item.slot == 0)
		return STATUS_OK;
	item.value = dictionary_add(&finding->values, value);
	if (item.value == DICTIONARY_NONE)
		return error_memory(&finding->casefile->error);
	return add(finding, &item);
}

static enum status collect(struct finding *finding)
{
	sqlite3_stmt *statement =
		casefile_prepare(finding->casefile, rules[finding->rule].sql);
	enum status status;

	if (!statement)
		return finding->casefile->error.status;
	while ((status = casefile_step(finding->casefile, statement)) ==
	       STATUS_OK) {
		status = take(finding, statement);
		if (status == STATUS_OK)
			status = pause_now(finding);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static int compare(const void *a, const void *b)
{
	const struct occurrence *x = a;
	const struct occurrence *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return x->slot < y->slot ? -1 : x->slot > y->slot;
}

/* Values in byte order, the accounts of each in order. */
static enum status arrange(struct finding *finding)
{
	uint32_t *ranks;

	if (!dictionary_rank(&finding->values, &ranks, &finding->order))
		return error_memory(&finding->casefile->error);
	for (size_t i = 0; i < finding->count; i++)
		finding->items[i].value = ranks[finding->items[i].value];
	free(ranks);
	if (finding->count)
		qsort(finding->items, finding->count, sizeof(*finding->items),
		      compare);
	return STATUS_OK;
}

static struct text value_text(const struct finding *finding,
			      const struct occurrence *item)
{
	return dictionary_text(&finding->values, finding->order[item->value]);
}

static enum status write_link(struct finding *finding,
			      const struct occurrence *least,
			      const struct occurrence *other,
			      const char *strength)
{
	sqlite3_stmt *insert = finding->insert;

	bind_integer(insert, 1, finding->people->keys[least->slot]);
	bind_integer(insert, 2, finding->people->keys[other->slot]);
	bind_cstring(insert, 3, rules[finding->rule].name);
	bind_text(insert, 4, value_text(finding, least));
	bind_cstring(insert, 5, strength);
	bind_integer(insert, 6, least->source);
	bind_integer(insert, 7, least->line);
	bind_integer(insert, 8, other->source);
	bind_integer(insert, 9, other->line);
	finding->rows++;
	return casefile_run(finding->casefile, insert);
}

static void notice_hub(struct finding *finding, const struct occurrence *least,
		       size_t accounts)
{
	struct buf line = { 0 };

	if (!notices_take(&finding->hubs))
		return;
	buf_format(&line, "%s '", rules[finding->rule].name);
	buf_escape(&line, value_text(finding, least), 80);
	buf_format(&line,
		   "': shared by %zu accounts, more than %u: a hub, it ties nothing",
		   accounts, finding->settings->hub);
	notices_say(&finding->hubs, &line);
	buf_release(&line);
}

/* The accounts of one value, n of them, from the least on. */
static enum status link_value(struct finding *finding,
			      const struct occurrence *items, size_t n)
{
	bool asked = finding->settings->links >> finding->rule & 1;
	bool hub = n > finding->settings->hub;
	const char *strength = hub ? "hub" : asked ? "decisive" : "weak";
	enum status status = STATUS_OK;

	if (hub && n > 1)
		notice_hub(finding, items, n);
	for (size_t i = 1; i < n && status == STATUS_OK; i++) {
		if (asked && !hub)
			people_tie(finding->people, items[0].slot, items[i].slot);
		status = write_link(finding, &items[0], &items[i], strength);
	}
	return status;
}

static enum status link_values(struct finding *finding, struct pairs *values)
{
	enum status status = STATUS_OK;
	size_t end;

	for (size_t i = 0; i < finding->count && status == STATUS_OK; i = end) {
		for (end = i; end < finding->count &&
			      finding->items[end].value == finding->items[i].value;
		     end++)
			pairs_add(values, finding->items[end].slot,
				  finding->items[end].value);
		status = link_value(finding, &finding->items[i], end - i);
		if (status == STATUS_OK)
			status = pause_now(finding);
	}
	if (status == STATUS_OK && values->failed)
		return error_memory(&finding->casefile->error);
	return status;
}

static enum status gather_rule(struct finding *finding, struct pairs *values)
{
	char what[40];
	enum status status;

	finding->insert = casefile_prepare(
		finding->casefile,
		"INSERT INTO link(account_a, account_b, rule, value, strength,"
		" source_a, row_a, source_b, row_b)"
		" VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
	if (!finding->insert)
		return finding->casefile->error.status;
	status = collect(finding);
	if (status == STATUS_OK)
		status = arrange(finding);
	if (status == STATUS_OK)
		status = link_values(finding, values);
	if (status != STATUS_OK)
		return status;
	(void)sqlite3_snprintf(sizeof(what), what, "hubs by %s",
			       rules[finding->rule].name);
	notices_end(&finding->hubs, what);
	return STATUS_OK;
}

enum status links_gather(struct links *links, struct casefile *casefile,
			 const struct correlate_settings *settings,
			 const struct observer *observer, struct people *people)
{
	enum status status = STATUS_OK;

	memset(links, 0, sizeof(*links));
	for (unsigned rule = 0; rule < LINK_RULES && status == STATUS_OK; rule++) {
		struct finding finding = {
			.casefile = casefile,
			.settings = settings,
			.people = people,
			.rule = (enum link_rule)rule,
			.hubs = { observer, 0 },
		};

		status = gather_rule(&finding, &links->values[rule]);
		links->rows += finding.rows;
		finding_release(&finding);
	}
	return status;
}

void links_release(struct links *links)
{
	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		pairs_release(&links->values[rule]);
		free(links->counts[rule]);
		links->counts[rule] = NULL;
	}
}

static bool count_rule(struct pairs *values, const struct people *people,
		       uint32_t **counts)
{
	struct pairs_cursor cursor = { values, 0 };
	struct pairs persons = { 0 };
	uint32_t slot, value;
	bool counted;

	while (pairs_next(&cursor, &slot, &value))
		pairs_add(&persons, people->persons_of[slot], value);
	counted = pairs_count(&persons, (size_t)people->persons + 1, counts);
	pairs_release(&persons);
	pairs_release(values);
	return counted;
}

bool links_count(struct links *links, const struct people *people)
{
	bool counted = true;

	for (unsigned rule = 0; rule < LINK_RULES && counted; rule++)
		counted = count_rule(&links->values[rule], people,
				     &links->counts[rule]);
	return counted;
}
