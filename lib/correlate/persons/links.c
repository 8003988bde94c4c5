/* SPDX-License-Identifier: Apache-2.0 */
/* Links: identifiers that accounts share, one rule after another. */
#include "correlate/persons/links.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/table/bulk_insert.h"
#include "correlate/notices.h"

static const char *const names[LINK_RULES] = {
	[LINK_ADDRESS] = "address", [LINK_DEVICE] = "device",
	[LINK_EMAIL] = "email",	    [LINK_IP] = "ip",
	[LINK_PHONE] = "phone",	    [LINK_TXID] = "txid",
};

const char *link_rule_name(enum link_rule rule)
{
	return names[rule];
}

/* Where the linking stands. */
struct linking {
	const struct links_given *given;
	struct links *links;
	unsigned rule;
	size_t next;               /* shared value of the rule */
	struct notices hubs;       /* of the rule */
};

static const char *const columns[] = {
	"id", "account_a", "account_b", "rule", "value", "strength", "source_a",
	"row_a", "source_b", "row_b", "member_a", "member_b",
};

static void write_link(struct linking *l, const struct shared *shared,
		       size_t other, const char *strength, struct row_buffer *rows)
{
	const struct occurrence *items =
		&l->given->rules[l->rule].items[shared->first];

	row_buffer_integer(rows, (int64_t)++l->links->rows);
	row_buffer_integer(rows, l->given->persons->keys[items[0].slot]);
	row_buffer_integer(rows, l->given->persons->keys[items[other].slot]);
	row_buffer_text(rows, text_of(names[l->rule]));
	row_buffer_text(rows, shared->value);
	row_buffer_text(rows, text_of(strength));
	row_buffer_integer(rows, row_place_source(items[0].place));
	row_buffer_integer(rows, row_place_line(items[0].place));
	row_buffer_integer(rows, row_place_source(items[other].place));
	row_buffer_integer(rows, row_place_line(items[other].place));
	row_buffer_integer(rows, (int64_t)items[0].member);
	row_buffer_integer(rows, (int64_t)items[other].member);
}

static void notice_hub(struct linking *l, const struct shared *shared)
{
	struct buf line = { 0 };

	if (!notices_take(&l->hubs))
		return;
	buf_format(&line, "%s '", names[l->rule]);
	buf_escape(&line, shared->value, 80);
	buf_format(&line,
		   "': shared by %zu accounts, more than %u: a hub, it ties nothing",
		   shared->count, l->given->settings->hub);
	notices_say(&l->hubs, &line);
	buf_release(&line);
}

/* The accounts of one value, from the least on. */
static void link_value(struct linking *l, const struct shared *shared,
		       struct row_buffer *rows)
{
	const struct occurrence *items =
		&l->given->rules[l->rule].items[shared->first];
	const bool asked = l->given->settings->links >> l->rule & 1;
	const bool hub = shared->count > l->given->settings->hub;
	const char *strength = hub ? "hub" : asked ? "decisive" : "weak";

	if (hub)
		notice_hub(l, shared);
	for (size_t i = 1; i < shared->count; i++) {
		if (asked && !hub)
			persons_tie(l->given->persons, items[0].slot, items[i].slot);
		write_link(l, shared, i, strength, rows);
	}
}

static void end_rule(struct linking *l)
{
	char what[40];

	(void)snprintf(what, sizeof(what), "hubs by %s", names[l->rule]);
	notices_end(&l->hubs, what);
	l->hubs.count = 0;
	l->rule++;
	l->next = 0;
}

static enum status more(void *context, struct row_buffer *rows)
{
	struct linking *l = context;
	const struct identifiers *rule;

	if (l->rule == LINK_RULES)
		return STATUS_END;
	rule = &l->given->rules[l->rule];
	if (l->next == rule->shared_count)
		end_rule(l);
	else
		link_value(l, &rule->shared[l->next++], rows);
	return STATUS_OK;
}

enum status links_write(struct links *links, const struct links_given *given)
{
	struct linking l = {
		.given = given,
		.links = links,
		.hubs = { given->observer, 0 },
	};
	const struct bulk_insert fill = { BULK_TABLE("link", columns), more, &l };

	return bulk_insert_run(given->casefile, &fill, given->threads);
}

void links_release(struct links *links)
{
	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		free(links->counts[rule]);
		links->counts[rule] = NULL;
	}
}

/* last: of each person, the last value that was counted, and 1. */
static void count_rule(const struct identifiers *rule,
		       const struct persons *persons, uint32_t *last,
		       uint32_t *counts)
{
	for (size_t i = 0; i < rule->count; i++) {
		const uint32_t person = persons->persons_of[rule->items[i].slot];

		counts[person] += last[person] != rule->items[i].value + 1;
		last[person] = rule->items[i].value + 1;
	}
}

bool links_count(struct links *links, const struct identifiers *rules,
		 const struct persons *persons)
{
	const size_t count = (size_t)persons->count + 1;
	bool good = true;

	for (unsigned rule = 0; rule < LINK_RULES && good; rule++) {
		uint32_t *last = calloc(count, sizeof(*last));

		links->counts[rule] = calloc(count, sizeof(uint32_t));
		good = last && links->counts[rule];
		if (good)
			count_rule(&rules[rule], persons, last,
				   links->counts[rule]);
		free(last);
	}
	return good;
}
