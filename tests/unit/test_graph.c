/* SPDX-License-Identifier: Apache-2.0 */
/* Charts: what is checked, and a format of the tests that is told all there is. */
#include <string.h>

#include "output/graph.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BYTES(literal) { literal, sizeof(literal) - 1 }
#define TEXT(literal) ((struct text)BYTES(literal))

static struct tap tap;

static bool keep(void *context, const void *data, size_t len)
{
	struct buf *out = context;

	buf_add(out, data, len);
	return !out->failed;
}

static bool refuse_all(void *context, const void *data, size_t len)
{
	(void)context;
	(void)data;
	return len == 0;
}

/* --- a format of lines, whose own escape is % and two digits --------------- */

static void add_escaped(struct graph *graph, struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		const unsigned char byte = (unsigned char)text.data[i];

		if (byte > 0x20 && byte < 0x7f && byte != '%')
			buf_byte(&graph->sink.out, (char)byte);
		else
			buf_format(&graph->sink.out, "%%%02x", byte);
	}
}

static void add_attributes(struct graph *graph, const struct sheet_column *columns, const struct cell *cells,
			   size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (!cells[i].text.data)
			continue;
		buf_format(&graph->sink.out, " %s=", columns[i].name);
		if (cells[i].valued)
			buf_format(&graph->sink.out, "%lld/%u", (long long)cells[i].value, cells[i].exponent);
		else
			add_escaped(graph, cells[i].text);
	}
	buf_byte(&graph->sink.out, '\n');
}

static void lines_open(struct graph *graph)
{
	const struct graph_chart *chart = graph->options.chart;

	graph->state = &tap;
	buf_format(&graph->sink.out, "chart %s, %s, %lld\n", chart->title, chart->note,
		   graph->options.document ? (long long)graph->options.document->made : -1);
	for (size_t i = 0; i < chart->edge_column_count; i++)
		buf_format(&graph->sink.out, "key %s %s\n", chart->edge_columns[i].name, chart->edge_columns[i].unit);
}

static void lines_node(struct graph *graph, const struct graph_node *node, uint32_t number)
{
	const struct graph_chart *chart = graph->options.chart;

	buf_format(&graph->sink.out, "n%u %s ", (unsigned)number, chart->node_kinds[node->kind].name);
	add_escaped(graph, node->id);
	buf_byte(&graph->sink.out, ' ');
	add_escaped(graph, node->label);
	add_attributes(graph, chart->node_columns, node->attributes, chart->node_column_count);
}

static void lines_edge(struct graph *graph, const struct graph_edge *edge, uint32_t from, uint32_t to)
{
	const struct graph_chart *chart = graph->options.chart;

	if (text_is(edge->label, "poison")) {
		graph->failure = error_set(&graph->error, STATUS_FAILED, "format lines cannot draw poison");
		return;
	}
	buf_format(&graph->sink.out, "n%u n%u %s ", (unsigned)from, (unsigned)to, chart->edge_kinds[edge->kind].title);
	add_escaped(graph, edge->label);
	for (size_t i = 0; i < edge->evidence_count; i++) {
		buf_byte(&graph->sink.out, ' ');
		add_escaped(graph, edge->evidence[i].source);
		buf_format(&graph->sink.out, ":%llu", (unsigned long long)edge->evidence[i].line);
	}
	add_attributes(graph, chart->edge_columns, edge->attributes, chart->edge_column_count);
}

static void lines_close(struct graph *graph)
{
	buf_format(&graph->sink.out, "%zu nodes, %zu edges\n", graph->nodes.count, graph->edges.count);
}

static unsigned released;

static void lines_release(struct graph *graph)
{
	(void)graph;
	released++;
}

static const struct graph_format lines = {
	.name = "lines",
	.about = "for the tests",
	.open = lines_open,
	.node = lines_node,
	.edge = lines_edge,
	.close = lines_close,
	.release = lines_release,
};

/* --- a chart --------------------------------------------------------------- */

enum { ACCOUNT, NUMBER };
enum { DIALLED, PRESENTED };

static const struct graph_kind node_kinds[] = { { "account", "Account" }, { "number", "Number" } };
static const struct graph_kind edge_kinds[] = { { "dialled", "Dialled" }, { "presented", "Presented" } };
static const struct sheet_column node_columns[] = { { "spend", CELL_AMOUNT, NULL }, { "note", CELL_TEXT, NULL } };
static const struct sheet_column edge_columns[] = { { "talk", CELL_INTEGER, UNIT_SECONDS } };
static const struct graph_chart chart = {
	.title = "calls",
	.note = "1 of 3 suspects",
	.currency = "GBP",
	.node_kinds = node_kinds,
	.node_kind_count = COUNT(node_kinds),
	.edge_kinds = edge_kinds,
	.edge_kind_count = COUNT(edge_kinds),
	.node_columns = node_columns,
	.node_column_count = COUNT(node_columns),
	.edge_columns = edge_columns,
	.edge_column_count = COUNT(edge_columns),
};

static const struct cell no_cells[2];

static struct graph_node node_of(struct text id, unsigned kind)
{
	return (struct graph_node){ .id = id, .kind = kind, .label = TEXT("x"), .attributes = no_cells };
}

static struct graph_edge edge_of(struct text from, struct text to, unsigned kind)
{
	return (struct graph_edge){ .from = from, .to = to, .kind = kind, .label = TEXT("e"), .attributes = no_cells };
}

static struct graph open_lines(struct buf *out)
{
	const struct graph_options options = { .format = &lines, .chart = &chart, .write = keep, .context = out };
	struct graph graph;

	OK(&tap, graph_open(&graph, &options) == STATUS_OK, "a chart");
	return graph;
}

static void test_chart(void)
{
	const struct writer_document document = { .made = 7 };
	struct buf out = { 0 };
	const struct graph_options options = {
		.format = &lines, .chart = &chart, .document = &document, .write = keep, .context = &out };
	const struct cell rich[] = { cell_read(CELL_AMOUNT, text_of("1641.84")), cell_of(CELL_TEXT, TEXT("100%\n")) };
	const struct cell talk = cell_read(CELL_INTEGER, text_of("61"));
	const struct graph_evidence evidence[] = { { TEXT("a.csv"), 2 }, { TEXT("b c.csv"), 9 } };
	const struct graph_node nodes[] = {
		{ TEXT("account:59"), ACCOUNT, TEXT("<b>\x1b\xff"), rich },
		{ TEXT("number:+442079460101"), NUMBER, TEXT("+442079460101"), no_cells },
	};
	const struct graph_edge edges[] = {
		{ nodes[0].id, nodes[1].id, DIALLED, TEXT("17 calls"), &talk, evidence, 2 },
		{ nodes[0].id, nodes[1].id, PRESENTED, TEXT(""), no_cells, NULL, 0 },
		{ nodes[1].id, nodes[0].id, DIALLED, TEXT("back"), no_cells, NULL, 0 },
		{ nodes[0].id, nodes[0].id, DIALLED, TEXT("itself"), no_cells, NULL, 0 },
	};
	struct graph graph;
	bool good = graph_open(&graph, &options) == STATUS_OK;

	for (size_t i = 0; i < COUNT(nodes); i++)
		good = good && graph_node(&graph, &nodes[i]) == STATUS_OK;
	for (size_t i = 0; i < COUNT(edges); i++)
		good = good && graph_edge(&graph, &edges[i]) == STATUS_OK;
	OK(&tap, good && graph_close(&graph) == STATUS_OK, "a chart is written");
	OK(&tap, tap_same(out.data, "chart calls, 1 of 3 suspects, 7\nkey talk seconds\n"
				    "n0 account account:59 <b>%1b%ff spend=164184/2 note=100%25%0a\n"
				    "n1 number number:+442079460101 +442079460101\n"
				    "n0 n1 Dialled 17%20calls a.csv:2 b%20c.csv:9 talk=61/0\n"
				    "n0 n1 Presented \nn1 n0 Dialled back\nn0 n0 Dialled itself\n2 nodes, 4 edges\n"),
	   "with all that the format was told: %s", out.data);
	OK(&tap, graph_node(&graph, &nodes[0]) == STATUS_FAILED && graph_edge(&graph, &edges[0]) == STATUS_FAILED &&
			 graph_close(&graph) == STATUS_FAILED, "and takes no more: %s", graph.error.text);
	released = 0;
	graph_release(&graph);
	graph_release(&graph);
	OK(&tap, released == 1, "and released once");
	OK(&tap, graph_node(&graph, &nodes[0]) == STATUS_FAILED, "what is not open takes nothing");
	graph_release(&graph);
	buf_release(&out);
}

/* What is refused is told, stays so, and the format does not see it. */
static void is_refused(struct graph *graph, enum status status, const char *text)
{
	const struct graph_node other = node_of(TEXT("other"), ACCOUNT);

	OK(&tap, status == STATUS_FAILED && tap_same(graph->error.text, text), "%s", graph->error.text);
	OK(&tap, graph_node(graph, &other) == STATUS_FAILED && graph_close(graph) == STATUS_FAILED &&
			 tap_same(graph->error.text, text), "and stays so");
	graph_release(graph);
}

static void test_refused_nodes(void)
{
	const struct graph_node good = node_of(TEXT("a\nb"), ACCOUNT), empty = node_of(TEXT(""), ACCOUNT);
	const struct graph_node strange = node_of(TEXT("s"), COUNT(node_kinds));
	const struct graph_edge loop = edge_of(good.id, good.id, DIALLED);
	const struct graph_node late = node_of(TEXT("late"), ACCOUNT);
	struct buf out = { 0 };
	struct graph graph = open_lines(&out);

	is_refused(&graph, graph_node(&graph, &empty), "node '' of a chart has no id");
	graph = open_lines(&out);
	is_refused(&graph, graph_node(&graph, &strange), "node 's' of a chart is of a kind that the chart has not");
	graph = open_lines(&out);
	OK(&tap, graph_node(&graph, &good) == STATUS_OK, "a node");
	is_refused(&graph, graph_node(&graph, &good), "node 'a\\x0ab' of a chart is given twice");
	graph = open_lines(&out);
	OK(&tap, graph_node(&graph, &good) == STATUS_OK && graph_edge(&graph, &loop) == STATUS_OK, "a node and an edge");
	is_refused(&graph, graph_node(&graph, &late), "node 'late' of a chart comes behind an edge");
	OK(&tap, out.len == 0, "nothing was written");
	buf_release(&out);
}

static void test_refused_edges(void)
{
	const struct graph_node a = node_of(TEXT("a"), ACCOUNT), b = node_of(TEXT("b"), NUMBER);
	const struct {
		struct graph_edge first, second;
		const char *text;
	} samples[] = {
		{ edge_of(a.id, b.id, DIALLED), edge_of(a.id, TEXT("c"), DIALLED),
		  "edge 'a' to 'c' of a chart has an end that is no node of it" },
		{ edge_of(a.id, b.id, DIALLED), edge_of(TEXT(""), b.id, DIALLED),
		  "edge '' to 'b' of a chart has an end that is no node of it" },
		{ edge_of(a.id, b.id, DIALLED), edge_of(a.id, b.id, COUNT(edge_kinds)),
		  "edge 'a' to 'b' of a chart is of a kind that the chart has not" },
		{ edge_of(a.id, b.id, DIALLED), edge_of(a.id, b.id, DIALLED),
		  "edge 'a' to 'b' of a chart is given twice" },
	};
	struct buf out = { 0 };

	for (size_t i = 0; i < COUNT(samples); i++) {
		struct graph graph = open_lines(&out);

		OK(&tap, graph_node(&graph, &a) == STATUS_OK && graph_node(&graph, &b) == STATUS_OK &&
				 graph_edge(&graph, &samples[i].first) == STATUS_OK, "two nodes and an edge");
		is_refused(&graph, graph_edge(&graph, &samples[i].second), samples[i].text);
	}
	OK(&tap, out.len == 0, "nothing was written");
	buf_release(&out);
}

static void test_failures(void)
{
	const struct graph_node a = node_of(TEXT("a"), ACCOUNT);
	struct graph_edge poison = edge_of(a.id, a.id, DIALLED);
	struct graph_options options = { .format = &lines, .chart = &chart, .write = refuse_all };
	struct graph_format binary = lines;
	struct buf out = { 0 };
	struct graph graph = open_lines(&out);

	poison.label = TEXT("poison");
	(void)graph_node(&graph, &a);
	is_refused(&graph, graph_edge(&graph, &poison), "format lines cannot draw poison");
	OK(&tap, graph_open(&graph, &options) == STATUS_OK, "a chart for a sink that takes nothing");
	is_refused(&graph, graph_close(&graph), "the output could not be written");
	binary.flags = WRITER_BINARY;
	options.format = &binary;
	options.terminal = true;
	OK(&tap, graph_open(&graph, &options) == STATUS_USAGE && strstr(graph.error.text, "format lines is binary"),
	   "a binary one on a terminal: %s", graph.error.text);
	OK(&tap, graph_close(&graph) == STATUS_USAGE, "and stays so");
	graph_release(&graph);
	buf_release(&out);
}

static void test_formats(void)
{
	for (size_t i = 0; graph_format_at(i); i++)
		OK(&tap, graph_format_find(graph_format_at(i)->name) == graph_format_at(i), "format %zu is found", i);
	OK(&tap, !graph_format_find("lines") && !graph_format_at(1000), "a format of the tests is none of the program's");
}

int main(void)
{
	test_chart();
	test_refused_nodes();
	test_refused_edges();
	test_failures();
	test_formats();
	return tap_done(&tap);
}
