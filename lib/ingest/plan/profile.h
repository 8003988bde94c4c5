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
};

/* sniff COLUMN /regex/ POINTS */
struct profile_sniff {
	struct profile_column column;
	struct pattern *pattern;
	unsigned points;
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
	bool has_kind, any_kind;   /* any: the header says which */
	enum kind kind;
	int header, separator, quote;  /* DIALECT_UNKNOWN: found out */
	int escape, inner, guard;  /* the same, as struct dialect has them */
	long head;
	bool blanks;
	bool by_header;            /* roles may be header names */
	struct widths width;
	struct profile_role roles[PROFILE_ROLES];
	size_t role_count;
	struct profile_sniff sniffs[PROFILE_SNIFFS];
	size_t sniff_count;
	struct profile_fallback fallbacks[PROFILE_FALLBACKS];
	size_t fallback_count;
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

/* Reads the text of a profile; shown names it in errors, which are
 * STATUS_USAGE and begin `shown:line: `. Call profile_release also after a
 * failure. */
enum status profile_parse(struct profile *profile, struct text text,
			  const char *shown, struct error *error);
void profile_release(struct profile *profile);

/* Reads a profile that is part of the program, or the file when name has a
 * slash or ends in .profile. STATUS_USAGE lists the known ones. */
enum status profile_load(struct profile *profile, const char *name,
			 struct error *error);

/* Whether a row of this width is within the span. */
static inline bool widths_have(const struct widths *span, size_t width)
{
	return span->most == 0 || (width >= span->least && width <= span->most);
}

/* `, 5 columns` or `, 4 to 5 columns`, for people. */
void widths_describe(const struct widths *widths, struct buf *out);

#endif
