/* SPDX-License-Identifier: Apache-2.0 */
/* The command that cuts a row out of the file that was seized. */
#include <string.h>

#include "casefile/sql.h"
#include "export/functions.h"

/* Where a row stands. */
struct cutting {
	const char *format, *path, *member, *table;
	const char *compression;    /* inner first: `tar+gzip`, or `gzip in zip` */
	int64_t line, offset, length;
};

/* A word of a shell, whatever is in it (POSIX 2.2.2). */
static void add_quoted(struct buf *out, struct text word)
{
	buf_byte(out, '\'');
	for (size_t i = 0; i < word.len; i++) {
		if (word.data[i] == '\'')
			buf_text(out, "'\\''");
		else
			buf_byte(out, word.data[i]);
	}
	buf_byte(out, '\'');
}

/* A file, which may begin with a dash. */
static void add_file(struct buf *out, struct text path)
{
	if (path.len > 0 && path.data[0] == '-')
		buf_text(out, "./");
	add_quoted(out, path);
}

static bool begins(struct text text, const char *word)
{
	return text.len >= strlen(word) && memcmp(text.data, word, strlen(word)) == 0;
}

/* What unpacks one file to its output, by the name of the outermost filter. */
static const char *unpacker(struct text compression)
{
	static const char *const known[][2] = {
		{ "gzip", "gzip -dc" },   { "bzip2", "bzip2 -dc" }, { "xz", "xz -dc" },     { "zstd", "zstd -dc" },
		{ "lz4", "lz4 -dc" },     { "lzma", "xz -dc" },     { "compress", "gzip -dc" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (text_is(compression, known[i][0]))
			return known[i][1];
	return NULL;
}

/* A member as a pattern of unzip and bsdtar that means it alone. */
static void add_pattern(struct buf *out, struct text member)
{
	struct buf pattern = { 0 };

	for (size_t i = 0; i < member.len; i++) {
		if (memchr("[]*?\\", member.data[i], 5))
			buf_byte(&pattern, '\\');
		buf_byte(&pattern, member.data[i]);
	}
	add_quoted(out, buf_view(&pattern));
	out->failed = out->failed || pattern.failed;
	buf_release(&pattern);
}

/* A member of an archive to the output; file without data: the archive is the input. */
static void add_archive(struct buf *out, struct text compression, struct text file, struct text member)
{
	const bool tar = begins(compression, "tar") && file.data;
	const char *command = "bsdtar -xOf ";

	if (tar)
		command = "tar -xOf ";
	else if (begins(compression, "zip") && file.data)
		command = "unzip -p ";
	else if (begins(compression, "7zip") && file.data)
		command = "7z x -so ";
	buf_text(out, command);
	if (file.data)
		add_file(out, file);
	else
		buf_byte(out, '-');
	buf_text(out, member.len > 0 && member.data[0] == '-' ? " -- " : " ");
	if (tar)
		add_quoted(out, member);
	else
		add_pattern(out, member);
}

/* One layer; false: how that is done is not known. */
static bool add_layer(struct buf *out, struct text compression, struct text file, struct text member)
{
	const char *unpack = unpacker(compression);

	if (!unpack && (compression.len == 0 || text_is(compression, "none")))
		return false;
	if (!unpack && member.len == 0)
		unpack = "bsdcat";
	if (!unpack) {
		add_archive(out, compression, file, member);
		return true;
	}
	buf_text(out, unpack);
	if (file.data) {
		buf_byte(out, ' ');
		add_file(out, file);
	}
	return true;
}

static struct text text_to(struct text text, const char *end)
{
	return (struct text){ text.data, (size_t)(end - text.data) };
}

/* All that unpacks, from the outside in, each through a pipe; false: the file is as it is. */
static bool add_unpacking(struct buf *out, const struct cutting *c)
{
	struct text inner = text_of(c->compression), outer = inner, member = text_of(c->member);
	struct text within = member;
	const char *in = strstr(c->compression, " in ");
	const char *colon = in ? strchr(c->member, ':') : NULL;
	const struct text none = { NULL, 0 };

	if (!in)
		return add_layer(out, outer, text_of(c->path), member);
	outer = text_of(in + 4);
	inner = text_to(inner, in);
	if (colon) {
		member = text_to(member, colon);
		within = text_of(colon + 1);
	}
	if (!add_layer(out, outer, text_of(c->path), member))
		return false;
	buf_text(out, " | ");
	return add_layer(out, inner, none, within);
}

static void add_bytes(struct buf *out, const struct cutting *c)
{
	const bool packed = add_unpacking(out, c);

	buf_format(out, "%stail -c +%lld", packed ? " | " : "", (long long)c->offset + 1);
	if (!packed) {
		buf_byte(out, ' ');
		add_file(out, text_of(c->path));
	}
	buf_format(out, " | head -c %lld", (long long)c->length);
}

/* A name in SQL, within what a shell takes as one word. */
static void add_query(struct buf *out, const struct cutting *c)
{
	const struct text table = text_of(c->table);
	struct buf sql = { 0 };

	buf_text(&sql, "SELECT rowid, * FROM \"");
	for (size_t i = 0; i < table.len; i++) {
		buf_byte(&sql, table.data[i]);
		if (table.data[i] == '"')
			buf_byte(&sql, '"');
	}
	buf_format(&sql, "\" WHERE rowid = %lld", (long long)c->offset);
	buf_byte(out, ' ');
	add_quoted(out, buf_view(&sql));
	out->failed = out->failed || sql.failed;
	buf_release(&sql);
}

/* A file as a URI (sqlite.org/uri.html), so that nothing is written beside it. */
static void add_uri(struct buf *out, const char *path)
{
	struct buf uri = { 0 };

	buf_text(&uri, "file:");
	for (; *path; path++) {
		if (strchr("%?#", *path))
			buf_format(&uri, "%%%02X", (unsigned)(unsigned char)*path);
		else
			buf_byte(&uri, *path);
	}
	buf_text(&uri, "?immutable=1");
	add_quoted(out, buf_view(&uri));
	out->failed = out->failed || uri.failed;
	buf_release(&uri);
}

/* What is packed is unpacked into a file first. */
static void add_database(struct buf *out, const struct cutting *c)
{
	const bool packed = add_unpacking(out, c);

	buf_text(out, packed ? " >unpacked.db && " : "");
	buf_text(out, "sqlite3 -readonly ");
	add_uri(out, packed ? "unpacked.db" : c->path);
	add_query(out, c);
}

static void add_sheet(struct buf *out, const struct cutting *c)
{
	buf_format(out, "row %lld of sheet ", (long long)c->line);
	add_quoted(out, text_of(c->table));
	buf_text(out, " in ");
	add_quoted(out, text_of(c->path));
	if (*c->member) {
		buf_byte(out, ':');
		add_quoted(out, text_of(c->member));
	}
}

static const char *word(sqlite3_value *value)
{
	const char *text = (const char *)sqlite3_value_text(value);

	return text ? text : "";
}

/* cut(format, path, member, compression, table, line, offset, length) */
static void cut(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct cutting c = {
		.format = word(values[0]), .path = word(values[1]), .member = word(values[2]),
		.compression = word(values[3]), .table = word(values[4]), .line = sqlite3_value_int64(values[5]),
		.offset = sqlite3_value_int64(values[6]), .length = sqlite3_value_int64(values[7]),
	};
	struct buf out = { 0 };

	(void)count;
	/* Of what came through a pipe nothing is there. */
	if (!strcmp(c.path, "-"))
		return;
	if (!strcmp(c.format, "sqlite"))
		add_database(&out, &c);
	else if (!strcmp(c.format, "xlsx"))
		add_sheet(&out, &c);
	else
		add_bytes(&out, &c);
	if (out.failed)
		sqlite3_result_error_nomem(context);
	else
		sqlite3_result_text(context, buf_view(&out).data, (int)out.len, SQLITE_TRANSIENT);
	buf_release(&out);
}

enum status cut_register(struct casefile *casefile)
{
	return sqlite3_create_function(casefile->db, "cut", 8, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
				       NULL, cut, NULL, NULL) == SQLITE_OK
		       ? STATUS_OK
		       : casefile_failed(casefile);
}
