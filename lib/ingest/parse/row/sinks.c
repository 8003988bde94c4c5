/* SPDX-License-Identifier: Apache-2.0 */
/* The sinks of one thread, one a stream. */
#include "ingest/parse/row/sinks.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static struct row_sink *open_sink(const struct stream *stream)
{
	struct row_sink *sink = malloc(sizeof(*sink));

	if (sink && !row_sink_open(sink, stream->plan, stream->encoding)) {
		row_sink_release(sink);
		free(sink);
		return NULL;
	}
	return sink;
}

struct row_sink *sinks_of(struct sinks *sinks, const struct stream *stream)
{
	void *items = sinks->items;

	if (!memory_room(&items, &sinks->capacity, (size_t)stream->number + 1,
			 sizeof(*sinks->items)))
		return NULL;
	sinks->items = items;
	while (sinks->count <= stream->number)
		sinks->items[sinks->count++] = NULL;
	if (!sinks->items[stream->number])
		sinks->items[stream->number] = open_sink(stream);
	return sinks->items[stream->number];
}

void sinks_hand_over(struct sinks *sinks)
{
	for (size_t i = 0; i < sinks->count; i++)
		if (sinks->items[i])
			row_sink_hand_over(sinks->items[i]);
}

void sinks_release(struct sinks *sinks)
{
	for (size_t i = 0; i < sinks->count; i++) {
		if (sinks->items[i])
			row_sink_release(sinks->items[i]);
		free(sinks->items[i]);
	}
	free(sinks->items);
	memset(sinks, 0, sizeof(*sinks));
}
