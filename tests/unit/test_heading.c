/* SPDX-License-Identifier: Apache-2.0 */
/* What stands before a table, by the shape of its first rows. */
#include "ingest/format/shape/heading.h"

#include <stdlib.h>

#include "tap.h"

static struct tap tap;

#define FIELDS 12

/* Rows are lines, fields are parted by bars; an empty line is a blank one, which nobody gives. */
static struct heading_found find(const char *rows, bool padded)
{
	struct heading *heading = heading_new(padded);
	struct heading_found found = { 99, 99 };

	if (!heading)
		return found;
	for (uint64_t line = 1; *rows; line++) {
		const size_t len = strcspn(rows, "\n");
		struct text fields[FIELDS] = { { rows, 0 } };
		struct record record = { .line = line, .lines = 1, .text = { rows, len }, .fields = fields, .count = 1 };

		for (size_t i = 0; i < len; i++)
			if (rows[i] == '|' && record.count < FIELDS)
				fields[record.count++] = (struct text){ rows + i + 1, 0 };
			else
				fields[record.count - 1].len++;
		if (len > 0)
			heading_take(heading, &record);
		rows += len + (rows[len] == '\n');
	}
	found = heading_find(heading);
	heading_free(heading);
	return found;
}

#define HEAD "Time|User|Shown|Number|Seconds\n"
#define ROW "2022-06-01 10:00:00|u1|442079460101|447700900123|70\n"
#define ROWS ROW ROW ROW

static const struct {
	const char *rows, *name;
	bool padded;
	uint64_t first, other;
} cases[] = {
	{ HEAD ROWS, "a table alone", false, 0, 0 },
	{ ROWS, "one without a header", false, 0, 0 },
	{ "Calls of June\n\n" HEAD ROWS, "a title and a blank line", false, 3, 0 },
	{ "Calls|of June\n" HEAD ROW, "with one row", false, 2, 0 },
	{ "By|admin|on|2022-07-01\nCalls|2022-06\n" HEAD ROWS, "titles of most fields", false, 3, 0 },
	{ "Calls|2022-06||||\nBy|admin||||\n" HEAD ROWS, "titles that are wider", false, 3, 0 },
	{ "Calls|2022-06|||\nBy|admin|||\n" HEAD ROWS, "titles padded to the width", false, 3, 0 },
	{ "Calls|2022-06|||\n" ROWS, "a row mostly blank, and no header", false, 0, 2 },
	{ "By|admin|on|2022-07-01|x\n" HEAD ROWS, "a title of as many fields: either may be the header", false, 0, 2 },
	{ "Caller||Called||\n" HEAD ROWS, "a header over a header is one that is mostly blank", false, 2, 0 },
	{ "Caller||Called||Length\n" HEAD ROWS, "one that is not: either may be it", false, 0, 2 },
	{ ROWS ROWS HEAD ROWS, "a header behind many rows is no other", false, 0, 0 },
	{ "name|mail|since\na|a@example.com|2021\nb|b@example.com|2022\nTime|User|Shown|Number|Seconds|x|y\n"
	  "2022-06-01|u1|44|44|70|1|2\n2022-06-01|u1|44|44|70|1|2\n2022-06-01|u1|44|44|70|1|2\n2022-06-01|u1|44|44|70|1|2\n",
	  "a table of its own is not gone over", false, 0, 4 },
	{ "alice|x|a@example.com\n" "bob|b@example.com\ncarl|c@example.com\ndora|d@example.com\n", "words alone, and a row of another width", false, 0, 2 },
	{ "Calls of June\n\n" HEAD ROWS, "padded: a title", true, 3, 0 },
	{ "By|admin|2022-07-01\nCalls\n" HEAD "2022-06-01 10:00:00|u1|44\n", "padded: rows that end early", true, 0, 3 },
	{ "By|admin\nCalls\n" HEAD "2022-06-01 10:00:00|u1|44\n", "padded: rows that end early, and narrow titles", true, 3, 0 },
	{ HEAD ROW "2022-06-01 10:00:00|u1\n" ROW, "padded: a table alone", true, 0, 0 },
	{ ROW "2022-06-01 10:00:00|u1\n" ROW, "padded: without a header", true, 0, 0 },
	{ "Report|June\na|b|c\n1|2|3|\n4|5|6|\n", "a header above rows that end with a separator", false, 0, 2 },
	{ "a|b|c\n1|2|3|\n4|5|6|\n", "the same without a title", false, 0, 0 },
	{ "", "nothing", false, 0, 0 },
	{ "Calls of June\n", "a title alone", true, 0, 0 },
};

int main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct heading_found found = find(cases[i].rows, cases[i].padded);

		OK(&tap, found.first == cases[i].first && found.other == cases[i].other, "%s: %llu %llu", cases[i].name,
		   (unsigned long long)found.first, (unsigned long long)found.other);
	}
	return tap_done(&tap);
}
