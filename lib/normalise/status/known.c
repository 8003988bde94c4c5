/* SPDX-License-Identifier: Apache-2.0 */
/* The words that are known, read from their list. */
#include "normalise/status/known.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/scan.h"
#include "base/table/dictionary.h"

/* No word of the list is so long. */
#define WORD_MOST 80
#define WORD_ROOM (WORD_MOST + 16)

struct known_words {
	struct dictionary words;   /* 'c' or 'p', and the word in small letters */
	uint8_t *meanings;         /* enum word, by number */
	size_t capacity;
};

void known_words_free(struct known_words *known)
{
	if (!known)
		return;
	dictionary_release(&known->words);
	free(known->meanings);
	free(known);
}

/* The key of a word, in room; data NULL: it is too long to be known. */
static struct text key_of(enum word_kind kind, struct text word, char room[WORD_ROOM])
{
	if (word.len >= WORD_MOST)
		return (struct text){ NULL, 0 };
	room[0] = kind == WORD_OF_CALL ? 'c' : 'p';
	for (size_t i = 0; i < word.len; i++) {
		const char c = word.data[i];

		room[i + 1] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	return (struct text){ room, word.len + 1 };
}

static bool kind_named(struct text name, enum word_kind *kind)
{
	*kind = text_is(name, "payment") ? WORD_OF_PAYMENT : WORD_OF_CALL;
	return text_is(name, "payment") || text_is(name, "call");
}

static bool meaning_named(enum word_kind kind, struct text name, enum word *meaning)
{
	static const struct {
		const char *name;
		enum word_kind kind;
		enum word meaning;
	} names[] = {
		{ "answered", WORD_OF_CALL, WORD_YES },      { "unanswered", WORD_OF_CALL, WORD_NO },
		{ "open", WORD_OF_CALL, WORD_OPEN },         { "confirmed", WORD_OF_PAYMENT, WORD_YES },
		{ "unconfirmed", WORD_OF_PAYMENT, WORD_NO },
		{ "refunded", WORD_OF_PAYMENT, WORD_BACK },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		*meaning = names[i].meaning;
		if (names[i].kind == kind && text_is(name, names[i].name))
			return true;
	}
	return false;
}

/* Up to the next tab, which is taken as well. */
static struct text take_cell(struct text *line)
{
	const char *tab = line->len ? memchr(line->data, '\t', line->len) : NULL;
	const struct text cell = { line->data, tab ? (size_t)(tab - line->data) : line->len };
	const size_t taken = cell.len + (tab != NULL);

	line->data += taken;
	line->len -= taken;
	return cell;
}

static enum status wrong(size_t number, const char *why, struct error *error)
{
	return error_set(error, STATUS_FAILED, "status words: line %zu: %s", number, why);
}

static enum status read_line(struct known_words *known, struct text line, size_t number, struct error *error)
{
	const struct text kind_name = take_cell(&line), meaning_name = take_cell(&line);
	const struct text word = take_cell(&line);
	const size_t before = known->words.count;
	char room[WORD_ROOM];
	enum word_kind kind;
	enum word meaning;
	struct text key;
	void *meanings = known->meanings;

	if (!kind_named(kind_name, &kind))
		return wrong(number, "no kind", error);
	if (!meaning_named(kind, meaning_name, &meaning))
		return wrong(number, "no meaning of this kind", error);
	key = key_of(kind, word, room);
	if (!key.data || word.len == 0 || !text_equal(word, text_trim(word)))
		return wrong(number, "no word", error);
	if (!memory_room(&meanings, &known->capacity, before + 1, 1))
		return error_memory(error);
	known->meanings = meanings;
	if (dictionary_add(&known->words, key) == DICTIONARY_NONE)
		return error_memory(error);
	if (known->words.count == before)
		return wrong(number, "a word that stands above already", error);
	known->meanings[before] = (uint8_t)meaning;
	return STATUS_OK;
}

struct known_words *known_words_new(const char *text, struct error *error)
{
	struct known_words *known = calloc(1, sizeof(*known));
	enum status status = known ? STATUS_OK : error_memory(error);

	for (size_t number = 1; *text && status == STATUS_OK; number++) {
		const struct text line = { text, strcspn(text, "\n") };

		if (line.len && line.data[0] != '#')
			status = read_line(known, line, number, error);
		text += line.len + (text[line.len] == '\n');
	}
	if (status == STATUS_OK)
		return known;
	known_words_free(known);
	return NULL;
}

static enum word look_up(const struct known_words *known, enum word_kind kind, struct text status)
{
	char room[WORD_ROOM];
	const struct text key = key_of(kind, status, room);
	const uint32_t number = key.data ? dictionary_find(&known->words, key) : DICTIONARY_NONE;

	return number == DICTIONARY_NONE ? WORD_UNKNOWN : (enum word)known->meanings[number];
}

/* `NORMAL_CLEARING [16]`, `Normal call clearing (16)`: without the code. */
static struct text without_code(struct text status)
{
	size_t i = status.len;

	if (i < 4 || (status.data[i - 1] != ']' && status.data[i - 1] != ')'))
		return status;
	for (i--; i > 0 && scan_is_digit(status.data[i - 1]); i--)
		continue;
	if (i == status.len - 1 || i == 0 || (status.data[i - 1] != '[' && status.data[i - 1] != '('))
		return status;
	return text_trim((struct text){ status.data, i - 1 });
}

/* `486 Busy Here`, `SIP/2.0 486 Busy Here`: the code. */
static struct text code_alone(struct text status)
{
	static const char sip[] = "SIP/2.0 ";
	const size_t skip = sizeof(sip) - 1;

	if (status.len > skip && text_is_fold((struct text){ status.data, skip }, sip))
		status = (struct text){ status.data + skip, status.len - skip };
	if (status.len < 3 || !scan_is_digit(status.data[0]) || !scan_is_digit(status.data[1]) ||
	    !scan_is_digit(status.data[2]) || (status.len > 3 && status.data[3] != ' '))
		return (struct text){ NULL, 0 };
	return (struct text){ status.data, 3 };
}

enum word known_words_find(const struct known_words *known, enum word_kind kind, struct text status)
{
	struct text code;
	enum word word;

	status = text_trim(status);
	if (status.len == 0)
		return WORD_NONE;
	word = look_up(known, kind, status);
	if (word == WORD_UNKNOWN)
		word = look_up(known, kind, without_code(status));
	code = code_alone(status);
	if (word == WORD_UNKNOWN && kind == WORD_OF_CALL && code.data)
		word = look_up(known, kind, code);
	return word;
}
