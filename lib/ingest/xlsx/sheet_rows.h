/* SPDX-License-Identifier: Apache-2.0 */
/* The rows of a sheet (ECMA-376 part 1, 18.3), one after another, as their cells are shown. */
#ifndef UNSPOOF_INGEST_XLSX_SHEET_ROWS_H
#define UNSPOOF_INGEST_XLSX_SHEET_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "ingest/xlsx/package.h"
#include "ingest/xlsx/workbook.h"

/* What Excel has of columns and rows (XFD, 1048576), and bytes of a row. */
#define SHEET_COLUMNS 16384
#define SHEET_ROWS UINT64_C(1048576)
#define SHEET_ROW_BYTES (16u << 20)

/* What nobody would expect of the cells, counted. */
struct sheet_findings {
	uint64_t hidden_rows, hidden_columns, merged, formulas;
	uint64_t exponents, long_numbers, spoilt_line;  /* of an example */
	uint64_t whole, whole_line;         /* numbers of 9 to 15 digits */
	uint64_t dates, dates_with_seconds, inexact, impossible, impossible_line;
};

/* Offset and length are in the part, with what stands before it behind the row before. */
struct sheet_row {
	uint64_t line, offset, length;
	size_t first, count;        /* of its cells, up to the last that is not empty */
	size_t at, len;             /* all of them, with TABs between, in the bytes */
	const char *reason;         /* NULL: a row; else why it is none */
};

struct sheet_cell {
	size_t at, len;
};

/* Zeroed is closed; but for findings and line members are the module's own. */
struct sheet_rows {
	const struct shared_strings *strings;
	const struct styles *styles;
	bool since_1904;
	struct sheet_findings findings;
	/* Rows that wait. */
	struct sheet_row *rows;
	size_t next, count, capacity;
	struct sheet_cell *cells;
	size_t cell_count, cell_capacity;
	struct buf bytes;
	bool failed;                /* no memory */
	/* The row that is read, and its cell. */
	struct sheet_row row;
	uint64_t line, end;         /* of the row before */
	bool in_rows, in_row, in_cell, phonetic, takes, has_value;
	unsigned column;            /* from 1; 0: none yet */
	char type;                  /* n, s, b, e, d; t: as it is */
	enum number_style style;
	struct buf value;
	struct opened opened;
};

extern const struct part_handler sheet_rows_handler;

/* Texts and styles outlive it. */
void sheet_rows_begin(struct sheet_rows *rows, const struct shared_strings *strings,
		      const struct styles *styles, bool since_1904);
/* Reads a sheet of a workbook from its start. STATUS_END: it has no such part. */
enum status sheet_rows_open(struct sheet_rows *rows, struct workbook *workbook, size_t sheet,
			    struct error *error);
/* The next that waits, until there is none; false. Cells are views, with RECORD_READ bytes to be
 * read behind each, valid until sheet_rows_clear(). */
bool sheet_rows_take(struct sheet_rows *rows, struct sheet_row *row);
struct text sheet_rows_cell(const struct sheet_rows *rows, const struct sheet_row *row, size_t cell);
void sheet_rows_clear(struct sheet_rows *rows);
/* The next row. STATUS_END: there is none. Statuses of package_go_on(). */
enum status sheet_rows_next(struct sheet_rows *rows, struct sheet_row *row, struct error *error);
void sheet_rows_close(struct sheet_rows *rows);

#endif
