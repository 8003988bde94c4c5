/* SPDX-License-Identifier: Apache-2.0 */
/* Words that stand for no value: a field that holds one of them and nothing else is
 * absent, as an empty one is. See data/absent.txt, which says how a list is written. */
#ifndef UNSPOOF_BASE_ABSENT_H
#define UNSPOOF_BASE_ABSENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

#define ABSENT_WORD_MOST 255    /* bytes of a word */
#define ABSENT_WORDS_MOST 1000  /* words of a list */

/* Where a word that withholds a presented number is a value: it says so. */
#define ABSENT_WITHHELD "presented,presented_name"

/* The list that is part of the program: data/absent.txt. */
extern const char absent_builtin[];

/* Numbers of words run from 1; 0: none. The first is that of blanks beyond ASCII's,
 * which no list needs to name. */
#define ABSENT_BLANKS 1

struct absent_word {
	char *word;         /* empty: blanks */
	char *except;       /* roles in which it is a value, with commas between; or empty */
	char *reason;       /* why a row that needs the value is rejected */
	uint16_t next;      /* of the same first byte; 0: none */
	uint16_t digits;    /* the next with a digit; 0: none */
};

/* A list. Zeroed is empty; it never changes once made, so any number of threads may
 * use one. */
struct absents {
	struct absent_word *words;  /* by number less 1 */
	size_t count, capacity;
	size_t longest;             /* bytes of a word */
	uint16_t digits;            /* the first word with a digit; 0: none has */
	uint16_t first[256];        /* words by their first byte, folded; 0: none */
};

/* Adds the words of a text: a line each, as in data/absent.txt; a line that can be no word
 * adds none. False: no memory, or too many. */
bool absents_read(struct absents *absents, struct text text);
/* Whether a text can be a word of a list: 1 to ABSENT_WORD_MOST bytes without NUL, TAB and
 * line ends, and not "# ..." */
bool absents_can(struct text word);
/* Adds a word that can be one, trimmed, with the roles in which it is a value. One that is
 * there already stays as it is. False: no memory, or too many. */
bool absents_add(struct absents *absents, struct text word, struct text except);
/* Takes a word out; false: it is not there. */
bool absents_cut(struct absents *absents, struct text word);
void absents_release(struct absents *absents);
/* The list as a text that absents_read() takes. */
void absents_write(const struct absents *absents, struct buf *out);

/* The number of the word that a field is; 0: it is none, or it is empty but for ASCII's
 * blanks. */
unsigned absents_find(const struct absents *absents, struct text field);
/* Whether other digits in place of those of a field may make it a word. */
bool absents_may(const struct absents *absents, struct text field);
/* Whether a word is a value in a role. */
bool absents_excepted(const struct absents *absents, unsigned number, const char *role);
/* The number of the word that a field of a role is, where it is no value there. */
unsigned absents_in(const struct absents *absents, const char *role, struct text field);

/* A word as people are to read it, safe for a terminal: between single quotes, or `blanks
 * alone`; cut to fit. Returns out. */
const char *absents_show(const struct absents *absents, unsigned number, char *out,
			 size_t size);

static inline const struct absent_word *absents_word(const struct absents *absents,
						     unsigned number)
{
	return &absents->words[number - 1];
}

#endif
