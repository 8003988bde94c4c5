/* SPDX-License-Identifier: Apache-2.0 */
/* plangen, the build-time program that turns data/numplan.tsv into C tables: what its rooms share. Not part of the
 * library: it runs on the building machine, and stops with a message on any fault. */
#ifndef UNSPOOF_NORMALISE_PLANGEN_H
#define UNSPOOF_NORMALISE_PLANGEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Prints the message to standard error and exits with status 1. */
_Noreturn void plangen_fail(const char *message, const char *detail);

/* items with room for at least need of size bytes each; *capacity is in items. Stops when there is no memory. */
void *plangen_room(void *items, size_t *capacity, size_t need, size_t size);

/* A growing array of integers. Zeroed is empty. */
struct ints {
	int *at;
	size_t len;
	size_t capacity;
};

void ints_push(struct ints *array, int value);
void ints_append(struct ints *array, const struct ints *more);
void ints_free(struct ints *array);

/* The descriptions of a region that matter here, in the order in which types are tried: the values from
 * DESC_PREMIUM_RATE to DESC_VOICEMAIL equal those of enum number_type. */
enum {
	DESC_GENERAL,
	DESC_PREMIUM_RATE,
	DESC_TOLL_FREE,
	DESC_SHARED_COST,
	DESC_VOIP,
	DESC_PERSONAL_NUMBER,
	DESC_PAGER,
	DESC_UAN,
	DESC_VOICEMAIL,
	DESC_FIXED_LINE,
	DESC_MOBILE,
	DESC_COUNT
};

/* Numbers of one kind. pattern is NULL when the region has none. lengths and local are bit masks of possible lengths
 * and of those possible only locally; lengths 0 means any. */
struct plan_desc {
	const char *pattern;
	uint32_t lengths;
	uint32_t local;
	const char *example; /* a number of the kind, empty when there is none */
};

/* A line of the plan. Texts are borrowed from the plan; empty when absent. */
struct plan_row {
	const char *region;
	unsigned country_code;
	unsigned order; /* within the calling code, the main region first */
	const char *idd;
	const char *trunk; /* the prefix that is usual before national numbers */
	const char *national;
	const char *rule;
	const char *leading;
	bool same_mobile_fixed;
	struct plan_desc desc[DESC_COUNT];
};

/* The plan, its rows ordered by calling code and order. */
struct plan {
	char *text;
	struct plan_row *rows;
	size_t count;
	size_t capacity;
};

/* Reads the file, checks it, and sorts its rows; plan_free frees. */
void plan_read(struct plan *plan, const char *path);
void plan_free(struct plan *plan);

/* Patterns: digits, \d, classes, groups, alternatives, bounded repeats, and a final $. */
enum node_kind { NODE_CLASS, NODE_SEQUENCE, NODE_CHOICE, NODE_REPEAT, NODE_GROUP, NODE_END };

/* A node of a parsed pattern; children are a list by index, -1 ends it. */
struct node {
	enum node_kind kind;
	unsigned mask;     /* NODE_CLASS: bit d is digit d */
	unsigned min, max; /* NODE_REPEAT */
	unsigned group;    /* NODE_GROUP: its number from 1, 0 for one that does not capture */
	int child, next;
};

struct pattern {
	struct node *nodes;
	size_t count;
	size_t capacity;
	int root;
	unsigned groups;
};

/* Parses the pattern; stops on anything outside the subset. pattern_free frees. */
void pattern_parse(struct pattern *pattern, const char *text);
void pattern_free(struct pattern *pattern);

/* What a state of the automaton says: the region relative to the calling code's first (-1: none), its type, and a bit
 * for each region whose general pattern matches. */
struct dag_output {
	int region;
	unsigned type;
	uint32_t general;
};

struct dag_state {
	int output;
	int next[10];
	int chain; /* the next state with the same hash, -1 ends it */
};

/* The automaton of all calling codes. */
struct dag {
	struct dag_state *states;
	size_t state_count, state_capacity;
	struct dag_output *outputs;
	size_t output_count, output_capacity;
	int *buckets;
	int dead[2]; /* where no number can be any more: of a calling code with one region, and with several */
};

void dag_begin(struct dag *dag);
void dag_free(struct dag *dag);

/* Adds the automaton of one calling code; gives its root. */
int dag_add(struct dag *dag, const struct plan_row *rows, size_t count);

/* The state with this output and these ten successors, made if there is none. */
int dag_state(struct dag *dag, int output, const int *next);
int dag_output(struct dag *dag, struct dag_output output);

/* The lowered prefix patterns: see numplan_tables.h. */
struct programs {
	struct ints code;
};

/* What the tables hold of one pattern. */
struct program {
	int start;     /* its first word, 0 for none */
	unsigned first; /* bit d: a match can begin with digit d; bit 10: the match can be empty */
	unsigned groups;
};

/* Lowers a pattern; its last group, of the first two, is the one that is captured. */
struct program programs_add(struct programs *programs, const char *text);

#endif
