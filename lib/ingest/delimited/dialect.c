/* SPDX-License-Identifier: Apache-2.0 */
/* Finding out how a delimited text is written, by trying each way on a sample. */
#include "ingest/delimited/dialect.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "ingest/delimited/dialect_head.h"
#include "ingest/delimited/dialect_manner.h"
#include "ingest/delimited/records.h"

#define WIDTHS 1024         /* rows of more fields tell nothing */
#define STRAY_LEAST 5       /* lines with stray quotes that prove there are none */
#define STRAY_PART 5        /* and they are at least one line in this many */

static const char separators[] = { ',', ';', '|', '\t' };

/* How quotes stand in fields that were parted without regard to them. */
struct quoting {
	char quote;
	uint64_t lines, fields;
	uint64_t whole;     /* fields in quotes */
	uint64_t opened;    /* fields that only begin with one */
	uint64_t closed;    /* fields that only end with one */
	uint64_t strays;    /* lines with one elsewhere, or only one end */
};

static void count_quotes(void *context, const struct record *record)
{
	struct quoting *quoting = context;
	bool stray = false;

	quoting->lines++;
	for (size_t i = 0; i < record->count; i++) {
		struct text field = text_trim(record->fields[i]);
		bool opens, closes;

		if (field.len == 0)
			continue;
		quoting->fields++;
		if (!memchr(field.data, quoting->quote, field.len))
			continue;
		opens = field.data[0] == quoting->quote;
		closes = field.data[field.len - 1] == quoting->quote;
		if (opens && closes && field.len > 1) {
			quoting->whole++;
			continue;
		}
		quoting->opened += opens;
		quoting->closed += closes;
		stray = true;
	}
	quoting->strays += stray;
}

/* The quote of a text whose separator is known. Without evidence it is ", which
 * turns what contradicts it into rejects that can be seen. */
enum status dialect_find_quote(struct dialect *dialect, struct text body,
				   struct error *error)
{
	struct dialect plain = *dialect;
	struct quoting twice = { .quote = '"' };
	struct quoting once = { .quote = '\'' };
	enum status status;

	plain.quote = 0;
	plain.blanks = plain.trim = false;
	plain.escape = plain.inner = plain.guard = 0;
	status = records_each(&plain, body, count_quotes, &twice, error);
	if (status == STATUS_OK)
		status = records_each(&plain, body, count_quotes, &once, error);
	dialect->quote = '"';
	/* A header and numbers may stand without quotes. */
	if (twice.whole == 0 && 3 * once.whole > once.fields)
		dialect->quote = '\'';
	else if (twice.whole == 0 && (!twice.opened || !twice.closed) &&
		 twice.strays >= STRAY_LEAST &&
		 STRAY_PART * twice.strays >= twice.lines)
		dialect->quote = 0;
	return status;
}

/* How many rows have each width. */
struct widths {
	uint32_t rows[WIDTHS];
};

static void count_width(void *context, const struct record *record)
{
	struct widths *widths = context;

	if (!record->reason && record->count < WIDTHS)
		widths->rows[record->count]++;
}

/* The separators that a dialect explains in the rows of the commonest width. */
static enum status score(const struct dialect *dialect, struct text body,
			 uint64_t *points, struct error *error)
{
	struct widths widths = { { 0 } };
	enum status status =
		records_each(dialect, body, count_width, &widths, error);
	size_t best = 1;

	for (size_t i = 2; i < WIDTHS; i++)
		if (widths.rows[i] > widths.rows[best] || best == 1)
			best = i;
	*points = (uint64_t)widths.rows[best] * (best - 1);
	return status;
}

/* Settles quote and blanks for one separator, and its points. */
static enum status try_separator(struct dialect *dialect, struct text body,
				 uint64_t *points, struct error *error)
{
	struct dialect blanks = *dialect;
	uint64_t with = 0;
	enum status status = STATUS_OK;

	if (dialect->quote == DIALECT_UNKNOWN)
		status = dialect_find_quote(dialect, body, error);
	if (status == STATUS_OK)
		status = score(dialect, body, points, error);
	if (status != STATUS_OK || dialect->quote == 0 || dialect->blanks)
		return status;
	blanks.quote = dialect->quote;
	blanks.blanks = true;
	status = score(&blanks, body, &with, error);
	if (with > *points) {
		*dialect = blanks;
		*points = with;
	}
	return status;
}

static enum status try_separators(struct dialect *dialect, struct text body,
				  struct error *error)
{
	struct dialect best = *dialect;
	uint64_t most = 0;

	for (size_t i = 0; i < sizeof(separators); i++) {
		struct dialect tried = *dialect;
		uint64_t points = 0;
		enum status status;

		tried.separator = (unsigned char)separators[i];
		status = try_separator(&tried, body, &points, error);
		if (status != STATUS_OK)
			return status;
		if (i == 0 || points > most) {
			best = tried;
			most = points;
		}
	}
	*dialect = best;
	return STATUS_OK;
}

const char *dialect_ends(struct text text)
{
	size_t lf = 0, cr = 0, both = 0;

	for (size_t i = 0; i < text.len; i++) {
		bool after = i > 0 && text.data[i - 1] == '\r';

		lf += text.data[i] == '\n' && !after;
		both += text.data[i] == '\n' && after;
		cr += text.data[i] == '\r';
	}
	cr -= both;
	if (!lf && !cr && !both)
		return "none";
	if ((lf > 0) + (cr > 0) + (both > 0) > 1)
		return "mixed";
	return lf ? "LF" : both ? "CRLF" : "CR";
}

static bool begins(struct text text, const char *start, size_t len)
{
	return text.len >= len && !memcmp(text.data, start, len);
}

/* Whether the text begins with `sep=;` and a line end. */
static bool declares(struct text text)
{
	return begins(text, "sep=", 4) && text.len > 5 &&
	       (text.data[5] == '\n' || text.data[5] == '\r');
}

/* The bytes of a line with its end, which is counted. */
static size_t line_length(struct text sample, size_t from, unsigned *lines)
{
	size_t to = from;

	while (to < sample.len && sample.data[to] != '\n' && sample.data[to] != '\r')
		to++;
	if (to == sample.len)
		return to - from;
	*lines += 1;
	to++;
	if (to < sample.len && sample.data[to - 1] == '\r' && sample.data[to] == '\n')
		to++;
	return to - from;
}

size_t dialect_preamble(const struct dialect *dialect, struct text sample,
			unsigned *rows)
{
	size_t len = dialect->mark ? 3 : 0;

	*rows = 0;
	if (dialect->declared)
		len += line_length(sample, len, rows);
	for (long i = 0; i < dialect->head && len < sample.len; i++)
		len += line_length(sample, len, rows);
	return len;
}

/* Without the last line, unless it is known to be whole. */
static struct text whole_lines(struct text text, bool whole)
{
	size_t len = text.len;

	while (!whole && len > 0 && text.data[len - 1] != '\n' &&
	       text.data[len - 1] != '\r')
		len--;
	if (len > 0)
		text.len = len;
	return text;
}

struct text dialect_body(const struct dialect *dialect, struct text sample,
			 bool whole)
{
	unsigned rows;
	size_t skip = dialect_preamble(dialect, sample, &rows);

	sample.data += skip;
	sample.len -= skip;
	return whole_lines(sample, whole);
}

bool dialect_mannered(const struct dialect *dialect)
{
	return dialect->escape > 0 || dialect->inner > 0 || dialect->guard > 0;
}

/* What the dialect is but for its head, which is known. */
static enum status sniff_body(struct dialect *dialect, struct text body,
			      struct error *error)
{
	const struct dialect given = *dialect;
	uint64_t points;
	enum status status;

	if (dialect->separator != DIALECT_UNKNOWN)
		status = try_separator(dialect, body, &points, error);
	else
		status = try_separators(dialect, body, error);
	return status == STATUS_OK ? dialect_find_manner(dialect, &given, body, error)
				   : status;
}

enum status dialect_sniff(struct dialect *dialect, struct text sample, bool whole,
			  struct error *error)
{
	struct text body = sample;
	enum status status;

	dialect->mark = begins(sample, "\xef\xbb\xbf", 3);
	body.data += dialect->mark ? 3 : 0;
	body.len -= dialect->mark ? 3 : 0;
	dialect->declared = declares(body);
	if (dialect->declared && dialect->separator == DIALECT_UNKNOWN)
		dialect->separator = (unsigned char)body.data[4];
	body = dialect_body(dialect, sample, whole);
	status = sniff_body(dialect, body, error);
	if (status == STATUS_OK && dialect->head == DIALECT_UNKNOWN)
		status = dialect_find_head(dialect, body, error);
	dialect->ends = dialect_ends(dialect_body(dialect, sample, whole));
	return status;
}

static const struct {
	const char *name;
	int byte;
} names[] = {
	{ "comma", ',' },     { "semicolon", ';' }, { "bar", '|' },
	{ "tab", '\t' },      { "blank", ' ' },     { "colon", ':' },
	{ "none", 0 },
};

const char *dialect_name(int byte, char *out, size_t size)
{
	char one = (char)byte;
	struct text text = { &one, 1 };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].byte == byte)
			return names[i].name;
	return text_escape(text, out, size);
}

int dialect_byte(struct text name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_is_fold(name, names[i].name))
			return names[i].byte;
	return name.len == 1 ? (unsigned char)name.data[0] : DIALECT_UNKNOWN;
}

void dialect_describe(const struct dialect *dialect, struct buf *out)
{
	char name[16];

	buf_format(out, "separator %s, ",
		   dialect_name(dialect->separator, name, sizeof(name)));
	buf_format(out, "quote %s, ",
		   dialect_name(dialect->quote, name, sizeof(name)));
	buf_format(out, "%s, line ends %s", dialect->header ? "header" : "no header",
		   dialect->ends);
	if (dialect->blanks)
		buf_text(out, ", blanks around quotes");
	if (dialect->trim)
		buf_text(out, ", trimmed");
	dialect_describe_manner(dialect, out);
	if (dialect->mark)
		buf_text(out, ", byte order mark");
}
