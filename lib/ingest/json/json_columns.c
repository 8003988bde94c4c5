/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of rows that are objects. */
#include "ingest/json/json_columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A node of a path that has none yet, or its own. */
static uint32_t add_node(struct json_columns *columns, struct text path, uint32_t parent)
{
	void *nodes = columns->nodes;
	const size_t before = columns->paths.count;
	const uint32_t number = dictionary_add(&columns->paths, path);

	if (number == DICTIONARY_NONE || columns->paths.count == before)
		return number;
	if (!memory_room(&nodes, &columns->node_capacity, columns->node_count + 1,
			 sizeof(*columns->nodes)))
		return JSON_NONE;
	columns->nodes = nodes;
	columns->nodes[columns->node_count++] = (struct json_node){ parent, JSON_NONE, -1, { NULL, 0 } };
	return number;
}

bool json_columns_open(struct json_columns *columns)
{
	memset(columns, 0, sizeof(*columns));
	return add_node(columns, text_of(""), JSON_NONE) == 0;
}

void json_columns_release(struct json_columns *columns)
{
	dictionary_release(&columns->paths);
	dictionary_release(&columns->edges);
	free(columns->targets);
	free(columns->nodes);
	free(columns->columns);
	memset(columns, 0, sizeof(*columns));
}

/* What an edge is found by: the number of its parent, and the key. */
static struct text edge_of(uint32_t parent, struct text key, struct buf *room)
{
	buf_clear(room);
	buf_add(room, &parent, sizeof(parent));
	buf_add(room, key.data, key.len);
	return buf_view(room);
}

uint32_t json_columns_child(const struct json_columns *columns, uint32_t parent,
			    struct text key, struct buf *room)
{
	const struct text edge = edge_of(parent, key, room);
	const uint32_t number = dictionary_find(&columns->edges, edge);

	return number == DICTIONARY_NONE || room->failed ? JSON_NONE : columns->targets[number];
}

/* The path of a key inside a node. */
static uint32_t target_of(struct json_columns *columns, uint32_t parent, struct text key)
{
	const struct text above = dictionary_text(&columns->paths, parent);
	struct buf path = { 0 };
	uint32_t node = JSON_NONE;

	buf_add(&path, above.data, above.len);
	if (parent != 0)
		buf_byte(&path, '.');
	buf_add(&path, key.data, key.len);
	if (!path.failed)
		node = add_node(columns, buf_view(&path), parent);
	buf_release(&path);
	return node;
}

uint32_t json_columns_add(struct json_columns *columns, uint32_t parent, struct text key,
			  struct buf *room)
{
	void *targets = columns->targets;
	uint32_t node = json_columns_child(columns, parent, key, room);
	uint32_t edge;

	if (node != JSON_NONE || room->failed)
		return node;
	if (columns->node_count >= JSON_NODES_MOST || columns->edges.count >= JSON_NODES_MOST) {
		columns->full = true;
		return JSON_NONE;
	}
	node = target_of(columns, parent, key);
	edge = node == JSON_NONE ? JSON_NONE : dictionary_add(&columns->edges, edge_of(parent, key, room));
	if (edge == JSON_NONE ||
	    !memory_room(&targets, &columns->target_capacity, (size_t)edge + 1, sizeof(*columns->targets))) {
		room->failed = true;
		return JSON_NONE;
	}
	columns->targets = targets;
	columns->targets[edge] = node;
	if (columns->nodes[node].parent == parent)
		columns->nodes[node].edge = edge;
	return node;
}

bool json_columns_leaf(struct json_columns *columns, uint32_t node)
{
	void *items = columns->columns;

	if (columns->nodes[node].column >= 0)
		return true;
	if (columns->count >= JSON_COLUMNS_MOST) {
		columns->full = true;
		return true;
	}
	if (!memory_room(&items, &columns->capacity, columns->count + 1, sizeof(*columns->columns)))
		return false;
	columns->columns = items;
	columns->columns[columns->count] = node;
	columns->nodes[node].column = (int)columns->count++;
	return true;
}

bool json_columns_path(struct json_columns *columns, struct text path)
{
	const struct text whole = path;
	struct buf room = { 0 };
	uint32_t node = 0;
	bool good = true;

	while (node != JSON_NONE && path.len > 0) {
		const char *dot = memchr(path.data, '.', path.len);
		const struct text key = { path.data, dot ? (size_t)(dot - path.data) : path.len };

		node = json_columns_add(columns, node, key, &room);
		path.data += key.len + (dot != NULL);
		path.len -= key.len + (dot != NULL);
	}
	if (node != JSON_NONE)
		good = json_columns_leaf(columns, node);
	/* One key may have the dots in it. */
	if (good && node != JSON_NONE)
		(void)json_columns_add(columns, 0, whole, &room);
	good = good && !room.failed;
	buf_release(&room);
	return good;
}

void json_columns_declared(struct json_columns *columns)
{
	columns->own_edges = columns->edges.count;
	columns->own_count = columns->count;
}

void json_columns_settle(struct json_columns *columns)
{
	for (size_t i = 1; i < columns->node_count; i++) {
		struct json_node *node = &columns->nodes[i];

		node->key = (struct text){ NULL, 0 };
		if (node->edge == JSON_NONE)
			continue;
		node->key = dictionary_text(&columns->edges, node->edge);
		node->key.data += sizeof(uint32_t);
		node->key.len -= sizeof(uint32_t);
	}
}

struct text json_columns_name(const struct json_columns *columns, size_t column)
{
	return dictionary_text(&columns->paths, columns->columns[column]);
}
