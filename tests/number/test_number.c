/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers: unit tests, the cases of number_read, and a corpus of libphonenumber's answers.
 *   test_number [--cases FILE] [--answers FILE] [--corpus CORPUS ANSWERS]
 * FILE of answers has lines of region, text (with \\ and \xNN) and the seven columns of an answer.
 * CORPUS has lines of region, TAB, text; ANSWERS the same texts with seven columns more: status, E.164, calling code,
 * region, possible, valid, type. Differences are printed as comments. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "normalise/flags.h"
#include "number/read/number_carrier.h"
#include "number/read/number_damage.h"
#include "number/read/number_unicode.h"
#include "number/read/number_unwrap.h"
#include "number/read/number_withheld.h"
#include "tap.h"

#define CHECK(condition) OK(tap, condition, "%s", #condition)

static bool is(const char *a, const char *b)
{
	return !strcmp(a, b);
}

static struct number parse(const struct numplan *plan, const char *region, const char *text)
{
	struct number number;

	number_parse(plan, text, strlen(text), numplan_region(plan, region, strlen(region)), &number);
	return number;
}

static struct reading read_text(const struct numplan *plan, const char *region, const char *text)
{
	struct reading reading;

	number_read(plan, text, strlen(text), numplan_region(plan, region, strlen(region)), &reading);
	return reading;
}

static void test_plan(struct tap *tap, const struct numplan *plan)
{
	int gb = numplan_region(plan, "GB", 2);

	CHECK(is(numplan_version(), "8.12.57"));
	CHECK(gb > 0 && is(numplan_region_name(plan, gb), "GB"));
	CHECK(numplan_region(plan, "gb", 2) == 0 && numplan_region(plan, "", 0) == 0 && numplan_region(plan, "ZZ", 2) == 0);
	CHECK(numplan_region(plan, "001", 3) == 0 && numplan_region(plan, "GBR", 3) == 0 && numplan_region(plan, "XX", 2) == 0);
	CHECK(numplan_region(plan, "G\0", 2) == 0);
	CHECK(is(numplan_region_name(plan, 0), "ZZ") && is(numplan_region_name(plan, -1), "ZZ"));
	CHECK(is(numplan_region_name(plan, 100000), "ZZ"));
	CHECK(numplan_main_region(plan, 44) == gb);
	CHECK(numplan_main_region(plan, 1) == numplan_region(plan, "US", 2));
	CHECK(numplan_main_region(plan, 7) == numplan_region(plan, "RU", 2));
	CHECK(is(numplan_region_name(plan, numplan_main_region(plan, 800)), "001"));
	CHECK(numplan_main_region(plan, 0) == 0 && numplan_main_region(plan, 999) == 0 && numplan_main_region(plan, 4) == 0);
	CHECK(numplan_main_region(plan, 440) == 0 && numplan_main_region(plan, 1000) == 0);
	numplan_free(NULL);
}

struct expected {
	const char *region, *text, *status, *digits, *found, *type;
	bool possible, valid;
};

/* Of each rule of the parser one. */
static const struct expected parses[] = {
	{ "GB", "020 7946 0101", "OK", "442079460101", "GB", "FIXED_LINE", true, true },
	{ "GB", "+44 (0)20 7946 0101", "OK", "442079460101", "GB", "FIXED_LINE", true, true },
	{ "US", "011 44 20 7946 0101", "OK", "442079460101", "GB", "FIXED_LINE", true, true },
	{ "GB", "442079460101", "OK", "442079460101", "GB", "FIXED_LINE", true, true },
	{ "GB", "+00442079460101", "OK", "442079460101", "GB", "FIXED_LINE", true, true },
	{ "GB", "999", "OK", "44999", "ZZ", "UNKNOWN", false, false },
	{ "GB", "07700900123", "OK", "447700900123", "ZZ", "UNKNOWN", true, false },
	{ "US", "1-800-FLOWERS", "OK", "18003569377", "US", "TOLL_FREE", true, true },
	{ "US", "2025550123", "OK", "12025550123", "US", "FIXED_LINE_OR_MOBILE", true, true },
	{ "BS", "3250123", "OK", "12423250123", "BS", "FIXED_LINE", true, true },
	{ "AR", "0111523456789", "OK", "5491123456789", "AR", "MOBILE", true, true },
	{ "BR", "0 15 11 961234567", "OK", "5511961234567", "BR", "MOBILE", true, true },
	{ "IT", "+39 06698", "OK", "3906698", "VA", "UNKNOWN", false, false },
	{ "ZZ", "+80012345678", "OK", "80012345678", "001", "TOLL_FREE", true, true },
	{ "KZ", "+77011234567", "OK", "77011234567", "KZ", "MOBILE", true, true },
	{ "GB", "\xef\xbc\x8b\xef\xbc\x94\xef\xbc\x94 2079460101", "OK", "442079460101", "GB", "FIXED_LINE", true, true },
	{ "GB", "tel:7946-0101;phone-context=+4420", "OK", "442079460101", "GB", "FIXED_LINE", true, true },
	{ "GB", "020 7946 0101 ext. 12", "OK", "442079460101", "GB", "FIXED_LINE", true, true },
	{ "GB", "02079460101;isub=1", "OK", "442079460101", "GB", "FIXED_LINE", true, true },
	{ "GB", "15", "OK", "4415", "ZZ", "UNKNOWN", false, false },
	{ "IT", "+39 0000000", "OK", "390000000", "ZZ", "UNKNOWN", true, false },
	{ "GB", "anonymous", "NOT_A_NUMBER", "", "ZZ", "UNKNOWN", false, false },
	{ "GB", "", "NOT_A_NUMBER", "", "ZZ", "UNKNOWN", false, false },
	{ "GB", "1", "NOT_A_NUMBER", "", "ZZ", "UNKNOWN", false, false },
	{ "GB", "020\x01" "79460101", "NOT_A_NUMBER", "", "ZZ", "UNKNOWN", false, false },
	{ "GB", "+44 20 7946+0101", "NOT_A_NUMBER", "", "ZZ", "UNKNOWN", false, false },
	{ "ZZ", "02079460101", "INVALID_COUNTRY_CODE", "", "ZZ", "UNKNOWN", false, false },
	{ "GB", "+999123456", "INVALID_COUNTRY_CODE", "", "ZZ", "UNKNOWN", false, false },
	{ "GB", "0044", "TOO_SHORT_AFTER_IDD", "", "ZZ", "UNKNOWN", false, false },
	{ "GB", "+441", "TOO_SHORT_NSN", "", "ZZ", "UNKNOWN", false, false },
	{ "GB", "123456789012345678", "TOO_LONG_NSN", "", "ZZ", "UNKNOWN", false, false },
};

static bool as_expected(const struct numplan *plan, const struct number *got, const struct expected *want)
{
	return is(number_status_name(got->status), want->status) && is(got->digits, want->digits) &&
		got->digits_len == strlen(want->digits) && is(numplan_region_name(plan, got->region), want->found) &&
		is(number_type_name(got->type), want->type) && got->possible == want->possible && got->valid == want->valid;
}

static void test_parse(struct tap *tap, const struct numplan *plan)
{
	for (size_t i = 0; i < sizeof(parses) / sizeof(parses[0]); i++) {
		const struct expected *want = &parses[i];
		struct number got = parse(plan, want->region, want->text);

		OK(tap, as_expected(plan, &got, want), "%s: line %zu of the table is %s %s", want->region, i + 1, want->status,
			want->digits);
	}
}

static bool same_number(const struct number *a, const struct number *b)
{
	return a->status == b->status && a->type == b->type && a->country_code == b->country_code && a->region == b->region &&
		a->possible == b->possible && a->valid == b->valid && a->digits_len == b->digits_len &&
		!memcmp(a->digits, b->digits, sizeof(a->digits));
}

static uint32_t next_random(uint32_t *state)
{
	*state = *state * UINT32_C(1664525) + UINT32_C(1013904223);
	return *state >> 8;
}

/* A letter in front sends a text the long way and is dropped there, so both ways must agree. */
static void test_plain(struct tap *tap, const struct numplan *plan)
{
	static const char alphabet[] = "0123456789012345678901234567890123456789 -.()+";
	uint32_t state = 20221124;
	unsigned long different = 0;

	for (int i = 0; i < 200000; i++) {
		char text[32] = "a";
		size_t len = 1 + next_random(&state) % 20;
		int region = (int)(next_random(&state) % 250);
		struct number plain, exact;

		for (size_t k = 1; k <= len; k++)
			text[k] = alphabet[next_random(&state) % (sizeof(alphabet) - 1)];
		if (i % 2)
			memcpy(text + 1, i % 4 == 1 ? "+44" : "00", i % 4 == 1 ? 3 : 2);
		number_parse(plan, text + 1, len, region, &plain);
		number_parse(plan, text, len + 1, region, &exact);
		if (!same_number(&plain, &exact)) {
			different++;
			printf("# plain and exact differ: region %d '%.*s'\n", region, (int)len, text + 1);
		}
	}
	OK(tap, different == 0, "the short way through the text layer and the long one agree");
}

/* Texts that are long in every way end, and end as documented. */
static void test_long(struct tap *tap, const struct numplan *plan)
{
	static const char *const units[] = { "1", "+", " ", ",", "-", "0-", "a", "x", ";", "/ x", "<", "\"", "9#", "%2B", "\xc2\xad",
		"ext", "=\"", "'", "SIP/", "tel:", ";phone-context=+", ";isub=", "\xe2\x80\x8e", "1 x", ",,1", ":1" };
	static char text[2 * NUMBER_TEXT_MAX];
	struct reading reading;
	struct number number;

	for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++) {
		size_t unit = strlen(units[u]);

		for (size_t at = 0; at + unit <= sizeof(text); at += unit)
			memcpy(text + at, units[u], unit);
		for (size_t len = 0; len <= NUMBER_TEXT_MAX + 1; len = len * 2 + 1) {
			number_parse(plan, text, len, 1, &number);
			number_read(plan, text, len, 1, &reading);
		}
		number_parse(plan, text, NUMBER_TEXT_MAX, 1, &number);
		number_read(plan, text, NUMBER_TEXT_MAX, 1, &reading);
		number_parse(plan, text, NUMBER_TEXT_MAX + 1, 1, &number);
		number_read(plan, text, NUMBER_TEXT_MAX + 1, 1, &reading);
		OK(tap, number.status == NUMBER_NOT_A_NUMBER && reading.class == NUMBER_CLASS_NON_NUMBER, "too long: %s", units[u][0] & 0x80 ? "invisible" : units[u]);
	}
}

/* What number_read.h says of every reading. */
static bool keeps_promises(const struct reading *reading)
{
	bool taken = reading->e164 != 0;

	if (reading->class == NUMBER_CLASS_NUMBER && !taken)
		return false;
	if (reading->class == NUMBER_CLASS_ABSENT && reading->number.digits_len)
		return false;
	if (reading->unsure != (reading->other != 0) || reading->unsure != (reading->other_rule != NUMBER_RULE_NONE) ||
		(reading->unsure && reading->other == reading->e164))
		return false;
	return !taken || (reading->rule != NUMBER_RULE_NONE && reading->number.digits_len <= 15 &&
		(reading->number.possible || reading->number.valid));
}

/* Bytes at random, with what means something strewn in: no crash, and what a reading promises holds. */
static void test_noise(struct tap *tap, const struct numplan *plan)
{
	static const char *const pieces[] = { "02079460101", "+44", "00", "<", ">", "\"", "sip:", "@", ";", ";phone-context=+44", "%2B",
		"%", "PJSIP/", "/", "-0000a1f2", "9#", "*", "#", "=\"", "'", ".0", "4.42E+11", "E+", ",", "anonymous", "\xe2\x80\x8e", " x1",
		"ext", ":5060", "1", "12", "a", "\xc2\xa0", "\xa0", " ", "49171392", "0012345678", "9", " or ", "w12", " (mobile)", "\x1f" };
	uint32_t state = 1;
	unsigned long broken = 0;

	for (int i = 0; i < 200000; i++) {
		char text[128];
		size_t len = 0;
		struct reading reading;

		for (unsigned n = next_random(&state) % 7; n > 0; n--) {
			const char *piece = pieces[next_random(&state) % (sizeof(pieces) / sizeof(pieces[0]))];

			memcpy(text + len, piece, strlen(piece));
			len += strlen(piece);
			if (next_random(&state) % 16 == 0)
				text[len++] = (char)(next_random(&state) & 0xff);
		}
		number_read(plan, text, len, (int)(next_random(&state) % 250), &reading);
		broken += !keeps_promises(&reading);
	}
	OK(tap, broken == 0, "what a reading promises holds of noise");
}

static void test_unicode(struct tap *tap)
{
	CHECK(number_unicode_digit('0') == 0 && number_unicode_digit('9') == 9 && number_unicode_digit(':') == -1);
	CHECK(number_unicode_digit(0) == -1 && number_unicode_digit('/') == -1 && number_unicode_digit(0x10ffff) == -1);
	CHECK(number_unicode_digit(0x665) == 5 && number_unicode_digit(0xff19) == 9 && number_unicode_digit(0x1d7d9) == 1);
	CHECK(number_unicode_digit(0x11f59) == 9 && number_unicode_digit(0x1e4f0) == 0); /* new in Unicode 15 */
	CHECK(number_unicode_digit(0xb2) == -1 && number_unicode_digit(0x2160) == -1);
	CHECK(number_unicode_letter_or_number(0xb2) && number_unicode_letter_or_number(0x2160));
	CHECK(number_unicode_letter_or_number('z') && number_unicode_letter_or_number(0x31350));
	CHECK(!number_unicode_letter_or_number(')') && !number_unicode_letter_or_number(0x301) && !number_unicode_letter_or_number(0));
}

static bool unfloats(const char *text, const char *want)
{
	struct text view = text_of(text);

	return number_damage_unfloat(&view) ? text_is(view, want) : want == NULL;
}

static enum number_exponent exponent(const char *text)
{
	char digits[32];
	size_t count;

	return number_damage_exponent(text_of(text), digits, &count);
}

static void test_damage(struct tap *tap)
{
	CHECK(unfloats("442079460101.0", "442079460101") && unfloats("442079460101,00", "442079460101"));
	CHECK(unfloats("555.0000", NULL) && unfloats("0.0", NULL) && unfloats("442079460101.", NULL) && unfloats("12.5", NULL));
	CHECK(unfloats("", NULL) && unfloats("+", NULL) && unfloats(".0", NULL));
	CHECK(exponent("4.42E+11") == NUMBER_EXPONENT_LOSSY && exponent("4,42079E+11") == NUMBER_EXPONENT_LOSSY);
	CHECK(exponent("4.42079460101E+11") == NUMBER_EXPONENT_EXACT && exponent("4.420794601010E+11") == NUMBER_EXPONENT_EXACT);
	CHECK(exponent("4.420794601011E+11") == NUMBER_EXPONENT_NONE && exponent("1e10") == NUMBER_EXPONENT_NONE);
	CHECK(exponent("4.42E-11") == NUMBER_EXPONENT_NONE && exponent("44.2E+10") == NUMBER_EXPONENT_NONE);
	CHECK(exponent("4.42E+") == NUMBER_EXPONENT_NONE && exponent("4.42E+1111") == NUMBER_EXPONENT_NONE);
	CHECK(exponent("4.12345678901234567890123456789012345E+99") == NUMBER_EXPONENT_NONE && exponent("") == NUMBER_EXPONENT_NONE);
}

static void test_withheld(struct tap *tap)
{
	CHECK(number_withheld_words(text_of("Anonymous")) && number_withheld_words(text_of("[private] number")));
	CHECK(!number_withheld_words(text_of("private investigator")) && !number_withheld_words(text_of("caller")));
	CHECK(!number_withheld_words(text_of("")) && !number_withheld_words(text_of("anonymous1")));
	CHECK(number_withheld_digits("266696687", 9) && !number_withheld_digits("266696688", 9) && !number_withheld_digits("", 0));
}

static void test_reading(struct tap *tap, const struct numplan *plan)
{
	struct reading reading = read_text(plan, "GB", "\"Example\" <sip:%2B442079460101;cpc=x@192.0.2.1:5060>");

	CHECK(reading.class == NUMBER_CLASS_NUMBER && reading.rule == NUMBER_RULE_PLUS && reading.e164 == UINT64_C(442079460101));
	CHECK(reading.flags == (NUMBER_FLAG_NAME | NUMBER_FLAG_URI | NUMBER_FLAG_HOST | NUMBER_FLAG_PARAMETERS | NUMBER_FLAG_PERCENT));
	CHECK(reading.number.type == NUMBER_TYPE_FIXED_LINE && is(numplan_region_name(plan, reading.number.region), "GB"));
	reading = read_text(plan, "US", "SIP/carrier1/9#1-800-FLOWERS");
	CHECK(reading.flags == (NUMBER_FLAG_CHANNEL | NUMBER_FLAG_TECH_PREFIX | NUMBER_FLAG_KEYPAD) && reading.e164 == UINT64_C(18003569377));
	reading = read_text(plan, "GB", "=\"020\xc2\xad 7946 0101 x5\"");
	CHECK(reading.flags == (NUMBER_FLAG_INVISIBLE | NUMBER_FLAG_SPREADSHEET | NUMBER_FLAG_EXTENSION));
	reading = read_text(plan, "GB", "999");
	CHECK(reading.class == NUMBER_CLASS_SHORT_CODE && reading.e164 == 0 && is(reading.number.digits, "44999"));
	CHECK(is(number_class_name(NUMBER_CLASS_NON_NUMBER), "non-number") && is(number_rule_name(NUMBER_RULE_NONE), ""));
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undoes \\ and \xNN in place. */
static size_t unescape(char *text, size_t len)
{
	size_t used = 0;

	for (size_t at = 0; at < len; at++) {
		if (text[at] == '\\' && at + 3 < len && text[at + 1] == 'x' && hex(text[at + 2]) >= 0 && hex(text[at + 3]) >= 0) {
			text[used++] = (char)(hex(text[at + 2]) * 16 + hex(text[at + 3]));
			at += 3;
		} else {
			at += text[at] == '\\' && at + 1 < len && text[at + 1] == '\\';
			text[used++] = text[at];
		}
	}
	return used;
}

/* The cells of a line, cut at its tabs. */
static size_t split(char *line, char **cells, size_t max)
{
	size_t count = 0;

	for (char *tab = line; tab && count < max; line = tab + 1) {
		cells[count++] = line;
		tab = strchr(line, '\t');
		if (!tab)
			break;
		*tab = '\0';
	}
	return count;
}

/* The cells of a case; the last two need not be there. */
enum { CASE_REGION, CASE_TEXT, CASE_CLASS, CASE_RULE, CASE_E164, CASE_NEEDED, CASE_FLAGS = CASE_NEEDED, CASE_PREFIXES, CASE_BARE, CASE_OTHER, CASE_CELLS };

/* What the cases need, and where they stand. */
struct cases {
	struct tap *tap;
	const struct numplan *plan;
	struct flag_table *flags;
	const char *path;
	unsigned long line;
};

static void check_case(const struct cases *cases, char **cells, size_t count)
{
	const struct numplan *plan = cases->plan;
	const size_t len = unescape(cells[CASE_TEXT], strlen(cells[CASE_TEXT]));
	struct number_manner manner = { numplan_region(plan, cells[CASE_REGION], strlen(cells[CASE_REGION])),
		count > CASE_PREFIXES ? cells[CASE_PREFIXES] : NULL, NUMBER_BARE_ANY };
	struct buf names = { 0 };
	struct reading reading;
	char e164[24] = "", other[24] = "";
	bool good = count <= CASE_BARE || number_bare_find(cells[CASE_BARE], strlen(cells[CASE_BARE]), &manner.bare);

	number_read_prefixed(plan, cells[CASE_TEXT], len, manner, &reading);
	if (reading.e164)
		snprintf(e164, sizeof(e164), "%" PRIu64, reading.e164);
	if (reading.unsure)
		snprintf(other, sizeof(other), "%" PRIu64, reading.other);
	flag_table_names(cases->flags, flag_table_number(cases->flags, &reading), &names);
	good = good && is(cells[CASE_CLASS], number_class_name(reading.class)) && is(cells[CASE_RULE], number_rule_name(reading.rule)) &&
		is(cells[CASE_E164], e164) && (count <= CASE_FLAGS || is(cells[CASE_FLAGS], names.data ? names.data : "")) &&
		(count <= CASE_OTHER || is(cells[CASE_OTHER], other));
	OK(cases->tap, good, "%s:%lu: %s %s %s %s %s", cases->path, cases->line, number_class_name(reading.class),
		number_rule_name(reading.rule), e164, names.data ? names.data : "", other);
	buf_release(&names);
}

static void run_cases(struct tap *tap, const struct numplan *plan, const char *path)
{
	struct error error = { 0 };
	struct cases cases = { tap, plan, flag_table_new(flags_builtin, &error), path, 0 };
	FILE *file = fopen(path, "r");
	char *line = NULL, *cells[CASE_CELLS];
	size_t capacity = 0, count;
	ssize_t len;

	if (!file || !cases.flags) {
		perror(path);
		exit(2);
	}
	while ((len = getline(&line, &capacity, file)) > 0) {
		cases.line++;
		if (line[len - 1] == '\n')
			line[len - 1] = '\0';
		if (line[0] == '#' || line[0] == '\0')
			continue;
		count = split(line, cells, CASE_CELLS);
		if (count >= CASE_NEEDED)
			check_case(&cases, cells, count);
		else
			OK(tap, false, "%s:%lu: a case has five columns", path, cases.line);
	}
	flag_table_free(cases.flags);
	free(line);
	fclose(file);
}

/* A line of a corpus or its answers; texts may hold tabs and NUL bytes. */
struct line {
	char *data;
	size_t capacity, len;
};

static bool next_line(FILE *file, struct line *line)
{
	ssize_t got = getline(&line->data, &line->capacity, file);

	if (got <= 0)
		return false;
	line->len = (size_t)got - (line->data[got - 1] == '\n');
	return true;
}

/* The answer as libphonenumber's oracle writes it, without the text. */
static int write_answer(const struct numplan *plan, const struct number *number, char *out, size_t size)
{
	if (number->status != NUMBER_OK)
		return snprintf(out, size, "\t%s\t\t0\t\t0\t0\tUNKNOWN", number_status_name(number->status));
	return snprintf(out, size, "\tOK\t+%s\t%u\t%s\t%d\t%d\t%s", number->digits, (unsigned)number->country_code,
		numplan_region_name(plan, number->region), number->possible, number->valid, number_type_name(number->type));
}

static bool check_answer(const struct numplan *plan, const struct line *question, const struct line *answer)
{
	const char *tab = memchr(question->data, '\t', question->len);
	size_t region, len;
	struct number number;
	char got[160];
	int got_len;

	if (!tab)
		return false;
	region = (size_t)(tab - question->data);
	len = question->len - region - 1;
	number_parse(plan, tab + 1, len, numplan_region(plan, question->data, region), &number);
	got_len = write_answer(plan, &number, got, sizeof(got));
	if (got_len > 0 && answer->len == len + (size_t)got_len && !memcmp(answer->data, tab + 1, len) &&
		!memcmp(answer->data + len, got, (size_t)got_len))
		return true;
	printf("# want %.*s: %.*s\n# got %s\n", (int)region, question->data, (int)answer->len, answer->data, got);
	return false;
}

static void run_corpus(struct tap *tap, const struct numplan *plan, const char *corpus, const char *answers)
{
	FILE *questions = fopen(corpus, "rb"), *file = fopen(answers, "rb");
	struct line question = { NULL, 0, 0 }, answer = { NULL, 0, 0 };
	unsigned long lines = 0, differences = 0;

	if (!questions || !file) {
		perror(questions ? answers : corpus);
		exit(2);
	}
	while (next_line(questions, &question)) {
		lines++;
		if (!next_line(file, &answer) || !check_answer(plan, &question, &answer))
			differences++;
	}
	OK(tap, !next_line(file, &answer) && lines > 0 && differences == 0, "%s: %lu lines, %lu differences", corpus, lines, differences);
	free(question.data);
	free(answer.data);
	fclose(questions);
	fclose(file);
}

/* Region, text and answer in one line. */
static bool check_line(const struct numplan *plan, char *line)
{
	char *text = strchr(line, '\t'), *answer = text ? strchr(text + 1, '\t') : NULL;
	struct number number;
	char got[160];

	if (!answer)
		return false;
	*text++ = '\0';
	*answer = '\0';
	number_parse(plan, text, unescape(text, (size_t)(answer - text)), numplan_region(plan, line, strlen(line)), &number);
	*answer = '\t';
	if (write_answer(plan, &number, got, sizeof(got)) > 0 && is(got, answer))
		return true;
	printf("# got %s\n", got);
	return false;
}

static void run_answers(struct tap *tap, const struct numplan *plan, const char *path)
{
	FILE *file = fopen(path, "r");
	struct line line = { NULL, 0, 0 };
	unsigned long number = 0, lines = 0, differences = 0;

	if (!file) {
		perror(path);
		exit(2);
	}
	while (next_line(file, &line)) {
		number++;
		line.data[line.len] = '\0';
		if (line.data[0] == '#')
			continue;
		lines++;
		if (check_line(plan, line.data))
			continue;
		differences++;
		printf("# %s:%lu\n", path, number);
	}
	OK(tap, lines > 0 && differences == 0, "%s: %lu lines, %lu differences", path, lines, differences);
	free(line.data);
	fclose(file);
}

static void run_units(struct tap *tap, const struct numplan *plan)
{
	test_plan(tap, plan);
	test_parse(tap, plan);
	test_plain(tap, plan);
	test_long(tap, plan);
	test_noise(tap, plan);
	test_unicode(tap);
	test_damage(tap);
	test_withheld(tap);
	test_reading(tap, plan);
}

int main(int argc, char **argv)
{
	struct numplan *plan = numplan_new();
	struct tap tap = { 0, 0 };

	if (!plan)
		return 2;
	run_units(&tap, plan);
	for (int i = 1; i < argc; i++) {
		if (is(argv[i], "--cases") && i + 1 < argc) {
			run_cases(&tap, plan, argv[++i]);
		} else if (is(argv[i], "--answers") && i + 1 < argc) {
			run_answers(&tap, plan, argv[++i]);
		} else if (is(argv[i], "--corpus") && i + 2 < argc) {
			run_corpus(&tap, plan, argv[i + 1], argv[i + 2]);
			i += 2;
		} else {
			fprintf(stderr, "usage: test_number [--cases FILE] [--answers FILE] [--corpus CORPUS ANSWERS]\n");
			return 2;
		}
	}
	numplan_free(plan);
	return tap_done(&tap);
}
