/* SPDX-License-Identifier: Apache-2.0 */
/* A part of a workbook, XML, as what its elements are, piece by piece. */
#include "ingest/xlsx/part.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/xml/xml_memory.h"

struct part {
	const struct part_handler *handler;
	void *context;
	xmlParserCtxtPtr parser;
	bool stopped, typed;
	bool wanted;            /* there was no memory for something */
};

static void start(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int spaces,
		  const xmlChar **space, int count, int defaulted, const xmlChar **values)
{
	struct part *part = context;
	const struct attributes attributes = { values, count > 0 ? (size_t)count : 0 };

	(void)prefix, (void)uri, (void)spaces, (void)space, (void)defaulted;
	if (!part->stopped)
		part->handler->start(part->context, part, (const char *)name, &attributes);
}

static void end(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct part *part = context;

	(void)prefix, (void)uri;
	if (!part->stopped)
		part->handler->end(part->context, part, (const char *)name);
}

static void characters(void *context, const xmlChar *data, int len)
{
	struct part *part = context;

	if (!part->stopped && len > 0)
		part->handler->text(part->context, (struct text){ (const char *)data, (size_t)len });
}

/* No part of a workbook has one (ECMA-376 part 2, 8.1.2). */
static void document_type(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	struct part *part = context;

	(void)name, (void)external, (void)system;
	part->typed = true;
	xmlStopParser(part->parser);
}

struct part *part_new(const struct part_handler *handler, void *context)
{
	struct part *part = calloc(1, sizeof(*part));
	struct xml_memory memory;
	xmlSAXHandler sax;

	if (!part)
		return NULL;
	memset(&sax, 0, sizeof(sax));
	sax.initialized = XML_SAX2_MAGIC;
	sax.startElementNs = start;
	sax.endElementNs = end;
	sax.characters = sax.cdataBlock = sax.ignorableWhitespace = characters;
	sax.internalSubset = document_type;
	part->handler = handler;
	part->context = context;
	xml_memory_begin(&memory);
	part->parser = xmlCreatePushParserCtxt(&sax, part, NULL, 0, NULL);
	/* Of entities there are those of XML itself, for without a document type there are no others. */
	if (part->parser)
		(void)xmlCtxtUseOptions(part->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
	if (xml_memory_end(&memory) && part->parser)
		return part;
	part_free(part);
	return NULL;
}

void part_free(struct part *part)
{
	if (!part)
		return;
	if (part->parser)
		xmlFreeDoc(part->parser->myDoc);
	if (part->parser)
		xmlFreeParserCtxt(part->parser);
	free(part);
}

bool part_give(struct part *part, const char *data, size_t len, bool last)
{
	struct xml_memory memory;
	int code;

	xml_memory_begin(&memory);
	code = xmlParseChunk(part->parser, data, (int)len, last);
	part->wanted = !xml_memory_end(&memory) || part->wanted;
	return !part->stopped && !part->wanted && !part->typed && code == XML_ERR_OK && part->parser->wellFormed;
}

void part_stop(struct part *part)
{
	part->stopped = true;
	xmlStopParser(part->parser);
}

bool part_stopped(const struct part *part)
{
	return part->stopped;
}

const char *part_failed(const struct part *part)
{
	if (part->typed)
		return "has a document type, which no part of a workbook has";
	return part->wanted ? NULL : "is no well-formed XML";
}

uint64_t part_offset(const struct part *part)
{
	const long consumed = xmlByteConsumed(part->parser);

	return consumed > 0 ? (uint64_t)consumed : 0;
}

/* libxml2 gives each as name, prefix, namespace, begin and end of the value. */
struct text attribute(const struct attributes *attributes, const char *name)
{
	const xmlChar *const *values = attributes->values;

	for (size_t i = 0; i < attributes->count; i++, values += 5)
		if (!strcmp((const char *)values[0], name))
			return (struct text){ (const char *)values[3], (size_t)(values[4] - values[3]) };
	return (struct text){ NULL, 0 };
}

bool attribute_is_true(const struct attributes *attributes, const char *name)
{
	const struct text value = attribute(attributes, name);

	return text_is(value, "1") || text_is(value, "true");
}
