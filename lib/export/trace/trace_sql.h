/* SPDX-License-Identifier: Apache-2.0 */
/* The figures that can be traced: what the case says, and the rows that say so. */
#ifndef UNSPOOF_EXPORT_TRACE_TRACE_SQL_H
#define UNSPOOF_EXPORT_TRACE_TRACE_SQL_H

/* How rows make a figure. */
enum trace_how {
	TRACE_COUNT,           /* each is 1 */
	TRACE_MONEY,           /* minor units of the currency of the case, added up */
	TRACE_SECONDS,         /* milliseconds, added up */
	TRACE_TIME             /* the one row has it: seconds since 1970 UTC */
};

/* The columns of the rows of a figure. */
enum trace_column {
	TRACE_WHAT,            /* which thing is counted: a call, a number, a payment */
	TRACE_VALUE,           /* as found */
	TRACE_ADDS,            /* an integer or an amount, see table/amount.h */
	TRACE_RULE,            /* how it came about; or NULL */
	TRACE_SOURCE, TRACE_LINE, TRACE_OFFSET, TRACE_LENGTH,
	TRACE_COLUMNS
};

struct trace_figure {
	const char *name;      /* a column of the table of the thing */
	enum trace_how how;
	const char *stated;    /* a column of its row in the case */
	const char *rows;      /* a statement, behind the scope of the thing */
};

/* Parameters of all statements: :id, :other, as the thing says. */
struct trace_thing {
	const char *name;
	const char *from;      /* its row in the case: ` FROM ... WHERE` */
	const char *scope;     /* a WITH clause, which the rows of a figure begin with */
	const struct trace_figure *figures;   /* ends with one without a name */
};

/* "suspect", "account", "victim", "presentation"; ends with one without a name. Static. */
extern const struct trace_thing trace_things[];

#endif
