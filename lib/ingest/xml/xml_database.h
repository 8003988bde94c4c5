/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of XML that was made of a database, and where in it their rows stand. */
#ifndef UNSPOOF_INGEST_XML_XML_DATABASE_H
#define UNSPOOF_INGEST_XML_XML_DATABASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "ingest/format/stream.h"
#include "ingest/json/json_columns.h"
#include "ingest/xml/xml_cut.h"

/* Tables of a member, at most. */
#define XML_TABLES_MOST 4096

/* How a program writes it: rows are elements of a name, inside so many others. */
struct xml_database_kind {
	const char *root, *row, *what;
	uint64_t depth;
};

struct xml_table {
	struct stream stream;       /* first, so that it is found by it */
	size_t number;
	struct buf database, name;
	struct json_columns columns;
	uint64_t rows;              /* elements */
	struct buf first;           /* the first rows, with the length before each */
};

/* Zeroed but for its kind is empty. */
struct xml_database {
	const struct xml_database_kind *kind;
	struct xml_table **tables;
	size_t count, capacity;
	struct buf database;        /* that is gone over */
	struct buf tag;             /* the tag that said the table last */
	struct xml_table *now;      /* the table that is gone over; NULL: none is */
	size_t met;                 /* results of statements so far */
	bool timestamps;            /* some column is a TIMESTAMP */
};

/* By how it begins; NULL: it is none. */
const struct xml_database_kind *xml_database_kind(struct text start);
void xml_database_release(struct xml_database *database);

/* Takes a part, which may say whose rows follow, or whose it is. STATUS_SKIP: there are too many
 * tables, as the error says; or no memory. */
enum status xml_database_meet(struct xml_database *database, const struct xml_part *part, const char *shown,
			      struct error *error);
/* Keeps a part as one of the first rows of its table. False: no memory. */
bool xml_database_keep(struct xml_database *database, const struct xml_part *part);

/* Goes over it from its beginning, or within a table. */
void xml_database_begin(struct xml_database *database);
void xml_database_go_on(struct xml_database *database, size_t table);

/* Declares the stream of a table, once all are known: its name, which has that of the database
 * where another is called so, its columns and its sample. False: no memory. */
bool xml_table_settle(const struct xml_database *database, struct xml_table *table);

#endif
