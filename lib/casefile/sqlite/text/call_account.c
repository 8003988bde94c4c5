/* SPDX-License-Identifier: Apache-2.0 */
/* Which accounts calls have that name one so. An account is its name without the blanks around
 * it, in the service of its source; but for words that are no value, and keys of another table. */
#include "casefile/sqlite/text/call_account.h"

#include <stdlib.h>

#include "base/absent.h"
#include "base/memory.h"
#include "casefile/record/source_absent.h"
#include "casefile/sql.h"

/* Texts of one condition beyond which the filters are not asked: most segments have one. */
#define ACCOUNTS_MOST 1000

bool call_account_is_sure(const struct call_text *text, int64_t source)
{
	return text->keyed && !call_among(text->unsure, text->unsure_count, source);
}

static int rising(const void *a, const void *b)
{
	const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return x < y ? -1 : x > y;
}

static enum status add(struct casefile *casefile, int64_t **list, size_t *count, size_t *capacity, int64_t value)
{
	void *items = *list;

	if (!memory_room(&items, capacity, *count + 1, sizeof(**list)))
		return error_memory(&casefile->error);
	*list = items;
	(*list)[(*count)++] = value;
	return STATUS_OK;
}

/* ---- keys ---- */

static enum status add_keys_of(struct call_text *text, struct casefile *casefile, sqlite3_stmt *find, struct text name)
{
	enum status status;

	bind_text(find, 1, name);
	while ((status = casefile_step(casefile, find)) == STATUS_OK) {
		status = add(casefile, &text->keys, &text->key_count, &text->key_capacity, sqlite3_column_int64(find, 0));
		if (status != STATUS_OK)
			break;
	}
	sqlite3_reset(find);
	return status == STATUS_END ? STATUS_OK : status;
}

/* In whatever service; the index has services first. */
#define KEYS \
	"WITH RECURSIVE s(service) AS (SELECT min(service) FROM account_key UNION ALL" \
	" SELECT (SELECT min(k.service) FROM account_key k WHERE k.service > s.service) FROM s" \
	" WHERE s.service IS NOT NULL)" \
	" SELECT k.id FROM s CROSS JOIN account_key k ON k.service = s.service AND k.account = ?1"

/* Of the texts. */
static enum status add_keys(struct call_text *text, struct casefile *casefile)
{
	sqlite3_stmt *find = casefile_prepare(casefile, KEYS);
	enum status status = find ? STATUS_OK : casefile->error.status;

	for (uint32_t i = 0; i < text->texts.count && status == STATUS_OK; i++)
		status = add_keys_of(text, casefile, find, text_trim(dictionary_text(&text->texts, i)));
	sqlite3_finalize(find);
	if (text->key_count > 0)
		qsort(text->keys, text->key_count, sizeof(*text->keys), rising);
	return status;
}

/* ---- sources ---- */

/* Whether a text names no account, or none in a source. */
static bool is_no_value(const struct call_text *text, const struct absents *absents)
{
	for (uint32_t i = 0; i < text->texts.count; i++)
		if (absents_in(absents, kind_info(KIND_CALL)->roles[CALL_ACCOUNT].name, dictionary_text(&text->texts, i)))
			return true;
	return false;
}

static bool is_blank(const struct call_text *text)
{
	for (uint32_t i = 0; i < text->texts.count; i++)
		if (text_trim(dictionary_text(&text->texts, i)).len == 0)
			return true;
	return false;
}

static enum status add_unsure(struct call_text *text, struct casefile *casefile, const struct source_absent *absent)
{
	sqlite3_stmt *sources = casefile_prepare(
		casefile, "SELECT s.id, EXISTS (SELECT 1 FROM joined j WHERE j.source = s.id AND j.role = 'account')"
			  " FROM source s ORDER BY s.id");
	enum status status = sources ? STATUS_OK : casefile->error.status;

	while (status == STATUS_OK && (status = casefile_step(casefile, sources)) == STATUS_OK) {
		const int64_t source = sqlite3_column_int64(sources, 0);

		if (sqlite3_column_int(sources, 1) || is_no_value(text, source_absent_of(absent, source)))
			status = add(casefile, &text->unsure, &text->unsure_count, &text->unsure_capacity, source);
	}
	sqlite3_finalize(sources);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status find_sources(struct call_text *text, struct casefile *casefile)
{
	struct source_absent absent = { 0 };
	enum status status = source_absent_load(&absent, casefile);

	if (status == STATUS_OK)
		status = add_unsure(text, casefile, &absent);
	source_absent_release(&absent);
	return status;
}

enum status call_account_settle(struct call_text *text, struct casefile *casefile)
{
	enum status status;

	if (text->texts.count > ACCOUNTS_MOST || is_blank(text))
		return STATUS_OK;
	status = add_keys(text, casefile);
	if (status == STATUS_OK)
		status = find_sources(text, casefile);
	text->keyed = status == STATUS_OK;
	return status;
}
