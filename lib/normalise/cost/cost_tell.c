/* SPDX-License-Identifier: Apache-2.0 */
/* What is assumed and unknown of the costs of a source, said. */
#include "normalise/cost/cost_tell.h"

#include "normalise/quality/example.h"
#include "normalise/source_sense.h"

static void add_rows(struct cost_rows *rows, const struct cost_rows *other)
{
	const uint64_t count = rows->count + other->count;

	if (rows->count == 0)
		*rows = *other;
	rows->count = count;
}

void cost_tally_add(struct cost_tally *tally, const struct cost_tally *other)
{
	add_rows(&tally->unknown, &other->unknown);
	add_rows(&tally->beyond, &other->beyond);
	tally->assumed += other->assumed;
}

/* Says it of some rows; says: as for printf(), their count, what the first has, and where. */
static enum status tell_rows(struct notes *notes, const struct source_sense *source,
			     const struct cost_rows *rows, struct remark *remark, const char *says)
{
	struct buf example = { 0 };
	enum status status = STATUS_OK;

	if (rows->count == 0)
		return STATUS_OK;
	remark->count = rows->count;
	remark->value = text_of(rows->value);
	status = example_find(notes, source, rows->call, &remark->line, &example);
	if (status == STATUS_OK)
		status = notes_remark(notes, source, remark, "%llu costs %s, as '%s'%s",
				      (unsigned long long)rows->count, says, rows->value,
				      example.len ? example.data : "");
	buf_release(&example);
	return status;
}

enum status cost_tell(struct notes *notes, const struct source_sense *source)
{
	const struct cost_tally *tally = &source->costs;
	struct remark unknown = { .topic = "currency", .role = "currency",
				  .remedy = "they are converted to no other" };
	struct remark beyond = { .topic = "cost", .role = "cost",
				 .remedy = "they are not understood, and shares of spend count calls there" };
	const struct remark assumed = { .topic = "currency", .role = "cost", .count = tally->assumed };
	char currency[20];
	enum status status = STATUS_OK;

	if (tally->assumed)
		status = notes_remark(notes, source, &assumed, "%llu costs name no currency and are read as %s",
				      (unsigned long long)tally->assumed,
				      text_escape(text_of(source->currency), currency, sizeof(currency)));
	if (status == STATUS_OK)
		status = tell_rows(notes, source, &tally->unknown, &unknown,
				   "are in a currency that is not known here");
	return status == STATUS_OK ? tell_rows(notes, source, &tally->beyond, &beyond,
					       "have more than 18 decimals, too many digits, or a unit that their currency does not bear out")
				   : status;
}
