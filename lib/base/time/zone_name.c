/* SPDX-License-Identifier: Apache-2.0 */
/* Zones as people give them: whether there is one, and which is meant. */
#include "base/time/zone_name.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time/moment.h"
#include "base/time/zone.h"

#define DEEPEST 3   /* America/Argentina/Salta */

/* What is written of clocks and is no name of a zone; the place is the one that most
 * mean by it. */
static const struct {
	const char *letters;
	const char *zone;
} clocks[] = {
	{ "BST", "Europe/London" },      { "UK", "Europe/London" },      { "CEST", "Europe/Berlin" },
	{ "MESZ", "Europe/Berlin" },     { "MEZ", "Europe/Berlin" },     { "EEST", "Europe/Athens" },
	{ "EDT", "America/New_York" },   { "CDT", "America/Chicago" },   { "CST", "America/Chicago" },
	{ "MDT", "America/Denver" },     { "PST", "America/Los_Angeles" }, { "PDT", "America/Los_Angeles" },
	{ "IST", "Asia/Kolkata" },       { "MSK", "Europe/Moscow" },     { "AEST", "Australia/Sydney" },
	{ "AEDT", "Australia/Sydney" },
};

/* Names begin with a capital; what else is there are other forms of the same, and
 * files that are no zones. */
static bool may_be_zone(const char *name)
{
	return name[0] >= 'A' && name[0] <= 'Z' && !strchr(name, '.');
}

static const char *last_part(const char *name)
{
	const char *slash = strrchr(name, '/');

	return slash ? slash + 1 : name;
}

static void offer(struct nearest *nearest, const char *name)
{
	const bool parts = nearest->wanted.len && memchr(nearest->wanted.data, '/', nearest->wanted.len);

	nearest_offer(nearest, name);
	if (!parts && last_part(name) != name)
		nearest_offer_part(nearest, name, last_part(name));
}

static int ascending(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void walk(struct nearest *nearest, const char *under, unsigned depth);

/* A name below a folder: a folder itself, or a zone. */
static void visit(struct nearest *nearest, const char *under, const char *name, unsigned depth)
{
	char whole[NEAREST_NAME];
	const int len = snprintf(whole, sizeof(whole), "%s%s%s", under, *under ? "/" : "", name);

	if (len < 0 || (size_t)len >= sizeof(whole))
		return;
	offer(nearest, whole);
	if (depth < DEEPEST)
		walk(nearest, whole, depth + 1);
}

/* In byte order, since a folder has none; what cannot be read has no names. */
static void walk(struct nearest *nearest, const char *under, unsigned depth)
{
	char path[sizeof(ZONE_DIRECTORY) + NEAREST_NAME];
	struct dirent **names = NULL;
	char **sorted;
	int count;

	(void)snprintf(path, sizeof(path), "%s%s", ZONE_DIRECTORY, under);
	count = scandir(path, &names, NULL, NULL);
	sorted = count > 0 ? calloc((size_t)count, sizeof(*sorted)) : NULL;
	for (int i = 0; i < count && sorted; i++)
		sorted[i] = names[i]->d_name;
	if (sorted)
		qsort(sorted, (size_t)count, sizeof(*sorted), ascending);
	for (int i = 0; i < count && sorted; i++)
		if (may_be_zone(sorted[i]))
			visit(nearest, under, sorted[i], depth);
	for (int i = 0; i < count; i++)
		free(names[i]);
	free(names);
	free(sorted);
}

/* Reads what follows GMT or UTC: +1, +01, +0100, +01:00. */
static bool read_offset(const char *text, int *offset)
{
	const char padded[] = { text[0], '0', text[0] ? text[1] : '\0', '\0' };

	return moment_offset(text, strlen(text), offset) ||
	       (strlen(text) == 2 && moment_offset(padded, 3, offset));
}

/* The zone Etc/GMT+1 is an hour west; who writes GMT+1 means east. */
static bool take_offset(const char *name, struct nearest *nearest)
{
	const struct text start = { name, strlen(name) < 3 ? strlen(name) : 3 };
	char meant[8];
	unsigned minutes;
	int offset;

	if ((!text_is_fold(start, "GMT") && !text_is_fold(start, "UTC")) || !read_offset(name + 3, &offset))
		return false;
	minutes = (unsigned)abs(offset) / 60;
	(void)snprintf(meant, sizeof(meant), "%c%02u:%02u", offset < 0 ? '-' : '+', minutes / 60 % 100, minutes % 60);
	nearest_take(nearest, meant);
	return true;
}

/* Folders and files of other kinds were offered too. */
static void drop_others(struct nearest *nearest)
{
	size_t kept = 0;

	for (size_t i = 0; i < nearest->count; i++) {
		const char *reason;
		struct zone *zone = zone_open(nearest->names[i], &reason);

		if (zone && kept != i)
			memcpy(nearest->names[kept], nearest->names[i], NEAREST_NAME);
		kept += zone != NULL;
		zone_free(zone);
	}
	nearest->count = kept;
}

void zone_near(const char *name, struct nearest *nearest)
{
	nearest_begin(nearest, text_trim(text_of(name)));
	if (take_offset(name, nearest))
		return;
	for (size_t i = 0; i < sizeof(clocks) / sizeof(clocks[0]) && nearest->count == 0; i++)
		if (text_is_fold(nearest->wanted, clocks[i].letters))
			nearest_take(nearest, clocks[i].zone);
	if (nearest->count == 0)
		walk(nearest, "", 1);
	drop_others(nearest);
}

enum status zone_check(const char *name, char out[ZONE_PROBLEM])
{
	/* localtime is another zone on another machine, and right/ has leap seconds. */
	const bool other = name[0] >= 'a' && name[0] <= 'z';
	const char *reason = "is no name of the tz database";
	struct zone *zone = other ? NULL : zone_open(name, &reason);
	struct nearest nearest;
	char said[NEAREST_SAID] = "";
	enum status status;

	out[0] = '\0';
	zone_free(zone);
	if (zone)
		return STATUS_OK;
	status = other ? STATUS_USAGE : zone_reason_status(reason);
	if (status == STATUS_USAGE) {
		zone_near(name, &nearest);
		nearest_say(&nearest, said);
	}
	(void)snprintf(out, ZONE_PROBLEM, "%s%s%s", reason, *said ? "; " : "", said);
	return status;
}
