/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof export: a table of a case. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/money/money.h"
#include "casefile/sql.h"
#include "cmd/common/options.h"
#include "cmd/common/output.h"
#include "cmd/custody/citation.h"
#include "cmd/custody/manifest.h"
#include "export/columns.h"
#include "export/tables.h"

/* The values of the options. */
struct asked {
	struct export_options table;
	const char *format;
	const char *path;
	const char *manifest;
	bool force;
	bool exact;
	bool verbose;
};

#define SYNOPSIS "[OPTION]... CASE TABLE"

#define PLACE(member) offsetof(struct asked, member)

const struct step_option options_of_export[] = {
	{ 'f', "format", "FORMAT", HELP_FORMATS, OPTION_TEXT, PLACE(format), "of the suspects printed at the end", NULL, NULL },
	{ 0, "top", "N", "the first N rows of the ranking", OPTION_COUNT, PLACE(table.top), "print the first N suspects",
	  NULL, NULL },
	{ 0, "min-spend", "AMOUNT", "rows with this spend or more, in the case's currency", OPTION_TEXT,
	  PLACE(table.min_spend), "print suspects who spent this", NULL, NULL },
	{ 0, "rank-by", "KEY", "spend, victims, calls or loss", OPTION_TEXT, PLACE(table.rank_by), RUN_SAME, NULL, NULL },
	{ 0, "exact", NULL, HELP_EXACT, OPTION_FLAG, PLACE(exact), NULL, NULL, NULL },
	{ 'v', "verbose", NULL, HELP_VERBOSE, OPTION_FLAG, PLACE(verbose), NULL, NULL, NULL },
	{ 0, "columns", "LIST", "these, in this order; help: what there are, of TABLE", OPTION_TEXT,
	  PLACE(table.columns), NULL, NULL, NULL },
	{ 'o', "output", "FILE", "write to FILE, which appears when it is whole", OPTION_TEXT, PLACE(path), NULL, NULL, NULL },
	{ 0, "manifest", "FILE", "write the SHA-256 of the output, and its case, to FILE", OPTION_TEXT, PLACE(manifest), NULL,
	  NULL, NULL },
	{ 0, "force", NULL, "overwrite FILE", OPTION_FLAG, PLACE(force), NULL, NULL, NULL },
	{ 0 },
};
OPTION_TABLE_FITS(options_of_export, EXPORT_ROWS_MOST);

/* As a case would take them that was concluded in the currency that was told; in one that is not
 * known an amount cannot be judged. */
static enum status rehearse(struct invocation *inv, const struct asked *asked)
{
	const char *currency = inv->rehearsal->currency;
	const int exponent = currency_exponent(currency, strlen(currency));
	struct export_money money = { .exponent = exponent < 0 ? 0 : (unsigned)exponent };
	struct export_options table = asked->table;
	struct error error = { .status = STATUS_OK };
	enum status status = output_check(inv, asked->format);

	(void)snprintf(money.currency, sizeof(money.currency), "%s", currency);
	/* An amount in a currency that is not told is not looked at. */
	if (exponent < 0)
		table.min_spend = NULL;
	if (status == STATUS_OK && export_check(&table, &money, &error) != STATUS_OK)
		status = command_usage(inv, "%s", error.text);
	return status;
}

/* What is cited is of the same state of the case as the rows, so that a transaction begins. */
static enum status read_citation(struct casefile *casefile, const char *table, struct citation *citation)
{
	enum layer layer = LAYER_FOUND;
	enum status status = casefile_exec(casefile, "BEGIN");

	*citation = (struct citation){ .table = table };
	if (status == STATUS_OK)
		status = identity_read(casefile, &citation->identity);
	if (status == STATUS_OK)
		status = export_maker(casefile, table, &layer);
	if (status == STATUS_OK)
		status = identity_maker(casefile, layer, &citation->maker);
	return status;
}

/* The table, and behind it what case it is of. */
static enum status write_table(const struct asked *asked, struct casefile *casefile, struct writer *writer,
			       struct citation *citation)
{
	struct buf line = { 0 };
	enum status status = STATUS_OK;

	if (table_find(asked->table.table))
		status = read_citation(casefile, asked->table.table, citation);
	if (status == STATUS_OK)
		status = export_table(casefile, &asked->table, writer);
	if (status != STATUS_OK)
		return status;
	identity_text(&citation->identity, "\n", &line);
	if (line.failed)
		status = error_memory(&casefile->error);
	else if (writer_line(writer, buf_view(&line)) != STATUS_OK)
		status = error_set(&casefile->error, writer->error.status, "%s", writer->error.text);
	buf_release(&line);
	return status;
}

/* On a screen what case it is of stands below the table. */
static enum status export_to(struct output *output, const struct asked *asked, struct casefile *casefile,
			     struct citation *citation, uint64_t *rows)
{
	const bool shown = output->writer.options.format->flags & WRITER_ON_TERMINAL;
	const struct invocation *inv = output->inv;
	enum status status = write_table(asked, casefile, &output->writer, citation);

	*rows = output->writer.rows;
	status = output_close(output, status, &casefile->error);
	if (status == STATUS_OK && !shown)
		identity_cite(inv, citation);
	return status;
}

/* The manifest has its name last, so that it never stands without what it is of. */
static enum status export(struct invocation *inv, const struct asked *asked, struct casefile *casefile)
{
	struct manifest manifest;
	struct output output;
	struct citation citation = { .table = NULL };
	uint64_t rows = 0;
	enum status status = manifest_open(&manifest, inv, asked->manifest, asked->path, asked->force, casefile);

	if (status != STATUS_OK)
		return status;
	status = output_open(&output, inv, asked->format, asked->path, asked->force, casefile);
	if (status == STATUS_OK) {
		output.writer.options.exact = asked->exact;
		if (asked->manifest)
			output_hash(&output, manifest.sha256);
		status = export_to(&output, asked, casefile, &citation, &rows);
	}
	return manifest_close(&manifest, status, &citation, rows, asked->path);
}

/* What columns are needs no case; one that is given is not looked at. */
static enum status tell_columns(struct invocation *inv, const struct asked *asked)
{
	const char *table = inv->operand_count ? inv->operands[inv->operand_count - 1] : NULL;
	struct error error = { .status = STATUS_OK };
	struct output output;
	enum status status;

	if (asked->path || asked->manifest)
		return command_usage(inv, "--columns help goes to standard output alone");
	status = output_open(&output, inv, asked->format ? asked->format : "table", NULL, false, NULL);
	if (status != STATUS_OK)
		return status;
	status = columns_write(table, &output.writer, &error);
	return output_close(&output, status, &error);
}

enum status command_export(struct invocation *inv)
{
	struct asked asked = { .format = NULL };
	struct option_row rows[OPTION_ROWS] = { 0 };
	struct casefile casefile;
	enum status status;

	(void)step_option_rows(options_of_export, &asked, rows);
	if (!command_options(inv, SYNOPSIS, rows, 0, 2, &status))
		return status;
	if (asked.table.columns && !strcmp(asked.table.columns, "help"))
		return tell_columns(inv, &asked);
	if (inv->operand_count < 2)
		return command_usage(inv, "usage: unspoof export " SYNOPSIS);
	asked.table.table = inv->operands[1];
	if (inv->rehearsal)
		return rehearse(inv, &asked);
	command_catch_interrupts();
	status = command_open(inv, &casefile, inv->operands[0], CASEFILE_READ);
	if (status != STATUS_OK)
		return status;
	asked.table.observer = &inv->observer;
	status = export(inv, &asked, &casefile);
	if (status == STATUS_OK)
		status = output_tell_read(inv, &casefile, asked.verbose);
	casefile_close(&casefile);
	return status;
}
