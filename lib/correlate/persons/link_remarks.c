/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of ties: those that an analyst forbade, and those that hang on little. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
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
			   enum link_rule rule, struct text value, unsigned line, size_t accounts)
{
	char shown[100];
	char text[REMARK_TEXT_MOST];
	const struct remark remark = {
		.role = link_rule_name(rule),
		.topic = "never",
		.value = value,
		.count = accounts,
		.line = line,
		.text = text,
	};

	(void)snprintf(text, sizeof(text), "%s '%s' of %zu account%s ties nothing, as --never says (line %u)",
		       link_rule_name(rule), text_escape(value, shown, sizeof(shown)), accounts,
		       accounts == 1 ? "" : "s", line);
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
			status = say_met(remarks, notices, rule, value, given->never->lines[rule][i],
					 accounts);
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

#define LINES_SHOWN 30   /* ranges of lines */

/* The lines of entries, in order, as "3, 5-9"; true: that is all of them. */
static bool add_lines(const struct never *never, const size_t *unmet, size_t count, struct buf *out)
{
	size_t end, shown = 0;

	for (size_t from = 0; from < count; from = end) {
		const unsigned first = never->entries[unmet[from]].line;

		for (end = from + 1; end < count && never->entries[unmet[end]].line == first + (end - from); end++)
			;
		if (shown++ == LINES_SHOWN)
			return false;
		buf_format(out, shown > 1 ? ", %u" : "%u", first);
		if (end - from > 1)
			buf_format(out, "-%zu", first + (end - from) - 1);
	}
	return true;
}

static enum status say_unmet(struct remark_writer *remarks, const struct never *never, const size_t *unmet,
			     size_t count)
{
	const struct remark remark = {
		.topic = "never-unmet",
		.count = count,
		.line = never->entries[unmet[0]].line,
		.remedy = "write them as the dumps do, or as column value of links",
	};
	struct buf lines = { 0 };
	const bool all = add_lines(never, unmet, count, &lines);
	enum status status = STATUS_OK;

	if (lines.failed)
		status = error_memory(&remarks->casefile->error);
	else
		status = remark_writer_sayf(remarks, &remark,
					    "no account has what %zu of the %zu lines of --never name (line%s %s%s)",
					    count, never->count, count == 1 ? "" : "s", buf_view(&lines).data,
					    all ? "" : " and more");
	buf_release(&lines);
	return status;
}

static enum status find_unmet(const struct links_given *given, struct remark_writer *remarks)
{
	const struct never *never = given->never;
	size_t *unmet = memory_array(NULL, never->count + 1, sizeof(*unmet)), count = 0;
	enum status status = STATUS_OK;

	if (!unmet)
		return error_memory(&remarks->casefile->error);
	for (size_t i = 0; i < never->count; i++)
		if (!is_met(given, &never->entries[i]))
			unmet[count++] = i;
	if (count)
		status = say_unmet(remarks, never, unmet, count);
	free(unmet);
	return status;
}

enum status links_say_never(const struct links_given *given, struct remark_writer *remarks)
{
	const struct never *never = given->never;
	struct notices notices = { given->observer, 0 };
	enum status status = STATUS_OK;

	if (!never)
		return STATUS_OK;
	for (unsigned rule = 0; rule < LINK_RULES && status == STATUS_OK; rule++)
		status = say_rule(given, (enum link_rule)rule, remarks, &notices);
	notices_end(&notices, "identifiers of --never were met");
	return status == STATUS_OK ? find_unmet(given, remarks) : status;
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
