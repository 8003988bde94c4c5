/* SPDX-License-Identifier: Apache-2.0 */
/* Confirmed payments, each at the rate of its day: the one that is written, else that of UTC. */
#include "correlate/money/payments.h"

#include <stdlib.h>
#include <string.h>

#include "casefile/sql.h"
#include "casefile/table/amount.h"
#include "casefile/table/bulk_insert.h"

/* Bytes that are kept before the file is used. */
#define KEPT 1048576
/* There are no more than rows. */
#define PAYMENTS_MOST UINT32_MAX

static int compare(const void *a, const void *b)
{
	const struct valued *x = a, *y = b;

	return x->payment < y->payment ? -1 : x->payment > y->payment;
}

static const struct record_kind kind = { sizeof(struct valued), compare, NULL, true };

bool payments_open(struct payments *payments, struct spill *spill)
{
	if (!sorter_open(&payments->valued, &kind, spill, KEPT))
		return false;
	sorter_writer_open(&payments->writer, &payments->valued, PAYMENTS_MOST, KEPT);
	return true;
}

/* The amount, whose exponent is in range. */
static struct amount amount_of(const struct payment *payment)
{
	struct amount amount = payment->amount;

	amount.exponent = (unsigned)payment->exponent;
	amount.role = "paid";
	return amount;
}

/* What can be counted at all cannot be too much. */
static void add_up(struct figures *account, const struct payment *payment,
		   const struct amount *amount, i128 value)
{
	if (amount->minor < 0) {
		account->refunds -= value;
		return;
	}
	account->payments++;
	period_take(&account->paid, amount->at, payment->day);
	account->gross += value;
}

enum payment_trouble payments_add(struct payments *payments,
				  const struct rates *rates,
				  const struct payment *payment,
				  struct figures *account)
{
	const struct amount amount = amount_of(payment);
	struct valued item = { .payment = (uint64_t)payment->id };
	struct cited_rate cited;

	if (payment->exponent < 0 || payment->exponent > DECIMAL_MAX_SCALE ||
	    amount.at < -PERIOD_MOST || amount.at > PERIOD_MOST)
		return PAYMENT_DAMAGED;
	if (!rates_value(rates, &amount, &item.value, &cited)) {
		if (!rates_beyond(rates, &amount))
			return PAYMENT_RATE;
		return aside_put(&payments->aside, &amount) ? PAYMENT_FINE : PAYMENT_MEMORY;
	}
	if (!aside_take(&payments->aside, item.value))
		return aside_put(&payments->aside, &amount) ? PAYMENT_FINE : PAYMENT_MEMORY;
	item.rate = cited.rate;
	item.gap = cited.gap;
	add_up(account, payment, &amount, item.value);
	return sorter_writer_put(&payments->writer, &item) ? PAYMENT_FINE : PAYMENT_MEMORY;
}

/* With the time as found. */
static enum status no_rate(struct casefile *casefile, const struct rates *rates,
			   const struct payment *payment)
{
	struct amount amount = amount_of(payment);
	sqlite3_stmt *select = casefile_prepare(
		casefile, "SELECT paid FROM payment WHERE id = ?");
	enum status status;
	struct cited_rate cited;
	i128 value;

	if (!select)
		return casefile->error.status;
	bind_integer(select, 1, payment->id);
	status = casefile_step(casefile, select);
	if (status == STATUS_OK || status == STATUS_END) {
		if (status == STATUS_OK)
			amount.time = column_text(select, 0);
		status = columns_read(casefile, select);
		if (status == STATUS_OK)
			status = rates_convert(rates, &amount, &value, &cited);
	}
	sqlite3_finalize(select);
	return status;
}

enum status payments_failed(struct casefile *casefile, const struct rates *rates,
			    const struct payment *payment,
			    enum payment_trouble trouble)
{
	switch (trouble) {
	case PAYMENT_FINE:
		break;
	case PAYMENT_MEMORY:
		return error_memory(&casefile->error);
	case PAYMENT_DAMAGED:
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "payment %lld of the case is damaged",
				 (long long)payment->id);
	case PAYMENT_RATE:
		return no_rate(casefile, rates, payment);
	}
	return STATUS_OK;
}

/* Where the writing is. */
struct writing {
	struct casefile *casefile;
	struct spill *spill;
	struct merge valued;
};

static const char *const columns[] = { "payment", "value", "rate", "gap" };

static enum status more(void *context, struct row_buffer *rows)
{
	struct writing *writing = context;
	const struct valued *item = merge_next(&writing->valued);

	if (!item)
		return writing->valued.failed ? spill_failed(writing->spill, &writing->casefile->error) : STATUS_END;
	row_buffer_integer(rows, (int64_t)item->payment);
	row_buffer_amount(rows, item->value);
	row_buffer_maybe(rows, item->rate, item->rate == 0);
	row_buffer_maybe(rows, item->gap, item->rate == 0);
	return STATUS_OK;
}

enum status payments_write(struct payments *payments, struct casefile *casefile,
			   unsigned threads)
{
	struct writing writing = { .casefile = casefile, .spill = payments->valued.spill };
	const struct bulk_insert fill = { BULK_TABLE("payment_value", columns), more,
					  &writing };
	const bool good = sorter_writer_end(&payments->writer) && sorter_read(&payments->valued, &writing.valued);
	const enum status status = good ? bulk_insert_run(casefile, &fill, threads)
					: spill_failed(writing.spill, &casefile->error);

	merge_close(&writing.valued);
	sorter_close(&payments->valued);
	return status;
}

void payments_release(struct payments *payments)
{
	sorter_writer_close(&payments->writer);
	sorter_close(&payments->valued);
	aside_release(&payments->aside);
	memset(payments, 0, sizeof(*payments));
}
