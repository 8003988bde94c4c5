/* SPDX-License-Identifier: Apache-2.0 */
/* The small kinds stored: rows into their tables, those that are not understood
 * into unread, and the digest of each table. */
#include "normalise/rows/row_store.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"

#include <stdio.h>
#include <string.h>

/* Columns of table payment_read. */
enum { PAYMENT_AMOUNT = 3, PAYMENT_CURRENCY, PAYMENT_EXPONENT };

static void close_table(struct row_store *store)
{
	bulk_put_close(&store->put);
	sqlite3_finalize(store->place);
	store->place = NULL;
}

/* Tables are filled one after another. */
static enum status open_table(struct row_store *store, enum kind kind)
{
	if (store->put.casefile && store->put_kind == kind)
		return STATUS_OK;
	close_table(store);
	store->put_kind = kind;
	return bulk_put_open(&store->put, store->casefile,
			     row_rules[kind].table, "",
			     row_rules[kind].columns);
}

static sqlite3_stmt *select_place(struct casefile *casefile, enum kind kind)
{
	char sql[100];

	(void)snprintf(sql, sizeof(sql),
		       "SELECT member, line, offset, length FROM %s WHERE id = ?",
		       kind_info(kind)->name);
	return casefile_prepare(casefile, sql);
}

/* Looked up for the rows that are set aside alone. */
static enum status find_place(struct row_store *store, const struct row_found *found,
			      struct place *place)
{
	struct casefile *casefile = store->casefile;
	enum status status;

	if (!store->place)
		store->place = select_place(casefile, store->put_kind);
	if (!store->place)
		return casefile->error.status;
	bind_integer(store->place, 1, found->id);
	status = casefile_step(casefile, store->place);
	*place = (struct place){
		found->source->id, (uint64_t)sqlite3_column_int64(store->place, 0),
		(uint64_t)sqlite3_column_int64(store->place, 1),
		(uint64_t)sqlite3_column_int64(store->place, 2),
		(uint64_t)sqlite3_column_int64(store->place, 3)
	};
	sqlite3_reset(store->place);
	return status != STATUS_END
		       ? status
		       : error_set(&casefile->error, STATUS_INTEGRITY,
				   "table %s is damaged",
				   kind_info(store->put_kind)->name);
}

static enum status put_aside(struct row_store *store, const struct row_block *block,
			     size_t i)
{
	const struct row_read *read = &block->read[i];
	struct unread unread = {
		.source = block->found[i].source,
		.role = kind_info(block->kind)->roles[read->role].name,
		.reason = read->reason,
		.value = row_block_field(block, i, read->role),
	};
	enum status status =
		find_place(store, &block->found[i], &unread.place);

	return status == STATUS_OK ? notes_set_aside(store->notes, &unread) : status;
}

/* Counts a payment by its status, with what it is worth. */
static bool count_payment(const struct row_block *block, size_t i, struct tally *tally)
{
	const struct row_read *read = &block->read[i];
	const struct row_value *values = block->rows.values + read->first;
	const struct text currency = { block->rows.texts.data + values[PAYMENT_CURRENCY].value,
				       values[PAYMENT_CURRENCY].len };

	return tally_pay(tally, read->status, &(struct tally_word){ read->word, 1, 1, block->found[i].id },
			 row_value_amount(&block->rows, &values[PAYMENT_AMOUNT]), currency, (unsigned)values[PAYMENT_EXPONENT].value);
}

/* Rows of other kinds have no status, and no sign that is against it. */
static bool count_status(const struct row_block *block, size_t i, struct source_sense *source)
{
	const struct row_read *read = &block->read[i];

	return (!read->status.data || count_payment(block, i, &source->statuses)) &&
	       (read->sign != SIGN_AGAINST || count_payment(block, i, &source->against)) &&
	       (read->sign != SIGN_RETURNED || count_payment(block, i, &source->returned));
}

/* The words that are no value; false: no memory. */
static bool count_absent(struct source_sense *source, const struct row_read *read, int64_t row)
{
	for (size_t role = 0; role < ROW_ROLES; role++)
		if (read->absent[role] &&
		    !absences_add(&source->absences, source->absents, role,
				  read->absent[role], 1, row))
			return false;
	return true;
}

static enum status take_row(struct row_store *store, const struct row_block *block, size_t i)
{
	const struct row_read *read = &block->read[i];
	struct source_sense *source = block->found[i].source;

	source->unzoned += read->unzoned;
	source->assumed += read->assumed;
	source->no_country += read->no_country;
	source->two_phones += read->two_phones;
	source->by_country += read->by_country;
	if (read->clock && !read->reason && source->clock++ == 0)
		source->clock_row = block->found[i].id;
	if (!count_absent(source, read, block->found[i].id))
		return error_memory(&store->casefile->error);
	if (read->reason)
		return put_aside(store, block, i);
	store->count++;
	day_rows_add(&source->days, read->day_only, block->found[i].id);
	return count_status(block, i, source) ? STATUS_OK : error_memory(&store->casefile->error);
}

enum status row_store_put(struct row_store *store, const struct row_block *block)
{
	enum status status = open_table(store, block->kind);

	for (size_t i = 0; i < block->count && status == STATUS_OK; i++)
		status = take_row(store, block, i);
	return status == STATUS_OK ? bulk_put_rows(&store->put, &block->rows)
				   : status;
}

void row_store_feed(struct row_store *store, const struct row_block *block)
{
	struct digest *digest = store->digests[block->kind];

	if (store->feed.digest != digest) {
		(void)digest_feed_end(&store->feed);
		feed_hand_over(&store->feed);
		store->feed.digest = digest;
	}
	row_buffer_feed(&block->rows, &store->feed);
	feed_hand_over(&store->feed);
}

enum status row_store_open(struct row_store *store, struct casefile *casefile,
			   struct notes *notes)
{
	memset(store, 0, sizeof(*store));
	store->casefile = casefile;
	store->notes = notes;
	for (size_t i = 0; i < ROW_KINDS; i++) {
		store->digests[row_order[i]] = digest_new();
		if (!store->digests[row_order[i]])
			return error_memory(&casefile->error);
	}
	store->feed.digest = store->digests[row_order[0]];
	return STATUS_OK;
}

enum status row_store_end(struct row_store *store)
{
	struct casefile *casefile = store->casefile;
	bool good = digest_feed_end(&store->feed);
	char hex[DIGEST_HEX];

	for (size_t i = 0; i < ROW_KINDS && good; i++) {
		good = digest_end(store->digests[row_order[i]], hex);
		if (good)
			casefile_keep_digest(casefile, row_rules[row_order[i]].table,
					     hex);
	}
	return good ? STATUS_OK
		    : error_set(&casefile->error, STATUS_FAILED,
				"libcrypto has no SHA-256");
}

void row_store_close(struct row_store *store)
{
	close_table(store);
	for (size_t i = 0; i < ROW_KINDS; i++)
		digest_free(store->digests[row_order[i]]);
	memset(store, 0, sizeof(*store));
}
