/* SPDX-License-Identifier: Apache-2.0 */
/* The columns of rows that are objects: a tree of keys, whose leaves are columns by their path. */
#ifndef UNSPOOF_INGEST_JSON_JSON_COLUMNS_H
#define UNSPOOF_INGEST_JSON_JSON_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/table/dictionary.h"
#include "base/text.h"

#define JSON_NONE UINT32_MAX
#define JSON_COLUMNS_MOST 4096
#define JSON_NODES_MOST 65536
/* Objects inside one another that have columns of their own, and elements of an array. */
#define JSON_FLAT 8
#define JSON_ELEMENTS 4

/* A key inside another, or an element of an array; 0 is the row itself. */
struct json_node {
	uint32_t parent;
	uint32_t edge;          /* of its key */
	int column;             /* -1: it has none */
	struct text key;        /* set by json_columns_settle() */
};

/* Zeroed is closed. Only settled ones may be read by several threads. */
struct json_columns {
	struct dictionary paths;    /* of nodes, by their numbers */
	struct dictionary edges;    /* a parent and a key each */
	uint32_t *targets;          /* the nodes of those */
	size_t target_capacity;
	struct json_node *nodes;
	size_t node_count, node_capacity;
	uint32_t *columns;          /* the node of each */
	size_t count, capacity;
	/* What the first rows have themselves: set by json_columns_declared(). */
	size_t own_edges, own_count;
	bool full;                  /* there was one more than there may be */
};

/* False: no memory; release it all the same. */
bool json_columns_open(struct json_columns *columns);
void json_columns_release(struct json_columns *columns);

/* The node of a key inside another; JSON_NONE: there is none. room is clobbered. */
uint32_t json_columns_child(const struct json_columns *columns, uint32_t parent,
			    struct text key, struct buf *room);
/* The same, made where there is none; JSON_NONE also for want of memory, which room then
 * says, and where there are too many. */
uint32_t json_columns_add(struct json_columns *columns, uint32_t parent, struct text key,
			  struct buf *room);
/* Makes a node a column, unless there are too many. False: no memory. */
bool json_columns_leaf(struct json_columns *columns, uint32_t node);
/* Makes a column of a path, whose parts have dots between them. False: no memory. */
bool json_columns_path(struct json_columns *columns, struct text path);
/* Those that are added behind this are of no first row. */
void json_columns_declared(struct json_columns *columns);
/* Sets what is read fast; to be called behind all others. */
void json_columns_settle(struct json_columns *columns);

/* The name of a column: its path; borrowed until the next is added. */
struct text json_columns_name(const struct json_columns *columns, size_t column);

#endif
