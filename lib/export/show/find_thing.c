/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts and suspects by their names. */
#include "export/show/find_thing.h"

#include <string.h>

#include "base/nearest.h"
#include "casefile/service_name.h"
#include "casefile/sql.h"
#include "export/other.h"

#define ID_SHOWN 100
#define E164_MOST 15    /* digits, ITU-T E.164 section 6.1 */

enum status find_bad_id(struct casefile *casefile, const char *what, const char *id, const char *form)
{
	char given[ID_SHOWN];

	return error_set(&casefile->error, STATUS_USAGE, "'%s' is no %s: %s",
			 text_escape(text_of(id), given, sizeof(given)), what, form);
}

enum status find_absent(struct casefile *casefile, const char *what, const char *id)
{
	char given[ID_SHOWN];

	return error_set(&casefile->error, STATUS_FAILED, "there is no %s '%s' in the case", what,
			 text_escape(text_of(id), given, sizeof(given)));
}

/* ---- accounts ---- */

/* An account in the words of the user, where it is printable: names of others that are near. */
static enum status near_accounts(struct casefile *casefile, struct nearest *nearest)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT " SERVICE_SHOWN("k") " || k.account FROM account_key k ORDER BY k.id");
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		const struct text name = column_text(statement, 0);
		char shown[NEAREST_NAME];

		if (name.data && name.len > 0 && name.len < NEAREST_NAME)
			nearest_offer(nearest, text_escape(name, shown, sizeof(shown)));
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status absent_account(struct casefile *casefile, const char *id)
{
	char given[ID_SHOWN], said[NEAREST_SAID];
	struct nearest nearest;
	enum status status;

	nearest_begin(&nearest, text_of(id));
	status = near_accounts(casefile, &nearest);
	if (status != STATUS_OK)
		return status;
	nearest_say(&nearest, said);
	return error_set(&casefile->error, STATUS_FAILED, "there is no account '%s' in the case%s%s",
			 text_escape(text_of(id), given, sizeof(given)), *said ? "; " : "", said);
}

enum status find_account_there(struct casefile *casefile, const char *id, int64_t *key)
{
	sqlite3_stmt *statement = casefile_prepare(
		casefile, "SELECT k.id FROM account_key k WHERE k.account = ?1 OR " SERVICE_PREFIX("k") " || k.account = ?1");
	enum status status, second = STATUS_END;

	if (!statement)
		return casefile->error.status;
	status = bind_sought(casefile, statement, 1, id);
	if (status == STATUS_OK)
		status = casefile_step(casefile, statement);
	if (status == STATUS_OK) {
		*key = sqlite3_column_int64(statement, 0);
		second = casefile_step(casefile, statement);
	}
	sqlite3_finalize(statement);
	if (second == STATUS_OK)
		return find_bad_id(casefile, "single account", id, "several services have it; give SERVICE/ACCOUNT");
	return second == STATUS_END ? status : second;
}

enum status find_account(struct casefile *casefile, const char *id, int64_t *key)
{
	const enum status status = find_account_there(casefile, id, key);

	return status == STATUS_END ? absent_account(casefile, id) : status;
}

/* ---- suspects ---- */

bool is_suspect_id(const char *id)
{
	uint64_t number;

	return (*id == 'S' || *id == 's') && text_to_u64(text_of(id + 1), &number);
}

enum status find_suspect(struct casefile *casefile, const char *id, int64_t *number)
{
	uint64_t value;
	int64_t most = 0;
	enum status status;
	char given[ID_SHOWN];

	if (!text_to_u64(text_of(*id == 'S' || *id == 's' ? id + 1 : id), &value) || value > INT64_MAX)
		return find_bad_id(casefile, "suspect", id, "give S and a number, as in table suspects");
	status = casefile_integer(casefile, "SELECT max(id) FROM suspect", 0, &most);
	if (status != STATUS_OK)
		return status;
	*number = (int64_t)value;
	if (value >= 1 && *number <= most)
		return STATUS_OK;
	return error_set(&casefile->error, STATUS_FAILED, "there is no suspect '%s' in the case; they are S1 to S%lld",
			 text_escape(text_of(id), given, sizeof(given)), (long long)most);
}

/* ---- numbers ---- */

/* In E.164; 0: it is not. */
static int64_t number_of(const char *id)
{
	unsigned digits = 0;
	const char *at = id + (*id == '+');
	int64_t number = 0;

	for (; *at && digits <= E164_MOST; at++) {
		if (*at >= '0' && *at <= '9') {
			number = number * 10 + (*at - '0');
			digits += number > 0 || digits > 0 ? 1 : E164_MOST + 1;
		} else if (!strchr(" -()", *at)) {
			break;
		}
	}
	return *at || digits == 0 || digits > E164_MOST ? 0 : number;
}

enum status find_number(struct casefile *casefile, const char *id, const char *region, int64_t *number)
{
	*number = region && *id != '+' ? 0 : number_of(id);
	return *number ? STATUS_OK : other_meant(casefile, id, region, number);
}
