/* SPDX-License-Identifier: Apache-2.0 */
/* Calls without the words that are no value, and with names in place of numbers. */
#include "normalise/calls/call_absent.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "number/read/number_name.h"
#include "number/read/number_read.h"

/* Of a form: only its texts tell. */
#define LOOK UINT16_MAX

bool call_absent_open(struct call_absent *absent, const struct form_meanings *meanings)
{
	memset(absent, 0, sizeof(*absent));
	absent->meanings = meanings;
	absent->words = calloc(meanings->count + 1, sizeof(*absent->words));
	absent->names = calloc(meanings->count + 1, sizeof(*absent->names));
	absent->blank = calloc(meanings->count + 1, 1);
	absent->name = calloc(meanings->count + 1, 1);
	return absent->words && absent->names && absent->blank && absent->name;
}

void call_absent_release(struct call_absent *absent)
{
	for (size_t c = 0; c < FOUND_COLUMNS; c++)
		free(absent->own[c]);
	free(absent->words);
	free(absent->names);
	free(absent->blank);
	free(absent->name);
	free(absent->counts);
	free(absent->firsts);
	memset(absent, 0, sizeof(*absent));
}

/* ---- what forms are ---- */

static struct text zeros_of(const struct form_meaning *meaning)
{
	return (struct text){ meaning->text, meaning->len };
}

static uint16_t word_of(const struct absents *absents, const struct form_meaning *meaning)
{
	if (!meaning->sound)
		return 0;
	if (meaning->digits)
		return absents_may(absents, zeros_of(meaning)) ? LOOK : 0;
	return (uint16_t)absents_find(absents, zeros_of(meaning));
}

/* Whether something may be written around a name. */
static bool is_wrapped(struct text text)
{
	return text.len > 0 && (text.data[0] == '"' || text.data[0] == '\'' ||
				memchr(text.data, '<', text.len));
}

/* A name alone, in whatever is written around it. */
static unsigned find_name(const struct absents *absents, struct text text)
{
	const unsigned number = absents_find(absents, text);
	struct unwrapped room;

	if (number || !is_wrapped(text))
		return number;
	return absents_find(absents, number_name(text, &room));
}

static const char *name_of(enum call_role role)
{
	return kind_info(KIND_CALL)->roles[role].name;
}

/* Whether a word is a value wherever something is presented. */
static bool is_shown(const struct absents *absents, unsigned state)
{
	return state && state != LOOK &&
	       absents_excepted(absents, state, name_of(CALL_PRESENTED)) &&
	       absents_excepted(absents, state, name_of(CALL_PRESENTED_NAME));
}

void call_absent_of(struct call_absent *absent, const struct absents *absents)
{
	const struct form_meanings *meanings = absent->meanings;

	if (absent->absents == absents)
		return;
	absent->absents = absents;
	absent->any = false;
	for (size_t i = 0; i < meanings->count; i++) {
		const struct form_meaning *meaning = &meanings->items[i];
		const uint16_t word = word_of(absents, meaning);

		absent->words[i] = absent->names[i] = word;
		if (!word && meaning->sound && meaning->digits == 0)
			absent->names[i] = (uint16_t)find_name(absents,
							       zeros_of(meaning));
		if (is_shown(absents, absent->names[i]))
			absent->names[i] = 0;
		absent->any |= (absent->words[i] | absent->names[i]) != 0;
		absent->name[i] = 0;
	}
}

static bool is_presented(enum call_role role)
{
	return role == CALL_PRESENTED || role == CALL_PRESENTED_NAME;
}

/* The number of the word that row i has for a role and that is no value there; state is
 * what is known of its form. */
static unsigned word_in(const struct call_absent *absent, const struct segment *segment,
			enum call_role role, uint32_t i, unsigned state)
{
	unsigned number = state;
	char room[FORM_LENGTH];

	if (state == LOOK) {
		const struct text text = form_meanings_text(absent->meanings, segment,
							    role, i, room);

		number = is_presented(role) ? find_name(absent->absents, text)
					    : absents_find(absent->absents, text);
	}
	return number && absents_excepted(absent->absents, number, name_of(role)) ? 0 : number;
}

/* ---- columns ---- */

/* A copy of a column that stands for it; NULL: no memory. */
static int64_t *own_column(struct call_absent *absent, struct segment *segment,
			   unsigned column)
{
	int64_t **own = &absent->own[column];

	if (absent->hidden >> column & 1)
		return *own;
	if (!*own)
		*own = memory_array(NULL, SEGMENT_ROWS, sizeof(**own));
	if (!*own)
		return NULL;
	memcpy(*own, segment->found[column], segment->rows * sizeof(**own));
	absent->found[column] = segment->found[column];
	segment->found[column] = *own;
	absent->hidden |= UINT64_C(1) << column;
	return *own;
}

/* Gives row i a form and a value for a role. */
static bool put(struct call_absent *absent, struct segment *segment, enum call_role role,
		uint32_t i, int64_t form, int64_t value)
{
	int64_t *forms = own_column(absent, segment, FOUND_FORM(role));
	int64_t *values = own_column(absent, segment, FOUND_VALUE(role));

	if (!forms || !values)
		return false;
	forms[i] = form;
	values[i] = value;
	return true;
}

void call_absent_restore(struct call_absent *absent, struct segment *segment)
{
	for (unsigned c = 0; absent->hidden; c++, absent->hidden >>= 1)
		if (absent->hidden & 1)
			segment->found[c] = absent->found[c];
}

/* ---- words ---- */

/* Which states forms have in a role. */
static const uint16_t *states_of(const struct call_absent *absent, enum call_role role)
{
	return is_presented(role) ? absent->names : absent->words;
}

static unsigned state_of(const struct call_absent *absent, const uint16_t *states,
			 int64_t form)
{
	if (form_meaning_of(absent->meanings, form))
		return states[form - FORM_FIRST];
	return form == FORM_HEAP && absent->heap ? LOOK : 0;
}

/* Whether a column of forms may have one that is a word; its data are in bytes. */
static bool column_may(const struct call_absent *absent, enum call_role role,
		       const struct raw_column *raw, const char *bytes)
{
	const uint16_t *states = states_of(absent, role);
	struct column column = raw->column;
	int64_t forms[COLUMN_FEW_MOST];
	uint32_t count;

	column.data = (const uint8_t *)bytes + raw->at;
	count = column_choices(&column, raw->len, forms);
	for (uint32_t i = 0; i < count; i++)
		if (state_of(absent, states, forms[i]))
			return true;
	return count == 0;
}

uint64_t call_absent_begin(struct call_absent *absent, const struct raw_segment *raw)
{
	uint64_t wanted = 0;

	absent->roles = raw ? 0 : UINT32_MAX;
	absent->heap = true;
	for (size_t i = 0; raw && i < raw->found.count; i++) {
		const struct raw_column *column = &raw->found.columns[i];
		const unsigned role = (column->number - FOUND_ROLE) / 2;

		if (column->number < FOUND_ROLE || column->number != FOUND_FORM(role) ||
		    role >= CALL_ROLES ||
		    !column_may(absent, (enum call_role)role, column, raw->bytes.data))
			continue;
		absent->roles |= UINT32_C(1) << role;
		wanted |= SEGMENT_ROLE(role);
	}
	return wanted;
}

/* Whether some of the forms may be words: there is no branch that goes by a row. */
static bool any_of(const struct call_absent *absent, const uint16_t *states,
		   const int64_t *forms, uint32_t count)
{
	const uint64_t known = absent->meanings->count;
	unsigned any = 0;

	for (uint32_t i = 0; i < count; i++) {
		const uint64_t form = (uint64_t)forms[i] - FORM_FIRST;

		any |= states[form < known ? form : known];
		any |= (unsigned)((forms[i] == FORM_HEAP) & absent->heap);
	}
	return any != 0;
}

/* Rows that are looked at together. */
#define TOGETHER 1024

static bool hide_some(struct call_absent *absent, struct segment *segment,
		      enum call_role role, uint32_t first, uint32_t end)
{
	const uint16_t *states = states_of(absent, role);
	uint64_t *counts = absent->counts + role * absent->absents->count;
	uint32_t *firsts = absent->firsts + role * absent->absents->count;

	for (uint32_t i = first; i < end; i++) {
		unsigned number = state_of(absent, states,
					   segment->found[FOUND_FORM(role)][i]);

		if (number)
			number = word_in(absent, segment, role, i, number);
		if (!number)
			continue;
		if (!put(absent, segment, role, i, FORM_NULL, 0))
			return false;
		if (counts[number - 1]++ == 0)
			firsts[number - 1] = i;
		absent->total++;
	}
	return true;
}

static bool hide_role(struct call_absent *absent, struct segment *segment,
		      enum call_role role)
{
	const uint16_t *states = states_of(absent, role);
	const int64_t *forms = segment->found[FOUND_FORM(role)];

	for (uint32_t i = 0; i < segment->rows; i += TOGETHER) {
		const uint32_t left = segment->rows - i;
		const uint32_t count = left < TOGETHER ? left : TOGETHER;

		if (any_of(absent, states, forms + i, count) &&
		    !hide_some(absent, segment, role, i, i + count))
			return false;
	}
	return true;
}

/* Whether a text without a form is a word. */
static bool heap_has(const struct call_absent *absent, const struct segment *segment)
{
	struct text text;

	for (int64_t n = 0; segment->heap.len && segment_heap(segment, n, &text); n++)
		if (find_name(absent->absents, text))
			return true;
	return false;
}

static bool open_counts(struct call_absent *absent)
{
	const size_t count = CALL_ROLES * absent->absents->count;
	void *counts = absent->counts, *firsts = absent->firsts;

	if (!memory_room(&counts, &absent->counts_capacity, count,
			 sizeof(*absent->counts)))
		return false;
	absent->counts = counts;
	if (!memory_room(&firsts, &absent->firsts_capacity, count, sizeof(*absent->firsts)))
		return false;
	absent->firsts = firsts;
	memset(absent->counts, 0, count * sizeof(*absent->counts));
	return true;
}

bool call_absent_hide(struct call_absent *absent, struct segment *segment)
{
	absent->hidden = absent->total = 0;
	absent->heap = absent->roles && heap_has(absent, segment);
	if (absent->absents->count == 0 || (!absent->any && !absent->heap))
		return true;
	if (!open_counts(absent))
		return false;
	for (int role = 0; role < CALL_ROLES; role++)
		if ((absent->roles >> role & 1) &&
		    segment_has(segment, (enum call_role)role) &&
		    segment->found[FOUND_FORM(role)] &&
		    !hide_role(absent, segment, (enum call_role)role))
			return false;
	return true;
}

/* ---- names ---- */

/* What is known of a form. */
enum { UNKNOWN, YES, NO };

/* What a form is by its texts, remembered where these are all the same. */
static bool remember(const struct call_absent *absent, uint8_t *known, int64_t form,
		     bool is)
{
	const struct form_meaning *meaning = form_meaning_of(absent->meanings, form);

	if (meaning && meaning->digits == 0)
		known[form - FORM_FIRST] = is ? YES : NO;
	return is;
}

static uint8_t known_of(const struct call_absent *absent, const uint8_t *known,
			int64_t form)
{
	return form_meaning_of(absent->meanings, form) ? known[form - FORM_FIRST] : UNKNOWN;
}

/* Whether row i presents nothing, as "" <> and blanks do. */
static bool is_blank(const struct call_absent *absent, const struct segment *segment,
		     uint32_t i)
{
	const int64_t form = segment->found[FOUND_FORM(CALL_PRESENTED)][i];
	const struct form_meaning *meaning = form_meaning_of(absent->meanings, form);
	const uint8_t known = known_of(absent, absent->blank, form);
	char bytes[FORM_LENGTH];
	struct unwrapped room;
	struct text text, name;

	if (form == FORM_ABSENT || form == FORM_NULL)
		return true;
	if (known || (meaning && meaning->digits))
		return known == YES;
	text = form_meanings_text(absent->meanings, segment, CALL_PRESENTED, i, bytes);
	name = number_name(text, &room);
	return remember(absent, absent->blank, form, name.data && name.len == 0);
}

/* Whether the presented name of row i is a name, and no number. */
static bool is_name(const struct call_absent *absent, const struct segment *segment,
		    uint32_t i, const struct numplan *plan, int region)
{
	const int64_t form = segment->found[FOUND_FORM(CALL_PRESENTED_NAME)][i];
	const uint8_t known = known_of(absent, absent->name, form);
	char bytes[FORM_LENGTH];
	struct unwrapped room;
	struct reading reading;
	struct text text;

	if (form == FORM_ABSENT || form == FORM_NULL || known)
		return known == YES;
	text = form_meanings_text(absent->meanings, segment, CALL_PRESENTED_NAME, i, bytes);
	if (number_name(text, &room).len == 0)
		return remember(absent, absent->name, form, false);
	number_read(plan, text.data, text.len, region, &reading);
	return remember(absent, absent->name, form,
			reading.class == NUMBER_CLASS_ABSENT ||
				reading.class == NUMBER_CLASS_WITHHELD ||
				reading.class == NUMBER_CLASS_NON_NUMBER);
}

bool call_absent_stand_in(struct call_absent *absent, struct segment *segment,
			  const struct numplan *plan, int region)
{
	if (!segment_has(segment, CALL_PRESENTED_NAME) ||
	    !segment->found[FOUND_FORM(CALL_PRESENTED_NAME)])
		return true;
	for (uint32_t i = 0; i < segment->rows; i++) {
		const int64_t form = segment->found[FOUND_FORM(CALL_PRESENTED_NAME)][i];
		const int64_t value = segment->found[FOUND_VALUE(CALL_PRESENTED_NAME)][i];

		if (form != FORM_ABSENT && is_blank(absent, segment, i) &&
		    is_name(absent, segment, i, plan, region) &&
		    !put(absent, segment, CALL_PRESENTED, i, form, value))
			return false;
	}
	return true;
}
