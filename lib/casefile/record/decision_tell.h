/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of decisions before a command works by them. */
#ifndef UNSPOOF_CASEFILE_RECORD_DECISION_TELL_H
#define UNSPOOF_CASEFILE_RECORD_DECISION_TELL_H

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"

/* Lines of changes, and of what is in force, that are said; the rest is counted. */
#define DECISIONS_TOLD 20

/* What a setting of the case is where nothing is decided. key NULL ends a list of them. */
struct decision_default {
	const char *key;
	const char *value;     /* empty: none */
};

/* Says each setting that differs from the last run of the command, by its decisions and the
 * defaults: "setting: long 60 -> 120", and of those of sources and status words what they
 * were read by; then those in force that this run did not take: "setting: currency BTC, in
 * force since run 3". Of a value of several lines the first is shown, with the digest of all of
 * it. Inside the transaction of the run, once its decisions are taken. */
enum status decision_tell(struct casefile *casefile, const char *command, const struct decision_default *defaults,
			  const struct observer *observer);

/* Adds the ids of the decisions in force for a command on sources and status words, a comma
 * between. */
enum status decision_list(struct casefile *casefile, const char *command, struct buf *out);

#endif
