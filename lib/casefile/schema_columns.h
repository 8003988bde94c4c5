/* SPDX-License-Identifier: Apache-2.0 */
/* Columns that several tables of a case have. unspoof-case(5) explains each. */
#ifndef UNSPOOF_CASEFILE_SCHEMA_COLUMNS_H
#define UNSPOOF_CASEFILE_SCHEMA_COLUMNS_H

#include "casefile/place.h"

/* As found. Every row names its source and its place there, see place.h. */
#define OF_PLACE(column, name, more) " " name " INTEGER NOT NULL" more ","
#define PLACE " id INTEGER PRIMARY KEY," PLACE_EACH(OF_PLACE)

/* The figures that an account, a person and a presentation have in common.
 * Times NULL when there is no such call. */
#define FIGURES \
	" calls INTEGER NOT NULL," \
	" answered INTEGER NOT NULL," \
	" long_calls INTEGER NOT NULL," \
	" victims INTEGER NOT NULL," \
	" presentations INTEGER NOT NULL," \
	" organisations INTEGER NOT NULL," \
	" reports INTEGER NOT NULL," \
	" loss ANY NOT NULL," \
	" first_call INTEGER," \
	" last_call INTEGER"

/* What spend is the difference of: payments, and refunds, above zero. */
#define GROSS \
	" gross ANY NOT NULL," \
	" refunds ANY NOT NULL"

/* Which of first_call, last_call, first_payment and last_payment are days: 1, 2, 4, 8. */
#define DAYS " days INTEGER NOT NULL DEFAULT 0"

/* See segment/segment_filter.h. */
#define SEGMENT_FILTER \
	" id INTEGER PRIMARY KEY," \
	" checks BLOB NOT NULL," \
	" account BLOB NOT NULL," \
	" presented BLOB NOT NULL," \
	" dialled BLOB NOT NULL"

/* See record/remark.h. */
#define REMARK \
	" id INTEGER PRIMARY KEY," \
	" source INTEGER NOT NULL," \
	" role TEXT NOT NULL," \
	" topic TEXT NOT NULL," \
	" value BLOB NOT NULL," \
	" count INTEGER NOT NULL," \
	" line INTEGER NOT NULL," \
	" text TEXT NOT NULL," \
	" remedy TEXT NOT NULL"

/* See struct schema_table. Paths are where the files of one person are: left out are
 * that of a source, the words of a remark, which name them, and the names of files of
 * options, which stand in front of what they have. */
#define SOURCE_SHARED \
	"id, member, stream, stream_name, exhibit, compression, size, sha256," \
	" member_size, member_sha256, encoding, kind, service, profile, region, zone," \
	" currency, date_order, legs, dialect, mapping, words, tech_prefixes, bare," \
	" rows_read, accepted, rejected, skipped, recipe, absent, settings, decimal," \
	" format, joins, measured, doubled, zones," \
	" dropped_by"
#define REMARK_SHARED "id, source, role, topic, value, count, line"
#define SETTING_SHARED \
	"key, CASE WHEN key IN ('score', 'never_name') THEN '' ELSE value END"
#define DECISION_SHARED \
	"id, run, command, source, key, item," \
	" substr(value, instr(value, char(10)) + 1), reason, undone_by"

#endif
