/* SPDX-License-Identifier: Apache-2.0 */
/* Settings: defaults, reading, and tables setting and funnel. */
#include <inttypes.h>
#include <string.h>

#include "base/digest/digest.h"
#include "base/money/decimal.h"
#include "base/money/money.h"
#include "casefile/sql.h"
#include "correlate/correlation.h"

void correlate_settings_init(struct correlate_settings *settings)
{
	static const struct correlate_settings defaults = {
		.currency = "GBP",
		.threshold = 10000,
		.long_seconds = 60,
		.hub = 20,
		.report_window = 1800,
		.links = LINKS_DECISIVE,
		.score = score_builtin,
		.score_name = "score.txt",
		.threads = 1,
		.memory = CORRELATE_MEMORY,
	};

	*settings = defaults;
}

const char *correlate_threshold(struct correlate_settings *settings,
				struct text text)
{
	int exponent = currency_exponent(settings->currency,
					 strlen(settings->currency));
	struct decimal value;
	const char *reason = decimal_parse(text.data, text.len, &value);
	bool rounded = false;

	if (exponent < 0)
		return "is in a currency that is not known";
	if (!reason && value.negative)
		reason = "is below zero";
	if (!reason)
		reason = decimal_to_minor(&value, (unsigned)exponent,
					  &settings->threshold, &rounded);
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

static enum status put(struct correlation *c, sqlite3_stmt *insert,
		       const char *key, struct text value)
{
	bind_cstring(insert, 1, key);
	bind_text(insert, 2, value);
	return casefile_run(c->casefile, insert);
}

static enum status put_integer(struct correlation *c, sqlite3_stmt *insert,
			       const char *key, int64_t value)
{
	char text[DECIMAL_TEXT];

	(void)decimal_format(value, 0, text, sizeof(text));
	return put(c, insert, key, text_of(text));
}

static enum status put_links(struct correlation *c, sqlite3_stmt *insert)
{
	struct buf list = { 0 };
	enum status status;

	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		if (!(c->settings->links >> rule & 1))
			continue;
		buf_text(&list, list.len ? "," : "");
		buf_text(&list, link_rule_name((enum link_rule)rule));
	}
	status = list.failed ? error_memory(&c->casefile->error)
			     : put(c, insert, "link", buf_view(&list));
	buf_release(&list);
	return status;
}

static enum status put_score(struct correlation *c, sqlite3_stmt *insert)
{
	const char *text = c->settings->score;
	char hex[DIGEST_HEX];
	enum status status =
		put(c, insert, "score", text_of(c->settings->score_name));

	if (status == STATUS_OK && !digest_of(text, strlen(text), hex))
		return error_memory(&c->casefile->error);
	if (status == STATUS_OK)
		status = put(c, insert, "score_sha256", text_of(hex));
	return status;
}

static enum status put_all(struct correlation *c, sqlite3_stmt *insert)
{
	const struct correlate_settings *settings = c->settings;
	const struct {
		const char *key;
		int64_t value;
	} integers[] = {
		{ "exponent", c->exponent },
		{ "long", settings->long_seconds },
		{ "hub", settings->hub },
		{ "report_window", settings->report_window },
	};
	char threshold[DECIMAL_TEXT];
	enum status status =
		put(c, insert, "currency", text_of(settings->currency));

	(void)decimal_format(settings->threshold, c->exponent, threshold,
			     sizeof(threshold));
	if (status == STATUS_OK)
		status = put(c, insert, "threshold", text_of(threshold));
	for (size_t i = 0; i < sizeof(integers) / sizeof(integers[0]) &&
			   status == STATUS_OK; i++)
		status = put_integer(c, insert, integers[i].key,
				     integers[i].value);
	if (status == STATUS_OK)
		status = put_links(c, insert);
	return status == STATUS_OK ? put_score(c, insert) : status;
}

enum status settings_write(struct correlation *c)
{
	sqlite3_stmt *insert = casefile_prepare(
		c->casefile, "INSERT INTO setting(key, value) VALUES(?, ?)");
	enum status status = insert ? put_all(c, insert)
				    : c->casefile->error.status;

	sqlite3_finalize(insert);
	return status;
}

struct funnel_step {
	const char *text;
	uint64_t kept;
};

/* Accounts, each step of those that the step before kept. */
static void count_funnel(struct correlation *c, struct funnel_step steps[4])
{
	for (uint32_t slot = 1; slot <= c->people.accounts; slot++) {
		const struct party *account = &c->accounts[slot];
		uint32_t person = c->people.persons_of[slot];

		steps[0].kept++;
		if (!account->calls)
			continue;
		steps[1].kept++;
		if (!account->payments)
			continue;
		steps[2].kept++;
		if (c->persons[person].spend >= c->settings->threshold)
			steps[3].kept++;
	}
}

static enum status write_funnel(struct correlation *c, sqlite3_stmt *insert,
				const struct funnel_step steps[4])
{
	enum status status = STATUS_OK;

	for (int i = 0; i < 4 && status == STATUS_OK; i++) {
		uint64_t before = steps[i ? i - 1 : 0].kept;
		uint64_t dropped = before - steps[i].kept;

		bind_integer(insert, 1, i + 1);
		bind_cstring(insert, 2, steps[i].text);
		bind_integer(insert, 3, (int64_t)steps[i].kept);
		bind_integer(insert, 4, (int64_t)dropped);
		status = casefile_run(c->casefile, insert);
		observer_notice(c->observer,
				"funnel: %s: kept %" PRIu64 ", dropped %" PRIu64,
				steps[i].text, steps[i].kept, dropped);
	}
	return status;
}

enum status funnel_write(struct correlation *c)
{
	struct funnel_step steps[4] = {
		{ "all accounts", 0 },
		{ "accounts with a call", 0 },
		{ "of these, accounts with a confirmed payment", 0 },
		{ NULL, 0 },
	};
	struct buf text = { 0 };
	char threshold[DECIMAL_TEXT];
	sqlite3_stmt *insert = casefile_prepare(
		c->casefile, "INSERT INTO funnel(step, text, kept, dropped)"
			     " VALUES(?, ?, ?, ?)");
	enum status status = insert ? STATUS_OK : c->casefile->error.status;

	(void)decimal_format(c->settings->threshold, c->exponent, threshold,
			     sizeof(threshold));
	buf_format(&text, "of these, accounts of persons who spent %s %s or more",
		   threshold, c->settings->currency);
	steps[3].text = text.data;
	if (text.failed)
		status = error_memory(&c->casefile->error);
	count_funnel(c, steps);
	if (status == STATUS_OK)
		status = write_funnel(c, insert, steps);
	sqlite3_finalize(insert);
	buf_release(&text);
	return status;
}
