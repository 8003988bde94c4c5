/* SPDX-License-Identifier: Apache-2.0 */
/* Start tags of XML, one by one. */
#ifndef UNSPOOF_INGEST_XML_XML_TAG_H
#define UNSPOOF_INGEST_XML_XML_TAG_H

#include <stdbool.h>

#include "base/text.h"

/* What an attribute of a start tag says, behind what value has; *found: it is there. False: no
 * memory. */
bool xml_tag_attribute(struct text tag, const char *name, struct buf *value, bool *found);

/* The table that a statement reads, as in SELECT a FROM b.`table` WHERE...; empty: none is seen. */
struct text xml_statement_table(struct text statement);

#endif
