/* SPDX-License-Identifier: Apache-2.0 */
/* Values of rows: what is decided at a glance is what the parsers decide. */
#include "base/money/amount_text.h"
#include "base/time/duration.h"
#include "base/time/moment.h"
#include "casefile/form/form.h"
#include "ingest/plan/check.h"
#include "scratch.h"
#include "tap.h"

/* Words that are no value: by the first list there are none. */
static const struct absents no_words;
static struct absents words;

static struct checker checker(void)
{
	struct mapping mapping = { .kind = KIND_CALL };
	struct checker checker;

	for (int role = 0; role < CALL_ROLES; role++)
		mapping.pick_counts[role] = 1;
	mapping_settle(&mapping);
	if (!checker_open(&checker, &mapping, &no_words))
		abort();
	return checker;
}

static struct verdict row_coded(struct checker *checker, const struct text *values, const int64_t *forms, const int64_t *numbers)
{
	struct mapped mapped = { .texts = values };
	size_t which[ROLES_MOST];

	for (size_t i = 0; i < ROLES_MOST; i++)
		which[i] = i;
	mapped.which = which;
	return checker_row(checker, &mapped, forms, numbers);
}

static struct verdict row(struct checker *checker, const struct text *values)
{
	const int64_t none[ROLES_MOST] = { 0 };

	return row_coded(checker, values, none, none);
}

/* Whether an amount, whatever its sign, is over a milliard. */
static bool too_dear(const struct decimal *amount)
{
	u128 whole = amount->mantissa;
	bool more = false;

	for (unsigned i = 0; i < amount->scale; i++, whole /= 10)
		more = more || whole % 10;
	return whole > 1000000000 || (whole == 1000000000 && more);
}

/* What is said of a text as a duration and as an amount, against the parsers. */
static bool right(struct checker *checker, struct text text)
{
	struct text values[ROLES_MOST] = { [CALL_STARTED] = text_of("2022-03-27 00:59:58") };
	const bool empty = text_trim(text).len == 0;
	struct amount_text amount;
	const char *reason;
	int64_t ms;

	values[CALL_TALK] = text;
	reason = empty ? NULL : seconds_parse(text.data, text.len, &ms);
	if (!tap_same(row(checker, values).reason, reason))
		return false;
	values[CALL_TALK] = text_of("");
	values[CALL_COST] = text;
	reason = empty ? NULL : amount_text_parse(text, DECIMAL_MARK_UNKNOWN, &amount);
	if (!empty && !reason && too_dear(&amount.value))
		reason = "is more than 1,000,000,000, and no cost of a call";
	return tap_same(row(checker, values).reason, reason);
}

/* A value as logs have them, and as they should not. */
static struct text at_random(uint64_t *state, char out[static 32])
{
	static const char *const texts[] = { "", " ", "\t ", "7", "75", "12.5", ".5", "5.", "1.2.3", "-3", "1e3", "00:01:15", "00:61:15",
					     "999999999", "1000000000", "1000000001", "1000000000.5", "123456789012345", "1234567890123456", "1234567890123456789", "0.018500", "NULL", "\\N", " n/a ", "-", "unknown", "NA", "8",
					     "0000-00-00 00:00:00", "0000-00-00 12:00:00", "1970-01-01 01:00:00", "2000-01-01 00:00:01",
					     "2000-01-01 00:00:02", "2000-12-31 23:59:59", "2001-01-01 00:00:00", "2022-13-01 00:00:00",
					     "2022-02-29 00:00:00", "2022-02-28T00:00:00", "2022-02-28 00:00:00Z", "1900-01-01 00:00:00",
					     "20220327005958", "1648342798" };
	const uint64_t pick = scratch_random(state);

	if (pick % 4 == 0)
		return text_of(texts[(pick >> 8) % (sizeof texts / sizeof *texts)]);
	(void)snprintf(out, 32, "20%02u-%02u-%02u %02u:%02u:%02u", (unsigned)(pick >> 8) % 3, 1 + (unsigned)(pick >> 16) % 2,
		       27 + (unsigned)(pick >> 24) % 3, (unsigned)(pick >> 32) % 26, (unsigned)(pick >> 40) % 62,
		       (unsigned)(pick >> 48) % 62);
	return text_of(out);
}

/* Whether a word in a role of a call is refused because of it. */
static bool refuses(const char *word, enum call_role role, const char *reason)
{
	struct mapping mapping = { .kind = KIND_CALL };
	struct text values[ROLES_MOST] = { [CALL_STARTED] = text_of("2022-03-27 00:59:58") };
	struct checker checker;
	struct verdict verdict;

	for (size_t i = 0; i < CALL_ROLES; i++)
		mapping.pick_counts[i] = 1;
	mapping_settle(&mapping);
	if (!checker_open(&checker, &mapping, &words))
		abort();
	values[role] = text_of(word);
	verdict = row(&checker, values);
	checker_release(&checker);
	return tap_same(verdict.reason, reason);
}

static void test_words(struct tap *tap)
{
	static const enum call_role roles[] = { CALL_ANSWERED_AT, CALL_ENDED, CALL_TALK, CALL_BILLED, CALL_DURATION, CALL_COST };
	unsigned wrong = 0;

	for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
		wrong += !refuses("NULL", roles[r], NULL) || !refuses(" nan ", roles[r], NULL) || !refuses("-", roles[r], NULL);
	OK(tap, wrong == 0, "a word that is no value is no time, no seconds and no amount: the row is taken");
	OK(tap, refuses("null", CALL_STARTED, "needed, and 'NULL' is no value"), "one that is needed rejects it, and the reason names the word");
	OK(tap, refuses("7", CALL_TALK, NULL) && refuses("7", CALL_BILLED, NULL), "one that is a value in a role is one there");
}

/* A row that is right at a glance is right, with the time that the parser has; most are told so. */
static bool glances(struct checker *checker, const struct text *values, const int64_t *codes, const int64_t *numbers, int first_time,
		    struct verdict verdict, unsigned *told)
{
	const struct glance glance = checker_glance(checker, codes, numbers);
	struct moment moment;

	if (!glance.right)
		return true;
	++*told;
	if (verdict.role >= 0 || glance.local_time != verdict.local_time)
		return false;
	if (!glance.timed)
		return first_time < 0 || text_trim(values[first_time]).len == 0;
	return !moment_parse(values[first_time].data, values[first_time].len, MOMENT_ORDER_UNKNOWN, &moment) && !moment.null &&
	       !moment.zoned && moment.ms == glance.ms;
}

static int first_time_of(enum kind kind)
{
	for (size_t role = 0; role < kind_info(kind)->role_count; role++)
		if (kind_info(kind)->roles[role].type == ROLE_TIME)
			return (int)role;
	return -1;
}

/* What is known of forms changes nothing in what is said of a row. */
static void test_forms(struct tap *tap, enum kind kind)
{
	struct mapping mapping = { .kind = kind };
	struct checker plain, knowing;
	struct forms forms = { 0 };
	uint64_t state = 7;
	unsigned wrong = 0, right = 0, told = 0;

	for (size_t role = 0; role < kind_info(kind)->role_count; role++)
		mapping.pick_counts[role] = 1;
	mapping_settle(&mapping);
	if (!checker_open(&plain, &mapping, &words) || !checker_open(&knowing, &mapping, &words))
		abort();
	for (unsigned n = 0; n < 300000; n++) {
		char room[ROLES_MOST][32];
		struct text values[ROLES_MOST] = { { NULL, 0 } };
		int64_t codes[ROLES_MOST] = { 0 }, numbers[ROLES_MOST] = { 0 };
		struct verdict a, b;

		for (size_t role = 0; role < mapping.role_count; role++) {
			const uint64_t pick = scratch_random(&state);

			if (pick % 32)
				values[role] = kind_info(kind)->roles[role].type == ROLE_TIME ? text_of("2022-03-27 00:59:58")
											      : text_of("75");
			if (pick % 16 > 13)
				values[role] = at_random(&state, room[role]);
			if (values[role].data && pick >> 60)
				codes[role] = forms_code(&forms, (unsigned)role, values[role], &numbers[role]);
			checker_learn(&knowing, codes[role] == FORM_HEAP ? 0 : codes[role], values[role]);
		}
		a = row(&plain, values);
		b = row_coded(&knowing, values, codes, numbers);
		wrong += !glances(&knowing, values, codes, numbers, first_time_of(kind), a, &told);
		wrong += a.role != b.role || a.place != b.place || a.reason != b.reason || a.local_time != b.local_time;
		right += a.role < 0;
	}
	OK(tap, wrong == 0 && right > 50000 && right < 290000 && told > 30000,
	   "300,000 rows of kind %s by their forms: %u wrong, %u taken, %u of them at a glance", kind_info(kind)->name, wrong, right, told);
	forms_release(&forms);
	checker_release(&plain);
	checker_release(&knowing);
}

int main(void)
{
	static const char bytes[] = "0123456789012345678901234567890123456789..,-+e: /";
	struct checker given = checker();
	struct tap tap = { 0 };
	uint64_t state = 20220327;
	unsigned wrong = 0;

	for (int n = 0; n < 400000; n++) {
		char data[40];
		struct text text = { data, scratch_random(&state) % 24 };

		for (size_t i = 0; i < text.len; i++)
			data[i] = bytes[scratch_random(&state) % (n % 2 ? 42 : sizeof(bytes) - 1)];
		wrong += !right(&given, text);
	}
	OK(&tap, wrong == 0, "400,000 texts as durations and amounts");
	wrong = 0;
	for (unsigned place = 0; place < 15; place++)
		for (unsigned byte = 0; byte < 256; byte++)
			for (size_t len = place + 1; len < 18; len++) {
				char data[] = "123456789012345678";
				struct text text = { data, len };

				data[place] = (char)byte;
				wrong += !right(&given, text);
			}
	OK(&tap, wrong == 0, "every byte at every place of a number");
	checker_release(&given);
	/* With one that is in some roles a value, and one with a digit. */
	if (!absents_read(&words, text_of(absent_builtin)) || !absents_add(&words, text_of("7"), text_of("talk")) ||
	    !absents_add(&words, text_of("2022-02-28 00:00:00Z"), text_of("")))
		abort();
	test_words(&tap);
	test_forms(&tap, KIND_CALL);
	test_forms(&tap, KIND_LOGIN);
	test_forms(&tap, KIND_RATE);
	absents_release(&words);
	return tap_done(&tap);
}
