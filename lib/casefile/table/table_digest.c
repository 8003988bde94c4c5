/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a table that grows source by source. */
#include "casefile/table/table_digest.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/sql.h"

static struct table_digest *find(struct table_digest *table_digest, const char *table)
{
	while (table_digest && strcmp(table_digest->table, table) != 0)
		table_digest = table_digest->next;
	return table_digest;
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

static struct table_digest *make(struct casefile *casefile, const char *table)
{
	struct table_digest *table_digest = calloc(1, sizeof(*table_digest));

	if (!table_digest)
		return NULL;
	table_digest->table = table;
	table_digest->feed.digest = digest_new();
	if (!table_digest->feed.digest) {
		free(table_digest);
		return NULL;
	}
	table_digest->next = casefile->table_digests;
	casefile->table_digests = table_digest;
	return table_digest;
}

enum status table_digest_begin(struct casefile *casefile, const char *table,
			       struct table_digest **table_digest)
{
	struct table_digest *known = find(casefile->table_digests, table);
	bool empty = false;
	enum status status = STATUS_OK;

	*table_digest = known && known->whole ? known : NULL;
	if (known) {
		known->whole = false;
		return STATUS_OK;
	}
	status = is_empty(casefile, table, &empty);
	if (status != STATUS_OK || !empty)
		return status;
	*table_digest = make(casefile, table);
	return *table_digest ? STATUS_OK : error_memory(&casefile->error);
}

void table_digest_add(struct table_digest *table_digest, const struct row_buffer *rows)
{
	if (!table_digest)
		return;
	row_buffer_feed(rows, &table_digest->feed);
	feed_hand_over(&table_digest->feed);
}

void table_digest_keep(struct table_digest *table_digest)
{
	if (table_digest)
		table_digest->whole = true;
}

const char *table_digest_hex(struct table_digest *table_digests, const char *table)
{
	struct table_digest *table_digest = find(table_digests, table);

	if (!table_digest || !table_digest->whole || !digest_feed_end(&table_digest->feed) ||
	    !digest_so_far(table_digest->feed.digest, table_digest->hex))
		return NULL;
	return table_digest->hex;
}

void table_digest_forget(struct table_digest *table_digest)
{
	for (; table_digest; table_digest = table_digest->next)
		table_digest->whole = false;
}

void table_digest_release(struct table_digest *table_digest)
{
	while (table_digest) {
		struct table_digest *next = table_digest->next;

		digest_free(table_digest->feed.digest);
		free(table_digest);
		table_digest = next;
	}
}
