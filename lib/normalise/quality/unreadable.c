/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of a column of numbers that cannot be read as numbers at all. */
#include "normalise/quality/unreadable.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define VALUE_SHOWN 60

/* Of the texts that were drawn: how many are of a class, and the first of them. */
struct found {
	size_t count;
	struct text text;
	struct drawn_place place;
};

static bool is_before(struct drawn_place a, struct drawn_place b)
{
	return a.member != b.member ? a.member < b.member : a.line < b.line;
}

static struct found find(const struct unreadable_given *given, enum number_class class)
{
	const struct number_draw *draw = given->role->draw;
	struct found found = { 0, { NULL, 0 }, { 0, 0 } };
	struct reading reading;

	for (size_t i = 0; i < draw->count; i++) {
		const struct drawn_place place = draw->items[i].place;

		(void)manner_fit_read(given->plan, number_draw_text(draw, i),
				      manner_fit_own(draw, i, given->source->manner), &reading);
		if (reading.class != class)
			continue;
		if (found.count++ > 0 && !is_before(place, found.place))
			continue;
		found.text = number_draw_text(draw, i);
		found.place = place;
	}
	return found;
}

/* As ", as 'bob'; line 3 is one"; nothing where none was drawn. */
static void add_example(const struct unreadable_given *given, const struct found *found,
			struct buf *out)
{
	const struct note_row row = { given->source, (int64_t)found->place.member,
				      found->place.line };
	char value[VALUE_SHOWN];

	if (!found->count)
		return;
	buf_format(out, ", as '%s'; ", text_escape(found->text, value, sizeof(value)));
	notes_add_example(given->notes, &row, NULL, out);
}

static enum status say(const struct unreadable_given *given, const struct found *found,
		       uint64_t count, const char *what, const char *remedy)
{
	const struct remark remark = { .role = given->role->role, .topic = "unreadable",
				       .value = found->text, .count = count,
				       .line = found->place.line, .remedy = remedy };
	struct buf example = { 0 };
	enum status status;

	add_example(given, found, &example);
	status = example.failed
			 ? error_memory(&given->notes->casefile->error)
			 : notes_remark(given->notes, given->source, &remark,
					"%" PRIu64 " of %" PRIu64 " %s %s%s", count, given->rows.all,
					given->role->plural, what,
					example.len ? example.data : "");
	buf_release(&example);
	return status;
}

static enum status say_lossy(const struct unreadable_given *given)
{
	const uint64_t count = given->rows.lossy;
	struct found found;

	if (count == 0)
		return STATUS_OK;
	found = find(given, NUMBER_CLASS_LOSSY);
	return say(given, &found, count,
		   count == 1 ? "has lost digits to a spreadsheet" : "have lost digits to a spreadsheet",
		   "the digits are gone from this file: get one that no spreadsheet has saved");
}

/* Whether a part is so much that no service by a name now and then explains it. */
static bool is_much(const struct unreadable_given *given, uint64_t part, uint64_t whole)
{
	return part * (strcmp(given->role->role, "presented") != 0 ? 5 : 2) > whole;
}

static enum status say_words(const struct unreadable_given *given)
{
	struct found found;
	char remedy[80];

	if (!is_much(given, given->rows.words, given->rows.all))
		return STATUS_OK;
	found = find(given, NUMBER_CLASS_NON_NUMBER);
	if (!is_much(given, found.count, given->role->draw->count))
		return STATUS_OK;
	(void)snprintf(remedy, sizeof(remedy), "is it the right column (-m %s=), and undamaged?",
		       given->role->role);
	return say(given, &found, given->rows.words, "cannot be read as numbers", remedy);
}

enum status unreadable_say(const struct unreadable_given *given)
{
	const enum status status = say_lossy(given);

	return status == STATUS_OK ? say_words(given) : status;
}
