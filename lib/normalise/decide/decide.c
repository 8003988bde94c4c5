/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions taken: of sources, of status words, of the case. */
#include "normalise/decide/decide.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/mend/drop.h"
#include "casefile/record/decision.h"
#include "casefile/record/status_word.h"
#include "casefile/sql.h"
#include "normalise/decide/decide_value.h"
#include "number/plan/region.h"

#define OF_ACCOUNT "region-of-account"
#define YES "yes"
#define SHOWN 300

/* One way through what is given. */
struct deciding {
	struct casefile *casefile;
	const struct observer *observer;
};

/* The sources that a SOURCE means. */
struct meant {
	int64_t *ids;
	size_t count, capacity;
};

static enum status add(struct casefile *casefile, struct meant *meant, int64_t id)
{
	void *ids = meant->ids;

	if (!memory_room(&ids, &meant->capacity, meant->count + 1, sizeof(*meant->ids)))
		return error_memory(&casefile->error);
	meant->ids = ids;
	meant->ids[meant->count++] = id;
	return STATUS_OK;
}

static enum status find_all(struct casefile *casefile, struct meant *meant)
{
	sqlite3_stmt *statement =
		casefile_prepare(casefile, "SELECT id FROM source WHERE dropped_by IS NULL ORDER BY id");
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		status = add(casefile, meant, sqlite3_column_int64(statement, 0));
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status find_one(const struct deciding *d, const char *source, struct meant *meant)
{
	struct casefile *casefile = d->casefile;
	struct drop_find found;
	char shown[SHOWN];
	enum status status = drop_find(&found, casefile, source, d->observer);

	if (status == STATUS_OK && found.dropped_by)
		status = error_set(&casefile->error, STATUS_FAILED,
				   "%s: source %lld was dropped by run %lld: there is nothing to be decided of it",
				   text_escape(text_of(source), shown, sizeof(shown)), (long long)found.row.id,
				   (long long)found.dropped_by);
	else if (status == STATUS_OK)
		status = add(casefile, meant, found.row.id);
	drop_find_release(&found);
	return status;
}

static enum status find(const struct deciding *d, struct text source, struct meant *meant)
{
	char *name;
	enum status status;

	if (text_is(source, "all"))
		return find_all(d->casefile, meant);
	name = memory_text(source.data, source.len);
	status = name ? find_one(d, name, meant) : error_memory(&d->casefile->error);
	free(name);
	return status;
}

/* ---- settings ---- */

/* Of one source, or of the case; a value that is empty takes back. */
static enum status settle(const struct deciding *d, enum decide_setting setting, int64_t source, const char *given)
{
	struct decision decision = { DECIDE_COMMAND, source, decide_option(setting), NULL, given, 0 };
	enum status status = STATUS_OK;

	if (!*given)
		return decision_undo(d->casefile, &decision);
	decision.value = decide_value(setting, given, &status, &d->casefile->error);
	return status == STATUS_OK ? decision_take(d->casefile, &decision) : status;
}

static void tell_renamed(const struct deciding *d, enum decide_setting setting, const char *given)
{
	char shown[80];

	if (setting == DECIDE_REGION && region_renamed(text_of(given)))
		observer_notice(d->observer, "region %s is taken as %s",
				text_escape(text_of(given), shown, sizeof(shown)), region_given(text_of(given)));
}

static enum status take_setting(const struct deciding *d, enum decide_setting setting, const char *given)
{
	struct decide_part part;
	struct meant meant = { NULL, 0, 0 };
	enum status status = STATUS_OK;

	(void)decide_part(setting, given, &part);
	tell_renamed(d, setting, part.value);
	if (!part.source.data)
		return settle(d, setting, 0, part.value);
	status = find(d, part.source, &meant);
	for (size_t i = 0; i < meant.count && status == STATUS_OK; i++)
		status = settle(d, setting, meant.ids[i], part.value);
	free(meant.ids);
	return status;
}

/* ---- status words ---- */

/* A word while it is decided. */
struct wording {
	const struct deciding *d;
	struct decide_status part;
	struct status_word word;
	struct buf item;       /* the word, folded */
	struct buf value;      /* as in a profile: KEYWORD=WORD */
};

static const char *const status_keys[] = { "call_status", "payment_status" };

static void fold(struct text word, struct buf *out)
{
	for (size_t i = 0; i < word.len; i++) {
		const char c = word.data[i];

		buf_byte(out, c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c);
	}
	buf_add(out, "", 0);
}

/* Of one source, or of all. */
static enum status settle_word(const struct wording *w, int64_t source, bool payment)
{
	const struct decision decision = { DECIDE_COMMAND, source, status_keys[payment], w->item.data, w->value.data, 0 };

	return w->part.undo ? decision_undo(w->d->casefile, &decision) : decision_take(w->d->casefile, &decision);
}

/* Whether the rows of a source have such a status. */
static enum status has_status(const struct wording *w, int64_t source, bool *has)
{
	sqlite3_stmt *statement = casefile_prepare(
		w->d->casefile, "SELECT kind || '_status' = ?1 FROM source WHERE id = ?2");
	enum status status = statement ? bind_sought(w->d->casefile, statement, 1, status_keys[w->word.payment])
				       : w->d->casefile->error.status;

	*has = false;
	if (statement)
		bind_integer(statement, 2, source);
	if (status == STATUS_OK)
		status = casefile_step(w->d->casefile, statement);
	if (status == STATUS_OK)
		*has = sqlite3_column_int(statement, 0) != 0;
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

/* One that is named must have such a status; of all, those that have. */
static enum status settle_source(const struct wording *w, int64_t source, bool named)
{
	bool has = true;
	enum status status = w->part.undo ? STATUS_OK : has_status(w, source, &has);
	char shown[SHOWN];

	if (status == STATUS_OK && !has && named)
		return error_set(&w->d->casefile->error, STATUS_FAILED,
				 "--status '%s...': source %lld has no %s", text_escape(w->part.source, shown, sizeof(shown)),
				 (long long)source, w->word.payment ? "payments" : "calls");
	for (int payment = 0; payment < 2 && status == STATUS_OK && has; payment++)
		if (w->part.undo || payment == w->word.payment)
			status = settle_word(w, source, payment != 0);
	return status;
}

static enum status settle_words(const struct wording *w)
{
	struct meant meant = { NULL, 0, 0 };
	const bool named = !text_is(w->part.source, "all");
	enum status status = STATUS_OK;

	if (!w->part.source.data) {
		for (int payment = 0; payment < 2 && status == STATUS_OK; payment++)
			if (w->part.undo || payment == w->word.payment)
				status = settle_word(w, 0, payment != 0);
		return status;
	}
	status = find(w->d, w->part.source, &meant);
	for (size_t i = 0; i < meant.count && status == STATUS_OK; i++)
		status = settle_source(w, meant.ids[i], named);
	free(meant.ids);
	return status;
}

static enum status take_word(const struct deciding *d, const char *given)
{
	struct wording w = { .d = d };
	enum status status;

	(void)decide_status_part(given, &w.part);
	w.word = status_word_part(text_of(w.part.given));
	fold(w.word.keyword && !strcmp(w.word.keyword, STATUS_NEGATIVE) ? text_of(DECIDE_NEGATIVE) : w.word.word, &w.item);
	buf_format(&w.value, "%s=", w.word.keyword ? w.word.keyword : "");
	buf_add(&w.value, w.word.word.data, w.word.word.len);
	status = w.item.failed || w.value.failed ? error_memory(&d->casefile->error) : settle_words(&w);
	buf_release(&w.item);
	buf_release(&w.value);
	return status;
}

/* ---- all of it ---- */

static enum status take_list(const struct deciding *d, enum decide_setting setting, const struct decide_list *list)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < list->count && status == STATUS_OK; i++)
		status = setting == DECIDE_STATUS ? take_word(d, list->items[i])
						  : take_setting(d, setting, list->items[i]);
	return status;
}

enum status decide_take(const struct decide_given *given, struct casefile *casefile, const struct observer *observer)
{
	const struct deciding d = { casefile, observer };
	const struct decision of_account = { DECIDE_COMMAND, 0, OF_ACCOUNT, NULL, YES, 0 };
	enum status status = decision_intact(casefile);

	if (status == STATUS_OK && given->defaults)
		status = decision_undo_all(casefile, DECIDE_COMMAND);
	for (int setting = 0; setting < DECIDE_SETTINGS && status == STATUS_OK; setting++)
		status = take_list(&d, (enum decide_setting)setting, &given->lists[setting]);
	if (status == STATUS_OK && given->region_of_account)
		status = decision_take(casefile, &of_account);
	if (status == STATUS_OK && given->not_region_of_account)
		status = decision_undo(casefile, &of_account);
	return status;
}

/* The value of one, left empty where none is decided. */
static enum status find_value(struct casefile *casefile, const char *key, struct buf *value)
{
	const struct decision of = { DECIDE_COMMAND, 0, key, NULL, NULL, 0 };
	int64_t run;
	const enum status status = decision_find(casefile, &of, value, &run);

	return status == STATUS_END ? STATUS_OK : status;
}

enum status decide_settings(struct casefile *casefile, struct normalise_settings *settings)
{
	struct buf order = { 0 }, decimal = { 0 }, of_account = { 0 };
	enum status status = find_value(casefile, decide_option(DECIDE_ORDER), &order);

	if (status == STATUS_OK)
		status = find_value(casefile, decide_option(DECIDE_DECIMAL), &decimal);
	if (status == STATUS_OK)
		status = find_value(casefile, OF_ACCOUNT, &of_account);
	if (status == STATUS_OK && text_is(buf_view(&order), "dmy"))
		settings->date_order = MOMENT_ORDER_DMY;
	if (status == STATUS_OK && text_is(buf_view(&order), "mdy"))
		settings->date_order = MOMENT_ORDER_MDY;
	if (status == STATUS_OK && decimal.len > 0)
		settings->decimal = text_is(buf_view(&decimal), "comma") ? DECIMAL_MARK_COMMA : DECIMAL_MARK_POINT;
	if (status == STATUS_OK && text_is(buf_view(&of_account), YES))
		settings->region_of_account = true;
	buf_release(&order);
	buf_release(&decimal);
	buf_release(&of_account);
	return status;
}
