/* SPDX-License-Identifier: Apache-2.0 */
/* Rows chosen by a seed; recipes that may be forged; and texts of all kinds, ingested and read again. */
#include "ingest/format/format.h"
#include "ingest/ingest.h"
#include "ingest/reread/draw.h"
#include "ingest/reread/recipe/recipe.h"
#include "ingest/reread/reread.h"
#include "ingest/reread/reread_ahead.h"
#include "scratch.h"
#include "tap.h"

static void keep(void *context, const char *line)
{
	buf_text(context, line);
	buf_byte(context, '\n');
}

/* ---- choosing ---- */

/* The rows chosen, as numbers with a blank between. */
static unsigned choose(uint64_t seed, uint64_t id, uint64_t wanted, uint64_t rows, char *out, size_t size)
{
	struct draw draw;
	unsigned chosen = 0;
	size_t len = 0;

	out[0] = '\0';
	draw_open(&draw, seed, id, wanted, rows);
	for (uint64_t row = 0; row < rows + 3; row++) {
		if (!draw_next(&draw))
			continue;
		chosen++;
		if (len < size)
			len += (size_t)snprintf(out + len, size - len, "%s%u", chosen > 1 ? " " : "", (unsigned)row);
	}
	return chosen;
}

static void test_draw(struct tap *tap)
{
	unsigned pairs[5][5] = { { 0 } };
	unsigned least = UINT32_MAX, most = 0, wrong = 0;
	char a[200], b[200];

	OK(tap, choose(7, 1, 5, 1000, a, sizeof a) == 5 && !strcmp(a, "370 430 465 800 865"), "seed 7 chooses of source 1: %s", a);
	OK(tap, choose(7, 1, 5, 1000, b, sizeof b) == 5 && !strcmp(a, b), "and again");
	OK(tap, choose(7, 2, 5, 1000, b, sizeof b) == 5 && strcmp(a, b) != 0, "others of source 2: %s", b);
	OK(tap, choose(8, 1, 5, 1000, b, sizeof b) == 5 && strcmp(a, b) != 0, "and with seed 8: %s", b);
	OK(tap, choose(1, 1, 9, 4, a, sizeof a) == 4 && choose(1, 1, 0, 4, a, sizeof a) == 0 && choose(1, 1, 1, 0, a, sizeof a) == 0,
	   "all of fewer, none of none");
	for (uint64_t seed = 0; seed < 20000; seed++) {
		unsigned x, y;

		wrong += choose(seed, 3, 2, 5, a, sizeof a) != 2 || sscanf(a, "%u %u", &x, &y) != 2 || x >= y || y > 4;
		if (!wrong)
			pairs[x][y]++;
	}
	for (unsigned x = 0; x < 5; x++)
		for (unsigned y = x + 1; y < 5; y++) {
			least = pairs[x][y] < least ? pairs[x][y] : least;
			most = pairs[x][y] > most ? pairs[x][y] : most;
		}
	/* 2000 each; 5 standard deviations of a binomial are 212. */
	OK(tap, wrong == 0 && least > 1788 && most < 2212, "each pair of five is as likely: %u to %u of 20000", least, most);
}

/* ---- recipes ---- */

#define HASH "profile 0123456789012345678901234567890123456789012345678901234567890123\n"
#define START HASH "separator 44\nquote 34\nheader 1\nblanks 0\ntrim 0\npreamble 3 0\nwidth 4 6\n"
#define FOUND HASH "format json\nheader 1\ncolumns 0123456789012345678901234567890123456789012345678901234567890123\nwidth 4 6\n"
#define TEXT HASH "format pattern\nheader 1\nwidth 2 2\n"
#define ROLES "role started 1 0 0\nrole dialled 2 4 4\nwhen 3 \nlike ^x y$\nrole dialled 4 5 6\n"

static enum status parse(const char *text, struct recipe *recipe)
{
	struct error error;

	return recipe_parse(recipe, KIND_CALL, text_of(text), &error);
}

static void test_recipe(struct tap *tap)
{
	static const char *const wrong[] = {
		"", "x", "\n", START "\n", START START, START "role started 0 0 0", START "role started 1 2 1", START "role started 1 0",
		START "role started 1 0 0 0", START "role nobody 1 0 0", START "role started 99999999 0 0", START "role started 1 0 -1",
		START "without nobody", START "without presented\nrole presented 1 0 0", START "when 1\nlike x", START "like x",
		START "role started 1 0 0\nwhen 1", START "role started 1 0 0\nwhen 1\ntake x", START "role started 1 0 0\nwhen 1\nlike (",
		START "role started 1 0 0\nwithout presented\nwhen 1\nlike x", START "fallback dialled 1\nlike x",
		START "fallback dialled 1\ntake x\nlike x", START "fallback dialled 1\nlike x\ntake [", START "legs nobody 1 2",
		START "legs call_id 2 1", START "separator 44", START "preamble 3 0", HASH "separator 44\nquote 34\nheader 1\nblanks 0\n",
		"profile 01\n", HASH "separator 256\n", HASH "quote -1\n", HASH "header 2\n", HASH "blanks yes\n", HASH "preamble 17 0\n",
		START "joined 2", START "role account 1 0 0\njoined 2", START "role started 1 0 0\njoined 2\njoined 3",
		START "role started 1 0 0\njoined 0", START "role started 1 0 0\nrole account 2 0 0\njoined 3", START "constant account 0 0 ",
		START "constant account 0 0", START "constant account 2 1 x", START "constant started 0 0 2022-03-01",
		START "constant call_id 0 0 x", START "constant nobody 0 0 x", START "constant account 0 0 x\nconstant account 0 0 y",
		START "constant account 0 0 a\tb", START "constant account 0 0 x\njoined 2", START "constant account 0 0 x\nwithout account",
		START "format json", START "columns 0123", START "widen a", START "beside 1", START "record 3\nlike (?<a>x)", FOUND "separator 44",
		FOUND "format json", FOUND "trim 0", FOUND "preamble 0 0", FOUND "feet 1", FOUND "beside 0", FOUND "record 3\nlike (?<a>x)",
		FOUND "begins 3\nlike x", HASH "format json\nheader 1\n", HASH "format json\nwidth 1 1\n", HASH "format\nheader 1\nwidth 1 1\n",
		HASH "format delimited\nheader 1\nwidth 1 1\n", HASH "format json\nheader 1\nwidth 1 1\ncolumns 01\n", TEXT,
		TEXT "record 3", TEXT "record 3\nlike (", TEXT "record x\nlike x", TEXT "begins 3\nlike x",
		HASH "preamble 6 2\n", HASH "width 1\n", START "role started 1 0 0\nrole account  1 0 0",
	};
	struct recipe recipe;
	bool good = parse(START "without presented\nlegs call_id 5 6\n" ROLES "fallback dialled 3\nlike ^[st]$\ntake /(.*)\n", &recipe) ==
		    STATUS_OK;
	const struct mapping *mapping = &recipe.mapping;

	OK(tap, good && recipe.dialect.separator == ',' && recipe.dialect.quote == '"' && recipe.dialect.header == 1 &&
		recipe.preamble == 3 && recipe.width.least == 4 && recipe.width.most == 6 && recipe.legs == CALL_ID &&
		recipe.legs_width.most == 6, "what a recipe says of rows");
	OK(tap, good && mapping->without[CALL_PRESENTED] && mapping->pick_counts[CALL_DIALLED] == 2 &&
		mapping->picks[CALL_DIALLED][0].column == 1 && mapping->picks[CALL_DIALLED][0].when_column == 2 &&
		text_is(pattern_text(mapping->picks[CALL_DIALLED][0].when), "^x y$") && !mapping->picks[CALL_DIALLED][1].when &&
		mapping->fallback_count == 1 && text_is(pattern_text(mapping->fallbacks[0].take), "/(.*)"), "and of roles");
	recipe_release(&recipe);
	good = parse(START "role started 2 4 4\njoined 3\nwhen 4\nlike x\nconstant account 0 0  a b \nwhen 1\nlike y\n", &recipe) == STATUS_OK;
	OK(tap, good && mapping->joins && !mapping->plain && mapping->picks[CALL_STARTED][0].joined &&
		mapping->picks[CALL_STARTED][0].second == 2 && mapping->picks[CALL_STARTED][0].when &&
		mapping->picks[CALL_ACCOUNT][0].constant && mapping->picks[CALL_ACCOUNT][0].when &&
		text_is(mapping_said(mapping, CALL_ACCOUNT), " a b "), "of two columns, and of what is said");
	recipe_release(&recipe);
	good = parse(FOUND "head 2\nencoding utf-16le\nwiden a b\nwiden  c\nrole started 1 0 0\n", &recipe) == STATUS_OK;
	OK(tap, good && recipe.format == &format_json && recipe.columns[0] && recipe.dialect.head == 2 && recipe.encoding &&
		text_is(buf_view(&recipe.widened), "a b\n c\n") && !recipe.record, "of a format that finds rows");
	recipe_release(&recipe);
	good = parse(TEXT "record 3\nlike (?<a>x)\nbegins 4\nlike ^y\nrole started 1 0 0\n", &recipe) == STATUS_OK;
	OK(tap, good && recipe.format == &format_pattern && recipe.record_line == 3 && text_is(pattern_text(recipe.record), "(?<a>x)") &&
		recipe.begins_line == 4 && text_is(pattern_text(recipe.begins), "^y"), "of free text");
	recipe_release(&recipe);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		good = parse(wrong[i], &recipe) == STATUS_INTEGRITY;
		OK(tap, good, "recipe %u is none", (unsigned)i);
		if (!good)
			printf("# %s\n", wrong[i]);
		recipe_release(&recipe);
	}
}

/* ---- texts ingested and read again ---- */

static bool ingest(const char *path, uint64_t threads, struct ingest_counts *counts)
{
	static const char *const mappings[] = { "started=1", "account=2", "presented=3", "dialled=4", "talk=5" };
	const struct observer silent = { NULL, NULL, NULL, NULL };
	struct ingest_options options = ingest_options_none();
	struct casefile casefile;
	bool good;

	options.kind = "call";
	options.header = 0;
	options.separator = ',';
	options.quote = '"';
	options.threads = threads;
	options.mappings = mappings;
	options.mapping_count = sizeof mappings / sizeof *mappings;
	memset(counts, 0, sizeof *counts);
	good = casefile_open(&casefile, "case", CASEFILE_CREATE) == STATUS_OK &&
	       ingest_source(&casefile, &options, path, &silent, counts) == STATUS_OK;
	if (!good)
		printf("# %s\n", casefile.error.text);
	casefile_close(&casefile);
	return good;
}

static enum status reread_all(struct buf *said, struct verify_counts *verified, struct reread_counts *counts)
{
	const struct observer observer = { said, keep, NULL, NULL };
	const struct reread_options options = { .all = true };
	struct casefile casefile;
	struct reread reread = { 0 };
	enum status status = casefile_open(&casefile, "case", CASEFILE_READ);

	memset(verified, 0, sizeof *verified);
	memset(counts, 0, sizeof *counts);
	buf_clear(said);
	if (status == STATUS_OK)
		reread_open(&reread, &casefile, &options, &observer, verified, counts);
	if (status == STATUS_OK)
		status = reread_recorded(&reread);
	if (status != STATUS_OK)
		buf_text(said, casefile.error.text);
	reread_close(&reread);
	casefile_close(&casefile);
	return status;
}

/* Sound rows, and among them whatever a file may hold. */
static void make_text(uint64_t *state, unsigned rows, struct buf *out)
{
	static const char *const faults[] = {
		"\n", "\r\n", "\"", "\"\n", "\"a\"b,", ",,,,\n", "a,b\n", "x\"y\n", "\"open\n", "2022-13-01,u,1,2,3\n",
		"2022-01-01,u,\"a\nb\r\nc\",2,3\n", "2022-01-01,u,\"\"\"\",2,3\r", "2022-01-01,\"u\",\xff\x80,\\\x1b,\n",
		"2022-01-01,u,1,2,x\n", "2022-01-01,u,\"1\n2\",2,x\n", "2022-01-01,u,1,2,3,4,5\n",
	};

	for (unsigned i = 0; i < rows; i++) {
		const uint64_t chance = scratch_random(state);

		if (chance % 7 == 0)
			buf_text(out, faults[chance / 7 % (sizeof faults / sizeof *faults)]);
		else if (chance % 701 == 1)
			buf_format(out, "2022-01-01,%070000u,1,2,3\n", i);
		else
			buf_format(out, "2022-01-01 10:00:%02u,u%u,0207946%04u,%u,%u\n", i % 60, i % 9, i % 10000, (unsigned)(chance >> 40),
				   i % 99);
	}
}

static void test_texts(struct tap *tap, struct buf *said)
{
	uint64_t state = 5;
	unsigned wrong = 0, rows = 0, rejects = 0;

	for (unsigned turn = 0; turn < 60; turn++) {
		struct ingest_counts counts;
		struct verify_counts verified;
		struct reread_counts reread;
		struct buf text = { 0 };

		scratch_clean();
		buf_text(&text, "2022-01-01,u,1,2,3\n2022-01-01,u,1,2,3\n");
		make_text(&state, turn % 20 == 19 ? 90000 : 20 + 9 * turn, &text);
		if (!scratch_write("calls.csv", text.data, text.len) || !ingest("calls.csv", 1 + turn % 3, &counts) ||
		    reread_all(said, &verified, &reread) != STATUS_OK || verified.failures || reread.rows != counts.accepted ||
		    reread.sources != 1) {
			printf("# turn %u: %s\n", turn, said->len ? said->data : "");
			wrong++;
		}
		rows += (unsigned)counts.accepted;
		rejects += (unsigned)counts.rejected;
		buf_release(&text);
	}
	OK(tap, wrong == 0 && rows > 100000 && rejects > 10000, "60 texts, %u rows and %u rejects, hold", rows, rejects);
}

/* ---- rows where they lie ---- */

/* Checks the case, and some of its rows; laid: those are found in that check. */
static enum status check_case(const struct reread_options *given, bool laid, struct buf *said, struct verify_counts *verified,
			      struct reread_counts *counts)
{
	const struct observer observer = { said, keep, NULL, NULL };
	struct reread_options options = *given;
	struct reread_ahead ahead = { 0 };
	struct casefile casefile;
	struct reread reread = { 0 };
	enum status status = casefile_open(&casefile, "case", CASEFILE_READ);

	memset(verified, 0, sizeof *verified);
	memset(counts, 0, sizeof *counts);
	buf_clear(said);
	options.ahead = laid ? &ahead : NULL;
	if (status == STATUS_OK && laid)
		status = reread_ahead_open(&ahead, &casefile, &options, NULL, 0, &observer);
	if (status == STATUS_OK)
		status = verify_case(&casefile, 2, &ahead.laid, &observer, verified);
	reread_open(&reread, &casefile, &options, &observer, verified, counts);
	if (status == STATUS_OK)
		status = reread_recorded(&reread);
	reread_close(&reread);
	reread_ahead_close(&ahead);
	casefile_close(&casefile);
	return status;
}

/* Sound texts of all kinds hold where they lie, unless a CR may end a line or libcsv cannot read it. */
static void test_laid(struct tap *tap, struct buf *said)
{
	uint64_t state = 7;
	unsigned wrong = 0, laid = 0, returns = 0;

	for (unsigned turn = 0; turn < 40; turn++) {
		const struct reread_options options = { .rows = 3, .seed = turn, .threaded = turn % 2 };
		struct ingest_counts counts;
		struct verify_counts verified;
		struct reread_counts reread;
		struct buf text = { 0 };
		char manner[8];
		bool odd = false;

		scratch_clean();
		if (turn % 3)
			buf_text(&text, "2022-01-01,u,1,2,3\n2022-01-01,u,1,2,3\n");
		make_text(&state, turn % 20 == 19 ? 85000 : 200 + 9 * turn, &text);
		for (size_t i = 0; i < text.len && turn % 2; i++)
			if (text.data[i] == '\r' && text.data[i + 1] != '\n')
				text.data[i] = 'x';
		for (size_t i = 0; i < text.len; i++)
			odd = odd || (text.data[i] == '\r' && text.data[i + 1] != '\n');
		if (!scratch_write("calls.csv", text.data, text.len) || !ingest("calls.csv", 1 + turn % 3, &counts) ||
		    check_case(&options, true, said, &verified, &reread) != STATUS_OK || verified.failures || reread.rows != 3 ||
		    reread.sources != 1 || verified.sources != 1 ||
		    reread.laid != (!odd && !strcmp(scratch_ask("case", "SELECT instr(recipe, 'manner') FROM source", manner, sizeof manner), "0"))) {
			printf("# turn %u: %s\n", turn, said->len ? said->data : "");
			wrong++;
		}
		laid += (unsigned)reread.laid;
		returns += odd;
		buf_release(&text);
	}
	OK(tap, wrong == 0 && laid >= 10 && returns > 5, "of 40 texts %u hold where they lie, and %u have a CR alone", laid, returns);
}

/* What is forged is told as it is by reading all of the file. */
static void test_laid_forged(struct tap *tap, struct buf *said)
{
	static const char *const forgeries[] = {
		"UPDATE found SET base = base + 1 WHERE id = 256", "UPDATE found SET base = base + 1 WHERE id = 293",
		"UPDATE found SET base = base + 1 WHERE id = 258", "UPDATE found SET slope = slope + 1 WHERE id = 256",
		"UPDATE found SET base = base - 1 WHERE id = 549", "DELETE FROM segment WHERE id = 2; DELETE FROM found WHERE id / 256 = 2",
		"UPDATE segment SET rows = rows - 1 WHERE id = 2", "UPDATE source SET accepted = accepted + 1",
		"UPDATE source SET rejected = rejected + 1, skipped = skipped - 1", "UPDATE source SET skipped = skipped + 1",
		"UPDATE source SET recipe = replace(recipe, 'role talk 5', 'role talk 4')",
		"UPDATE source SET recipe = replace(recipe, 'width 5 5', 'width 5 6')",
		"UPDATE source SET dialect = 'x'", "UPDATE source SET mapping = 'x'", "UPDATE source SET legs = 'call_id'",
		"UPDATE source SET member_size = member_size + 1", "UPDATE source SET recipe = 'x'",
		"UPDATE found SET base = base + 1 WHERE id BETWEEN 260 AND 275 AND width > 0",
	};
	const struct reread_options options = { .rows = 50, .seed = 4 };
	struct ingest_counts counts;
	struct verify_counts verified;
	struct reread_counts reread;
	struct buf text = { 0 }, whole = { 0 };
	uint64_t state = 9;
	unsigned wrong = 0;

	scratch_clean();
	make_text(&state, 80000, &text);
	for (size_t i = 0; i + 1 < text.len; i++)
		if (text.data[i] == '\r' && text.data[i + 1] != '\n')
			text.data[i] = 'x';
	OK(tap, scratch_write("calls.csv", text.data, text.len) && ingest("calls.csv", 2, &counts) &&
		check_case(&options, true, said, &verified, &reread) == STATUS_OK && verified.failures == 0 && reread.laid == 1,
	   "a case of several segments");
	for (size_t i = 0; i < sizeof forgeries / sizeof *forgeries; i++) {
		uint64_t failures;

		(void)remove("case");
		if (!ingest("calls.csv", 2, &counts) || !scratch_sql("case", forgeries[i]) ||
		    check_case(&options, false, &whole, &verified, &reread) != STATUS_OK)
			wrong++;
		failures = verified.failures;
		if (check_case(&options, true, said, &verified, &reread) != STATUS_OK || verified.failures != failures || failures == 0 ||
		    reread.laid != 0 || !text_equal(buf_view(said), buf_view(&whole))) {
			printf("# %s: %s", forgeries[i], buf_view(said).data);
			wrong++;
		}
	}
	OK(tap, wrong == 0, "what is forged is told as by reading all");
	buf_release(&whole);
	buf_release(&text);
}

/* Interrupted when it was asked so often. */
static bool is_enough(void *context)
{
	unsigned *left = context;

	return *left == 0 || (*left)-- == 0;
}

static void test_interrupted(struct tap *tap)
{
	const struct reread_options options = { .rows = 5 };
	struct ingest_counts counts;
	struct buf text = { 0 };
	uint64_t state = 3;
	unsigned stopped = 0, ended = 0, wrong = 0;

	scratch_clean();
	make_text(&state, 60000, &text);
	OK(tap, scratch_write("calls.csv", text.data, text.len) && ingest("calls.csv", 1, &counts), "a longer text");
	for (unsigned asked = 0; asked < 2000 && ended == 0; asked = 2 * asked + 1) {
		unsigned left = asked;
		const struct observer observer = { &left, NULL, NULL, is_enough };
		struct verify_counts verified = { 0 };
		struct reread_counts reread_counts = { 0 };
		struct casefile casefile;
		struct reread reread = { 0 };
		enum status status = casefile_open(&casefile, "case", CASEFILE_READ);

		if (status == STATUS_OK)
			reread_open(&reread, &casefile, &options, &observer, &verified, &reread_counts);
		if (status == STATUS_OK)
			status = reread_recorded(&reread);
		stopped += status == STATUS_INTERRUPTED;
		ended += status == STATUS_OK && reread_counts.rows == 5;
		wrong += verified.failures > 0 || (status != STATUS_OK && status != STATUS_INTERRUPTED);
		reread_close(&reread);
		casefile_close(&casefile);
	}
	OK(tap, stopped > 2 && ended == 1 && wrong == 0, "%u times interrupted, at last not", stopped);
	buf_release(&text);
}

/* A case has no table of a test. */
#define KEPT "ATTACH 'kept' AS kept;"

/* Whatever stands in a recipe, the check comes to an end and is safe. */
static void test_forged(struct tap *tap, struct buf *said)
{
	struct ingest_counts counts;
	struct buf text = { 0 }, sql = { 0 };
	struct verify_counts verified;
	struct reread_counts reread;
	uint64_t state = 11;
	unsigned wrong = 0, noticed = 0;

	scratch_clean();
	buf_text(&text, "2022-01-01,u,1,2,3\n");
	make_text(&state, 40, &text);
	OK(tap, scratch_write("calls.csv", text.data, text.len) && ingest("calls.csv", 1, &counts) &&
		scratch_sql("case", KEPT "CREATE TABLE kept.kept AS SELECT recipe FROM source"), "a case");
	for (unsigned turn = 0; turn < 400; turn++) {
		buf_clear(&sql);
		buf_format(&sql, KEPT "UPDATE source SET recipe = (SELECT substr(recipe, 1, %u) || char(%u) || substr(recipe, %u) FROM kept)",
			   72 + (unsigned)(scratch_random(&state) % 190), turn % 3 ? 48 + (unsigned)(scratch_random(&state) % 10)
										     : (unsigned)(scratch_random(&state) % 127 + 1),
			   74 + (unsigned)(scratch_random(&state) % 190));
		wrong += !scratch_sql("case", sql.data) || reread_all(said, &verified, &reread) != STATUS_OK;
		noticed += verified.failures > 0;
	}
	OK(tap, wrong == 0 && noticed > 300, "400 forged recipes, of which %u are noticed", noticed);
	(void)scratch_sql("case", KEPT "UPDATE source SET recipe = (SELECT recipe FROM kept), kind = 'x'");
	OK(tap, reread_all(said, &verified, &reread) == STATUS_OK && verified.failures == 1 && strstr(said->data, "source 1: is of no kind"),
	   "a kind that is none");
	(void)scratch_sql("case", "UPDATE source SET kind = 'call', accepted = -1, rejected = 9223372036854775807");
	OK(tap, reread_all(said, &verified, &reread) == STATUS_OK && verified.failures == 2, "counts that cannot be");
	(void)scratch_sql("case", "UPDATE segment SET rows = 70000");
	OK(tap, reread_all(said, &verified, &reread) == STATUS_OK && verified.failures == 3 &&
		strstr(said->data, "segment 1: its rows cannot be given back"), "a segment that is none");
	(void)scratch_sql("case", "DELETE FROM segment");
	OK(tap, reread_all(said, &verified, &reread) == STATUS_OK && verified.failures == 2 + counts.accepted, "no segments");
	buf_release(&sql);
	buf_release(&text);
}

int main(void)
{
	struct tap tap = { 0 };
	struct buf said = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_draw(&tap);
	test_recipe(&tap);
	test_texts(&tap, &said);
	test_laid(&tap, &said);
	test_laid_forged(&tap, &said);
	test_interrupted(&tap);
	test_forged(&tap, &said);
	buf_release(&said);
	scratch_leave(folder);
	return tap_done(&tap);
}
