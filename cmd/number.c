/* SPDX-License-Identifier: Apache-2.0 */
/* unspoof number: numbers to E.164, and how each was read. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/common/options.h"
#include "normalise/flags.h"
#include "number/plan/region.h"
#include "number/read/number_carrier.h"
#include "output/writer.h"

enum {
	NUMBER_RAW,
	NUMBER_STATUS,
	NUMBER_E164,
	NUMBER_CODE,
	NUMBER_REGION,
	NUMBER_POSSIBLE,
	NUMBER_VALID,
	NUMBER_TYPE,
	NUMBER_STRICT_COLUMNS,
	NUMBER_CLASS = NUMBER_STRICT_COLUMNS,
	NUMBER_RULE,
	NUMBER_FLAGS,
	NUMBER_MENDED,
	NUMBER_USUAL_COLUMNS,
	NUMBER_OTHER = NUMBER_USUAL_COLUMNS,
	NUMBER_OTHER_RULE,
	NUMBER_COLUMNS
};

static const struct sheet_column columns[NUMBER_COLUMNS] = {
	{ "raw", CELL_TEXT, NULL },
	{ "status", CELL_ID, NULL },
	{ "e164", CELL_NUMBER, NULL },
	{ "country_code", CELL_INTEGER, NULL },
	{ "region", CELL_ID, NULL },
	{ "possible", CELL_INTEGER, NULL },
	{ "valid", CELL_INTEGER, NULL },
	{ "type", CELL_ID, NULL },
	{ "class", CELL_ID, NULL },
	{ "rule", CELL_ID, NULL },
	{ "flags", CELL_ID, NULL },
	{ "mended", CELL_ID, NULL },
	{ "other", CELL_NUMBER, NULL },
	{ "other_rule", CELL_ID, NULL },
};

/* Bits of reading.flags. */
static const char *const mended_names[] = {
	"invisible", "name", "uri", "host", "parameters", "channel", "percent",
	"spreadsheet", "tech-prefix", "keypad", "extension", "quotes",
};

/* An interrupt is looked for behind so many numbers. */
#define LOOK_NUMBERS 4096
/* Notices of texts that are too long, and of those that are unsure, at most. */
#define LONG_NOTICES 10

/* One run of the command. */
struct number_job {
	struct invocation *inv;
	struct numplan *plan;
	struct flag_table *flags;
	struct number_manner manner;
	bool with_region;
	bool strict;
	bool readings;         /* the second of each, too */
	bool tsv;              /* lines without a header, as they come */
	bool terminal;
	struct writer writer;
	struct buf line;
	struct buf names;      /* of the flags of a row */
	uint64_t taken;        /* numbers so far */
	uint64_t too_long;     /* those that were not looked at */
	uint64_t unsure;       /* those with two readings */
	uint64_t no_region;    /* lines that name a region that there is not, */
	uint64_t renamed;      /* and those that name one otherwise: UK */
};

/* The texts of a row; what is computed lies in the buffers. */
struct number_row {
	struct text cells[NUMBER_COLUMNS];
	char e164[32];
	char code[8];
	char mended[160];
	char other[32];
};

static void fill_core(struct number_row *row, const struct number_job *job,
		      const struct number *number)
{
	bool read = number->status == NUMBER_OK;

	row->cells[NUMBER_STATUS] = text_of(number_status_name(number->status));
	row->e164[0] = '\0';
	if (read)
		(void)snprintf(row->e164, sizeof(row->e164), "+%s", number->digits);
	row->cells[NUMBER_E164] = text_of(row->e164);
	(void)snprintf(row->code, sizeof(row->code), "%u",
		       (unsigned)number->country_code);
	row->cells[NUMBER_CODE] = text_of(row->code);
	row->cells[NUMBER_REGION] =
		text_of(read ? numplan_region_name(job->plan, number->region) : "");
	row->cells[NUMBER_POSSIBLE] = text_of(number->possible ? "1" : "0");
	row->cells[NUMBER_VALID] = text_of(number->valid ? "1" : "0");
	row->cells[NUMBER_TYPE] = text_of(number_type_name(number->type));
}

static void fill_mended(struct number_row *row, unsigned flags)
{
	size_t len = 0;

	row->mended[0] = '\0';
	for (size_t i = 0; i < sizeof(mended_names) / sizeof(mended_names[0]); i++) {
		if (!(flags >> i & 1))
			continue;
		len += (size_t)snprintf(row->mended + len,
					sizeof(row->mended) - len, "%s%s",
					len ? "," : "", mended_names[i]);
	}
	row->cells[NUMBER_MENDED] = text_of(row->mended);
}

static enum status fill_reading(struct number_row *row, struct number_job *job,
				const struct reading *reading)
{
	row->cells[NUMBER_CLASS] = text_of(number_class_name(reading->class));
	row->cells[NUMBER_RULE] = text_of(number_rule_name(reading->rule));
	buf_clear(&job->names);
	flag_table_names(job->flags, flag_table_number(job->flags, reading),
			 &job->names);
	if (job->names.failed)
		return command_fail(job->inv, STATUS_FAILED, "out of memory");
	row->cells[NUMBER_FLAGS] = job->names.len ? buf_view(&job->names)
						  : text_of("");
	fill_mended(row, reading->flags);
	row->other[0] = '\0';
	if (reading->unsure)
		(void)snprintf(row->other, sizeof(row->other), "+%llu", (unsigned long long)reading->other);
	row->cells[NUMBER_OTHER] = text_of(row->other);
	row->cells[NUMBER_OTHER_RULE] = text_of(number_rule_name(reading->other_rule));
	return STATUS_OK;
}

static void add_cell(struct number_job *job, struct text cell, bool raw)
{
	if (raw && job->terminal)
		buf_escape(&job->line, cell, 0);
	else
		buf_add(&job->line, cell.data, cell.len);
}

static enum status put_line(struct number_job *job, const struct number_row *row,
			    size_t count)
{
	buf_clear(&job->line);
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_byte(&job->line, '\t');
		add_cell(job, row->cells[i], i == NUMBER_RAW);
	}
	buf_byte(&job->line, '\n');
	if (job->line.failed)
		return command_fail(job->inv, STATUS_FAILED, "out of memory");
	if (standard_output(NULL, job->line.data, job->line.len))
		return STATUS_OK;
	return command_fail(job->inv, STATUS_FAILED, "standard output: %s",
			    strerror(errno));
}

static size_t columns_of(const struct number_job *job)
{
	if (job->strict)
		return NUMBER_STRICT_COLUMNS;
	return job->readings ? NUMBER_COLUMNS : NUMBER_USUAL_COLUMNS;
}

static enum status put_row(struct number_job *job, const struct number_row *row)
{
	const size_t count = columns_of(job);
	struct cell cells[NUMBER_COLUMNS];

	if (job->tsv)
		return put_line(job, row, count);
	for (size_t i = 0; i < count; i++)
		cells[i] = cell_read(columns[i].type, row->cells[i]);
	if (writer_row(&job->writer, cells) == STATUS_OK)
		return STATUS_OK;
	return command_error(job->inv, &job->writer.error);
}

static void notice_long(struct number_job *job, struct text raw)
{
	if (job->too_long++ < LONG_NOTICES)
		observer_notice(&job->inv->observer,
				"number %llu has %zu bytes: more than %d are taken "
				"for no number",
				(unsigned long long)job->taken, raw.len,
				NUMBER_TEXT_MAX);
}

/* The other reading, once the columns do not show it. */
static void notice_unsure(struct number_job *job, struct text raw, const struct reading *reading)
{
	char shown[60];

	if (job->readings || job->unsure++ >= LONG_NOTICES)
		return;
	observer_notice(&job->inv->observer,
			"number %llu, '%s', is unsure: it may be +%llu (%s) as well",
			(unsigned long long)job->taken, text_escape(raw, shown, sizeof(shown)),
			(unsigned long long)reading->other, number_rule_name(reading->other_rule));
}

static enum status one(struct number_job *job, struct text raw, int region)
{
	struct number_manner manner = job->manner;
	struct number_row row;
	struct reading reading;
	enum status status = STATUS_OK;

	job->taken++;
	if (raw.len > NUMBER_TEXT_MAX)
		notice_long(job, raw);
	row.cells[NUMBER_RAW] = raw;
	if (job->strict) {
		number_parse(job->plan, raw.data, raw.len, region,
			     &reading.number);
		fill_core(&row, job, &reading.number);
	} else {
		manner.region = region;
		number_read_prefixed(job->plan, raw.data, raw.len, manner, &reading);
		if (reading.unsure)
			notice_unsure(job, raw, &reading);
		fill_core(&row, job, &reading.number);
		/* What no case takes for a number must not look like one. */
		if (!reading.e164)
			row.cells[NUMBER_E164] = text_of("");
		status = fill_reading(&row, job, &reading);
	}
	return status == STATUS_OK ? put_row(job, &row) : status;
}

static int region_of(const struct number_job *job, struct text given)
{
	const char *region = region_given(given);

	return region ? numplan_region(job->plan, region, strlen(region)) : 0;
}

/* The region of a line. None, and ZZ, say that there is none; what else is no region
 * is counted. */
static int region_of_line(struct number_job *job, struct text given)
{
	const bool none = given.len == 0 || text_is(given, "ZZ") || text_is(given, "001");
	const int region = job->strict ? numplan_region(job->plan, given.data, given.len)
				       : region_of(job, given);
	char shown[40], problem[REGION_PROBLEM];

	if (region || none) {
		job->renamed += region && region_renamed(given);
		return region;
	}
	if (job->no_region++ == 0)
		observer_notice(&job->inv->observer,
				"number %llu: region '%s': %s; it is read in none",
				(unsigned long long)job->taken + 1,
				text_escape(given, shown, sizeof(shown)),
				region_problem(given, problem));
	return 0;
}

/* A line: REGION, TAB and the number, or the number alone. */
static enum status one_line(struct number_job *job, struct text line)
{
	const char *tab;
	size_t len;

	if (!job->with_region)
		return one(job, line, job->manner.region);
	tab = line.len ? memchr(line.data, '\t', line.len) : NULL;
	len = tab ? (size_t)(tab - line.data) : line.len;
	return one(job,
		   (struct text){ tab ? tab + 1 : "", tab ? line.len - len - 1 : 0 },
		   region_of_line(job, (struct text){ line.data ? line.data : "", len }));
}

/* Bytes of standard input, where it is a file. */
static uint64_t total_bytes(void)
{
	struct stat info;

	if (fstat(STDIN_FILENO, &info) != 0 || !S_ISREG(info.st_mode) ||
	    info.st_size < 0)
		return 0;
	return (uint64_t)info.st_size;
}

static enum status interrupted(const struct number_job *job)
{
	return command_fail(job->inv, STATUS_INTERRUPTED,
			    "interrupted after %llu number%s",
			    (unsigned long long)job->taken, plural(job->taken));
}

/* Now and then: how far it is, and whether to stop. */
static enum status look_around(const struct number_job *job, uint64_t done,
			       uint64_t total)
{
	const struct progress progress = { "number", done, total, job->taken,
					   true };

	if (job->taken % LOOK_NUMBERS)
		return STATUS_OK;
	if (!job->terminal)
		observer_progress(&job->inv->observer, &progress);
	return observer_interrupted(&job->inv->observer) ? interrupted(job)
							 : STATUS_OK;
}

static enum status all_lines(struct number_job *job)
{
	const uint64_t total = total_bytes();
	uint64_t done = 0;
	enum status status = STATUS_OK;
	char *line = NULL;
	size_t capacity = 0;
	ssize_t len;

	while (status == STATUS_OK &&
	       (len = getline(&line, &capacity, stdin)) >= 0) {
		struct text text = { line, (size_t)len };

		if (text.len && line[text.len - 1] == '\n')
			text.len--;
		done += (uint64_t)len;
		status = one_line(job, text);
		if (status == STATUS_OK)
			status = look_around(job, done, total);
	}
	/* Where the end was not reached there is an error, of memory too. */
	if (status == STATUS_OK && !feof(stdin) &&
	    observer_interrupted(&job->inv->observer))
		status = interrupted(job);
	else if (status == STATUS_OK && !feof(stdin))
		status = command_fail(job->inv, STATUS_FAILED, "standard input: %s",
				      strerror(errno));
	free(line);
	return status;
}

static enum status numbers(struct number_job *job)
{
	struct invocation *inv = job->inv;
	const struct sheet sheet = { .name = "numbers", .columns = columns, .count = columns_of(job) };
	enum status status = STATUS_OK;

	if (!job->tsv)
		status = writer_begin(&job->writer, &sheet);
	if (status != STATUS_OK)
		return command_error(inv, &job->writer.error);
	for (int i = 0; i < inv->operand_count && status == STATUS_OK; i++)
		status = one(job, text_of(inv->operands[i]), job->manner.region);
	if (status == STATUS_OK && inv->operand_count == 0)
		status = all_lines(job);
	if (status == STATUS_OK && !job->tsv) {
		status = writer_end(&job->writer);
		if (status == STATUS_OK)
			status = writer_close(&job->writer);
		if (status != STATUS_OK)
			(void)command_error(inv, &job->writer.error);
	}
	if (job->unsure > LONG_NOTICES)
		observer_notice(&inv->observer, "%llu numbers are unsure; --readings shows both readings "
				"of each, --bare or --tech-prefix decides",
				(unsigned long long)job->unsure);
	if (job->no_region > 1)
		observer_notice(&inv->observer, "%llu numbers name a region that there "
						"is not, and are read in none",
				(unsigned long long)job->no_region);
	if (job->renamed)
		observer_notice(&inv->observer, "region UK is taken as GB: %llu number%s",
				(unsigned long long)job->renamed, plural(job->renamed));
	if (job->too_long > LONG_NOTICES)
		observer_notice(&inv->observer, "%llu numbers are that long",
				(unsigned long long)job->too_long);
	return status;
}

static enum status set_up(struct number_job *job, const char *region,
			  const char *bare, const char *format)
{
	struct writer_options options = { .write = standard_output };
	struct error error;
	char shown[40], problem[REGION_PROBLEM];

	job->plan = numplan_new();
	if (!job->plan)
		return command_fail(job->inv, STATUS_FAILED, "out of memory");
	job->flags = flag_table_new(flags_builtin, &error);
	if (!job->flags)
		return command_error(job->inv, &error);
	if (*region && !region_given(text_of(region)))
		return command_usage(job->inv, "region '%s': %s",
				     text_escape(text_of(region), shown,
						 sizeof(shown)),
				     region_problem(text_of(region), problem));
	job->manner.region = region_of(job, text_of(region));
	if (job->manner.region && region_renamed(text_of(region)))
		observer_notice(&job->inv->observer, "region UK is taken as GB");
	if (job->manner.prefixes && number_prefixes_problem(job->manner.prefixes))
		return command_usage(job->inv, "--tech-prefix '%s': %s",
				     text_escape(text_of(job->manner.prefixes), shown,
						 sizeof(shown)),
				     number_prefixes_problem(job->manner.prefixes));
	if (!number_bare_find(bare, strlen(bare), &job->manner.bare))
		return command_usage(job->inv, "--bare '%s': give own-code, national, "
				     "international or any",
				     text_escape(text_of(bare), shown, sizeof(shown)));
	options.format = writer_format_find(format);
	if (!options.format)
		return command_usage(job->inv, "'%s' is no format",
				     text_escape(text_of(format), shown,
						 sizeof(shown)));
	job->tsv = !strcmp(format, LINES_FORMAT);
	options.terminal = job->terminal = isatty(STDOUT_FILENO);
	options.width = terminal_width();
	if (writer_open(&job->writer, &options) != STATUS_OK)
		return command_error(job->inv, &job->writer.error);
	if (job->inv->operand_count == 0 && isatty(STDIN_FILENO))
		return command_usage(job->inv, "standard input is a terminal: give "
				     "numbers as arguments, or pipe them in");
	return STATUS_OK;
}

enum status command_number(struct invocation *inv)
{
	struct number_job job = { .inv = inv };
	const char *region = "";
	const char *bare = "";
	const char *format = LINES_FORMAT;
	const struct option_row options[] = {
		{ 'r', "region", "REGION", "region of national numbers, such as GB",
		  OPTION_TEXT, &region },
		{ 'f', "format", "FORMAT", HELP_LINES, OPTION_TEXT, &format },
		{ 0, "tech-prefix", "LIST",
		  "what carriers put before numbers, as 9#,77788", OPTION_TEXT,
		  &job.manner.prefixes },
		{ 0, "bare", "READING",
		  "of digits alone: own-code, national, international", OPTION_TEXT, &bare },
		{ 0, "with-region", NULL, "lines are REGION, TAB, number",
		  OPTION_FLAG, &job.with_region },
		{ 0, "readings", NULL, "add the other reading where two are valid",
		  OPTION_FLAG, &job.readings },
		{ 0, "strict", NULL, "read exactly as libphonenumber does",
		  OPTION_FLAG, &job.strict },
		{ 0 },
	};
	enum status status;

	if (!command_options(inv, "[OPTION]... [NUMBER]...", options, 0, -1,
			     &status))
		return status;
	command_catch_interrupts();
	status = set_up(&job, region, bare, format);
	if (status == STATUS_OK)
		status = numbers(&job);
	writer_release(&job.writer);
	buf_release(&job.line);
	buf_release(&job.names);
	flag_table_free(job.flags);
	numplan_free(job.plan);
	return status;
}
