/* SPDX-License-Identifier: Apache-2.0 */
/* The tables are read on the caller's thread; another takes what their rows
 * tell, batch after batch; then any thread puts a part of it into order. */
#include "correlate/persons/identity_read.h"

#include <string.h>

#include "base/money/decimal.h"
#include "base/thread/pipeline.h"
#include "casefile/table/bulk_read.h"

#define BATCHES 4

/* Rows on their way. */
struct batch {
	const struct table *table;
	struct row_buffer rows;
	enum status status;            /* of taking them */
	const char *damaged;           /* STATUS_INTEGRITY: what is */
	size_t part;                   /* or what is put into order */
	enum payment_trouble trouble;  /* of: */
	struct payment payment;
};

struct taking {
	struct identity_read *identities;
	const struct identity_read_given *given;
	struct bulk_read read;
	bool reading;
	size_t table, arranged;
	struct batch batches[BATCHES];
	void *places[BATCHES];
};

/* The columns that each table begins with. */
enum { KEY, SOURCE, LINE, MEMBER, PLACE };
#define PLACE_COLUMNS "r.key, f.source, f.line, f.member"

/* ---- what a row tells, on any thread, one at a time ---- */

static bool add(struct taking *t, enum link_rule rule, const struct batch *batch,
		const struct row_value *value, struct occurrence item)
{
	return identifiers_add(&t->identities->rules[rule],
			       row_value_text(&batch->rows, value), item);
}

enum { PAY_ADDRESS = PLACE, PAY_TXID, PAY_ID, PAY_CONFIRMED, PAY_AT, PAY_AMOUNT,
       PAY_CURRENCY, PAY_EXPONENT, PAY_COLUMNS };

static struct payment payment_of(const struct batch *batch,
				 const struct row_value *row)
{
	const struct payment payment = {
		.id = row_value_integer(&row[PAY_ID]),
		.exponent = row_value_integer(&row[PAY_EXPONENT]),
		.amount = {
			.currency = row_value_text(&batch->rows,
						   &row[PAY_CURRENCY]),
			.minor = row_value_integer(&row[PAY_AMOUNT]),
			.at = row_value_integer(&row[PAY_AT]),
			.source = row_value_integer(&row[SOURCE]),
			.line = row_value_integer(&row[LINE]),
			.member = row_value_integer(&row[MEMBER]),
		},
	};

	return payment;
}

static bool take_payment(struct taking *t, struct batch *batch,
			 const struct row_value *row, struct occurrence item)
{
	if (!add(t, LINK_ADDRESS, batch, &row[PAY_ADDRESS], item) ||
	    !add(t, LINK_TXID, batch, &row[PAY_TXID], item))
		return false;
	if (!row_value_integer(&row[PAY_CONFIRMED]))
		return true;
	batch->payment = payment_of(batch, row);
	batch->trouble = payments_add(&t->identities->payments, t->given->rates,
				      &batch->payment,
				      &t->given->accounts[item.slot]);
	return batch->trouble == PAYMENT_FINE;
}

enum { LOGIN_IP = PLACE, LOGIN_DEVICE, LOGIN_COLUMNS };

static bool take_login(struct taking *t, struct batch *batch,
		       const struct row_value *row, struct occurrence item)
{
	return add(t, LINK_IP, batch, &row[LOGIN_IP], item) &&
	       add(t, LINK_DEVICE, batch, &row[LOGIN_DEVICE], item);
}

enum { ACCOUNT_EMAIL = PLACE, ACCOUNT_IP, ACCOUNT_PHONE, ACCOUNT_LOGIN,
       ACCOUNT_COLUMNS };

/* As E.164 is written. */
static bool add_phone(struct taking *t, const struct row_value *value,
		      struct occurrence item)
{
	char text[DECIMAL_TEXT] = "+";
	struct text phone = { text, 1 };

	if (value->type != ROW_VALUE_INTEGER)
		return true;
	phone.len += decimal_format(value->value, 0, text + 1, sizeof(text) - 1);
	return identifiers_add(&t->identities->rules[LINK_PHONE], phone, item);
}

static bool take_account(struct taking *t, struct batch *batch,
			 const struct row_value *row, struct occurrence item)
{
	const uint32_t key = (uint32_t)row[KEY].value;

	return add(t, LINK_EMAIL, batch, &row[ACCOUNT_EMAIL], item) &&
	       add(t, LINK_IP, batch, &row[ACCOUNT_IP], item) &&
	       add_phone(t, &row[ACCOUNT_PHONE], item) &&
	       text_lists_add(&t->identities->logins, key,
			      text_trim(row_value_text(&batch->rows,
						       &row[ACCOUNT_LOGIN]))) &&
	       text_lists_add(&t->identities->emails, key,
			      row_value_text(&batch->rows, &row[ACCOUNT_EMAIL]));
}

static const struct table {
	const char *kind;
	const char *columns;
	unsigned count;
	/* False: there is trouble, else no memory. The key is one of the case. */
	bool (*take)(struct taking *t, struct batch *batch,
		     const struct row_value *row, struct occurrence item);
} tables[] = {
	{ "payment",
	  PLACE_COLUMNS ", r.from_address, r.txid, f.id, r.confirmed, r.paid,"
			" r.amount, r.currency, r.exponent",
	  PAY_COLUMNS, take_payment },
	{ "login", PLACE_COLUMNS ", f.ip, f.device", LOGIN_COLUMNS, take_login },
	{ "account", PLACE_COLUMNS ", r.email, f.ip, r.phone, f.login",
	  ACCOUNT_COLUMNS, take_account },
};

#define TABLES (sizeof(tables) / sizeof(tables[0]))

static enum status take_row(struct taking *t, struct batch *batch,
			    const struct row_value *row)
{
	struct occurrence item = { .value = 0 };

	batch->damaged = "places of found rows";
	if (!row_place_of(row_value_integer(&row[SOURCE]),
			  row_value_integer(&row[LINE]), &item.place))
		return STATUS_INTEGRITY;
	item.member = (uint64_t)row_value_integer(&row[MEMBER]);
	batch->damaged = "account keys";
	if (row[KEY].type != ROW_VALUE_INTEGER ||
	    !persons_slot(t->given->persons, row[KEY].value, &item.slot))
		return STATUS_INTEGRITY;
	return batch->table->take(t, batch, row, item) ? STATUS_OK
						       : STATUS_FAILED;
}

static void merge(void *context, void *item, unsigned worker)
{
	struct taking *t = context;
	struct batch *batch = item;

	(void)worker;
	batch->status = STATUS_OK;
	batch->trouble = PAYMENT_FINE;
	for (size_t i = 0; i < batch->rows.count && batch->status == STATUS_OK;
	     i += batch->table->count)
		batch->status = take_row(t, batch, &batch->rows.values[i]);
}

/* ---- reading, on the caller's thread ---- */

static enum status fill(void *context, void *item)
{
	struct taking *t = context;
	struct batch *batch = item;
	struct casefile *casefile = t->given->casefile;
	const struct table *table = &tables[t->table];
	enum status status = STATUS_OK;

	if (t->table == TABLES)
		return STATUS_END;
	if (observer_interrupted(t->given->observer))
		return error_set(&casefile->error, STATUS_INTERRUPTED,
				 "interrupted; the case is as it was before");
	batch->table = table;
	if (!t->reading)
		status = bulk_read_open(&t->read, casefile, table->kind,
					table->columns);
	t->reading = true;
	if (status == STATUS_OK)
		status = bulk_read_next(&t->read, &batch->rows);
	if (status != STATUS_END)
		return status;
	bulk_read_close(&t->read);
	t->reading = false;
	t->table++;
	return STATUS_OK;
}

static void nothing(void *context, void *item, unsigned worker)
{
	(void)context;
	(void)item;
	(void)worker;
}

static enum status tell(void *context, void *item)
{
	const struct taking *t = context;
	const struct batch *batch = item;
	struct casefile *casefile = t->given->casefile;

	if (batch->status == STATUS_OK)
		return STATUS_OK;
	if (batch->status == STATUS_INTEGRITY)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "the %s of the case are damaged", batch->damaged);
	if (batch->trouble != PAYMENT_FINE)
		return payments_failed(casefile, t->given->rates,
				       &batch->payment, batch->trouble);
	return error_memory(&casefile->error);
}

/* ---- arranging, part by part on any thread ---- */

static enum status fill_part(void *context, void *item)
{
	struct taking *t = context;
	struct batch *batch = item;

	if (t->arranged == LINK_RULES + 2)
		return STATUS_END;
	batch->trouble = PAYMENT_FINE;
	batch->part = t->arranged++;
	return STATUS_OK;
}

static void arrange(void *context, void *item, unsigned worker)
{
	struct taking *t = context;
	struct identity_read *identities = t->identities;
	struct batch *batch = item;
	bool good;

	(void)worker;
	if (batch->part < LINK_RULES)
		good = identifiers_arrange(&identities->rules[batch->part]);
	else
		good = text_lists_settle(batch->part == LINK_RULES ? &identities->logins
							      : &identities->emails);
	batch->status = good ? STATUS_OK : STATUS_FAILED;
}

/* ---- both ---- */

static enum status run(struct taking *t)
{
	const struct pipeline taken = {
		.context = t, .fill = fill, .work = nothing, .merge = merge,
		.take = tell,
	};
	const struct pipeline arranged = {
		.context = t, .fill = fill_part, .work = arrange, .take = tell,
	};
	enum status status;

	for (size_t i = 0; i < BATCHES; i++)
		t->places[i] = &t->batches[i];
	status = pipeline_run(&taken, t->places, BATCHES, t->given->threads);
	if (status == STATUS_OK)
		status = pipeline_run(&arranged, t->places, BATCHES,
				      t->given->threads);
	return status;
}

enum status identity_read_run(struct identity_read *identities, const struct identity_read_given *given)
{
	struct taking t = { .identities = identities, .given = given };
	enum status status = run(&t);

	bulk_read_close(&t.read);
	for (size_t i = 0; i < BATCHES; i++)
		row_buffer_release(&t.batches[i].rows);
	return status;
}

void identity_read_release_rules(struct identity_read *identities)
{
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		identifiers_release(&identities->rules[rule]);
}

void identity_read_release(struct identity_read *identities)
{
	identity_read_release_rules(identities);
	text_lists_release(&identities->logins);
	text_lists_release(&identities->emails);
	payments_release(&identities->payments);
}
