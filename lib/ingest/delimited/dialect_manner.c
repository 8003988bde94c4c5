/* SPDX-License-Identifier: Apache-2.0 */
/* Finding out escapes, guards, and how quotes stand in fields. */
#include "ingest/delimited/dialect_manner.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/delimited/records.h"

#define WIDTHS 1024         /* rows of more fields tell nothing */
#define LEAST 2             /* rows that show a manner: one may be an accident */

static const char separators[] = { ',', ';', '|', '\t' };

/* ---- how a dialect reads ---- */

struct reading {
	const struct dialect *dialect;
	uint64_t records, good, points;
	size_t width;           /* of the good ones */
	uint64_t doubled;       /* records whose quotes can be doubled ones */
	uint64_t guards, nulls; /* records with some */
	uint64_t escapes, odd;  /* records with \\, \t and the like; with others */
	uint64_t words;         /* records with NULL, the word */
	uint32_t rows[WIDTHS];
};

/* An even number of quotes within a field is a pair that was doubled. */
static bool has_pair(struct text field, char quote)
{
	size_t count = 0;

	for (size_t i = 0; i < field.len; i++)
		count += field.data[i] == quote;
	return count > 0 && count % 2 == 0;
}

static bool is_guard(struct text field)
{
	field = text_trim(field);
	return field.len >= 3 && !memcmp(field.data, "=\"", 2) &&
	       field.data[field.len - 1] == '"';
}

/* Counts what the backslashes of a field are. */
static void count_escapes(const struct dialect *dialect, struct text field,
			  bool *escape, bool *odd)
{
	for (size_t i = 0; i + 1 < field.len; i++) {
		if (field.data[i] != '\\')
			continue;
		i++;
		if (field.data[i] == (char)dialect->separator ||
		    memchr("\\\"'0bnrtZ", field.data[i], 9))
			*escape = true;
		else
			*odd = true;
	}
}

static void count_record(void *context, const struct record *record)
{
	struct reading *reading = context;
	const struct dialect *dialect = reading->dialect;
	bool pair = false, guard = false, null = false, escape = false, odd = false, word = false;

	reading->records++;
	if (record->reason || record->count >= WIDTHS)
		return;
	reading->rows[record->count]++;
	for (size_t i = 0; i < record->count; i++) {
		const struct text field = record->fields[i];

		pair = pair || (dialect->quote > 0 &&
				has_pair(field, (char)dialect->quote));
		guard = guard || is_guard(field);
		word = word || text_is(field, "NULL");
		if (text_is(field, "\\N"))
			null = true;
		else
			count_escapes(dialect, field, &escape, &odd);
	}
	reading->doubled += pair;
	reading->guards += guard;
	reading->nulls += null;
	reading->escapes += escape;
	reading->odd += odd;
	reading->words += word;
}

static enum status read_as(const struct dialect *dialect, struct text body,
			   struct reading *reading, struct error *error)
{
	enum status status;

	memset(reading, 0, sizeof(*reading));
	reading->dialect = dialect;
	status = records_each(dialect, body, count_record, reading, error);
	reading->width = 1;
	for (size_t i = 2; i < WIDTHS; i++)
		if (reading->rows[i] > reading->rows[reading->width] ||
		    (reading->width == 1 && reading->rows[i] > 0))
			reading->width = i;
	reading->good = reading->rows[reading->width];
	reading->points = reading->good * (reading->width - 1);
	return status;
}

/* ---- guards ---- */

/* Lines of fields that begin with what is sought, behind a separator or first; end in
 * a quote; and are followed by one or the line's end. */
static uint64_t count_lines(struct text body, char separator, const char *sought)
{
	const size_t len = strlen(sought);
	uint64_t lines = 0;
	bool seen = false;

	for (size_t i = 0; i + len < body.len; i++) {
		const bool first = i == 0 || body.data[i - 1] == '\n' ||
				   body.data[i - 1] == '\r';
		const char *p = body.data + i + len;
		const char *end = body.data + body.len;

		seen = seen && !first;
		if (seen || (!first && body.data[i - 1] != separator) ||
		    memcmp(body.data + i, sought, len) != 0)
			continue;
		while (p < end && *p != '"' && *p != '\n' && *p != '\r')
			p++;
		if (p == end || *p != '"')
			continue;
		while (p < end && *p == '"')
			p++;
		seen = p == end || *p == separator || *p == '\n' || *p == '\r';
		lines += seen;
	}
	return lines;
}

/* Whether values are written `="0044"`, with the quotes of fields around that or not. */
static void find_guard(struct dialect *dialect, const struct dialect *given,
		       struct text body)
{
	const char separator = (char)dialect->separator;
	const uint64_t lines = count_lines(body, separator, "=\"") +
			       count_lines(body, separator, "\"=\"\"");

	dialect->guard = lines >= LEAST;
	if (!dialect->guard)
		return;
	dialect->shown_guard = lines;
	if (given->quote == DIALECT_UNKNOWN)
		dialect->quote = '"';
}

/* ---- escapes and quotes ---- */

/* What is tried, what assumes less first. */
static const struct {
	int escape;
	enum dialect_inner inner;
} manners[] = {
	{ ESCAPE_BACKSLASH, INNER_DOUBLED },
	{ ESCAPE_QUOTE, INNER_DOUBLED },
	{ 0, INNER_BARE },
	{ 0, INNER_PART },
	{ ESCAPE_BACKSLASH, INNER_BARE },
};

#define MANNERS (sizeof(manners) / sizeof(manners[0]))

/* What is being found out. */
struct finding {
	const struct dialect *given;
	struct text body;
	struct dialect best;
	uint64_t points;        /* of it */
	struct reading *reading;
	struct error *error;
};

static bool is_possible(const struct dialect *given, size_t manner)
{
	return (given->escape == DIALECT_UNKNOWN ||
		given->escape == manners[manner].escape) &&
	       (given->inner == DIALECT_UNKNOWN ||
		given->inner == (int)manners[manner].inner) &&
	       /* Both at once only where one was said. */
	       (manner < MANNERS - 1 || given->escape > 0 || given->inner > 0);
}

/* Takes it where it reads more, and enough rows more than what reads plainly. */
static void weigh(struct finding *finding, const struct dialect *tried, uint64_t plain,
		  uint64_t doubled)
{
	const struct reading *reading = finding->reading;
	const uint64_t gained = reading->good - plain;

	if (reading->good < plain + LEAST || reading->points <= finding->points ||
	    2 * reading->good < reading->records ||
	    (tried->inner > 0 && gained <= doubled))
		return;
	finding->best = *tried;
	finding->points = reading->points;
	finding->best.shown_escape = tried->escape > 0 ? gained : 0;
	finding->best.shown_inner = tried->inner > 0 ? gained : 0;
}

static enum status try_manner(struct finding *finding, struct dialect tried,
			      size_t manner, uint64_t plain, uint64_t doubled)
{
	enum status status;

	tried.escape = manners[manner].escape;
	tried.inner = (int)manners[manner].inner;
	status = read_as(&tried, finding->body, finding->reading, finding->error);
	if (status == STATUS_OK)
		weigh(finding, &tried, plain, doubled);
	if (status != STATUS_OK || tried.inner != INNER_BARE || tried.blanks)
		return status;
	tried.blanks = true;
	status = read_as(&tried, finding->body, finding->reading, finding->error);
	if (status == STATUS_OK)
		weigh(finding, &tried, plain, doubled);
	return status;
}

/* All manners with the separator and quote of a dialect. */
static enum status try_quote(struct finding *finding, struct dialect tried)
{
	uint64_t plain, doubled;
	enum status status;

	tried.escape = tried.inner = 0;
	status = read_as(&tried, finding->body, finding->reading, finding->error);
	plain = finding->reading->good;
	doubled = finding->reading->doubled;
	/* Without quotes there can be backslashes, and nothing else. */
	for (size_t i = 0; i < (tried.quote ? MANNERS : 1) && status == STATUS_OK; i++)
		if (is_possible(finding->given, i))
			status = try_manner(finding, tried, i, plain, doubled);
	return status;
}

static enum status try_manners(struct finding *finding, struct dialect tried)
{
	enum status status = STATUS_OK;

	if (finding->given->quote == DIALECT_UNKNOWN)
		status = dialect_find_quote(&tried, finding->body, finding->error);
	if (status == STATUS_OK)
		status = try_quote(finding, tried);
	if (status != STATUS_OK || tried.quote != 0 ||
	    finding->given->quote != DIALECT_UNKNOWN)
		return status;
	tried.quote = '"';
	return try_quote(finding, tried);
}

static enum status try_all(struct finding *finding, bool other)
{
	const struct dialect plain = finding->best;
	enum status status = try_manners(finding, plain);

	for (size_t i = 0; i < sizeof(separators) && other && status == STATUS_OK; i++) {
		struct dialect tried = plain;

		tried.separator = (unsigned char)separators[i];
		if (tried.separator != plain.separator)
			status = try_manners(finding, tried);
	}
	return status;
}

/* Where nothing is wrong with the rows: whether values are written as MySQL and
 * PostgreSQL write them, with `\N` for none and backslashes that mean something. */
static void find_nulls(struct dialect *dialect, const struct dialect *given,
		       const struct reading *reading)
{
	if (given->escape != DIALECT_UNKNOWN || dialect->escape > 0 ||
	    reading->nulls < LEAST || reading->escapes < LEAST || reading->odd > 0)
		return;
	dialect->escape = ESCAPE_BACKSLASH;
	dialect->shown_escape = reading->escapes;
}

static bool may_be_batch(const struct finding *finding, const struct dialect *dialect)
{
	const struct dialect *given = finding->given;

	return dialect->separator == '\t' && dialect->guard <= 0 && given->inner == DIALECT_UNKNOWN && given->escape <= 0 &&
	       (given->quote == DIALECT_UNKNOWN || given->quote == 0);
}

/* mysql -B parts with TABs, has no quotes, and the word NULL where there is no value. */
static enum status find_batch(struct finding *finding, struct dialect *dialect, bool bad)
{
	const struct reading *reading = finding->reading;
	struct dialect plain = *dialect;
	enum status status;

	plain.quote = plain.escape = plain.inner = 0;
	plain.blanks = false;
	status = read_as(&plain, finding->body, finding->reading, finding->error);
	if (status != STATUS_OK || reading->good < reading->records || reading->words < LEAST || reading->odd > 0 ||
	    (!bad && reading->escapes < LEAST))
		return status;
	*dialect = plain;
	if (finding->given->escape == DIALECT_UNKNOWN && reading->escapes >= LEAST) {
		dialect->escape = ESCAPE_BACKSLASH;
		dialect->shown_escape = reading->escapes;
	}
	return STATUS_OK;
}

/* Too little to go by, but mysql -B and COPY write TABs so. */
static void keep_escapes(struct dialect *dialect, const struct dialect *given, const struct reading *reading)
{
	if (given->escape == DIALECT_UNKNOWN && dialect->escape <= 0 && dialect->separator == '\t' && reading->odd == 0)
		dialect->kept_escape = reading->escapes;
}

static enum status find(struct finding *finding, struct dialect *dialect)
{
	struct reading *reading = finding->reading;
	enum status status = read_as(dialect, finding->body, reading, finding->error);
	const bool bad = 2 * reading->good < reading->records;

	if (status == STATUS_OK && may_be_batch(finding, dialect)) {
		status = find_batch(finding, dialect, reading->good < reading->records);
		if (status == STATUS_OK)
			status = read_as(dialect, finding->body, reading, finding->error);
	}
	if (status != STATUS_OK)
		return status;
	if (reading->records - reading->good < LEAST) {
		find_nulls(dialect, finding->given, reading);
		keep_escapes(dialect, finding->given, reading);
		return STATUS_OK;
	}
	finding->best = *dialect;
	finding->points = reading->points;
	status = try_all(finding, bad && finding->given->separator == DIALECT_UNKNOWN);
	*dialect = finding->best;
	return status;
}

/* What was not found out is not there. */
static void settle(struct dialect *dialect)
{
	if (dialect->escape == DIALECT_UNKNOWN)
		dialect->escape = 0;
	if (dialect->inner == DIALECT_UNKNOWN)
		dialect->inner = INNER_DOUBLED;
	if (dialect->guard == DIALECT_UNKNOWN)
		dialect->guard = 0;
}

enum status dialect_find_manner(struct dialect *dialect, const struct dialect *given,
				struct text body, struct error *error)
{
	struct finding finding = { .given = given, .body = body, .error = error };
	enum status status = STATUS_OK;

	if (given->guard == DIALECT_UNKNOWN)
		find_guard(dialect, given, body);
	if (given->escape == DIALECT_UNKNOWN || given->inner == DIALECT_UNKNOWN) {
		finding.reading = calloc(1, sizeof(*finding.reading));
		status = finding.reading ? find(&finding, dialect) : error_memory(error);
		free(finding.reading);
	}
	settle(dialect);
	return status;
}

/* ---- names ---- */

static const char *const escapes[] = { "none", "backslash", "quote" };
static const int escape_values[] = { 0, ESCAPE_BACKSLASH, ESCAPE_QUOTE };
static const char *const inners[] = { "doubled", "bare", "part" };
static const char *const guards[] = { "none", "excel" };

static int find_name(struct text name, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is_fold(name, list[i]))
			return (int)i;
	return DIALECT_UNKNOWN;
}

int dialect_escape(struct text name)
{
	const int found = find_name(name, escapes, 3);

	return found < 0 ? found : escape_values[found];
}

int dialect_inner(struct text name)
{
	return find_name(name, inners, 3);
}

int dialect_guard(struct text name)
{
	return find_name(name, guards, 2);
}

void dialect_describe_manner(const struct dialect *dialect, struct buf *out)
{
	if (dialect->escape > 0)
		buf_format(out, ", escape %s", dialect->escape == ESCAPE_BACKSLASH
						       ? "backslash"
						       : "quote");
	if (dialect->inner > 0)
		buf_format(out, ", inner quotes %s", inners[dialect->inner]);
	if (dialect->guard > 0)
		buf_text(out, ", guards");
	if (dialect->head > 0)
		buf_format(out, ", head of %ld line%s", dialect->head,
			   dialect->head == 1 ? "" : "s");
}
