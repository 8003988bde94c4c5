/* SPDX-License-Identifier: Apache-2.0 */
/* The reference of a case, by which those who work on it know it, and of an exhibit. */
#include "casefile/custody/reference.h"

#include <string.h>

#include "base/utf8.h"
#include "casefile/sql.h"

static bool is_utf8(struct text text)
{
	uint32_t point;
	size_t len = 1;

	for (; text.len > 0 && len > 0; text.data += len, text.len -= len)
		len = utf8_next(text.data, text.len, &point);
	return len > 0;
}

/* Whether a terminal is shown the text as it is, a backslash aside. */
static bool is_plain(struct text text)
{
	char shown[4 * REFERENCE_ROOM];
	size_t backslashes = 0;

	for (size_t i = 0; i < text.len; i++)
		backslashes += text.data[i] == '\\';
	return strlen(text_escape(text, shown, sizeof(shown))) == text.len + backslashes;
}

const char *reference_problem(struct text text)
{
	if (text.len == 0)
		return "is empty";
	if (text.len > REFERENCE_MOST)
		return "has more than 200 bytes";
	if (!is_utf8(text))
		return "is not UTF-8";
	if (!is_plain(text))
		return "has a control character";
	return text_trim(text).len < text.len ? "begins or ends with a blank" : NULL;
}

static enum status take(struct casefile *casefile, sqlite3_stmt *statement,
			char out[static REFERENCE_ROOM])
{
	const struct text text = column_text(statement, 0);
	const enum status status = columns_read(casefile, statement);

	if (status != STATUS_OK)
		return status;
	if (reference_problem(text))
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "table identity has a reference that %s; `unspoof verify` "
				 "says more", reference_problem(text));
	memcpy(out, text.data, text.len);
	out[text.len] = '\0';
	return STATUS_OK;
}

enum status reference_read(struct casefile *casefile, char out[static REFERENCE_ROOM])
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT reference FROM identity");
	enum status status;

	out[0] = '\0';
	if (!statement)
		return casefile->error.status;
	status = casefile_step(casefile, statement);
	if (status == STATUS_OK)
		status = take(casefile, statement, out);
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

enum status reference_give(struct casefile *casefile, const char *reference)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "INSERT OR IGNORE INTO identity(id, reference) VALUES(1, ?)");
	enum status status;

	if (!statement)
		return casefile->error.status;
	bind_cstring(statement, 1, reference);
	status = casefile_run(casefile, statement);
	sqlite3_finalize(statement);
	return status;
}
