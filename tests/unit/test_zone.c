/* SPDX-License-Identifier: Apache-2.0 */
/* Local times to UTC, at both changes of the clocks and far beyond the tables; and the readers of TZif and of TZ strings. */
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/time/moment.h"
#include "base/time/tzif.h"
#include "base/time/tzrule.h"
#include "base/time/zone.h"
#include "tap.h"

struct lookup {
	const char *zone;
	const char *local;
	const char *utc;
	enum zone_verdict verdict;
};

static const struct lookup fixed[] = {
	{"UTC", "2022-03-27 01:30:00", "2022-03-27T01:30:00Z", ZONE_OK}, {"Z", "2022-10-30 01:30:00", "2022-10-30T01:30:00Z", ZONE_OK},
	{"+01:00", "2022-03-27 01:30:00", "2022-03-27T00:30:00Z", ZONE_OK}, {"-0530", "2022-12-31 23:00:00", "2023-01-01T04:30:00Z", ZONE_OK},
	{"+14", "2022-01-01 00:00:00", "2021-12-31T10:00:00Z", ZONE_OK}, {"-00:00", "1960-01-01 00:00:00", "1960-01-01T00:00:00Z", ZONE_OK},
};

static const struct lookup named[] = {
	/* the clocks of London go forward at 01:00 and back at 02:00 */
	{"Europe/London", "2022-03-27 00:59:59", "2022-03-27T00:59:59Z", ZONE_OK},
	{"Europe/London", "2022-03-27 01:00:00", "2022-03-27T01:00:00Z", ZONE_NEVER},
	{"Europe/London", "2022-03-27 01:30:00", "2022-03-27T01:30:00Z", ZONE_NEVER},
	{"Europe/London", "2022-03-27 01:59:59", "2022-03-27T01:59:59Z", ZONE_NEVER},
	{"Europe/London", "2022-03-27 02:00:00", "2022-03-27T01:00:00Z", ZONE_OK},
	{"Europe/London", "2022-07-01 12:00:00", "2022-07-01T11:00:00Z", ZONE_OK},
	{"Europe/London", "2022-10-30 00:59:59", "2022-10-29T23:59:59Z", ZONE_OK},
	{"Europe/London", "2022-10-30 01:00:00", "2022-10-30T00:00:00Z", ZONE_TWICE},
	{"Europe/London", "2022-10-30 01:30:00", "2022-10-30T00:30:00Z", ZONE_TWICE},
	{"Europe/London", "2022-10-30 01:59:59", "2022-10-30T00:59:59Z", ZONE_TWICE},
	{"Europe/London", "2022-10-30 02:00:00", "2022-10-30T02:00:00Z", ZONE_OK},
	{"Europe/London", "1970-06-01 12:00:00", "1970-06-01T11:00:00Z", ZONE_OK},
	{"Europe/London", "1800-01-01 00:00:00", "1800-01-01T00:01:15Z", ZONE_OK},
	/* beyond the table: 2050-03-27, 2437-10-25 and 9998-03-29 are last Sundays */
	{"Europe/London", "2050-03-27 01:30:00", "2050-03-27T01:30:00Z", ZONE_NEVER},
	{"Europe/London", "2050-07-01 12:00:00", "2050-07-01T11:00:00Z", ZONE_OK},
	{"Europe/London", "2437-10-25 01:30:00", "2437-10-25T00:30:00Z", ZONE_TWICE},
	{"Europe/London", "2438-01-01 00:00:00", "2438-01-01T00:00:00Z", ZONE_OK},
	{"Europe/London", "9998-03-29 01:30:00", "9998-03-29T01:30:00Z", ZONE_NEVER},
	{"Europe/London", "9999-07-01 12:00:00", "9999-07-01T11:00:00Z", ZONE_OK},
	{"America/New_York", "2022-03-13 01:59:59", "2022-03-13T06:59:59Z", ZONE_OK},
	{"America/New_York", "2022-03-13 02:30:00", "2022-03-13T07:30:00Z", ZONE_NEVER},
	{"America/New_York", "2022-11-06 01:30:00", "2022-11-06T05:30:00Z", ZONE_TWICE},
	{"America/New_York", "2022-11-06 02:00:00", "2022-11-06T07:00:00Z", ZONE_OK},
	{"America/New_York", "2060-07-04 12:00:00", "2060-07-04T16:00:00Z", ZONE_OK},
	/* south of the equator, a change of half an hour, a day that was left out, summer time that counts backwards */
	{"Australia/Sydney", "2022-01-01 12:00:00", "2022-01-01T01:00:00Z", ZONE_OK},
	{"Australia/Sydney", "2070-07-01 12:00:00", "2070-07-01T02:00:00Z", ZONE_OK},
	{"Australia/Lord_Howe", "2022-04-03 01:45:00", "2022-04-02T14:45:00Z", ZONE_TWICE},
	{"Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30T22:00:00Z", ZONE_NEVER},
	{"Pacific/Apia", "2011-12-31 12:00:00", "2011-12-30T22:00:00Z", ZONE_OK},
	{"Europe/Dublin", "2060-07-01 12:00:00", "2060-07-01T11:00:00Z", ZONE_OK},
	{"Asia/Kathmandu", "2022-06-01 12:00:00", "2022-06-01T06:15:00Z", ZONE_OK},
	{"Asia/Tokyo", "9000-06-01 12:00:00", "9000-06-01T03:00:00Z", ZONE_OK},
	{"Etc/GMT+5", "2022-06-01 12:00:00", "2022-06-01T17:00:00Z", ZONE_OK},
};

static void check_lookup(struct tap *tap, const struct zone *zone, const struct lookup *want)
{
	struct moment local = {0};
	int64_t utc = 0;
	char text[21];
	enum zone_verdict verdict;

	moment_parse(want->local, strlen(want->local), MOMENT_ORDER_UNKNOWN, &local);
	verdict = zone_utc(zone, local.ms + 250, &utc);
	moment_format_utc((utc - 250) / 1000, text);
	OK(tap, verdict == want->verdict && strcmp(text, want->utc) == 0 && (utc - 250) % 1000 == 0, "%s %s is %s (%d)", want->zone,
	   want->local, text, (int)verdict);
}

static void check_lookups(struct tap *tap, const struct lookup *lookups, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *reason;
		struct zone *zone = zone_open(lookups[i].zone, &reason);

		if (zone == NULL)
			OK(tap, false, "opens %s: %s", lookups[i].zone, reason);
		else
			check_lookup(tap, zone, &lookups[i]);
		zone_free(zone);
	}
}

/* The same local hour by its abbreviation. */
static void test_words(struct tap *tap)
{
	static const struct {
		const char *zone, *local, *word, *utc;
		enum zone_use use;
	} words[] = {
		{"Europe/London", "2022-07-01 10:00:00", "BST", "2022-07-01T09:00:00Z", ZONE_USES},
		{"Europe/London", "2022-01-01 10:00:00", "gmt", "2022-01-01T10:00:00Z", ZONE_USES},
		{"Europe/London", "2022-10-30 01:30:00", "BST", "2022-10-30T00:30:00Z", ZONE_USES},
		{"Europe/London", "2022-10-30 01:30:00", "GMT", "2022-10-30T01:30:00Z", ZONE_USES},
		{"Europe/London", "2022-01-01 10:00:00", "BST", "", ZONE_USES_NOT_THEN},
		{"Europe/London", "2022-03-27 01:30:00", "BST", "", ZONE_USES_NOT_THEN},
		{"Europe/London", "2022-03-27 01:30:00", "GMT", "", ZONE_USES_NOT_THEN},
		{"Europe/London", "1970-06-01 10:00:00", "BST", "1970-06-01T09:00:00Z", ZONE_USES},
		{"Europe/London", "1943-07-01 10:00:00", "BDST", "1943-07-01T08:00:00Z", ZONE_USES},
		{"Europe/London", "2999-07-01 10:00:00", "BST", "2999-07-01T09:00:00Z", ZONE_USES},
		{"Europe/London", "2022-07-01 10:00:00", "CEST", "", ZONE_USES_NEVER},
		{"Europe/London", "2022-07-01 10:00:00", "", "", ZONE_USES_NEVER},
		{"Asia/Kolkata", "2022-07-01 10:00:00", "IST", "2022-07-01T04:30:00Z", ZONE_USES},
		{"Asia/Tokyo", "9000-06-01 12:00:00", "JST", "9000-06-01T03:00:00Z", ZONE_USES},
		{"Europe/Dublin", "2022-07-01 10:00:00", "IST", "2022-07-01T09:00:00Z", ZONE_USES},
		{"America/Sao_Paulo", "2022-07-01 10:00:00", "BRT", "", ZONE_USES_NEVER},
		{"UTC", "2022-07-01 10:00:00", "BST", "", ZONE_USES_NEVER}, {"+01:00", "2022-07-01 10:00:00", "BST", "", ZONE_USES_NEVER},
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const char *reason;
		struct zone *zone = zone_open(words[i].zone, &reason);
		struct moment local = {0};
		int64_t utc = 0;
		char text[21] = "";
		enum zone_use use = ZONE_USES_NEVER;

		moment_parse(words[i].local, strlen(words[i].local), MOMENT_ORDER_UNKNOWN, &local);
		if (zone != NULL)
			use = zone_utc_word(zone, text_of(words[i].word), local.ms + 250, &utc);
		if (use == ZONE_USES)
			moment_format_utc((utc - 250) / 1000, text);
		OK(tap, zone != NULL && use == words[i].use && strcmp(text, words[i].utc) == 0, "%s %s %s is '%s' (%d)", words[i].zone,
		   words[i].local, words[i].word, text, (int)use);
		zone_free(zone);
	}
}

/* Both instants that a local time may be. */
static const struct readings {
	const char *zone, *local, *first, *second;
	enum zone_verdict verdict;
} readings[] = {
	{"Europe/London", "2022-10-30 01:30:00", "2022-10-30T00:30:00Z", "2022-10-30T01:30:00Z", ZONE_TWICE},
	{"Europe/London", "2022-03-27 01:30:00", "2022-03-27T01:30:00Z", "2022-03-27T00:30:00Z", ZONE_NEVER},
	{"Europe/London", "2022-03-27 02:00:00", "2022-03-27T01:00:00Z", "2022-03-27T01:00:00Z", ZONE_OK},
	{"Europe/London", "2437-10-25 01:30:00", "2437-10-25T00:30:00Z", "2437-10-25T01:30:00Z", ZONE_TWICE},
	{"America/New_York", "2022-03-13 02:30:00", "2022-03-13T07:30:00Z", "2022-03-13T06:30:00Z", ZONE_NEVER},
	{"Australia/Lord_Howe", "2022-04-03 01:45:00", "2022-04-02T14:45:00Z", "2022-04-02T15:15:00Z", ZONE_TWICE},
	{"Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30T22:00:00Z", "2011-12-29T22:00:00Z", ZONE_NEVER},
	{"+01:00", "2022-10-30 01:30:00", "2022-10-30T00:30:00Z", "2022-10-30T00:30:00Z", ZONE_OK},
};

static void test_readings(struct tap *tap)
{
	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		const struct readings *want = &readings[i];
		const char *reason;
		struct zone *zone = zone_open(want->zone, &reason);
		struct moment local = {0};
		int64_t utc[2] = {0, 0};
		char first[21] = "", second[21] = "";
		enum zone_verdict verdict = ZONE_OK;

		moment_parse(want->local, strlen(want->local), MOMENT_ORDER_UNKNOWN, &local);
		if (zone != NULL)
			verdict = zone_readings(zone, local.ms + 250, utc);
		moment_format_utc((utc[0] - 250) / 1000, first);
		moment_format_utc((utc[1] - 250) / 1000, second);
		OK(tap, verdict == want->verdict && tap_same(first, want->first) && tap_same(second, want->second), "%s %s is %s or %s",
		   want->zone, want->local, first, second);
		zone_free(zone);
	}
}

/* Whether what zone_calm() gives for a local time holds; *calms: how often it gave some. */
static bool is_calm(const struct zone *zone, int64_t local, unsigned *calms)
{
	const struct zone_calm calm = zone_calm(zone, local);
	int64_t utc, from, last;
	const enum zone_verdict verdict = zone_utc(zone, local, &utc);

	if (calm.from == calm.until)
		return true;
	++*calms;
	return verdict == ZONE_OK && calm.from <= local && local < calm.until && zone_utc(zone, calm.from, &from) == ZONE_OK &&
	       zone_utc(zone, calm.until - 1, &last) == ZONE_OK && calm.from - from == local - utc &&
	       calm.until - 1 - last == local - utc;
}

/* Over all of a zone's changes that there are, and those that its rule makes. */
static void test_calm(struct tap *tap)
{
	static const char *const zones[] = {"Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia",
					    "Africa/Casablanca", "Europe/Dublin", "Asia/Tokyo", "+01:00"};
	const int64_t step = INT64_C(19) * 3600000 + 777001;

	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		const char *reason;
		struct zone *zone = zone_open(zones[i], &reason);
		unsigned times = 0, calms = 0;
		bool good = zone != NULL;

		for (int64_t local = INT64_C(-5000000000000); good && local < INT64_C(14000000000000); local += step, times++)
			good = is_calm(zone, local, &calms);
		OK(tap, good && calms > times - times / 100, "%s: %u of %u times are calm", zones[i], calms, times);
		zone_free(zone);
	}
}

static void test_negative(struct tap *tap)
{
	const char *reason;
	struct zone *zone = zone_open("+00:30", &reason);
	int64_t utc = 0;

	OK(tap, zone != NULL && reason == NULL && zone_utc(zone, -1, &utc) == ZONE_OK && utc == -1800001, "a millisecond before 1970");
	zone_free(zone);
	zone_free(NULL);
}

static void test_names(struct tap *tap)
{
	static const char no_name[] = "is no name of a time zone: give one such as Europe/London, or an offset";
	static const char no_offset[] = "is no offset from UTC such as +01:00";
	static const char no_zone[] = "is no time zone known here: install tzdata, or give an offset such as +01:00";
	static const struct {
		const char *name;
		const char *reason;
	} bad[] = {
		{"", no_name}, {"..", no_name}, {"../../../etc/passwd", no_name}, {"Europe/../../../../etc/passwd", no_name},
		{"/etc/localtime", no_name}, {"/usr/share/zoneinfo/Europe/London", no_name}, {"Europe//London", no_name},
		{"Europe/", no_name}, {"Europe/London\n", no_name}, {"Europe/Lon don", no_name}, {"Europe/Lond\xC3\xB6n", no_name},
		{".hidden", no_name}, {"zone.tab", no_name}, {"_x", no_name}, {"1", no_name},
		{"Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", no_name},
		{"+1", no_offset}, {"+25:00", no_offset}, {"-", no_offset}, {"+01:00 ", no_offset}, {"+0160", no_offset},
		{"Europe/Nowhere", no_zone}, {"Europe", no_zone}, {"utc offset", no_name},
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *reason = NULL;
		struct zone *zone = zone_open(bad[i].name, &reason);

		OK(tap, zone == NULL && tap_same(reason, bad[i].reason), "refuses zone %zu: %s", i + 1, reason != NULL ? reason : "taken");
		zone_free(zone);
	}
}

/* ---- TZ strings ---- */

static void test_rules(struct tap *tap)
{
	static const struct {
		const char *text;
		int standard, summer, year;
		int64_t start, end;
	} good[] = {
		{"EST5EDT,M3.2.0,M11.1.0", -18000, -14400, 2022, 1647154800, 1667714400},
		{"GMT0BST,M3.5.0/1,M10.5.0", 0, 3600, 2022, 1648342800, 1667091600},
		{"IST-2IDT,M3.4.4/26,M10.5.0", 7200, 10800, 2022, 1648166400, 1667084400},
		{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", -7200, -3600, 2024, 1711846800, 1729990800},
		{"IST-1GMT0,M10.5.0,M3.5.0/1", 3600, 0, 2022, 1667091600, 1648342800},
		{"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 37800, 39600, 2022, 1664638200, 1648911600},
		{"AAA3BBB2:30:15,J60/0,J365/23:59:59", -10800, -9015, 2024, 1709262000, 1735698614},
		{"AAA0BBB,J60/0,J1/0", 0, 3600, 2022, 1646092800, 1640991600},
		{"AAA0BBB,59/0,365/0", 0, 3600, 2024, 1709164800, 1735599600},
	};
	static const char *const bad[] = {
		"", "E", "ES", "EST", "5", "EST5:", "EST5:6", "EST5:60", "EST25", "EST5EDT", "EST5EDT,", "EST5EDT,M3.2.0",
		"EST5EDT,M3.2.0,", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M0.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.0.0,M11.1.0",
		"EST5EDT,M3.2.7,M11.1.0", "EST5EDT,M3.2,M11.1.0", "EST5EDT,J0,J365", "EST5EDT,J1,J366", "EST5EDT,0,366",
		"EST5EDT,M3.2.0/168,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "EST5ED,M3.2.0,M11.1.0", "EST5EDT25,M3.2.0,M11.1.0",
		"<+01-1", "<+>-1", ":Europe/London", "EST5 ", "EST5EDT,M3.2.0/,M11.1.0", "EST5EDT,M3.2.0/2:0,M11.1.0", "EST99999999999",
	};
	struct tzrule rule;

	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t start = 0, end = 0;
		bool read = tzrule_parse(good[i].text, strlen(good[i].text), &rule) && rule.changes;

		if (read)
			tzrule_year(&rule, good[i].year, &start, &end);
		OK(tap, read && rule.standard == good[i].standard && rule.summer == good[i].summer && start == good[i].start
		   && end == good[i].end, "%s: %" PRId64 " to %" PRId64, good[i].text, start, end);
	}
	OK(tap, tzrule_parse("<+08>-8", 7, &rule) && !rule.changes && rule.standard == 28800, "<+08>-8");
	OK(tap, tzrule_parse("UTC0", 4, &rule) && !rule.changes && rule.standard == 0, "UTC0");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		OK(tap, !tzrule_parse(bad[i], strlen(bad[i]), &rule), "refuses the rule \"%s\"", bad[i]);
}

/* ---- TZif ---- */

struct bytes {
	unsigned char data[512];
	size_t len;
};

static void put(struct bytes *bytes, int64_t value, unsigned size)
{
	for (unsigned shift = size * 8; shift > 0; shift -= 8)
		bytes->data[bytes->len++] = (unsigned char)((uint64_t)value >> (shift - 8) & 0xff);
}

static void put_text(struct bytes *bytes, const char *text)
{
	memcpy(bytes->data + bytes->len, text, strlen(text));
	bytes->len += strlen(text);
}

static void put_header(struct bytes *bytes, char version, int leaps, int times, int types, int chars)
{
	put_text(bytes, "TZif");
	put(bytes, version, 1);
	for (unsigned i = 0; i < 15; i++)
		put(bytes, 0, 1);
	put(bytes, 0, 4);
	put(bytes, 0, 4);
	put(bytes, leaps, 4);
	put(bytes, times, 4);
	put(bytes, types, 4);
	put(bytes, chars, 4);
}

/* What can be wrong with a file; the rest of it is as it should be. */
struct flaw {
	const char *name;
	int64_t first, second; /* the changes */
	int types[2];          /* their types, of two */
	int offset;            /* of the second type */
	int leaps;
	const char *footer;
};

/* A zone of version 2 whose clocks change twice, in all of 64 bits. */
static struct bytes make_file(const struct flaw *flaw)
{
	struct bytes bytes = {.len = 0};

	put_header(&bytes, '2', 0, 0, 1, 4);
	put(&bytes, 0, 6);
	put_text(&bytes, "UTC");
	put(&bytes, 0, 1);
	put_header(&bytes, '2', flaw->leaps, 2, 2, 4);
	put(&bytes, flaw->first, 8);
	put(&bytes, flaw->second, 8);
	put(&bytes, flaw->types[0], 1);
	put(&bytes, flaw->types[1], 1);
	put(&bytes, 0, 6);
	put(&bytes, flaw->offset, 4);
	put(&bytes, 1, 1);
	put(&bytes, 0, 1);
	put_text(&bytes, "UTC");
	put(&bytes, 0, 1);
	for (int i = 0; i < flaw->leaps * 3; i++)
		put(&bytes, 0, 4);
	put_text(&bytes, flaw->footer);
	return bytes;
}

static const struct flaw no_flaw = {"", -5000000000, 5000000000, {1, 0}, 3600, 0, "\nGMT0BST,M3.5.0/1,M10.5.0\n"};

static void test_files(struct tap *tap)
{
	static const char damaged[] = "has a damaged time zone file: install tzdata anew, or give an offset such as +01:00";
	static const struct flaw flaws[] = {
		{"changes out of order", 5, 4, {1, 0}, 3600, 0, "\n\n"}, {"a change twice", 5, 5, {1, 0}, 3600, 0, "\n\n"},
		{"an unknown type", 4, 5, {2, 0}, 3600, 0, "\n\n"}, {"an offset of 26 hours", 4, 5, {1, 0}, 93600, 0, "\n\n"},
		{"an offset of -26 hours", 4, 5, {1, 0}, -93600, 0, "\n\n"}, {"no footer", 4, 5, {1, 0}, 3600, 0, ""},
		{"a footer that does not start", 4, 5, {1, 0}, 3600, 0, "x\n"}, {"a footer that does not end", 4, 5, {1, 0}, 3600, 0, "\nUTC0"},
		{"a bad rule", 4, 5, {1, 0}, 3600, 0, "\nGMT0BST\n"},
		{"a rule too long", 4, 5, {1, 0}, 3600, 0,
		 "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		 "AAAAAAAAAAAAAAAAA0\n"},
	};
	struct flaw leaps = no_flaw;
	struct bytes bytes = make_file(&no_flaw);
	struct tzif file;

	OK(tap, tzif_read(bytes.data, bytes.len, &file) == NULL && file.count == 2 && file.changes[0].at == -5000000000
	   && file.changes[0].offset == 3600 && file.changes[1].at == 5000000000 && file.changes[1].offset == 0
	   && file.first_offset == 0 && file.has_rule && file.rule.changes, "a file of version 2");
	tzif_release(&file);
	tzif_release(&file);
	for (size_t i = 0; i < sizeof flaws / sizeof *flaws; i++) {
		bytes = make_file(&flaws[i]);
		OK(tap, tap_same(tzif_read(bytes.data, bytes.len, &file), damaged) && file.changes == NULL, "refuses %s", flaws[i].name);
	}
	leaps.leaps = 1;
	bytes = make_file(&leaps);
	OK(tap, tap_same(tzif_read(bytes.data, bytes.len, &file), "has a time zone file that counts leap seconds: give the name without right/"),
	   "refuses leap seconds");
}

static void test_version_1(struct tap *tap)
{
	struct bytes bytes = {.len = 0};
	struct tzif file;

	put_header(&bytes, 0, 0, 1, 2, 4);
	put(&bytes, -1, 4);
	put(&bytes, 1, 1);
	put(&bytes, 0, 6);
	put(&bytes, -18000, 4);
	put(&bytes, 0, 2);
	put_text(&bytes, "UTC");
	put(&bytes, 0, 1);
	OK(tap, tzif_read(bytes.data, bytes.len, &file) == NULL && file.count == 1 && file.changes[0].at == -1
	   && file.changes[0].offset == -18000 && !file.has_rule, "a file of version 1");
	tzif_release(&file);
	bytes.len = 0;
	put_header(&bytes, 0, 0, 0, 0, 0);
	OK(tap, tzif_read(bytes.data, bytes.len, &file) != NULL, "refuses a file without types");
	bytes.len = 0;
	put_header(&bytes, 0, -1, -1, -1, -1);
	OK(tap, tzif_read(bytes.data, bytes.len, &file) != NULL, "refuses counts beyond the file");
	OK(tap, tzif_read(bytes.data, 0, &file) != NULL, "refuses an empty file");
}

/* Every cut, and every byte changed, in memory of just that size: for the sanitizers. */
static void test_damage(struct tap *tap)
{
	const struct bytes whole = make_file(&no_flaw);
	unsigned char *copy = malloc(whole.len);
	unsigned taken = 0, cut_taken = 0;
	struct tzif file;

	if (copy == NULL)
		return;
	for (size_t cut = 0; cut < whole.len; cut++) {
		memcpy(copy + whole.len - cut, whole.data, cut);
		cut_taken += tzif_read(copy + whole.len - cut, cut, &file) == NULL;
	}
	for (size_t at = 0; at < whole.len; at++) {
		for (unsigned value = 0; value < 256; value += 5) {
			memcpy(copy, whole.data, whole.len);
			copy[at] = (unsigned char)value;
			if (tzif_read(copy, whole.len, &file) != NULL)
				continue;
			taken++;
			tzif_release(&file);
		}
	}
	free(copy);
	OK(tap, cut_taken == 0 && taken > 0, "damaged files do no harm (%u are files still)", taken);
}

int main(void)
{
	struct tap tap = {0, 0};
	const char *reason;
	struct zone *london = zone_open("Europe/London", &reason);

	check_lookups(&tap, fixed, sizeof fixed / sizeof *fixed);
	test_words(&tap);
	test_readings(&tap);
	test_calm(&tap);
	test_negative(&tap);
	test_names(&tap);
	if (london != NULL)
		check_lookups(&tap, named, sizeof named / sizeof *named);
	else
		tap_skip(&tap, "named zones", "there is no time zone database here");
	zone_free(london);
	test_rules(&tap);
	test_files(&tap);
	test_version_1(&tap);
	test_damage(&tap);
	return tap_done(&tap);
}
