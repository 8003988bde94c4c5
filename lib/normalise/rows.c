/* SPDX-License-Identifier: Apache-2.0 */
/* The small kinds understood, a row at a time. */
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/memory.h"
#include "base/money.h"
#include "normalise/address.h"
#include "normalise/normaliser.h"

/* The first columns of every found table, then its roles in order. */
enum { COL_ID, COL_SOURCE, COL_LINE, COL_OFFSET, COL_LENGTH, COL_ROLES };

/* A found row and where its understanding goes. */
struct row {
	struct normaliser *n;
	struct source_sense *source;
	sqlite3_stmt *found;
	sqlite3_stmt *insert;
};

/* One kind: its statement, and the function that fills it. Understanding
 * returns STATUS_SKIP when it set the row aside. */
struct kind_rule {
	enum kind kind;
	const char *insert;
	enum status (*understand)(struct row *row);
};

static struct text field(const struct row *row, int role)
{
	return column_text(row->found, COL_ROLES + role);
}

/* Sets the row aside because of a role. */
static enum status refuse(struct row *row, int role, const char *reason)
{
	const struct unread unread = {
		.source = row->source,
		.place = { row->source->id,
			   (uint64_t)sqlite3_column_int64(row->found, COL_LINE),
			   (uint64_t)sqlite3_column_int64(row->found, COL_OFFSET),
			   (uint64_t)sqlite3_column_int64(row->found, COL_LENGTH) },
		.role = kind_info(row->source->kind)->roles[role].name,
		.reason = reason,
		.value = field(row, role),
	};
	enum status status = set_aside(row->n, &unread);

	return status == STATUS_OK ? STATUS_SKIP : status;
}

static enum status no_memory(struct row *row)
{
	return error_memory(&row->n->casefile->error);
}

static enum status insert(struct row *row)
{
	return casefile_run(row->n->casefile, row->insert);
}

static void bind_id(struct row *row)
{
	bind_integer(row->insert, 1, sqlite3_column_int64(row->found, COL_ID));
}

static enum status bind_key(struct row *row, int place, int role)
{
	int64_t key = keys_add(&row->n->keys, row->source->service,
			       field(row, role));

	if (key < 0)
		return no_memory(row);
	if (key == 0)
		return refuse(row, role, "names no account");
	bind_integer(row->insert, place, key);
	return STATUS_OK;
}

static struct instant read_instant(struct row *row, int role)
{
	const struct instant instant = instant_read(row->source, field(row, role));

	row->source->unzoned += instant.unzoned;
	return instant;
}

/* A time that must be there. */
static enum status bind_instant(struct row *row, int place, int role)
{
	struct instant instant = read_instant(row, role);

	if (instant.reason)
		return refuse(row, role, instant.reason);
	if (instant.null)
		return refuse(row, role, "says that there is no time");
	bind_integer(row->insert, place,
		     (instant.ms - ((instant.ms % 1000) + 1000) % 1000) / 1000);
	return STATUS_OK;
}

/* A number and its reading, NULL where there is none; place and place + 1. */
static enum status bind_number_of(struct row *row, int place, int role,
				  struct number_manner manner)
{
	struct number_seen seen;

	if (!readings_read(&row->n->readings, field(row, role), manner, &seen))
		return no_memory(row);
	bind_maybe(row->insert, place, seen.e164, seen.e164 == 0);
	bind_maybe(row->insert, place + 1, seen.reading, seen.reading == 0);
	return STATUS_OK;
}

static enum status bind_number(struct row *row, int place, int role)
{
	return bind_number_of(row, place, role, row->source->manner);
}

/* What currency an amount is in. */
struct currency {
	char code[16];
	int exponent;
};

/* The role's text, else the source's; upper case; XBT is an older name for
 * Bitcoin. False: not known. */
static bool currency_of(const struct row *row, int role, struct currency *currency)
{
	struct text text = text_trim(field(row, role));

	if (text.len == 0)
		text = text_of(row->source->currency);
	if (text.len == 0 || text.len >= sizeof(currency->code))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		currency->code[i] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
	currency->code[text.len] = '\0';
	if (!strcmp(currency->code, "XBT"))
		memcpy(currency->code, "BTC", 4);
	currency->exponent =
		currency_exponent(currency->code, strlen(currency->code));
	return currency->exponent >= 0;
}

/* Amount, currency, exponent and, unless rounded_place is 0, whether digits
 * were lost. */
static enum status bind_amount(struct row *row, int place, int role,
			       int currency_role, int rounded_place)
{
	struct text text = field(row, role);
	struct currency currency;
	struct decimal decimal;
	const char *reason = decimal_parse(text.data, text.len, &decimal);
	int64_t minor = 0;
	bool rounded = false;

	if (reason)
		return refuse(row, role, reason);
	if (!currency_of(row, currency_role, &currency))
		return refuse(row, currency_role, "is no currency known here");
	reason = decimal_to_minor(&decimal, (unsigned)currency.exponent, &minor,
				  &rounded);
	if (reason)
		return refuse(row, role, reason);
	bind_integer(row->insert, place, minor);
	bind_cstring(row->insert, place + 1, currency.code);
	bind_integer(row->insert, place + 2, currency.exponent);
	if (rounded_place)
		bind_integer(row->insert, rounded_place, rounded);
	return STATUS_OK;
}

/* Trimmed and ASCII lower case, NULL when empty. */
static enum status bind_folded(struct row *row, int place, int role)
{
	struct text text = text_trim(field(row, role));
	char *folded;

	if (text.len == 0) {
		bind_text(row->insert, place, (struct text){ NULL, 0 });
		return STATUS_OK;
	}
	folded = memory_text(text.data, text.len);
	if (!folded)
		return no_memory(row);
	for (size_t i = 0; i < text.len; i++)
		if (folded[i] >= 'A' && folded[i] <= 'Z')
			folded[i] = (char)(folded[i] + 32);
	bind_text(row->insert, place, (struct text){ folded, text.len });
	free(folded);
	return STATUS_OK;
}

/* The region a row says its account is of, 0: none; kept for the calls. */
static enum status take_country(struct row *row, int account, int role, int *region)
{
	struct normaliser *n = row->n;
	const int64_t key = keys_add(&n->keys, row->source->service,
				     field(row, account));
	const struct text country = text_trim(field(row, role));
	bool second;

	*region = 0;
	if (country.len == 0 || key < 1)
		return key < 0 ? no_memory(row) : STATUS_OK;
	*region = country_region(n->plan, country);
	if (*region == 0) {
		row->source->no_country++;
		return STATUS_OK;
	}
	if (!countries_add(&n->countries, key, *region, &second))
		return no_memory(row);
	row->source->two_countries += second;
	return STATUS_OK;
}

static enum status understand_account(struct row *row)
{
	enum { ACCOUNT, LOGIN, EMAIL, PHONE, NAME, REGISTERED, IP, COUNTRY };
	struct number_manner manner = row->source->manner;
	struct instant at;
	int region;
	enum status status = take_country(row, ACCOUNT, COUNTRY, &region);

	if (status != STATUS_OK)
		return status;
	if (region)
		manner.region = region;
	bind_id(row);
	bind_cstring(row->insert, 7,
		     region ? numplan_region_name(row->n->plan, region)
			    : NULL);
	status = bind_key(row, 2, ACCOUNT);
	if (status == STATUS_OK)
		status = bind_folded(row, 3, EMAIL);
	if (status == STATUS_OK)
		status = bind_number_of(row, 4, PHONE, manner);
	if (status != STATUS_OK)
		return status;
	at = read_instant(row, REGISTERED);
	bind_maybe(row->insert, 6, at.ms / 1000, at.reason || at.null);
	return insert(row);
}

static const char *address_kind_name(enum address_kind kind)
{
	switch (kind) {
	case ADDRESS_P2PKH:
		return "p2pkh";
	case ADDRESS_P2SH:
		return "p2sh";
	case ADDRESS_BECH32:
		return "bech32";
	case ADDRESS_BECH32M:
		return "bech32m";
	case ADDRESS_BAD_CHECKSUM:
		return "bad-checksum";
	case ADDRESS_UNCHECKED:
		return "unchecked";
	case ADDRESS_OTHER:
		break;
	}
	return "other";
}

/* An address and its kind, NULL when empty; place and place + 1. */
static enum status bind_address(struct row *row, int place, int role)
{
	struct text text = field(row, role);
	struct text none = { NULL, 0 };
	enum address_kind kind;
	char *identity = memory_array(NULL, text.len + 1, 1);
	size_t len;

	if (!identity)
		return no_memory(row);
	len = address_identity(text.data ? text.data : "", text.len, identity,
			       text.len + 1, &kind);
	bind_text(row->insert, place,
		  len ? (struct text){ identity, len } : none);
	bind_cstring(row->insert, place + 1, len ? address_kind_name(kind) : NULL);
	free(identity);
	return STATUS_OK;
}

static enum status bind_txid(struct row *row, int place, int role)
{
	struct text text = field(row, role);
	struct text none = { NULL, 0 };
	char *identity = memory_array(NULL, text.len + 1, 1);
	size_t len;

	if (!identity)
		return no_memory(row);
	len = txid_identity(text.data ? text.data : "", text.len, identity,
			    text.len + 1);
	bind_text(row->insert, place,
		  len ? (struct text){ identity, len } : none);
	free(identity);
	return STATUS_OK;
}

/* A dump without a status column holds money that came in. */
static bool payment_confirmed(const struct row *row, int role)
{
	struct text status = field(row, role);

	if (!status.data)
		return true;
	return words_payment(&row->source->words, status) == WORD_YES;
}

static enum status understand_payment(struct row *row)
{
	enum { ID, ACCOUNT, PAID, AMOUNT, CURRENCY, FROM, TO, TXID, STATUS };
	enum status status;

	bind_id(row);
	status = bind_key(row, 2, ACCOUNT);
	if (status == STATUS_OK)
		status = bind_instant(row, 3, PAID);
	if (status == STATUS_OK)
		status = bind_amount(row, 4, AMOUNT, CURRENCY, 7);
	if (status == STATUS_OK)
		status = bind_address(row, 9, FROM);
	if (status == STATUS_OK)
		status = bind_address(row, 11, TO);
	if (status == STATUS_OK)
		status = bind_txid(row, 13, TXID);
	if (status != STATUS_OK)
		return status;
	bind_integer(row->insert, 8, payment_confirmed(row, STATUS));
	return insert(row);
}

static enum status understand_login(struct row *row)
{
	enum { ACCOUNT, AT };
	enum status status;

	bind_id(row);
	status = bind_key(row, 2, ACCOUNT);
	if (status == STATUS_OK)
		status = bind_instant(row, 3, AT);
	return status == STATUS_OK ? insert(row) : status;
}

static enum status understand_report(struct row *row)
{
	enum { REFERENCE, VICTIM, AT, PRESENTED, LOSS, CURRENCY };
	enum status status;

	bind_id(row);
	status = bind_number(row, 2, VICTIM);
	if (status == STATUS_OK)
		status = bind_instant(row, 4, AT);
	if (status == STATUS_OK)
		status = bind_number(row, 5, PRESENTED);
	if (status != STATUS_OK)
		return status;
	for (int place = 7; place <= 9; place++)
		bind_maybe(row->insert, place, 0, true);
	if (text_trim(field(row, LOSS)).len)
		status = bind_amount(row, 7, LOSS, CURRENCY, 0);
	return status == STATUS_OK ? insert(row) : status;
}

static enum status bind_code(struct row *row, int place, int role)
{
	struct currency currency;

	if (!currency_of(row, role, &currency))
		return refuse(row, role, "is no currency known here");
	bind_cstring(row->insert, place, currency.code);
	return STATUS_OK;
}

static enum status understand_rate(struct row *row)
{
	enum { DATE, BASE, QUOTE, RATE };
	const int64_t day_ms = 86400000;
	struct instant date = read_instant(row, DATE);
	struct decimal rate;
	struct text text = field(row, RATE);
	int64_t ms = date.day_only ? date.local_ms : date.ms;
	enum status status;

	if (date.reason || date.null)
		return refuse(row, DATE, date.reason ? date.reason
						     : "says that there is no time");
	if (decimal_parse(text.data, text.len, &rate) || rate.negative ||
	    rate.mantissa == 0)
		return refuse(row, RATE, "is no rate above 0");
	bind_id(row);
	bind_integer(row->insert, 2, (ms - ((ms % day_ms) + day_ms) % day_ms) / day_ms);
	status = bind_code(row, 3, BASE);
	if (status == STATUS_OK)
		status = bind_code(row, 4, QUOTE);
	return status == STATUS_OK ? insert(row) : status;
}

static enum status understand_organisation(struct row *row)
{
	enum { NUMBER };
	enum status status;

	bind_id(row);
	status = bind_number(row, 2, NUMBER);
	return status == STATUS_OK ? insert(row) : status;
}

static const struct kind_rule rules[] = {
	{ KIND_RATE, "INSERT INTO rate_read VALUES(?, ?, ?, ?)", understand_rate },
	{ KIND_ORGANISATION, "INSERT INTO organisation_read VALUES(?, ?, ?)",
	  understand_organisation },
	{ KIND_ACCOUNT, "INSERT INTO account_read VALUES(?, ?, ?, ?, ?, ?, ?)",
	  understand_account },
	{ KIND_PAYMENT,
	  "INSERT INTO payment_read VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	  understand_payment },
	{ KIND_LOGIN, "INSERT INTO login_read VALUES(?, ?, ?)", understand_login },
	{ KIND_REPORT, "INSERT INTO report_read VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
	  understand_report },
};

static sqlite3_stmt *select_found(struct normaliser *n, enum kind kind)
{
	const struct kind_info *info = kind_info(kind);
	struct buf sql = { 0 };
	sqlite3_stmt *statement = NULL;

	buf_text(&sql, "SELECT id, source, line, offset, length");
	for (size_t i = 0; i < info->role_count; i++)
		buf_format(&sql, ", %s", info->roles[i].name);
	buf_format(&sql, " FROM %s ORDER BY id", info->name);
	if (sql.failed)
		(void)error_memory(&n->casefile->error);
	else
		statement = casefile_prepare(n->casefile, sql.data);
	buf_release(&sql);
	return statement;
}

static enum status understand_all(struct row *row, const struct kind_rule *rule)
{
	struct normaliser *n = row->n;
	enum status status;

	while ((status = casefile_step(n->casefile, row->found)) == STATUS_OK) {
		row->source = source_of(
			n, sqlite3_column_int64(row->found, COL_SOURCE));
		if (!row->source)
			return error_set(&n->casefile->error, STATUS_INTEGRITY,
					 "a row of %s names a source that is not "
					 "there", kind_info(rule->kind)->name);
		status = rule->understand(row);
		if (status == STATUS_OK)
			n->counts->rows++;
		else if (status != STATUS_SKIP)
			return status;
	}
	return status == STATUS_END ? STATUS_OK : status;
}

enum status rows_understand(struct normaliser *n)
{
	enum status status = STATUS_OK;

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		struct row row = { .n = n };

		row.found = select_found(n, rules[i].kind);
		if (row.found)
			row.insert = casefile_prepare(n->casefile, rules[i].insert);
		status = row.insert ? understand_all(&row, &rules[i])
				    : n->casefile->error.status;
		sqlite3_finalize(row.found);
		sqlite3_finalize(row.insert);
		if (status != STATUS_OK)
			return status;
	}
	return STATUS_OK;
}
