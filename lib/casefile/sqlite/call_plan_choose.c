/* SPDX-License-Identifier: Apache-2.0 */
/* Which conditions of a statement spare rows of `call`, and which order it can have. */
#include "casefile/sqlite/call_compared.h"
#include "casefile/sqlite/call_plan.h"

#define EQUAL 1u               /* = X */
#define AMONG 2u               /* IN (...) */
#define RANGE 4u               /* <, <=, >, >= */

/* The columns of which conditions are made use of, those that leave the fewest rows first.
 * A reading is left to SQLite where it is one: it would be asked for again and again. */
static const struct usable {
	int column;
	unsigned how;
} usable[] = {
	{ CALL_COLUMN_ID, EQUAL | RANGE },
	{ CALL_COLUMN_SOURCE, EQUAL | AMONG },
	{ CALL_COLUMN_TWIN, EQUAL },
	{ CALL_COLUMN_DIALLED_E164, EQUAL | AMONG },
	{ CALL_COLUMN_PRESENTED_E164, EQUAL | AMONG },
	{ CALL_COLUMN_ACCOUNT_KEY, EQUAL | AMONG },
	{ CALL_COLUMN_DIALLED_READING, AMONG },
	{ CALL_COLUMN_PRESENTED_READING, AMONG },
	{ CALL_COLUMN_STARTED_UTC, EQUAL | RANGE },
};

#define USABLE (sizeof(usable) / sizeof(usable[0]))

/* Whether SQLite gives the values of an IN all at once. A host that loads us may be older
 * than what we were compiled for. */
static bool is_list(sqlite3_index_info *info, int i)
{
#if SQLITE_VERSION_NUMBER >= 3038000
	return sqlite3_libversion_number() >= 3038000 && sqlite3_vtab_in(info, i, -1);
#else
	(void)info;
	(void)i;
	return false;
#endif
}

static void take_list(sqlite3_index_info *info, int i)
{
#if SQLITE_VERSION_NUMBER >= 3038000
	(void)sqlite3_vtab_in(info, i, 1);
#else
	(void)info;
	(void)i;
#endif
}

/* How a condition compares, 0: as we make no use of. */
static char compared(sqlite3_index_info *info, int i, unsigned how)
{
	switch (info->aConstraint[i].op) {
	case SQLITE_INDEX_CONSTRAINT_EQ:
		if ((how & AMONG) && is_list(info, i))
			return IN;
		return how & EQUAL ? IS : 0;
	case SQLITE_INDEX_CONSTRAINT_LT:
		return how & RANGE ? BELOW : 0;
	case SQLITE_INDEX_CONSTRAINT_LE:
		return how & RANGE ? UP_TO : 0;
	case SQLITE_INDEX_CONSTRAINT_GT:
		return how & RANGE ? ABOVE : 0;
	case SQLITE_INDEX_CONSTRAINT_GE:
		return how & RANGE ? FROM : 0;
	default:
		return 0;
	}
}

/* What conditions there are. */
struct chosen {
	sqlite3_str *text;
	int count, texts;
	bool id, source, values, range;
};

static void note(struct chosen *chosen, int column, char how)
{
	if (how != IS && how != IN)
		chosen->range = true;
	else if (column == CALL_COLUMN_ID)
		chosen->id = true;
	else if (column == CALL_COLUMN_SOURCE)
		chosen->source = true;
	else
		chosen->values = column != CALL_COLUMN_STARTED_UTC || chosen->values;
}

/* The conditions of a column. */
static void choose_column(sqlite3_index_info *info, const struct usable *use, struct chosen *chosen)
{
	for (int i = 0; i < info->nConstraint && chosen->count < CONDITIONS_MOST; i++) {
		const struct sqlite3_index_constraint *c = &info->aConstraint[i];
		const bool same = c->iColumn == use->column || (use->column == CALL_COLUMN_ID && c->iColumn < 0);
		const char how = c->usable && same ? compared(info, i, use->how) : 0;

		if (!how)
			continue;
		if (how == IN)
			take_list(info, i);
		info->aConstraintUsage[i].argvIndex = ++chosen->count;
		sqlite3_str_appendf(chosen->text, " %d%c", use->column, how);
		note(chosen, use->column, how);
	}
}

/* Found texts, compared byte for byte. They change no costs: joins go as they would without. */
static void choose_texts(sqlite3_index_info *info, struct chosen *chosen)
{
	for (int i = 0; i < info->nConstraint && chosen->texts < CALL_TEXTS && chosen->count < CONDITIONS_MOST; i++) {
		const struct sqlite3_index_constraint *c = &info->aConstraint[i];
		const char how = c->usable && call_column_is_text(c->iColumn) ? compared(info, i, EQUAL | AMONG) : 0;

		if (!how || sqlite3_stricmp(sqlite3_vtab_collation(info, i), "BINARY"))
			continue;
		if (how == IN)
			take_list(info, i);
		info->aConstraintUsage[i].argvIndex = ++chosen->count;
		sqlite3_str_appendf(chosen->text, " %d%c", c->iColumn, how);
		chosen->texts++;
	}
}

/* Costs in the size of a case, not of this one: they only order plans. */
static void set_costs(sqlite3_index_info *info, const struct chosen *chosen)
{
	if (chosen->id) {
		info->estimatedCost = 100;
		info->estimatedRows = 1;
		info->idxFlags |= SQLITE_INDEX_SCAN_UNIQUE;
		return;
	}
	info->estimatedCost = chosen->source ? 1e6 : 1e7;
	info->estimatedRows = chosen->source ? 1000000 : 10000000;
	if (chosen->values) {
		info->estimatedCost /= 4;
		info->estimatedRows /= 10000;
	} else if (chosen->range) {
		info->estimatedCost /= 2;
		info->estimatedRows /= 10;
	}
}

/* Whether SQLite wants rows in order of one column, the least values first. Of DISTINCT alone
 * it does not say which row is to stay, and stays with the first. */
static bool wants_order(sqlite3_index_info *info)
{
	if (info->nOrderBy != 1 || info->aOrderBy[0].desc)
		return false;
#if SQLITE_VERSION_NUMBER >= 3038000
	return sqlite3_libversion_number() < 3038000 || sqlite3_vtab_distinct(info) != 2;
#else
	return true;
#endif
}

/* Whether there are few texts of a role beside the calls: those of others are as well sorted as rows. */
static bool has_few(int column)
{
	switch (column - CALL_COLUMN_ROLE) {
	case CALL_ID:
	case CALL_STARTED:
	case CALL_ANSWERED_AT:
	case CALL_ENDED:
	case CALL_DIALLED:
		return false;
	default:
		return call_column_is_text(column);
	}
}

/* The column in whose order rows are given; 0: none. Only columns as understood can be put in
 * order, and a found text among them. */
static int choose_order(sqlite3_index_info *info, const struct chosen *chosen)
{
	const uint64_t found = (UINT64_C(1) << CALL_COLUMN_ACCOUNT_KEY) - 1;

	if (chosen->id || !wants_order(info))
		return 0;
	if (has_few(info->aOrderBy[0].iColumn) &&
	    (info->colUsed & found) == UINT64_C(1) << info->aOrderBy[0].iColumn)
		return info->aOrderBy[0].iColumn;
	if (info->colUsed & found)
		return 0;
	switch (info->aOrderBy[0].iColumn) {
	case CALL_COLUMN_ACCOUNT_KEY:
	case CALL_COLUMN_PRESENTED_E164:
	case CALL_COLUMN_PRESENTED_READING:
	case CALL_COLUMN_DIALLED_E164:
	case CALL_COLUMN_DIALLED_READING:
	case CALL_COLUMN_ANSWERED:
	case CALL_COLUMN_FLAGS:
		return info->aOrderBy[0].iColumn;
	default:
		return 0;
	}
}

static void order(sqlite3_index_info *info, const struct chosen *chosen)
{
	const int column = choose_order(info, chosen);

	if (info->nOrderBy == 1 && !info->aOrderBy[0].desc && info->aOrderBy[0].iColumn <= CALL_COLUMN_ID)
		info->orderByConsumed = 1;
	if (column == 0)
		return;
	info->orderByConsumed = 1;
	sqlite3_str_appendf(chosen->text, " %d%c", column, GROUPED);
}

int call_plan_choose(sqlite3_index_info *info)
{
	struct chosen chosen = { .text = sqlite3_str_new(NULL) };

	sqlite3_str_appendf(chosen.text, "%llx", (unsigned long long)info->colUsed);
	for (size_t i = 0; i < USABLE; i++)
		choose_column(info, &usable[i], &chosen);
	choose_texts(info, &chosen);
	order(info, &chosen);
	set_costs(info, &chosen);
	info->idxStr = sqlite3_str_finish(chosen.text);
	info->needToFreeIdxStr = 1;
	return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}
