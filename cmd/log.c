/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof log: who did what to a case, and who read it. */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "casefile/custody/custody_kind.h"
#include "casefile/custody/log_read.h"
#include "casefile/custody/run_list.h"
#include "casefile/runs.h"
#include "cmd/common/output.h"

#define SHOWN 300
#define SAID_MOST 10       /* lines that do not hold, of which each is said */
#define ALL_KINDS ((1u << CUSTODY_KINDS) - 1)

/* The columns of a file, of which the table for the eye has some. */
enum column {
	LOG_AT, LOG_KIND, LOG_OPERATOR, LOG_COMMAND, LOG_PURPOSE, LOG_ROWS, LOG_EYE,
	LOG_RECIPIENT = LOG_EYE, LOG_CHAIN, LOG_NUMBER, LOG_ARGUMENTS, LOG_VERSION, LOG_INPUTS, LOG_OUTPUTS, LOG_SHA256,
	LOG_STATUS, LOG_CASE, LOG_HEAD, LOG_PREVIOUS, LOG_HASH, LOG_PROBLEM, LOG_COLUMNS
};

static const struct sheet_column columns[LOG_COLUMNS] = {
	{ "time", CELL_TIME, NULL },
	{ "kind", CELL_ID, NULL },
	{ "operator", CELL_TEXT, NULL },
	{ "command", CELL_ID, NULL },
	{ "purpose", CELL_TEXT, NULL },
	{ "rows", CELL_INTEGER, NULL },
	{ "recipient", CELL_TEXT, NULL },
	{ "chain", CELL_ID, NULL },
	{ "number", CELL_INTEGER, NULL },
	{ "arguments", CELL_TEXT, NULL },
	{ "version", CELL_TEXT, NULL },
	{ "inputs", CELL_TEXT, NULL },
	{ "outputs", CELL_TEXT, NULL },
	{ "sha256", CELL_ID, NULL },
	{ "status", CELL_INTEGER, NULL },
	{ "case", CELL_ID, NULL },
	{ "head", CELL_ID, NULL },
	{ "previous", CELL_ID, NULL },
	{ "hash", CELL_ID, NULL },
	{ "problem", CELL_TEXT, NULL },
};

/* One run of the command. */
struct log_job {
	struct invocation *inv;
	const char *format;
	bool json, runs_only;
	unsigned kinds;        /* bits: what is printed */
	struct casefile casefile;
	struct run_list runs;
	struct log_reader log;
	struct buf path;       /* of the log */
	bool more;             /* the reader has a line */
	bool eye;              /* it is a table for people */
	struct output output;
	struct buf purpose;    /* for them, with the recipient */
	struct buf said;       /* lines that do not hold, to be said at the end */
	uint64_t broken;       /* how many they are */
	uint64_t cut;
};

/* ---- what is printed ---- */

static struct cell text_cell(enum cell_type type, struct text text)
{
	return cell_of(type, text.len ? text : text_of(NULL));
}

static struct cell count_cell(uint64_t count, char room[static 24])
{
	(void)snprintf(room, 24, "%llu", (unsigned long long)count);
	return cell_read(CELL_INTEGER, text_of(room));
}

/* Whom it was for stands behind the purpose. */
static void add_recipient(struct log_job *job, struct cell *cells)
{
	const struct text recipient = cells[LOG_RECIPIENT].text;

	if (!job->eye || !recipient.len)
		return;
	buf_clear(&job->purpose);
	if (cells[LOG_PURPOSE].text.len)
		buf_add(&job->purpose, cells[LOG_PURPOSE].text.data, cells[LOG_PURPOSE].text.len);
	buf_text(&job->purpose, cells[LOG_PURPOSE].text.len ? ", for " : "for ");
	buf_add(&job->purpose, recipient.data, recipient.len);
	cells[LOG_PURPOSE].text = buf_view(&job->purpose);
}

static enum status put(struct log_job *job, struct cell *cells)
{
	add_recipient(job, cells);
	if (job->purpose.failed)
		return error_memory(&job->output.writer.error);
	return writer_row(&job->output.writer, cells);
}

static void clear(struct cell cells[static LOG_COLUMNS])
{
	for (int i = 0; i < LOG_COLUMNS; i++)
		cells[i] = cell_of(columns[i].type, text_of(NULL));
}

static enum status put_run(struct log_job *job, size_t item)
{
	static const struct {
		enum column column;
		enum run_text text;
	} texts[] = {
		{ LOG_OPERATOR, RUN_OPERATOR }, { LOG_COMMAND, RUN_COMMAND }, { LOG_PURPOSE, RUN_PURPOSE },
		{ LOG_RECIPIENT, RUN_RECIPIENT }, { LOG_ARGUMENTS, RUN_ARGUMENTS }, { LOG_VERSION, RUN_VERSION },
		{ LOG_INPUTS, RUN_INPUTS }, { LOG_OUTPUTS, RUN_OUTPUTS }, { LOG_PREVIOUS, RUN_PREVIOUS },
		{ LOG_HASH, RUN_HASH },
	};
	const struct run_list *runs = &job->runs;
	const enum custody_kind kind = custody_kind_of_run(run_list_text(runs, item, RUN_COMMAND),
							   run_list_text(runs, item, RUN_OUTPUTS));
	struct cell cells[LOG_COLUMNS];
	char number[24];

	if (!(job->kinds >> kind & 1))
		return STATUS_OK;
	clear(cells);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		cells[texts[i].column] =
			text_cell(columns[texts[i].column].type, run_list_text(runs, item, texts[i].text));
	cells[LOG_AT] = cell_read(CELL_TIME, run_list_text(runs, item, RUN_ENDED));
	cells[LOG_KIND].text = text_of(custody_kind_name(kind));
	cells[LOG_CHAIN].text = text_of("run");
	cells[LOG_NUMBER] = count_cell((uint64_t)runs->items[item].id, number);
	return put(job, cells);
}

/* A line that was cut short is one of which nothing is known. */
static bool is_asked_for(const struct log_job *job, const struct log_line *line)
{
	enum custody_kind kind;

	if (job->log.cut || !custody_kind_find(line->kind, &kind))
		return job->kinds == ALL_KINDS;
	return job->kinds >> kind & 1;
}

/* Another hand may have written it: but for the chain all are words of that hand. */
static void fill_texts(const struct log_line *line, struct cell cells[static LOG_COLUMNS])
{
	static const struct {
		enum column column;
		size_t place;
	} texts[] = {
		{ LOG_KIND, offsetof(struct log_line, kind) }, { LOG_OPERATOR, offsetof(struct log_line, operator) },
		{ LOG_COMMAND, offsetof(struct log_line, command) }, { LOG_PURPOSE, offsetof(struct log_line, purpose) },
		{ LOG_RECIPIENT, offsetof(struct log_line, recipient) },
		{ LOG_ARGUMENTS, offsetof(struct log_line, arguments) }, { LOG_VERSION, offsetof(struct log_line, version) },
		{ LOG_SHA256, offsetof(struct log_line, sha256) }, { LOG_CASE, offsetof(struct log_line, first) },
		{ LOG_HEAD, offsetof(struct log_line, head) }, { LOG_PREVIOUS, offsetof(struct log_line, previous) },
		{ LOG_HASH, offsetof(struct log_line, hash) },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const void *text = (const char *)line + texts[i].place;

		cells[texts[i].column] = text_cell(CELL_TEXT, *(const struct text *)text);
	}
	cells[LOG_AT] = cell_read(CELL_TIME, line->at);
	if (!cells[LOG_AT].valued)
		cells[LOG_AT] = text_cell(CELL_TEXT, line->at);
}

static enum status put_line(struct log_job *job, const char *problem)
{
	const struct log_line *line = &job->log.line;
	struct cell cells[LOG_COLUMNS];
	char number[24], rows[24], status[24];

	if (!is_asked_for(job, line))
		return STATUS_OK;
	clear(cells);
	if (job->log.cut) {
		cells[LOG_COMMAND].text = text_of("(cut short)");
	} else {
		fill_texts(line, cells);
		cells[LOG_ROWS] = count_cell(line->rows, rows);
		cells[LOG_STATUS] = count_cell(line->status, status);
	}
	cells[LOG_CHAIN].text = text_of("log");
	cells[LOG_NUMBER] = count_cell(job->log.number, number);
	cells[LOG_PROBLEM].text = text_of(problem);
	return put(job, cells);
}

/* ---- what does not hold ---- */

/* Why a line does not, NULL: it does. */
static const char *problem_of(const struct log_job *job)
{
	const struct log_line *line = &job->log.line;

	if (job->log.cut)
		return "was cut short, as by a kill";
	if (job->log.broken)
		return job->log.broken;
	if (line->first.len && !(job->runs.count && text_equal(line->first, run_list_text(&job->runs, 0, RUN_HASH))))
		return "is of another case: its first run is not that of this one";
	if (line->head.len && !run_list_has(&job->runs, line->head))
		return "names a run that is not in the case";
	return NULL;
}

static void keep_problem(struct log_job *job, const char *problem)
{
	char shown[SHOWN];

	if (job->log.cut) {
		job->cut++;
		return;
	}
	if (job->broken++ < SAID_MOST)
		buf_format(&job->said, "%s: line %llu %s\n", text_escape(buf_view(&job->path), shown, sizeof(shown)),
			   (unsigned long long)job->log.number, problem);
}

/* Each line on its own, as all that is said. */
static enum status tell(const struct log_job *job)
{
	struct text rest = buf_view(&job->said);
	char shown[SHOWN];

	(void)text_escape(buf_view(&job->path), shown, sizeof(shown));
	if (job->cut)
		observer_notice(&job->inv->observer,
				"%s: %llu line%s cut short, as by a kill: what was done then is not logged", shown,
				(unsigned long long)job->cut, job->cut == 1 ? " was" : "s were");
	if (!job->broken)
		return STATUS_OK;
	while (rest.len > 0) {
		const struct text line = text_take_line(&rest);

		(void)command_fail(job->inv, STATUS_INTEGRITY, "%.*s", (int)line.len, line.data);
	}
	return command_fail(job->inv, STATUS_INTEGRITY, "%s: %llu line%s not hold", shown,
			    (unsigned long long)job->broken, job->broken == 1 ? " does" : "s do");
}

/* ---- both chains, by time ---- */

static enum status next_line(struct log_job *job)
{
	const enum status status = job->more ? log_reader_next(&job->log) : STATUS_END;

	job->more = status == STATUS_OK;
	if (status == STATUS_OK || status == STATUS_END)
		return STATUS_OK;
	job->output.writer.error = job->log.error;
	return status;
}

/* A run goes before a line of the same second: a line that names it came after it. */
static bool line_is_next(const struct log_job *job, size_t run)
{
	if (!job->more || run == job->runs.count)
		return job->more;
	return job->log.cut || text_compare(job->log.line.at, run_list_text(&job->runs, run, RUN_ENDED)) < 0;
}

static enum status put_all(struct log_job *job)
{
	enum status status = next_line(job);

	for (size_t run = 0; status == STATUS_OK && (job->more || run < job->runs.count);) {
		if (line_is_next(job, run)) {
			const char *problem = problem_of(job);

			if (problem)
				keep_problem(job, problem);
			status = put_line(job, problem);
			if (status == STATUS_OK)
				status = next_line(job);
		} else {
			status = put_run(job, run++);
		}
		if (status == STATUS_OK && observer_interrupted(&job->inv->observer))
			status = error_set(&job->output.writer.error, STATUS_INTERRUPTED, "interrupted");
	}
	return status;
}

static enum status print(struct log_job *job)
{
	struct sheet sheet = { .name = "log", .columns = columns, .count = LOG_COLUMNS };
	struct error error;
	enum status status = output_open(&job->output, job->inv, job->json ? "jsonl" : job->format, NULL, false,
					 &job->casefile);

	if (status != STATUS_OK)
		return status;
	job->eye = job->output.writer.options.format->flags & WRITER_ON_TERMINAL;
	if (job->eye)
		sheet.count = LOG_EYE;
	status = writer_begin(&job->output.writer, &sheet);
	if (status == STATUS_OK)
		status = put_all(job);
	if (status == STATUS_OK)
		status = writer_end(&job->output.writer);
	error = job->output.writer.error;
	return output_close(&job->output, status, &error);
}

/* ---- what is read ---- */

/* A log that cannot be read leaves the runs to be printed. */
static enum status open_log(struct log_job *job)
{
	char shown[SHOWN];
	enum status status;

	if (job->runs_only)
		return STATUS_OK;
	custody_log_path(job->inv, &job->path);
	if (job->path.failed)
		return command_fail(job->inv, STATUS_FAILED, "out of memory");
	status = log_reader_open(&job->log, job->path.data);
	job->more = status == STATUS_OK;
	if (status == STATUS_OK)
		return status;
	if (status != STATUS_END) {
		(void)command_fail(job->inv, STATUS_UNCHECKED, "%s; the runs are printed alone", job->log.error.text);
		return STATUS_UNCHECKED;
	}
	observer_notice(&job->inv->observer, "%s: is not there, so that nothing that was read is printed; where it was "
			"logged elsewhere, give --log FILE", text_escape(buf_view(&job->path), shown, sizeof(shown)));
	return STATUS_OK;
}

/* What is worse is told by the status. */
static enum status worse(enum status a, enum status b)
{
	if (a == STATUS_OK || a == STATUS_UNCHECKED)
		return b == STATUS_OK ? a : b;
	return a;
}

static enum status read_runs(struct log_job *job, enum status *chain)
{
	struct casefile *casefile = &job->casefile;
	int64_t count;
	enum status status = run_check(casefile, &count);

	*chain = status == STATUS_INTEGRITY ? command_error(job->inv, &casefile->error) : STATUS_OK;
	if (status == STATUS_OK || status == STATUS_INTEGRITY)
		status = run_list_read(&job->runs, casefile);
	return status == STATUS_OK ? status : command_error(job->inv, &casefile->error);
}

static enum status print_chains(struct log_job *job)
{
	enum status chain, log;
	enum status status = read_runs(job, &chain);

	if (status != STATUS_OK)
		return status;
	log = open_log(job);
	if (log != STATUS_OK && log != STATUS_UNCHECKED)
		return log;
	status = print(job);
	if (status == STATUS_OK)
		status = tell(job);
	return worse(worse(log, status), chain);
}

static enum status run(struct log_job *job)
{
	enum status status;

	command_catch_interrupts();
	status = command_open(job->inv, &job->casefile, job->inv->operands[0], CASEFILE_READ);
	if (status != STATUS_OK)
		return status;
	status = print_chains(job);
	log_reader_close(&job->log);
	run_list_release(&job->runs);
	casefile_close(&job->casefile);
	buf_release(&job->path);
	buf_release(&job->purpose);
	buf_release(&job->said);
	return status;
}

/* ---- the options ---- */

static enum status take_kinds(struct log_job *job, const struct option_list *list)
{
	char shown[80];

	job->kinds = list->count ? 0 : ALL_KINDS;
	for (size_t i = 0; i < list->count; i++) {
		enum custody_kind kind;

		if (!custody_kind_find(text_of(list->items[i]), &kind))
			return command_usage(job->inv, "--kind '%s': give collection, alteration, consultation, "
					     "disclosure, combination or erasure",
					     text_escape(text_of(list->items[i]), shown, sizeof(shown)));
		job->kinds |= 1u << kind;
	}
	return STATUS_OK;
}

enum status command_log(struct invocation *inv)
{
	struct log_job job = { .inv = inv };
	struct option_list kinds = { NULL, 0 };
	const struct option_row rows[] = {
		{ 0, "kind", "KIND", "of one kind only, as disclosure; more may be given", OPTION_LIST, &kinds },
		{ 0, "runs-only", NULL, "the runs alone, as they are handed on", OPTION_FLAG,
		  &job.runs_only },
		{ 0, "json", NULL, "a JSON object a line, as -f jsonl", OPTION_FLAG, &job.json },
		OUTPUT_FORMAT(&job.format),
		{ 0 },
	};
	enum status status;

	if (command_options(inv, "[OPTION]... CASE", rows, 1, 1, &status)) {
		status = take_kinds(&job, &kinds);
		if (status == STATUS_OK)
			status = output_check(inv, job.format);
		if (status == STATUS_OK && job.json && job.format)
			status = command_usage(inv, "--json and -f do not go together");
		if (status == STATUS_OK)
			status = run(&job);
	}
	free(kinds.items);
	return status;
}
