/* SPDX-License-Identifier: Apache-2.0 */
/* Which columns of a dump play which roles. */
#ifndef UNSPOOF_INGEST_PLAN_MAPPING_H
#define UNSPOOF_INGEST_PLAN_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "base/text.h"
#include "casefile/kinds.h"
#include "ingest/format/record.h"
#include "ingest/plan/profile.h"
#include "ingest/plan/sample.h"

#define MAPPING_PICKS 8     /* columns one role may come from */
#define MAPPING_JOINS 3     /* no kind has more roles that are times */
#define MAPPING_JOIN_MOST 200       /* bytes of two columns that make a time, and the blank */
#define MAPPING_CONSTANT_MOST 120   /* bytes of a value that is said for all rows */

/* A column that plays a role in rows of some widths, if a pattern says so. */
struct pick {
	size_t column;              /* from 0 */
	struct widths width;
	size_t when_column;
	const struct pattern *when; /* NULL: always; borrowed of the profile */
	bool constant;              /* of no column: the value that is said for the role */
	bool joined;                /* a time: that column, a blank, and */
	size_t second;              /* this one */
};

/* A role's value that stands for "look elsewhere". */
struct fallback {
	int role;
	const struct pattern *when, *take;  /* borrowed of the profile */
	size_t column;
};

/* Rows in whose column the pattern occurs are kept, or dropped. */
struct filter {
	size_t column;
	const struct pattern *pattern;      /* borrowed of the profile */
	bool keep;
};

struct mapping {
	enum kind kind;
	struct pick picks[ROLES_MOST][MAPPING_PICKS];
	size_t pick_counts[ROLES_MOST];
	bool without[ROLES_MOST];   /* said to be in no column: -m ROLE= */
	struct fallback fallbacks[PROFILE_FALLBACKS];
	size_t fallback_count;
	/* Values that are said, not found, with bytes behind them that may be read. */
	char constants[ROLES_MOST][MAPPING_CONSTANT_MOST + RECORD_READ];
	size_t constant_lens[ROLES_MOST];   /* 0: none is said */
	struct filter filters[PROFILE_FILTERS];
	size_t filter_count;
	/* How the values of a role are written: see values/change.h. */
	bool url[ROLES_MOST];
	enum profile_unit units[ROLES_MOST];
	/* Set by mapping_settle(). */
	bool joins;                 /* two columns make a time somewhere */
	bool changes;               /* values of some role are written otherwise than meant */
	int roles[ROLES_MOST];      /* that have a pick, rising */
	size_t role_count;
	bool plain;                 /* each is one column of every row, */
	size_t columns[ROLES_MOST]; /* namely this, of roles[i] */
	size_t width;               /* fields that a row has for that */
};

/* What a thread needs for the values of a row, valid until the next: the words that are
 * no value (borrowed; NULL: there are none), and times of two columns. */
struct mapping_room {
	const struct absents *absents;
	size_t used;
	char joined[MAPPING_JOINS][MAPPING_JOIN_MOST + RECORD_READ];
	struct buf changed;         /* values that were changed; the owner releases it */
};

/* The values of a row: texts[which[i]] is that of roles[i] of the mapping, and
 * without data where the row has none. */
struct mapped {
	const struct text *texts;
	const size_t *which;
	struct text room[ROLES_MOST];
};

static inline struct text mapped_value(const struct mapped *mapped, size_t i)
{
	return mapped->texts[mapped->which[i]];
}

/* What a mapping is made of. */
struct mapping_request {
	const char *shown;              /* the dump, for errors */
	struct text table;              /* its name, for people; may be empty */
	const struct profile *profile;
	enum kind kind;
	const char *const *mappings;    /* ROLE=COLUMN, stronger than the profile */
	size_t mapping_count;
	const struct sample_row *header;    /* NULL: none */
	size_t width;                   /* of the rows; the most of several */
};

/* The column of a profile: by its name, or its position as it is. Statuses as below. */
enum status mapping_locate(const struct mapping_request *request,
			   const struct profile_column *name, size_t *column, struct error *error);

/* Resolves every role; STATUS_USAGE says what is missing or twice, what the
 * header has, and what to do. */
enum status mapping_resolve(struct mapping *mapping,
			    const struct mapping_request *request,
			    struct error *error);

/* How well a kind fits a header and the mappings given, without any error:
 * roles that have a column; 0 when a needed one has none, or when a mapping
 * names a role that the kind has not. *needed: those that are needed. */
unsigned mapping_fit(const struct mapping_request *request, unsigned *needed);

/* The values of a row, one a role; without data where the row has none. Two columns of a
 * time are joined by one blank; where either is empty or a word for no value, the first
 * alone is the value: a date without a time, or no date, which is no time. The matcher and
 * the room are the thread's. STATUS_FAILED: a pattern of the profile does not come
 * to an end; STATUS_MEMORY. */
enum status mapping_apply(const struct mapping *mapping, struct matcher *matcher,
			  struct mapping_room *room, const struct text *fields, size_t count,
			  struct text *values);

/* Says the value of a role for all rows. False: it is empty, too long or not of one line, or
 * another is said already. */
bool mapping_say(struct mapping *mapping, int role, struct text value);
static inline struct text mapping_said(const struct mapping *mapping, size_t role)
{
	return (struct text){ mapping->constants[role], mapping->constant_lens[role] };
}

/* Notes what mapping_values() needs; mapping_resolve() ends with it. */
void mapping_settle(struct mapping *mapping);
/* The values of mapping->roles, each one column of every row; false: they are not. */
static inline bool mapping_plain(const struct mapping *mapping, const struct text *fields,
				 size_t count, struct mapped *mapped)
{
	mapped->texts = fields;
	mapped->which = mapping->columns;
	return mapping->plain && count >= mapping->width;
}
/* The same values as mapping_apply() for mapping->roles only; borrowed of fields, mapping and room. */
enum status mapping_values(const struct mapping *mapping, struct matcher *matcher,
			   struct mapping_room *room, const struct text *fields, size_t count,
			   struct mapped *mapped);

/* A column by its name where there is a header, else by its position. */
void mapping_column(size_t column, const struct sample_row *header, struct buf *out);
/* Lines `role=column`, `role=column+column (joined)`, or `role==VALUE (asserted)`. */
void mapping_describe(const struct mapping *mapping,
		      const struct sample_row *header, struct buf *out);

/* A list of header names, for messages: `a, b, c`. */
void mapping_header(const struct sample_row *header, struct buf *out);

/* Whether a mapping's COLUMN is a position or two, empty, or a value that is said: it
 * needs no header. */
bool mapping_by_position(const char *mapping);

#endif
