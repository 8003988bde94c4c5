/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of an account or a person. */
#include "correlate/figures/figures.h"

#include "base/memory.h"
#include "correlate/money/rates.h"

void period_write(const struct period *span, struct row_buffer *rows)
{
	const bool none = span->first > span->last;

	row_buffer_maybe(rows, span->first, none);
	row_buffer_maybe(rows, span->last, none);
}

struct party *parties_new(size_t count)
{
	static const struct party none = { .paid = PERIOD_NONE,
					   .called = PERIOD_NONE };
	struct party *parties = memory_array(NULL, count, sizeof(*parties));

	for (size_t i = 0; parties && i < count; i++)
		parties[i] = none;
	return parties;
}

enum status party_add(struct casefile *casefile, struct party *sum,
		      const struct party *part)
{
	enum status status = money_add(casefile, &sum->spend, part->spend);

	if (status == STATUS_OK)
		status = money_add(casefile, &sum->loss, part->loss);
	sum->payments += part->payments;
	period_add(&sum->paid, part->paid.first, part->paid.last);
	sum->calls += part->calls;
	sum->answered += part->answered;
	sum->long_calls += part->long_calls;
	sum->reports += part->reports;
	period_add(&sum->called, part->called.first, part->called.last);
	return status;
}

void party_write(const struct party *party, struct row_buffer *rows)
{
	const uint64_t counts[] = {
		party->calls,	       party->answered,
		party->long_calls,     party->victims,
		party->presentations,  party->organisations,
		party->reports,
	};

	row_buffer_integer(rows, party->spend);
	row_buffer_integer(rows, (int64_t)party->payments);
	period_write(&party->paid, rows);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		row_buffer_integer(rows, (int64_t)counts[i]);
	row_buffer_integer(rows, party->loss);
	period_write(&party->called, rows);
}
