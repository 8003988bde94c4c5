/* SPDX-License-Identifier: Apache-2.0 */
/* The clocks of a source as they were measured. */
#include "normalise/clock/measured.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define PERIODS_MOST 4096
#define OFFSET_MOST (26 * 3600)
#define SECONDS_MOST INT64_C(99999999999)

/* Takes a number, perhaps below 0, and the blank behind it. */
static bool take_number(struct text *rest, int64_t least, int64_t most, int64_t *number)
{
	const char *blank = rest->len ? memchr(rest->data, ' ', rest->len) : NULL;
	struct text word = { rest->data, blank ? (size_t)(blank - rest->data) : rest->len };
	const bool negative = word.len > 0 && word.data[0] == '-';
	uint64_t value;

	rest->data += word.len + (blank != NULL);
	rest->len -= word.len + (blank != NULL);
	word.data += negative;
	word.len -= negative;
	if (!text_to_u64(word, &value) || value > INT64_MAX)
		return false;
	*number = negative ? -(int64_t)value : (int64_t)value;
	return *number >= least && *number <= most;
}

static bool take_word(struct text *rest, const char *word)
{
	const size_t len = strlen(word);

	if (rest->len < len || memcmp(rest->data, word, len) != 0)
		return false;
	rest->data += len;
	rest->len -= len;
	return true;
}

/* ---- hours that there are twice ---- */

void doubled_release(struct doubled *doubled)
{
	free(doubled->rows);
	free(doubled->hours);
	memset(doubled, 0, sizeof(*doubled));
}

static enum status add_row(struct doubled *doubled, struct text rest)
{
	void *rows = doubled->rows;
	int64_t member, line, offset;

	if (!take_number(&rest, 0, INT64_MAX, &member) || !take_number(&rest, 0, INT64_MAX, &line) ||
	    !take_number(&rest, -OFFSET_MOST, OFFSET_MOST, &offset) || rest.len > 0)
		return STATUS_INTEGRITY;
	if (!memory_room(&rows, &doubled->row_capacity, doubled->row_count + 1, sizeof(*doubled->rows)))
		return STATUS_MEMORY;
	doubled->rows = rows;
	doubled->rows[doubled->row_count++] = (struct doubled_row){ (uint64_t)member, (uint64_t)line, (int32_t)offset };
	return STATUS_OK;
}

static enum status add_hour(struct doubled *doubled, struct text rest)
{
	void *hours = doubled->hours;
	int64_t from, until, offset;

	if (!take_number(&rest, 0, SECONDS_MOST, &from) || !take_number(&rest, from, SECONDS_MOST, &until) ||
	    !take_number(&rest, -OFFSET_MOST, OFFSET_MOST, &offset) || rest.len > 0)
		return STATUS_INTEGRITY;
	if (!memory_room(&hours, &doubled->hour_capacity, doubled->hour_count + 1, sizeof(*doubled->hours)))
		return STATUS_MEMORY;
	doubled->hours = hours;
	doubled->hours[doubled->hour_count++] = (struct doubled_hour){ from, until, (int32_t)offset };
	return STATUS_OK;
}

static int compare_rows(const void *a, const void *b)
{
	const struct doubled_row *x = a, *y = b;

	if (x->member != y->member)
		return x->member < y->member ? -1 : 1;
	return x->line == y->line ? 0 : x->line < y->line ? -1 : 1;
}

enum status doubled_read(struct doubled *doubled, struct text text)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && text.len > 0) {
		struct text line = text_take_line(&text);

		if (take_word(&line, "row "))
			status = add_row(doubled, line);
		else
			status = take_word(&line, "hour ") ? add_hour(doubled, line) : STATUS_INTEGRITY;
	}
	if (doubled->row_count > 0)
		qsort(doubled->rows, doubled->row_count, sizeof(*doubled->rows), compare_rows);
	return status;
}

bool doubled_offset(const struct doubled *doubled, uint64_t member, uint64_t line, int64_t local, int32_t *offset)
{
	const struct doubled_row sought = { member, line, 0 };
	const struct doubled_row *row =
		doubled->row_count == 0 ? NULL
					: bsearch(&sought, doubled->rows, doubled->row_count, sizeof(sought), compare_rows);

	if (row) {
		*offset = row->offset;
		return true;
	}
	for (size_t i = 0; i < doubled->hour_count; i++) {
		if (local < doubled->hours[i].from || local >= doubled->hours[i].until)
			continue;
		*offset = doubled->hours[i].offset;
		return true;
	}
	return false;
}

/* ---- periods ---- */

static bool read_period(struct text line, struct zone_period *period)
{
	int64_t from, to, offset, rows;

	if (!take_number(&line, 0, SECONDS_MOST, &from) || !take_number(&line, from, SECONDS_MOST, &to) ||
	    !take_number(&line, -OFFSET_MOST, OFFSET_MOST, &offset) || !take_number(&line, 0, INT64_MAX, &rows) ||
	    line.len > 0)
		return false;
	*period = (struct zone_period){ from, to, (int32_t)offset };
	return true;
}

enum status measured_zone(struct text text, struct zone **zone)
{
	struct zone_period *periods = NULL;
	size_t count = 0, capacity = 0;
	enum status status = STATUS_OK;

	while (status == STATUS_OK && text.len > 0) {
		void *items = periods;

		if (count == PERIODS_MOST)
			status = STATUS_INTEGRITY;
		else if (!memory_room(&items, &capacity, count + 1, sizeof(*periods)))
			status = STATUS_MEMORY;
		if (status != STATUS_OK)
			break;
		periods = items;
		if (!read_period(text_take_line(&text), &periods[count]) ||
		    (count > 0 && periods[count].from < periods[count - 1].to))
			status = STATUS_INTEGRITY;
		count++;
	}
	*zone = status == STATUS_OK && count > 0 ? zone_of_periods(periods, count) : NULL;
	free(periods);
	if (status == STATUS_OK && !*zone)
		status = count == 0 ? STATUS_INTEGRITY : STATUS_MEMORY;
	return status;
}

static bool shows(const struct zone *zone, int64_t epoch, int32_t offset)
{
	int64_t utc[2];

	(void)zone_readings(zone, 1000 * (epoch + offset), utc);
	return utc[0] == 1000 * epoch || utc[1] == 1000 * epoch;
}

enum status measured_agrees(struct text text, const struct zone *zone, bool *agrees)
{
	struct zone_period period;

	*agrees = true;
	while (text.len > 0) {
		if (!read_period(text_take_line(&text), &period))
			return STATUS_INTEGRITY;
		*agrees = *agrees && shows(zone, period.from, period.offset) && shows(zone, period.to, period.offset);
	}
	return STATUS_OK;
}

/* ---- roles with a zone of their own ---- */

void role_zones_release(struct role_zones *roles)
{
	for (size_t i = 0; i < ROLES_MOST; i++)
		zone_free(roles->zones[i]);
	memset(roles, 0, sizeof(*roles));
}

static enum status read_role(struct role_zones *roles, enum kind kind, struct text line, const char **why)
{
	const char *sign = line.len ? memchr(line.data, '=', line.len) : NULL;
	const size_t len = sign ? (size_t)(sign - line.data) : 0;
	const int role = sign ? kind_role(kind, (struct text){ line.data, len }) : -1;
	char name[80];

	if (role < 0 || roles->zones[role] || line.len - len - 1 >= sizeof(name))
		return STATUS_INTEGRITY;
	memcpy(name, sign + 1, line.len - len - 1);
	name[line.len - len - 1] = '\0';
	roles->zones[role] = zone_open(name, why);
	if (!roles->zones[role])
		return STATUS_FAILED;
	roles->own |= UINT32_C(1) << role;
	if (!strcmp(name, "UTC"))
		roles->utc |= UINT32_C(1) << role;
	return STATUS_OK;
}

enum status role_zones_read(struct role_zones *roles, enum kind kind, struct text text, const char **why)
{
	enum status status = STATUS_OK;

	while (status == STATUS_OK && text.len > 0)
		status = read_role(roles, kind, text_take_line(&text), why);
	return status;
}
