/* SPDX-License-Identifier: Apache-2.0 */
/* The tables are read on the caller's thread; another takes what their rows
 * tell, batch after batch; after the addresses of calls any thread puts a part of it
 * into order. */
#include "correlate/persons/identity_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/money/decimal.h"
#include "base/scan.h"
#include "base/thread/pipeline.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"
#include "casefile/table/bulk_read.h"
#include "correlate/calls/call_ips.h"
#include "correlate/persons/identity_sift.h"

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
	struct identity_sift sift;
	struct bulk_read read;
	bool reading;
	size_t table, arranged;
	struct batch batches[BATCHES];
	void *places[BATCHES];
	struct map64 phone_marks;      /* of reading.id, where there is one; and THERE */
	struct buf room;               /* where texts are made */
};

/* The columns that each table begins with. */
enum { KEY, SOURCE, LINE, MEMBER, PLACE };
#define PLACE_COLUMNS "r.key, f.source, f.line, f.member"

/* ---- what a row tells, on any thread, one at a time ---- */

/* A found text of a role; empty where it is a word that is no value in its source. */
static struct text found_text(const struct taking *t, const struct batch *batch,
			      const struct row_value *row, unsigned column, const char *role)
{
	const struct absents *absents =
		source_absent_of(t->given->absent, row_value_integer(&row[SOURCE]));
	const struct text text = row_value_text(&batch->rows, &row[column]);

	return absents_in(absents, role, text) ? (struct text){ NULL, 0 } : text;
}

static bool add_marked(struct taking *t, enum link_rule rule, struct text value, struct occurrence item,
		       unsigned mark)
{
	return identity_sift_note(&t->sift, &(struct identity_noted){ .rule = rule, .value = value, .item = item,
								      .mark = (uint16_t)mark });
}

static bool add_found(struct taking *t, enum link_rule rule, struct text found,
		      struct occurrence item)
{
	return add_marked(t, rule, found, item, 0);
}

static bool add(struct taking *t, enum link_rule rule, const struct batch *batch,
		const struct row_value *value, struct occurrence item)
{
	return add_marked(t, rule, row_value_text(&batch->rows, value), item, 0);
}

enum { PAY_ADDRESS = PLACE, PAY_TXID, PAY_OUTPUT, PAY_ID, PAY_CONFIRMED, PAY_AT, PAY_AMOUNT,
       PAY_CURRENCY, PAY_EXPONENT, PAY_DUPLICATE, PAY_DAY, PAY_COLUMNS };

static struct payment payment_of(const struct batch *batch,
				 const struct row_value *row)
{
	const struct payment payment = {
		.id = row_value_integer(&row[PAY_ID]),
		.exponent = row_value_integer(&row[PAY_EXPONENT]),
		.day = row_value_integer(&row[PAY_DAY]),
		.amount = {
			.currency = row_value_text(&batch->rows,
						   &row[PAY_CURRENCY]),
			.minor = row_value_amount(&batch->rows, &row[PAY_AMOUNT]),
			.at = row_value_integer(&row[PAY_AT]),
			.source = row_value_integer(&row[SOURCE]),
			.line = row_value_integer(&row[LINE]),
			.member = row_value_integer(&row[MEMBER]),
		},
	};

	return payment;
}

/* A transaction, and the output of it that was paid. */
static bool add_txid(struct taking *t, const struct batch *batch, const struct row_value *row,
		     struct occurrence item)
{
	const bool has_output = row[PAY_OUTPUT].type == ROW_VALUE_INTEGER;
	const struct identity_noted noted = {
		.rule = LINK_TXID,
		.value = row_value_text(&batch->rows, &row[PAY_TXID]),
		.item = item,
		.mark = has_output ? 0 : MARK_NO_OUTPUT,
		.has_output = has_output,
		.output = row[PAY_OUTPUT].value,
	};

	return identity_sift_note(&t->sift, &noted);
}

static bool take_payment(struct taking *t, struct batch *batch,
			 const struct row_value *row, struct occurrence item)
{
	if (!add(t, LINK_ADDRESS, batch, &row[PAY_ADDRESS], item) ||
	    !add_txid(t, batch, row, item))
		return false;
	if (!row_value_integer(&row[PAY_CONFIRMED]) ||
	    (row_value_integer(&row[PAY_DUPLICATE]) && !t->given->keep_duplicates))
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
	return add_found(t, LINK_IP, found_text(t, batch, row, LOGIN_IP, "ip"), item) &&
	       add_found(t, LINK_DEVICE, found_text(t, batch, row, LOGIN_DEVICE, "device"),
			 item);
}

enum { ACCOUNT_EMAIL = PLACE, ACCOUNT_IP, ACCOUNT_PHONE, ACCOUNT_READING, ACCOUNT_FOUND_PHONE,
       ACCOUNT_LOGIN, ACCOUNT_COUNTRY, ACCOUNT_REGION, ACCOUNT_COLUMNS };

/* Beside the marks of a reading: it is by the country of its row. */
#define THERE 0x100

/* As it is compared. */
static bool add_email(struct taking *t, const struct batch *batch, const struct row_value *value,
		      struct occurrence item)
{
	struct text email = text_trim(row_value_text(&batch->rows, value));
	size_t len;
	uint16_t mark = 0;

	buf_clear(&t->room);
	if (!buf_room(&t->room, email.len + EMAIL_IDENTITY_ROOM))
		return false;
	len = email.len ? email_identity(t->given->providers, email, t->room.data) : 0;
	if (len) {
		const struct text identity = { t->room.data, len };

		mark = text_equal(identity, email) ? 0 : MARK_FOLDED;
		email = identity;
	}
	return add_marked(t, LINK_EMAIL, email, item, mark);
}

/* What is no number but looks like one, and is weak, is compared by its digits. */
static bool add_no_phone(struct taking *t, struct text found, unsigned mark,
			 struct occurrence item)
{
	buf_clear(&t->room);
	for (size_t i = 0; i < found.len; i++)
		if (scan_is_digit(found.data[i]) || found.data[i] == '+')
			buf_byte(&t->room, found.data[i]);
	return !t->room.failed && add_marked(t, LINK_PHONE, buf_view(&t->room), item, mark | MARK_NO_NUMBER);
}

/* As E.164 is written. */
static bool add_phone(struct taking *t, const struct batch *batch, const struct row_value *row,
		      struct occurrence item)
{
	const uint64_t reading = (uint64_t)row_value_integer(&row[ACCOUNT_READING]);
	const uint64_t *place = map64_find(&t->phone_marks, reading);
	const uint8_t mark = place ? (uint8_t)*place : 0;
	const struct text country = row_value_text(&batch->rows, &row[ACCOUNT_COUNTRY]);
	char text[DECIMAL_TEXT] = "+";
	struct text phone = { text, 1 };

	if (row[ACCOUNT_PHONE].type != ROW_VALUE_INTEGER)
		return !mark || add_no_phone(t, row_value_text(&batch->rows, &row[ACCOUNT_FOUND_PHONE]), mark, item);
	item.there = place && (*place & THERE) != 0;
	item.country = occurrence_country(country.len ? country : row_value_text(&batch->rows, &row[ACCOUNT_REGION]));
	phone.len += decimal_format(row[ACCOUNT_PHONE].value, 0, text + 1, sizeof(text) - 1);
	return add_marked(t, LINK_PHONE, phone, item, mark);
}

static bool take_account(struct taking *t, struct batch *batch,
			 const struct row_value *row, struct occurrence item)
{
	const uint32_t key = (uint32_t)row[KEY].value;

	return add_email(t, batch, &row[ACCOUNT_EMAIL], item) &&
	       add_found(t, LINK_IP, found_text(t, batch, row, ACCOUNT_IP, "ip"), item) &&
	       add_phone(t, batch, row, item) &&
	       text_lists_add(&t->identities->logins, key,
			      text_trim(found_text(t, batch, row, ACCOUNT_LOGIN,
						   "login"))) &&
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
	  PLACE_COLUMNS ", r.from_address, r.txid, r.output, f.id, r.confirmed, r.paid,"
			" r.amount, r.currency, r.exponent, r.duplicate, r.paid_day",
	  PAY_COLUMNS, take_payment },
	{ "login", PLACE_COLUMNS ", f.ip, f.device", LOGIN_COLUMNS, take_login },
	{ "account", PLACE_COLUMNS ", r.email, f.ip, r.phone, r.phone_reading, f.phone, f.login, r.country,"
	  " (SELECT region FROM source WHERE id = f.source)",
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
	item.member = (uint64_t)row_value_integer(&row[MEMBER]) & OCCURRENCE_MEMBERS;
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
	if (batch->trouble != PAYMENT_FINE && batch->trouble != PAYMENT_MEMORY)
		return payments_failed(casefile, t->given->rates,
				       &batch->payment, batch->trouble);
	return spill_failed(t->given->spill, &casefile->error);
}

/* ---- arranging, part by part on any thread ---- */

/* Behind the rules. */
enum { PART_OUTPUTS = LINK_RULES, PART_LOGINS, PART_EMAILS, PART_END };

static enum status fill_part(void *context, void *item)
{
	struct taking *t = context;
	struct batch *batch = item;

	if (t->arranged == PART_END)
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
	else if (batch->part == PART_OUTPUTS)
		good = identifiers_arrange(&identities->outputs);
	else
		good = text_lists_settle(batch->part == PART_LOGINS ? &identities->logins
							       : &identities->emails);
	batch->status = good ? STATUS_OK : STATUS_FAILED;
}

/* ---- both ---- */

/* What the readings of numbers say of telephones. */
static enum status read_phone_marks(struct taking *t)
{
	struct casefile *casefile = t->given->casefile;
	sqlite3_stmt *statement =
		casefile_prepare(casefile, "SELECT id, flags, rule = 'country' FROM reading"
					   " WHERE flags <> '' OR rule = 'country'");
	enum status status = statement ? STATUS_OK : casefile->error.status;

	while (status == STATUS_OK) {
		uint64_t mark;
		uint64_t *place;

		status = casefile_step(casefile, statement);
		if (status != STATUS_OK)
			break;
		mark = weak_list_phone(t->given->weak, column_text(statement, 1)) |
		       (sqlite3_column_int(statement, 2) ? THERE : 0u);
		place = mark ? map64_add(&t->phone_marks, (uint64_t)sqlite3_column_int64(statement, 0), NULL)
			     : NULL;
		if (place)
			*place = mark;
		else if (mark)
			status = error_memory(&casefile->error);
		if (status == STATUS_OK)
			status = columns_read(casefile, statement);
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status take_calls(struct taking *t)
{
	const struct identity_read_given *given = t->given;
	const struct call_ips_given calls = {
		.casefile = given->casefile,
		.observer = given->observer,
		.persons = given->persons,
		.absent = given->absent,
		.remarks = given->remarks,
		.spill = given->spill,
		.memory = given->memory,
		.threads = given->threads,
		.sift = &t->sift,
	};

	return call_ips_run(&calls);
}

static bool open_sift(struct taking *t)
{
	const struct identity_read_given *given = t->given;
	const struct identity_sift_given sift = {
		.accounts = given->persons->accounts,
		.weak = given->weak,
		.never = given->never,
		.spill = given->spill,
		.memory = given->memory / 32,
	};

	return identity_sift_open(&t->sift, &sift);
}

/* What several accounts have becomes identifiers. */
static enum status sift(struct taking *t)
{
	struct identity_read *identities = t->identities;

	if (!identity_sift_run(&t->sift, identities->rules, &identities->outputs))
		return spill_failed(t->given->spill, &t->given->casefile->error);
	memcpy(identities->alone, t->sift.alone, sizeof(identities->alone));
	memset(t->sift.alone, 0, sizeof(t->sift.alone));
	return STATUS_OK;
}

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
	status = open_sift(t) && payments_open(&t->identities->payments, t->given->spill)
			 ? read_phone_marks(t)
			 : error_memory(&t->given->casefile->error);
	if (status == STATUS_OK)
		status = pipeline_run(&taken, t->places, BATCHES, t->given->threads);
	if (status == STATUS_OK)
		status = take_calls(t);
	if (status == STATUS_OK)
		status = sift(t);
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
	identity_sift_close(&t.sift);
	for (size_t i = 0; i < BATCHES; i++)
		row_buffer_release(&t.batches[i].rows);
	map64_release(&t.phone_marks);
	buf_release(&t.room);
	return status;
}

void identity_read_release_rules(struct identity_read *identities)
{
	for (unsigned rule = 0; rule < LINK_RULES; rule++)
		identifiers_release(&identities->rules[rule]);
	identifiers_release(&identities->outputs);
	for (unsigned rule = 0; rule < LINK_RULES; rule++) {
		free(identities->alone[rule]);
		identities->alone[rule] = NULL;
	}
}

void identity_read_release(struct identity_read *identities)
{
	identity_read_release_rules(identities);
	text_lists_release(&identities->logins);
	text_lists_release(&identities->emails);
	payments_release(&identities->payments);
}
