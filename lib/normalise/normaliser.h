/* SPDX-License-Identifier: Apache-2.0 */
/* What the rooms of this stage share while it runs. */
#ifndef UNSPOOF_NORMALISE_NORMALISER_H
#define UNSPOOF_NORMALISE_NORMALISER_H

#include <stdbool.h>

#include "base/table/dictionary.h"
#include "base/time/zone.h"
#include "casefile/form/form.h"
#include "casefile/kinds.h"
#include "casefile/place.h"
#include "casefile/sql.h"
#include "normalise/calls/form_meaning.h"
#include "normalise/countries.h"
#include "normalise/keys.h"
#include "normalise/normalise.h"
#include "normalise/readings.h"
#include "normalise/words.h"

/* What the texts of one source mean. */
struct source_sense {
	int64_t id;
	enum kind kind;
	char *name;              /* path, or path:member; escaped for messages */
	char *service;
	char *currency;          /* of amounts without one; may be empty */
	char *zone_name;
	struct zone *zone;       /* of times without one */
	bool utc;                /* that zone is UTC itself */
	struct number_manner manner;    /* of numbers */
	char *prefixes;          /* in manner */
	enum moment_order order;
	bool legs;               /* rows of one call_id are one call */
	struct words words;
	uint64_t unzoned;        /* times read by the zone above */
	uint64_t by_account;     /* calls read in the region of their account */
	uint64_t no_country;     /* accounts of a country that is not known */
	uint64_t two_countries;  /* rows that contradict another of the account */
};

struct normaliser {
	struct casefile *casefile;
	const struct observer *observer;
	const struct normalise_settings *settings;
	struct normalise_counts *counts;
	struct source_sense *sources;
	size_t source_count;
	struct forms forms;
	struct meanings meanings;
	struct numplan *plan;
	struct numplan_settled *settled;
	struct flag_table *flags;
	struct keys keys;
	struct countries countries;
	struct readings readings;
	struct dictionary shown;   /* presented texts that are no number */
	sqlite3_stmt *unread;
	uint64_t unread_noticed;
	sqlite3_stmt *assumption;
};

/* A value that could not be understood. */
struct unread {
	const struct source_sense *source;
	struct place place;
	const char *role;
	const char *reason;
	struct text value;
};

/* Reads table source; the zone and the profile's words of each. */
enum status sources_load(struct normaliser *n);
void sources_release(struct normaliser *n);
/* NULL when there is no such source: the case is damaged. */
struct source_sense *source_of(const struct normaliser *n, int64_t id);

/* Settles for each source which of day and month stands first. */
enum status order_settle(struct normaliser *n);

/* Records and notices an assumption about a source. */
enum status assume(struct normaliser *n, const struct source_sense *source,
		   const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Sets a row aside, with a notice for the first ten. */
enum status set_aside(struct normaliser *n, const struct unread *unread);

/* What a text of a time says of UTC in a source. reason NULL: understood. */
struct instant {
	const char *reason;
	bool null;               /* "no time" */
	bool clock;              /* a local time that is twice or never */
	bool day_only;
	bool unzoned;            /* read by the zone of the source */
	int64_t ms;              /* since 1970-01-01 UTC */
	int64_t local_ms;        /* on the clock of the text */
};

struct instant instant_read(const struct source_sense *source, struct text text);
/* The same of the digits of a time of the fast reading. */
struct instant instant_clock(const struct source_sense *source,
			     const struct meaning *meaning, int64_t ms);

/* The rows of the small kinds, and the calls. */
enum status rows_understand(struct normaliser *n);
enum status calls_understand(struct normaliser *n);

#endif
