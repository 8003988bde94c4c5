/* SPDX-License-Identifier: Apache-2.0 */
/* Payments that are there twice: read, judged, written down, told. */
#include "normalise/rows/payment_twins.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/money/address.h"
#include "base/scan.h"
#include "base/time/moment.h"
#include "casefile/sql.h"
#include "casefile/table/amount.h"

static const struct row_words words[PAYMENT_FINDINGS] = {
	[PAYMENT_AGAIN] = { "", "are there twice and count once",
			    "if each is a payment of its own, say `correlate --duplicates "
			    "keep`" },
	[PAYMENT_STATUS] = { "status", "are there with another status too; the later paid, "
				       "else the later source and row, is the one that counts, "
				       "and one with a payment_id before one without",
			     "look at the rows with `unspoof export CASE payments`" },
	[PAYMENT_CLASH] = { "payment_id", "have the payment_id of another payment, but differ "
					  "in account, sum, time or txid; all count",
			    "if two services are in the case, ingest each with its "
			    "--service" },
	[PAYMENT_COARSE] = { "paid", "are equal to another one, and have neither payment_id "
				     "nor txid to tell them apart; all count",
			     "if they are one payment, take it out of its source" },
};

struct paid_rows {
	const struct row_twins_given *given;
	const struct secret *secret;
	struct paid_row *items;
	size_t count, capacity;
	struct row_tallies *tallies;
	struct buf scratch;
};

/* A transaction with the index of its output, as what ties accounts has it. */
static uint64_t hash_txid(struct paid_rows *rows, struct text text)
{
	int64_t output;
	size_t len;

	buf_clear(&rows->scratch);
	if (!text.data || text.len == 0 || !buf_room(&rows->scratch, text.len + 1))
		return 0;
	len = txid_identity(text.data, text.len, rows->scratch.data, text.len + 1, &output);
	rows->scratch.len = len;
	if (output != TXID_NO_OUTPUT)
		buf_format(&rows->scratch, ":%lld", (long long)output);
	return rows->scratch.failed ? 0 : row_twins_hash(rows->secret, buf_view(&rows->scratch));
}

/* Case tells no two statuses apart. */
static uint64_t hash_status(struct paid_rows *rows, struct text text)
{
	buf_clear(&rows->scratch);
	for (size_t i = 0; i < text.len; i++)
		buf_byte(&rows->scratch, scan_lower(text.data[i]));
	return rows->scratch.failed ? 0 : row_twins_hash(rows->secret, buf_view(&rows->scratch));
}

static void take_status(struct paid_rows *rows, const struct source_sense *source,
			struct text text, bool confirmed, struct paid_row *row)
{
	row->status = hash_status(rows, text);
	if (row->status)
		row->word = words_payment(&source->words, text);
	else
		row->word = confirmed ? WORD_YES : WORD_NONE;
}

static bool is_coarse(const struct source_sense *source, struct text paid)
{
	struct moment moment;

	if (!paid.data || moment_parse(paid.data, paid.len, source->order, &moment))
		return false;
	return moment.day_only || moment.to_minute;
}

/* An id is one of its service. */
static uint64_t hash_id(const struct paid_rows *rows, struct text text, uint32_t source)
{
	const uint64_t hash = row_twins_hash(rows->secret, text);
	const uint32_t service = row_twins_service(rows->given->sources, source);

	return hash ? hash_pair(rows->secret, hash, service) | 1 : 0;
}

/* A found text of a role; none where it is a word that is no value. */
static struct text found(const struct source_sense *source, const char *role,
			 sqlite3_stmt *s, int place)
{
	const struct text text = column_text(s, place);

	return absents_in(source->absents, role, text) ? (struct text){ NULL, 0 } : text;
}

enum { ID, SOURCE, LINE, PAYMENT_ID, TXID, STATUS_FOUND, KEY, PAID, AMOUNT, CURRENCY,
       PAID_FOUND, MEMBER, CONFIRMED };

static enum status take(struct paid_rows *rows, sqlite3_stmt *s)
{
	struct casefile *casefile = rows->given->casefile;
	const struct source_senses *sources = rows->given->sources;
	const struct source_sense *source =
		source_sense_of(sources, sqlite3_column_int64(s, SOURCE));
	struct paid_row row = { .row = { .id = sqlite3_column_int64(s, ID),
					 .line = sqlite3_column_int64(s, LINE),
					 .member = sqlite3_column_int64(s, MEMBER) },
				.key = sqlite3_column_int64(s, KEY),
				.paid = sqlite3_column_int64(s, PAID),
				.amount = column_amount(s, AMOUNT) };
	void *items = rows->items;

	if (!source)
		return error_set(&casefile->error, STATUS_INTEGRITY,
				 "a payment names a source that is not there");
	row.row.source = (uint32_t)(source - sources->items);
	row.payment_id = hash_id(rows, found(source, "payment_id", s, PAYMENT_ID),
				 row.row.source);
	row.txid = hash_txid(rows, found(source, "txid", s, TXID));
	take_status(rows, source, found(source, "status", s, STATUS_FOUND),
		    sqlite3_column_int(s, CONFIRMED) != 0, &row);
	row.currency = row_twins_hash(rows->secret, column_text(s, CURRENCY));
	row.coarse = !row.payment_id && !row.txid &&
		     is_coarse(source, column_text(s, PAID_FOUND));
	if (rows->scratch.failed ||
	    !memory_room(&items, &rows->capacity, rows->count + 1, sizeof(*rows->items)))
		return error_memory(&casefile->error);
	rows->items = items;
	rows->items[rows->count++] = row;
	return columns_read(casefile, s);
}

static enum status load(struct paid_rows *rows)
{
	struct casefile *casefile = rows->given->casefile;
	sqlite3_stmt *s = casefile_prepare(
		casefile, "SELECT f.id, f.source, f.line, f.payment_id, f.txid, f.status,"
			  " r.key, r.paid, r.amount, r.currency, f.paid, f.member, r.confirmed"
			  " FROM payment_read r JOIN payment f ON f.id = r.payment"
			  " ORDER BY f.id");
	enum status status;

	if (!s)
		return casefile->error.status;
	while ((status = casefile_step(casefile, s)) == STATUS_OK)
		if ((status = take(rows, s)) != STATUS_OK)
			break;
	sqlite3_finalize(s);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status write_all(struct paid_rows *rows, uint64_t *count)
{
	struct casefile *casefile = rows->given->casefile;
	sqlite3_stmt *update = row_twins_prepare(casefile, "payment_read", "payment");
	enum status status = update ? STATUS_OK : casefile->error.status;
	bool any = false;

	for (size_t i = 0; i < rows->count && status == STATUS_OK; i++) {
		if (!rows->items[i].row.twin)
			continue;
		any = true;
		*count += rows->items[i].row.duplicate;
		status = row_twins_write(casefile, update, &rows->items[i].row);
	}
	if (any)
		casefile_forget_digest(casefile, "payment_read");
	sqlite3_finalize(update);
	return status;
}

enum status payment_twins_find(const struct row_twins_given *given, uint64_t *count)
{
	struct paid_rows rows = {
		.given = given,
		.secret = secret_get(),
		.tallies = calloc(given->sources->count + 1, sizeof(*rows.tallies)),
	};
	enum status status = rows.secret && rows.tallies
				     ? load(&rows)
				     : error_memory(&given->casefile->error);

	if (status == STATUS_OK && !payment_twins_judge(rows.items, rows.count, rows.tallies))
		status = error_memory(&given->casefile->error);
	if (status == STATUS_OK)
		status = write_all(&rows, count);
	if (status == STATUS_OK)
		status = row_twins_tell(given, rows.tallies, "payments", words,
					PAYMENT_FINDINGS);
	free(rows.items);
	free(rows.tallies);
	buf_release(&rows.scratch);
	return status;
}
