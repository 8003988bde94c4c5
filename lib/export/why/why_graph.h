/* SPDX-License-Identifier: Apache-2.0 */
/* Accounts and what they share, as table link has it: a graph of two kinds of nodes. */
#ifndef UNSPOOF_EXPORT_WHY_WHY_GRAPH_H
#define UNSPOOF_EXPORT_WHY_WHY_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/table/dictionary.h"
#include "base/text.h"
#include "casefile/casefile.h"

enum why_strength { WHY_DECISIVE, WHY_WEAK, WHY_HUB, WHY_STRENGTHS };

/* "decisive", "weak", "hub"; static. */
const char *why_strength_name(enum why_strength strength);

/* A row of table link: an account that shares a value with the least one of those that do. */
struct why_tie {
	int64_t id;                /* link.id */
	uint32_t account;          /* account_key.id */
	uint32_t value;
	bool least;                /* it is the least one itself, side a of the link; else side b */
};

/* A value that accounts share. */
struct why_value {
	struct text rule, value;   /* valid as long as the graph */
	enum why_strength strength;
	uint32_t first, count;     /* its ties */
};

/* Zeroed is empty. */
struct why_graph {
	struct dictionary names;       /* of values: rule, strength, least account, value */
	struct why_value *values;
	size_t value_count, value_capacity;
	struct why_tie *ties;          /* by value, the least account first, then by link */
	size_t tie_count, tie_capacity;
	uint32_t *first;               /* by account, and one more: in `of_account` */
	uint32_t *of_account;          /* values, in order */
	uint32_t accounts;             /* the largest id of one */
};

/* Reads table link. STATUS_INTEGRITY: it is damaged; STATUS_FAILED: no memory, or what the case fails with. Release also
 * then. */
enum status why_graph_load(struct why_graph *graph, struct casefile *casefile);
void why_graph_release(struct why_graph *graph);

#endif
