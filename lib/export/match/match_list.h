/* SPDX-License-Identifier: Apache-2.0 */
/* A watch-list: identifiers, one a line. */
#ifndef UNSPOOF_EXPORT_MATCH_MATCH_LIST_H
#define UNSPOOF_EXPORT_MATCH_MATCH_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"

/* Identifiers of a list, and bytes of one. */
#define MATCH_LIST_MOST 100000
#define MATCH_TEXT_MOST 1000

struct match_entry {
	uint32_t line;             /* from 1 */
	struct text text;          /* without blanks around; borrowed from the list's text */
};

/* Zeroed is empty. */
struct match_list {
	struct match_entry *entries;   /* those that say what one before them says, byte for byte, too */
	size_t count, capacity;
	uint64_t comments;             /* lines that begin with # */
};

/* Takes the lines of a text, which is borrowed as long as the list is used; name is its file, for messages.
 * Lines without anything, and those that begin with #, are none. STATUS_FAILED: the error says which line is
 * wrong and why, that there is no identifier, or no memory. Release also then. */
enum status match_list_read(struct match_list *list, const char *name, struct text text, struct error *error);
void match_list_release(struct match_list *list);

#endif
