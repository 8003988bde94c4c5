/* SPDX-License-Identifier: Apache-2.0 */
/* What was presented as an integer, and its place in byte order. */
#include "correlate/presented/presented_key.h"
#include "correlate_world.h"

struct presented {
	char text[24];
	uint64_t number;
	uint64_t order;
};

static void make_presented(struct presented *presented, uint64_t *state)
{
	static const char letters[] = "0019+/:;a ";
	const size_t len = (size_t)(scratch_random(state) % 19);
	struct text text = { presented->text, len };
	struct presented_texts none = { 0 };
	struct presented_position position;

	memset(presented, 0, sizeof(*presented));
	for (size_t i = 0; i < len; i++)
		presented->text[i] = letters[scratch_random(state) % 10];
	if (len && scratch_random(state) % 4)
		presented->text[0] = '+';
	presented->order = presented_text_order(text);
	if (scratch_random(state) % 2)
		return;
	presented->number = scratch_random(state) % 100;
	for (uint64_t digits = scratch_random(state) % 14; digits; digits--)
		presented->number *= 10;
	presented->number++;
	(void)snprintf(presented->text, sizeof(presented->text), "+%" PRIu64, presented->number);
	(void)presented_texts_position(&none, presented_key_of(presented->number, 0), &position);
	presented->order = position.order;
}

static int sign(int value)
{
	return value < 0 ? -1 : value > 0;
}

/* Numbers are in the order of their texts; a text lies between two numbers, and
 * after the one that it is like. */
static bool in_order(const struct presented *a, const struct presented *b)
{
	const int expected = sign(strcmp(a->text, b->text));
	const int got = a->order < b->order ? -1 : a->order > b->order;

	if (a->number && b->number)
		return got == expected;
	if (!a->number && !b->number)
		return got == 0 || got == expected;
	return got == (expected ? expected : a->number ? -1 : 1);
}

static void test_presented_key(void)
{
	enum { MANY = 1200 };
	static struct presented all[MANY];
	uint64_t state = 11;
	bool good = true;

	for (size_t i = 0; i < MANY; i++)
		make_presented(&all[i], &state);
	for (size_t i = 0; i < MANY && good; i++)
		for (size_t k = 0; k < MANY && good; k++) {
			good = in_order(&all[i], &all[k]);
			if (!good)
				printf("# '%s' and '%s'\n", all[i].text, all[k].text);
		}
	OK(&tap, good, "numbers and texts in byte order");
	OK(&tap, presented_text_order(text_of("")) == 1 && presented_text_order(text_of("+")) == 1, "and what is before all numbers");
}

static void test_integer(void)
{
	static const uint64_t ids[] = { 1, 2, 442079460000, 999999999999999 };
	bool good = presented_key_of(0, 0) == 0 && presented_key_number(0) == 0 && presented_key_text(0) == 0;

	for (size_t i = 0; i < COUNT(ids) && good; i++) {
		const uint64_t number = presented_key_of(ids[i], 0), text = presented_key_of(0, ids[i]);

		good = number != text && presented_key_number(number) == ids[i] && presented_key_text(number) == 0 &&
		       presented_key_text(text) == ids[i] && presented_key_number(text) == 0 && presented_key_of(ids[i], 7) == number;
	}
	OK(&tap, good, "a number or a text, and back");
}

struct placed {
	char text[40];
	uint64_t key;
};

static int compare_texts(const void *a, const void *b)
{
	return strcmp(((const struct placed *)a)->text, ((const struct placed *)b)->text);
}

/* Texts of the case and numbers, by order and rank, are in byte order of their texts. */
static void test_case(void)
{
	enum { TEXTS = 300, NUMBERS = 200 };
	static struct placed all[TEXTS + NUMBERS];
	struct presented_texts texts;
	struct presented_position before = { 0, 0 }, position;
	struct world w;
	uint64_t state = 3;
	bool good;

	begin(&w);
	for (unsigned i = 0; i < TEXTS; i++) {
		(void)snprintf(all[i].text, sizeof(all[i].text), "%s%.*s #%u", i % 3 ? "+" : "", (int)(i % 9), "447911123", i * 7919 % 1000);
		all[i].key = presented_key_of(0, 1000 + i);
		sql(&w, "INSERT INTO shown VALUES(%u, CAST('%s' AS BLOB))", 1000 + i, all[i].text);
	}
	for (unsigned i = TEXTS; i < TEXTS + NUMBERS; i++) {
		const uint64_t number = 1 + scratch_random(&state) % 1000000000 * (i % 5 ? 1 : 44) + i;

		(void)snprintf(all[i].text, sizeof(all[i].text), "+%" PRIu64, number);
		all[i].key = presented_key_of(number, 0);
	}
	qsort(all, COUNT(all), sizeof(*all), compare_texts);
	good = presented_texts_load(&texts, &w.casefile) == STATUS_OK && texts.count == TEXTS;
	for (size_t i = 0; i < COUNT(all) && good; i++) {
		good = presented_texts_position(&texts, all[i].key, &position) &&
		       (position.order > before.order || (position.order == before.order && position.rank > before.rank) ||
			(i && !strcmp(all[i].text, all[i - 1].text)));
		before = position;
	}
	OK(&tap, good, "%d texts and numbers in order", (int)COUNT(all));
	OK(&tap, presented_texts_position(&texts, 0, &position) && position.order == 0 && position.rank == 0, "what is unknown is first");
	OK(&tap, !presented_texts_position(&texts, presented_key_of(0, 999), &position), "a text that the case has not");
	presented_texts_release(&texts);
	presented_texts_release(&texts);
	sql(&w, "DROP TABLE shown");
	OK(&tap, presented_texts_load(&texts, &w.casefile) != STATUS_OK, "no table of texts: %s", w.casefile.error.text);
	presented_texts_release(&texts);
	end(&w);
}

int main(void)
{
	char folder[32];

	scratch_enter(folder);
	test_integer();
	test_presented_key();
	test_case();
	scratch_leave(folder);
	return tap_done(&tap);
}
