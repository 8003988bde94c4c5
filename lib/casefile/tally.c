/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a table that grows source by source. */
#include "casefile/tally.h"

#include <stdlib.h>
#include <string.h>

static struct tally *find(struct tally *tally, const char *table)
{
	while (tally && strcmp(tally->table, table) != 0)
		tally = tally->next;
	return tally;
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

static struct tally *make(struct casefile *casefile, const char *table)
{
	struct tally *tally = calloc(1, sizeof(*tally));

	if (!tally)
		return NULL;
	tally->table = table;
	tally->feed.digest = digest_new();
	if (!tally->feed.digest) {
		free(tally);
		return NULL;
	}
	tally->next = casefile->tallies;
	casefile->tallies = tally;
	return tally;
}

enum status tally_begin(struct casefile *casefile, const char *table,
			struct tally **tally)
{
	struct tally *known = find(casefile->tallies, table);
	bool empty = false;
	enum status status = STATUS_OK;

	*tally = known && known->whole ? known : NULL;
	if (known) {
		known->whole = false;
		return STATUS_OK;
	}
	status = is_empty(casefile, table, &empty);
	if (status != STATUS_OK || !empty)
		return status;
	*tally = make(casefile, table);
	return *tally ? STATUS_OK : error_memory(&casefile->error);
}

void tally_add(struct tally *tally, const struct newrows *rows)
{
	if (tally)
		newrows_feed(rows, &tally->feed);
}

void tally_keep(struct tally *tally)
{
	if (tally)
		tally->whole = true;
}

const char *tally_digest(struct tally *tallies, const char *table)
{
	struct tally *tally = find(tallies, table);

	if (!tally || !tally->whole || !feed_end(&tally->feed) ||
	    !digest_so_far(tally->feed.digest, tally->hex))
		return NULL;
	return tally->hex;
}

void tally_release(struct tally *tally)
{
	while (tally) {
		struct tally *next = tally->next;

		digest_free(tally->feed.digest);
		free(tally);
		tally = next;
	}
}
