/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of an account or a person. */
#include "correlate/party.h"

#include "base/memory.h"
#include "correlate/rates.h"

void bind_span(sqlite3_stmt *statement, int place, const struct span *span)
{
	bool none = span->first > span->last;

	bind_maybe(statement, place, span->first, none);
	bind_maybe(statement, place + 1, span->last, none);
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

void bind_party(sqlite3_stmt *statement, int place, const struct party *party)
{
	const uint64_t counts[] = {
		party->calls,	       party->answered,
		party->long_calls,     party->victims,
		party->presentations,  party->organisations,
		party->reports,
	};

	bind_integer(statement, place++, party->spend);
	bind_integer(statement, place++, (int64_t)party->payments);
	bind_span(statement, place, &party->paid);
	place += 2;
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		bind_integer(statement, place++, (int64_t)counts[i]);
	bind_integer(statement, place++, party->loss);
	bind_span(statement, place, &party->called);
}
