/* SPDX-License-Identifier: Apache-2.0 */
/* Files that a user wrote: lists, scores. */
#ifndef UNSPOOF_CMD_COMMON_TEXT_FILE_H
#define UNSPOOF_CMD_COMMON_TEXT_FILE_H

#include <stddef.h>

#include "base/text.h"

/* Adds what a file has, of standard input where the path is "-", up to a little more than so many bytes. Returns 0 or an
 * errno; text->failed: no memory. */
int text_file_read(const char *path, size_t most, struct buf *text);

#endif
