/* SPDX-License-Identifier: Apache-2.0 */
/* synth: the dumps of a made-up spoofing service at any scale from a seed, with the truth beside them. See synth.md. */
#include "synth.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char usage[] =
	"usage: synth [--scale N/D|X] [--seed N] [--header canonical|renamed|none] [--separator C] [--accounts N] [--rows-only] DIR\n";

enum { MAX_PART = 1000000000, MAX_SCALE = 10, PRESS_ROWS = 70000000, LEAST_ROWS = 1000, MAX_ACCOUNTS = 20000000, LEAST_ACCOUNTS = 14 };

static _Noreturn void misuse(const char *what, const char *value)
{
	fprintf(stderr, "synth: %s '%s'\n%s", what, value, usage);
	exit(2);
}

/* Digits up to a mark or the end; false when there are none or too many. */
static bool read_digits(const char **text, uint64_t limit, uint64_t *value)
{
	const char *p = *text;
	for (*value = 0; *p >= '0' && *p <= '9'; p++) {
		if (*value > (limit - (uint64_t)(*p - '0')) / 10)
			return false;
		*value = *value * 10 + (uint64_t)(*p - '0');
	}
	bool any = p > *text;
	*text = p;
	return any;
}

/* "1/1000", "0.01", "1": whole numbers within. At least 1,000 rows, at most ten times the press figures. */
static bool read_scale(const char *text, struct options *options)
{
	options->den = 1;
	if (!read_digits(&text, MAX_PART, &options->num))
		return false;
	if (*text == '/') {
		text++;
		if (!read_digits(&text, MAX_PART, &options->den))
			return false;
	} else if (*text == '.') {
		for (text++; *text >= '0' && *text <= '9' && options->den < MAX_PART && options->num < MAX_PART; text++) {
			options->num = options->num * 10 + (uint64_t)(*text - '0');
			options->den *= 10;
		}
	}
	if (*text != '\0' || options->den == 0 || options->num > MAX_SCALE * options->den)
		return false;
	return options->num * PRESS_ROWS / options->den >= LEAST_ROWS;
}

static bool read_header(const char *text, enum header *header)
{
	static const char *const names[] = {"canonical", "renamed", "none"};
	for (int i = 0; i < 3; i++) {
		if (strcmp(text, names[i]) == 0) {
			*header = (enum header)i;
			return true;
		}
	}
	return false;
}

static bool read_separator(const char *text, char *separator)
{
	*separator = strcmp(text, "\\t") == 0 ? '\t' : *text;
	return (text[0] != '\0' && text[1] == '\0' && strchr(",;|\t", text[0]) != NULL) || *separator == '\t';
}

static bool read_option(const char *name, const char *value, struct options *options)
{
	if (strcmp(name, "--scale") == 0)
		return read_scale(value, options);
	if (strcmp(name, "--seed") == 0)
		return read_digits(&value, UINT64_MAX, &options->seed) && *value == '\0';
	if (strcmp(name, "--header") == 0)
		return read_header(value, &options->header);
	if (strcmp(name, "--accounts") == 0)
		return read_digits(&value, MAX_ACCOUNTS, &options->accounts) && *value == '\0' && options->accounts >= LEAST_ACCOUNTS;
	if (strcmp(name, "--separator") == 0)
		return read_separator(value, &options->separator);
	misuse("no such option", name);
}

static struct options read_options(int argc, char **argv)
{
	struct options options = {.num = 1, .den = 1000, .seed = 1, .separator = ','};
	int i = 1;
	for (; i < argc && argv[i][0] == '-'; i++) {
		const char *name = argv[i];
		if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) {
			fputs(usage, stdout);
			exit(EXIT_SUCCESS);
		}
		if (strcmp(name, "--rows-only") == 0) {
			options.rows_only = true;
			continue;
		}
		if (i + 1 == argc)
			misuse("no value after", name);
		if (!read_option(name, argv[++i], &options))
			misuse(name, argv[i]);
	}
	if (i + 1 != argc)
		misuse("one DIR is needed", i < argc ? argv[i + 1] : "");
	options.dir = argv[i];
	return options;
}

/* A press figure at this scale, rounded down. */
static uint64_t scaled(const struct options *options, uint64_t figure, uint64_t least)
{
	uint64_t value = figure * options->num / options->den;
	return value < least ? least : value;
}

static uint64_t no_more(uint64_t value, uint64_t most)
{
	return value > most ? most : value;
}

static struct plan make_plan(const struct options *options)
{
	struct plan plan = {
		.rows = scaled(options, PRESS_ROWS, 0),
		.broken = scaled(options, 35000, 8),
		.window = scaled(options, 10000000, 1),
		.uk = scaled(options, 3500000, 1),
		.uk_long = scaled(options, 350000, 1),
		.uk_victims = scaled(options, 200000, 1),
		.payers = scaled(options, 59000, 1),
		.reports = scaled(options, 4800, 24),
		.others = no_more(40 + scaled(options, 20000, 0), 20000),
		.uk_pool = scaled(options, 2000000, 50),
		.us_pool = scaled(options, 800000, 40),
		.start = day_number(2020, 12, 1) * DAY,
		.since = day_number(2021, 8, 1) * DAY,
		.until = day_number(2022, 8, 1) * DAY,
		.end = day_number(2022, 11, 8) * DAY,
	};
	if (options->accounts)
		plan.payers = (options->accounts - 12) * 2 / 3;
	plan.accounts = plan.payers * 3 / 2 + 12;
	return plan;
}

static void make_directories(const char *dir, bool with_truth)
{
	size_t size = strlen(dir) + sizeof "/truth";
	char *truth = make(size, 1);
	snprintf(truth, size, "%s/truth", dir);
	if (mkdir(dir, 0777) != 0 && errno != EEXIST)
		die(dir, strerror(errno));
	if (with_truth && mkdir(truth, 0777) != 0 && errno != EEXIST)
		die(truth, strerror(errno));
	free(truth);
}

static void world_free(struct world *world)
{
	void *all[] = {
		world->accounts, world->callers, world->presented, world->slots, world->dialled, world->longs, world->longs_from,
		world->hours, world->payments, world->rates, world->reports, world->profiles, world->identities, world->rejects,
		world->account_figures, world->person_figures, world->by_text, world->rows, world->victims,
	};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		free(all[i]);
}

int main(int argc, char **argv)
{
	struct world world = {.options = read_options(argc, argv)};
	world.plan = make_plan(&world.options);
	struct rng rng = rng_make(world.options.seed, 9);
	world.key = rng_next(&rng);
	make_directories(world.options.dir, !world.options.rows_only);
	people_make(&world);
	shown_make(&world);
	calls_write(&world);
	if (!world.options.rows_only) {
		longs_group(&world);
		organisations_write(&world);
		rates_write(&world);
		payments_write(&world);
		logins_write(&world);
		reports_write(&world);
		accounts_write(&world);
		truth_count(&world);
		tables_write(&world);
		books_write(&world);
	}
	world_free(&world);
	return EXIT_SUCCESS;
}
