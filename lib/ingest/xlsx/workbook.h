/* SPDX-License-Identifier: Apache-2.0 */
/* What a workbook has: its sheets, its texts and styles (ECMA-376 part 1, 18.2). */
#ifndef UNSPOOF_INGEST_XLSX_WORKBOOK_H
#define UNSPOOF_INGEST_XLSX_WORKBOOK_H

#include "ingest/xlsx/package.h"
#include "ingest/xlsx/shared_strings.h"
#include "ingest/xlsx/styles.h"

/* Sheets and relations that are kept. */
#define WORKBOOK_SHEETS 1000
#define WORKBOOK_RELATIONS 4000

struct relation {
	struct buf id, target, type;
};

struct relations {
	struct relation *items;
	size_t count, capacity;
	bool failed;
};

struct sheet_entry {
	struct buf name, relation;
	struct buf part;            /* its name in the package; empty: it is no sheet of cells */
	bool hidden;
};

/* Zeroed is empty. */
struct workbook {
	struct package package;
	struct sheet_entry *sheets;
	size_t count, capacity;
	bool since_1904;
	bool failed;                /* no memory */
	struct shared_strings strings;
	struct styles styles;
};

/* Of a member that is settled. STATUS_SKIP: it is no workbook that can be read, as the error says.
 * Release it also then. */
enum status workbook_open(struct workbook *workbook, struct dump *dump, const char *shown, struct error *error);
void workbook_release(struct workbook *workbook);

#endif
