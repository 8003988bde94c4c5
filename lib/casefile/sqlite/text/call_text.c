/* SPDX-License-Identifier: Apache-2.0 */
/* Rows whose found text of a role is one of some. */
#include "casefile/sqlite/text/call_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/column/between.h"

void call_text_release(struct call_text *text)
{
	dictionary_release(&text->texts);
	free(text->codes);
	free(text->keys);
	free(text->unsure);
	memset(text, 0, sizeof(*text));
}

bool call_text_add(struct call_text *text, const char *data, size_t len)
{
	return dictionary_add(&text->texts, (struct text){ len ? data : "", len }) != DICTIONARY_NONE;
}

uint64_t call_text_columns(const struct call_ask *ask)
{
	uint64_t columns = 0;

	for (size_t i = 0; i < ask->text_count; i++)
		columns |= SEGMENT_ROLE(ask->texts[i].role) | SEGMENT_COLUMN(FOUND_HEAP);
	return columns;
}

/* ---- codes ---- */

static int compare_codes(const void *a, const void *b)
{
	const struct call_code *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return x->form < y->form ? -1 : x->form > y->form;
}

static bool add_code(struct call_text *text, int64_t form, int64_t value)
{
	void *codes = text->codes;

	if (!memory_room(&codes, &text->capacity, text->count + 1, sizeof(*text->codes)))
		return false;
	text->codes = codes;
	text->codes[text->count++] = (struct call_code){ value, form };
	return true;
}

static bool add_plain(struct call_text *text, const struct forms *forms)
{
	for (uint32_t i = 0; i < text->texts.count; i++) {
		int64_t value;
		const int64_t form = forms_find(forms, dictionary_text(&text->texts, i), &value);

		if (form != FORM_HEAP && !add_code(text, form, value))
			return false;
	}
	return true;
}

/* Masks of other hands may give a text that has a form already. */
static bool add_odd(struct call_text *text, const struct forms *forms, uint32_t mask)
{
	const struct text odd = dictionary_text(&forms->masks, mask);

	for (uint32_t i = 0; i < text->texts.count; i++) {
		int64_t value;

		if (form_mask_fits(odd, dictionary_text(&text->texts, i), &value) &&
		    !add_code(text, FORM_FIRST + (int64_t)mask, value))
			return false;
	}
	return true;
}

bool call_text_settle(struct call_text *text, const struct forms *forms)
{
	bool good = add_plain(text, forms);

	for (uint32_t i = 0; i < forms->masks.count && good; i++)
		if (!form_mask_is_plain(dictionary_text(&forms->masks, i)))
			good = add_odd(text, forms, i);
	if (text->count > 0)
		qsort(text->codes, text->count, sizeof(*text->codes), compare_codes);
	return good;
}

static bool has_code(const struct call_text *text, int64_t form, int64_t value)
{
	const struct call_code code = { value, form };

	if (text->count <= 1)
		return text->count == 1 && text->codes->value == value && text->codes->form == form;
	return bsearch(&code, text->codes, text->count, sizeof(code), compare_codes) != NULL;
}

/* ---- rows ---- */

static enum status has_text(const struct call_text *text, const struct segment *segment, int64_t place, bool *has)
{
	struct text found;

	if (!segment_heap(segment, place, &found))
		return STATUS_INTEGRITY;
	*has = dictionary_find(&text->texts, found) != DICTIONARY_NONE;
	return STATUS_OK;
}

/* Those of the hits whose form and value are those of a text. */
static enum status keep(const struct call_text *text, const struct segment *segment, const int64_t *forms,
			const int64_t *values, uint32_t *hits, uint32_t *count)
{
	const uint32_t before = *count;
	enum status status = STATUS_OK;

	*count = 0;
	for (uint32_t i = 0; i < before && status == STATUS_OK; i++) {
		const uint32_t row = hits[i];
		bool has;

		if (forms[row] == FORM_HEAP)
			status = has_text(text, segment, values[row], &has);
		else
			has = has_code(text, forms[row], values[row]);
		if (status == STATUS_OK && has)
			hits[(*count)++] = row;
	}
	return status;
}

/* The rows with a value of a code; they are few, so that their forms are mostly not looked at. */
static uint32_t find_values(const struct call_text *text, const struct segment *window, uint32_t *hits)
{
	const int64_t low = text->codes[0].value, high = text->codes[text->count - 1].value;

	return between_fastest()(window->found[FOUND_VALUE(text->role)], window->rows, low,
				 (uint64_t)high - (uint64_t)low, hits);
}

static void take_all(uint32_t rows, uint32_t *hits)
{
	for (uint32_t i = 0; i < rows; i++)
		hits[i] = i;
}

enum status call_text_keep(const struct call_text *text, struct segment_decoder *decoder,
			   const struct raw_segment *raw, uint32_t first, uint32_t *hits, uint32_t *count)
{
	const bool all = *count == UINT32_MAX;
	const bool heap = raw->found.stored >> FOUND_HEAP & 1;
	const uint64_t value = SEGMENT_COLUMN(FOUND_VALUE(text->role)), form = SEGMENT_COLUMN(FOUND_FORM(text->role));
	struct segment window, rest;
	enum status status;

	if (!(raw->found.stored & form) || (!heap && text->count == 0)) {
		*count = 0;
		return STATUS_OK;
	}
	status = segment_decode_from(decoder, raw, first, value, 0, &window);
	if (status != STATUS_OK)
		return status;
	if (all && heap)
		take_all(window.rows, hits);
	if (all)
		*count = heap ? window.rows : find_values(text, &window, hits);
	if (*count == 0)
		return STATUS_OK;
	status = segment_decode_from(decoder, raw, first, form | SEGMENT_COLUMN(FOUND_HEAP), 0, &rest);
	return status == STATUS_OK ? keep(text, &rest, rest.found[FOUND_FORM(text->role)],
					  window.found[FOUND_VALUE(text->role)], hits, count)
				   : status;
}
