/* SPDX-License-Identifier: Apache-2.0 */
/* Writing a chart of nodes and edges: what is given is checked before a format sees it. */
#ifndef UNSPOOF_OUTPUT_GRAPH_H
#define UNSPOOF_OUTPUT_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "output/graph_format.h"
#include "output/sink.h"
#include "output/writer.h"

/* What is written, where the bytes go and how. */
struct graph_options {
	const struct graph_format *format;
	const struct graph_chart *chart;        /* borrowed */
	const struct writer_document *document; /* borrowed; NULL: not known */
	bool (*write)(void *context, const void *data, size_t len);     /* as in struct sink */
	void *context;
	bool terminal;                          /* the bytes go to one */
};

/* A chart being written. Zeroed is closed. */
struct graph {
	struct graph_options options;
	struct sink sink;
	struct dictionary nodes;        /* ids */
	struct dictionary edges;        /* from, to and kind of each */
	void *state;                    /* the format's own */
	bool open;
	enum status failure;            /* of the first call that failed */
	struct error error;
};

/* Opens a chart; options are copied. Call graph_release after that whatever
 * happens. After a failure every call of these four fails with the same status
 * and text. STATUS_USAGE: the format is binary, and the output a terminal.
 * STATUS_FAILED: broken output, out of memory, what the format says, and what the
 * others refuse; nothing is taken before the chart is open or once it is closed. */
enum status graph_open(struct graph *graph, const struct graph_options *options);

/* Gives a node. Refused: an empty id, one that was given before, a kind that the
 * chart has not, a node behind an edge. Texts may change after the call. */
enum status graph_node(struct graph *graph, const struct graph_node *node);

/* Gives an edge. Refused: an end that was not given as a node, a kind that the
 * chart has not, a second edge of the same ends, direction and kind. */
enum status graph_edge(struct graph *graph, const struct graph_edge *edge);

/* Ends the chart and hands the last bytes to write. */
enum status graph_close(struct graph *graph);

/* Frees; releasing twice is safe. */
void graph_release(struct graph *graph);

#endif
