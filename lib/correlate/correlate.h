/* SPDX-License-Identifier: Apache-2.0 */
/* The conclusions: persons, presentations, victims, spend, losses, scores,
 * each with the found rows that say so. */
#ifndef UNSPOOF_CORRELATE_CORRELATE_H
#define UNSPOOF_CORRELATE_CORRELATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "base/wide.h"
#include "casefile/casefile.h"

/* What two accounts can share, in byte order of the names. */
enum link_rule {
	LINK_ADDRESS,      /* a paying address, whatever the payment's status */
	LINK_DEVICE,       /* of a login, as found but for blanks around it */
	LINK_EMAIL,        /* ASCII case folded, see email_identity.h */
	LINK_IP,           /* of an account, a login or a call */
	LINK_PHONE,        /* E.164 */
	LINK_TXID,         /* a transaction, whatever the payment's status */
	LINK_RULES
};

/* Bit r set: rule r ties accounts to one person. */
#define LINKS_DECISIVE \
	(1u << LINK_ADDRESS | 1u << LINK_DEVICE | 1u << LINK_EMAIL | \
	 1u << LINK_PHONE | 1u << LINK_TXID)

/* The name of a rule, as table link has it; static. */
const char *link_rule_name(enum link_rule rule);
/* Reads "email,address,ip" into a set of bits; false: the first word that is
 * no rule is in *word. Blanks around words are dropped, an empty list is
 * refused. */
bool link_rules_parse(const char *list, unsigned *links, struct text *word);

struct correlate_settings {
	const char *currency;   /* ISO 4217 or a coin, of all amounts concluded */
	i128 threshold;         /* minor units of it: a spend to be noticed */
	int64_t long_seconds;   /* a long call has more talk than this */
	unsigned hub;           /* an identifier of more accounts ties nothing */
	int64_t report_window;  /* seconds between a report and its call */
	int64_t rate_gap;       /* days between an amount and its rate, at most */
	unsigned links;         /* rules that tie; others are shown as weak */
	bool keep_duplicates;   /* rows that are there twice count each time */
	const char *score;      /* the text of the bands, see data/score.txt */
	const char *score_name; /* of that text, for messages and the record */
	const char *never;      /* identifiers that tie nothing, one a line; or NULL */
	const char *never_name; /* the same of that */
	/* Results do not depend on these: */
	unsigned threads;       /* that may work at once; 0 is 1 */
	uint64_t memory;        /* bytes for what grows with the calls */
	const char *temporary;  /* where what is more than that goes for the
				 * time being; NULL: the folder of the case */
};

/* The defaults, as a user gives them. */
#define CORRELATE_CURRENCY "GBP"
#define CORRELATE_THRESHOLD "100"       /* of that currency */
#define CORRELATE_LONG 60               /* seconds */
#define CORRELATE_HUB 20                /* accounts */
#define CORRELATE_WINDOW 30             /* minutes */
#define CORRELATE_RATE_GAP 0            /* days */
#define CORRELATE_LINKS "email,address,txid,phone,device"       /* LINKS_DECISIVE */

/* The most that may be given, days. */
#define CORRELATE_RATE_GAP_MOST 36500

/* The memory that is used unless told, and at least: MiB, and bytes. */
#define CORRELATE_MEMORY_MIB 512
#define CORRELATE_MEMORY_LEAST_MIB 16
#define CORRELATE_MEMORY ((uint64_t)CORRELATE_MEMORY_MIB << 20)
#define CORRELATE_MEMORY_LEAST ((uint64_t)CORRELATE_MEMORY_LEAST_MIB << 20)

/* Those defaults, the bands that are built in, one thread and the folder of the
 * case. */
void correlate_settings_init(struct correlate_settings *settings);

/* Reads a decimal of the settings' currency or of a unit of it, which it may be for
 * that time, as SAT, into the threshold: NULL, or a static reason that follows the value. */
const char *correlate_threshold(struct correlate_settings *settings,
				struct text text);

/* Whether the texts of bands and of identifiers in the settings can be read, as correlate_run()
 * reads them. STATUS_FAILED: error says which line is wrong, or that there is no memory. */
enum status correlate_check(const struct correlate_settings *settings, struct error *error);

struct correlate_counts {
	uint64_t duplicates;    /* rows that are there again elsewhere */
	uint64_t calls;         /* all of them, also those of no account */
	uint64_t accounts;
	uint64_t suspects;
	uint64_t payers;
	uint64_t presentations;
	uint64_t victims;
	uint64_t links;
	uint64_t reports;
	uint64_t matched;       /* reports */
	uint64_t over_threshold; /* suspects */
	i128 spend;             /* minor units of the currency */
	i128 loss;
};

/* Drops what was concluded and concludes anew, inside the caller's
 * transaction. STATUS_FAILED: there is no understood layer, a rate is missing
 * or contradicted, the bands do not parse, sums beyond 128 bits, a temporary
 * file that cannot be made or written, and whatever the case file fails with; STATUS_USAGE: a setting is out of its range;
 * STATUS_INTEGRITY: the case is damaged; STATUS_INTERRUPTED. */
enum status correlate_run(struct casefile *casefile,
			  const struct correlate_settings *settings,
			  const struct observer *observer,
			  struct correlate_counts *counts);

#endif
