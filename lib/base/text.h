/* SPDX-License-Identifier: Apache-2.0 */
/* Views of bytes, and a buffer that grows. */
#ifndef UNSPOOF_BASE_TEXT_H
#define UNSPOOF_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A view: borrowed bytes, not NUL-terminated. data NULL means "no value",
 * which is not the same as an empty one. */
struct text {
	const char *data;
	size_t len;
};

struct text text_of(const char *string);            /* NULL gives no value */
bool text_equal(struct text a, struct text b);      /* byte for byte */
bool text_is(struct text a, const char *string);    /* the same, for a literal */
/* What a counted word ends with: "" for one, else "s". Static. */
const char *plural(uint64_t count);
bool text_is_fold(struct text a, const char *string); /* ASCII case folded */
bool text_equal_fold(struct text a, struct text b);   /* the same */
/* -1, 0, 1 by unsigned bytes, shorter first. */
int text_compare(struct text a, struct text b);
/* Without blanks (space, TAB, CR, LF, VT, FF) at either end. */
struct text text_trim(struct text a);
/* The line that a text begins with, without its line feed, taken off it. */
struct text text_take_line(struct text *rest);
/* The whole text as a decimal number without sign; false when it is none. */
bool text_to_u64(struct text a, uint64_t *value);

/* Bytes that grow. Zeroed is empty. failed sticks once memory runs out, so
 * that a caller checks once, at the end. Always NUL-terminated when data is
 * not NULL. buf_release frees; releasing twice is safe. */
struct buf {
	char *data;
	size_t len;
	size_t capacity;
	bool failed;
};

void buf_release(struct buf *buf);
void buf_clear(struct buf *buf);                    /* keeps the memory */
/* Puts zeros behind the text, which are no part of it: what looks by blocks of bytes looks there. */
void buf_pad(struct buf *buf);
void buf_add(struct buf *buf, const void *data, size_t len);
/* Makes room for that many bytes more, and a NUL; false: no memory. */
bool buf_room(struct buf *buf, size_t more);
void buf_text(struct buf *buf, const char *string);
static inline void buf_byte(struct buf *buf, char byte)
{
	if (buf->failed || buf->capacity - buf->len < 2) {
		buf_add(buf, &byte, 1);
		return;
	}
	buf->data[buf->len++] = byte;
	buf->data[buf->len] = '\0';
}
void buf_format(struct buf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
struct text buf_view(const struct buf *buf);        /* valid until it changes */

/* Adds text so that it is safe for a terminal and on one line: bad UTF-8 and what
 * utf8_is_hidden() tells become \xHH, a byte each, a backslash is doubled. More than limit bytes are cut with "..."; 0 is no limit. */
void buf_escape(struct buf *buf, struct text text, size_t limit);

/* The same into a fixed buffer, always terminated; returns out. */
char *text_escape(struct text text, char *out, size_t size);

#endif
