/* SPDX-License-Identifier: Apache-2.0 */
/* The digest of a case: the same for all who did the same with the same files. */
#include "casefile/custody/case_digest.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/custody/run_tables.h"
#include "casefile/schema.h"
#include "casefile/seal.h"
#include "casefile/table/digest_feed.h"

/* More than a case has. */
#define TABLES_MOST 96

/* A table in force, and its digest as a run stored it. */
struct table_in_force {
	const char *name;
	char hex[DIGEST_HEX];
};

struct tables_in_force {
	struct table_in_force tables[TABLES_MOST];
	size_t count;
};

static int by_name(const void *a, const void *b)
{
	const struct table_in_force *x = a;
	const struct table_in_force *y = b;

	return strcmp(x->name, y->name);
}

/* The tables of a layer, with what its run stored of them. */
static enum status add_tables(struct casefile *casefile, enum layer layer, struct text stored,
			      struct tables_in_force *all)
{
	for (const struct schema_table *table = schema_tables; table->name; table++) {
		struct table_in_force *next = &all->tables[all->count];

		if (table->layer != layer || table->sealed == SEALED_NOT)
			continue;
		if (all->count == TABLES_MOST)
			return error_set(&casefile->error, STATUS_FAILED,
					 "the schema has more tables than a case digest");
		if (!run_tables_find(stored, table->name, next->hex))
			return error_set(&casefile->error, STATUS_INTEGRITY,
					 "no run has a digest of table %s; `unspoof verify` "
					 "says more", table->name);
		next->name = table->name;
		all->count++;
	}
	return STATUS_OK;
}

/* STATUS_END: the layer has no run. */
static enum status add_layer(struct casefile *casefile, enum layer layer,
			     struct tables_in_force *all)
{
	struct buf stored = { 0 };
	bool there = false;
	enum status status = casefile_has_layer(casefile, layer, &there);

	if (status == STATUS_OK && there) {
		status = run_tables_last(casefile, layer, &stored);
		if (status == STATUS_OK)
			status = add_tables(casefile, layer, buf_view(&stored), all);
	}
	buf_release(&stored);
	return status;
}

/* The order of names is that of the whole, whatever layer they are of. */
static enum status make(struct casefile *casefile, struct tables_in_force *all,
			char hex[static DIGEST_HEX])
{
	struct digest_feed feed;

	qsort(all->tables, all->count, sizeof(all->tables[0]), by_name);
	if (!digest_feed_open(&feed))
		return error_memory(&casefile->error);
	for (size_t i = 0; i < all->count; i++) {
		digest_feed_value(&feed, 't', all->tables[i].name,
				  strlen(all->tables[i].name));
		digest_feed_value(&feed, 't', all->tables[i].hex, DIGEST_HEX - 1);
	}
	return digest_feed_close(&feed, hex) ? STATUS_OK : error_memory(&casefile->error);
}

/* STATUS_END: sources are in no run yet, or there is none. */
static enum status check_sealed(struct casefile *casefile)
{
	struct seal last = { .layer = LAYER_FOUND };
	struct seal now = { .layer = LAYER_FOUND };
	enum status status = seal_last(casefile, LAYER_FOUND, &last);

	if (status == STATUS_OK)
		status = seal_bounds(casefile, &now);
	return status == STATUS_OK && now.sources > last.sources ? STATUS_END : status;
}

enum status case_digest_read(struct casefile *casefile, char hex[static DIGEST_HEX])
{
	struct tables_in_force all = { .count = 0 };
	enum status status = check_sealed(casefile);

	hex[0] = '\0';
	for (int i = 0; i < LAYERS && status == STATUS_OK; i++) {
		status = add_layer(casefile, (enum layer)i, &all);
		if (status == STATUS_END && i == LAYER_DECIDED)
			status = STATUS_OK;
	}
	if (status == STATUS_OK)
		status = make(casefile, &all, hex);
	return status == STATUS_END ? STATUS_OK : status;
}
