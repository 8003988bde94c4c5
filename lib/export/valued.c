/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts that are a value. */
#include "export/valued.h"

#include <stdlib.h>

#include "casefile/record/source_absent.h"
#include "casefile/sql.h"

#define FLAGS (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)

/* The words of a case, read once they are asked for; each function has its own. */
struct valued {
	struct casefile *casefile;
	struct source_absent absent;
	bool loaded;
};

static void valued_free(void *context)
{
	struct valued *valued = context;

	source_absent_release(&valued->absent);
	free(valued);
}

static bool load(struct valued *valued)
{
	if (!valued->loaded)
		valued->loaded = source_absent_load(&valued->absent, valued->casefile) == STATUS_OK;
	return valued->loaded;
}

static struct text text_value(sqlite3_value *value)
{
	const char *data = (const char *)sqlite3_value_text(value);

	return (struct text){ data, data ? (size_t)sqlite3_value_bytes(value) : 0 };
}

/* The text of a role where it is a value; of no length where it is none. */
static struct text value_of(sqlite3_context *context, struct text text, const char *role, sqlite3_value *source)
{
	struct valued *valued = sqlite3_user_data(context);

	if (!text.data)
		return text;
	text = text_trim(text);
	if (text.len == 0)
		return text;
	if (!load(valued)) {
		sqlite3_result_error(context, "no memory, or the case cannot be read", -1);
		return (struct text){ NULL, 0 };
	}
	if (absents_in(source_absent_of(&valued->absent, sqlite3_value_int64(source)), role, text))
		text.len = 0;
	return text;
}

static void found_value(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct text role = text_value(values[1]);
	const struct text text = value_of(context, text_value(values[0]), role.data ? role.data : "", values[2]);

	(void)count;
	if (text.len)
		sqlite3_result_text64(context, text.data, text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

enum status valued_register(struct casefile *casefile)
{
	struct valued *valued = calloc(1, sizeof(*valued));

	if (!valued)
		return error_memory(&casefile->error);
	valued->casefile = casefile;
	if (sqlite3_create_function_v2(casefile->db, "found_value", 3, FLAGS, valued, found_value, NULL, NULL, valued_free) !=
	    SQLITE_OK)
		return casefile_failed(casefile);
	return STATUS_OK;
}
