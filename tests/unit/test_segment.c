/* SPDX-License-Identifier: Apache-2.0 */
/* Segments of every size, written and read; and segments that another hand has changed. */
#include <stdlib.h>

#include "base/memory.h"
#include "casefile/segment/segment.h"
#include "casefile/source.h"
#include "casefile/sql.h"
#include "scratch.h"
#include "tap.h"
#include "understand.h"

#define BYTES(literal) { (literal), sizeof(literal) - 1 }
#define VIEW(literal) ((struct text)BYTES(literal))
#define LONG_DIGITS "07700900123;07700900456"    /* 22 digits: a text of the heap */

/* A case that is being written. */
struct writing {
	struct casefile casefile;
	struct forms forms;
	struct segment_writer writer;
};

static bool writing_open(struct writing *w, const char *path)
{
	memset(w, 0, sizeof *w);
	return casefile_open(&w->casefile, path, CASEFILE_CREATE) == STATUS_OK && casefile_begin(&w->casefile) == STATUS_OK &&
	       casefile_exec(&w->casefile, "INSERT INTO source SELECT coalesce(max(id), 0) + 1, 'calls.csv', '', 0, '', '', 'none', 0, '', 0,"
					   " '', '', 'call', '', '', '', '', '', '', '', '', '', '', '', '', 0, 0, 0, 0, '', '', '', '', '', '', '', '', '', NULL FROM source") == STATUS_OK &&
	       forms_load(&w->forms, &w->casefile) == STATUS_OK &&
	       segment_writer_open(&w->writer, &w->casefile, &w->forms, 1) == STATUS_OK;
}

static bool writing_close(struct writing *w)
{
	const bool good = segment_writer_flush(&w->writer) == STATUS_OK && segment_writer_flush(&w->writer) == STATUS_OK &&
			  forms_store(&w->forms, &w->casefile) == STATUS_OK && casefile_commit(&w->casefile) == STATUS_OK;

	if (!good)
		printf("# %s\n", w->casefile.error.text);
	segment_writer_close(&w->writer);
	segment_writer_close(&w->writer);
	forms_release(&w->forms);
	casefile_close(&w->casefile);
	return good;
}

/* What row i holds in a role: some numbers, some texts of the heap, some empty, some absent. */
static struct text field_of(uint64_t i, unsigned role, char out[static 64])
{
	uint64_t state = i * 16 + role + 1;
	const uint64_t mix = scratch_random(&state);
	int len;

	if (role == CALL_TRUNK || (role == CALL_IP && i % 3))
		return (struct text){ NULL, 0 };
	if (role == CALL_CURRENCY)
		return text_of("");
	if (role == CALL_PRESENTED && i % 7 == 0)
		len = snprintf(out, 64, "07700900%03u;02079460%03u", (unsigned)(mix % 1000), (unsigned)(mix >> 40) % 1000);
	else if (role == CALL_PRESENTED)
		len = snprintf(out, 64, "\"#%u\\\" <07700900%03u>", (unsigned)(i % 5), (unsigned)(mix % 1000));
	else
		len = snprintf(out, 64, "%0*llu", (int)(mix >> 60), (unsigned long long)(mix % 100000));
	return (struct text){ out, (size_t)len };
}

static bool write_rows(struct writing *w, uint64_t from, uint64_t to)
{
	for (uint64_t i = from; i < to; i++) {
		char room[CALL_ROLES][64];
		struct text fields[CALL_ROLES];

		for (unsigned role = 0; role < CALL_ROLES; role++)
			fields[role] = field_of(i, role, room[role]);
		if (segment_writer_add(&w->writer, fields, &(struct segment_place){ 0, i + 2, 100 + i * 84 + i % 5, 80 + i % 9 }) != STATUS_OK)
			return false;
	}
	return true;
}

static bool row_matches(const struct segment *segment, const struct forms *forms, uint32_t row, uint64_t i, struct buf *out)
{
	bool good = segment_found(segment, FOUND_LINE, row) == (int64_t)i + 2 &&
		    segment_found(segment, FOUND_OFFSET, row) == (int64_t)(100 + i * 84 + i % 5) &&
		    segment_found(segment, FOUND_LENGTH, row) == (int64_t)(80 + i % 9);

	for (unsigned role = 0; role < CALL_ROLES && good; role++) {
		char room[64];
		const struct text want = field_of(i, role, room);

		buf_clear(out);
		good = segment_text(segment, forms, (enum call_role)role, row, out) == (want.data != NULL) &&
		       text_equal(buf_view(out), want);
	}
	return good;
}

/* Reads a case of count rows that write_rows() wrote. */
static bool reads_back(const char *path, uint64_t count, unsigned segments)
{
	struct casefile casefile;
	struct forms forms = { 0 };
	struct segment_reader reader = { 0 };
	struct buf out = { 0 };
	uint64_t i = 0;
	unsigned seen = 0;
	enum status status;
	bool good = casefile_open(&casefile, path, CASEFILE_READ) == STATUS_OK && forms_load(&forms, &casefile) == STATUS_OK &&
		    segment_reader_open(&reader, &casefile, SEGMENT_ALL, 0) == STATUS_OK;

	while (good && (status = segment_reader_next(&reader)) != STATUS_END) {
		good = status == STATUS_OK && reader.segment.id == (int64_t)++seen && reader.segment.source == 1;
		for (uint32_t row = 0; row < reader.segment.rows && good; row++, i++)
			good = row_matches(&reader.segment, &forms, row, i, &out);
	}
	buf_release(&out);
	segment_reader_close(&reader);
	segment_reader_close(&reader);
	forms_release(&forms);
	casefile_close(&casefile);
	return good && i == count && seen == segments;
}

static void test_sizes(struct tap *tap)
{
	static const struct {
		uint64_t rows;
		unsigned segments;
	} sizes[] = { { 0, 0 }, { 1, 1 }, { 2, 1 }, { 1000, 1 }, { 65535, 1 }, { 65536, 1 }, { 65537, 2 } };

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct writing w;

		scratch_clean();
		OK(tap, writing_open(&w, "case") && write_rows(&w, 0, sizes[i].rows) && writing_close(&w), "%llu rows are written",
		   (unsigned long long)sizes[i].rows);
		OK(tap, reads_back("case", sizes[i].rows, sizes[i].segments), "and read, in %u segments", sizes[i].segments);
	}
}

/* Two sources: the second begins a segment of its own. */
static void test_append(struct tap *tap)
{
	struct writing w;

	scratch_clean();
	OK(tap, writing_open(&w, "case") && write_rows(&w, 0, 10) && writing_close(&w) && writing_open(&w, "case") &&
		write_rows(&w, 10, 30) && writing_close(&w), "written in two goes");
	OK(tap, reads_back("case", 30, 2), "read as two segments");
}

static void test_stored(struct tap *tap)
{
	char out[64];
	struct writing w;

	scratch_clean();
	OK(tap, writing_open(&w, "case") && write_rows(&w, 0, 100) && writing_close(&w), "a hundred rows");
	OK(tap, tap_same(scratch_ask("case", "SELECT count(*) FROM found WHERE id = 256 + 34 OR id = 256 + 35", out, sizeof out), "0"),
	   "a role that is absent everywhere has no columns");
	OK(tap, tap_same(scratch_ask("case", "SELECT count(*) || group_concat(id - 256) FROM found WHERE id IN (286, 287)", out,
				     sizeof out), "130"), "one that is empty everywhere has no digits");
	OK(tap, tap_same(scratch_ask("case", "SELECT base || ' ' || slope || ' ' || width FROM found WHERE id = 256", out,
				     sizeof out), "2 1 0"), "lines cost nothing");
	OK(tap, tap_same(scratch_ask("case", "SELECT base || ' ' || slope || ' ' || unit || ' ' || width FROM found WHERE id = 256 + 3",
				     out, sizeof out), "15 0 1 0"), "the heap says how many texts it has");
	OK(tap, tap_same(scratch_ask("case", "SELECT hex(substr(data, 1, 12)) FROM found WHERE id = 256 + 3", out, sizeof out),
			 "0F000000170000002E000000"), "then where they end");
}

/* The worked example of unspoof-case(5). */
static void test_example(struct tap *tap)
{
	static const char *const rows[3][6] = {
		{ "2022-03-27 00:59:58", "alice", "\"HMRC\" <02079460123>", "07700900123", "75", "ANSWERED" },
		{ "2022-03-27 01:00:03", "bob", "+442079460999", "07700900124", "0", "NO ANSWER" },
		{ "2022-03-27 01:00:41", "alice", "anonymous", "07700 900125;07700 900126", "61", "ANSWERED" },
	};
	static const enum call_role roles[6] = { CALL_STARTED, CALL_ACCOUNT, CALL_PRESENTED, CALL_DIALLED, CALL_DURATION, CALL_STATUS };
	static const uint64_t places[3][2] = { { 50, 75 }, { 125, 62 }, { 187, 74 } };
	static const char want[] =
		"0:2:1:1:0:0:,2:62:0:1:4:0:0D0C,"
		"3:1:0:1:0:0:01000000190000003037373030203930303132353B303737303020393030313236,"
		"6:2:0:1:0:0:,7:20220327005958:2041:1:11:0:00A07E0000,12:3:0:1:3:0:2800,14:4:0:1:4:0:5008,"
		"15:0:0:1:39:0:1B0BF27B80439FFE76330000000000,18:1:0:1:3:0:2400,19:0:0:1:33:0:1B6902CB39D204960300000000,"
		"20:6:0:1:3:0:2000,21:0:0:1:7:0:4B400F,26:7:0:1:3:0:2000,"
		"37:50:0:1:0:0:";
	char out[1024];
	struct writing w;
	bool good;

	scratch_clean();
	good = writing_open(&w, "case");
	for (unsigned i = 0; i < 3 && good; i++) {
		struct text fields[CALL_ROLES] = { { NULL, 0 } };

		for (unsigned k = 0; k < 6; k++)
			fields[roles[k]] = text_of(rows[i][k]);
		good = segment_writer_add(&w.writer, fields, &(struct segment_place){ 0, i + 2, places[i][0], places[i][1] }) == STATUS_OK;
	}
	OK(tap, good && writing_close(&w) &&
		tap_same(scratch_ask("case", "SELECT group_concat((id & 255) || ':' || base || ':' || slope || ':' || unit || ':' ||"
					     " width || ':' || list || ':' || hex(data)) FROM (SELECT * FROM found ORDER BY id)", out, sizeof out), want),
	   "the example of unspoof-case(5) is true");
}

static void test_heap(struct tap *tap)
{
	struct casefile casefile;
	struct segment_reader reader = { 0 };
	struct text fields[CALL_ROLES] = { { NULL, 0 } };
	struct text text;
	struct writing w;
	char *huge = memory_array(NULL, 70000, 1);
	bool good;

	scratch_clean();
	if (huge)
		memset(huge, 'x', 70000);
	fields[CALL_DIALLED] = VIEW(LONG_DIGITS);
	fields[CALL_PRESENTED] = (struct text){ huge, 70000 };
	good = huge && writing_open(&w, "case") && segment_writer_add(&w.writer, fields, &(struct segment_place){ 0, 1, 0, 1 }) == STATUS_OK;
	fields[CALL_PRESENTED_NAME] = VIEW("\0 0123456789 0123456789");
	good = good && segment_writer_add(&w.writer, fields, &(struct segment_place){ 0, 2, 1, 1 }) == STATUS_OK && w.writer.heap.count == 3 && writing_close(&w);
	free(huge);
	OK(tap, good, "texts of the heap are kept once");
	good = casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_OK &&
	       segment_reader_open(&reader, &casefile, SEGMENT_ROLE(CALL_DIALLED) | SEGMENT_COLUMN(FOUND_HEAP), 0) == STATUS_OK &&
	       segment_reader_next(&reader) == STATUS_OK;
	OK(tap, good && segment_heap(&reader.segment, 0, &text) && text.len == 70000, "text 0");
	OK(tap, good && segment_heap(&reader.segment, 1, &text) && text_is(text, LONG_DIGITS), "text 1");
	OK(tap, good && segment_heap(&reader.segment, 2, &text) && text_equal(text, VIEW("\0 0123456789 0123456789")), "text 2");
	OK(tap, good && !segment_heap(&reader.segment, 3, &text) && !segment_heap(&reader.segment, -1, &text) &&
		!segment_heap(&reader.segment, INT64_MAX, &text), "no others");
	segment_reader_close(&reader);
	casefile_close(&casefile);
}

/* Long texts end a segment before it has 65,536 rows. */
static void test_heap_most(struct tap *tap)
{
	const size_t len = 1 << 20;
	struct text fields[CALL_ROLES] = { { NULL, 0 } };
	char *bytes = memory_array(NULL, len, 1);
	struct writing w;
	char out[64];
	bool good = bytes && writing_open(&w, "heap");

	if (bytes)
		memset(bytes, 'x', len);
	for (uint64_t i = 0; i < 66 && good; i++) {
		memcpy(bytes, &i, sizeof i);
		fields[CALL_STATUS] = (struct text){ bytes, len };
		good = segment_writer_add(&w.writer, fields, &(struct segment_place){ 0, i + 1, i * len, len }) == STATUS_OK;
	}
	OK(tap, good && writing_close(&w), "66 MiB of texts");
	free(bytes);
	OK(tap, tap_same(scratch_ask("heap", "SELECT group_concat(rows) FROM segment", out, sizeof out), "64,2"), "in two segments");
}

/* Heaps that do not hang together. */
static void test_heap_damage(struct tap *tap)
{
	static const struct {
		const char *name;
		struct text heap;
	} rows[] = {
		{ "no heap", { NULL, 0 } },
		{ "three bytes", BYTES("\1\0\0") },
		{ "a count and nothing else", BYTES("\1\0\0\0") },
		{ "a count that is too great", BYTES("\xff\xff\xff\xff\1\0\0\0a") },
		{ "an end behind the end", BYTES("\1\0\0\0\2\0\0\0a") },
		{ "an end far behind it", BYTES("\1\0\0\0\xff\xff\xff\xff" "a") },
		{ "no texts", BYTES("\0\0\0\0") },
	};
	const struct segment good = { .heap = BYTES("\2\0\0\0\1\0\0\0\1\0\0\0a") };
	const struct segment falling = { .heap = BYTES("\2\0\0\0\1\0\0\0\0\0\0\0a") };
	struct text text;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct segment segment = { .heap = rows[i].heap };

		OK(tap, !segment_heap(&segment, 0, &text), "%s", rows[i].name);
	}
	OK(tap, segment_heap(&good, 0, &text) && text_is(text, "a") && segment_heap(&good, 1, &text) && text_is(text, ""), "a sound one");
	OK(tap, segment_heap(&falling, 0, &text) && !segment_heap(&falling, 1, &text), "ends that fall");
}

static void test_wanted(struct tap *tap)
{
	struct casefile casefile;
	struct segment_reader reader = { 0 };
	struct writing w;
	bool good;

	scratch_clean();
	good = writing_open(&w, "case") && write_rows(&w, 0, 65600) && writing_close(&w) &&
	       casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_OK &&
	       segment_reader_open(&reader, &casefile, SEGMENT_COLUMN(FOUND_LINE), 0) == STATUS_OK;
	OK(tap, good && segment_reader_seek(&reader, 2) == STATUS_OK && reader.segment.rows == 64, "the second of two");
	OK(tap, segment_found(&reader.segment, FOUND_LINE, 0) == 65538 && segment_found(&reader.segment, FOUND_OFFSET, 0) == 0 &&
		!reader.segment.found[FOUND_FORM(CALL_DIALLED)] && !segment_has(&reader.segment, CALL_DIALLED), "only the column that was asked for");
	OK(tap, segment_understood(&reader.segment, READ_FLAGS, 0) == 0, "nothing is understood");
	OK(tap, segment_reader_seek(&reader, 3) == STATUS_END && segment_reader_seek(&reader, 0) == STATUS_END &&
		segment_reader_seek(&reader, INT64_MAX) == STATUS_END, "others are not there");
	OK(tap, segment_reader_seek(&reader, 1) == STATUS_OK && reader.segment.rows == 65536 &&
		segment_reader_next(&reader) == STATUS_OK && reader.segment.id == 2 &&
		segment_reader_next(&reader) == STATUS_END, "on from one that was sought");
	segment_reader_close(&reader);
	OK(tap, segment_reader_open(&reader, &casefile, 0, SEGMENT_ALL) == STATUS_FAILED, "no layer that is not there");
	segment_reader_close(&reader);
	casefile_close(&casefile);
}

/* A value that could not be read again is not stored, whichever way its column is coded. */
static void test_beyond(struct tap *tap, struct casefile *casefile, const int64_t *values, int64_t *value)
{
	const int64_t kept = *value;

	*value = INT64_C(1) << 62;
	OK(tap, understand_segment(casefile, 2, values) == STATUS_FAILED && strstr(casefile->error.text, "segment 2 is beyond what a column holds"),
	   "%s", casefile->error.text);
	*value = kept;
}

static void test_understood(struct tap *tap)
{
	static int64_t values[READ_COLUMNS * SEGMENT_ROWS];
	int64_t *talk = values + (size_t)READ_TALK * SEGMENT_ROWS;
	int64_t *account = values + (size_t)READ_ACCOUNT * SEGMENT_ROWS;
	struct casefile casefile;
	struct segment_reader reader = { 0 };
	uint64_t state = 5;
	char out[64];
	bool good;

	good = casefile_open(&casefile, "case", CASEFILE_WRITE) == STATUS_OK && casefile_begin(&casefile) == STATUS_OK &&
	       casefile_reset_understood(&casefile) == STATUS_OK;
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		talk[i] = 1000 * (int64_t)(scratch_random(&state) % 90);
	good = good && understand_segment(&casefile, 1, values) == STATUS_OK;
	memcpy(account, talk, 64 * sizeof(*talk));
	memset(talk, 0, 64 * sizeof(*talk));
	good = good && understand_segment(&casefile, 2, values) == STATUS_OK;
	OK(tap, good, "columns as understood");
	test_beyond(tap, &casefile, values, account);
	test_beyond(tap, &casefile, values, talk);
	OK(tap, understand_segment(&casefile, 2, values) == STATUS_FAILED, "each once");
	memcpy(talk, account, 64 * sizeof(*talk));
	OK(tap, casefile_commit(&casefile) == STATUS_OK, "committed");
	good = segment_reader_open(&reader, &casefile, 0, SEGMENT_ALL) == STATUS_OK && segment_reader_next(&reader) == STATUS_OK;
	for (uint32_t i = 0; i < SEGMENT_ROWS; i++)
		good = good && segment_understood(&reader.segment, READ_TALK, i) == talk[i] &&
		       segment_understood(&reader.segment, READ_SHOWN, i) == 0 && segment_understood(&reader.segment, READ_ACCOUNT, i) == 0;
	good = good && segment_reader_next(&reader) == STATUS_OK;
	for (uint32_t i = 0; i < 64; i++)
		good = good && segment_understood(&reader.segment, READ_ACCOUNT, i) == talk[i];
	OK(tap, good, "come back");
	segment_reader_close(&reader);
	casefile_close(&casefile);
	OK(tap, tap_same(scratch_ask("case", "SELECT group_concat(id || ':' || list || ':' || width) FROM understood", out, sizeof out),
			 "258:90:7,274:0:0,512:0:17"), "zeros are not stored, few values are a list");
}

static bool has_understood(struct casefile *casefile)
{
	bool there = false;

	return casefile_has_layer(casefile, LAYER_UNDERSTOOD, &there) == STATUS_OK && there;
}

/* What reading all of a case comes to. */
static enum status read_all(const char *path, unsigned *segments)
{
	struct casefile casefile;
	struct segment_reader reader = { 0 };
	enum status status = casefile_open(&casefile, path, CASEFILE_READ);

	*segments = 0;
	if (status == STATUS_OK)
		status = segment_reader_open(&reader, &casefile, SEGMENT_ALL, has_understood(&casefile) ? SEGMENT_ALL : 0);
	while (status == STATUS_OK && (status = segment_reader_next(&reader)) == STATUS_OK)
		++*segments;
	if (status == STATUS_INTEGRITY && segment_reader_next(&reader) != STATUS_END && !strstr(casefile.error.text, "damaged"))
		status = STATUS_FAILED;
	segment_reader_close(&reader);
	casefile_close(&casefile);
	return status;
}

static bool make_small(void)
{
	struct writing w;

	scratch_clean();
	return writing_open(&w, "case") && write_rows(&w, 0, 40) && casefile_reset_understood(&w.casefile) == STATUS_OK &&
	       casefile_exec(&w.casefile, "INSERT INTO understood VALUES(258, 0, 0, 1, 8, 0, zeroblob(40))") == STATUS_OK && writing_close(&w);
}

static void test_damage(struct tap *tap)
{
	static const char *const harms[] = {
		"UPDATE found SET data = substr(data, 2) WHERE id = 274",
		"UPDATE found SET data = CAST(data || x'00' AS BLOB) WHERE id = 274",
		"UPDATE found SET data = zeroblob(1000000) WHERE id = 274",
		"UPDATE found SET data = x'' WHERE id = 274",
		"UPDATE found SET width = width + 1 WHERE id = 274",
		"UPDATE found SET width = 58, data = zeroblob(290) WHERE id = 274",
		"UPDATE found SET width = width + 256 WHERE id = 274",
		"UPDATE found SET width = -1 WHERE id = 274",
		"UPDATE found SET width = 9223372036854775807 WHERE id = 274",
		"UPDATE found SET list = -1 WHERE id = 274",
		"UPDATE found SET list = 1 WHERE id = 274",
		"UPDATE found SET list = 1, width = 1, data = CAST(zeroblob(12) || x'01' AS BLOB) WHERE id = 274",
		"UPDATE found SET list = 1, width = 0, data = x'ffffffffffffff7f' WHERE id = 274",
		"UPDATE found SET list = 8193, width = 0, data = zeroblob(65544) WHERE id = 274",
		"UPDATE found SET list = 4294967296 WHERE id = 274",
		"UPDATE found SET unit = 0 WHERE id = 274",
		"UPDATE found SET unit = 9223372036854775807 WHERE id = 274",
		"UPDATE found SET slope = -1 WHERE id = 274",
		"UPDATE found SET slope = 9223372036854775807 WHERE id = 274",
		"UPDATE found SET base = 9223372036854775807 WHERE id = 274",
		"UPDATE found SET base = -9223372036854775808 WHERE id = 274",
		"UPDATE found SET id = 256 + 37 WHERE id = 274",
		"UPDATE found SET id = 256 + 255 WHERE id = 274",
		"UPDATE understood SET data = x''",
		"UPDATE understood SET width = 257",
		"UPDATE understood SET id = 256 + 12",
		"UPDATE segment SET rows = 41",
		"UPDATE segment SET rows = 0",
		"UPDATE segment SET rows = -1",
		"UPDATE segment SET rows = 65537",
		"UPDATE segment SET rows = 4294967296 + 40",
		"UPDATE segment SET id = 9223372036854775807",
		"UPDATE segment SET id = 140737488355327",
	};
	unsigned segments;

	OK(tap, make_small() && read_all("case", &segments) == STATUS_END && segments == 1, "a case of 40 rows");
	for (size_t i = 0; i < sizeof harms / sizeof *harms; i++)
		OK(tap, make_small() && scratch_sql("case", harms[i]) && read_all("case", &segments) == STATUS_INTEGRITY && segments == 0,
		   "%s", harms[i]);
	OK(tap, make_small() && scratch_sql("case", "UPDATE segment SET id = 140737488355326") &&
		read_all("case", &segments) == STATUS_END && segments == 1, "the greatest id there is");
}

/* Ids of texts that are not of this case. */
static void test_ids(struct tap *tap)
{
	static const char *const harms[] = {
		"UPDATE found SET base = 60002 WHERE id = 270",
		"UPDATE found SET base = -1 WHERE id = 270",
		"UPDATE found SET base = 999999999999999999, width = 0, list = 0, unit = 1, data = x'' WHERE id = 271",
		"DELETE FROM found WHERE id = 259",
		"UPDATE found SET data = x'' WHERE id = 259",
		"UPDATE found SET data = x'ffffffff' WHERE id = 259",
	};

	for (size_t i = 0; i < sizeof harms / sizeof *harms; i++) {
		struct casefile casefile;
		struct forms forms = { 0 };
		struct segment_reader reader = { 0 };
		struct buf out = { 0 };
		bool given = true;
		const bool good = make_small() && scratch_sql("case", harms[i]) &&
				  casefile_open(&casefile, "case", CASEFILE_READ) == STATUS_OK &&
				  forms_load(&forms, &casefile) == STATUS_OK &&
				  segment_reader_open(&reader, &casefile, SEGMENT_ALL, 0) == STATUS_OK &&
				  segment_reader_next(&reader) == STATUS_OK;

		for (uint32_t row = 0; good && row < reader.segment.rows; row++)
			given = segment_text(&reader.segment, &forms, CALL_PRESENTED, row, &out) && given;
		OK(tap, good && !given, "%s: a text cannot be given back", harms[i]);
		buf_release(&out);
		segment_reader_close(&reader);
		forms_release(&forms);
		casefile_close(&casefile);
	}
}

static void test_no_room(struct tap *tap)
{
	struct writing w;

	OK(tap, make_small() && scratch_sql("case", "INSERT INTO segment VALUES(9223372036854775807, 1, 1, '')") &&
		writing_open(&w, "case") && write_rows(&w, 0, 1), "a case whose last segment has the last id");
	OK(tap, segment_writer_flush(&w.writer) == STATUS_INTEGRITY, "takes no more");
	segment_writer_close(&w.writer);
	forms_release(&w.forms);
	casefile_close(&w.casefile);
	OK(tap, make_small() && scratch_sql("case", "DROP TABLE found") && !writing_open(&w, "case") &&
		w.casefile.error.status == STATUS_INTEGRITY, "nor does one without its tables");
	segment_writer_close(&w.writer);
	forms_release(&w.forms);
	casefile_close(&w.casefile);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_sizes(&tap);
	test_append(&tap);
	test_stored(&tap);
	test_example(&tap);
	test_heap(&tap);
	test_heap_most(&tap);
	test_heap_damage(&tap);
	test_wanted(&tap);
	test_understood(&tap);
	test_damage(&tap);
	test_ids(&tap);
	test_no_room(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
