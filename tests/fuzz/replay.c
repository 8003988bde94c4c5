/* SPDX-License-Identifier: Apache-2.0 */
/* Runs a fuzz target over inputs kept as text, for builds without libFuzzer.
 *   TARGET FILE...             tries each line of the files
 *   TARGET --split DIR FILE... writes each line to a file of its own, the corpus that libFuzzer begins with
 *   TARGET --join FILE...      prints each file, whole, as such a line
 * A line is an input with \\ for a backslash and \xNN for any byte; lines that begin with '#' are comments. */
#include <stdbool.h>
#include <string.h>

#include "fuzz/fuzz.h"

static _Noreturn void fail(const char *path)
{
	perror(path);
	exit(2);
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undoes \\ and \xNN in place. */
static size_t unescape(char *line, size_t len)
{
	size_t used = 0;

	for (size_t at = 0; at < len; at++) {
		if (line[at] == '\\' && at + 3 < len && line[at + 1] == 'x' && hex(line[at + 2]) >= 0 && hex(line[at + 3]) >= 0) {
			line[used++] = (char)(hex(line[at + 2]) * 16 + hex(line[at + 3]));
			at += 3;
			continue;
		}
		at += line[at] == '\\' && at + 1 < len && line[at + 1] == '\\';
		line[used++] = line[at];
	}
	return used;
}

/* A copy of just that length, so that a read beyond its end is noticed. */
static void try_input(const char *data, size_t len)
{
	uint8_t *copy = malloc(len + !len);

	if (!copy)
		fail("memory");
	memcpy(copy, data, len);
	(void)LLVMFuzzerTestOneInput(copy, len);
	free(copy);
}

static void write_input(const char *directory, unsigned long number, const char *data, size_t len)
{
	char path[4096];
	FILE *file;

	if (snprintf(path, sizeof(path), "%s/seed-%06lu", directory, number) >= (int)sizeof(path))
		fail(directory);
	file = fopen(path, "wb");
	if (!file || fwrite(data, 1, len, file) != len || fclose(file))
		fail(path);
}

static unsigned long take_lines(const char *path, const char *directory, unsigned long count)
{
	FILE *file = fopen(path, "rb");
	char *line = NULL;
	size_t capacity = 0;
	ssize_t got;

	if (!file)
		fail(path);
	while ((got = getline(&line, &capacity, file)) > 0) {
		size_t len = (size_t)got - (line[got - 1] == '\n');

		if (len && line[0] == '#')
			continue;
		len = unescape(line, len);
		if (directory)
			write_input(directory, count, line, len);
		else
			try_input(line, len);
		count++;
	}
	free(line);
	fclose(file);
	return count;
}

static void print_line(const char *path)
{
	FILE *file = fopen(path, "rb");
	bool first = true;
	int byte;

	if (!file)
		fail(path);
	for (; (byte = getc(file)) != EOF; first = false) {
		if (byte == '\\')
			fputs("\\\\", stdout);
		else if (byte < ' ' || byte > '~' || (first && byte == '#'))
			printf("\\x%02x", (unsigned)byte);
		else
			putchar(byte);
	}
	putchar('\n');
	fclose(file);
}

static int print_lines(char **paths)
{
	for (; *paths; paths++)
		print_line(*paths);
	return fflush(stdout) != 0;
}

int main(int argc, char **argv)
{
	const char *directory = NULL;
	unsigned long count = 0;
	int first = 1;

	if (argc > 2 && !strcmp(argv[1], "--join"))
		return print_lines(argv + 2);
	if (argc > 3 && !strcmp(argv[1], "--split")) {
		directory = argv[2];
		first = 3;
	}
	for (int i = first; i < argc; i++)
		count = take_lines(argv[i], directory, count);
	printf("%lu inputs\n", count);
	return fflush(stdout) != 0;
}
