/* SPDX-License-Identifier: Apache-2.0 */
/* The names nearest to one that does not exist: optimal string alignment. */
#include "base/nearest.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* A letter put in, left out, replaced or swapped; twice, so that another first
 * letter can count a little more. */
#define STEP 2u
#define OTHER_FIRST 1u
/* Names of so many letters are near by one of them. */
#define SHORT 4u

static char fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* A row of the table of distances between beginnings, from the two before. */
static void fill_row(struct text a, struct text b, size_t i, unsigned rows[3][NEAREST_NAME])
{
	const char c = fold(a.data[i - 1]);

	rows[2][0] = (unsigned)i;
	for (size_t k = 1; k <= b.len; k++) {
		const char d = fold(b.data[k - 1]);
		unsigned steps = rows[1][k - 1] + (c != d);

		steps = least(steps, least(rows[1][k], rows[2][k - 1]) + 1);
		if (i > 1 && k > 1 && c == fold(b.data[k - 2]) && fold(a.data[i - 2]) == d)
			steps = least(steps, rows[0][k - 2] + 1);
		rows[2][k] = steps;
	}
}

unsigned nearest_distance(struct text a, struct text b)
{
	unsigned rows[3][NEAREST_NAME] = { { 0 } };

	if (a.len >= NEAREST_NAME || b.len >= NEAREST_NAME)
		return UINT_MAX;
	for (size_t k = 0; k <= b.len; k++)
		rows[1][k] = rows[2][k] = (unsigned)k;
	for (size_t i = 1; i <= a.len; i++) {
		fill_row(a, b, i, rows);
		memcpy(rows[0], rows[1], sizeof(rows[0]));
		memcpy(rows[1], rows[2], sizeof(rows[1]));
	}
	return rows[1][b.len];
}

void nearest_begin(struct nearest *nearest, struct text wanted)
{
	memset(nearest, 0, sizeof(*nearest));
	nearest->wanted = wanted;
	nearest->distance = UINT_MAX;
}

static void keep(struct nearest *nearest, const char *name, unsigned distance)
{
	const size_t len = strlen(name);
	size_t place = 0;

	if (distance > nearest->distance || len >= NEAREST_NAME)
		return;
	if (distance < nearest->distance)
		nearest->count = 0;
	nearest->distance = distance;
	while (place < nearest->count && strcmp(nearest->names[place], name) < 0)
		place++;
	if (place == NEAREST_NAMES || (place < nearest->count && !strcmp(nearest->names[place], name)))
		return;
	nearest->count += nearest->count < NEAREST_NAMES;
	for (size_t i = nearest->count - 1; i > place; i--)
		memcpy(nearest->names[i], nearest->names[i - 1], NEAREST_NAME);
	memcpy(nearest->names[place], name, len + 1);
}

void nearest_offer_part(struct nearest *nearest, const char *name, const char *part)
{
	const struct text text = text_of(part);
	const unsigned steps = nearest_distance(nearest->wanted, text);
	const size_t longer = text.len > nearest->wanted.len ? text.len : nearest->wanted.len;
	bool other;

	if (steps == UINT_MAX || (longer <= SHORT ? steps >= longer : 2 * steps > longer))
		return;
	other = text.len && nearest->wanted.len && fold(text.data[0]) != fold(nearest->wanted.data[0]);
	keep(nearest, name, STEP * steps + (other ? OTHER_FIRST : 0));
}

void nearest_offer(struct nearest *nearest, const char *name)
{
	nearest_offer_part(nearest, name, name);
}

void nearest_take(struct nearest *nearest, const char *name)
{
	nearest->count = 0;
	keep(nearest, name, 0);
}

const char *nearest_say(const struct nearest *nearest, char out[NEAREST_SAID])
{
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < nearest->count; i++) {
		const char *between = i == 0 ? "did you mean " : i + 1 < nearest->count ? ", " : " or ";

		len += (size_t)snprintf(out + len, NEAREST_SAID - len, "%s%s", between, nearest->names[i]);
	}
	if (len)
		(void)snprintf(out + len, NEAREST_SAID - len, "?");
	return out;
}
