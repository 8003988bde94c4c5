/* SPDX-License-Identifier: Apache-2.0 */
/* SQL functions that show values as the tables show them. */
#include "export/functions.h"

#include <stdio.h>
#include <string.h>

#include "base/money/decimal.h"
#include "base/time/moment.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"
#include "export/other.h"
#include "export/valued.h"

#define FLAGS (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)

static void give(sqlite3_context *context, const char *text)
{
	sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

static bool is_null(sqlite3_value *value)
{
	return sqlite3_value_type(value) == SQLITE_NULL;
}

static void utc(sqlite3_context *context, int count, sqlite3_value **values)
{
	char text[21];

	(void)count;
	if (is_null(values[0]))
		return;
	if (moment_format_utc(sqlite3_value_int64(values[0]), text) == 0)
		sqlite3_result_error(context, "utc(): not in the years 0000 to 9999", -1);
	else
		give(context, text);
}

/* The date of a time. */
static void day(sqlite3_context *context, int count, sqlite3_value **values)
{
	char text[21];

	(void)count;
	if (is_null(values[0]))
		return;
	if (moment_format_utc(sqlite3_value_int64(values[0]), text) == 0)
		sqlite3_result_error(context, "day(): not in the years 0000 to 9999", -1);
	else
		sqlite3_result_text(context, text, 10, SQLITE_TRANSIENT);
}

static void e164(sqlite3_context *context, int count, sqlite3_value **values)
{
	char text[32];
	sqlite3_int64 number;

	(void)count;
	if (is_null(values[0]))
		return;
	number = sqlite3_value_int64(values[0]);
	if (number < 1) {
		sqlite3_result_error(context, "e164(): not a number in E.164", -1);
		return;
	}
	(void)snprintf(text, sizeof(text), "+%lld", (long long)number);
	give(context, text);
}

static void amount(sqlite3_context *context, int count, sqlite3_value **values)
{
	char text[DECIMAL_TEXT];
	sqlite3_int64 exponent;
	i128 minor;

	(void)count;
	if (is_null(values[0]) || is_null(values[1]))
		return;
	exponent = sqlite3_value_int64(values[1]);
	if (exponent < 0 || exponent > DECIMAL_MAX_SCALE) {
		sqlite3_result_error(context, "amount(): an exponent is 0 to 36", -1);
		return;
	}
	if (!value_amount(values[0], &minor)) {
		sqlite3_result_error(context, "amount(): not an amount in minor units", -1);
		return;
	}
	(void)decimal_format(minor, (unsigned)exponent, text, sizeof(text));
	give(context, text);
}

/* A line `constant ROLE ...` of a recipe. */
static void asserted(sqlite3_context *context, int count, sqlite3_value **values)
{
	static const char word[] = "constant ";
	const char *line = (const char *)sqlite3_value_text(values[0]);
	const char *role = (const char *)sqlite3_value_text(values[1]);
	const size_t len = role ? strlen(role) : 0;

	(void)count;
	while (line && role && *line) {
		const char *end = strchr(line, '\n');

		if (strncmp(line, word, sizeof(word) - 1) == 0 && strncmp(line + sizeof(word) - 1, role, len) == 0 &&
		    line[sizeof(word) - 1 + len] == ' ') {
			give(context, "asserted for all rows, not found");
			return;
		}
		line = end ? end + 1 : NULL;
	}
}

enum status functions_register(struct casefile *casefile)
{
	sqlite3 *db = casefile->db;

	if (sqlite3_create_function(db, "utc", 1, FLAGS, NULL, utc, NULL, NULL) != SQLITE_OK ||
	    sqlite3_create_function(db, "day", 1, FLAGS, NULL, day, NULL, NULL) != SQLITE_OK ||
	    sqlite3_create_function(db, "e164", 1, FLAGS, NULL, e164, NULL, NULL) != SQLITE_OK ||
	    sqlite3_create_function(db, "asserted", 2, FLAGS, NULL, asserted, NULL, NULL) != SQLITE_OK ||
	    sqlite3_create_function(db, "amount", 2, FLAGS, NULL, amount, NULL, NULL) != SQLITE_OK)
		return casefile_failed(casefile);
	if (cut_register(casefile) != STATUS_OK)
		return casefile->error.status;
	return valued_register(casefile) == STATUS_OK ? other_register(casefile) : casefile->error.status;
}
