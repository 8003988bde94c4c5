/* SPDX-License-Identifier: Apache-2.0 */
/* Texts that a thread has met: numbers as first seen, with and without a form. */
#include <string.h>

#include "normalise/calls/local_ids.h"
#include "tap.h"

#define MANY 2200000
#define GROWN 100000

struct bench {
	struct forms forms;
	struct form_meanings meanings;
	struct local_ids local_ids;
	struct segment segment;
	char heap[200];
};

static void put_u32(char **at, size_t value)
{
	for (unsigned k = 0; k < 4; k++, value >>= 8)
		*(*at)++ = (char)(value & 0xff);
}

/* A segment with two texts without a form. */
static void set_heap(struct bench *bench, const char *first, const char *second)
{
	char *at = bench->heap;

	put_u32(&at, 2);
	put_u32(&at, strlen(first));
	put_u32(&at, strlen(first) + strlen(second));
	memcpy(at, first, strlen(first));
	at += strlen(first);
	memcpy(at, second, strlen(second));
	bench->segment.heap = (struct text){ bench->heap, (size_t)(at - bench->heap) + strlen(second) };
}

static uint32_t number(struct bench *bench, int64_t form, int64_t value)
{
	return local_ids_number(&bench->local_ids, &bench->segment, form, value);
}

static bool is_text(const struct bench *bench, uint32_t number, const char *text)
{
	char room[FORM_LENGTH];

	return text_is(local_ids_text(&bench->local_ids, &bench->meanings, number, room), text);
}

static void test_numbers(struct tap *tap, struct bench *bench)
{
	set_heap(bench, "first", "second");
	OK(tap, local_ids_begin(&bench->local_ids) && bench->local_ids.count == 1, "number 0 is there from the start");
	OK(tap, number(bench, FORM_ABSENT, 7) == 0 && number(bench, FORM_FIRST + 60000, 7) == 0 &&
		 number(bench, -5, 7) == 0 && number(bench, INT64_MAX, 7) == 0, "no text");
	OK(tap, number(bench, FORM_FIRST, 7) == 1 && number(bench, FORM_FIRST, 8) == 2 && number(bench, FORM_FIRST + 1, 7) == 3 &&
		 number(bench, FORM_FIRST, 7) == 1, "form and digits tell texts apart");
	OK(tap, number(bench, FORM_HEAP, 1) == 4 && number(bench, FORM_HEAP, 0) == 5 && number(bench, FORM_HEAP, 1) == 4,
	   "texts without a form");
	OK(tap, number(bench, FORM_HEAP, 2) == 0 && number(bench, FORM_HEAP, -1) == 0 && number(bench, FORM_HEAP, INT64_MAX) == 0,
	   "places that the heap has not");
	set_heap(bench, "second", "third");
	OK(tap, local_ids_begin(&bench->local_ids) && number(bench, FORM_HEAP, 0) == 4 && number(bench, FORM_HEAP, 1) == 6,
	   "found again in another segment");
	OK(tap, is_text(bench, 1, "u07") && is_text(bench, 3, "7x") && is_text(bench, 4, "second") && is_text(bench, 6, "third"),
	   "and given back");
	OK(tap, bench->local_ids.named == 1 && bench->local_ids.ids[0] == 0, "none has an id");
}

static void test_many(struct tap *tap, struct bench *bench)
{
	uint64_t wrong = 0;

	OK(tap, local_ids_clear(&bench->local_ids) && number(bench, FORM_FIRST, 8) == 1, "cleared");
	(void)local_ids_clear(&bench->local_ids);
	for (int turn = 0; turn < 2; turn++)
		for (int64_t i = 0; i < MANY; i++)
			wrong += number(bench, FORM_FIRST, i * 1000003) != i + 1;
	OK(tap, wrong == 0 && bench->local_ids.count == MANY + 1, "very many");
	OK(tap, local_ids_begin(&bench->local_ids) && bench->local_ids.count == 1 && number(bench, FORM_FIRST, 1000003) == 1,
	   "are forgotten before the next segment");
}

/* Homes that were found before the table grew, twice. */
static void test_homes(struct tap *tap, struct bench *bench)
{
	static size_t homes[GROWN];
	struct local_ids *ids = &bench->local_ids;
	uint64_t wrong = 0;

	(void)local_ids_clear(ids);
	for (int64_t i = 0; i < GROWN; i++)
		homes[i] = local_ids_home(ids, FORM_FIRST, i);
	for (int turn = 0; turn < 2; turn++)
		for (int64_t i = 0; i < GROWN; i++)
			wrong += local_ids_at(ids, &bench->segment, FORM_FIRST, i, homes[i]) != i + 1;
	OK(tap, wrong == 0 && ids->count == GROWN + 1, "texts whose homes were found before the table grew");
	OK(tap, local_ids_at(ids, &bench->segment, FORM_ABSENT, 0, 0) == 0 &&
			local_ids_at(ids, &bench->segment, FORM_NULL, 0, 0) == 0,
	   "of no form, wherever it is looked for");
}

int main(void)
{
	static struct bench bench;
	struct tap tap = { 0 };
	struct error error;

	(void)dictionary_add(&bench.forms.masks, text_of("u##"));
	(void)dictionary_add(&bench.forms.masks, text_of("#x"));
	if (form_meanings_open(&bench.meanings, &bench.forms, &error) != STATUS_OK) {
		printf("Bail out! out of memory\n");
		return 1;
	}
	test_numbers(&tap, &bench);
	test_many(&tap, &bench);
	test_homes(&tap, &bench);
	local_ids_release(&bench.local_ids);
	local_ids_release(&bench.local_ids);
	form_meanings_release(&bench.meanings);
	forms_release(&bench.forms);
	return tap_done(&tap);
}
