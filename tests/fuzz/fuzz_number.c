/* SPDX-License-Identifier: Apache-2.0 */
/* Fuzzes the whole reading of numbers. The first byte of an input is the region, the rest the text. */
#include <string.h>

#include "fuzz/fuzz.h"
#include "number/read/number_read.h"

static void check_empty(const struct numplan *plan, const struct number *number)
{
	FUZZ_MUST(number->type == NUMBER_TYPE_UNKNOWN && !number->valid && !number->possible);
	FUZZ_MUST(number->country_code == 0 && number->region == 0 && number->digits_len == 0 && !number->digits[0]);
	FUZZ_MUST(!strcmp(numplan_region_name(plan, number->region), "ZZ"));
}

/* What number.h says of every number. */
static void check_number(const struct numplan *plan, const struct number *number)
{
	char code[8];
	int len;

	FUZZ_MUST(number->status <= NUMBER_TOO_LONG_NSN && number->type <= NUMBER_TYPE_FIXED_LINE_OR_MOBILE);
	if (number->status != NUMBER_OK) {
		check_empty(plan, number);
		return;
	}
	len = snprintf(code, sizeof(code), "%u", (unsigned)number->country_code);
	FUZZ_MUST(numplan_main_region(plan, number->country_code) > 0);
	FUZZ_MUST(len > 0 && !strncmp(number->digits, code, (size_t)len));
	FUZZ_MUST(number->digits_len <= 20 && number->digits_len >= len + 2);
	FUZZ_MUST(strspn(number->digits, "0123456789") == number->digits_len && !number->digits[number->digits_len]);
	FUZZ_MUST(number->valid == (number->type != NUMBER_TYPE_UNKNOWN));
	FUZZ_MUST(!number->valid || number->region > 0);
}

/* What number_read.h says of every reading. */
static void check_reading(const struct numplan *plan, const struct reading *reading)
{
	check_number(plan, &reading->number);
	FUZZ_MUST(reading->class <= NUMBER_CLASS_SEVERAL && reading->rule <= NUMBER_RULE_TECH_PREFIX);
	FUZZ_MUST(reading->class != NUMBER_CLASS_NUMBER || (reading->e164 && reading->number.valid));
	FUZZ_MUST(reading->class != NUMBER_CLASS_ABSENT || reading->number.digits_len == 0);
	FUZZ_MUST(reading->unsure == (reading->other != 0) && (!reading->unsure || reading->other != reading->e164));
	FUZZ_MUST(reading->unsure == (reading->other_rule != NUMBER_RULE_NONE));
	if (reading->e164) {
		FUZZ_MUST(reading->rule != NUMBER_RULE_NONE && reading->number.digits_len <= 15);
		FUZZ_MUST(reading->number.possible || reading->number.valid);
		FUZZ_MUST(reading->e164 == strtoull(reading->number.digits, NULL, 10));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct numplan *plan; /* made once: it never changes */
	const char *raw = size ? (const char *)data + 1 : "";
	const size_t len = size ? size - 1 : 0;
	const int region = size ? data[0] : 0;
	struct number number;
	struct reading reading;

	if (!plan)
		plan = numplan_new();
	if (!plan)
		return 0;
	number_parse(plan, raw, len, region, &number);
	check_number(plan, &number);
	number_read(plan, raw, len, region, &reading);
	check_reading(plan, &reading);
	return 0;
}
