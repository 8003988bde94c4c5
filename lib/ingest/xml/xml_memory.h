/* SPDX-License-Identifier: Apache-2.0 */
/* Whether libxml2 had memory for all that it was asked. It goes on without what it has none for, and later errors take the
 * place of that one, so that only whoever hears all of them knows. */
#ifndef UNSPOOF_INGEST_XML_XML_MEMORY_H
#define UNSPOOF_INGEST_XML_XML_MEMORY_H

#include <stdbool.h>

struct xml_memory {
	bool wanted;            /* something was left out */
	void *context;          /* who heard errors before */
	void (*hear)(void);
};

/* Hears the errors of this thread, which then print nothing, up to the end. */
void xml_memory_begin(struct xml_memory *memory);
/* False: there was not enough. */
bool xml_memory_end(const struct xml_memory *memory);

#endif
