/* SPDX-License-Identifier: Apache-2.0 */
/* Understood columns told by what was found: they come back, whatever they hold, and take no room where they can. */
#include <stdlib.h>

#include "base/memory.h"
#include "casefile/segment/segment.h"
#include "casefile/sql.h"
#include "scratch.h"
#include "tap.h"
#include "understand.h"

#define ROWS 5000

/* A case of one segment, and what is understood of it. */
struct bench {
	struct casefile casefile;
	struct segment_reader reader;
	int64_t *values;           /* READ_COLUMNS runs of SEGMENT_ROWS */
	uint64_t state;
};

static int64_t *column_of(struct bench *bench, unsigned column)
{
	return bench->values + (size_t)column * SEGMENT_ROWS;
}

/* Starts, numbers, seconds and costs; every ninth row is odd. */
static bool make_found(struct bench *bench)
{
	struct forms forms = { 0 };
	struct segment_writer writer = { 0 };
	struct text fields[CALL_ROLES] = { { NULL, 0 } };
	bool good;

	scratch_clean();
	good = casefile_open(&bench->casefile, "case", CASEFILE_CREATE) == STATUS_OK && casefile_begin(&bench->casefile) == STATUS_OK &&
	       casefile_exec(&bench->casefile, "INSERT INTO source VALUES(1, 'calls.csv', '', 0, '', '', 'none', 0, '', 0,"
					       " '', '', 'call', '', '', '', '', '', '', '', '', '', '', '', '', 0, 0, 0, 0, '', '', '', '', '', '', '', '', '', NULL)") == STATUS_OK &&
	       forms_load(&forms, &bench->casefile) == STATUS_OK &&
	       segment_writer_open(&writer, &bench->casefile, &forms, 1) == STATUS_OK;
	for (unsigned i = 0; i < ROWS && good; i++) {
		char text[5][64];

		(void)snprintf(text[0], 64, "2022-03-27 %02u:%02u:%02u", i / 3600, i / 60 % 60, i % 60);
		(void)snprintf(text[1], 64, i % 9 ? "07700900%03u" : "+447700900%03u", i % 1000);
		(void)snprintf(text[2], 64, "%u", i % 300);
		(void)snprintf(text[3], 64, i % 2 ? "0.%04u" : "%u", i % 10000);
		(void)snprintf(text[4], 64, "07700900%03u;0770090012345678", i % 1000);
		fields[CALL_STARTED] = text_of(i % 9 ? text[0] : "soon");
		fields[CALL_PRESENTED] = text_of(i % 9 ? text[1] : text[4]);
		fields[CALL_DIALLED] = text_of(text[1]);
		fields[CALL_TALK] = fields[CALL_BILLED] = fields[CALL_DURATION] = text_of(text[2]);
		fields[CALL_COST] = text_of(text[3]);
		good = segment_writer_add(&writer, fields, &(struct segment_place){ 0, i + 2, i * 80, 80 }) == STATUS_OK;
	}
	good = good && segment_writer_flush(&writer) == STATUS_OK && forms_store(&forms, &bench->casefile) == STATUS_OK;
	segment_writer_close(&writer);
	forms_release(&forms);
	return good;
}

/* Puts what is understood, and reads all of it back. */
static bool comes_back(struct bench *bench)
{
	bool good = casefile_reset_understood(&bench->casefile) == STATUS_OK &&
		    segment_reader_open(&bench->reader, &bench->casefile, SEGMENT_ALL, 0) == STATUS_OK &&
		    segment_reader_next(&bench->reader) == STATUS_OK &&
		    understand(&bench->casefile, &bench->reader.segment, bench->values) == STATUS_OK;

	segment_reader_close(&bench->reader);
	for (uint64_t wanted = 1; wanted <= 1 << READ_COLUMNS; wanted <<= 1) {
		const uint64_t asked = wanted >> READ_COLUMNS ? SEGMENT_ALL : wanted;

		good = good && segment_reader_open(&bench->reader, &bench->casefile, 0, asked) == STATUS_OK &&
		       segment_reader_next(&bench->reader) == STATUS_OK;
		for (unsigned c = 0; c < READ_COLUMNS && good; c++)
			for (uint32_t i = 0; i < ROWS && (asked >> c & 1); i++)
				good = good && segment_understood(&bench->reader.segment, c, i) == column_of(bench, c)[i];
		segment_reader_close(&bench->reader);
	}
	return good;
}

/* How many bytes a column and its factors take; -1: it has no factors. */
static int64_t size_of(struct bench *bench, unsigned column)
{
	char sql[300];
	int64_t size = -1;

	(void)snprintf(sql, sizeof sql, "SELECT sum(length(data)) FROM understood WHERE id IN (256 + %u, 256 + %u) HAVING max(id) = 256 + %u",
		       column, READ_FACTOR(column), READ_FACTOR(column));
	return casefile_integer(&bench->casefile, sql, -1, &size) == STATUS_OK ? size : -2;
}

/* The same of a column that has none. */
static int64_t plain_size_of(struct bench *bench, unsigned column)
{
	char sql[100];
	int64_t size = -1;

	(void)snprintf(sql, sizeof sql, "SELECT length(data) FROM understood WHERE id = 256 + %u", column);
	return casefile_integer(&bench->casefile, sql, -1, &size) == STATUS_OK ? size : -2;
}

static void fill_usual(struct bench *bench)
{
	static const int64_t from[] = { CALL_TALK_FROM_TALK, CALL_TALK_FROM_BILLED, CALL_TALK_FROM_DURATION };

	for (unsigned i = 0; i < ROWS; i++) {
		const int64_t start = i % 9 ? INT64_C(1648339200000) + 1000 * (int64_t)i : 0;

		column_of(bench, READ_STARTED)[i] = start;
		column_of(bench, READ_FLAGS)[i] = from[i % 3];
		column_of(bench, READ_TALK)[i] = 1000 * (int64_t)(i % 300);
		column_of(bench, READ_DIALLED)[i] = INT64_C(447700900000) + i % 1000;
		column_of(bench, READ_PRESENTED)[i] = i % 9 ? INT64_C(447700900000) + i % 1000 : 0;
		column_of(bench, READ_COST)[i] = (int64_t)(i % 10000);
		column_of(bench, READ_COST_UNIT)[i] = cost_unit(COST_SAID, i % 2 ? 4 : 0, false);
	}
}

static void test_usual(struct tap *tap, struct bench *bench)
{
	fill_usual(bench);
	OK(tap, comes_back(bench), "values told by what was found");
	OK(tap, size_of(bench, READ_STARTED) == 0, "starts take no room");
	OK(tap, size_of(bench, READ_TALK) == 0, "nor does talk, whatever role it is of");
	OK(tap, size_of(bench, READ_DIALLED) > 0 && size_of(bench, READ_DIALLED) < ROWS / 2, "numbers take a bit");
	OK(tap, size_of(bench, READ_COST) == 0, "costs take no room");
	OK(tap, plain_size_of(bench, READ_COST_UNIT) > 0 && plain_size_of(bench, READ_COST_UNIT) < ROWS / 2, "but a bit for how many decimals");
	for (unsigned i = 0; i < ROWS; i++)
		column_of(bench, READ_STARTED)[i] -= i % 9 ? 3600000 : 0;
	OK(tap, comes_back(bench) && size_of(bench, READ_STARTED) > 0 && size_of(bench, READ_STARTED) < ROWS / 4, "another zone");
	column_of(bench, READ_TALK)[7] = 12345;
	column_of(bench, READ_COST)[8] = 12345;
	column_of(bench, READ_DIALLED)[9] = 0;
	OK(tap, comes_back(bench) && size_of(bench, READ_TALK) > 0 && size_of(bench, READ_TALK) < ROWS / 4 &&
		size_of(bench, READ_COST) < ROWS && size_of(bench, READ_DIALLED) < ROWS / 2, "exceptions cost little");
}

static void test_other(struct tap *tap, struct bench *bench)
{
	static const unsigned columns[] = { READ_STARTED, READ_TALK, READ_PRESENTED, READ_DIALLED, READ_COST };

	for (unsigned turn = 0; turn < 20; turn++) {
		for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
			for (unsigned i = 0; i < ROWS; i++)
				column_of(bench, columns[k])[i] = (int64_t)(scratch_random(&bench->state) >> (12 + turn));
		for (unsigned i = 0; i < ROWS; i++)
			column_of(bench, READ_FLAGS)[i] = (int64_t)(scratch_random(&bench->state) & 511);
		if (!comes_back(bench))
			break;
		OK(tap, size_of(bench, READ_TALK) == -1 || turn > 16, "values at random come back, and stand as they are");
	}
	memset(bench->values, 0, (size_t)READ_COLUMNS * SEGMENT_ROWS * sizeof *bench->values);
	OK(tap, comes_back(bench) && size_of(bench, READ_STARTED) == -1, "nothing is understood: nothing is stored");
}

static void test_damage(struct tap *tap, struct bench *bench)
{
	static const char *const harms[] = {
		"UPDATE understood SET base = 4611686018427387904 WHERE id = 256 + 18",
		"UPDATE understood SET id = 256 + 16 WHERE id = 256 + 17", "UPDATE understood SET id = 256 + 12 WHERE id = 256 + 17",
		"UPDATE understood SET id = 256 + 26 WHERE id = 256 + 17", "UPDATE found SET data = x'' WHERE id = 256 + 7",
	};

	fill_usual(bench);
	for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
		bool good = comes_back(bench) && casefile_exec(&bench->casefile, "SAVEPOINT harm") == STATUS_OK &&
			    casefile_exec(&bench->casefile, harms[i]) == STATUS_OK &&
			    segment_reader_open(&bench->reader, &bench->casefile, 0, SEGMENT_ALL) == STATUS_OK;
		const enum status status = segment_reader_next(&bench->reader);

		OK(tap, good && status == (i == 0 ? STATUS_OK : STATUS_INTEGRITY), "%s", harms[i]);
		segment_reader_close(&bench->reader);
		(void)casefile_exec(&bench->casefile, "ROLLBACK TO harm; RELEASE harm");
	}
}

int main(void)
{
	struct tap tap = { 0 };
	struct bench bench = { .state = 11 };
	char folder[32];
	bool made;

	scratch_enter(folder);
	bench.values = calloc((size_t)READ_COLUMNS * SEGMENT_ROWS, sizeof *bench.values);
	made = bench.values && make_found(&bench);
	OK(&tap, made, "a segment");
	if (made) {
		test_usual(&tap, &bench);
		test_other(&tap, &bench);
		test_damage(&tap, &bench);
	}
	casefile_close(&bench.casefile);
	free(bench.values);
	scratch_leave(folder);
	return tap_done(&tap);
}
