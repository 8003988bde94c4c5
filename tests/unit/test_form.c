/* SPDX-License-Identifier: Apache-2.0 */
/* Found texts as masks and digits and back, byte for byte; the limits, and what a damaged case may say. */
#include <stdlib.h>

#include "casefile/form/form.h"
#include "casefile/sql.h"
#include "scratch.h"
#include "tap.h"

#define BYTES(literal) { (literal), sizeof(literal) - 1 }
#define VIEW(literal) ((struct text)BYTES(literal))

static bool comes_back(const struct forms *forms, int64_t form, int64_t value, struct text text)
{
	struct buf out = { 0 };
	const bool good = forms_text(forms, form, value, &out) && text_equal(buf_view(&out), text);

	buf_release(&out);
	return good;
}

static void test_masks(struct tap *tap)
{
	static const struct {
		struct text text;
		const char *mask;
		int64_t value;
	} rows[] = {
		{ BYTES(""), "", 0 },
		{ BYTES("0"), "#", 0 },
		{ BYTES("000"), "###", 0 },
		{ BYTES("\"HMRC\" <03002003300>"), "\"HMRC\" <###########>", 3002003300 },
		{ BYTES("+44 20 7946 0123"), "+## ## #### ####", 442079460123 },
		{ BYTES("2022-03-27 00:59:58"), "####-##-## ##:##:##", 20220327005958 },
		{ BYTES("*#06#"), "*\\###\\#", 6 },
		{ BYTES("#"), "\\#", 0 },
		{ BYTES("\\"), "\\\\", 0 },
		{ BYTES("\\#1\\"), "\\\\\\##\\\\", 1 },
		{ BYTES("a\\b"), "a\\\\b", 0 },
		{ BYTES("999999999999999999"), "##################", 999999999999999999 },
		{ BYTES("000000000000000000"), "##################", 0 },
		{ BYTES("\xff\xfe 7"), "\xff\xfe #", 7 },
		{ BYTES("\xd9\xa1"), "\xd9\xa1", 0 },    /* a digit of another script is none */
	};
	struct forms forms = { 0 };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t value = -1;
		const int64_t form = forms_code(&forms, 0, rows[i].text, &value);

		OK(tap, form >= FORM_FIRST && value == rows[i].value &&
			text_is(dictionary_text(&forms.masks, (uint32_t)(form - FORM_FIRST)), rows[i].mask), "mask %s", rows[i].mask);
		OK(tap, comes_back(&forms, form, value, rows[i].text), "and back");
	}
	forms_release(&forms);
	forms_release(&forms);
}

static void test_bytes(struct tap *tap)
{
	struct forms forms = { 0 };
	char all[FORM_LENGTH];
	int64_t value;
	int64_t form = forms_code(&forms, 0, VIEW("a\0b"), &value);

	OK(tap, comes_back(&forms, form, value, VIEW("a\0b")), "a NUL is a byte");
	OK(tap, forms_code(&forms, 0, VIEW("a"), &value) != form, "and ends nothing");
	for (size_t i = 0; i < sizeof all; i++)
		all[i] = (char)(unsigned char)(i + 58);
	form = forms_code(&forms, 0, (struct text){ all, sizeof all }, &value);
	OK(tap, form >= FORM_FIRST && comes_back(&forms, form, value, (struct text){ all, sizeof all }), "all other bytes");
	form = forms_code(&forms, 15, (struct text){ NULL, 0 }, &value);
	OK(tap, form >= FORM_FIRST && comes_back(&forms, form, value, VIEW("")), "no value is as an empty one");
	forms_release(&forms);
}

static void test_limits(struct tap *tap)
{
	struct forms forms = { 0 };
	char text[FORM_LENGTH + 1];
	int64_t value;
	int64_t form;

	OK(tap, forms_code(&forms, 0, VIEW("1234567890123456789"), &value) == FORM_HEAP, "19 digits have no form");
	OK(tap, forms_code(&forms, 0, VIEW("123456789 0123456789"), &value) == FORM_HEAP, "however they stand");
	OK(tap, forms_code(&forms, 0, VIEW("0000000000000000000"), &value) == FORM_HEAP, "zeros are digits");
	memset(text, '#', sizeof text);
	form = forms_code(&forms, 0, (struct text){ text, FORM_LENGTH }, &value);
	OK(tap, form == FORM_FIRST && comes_back(&forms, form, value, (struct text){ text, FORM_LENGTH }),
	   "200 bytes have one, all of them escaped");
	OK(tap, forms_code(&forms, 0, (struct text){ text, FORM_LENGTH + 1 }, &value) == FORM_HEAP, "201 have none");
	OK(tap, forms.masks.count == 1 && forms.added[0] == 1, "what has none leaves no mask");
	forms_release(&forms);
}

/* A text of its own mask for each i. */
static struct text letters(uint32_t i, char out[static 8])
{
	for (unsigned k = 0; k < 8; k++, i >>= 4)
		out[k] = (char)('a' + (i & 15));
	return (struct text){ out, 8 };
}

static void test_too_many(struct tap *tap)
{
	struct forms forms = { 0 };
	char out[8];
	int64_t value;
	uint32_t next = 0;
	unsigned wrong = 0;

	for (; next < FORM_ROLE_MOST; next++)
		wrong += forms_code(&forms, 3, letters(next, out), &value) != FORM_FIRST + (int64_t)next;
	OK(tap, wrong == 0, "4,096 masks for a role");
	OK(tap, forms_code(&forms, 3, letters(next, out), &value) == FORM_HEAP, "and not one more");
	OK(tap, forms_code(&forms, 3, letters(7, out), &value) == FORM_FIRST + 7, "those it has it keeps");
	OK(tap, forms_code(&forms, 4, letters(next, out), &value) >= FORM_FIRST, "another role has its own");
	OK(tap, forms_code(&forms, 3, letters(next, out), &value) >= FORM_FIRST, "and all may use them");
	for (unsigned role = 0; forms.masks.count < FORM_MOST; next++) {
		while (forms.added[role] >= FORM_ROLE_MOST)
			role++;
		wrong += forms_code(&forms, role, letters(next, out), &value) == FORM_HEAP;
	}
	OK(tap, wrong == 0 && forms.added[15] == 0, "60,000 masks in a case");
	OK(tap, forms_code(&forms, 15, letters(next, out), &value) == FORM_HEAP && forms.masks.count == FORM_MOST,
	   "and not one more");
	forms_release(&forms);
}

static void test_damage(struct tap *tap)
{
	struct forms forms = { 0 };
	struct buf out = { 0 };
	int64_t value;
	const int64_t form = forms_code(&forms, 0, VIEW("a12"), &value);

	OK(tap, !forms_text(&forms, FORM_ABSENT, 0, &out) && !forms_text(&forms, FORM_HEAP, 0, &out), "absent and heap are no masks");
	OK(tap, !forms_text(&forms, form + 1, 0, &out) && !forms_text(&forms, INT64_MAX, 0, &out) &&
		!forms_text(&forms, FORM_NULL - 1, 0, &out) && !forms_text(&forms, INT64_MIN, 0, &out), "ids out of range");
	buf_clear(&out);
	OK(tap, forms_text(&forms, FORM_NULL, 0, &out) && out.len == 0 && !forms_text(&forms, FORM_NULL, 1, &out),
	   "NULL gives an empty text, and has no digits");
	OK(tap, !forms_text(&forms, form, -1, &out) && !forms_text(&forms, form, INT64_MIN, &out), "no value is below 0");
	OK(tap, !forms_text(&forms, form, 100, &out) && !forms_text(&forms, form, INT64_MAX, &out), "more digits than the mask has");
	(void)dictionary_add(&forms.masks, VIEW("###################"));
	OK(tap, !forms_text(&forms, form + 1, 0, &out), "a mask of 19 digits");
	(void)dictionary_add(&forms.masks, VIEW("#\\"));
	buf_clear(&out);
	OK(tap, forms_text(&forms, form + 2, 4, &out) && text_is(buf_view(&out), "4\\"), "a backslash at the end is one");
	OK(tap, form_is_null(form_null()) && form_null().len == 0 && !form_is_null(text_of("")) && !form_is_null((struct text){ NULL, 0 }) &&
		FORM_NULL != FORM_ABSENT && FORM_NULL != FORM_HEAP && FORM_NULL < FORM_FIRST && forms_code(&forms, 0, form_null(), &value) ==
		forms_code(&forms, 0, VIEW(""), &value), "NULL is no empty text, but for those who do not ask");
	buf_release(&out);
	forms_release(&forms);
}

/* What is allowed is what is given back, at each limit and beside it. */
static void test_allowed(struct tap *tap)
{
	static const int64_t values[] = { INT64_MIN, -1, 0, 1, 9, 10, 99, 100, 999999999999999999, 1000000000000000000, INT64_MAX };
	struct forms forms = { 0 };
	struct form_limits limits = { 0 };
	struct buf out = { 0 };
	unsigned wrong = 0, allowed = 0;
	bool good;

	(void)dictionary_add(&forms.masks, VIEW("a##"));
	(void)dictionary_add(&forms.masks, VIEW("\\\\#"));
	(void)dictionary_add(&forms.masks, VIEW("##################"));
	(void)dictionary_add(&forms.masks, VIEW("###################"));
	good = form_limits_open(&limits, &forms);
	for (int64_t form = FORM_NULL - 2; good && form < FORM_FIRST + 6; form++)
		for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
			const bool is = form_limits_allow(&limits, form, values[i]);

			allowed += is;
			wrong += form == FORM_ABSENT ? is != (values[i] != -1) : is != forms_text(&forms, form, values[i], &out);
		}
	OK(tap, good && wrong == 0 && allowed == 26, "limits are those of the texts: %u allowed", allowed);
	OK(tap, good && !form_limits_allow(&limits, INT64_MAX, 0) && !form_limits_allow(&limits, INT64_MIN, 0), "and no form is beyond them");
	form_limits_release(&limits);
	form_limits_release(&limits);
	buf_release(&out);
	forms_release(&forms);
}

static void test_random(struct tap *tap)
{
	static const char bytes[] = "0123456789###\\\\+ ()-abc<>\"\xc3\xa4";
	struct forms forms = { 0 };
	uint64_t state = 3;
	unsigned wrong = 0;

	for (unsigned i = 0; i < 50000; i++) {
		char text[24];
		const size_t len = scratch_random(&state) % sizeof text;
		int64_t value;
		int64_t form;

		for (size_t k = 0; k < len; k++)
			text[k] = bytes[scratch_random(&state) % (sizeof bytes - 1)];
		form = forms_code(&forms, i % 16, (struct text){ text, len }, &value);
		wrong += form != FORM_HEAP && !comes_back(&forms, form, value, (struct text){ text, len });
	}
	OK(tap, wrong == 0 && forms.masks.count > 20000, "50,000 texts at random");
	forms_release(&forms);
}

static void test_store(struct tap *tap)
{
	struct casefile casefile;
	struct forms forms = { 0 };
	struct forms again = { 0 };
	int64_t value;
	bool good = casefile_open(&casefile, "forms", CASEFILE_CREATE) == STATUS_OK &&
		    forms_load(&forms, &casefile) == STATUS_OK && forms.masks.count == 0;

	OK(tap, good, "a new case has no masks");
	(void)forms_code(&forms, 0, VIEW("1"), &value);
	(void)forms_code(&forms, 0, VIEW("a\0b"), &value);
	(void)forms_code(&forms, 0, VIEW(""), &value);
	OK(tap, forms_store(&forms, &casefile) == STATUS_OK && forms.stored == 3, "three are stored");
	(void)forms_code(&forms, 0, VIEW("x"), &value);
	OK(tap, forms_store(&forms, &casefile) == STATUS_OK && forms_store(&forms, &casefile) == STATUS_OK && forms.stored == 4,
	   "then one more, once");
	(void)forms_code(&again, 5, VIEW("forgotten"), &value);
	OK(tap, casefile_commit(&casefile) == STATUS_OK && forms_load(&again, &casefile) == STATUS_OK, "loaded");
	good = again.masks.count == 4 && again.stored == 4 && again.added[5] == 0;
	for (uint32_t i = 0; i < 4 && good; i++)
		good = text_equal(dictionary_text(&again.masks, i), dictionary_text(&forms.masks, i));
	OK(tap, good, "the same, in the same order");
	OK(tap, casefile_exec(&casefile, "DELETE FROM form WHERE id = 3") == STATUS_OK &&
		forms_load(&again, &casefile) == STATUS_INTEGRITY &&
		strstr(casefile.error.text, "table form"), "one that is missing is noticed");
	OK(tap, casefile_exec(&casefile, "DROP TABLE form") == STATUS_OK && forms_load(&again, &casefile) == STATUS_FAILED &&
		forms_store(&forms, &casefile) == STATUS_FAILED, "so is the whole table");
	forms_release(&forms);
	forms_release(&again);
	casefile_close(&casefile);
}

/* The mask and the value of a text, byte after byte; false: it has none. */
static bool mask_of(struct text text, struct buf *mask, int64_t *value)
{
	unsigned digits = 0;

	buf_clear(mask);
	*value = 0;
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i];

		if (c >= '0' && c <= '9') {
			digits++;
			*value = digits > FORM_DIGITS ? 0 : *value * 10 + (c - '0');
		} else if (c == '#' || c == '\\') {
			buf_byte(mask, '\\');
		}
		buf_byte(mask, c >= '0' && c <= '9' ? '#' : c);
	}
	return digits <= FORM_DIGITS;
}

static const char usual[] = "0123456789012345678901234567890123456789-: +<>#\\\0\x80\xb0\xffgHM";

/* A text of few forms, so that most were met before. */
static struct text at_random(uint64_t *state, unsigned n, char *data, size_t most)
{
	struct text text = { data, scratch_random(state) % (n % 4 ? 12 : most + 1) };

	for (size_t i = 0; i < text.len; i++)
		data[i] = usual[scratch_random(state) % (n % 3 ? 43 : sizeof usual - 1)];
	return text;
}

static void test_met(struct tap *tap)
{
	struct forms forms = { 0 };
	struct buf mask = { 0 };
	uint64_t state = 20220327;
	unsigned wrong = 0;

	for (unsigned n = 0; n < 200000; n++) {
		char data[80];
		const struct text text = at_random(&state, n, data, sizeof data);
		int64_t value = 0, wanted = 0;
		const int64_t form = forms_code(&forms, n % 16, text, &value);
		const bool has = mask_of(text, &mask, &wanted);

		if (form == FORM_HEAP)
			continue;
		wrong += !has || value != wanted || !comes_back(&forms, form, value, text) ||
			 !text_equal(buf_view(&mask), dictionary_text(&forms.masks, (uint32_t)(form - FORM_FIRST)));
	}
	OK(tap, wrong == 0, "200,000 texts, most of a form met before: %u wrong", wrong);
	buf_release(&mask);
	forms_release(&forms);
}

/* What one way to look at bytes finds of a text that ends the memory, and of an absent one. */
static int64_t found_by(formcache_find *find, const struct formcache *cache, struct text text, int64_t *value, size_t *missing)
{
	char *room = malloc(FORMCACHE_READ);
	const struct text texts[2] = { { NULL, 0 }, { room, text.len } };
	const size_t which[2] = { 1, 0 };
	int64_t forms[2] = { -1, -1 }, values[FORMCACHE_GROUP] = { -1, -1 };

	if (!room)
		return -1;
	/* What stands behind it is of no account. */
	memset(room, (char)text.len % 2 ? '7' : 'x', FORMCACHE_READ);
	if (text.len)
		memcpy(room, text.data, text.len);
	*missing = find(cache, texts, which, 2, forms, values);
	free(room);
	*value = values[0];
	return forms[1] == 0 && values[1] == 0 ? forms[0] : -1;
}

/* Every way finds the same, right after a form was added, and with more forms than there is room for. */
static void test_looks(struct tap *tap, enum cpu_level level, unsigned letters_most, const char *name)
{
	formcache_find *find = formcache_choose(level);
	struct formcache *cache = formcache_new();
	struct dictionary masks = { 0 };
	struct buf mask = { 0 };
	uint64_t state = 11;
	unsigned wrong = 0, met = 0;

	for (unsigned n = 0; cache && n < 60000; n++) {
		char data[FORMCACHE_TEXT];
		const struct text text = n < letters_most ? letters(n, data) : at_random(&state, n, data, sizeof data);
		int64_t value, wanted;
		size_t missing;
		const bool has = mask_of(text, &mask, &wanted);
		const int64_t number = (int64_t)dictionary_add(&masks, buf_view(&mask)) + 1;
		int64_t form = found_by(find, cache, text, &value, &missing);

		met += form > 0;
		wrong += form == 0 ? missing != 1 || value != 0 : form != number || value != wanted || !has || missing != 0;
		if (form)
			continue;
		formcache_add(cache, text, number);
		form = found_by(find, cache, text, &value, &missing);
		wrong += has ? form != number || value != wanted : form != 0;
	}
	OK(tap, wrong == 0 && met > 5000, "60,000 texts of %s by %s: %u wrong, %u met", name, cpu_name(level), wrong, met);
	dictionary_release(&masks);
	buf_release(&mask);
	formcache_free(cache);
}

/* Codes texts in legs, each with masks and state as a case would have them, against one who never stops. */
static void test_legs(struct tap *tap, uint64_t seed, unsigned leg)
{
	struct forms whole = { 0 }, kept = { 0 }, part = { 0 };
	struct buf news = { 0 };
	uint64_t state = seed;
	unsigned wrong = 0, heap = 0;

	for (unsigned n = 0; n < 60000; n++) {
		char data[40];
		const struct text text = n % 2 ? letters((uint32_t)scratch_random(&state) % 30000, data)
					       : at_random(&state, n, data, sizeof data);
		int64_t value = 0, wanted = 0, form;

		if (n % leg == 0) {
			forms_news(&part, kept.masks.count, &news);
			wrong += n && !forms_adopt(&kept, buf_view(&news), part.added);
			forms_release(&part);
			buf_clear(&news);
			forms_state(&kept, &news);
			wrong += !forms_copy(&part, &kept) || !forms_restore(&part, buf_view(&news));
		}
		form = forms_code(&part, n % 3, text, &value);
		heap += form == FORM_HEAP;
		wrong += form != forms_code(&whole, n % 3, text, &wanted) || (form != FORM_HEAP && value != wanted);
	}
	OK(tap, wrong == 0 && heap > 1000, "legs of %u rows: %u wrong, %u without a form", leg, wrong, heap);
	buf_release(&news);
	forms_release(&whole);
	forms_release(&kept);
	forms_release(&part);
}

static void test_state(struct tap *tap)
{
	static const char *const bad[] = { "", " ", "1", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 ",
					   "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 ",
					   "4097 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0", "-1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0",
					   "0 0  0 0 0 0 0 0 0 0 0 0 0 0 0 0", "x 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0" };
	struct forms forms = { 0 };
	struct buf out = { 0 };
	unsigned wrong = 0;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		wrong += forms_restore(&forms, text_of(bad[i]));
	OK(tap, wrong == 0 && !forms_restore(&forms, (struct text){ NULL, 0 }), "what is no state is refused");
	OK(tap, forms_restore(&forms, text_of("1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 4096")) && forms.added[0] == 1 && forms.added[15] == 4096,
	   "a state");
	forms_state(&forms, &out);
	OK(tap, text_is(buf_view(&out), "1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 4096"), "and back");
	buf_release(&out);
	forms_release(&forms);
}

int main(void)
{
	struct tap tap = { 0 };
	char folder[32];

	scratch_enter(folder);
	test_masks(&tap);
	test_bytes(&tap);
	test_limits(&tap);
	test_too_many(&tap);
	test_damage(&tap);
	test_allowed(&tap);
	test_random(&tap);
	test_met(&tap);
	for (enum cpu_level level = 0; level < CPU_LEVELS; level++) {
		if (!cpu_has(level)) {
			tap_skip(&tap, cpu_name(level), "not on this machine");
			continue;
		}
		test_looks(&tap, level, 0, "few forms");
		test_looks(&tap, level, 20000, "many forms");
	}
	test_legs(&tap, 5, 10000);
	test_legs(&tap, 6, 777);
	test_state(&tap);
	test_store(&tap);
	scratch_leave(folder);
	return tap_done(&tap);
}
