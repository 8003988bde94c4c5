/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a table that grows source by source. */
#include "casefile/growth.h"

#include <stdlib.h>
#include <string.h>

static struct growth *find(struct growth *growth, const char *table)
{
	while (growth && strcmp(growth->table, table) != 0)
		growth = growth->next;
	return growth;
}

static enum status is_empty(struct casefile *casefile, const char *table, bool *empty)
{
	char sql[80];
	int64_t found = 0;
	enum status status;

	(void)sqlite3_snprintf(sizeof(sql), sql, "SELECT 1 FROM %s LIMIT 1", table);
	status = casefile_integer(casefile, sql, 0, &found);
	*empty = found == 0;
	return status;
}

static struct growth *make(struct casefile *casefile, const char *table)
{
	struct growth *growth = calloc(1, sizeof(*growth));

	if (!growth)
		return NULL;
	growth->table = table;
	growth->feed.digest = digest_new();
	if (!growth->feed.digest) {
		free(growth);
		return NULL;
	}
	growth->next = casefile->growths;
	casefile->growths = growth;
	return growth;
}

enum status growth_begin(struct casefile *casefile, const char *table,
			 struct growth **growth)
{
	struct growth *known = find(casefile->growths, table);
	bool empty = false;
	enum status status = STATUS_OK;

	*growth = known && known->whole ? known : NULL;
	if (known) {
		known->whole = false;
		return STATUS_OK;
	}
	status = is_empty(casefile, table, &empty);
	if (status != STATUS_OK || !empty)
		return status;
	*growth = make(casefile, table);
	return *growth ? STATUS_OK : error_memory(&casefile->error);
}

void growth_add(struct growth *growth, const struct newrows *rows)
{
	if (!growth)
		return;
	newrows_feed(rows, &growth->feed);
	feed_hand_over(&growth->feed);
}

void growth_keep(struct growth *growth)
{
	if (growth)
		growth->whole = true;
}

const char *growth_hex(struct growth *growths, const char *table)
{
	struct growth *growth = find(growths, table);

	if (!growth || !growth->whole || !feed_end(&growth->feed) ||
	    !digest_so_far(growth->feed.digest, growth->hex))
		return NULL;
	return growth->hex;
}

void growth_release(struct growth *growth)
{
	while (growth) {
		struct growth *next = growth->next;

		digest_free(growth->feed.digest);
		free(growth);
		growth = next;
	}
}
