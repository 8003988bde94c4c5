/* SPDX-License-Identifier: Apache-2.0 */
/* What no value of a role may hold; and long records without memory for them. */
#include <string.h>

#include "ingest/delimited/reader.h"
#include "ingest/plan/limits.h"
#include "starve.h"
#include "tap.h"

static char bytes[RECORD_VALUE_MOST + 1];

/* A text of so many bytes, the last of them NUL where it is said. */
static struct text of(size_t len, bool nul)
{
	memset(bytes, 'x', sizeof(bytes));
	if (nul)
		bytes[len - 1] = '\0';
	return (struct text){ bytes, len };
}

static bool said(const struct excess *excess, int role, const char *reason, size_t len)
{
	return excess->role == role && tap_same(excess->reason, reason) && excess->value.len == len;
}

static void test_values(struct tap *tap)
{
	static const size_t which[] = { 0, 1 };
	struct mapping mapping = { .role_count = 2, .roles = { 3, 5 } };
	struct text texts[2] = { { NULL, 0 }, { "", 0 } };
	const struct mapped values = { .texts = texts, .which = which };
	struct excess excess;

	OK(tap, !limits_values(&mapping, &values, &excess), "no value, and an empty one");
	texts[1] = of(RECORD_VALUE_MOST, false);
	OK(tap, !limits_values(&mapping, &values, &excess), "the longest value");
	texts[1] = of(RECORD_VALUE_MOST + 1, true);
	OK(tap, limits_values(&mapping, &values, &excess) && said(&excess, 5, "is longer than 65536 bytes", RECORD_VALUE_MOST + 1),
	   "a longer one");
	texts[0] = (struct text){ "a\0b", 3 };
	OK(tap, limits_values(&mapping, &values, &excess) && said(&excess, 3, "holds a NUL byte", 3), "a NUL byte, in an earlier role");
	texts[0].len = 1;
	texts[1] = of(RECORD_VALUE_MOST, true);
	OK(tap, limits_values(&mapping, &values, &excess) && said(&excess, 5, "holds a NUL byte", RECORD_VALUE_MOST), "as the last byte");
}

static void test_patterns(struct tap *tap)
{
	char why[120];
	struct pattern *pattern = pattern_new(text_of("x"), why, sizeof(why));
	struct mapping mapping = { .role_count = 1, .roles = { 2 } };
	struct text fields[3] = { { "x", 1 }, { "x", 1 }, { "x", 1 } };
	struct excess excess;

	mapping.pick_counts[2] = 1;
	mapping.picks[2][0] = (struct pick){ .column = 0, .when_column = 1, .when = pattern };
	OK(tap, pattern && !limits_patterns(&mapping, fields, 3, &excess), "short fields");
	fields[0] = fields[2] = of(RECORD_VALUE_MOST + 1, false);
	OK(tap, !limits_patterns(&mapping, fields, 3, &excess), "long ones that no pattern looks at");
	fields[1] = fields[0];
	OK(tap, limits_patterns(&mapping, fields, 3, &excess) && said(&excess, 2, "is longer than 65536 bytes", RECORD_VALUE_MOST + 1),
	   "a long one that tells where a value is");
	OK(tap, !limits_patterns(&mapping, fields, 1, &excess), "a row that has it not");
	mapping.picks[2][0].width = (struct widths){ 4, 4 };
	OK(tap, !limits_patterns(&mapping, fields, 3, &excess), "a row of another width");
	mapping.picks[2][0] = (struct pick){ .column = 1 };
	mapping.fallbacks[0] = (struct fallback){ .role = 2, .when = pattern, .take = pattern, .column = 2 };
	mapping.fallback_count = 1;
	fields[0] = fields[1] = (struct text){ "x", 1 };
	OK(tap, limits_patterns(&mapping, fields, 3, &excess) && said(&excess, 2, "is longer than 65536 bytes", RECORD_VALUE_MOST + 1),
	   "a long one that a fallback takes from");
	fields[1] = fields[2];
	fields[2] = fields[0];
	OK(tap, limits_patterns(&mapping, fields, 3, &excess), "a long value that a fallback looks at");
	mapping.plain = true;
	OK(tap, !limits_patterns(&mapping, fields, 3, &excess), "a mapping without patterns");
	pattern_free(pattern);
}

/* A row of half a million bytes, whose quotes are doubled, and another of many lines. */
struct reading {
	struct text text, left;
	bool plainly, wrong;
};

static enum status read_some(void *context, char *data, size_t size, size_t *got, struct error *error)
{
	struct reading *reading = context;

	(void)error;
	*got = reading->left.len < size ? reading->left.len : size;
	if (*got)
		memcpy(data, reading->left.data, *got);
	reading->left.data += *got;
	reading->left.len -= *got;
	return STATUS_OK;
}

static bool try_reading(void *context)
{
	static const struct dialect dialect = { .separator = ',', .quote = '"', .header = 0 };
	struct reading *reading = context;
	const struct input input = { read_some, reading };
	struct error error = { 0 };
	struct reader reader;
	struct record record;
	size_t rows = 0;
	enum status status = reader_open(&reader, input, &error);

	reading->left = reading->text;
	if (status == STATUS_OK)
		status = reader_start(&reader, &dialect, 0, 0);
	if (status == STATUS_OK && reading->plainly)
		reader_plainly(&reader);
	while (status == STATUS_OK && (status = reader_next(&reader, &record)) == STATUS_OK)
		rows += !record.reason && record.count == 2 && record.fields[1].len > 300000;
	reading->wrong |= status == STATUS_END ? rows != 2 : status != error_memory(&error);
	reader_close(&reader);
	return status == STATUS_END;
}

static void test_memory(struct tap *tap)
{
	struct buf text = { 0 };
	struct reading reading = { .plainly = false };

	for (unsigned row = 0; row < 2; row++) {
		buf_text(&text, row ? "\"a\nb\",\"" : "a,\"");
		for (unsigned i = 0; i < 100000; i++)
			buf_text(&text, "abc\"\"");
		buf_text(&text, "\"\n");
	}
	reading.text = buf_view(&text);
	for (unsigned n = 0; n < 2; n++) {
		reading.plainly = n;
		OK(tap, starve(try_reading, &reading) > 5 && !reading.wrong, "memory refused for long records, %s",
		   n ? "by libcsv" : "cut in place");
	}
	buf_release(&text);
}

int main(void)
{
	struct tap tap = { 0 };

	test_values(&tap);
	test_patterns(&tap);
	test_memory(&tap);
	return tap_done(&tap);
}
