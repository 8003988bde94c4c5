/* SPDX-License-Identifier: Apache-2.0 */
/* Words that stand for no value. */
#include "base/absent.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

static unsigned char fold(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- a list ---- */

/* Which words begin with a byte, and what is the longest. */
static void arrange(struct absents *absents)
{
	memset(absents->first, 0, sizeof(absents->first));
	absents->longest = 0;
	absents->digits = 0;
	for (size_t i = 1; i < absents->count; i++) {
		struct absent_word *word = &absents->words[i];
		uint16_t *first = &absents->first[fold(word->word[0])];
		const size_t len = strlen(word->word);

		word->next = *first;
		*first = (uint16_t)(i + 1);
		if (len > absents->longest)
			absents->longest = len;
		if (!strpbrk(word->word, "0123456789"))
			continue;
		word->digits = absents->digits;
		absents->digits = (uint16_t)(i + 1);
	}
}

static void release_word(struct absent_word *word)
{
	free(word->word);
	free(word->except);
	free(word->reason);
}

void absents_release(struct absents *absents)
{
	for (size_t i = 0; i < absents->count; i++)
		release_word(&absents->words[i]);
	free(absents->words);
	memset(absents, 0, sizeof(*absents));
}

/* What can be seen stays as it is, so that it can be copied: a backslash too. */
static void show(struct text word, struct buf *out)
{
	bool plain = true;

	for (size_t i = 0; i < word.len; i++)
		plain = plain && word.data[i] >= ' ' && word.data[i] <= '~';
	if (word.len == 0) {
		buf_text(out, "blanks alone");
		return;
	}
	buf_byte(out, '\'');
	if (plain)
		buf_add(out, word.data, word.len);
	else
		buf_escape(out, word, 0);
	buf_byte(out, '\'');
}

static char *reason_of(struct text word)
{
	struct buf reason = { 0 };

	buf_text(&reason, "needed, and ");
	show(word, &reason);
	buf_text(&reason, word.len ? " is no value" : " are no value");
	if (reason.failed)
		buf_release(&reason);
	return reason.data;
}

static bool append(struct absents *absents, struct text word, struct text except)
{
	void *words = absents->words;
	struct absent_word added = { .next = 0 };

	if (absents->count == ABSENT_WORDS_MOST ||
	    !memory_room(&words, &absents->capacity, absents->count + 1,
			 sizeof(*absents->words)))
		return false;
	absents->words = words;
	added.word = memory_text(word.data, word.len);
	added.except = memory_text(except.len ? except.data : "", except.len);
	added.reason = reason_of(word);
	if (!added.word || !added.except || !added.reason) {
		release_word(&added);
		return false;
	}
	absents->words[absents->count++] = added;
	return true;
}

static bool is_comment(struct text line)
{
	return line.len > 1 && line.data[0] == '#' && line.data[1] == ' ';
}

bool absents_can(struct text word)
{
	word = text_trim(word);
	return word.len > 0 && word.len <= ABSENT_WORD_MOST && !is_comment(word) &&
	       !memchr(word.data, '\0', word.len) && !memchr(word.data, '\t', word.len) &&
	       !memchr(word.data, '\n', word.len);
}

bool absents_add(struct absents *absents, struct text word, struct text except)
{
	if (absents->count == 0 && !append(absents, text_of(""), text_of("")))
		return false;
	word = text_trim(word);
	if (!absents_can(word))
		return false;
	if (absents_find(absents, word))
		return true;
	if (!append(absents, word, except))
		return false;
	arrange(absents);
	return true;
}

bool absents_cut(struct absents *absents, struct text word)
{
	const unsigned number = absents_find(absents, word);
	struct absent_word *words = absents->words;

	if (number <= ABSENT_BLANKS)
		return false;
	release_word(&words[number - 1]);
	memmove(&words[number - 1], &words[number],
		(absents->count - number) * sizeof(*words));
	absents->count--;
	arrange(absents);
	return true;
}

/* A line: a word, and perhaps roles. */
static bool read_line(struct absents *absents, struct text line)
{
	const char *tab = line.len ? memchr(line.data, '\t', line.len) : NULL;
	struct text except = { "", 0 };

	if (line.len == 0 || is_comment(line))
		return true;
	if (tab) {
		except.data = tab + 1;
		except.len = line.len - (size_t)(tab + 1 - line.data);
		line.len = (size_t)(tab - line.data);
	}
	return !absents_can(line) || absents_add(absents, line, except);
}

bool absents_read(struct absents *absents, struct text text)
{
	while (text.len > 0) {
		const char *end = memchr(text.data, '\n', text.len);
		const size_t len = end ? (size_t)(end - text.data) : text.len;

		if (!read_line(absents, (struct text){ text.data, len }))
			return false;
		text.data += len + (end != NULL);
		text.len -= len + (end != NULL);
	}
	return true;
}

void absents_write(const struct absents *absents, struct buf *out)
{
	for (size_t i = 1; i < absents->count; i++) {
		const struct absent_word *word = &absents->words[i];

		buf_text(out, word->word);
		if (*word->except) {
			buf_byte(out, '\t');
			buf_text(out, word->except);
		}
		buf_byte(out, '\n');
	}
}

/* ---- a field ---- */

static bool is_blank(uint32_t point)
{
	return point == 0xa0 || (point >= 0x2000 && point <= 0x200b) || point == 0x2028 ||
	       point == 0x2029 || point == 0x202f || point == 0x205f || point == 0x2060 ||
	       point == 0x3000 || point == 0xfeff;
}

/* The bytes of a blank beyond ASCII that a text begins with, or 0. */
static size_t wide_blank(struct text text)
{
	uint32_t point = 0;
	const size_t step = text.len && (unsigned char)text.data[0] >= 0x80
				    ? utf8_next(text.data, text.len, &point)
				    : 0;

	return step && is_blank(point) ? step : 0;
}

/* The same of one that it ends with; those have 2 or 3 bytes. */
static size_t wide_blank_behind(struct text text)
{
	if (text.len == 0 || (unsigned char)text.data[text.len - 1] < 0x80)
		return 0;
	for (size_t step = 2; step <= 3 && step <= text.len; step++) {
		const struct text end = { text.data + text.len - step, step };

		if (wide_blank(end) == step)
			return step;
	}
	return 0;
}

static struct text trim(struct text field)
{
	size_t step;

	field = text_trim(field);
	while ((step = wide_blank(field)) > 0)
		field = text_trim((struct text){ field.data + step, field.len - step });
	while ((step = wide_blank_behind(field)) > 0)
		field = text_trim((struct text){ field.data, field.len - step });
	return field;
}

static bool is_word(const char *word, struct text field)
{
	for (size_t i = 0; i < field.len; i++)
		/* A NUL of the field is no end of the word. */
		if (word[i] == '\0' || fold(word[i]) != fold(field.data[i]))
			return false;
	return word[field.len] == '\0';
}

/* Whether a text that has bytes has no blank at its ends, at the first look. */
static bool ends_plain(struct text field)
{
	const unsigned char first = (unsigned char)field.data[0], last = (unsigned char)field.data[field.len - 1];

	return first > ' ' && first < 0x7f && last > ' ' && last < 0x7f;
}

unsigned absents_find(const struct absents *absents, struct text field)
{
	unsigned number;
	struct text trimmed;

	if (field.len == 0 || absents->count == 0)
		return 0;
	/* Most of what is in the heap of a segment: ids that are too long for a word. */
	if (field.len > absents->longest && ends_plain(field))
		return 0;
	trimmed = trim(field);
	if (trimmed.len == 0)
		return text_trim(field).len ? ABSENT_BLANKS : 0;
	if (trimmed.len > absents->longest)
		return 0;
	for (number = absents->first[fold(trimmed.data[0])]; number;
	     number = absents->words[number - 1].next)
		if (is_word(absents->words[number - 1].word, trimmed))
			break;
	return number;
}

/* Whether a word is a field but for digits. No word is empty. */
static bool is_like(const char *word, struct text field)
{
	for (size_t i = 0; i < field.len; i++)
		if (word[i] == '\0' ||
		    (is_digit(field.data[i]) ? !is_digit(word[i])
					     : fold(word[i]) != fold(field.data[i])))
			return false;
	return word[field.len] == '\0';
}

bool absents_may(const struct absents *absents, struct text field)
{
	uint16_t number = absents->digits;

	if (number)
		field = trim(field);
	while (number && !is_like(absents_word(absents, number)->word, field))
		number = absents_word(absents, number)->digits;
	return number != 0;
}

bool absents_excepted(const struct absents *absents, unsigned number, const char *role)
{
	const size_t len = strlen(role);
	const char *at = absents->words[number - 1].except;

	while (*at) {
		const size_t item = strcspn(at, ",");

		if (item == len && !memcmp(at, role, len))
			return true;
		at += item + (at[item] == ',');
	}
	return false;
}

const char *absents_show(const struct absents *absents, unsigned number, char *out,
			 size_t size)
{
	struct buf shown = { 0 };

	show(text_of(absents_word(absents, number)->word), &shown);
	(void)snprintf(out, size, "%s", shown.data ? shown.data : "");
	buf_release(&shown);
	return out;
}

unsigned absents_in(const struct absents *absents, const char *role, struct text field)
{
	const unsigned number = absents_find(absents, field);

	return number && absents_excepted(absents, number, role) ? 0 : number;
}
