/* SPDX-License-Identifier: Apache-2.0 */
/* Errors of libxml2, of which only want of memory is kept. */
#include "ingest/xml/xml_memory.h"

#include <libxml/globals.h>
#include <libxml/xmlerror.h>

static void hear(void *context, xmlErrorPtr error)
{
	struct xml_memory *memory = context;

	if (error->code == XML_ERR_NO_MEMORY)
		memory->wanted = true;
}

void xml_memory_begin(struct xml_memory *memory)
{
	memory->wanted = false;
	memory->context = xmlStructuredErrorContext;
	memory->hear = (void (*)(void))xmlStructuredError;
	xmlSetStructuredErrorFunc(memory, hear);
}

bool xml_memory_end(const struct xml_memory *memory)
{
	xmlSetStructuredErrorFunc(memory->context, (xmlStructuredErrorFunc)memory->hear);
	return !memory->wanted;
}
