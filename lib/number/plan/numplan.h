/* SPDX-License-Identifier: Apache-2.0 */
/* The world's numbering plan: calling codes, regions, lengths and prefixes, as a view over tables made at build time.
 *
 * The tables (layout in numplan_tables.h) are written by plangen from data/numplan.tsv:
 *
 *   records   one for each region and each non-geographic calling code, ordered by calling code and, within one, as the
 *             plan orders them, main region first: possible lengths as bit masks, the prefix programs below, the rule
 *             that rewrites a national prefix. A region number of this interface is a record's index plus one.
 *   codes     one for each calling code: its first record, how many it has, and the root of its automaton.
 *   rows      the automaton: one minimal graph over the digits of national significant numbers, shared by all calling
 *             codes; a row holds the ten states that follow. It has no cycle but that two dead states, one for calling
 *             codes with one region and one for those with several, lead to themselves, so any digits can be walked.
 *   outputs   what a state says of the digits read so far: the region they belong to, their type, and for each region
 *             of the calling code whether they match its general pattern.
 *   programs  the patterns of international and national prefixes, where the length of the match and a captured group
 *             matter, lowered to a small backtracking code that tries alternatives in the order in which Perl would.
 */
#ifndef UNSPOOF_NUMBER_PLAN_NUMPLAN_H
#define UNSPOOF_NUMBER_PLAN_NUMPLAN_H

#include <stdbool.h>
#include <stddef.h>

/* The plan. Never changes once made, so any number of threads may use one. */
struct numplan;

/* A view over the tables; the caller frees it with numplan_free. NULL when there is no memory. */
struct numplan *numplan_new(void);

/* Frees what numplan_new gave; NULL is allowed. */
void numplan_free(struct numplan *plan);

/* Where in the automaton the last digits of a number, up to seven, make no difference. Never changes once made. */
struct numplan_settled;

/* The caller frees it with numplan_settled_free. NULL when there is no memory. */
struct numplan_settled *numplan_settled_new(void);

/* Frees what numplan_settled_new gave; NULL is allowed. */
void numplan_settled_free(struct numplan_settled *settled);

/* The version of libphonenumber whose metadata the tables hold, such as "8.12.57". Static. */
const char *numplan_version(void);
/* The SHA-256 of data/numplan.tsv, of which they were made. Static. */
const char *numplan_sha256(void);

/* The number, 1 or more, of the region with this ISO 3166 name of two capital letters ("GB"). 0, no region, for
 * anything else: "", "ZZ", "001", unknown, lower case. The numbers belong to one version of the plan: record names. */
int numplan_region(const struct numplan *plan, const char *name, size_t len);

/* The name of a region: two letters; "001" for a non-geographic calling code; "ZZ" for 0 and anything out of range.
 * Static. */
const char *numplan_region_name(const struct numplan *plan, int region);

/* The main region of a calling code (44: GB; 1: US; 800: a region whose name is "001"), 0 when there is no such code. */
int numplan_main_region(const struct numplan *plan, unsigned country_code);

/* The calling code of a region, 0 for none. */
unsigned numplan_calling_code(const struct numplan *plan, int region);

/* Whether a trunk prefix, other than the calling code, stands before national numbers of the region: 0 in GB, but none in ES,
 * and 1 in US is the calling code. */
bool numplan_has_trunk(const struct numplan *plan, int region);

#endif
