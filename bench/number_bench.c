/* SPDX-License-Identifier: Apache-2.0 */
/* number_bench TIMES: reads lines of region, TAB, text from standard input, works through them TIMES times on one core,
 * from text to struct, and prints the nanoseconds a number takes, one line for each time. A first pass is not counted.
 * The counterpart of tests/number/oracle.cc. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "number/number.h"

struct question {
	size_t region, region_len, text, text_len; /* places in the input */
};

struct input {
	char *data;
	size_t len;
	struct question *questions;
	size_t count;
};

static _Noreturn void fail(const char *what)
{
	fprintf(stderr, "number_bench: %s\n", what);
	exit(EXIT_FAILURE);
}

static void *room(void *items, size_t *capacity, size_t need, size_t size)
{
	void *grown;

	if (need <= *capacity)
		return items;
	*capacity = need * 2;
	grown = *capacity > SIZE_MAX / size ? NULL : realloc(items, *capacity * size);
	if (!grown)
		fail("out of memory");
	return grown;
}

static void read_all(struct input *input)
{
	size_t capacity = 0, got;

	do {
		input->data = room(input->data, &capacity, input->len + 65536, 1);
		got = fread(input->data + input->len, 1, capacity - input->len, stdin);
		input->len += got;
	} while (got > 0);
	if (ferror(stdin))
		fail("cannot read standard input");
}

static void find_lines(struct input *input)
{
	size_t capacity = 0;

	for (size_t at = 0; at < input->len;) {
		const char *line = input->data + at, *end = memchr(line, '\n', input->len - at);
		const size_t len = end ? (size_t)(end - line) : input->len - at;
		const char *tab = len ? memchr(line, '\t', len) : NULL;
		const size_t region = tab ? (size_t)(tab - line) : len;

		input->questions = room(input->questions, &capacity, input->count + 1, sizeof(*input->questions));
		input->questions[input->count++] = (struct question){ at, region, at + region + !!tab, len - region - !!tab };
		at += len + 1;
	}
	if (!input->count)
		fail("no lines");
}

/* Works through all lines; the sum keeps the compiler from leaving the work out. */
static unsigned long long pass(const struct numplan *plan, const struct input *input)
{
	unsigned long long sum = 0;

	for (size_t i = 0; i < input->count; i++) {
		const struct question *question = &input->questions[i];
		int region = numplan_region(plan, input->data + question->region, question->region_len);
		struct number number;

		number_parse(plan, input->data + question->text, question->text_len, region, &number);
		sum += number.digits_len + (unsigned)number.possible + (unsigned)number.valid + (unsigned)number.type;
	}
	return sum;
}

static double seconds(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		fail("no clock");
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	struct numplan *plan = numplan_new();
	struct input input = { .count = 0 };
	unsigned long times = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;

	if (!plan || !times)
		fail(plan ? "usage: number_bench TIMES" : "out of memory");
	read_all(&input);
	find_lines(&input);
	for (unsigned long i = 0; i <= times; i++) {
		const double start = seconds();

		if (pass(plan, &input) == 0)
			fail("nothing was read");
		if (i > 0)
			printf("%.1f\n", (seconds() - start) * 1e9 / (double)input.count);
	}
	free(input.questions);
	free(input.data);
	numplan_free(plan);
	return fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
