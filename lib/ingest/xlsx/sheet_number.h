/* SPDX-License-Identifier: Apache-2.0 */
/* A number of a cell as it is shown, and what a spreadsheet has done to it. */
#ifndef UNSPOOF_INGEST_XLSX_SHEET_NUMBER_H
#define UNSPOOF_INGEST_XLSX_SHEET_NUMBER_H

#include "ingest/xlsx/serial_date.h"
#include "ingest/xlsx/sheet_rows.h"

/* The text of a number as it stands in the file, or a time in room where the cell has such a style
 * and it is one; what is lost is counted with the line of the row. */
struct text sheet_number(struct text number, enum number_style style, bool since_1904, uint64_t line,
			 struct sheet_findings *findings, char room[SERIAL_DATE_ROOM]);

#endif
