/* SPDX-License-Identifier: Apache-2.0 */
/* The other readings of numbers, made again from what was found. */
#include "export/other.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/table/dictionary.h"
#include "casefile/record/decision.h"
#include "casefile/sql.h"
#include "number/read/number_carrier.h"
#include "number/read/number_several.h"

/* How a source writes its numbers. */
struct manner {
	int64_t source;
	struct number_manner manner;
	char *prefixes;
	bool by_account;             /* the country of the account came before its region */
	bool accounts;               /* and that of the row, for it has accounts */
};

/* What the function has of a case, once it is asked. */
struct other {
	struct casefile *casefile;
	struct numplan *plan;
	struct manner *manners;      /* by source */
	size_t count, capacity;
	struct map64 regions;        /* of accounts, by key; CONTRADICTED: two are said */
	bool loaded, accounts_loaded;
};

#define CONTRADICTED UINT64_MAX

static void other_free(void *context)
{
	struct other *other = context;

	for (size_t i = 0; i < other->count; i++)
		free(other->manners[i].prefixes);
	free(other->manners);
	map64_release(&other->regions);
	numplan_free(other->plan);
	free(other);
}

static int region_at(const struct other *other, sqlite3_stmt *statement, int place)
{
	const struct text name = column_text(statement, place);

	return numplan_region(other->plan, name.data, name.len);
}

static bool take_manner(struct other *other, sqlite3_stmt *statement)
{
	const struct text prefixes = column_text(statement, 2), bare = column_text(statement, 3);
	void *items = other->manners;
	struct manner *manner;

	if (!memory_room(&items, &other->capacity, other->count + 1, sizeof(*other->manners)))
		return false;
	other->manners = items;
	manner = &other->manners[other->count];
	*manner = (struct manner){ .source = sqlite3_column_int64(statement, 0) };
	manner->prefixes = memory_text(prefixes.data ? prefixes.data : "", prefixes.len);
	if (!manner->prefixes)
		return false;
	other->count++;
	manner->manner.region = region_at(other, statement, 1);
	manner->manner.prefixes = *manner->prefixes ? manner->prefixes : NULL;
	manner->accounts = sqlite3_column_int(statement, 4) != 0;
	manner->by_account = manner->accounts || sqlite3_column_int(statement, 5) != 0;
	if (!number_bare_find(bare.data, bare.len, &manner->manner.bare))
		manner->manner.bare = NUMBER_BARE_ANY;
	return true;
}

/* All rows of a statement; false: no memory, or the case cannot be read. */
static bool each(struct other *other, const char *sql, bool (*take)(struct other *other, sqlite3_stmt *statement))
{
	sqlite3_stmt *statement = casefile_prepare(other->casefile, sql);
	enum status status = STATUS_END;
	bool good = statement != NULL;

	while (good && (status = casefile_step(other->casefile, statement)) == STATUS_OK)
		good = take(other, statement);
	sqlite3_finalize(statement);
	return good && status == STATUS_END;
}

/* Calls are read in the region of their account where the last normalise said so, rows
 * of accounts in any case. */
#define MANNERS \
	"SELECT id, " DECIDED("s", "region", "region") ", " DECIDED("s", "tech-prefix", "tech_prefixes") ", " \
	DECIDED("s", "bare", "bare") ", kind = 'account', coalesce((SELECT" \
	" instr(settings, '\"region_of_account\":true') FROM run WHERE command = 'normalise'" \
	" ORDER BY id DESC LIMIT 1), 0) FROM source s WHERE dropped_by IS NULL ORDER BY id"

static bool load(struct other *other)
{
	if (!other->plan)
		other->plan = numplan_new();
	if (!other->loaded && other->plan)
		other->loaded = each(other, MANNERS, take_manner);
	return other->loaded;
}

static bool take_account(struct other *other, sqlite3_stmt *statement)
{
	const uint64_t region = (uint64_t)region_at(other, statement, 1);
	bool added;
	uint64_t *place = map64_add(&other->regions, (uint64_t)sqlite3_column_int64(statement, 0), &added);

	if (place)
		*place = added || *place == region ? region : CONTRADICTED;
	return place != NULL;
}

static bool load_accounts(struct other *other)
{
	if (!other->accounts_loaded)
		other->accounts_loaded =
			each(other, "SELECT key, country FROM account_read WHERE country IS NOT NULL", take_account);
	return other->accounts_loaded;
}

static const struct manner *manner_of(const struct other *other, int64_t source)
{
	for (size_t i = 0; i < other->count; i++)
		if (other->manners[i].source == source)
			return &other->manners[i];
	return NULL;
}

/* The region of an account, else the one given. False: see each(). */
static bool region_of(struct other *other, int64_t key, int *region)
{
	const uint64_t *of_account;

	if (!load_accounts(other))
		return false;
	of_account = map64_find(&other->regions, (uint64_t)key);
	if (of_account && *of_account != CONTRADICTED)
		*region = (int)*of_account;
	return true;
}

static void give_several(sqlite3_context *context, const struct other *other, struct text text, struct number_manner manner)
{
	uint64_t numbers[NUMBER_SEVERAL_MOST];
	char list[NUMBER_SEVERAL_MOST * 24] = "";
	struct text once;
	const size_t count = number_several(other->plan, text.data, text.len, manner, numbers, &once);
	size_t len = 0;

	for (size_t i = 0; i < count; i++)
		len += (size_t)snprintf(list + len, sizeof(list) - len, "%s+%llu", i ? ";" : "", (unsigned long long)numbers[i]);
	if (count)
		sqlite3_result_text(context, list, (int)len, SQLITE_TRANSIENT);
}

static void give_number(sqlite3_context *context, uint64_t number)
{
	char shown[32];

	(void)snprintf(shown, sizeof(shown), "+%llu", (unsigned long long)number);
	sqlite3_result_text(context, shown, -1, SQLITE_TRANSIENT);
}

static void give(sqlite3_context *context, const struct other *other, struct text text, struct number_manner manner,
		 const struct reading *reading)
{
	if (reading->class == NUMBER_CLASS_SEVERAL)
		give_several(context, other, text, manner);
	else if (reading->unsure)
		give_number(context, reading->other);
}

static struct text text_value(sqlite3_value *value)
{
	const char *data = sqlite3_value_blob(value);

	return (struct text){ data ? data : "", (size_t)sqlite3_value_bytes(value) };
}

/* What the country of its row makes of a telephone was taken: the region of the source makes
 * another valid number of it. */
static bool is_other(const struct manner *source, const struct reading *reading, uint64_t taken)
{
	return source->accounts && reading->class == NUMBER_CLASS_NUMBER && !reading->unsure && reading->e164 != taken;
}

static void other_numbers(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct other *other = sqlite3_user_data(context);
	const struct text text = text_value(values[0]);
	const uint64_t taken = (uint64_t)sqlite3_value_int64(values[3]);
	const struct manner *source = NULL;
	struct number_manner manner;
	struct reading reading;
	bool good = load(other);

	(void)count;
	if (good)
		source = manner_of(other, sqlite3_value_int64(values[1]));
	if (source) {
		manner = source->manner;
		number_read_prefixed(other->plan, text.data, text.len, manner, &reading);
		if (is_other(source, &reading, taken)) {
			give_number(context, reading.e164);
			return;
		}
		if (source->by_account && sqlite3_value_type(values[2]) != SQLITE_NULL &&
		    (reading.e164 != taken || !reading.unsure)) {
			good = region_of(other, sqlite3_value_int64(values[2]), &manner.region);
			number_read_prefixed(other->plan, text.data, text.len, manner, &reading);
		}
		give(context, other, text, manner, &reading);
	}
	if (!good)
		sqlite3_result_error(context, "other_numbers(): no memory, or the case cannot be read", -1);
}

enum status other_register(struct casefile *casefile)
{
	struct other *other = calloc(1, sizeof(*other));

	if (!other)
		return error_memory(&casefile->error);
	other->casefile = casefile;
	if (sqlite3_create_function_v2(casefile->db, "other_numbers", 4, SQLITE_UTF8, other, other_numbers, NULL, NULL,
				       other_free) != SQLITE_OK)
		return casefile_failed(casefile);
	return STATUS_OK;
}

/* ---- what a user means ---- */

static enum status is_none(struct casefile *casefile, const char *text, const char *reason)
{
	char given[100];

	return error_set(&casefile->error, STATUS_USAGE, "'%s' is no number: %s", text_escape(text_of(text), given, sizeof(given)),
			 reason);
}

/* In the regions of the sources; a valid number goes before one that is not. */
static enum status meant_in_sources(struct other *other, const char *text, int64_t *number)
{
	bool valid = false, two = false;

	for (size_t i = 0; i < other->count; i++) {
		struct reading reading;

		number_read_prefixed(other->plan, text, strlen(text), other->manners[i].manner, &reading);
		if (!reading.e164 || !other->manners[i].manner.region || (valid && !reading.number.valid))
			continue;
		two = valid == reading.number.valid && *number && (two || *number != (int64_t)reading.e164);
		valid = reading.number.valid;
		*number = (int64_t)reading.e164;
	}
	if (two)
		return is_none(other->casefile, text, "the sources are of several regions; name one with -r, or give it in E.164");
	return STATUS_OK;
}

static enum status meant_in(struct other *other, const char *text, const char *region, int64_t *number)
{
	const struct number_manner manner = { numplan_region(other->plan, region, strlen(region)), NULL, NUMBER_BARE_ANY };
	struct reading reading;

	if (!manner.region)
		return error_set(&other->casefile->error, STATUS_USAGE,
				 "no such region; give two capital letters of ISO 3166, such as GB");
	number_read_prefixed(other->plan, text, strlen(text), manner, &reading);
	*number = (int64_t)reading.e164;
	return STATUS_OK;
}

enum status other_meant(struct casefile *casefile, const char *text, const char *region, int64_t *number)
{
	struct other *other = calloc(1, sizeof(*other));
	enum status status;

	*number = 0;
	if (!other)
		return error_memory(&casefile->error);
	other->casefile = casefile;
	if (!load(other))
		status = casefile->error.status ? casefile->error.status : error_memory(&casefile->error);
	else
		status = region ? meant_in(other, text, region, number) : meant_in_sources(other, text, number);
	other_free(other);
	if (status == STATUS_OK && !*number)
		status = is_none(casefile, text, "give it in E.164, as in +442079460101, or as in a region with -r");
	return status;
}

/* ---- what many texts may mean ---- */

/* In the region alone, or once in each manner that sources have. */
static void settle_manners(struct other *other, int region)
{
	size_t kept = 0;

	for (size_t i = 0; i < other->count; i++) {
		struct manner *manner = &other->manners[i];
		const char *prefixes = manner->prefixes;
		size_t k = 0;

		if (region)
			manner->manner = (struct number_manner){ region, NULL, NUMBER_BARE_ANY };
		while (k < kept && (other->manners[k].manner.region != manner->manner.region ||
				    other->manners[k].manner.bare != manner->manner.bare ||
				    (!region && strcmp(other->manners[k].prefixes, prefixes) != 0)))
			k++;
		if (k < kept)
			free(manner->prefixes);
		else
			other->manners[kept++] = *manner;
	}
	other->count = kept;
}

enum status other_open(struct casefile *casefile, const char *region, struct other **opened)
{
	struct other *other = *opened = calloc(1, sizeof(*other));
	int number = 0;

	if (!other)
		return error_memory(&casefile->error);
	other->casefile = casefile;
	casefile->error.status = STATUS_OK;
	if (!load(other))
		return casefile->error.status ? casefile->error.status : error_memory(&casefile->error);
	if (region)
		number = numplan_region(other->plan, region, strlen(region));
	if (region && !number)
		return error_set(&casefile->error, STATUS_USAGE, "no such region; give two capital letters of ISO 3166, such as GB");
	settle_manners(other, number);
	return STATUS_OK;
}

static size_t add_meaning(uint64_t number, uint64_t numbers[static OTHER_MOST], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return count;
	if (number && count < OTHER_MOST)
		numbers[count++] = number;
	return count;
}

size_t other_meanings(const struct other *other, struct text text, uint64_t numbers[static OTHER_MOST])
{
	size_t count = 0;

	for (size_t i = 0; i < other->count; i++) {
		struct reading reading;

		number_read_prefixed(other->plan, text.data, text.len, other->manners[i].manner, &reading);
		count = add_meaning(reading.e164, numbers, count);
		if (reading.unsure)
			count = add_meaning(reading.other, numbers, count);
	}
	return count;
}

void other_close(struct other *other)
{
	if (other)
		other_free(other);
}
