/* SPDX-License-Identifier: Apache-2.0 */
/* Profiles: what is known of one kind of dump, as unspoof-profile(5) says. */
#ifndef UNSPOOF_INGEST_PLAN_PROFILE_H
#define UNSPOOF_INGEST_PLAN_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/absent.h"
#include "base/digest/digest.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/kinds.h"
#include "ingest/plan/pattern.h"

#define PROFILE_ROLES 64
#define PROFILE_SNIFFS 32
#define PROFILE_FALLBACKS 8
#define PROFILE_FILTERS 8
#define PROFILE_SECTIONS 200
#define PROFILE_JOINS 8
#define PROFILE_WIDTH_MOST 4096
#define PROFILE_FILE_MOST 1048576   /* bytes of a profile file */

/* The profile of dumps whose header has the names of roles. */
#define PROFILE_CANONICAL "canonical"

/* A profile that is part of the program; text is not terminated. */
struct profile_text {
	const char *name;
	const char *text;
	size_t len;
};

/* Made from profiles/ by build-aux/embed.awk, in byte order of the names. */
extern const struct profile_text profiles_builtin[];
extern const size_t profiles_builtin_count;

/* Row widths (numbers of fields), both included; most 0: any. */
struct widths {
	size_t least, most;
};

/* A column by its name in the header, or by its position from 1. */
struct profile_column {
	char *name;         /* NULL: by position */
	size_t position;
	bool quoted;        /* the name stood in quotes */
};

/* The most lines `columns` of a section. */
#define PROFILE_NAMED 8

/* role NAME COLUMN [width N[-M]] [when COLUMN /regex/], where COLUMN may be two columns or a
 * value: a name without quotes may mean either, and `"A"+"B"` and `="VALUE"` are. */
struct profile_role {
	int role;
	struct profile_column column;
	struct widths width;
	struct profile_column when_column;
	struct pattern *when;      /* NULL: always */
	struct profile_column second;   /* position 0 and no name: there is none */
	char *constant;            /* NULL: none */
	bool optional;             /* the line counts where its columns are there */
};

enum profile_sniff_of { SNIFF_OF_VALUES, SNIFF_OF_COLUMNS, SNIFF_OF_TABLE };

/* sniff COLUMN /regex/ POINTS, sniff columns NAME... POINTS, sniff table POINTS */
struct profile_sniff {
	enum profile_sniff_of of;
	struct profile_column column;
	char *expression;          /* of the pattern */
	struct pattern *pattern;   /* NULL: not compiled yet, see profile_sniffs() */
	struct buf columns;        /* names, one a line */
	unsigned points;
};

/* keep COLUMN /regex/ and drop COLUMN /regex/: rows that are none of the kind are skipped. */
struct profile_filter {
	struct profile_column column;
	struct pattern *pattern;
	bool keep;
};

/* join ROLE TABLE: what stands in the role is a key of that table. */
struct profile_join {
	int role;
	char *table;
	unsigned line;             /* of the profile */
};

/* What kind of address stands in a role. */
enum profile_address { ADDRESS_UNKNOWN, ADDRESS_TRANSPORT, ADDRESS_CLAIMED, ADDRESS_SWITCH };

/* What a duration, a time or an amount counts: its unit as written, or parts of that. The numbers stand in recipes. */
enum profile_unit { UNIT_AS_WRITTEN, UNIT_MILLI, UNIT_MICRO, UNIT_NANO, UNIT_CENTI };

#define PROFILE_UNITS (UNIT_CENTI + 1)

/* By that name in a profile, of a role of that type; NULL: it has no such unit. Static. */
const char *profile_unit_name(enum profile_unit unit, enum role_type type);

/* epoch COLUMN [s|ms|us|ns] [/regex/]: the seconds since the epoch that role started of calls
 * stands for. */
struct profile_epoch {
	bool said;
	struct profile_column column;
	enum profile_unit unit;    /* as written: seconds */
	struct pattern *take;      /* its group 1 is the number; NULL: the whole value */
};

/* sequence COLUMN [width N[-M]]: a number that grows by one from row to row. */
struct profile_sequence {
	bool said;
	struct profile_column column;
	struct widths width;
};

/* fallback ROLE /regex/ COLUMN /regex/ */
struct profile_fallback {
	int role;
	struct pattern *when;      /* of the role's value */
	struct profile_column column;
	struct pattern *take;      /* its group 1 becomes the value */
};

struct profile {
	char *name, *about;
	/* Where it has sections, a line `table` each: what holds is that of one that the table
	 * matches, the first unless another is asked for, and what stands before all. */
	unsigned sections;         /* lines `table` */
	unsigned section;          /* the one that holds, from 1; 0: none */
	unsigned section_line;     /* where it begins */
	struct buf section_tables; /* of which tables it is, as written */
	bool optional;             /* dumps may lack those */
	bool table_patterns;       /* some section names its tables by a pattern */
	char *confirmed_by;        /* NULL: not said */
	char *unconfirmed;         /* why it never bids; NULL: it may */
	struct buf cannot_say;     /* what such dumps cannot say, one a line */
	bool has_kind, any_kind;   /* any: the header says which */
	enum kind kind;
	int header, separator, quote;  /* DIALECT_UNKNOWN: found out */
	int escape, inner, guard;  /* the same, as struct dialect has them */
	long head;
	bool blanks;
	bool by_header;            /* roles may be header names */
	bool without[ROLES_MOST];  /* in no column, unless a line finds one */
	/* columns NAME...: those of a table whose dump does not name them, one a line, and each; of all such lines, one
	 * behind another, and how many each has. */
	struct buf names;
	struct text *named;
	size_t named_counts[PROFILE_NAMED], named_lines;
	struct widths width;
	struct profile_role roles[PROFILE_ROLES];
	size_t role_count;
	struct profile_sniff sniffs[PROFILE_SNIFFS];
	size_t sniff_count;
	struct profile_fallback fallbacks[PROFILE_FALLBACKS];
	size_t fallback_count;
	struct profile_filter filters[PROFILE_FILTERS];
	size_t filter_count;
	struct profile_join joins[PROFILE_JOINS];
	size_t join_count;
	enum profile_address addresses[ROLES_MOST];
	enum profile_unit units[ROLES_MOST];
	bool url[ROLES_MOST];      /* decode ROLE url */
	char *zones[ROLES_MOST];   /* of one role: zone-of; NULL: not said */
	struct profile_epoch epoch;
	struct profile_sequence sequence;
	int legs;                  /* a role, or -1 */
	struct widths legs_width;
	char *zone, *date_order, *currency, *region, *bare, *decimal;   /* NULL: not said */
	/* Free text: a record by its named groups, and its first line where it has several;
	 * NULL: not said. The line of the profile that says it. */
	struct pattern *record, *record_begin;
	unsigned record_line, record_begin_line;
	struct buf words;          /* `answered=ANSWERED`, one a line */
	struct absents absents;    /* that stand for no value: the known ones, and its own */
	char sha256[DIGEST_HEX];   /* of its text */
};

/* Reads the text of a profile as it holds for a table; no data: for none, so that of one
 * with lines `table` only what stands before them is read. shown names it in errors, which
 * are STATUS_USAGE and begin `shown:line: `. Call profile_release also after a failure. */
enum status profile_parse(struct profile *profile, struct text text, struct text table,
			  const char *shown, struct error *error);
/* The same of the first section behind another that the table matches. */
enum status profile_parse_behind(struct profile *profile, struct text text, struct text table,
				 unsigned section, const char *shown, struct error *error);
/* The same of a section, from 1. */
enum status profile_parse_section(struct profile *profile, struct text text, unsigned section,
				  const char *shown, struct error *error);
/* The same of what it is known by alone: name, kind, header, widths and tests, whose
 * patterns are not compiled. The text was read whole before, and is sound. */
enum status profile_sniffs(struct profile *profile, struct text text, struct text table,
			   const char *shown, struct error *error);
/* Reads it for each of its tables in turn: STATUS_USAGE, as before. *kinds: those of its rows, a
 * bit each; all of `kind any`. */
enum status profile_check(struct text text, const char *shown, unsigned *kinds, struct error *error);
void profile_release(struct profile *profile);

/* Whether it says how the rows of the table that it was read for are. */
static inline bool profile_holds(const struct profile *profile)
{
	return profile->sections == 0 || profile->section > 0;
}

/* Reads a profile that is part of the program, or the file when name has a
 * slash or ends in .profile. STATUS_USAGE lists the known ones. */
enum status profile_load(struct profile *profile, const char *name, struct text table,
			 struct error *error);
/* The same of the first section behind another that the table matches. */
enum status profile_load_behind(struct profile *profile, const char *name, struct text table,
				unsigned section, struct error *error);
/* The same of a section, from 1. */
enum status profile_load_section(struct profile *profile, const char *name, unsigned section,
				 struct error *error);
/* profile_check() of it. */
enum status profile_load_check(const char *name, unsigned *kinds, struct error *error);

/* Whether a row of this width is within the span. */
static inline bool widths_have(const struct widths *span, size_t width)
{
	return span->most == 0 || (width >= span->least && width <= span->most);
}

/* `, 5 columns` or `, 4 to 5 columns`, for people. */
void widths_describe(const struct widths *widths, struct buf *out);

#endif
