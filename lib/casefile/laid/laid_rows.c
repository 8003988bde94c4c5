/* SPDX-License-Identifier: Apache-2.0 */
/* The calls of some sources as they lie in their files. */
#include "casefile/laid/laid_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* A text that is not there, or is SQL's NULL, in place of its length. */
#define NO_TEXT UINT64_MAX
#define NULL_TEXT (UINT64_MAX - 1)

/* ---- the sources ---- */

static void release_found(struct laid_found *found)
{
	free(found->pieces);
	memset(found, 0, sizeof(*found));
}

void laid_rows_release(struct laid_rows *laid)
{
	for (size_t i = 0; i < laid->count; i++) {
		release_found(&laid->sources[i].found);
		buf_release(&laid->sources[i].texts);
		free(laid->sources[i].chosen);
	}
	free(laid->sources);
	memset(laid, 0, sizeof(*laid));
}

bool laid_rows_add(struct laid_rows *laid, int64_t id, const struct laid_start *from,
		   uint64_t *chosen, size_t count)
{
	void *sources = laid->sources;
	struct laid_source *source;

	if (!memory_room(&sources, &laid->capacity, laid->count + 1, sizeof(*source)))
		return false;
	laid->sources = sources;
	source = &laid->sources[laid->count++];
	memset(source, 0, sizeof(*source));
	source->id = id;
	source->from = *from;
	source->chosen = chosen;
	source->chosen_count = count;
	laid->chosen += count;
	return true;
}

struct laid_source *laid_rows_find(const struct laid_rows *laid, int64_t id)
{
	size_t low = 0, high = laid->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (laid->sources[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < laid->count && laid->sources[low].id == id ? &laid->sources[low] : NULL;
}

void laid_rows_spoil(struct laid_rows *laid)
{
	for (size_t i = 0; laid && i < laid->count; i++)
		laid->sources[i].found.broken = true;
}

/* ---- what lies where ---- */

static void add_piece(struct laid_found *found, const struct laid_piece *piece)
{
	void *pieces = found->pieces;

	if (found->count >= LAID_PIECES_MOST ||
	    !memory_room(&pieces, &found->capacity, found->count + 1, sizeof(*piece))) {
		found->broken = true;
		return;
	}
	found->pieces = pieces;
	found->pieces[found->count++] = *piece;
}

/* Adds a row, by where the next one begins; from: where it begins, or, of the first of a
 * source, where that does. */
static inline void add_row(struct laid_found *found, uint64_t key, const struct laid_start *from,
			   const struct laid_start *row, uint64_t length,
			   const struct laid_start *next)
{
	const uint64_t room = next->offset - row->offset;

	if (from == row && room == length && next->line == row->line + 1 && length > 0) {
		line_marks_add(&found->marks, key, row->line, row->offset);
		return;
	}
	if (length == 0 || next->offset < row->offset || room < length ||
	    next->line <= row->line || row->offset < from->offset || row->line < from->line)
		found->broken = true;
	else
		add_piece(found, &(struct laid_piece){ *from, *row, *next, length });
}

/* ---- a segment ---- */

void laid_part_begin(struct laid_part *part, struct laid_rows *laid, int64_t source,
		     uint32_t rows)
{
	part->source = laid ? laid_rows_find(laid, source) : NULL;
	part->rows = rows;
	if (!part->source)
		return;
	part->first = part->source->rows;
	part->source->rows += rows;
}

static struct laid_start start_of(const struct segment *segment, uint32_t i)
{
	return (struct laid_start){ (uint64_t)segment_found(segment, FOUND_LINE, i),
				    (uint64_t)segment_found(segment, FOUND_OFFSET, i) };
}

static void find_rows(struct laid_part *part, uint64_t key, const struct segment *segment)
{
	const int64_t *lengths = segment->found[FOUND_LENGTH];
	struct laid_start row = part->start, next;

	for (uint32_t i = 0; i + 1 < segment->rows; i++, row = next) {
		const struct laid_start *from = i > 0 || part->first > 0 ? &row : &part->source->from;

		next = start_of(segment, i + 1);
		add_row(&part->found, key, from, &row, (uint64_t)lengths[i], &next);
	}
	part->last = row;
}

static void add_number(struct buf *texts, uint64_t number)
{
	buf_add(texts, &number, sizeof(number));
}

static void add_text(struct laid_part *part, const struct segment *segment,
		     const struct forms *forms, enum call_role role, uint32_t i, struct buf *text)
{
	const int64_t form = segment_found(segment, FOUND_FORM(role), i);

	buf_clear(text);
	if (form == FORM_ABSENT || form == FORM_NULL) {
		add_number(&part->texts, form == FORM_NULL ? NULL_TEXT : NO_TEXT);
		return;
	}
	if (!segment_text(segment, forms, role, i, text) || text->failed)
		part->found.broken = true;
	add_number(&part->texts, text->len);
	buf_add(&part->texts, text->data, text->len);
}

static void add_chosen(struct laid_part *part, const struct segment *segment,
		       const struct forms *forms, uint32_t i, struct buf *text)
{
	const struct laid_start start = start_of(segment, i);

	add_number(&part->texts, start.line);
	add_number(&part->texts, start.offset);
	add_number(&part->texts, (uint64_t)segment_found(segment, FOUND_LENGTH, i));
	for (unsigned role = 0; role < CALL_ROLES; role++)
		add_text(part, segment, forms, (enum call_role)role, i, text);
	part->taken++;
}

/* The place of the first row chosen that is not before one. */
static size_t first_chosen(const struct laid_source *source, uint64_t row)
{
	size_t low = 0, high = source->chosen_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (source->chosen[middle] < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void find_chosen(struct laid_part *part, const struct segment *segment,
			const struct forms *forms)
{
	const struct laid_source *source = part->source;
	struct buf text = { 0 };

	for (size_t i = first_chosen(source, part->first);
	     i < source->chosen_count && source->chosen[i] - part->first < segment->rows; i++)
		add_chosen(part, segment, forms, (uint32_t)(source->chosen[i] - part->first), &text);
	part->found.broken = part->found.broken || part->texts.failed;
	buf_release(&text);
}

void laid_part_find(struct laid_part *part, uint64_t key, const struct segment *segment,
		    const struct forms *forms)
{
	if (!part->source)
		return;
	part->start = start_of(segment, 0);
	part->start_length = (uint64_t)segment_found(segment, FOUND_LENGTH, 0);
	part->last_length = (uint64_t)segment_found(segment, FOUND_LENGTH, segment->rows - 1);
	part->found.broken = segment->stored >> FOUND_MEMBER & 1;
	find_rows(part, key, segment);
	find_chosen(part, segment, forms);
}

/* The last row of the segments before, now that it is known where the next one begins. */
static void close_gap(struct laid_source *source, uint64_t key, uint64_t rows,
		      const struct laid_start *next)
{
	const struct laid_start *from = rows > 1 ? &source->last : &source->from;

	if (rows > 0)
		add_row(&source->found, key, from, &source->last, source->last_length, next);
}

static void add_found(struct laid_source *source, const struct laid_part *part)
{
	struct laid_found *found = &source->found;

	found->broken = found->broken || part->found.broken;
	found->marks.lines += part->found.marks.lines;
	found->marks.sum += part->found.marks.sum;
	for (size_t i = 0; i < part->found.count && !found->broken; i++)
		add_piece(found, &part->found.pieces[i]);
	if (part->texts.len > 0)
		buf_add(&source->texts, part->texts.data, part->texts.len);
	found->broken = found->broken || source->texts.failed;
	source->taken += part->taken;
	source->last = part->last;
	source->last_length = part->last_length;
}

void laid_part_take(struct laid_part *part, struct laid_rows *laid)
{
	struct laid_source *source = part->source;

	if (source) {
		const size_t before = source->found.count;

		close_gap(source, laid->key, part->first, &part->start);
		add_found(source, part);
		laid->pieces += source->found.count - before;
		source->found.broken = source->found.broken || laid->pieces > LAID_PIECES_MOST;
	}
	laid_part_release(part);
}

void laid_part_release(struct laid_part *part)
{
	release_found(&part->found);
	buf_release(&part->texts);
	memset(part, 0, sizeof(*part));
}

/* ---- behind the last ---- */

void laid_source_end(struct laid_source *source, uint64_t key, uint64_t size)
{
	/* No line is so far; who reads up to there knows it by the end of the file. */
	const struct laid_start end = { UINT64_MAX, size };

	if (source->rows > 0)
		close_gap(source, key, source->rows, &end);
	else
		add_piece(&source->found, &(struct laid_piece){ source->from, source->from, end, 0 });
}

static uint64_t take_number(const struct buf *texts, size_t *at)
{
	uint64_t number = 0;

	memcpy(&number, texts->data + *at, sizeof(number));
	*at += sizeof(number);
	return number;
}

bool laid_source_next(const struct laid_source *source, size_t *at, struct laid_row *row)
{
	const struct buf *texts = &source->texts;

	if (*at >= texts->len)
		return false;
	row->start.line = take_number(texts, at);
	row->start.offset = take_number(texts, at);
	row->length = take_number(texts, at);
	for (unsigned role = 0; role < CALL_ROLES; role++) {
		const uint64_t len = take_number(texts, at);

		row->texts[role] = (struct text){ NULL, 0 };
		if (len == NULL_TEXT)
			row->texts[role] = form_null();
		else if (len != NO_TEXT)
			row->texts[role] = (struct text){ texts->data + *at, (size_t)len };
		*at += len == NULL_TEXT || len == NO_TEXT ? 0 : (size_t)len;
	}
	return true;
}
