/* SPDX-License-Identifier: Apache-2.0 */
/* The tables of a case that a user can ask for. */
#ifndef UNSPOOF_EXPORT_TABLES_H
#define UNSPOOF_EXPORT_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/observer.h"
#include "casefile/casefile.h"
#include "casefile/seal.h"
#include "output/writer.h"

/* What a table can be ranked by; bits. */
enum table_key {
	KEY_SPEND = 1,
	KEY_VICTIMS = 2,
	KEY_CALLS = 4,
	KEY_LOSS = 8
};

/* What a column is made of. A column with several is of the last of these. */
enum column_kind {
	COLUMN_UNTOLD,          /* of none: each says what it is */
	COLUMN_FOUND,           /* as it stands in the sources, or was counted or recorded */
	COLUMN_UNDERSTOOD,      /* read from that, by rules */
	COLUMN_CONCLUDED,       /* drawn from what was understood, of many rows */
	COLUMN_ASSERTED         /* by an analyst, or unless told */
};

/* A column and the SQL expression that gives it. */
struct table_column {
	const char *name;
	enum cell_type type;
	const char *unit;               /* as in struct sheet_column */
	const char *sql;
	enum column_kind kind;
	const char *words;              /* what it is, in a few */
};

#define TABLE_COLUMNS_MOST 32

/* Columns of a table, in an order. */
struct table_picked {
	size_t columns[TABLE_COLUMNS_MOST];
	size_t count;
};

/* One table: its columns, and where their rows are. The SQL may use :currency,
 * :exponent, :key, :min and :top. */
struct table_definition {
	const char *name;
	const char *about;              /* one line */
	enum layer layer;
	unsigned keys;                  /* of enum table_key; 0: it has no ranking */
	const struct table_column *columns;
	size_t count;                   /* 1 to TABLE_COLUMNS_MOST */
	const char *from;               /* what follows the columns, from FROM on */
	/* Where it differs as long as there is no layer above; or NULL. */
	const char *from_found, *from_understood;
};

/* The table of a name, NULL when there is none. Static. */
const struct table_definition *table_find(const char *name);
/* Table i, from 0; NULL after the last. Static. */
const struct table_definition *table_at(size_t i);

/* STATUS_USAGE, with the names of those that there are. */
enum status table_unknown(const char *name, struct error *error);

/* Columns of a table, as a writer takes them. */
void table_columns(const struct table_definition *table, const struct table_picked *picked,
		   struct sheet_column columns[static TABLE_COLUMNS_MOST]);
/* Adds the statement of a table of a case whose last layer is `last`; it has all columns, in
 * which those that are not picked are NULL. */
void table_sql(const struct table_definition *table, const struct table_picked *picked, enum layer last,
	       struct buf *out);

struct export_options {
	const char *table;              /* its name */
	const char *columns;            /* names joined by commas, in the order wanted; NULL: all */
	/* Rows at most, 0: all. A table that can be ranked is ranked by its
	 * first key unless rank_by says otherwise. */
	uint64_t top;
	/* A decimal in the case's currency; rows with less spend are left out.
	 * NULL: none are. For tables with KEY_SPEND. */
	const char *min_spend;
	/* "spend", "victims", "calls" or "loss"; NULL: as the table is sorted. */
	const char *rank_by;
	const struct observer *observer;        /* may be NULL */
};

/* The currency of what was concluded (its code, NUL-terminated) and how many
 * decimals it has; of an unconcluded case "" and 0. */
struct export_money {
	char currency[16];
	unsigned exponent;
};

/* Whether a case concluded in this money would take the options: STATUS_USAGE, as
 * export_table() says it. */
enum status export_check(const struct export_options *options, const struct export_money *money, struct error *error);

/*
 * Writes a table through a writer that has not begun, and ends it. Reads only.
 * STATUS_USAGE: no such table, or an option that it does not take;
 * STATUS_FAILED: the layer is missing (the text says what to run first), the
 * output failed, no memory; STATUS_INTEGRITY: the case is damaged;
 * STATUS_INTERRUPTED. The text is in casefile->error.
 */
enum status export_table(struct casefile *casefile, const struct export_options *options, struct writer *writer);

/* The layer whose run made the rows of a table, which exists, as the case is: the one that
 * was decided, of decisions. */
enum status export_maker(struct casefile *casefile, const char *name, enum layer *layer);

enum status export_money(struct casefile *casefile, struct export_money *money);

#endif
