/* SPDX-License-Identifier: Apache-2.0 */
/* What a table is called and what its columns hold, told to a writer before its rows. */
#ifndef UNSPOOF_OUTPUT_SHEET_H
#define UNSPOOF_OUTPUT_SHEET_H

#include <stddef.h>

#include "output/cell.h"

#define UNIT_SECONDS "seconds"
#define UNIT_BYTES "bytes"
#define UNIT_DAYS "days"

/* A column: its name is the header and the key in JSON. */
struct sheet_column {
	const char *name;
	enum cell_type type;
	/* What its values are counted in: UNIT_SECONDS, UNIT_BYTES, UNIT_DAYS; of a
	 * CELL_AMOUNT, the name of the column of the same sheet that has its
	 * currency, or NULL: that of the sheet. NULL otherwise: no quantity,
	 * or things that are counted. */
	const char *unit;
};

/* A table. All texts are borrowed, as long as it is written. */
struct sheet {
	const char *name;       /* one word, as "suspects"; NULL: it has none */
	const char *title;      /* one line for people; or NULL */
	const char *note;       /* what must be told beside it, as what was left out; or NULL */
	const char *currency;   /* of amounts whose column names none; or NULL */
	const struct sheet_column *columns;
	size_t count;           /* of columns, 1 or more */
};

#endif
