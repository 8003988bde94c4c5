/* SPDX-License-Identifier: Apache-2.0 */
/* Charts of nodes and edges: what they are made of, and what a format of them is. */
#ifndef UNSPOOF_OUTPUT_GRAPH_FORMAT_H
#define UNSPOOF_OUTPUT_GRAPH_FORMAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "output/sheet.h"

/* A kind of node or edge: one word, as "account" or "presented", and for people. The
 * roles of a number stay apart: that an account presented one and that it
 * dialled one are two kinds of edge. */
struct graph_kind {
	const char *name;
	const char *title;
};

/* What must be told before the first node: the kinds, and the attributes that
 * nodes and edges have, as columns. All of it is borrowed until the end. */
struct graph_chart {
	const char *title;      /* or NULL */
	const char *note;       /* what must be told beside it, as what was left out; or NULL */
	const char *currency;   /* of amounts whose column names none; or NULL */
	const struct graph_kind *node_kinds, *edge_kinds;
	size_t node_kind_count, edge_kind_count;
	const struct sheet_column *node_columns, *edge_columns;
	size_t node_column_count, edge_column_count;
};

/* A node. Texts are evidence, any bytes: escaping them is the format's. */
struct graph_node {
	struct text id;                 /* unique, as "account:59": the same in every format */
	unsigned kind;                  /* of node_kinds, from 0 */
	struct text label;              /* what is drawn; equal ones are not one node */
	const struct cell *attributes;  /* one a column; may be absent */
};

/* A row that says so. */
struct graph_evidence {
	struct text source;
	uint64_t line;                  /* from 1 */
};

/* An edge, directed. Two nodes have one of a kind and a direction at most. */
struct graph_edge {
	struct text from, to;           /* ids of nodes that were given */
	unsigned kind;                  /* of edge_kinds, from 0 */
	struct text label;
	const struct cell *attributes;  /* one a column; may be absent */
	const struct graph_evidence *evidence;
	size_t evidence_count;
};

struct graph;

/*
 * One format: a row of the table of formats. It is called
 *   open node* edge* close
 * and release whatever happened; open, close and release may be NULL. As a format
 * of tables it adds bytes to graph->sink.out, and tells of a failure by
 *   graph->failure = error_set(&graph->error, STATUS_FAILED, ...)
 * Nodes have numbers from 0 in the order in which they were given, for formats
 * whose ids cannot be any text.
 */
struct graph_format {
	const char *name;
	const char *about;
	unsigned flags;                 /* WRITER_BINARY or 0 */
	void (*open)(struct graph *graph);
	void (*node)(struct graph *graph, const struct graph_node *node, uint32_t number);
	void (*edge)(struct graph *graph, const struct graph_edge *edge, uint32_t from, uint32_t to);
	void (*close)(struct graph *graph);
	void (*release)(struct graph *graph);
};

/* The format of a name, NULL when there is none. Static. */
const struct graph_format *graph_format_find(const char *name);
/* Format i of the table, from 0; NULL after the last. Static. */
const struct graph_format *graph_format_at(size_t i);

#endif
