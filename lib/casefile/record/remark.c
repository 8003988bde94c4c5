/* SPDX-License-Identifier: Apache-2.0 */
/* Remarks: a row of a table, and a notice. */
#include "casefile/record/remark.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "casefile/sql.h"

#define INSERT(table) \
	"INSERT INTO " table "(source, role, topic, value, count, line, text, remedy)" \
	" VALUES(?, ?, ?, ?, ?, ?, ?, ?)"

enum status remark_writer_open(struct remark_writer *writer, struct casefile *casefile,
			       enum layer layer, const struct observer *observer)
{
	static const char *const inserts[LAYERS] = {
		[LAYER_FOUND] = INSERT("source_remark"),
		[LAYER_UNDERSTOOD] = INSERT("remark"),
		[LAYER_CONCLUDED] = INSERT("conclusion_remark"),
	};

	writer->casefile = casefile;
	writer->observer = observer;
	writer->insert = casefile_prepare(casefile, inserts[layer]);
	return writer->insert ? STATUS_OK : casefile->error.status;
}

void remark_writer_close(struct remark_writer *writer)
{
	sqlite3_finalize(writer->insert);
	memset(writer, 0, sizeof(*writer));
}

static const char *word(const char *text)
{
	return text ? text : "";
}

enum status remark_writer_keep(struct remark_writer *writer, const struct remark *remark)
{
	sqlite3_stmt *insert = writer->insert;
	struct text value = remark->value;

	if (!value.data)
		value = text_of("");
	if (value.len > REMARK_VALUE_MOST)
		value.len = REMARK_VALUE_MOST;
	bind_integer(insert, 1, remark->source);
	bind_cstring(insert, 2, word(remark->role));
	bind_cstring(insert, 3, word(remark->topic));
	bind_blob(insert, 4, value);
	bind_integer(insert, 5, (int64_t)remark->count);
	bind_integer(insert, 6, (int64_t)remark->line);
	bind_cstring(insert, 7, word(remark->text));
	bind_cstring(insert, 8, word(remark->remedy));
	return casefile_run(writer->casefile, insert);
}

enum status remark_writer_say(struct remark_writer *writer, const struct remark *remark)
{
	const char *shown = word(remark->shown);
	const char *remedy = word(remark->remedy);

	observer_notice(writer->observer, "%s%s%s%s%s", shown, *shown ? ": " : "",
			word(remark->text), *remedy ? "; " : "", remedy);
	return remark_writer_keep(writer, remark);
}

enum status remark_writer_sayf(struct remark_writer *writer, const struct remark *remark,
			       const char *format, ...)
{
	struct remark said = *remark;
	char text[REMARK_TEXT_MOST];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	said.text = text;
	return remark_writer_say(writer, &said);
}
