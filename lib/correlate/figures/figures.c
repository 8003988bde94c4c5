/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of an account or a person. */
#include "correlate/figures/figures.h"

#include "base/memory.h"
#include "casefile/table/amount.h"
#include "correlate/money/rates.h"

void period_write(const struct period *span, struct row_buffer *rows)
{
	const bool none = span->first > span->last;
	const unsigned days = period_days(span);

	row_buffer_maybe(rows, calendar_unit(span->first, 2), none);
	row_buffer_maybe(rows, calendar_unit(span->last, 2) - (days & PERIOD_DAY_LAST ? DAY_SECONDS : 0), none);
}

unsigned period_days(const struct period *span)
{
	if (span->first > span->last)
		return 0;
	return (span->first & 1 ? 0u : PERIOD_DAY_FIRST) | (span->last & 1 ? 0u : PERIOD_DAY_LAST);
}

struct figures *figures_new(size_t count)
{
	static const struct figures none = { .paid = PERIOD_NONE,
					   .called = PERIOD_NONE };
	struct figures *all = memory_array(NULL, count, sizeof(*all));

	for (size_t i = 0; all && i < count; i++)
		all[i] = none;
	return all;
}

enum status figures_add(struct casefile *casefile, struct figures *sum,
			const struct figures *part)
{
	enum status status = money_add(casefile, &sum->gross, part->gross);

	if (status == STATUS_OK)
		status = money_add(casefile, &sum->refunds, part->refunds);
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

void figures_write(const struct figures *figures, struct row_buffer *rows)
{
	const uint32_t counts[] = {
		figures->calls,	       figures->answered,
		figures->long_calls,     figures->victims,
		figures->presentations,  figures->organisations,
		figures->reports,
	};

	row_buffer_amount(rows, figures_spend(figures));
	row_buffer_integer(rows, figures->payments);
	period_write(&figures->paid, rows);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		row_buffer_integer(rows, counts[i]);
	row_buffer_amount(rows, figures->loss);
	period_write(&figures->called, rows);
}

void figures_write_gross(const struct figures *figures, struct row_buffer *rows)
{
	row_buffer_amount(rows, figures->gross);
	row_buffer_amount(rows, figures->refunds);
}

unsigned figures_days(const struct figures *figures)
{
	return period_days(&figures->called) | period_days(&figures->paid) << 2;
}
