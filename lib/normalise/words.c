/* SPDX-License-Identifier: Apache-2.0 */
/* The words that dumps use for how a call or a payment ended. */
#include "normalise/words.h"

#include <stdlib.h>
#include <string.h>

/* Asterisk dispositions and dial states, FreeSWITCH hangup causes, and what
 * billing systems and carriers write. */
static const char *const answered[] = {
	"ANSWERED", "ANSWER", "NORMAL_CLEARING", "completed", "complete",
	"connected", "success", NULL,
};

static const char *const unanswered[] = {
	"NO ANSWER", "NOANSWER", "NO_ANSWER", "no-answer", "FAILED", "failure",
	"BUSY", "CONGESTION", "CANCEL", "CANCELLED", "canceled", "CHANUNAVAIL",
	"USER_BUSY", "NO_USER_RESPONSE", "ORIGINATOR_CANCEL", "CALL_REJECTED",
	"UNALLOCATED_NUMBER", "INVALID_NUMBER_FORMAT", "NORMAL_TEMPORARY_FAILURE",
	"RECOVERY_ON_TIMER_EXPIRE", "DESTINATION_OUT_OF_ORDER", "rejected",
	"missed", NULL,
};

static const char *const confirmed[] = {
	"confirmed", "complete", "completed", "paid", "settled", "success",
	"successful", "succeeded", "credited", "finished", NULL,
};

static const char *const unconfirmed[] = {
	"unconfirmed", "pending", "new", "created", "waiting", "processing",
	"expired", "invalid", "failed", "cancelled", "canceled", "rejected",
	"refunded", "unpaid", NULL,
};

void words_release(struct words *words)
{
	free(words->lines);
	words->lines = NULL;
}

/* Whether a line `key=word` of the profile's words names this status. */
static bool listed(const struct words *words, const char *key,
		   struct text status)
{
	size_t len = strlen(key);
	const char *line = words->lines;

	while (line && *line) {
		const char *end = strchr(line, '\n');
		size_t size = end ? (size_t)(end - line) : strlen(line);

		if (size > len && !strncmp(line, key, len) && line[len] == '=') {
			struct text word = { line + len + 1, size - len - 1 };
			char name[256];

			if (word.len < sizeof(name)) {
				memcpy(name, word.data, word.len);
				name[word.len] = '\0';
				if (text_is_fold(status, name))
					return true;
			}
		}
		line = end ? end + 1 : NULL;
	}
	return false;
}

static bool among(const char *const *names, struct text status)
{
	for (; *names; names++)
		if (text_is_fold(status, *names))
			return true;
	return false;
}

static enum word look_up(const struct words *words, struct text status,
			 const char *yes, const char *const *yes_names,
			 const char *no, const char *const *no_names)
{
	status = text_trim(status);
	if (status.len == 0)
		return WORD_UNKNOWN;
	if (listed(words, yes, status))
		return WORD_YES;
	if (listed(words, no, status))
		return WORD_NO;
	if (among(yes_names, status))
		return WORD_YES;
	return among(no_names, status) ? WORD_NO : WORD_UNKNOWN;
}

enum word words_call(const struct words *words, struct text status)
{
	return look_up(words, status, "answered", answered, "unanswered",
		       unanswered);
}

enum word words_payment(const struct words *words, struct text status)
{
	return look_up(words, status, "confirmed", confirmed, "unconfirmed",
		       unconfirmed);
}
