/* SPDX-License-Identifier: Apache-2.0 */
/* What is said and kept of the status words of a source. */
#include "normalise/status/status_tell.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/decimal.h"
#include "normalise/quality/example.h"

#define WORD_SHOWN 60      /* bytes of a word in a text */
#define CURRENCIES_SHOWN 4

/* A word in its place among the others. */
struct told {
	struct text text;
	const struct tally_word *word;
	uint32_t number;
	bool loud;
};

/* Whether somebody has to look at it. */
static bool is_loud(const struct tally_word *word, bool payment)
{
	switch (word->word) {
	case WORD_UNKNOWN:
		return true;
	case WORD_OPEN:
		return payment || word->hang > 0;
	case WORD_NONE:
		return payment;
	default:
		return false;
	}
}

static int by_numbers(uint64_t a, uint64_t b)
{
	return (a < b) - (a > b);
}

/* Loud ones first, unknown before others, then those on which most hangs. */
static int compare(const void *first, const void *second)
{
	const struct told *a = first, *b = second;
	const bool unknown_a = a->word->word == WORD_UNKNOWN, unknown_b = b->word->word == WORD_UNKNOWN;
	int order = b->loud - a->loud;

	if (!order)
		order = unknown_b - unknown_a;
	if (!order && a->loud)
		order = by_numbers(a->word->hang, b->word->hang);
	if (!order)
		order = by_numbers(a->word->rows, b->word->rows);
	return order ? order : text_compare(a->text, b->text);
}

void status_add_money(const struct tally *tally, uint32_t number, struct buf *out)
{
	unsigned shown = 0;

	for (size_t i = 0; i < tally->currencies.count && shown <= CURRENCIES_SHOWN; i++) {
		const struct tally_sum *sum = &tally->sums[i];
		const struct text key = dictionary_text(&tally->currencies, (uint32_t)i);
		const char *code = key.data + strspn(key.data, "0123456789");
		char amount[DECIMAL_TEXT];

		if (sum->word != number)
			continue;
		if (shown++ == CURRENCIES_SHOWN) {
			buf_text(out, " and others");
			break;
		}
		(void)decimal_format(sum->minor, sum->exponent, amount, sizeof(amount));
		buf_format(out, "%s%s%s %.*s", shown > 1 ? ", " : "", sum->more ? "beyond " : "", amount,
			   (int)(key.data + key.len - code - 1), code + 1);
	}
}

static void describe_payments(const struct tally *tally, const struct told *told, const char *shown, struct buf *text,
			      struct buf *remedy)
{
	const unsigned long long rows = (unsigned long long)told->word->rows;

	if (told->word->word == WORD_NONE)
		buf_format(text, "%llu payments have no status and are not counted as paid: ", rows);
	else
		buf_format(text, "status '%s' is not known: its %llu payments are not counted as paid: ", shown,
			   rows);
	status_add_money(tally, told->number, text);
	if (told->word->word == WORD_NONE)
		buf_text(remedy, "ingest with -m status= counts all payments of the source");
	else
		buf_format(remedy, "`unspoof normalise --status 'paid=%s' CASE` counts them, --status 'unpaid=%s' says that they are not",
			   shown, shown);
}

static void describe_calls(const struct told *told, const char *shown, struct buf *text, struct buf *remedy)
{
	const bool unknown = told->word->word == WORD_UNKNOWN;

	buf_format(text, "status '%s' of %llu rows %s", shown, (unsigned long long)told->word->rows,
		   unknown ? "is not known" : "does not say that a call was answered");
	if (told->word->hang)
		buf_format(text, ": %llu calls without seconds of talk count as not answered",
			   (unsigned long long)told->word->hang);
	else
		buf_text(text, ": seconds of talk say which calls were answered");
	buf_format(remedy, "`unspoof normalise --status 'answered=%s' CASE` or --status 'unanswered=%s' tells", shown, shown);
}

static void describe(const struct source_sense *source, const struct told *told, struct buf *text, struct buf *remedy)
{
	const bool payment = source->kind == KIND_PAYMENT;
	const char *meaning = payment ? "paid" : "answered";
	char shown[WORD_SHOWN];

	text_escape(told->text, shown, sizeof(shown));
	if (told->loud && payment)
		describe_payments(&source->statuses, told, shown, text, remedy);
	else if (told->loud)
		describe_calls(told, shown, text, remedy);
	else if (told->word->word == WORD_OPEN)
		buf_format(text, "status '%s' does not say that a call was answered", shown);
	else
		buf_format(text, "status '%s' means %s%s", shown, told->word->word == WORD_NO ? "not " : "",
			   told->word->word == WORD_BACK ? "money back" : meaning);
	if (!told->loud && payment) {
		buf_text(text, ": ");
		status_add_money(&source->statuses, told->number, text);
	}
}

static enum status tell_word(struct notes *notes, const struct source_sense *source, const struct told *told, bool said)
{
	struct buf text = { 0 }, remedy = { 0 };
	struct remark remark = {
		.source = source->id,
		.shown = source->name,
		.role = "status",
		.topic = "status",
		.value = told->text,
		.count = told->word->rows,
	};
	enum status status;

	describe(source, told, &text, &remedy);
	status = said ? example_find(notes, source, told->word->row, &remark.line, &text) : STATUS_OK;
	remark.text = text.data;
	remark.remedy = remedy.data;
	if (status == STATUS_OK && (text.failed || remedy.failed))
		status = error_memory(&notes->casefile->error);
	else if (status == STATUS_OK)
		status = said ? remark_writer_say(&notes->remarks, &remark) : remark_writer_keep(&notes->remarks, &remark);
	buf_release(&text);
	buf_release(&remedy);
	return status;
}

/* What of them is not said, or not even kept one by one. */
static enum status tell_rest(struct notes *notes, const struct source_sense *source, size_t loud)
{
	const struct tally *tally = &source->statuses;
	const struct remark more = { .role = "status", .topic = "status", .count = loud - STATUS_TOLD };
	const struct remark left = { .role = "status", .topic = "status", .count = tally->left_rows };
	enum status status = STATUS_OK;

	if (loud > STATUS_TOLD)
		status = notes_remark(notes, source, &more,
				      "%zu more status words are not known; `unspoof export CASE quality` lists them",
				      loud - STATUS_TOLD);
	if (status == STATUS_OK && tally->left_rows)
		status = notes_remark(notes, source, &left,
				      "%llu rows have other status words than the first %d; on %llu of them something hangs: "
				      "is it a status?", (unsigned long long)tally->left_rows, TALLY_WORDS,
				      (unsigned long long)tally->left_hang);
	return status;
}

enum status status_tell(struct notes *notes, const struct source_sense *source)
{
	const struct tally *tally = &source->statuses;
	const size_t count = tally->texts.count;
	struct told *told = memory_array(NULL, count, sizeof(*told));
	enum status status = told ? STATUS_OK : error_memory(&notes->casefile->error);
	size_t loud = 0;

	for (size_t i = 0; i < count && told; i++) {
		told[i] = (struct told){ dictionary_text(&tally->texts, (uint32_t)i), &tally->words[i], (uint32_t)i,
					 is_loud(&tally->words[i], source->kind == KIND_PAYMENT) };
		loud += told[i].loud;
	}
	if (told && count > 1)
		qsort(told, count, sizeof(*told), compare);
	for (size_t i = 0; i < count && status == STATUS_OK; i++)
		status = tell_word(notes, source, &told[i], told[i].loud && i < STATUS_TOLD);
	free(told);
	return status == STATUS_OK ? tell_rest(notes, source, loud) : status;
}
