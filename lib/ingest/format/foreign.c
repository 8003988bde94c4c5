/* SPDX-License-Identifier: Apache-2.0 */
/* What it is that no format reads, by how it begins, with what to do. */
#include "ingest/format/foreign.h"

#include <string.h>

#include "ingest/encoding/encoding.h"
#include "ingest/format/format.h"
#include "ingest/source/packed.h"

#define DEEPER " in an archive that is itself in another (unpack the outer one, and give what comes out)"
#define UNPACK "compressed data" DEEPER
#define SQLITE_LOG "the log (-wal) of an SQLite database (give the database, --with-wal, with it beside)"
#define ZEROS_LEAST 8
#define AS_TEXT "as CSV, with all columns as text"

static const struct {
	const char *start;
	size_t len;
	const char *what;
} foreign[] = {
	{ "SQLite format 3\0", 16, "the first bytes of an SQLite database (was it wholly copied?)" },
	{ "\x37\x7f\x06\x82", 4, SQLITE_LOG },
	{ "\x37\x7f\x06\x83", 4, SQLITE_LOG },
	{ "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8,
	  "the journal of an SQLite database (give the database, --with-wal, with it beside)" },
	{ "PGDMP", 5, "a PostgreSQL dump in the custom format (make a text of it, which needs no "
		      "server: pg_restore -f DUMP.sql FILE)" },
	{ "\xff\xfe\0\0", 4, "UTF-32 text (save it as UTF-8)" },
	{ "\0\0\xfe\xff", 4, "UTF-32 text (save it as UTF-8)" },
	{ "\x1f\x8b", 2, UNPACK },
	{ "BZh", 3, UNPACK },
	{ "\xfd" "7zXZ", 5, UNPACK },
	{ "\x28\xb5\x2f\xfd", 4, UNPACK },
	{ "PK\3\4", 4, "an archive" DEEPER },
	{ "PK\7\x8", 4, "a part of an archive in several (join its parts, as with zip -s 0)" },
	{ "Rar!\x1a\7", 6, "a RAR archive (unpack it, and give what comes out)" },
	{ "\x4\x22\x4d\x18", 4, UNPACK },
	{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,
	  "a spreadsheet or another document of Microsoft Office (save it " AS_TEXT ")" },
	{ "7z\xbc\xaf", 4, "an archive" DEEPER },
	{ "cdr=%3C", 7, "a form that FreeSWITCH's mod_xml_cdr has sent, URL-encoded (undo that: what "
			"comes of it is XML, which is read)" },
	{ "%PDF-", 5, "a PDF document (ask for its rows as CSV)" },
};

static const char xml[] = "an XML document (convert it to CSV, a row for each record)";
static const char html[] = "an HTML page (save its table " AS_TEXT ")";
static const char json[] = "JSON (convert it to CSV, a row for each object)";

/* ---- bytes ---- */

static bool starts(struct text text, const char *start)
{
	const size_t len = strlen(start);
	const struct text head = { text.data, len };

	return text.len >= len && text_is_fold(head, start);
}

static struct text behind(struct text text, size_t len)
{
	const struct text left = { text.data + len, text.len - len };

	return left;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct text skip_blanks(struct text text)
{
	while (text.len > 0 && is_blank(text.data[0]))
		text = behind(text, 1);
	return text;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* The length of a name of XML; 0: it is none. */
static size_t name_length(struct text text)
{
	size_t len = 0;

	if (text.len == 0 || !is_letter(text.data[0]))
		return 0;
	while (len < text.len &&
	       (is_letter(text.data[len]) || memchr("0123456789-.:", text.data[len], 13)))
		len++;
	return len;
}

/* ---- documents that are archives by their form ---- */

static bool holds(struct text text, const char *what)
{
	const size_t len = strlen(what);

	for (size_t i = 0; i + len <= text.len; i++)
		if (!memcmp(text.data + i, what, len))
			return true;
	return false;
}

static const char *document(struct text sample)
{
	if (!packed_document(sample))
		return NULL;
	if (holds(sample, "opendocument.spreadsheet"))
		return "an OpenDocument spreadsheet (save it as XLSX, or " AS_TEXT ")";
	if (holds(sample, "xl/workbook.bin"))
		return "a binary workbook of Excel, XLSB (save it as XLSX, or " AS_TEXT ")";
	if (holds(sample, "xl/"))
		return "a workbook of Excel (save it " AS_TEXT ")";
	return "a document of Microsoft Office or the like that is no workbook (save its table " AS_TEXT ")";
}

/* ---- XML and HTML ---- */

static bool is_html(struct text name)
{
	static const char *const names[] = { "html", "head", "body", "table", "meta",
					     "style", "div", "title", "script", "tr" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_is_fold(name, names[i]))
			return true;
	return false;
}

/* Whether an element of a name ends somewhere. */
static bool has_end(struct text text, struct text name)
{
	for (size_t i = 0; i + 2 + name.len < text.len; i++)
		if (text.data[i] == '<' && text.data[i + 1] == '/' &&
		    !memcmp(text.data + i + 2, name.data, name.len))
			return true;
	return false;
}

/* Whether attributes follow: a name, =, and a quote, which HTML can do without. A text
 * that ends before is cut. */
static bool has_attribute(struct text text, bool bare)
{
	const struct text name = skip_blanks(text);
	const size_t len = name_length(name);
	struct text left = skip_blanks(behind(name, len));

	if (len == 0 || name.data == text.data || left.len == 0 || left.data[0] != '=')
		return false;
	left = skip_blanks(behind(left, 1));
	return left.len == 0 || left.data[0] == '"' || left.data[0] == '\'' || bare;
}

/* A field may be between angle brackets too: an element has an attribute, another within
 * it, or an end. */
static bool is_element(struct text name, struct text text)
{
	struct text left = skip_blanks(text);
	bool closed = false;

	if (has_attribute(text, is_html(name)))
		return true;
	if (left.len > 0 && left.data[0] == '/') {
		closed = true;
		left = behind(left, 1);
	}
	if (left.len == 0 || left.data[0] != '>')
		return false;
	left = skip_blanks(behind(left, 1));
	return left.len == 0 || left.data[0] == '<' || (!closed && has_end(left, name));
}

const char *foreign_markup(struct text sample)
{
	struct text name, left;

	while (starts(sample, "<!--")) {
		size_t len = 4;

		while (len < sample.len && !starts(behind(sample, len), "-->"))
			len++;
		if (len == sample.len)
			return xml;
		sample = skip_blanks(behind(sample, len + 3));
	}
	if (starts(sample, "<?xml") || starts(sample, "<!doctype "))
		return starts(sample, "<!doctype html") ? html : xml;
	if (sample.len == 0 || sample.data[0] != '<')
		return NULL;
	left = behind(sample, 1);
	name = (struct text){ left.data, name_length(left) };
	if (name.len == 0 || !is_element(name, behind(left, name.len)))
		return NULL;
	return is_html(name) ? html : xml;
}

bool foreign_is_xml(struct text sample)
{
	return foreign_markup(sample) == xml;
}

/* ---- JSON ---- */

const char *foreign_json(struct text sample)
{
	static const char nested[] = "\"{[]-0123456789";
	const char open = sample.len > 0 ? sample.data[0] : '\0';
	struct text left;

	if (open != '{' && open != '[')
		return NULL;
	left = skip_blanks(behind(sample, 1));
	/* The file ends here, or the line and more follows. */
	if (left.len == 0 || sample.data[1] == '\n' || sample.data[1] == '\r')
		return json;
	if (left.data[0] == (open == '{' ? '}' : ']')) {
		left = behind(left, 1);
		return left.len == 0 || is_blank(left.data[0]) ? json : NULL;
	}
	if (left.data[0] == '"' || (open == '[' && left.data[0] == '{'))
		return json;
	if (open == '[' && left.data[0] == '[') {
		left = skip_blanks(behind(left, 1));
		return left.len == 0 || memchr(nested, left.data[0], sizeof(nested) - 1) ? json : NULL;
	}
	return NULL;
}

/* ---- all of them ---- */

/* Logs that were cut while they were written begin so, and files whose copy failed. */
static const char *zeros(struct text sample)
{
	size_t count = 0;

	while (count < sample.len && sample.data[count] == '\0')
		count++;
	/* A few may be of a value that nobody asks for. */
	if (count == 0 || (count < ZEROS_LEAST && count < sample.len))
		return NULL;
	return count == sample.len
		       ? "nothing but NUL bytes as far as it is looked at (was it wholly copied?)"
		       : "NUL bytes where it begins (where text follows take them out, as with "
			 "tr -d '\\000')";
}

/* Bytes that no text has. */
static bool is_control(char byte)
{
	unsigned char c = (unsigned char)byte;

	return c == 0x7f || (c < 0x20 && c != '\t' && c != '\n' && c != '\r' &&
			     c != '\f' && c != 0x1b);
}

/* Whether a text begins with a line that can be a header or a row: one without such
 * bytes, in parts. Then others are of a column that holds what it likes. */
static bool begins_as_text(struct text sample)
{
	static const char separators[] = ",;|\t";
	size_t parts = 1;

	for (size_t i = 0; i < sample.len; i++) {
		const char c = sample.data[i];

		if (c == '\n' || c == '\r')
			return parts > 1;
		if (is_control(c))
			return false;
		parts += memchr(separators, c, sizeof(separators) - 1) != NULL;
	}
	return false;
}

struct text foreign_unmarked(struct text text)
{
	static const char mark[] = "\xef\xbb\xbf";

	return text.len >= 3 && !memcmp(text.data, mark, 3) ? behind(text, 3) : text;
}

struct text foreign_start(struct text text)
{
	return skip_blanks(foreign_unmarked(text));
}

static const char *written(struct text sample)
{
	const char *what;

	sample = foreign_start(sample);
	what = foreign_sql(sample);
	if (!what)
		what = foreign_markup(sample);
	return what ? what : foreign_json(sample);
}

const char *format_foreign(struct text sample)
{
	const char *what = document(sample);
	size_t controls = 0;

	if (what)
		return what;
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		if (sample.len >= foreign[i].len &&
		    !memcmp(sample.data, foreign[i].start, foreign[i].len))
			return foreign[i].what;
	if (encoding_unmarked(sample))
		return !strcmp(encoding_unmarked(sample), "utf-16le")
			       ? "UTF-16 text without a byte order mark (give --encoding utf-16le)"
			       : "UTF-16 text without a byte order mark (give --encoding utf-16be)";
	what = zeros(sample);
	if (!what)
		what = written(sample);
	if (what)
		return what;
	for (size_t i = 0; i < sample.len; i++)
		controls += is_control(sample.data[i]);
	return controls > sample.len / 20 && !begins_as_text(sample) ? "binary data"
								      : NULL;
}
