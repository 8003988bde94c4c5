/* SPDX-License-Identifier: Apache-2.0 */
/* plangen: all patterns of a calling code as one automaton over digits, and those automata as one minimal graph. */
#include <stdlib.h>
#include <string.h>

#include "plangen/plangen.h"

#define BUCKETS 16384u  /* a power of two */
#define DIGITS_MAX 17   /* longer national significant numbers are refused before they come here */
#define LEADING DESC_COUNT /* the acceptance that stands for a region's leading digits */

/* A place in a pattern where a digit is read: which digits, which places may come next, which descriptions end here
 * (region * (LEADING + 1) + description). */
struct position {
	unsigned mask;
	struct ints follow;
	struct ints accept;
};

/* A set of positions reached after depth digits, and the state made for it. */
struct subset {
	struct ints set;
	int depth;
	int state;
	int chain;
};

/* The work on one calling code. */
struct automaton {
	struct dag *dag;
	const struct plan_row *rows;
	size_t row_count;
	struct position *positions;
	size_t position_count, position_capacity;
	struct ints first;
	struct subset *subsets;
	size_t subset_count, subset_capacity;
	int *buckets;
};

/* What a part of a pattern begins and ends with. */
struct part {
	bool nullable;
	struct ints first, last;
};

static uint32_t hash_ints(uint32_t hash, const int *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (uint32_t)at[i]) * UINT32_C(16777619);
	return hash ^ hash >> 15;
}

static int *new_buckets(void)
{
	int *buckets = malloc(BUCKETS * sizeof(*buckets));

	if (!buckets)
		plangen_fail("out of memory", "buckets");
	for (size_t i = 0; i < BUCKETS; i++)
		buckets[i] = -1;
	return buckets;
}

int dag_output(struct dag *dag, struct dag_output output)
{
	for (size_t i = 0; i < dag->output_count; i++) {
		const struct dag_output *old = &dag->outputs[i];

		if (old->region == output.region && old->type == output.type && old->general == output.general)
			return (int)i;
	}
	dag->outputs = plangen_room(dag->outputs, &dag->output_capacity, dag->output_count + 1, sizeof(*dag->outputs));
	dag->outputs[dag->output_count] = output;
	return (int)dag->output_count++;
}

int dag_state(struct dag *dag, int output, const int *next)
{
	uint32_t bucket = hash_ints((uint32_t)output, next, 10) % BUCKETS;
	struct dag_state *state;

	for (int i = dag->buckets[bucket]; i >= 0; i = dag->states[i].chain)
		if (dag->states[i].output == output && !memcmp(dag->states[i].next, next, sizeof(dag->states[i].next)))
			return i;
	dag->states = plangen_room(dag->states, &dag->state_capacity, dag->state_count + 1, sizeof(*dag->states));
	state = &dag->states[dag->state_count];
	state->output = output;
	memcpy(state->next, next, sizeof(state->next));
	state->chain = dag->buckets[bucket];
	dag->buckets[bucket] = (int)dag->state_count;
	return (int)dag->state_count++;
}

/* A dead state leads to itself. A calling code with one region gives it every number, dead or not. */
static int dead_state(struct dag *dag, int region)
{
	int self = (int)dag->state_count;
	int next[10];

	for (int d = 0; d < 10; d++)
		next[d] = self;
	return dag_state(dag, dag_output(dag, (struct dag_output){ region, 0, 0 }), next);
}

void dag_begin(struct dag *dag)
{
	*dag = (struct dag){ .buckets = new_buckets() };
	dag->dead[0] = dead_state(dag, 0);
	dag->dead[1] = dead_state(dag, -1);
}

void dag_free(struct dag *dag)
{
	free(dag->states);
	free(dag->outputs);
	free(dag->buckets);
}

static int new_position(struct automaton *automaton, unsigned mask)
{
	automaton->positions = plangen_room(automaton->positions, &automaton->position_capacity,
		automaton->position_count + 1, sizeof(*automaton->positions));
	automaton->positions[automaton->position_count] = (struct position){ .mask = mask };
	return (int)automaton->position_count++;
}

/* Puts more behind part. Firsts of different parts never share a position, so nothing is added twice. */
static void part_follow(struct automaton *automaton, struct part *part, struct part *more)
{
	for (size_t i = 0; i < part->last.len; i++)
		ints_append(&automaton->positions[part->last.at[i]].follow, &more->first);
	if (part->nullable)
		ints_append(&part->first, &more->first);
	if (!more->nullable)
		part->last.len = 0;
	ints_append(&part->last, &more->last);
	part->nullable = part->nullable && more->nullable;
	ints_free(&more->first);
	ints_free(&more->last);
}

static void part_or(struct part *part, struct part *other)
{
	ints_append(&part->first, &other->first);
	ints_append(&part->last, &other->last);
	part->nullable = part->nullable || other->nullable;
	ints_free(&other->first);
	ints_free(&other->last);
}

static struct part build(struct automaton *automaton, const struct pattern *pattern, int index);

static struct part build_class(struct automaton *automaton, unsigned mask)
{
	struct part part = { .nullable = false };
	int position = new_position(automaton, mask);

	ints_push(&part.first, position);
	ints_push(&part.last, position);
	return part;
}

static struct part build_repeat(struct automaton *automaton, const struct pattern *pattern, const struct node *node)
{
	struct part part = { .nullable = true };

	for (unsigned i = 0; i < node->max; i++) {
		struct part item = build(automaton, pattern, node->child);

		item.nullable = item.nullable || i >= node->min;
		part_follow(automaton, &part, &item);
	}
	return part;
}

static struct part build(struct automaton *automaton, const struct pattern *pattern, int index)
{
	const struct node *node = &pattern->nodes[index];
	bool choice = node->kind == NODE_CHOICE;
	struct part part = { .nullable = !choice };

	if (node->kind == NODE_CLASS)
		return build_class(automaton, node->mask);
	if (node->kind == NODE_REPEAT)
		return build_repeat(automaton, pattern, node);
	if (node->kind == NODE_END)
		plangen_fail("a $ in a pattern of numbers", "its place is in prefixes");
	for (int child = node->child; child >= 0; child = pattern->nodes[child].next) {
		struct part item = build(automaton, pattern, child);

		if (choice)
			part_or(&part, &item);
		else
			part_follow(automaton, &part, &item);
	}
	return part;
}

static void add_pattern(struct automaton *automaton, const char *text, int key, bool prefix)
{
	struct pattern pattern;
	struct part part;

	pattern_parse(&pattern, text);
	part = build(automaton, &pattern, pattern.root);
	if (part.nullable)
		plangen_fail("a pattern that matches nothing at all", text);
	ints_append(&automaton->first, &part.first);
	if (prefix) {
		int rest = new_position(automaton, 0x3ff);

		ints_push(&automaton->positions[rest].follow, rest);
		for (size_t i = 0; i < part.last.len; i++)
			ints_push(&automaton->positions[part.last.at[i]].follow, rest);
		ints_push(&part.last, rest);
	}
	for (size_t i = 0; i < part.last.len; i++)
		ints_push(&automaton->positions[part.last.at[i]].accept, key);
	ints_free(&part.first);
	ints_free(&part.last);
	pattern_free(&pattern);
}

static bool hit(uint32_t hits, const struct plan_row *row, int desc, int depth)
{
	uint32_t lengths = row->desc[desc].lengths;

	return (hits >> desc & 1) && (!lengths || (lengths >> depth & 1));
}

/* The order of PhoneNumberUtil::GetNumberTypeHelper. */
static unsigned type_of(uint32_t hits, const struct plan_row *row, int depth)
{
	if (!hit(hits, row, DESC_GENERAL, depth))
		return 0;
	for (int d = DESC_PREMIUM_RATE; d <= DESC_VOICEMAIL; d++)
		if (hit(hits, row, d, depth))
			return (unsigned)d;
	if (hit(hits, row, DESC_FIXED_LINE, depth))
		return row->same_mobile_fixed || hit(hits, row, DESC_MOBILE, depth) ? 11 : 9;
	return !row->same_mobile_fixed && hit(hits, row, DESC_MOBILE, depth) ? 10 : 0;
}

/* The order of PhoneNumberUtil::GetRegionCodeForNumberFromRegionList: leading digits decide alone where a region has
 * them, else a region takes what has a type there. */
static int output_of(struct automaton *automaton, const struct ints *set, int depth)
{
	uint32_t hits[32] = { 0 };
	struct dag_output output = { automaton->row_count == 1 ? 0 : -1, 0, 0 };

	for (size_t i = 0; i < set->len; i++) {
		const struct ints *accept = &automaton->positions[set->at[i]].accept;

		for (size_t k = 0; k < accept->len; k++)
			hits[accept->at[k] / (LEADING + 1)] |= UINT32_C(1) << accept->at[k] % (LEADING + 1);
	}
	for (size_t r = automaton->row_count; r-- > 0;) {
		const struct plan_row *row = &automaton->rows[r];
		unsigned type = type_of(hits[r], row, depth);
		bool taken = automaton->row_count == 1 || (row->leading[0] ? hits[r] >> LEADING & 1 : type != 0);

		output.general |= (hits[r] >> DESC_GENERAL & 1) << r;
		if (taken) {
			output.region = (int)r;
			output.type = type;
		}
	}
	return dag_output(automaton->dag, output);
}

static int compare_ints(const void *a, const void *b)
{
	const int *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void sort_unique(struct ints *set)
{
	size_t kept = 0;

	if (set->len)
		qsort(set->at, set->len, sizeof(*set->at), compare_ints);
	for (size_t i = 0; i < set->len; i++)
		if (kept == 0 || set->at[kept - 1] != set->at[i])
			set->at[kept++] = set->at[i];
	set->len = kept;
}

static int known_subset(const struct automaton *automaton, uint32_t bucket, const struct ints *set, int depth)
{
	for (int i = automaton->buckets[bucket]; i >= 0; i = automaton->subsets[i].chain) {
		const struct subset *old = &automaton->subsets[i];

		if (old->depth == depth && old->set.len == set->len && !memcmp(old->set.at, set->at, set->len * sizeof(*set->at)))
			return old->state;
	}
	return -1;
}

static int subset_state(struct automaton *automaton, struct ints *set, int depth);

/* The ten successors of a set; from is where a next digit may be read. */
static void successors(struct automaton *automaton, const struct ints *from, int depth, int *next)
{
	for (int d = 0; d < 10; d++) {
		struct ints set = { NULL, 0, 0 };

		for (size_t i = 0; i < from->len && depth < DIGITS_MAX; i++)
			if (automaton->positions[from->at[i]].mask >> d & 1)
				ints_push(&set, from->at[i]);
		next[d] = automaton->dag->dead[automaton->row_count > 1];
		if (set.len)
			next[d] = subset_state(automaton, &set, depth + 1);
		else
			ints_free(&set);
	}
}

/* The state for a set of positions after depth digits; takes over the set. */
static int subset_state(struct automaton *automaton, struct ints *set, int depth)
{
	uint32_t bucket;
	struct ints from = { NULL, 0, 0 };
	int state, next[10];

	sort_unique(set);
	bucket = hash_ints((uint32_t)depth, set->at, set->len) % BUCKETS;
	state = known_subset(automaton, bucket, set, depth);
	if (state >= 0) {
		ints_free(set);
		return state;
	}
	for (size_t i = 0; i < set->len; i++)
		ints_append(&from, &automaton->positions[set->at[i]].follow);
	sort_unique(&from);
	successors(automaton, &from, depth, next);
	ints_free(&from);
	state = dag_state(automaton->dag, output_of(automaton, set, depth), next);
	automaton->subsets = plangen_room(automaton->subsets, &automaton->subset_capacity, automaton->subset_count + 1,
		sizeof(*automaton->subsets));
	automaton->subsets[automaton->subset_count] = (struct subset){ *set, depth, state, automaton->buckets[bucket] };
	automaton->buckets[bucket] = (int)automaton->subset_count++;
	return state;
}

static void automaton_free(struct automaton *automaton)
{
	for (size_t i = 0; i < automaton->position_count; i++) {
		ints_free(&automaton->positions[i].follow);
		ints_free(&automaton->positions[i].accept);
	}
	for (size_t i = 0; i < automaton->subset_count; i++)
		ints_free(&automaton->subsets[i].set);
	ints_free(&automaton->first);
	free(automaton->positions);
	free(automaton->subsets);
	free(automaton->buckets);
}

int dag_add(struct dag *dag, const struct plan_row *rows, size_t count)
{
	struct automaton automaton = { .dag = dag, .rows = rows, .row_count = count, .buckets = new_buckets() };
	const struct ints none = { NULL, 0, 0 };
	int next[10], root;

	if (count > 32)
		plangen_fail("too many regions on a calling code", rows->region);
	for (size_t r = 0; r < count; r++) {
		int key = (int)r * (LEADING + 1);

		for (int d = 0; d < DESC_COUNT; d++)
			if (rows[r].desc[d].pattern)
				add_pattern(&automaton, rows[r].desc[d].pattern, key + d, false);
		if (rows[r].leading[0])
			add_pattern(&automaton, rows[r].leading, key + LEADING, true);
	}
	successors(&automaton, &automaton.first, 0, next);
	root = dag_state(dag, output_of(&automaton, &none, 0), next);
	automaton_free(&automaton);
	return root;
}
