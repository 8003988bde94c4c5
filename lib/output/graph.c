/* SPDX-License-Identifier: Apache-2.0 */
/* The part that all formats of charts share: the table of them, checks, the sink. */
#include "output/graph.h"

#include <string.h>

#define SHOWN 100       /* bytes of an id in a message */

/* Ends with NULL. */
static const struct graph_format *const formats[] = {
	NULL,
};

const struct graph_format *graph_format_find(const char *name)
{
	for (size_t i = 0; formats[i]; i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

const struct graph_format *graph_format_at(size_t i)
{
	return i < sizeof(formats) / sizeof(formats[0]) ? formats[i] : NULL;
}

void graph_release(struct graph *graph)
{
	if (graph->state && graph->options.format->release)
		graph->options.format->release(graph);
	dictionary_release(&graph->nodes);
	dictionary_release(&graph->edges);
	sink_release(&graph->sink);
	memset(graph, 0, sizeof(*graph));
}

static enum status settle(struct graph *graph, size_t at_least)
{
	if (graph->failure == STATUS_OK)
		graph->failure = sink_settle(&graph->sink, at_least, &graph->error);
	return graph->failure;
}

static enum status refuse(struct graph *graph, enum status status)
{
	graph->failure = status;
	return status;
}

/* The failure of before, if any; what is not open takes nothing. */
static enum status expect_open(struct graph *graph)
{
	if (graph->failure == STATUS_OK && !graph->open)
		return error_set(&graph->error, STATUS_FAILED, "a chart that is not open takes nothing");
	return graph->failure;
}

enum status graph_open(struct graph *graph, const struct graph_options *options)
{
	memset(graph, 0, sizeof(*graph));
	graph->options = *options;
	graph->sink.write = options->write;
	graph->sink.context = options->context;
	if (options->terminal && (options->format->flags & WRITER_BINARY))
		return refuse(graph, error_set(&graph->error, STATUS_USAGE,
					       "format %s is binary: it goes to a file or a pipe, not to a terminal",
					       options->format->name));
	graph->open = true;
	if (options->format->open)
		options->format->open(graph);
	return settle(graph, SINK_FULL);
}

static enum status refuse_node(struct graph *graph, struct text id, const char *reason)
{
	char shown[SHOWN];

	return refuse(graph, error_set(&graph->error, STATUS_FAILED, "node '%s' of a chart %s",
				       text_escape(id, shown, sizeof(shown)), reason));
}

enum status graph_node(struct graph *graph, const struct graph_node *node)
{
	const size_t before = graph->nodes.count;
	uint32_t number;

	if (expect_open(graph) != STATUS_OK)
		return graph->error.status;
	if (node->id.len == 0)
		return refuse_node(graph, node->id, "has no id");
	if (node->kind >= graph->options.chart->node_kind_count)
		return refuse_node(graph, node->id, "is of a kind that the chart has not");
	if (graph->edges.count > 0)
		return refuse_node(graph, node->id, "comes behind an edge");
	number = dictionary_add(&graph->nodes, node->id);
	if (number == DICTIONARY_NONE)
		return refuse(graph, error_memory(&graph->error));
	if (graph->nodes.count == before)
		return refuse_node(graph, node->id, "is given twice");
	graph->options.format->node(graph, node, number);
	return settle(graph, SINK_FULL);
}

static enum status refuse_edge(struct graph *graph, const struct graph_edge *edge, const char *reason)
{
	char from[SHOWN], to[SHOWN];

	return refuse(graph, error_set(&graph->error, STATUS_FAILED, "edge '%s' to '%s' of a chart %s",
				       text_escape(edge->from, from, sizeof(from)),
				       text_escape(edge->to, to, sizeof(to)), reason));
}

/* Keeps an edge; *added: there was none of its ends and kind. */
static enum status keep_edge(struct graph *graph, const uint32_t key[3], bool *added)
{
	const size_t before = graph->edges.count;
	const struct text bytes = { (const char *)key, 3 * sizeof(key[0]) };

	*added = false;
	if (dictionary_add(&graph->edges, bytes) == DICTIONARY_NONE)
		return refuse(graph, error_memory(&graph->error));
	*added = graph->edges.count > before;
	return STATUS_OK;
}

enum status graph_edge(struct graph *graph, const struct graph_edge *edge)
{
	const uint32_t key[3] = { dictionary_find(&graph->nodes, edge->from), dictionary_find(&graph->nodes, edge->to),
				  edge->kind };
	bool added;

	if (expect_open(graph) != STATUS_OK)
		return graph->error.status;
	if (key[0] == DICTIONARY_NONE || key[1] == DICTIONARY_NONE)
		return refuse_edge(graph, edge, "has an end that is no node of it");
	if (edge->kind >= graph->options.chart->edge_kind_count)
		return refuse_edge(graph, edge, "is of a kind that the chart has not");
	if (keep_edge(graph, key, &added) != STATUS_OK)
		return graph->failure;
	if (!added)
		return refuse_edge(graph, edge, "is given twice");
	graph->options.format->edge(graph, edge, key[0], key[1]);
	return settle(graph, SINK_FULL);
}

enum status graph_close(struct graph *graph)
{
	if (expect_open(graph) != STATUS_OK)
		return graph->error.status;
	if (graph->options.format->close)
		graph->options.format->close(graph);
	graph->open = false;
	return settle(graph, 0);
}
