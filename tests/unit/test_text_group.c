/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts in order, and how many calls have each, however few are held at a time; found texts by their codes. */
#include <stdlib.h>

#include "casefile/source.h"
#include "casefile/sql.h"
#include "casefile/sqlite/call_group.h"
#include "casefile/sqlite/text/call_text.h"
#include "casefile/sqlite/text/text_rows.h"
#include "chance.h"
#include "scratch.h"
#include "starve.h"
#include "tap.h"
#include "understand.h"

enum { SEGMENTS = 5, ROWS = 400, ALL = SEGMENTS * ROWS, TEXT = 300 };

/* What calls have; without data: no such field. */
static char rooms[ALL][TEXT];
static struct text made[ALL];

static struct tap tap;

/* A text with a form, of many and of few; one without; empty; NULL; none. */
static struct text draw(struct chance *chance, char out[static TEXT])
{
	static const char *const words[] = { "anna", "Anna", " anna", "7", "07", "007", "\xff", "\xe9", "#1", "\\", "~", "an" };
	const size_t kind = chance_below(chance, 8);
	int len = 0;

	if (kind == 0)
		return (struct text){ NULL, 0 };
	if (kind == 1)
		return form_null();
	if (kind == 2)
		return text_of("");
	if (kind == 3)
		return text_of(CHANCE_PICK(chance, words));
	if (kind == 4)
		len = snprintf(out, TEXT, "%0220d%c", (int)chance_below(chance, 30), 'a' + (int)chance_below(chance, 3));
	if (kind == 5)
		len = snprintf(out, TEXT, "%0*d", 1 + (int)chance_below(chance, 25), (int)chance_below(chance, 12));
	if (kind > 5)
		len = snprintf(out, TEXT, "user%d", (int)chance_below(chance, 200));
	return (struct text){ out, (size_t)len };
}

static bool write_segment(struct segment_writer *writer, struct chance *chance, unsigned segment)
{
	for (unsigned i = segment * ROWS; i < (segment + 1) * ROWS; i++) {
		struct text fields[CALL_ROLES] = { { NULL, 0 } };

		fields[CALL_ACCOUNT] = made[i] = draw(chance, rooms[i]);
		if (segment_writer_add(writer, fields, &(struct segment_place){ 0, i + 2, 10 * i, 9 }) != STATUS_OK)
			return false;
	}
	return segment_writer_flush(writer) == STATUS_OK;
}

struct world {
	struct casefile casefile;
	struct forms forms;
	struct segment_proof proof;
	struct call_ahead ahead;
	struct text_group group;
	struct text_rows rows;
};

static bool make(struct world *w, struct chance *chance)
{
	struct segment_writer writer;
	bool good = casefile_open(&w->casefile, "a.case", CASEFILE_CREATE) == STATUS_OK && casefile_begin(&w->casefile) == STATUS_OK &&
		    casefile_exec(&w->casefile, "INSERT INTO source SELECT coalesce(max(id), 0) + 1, 'calls.csv', '', 0, '', '', 'none', 0, '', 0,"
				  " '', '', 'call', '', '', '', '', '', '', '', '', '', '', '', '', 0, 0, 0, 0, '', '', '', '', '', '', '', '', '', NULL FROM source") == STATUS_OK &&
		    forms_load(&w->forms, &w->casefile) == STATUS_OK &&
		    segment_writer_open(&writer, &w->casefile, &w->forms, 1) == STATUS_OK;

	for (unsigned i = 0; i < SEGMENTS && good; i++)
		good = write_segment(&writer, chance, i);
	segment_writer_close(&writer);
	return good && forms_store(&w->forms, &w->casefile) == STATUS_OK && casefile_commit(&w->casefile) == STATUS_OK;
}

/* ---- in order ---- */

static bool is_none(struct text text)
{
	return !text.data || form_is_null(text);
}

static uint64_t count_of(struct text text)
{
	uint64_t count = 0;

	for (unsigned i = 0; i < ALL; i++)
		count += text.data ? !is_none(made[i]) && text_equal(made[i], text) : is_none(made[i]);
	return count;
}

static bool begin(struct world *w, uint32_t most)
{
	const struct call_ask ask = { .first = INT64_MIN, .last = INT64_MAX };

	return text_group_start(&w->group, &w->ahead, &w->forms, &ask, CALL_ACCOUNT, most) == STATUS_OK;
}

/* Whether items come in order, each text once, and as often as calls have it. */
static bool all_come(struct world *w, uint32_t most)
{
	const struct text_item *item;
	char before[TEXT] = "";
	struct text last = { before, 0 };
	uint64_t all = 0;
	enum status status = begin(w, most) ? STATUS_OK : STATUS_FAILED;
	bool good = true;

	while (status == STATUS_OK && (status = text_group_next(&w->group, &item)) == STATUS_OK) {
		good = good && item->rows == count_of(item->text) && (item->text.data || all == 0) &&
		       (all == 0 || !last.data || text_compare(last, item->text) < 0);
		all += item->rows;
		last = (struct text){ item->text.data ? before : NULL, item->text.len };
		if (item->text.len)
			memcpy(before, item->text.data, item->text.len);
	}
	return good && status == STATUS_END && all == ALL;
}

static void test_order(struct world *w)
{
	static const uint32_t most[] = { TEXT_GROUP_CODES, 100, 17, 4, 2, 1 };

	for (unsigned threads = 1; threads <= 3; threads += 2) {
		const bool open = call_ahead_open(&w->ahead, &w->casefile, &w->proof, false, threads) == STATUS_OK;

		for (size_t i = 0; i < sizeof(most) / sizeof(most[0]); i++)
			OK(&tap, open && all_come(w, most[i]), "in order, %u threads, %u held", threads, (unsigned)most[i]);
		text_group_release(&w->group);
		text_group_release(&w->group);
		call_ahead_close(&w->ahead);
	}
}

/* Where memory fails, it is told. */
static bool try_order(void *context)
{
	struct world *w = context;
	const struct text_item *item;
	enum status status = call_ahead_open(&w->ahead, &w->casefile, &w->proof, false, 1);

	if (status == STATUS_OK)
		status = begin(w, 60) ? STATUS_OK : STATUS_FAILED;
	while (status == STATUS_OK)
		status = text_group_next(&w->group, &item);
	text_group_release(&w->group);
	call_ahead_close(&w->ahead);
	return status == STATUS_END;
}

/* ---- rows in order ---- */

/* The talk of a call is its number. */
static bool understand_all(struct casefile *casefile)
{
	int64_t *values = calloc((size_t)READ_COLUMNS * SEGMENT_ROWS, sizeof(*values));
	bool good = values && casefile_reset_understood(casefile) == STATUS_OK && casefile_begin(casefile) == STATUS_OK;

	for (unsigned segment = 0; segment < SEGMENTS && good; segment++) {
		for (unsigned i = 0; i < ROWS; i++)
			values[(size_t)READ_TALK * SEGMENT_ROWS + i] = (int64_t)segment * ROWS + i;
		good = understand_segment(casefile, segment + 1, values) == STATUS_OK;
	}
	free(values);
	return good && casefile_commit(casefile) == STATUS_OK;
}

/* Whether the rows of a text, some of them, are those that have it, behind *last. */
static bool are_those(const struct call_rows *given, uint32_t first, struct text text, int64_t *last)
{
	const int64_t *talks = given->segment.understood[READ_TALK];
	bool good = first < given->segment.rows;

	for (uint32_t i = first; i < given->segment.rows && good; i++) {
		good = talks[i] > *last && talks[i] < ALL &&
		       (text.data ? !is_none(made[talks[i]]) && text_equal(made[talks[i]], text) : is_none(made[talks[i]]));
		*last = talks[i];
	}
	return good;
}

/* Whether all rows from `least` on come, in order of their texts and, with the same one, of their numbers. */
static enum status rows_come(struct world *w, uint64_t words, uint32_t codes, int64_t least, bool *good)
{
	struct call_ask ask = { .understood = SEGMENT_COLUMN(READ_TALK), .first = INT64_MIN, .last = INT64_MAX };
	char before[TEXT] = "";
	struct text last = { before, 0 };
	const struct call_rows *given;
	int64_t number = -1, all = 0;
	uint32_t first;
	enum status status;

	ask.conditions[ask.count++] = (struct call_condition){ .column = READ_TALK, .low = least, .high = INT64_MAX };
	status = text_rows_start(&w->rows, &w->ahead, &w->forms, &ask, CALL_ACCOUNT, words, codes);
	*good = true;
	while (status == STATUS_OK && (status = text_rows_next(&w->rows, &given, &first)) == STATUS_OK) {
		const struct text text = text_rows_text(&w->rows);
		const bool again = all > 0 && !text.data == !last.data && text_equal(text, last);

		number = again ? number : -1;
		*good = *good && (all == 0 || again || (text.data && (!last.data || text_compare(last, text) < 0))) &&
			are_those(given, first, text, &number);
		all += given->segment.rows - first;
		last = (struct text){ text.data ? before : NULL, text.len };
		if (text.len)
			memcpy(before, text.data, text.len);
	}
	*good = *good && all == ALL - least;
	return status;
}

static void test_rows(struct world *w)
{
	static const uint64_t words[] = { CALL_GROUP_WORDS, 700, 90, 2 };
	static const uint32_t codes[] = { TEXT_GROUP_CODES, 20, 1 };

	for (unsigned threads = 1; threads <= 3; threads += 2) {
		const bool open = call_ahead_open(&w->ahead, &w->casefile, &w->proof, true, threads) == STATUS_OK;

		for (size_t i = 0; i < 12; i++) {
			bool all = false, some = false;

			OK(&tap,
			   open && rows_come(w, words[i / 3], codes[i % 3], 0, &all) == STATUS_END &&
				   rows_come(w, words[i / 3], codes[i % 3], ALL - 700, &some) == STATUS_END && all && some,
			   "rows in order, %u threads, room for %u words and %u codes", threads, (unsigned)words[i / 3],
			   (unsigned)codes[i % 3]);
		}
		text_rows_release(&w->rows);
		text_rows_release(&w->rows);
		call_ahead_close(&w->ahead);
	}
}

static bool try_rows(void *context)
{
	struct world *w = context;
	bool good = false;
	enum status status = call_ahead_open(&w->ahead, &w->casefile, &w->proof, true, 1);

	if (status == STATUS_OK)
		status = rows_come(w, 900, 150, ALL - 500, &good);
	text_rows_release(&w->rows);
	call_ahead_close(&w->ahead);
	return status == STATUS_END && good;
}

/* ---- one of some ---- */

static uint64_t found_rows(struct world *w, const struct call_text *text)
{
	const struct call_ask ask = { .first = INT64_MIN, .last = INT64_MAX, .texts = text, .text_count = 1 };
	const struct call_rows *rows;
	uint64_t sum = 0;
	enum status status;

	call_ahead_start(&w->ahead, &ask);
	while ((status = call_ahead_next(&w->ahead, &rows)) == STATUS_OK)
		sum += rows->segment.rows;
	return status == STATUS_END ? sum : UINT64_MAX;
}

static void test_found(struct world *w)
{
	bool good = call_ahead_open(&w->ahead, &w->casefile, &w->proof, false, 1) == STATUS_OK, pairs = good;

	for (unsigned i = 0; i < ALL && good; i++) {
		struct call_text text = { .role = CALL_ACCOUNT };

		if (is_none(made[i]))
			continue;
		good = call_text_add(&text, made[i].data, made[i].len) && call_text_settle(&text, &w->forms) &&
		       found_rows(w, &text) == count_of(made[i]);
		call_text_release(&text);
	}
	OK(&tap, good, "each text finds its calls");
	for (unsigned i = 0; i + 1 < ALL && pairs; i++) {
		struct call_text text = { .role = CALL_ACCOUNT };
		const bool same = !is_none(made[i]) && !is_none(made[i + 1]) && text_equal(made[i], made[i + 1]);

		if (is_none(made[i]) || is_none(made[i + 1]))
			continue;
		pairs = call_text_add(&text, made[i].data, made[i].len) && call_text_add(&text, made[i + 1].data, made[i + 1].len) &&
			call_text_settle(&text, &w->forms) &&
			found_rows(w, &text) == count_of(made[i]) + (same ? 0 : count_of(made[i + 1]));
		call_text_release(&text);
		call_text_release(&text);
	}
	OK(&tap, pairs, "each pair of texts finds theirs");
	call_ahead_close(&w->ahead);
}

static bool try_found(void *context)
{
	struct world *w = context;
	struct call_text text = { .role = CALL_ACCOUNT };
	bool good = call_ahead_open(&w->ahead, &w->casefile, &w->proof, false, 1) == STATUS_OK;

	good = good && call_text_add(&text, "user7", 5) && call_text_add(&text, "anna", 4) && call_text_settle(&text, &w->forms) &&
	       found_rows(w, &text) == count_of(text_of("user7")) + count_of(text_of("anna"));
	call_text_release(&text);
	call_ahead_close(&w->ahead);
	return good;
}

/* ---- masks ---- */

static void fits(const char *mask, const char *text, int64_t want)
{
	int64_t value = -1;
	const bool is = form_mask_fits(text_of(mask), text_of(text), &value);

	OK(&tap, is == (want >= 0) && (!is || value == want), "mask %s and text %s", mask, text);
}

static void test_masks(void)
{
	fits("###", "007", 7);
	fits("###", "07", -1);
	fits("##", "007", -1);
	fits("1#", "17", 7);
	fits("1#", "27", -1);
	fits("\\##", "#7", 7);
	fits("\\##", "77", -1);
	fits("\\a", "a", 0);
	fits("a\\", "a\\", 0);
	fits("", "", 0);
	fits("", "a", -1);
	fits("##################", "999999999999999999", INT64_C(999999999999999999));
	fits("###################", "9999999999999999999", -1);
	OK(&tap, form_mask_is_plain(text_of("a\\#b\\\\##")) && form_mask_is_plain(text_of("")), "masks of ours");
	OK(&tap, !form_mask_is_plain(text_of("a1")) && !form_mask_is_plain(text_of("\\a")) && !form_mask_is_plain(text_of("a\\")),
	   "masks of other hands");
}

int main(void)
{
	static struct world w;
	struct chance chance = { 16 };
	char name[32];

	scratch_enter(name);
	if (!make(&w, &chance) || !understand_all(&w.casefile)) {
		printf("Bail out! %s\n", w.casefile.error.text);
		return 1;
	}
	test_masks();
	test_order(&w);
	test_rows(&w);
	test_found(&w);
	OK(&tap, starve(try_order, &w) > 10, "memory that is refused is told while texts are put in order");
	OK(&tap, starve(try_rows, &w) > 10, "and while rows are");
	OK(&tap, starve(try_found, &w) > 10, "and while they are looked for");
	segment_proof_release(&w.proof);
	forms_release(&w.forms);
	casefile_close(&w.casefile);
	scratch_leave(name);
	return tap_done(&tap);
}
