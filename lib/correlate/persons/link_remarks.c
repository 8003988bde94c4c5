/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of ties: those that an analyst forbade, and those that hang on little. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "correlate/notices.h"
#include "correlate/persons/links.h"

/* How many accounts have a value of a rule. */
static size_t accounts_of(const struct identifiers *ids, struct text value)
{
	const uint32_t number = dictionary_find(&ids->values, value);
	size_t first;

	return number == DICTIONARY_NONE ? 0 : identifiers_of(ids, number, &first);
}

/* All that were met are kept, and the first few said. */
static enum status say_met(struct remark_writer *remarks, struct notices *notices,
			   enum link_rule rule, struct text value, size_t accounts)
{
	char shown[100];
	char text[REMARK_TEXT_MOST];
	const struct remark remark = {
		.role = link_rule_name(rule),
		.topic = "never",
		.value = value,
		.count = accounts,
		.text = text,
	};

	(void)snprintf(text, sizeof(text), "%s '%s' of %zu account%s ties nothing, as --never says",
		       link_rule_name(rule), text_escape(value, shown, sizeof(shown)), accounts,
		       accounts == 1 ? "" : "s");
	return notices_take(notices) ? remark_writer_say(remarks, &remark)
				     : remark_writer_keep(remarks, &remark);
}

static enum status say_rule(const struct links_given *given, enum link_rule rule,
			    struct remark_writer *remarks, struct notices *notices)
{
	const struct dictionary *values = &given->never->values[rule];
	enum status status = STATUS_OK;

	for (uint32_t i = 0; i < values->count && status == STATUS_OK; i++) {
		const struct text value = dictionary_text(values, i);
		const size_t accounts = accounts_of(&given->rules[rule], value);

		if (accounts)
			status = say_met(remarks, notices, rule, value, accounts);
	}
	return status;
}

/* Whether some account has what a line names. */
static bool is_met(const struct links_given *given, const struct never_entry *entry)
{
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		if (entry->rules >> rule & 1 &&
		    accounts_of(&given->rules[rule],
				dictionary_text(&given->never->values[rule], entry->values[rule])))
			return true;
	return false;
}

static enum status say_unmet(struct remark_writer *remarks, const struct never *never, size_t unmet)
{
	const struct remark remark = {
		.topic = "never-unmet",
		.count = unmet,
		.remedy = "write them as the dumps do, or as column value of links",
	};

	return remark_writer_sayf(remarks, &remark, "no account has what %zu of the %zu lines of --never name",
				  unmet, never->count);
}

enum status links_say_never(const struct links_given *given, struct remark_writer *remarks)
{
	const struct never *never = given->never;
	struct notices notices = { given->observer, 0 };
	enum status status = STATUS_OK;
	size_t unmet = 0;

	if (!never)
		return STATUS_OK;
	for (unsigned rule = 0; rule < LINK_RULES && status == STATUS_OK; rule++)
		status = say_rule(given, (enum link_rule)rule, remarks, &notices);
	notices_end(&notices, "identifiers of --never were met");
	for (size_t i = 0; i < never->count; i++)
		unmet += !is_met(given, &never->entries[i]);
	return unmet && status == STATUS_OK ? say_unmet(remarks, never, unmet) : status;
}

enum status links_say_doubts(const struct links *links, const struct persons *persons,
			     struct remark_writer *remarks)
{
	struct remark remark = {
		.topic = "loose-tie",
		.remedy = "see column doubts of suspects; --never FILE names what ties nothing, --hub N what many share",
	};
	uint8_t *met;

	if (!links->doubted)
		return STATUS_OK;
	met = calloc((size_t)persons->count + 1, 1);
	if (!met)
		return error_memory(&remarks->casefile->error);
	for (uint32_t slot = 1; slot <= persons->accounts; slot++)
		met[persons->persons_of[slot]] |= links->doubted[slot];
	for (uint32_t person = 1; person <= persons->count; person++)
		remark.count += met[person];
	free(met);
	return remark_writer_sayf(remarks, &remark,
				  "%" PRIu64 " suspect%s tied by a paying address or a transaction alone,"
				  " which customers of one exchange share too",
				  remark.count, remark.count == 1 ? " is" : "s are");
}
