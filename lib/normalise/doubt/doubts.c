/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of numbers with two readings, and of fields with two numbers. */
#include "normalise/doubt/doubts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "casefile/segment/segment.h"
#include "casefile/sql.h"

/* The roles that hold numbers, where their readings are; those of calls first, which are in segments. */
static const struct {
	enum kind kind;
	const char *role;
	const char *plural; /* as in "dialled numbers" */
	const char *sql;    /* source, reading and how many; NULL: of calls */
	enum understood_column column;
} roles[] = {
	{ KIND_CALL, "presented", "presented numbers", NULL, READ_PRESENTED_READING },
	{ KIND_CALL, "dialled", "dialled numbers", NULL, READ_DIALLED_READING },
	{ KIND_ACCOUNT, "phone", "telephones of accounts",
	  "SELECT t.source, r.phone_reading, count(*) FROM account_read r JOIN account t ON t.id = r.account"
	  " WHERE r.phone_reading > 0 GROUP BY 1, 2", READ_COLUMNS },
	{ KIND_REPORT, "victim", "victims of reports",
	  "SELECT t.source, r.victim_reading, count(*) FROM report_read r JOIN report t ON t.id = r.report"
	  " WHERE r.victim_reading > 0 GROUP BY 1, 2", READ_COLUMNS },
	{ KIND_REPORT, "presented", "presented numbers of reports",
	  "SELECT t.source, r.presented_reading, count(*) FROM report_read r JOIN report t ON t.id = r.report"
	  " WHERE r.presented_reading > 0 GROUP BY 1, 2", READ_COLUMNS },
	{ KIND_ORGANISATION, "number", "numbers of organisations",
	  "SELECT t.source, r.reading, count(*) FROM organisation_read r JOIN organisation t ON t.id = r.organisation"
	  " WHERE r.reading > 0 GROUP BY 1, 2", READ_COLUMNS },
};

#define ROLES (sizeof(roles) / sizeof(roles[0]))

/* Pairs of readings, by the one taken. */
enum pair { PAIR_OWN_CODE, PAIR_NATIONAL, PAIR_WORLD, PAIR_IDD, PAIR_PREFIX, PAIR_NONE, PAIRS };

static const struct {
	const char *value;
	const char *words;  /* what they are, or may be */
	const char *taken;
	const char *remedy;
	const char *option, *set;  /* of normalise, which reads them the other way */
} pairs[PAIRS] = {
	[PAIR_OWN_CODE] = { "own-code or national", "the country code and a number, or a national number",
			    "the first", "--bare national reads them the other way, --bare own-code says that this is right",
			    "bare", "national" },
	[PAIR_NATIONAL] = { "national or international", "national without a trunk prefix, or international without a plus",
			    "national", "--bare international reads them the other way, --bare national says that this is "
			    "right", "bare", "international" },
	[PAIR_WORLD] = { "international or 9", "international without a plus, or a number behind a 9 for an outside line",
			 "the first", "--tech-prefix 9 reads them the other way, --bare international says that this is "
			 "right", "tech-prefix", "9" },
	[PAIR_IDD] = { "carrier or 00", "international behind digits of a carrier, or behind 00 alone", "the first",
		       "--tech-prefix 00 reads them the other way", "tech-prefix", "00" },
	[PAIR_PREFIX] = { "prefix or none", "a number behind a prefix that was named, or one that begins with it",
			  "the first", "--tech-prefix none reads them the other way", "tech-prefix", "none" },
	[PAIR_NONE] = { "none or prefix", "no valid number, or one behind 9 or 00", "the first",
			"--tech-prefix 9 or --tech-prefix 00 reads what is behind", "tech-prefix", "9" },
};

/* How the numbers of a role of a source are written. */
struct doubt_tally {
	uint64_t numbers;     /* all, with and without doubt */
	uint64_t unsure[PAIRS];
	uint64_t several;
	/* Without doubt: with a plus or the like, the own code, as national numbers. */
	uint64_t marked, own, national, sure;
};

struct doubts {
	const struct doubts_given *given;
	struct doubt_tally *tallies;   /* by place of the source, then role */
	uint64_t *counts;        /* by reading.id: of the segment at hand */
	size_t readings;
};

static enum pair pair_of(const struct reading_sort *sort)
{
	if (sort->rule == NUMBER_RULE_TECH_PREFIX)
		return PAIR_PREFIX;
	if (sort->rule == NUMBER_RULE_IDD)
		return PAIR_IDD;
	if (sort->rule == NUMBER_RULE_BARE_INTERNATIONAL)
		return PAIR_WORLD;
	if (sort->class != NUMBER_CLASS_NUMBER)
		return PAIR_NONE;
	return sort->rule == NUMBER_RULE_OWN_CODE ? PAIR_OWN_CODE : PAIR_NATIONAL;
}

static void add(struct doubt_tally *tally, const struct reading_sort *sort, uint64_t count)
{
	tally->numbers += count;
	if (sort->class == NUMBER_CLASS_SEVERAL) {
		tally->several += count;
	} else if (sort->rule == NUMBER_RULE_COUNTRY) {
		/* Said of the countries of accounts. */
		tally->sure += !sort->unsure ? count : 0;
	} else if (sort->unsure) {
		tally->unsure[pair_of(sort)] += count;
	} else if (sort->class == NUMBER_CLASS_NUMBER) {
		tally->sure += count;
		tally->own += sort->rule == NUMBER_RULE_OWN_CODE ? count : 0;
		tally->national += sort->rule == NUMBER_RULE_NATIONAL ? count : 0;
		tally->marked += sort->rule == NUMBER_RULE_PLUS || sort->rule == NUMBER_RULE_IDD ||
				 sort->rule == NUMBER_RULE_CONTEXT ? count : 0;
	}
}

/* NULL: there is no such source. */
static struct doubt_tally *tally_of(const struct doubts *unsure, int64_t source, size_t role)
{
	const struct source_sense *sense = source_sense_of(unsure->given->sources, source);

	return sense ? &unsure->tallies[(size_t)(sense - unsure->given->sources->items) * ROLES + role] : NULL;
}

static enum status add_counted(struct doubts *unsure, int64_t source, size_t role, int64_t reading, uint64_t count)
{
	struct casefile *casefile = unsure->given->casefile;
	struct doubt_tally *tally = tally_of(unsure, source, role);
	struct reading_sort sort;

	if (!tally || reading < 1 || (uint64_t)reading > unsure->readings)
		return error_set(&casefile->error, STATUS_INTEGRITY, "a number names a source or a reading that is not there");
	sort = readings_sort(unsure->given->readings, reading);
	add(tally, &sort, count);
	return STATUS_OK;
}

/* Legs of other rows, and rows that were not understood, are no calls. */
static enum status count_segment(struct doubts *unsure, const struct segment *segment, size_t role)
{
	const int64_t *readings = segment->understood[roles[role].column];
	enum status status = STATUS_OK;

	memset(unsure->counts, 0, (unsure->readings + 1) * sizeof(*unsure->counts));
	for (uint32_t i = 0; i < segment->rows; i++) {
		const uint64_t reading = (uint64_t)readings[i];
		const bool call = !(segment->understood[READ_FLAGS][i] & (CALL_FLAG_LEG | CALL_FLAG_UNREAD));

		unsure->counts[reading <= unsure->readings ? reading : 0] += call;
	}
	for (size_t id = 1; id <= unsure->readings && status == STATUS_OK; id++)
		if (unsure->counts[id])
			status = add_counted(unsure, segment->source, role, (int64_t)id, unsure->counts[id]);
	return status;
}

static enum status count_calls(struct doubts *unsure)
{
	struct casefile *casefile = unsure->given->casefile;
	const uint64_t wanted = SEGMENT_COLUMN(READ_PRESENTED_READING) | SEGMENT_COLUMN(READ_DIALLED_READING) |
				SEGMENT_COLUMN(READ_FLAGS);
	struct segment_reader reader;
	enum status status = segment_reader_open(&reader, casefile, 0, wanted);

	while (status == STATUS_OK && (status = segment_reader_next(&reader)) == STATUS_OK) {
		for (size_t role = 0; role < ROLES && status == STATUS_OK; role++)
			if (!roles[role].sql)
				status = count_segment(unsure, &reader.segment, role);
		if (status == STATUS_OK && observer_interrupted(unsure->given->notes->observer))
			status = error_set(&casefile->error, STATUS_INTERRUPTED, "interrupted; nothing was changed");
	}
	segment_reader_close(&reader);
	return status == STATUS_END ? STATUS_OK : status;
}

static enum status count_rows(struct doubts *unsure, size_t role)
{
	struct casefile *casefile = unsure->given->casefile;
	sqlite3_stmt *select = casefile_prepare(casefile, roles[role].sql);
	enum status status;

	if (!select)
		return casefile->error.status;
	while ((status = casefile_step(casefile, select)) == STATUS_OK) {
		status = add_counted(unsure, sqlite3_column_int64(select, 0), role, sqlite3_column_int64(select, 1),
				     (uint64_t)sqlite3_column_int64(select, 2));
		if (status != STATUS_OK)
			break;
	}
	sqlite3_finalize(select);
	return status == STATUS_END ? STATUS_OK : status;
}

/* In percent, rounded down, but something for what is there. */
static void add_share(char *out, size_t size, uint64_t part, uint64_t whole, const char *words)
{
	const size_t len = strlen(out);
	const uint64_t percent = whole ? (uint64_t)((double)part * 100 / (double)whole) : 0;

	if (part)
		(void)snprintf(out + len, size - len, "%s%s%llu %% %s", len ? ", " : "", percent ? "" : "under ",
			       (unsigned long long)(percent ? percent : 1), words);
}

/* How the other numbers are written. */
static void tell_rest(const struct doubt_tally *tally, char *out, size_t size)
{
	char shares[160] = "";

	add_share(shares, sizeof(shares), tally->marked, tally->sure, "have a plus or an international prefix");
	add_share(shares, sizeof(shares), tally->own, tally->sure, "the country code alone");
	add_share(shares, sizeof(shares), tally->national, tally->sure, "are national");
	if (!tally->sure)
		(void)snprintf(out, size, "no number beside them shows how this column is written");
	else
		(void)snprintf(out, size, "of the %llu that can be read in one way only, %s", (unsigned long long)tally->sure,
			       *shares ? shares : "all are international without a plus");
}

static enum status tell_pair(const struct doubts *unsure, const struct source_sense *source, size_t role,
			     const struct doubt_tally *tally, enum pair pair)
{
	char rest[250], remedy[250];
	const struct remark remark = {
		.role = roles[role].role,
		.topic = "unsure",
		.value = text_of(pairs[pair].value),
		.count = tally->unsure[pair],
		.remedy = remedy,
	};

	tell_rest(tally, rest, sizeof(rest));
	(void)snprintf(remedy, sizeof(remedy), "%s: `unspoof normalise --%s %lld=%s CASE`", pairs[pair].remedy,
		       pairs[pair].option, (long long)source->id, pairs[pair].set);
	return notes_remark(unsure->given->notes, source, &remark,
			    "%llu of %llu %s can be read in two ways, as %s, and are taken as %s; %s",
			    (unsigned long long)remark.count, (unsigned long long)tally->numbers, roles[role].plural,
			    pairs[pair].words, pairs[pair].taken, rest);
}

static enum status tell_several(const struct doubts *unsure, const struct source_sense *source, size_t role,
				const struct doubt_tally *tally)
{
	const struct remark remark = {
		.role = roles[role].role,
		.topic = "several",
		.count = tally->several,
		.remedy = "`unspoof show CASE number` finds the rows by either",
	};

	return notes_remark(unsure->given->notes, source, &remark,
			    "%llu of %llu %s are more than one number in a field, and none of them is taken",
			    (unsigned long long)tally->several, (unsigned long long)tally->numbers, roles[role].plural);
}

static enum status tell_source(const struct doubts *unsure, size_t place)
{
	const struct source_sense *source = &unsure->given->sources->items[place];
	enum status status = STATUS_OK;

	for (size_t role = 0; role < ROLES; role++) {
		const struct doubt_tally *tally = &unsure->tallies[place * ROLES + role];

		for (unsigned pair = 0; pair < PAIRS && status == STATUS_OK; pair++)
			if (tally->unsure[pair])
				status = tell_pair(unsure, source, role, tally, (enum pair)pair);
		if (status == STATUS_OK && tally->several)
			status = tell_several(unsure, source, role, tally);
	}
	return status;
}

static bool has_some(const struct readings *readings, size_t count)
{
	for (size_t id = 1; id <= count; id++) {
		const struct reading_sort sort = readings_sort(readings, (int64_t)id);

		if (sort.unsure || sort.class == NUMBER_CLASS_SEVERAL)
			return true;
	}
	return false;
}

static enum status count_all(struct doubts *unsure)
{
	enum status status = count_calls(unsure);

	for (size_t role = 0; role < ROLES && status == STATUS_OK; role++)
		if (roles[role].sql)
			status = count_rows(unsure, role);
	return status;
}

enum status doubts_tell(const struct doubts_given *given)
{
	struct doubts unsure = { .given = given, .readings = given->readings->ids.count };
	enum status status;

	if (!has_some(given->readings, unsure.readings))
		return STATUS_OK;
	unsure.tallies = calloc(given->sources->count * ROLES + 1, sizeof(*unsure.tallies));
	unsure.counts = calloc(unsure.readings + 1, sizeof(*unsure.counts));
	status = unsure.tallies && unsure.counts ? count_all(&unsure) : error_memory(&given->casefile->error);
	for (size_t i = 0; i < given->sources->count && status == STATUS_OK; i++)
		status = tell_source(&unsure, i);
	free(unsure.tallies);
	free(unsure.counts);
	return status;
}
