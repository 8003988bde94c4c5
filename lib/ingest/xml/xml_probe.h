/* SPDX-License-Identifier: Apache-2.0 */
/* Members that are one row: looked at once to tell whether they are like others, and not read again for
 * their row. */
#ifndef UNSPOOF_INGEST_XML_XML_PROBE_H
#define UNSPOOF_INGEST_XML_XML_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/table/dictionary.h"
#include "ingest/xml/xml_items.h"

/* Bytes of all signatures that are known. */
#define XML_PROBE_MOST (4u << 20)

/* Zeroed is closed. */
struct xml_probe {
	struct xml_row row;             /* of the member read last, where it was one row */
	struct buf signature;           /* the same; empty: there is none */
	struct dictionary known;
	size_t bytes;
};

/* False: no memory; close it all the same. Columns and encoding outlive it. */
bool xml_probe_open(struct xml_probe *probe, const struct json_columns *columns, const char *encoding);
void xml_probe_close(struct xml_probe *probe);

/* Reads a whole member. *known: it is one row, and one of its signature was taken. False: no memory. */
bool xml_probe_read(struct xml_probe *probe, const struct xml_place *place, struct text member, bool *known);
/* Takes the signature of the member read last, if it has one. False: no memory. */
bool xml_probe_take(struct xml_probe *probe);
/* The row of the member read last is at hand; else NULL. */
struct xml_row *xml_probe_row(struct xml_probe *probe);

#endif
