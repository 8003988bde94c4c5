/* SPDX-License-Identifier: Apache-2.0 */
/* Forms that were met, found again by what a text looks like. */
#ifndef UNSPOOF_CASEFILE_FORM_FORMCACHE_H
#define UNSPOOF_CASEFILE_FORM_FORMCACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Texts up to this long can be found. */
#define FORMCACHE_TEXT 63
/* So many bytes from the start of each text must be readable, however short it is. */
#define FORMCACHE_READ 64
/* Forms it holds; at one more it forgets them all. */
#define FORMCACHE_FORMS 8192
/* Digits a text may have. */
#define FORMCACHE_DIGITS 18

struct formcache;

struct formcache *formcache_new(void);      /* NULL: no memory */
void formcache_free(struct formcache *cache);
void formcache_clear(struct formcache *cache);

/* Texts that are looked at together; a row is best no more. */
#define FORMCACHE_GROUP 8

/* Finds the forms of count texts, texts[which[i]] being the i-th, and the
 * integers of their digits. A text without data, and one that is not found, gets
 * form 0 and value 0; gives how many with data were not found. Nothing changes
 * but forms, and values up to a multiple of FORMCACHE_GROUP, for which there must
 * be room. */
typedef size_t formcache_find(const struct formcache *cache,
			      const struct text *texts, const size_t *which,
			      size_t count, int64_t *forms, int64_t *values);

/* How the machine looks at bytes; all give the same. NULL: not on this one. */
enum formcache_width { FORMCACHE_PLAIN, FORMCACHE_AVX2, FORMCACHE_AVX512 };
formcache_find *formcache_choose(enum formcache_width width);
/* The fastest. */
formcache_find *formcache_fastest(void);

/* Remembers the form, 1 to 65,535, of a text that was not found. One that is
 * longer than FORMCACHE_TEXT or has more digits than FORMCACHE_DIGITS is left
 * out, and so may be one whose looks many others had to make room for. Here no more than the text itself is read. */
void formcache_add(struct formcache *cache, struct text text, int64_t form);

#endif
