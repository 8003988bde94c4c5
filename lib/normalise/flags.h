/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of presented numbers: impossible, suspicious, or a note. unspoof-flags(5) explains each flag. */
#ifndef UNSPOOF_NORMALISE_FLAGS_H
#define UNSPOOF_NORMALISE_FLAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "number/read/number_read.h"

/* How much a flag says, least first. */
enum flag_class {
	FLAG_NOTE,       /* worth knowing */
	FLAG_SUSPICIOUS, /* possible, and seen where numbers are forged */
	FLAG_IMPOSSIBLE  /* nobody can call from it */
};

/* One flag; the texts belong to the table. */
struct flag {
	const char *name;
	const char *source; /* where its first rule comes from */
	const char *words;  /* what it says, in a line */
	enum flag_class class;
	bool of_call;       /* needs both numbers of a call: never in a set of flag_table_number() */
};

/* A table has no more flags, so that a set of them is 32 bits: bit i is flag i. */
#define FLAGS_MOST 32

/* The flags and their rules. Never changes once made, so any number of threads may use one. */
struct flag_table;

/* The project's own table, data/flags.tsv, which explains its form. */
extern const char flags_builtin[];

/* Reads a table; the caller frees it with flag_table_free. NULL: error says which line is wrong and why, or that there is
 * no memory. */
struct flag_table *flag_table_new(const char *text, struct error *error);

/* Frees what flag_table_new gave; NULL is allowed. */
void flag_table_free(struct flag_table *table);

/* Flag i, from 0, in byte order of the names; NULL after the last. */
const struct flag *flag_table_at(const struct flag_table *table, size_t i);

/* The set of flags of a number as it was read, as if it were presented. */
uint32_t flag_table_number(const struct flag_table *table, const struct reading *reading);

/* The set of the flags that say that a reading is unsure. */
uint32_t flag_table_unsure(const struct flag_table *table);

/* Whether the flags of a number that was read would be the same with any other digits in place of its last ones, if all
 * else that was read stays the same. False also where that is not known. */
bool flag_table_steady(const struct flag_table *table, const struct reading *reading, unsigned last);

/* What the two numbers of a call say of each other, E.164 as integers, 0 for none: CALL_FLAG_SAME, CALL_FLAG_NEIGHBOUR
 * or 0 (casefile/segment/call_flag.h). */
int64_t flag_table_call(const struct flag_table *table, uint64_t presented, uint64_t dialled);

/* The same for the calls of rows: adds to their flags. */
void flag_table_calls(const struct flag_table *table, const int64_t *presented, const int64_t *dialled, uint32_t rows,
	int64_t *flags);

/* Appends the names of a set in byte order, with commas between them. */
void flag_table_names(const struct flag_table *table, uint32_t flags, struct buf *out);

/* "note", "suspicious", "impossible". Static. */
const char *flag_class_name(enum flag_class class);

#endif
