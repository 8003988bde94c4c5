/* SPDX-License-Identifier: Apache-2.0 */
/* Checking a case: that its chain of runs has one whose hash somebody kept elsewhere. */
#include <string.h>

#include "casefile/sql.h"
#include "casefile/verify/verify_segments.h"

#define SAYS 300

/* Takes note of one run of the chain. */
static void take_run(sqlite3_stmt *statement, struct text head, struct verify_head *found)
{
	const struct text hash = column_text(statement, 1);

	if (found->found)
		found->follow++;
	if (hash.len < head.len || !text_equal_fold((struct text){ hash.data, head.len }, head))
		return;
	if (found->found++ == 0) {
		found->run = sqlite3_column_int64(statement, 0);
		found->follow = 0;
	}
}

static enum status find(struct casefile *casefile, struct text head, struct verify_head *found)
{
	sqlite3_stmt *statement = casefile_prepare(casefile, "SELECT id, hash FROM run ORDER BY id");
	enum status status;

	if (!statement)
		return casefile->error.status;
	while ((status = casefile_step(casefile, statement)) == STATUS_OK) {
		take_run(statement, head, found);
		status = columns_read(casefile, statement);
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(statement);
	return status == STATUS_END ? STATUS_OK : status;
}

bool verify_head_given(struct text head)
{
	if (head.len < HEAD_LEAST || head.len >= DIGEST_HEX)
		return false;
	for (size_t i = 0; i < head.len; i++)
		if (!memchr("0123456789abcdefABCDEF", head.data[i], 22))
			return false;
	return true;
}

static void tell_none(const struct observer *observer, struct verify_counts *counts,
		      struct text head, unsigned found)
{
	const int len = (int)head.len;
	char says[SAYS];

	if (found)
		(void)sqlite3_snprintf(sizeof(says), says,
				       "%u runs have a hash that begins with %.*s: give all of it", found, len,
				       head.data);
	else
		(void)sqlite3_snprintf(sizeof(says), says,
				       "no run has the hash %.*s: the case is another one, or its chain of runs was "
				       "cut before that run, or made anew", len, head.data);
	verify_fail(observer, counts, text_of(says));
}

enum status verify_head(struct casefile *casefile, struct text head,
			const struct observer *observer, struct verify_counts *counts,
			struct verify_head *found)
{
	enum status status;

	*found = (struct verify_head){ .found = 0 };
	status = find(casefile, head, found);
	if (status == STATUS_OK && found->found != 1)
		tell_none(observer, counts, head, found->found);
	return status;
}
