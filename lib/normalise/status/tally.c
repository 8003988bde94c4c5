/* SPDX-License-Identifier: Apache-2.0 */
/* The status words of a source, counted. */
#include "normalise/status/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Of a key of currencies. */
#define KEY_MOST 40

void tally_release(struct tally *tally)
{
	dictionary_release(&tally->texts);
	dictionary_release(&tally->currencies);
	free(tally->words);
	free(tally->sums);
	memset(tally, 0, sizeof(*tally));
}

/* The number of a word, which is new with the number that was next. */
static bool number_of(struct tally *tally, struct text status, uint32_t *number)
{
	void *words = tally->words;
	const size_t before = tally->texts.count;

	status = text_trim(status);
	if (!status.data)
		status = text_of("");
	*number = dictionary_find(&tally->texts, status);
	if (*number != DICTIONARY_NONE || before == TALLY_WORDS)
		return true;
	if (!memory_room(&words, &tally->words_capacity, before + 1, sizeof(*tally->words)))
		return false;
	tally->words = words;
	*number = dictionary_add(&tally->texts, status);
	if (*number == DICTIONARY_NONE)
		return false;
	tally->words[*number] = (struct tally_word){ WORD_NONE, 0, 0, 0 };
	return true;
}

static bool add(struct tally *tally, struct text status, const struct tally_word *seen, uint32_t *number)
{
	if (!number_of(tally, status, number))
		return false;
	if (*number == DICTIONARY_NONE) {
		tally->left_rows += seen->rows;
		tally->left_hang += seen->hang;
		return true;
	}
	tally->words[*number].word = seen->word;
	tally->words[*number].rows += seen->rows;
	tally->words[*number].hang += seen->hang;
	if (tally->words[*number].row == 0)
		tally->words[*number].row = seen->row;
	return true;
}

bool tally_add(struct tally *tally, struct text status, const struct tally_word *seen)
{
	uint32_t number;

	return add(tally, status, seen, &number);
}

static struct tally_sum *sum_of(struct tally *tally, uint32_t word, char sign, struct text currency, unsigned exponent)
{
	void *sums = tally->sums;
	const size_t before = tally->currencies.count;
	char key[KEY_MOST];
	uint32_t number;
	int len = snprintf(key, sizeof(key), "%lu%c%.*s", (unsigned long)word, sign, (int)currency.len, currency.data);

	if (len < 0 || (size_t)len >= sizeof(key) ||
	    !memory_room(&sums, &tally->sums_capacity, before + 1, sizeof(*tally->sums)))
		return NULL;
	tally->sums = sums;
	number = dictionary_add(&tally->currencies, (struct text){ key, (size_t)len });
	if (number == DICTIONARY_NONE)
		return NULL;
	if (number == before)
		tally->sums[number] = (struct tally_sum){ word, exponent, 0, false };
	return &tally->sums[number];
}

bool tally_pay(struct tally *tally, struct text status, const struct tally_word *seen, i128 minor,
	       struct text currency, unsigned exponent)
{
	struct tally_sum *sum;
	uint32_t number;

	if (!add(tally, status, seen, &number))
		return false;
	if (number == DICTIONARY_NONE)
		return true;
	sum = sum_of(tally, number, minor < 0 ? TALLY_BELOW : TALLY_ABOVE, currency, exponent);
	if (sum)
		sum->more |= !wide_add(&sum->minor, minor);
	return sum != NULL;
}
