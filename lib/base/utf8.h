/* SPDX-License-Identifier: Apache-2.0 */
/* UTF-8, RFC 3629. */
#ifndef UNSPOOF_BASE_UTF8_H
#define UNSPOOF_BASE_UTF8_H

#include <stddef.h>
#include <stdint.h>

/* The length in bytes (1 to 4) of the code point at data, put into *point;
 * 0 when the bytes are not well-formed UTF-8 or len is 0. */
size_t utf8_next(const char *data, size_t len, uint32_t *point);

#endif
