/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of an account or a person. */
#include "correlate/figures/figures.h"

#include "base/memory.h"
#include "correlate/money/rates.h"

void span_write(const struct span *span, struct newrows *rows)
{
	const bool none = span->first > span->last;

	newrows_maybe(rows, span->first, none);
	newrows_maybe(rows, span->last, none);
}

struct party *parties_new(size_t count)
{
	static const struct party none = { .paid = SPAN_NONE,
					   .called = SPAN_NONE };
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
	span_add(&sum->paid, part->paid.first, part->paid.last);
	sum->calls += part->calls;
	sum->answered += part->answered;
	sum->long_calls += part->long_calls;
	sum->reports += part->reports;
	span_add(&sum->called, part->called.first, part->called.last);
	return status;
}

void party_write(const struct party *party, struct newrows *rows)
{
	const uint64_t counts[] = {
		party->calls,	       party->answered,
		party->long_calls,     party->victims,
		party->presentations,  party->organisations,
		party->reports,
	};

	newrows_integer(rows, party->spend);
	newrows_integer(rows, (int64_t)party->payments);
	span_write(&party->paid, rows);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		newrows_integer(rows, (int64_t)counts[i]);
	newrows_integer(rows, party->loss);
	span_write(&party->called, rows);
}
