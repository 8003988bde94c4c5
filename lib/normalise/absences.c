/* SPDX-License-Identifier: Apache-2.0 */
/* How often words that are no value were met in a source. */
#include "normalise/absences.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "normalise/notes.h"
#include "normalise/quality/example.h"

bool absences_add(struct absences *absences, const struct absents *absents, size_t role,
		  unsigned number, uint64_t count, int64_t row)
{
	size_t place;

	if (!absences->counts) {
		absences->words = absents->count;
		absences->counts = calloc(ROLES_MOST * absents->count,
					  sizeof(*absences->counts));
		absences->rows = calloc(ROLES_MOST * absents->count, sizeof(*absences->rows));
	}
	if (!absences->counts || !absences->rows)
		return false;
	place = role * absences->words + number - 1;
	absences->counts[place] += count;
	if (absences->rows[place] == 0)
		absences->rows[place] = row;
	return true;
}

void absences_release(struct absences *absences)
{
	free(absences->counts);
	free(absences->rows);
	absences->counts = NULL;
	absences->rows = NULL;
}

/* What follows for the figures, by role; NULL kind: of every kind that has it. */
static const struct {
	const char *role, *kind, *follows;
} effects[] = {
	{ "account", NULL, "no account is named there, and none has it" },
	{ "presented", NULL, "what was presented is unknown there" },
	{ "presented_name", NULL, "no name was presented there" },
	{ "dialled", NULL, "who was dialled is unknown there" },
	{ "call_id", NULL, "each is a call of its own" },
	{ "answered_at", NULL, "no answer is known there, as where it is empty" },
	{ "ended", NULL, "no end is known there" },
	{ "talk", NULL, "no seconds of talk are known there" },
	{ "billed", NULL, "no billed seconds are known there" },
	{ "duration", NULL, "no duration is known there" },
	{ "status", "call", "there is no status, so that seconds decide" },
	{ "status", NULL, "that confirms no payment, as an empty status does not" },
	{ "cost", NULL, "no cost is known there" },
	{ "loss", NULL, "no loss is known there" },
	{ "login", NULL, "no login is known there" },
	{ "email", NULL, "it ties nobody" },
	{ "phone", NULL, "it ties nobody" },
	{ "ip", NULL, "it ties nobody" },
	{ "device", NULL, "it ties nobody" },
	{ "from_address", NULL, "it ties nobody" },
	{ "txid", NULL, "it ties nobody" },
};

/* Of what the source has for rows without it. */
static const char *what_stands_in(const struct source_sense *source, const char *role)
{
	if (!strcmp(role, "country") && source->kind == KIND_ACCOUNT)
		return source->manner.region ? "the region of the source is taken there"
					     : "no region is known there, and the source has none (-r)";
	if (strcmp(role, "currency") != 0 || source->kind == KIND_CALL)
		return NULL;
	return *source->currency ? "the currency of the source is taken there"
				 : "the source has none (-c), so that amounts there are set aside";
}

static const char *what_follows(const struct source_sense *source, const char *role)
{
	const char *kind = kind_info(source->kind)->name;

	if (what_stands_in(source, role))
		return what_stands_in(source, role);
	for (size_t i = 0; i < sizeof(effects) / sizeof(effects[0]); i++)
		if (!strcmp(effects[i].role, role) &&
		    (!effects[i].kind || !strcmp(effects[i].kind, kind)))
			return effects[i].follows;
	return "read as if it were empty";
}

static enum status tell_one(struct notes *notes, const struct source_sense *source,
			    size_t role, unsigned number, size_t place)
{
	const struct kind_info *info = kind_info(source->kind);
	const char *name = info->roles[role].name;
	const char *word = absents_word(source->absents, number)->word;
	const uint64_t count = source->absences.counts[place];
	struct buf example = { 0 };
	char shown[120], remedy[200];
	enum status status;
	struct remark remark = {
		.role = name, .topic = "absent", .value = text_of(word), .count = count,
		.remedy = number == ABSENT_BLANKS ? "" : remedy,
	};

	(void)absents_show(source->absents, number, shown, sizeof(shown));
	(void)snprintf(remedy, sizeof(remedy),
		       "where that is a value, say so in a profile: not-absent %.100s",
		       word);
	status = example_find(notes, source, source->absences.rows[place], &remark.line, &example);
	if (status == STATUS_OK)
		status = notes_remark(notes, source, &remark, "%llu row%s with %s for %s, which is "
				      "no value: %s%s", (unsigned long long)count,
				      count == 1 ? "" : "s", shown, name,
				      what_follows(source, name), example.len ? example.data : "");
	buf_release(&example);
	return status;
}

enum status absences_tell(struct notes *notes, const struct source_sense *source)
{
	const struct absences *absences = &source->absences;
	const size_t roles = absences->counts ? kind_info(source->kind)->role_count : 0;
	enum status status = STATUS_OK;

	for (size_t i = 0; i < roles * absences->words && status == STATUS_OK; i++)
		if (absences->counts[i])
			status = tell_one(notes, source, i / absences->words,
					  (unsigned)(i % absences->words) + 1, i);
	return status;
}
