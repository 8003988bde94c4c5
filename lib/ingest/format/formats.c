/* SPDX-License-Identifier: Apache-2.0 */
/* The formats that are known, and what is known of those that are not read. */
#include <string.h>

#include "ingest/format/format.h"

const struct format *const formats[] = {
	/* Text has no magic number: it comes last, and bids least. */
	&format_delimited,
	NULL,
};

/* What members begin with that no format reads. */
static const struct {
	const char *start;
	size_t len;
	const char *what;
} foreign[] = {
	{ "SQLite format 3\0", 16, "an SQLite database" },
	{ "PGDMP", 5, "a PostgreSQL dump in the custom format" },
	{ "-- MySQL dump", 13, "a MySQL dump" },
	{ "-- MariaDB dump", 15, "a MariaDB dump" },
	{ "/*M!999999", 10, "a MariaDB dump" },
	{ "-- phpMyAdmin SQL Dump", 22, "a phpMyAdmin dump" },
	{ "--\n-- PostgreSQL database", 25, "a PostgreSQL dump" },
	{ "PRAGMA foreign_keys=OFF", 23, "an SQLite dump" },
	{ "INSERT INTO ", 12, "an SQL dump" },
	{ "CREATE TABLE ", 13, "an SQL dump" },
	{ "\xff\xfe", 2, "UTF-16 text (save it as UTF-8)" },
	{ "\xfe\xff", 2, "UTF-16 text (save it as UTF-8)" },
	{ "\x1f\x8b", 2, "compressed data inside an archive (unpack it)" },
	{ "BZh", 3, "compressed data inside an archive (unpack it)" },
	{ "\xfd" "7zXZ", 5, "compressed data inside an archive (unpack it)" },
	{ "\x28\xb5\x2f\xfd", 4, "compressed data inside an archive (unpack it)" },
	{ "PK\3\4", 4, "an archive inside an archive (unpack it), or a spreadsheet" },
	{ "7z\xbc\xaf", 4, "an archive inside an archive (unpack it)" },
	{ "%PDF-", 5, "a PDF document" },
	{ "<?xml", 5, "an XML document" },
	{ "{\"", 2, "JSON" },
	{ "{\n", 2, "JSON" },
	{ "{\r", 2, "JSON" },
	{ "[\n", 2, "JSON" },
	{ "[\r", 2, "JSON" },
	{ "[{", 2, "JSON" },
};

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

const char *format_foreign(struct text sample)
{
	size_t controls = 0;

	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++)
		if (sample.len >= foreign[i].len &&
		    !memcmp(sample.data, foreign[i].start, foreign[i].len))
			return foreign[i].what;
	for (size_t i = 0; i < sample.len; i++)
		controls += is_control(sample.data[i]);
	return controls > sample.len / 20 && !begins_as_text(sample) ? "binary data"
								      : NULL;
}

enum status format_choose(const struct format *const *table,
			  const struct format_input *input,
			  const struct format **format, struct error *error)
{
	const struct peek *peek = &input->peek;
	const char *what;
	unsigned best = 0;

	*format = NULL;
	if (peek->bytes.len == 0)
		return error_set(error, STATUS_SKIP, "%s: is empty", input->shown);
	for (; *table; table++) {
		const unsigned bid = (*table)->bid(peek);

		if (bid > best) {
			best = bid;
			*format = *table;
		}
	}
	/* What bids least takes anything. */
	what = best > 1 ? NULL : format_foreign(peek->bytes);
	if (what || !*format)
		return error_set(error, STATUS_SKIP, "%s: is %s, not delimited text",
				 input->shown, what ? what : "of no known format");
	return STATUS_OK;
}

enum status layout_announce(struct layout *layout, struct stream *stream,
			    struct error *error)
{
	stream->number = layout->streams++;
	return layout->input->announce(layout->input->context, stream, error);
}
