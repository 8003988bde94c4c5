/* SPDX-License-Identifier: Apache-2.0 */
/* Column tables of a run: digests of what is the same for all who do the same. */
#include "casefile/custody/run_tables.h"

#include <string.h>

#include "casefile/runs.h"
#include "casefile/sql.h"

void run_tables_add(struct buf *out, const char *name, const char hex[static DIGEST_HEX])
{
	buf_format(out, "%s\"%s\":\"%s\"", out->len ? "," : "", name, hex);
}

static bool take_byte(struct text *rest, char byte)
{
	if (rest->len == 0 || rest->data[0] != byte)
		return false;
	rest->data++;
	rest->len--;
	return true;
}

/* A string without escapes, taken off the front. */
static bool take_string(struct text *rest, struct text *string)
{
	const char *end;

	if (!take_byte(rest, '"'))
		return false;
	end = rest->len ? memchr(rest->data, '"', rest->len) : NULL;
	if (!end)
		return false;
	*string = (struct text){ rest->data, (size_t)(end - rest->data) };
	rest->data += string->len + 1;
	rest->len -= string->len + 1;
	return true;
}

bool run_tables_find(struct text tables, const char *name, char hex[static DIGEST_HEX])
{
	struct text key, value;
	bool more = take_byte(&tables, '{');

	while (more && take_string(&tables, &key) && take_byte(&tables, ':') &&
	       take_string(&tables, &value)) {
		if (text_is(key, name) && value.len == DIGEST_HEX - 1) {
			memcpy(hex, value.data, value.len);
			hex[value.len] = '\0';
			return true;
		}
		more = take_byte(&tables, ',');
	}
	return false;
}

enum status run_tables_last(struct casefile *casefile, enum layer layer, struct buf *out)
{
	sqlite3_stmt *statement;
	enum status status = run_of_layer(casefile, "tables", layer, &statement);

	if (status == STATUS_OK) {
		const struct text text = column_text(statement, 0);

		buf_add(out, text.data, text.len);
		status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	return out->failed ? error_memory(&casefile->error) : status;
}
