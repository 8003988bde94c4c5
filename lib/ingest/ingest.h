/* SPDX-License-Identifier: Apache-2.0 */
/* Loading dumps into a case file, as found. */
#ifndef UNSPOOF_INGEST_INGEST_H
#define UNSPOOF_INGEST_INGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/observer.h"
#include "base/status.h"
#include "base/text.h"
#include "casefile/casefile.h"
#include "casefile/source.h"

struct format;

/* KIND=VALUE each, in the order in which they were given. */
struct kind_values {
	const char *const *items;
	size_t count;
};

/* What the user says of a source; NULL and -1: it is found out or assumed. */
struct ingest_options {
	const char *kind;       /* `call`, `account`, ... */
	const char *profile;    /* the name of a known one, or a path */
	const char *table;      /* the only one that is taken: see casefile/record/table_name.h */
	const char *const *mappings;    /* ROLE=COLUMN */
	size_t mapping_count;
	const char *const *words;       /* MEANING=WORD of statuses; before the profile's */
	size_t word_count;
	const char *region;     /* of national numbers: two letters; UK is GB */
	/* What carriers put in front of numbers, joined by commas; checked by
	 * the caller, and recorded as it is. */
	const char *tech_prefixes;
	const char *bare;       /* what digits alone are: enum number_bare by name */
	const char *zone;       /* of times without one */
	const char *currency;   /* of amounts without one */
	/* The same for kinds that are named; they are stronger than those. */
	struct kind_values regions, zones, currencies;
	const char *service;    /* the name of the service, for the reader */
	const char *exhibit;    /* the reference it was seized under, see reference.h */
	const char *date_order; /* `dmy` or `mdy` */
	const char *decimal;    /* `comma` or `point` */
	int separator;          /* a byte */
	int quote;              /* a byte, or 0 for none */
	int header;             /* 0 or 1 */
	int escape, inner, guard;       /* as struct dialect has them */
	long head;              /* lines before the table that are no rows */
	bool keep_foot;         /* lines like `(12 rows)` are rows, good or bad */
	bool trim;              /* drop blanks around fields */
	bool replace;           /* content that the case has, read otherwise, is read
				 * again, and takes its place */
	bool check;             /* calls and other rows are not stored */
	const char *expected;   /* the SHA-256 of the file, in lower-case digits; NULL: any */
	uint64_t max_rejects;   /* in all sources; UINT64_MAX: any number */
	const char *version;    /* of the program: another may read otherwise */
	uint64_t threads;       /* how many may run at once; 0 is 1 */
	/* What members may be written in, NULL behind the last; NULL: all that the
	 * program knows. */
	const struct format *const *formats;
	/* Called for each source once it is stored, dialect, mapping and words
	 * aside; may be NULL. */
	void (*stored)(void *context, const struct source_row *source);
	/* With replace: called after `stored`, inside the transaction that took sources
	 * out; records the run that did so, and commits. Called with a count of 0 before
	 * `stored`: what that is told is not there if the commit fails. Else NULL. */
	enum status (*replaced)(void *context, const int64_t *dropped, size_t count);
	void *stored_context;
};

/* Nothing said. */
struct ingest_options ingest_options_none(void);

/* Counts of all sources so far; the caller starts with zeros. */
struct ingest_counts {
	uint64_t sources;       /* stored */
	uint64_t known;         /* in the case already */
	uint64_t read, accepted, rejected, skipped;     /* rows of those stored */
};

/*
 * Loads one SOURCE: a file, "-" for standard input, a folder with all files in
 * it in byte order of their names, or an archive with all its members; each of
 * them in transactions of its own, in which the understood and concluded layers
 * are dropped. What is in the case already, by its content, is left out if it was
 * read with the same options, and else STATUS_FAILED, or replaced; what is there in
 * part is gone on with, and until then no other source is taken.
 *
 * STATUS_OK; STATUS_FAILED: a source could not be read (and then nothing of it
 * is kept) or no row of it was accepted (and then it is stored with its
 * rejects); the others of a folder or archive are loaded all the same.
 * STATUS_REJECTS: stored, with more rejected rows than max_rejects in counts.
 * STATUS_INTEGRITY: the file has not the SHA-256 that is expected, and nothing of it is
 * kept; or an archive changed while it was read.
 * STATUS_USAGE: the options are wrong or do not suffice. STATUS_INTERRUPTED, and
 * STATUS_FAILED of the case file: what was committed is kept. The text is in
 * casefile->error.
 *
 * Notices are of the form `file:line: role 'value': reason` for the first
 * rejects, and say what was found out, assumed and counted.
 */
enum status ingest_source(struct casefile *casefile,
			  const struct ingest_options *options, const char *path,
			  const struct observer *observer,
			  struct ingest_counts *counts);

/* Checks the options by themselves, before a case is opened or a source read:
 * STATUS_USAGE says what is wrong, and what was meant where that can be told. */
enum status ingest_check(const struct ingest_options *options, struct error *error);

/* Takes out of the case what is there of a source that is not whole yet; notices
 * say what. *found: there was one. */
enum status ingest_discard(struct casefile *casefile,
			   const struct observer *observer, bool *found);

/* One way to read a dump, with its evidence. */
struct sniff_bid {
	const char *kind;       /* static */
	char profile[100];
	unsigned points;        /* more is surer; see unspoof-sniff(1) */
	char why[400];          /* safe for a terminal */
};

#define SNIFF_BIDS 24

#define SNIFF_COLUMNS 256       /* that are looked at */
#define SNIFF_ROLES 8           /* of a column that are told */
#define SNIFF_SAMPLES 3
#define SNIFF_VALUES 8          /* of a column whose values are all told, */
#define SNIFF_VALUE_MOST 20     /* and bytes of each */

/* A value without the blanks around it, and in how many rows it is. */
struct sniff_value {
	struct text text;
	size_t count;
};

/* What stands in a column in the first rows. Texts are as found: escape them. */
struct sniff_column {
	struct text name;       /* in the header; empty: it has none */
	const char *roles[SNIFF_ROLES];     /* static */
	size_t role_count;
	const char *guess;      /* where there are none: a role, or what it has; static; or NULL */
	size_t absent;          /* rows in which it is empty, a word for no value, or missing */
	struct text samples[SNIFF_SAMPLES]; /* different ones that are not absent */
	size_t sample_count;
	/* Different ones that are not empty, by first sight; all, unless there are many. */
	struct sniff_value values[SNIFF_VALUES];
	size_t value_count;
	bool many;              /* more of them, or longer ones */
};

/* What a file or member of an archive looks like. Strings are borrowed for the
 * time of the call. */
struct sniff_report {
	const char *source;     /* path or path:member, safe for a terminal */
	const char *compression;
	const char *problem;    /* NULL: it can be ingested as it is */
	const char *dialect;    /* one line; NULL: no delimited text */
	const char *notes;      /* what of that nobody would expect, one a line; or NULL */
	const char *columns;    /* header names, or NULL: no header */
	const char *mapping;    /* role=column, one a line; NULL with a problem */
	size_t width;           /* fields of most rows */
	const struct sniff_bid *bids;   /* surest first */
	size_t bid_count;
	const struct sniff_column *table;   /* the columns of the first rows */
	size_t table_count;     /* 0: no delimited text, or no row of it is whole */
	size_t table_more;      /* columns that are left out */
	size_t table_rows;      /* rows looked at, without the header */
};

/* Looks at one SOURCE, as ingest_source() would, and calls report for each file
 * or member. STATUS_OK also when one of them is no dump. */
enum status ingest_sniff(const struct ingest_options *options, const char *path,
			 const struct observer *observer,
			 void (*report)(void *context,
					const struct sniff_report *report),
			 void *context, struct error *error);

#endif
