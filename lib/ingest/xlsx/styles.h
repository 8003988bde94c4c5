/* SPDX-License-Identifier: Apache-2.0 */
/* What the numbers of a workbook are by the styles of their cells (ECMA-376 part 1, 18.8). */
#ifndef UNSPOOF_INGEST_XLSX_STYLES_H
#define UNSPOOF_INGEST_XLSX_STYLES_H

#include <stdbool.h>
#include <stdint.h>

#include "ingest/xlsx/part.h"
#include "ingest/xlsx/serial_date.h"

/* Styles and formats that are kept; a program has no more than 65,490. */
#define STYLES_MOST 65536

struct own_format {
	uint64_t id;
	enum number_style style;
};

/* Zeroed is empty: all are numbers. */
struct styles {
	struct own_format *formats;
	size_t format_count, format_capacity;
	unsigned char *cells;       /* enum number_style of each style of a cell */
	size_t count, capacity;
	bool within;                /* the list of styles of cells */
	bool failed;                /* no memory */
};

extern const struct part_handler styles_handler;

enum number_style styles_at(const struct styles *styles, uint64_t number);
void styles_release(struct styles *styles);

#endif
