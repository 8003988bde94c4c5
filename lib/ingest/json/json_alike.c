/* SPDX-License-Identifier: Apache-2.0 */
/* Columns that are read by others. */
#include "ingest/json/json_alike.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest/digest.h"
#include "base/memory.h"

/* What is compared: nodes[i] is that of the columns where i is one of the others. */
struct comparison {
	const struct json_columns *columns, *others;
	const struct plan *plan, *theirs;
	uint32_t *nodes;
	struct buf room;
	bool failed;                /* no memory */
};

/* ---- nodes ---- */

static struct text take_edge(const struct json_columns *columns, uint32_t edge, uint32_t *parent)
{
	struct text key = dictionary_text(&columns->edges, edge);

	memcpy(parent, key.data, sizeof(*parent));
	key.data += sizeof(*parent);
	key.len -= sizeof(*parent);
	return key;
}

/* Parents come before what is in them. False: a path that keys make in two ways, of which one
 * is not known here. */
static bool match_nodes(struct comparison *c)
{
	for (uint32_t i = 0; i < c->others->own_edges; i++) {
		const uint32_t target = c->others->targets[i];
		uint32_t parent, node = JSON_NONE;
		const struct text key = take_edge(c->others, i, &parent);

		if (c->nodes[parent] != JSON_NONE)
			node = json_columns_child(c->columns, c->nodes[parent], key, &c->room);
		c->failed = c->failed || c->room.failed;
		if (c->others->nodes[target].edge != i && node == JSON_NONE)
			return false;
		if (c->others->nodes[target].edge == i)
			c->nodes[target] = node;
	}
	return true;
}

static bool column_reads(const struct comparison *c, size_t other)
{
	const uint32_t node = c->nodes[c->others->columns[other]];
	const int column = node == JSON_NONE ? -1 : c->columns->nodes[node].column;

	if (c->theirs && !plan_looks_at(c->theirs, other))
		return true;
	return column >= 0 && (!c->theirs || plan_looks_at(c->plan, (size_t)column));
}

bool json_columns_alike(const struct json_columns *columns, const struct plan *plan,
			const struct json_columns *others, const struct plan *theirs, bool *alike)
{
	struct comparison c = { columns, others, plan, theirs,
				memory_array(NULL, others->node_count, sizeof(*c.nodes)), { 0 }, false };
	bool good = c.nodes != NULL;

	*alike = false;
	for (size_t i = 0; good && i < others->node_count; i++)
		c.nodes[i] = i == 0 ? 0 : JSON_NONE;
	*alike = good && !columns->full && !others->full && match_nodes(&c);
	for (size_t i = 0; *alike && i < others->own_count; i++)
		*alike = column_reads(&c, i);
	good = good && !c.failed;
	buf_release(&c.room);
	free(c.nodes);
	return good;
}

/* ---- sets ---- */

/* False: no memory. */
static bool hash(const struct json_columns *columns, unsigned char out[static DIGEST_BYTES])
{
	struct buf all = { 0 };
	bool good;

	for (uint32_t i = 0; i < columns->own_edges; i++) {
		const struct text edge = dictionary_text(&columns->edges, i);

		buf_add(&all, &edge.len, sizeof(edge.len));
		buf_add(&all, edge.data, edge.len);
	}
	buf_add(&all, columns->columns, columns->own_count * sizeof(*columns->columns));
	good = !all.failed && digest_raw(buf_view(&all).data, all.len, out);
	buf_release(&all);
	return good;
}

bool json_sets_add(struct json_sets *sets, const struct json_columns *columns)
{
	unsigned char bytes[DIGEST_BYTES];

	if (columns->full || sets->hashes.count >= JSON_SETS_MOST)
		return true;
	return hash(columns, bytes) &&
	       dictionary_add(&sets->hashes, (struct text){ (const char *)bytes, sizeof(bytes) }) != DICTIONARY_NONE;
}

bool json_sets_has(const struct json_sets *sets, const struct json_columns *columns, bool *has)
{
	unsigned char bytes[DIGEST_BYTES];

	*has = false;
	if (columns->full)
		return true;
	if (!hash(columns, bytes))
		return false;
	*has = dictionary_find(&sets->hashes, (struct text){ (const char *)bytes, sizeof(bytes) }) != DICTIONARY_NONE;
	return true;
}

void json_sets_release(struct json_sets *sets)
{
	dictionary_release(&sets->hashes);
}
