/* SPDX-License-Identifier: Apache-2.0 */
/* Words of statuses: the list that is known, what is refused of a list, a source's own, and how they are counted. */
#include "normalise/words.h"

#include <stdlib.h>

#include "normalise/status/tally.h"
#include "tap.h"

static struct tap tap;

static void refused(const char *text, const char *why)
{
	struct error error = { 0 };
	struct known_words *known = known_words_new(text, &error);

	OK(&tap, !known && strstr(error.text, why), "%s", error.text);
	known_words_free(known);
}

static void test_lists(void)
{
	refused("calls\tanswered\tUP\tx\n", "line 1: no kind");
	refused("# one\n\ncall\tconfirmed\tUP\tx\n", "line 3: no meaning of this kind");
	refused("payment\topen\tUP\tx\n", "no meaning of this kind");
	refused("call\tanswered\t\tx\n", "no word");
	refused("call\tanswered\t UP\tx\n", "no word");
	refused("call\tanswered\n", "no word");
	refused("call\tanswered\tUP\tx\ncall\topen\tup\tx\n", "line 2: a word that stands above already");
}

static void call_is(const struct words *words, const char *status, enum word expected)
{
	const enum word got = words_call(words, text_of(status));

	OK(&tap, got == expected, "'%s' of a call: %d", status, got);
}

static void payment_is(const struct words *words, const char *status, enum word expected)
{
	const enum word got = words_payment(words, text_of(status));

	OK(&tap, got == expected, "'%s' of a payment: %d", status, got);
}

static void test_words(void)
{
	static char lines[] = "answered=UP=1\nunanswered=UP\nanswered=up\nunconfirmed=paid\nunanswered=ANSWERED\n"
			      "refunded=Rueckzahlung\nnegative=Refund\n";
	struct error error = { 0 };
	struct known_words *known = known_words_new(status_builtin, &error);
	const struct words built_in = { NULL, known }, own = { lines, known }, none = { NULL, NULL };

	OK(&tap, known != NULL, "the list is read: %s", error.text);
	if (!known)
		return;
	call_is(&built_in, "", WORD_NONE);
	call_is(&built_in, " \t", WORD_NONE);
	call_is(&built_in, "VERBUNDEN", WORD_UNKNOWN);
	call_is(&built_in, " answered ", WORD_YES);
	call_is(&built_in, "unanswered", WORD_NO);
	call_is(&built_in, "NOT ANSWERED", WORD_NO);
	call_is(&built_in, "no_answer", WORD_NO);
	call_is(&built_in, "NORMAL_CLEARING [16]", WORD_YES);
	call_is(&built_in, "Normal call clearing (16)", WORD_OPEN);
	call_is(&built_in, "NORMAL_CLEARING []", WORD_UNKNOWN);
	call_is(&built_in, "[16]", WORD_UNKNOWN);
	call_is(&built_in, "200", WORD_YES);
	call_is(&built_in, "200 OK", WORD_YES);
	call_is(&built_in, "486 Busy Here", WORD_NO);
	call_is(&built_in, "SIP/2.0 404 Not Found", WORD_NO);
	call_is(&built_in, "4860", WORD_UNKNOWN);
	call_is(&built_in, "16", WORD_OPEN);
	call_is(&built_in, "19", WORD_NO);
	call_is(&built_in, "1", WORD_UNKNOWN);
	call_is(&built_in, "8", WORD_UNKNOWN);
	payment_is(&built_in, "Approved", WORD_YES);
	payment_is(&built_in, "200", WORD_UNKNOWN);
	payment_is(&built_in, "200 paid", WORD_UNKNOWN);
	payment_is(&built_in, "refunded", WORD_BACK);
	payment_is(&built_in, "Charged Back", WORD_BACK);
	payment_is(&own, "RUECKZAHLUNG", WORD_BACK);
	OK(&tap, words_negative_is_refund(&own) && !words_negative_is_refund(&built_in), "amounts below zero, by the source's own words");
	call_is(&own, "up", WORD_NO);
	call_is(&own, "UP=1", WORD_YES);
	call_is(&own, "answered", WORD_NO);
	call_is(&own, "paid", WORD_UNKNOWN);
	payment_is(&own, "PAID", WORD_NO);
	payment_is(&own, "settled", WORD_YES);
	call_is(&none, "ANSWERED", WORD_UNKNOWN);
	known_words_free(known);
}

static void test_tally(void)
{
	struct tally tally = { 0 };
	const struct tally_word yes = { WORD_YES, 2, 0, 7 }, unknown = { WORD_UNKNOWN, 3, 1, 0 };
	bool good = tally_add(&tally, text_of(" UP "), &yes) && tally_add(&tally, text_of("UP"), &yes) &&
		    tally_add(&tally, text_of(NULL), &unknown);

	OK(&tap, good && tally.texts.count == 2 && tally.words[0].rows == 4 && tally.words[0].word == WORD_YES &&
			 tally.words[1].hang == 1, "words are counted by their text");
	good = tally_pay(&tally, text_of("UP"), &(struct tally_word){ WORD_YES, 1, 1, 9 }, 5, text_of("GBP"), 2) &&
	       tally_pay(&tally, text_of("UP"), &(struct tally_word){ WORD_YES, 1, 1, 9 }, INT64_MAX - 7, text_of("GBP"), 2) &&
	       tally_pay(&tally, text_of("UP"), &(struct tally_word){ WORD_YES, 1, 1, 9 }, 9, text_of("BTC"), 8);
	OK(&tap, good && tally.words[0].rows == 7 && tally.currencies.count == 2 && tally.sums[0].minor == INT64_MAX - 2 &&
			 !tally.sums[0].more && tally.sums[1].exponent == 8, "payments by their currency");
	good = tally_pay(&tally, text_of("UP"), &(struct tally_word){ WORD_YES, 1, 1, 9 }, 5, text_of("GBP"), 2);
	OK(&tap, good && !tally.sums[0].more && tally.sums[0].minor == (i128)INT64_MAX + 3, "a sum beyond 64 bits");
	good = tally_pay(&tally, text_of("UP"), &(struct tally_word){ WORD_YES, 1, 1, 9 }, WIDE_MOST, text_of("GBP"), 2);
	OK(&tap, good && tally.sums[0].more && tally.sums[0].minor == (i128)INT64_MAX + 3, "a sum that does not fit says so");
	for (unsigned i = 0; good && i < TALLY_WORDS; i++) {
		char text[20];

		(void)snprintf(text, sizeof(text), "w%u", i);
		good = tally_add(&tally, text_of(text), &unknown);
	}
	OK(&tap, good && tally.texts.count == TALLY_WORDS && tally.left_rows == 6 && tally.left_hang == 2,
	   "words beyond the most are counted together");
	good = tally_pay(&tally, text_of("another"), &(struct tally_word){ WORD_UNKNOWN, 1, 1, 9 }, 5, text_of("GBP"), 2);
	OK(&tap, good && tally.left_rows == 7 && tally.currencies.count == 2, "payments too");
	tally_release(&tally);
	tally_release(&tally);
}

int main(void)
{
	test_lists();
	test_words();
	test_tally();
	return tap_done(&tap);
}
