/* SPDX-License-Identifier: Apache-2.0 */
/* The shortest way of evidence between two sets of accounts. */
#ifndef UNSPOOF_EXPORT_WHY_WHY_PATH_H
#define UNSPOOF_EXPORT_WHY_WHY_PATH_H

#include "export/why/why_graph.h"

#define WHY_NO_VALUE UINT32_MAX

/* Ends of a way: by account, bits of these. */
#define WHY_FROM 1u
#define WHY_TO 2u

/* Two accounts and the value that both have. */
struct why_step {
	const struct why_tie *from, *to;
	uint32_t value;
};

/* Zeroed is empty. */
struct why_path {
	struct why_step *steps;    /* the caller frees it; NULL: there is no way */
	size_t count;
};

/* Room of searches in one graph. Zeroed is closed. */
struct why_search {
	const struct why_graph *graph;
	uint32_t *queue;           /* accounts */
	uint32_t *by_account;      /* the value by which an account was come to, and 1; 0: it was not */
	uint32_t *by_value;        /* the account from which a value was come to; 0: none */
};

/* False: no memory. */
bool why_search_open(struct why_search *search, const struct why_graph *graph);
void why_search_close(struct why_search *search);

/* Looks for a way from accounts of WHY_FROM to one of WHY_TO, by values up to a strength, but never by the value `without`:
 * of the shortest the one by the values that stand first. Returns the account where it ends; 0: there is none. */
uint32_t why_search_run(struct why_search *search, const uint8_t *ends, enum why_strength most, uint32_t without);
/* The way that was found last, to that account. False: no memory. */
bool why_search_path(const struct why_search *search, uint32_t end, struct why_path *path);

#endif
