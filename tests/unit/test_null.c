/* SPDX-License-Identifier: Apache-2.0 */
/* SQL's NULL in calls, and members that share a source: given back, in SQL, checked, and understood as if the text
 * were empty. */
#include "casefile/segment/segment.h"
#include "casefile/source.h"
#include "casefile/sql.h"
#include "casefile/sqlite/calltable.h"
#include "normalise/normalise.h"
#include "scratch.h"
#include "tap.h"

#define ROWS 400

/* The field of a role in a row; where it is to have no value, that of the case. */
static struct text field_of(unsigned i, unsigned role, struct text without, char out[static 64])
{
	if ((i + role) % 5 == 0 && role != CALL_STARTED)
		return without;
	switch (role) {
	case CALL_STARTED:
		(void)snprintf(out, 64, "2022-03-27 01:%02u:%02u%s", i / 60, i % 60, i % 7 ? "" : ".0000000000000000000");
		return i % 50 == 49 ? without : text_of(out);
	case CALL_ANSWERED_AT:
	case CALL_ENDED:
		(void)snprintf(out, 64, "2022-03-27 02:%02u:%02u", role, i % 60);
		return text_of(out);
	case CALL_ACCOUNT:
		(void)snprintf(out, 64, "user%u", i % 3);
		return text_of(out);
	case CALL_PRESENTED:
	case CALL_DIALLED:
		(void)snprintf(out, 64, i % 4 ? "07700900%03u" : "text %u", i);
		return text_of(out);
	case CALL_DURATION:
	case CALL_TALK:
	case CALL_BILLED:
	case CALL_COST:
		(void)snprintf(out, 64, "%u.%u", i, role);
		return text_of(out);
	case CALL_STATUS:
		return text_of(i % 2 ? "ANSWERED" : "BUSY");
	case CALL_ID:
		(void)snprintf(out, 64, "id%u", i / 2);
		return text_of(out);
	default:
		return (struct text){ NULL, 0 };
	}
}

static bool add_source(struct casefile *casefile, const char *kind, const char *legs, uint64_t rows)
{
	struct source_row row = { .path = "calls.db", .kind = kind, .service = "spoof", .profile = "canonical", .region = "GB",
				  .zone = "UTC", .legs = legs, .words = "answered=ANSWERED\nunanswered=BUSY\n", .read = rows,
				  .accepted = rows };

	memset(row.member_sha256, 'a', 64);
	return source_next(casefile, &row) == STATUS_OK && source_insert(casefile, &row) == STATUS_OK;
}

/* Rows i have member i % members. */
static bool add_calls(struct casefile *casefile, int64_t source, struct text without, uint64_t members)
{
	struct segment_writer writer;
	struct forms forms = { 0 };
	bool good = forms_load(&forms, casefile) == STATUS_OK &&
		    segment_writer_open(&writer, casefile, &forms, source) == STATUS_OK;

	for (unsigned i = 0; i < ROWS && good; i++) {
		struct text fields[CALL_ROLES];
		char room[CALL_ROLES][64];

		for (unsigned role = 0; role < CALL_ROLES; role++)
			fields[role] = field_of(i, role, without, room[role]);
		good = segment_writer_add(&writer, fields,
					  &(struct segment_place){ members ? i % members : 0, i + 1, i * 90, 90 }) == STATUS_OK;
	}
	good = good && segment_writer_flush(&writer) == STATUS_OK && forms_store(&forms, casefile) == STATUS_OK;
	segment_writer_close(&writer);
	forms_release(&forms);
	return good;
}

static bool make_case(const char *path, struct text without)
{
	struct normalise_settings settings = { .threads = 1 };
	const struct observer silent = { 0 };
	struct normalise_counts counts = { 0 };
	struct casefile casefile;
	const bool good = casefile_open(&casefile, path, CASEFILE_CREATE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK &&
			  add_source(&casefile, "call", "", ROWS) && add_source(&casefile, "call", "call_id", ROWS) &&
			  add_calls(&casefile, 1, without, 0) && add_calls(&casefile, 2, without, 0) &&
			  normalise_run(&casefile, &settings, &silent, &counts) == STATUS_OK &&
			  casefile_commit(&casefile) == STATUS_OK && counts.calls == 2 * (ROWS - ROWS / 50);

	if (!good)
		printf("# %s\n", casefile.error.text);
	casefile_close(&casefile);
	return good;
}

/* All values of a query, as they are told apart by SQL. */
static bool ask(const char *path, const char *sql, struct buf *out)
{
	struct casefile casefile;
	sqlite3_stmt *statement = NULL;
	bool good = casefile_open(&casefile, path, CASEFILE_READ) == STATUS_OK && calltable_register(&casefile) == STATUS_OK &&
		    (statement = casefile_prepare(&casefile, sql)) != NULL;

	buf_clear(out);
	while (good && casefile_step(&casefile, statement) == STATUS_OK)
		for (int i = 0; i < sqlite3_column_count(statement); i++) {
			const struct text text = column_text(statement, i);

			buf_text(out, text.data ? "=" : "-");
			buf_add(out, text.data ? text.data : "", text.len);
			buf_byte(out, i + 1 < sqlite3_column_count(statement) ? '|' : '\n');
		}
	good = good && casefile.error.status == STATUS_OK;
	sqlite3_finalize(statement);
	casefile_close(&casefile);
	return good && !out->failed;
}

static bool same(const char *sql, struct buf *a, struct buf *b)
{
	return ask("null", sql, a) && ask("empty", sql, b) && a->len > 0 && text_equal(buf_view(a), buf_view(b));
}

static void test_understood(struct tap *tap, struct buf *a, struct buf *b)
{
	scratch_clean();
	OK(tap, make_case("null", form_null()) && make_case("empty", text_of("")), "a case with NULL, and one with empty texts");
	OK(tap, same("SELECT id, source, member, line, account_key, started_utc, talk_ms, presented_e164, presented_reading, dialled_e164,"
		     " dialled_reading, cost_micro, answered, flags FROM call", a, b), "calls are understood alike");
	OK(tap, same("SELECT * FROM account_key", a, b) && same("SELECT * FROM reading", a, b) && same("SELECT id, text FROM shown", a, b) &&
		same("SELECT * FROM unread", a, b) && same("SELECT * FROM remark", a, b), "and all that is made of them");
	OK(tap, same("SELECT id, first_start, last_start FROM segment_read", a, b), "so are the bounds");
	OK(tap, ask("null", "SELECT count(*) FROM call WHERE presented IS NULL", a) && tap_same(a->data, "=160\n") &&
		ask("empty", "SELECT count(*) FROM call WHERE presented IS NULL", a) && tap_same(a->data, "=0\n") &&
		ask("empty", "SELECT count(*) FROM call WHERE presented = ''", a) && tap_same(a->data, "=160\n"),
	   "in SQL the two are told apart");
	OK(tap, ask("null", "SELECT presented, dialled, presented_name FROM call WHERE id = 65536", a) && tap_same(a->data, "-|=text 0|-\n") &&
		ask("empty", "SELECT presented, dialled, presented_name FROM call WHERE id = 65536", a) && tap_same(a->data, "=|=text 0|-\n"),
	   "a row");
}

/* The bounds of each segment are those of its calls that have a start. */
static void test_bounds(struct tap *tap, struct buf *a, struct buf *b)
{
	OK(tap, ask("null", "SELECT id, first_start, last_start FROM segment_read", a) &&
		ask("null", "SELECT id / 65536, min(started_utc), max(started_utc) FROM call GROUP BY 1", b) && a->len > 0 &&
		text_equal(buf_view(a), buf_view(b)), "first and last start are those of the calls");
	OK(tap, tap_same(a->data, "=1|=1648342800|=1648343198\n=2|=1648342800|=1648343198\n"), "as they are");
}

static void test_members(struct tap *tap, struct buf *out)
{
	struct casefile casefile;
	struct segment_reader reader = { 0 };
	unsigned wrong = 0;
	int64_t stored = -1;

	scratch_clean();
	OK(tap, casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK &&
		add_source(&casefile, "call", "", ROWS) && add_calls(&casefile, 1, form_null(), 7) &&
		add_source(&casefile, "call", "", ROWS) && add_calls(&casefile, 2, form_null(), 0) &&
		casefile_commit(&casefile) == STATUS_OK, "calls of 6 members and of none");
	OK(tap, segment_reader_open(&reader, &casefile, SEGMENT_ALL, 0) == STATUS_OK && segment_reader_next(&reader) == STATUS_OK,
	   "are read");
	for (uint32_t i = 0; i < reader.segment.rows; i++)
		wrong += segment_found(&reader.segment, FOUND_MEMBER, i) != i % 7 ||
			 segment_found(&reader.segment, FOUND_LINE, i) != i + 1 ||
			 segment_found(&reader.segment, FOUND_FORM(CALL_IP), i) != (i % 5 == 1 ? FORM_NULL : FORM_ABSENT);
	OK(tap, wrong == 0 && reader.segment.rows == ROWS, "each gives its member back, its line, and NULL or no field");
	segment_reader_close(&reader);
	OK(tap, casefile_integer(&casefile, "SELECT count(*) FROM found WHERE id = 256 + 36", 0, &stored) == STATUS_OK && stored == 1 &&
		casefile_integer(&casefile, "SELECT count(*) FROM found WHERE id = 512 + 36", 0, &stored) == STATUS_OK && stored == 0,
	   "no member takes no bytes");
	casefile_close(&casefile);
	OK(tap, ask("case", "SELECT member, line, offset, length FROM call WHERE id IN (65538, 131074)", out) &&
		tap_same(out->data, "=2|=3|=180|=90\n=0|=3|=180|=90\n"), "so does SQL");
}

int main(void)
{
	struct tap tap = { 0 };
	struct buf a = { 0 }, b = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_understood(&tap, &a, &b);
	test_bounds(&tap, &a, &b);
	test_members(&tap, &a);
	buf_release(&a);
	buf_release(&b);
	scratch_leave(folder);
	return tap_done(&tap);
}
