/* SPDX-License-Identifier: Apache-2.0 */
/* Abbreviations of time zones. */
#include "base/time/zone_word.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/time/calendar.h"

#define SEVERAL(word, zones) "is no time: " word " may be " zones ": say -z"
#define NOT_IN_MONTH "is no time: no zone has that abbreviation in that month"

/* By the tz database 2025b, zones of zone1970.tab, 2015 to 2030: minutes east of UTC, and the months, both included, in
 * which some zone has it. Pyongyang's KST of 2015 to 2018, half an hour off, is left out. */
static const struct {
	char word[5];
	int16_t minutes;
	uint8_t first, last;
	const char *several;    /* why it tells no offset */
} words[] = {
	{ "ACDT", 630, 10, 4, NULL },
	{ "ACST", 570, 1, 12, NULL },
	{ "ADT", -180, 3, 11, NULL },
	{ "AEDT", 660, 10, 4, NULL },
	{ "AEST", 600, 1, 12, NULL },
	{ "AKDT", -480, 3, 11, NULL },
	{ "AKST", -540, 11, 3, NULL },
	{ "AST", -240, 1, 12, NULL },
	{ "AWST", 480, 1, 12, NULL },
	{ "BST", 60, 3, 10, NULL },
	{ "CAT", 120, 1, 12, NULL },
	{ "CDT", 0, 0, 0, SEVERAL("CDT", "America/Chicago or America/Havana") },
	{ "CEST", 120, 3, 10, NULL },
	{ "CET", 60, 1, 12, NULL },
	{ "CHST", 600, 1, 12, NULL },
	{ "CST", 0, 0, 0, SEVERAL("CST", "America/Chicago, Asia/Shanghai or America/Havana") },
	{ "EAT", 180, 1, 12, NULL },
	{ "EDT", -240, 3, 11, NULL },
	{ "EEST", 180, 2, 11, NULL },
	{ "EET", 120, 1, 12, NULL },
	{ "EST", -300, 1, 12, NULL },
	{ "HDT", -540, 3, 11, NULL },
	{ "HKT", 480, 1, 12, NULL },
	{ "HST", -600, 1, 12, NULL },
	{ "IDT", 180, 3, 10, NULL },
	{ "IST", 0, 0, 0, SEVERAL("IST", "Asia/Kolkata, Asia/Jerusalem or Europe/Dublin") },
	{ "JST", 540, 1, 12, NULL },
	{ "KST", 540, 1, 12, NULL },
	{ "MDT", -360, 3, 11, NULL },
	{ "MSK", 180, 1, 12, NULL },
	{ "MST", -420, 1, 12, NULL },
	{ "NDT", -150, 3, 11, NULL },
	{ "NST", -210, 11, 3, NULL },
	{ "NZDT", 780, 9, 4, NULL },
	{ "NZST", 720, 4, 9, NULL },
	{ "PDT", -420, 3, 11, NULL },
	{ "PKT", 300, 1, 12, NULL },
	{ "PST", 0, 0, 0, SEVERAL("PST", "America/Los_Angeles or Asia/Manila") },
	{ "SAST", 120, 1, 12, NULL },
	{ "SST", -660, 1, 12, NULL },
	{ "WAT", 60, 1, 12, NULL },
	{ "WEST", 60, 3, 10, NULL },
	{ "WET", 0, 10, 3, NULL },
	{ "WIB", 420, 1, 12, NULL },
	{ "WIT", 540, 1, 12, NULL },
	{ "WITA", 480, 1, 12, NULL },
};
#define COUNT (sizeof(words) / sizeof(words[0]))

uint8_t zone_word_find(struct text text)
{
	for (size_t i = 0; i < COUNT; i++)
		if (text_is_fold(text, words[i].word))
			return (uint8_t)(i + 1);
	return 0;
}

struct text zone_word_text(uint8_t number)
{
	return text_of(words[number - 1].word);
}

static bool has_month(size_t i, unsigned month)
{
	const unsigned first = words[i].first, last = words[i].last;

	return first <= last ? month >= first && month <= last : month >= first || month <= last;
}

const char *zone_word_utc(uint8_t number, int64_t local_ms, int64_t *utc_ms)
{
	const size_t i = number - 1U;
	unsigned month, day;
	int year;

	if (words[i].several)
		return words[i].several;
	calendar_date(calendar_unit(local_ms, DAY_MS), &year, &month, &day);
	if (!has_month(i, month))
		return NOT_IN_MONTH;
	*utc_ms = local_ms - words[i].minutes * INT64_C(60000);
	return NULL;
}
