/* SPDX-License-Identifier: Apache-2.0 */
/* Settings: defaults, reading, and table setting. */
#include "correlate/settings.h"

#include <string.h>

#include "base/digest/digest.h"
#include "base/money/currency.h"
#include "casefile/sql.h"
#include "correlate/score.h"

void correlate_settings_init(struct correlate_settings *settings)
{
	static const struct correlate_settings defaults = {
		.currency = CORRELATE_CURRENCY,
		.long_seconds = CORRELATE_LONG,
		.hub = CORRELATE_HUB,
		.report_window = 60 * CORRELATE_WINDOW,
		.rate_gap = CORRELATE_RATE_GAP,
		.links = LINKS_DECISIVE,
		.score = score_builtin,
		.score_name = "score.txt",
		.threads = 1,
		.memory = CORRELATE_MEMORY,
	};

	*settings = defaults;
	(void)correlate_threshold(settings, text_of(CORRELATE_THRESHOLD));
}

const char *correlate_threshold(struct correlate_settings *settings,
				struct text text)
{
	struct currency currency;
	struct decimal value;
	const char *reason = decimal_parse(text.data, text.len, &value);
	bool rounded = false;

	if (!currency_find(text_of(settings->currency), &currency))
		return "is in a currency that is not known";
	if (!reason && value.negative)
		reason = "is below zero";
	if (!reason)
		reason = currency_minor(&currency, &value, &settings->threshold,
					&rounded);
	return !reason && rounded ? "has more decimals than the currency"
				  : reason;
}

bool link_rules_parse(const char *list, unsigned *links, struct text *word)
{
	*links = 0;
	for (;;) {
		size_t len = strcspn(list, ",");
		struct text all = { list, len };
		unsigned rule = 0;

		*word = text_trim(all);
		while (rule < LINK_RULES &&
		       !text_is(*word, link_rule_name((enum link_rule)rule)))
			rule++;
		if (rule == LINK_RULES)
			return false;
		*links |= 1u << rule;
		if (list[len] == '\0')
			return true;
		list += len + 1;
	}
}

/* Where the writing goes. */
struct writing {
	struct casefile *casefile;
	const struct correlate_settings *settings;
	unsigned exponent;
	sqlite3_stmt *insert;
};

static enum status put(const struct writing *w, const char *key,
		       struct text value)
{
	bind_cstring(w->insert, 1, key);
	bind_text(w->insert, 2, value);
	return casefile_run(w->casefile, w->insert);
}

static enum status put_integer(const struct writing *w, const char *key,
			       int64_t value)
{
	char text[DECIMAL_TEXT];

	(void)decimal_format(value, 0, text, sizeof(text));
	return put(w, key, text_of(text));
}

static enum status put_links(const struct writing *w)
{
	struct buf list = { 0 };
	enum status status;

	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		if (!(w->settings->links >> rule & 1))
			continue;
		buf_text(&list, list.len ? "," : "");
		buf_text(&list, link_rule_name((enum link_rule)rule));
	}
	status = list.failed ? error_memory(&w->casefile->error)
			     : put(w, "link", buf_view(&list));
	buf_release(&list);
	return status;
}

/* The SHA-256 of a text. */
static enum status put_digest(const struct writing *w, const char *key, const char *text)
{
	char hex[DIGEST_HEX];

	return digest_of(text, strlen(text), hex) ? put(w, key, text_of(hex))
						  : error_memory(&w->casefile->error);
}

static enum status put_score(const struct writing *w)
{
	enum status status =
		put(w, "score", text_of(w->settings->score_name));

	return status == STATUS_OK ? put_digest(w, "score_sha256", w->settings->score) : status;
}

/* The whole list, without which the conclusions cannot be drawn again. */
static enum status put_never(const struct writing *w)
{
	enum status status;

	if (!w->settings->never)
		return STATUS_OK;
	status = put(w, "never", text_of(w->settings->never));
	if (status == STATUS_OK)
		status = put(w, "never_name", text_of(w->settings->never_name));
	return status == STATUS_OK ? put_digest(w, "never_sha256", w->settings->never) : status;
}

static enum status put_all(const struct writing *w)
{
	const struct correlate_settings *settings = w->settings;
	const struct {
		const char *key;
		int64_t value;
	} integers[] = {
		{ "exponent", w->exponent },
		{ "long", settings->long_seconds },
		{ "hub", settings->hub },
		{ "report_window", settings->report_window },
		{ "rate_gap", settings->rate_gap },
	};
	char threshold[DECIMAL_TEXT];
	enum status status =
		put(w, "currency", text_of(settings->currency));

	(void)decimal_format(settings->threshold, w->exponent, threshold,
			     sizeof(threshold));
	if (status == STATUS_OK)
		status = put(w, "threshold", text_of(threshold));
	for (size_t i = 0; i < sizeof(integers) / sizeof(integers[0]) &&
			   status == STATUS_OK; i++)
		status = put_integer(w, integers[i].key,
				     integers[i].value);
	if (status == STATUS_OK)
		status = put(w, "duplicates",
			     text_of(settings->keep_duplicates ? "keep" : "once"));
	if (status == STATUS_OK)
		status = put_links(w);
	if (status == STATUS_OK)
		status = put_score(w);
	return status == STATUS_OK ? put_never(w) : status;
}

enum status settings_write(struct casefile *casefile,
			   const struct correlate_settings *settings,
			   unsigned exponent)
{
	const struct writing w = {
		.casefile = casefile,
		.settings = settings,
		.exponent = exponent,
		.insert = casefile_prepare(
			casefile, "INSERT INTO setting(key, value) VALUES(?, ?)"),
	};
	enum status status = w.insert ? put_all(&w) : casefile->error.status;

	sqlite3_finalize(w.insert);
	return status;
}
