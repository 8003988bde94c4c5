/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes forms: texts between line feeds are coded and come back byte for byte, and every way of looking at them, with the
 * forms of all or of none met before, finds the same. What others hand over of forms is taken or refused. */
#include <string.h>

#include "base/cpu.h"
#include "casefile/form/form.h"
#include "fuzz/fuzz.h"

#define TEXTS 24

/* The forms and what was coded by them. */
struct coded {
	struct forms forms;
	struct text texts[TEXTS];
	int64_t form[TEXTS], value[TEXTS];
	size_t count;
};

/* A cache without a form; one for all inputs, for it is large. */
static struct formcache *empty_cache(void)
{
	static struct formcache *cache;

	if (!cache)
		cache = formcache_new();
	FUZZ_MUST(cache);
	formcache_clear(cache);
	return cache;
}

static void code_all(struct coded *coded, struct text rest)
{
	struct formcache *cache = empty_cache();

	while (coded->count < TEXTS) {
		const char *end = rest.len ? memchr(rest.data, '\n', rest.len) : NULL;
		const size_t len = end ? (size_t)(end - rest.data) : rest.len;
		const size_t i = coded->count++;

		coded->texts[i] = (struct text){ rest.data, len };
		coded->form[i] = forms_code_with(&coded->forms, cache, (unsigned)(i % FORM_ROLES), coded->texts[i],
						  &coded->value[i]);
		if (!end)
			break;
		rest.data += len + 1;
		rest.len -= len + 1;
	}
}

static void check_texts(const struct coded *coded)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < coded->count; i++) {
		if (coded->form[i] == FORM_HEAP)
			continue;
		buf_clear(&text);
		FUZZ_MUST(forms_text(&coded->forms, coded->form[i], coded->value[i], &text));
		FUZZ_MUST(text_equal(buf_view(&text), coded->texts[i]));
		/* More digits than the form has are no text of it. */
		buf_clear(&text);
		FUZZ_MUST(!forms_text(&coded->forms, coded->form[i], INT64_MAX, &text));
		buf_clear(&text);
		FUZZ_MUST(!forms_text(&coded->forms, coded->form[i] + (int64_t)coded->forms.masks.count, coded->value[i], &text));
	}
	buf_release(&text);
}

/* All texts once more, by a way of looking: nothing is found of an empty cache, and what is found of a full one is the same. */
static void check_looks(const struct coded *coded, formcache_find *find)
{
	char rooms[TEXTS][FORMCACHE_READ] = { { 0 } };
	struct text texts[TEXTS] = { { NULL, 0 } };
	size_t which[TEXTS], count = 0, at[TEXTS];
	int64_t form[TEXTS], value[TEXTS + FORMCACHE_GROUP];
	struct formcache *cache = empty_cache();

	for (size_t i = 0; i < coded->count; i++) {
		if (coded->texts[i].len > FORMCACHE_TEXT)
			continue;
		/* What stands behind a text is not it. */
		memset(rooms[count], '7', FORMCACHE_READ);
		if (coded->texts[i].len)
			memcpy(rooms[count], coded->texts[i].data, coded->texts[i].len);
		texts[count] = (struct text){ rooms[count], coded->texts[i].len };
		at[count] = i;
		which[count] = count;
		count++;
	}
	FUZZ_MUST(find(cache, texts, which, count, form, value) == count);
	for (size_t i = 0; i < count; i++)
		if (coded->form[at[i]] != FORM_HEAP)
			formcache_add(cache, texts[i], coded->form[at[i]]);
	(void)find(cache, texts, which, count, form, value);
	for (size_t i = 0; i < count; i++)
		FUZZ_MUST(coded->form[at[i]] == FORM_HEAP ? form[i] == 0
							  : form[i] == coded->form[at[i]] && value[i] == coded->value[at[i]]);
}

/* Forms handed over are the same forms, and a text that is no state of them is refused. */
static void check_handed(const struct coded *coded, struct text any)
{
	struct forms other;
	struct buf state = { 0 };

	FUZZ_MUST(forms_copy(&other, &coded->forms) && other.masks.count == coded->forms.masks.count);
	forms_state(&coded->forms, &state);
	FUZZ_MUST(forms_restore(&other, buf_view(&state)) && !memcmp(other.added, coded->forms.added, sizeof(other.added)));
	(void)forms_restore(&other, any);
	for (size_t role = 0; role < FORM_ROLES; role++)
		FUZZ_MUST(other.added[role] <= FORM_ROLE_MOST);
	buf_release(&state);
	forms_release(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct text text = { size ? (const char *)data : "", size };
	static struct coded coded;

	memset(&coded, 0, sizeof(coded));
	code_all(&coded, text);
	check_texts(&coded);
	for (int level = CPU_PLAIN; level < CPU_LEVELS; level++)
		if (cpu_has((enum cpu_level)level) && formcache_choose((enum cpu_level)level))
			check_looks(&coded, formcache_choose((enum cpu_level)level));
	check_handed(&coded, text);
	forms_release(&coded.forms);
	return 0;
}
