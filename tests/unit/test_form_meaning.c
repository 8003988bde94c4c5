/* SPDX-License-Identifier: Apache-2.0 */
/* What digits mean by their form, against the general readers of texts. */
#include <stdlib.h>

#include "base/money/decimal.h"
#include "base/time/duration.h"
#include "base/time/moment.h"
#include "normalise/calls/form_meaning.h"
#include "scratch.h"
#include "tap.h"

/* One row whose account is the text at hand. */
struct bench {
	struct forms forms;
	struct form_meanings meanings;
	struct clock_day day;
	struct segment segment;
	int64_t form;
	int64_t value;
	uint64_t fast;
};

static bool take(struct bench *bench, struct text text)
{
	struct error error;

	bench->form = forms_code(&bench->forms, CALL_ACCOUNT, text, &bench->value);
	if (bench->forms.masks.count == bench->meanings.count)
		return true;
	form_meanings_release(&bench->meanings);
	return form_meanings_open(&bench->meanings, &bench->forms, &error) == STATUS_OK;
}

static bool same_text(const struct bench *bench, struct text want)
{
	char room[FORM_LENGTH];

	return text_equal(form_meanings_text(&bench->meanings, &bench->segment, CALL_ACCOUNT, 0, room), want);
}

static bool same_time(struct bench *bench, const struct form_meaning *meaning, struct text text)
{
	struct moment moment = { 0 };
	int64_t ms;

	if (!form_meaning_time(meaning, &bench->day, bench->value, &ms))
		return true;
	bench->fast++;
	return !moment_parse(text.data, text.len, MOMENT_ORDER_UNKNOWN, &moment) && !moment.null && moment.ms == ms &&
	       moment.zoned == meaning->utc && moment.orders == 0 && !moment.day_only;
}

static bool same_decimal(struct bench *bench, const struct form_meaning *meaning, struct text text)
{
	struct decimal decimal;
	int64_t fast, slow;

	if (form_meaning_thousandths(meaning, bench->value, &fast)) {
		bench->fast++;
		if (seconds_parse(text.data, text.len, &slow) || fast != slow)
			return false;
	}
	if (!form_meaning_decimal(meaning, bench->value))
		return true;
	return !decimal_parse(text.data, text.len, &decimal) && !decimal_to_narrow(&decimal, meaning->decimals, &slow, NULL) &&
	       bench->value == slow;
}

/* Whether all readings of a text by its form are those of the text. */
static bool same(struct bench *bench, struct text text)
{
	const struct form_meaning *meaning;

	if (!take(bench, text) || bench->form == FORM_HEAP)
		return false;
	meaning = form_meaning_of(&bench->meanings, bench->form);
	return meaning && same_text(bench, text) && same_time(bench, meaning, text) && same_decimal(bench, meaning, text);
}

static void test_known(struct tap *tap, struct bench *bench)
{
	static const struct {
		const char *text;
		bool fast;
	} rows[] = {
		{ "2022-03-27 00:59:58", true }, { "2022-03-27T00:59:58", true }, { "2022-03-27 00:59:58Z", true },
		{ "2022-03-27T00:59:58Z", true }, { "2022-03-27 24:00:00", false }, { "2022-03-27 23:60:00", false },
		{ "2016-12-31 23:59:60", false }, { "2022-02-29 00:00:00", false }, { "2024-02-29 00:00:00", true },
		{ "2000-01-01 00:00:00", false }, { "1970-01-01 00:00:00", false }, { "0000-00-00 00:00:00", false },
		{ "1971-01-01 00:00:00", true }, { "9999-12-31 23:59:59", true }, { "2022-13-01 00:00:00", false },
		{ "2022-03-27 00:59:58.123", false }, { "2022-03-27x00:59:58", false }, { "2022-03-27 00:59:58 ", false },
		{ "75", true }, { "0", true }, { "007", true }, { "394.128301", true }, { "394.1289", true }, { "0.0009", true },
		{ "12.", false }, { ".5", false }, { "-5", false }, { "+5", false }, { "1,5", false }, { "1.2.3", false },
		{ "1:10", false }, { "6e5", false }, { "0.1234567", false }, { "999999999", true }, { "1000000000", false }, { "999999999999", false },
		{ "", false }, { "#1", false }, { "\\2", false }, { "answered", false }, { " 5", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const uint64_t before = bench->fast;

		OK(tap, same(bench, text_of(rows[i].text)) && (bench->fast > before) == rows[i].fast, "'%s'", rows[i].text);
	}
}

static void test_random(struct tap *tap, struct bench *bench)
{
	static const char *const forms[] = { "####-##-## ##:##:##", "####-##-##T##:##:##Z", "#", "###", "#.####", "##.######",
					     "############", "#.#", "\"A\" <###########>" };
	uint64_t state = 7;
	unsigned wrong = 0;

	bench->fast = 0;
	for (unsigned turn = 0; turn < 60000; turn++) {
		const char *form = forms[turn % (sizeof forms / sizeof *forms)];
		char text[64];
		size_t len = 0;

		for (; form[len]; len++)
			text[len] = form[len] == '#' ? (char)('0' + scratch_random(&state) % 10) : form[len];
		if (len > 4 && form[4] == '-') {
			text[5] = (char)('0' + text[5] % 2);
			text[8] = (char)('0' + text[8] % 4);
			text[11] = (char)('0' + text[11] % 3);
		}
		wrong += !same(bench, (struct text){ text, len });
	}
	OK(tap, wrong == 0, "60,000 texts at random");
	OK(tap, bench->fast > 20000, "most are had from their digits");
}

/* Digits and masks that no ingest wrote. */
static void test_damage(struct tap *tap, struct bench *bench)
{
	const struct text none = { NULL, 0 };
	const struct form_meaning *meaning;
	struct error error;
	int64_t out;

	take(bench, text_of("75"));
	meaning = form_meaning_of(&bench->meanings, bench->form);
	bench->value = 100;
	OK(tap, same_text(bench, none) && !form_meaning_thousandths(meaning, 100, &out),
	   "more digits than the mask has");
	bench->value = -1;
	OK(tap, same_text(bench, none) && !form_meaning_thousandths(meaning, -1, &out), "digits below 0");
	take(bench, text_of("2022-03-27 00:59:58"));
	meaning = form_meaning_of(&bench->meanings, bench->form);
	OK(tap, !form_meaning_time(meaning, &bench->day, INT64_MAX, &out) && !form_meaning_time(meaning, &bench->day, -1, &out),
	   "no such time");
	bench->day = CLOCK_DAY;
	OK(tap, !form_meaning_time(meaning, &bench->day, 0, &out) && !form_meaning_time(meaning, &bench->day, 59, &out),
	   "a time of zeros before any other");
	bench->form = 60001;
	OK(tap, same_text(bench, none), "a form that is not there");
	bench->form = FORM_NULL;
	bench->value = 0;
	OK(tap, !form_meaning_of(&bench->meanings, FORM_NULL) && same_text(bench, text_of("")), "NULL is as an empty text");
	bench->value = 1;
	OK(tap, same_text(bench, none), "without digits");
	bench->form = FORM_HEAP;
	OK(tap, same_text(bench, none), "no heap");
	bench->form = FORM_FIRST + (int64_t)dictionary_add(&bench->forms.masks, text_of("###################"));
	form_meanings_release(&bench->meanings);
	OK(tap, form_meanings_open(&bench->meanings, &bench->forms, &error) == STATUS_OK && same_text(bench, none), "a mask of 19 digits");
}

int main(void)
{
	struct tap tap = { 0 };
	struct bench bench = { .day = CLOCK_DAY, .segment = { .rows = 1 } };

	bench.segment.found[FOUND_FORM(CALL_ACCOUNT)] = &bench.form;
	bench.segment.found[FOUND_VALUE(CALL_ACCOUNT)] = &bench.value;
	test_known(&tap, &bench);
	test_random(&tap, &bench);
	test_damage(&tap, &bench);
	form_meanings_release(&bench.meanings);
	forms_release(&bench.forms);
	return tap_done(&tap);
}
