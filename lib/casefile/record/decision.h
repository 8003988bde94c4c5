/* SPDX-License-Identifier: Apache-2.0 */
/* Decisions: settings that an analyst took. They are kept in the case, and in force until
 * others take their place or they are taken back. */
#ifndef UNSPOOF_CASEFILE_RECORD_DECISION_H
#define UNSPOOF_CASEFILE_RECORD_DECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* As SQL: what is decided of a setting of a source, else what column `found` of its row of
 * table source, which is s, says. */
#define DECIDED(s, setting, found) \
	"coalesce((SELECT value FROM decision WHERE source = " s ".id AND key = '" setting "' AND undone_by IS NULL), " \
	s "." found ")"
/* The same for its status words, a line each: those decided of it, of all sources, then its
 * own. The first that has a word counts. */
#define DECIDED_WORDS(s) \
	"coalesce((SELECT group_concat(value, char(10)) || char(10) FROM (SELECT value FROM decision" \
	" WHERE undone_by IS NULL AND key = " s ".kind || '_status' AND (source = " s ".id OR source IS NULL)" \
	" ORDER BY source IS NULL, id)), '') || " s ".words"

/* A setting, and what is decided of it. Strings are borrowed. */
struct decision {
	const char *command;   /* that it is for */
	int64_t source;        /* that it is about; 0: the case as a whole */
	const char *key;
	const char *item;      /* what of it, as a status word in small letters; NULL: none */
	const char *value;     /* empty: none */
	int64_t run;           /* that took it; set by decision_find() and decision_each() */
};

/* The id of the run that is next recorded, for which decisions are taken. */
enum status decision_next_run(struct casefile *casefile, int64_t *run);

/* STATUS_OK: the decisions are those that the last run sealed which changed some;
 * STATUS_INTEGRITY: they are not. Ask before they are used. */
enum status decision_intact(struct casefile *casefile);

/* Takes a decision for the next run, in place of the one in force on that setting; nothing
 * is written where that has the same value. Inside the transaction of that run. */
enum status decision_take(struct casefile *casefile, const struct decision *decision);
/* Takes back the one in force, if there is one; the value does not matter. The same. */
enum status decision_undo(struct casefile *casefile, const struct decision *of);
/* All those for a command. The same. */
enum status decision_undo_all(struct casefile *casefile, const char *command);
/* All those about a source, which is dropped by the next run; *count: how many. */
enum status decision_undo_source(struct casefile *casefile, int64_t source, int64_t *count);

/* The value in force of the setting that `of` names, put into an empty buffer, and the run
 * that took it; STATUS_END: none is decided. */
enum status decision_find(struct casefile *casefile, const struct decision *of, struct buf *value, int64_t *run);

#endif
