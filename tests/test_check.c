/* SPDX-License-Identifier: Apache-2.0 */
/* Values of rows: what is decided at a glance is what the parsers decide. */
#include "base/decimal.h"
#include "base/duration.h"
#include "ingest/check.h"
#include "scratch.h"
#include "tap.h"

static struct checker checker(void)
{
	struct mapping mapping = { .kind = KIND_CALL };
	struct checker checker;

	for (int role = 0; role < CALL_ROLES; role++)
		mapping.pick_counts[role] = 1;
	mapping_settle(&mapping);
	if (!checker_open(&checker, &mapping))
		abort();
	return checker;
}

static struct verdict row(struct checker *checker, const struct text *values)
{
	const int64_t none[ROLES_MOST] = { 0 };
	struct mapped mapped = { .texts = values };
	size_t which[ROLES_MOST];

	for (size_t i = 0; i < ROLES_MOST; i++)
		which[i] = i;
	mapped.which = which;
	return checker_row(checker, &mapped, none, none);
}

/* What is said of a text as a duration and as an amount, against the parsers. */
static bool right(struct checker *checker, struct text text)
{
	struct text values[ROLES_MOST] = { [CALL_STARTED] = text_of("2022-03-27 00:59:58") };
	const bool empty = text_trim(text).len == 0;
	struct decimal amount;
	const char *reason;
	int64_t ms;

	values[CALL_TALK] = text;
	reason = empty ? NULL : seconds_parse(text.data, text.len, &ms);
	if (!tap_same(row(checker, values).reason, reason))
		return false;
	values[CALL_TALK] = text_of("");
	values[CALL_COST] = text;
	reason = empty ? NULL : decimal_parse(text.data, text.len, &amount);
	return tap_same(row(checker, values).reason, reason);
}

int main(void)
{
	static const char bytes[] = "0123456789012345678901234567890123456789..,-+e: /";
	struct checker given = checker();
	struct tap tap = { 0 };
	uint64_t state = 20220327;
	unsigned wrong = 0;

	for (int n = 0; n < 400000; n++) {
		char data[40];
		struct text text = { data, scratch_random(&state) % 24 };

		for (size_t i = 0; i < text.len; i++)
			data[i] = bytes[scratch_random(&state) % (n % 2 ? 42 : sizeof(bytes) - 1)];
		wrong += !right(&given, text);
	}
	OK(&tap, wrong == 0, "400,000 texts as durations and amounts");
	wrong = 0;
	for (unsigned place = 0; place < 15; place++)
		for (unsigned byte = 0; byte < 256; byte++)
			for (size_t len = place + 1; len < 18; len++) {
				char data[] = "123456789012345678";
				struct text text = { data, len };

				data[place] = (char)byte;
				wrong += !right(&given, text);
			}
	OK(&tap, wrong == 0, "every byte at every place of a number");
	checker_release(&given);
	return tap_done(&tap);
}
