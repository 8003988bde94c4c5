/* SPDX-License-Identifier: Apache-2.0 */
/* A case whose understood layer is made by hand, for tests of the conclusions. */
#ifndef UNSPOOF_TESTS_UNIT_CORRELATE_WORLD_H
#define UNSPOOF_TESTS_UNIT_CORRELATE_WORLD_H

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>

#include "casefile/segment/segment.h"
#include "casefile/source.h"
#include "casefile/sql.h"
#include "correlate/correlate.h"
#include "scratch.h"
#include "tap.h"
#include "understand.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CALLS_MOST 64

/* 2022-03-01 00:00:00 UTC, and its day. */
#define NOON INT64_C(1646092800)
#define DAY (NOON / 86400)

#define ANSWERED CALL_FLAG_ANSWERED

static struct tap tap;

struct call {
	int64_t key, at, talk;     /* seconds; talk in milliseconds */
	int64_t presented, shown, dialled, reading, cost, flags;   /* cost in millionths */
};

struct world {
	struct casefile casefile;
	struct correlate_settings settings;
	struct correlate_counts counts;
	struct observer observer;
	struct buf notices;
	struct call calls[CALLS_MOST];
	uint32_t call_count;
	enum status status;        /* of the last run */
};

static inline void keep_notice(void *context, const char *line)
{
	struct world *world = context;

	buf_text(&world->notices, line);
	buf_byte(&world->notices, '\n');
}

__attribute__((format(printf, 2, 3))) static inline void sql(struct world *world, const char *format, ...)
{
	struct buf text = { 0 };
	char line[2000];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(line, sizeof(line), format, arguments);
	va_end(arguments);
	buf_text(&text, line);
	if (text.failed || casefile_exec(&world->casefile, text.data) != STATUS_OK) {
		printf("Bail out! %s: %s\n", line, world->casefile.error.text);
		exit(1);
	}
	buf_release(&text);
}

static inline void source(struct world *world, int64_t id, const char *path, const char *kind)
{
	struct source_row row = { .id = id, .path = path, .kind = kind };

	if (source_insert(&world->casefile, &row) != STATUS_OK)
		printf("Bail out! %s\n", world->casefile.error.text);
}

/* Sources 1 to 7, accounts a to f with keys 6 to 1, readings 1 (GB) and 2 (US). */
static inline void begin(struct world *world)
{
	static const char *const paths[] = { "calls.csv", "accounts.csv", "payments.csv", "logins.csv",
					     "reports.csv", "rates.csv", "organisations.csv" };

	memset(world, 0, sizeof(*world));
	(void)remove("case");
	if (casefile_open(&world->casefile, "case", CASEFILE_CREATE) != STATUS_OK ||
	    casefile_reset_understood(&world->casefile) != STATUS_OK) {
		printf("Bail out! %s\n", world->casefile.error.text);
		exit(1);
	}
	for (int i = 0; i < 7; i++)
		source(world, i + 1, paths[i], kind_info((enum kind)i)->name);
	for (int i = 0; i < 6; i++)
		sql(world, "INSERT INTO account_key VALUES(%d, '', '%c')", 6 - i, 'a' + i);
	for (int i = 1; i <= 2; i++)
		sql(world, "INSERT INTO reading VALUES(%d, 'number', 'plus', '%s', '%s', 'mobile', 1, 1, 'not-in-plan', 0)", i,
		    i == 1 ? "GB" : "US", i == 1 ? "GB" : "US");
	correlate_settings_init(&world->settings);
	world->observer = (struct observer){ .context = world, .notice = keep_notice };
}

static inline void end(struct world *world)
{
	casefile_close(&world->casefile);
	buf_release(&world->notices);
}

/* Found and understood row of one account; NULL texts are NULL. */
static inline const char *quoted(const char *text, char out[100])
{
	(void)snprintf(out, 100, text ? "'%s'" : "NULL", text);
	return out;
}

static inline void account(struct world *world, int key, int line, const char *email, const char *phone, const char *ip)
{
	char a[100], b[100], c[100];

	sql(world,
	    "INSERT INTO account VALUES(NULL, 2, 0, %d, 0, 1, 'x', ' login%d ', NULL, NULL, NULL, NULL, %s, NULL, NULL);"
	    "INSERT INTO account_read(account, key, email, phone, phone_reading, registered, country)"
	    " VALUES(last_insert_rowid(), %d, %s, %s, NULL, NULL, NULL)",
	    line, key, quoted(ip, c), key, quoted(email, a), phone ? quoted(phone, b) : "NULL");
}

/* A confirmed payment of bitcoin. */
static inline void payment(struct world *world, int key, int line, int64_t paid, int64_t satoshi, const char *address,
		    const char *txid)
{
	char a[100], b[100];

	sql(world,
	    "INSERT INTO payment VALUES(NULL, 3, 0, %d, 0, 1, 'P', 'x', 'when', '', '', '', '', '', '');"
	    "INSERT INTO payment_read(payment, key, paid, amount, currency, exponent, rounded, confirmed,"
	" from_address, from_kind, to_address, to_kind, txid) VALUES(last_insert_rowid(), %d, %" PRId64 ", %" PRId64
	    ", 'BTC', 8, 0, 1, %s, NULL, NULL, NULL, %s)",
	    line, key, paid, satoshi, quoted(address, a), quoted(txid, b));
}

static inline void login(struct world *world, int key, int line, const char *ip, const char *device)
{
	char a[100], b[100];

	sql(world,
	    "INSERT INTO login VALUES(NULL, 4, 0, %d, 0, 1, 'x', 'when', %s, %s);"
	    "INSERT INTO login_read(login, key, at) VALUES(last_insert_rowid(), %d, 0)",
	    line, quoted(ip, a), quoted(device, b), key);
}

/* A report of some pence; -1: of no loss. */
static inline void report_ms(struct world *world, int line, int64_t victim, int64_t at_ms, int64_t presented, int64_t pence)
{
	sql(world,
	    "INSERT INTO report VALUES(NULL, 5, 0, %d, 0, 1, 'R', 'v%d', 'when', '', '', '');"
	    "INSERT INTO report_read(report, victim, victim_reading, at_ms, presented, presented_reading, loss, currency,"
	    " exponent, duplicate, twin) VALUES(last_insert_rowid(), nullif(%" PRId64 ", 0), 1, %" PRId64
	    ", nullif(%" PRId64 ", 0), NULL, nullif(%" PRId64 ", -1), 'GBP', 2, 0, NULL)",
	    line, line, victim, at_ms, presented, pence);
}

static inline void report(struct world *world, int line, int64_t victim, int64_t at, int64_t presented, int64_t pence)
{
	report_ms(world, line, victim, 1000 * at, presented, pence);
}

static inline void rate(struct world *world, int line, int64_t day, const char *text)
{
	sql(world,
	    "INSERT INTO rate VALUES(NULL, 6, 0, %d, 0, 1, 'd', 'BTC', 'GBP', '%s');"
	    "INSERT INTO rate_read VALUES(last_insert_rowid(), %" PRId64 ", 'BTC', 'GBP', '%s')",
	    line, text, day, text);
}

static inline void organisation(struct world *world, int line, int64_t number, const char *name, const char *sector)
{
	sql(world,
	    "INSERT INTO organisation VALUES(NULL, 7, 0, %d, 0, 1, 'n', '%s', '%s');"
	    "INSERT INTO organisation_read VALUES(last_insert_rowid(), %" PRId64 ", 1)",
	    line, name, sector, number);
}

static inline void call(struct world *world, struct call call)
{
	if (world->call_count < CALLS_MOST)
		world->calls[world->call_count++] = call;
}

static inline int64_t value_of(const struct call *call, unsigned column)
{
	const int64_t values[READ_COLUMNS] = {
		[READ_ACCOUNT] = call->key, [READ_STARTED] = 1000 * call->at, [READ_TALK] = call->talk,
		[READ_PRESENTED] = call->presented, [READ_SHOWN] = call->shown, [READ_DIALLED] = call->dialled,
		[READ_DIALLED_READING] = call->reading, [READ_COST] = call->cost < 0 ? -call->cost : call->cost,
		[READ_FLAGS] = call->flags,
		[READ_COST_UNIT] = cost_unit(COST_SAID, 6, call->cost < 0),
	};

	return values[column];
}

/* Calls that have been added, as one segment of source 1. */
static inline void store_calls(struct world *world)
{
	static const struct text none[CALL_ROLES];
	static int64_t values[READ_COLUMNS * SEGMENT_ROWS];
	struct forms forms = { 0 };
	struct segment_writer writer;
	bool good = segment_writer_open(&writer, &world->casefile, &forms, 1) == STATUS_OK;
	int64_t id = good ? writer.id : 0;

	for (uint32_t i = 0; good && i < world->call_count; i++)
		good = segment_writer_add(&writer, none, &(struct segment_place){ 0, i + 2, 10 * i, 10 }) == STATUS_OK;
	good = good && segment_writer_flush(&writer) == STATUS_OK;
	for (unsigned column = 0; column < READ_COLUMNS; column++)
		for (uint32_t i = 0; i < world->call_count; i++)
			values[(size_t)column * SEGMENT_ROWS + i] = value_of(&world->calls[i], column);
	if (good && world->call_count)
		good = understand_segment(&world->casefile, id, values) == STATUS_OK;
	if (!good)
		printf("Bail out! %s\n", world->casefile.error.text);
	segment_writer_close(&writer);
	world->call_count = 0;
}

static inline void run(struct world *world)
{
	if (world->call_count)
		store_calls(world);
	buf_clear(&world->notices);
	world->status = correlate_run(&world->casefile, &world->settings, &world->observer, &world->counts);
	if (world->status != STATUS_OK)
		printf("# %s\n", world->casefile.error.text);
}

/* The rows of a query, as a|b|c and one a line, NULL as -. */
static inline void ask(struct world *world, const char *query, struct buf *out)
{
	sqlite3_stmt *statement = casefile_prepare(&world->casefile, query);

	while (statement && sqlite3_step(statement) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			struct text text = column_text(statement, i);

			buf_text(out, i ? "|" : out->len ? "\n" : "");
			if (text.data && sqlite3_column_type(statement, i) == SQLITE_INTEGER)
				buf_format(out, "%lld", (long long)sqlite3_column_int64(statement, i));
			else
				buf_add(out, text.data ? text.data : "-", text.data ? text.len : 1);
		}
	}
	sqlite3_finalize(statement);
}

static inline void expect(struct world *world, const char *name, const char *query, const char *expected)
{
	struct buf got = { 0 };

	ask(world, query, &got);
	if (!tap_same(got.data ? got.data : "", expected))
		printf("# got:\n%s\n# expected:\n%s\n", got.data ? got.data : "", expected);
	OK(&tap, tap_same(got.data ? got.data : "", expected), "%s", name);
	buf_release(&got);
}

static inline void notices_are(struct world *world, const char *name, const char *part, bool there)
{
	bool found = world->notices.data && strstr(world->notices.data, part);

	if (found != there)
		printf("# notices:\n%s", world->notices.data ? world->notices.data : "");
	OK(&tap, found == there, "%s", name);
}

static inline void fails(struct world *world, const char *name, enum status status, const char *text)
{
	run(world);
	OK(&tap, world->status == status && strstr(world->casefile.error.text, text), "%s", name);
}

#endif
