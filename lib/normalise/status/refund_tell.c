/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of payments whose sign and status do not go together. */
#include "normalise/status/refund_tell.h"

#include "normalise/quality/example.h"
#include "normalise/status/status_tell.h"

#define WORD_SHOWN 60      /* bytes of a word in a text */

/* Rows of one status. */
struct told {
	const struct tally *tally;
	uint32_t number;
	char shown[WORD_SHOWN];
};

/* A word that others are paid by must not become one for money back. */
static void add_remedy(const struct told *told, enum word word, struct buf *remedy)
{
	if (word == WORD_NONE)
		buf_text(remedy, "where they are refunds, and there is no column that says so, "
				 "`unspoof normalise --status negative=refund CASE` does");
	else if (word == WORD_YES)
		buf_text(remedy, "where they are refunds `unspoof normalise --status negative=refund CASE` says so");
	else if (word == WORD_NO)
		buf_text(remedy, "look at them with `unspoof export CASE payments`");
	else
		buf_format(remedy, "where it means money back `unspoof normalise --status 'refunded=%s' CASE` says so",
			   told->shown);
}

static void describe_against(const struct told *told, struct buf *text, struct buf *remedy)
{
	const struct tally_word *word = &told->tally->words[told->number];
	const char *one = word->rows == 1 ? "" : "s";

	buf_format(text, "%llu amount%s below zero ", (unsigned long long)word->rows, one);
	if (word->word == WORD_NONE)
		buf_text(text, "without a status");
	else
		buf_format(text, "with status '%s', which means no refund,", told->shown);
	buf_format(text, " contradict%s %s and count%s as neither payment nor refund: ", *one ? "" : "s",
		   *one ? "themselves" : "itself", *one ? "" : "s");
	add_remedy(told, word->word, remedy);
}

static void describe_returned(const struct told *told, struct buf *text, struct buf *remedy)
{
	const unsigned long long rows = (unsigned long long)told->tally->words[told->number].rows;

	buf_format(text, "%llu payment%s marked '%s' went back and count%s as neither payment nor refund: ", rows,
		   rows == 1 ? "" : "s", told->shown, rows == 1 ? "s" : "");
	buf_format(remedy, "`unspoof normalise --status 'paid=%s' CASE` counts what is not below zero", told->shown);
}

static void add_line(uint64_t line, const struct buf *example, struct buf *text)
{
	if (example->len)
		buf_add(text, example->data, example->len);
	else if (line)
		buf_format(text, "; line %llu is one", (unsigned long long)line);
}

static enum status tell_word(struct notes *notes, const struct source_sense *source, struct told *told,
			     void (*describe)(const struct told *told, struct buf *text, struct buf *remedy))
{
	const struct tally_word *word = &told->tally->words[told->number];
	const struct text value = dictionary_text(&told->tally->texts, told->number);
	struct buf text = { 0 }, remedy = { 0 }, example = { 0 };
	struct remark remark = {
		.source = source->id, .shown = source->name, .role = "amount", .topic = "refund", .value = value,
		.count = word->rows,
	};
	enum status status = example_find(notes, source, word->row, &remark.line, &example);

	text_escape(value, told->shown, sizeof(told->shown));
	describe(told, &text, &remedy);
	status_add_money(told->tally, told->number, &text);
	add_line(remark.line, &example, &text);
	remark.text = text.data;
	remark.remedy = remedy.data;
	if (status == STATUS_OK && (text.failed || remedy.failed))
		status = error_memory(&notes->casefile->error);
	else if (status == STATUS_OK)
		status = told->number < STATUS_TOLD ? remark_writer_say(&notes->remarks, &remark)
						    : remark_writer_keep(&notes->remarks, &remark);
	buf_release(&text);
	buf_release(&remedy);
	buf_release(&example);
	return status;
}

/* What is not said, or not even kept one by one. */
static enum status tell_rest(struct notes *notes, const struct source_sense *source, const struct tally *tally)
{
	const size_t unsaid = tally->texts.count > STATUS_TOLD ? tally->texts.count - STATUS_TOLD : 0;
	const struct remark more = { .role = "amount", .topic = "refund", .count = unsaid + tally->left_rows };

	if (more.count == 0)
		return STATUS_OK;
	return notes_remark(notes, source, &more,
			    "%zu more statuses%s are of amounts that count as neither payment nor refund; `unspoof export "
			    "CASE quality` lists them", unsaid, tally->left_rows ? " and more" : "");
}

static enum status tell_all(struct notes *notes, const struct source_sense *source, const struct tally *tally,
			    void (*describe)(const struct told *told, struct buf *text, struct buf *remedy))
{
	enum status status = STATUS_OK;

	for (uint32_t i = 0; i < tally->texts.count && status == STATUS_OK; i++) {
		struct told told = { tally, i, "" };

		status = tell_word(notes, source, &told, describe);
	}
	return status == STATUS_OK ? tell_rest(notes, source, tally) : status;
}

enum status refund_tell(struct notes *notes, const struct source_sense *source)
{
	const enum status status = tell_all(notes, source, &source->against, describe_against);

	return status == STATUS_OK ? tell_all(notes, source, &source->returned, describe_returned) : status;
}
